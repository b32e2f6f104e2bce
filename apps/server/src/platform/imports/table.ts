/**
 * A table as a person sends it, whatever program wrote it: sheets of rows of cells, each with the line it stands on.
 * Nothing is guessed here: what a cell holds that could be read wrongly is a fault with its reason.
 */
export interface CellFault {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Cell {
  /** As a person reads it: '0301' where the sheet shows 0301, '2020-01-05' for a date. '' when there is nothing. */
  readonly text: string;
  readonly kind: 'blank' | 'text' | 'number' | 'date';
  readonly fault?: CellFault;
}

export interface TableRow {
  /** As the program that wrote it counts, from 1. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

export interface Sheet {
  /** '' in a CSV. */
  readonly name: string;
  /** Read from the beginning each time it is asked; rows without any content are passed over. */
  rows(): AsyncIterable<TableRow>;
}

export interface TableFile {
  readonly format: 'xlsx' | 'csv';
  /** What a person sees; hidden sheets are left alone. */
  readonly sheets: readonly Sheet[];
}

/** The file as a whole cannot be read: a code of the error registry, with what its sentence needs. */
export class TableError extends Error {
  readonly code: `table.${string}`;
  readonly params: Readonly<Record<string, unknown>>;
  constructor(code: TableError['code'], params: Readonly<Record<string, unknown>> = {}) {
    super(`${code} ${JSON.stringify(params)}`);
    this.code = code;
    this.params = params;
  }
}

/** What a file may cost whoever reads it. Far above what a compound has, far below what a machine has. */
export const tableLimits = {
  /** The file as it is sent. */
  bytes: 32 * 1024 * 1024,
  /** A sheet unpacked: a million empty formatted rows are some 100 MB. */
  sheetBytes: 400 * 1024 * 1024,
  /** All texts of a workbook, unpacked. */
  textBytes: 96 * 1024 * 1024,
  /** Any other part of a workbook, unpacked. */
  partBytes: 8 * 1024 * 1024,
  /** Rows with something in them. */
  rows: 200_000,
  columns: 256,
  cellCharacters: 32_767,
} as const;

export const blank: Cell = { text: '', kind: 'blank' };
