import type { LocalDate } from '@gongzhi/kernel';
import type { Crypto } from '../../../platform/crypto/crypto.ts';
import type { Executor, Tx } from '../../../platform/db/database.ts';
import { join, raw, sql } from '../../../platform/db/sql.ts';
import type { Wall } from '../domain.ts';
import type { BulkTable, LoadedWall } from '../import-rows.ts';
import type { CellProblem, Value } from './columns.ts';

/** Into what it goes. */
export interface Target extends Wall {
  readonly code: string | null;
  readonly isDemonstration: boolean;
}

/** What an import is about, the same for every row. */
export interface ImportContext {
  readonly scope: Target;
  readonly crypto: Crypto;
  readonly now: Date;
  readonly today: LocalDate;
  newId(): string;
}

export interface RowOf {
  readonly line: number;
  text(key: string): string;
  number(key: string): number | null;
  /** What stands in the cell, '' when it is blank. */
  value(key: string): Value;
}

export type Outcome = 'new' | 'changed' | 'unchanged';
/** Says what is wrong; column '' is the row as a whole. */
export type Say = (column: string, problem: CellProblem) => void;

/** Knows what is there, decides row by row what a file would change, and writes it when told to. */
export interface Planner {
  /** Null when it has said what is wrong. */
  take(row: RowOf, say: Say): Outcome | null;
  /** In the transaction that reads as one with what was read. Calls back after each batch. */
  write(tx: Tx, onWritten: (rows: number) => void): Promise<void>;
}

export type OpenPlanner = (q: Executor, context: ImportContext) => Promise<Planner>;

export function loadedWall(scope: Wall): LoadedWall {
  const { scopeId, cityId, streetId, companyId } = scope;
  return { scopeId, cityId, streetId, companyId };
}

const batchSize = 500;

function typeOf(column: string): string {
  if (column.endsWith('_id')) return 'uuid';
  if (column.endsWith('_cipher') || column.endsWith('_index') || column === 'gram') return 'bytea';
  if (column.endsWith('_on')) return 'date';
  if (column.endsWith('_at')) return 'timestamptz';
  return types[column] ?? 'text';
}
const types: Readonly<Record<string, string>> = {
  position: 'smallint',
  floors: 'smallint',
  floor: 'smallint',
  area_m2: 'numeric',
  built_year: 'smallint',
  latitude: 'double precision',
  longitude: 'double precision',
  is_demonstration: 'boolean',
  index_version: 'smallint',
};

/**
 * Many rows at once through the wall: one statement a batch, its values as arrays. The next batch is made (sealed and
 * indexed) while the database writes the one before; in between the process serves others.
 */
export async function insertAll<Input>(
  tx: Tx,
  table: BulkTable<Input>,
  inputs: readonly Input[],
  crypto: Crypto,
  onWritten: (rows: number) => void = () => {},
): Promise<void> {
  let sent: Promise<unknown> = Promise.resolve();
  for (let at = 0; at < inputs.length; at += batchSize) {
    const batch = inputs.slice(at, at + batchSize).map((input) => table.row(input, crypto));
    const lists = table.columns.map(
      (column, i) => sql`${batch.map((row) => row[i])}::${raw(`${typeOf(column)}[]`)}`,
    );
    // Under row-level security a distributed database wants the clause; ids are drawn, so nothing ever conflicts.
    const statement = sql`insert into ${raw(table.table)} (${raw(table.columns.join(', '))})
      select * from unnest(${join(lists, ', ')}) on conflict (${raw(keyOf(table))}) do nothing`;
    await sent;
    if (at > 0) onWritten(batchSize);
    sent = tx.query(statement);
    // Whoever awaits it sees the error; nothing may be unhandled meanwhile.
    sent.catch(() => {});
  }
  await sent;
  onWritten(inputs.length % batchSize || Math.min(inputs.length, batchSize));
}

const keys: Readonly<Record<string, string>> = {
  'places.scope': 'scope_id',
  'places.building': 'scope_id, building_id',
  'places.unit': 'scope_id, unit_id',
  'places.household': 'scope_id, household_id',
  'places.person': 'scope_id, person_id',
  'places.person_gram': 'scope_id, gram, person_id',
  'places.occupancy': 'scope_id, occupancy_id',
};

function keyOf({ table }: { table: string }): string {
  const key = keys[table];
  if (key === undefined) throw new Error(`${table} is not imported`);
  return key;
}
