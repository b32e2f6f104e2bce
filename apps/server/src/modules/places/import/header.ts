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

type Named = ReadonlyMap<string, Column>;

function namesOf(columns: readonly Column[], mapping: Readonly<Record<string, string>>): Named {
  const names = new Map<string, Column>();
  const add = (name: string, column: Column) => {
    if (!names.has(name)) names.set(name, column);
  };
  // What somebody said about this very file goes before what things are usually called.
  for (const [title, key] of Object.entries(mapping)) {
    const column = columns.find((one) => one.key === key);
    if (column !== undefined) add(plainName(title), column);
  }
  const mapped = new Set(Object.values(mapping));
  for (const column of columns) {
    if (mapped.has(column.key)) continue;
    const [zh, en] = wordsOf(`imports.column.${column.key}`) as [string, string];
    for (const name of [zh, en, zh + en]) add(plainName(name), column);
  }
  for (const column of columns) {
    if (mapped.has(column.key)) continue;
    for (const name of wordsOf(`imports.names.${column.key}`)) add(plainName(name), column);
  }
  return names;
}

interface Candidate {
  readonly row: TableRow;
  readonly columns: readonly (Column | undefined)[];
}

function readCandidate(row: TableRow, names: Named): Candidate {
  return {
    row,
    columns: row.cells.map(({ text }) => (text === '' ? undefined : names.get(plainName(text)))),
  };
}

function positionsOf({ columns }: Candidate): Map<Column, number> {
  return new Map(columns.flatMap((column, at) => (column === undefined ? [] : [[column, at] as const])));
}

/** The one visible sheet that has the columns, whatever it is called and wherever its header stands. */
export async function findHeader(
  file: TableFile,
  columns: readonly Column[],
  options: { sheet: string | null; mapping: Readonly<Record<string, string>> },
): Promise<FoundHeader> {
  const names = namesOf(columns, options.mapping);
  const fitting: FoundHeader[] = [];
  let nearest: Candidate | undefined;
  const known = ({ columns: found }: Candidate) => new Set(found.filter((one) => one !== undefined)).size;
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
