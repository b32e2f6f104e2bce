import { createHash } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { openTable } from '../../platform/imports/open-table.ts';
import { TableError, type TableRow } from '../../platform/imports/table.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall } from '../places/index.ts';
import {
  checkRows,
  type ColumnMapping,
  type IntakeField,
  INTAKE_FIELDS,
  REQUIRED_FIELDS,
  type RowFault,
  type SourceRow,
} from './domain.ts';
import { unitOf } from './facts.ts';
import { intakeWords, plain, usualTitles } from './facts-words.ts';
import { takeIn } from './service-intake.ts';

/** A hotline's file: tried first, taken in then; rows that are wrong stay out and say why. */
export const mostRows = 2_000;
const mostRowsAbove = 12;

export interface ReadFile {
  readonly titles: readonly string[];
  readonly mapping: ColumnMapping;
  readonly rows: readonly SourceRow[];
}

export async function readHotlineFile(bytes: Buffer, saved: ColumnMapping | null): Promise<ReadFile> {
  try {
    const table = await openTable(bytes);
    const above: TableRow[] = [];
    let titles: readonly string[] | null = null;
    let mapping: ColumnMapping = {};
    const rows: SourceRow[] = [];
    for await (const row of table.sheets[0]?.rows() ?? []) {
      if (titles === null) {
        const found = mappingOf(row, saved);
        above.push(row);
        // The header is the first row that names the number; else, after some rows, nobody knows which it is.
        if (found.number !== undefined) [titles, mapping] = [textsOf(row), found];
        else if (above.length > mostRowsAbove) break;
        continue;
      }
      if (rows.length >= mostRows) throw new Problem('hotline.too_many_rows', { limit: mostRows });
      const names = titles;
      rows.push({
        line: row.line,
        cells: Object.fromEntries(names.map((title, i) => [title, row.cells[i]?.text ?? ''])),
      });
    }
    return { titles: titles ?? textsOf(above[0]), mapping, rows };
  } catch (error) {
    if (error instanceof TableError) throw new Problem('hotline.file_unreadable', { reason: error.code });
    throw error;
  }
}

const textsOf = (row: TableRow | undefined): string[] => (row?.cells ?? []).map(({ text }) => text.trim());

/** What somebody saved goes before what columns are usually called. */
function mappingOf(row: TableRow, saved: ColumnMapping | null): ColumnMapping {
  const found: Partial<Record<IntakeField, string>> = {};
  const titles = textsOf(row);
  for (const title of titles) {
    const field = usualTitles.get(plain(title));
    if (field !== undefined) found[field] ??= title;
  }
  for (const field of INTAKE_FIELDS) {
    const title = saved?.[field];
    const own = title === undefined ? undefined : titles.find((one) => plain(one) === plain(title));
    if (own !== undefined) found[field] = own;
  }
  return found;
}

export interface BatchResult {
  readonly batchId: string | null;
  readonly titles: readonly string[];
  readonly mapping: ColumnMapping;
  readonly missing: readonly IntakeField[];
  readonly rows: number;
  readonly taken: number;
  readonly known: number;
  readonly faults: readonly RowFault[];
}

