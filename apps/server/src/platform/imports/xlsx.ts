import { type Cell, type Sheet, TableError, type TableFile, tableLimits, type TableRow } from './table.ts';
import { cellOf, type RawCell } from './xlsx-cells.ts';
import { type NumberLook, readLooks } from './xlsx-styles.ts';
import { attribute, parseXml, readXml } from './xml.ts';
import { openZip, type ZipEntry } from './zip.ts';

/**
 * A workbook, read row after row (decision 8 says why not by the library that writes them). It must tell apart what a
 * library smooths over: a formula that was never calculated from an empty cell, a merged cell from an empty one, 0301
 * from 301, a date from a number, a hidden sheet from a visible one.
 */
export async function openXlsx(bytes: Buffer): Promise<TableFile> {
  const parts = openZip(bytes);
  const root = await relationsOf(parts, '');
  const bookPath = [...root.values()].find(({ type }) => type.endsWith('/officeDocument'))?.target;
  if (bookPath === undefined || !parts.has(bookPath)) throw new TableError('table.not_a_workbook');
  const relations = await relationsOf(parts, bookPath);
  const pathOf = (type: string) => [...relations.values()].find((r) => r.type.endsWith(`/${type}`))?.target;

  const listed: { name: string; isHidden: boolean; path: string | undefined }[] = [];
  let is1904 = false;
  await readXml(part(parts, bookPath, tableLimits.partBytes), {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '');
      else if (name === 'sheet') {
        listed.push({
          name: attribute(attributes, 'name') ?? '',
          isHidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
          path: relations.get(/\s\w+:id\s*=\s*["']([^"']*)/.exec(attributes)?.[1] ?? '')?.target,
        });
      }
    },
    close: () => {},
    text: () => {},
  });

  const textsPath = pathOf('sharedStrings');
  const texts =
    textsPath === undefined || !parts.has(textsPath)
      ? []
      : await readTexts(part(parts, textsPath, tableLimits.textBytes));
  const stylesPath = pathOf('styles');
  const looks =
    stylesPath === undefined || !parts.has(stylesPath)
      ? []
      : await readLooks(part(parts, stylesPath, tableLimits.partBytes));

  const sheets: Sheet[] = listed.flatMap(({ name, isHidden, path }) => {
    const entry = path === undefined ? undefined : parts.get(path);
    // A chart's own sheet has no rows.
    if (isHidden || entry === undefined || !path?.includes('worksheets/')) return [];
    return [{ name, rows: () => rowsOf(entry, { texts, looks, is1904 }) }];
  });
  if (sheets.length === 0) throw new TableError('table.empty');
  return { format: 'xlsx', sheets };
}

function part(parts: ReadonlyMap<string, ZipEntry>, path: string, limit: number): AsyncGenerator<Buffer> {
  const entry = parts.get(path);
  if (entry === undefined) throw new TableError('table.not_a_workbook');
  return entry.read(limit);
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

async function relationsOf(
  parts: ReadonlyMap<string, ZipEntry>,
  path: string,
): Promise<Map<string, Relation>> {
  const slash = path.lastIndexOf('/');
  const folder = path.slice(0, slash + 1);
  const found = new Map<string, Relation>();
  const entry = parts.get(`${folder}_rels/${path.slice(slash + 1)}.rels`);
  if (entry === undefined) {
    if (path === '') throw new TableError('table.not_a_workbook');
    return found;
  }
  await readXml(entry.read(tableLimits.partBytes), {
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      const target = attribute(attributes, 'Target') ?? '';
      const resolved = new URL(target, `file:///${folder}`).pathname.slice(1);
      found.set(attribute(attributes, 'Id') ?? '', {
        type: attribute(attributes, 'Type') ?? '',
        target: decodeURIComponent(resolved),
      });
    },
    close: () => {},
    text: () => {},
  });
  return found;
}

/** Texts stand once in a workbook and cells name them by number. */
async function readTexts(chunks: AsyncIterable<Buffer>): Promise<string[]> {
  const texts: string[] = [];
  let text = '';
  let isInText = false;
  let phonetic = 0;
  await readXml(chunks, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') isInText = true;
      else if (name === 'rPh') phonetic++;
    },
    close: (name) => {
      if (name === 'si') texts.push(text);
      else if (name === 't') isInText = false;
      else if (name === 'rPh') phonetic--;
    },
    text: (piece) => {
      // How it is pronounced stands beside it and is not part of it.
      if (isInText && phonetic === 0) text += piece;
    },
  });
  return texts;
}

