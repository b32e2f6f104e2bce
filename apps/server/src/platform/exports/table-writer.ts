import { writeXlsxStream } from 'hucre/xlsx';

/** What a cell of a list that goes out may be. Dates are text already, in the place's own time. */
export type OutValue = string | number | null;

export interface OutColumn {
  readonly title: string;
  /** In characters, for a workbook. */
  readonly width?: number;
}

export interface OutTable {
  readonly format: 'xlsx' | 'csv';
  /** Of the file, without its ending. */
  readonly name: string;
  readonly sheet: string;
  readonly columns: readonly OutColumn[];
  readonly rows: AsyncIterable<readonly OutValue[]>;
}

export const mediaTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

/**
 * Text that a spreadsheet program would take for a formula, and calculate on the machine of whoever opens the list: an
 * apostrophe before it makes it text. Our own reader takes it off again.
 */
export function defused(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function csvField(value: OutValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = defused(value);
  return /[",\r\n;\t]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** With the mark that tells Excel it is UTF-8. */
async function* csvOf({ columns, rows }: OutTable): AsyncGenerator<string> {
  let text = `\u{feff}${columns.map(({ title }) => csvField(title)).join(',')}\r\n`;
  for await (const row of rows) {
    text += `${row.map(csvField).join(',')}\r\n`;
    if (text.length < 32 * 1024) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/** A sheet's name may have 31 characters, and none of these. */
const sheetName = (name: string): string => name.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31) || 'Sheet1';

/** What XML cannot hold, no workbook can. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are meant
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

async function* xlsxRows({ rows }: OutTable): AsyncGenerator<OutValue[]> {
  // Text cells of a workbook are never calculated, so nothing need be put before them.
  for await (const row of rows)
    yield row.map((value) => (typeof value === 'string' ? value.replace(unwritable, '') : value));
}

/** The list as bytes, made while it is read: memory does not grow with it. */
export function bytesOf(table: OutTable): AsyncIterable<string | Uint8Array> {
  if (table.format === 'csv') return csvOf(table);
  return writeXlsxStream(xlsxRows(table), {
    name: sheetName(table.sheet),
    columns: table.columns.map(({ title, width = 16 }) => ({ header: title, width })),
    freezePane: { rows: 1 },
  }) as unknown as AsyncIterable<Uint8Array>;
}