export async function takeBatch(
  house: House,
  acting: Acting,
  tx: Tx,
  city: Wall,
  file: { readonly name: string; readonly bytes: Buffer; readonly read: ReadFile },
  isTrial: boolean,
  now: Date,
): Promise<BatchResult> {
  const { titles, mapping, rows } = file.read;
  const missing = REQUIRED_FIELDS.filter((field) => mapping[field] === undefined);
  const none = { batchId: null, titles, mapping, missing, rows: rows.length, taken: 0, known: 0, faults: [] };
  if (missing.length > 0) {
    if (!isTrial) throw new Problem('hotline.mapping_incomplete', { fields: missing.join(', ') });
    return none;
  }
  const unit = await unitOf(tx, acting.homeScopeId);
  if (unit === null) throw new Problem('hotline.unit_unknown');
  const checked = checkRows(rows, mapping, { zone: city.timeZone, now: now.getTime(), words: intakeWords });
  const faults = [...checked.faults];
  let [taken, known] = [0, 0];
  const known0 = isTrial
    ? await knownNumbers(
        tx,
        city.scopeId,
        checked.cases.map(({ number }) => number),
      )
    : null;
  for (const one of checked.cases) {
    const fault = (field: IntakeField, code: RowFault['code'], params: RowFault['params']) =>
      faults.push({ line: one.line, field, code, params });
    if (known0 !== null) {
      const there = known0.get(one.number);
      if (there === undefined) taken++;
      else if (one.dueAt !== null && there !== one.dueAt)
        fault('dueAt', 'known_other_due', { number: one.number });
      else known++;
      continue;
    }
    const result = await takeIn(
      house,
      tx,
      {
        cityId: city.scopeId,
        unit,
        source: 'file',
        sourceName: file.name,
        by: { accountId: acting.accountId, name: acting.displayName, role: acting.role },
      },
      one,
      now,
    );
    if (result.result === 'taken') taken++;
    else if (result.result === 'known') known++;
    else if (result.result === 'other_due') fault('dueAt', 'known_other_due', { number: one.number });
    else fault('repeatOf', 'repeat_unknown', { number: one.repeatOf ?? '' });
  }
  faults.sort((a, b) => a.line - b.line);
  const batchId = isTrial ? null : uuidv7(now.getTime());
  if (batchId !== null)
    tx.write(
      sql`insert into hotline.batch (scope_id, batch_id, city_id, street_id, name, sha256, row_count, taken, known, faults, sent_by, sent_name, sent_at)
          values (${acting.homeScopeId}, ${batchId}, ${city.scopeId}, ${unit.streetId}, ${file.name}, ${createHash('sha256').update(file.bytes).digest()},
            ${rows.length}, ${taken}, ${known}, ${JSON.stringify(faults)}, ${acting.accountId}, ${acting.displayName}, ${now})`,
    );
  return { batchId, titles, mapping, missing, rows: rows.length, taken, known, faults };
}

async function knownNumbers(
  q: Executor,
  cityId: string,
  numbers: readonly string[],
): Promise<Map<string, number>> {
  const rows = await q.query<{ number: string; dueAt: Date }>(
    sql`select c.number, c.first_due_at as "dueAt" from hotline.hotline_case c
        where c.scope_id = ${cityId} and c.number = any (${numbers}::text[])`,
  );
  return new Map(rows.map(({ number, dueAt }) => [number, dueAt.getTime()]));
}

export interface MappingRow {
  readonly name: string;
  readonly columns: ColumnMapping;
  readonly savedName: string;
  readonly savedAt: Date;
}

export function listMappings(q: Executor, scopeId: string): Promise<MappingRow[]> {
  return q.query(
    sql`select m.name, m.columns, m.saved_name as "savedName", m.saved_at as "savedAt" from hotline.mapping m
        where m.scope_id = ${scopeId} order by m.name limit 100`,
  );
}

export function saveMapping(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  name: string,
  columns: ColumnMapping,
  now: Date,
): void {
  tx.write(
    sql`insert into hotline.mapping (scope_id, name, city_id, street_id, columns, saved_name, saved_at)
        values (${acting.homeScopeId}, ${name}, ${wall.cityId}, ${wall.streetId}, ${JSON.stringify(columns)}, ${acting.displayName}, ${now})
        on conflict (scope_id, name) do update set columns = excluded.columns, saved_name = excluded.saved_name, saved_at = excluded.saved_at`,
  );
}

export interface BatchRow {
  readonly id: string;
  readonly name: string;
  readonly rows: number;
  readonly taken: number;
  readonly known: number;
  readonly faults: readonly RowFault[];
  readonly sentName: string;
  readonly sentAt: Date;
}

export function listBatches(q: Executor, scopeId: string): Promise<BatchRow[]> {
  return q.query(
    sql`select b.batch_id as id, b.name, b.row_count as rows, b.taken, b.known, b.faults, b.sent_name as "sentName", b.sent_at as "sentAt"
        from hotline.batch b where b.scope_id = ${scopeId} order by b.batch_id desc limit 20`,
  );
}
