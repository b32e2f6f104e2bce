import { TableError, type Sheet, type TableFile, type TableRow } from '../../../platform/imports/table.ts';
import { type Column, plainText, wordsOf } from './columns.ts';

/** A title, a date, a note: the header stands somewhere in the first rows. */
const mostRowsAbove = 12;

/** Names are compared without marks: "*Building no." is "buildingno.". */
function plainName(name: string): string {
  return plainText(name)
    .toLowerCase()
    .replace(/[*:\s_"'\u201c\u201d]/g, '');
}

export interface FoundHeader {
  readonly sheet: Sheet;
  readonly line: number;
  /** Where each column stands in a row; what the file does not have is not in it. */
  readonly positions: ReadonlyMap<Column, number>;
  /** What the file calls them. */
  readonly titles: readonly string[];
}

/** The file's own title → our column, '' for what is left out. */
export type Mapping = Readonly<Record<string, string>>;

interface Named {
  /** What somebody said about such files; null: left out. */
  readonly said: ReadonlyMap<string, Column | null>;
  /** What things are usually called. */
  readonly usual: ReadonlyMap<string, Column>;
}

function namesOf(columns: readonly Column[], mapping: Mapping): Named {
  const said = new Map<string, Column | null>();
  for (const [title, key] of Object.entries(mapping)) {
    const column = columns.find((one) => one.key === key);
    if (column !== undefined || key === '') said.set(plainName(title), column ?? null);
  }
  const usual = new Map<string, Column>();
  const add = (name: string, column: Column) => {
    if (!usual.has(plainName(name))) usual.set(plainName(name), column);
  };
  for (const column of columns) {
    const [zh, en] = wordsOf(`imports.column.${column.key}`) as [string, string];
    for (const name of [zh, en, zh + en]) add(name, column);
  }
  for (const column of columns) for (const name of wordsOf(`imports.names.${column.key}`)) add(name, column);
  return { said, usual };
}

interface Candidate {
  readonly row: TableRow;
  readonly columns: readonly (Column | undefined)[];
}

/** What somebody said goes before what things are usually called, and only as far as this row has such titles. */
function readCandidate(row: TableRow, { said, usual }: Named): Candidate {
  const names = row.cells.map(({ text }) => (text === '' ? '' : plainName(text)));
  const told = new Set(names.flatMap((name) => said.get(name) ?? []));
  return {
    row,
    columns: names.map((name) => {
      if (name === '') return undefined;
      const column = said.get(name);
      if (column !== undefined) return column ?? undefined;
      const found = usual.get(name);
      return found === undefined || told.has(found) ? undefined : found;
    }),
  };
}

function positionsOf({ columns }: Candidate): Map<Column, number> {
  return new Map(columns.flatMap((column, at) => (column === undefined ? [] : [[column, at] as const])));
}

/** The one visible sheet that has the columns, whatever it is called and wherever its header stands. */
export async function findHeader(
  file: TableFile,
  columns: readonly Column[],
  options: { sheet: string | null; mapping: Mapping },
): Promise<FoundHeader> {
  const names = namesOf(columns, options.mapping);
  const fitting: FoundHeader[] = [];
  let nearest: Candidate | undefined;
  for (const sheet of file.sheets) {
    if (options.sheet !== null && sheet.name !== options.sheet) continue;
    let above = 0;
    for await (const row of sheet.rows()) {
      const candidate = readCandidate(row, names);
      if (columns.every((column) => !column.isRequired || candidate.columns.includes(column))) {
        const twice = candidate.columns.find(
          (one, i) => one !== undefined && candidate.columns.indexOf(one) !== i,
        );
        if (twice !== undefined) {
          const at = candidate.columns.lastIndexOf(twice);
          throw new TableError('table.header.twice', { column: row.cells[at]!.text });
        }
        const titles = row.cells.map((cell) => cell.text.trim());
        fitting.push({ sheet, line: row.line, positions: positionsOf(candidate), titles });
        break;
      }
      if (nearest === undefined || known(candidate) > known(nearest)) nearest = candidate;
      if (++above >= mostRowsAbove) break;
    }
  }
  if (fitting.length > 1)
    throw new TableError('table.header.sheets', {
      sheets: fitting.map(({ sheet }) => sheet.name).join(', '),
    });
  const [found] = fitting;
  if (found === undefined) throw missing(columns, nearest);
  return found;
}

const known = ({ columns: found }: Candidate) => new Set(found.filter((one) => one !== undefined)).size;
const words = ({ row }: Candidate) =>
  row.cells.filter(({ text, kind }) => kind === 'text' && text.trim() !== '').length;

/** A file's columns as somebody is shown them, to say which is which. */
export interface Layout {
  readonly sheet: string;
  /** Those with anything in them. */
  readonly sheets: readonly string[];
  /** Where the header stands, or seems to. */
  readonly line: number;
  readonly columns: readonly LayoutColumn[];
}

export interface LayoutColumn {
  readonly title: string;
  readonly field: string | null;
  /** False: the title only comes near, and somebody has to look. */
  readonly isSure: boolean;
  /** What stands below it, for whoever sent the file. */
  readonly samples: readonly string[];
}

const mostTitles = 60;
const sampleRows = 3;

/** The row that looks most like a header: the one with most known titles, else with most words. */
export async function readLayout(
  file: TableFile,
  columns: readonly Column[],
  options: { sheet: string | null; mapping: Mapping },
): Promise<Layout | null> {
  const names = namesOf(columns, options.mapping);
  let best: { sheet: Sheet; header: Candidate; below: TableRow[] } | undefined;
  const sheets: string[] = [];
  for (const sheet of file.sheets) {
    let above = 0;
    let own: typeof best;
    for await (const row of sheet.rows()) {
      if (above === 0) sheets.push(sheet.name);
      if (options.sheet !== null && sheet.name !== options.sheet) break;
      const header = readCandidate(row, names);
      const isBetter =
        own === undefined ||
        known(header) > known(own.header) ||
        (known(header) === known(own.header) && words(header) > words(own.header));
      if (above < mostRowsAbove && isBetter) own = { sheet, header, below: [] };
      else if (own !== undefined && own.below.length < sampleRows) own.below.push(row);
      if (++above >= mostRowsAbove + sampleRows) break;
    }
    if (own !== undefined && (best === undefined || known(own.header) > known(best.header))) best = own;
  }
  return best === undefined
    ? null
    : { sheet: best.sheet.name, sheets, line: best.header.row.line, columns: titlesOf(best, columns, names) };
}

function titlesOf(
  { header, below }: { header: Candidate; below: readonly TableRow[] },
  columns: readonly Column[],
  names: Named,
): LayoutColumn[] {
  const taken = new Set(header.columns);
  const seen = new Set<string>();
  return header.row.cells.flatMap((cell, at) => {
    const title = cell.text.trim();
    // Without a title of its own a column can't be told apart from others.
    if (title === '' || seen.has(title) || seen.size >= mostTitles) return [];
    seen.add(title);
    const sure = header.columns[at];
    const isLeftOut = names.said.get(plainName(title)) === null;
    const near = sure === undefined && !isLeftOut ? nearest(title, columns, taken) : undefined;
    if (near !== undefined) taken.add(near);
    return {
      title,
      field: (sure ?? near)?.key ?? null,
      isSure: near === undefined,
      samples: below.flatMap((row) => row.cells[at]?.text.trim().slice(0, 40) || []),
    };
  });
}

/** "Owner's name (as registered)" holds a name that we know. */
function nearest(
  title: string,
  columns: readonly Column[],
  taken: ReadonlySet<Column | undefined>,
): Column | undefined {
  const plain = plainName(title.replace(/[(\uff08\u3010[].*$/u, ''));
  let found: { column: Column; length: number } | undefined;
  for (const column of columns) {
    if (taken.has(column)) continue;
    const called = [...wordsOf(`imports.column.${column.key}`), ...wordsOf(`imports.names.${column.key}`)];
    for (const name of called.map(plainName)) {
      const isNear =
        plain === name ||
        (name.length >= 2 && (plain.includes(name) || name.includes(plain)) && plain.length >= 2);
      if (isNear && (found === undefined || name.length > found.length))
        found = { column, length: name.length };
    }
  }
  return found?.column;
}

/** Says what is missing, in both languages, and what the file has that comes near. */
function missing(columns: readonly Column[], nearest: Candidate | undefined): TableError {
  const lacking = columns.filter((column) => column.isRequired && nearest?.columns.includes(column) !== true);
  const titles = (nearest?.row.cells ?? []).flatMap((cell) =>
    cell.text === '' ? [] : cell.text.slice(0, 20),
  );
  return new TableError('table.header.missing', {
    columns: lacking.map((column) => wordsOf(`imports.column.${column.key}`).join(' ')).join(', '),
    found: titles.slice(0, 12).join(', ') || '-',
  });
}