interface Merge {
  readonly reference: string;
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Merged cells are named after the rows they are about: so a sheet is read once for them alone. */
async function mergesOf(entry: ZipEntry): Promise<Merge[]> {
  const merges: Merge[] = [];
  await readXml(afterRows(entry), {
    open(name, attributes) {
      if (name !== 'mergeCell') return;
      const [, left, top, right, bottom] =
        /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(attribute(attributes, 'ref') ?? '') ?? [];
      if (left === undefined) return;
      if (merges.length === mostMerges) throw new TableError('table.merged', { limit: mostMerges });
      merges.push({
        reference: `${left}${top}:${right}${bottom}`,
        top: Number(top),
        left: columnOf(left),
        bottom: Number(bottom),
        right: columnOf(right!),
      });
    },
    close() {},
    text() {},
  });
  return merges.toSorted((a, b) => a.top - b.top);
}

/** A sheet with more is drawn, not filled in; and each is looked at for every row it covers. */
const mostMerges = 10_000;

/** What stands behind a sheet's rows, as far as it is needed; the rows themselves are skipped without being read. */
async function* afterRows(entry: ZipEntry): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8');
  let tail: string | null = '';
  let length = 0;
  for await (const chunk of entry.read(tableLimits.sheetBytes)) {
    if (tail === null) {
      length += chunk.length;
      if (length > tableLimits.partBytes) throw new TableError('table.broken');
      yield chunk;
      continue;
    }
    tail += decoder.decode(chunk, { stream: true });
    const end = tail.search(/<\/(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*\/>/);
    if (end < 0) tail = tail.slice(-32);
    else {
      // A letter cut in two at the end of this piece belongs to no tag we look for.
      yield Buffer.from(tail.slice(end));
      tail = null;
    }
  }
}

/** 'A' is 0, 'AA' is 26. */
function columnOf(letters: string): number {
  let column = 0;
  for (let i = 0; i < letters.length; i++) column = column * 26 + letters.charCodeAt(i) - 64;
  return column - 1;
}

export interface BookFacts {
  readonly texts: readonly string[];
  readonly looks: readonly NumberLook[];
  readonly is1904: boolean;
}

async function* rowsOf(entry: ZipEntry, book: BookFacts): AsyncGenerator<TableRow> {
  const merges = await mergesOf(entry);
  let nextMerge = 0;
  let open: Merge[] = [];
  const withMerges = (row: { line: number; cells: Cell[] }): TableRow => {
    open = open.filter(({ bottom }) => bottom >= row.line);
    while (nextMerge < merges.length && merges[nextMerge]!.top <= row.line) {
      const merge = merges[nextMerge++]!;
      if (merge.bottom >= row.line) open.push(merge);
      // They do not overlap in a sheet that a program has written.
      if (open.length > tableLimits.columns) throw new TableError('table.broken');
    }
    for (const { reference, top, left, right } of open) {
      for (let at = left; at <= right && at < tableLimits.columns; at++) {
        if (top === row.line && at === left) continue;
        while (row.cells.length <= at) row.cells.push({ text: '', kind: 'blank' });
        row.cells[at] = { text: '', kind: 'blank', fault: { code: 'merged', params: { cells: reference } } };
      }
    }
    return row;
  };

  const reader = new RowReader(book);
  let count = 0;
  for await (const _ of parseXml(entry.read(tableLimits.sheetBytes), reader)) {
    for (const row of reader.takeRows()) {
      if (++count > tableLimits.rows)
        throw new TableError('table.too_large', { what: 'rows', limit: tableLimits.rows });
      yield withMerges(row);
    }
  }
  for (const row of reader.takeRows()) yield withMerges(row);
}

/** Cells to rows; a row without content is let go at once, however many there are. */
class RowReader {
  readonly #book: BookFacts;
  #rows: { line: number; cells: Cell[] }[] = [];
  #line = 0;
  #cells: Cell[] = [];
  #hasContent = false;
  #raw: RawCell | null = null;
  #column = -1;
  #into: 'value' | 'inline' | null = null;
  #phonetic = 0;

  constructor(book: BookFacts) {
    this.#book = book;
  }

  takeRows(): { line: number; cells: Cell[] }[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: string): void {
    switch (name) {
      case 'row':
        this.#line = Number(attribute(attributes, 'r') ?? this.#line + 1);
        this.#cells = [];
        this.#column = -1;
        this.#hasContent = false;
        break;
      case 'c': {
        const letters = /^[A-Z]+/.exec(attribute(attributes, 'r') ?? '')?.[0];
        this.#column = letters === undefined ? this.#column + 1 : columnOf(letters);
        this.#raw = {
          type: attribute(attributes, 't') ?? 'n',
          style: Number(attribute(attributes, 's') ?? 0),
          value: '',
          inline: '',
          hasFormula: false,
          hasValue: false,
        };
        break;
      }
      case 'f':
        if (this.#raw !== null) this.#raw.hasFormula = true;
        break;
      case 'v':
        this.#into = 'value';
        if (this.#raw !== null) this.#raw.hasValue = true;
        break;
      case 't':
        this.#into = 'inline';
        break;
      case 'rPh':
        this.#phonetic++;
        break;
    }
  }

  text(piece: string): void {
    if (this.#raw === null || this.#into === null || this.#phonetic > 0) return;
    this.#raw[this.#into] += piece;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#into = null;
    else if (name === 'rPh') this.#phonetic--;
    else if (name === 'c' && this.#raw !== null) {
      if (this.#column < tableLimits.columns) {
        const cell = cellOf(this.#raw, this.#book);
        if (cell.text !== '' || cell.fault !== undefined) {
          while (this.#cells.length < this.#column) this.#cells.push({ text: '', kind: 'blank' });
          this.#cells[this.#column] = cell;
          this.#hasContent = true;
        }
      }
      this.#raw = null;
    } else if (name === 'row' && this.#hasContent) {
      this.#rows.push({ line: this.#line, cells: this.#cells });
    }
  }
}
