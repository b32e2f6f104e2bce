import { sql } from '../../../platform/db/sql.ts';
import { isOnTimeSql } from '../report/on-time.ts';
import type { LoaderTx } from '../../../platform/db/loader-database.ts';

/** Counted in the database after everything is in: what is there, not what was meant to be. */
export interface HistoryCounts {
  readonly orders: number;
  readonly open: number;
  readonly late: number;
  /** Orders with both dates and a verdict of the source, and those on which we differ. */
  readonly compared: number;
  readonly mismatches: number;
}

export interface Mismatch {
  readonly externalId: string;
  readonly dueAt: Date;
  readonly closedAt: Date;
  readonly sourceOnTime: boolean;
}

const joined = sql`from work_orders.imported i
  join work_orders.work_order o on o.scope_id = i.scope_id and o.work_order_id = i.work_order_id`;
/** Orders as they came: one that was changed here since then is no longer the source's to judge. */
const isComparable = sql`i.source_on_time is not null and o.outcome = 'imported' and o.finished_at is not null and o.resolve_due_at is not null`;

export async function countHistory(tx: LoaderTx, source: string, cityId: string): Promise<HistoryCounts> {
  const [counts] = await tx.query<HistoryCounts>(
    sql`select count(*)::integer as orders, count(*) filter (where o.is_open)::integer as open,
          count(*) filter (where o.is_late)::integer as late,
          count(*) filter (where ${isComparable})::integer as compared,
          count(*) filter (where ${isComparable} and ${isOnTimeSql} is distinct from i.source_on_time)::integer as mismatches
        ${joined} where i.city_id = ${cityId} and i.source = ${source}`,
  );
  return counts as HistoryCounts;
}

export function firstMismatches(tx: LoaderTx, source: string, cityId: string): Promise<Mismatch[]> {
  return tx.query<Mismatch>(
    sql`select i.external_id as "externalId", o.resolve_due_at as "dueAt", o.finished_at as "closedAt", i.source_on_time as "sourceOnTime"
        ${joined} where i.city_id = ${cityId} and i.source = ${source} and ${isComparable} and ${isOnTimeSql} is distinct from i.source_on_time
        order by i.external_id limit 10`,
  );
}
