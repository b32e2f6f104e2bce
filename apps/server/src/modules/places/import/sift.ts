import { setImmediate as breathe } from 'node:timers/promises';
import type { Cell, TableFile, TableRow } from '../../../platform/imports/table.ts';
import { TableError, tableLimits } from '../../../platform/imports/table.ts';
import {
  type CellProblem,
  type Column,
  isProblem,
  type KindOfImport,
  problem,
  type Value,
  wordsOf,
} from './columns.ts';
import { findHeader, type FoundHeader } from './header.ts';
import type { Outcome, Planner, RowOf } from './planner.ts';

export interface RowFault extends CellProblem {
  readonly line: number;
  /** Of the cell in its row; -1 for the row as a whole. */
  readonly position: number;
  /** As the file calls it. */
  readonly column: string;
  readonly value: string;
}

export interface Counts {
  readonly total: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

export interface Sifted {
  readonly counts: Counts;
  readonly faults: readonly RowFault[];
}

/** Beyond so many nobody reads on; rows are counted all the same. */
const mostFaults = 50_000;
const rowsAtATime = 250;

/** Reads every row, asks the planner what it would come to, and keeps what is wrong. Writes nothing. */
export async function sift(
  file: TableFile,
  kind: KindOfImport,
  options: { sheet: string | null; mapping: Readonly<Record<string, string>> },
  planner: Planner,
  onProgress: (rows: number) => void = () => {},
): Promise<Sifted> {
  const header = await findHeader(file, kind.columns, options);
  const counts = { total: 0, new: 0, changed: 0, unchanged: 0, rejected: 0 };
  const faults: RowFault[] = [];
  for await (const row of header.sheet.rows()) {
    if (row.line <= header.line || isComment(row)) continue;
    const outcome = takeRow(row, header, kind.columns, planner, (fault) => {
      if (faults.length < mostFaults) faults.push(fault);
    });
    counts.total++;
    counts[outcome ?? 'rejected']++;
    if (counts.total % rowsAtATime > 0) continue;
    onProgress(counts.total);
    await breathe();
  }
  if (counts.total === 0) throw new TableError('table.no_rows');
  return { counts, faults };
}

const isComment = ({ cells }: TableRow): boolean =>
  cells
    .find((cell) => cell.text !== '')
    ?.text.trimStart()
    .startsWith('#') === true;

function takeRow(
  row: TableRow,
  header: FoundHeader,
  columns: readonly Column[],
  planner: Planner,
  keep: (fault: RowFault) => void,
): Outcome | null {
  const values = new Map<string, Value>();
  let isRight = true;
  const say = (column: Column | undefined, { code, params }: CellProblem) => {
    isRight = false;
    const at = column === undefined ? undefined : header.positions.get(column);
    // A column that the file does not have is called as the form calls it.
    const name = column === undefined ? '' : wordsOf(`imports.column.${column.key}`).join(' ');
    keep({
      line: row.line,
      position: at ?? (column === undefined ? -1 : tableLimits.columns + columns.indexOf(column)),
      column: at === undefined ? name : header.titles[at]!,
      code,
      params,
      value: at === undefined ? '' : (row.cells[at]?.text.slice(0, 200) ?? ''),
    });
  };
  for (const column of columns) {
    const at = header.positions.get(column);
    const value = readCell(at === undefined ? undefined : row.cells[at], column);
    if (isProblem(value)) say(column, value);
    else values.set(column.key, value);
  }
  // One fault often makes another: the planner is asked about rows whose cells can all be read.
  if (!isRight) return null;
  const readable: RowOf = {
    line: row.line,
    text: (key) => String(values.get(key) ?? ''),
    number: (key) => {
      const value = values.get(key);
      return typeof value === 'number' ? value : null;
    },
    value: (key) => values.get(key) ?? null,
  };
  return planner.take(readable, (key, found) =>
    say(
      columns.find((column) => column.key === key),
      found,
    ),
  );
}

function readCell(cell: Cell | undefined, column: Column): Value | CellProblem {
  if (cell?.fault !== undefined) return cell.fault as CellProblem;
  if (cell === undefined || cell.text.trim() === '') return column.isRequired ? problem('blank') : null;
  return column.read(cell);
}
