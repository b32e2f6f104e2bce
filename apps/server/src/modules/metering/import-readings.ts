import { createHash } from 'node:crypto';
import { isLocalDate, localDate, startOfDay } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { openTable } from '../../platform/imports/open-table.ts';
import { TableError, type TableRow } from '../../platform/imports/table.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { has, tKey } from '@gongzhi/i18n';
import type { Wall } from '../places/index.ts';
import type { MeterKind } from './domain.ts';
import { type FileFigure, recordFigures } from './service-bulk.ts';

/** Readings out of a file: a row each, with the number of the meter, the figure and the day. */

export const mostRows = 5_000;
const mostRowsAbove = 12;
const fields = ['serial', 'value', 'day'] as const;
type Field = (typeof fields)[number];

export interface FileFault {
  readonly line: number;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}
interface FileRow {
  readonly line: number;
  readonly serial: string;
  readonly value: string;
  readonly day: string;
  readonly cellFault: string | null;
}

const plain = (text: string) => text.replace(/\s+/g, '').toLowerCase();

/** What such columns are called, in both languages: words of the labels, separated by bars. */
function titlesOf(field: Field): string[] {
  return (['zh-CN', 'en'] as const).flatMap((locale) =>
    has(`metering.file.${field}`) ? tKey(locale, `metering.file.${field}`).split('|').map(plain) : [],
  );
}

/** Which column is what, by its title, where it is called otherwise than we would call it. */
export type ChosenColumns = Partial<Readonly<Record<Field, string>>>;

/** `missing`: columns nobody recognises; then `titles` are what there is to choose among, and nothing is read. */
export async function readReadingFile(
  bytes: Buffer,
  chosen: ChosenColumns = {},
): Promise<{
  readonly rows: readonly FileRow[];
  readonly titles: readonly string[];
  readonly missing: readonly Field[];
}> {
  try {
    const table = await openTable(bytes);
    const rows: FileRow[] = [];
    let columns: Record<Field, number> | null = null;
    let nearest: { readonly titles: readonly string[]; readonly missing: readonly Field[] } | null = null;
    let above = 0;
    for await (const row of table.sheets[0]?.rows() ?? []) {
      if (columns === null) {
        const found = columnsOf(row, chosen);
        const titles = row.cells.map(({ text }) => text.trim()).filter((text) => text !== '');
        const missing = fields.filter((field) => found[field] < 0);
        // Of the first rows the one that knows most is taken for the titles; above it stands what the table is called.
        if (
          nearest === null ||
          missing.length < nearest.missing.length ||
          titles.length > nearest.titles.length
        )
          nearest = { titles: titles.slice(0, 60), missing };
        if (missing.length === 0) {
          columns = found;
          nearest = { titles: titles.slice(0, 60), missing };
        } else if (++above > mostRowsAbove) break;
        continue;
      }
      if (rows.length >= mostRows) throw new Problem('metering.file_unreadable', { reason: 'too_many_rows' });
      rows.push(rowOf(row, columns));
    }
    if (nearest === null) throw new Problem('metering.file_unreadable', { reason: 'no_titles' });
    return { rows, ...nearest };
  } catch (error) {
    if (error instanceof TableError) throw new Problem('metering.file_unreadable', { reason: error.code });
    throw error;
  }
}

function columnsOf(row: TableRow, chosen: ChosenColumns): Record<Field, number> {
  const titles = row.cells.map(({ text }) => plain(text));
  const at = (field: Field) => {
    const wanted = chosen[field];
    return wanted === undefined
      ? titles.findIndex((title) => titlesOf(field).includes(title))
      : titles.indexOf(plain(wanted));
  };
  return { serial: at('serial'), value: at('value'), day: at('day') };
}

function rowOf(row: TableRow, columns: Record<Field, number>): FileRow {
  const cell = (field: Field) => row.cells[columns[field]];
  const fault = fields.map((field) => cell(field)?.fault?.code).find((code) => code !== undefined);
  const text = (field: Field) => cell(field)?.text.trim() ?? '';
  return {
    line: row.line,
    serial: text('serial'),
    value: text('value'),
    day: dayIn(text('day')),
    cellFault: fault ?? null,
  };
}

export interface FileResult {
  taken: number;
  held: number;
  known: number;
  faults: FileFault[];
}

/** Thrown to leave nothing behind of a trial. */
export class Tried extends Error {
  readonly result: FileResult;
  constructor(result: FileResult) {
    super('tried');
    this.result = result;
  }
}

/** A wrong row stays out and says why; what is doubtful is held for somebody's word; the same file again changes nothing. */
export async function takeReadings(
  house: House,
  acting: Acting,
  tx: Tx,
  wall: Wall,
  kind: MeterKind,
  rows: readonly FileRow[],
  now: Date,
): Promise<FileResult> {
  const result: FileResult = { taken: 0, held: 0, known: 0, faults: [] };
  const figures: FileFigure[] = [];
  const refuse = (line: number, code: string, params: FileFault['params'] = {}) => {
    result.faults.push({ line, code, params });
  };
  for (const { line, serial, value, day, cellFault } of rows) {
    const milli = milliIn(value);
    const takenAt = isLocalDate(day) ? instantOf(day, wall.timeZone, now) : null;
    if (cellFault !== null) refuse(line, 'cell', { reason: cellFault });
    else if (milli === null) refuse(line, 'value', { value });
    else if (takenAt === null) refuse(line, 'day', { value: day });
    else {
      const hash = createHash('sha256').update(`${day} ${milli}`).digest('hex');
      figures.push({ line, serial, milli, day, takenAt, sourceKey: `file:${hash.slice(0, 24)}` });
    }
  }
  const by = { accountId: acting.accountId, name: acting.displayName };
  const tell = { house, tx, wall, kind, by, now };
  for (const { line, outcome } of await recordFigures(tell, figures)) {
    if (outcome === 'taken' || outcome === 'held' || outcome === 'known') result[outcome] += 1;
    else refuse(line, outcome.fault, outcome.params);
  }
  result.faults.sort((a, b) => a.line - b.line);
  return result;
}

/** 1234 · 1234.5 · 1,234.567: at most three decimals. */
function milliIn(text: string): number | null {
  const found = /^(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,3}))?$/.exec(text);
  if (found === null) return null;
  return Number((found[1] ?? '').replaceAll(',', '')) * 1000 + Number((found[2] ?? '').padEnd(3, '0'));
}

/** 2026-11-03, 2026/11/3, 2026.11.3, with or without an hour behind it; anything else stays what it is, and is refused. */
function dayIn(text: string): string {
  const found = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$/.exec(text);
  if (found === null) return text;
  const [, year = '', month = '', day = ''] = found;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** A day's reading is of its noon; today's of now. */
function instantOf(day: string, timeZone: string, now: Date): Date {
  return day === localDate(now.getTime(), timeZone)
    ? now
    : new Date(startOfDay(day, timeZone) + 12 * 3_600_000);
}
