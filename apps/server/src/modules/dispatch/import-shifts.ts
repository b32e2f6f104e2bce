import { createHash } from 'node:crypto';
import { addDays, DAY, instantOn, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { openTable } from '../../platform/imports/open-table.ts';
import { TableError, type TableRow } from '../../platform/imports/table.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accountOfNumber } from '../identity/index.ts';
import { staffRecords, type Wall } from '../places/index.ts';
import {
  checkShifts,
  FARTHEST_DAYS,
  missingFields,
  type PatternDay,
  plainWord,
  readDay,
  SHIFT_FIELDS,
  type ShiftColumns,
  type ShiftFault,
  type ShiftField,
  type ShiftReading,
  type ShiftRow,
} from './domain.ts';
import { shiftWords, usualTitles } from './facts-words.ts';
import { lockRoster, type PatternRow, planOf, storedPlan } from './queries-roster.ts';
import { tellRoster } from './service-roster.ts';

/** A roster's file: tried first, taken in then; rows that are wrong stay out and say why. */
export const mostShiftRows = 2_000;
const mostRowsAbove = 12;

export interface ShiftFile {
  readonly titles: readonly string[];
  readonly columns: ShiftColumns;
  readonly rows: readonly ShiftRow[];
}

/** What somebody says now goes before what was said of the last file, that before what columns are usually called. */
export async function readShiftFile(
  bytes: Buffer,
  said: ShiftColumns | null,
  remembered: ShiftColumns | null,
): Promise<ShiftFile> {
  try {
    const table = await openTable(bytes);
    // Where no row can be taken for the headings: the fullest one, for somebody to say.
    let fullest: readonly string[] = [];
    let header: { titles: readonly string[]; columns: ShiftColumns } | null = null;
    let above = 0;
    const rows: ShiftRow[] = [];
    for await (const row of table.sheets[0]?.rows() ?? []) {
      if (header === null) {
        const titles = textsOf(row);
        if (countOf(titles) > countOf(fullest)) fullest = titles;
        const columns = said === null ? columnsOf(titles, remembered) : chosenIn(titles, said);
        if (columns !== null && missingFields(columns).length === 0) header = { titles, columns };
        // Else, after some rows, nobody knows which row says what stands where.
        else if (++above > mostRowsAbove) break;
        continue;
      }
      if (rows.length >= mostShiftRows) throw new Problem('dispatch.too_many_rows', { limit: mostShiftRows });
      rows.push(rowOf(row, header.titles, header.columns));
    }
    const titles = header?.titles ?? fullest;
    return {
      titles: titles.filter((title) => title !== ''),
      columns: header?.columns ?? columnsOf(titles, remembered),
      rows,
    };
  } catch (error) {
    if (error instanceof TableError) throw new Problem('dispatch.file_unreadable', { reason: error.code });
    throw error;
  }
}

const countOf = (titles: readonly string[]): number => titles.filter((title) => title !== '').length;
const textsOf = (row: TableRow): string[] => row.cells.map(({ text }) => text.trim());

function columnsOf(titles: readonly string[], remembered: ShiftColumns | null): ShiftColumns {
  const found: Partial<Record<ShiftField, string>> = {};
  for (const title of titles) {
    const field = usualTitles.get(plainWord(title));
    if (field !== undefined) found[field] ??= title;
  }
  for (const field of SHIFT_FIELDS) {
    const title = remembered?.[field];
    const own = title === undefined ? undefined : titles.find((one) => plainWord(one) === plainWord(title));
    if (own !== undefined) found[field] = own;
  }
  return found;
}

/** The row in which all that was chosen stands; null in any other. */
const chosenIn = (titles: readonly string[], said: ShiftColumns): ShiftColumns | null =>
  Object.values(said).every((title) => titles.includes(title)) ? said : null;

function rowOf(row: TableRow, titles: readonly string[], columns: ShiftColumns): ShiftRow {
  const cells: Partial<Record<ShiftField, string>> = {};
  const unreadable: ShiftField[] = [];
  for (const field of SHIFT_FIELDS) {
    const title = columns[field];
    if (title === undefined) continue;
    const cell = row.cells[titles.indexOf(title)];
    cells[field] = cell?.text ?? '';
    if (cell?.fault !== undefined) unreadable.push(field);
  }
  return { line: row.line, cells, unreadable };
}

/** The numbers of the file that are somebody's account; whether they work here is told by the reading. */
export async function accountsOf(house: House, { rows }: ShiftFile): Promise<ReadonlyMap<string, string>> {
  const numbers = new Set(rows.map(({ cells }) => (cells.phone ?? '').trim()).filter(Boolean));
  const found = new Map<string, string>();
  for (const number of numbers) {
    const accountId = await accountOfNumber(house.db, house.crypto, number);
    if (accountId !== null) found.set(number, accountId);
  }
  return found;
}

export interface ShiftFileResult {
  readonly fileId: string | null;
  readonly titles: readonly string[];
  readonly columns: ShiftColumns;
  readonly missing: readonly ShiftField[];
  /** Shifts by name that may stand in the file. */
  readonly shifts: readonly string[];
  readonly rows: number;
  readonly taken: number;
  readonly known: number;
  readonly free: number;
  readonly faults: readonly ShiftFault[];
}

export async function takeShifts(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  file: {
    readonly name: string;
    readonly bytes: Buffer;
    readonly read: ShiftFile;
    readonly phones: ReadonlyMap<string, string>;
  },
  isTrial: boolean,
  now: Date,
): Promise<ShiftFileResult> {
  const { titles, columns, rows } = file.read;
  await lockRoster(tx, wall.scopeId);
  const { reading, shifts } = await readingOf(tx, wall, rows, file.phones, now);
  const missing = missingFields(columns);
  const seen = { titles, columns, missing, shifts, rows: rows.length };
  if (missing.length > 0) {
    if (!isTrial) throw new Problem('dispatch.columns_missing', { fields: missing.join(', ') });
    return { ...seen, fileId: null, taken: 0, known: 0, free: 0, faults: [] };
  }
  const { days, known, free, faults } = checkShifts(rows, reading);
  const result = { ...seen, taken: days.length, known, free, faults };
  if (isTrial) return { ...result, fileId: null };
  const fileId = uuidv7(now.getTime());
  const { scopeId, cityId, streetId, companyId } = wall;
  tx.write(
    sql`insert into dispatch.shift_file (scope_id, shift_file_id, city_id, street_id, company_id, name, sha256, row_count, taken, known, free,
          faults, columns, sent_by, sent_by_name, sent_at)
        values (${scopeId}, ${fileId}, ${cityId}, ${streetId}, ${companyId}, ${file.name},
          ${createHash('sha256').update(file.bytes).digest()}, ${rows.length}, ${days.length}, ${known}, ${free},
          ${JSON.stringify(faults)}, ${JSON.stringify(columns)}, ${acting.accountId}, ${acting.displayName}, ${now})`,
  );
  if (days.length > 0) {
    const ids = days.map(() => uuidv7(now.getTime()));
    tx.write(
      sql`insert into dispatch.shift_day (scope_id, shift_day_id, city_id, street_id, company_id, account_id, on_date, from_minute, to_minute,
            kind, shift_file_id)
          select ${scopeId}, d.id, ${cityId}::uuid, ${streetId}::uuid, ${companyId}::uuid, d.account_id, d.on_date, d.from_minute, d.to_minute,
            d.kind, ${fileId}
          from unnest(${ids}::uuid[], ${days.map(({ accountId }) => accountId)}::uuid[], ${days.map(({ onDate }) => onDate)}::date[],
            ${days.map(({ from }) => from)}::integer[], ${days.map(({ to }) => to)}::integer[], ${days.map(({ kind }) => kind)}::text[])
            as d (id, account_id, on_date, from_minute, to_minute, kind) returning scope_id`,
    );
    tellRoster(tx, wall, acting, now);
  }
  return { ...result, fileId };
}

async function readingOf(
  q: Executor,
  wall: Wall,
  rows: readonly ShiftRow[],
  phones: ReadonlyMap<string, string>,
  now: Date,
): Promise<{ reading: ShiftReading; shifts: string[] }> {
  const zone = wall.timeZone;
  const today = localDate(now.getTime(), zone);
  const farthest = addDays(today, FARTHEST_DAYS);
  const dates = rows
    .map(({ cells }) => readDay((cells.date ?? '').trim()))
    .flatMap((date) => (date !== null && date >= today && date <= farthest ? [date] : []))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const [from, to] = [instantOn(dates[0] ?? today, 0, zone), instantOn(dates.at(-1) ?? today, 0, zone)];
  const [stored, staff] = await Promise.all([
    storedPlan(q, wall.scopeId, from, to + 2 * DAY),
    staffRecords(q, wall.scopeId),
  ]);
  const active = stored.patterns.filter(({ isActive }) => isActive);
  return {
    shifts: active.map(({ name }) => name),
    reading: {
      people: staff.map(({ accountId, displayName, startsOn, endsOn }) => ({
        accountId,
        name: displayName,
        startsOn,
        endsOn,
      })),
      phones,
      shifts: new Map(active.map((pattern) => [plainWord(pattern.name), hoursOf(pattern)])),
      words: shiftWords,
      plan: planOf(stored),
      zone,
      today,
    },
  };
}

/** The hours of a pattern whose working days are all alike. */
function hoursOf({ days }: PatternRow): PatternDay | null {
  const worked = days.filter((day) => day !== null);
  const [first] = worked;
  if (first === undefined) return null;
  return worked.every(({ from, to }) => from === first.from && to === first.to) ? first : null;
}

export interface ShiftFileRow {
  readonly id: string;
  readonly name: string;
  readonly rows: number;
  readonly taken: number;
  readonly known: number;
  readonly free: number;
  readonly faults: readonly ShiftFault[];
  readonly sentName: string;
  readonly sentAt: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnName: string | null;
}

export function listShiftFiles(q: Executor, scopeId: string): Promise<ShiftFileRow[]> {
  return q.query(
    sql`select f.shift_file_id as id, f.name, f.row_count as rows, f.taken, f.known, f.free, f.faults, f.sent_by_name as "sentName",
          f.sent_at as "sentAt", f.withdrawn_at as "withdrawnAt", f.withdrawn_by_name as "withdrawnName"
        from dispatch.shift_file f where f.scope_id = ${scopeId} order by f.shift_file_id desc limit 20`,
  );
}

/** Which column was which in the last file of this department. */
export async function rememberedColumns(q: Executor, scopeId: string): Promise<ShiftColumns | null> {
  const [row] = await q.query<{ columns: ShiftColumns }>(
    sql`select f.columns from dispatch.shift_file f where f.scope_id = ${scopeId} order by f.shift_file_id desc limit 1`,
  );
  return row?.columns ?? null;
}

/** What of a file lies ahead is no longer planned; what was worked stays. */
export async function withdrawShifts(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  fileId: string,
  now: Date,
): Promise<void> {
  await lockRoster(tx, wall.scopeId);
  const files = await tx.query(
    sql`update dispatch.shift_file set withdrawn_at = ${now}, withdrawn_by_name = ${acting.displayName}
        where scope_id = ${wall.scopeId} and shift_file_id = ${fileId} and withdrawn_at is null returning 1`,
  );
  if (files.length === 0) throw new Problem('not_found');
  const today = localDate(now.getTime(), wall.timeZone);
  tx.write(
    sql`update dispatch.shift_day set withdrawn_at = ${now}
        where scope_id = ${wall.scopeId} and shift_file_id = ${fileId} and on_date >= ${today}::date and withdrawn_at is null`,
  );
  tellRoster(tx, wall, acting, now);
}
