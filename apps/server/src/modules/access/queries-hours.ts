import { HOUR } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';

/** Figures by the hour: kept longer than the passages, for they are nobody's. */

/** Counted up to here; null: never yet. */
export async function countedUntil(q: Executor): Promise<Date | null> {
  const [row] = await q.query<{ at: Date | null }>(
    sql`select max(h.hour_at) as at /* over all, by scope_id each */ from access.gate_hour h`,
  );
  return row?.at == null ? null : new Date(row.at.getTime() + HOUR);
}

/** Whole hours; what was counted already stays as it is. */
export async function countHours(tx: Tx, from: Date, until: Date): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`with counted as (
          insert into access.gate_hour (scope_id, gate_id, hour_at, city_id, street_id, company_id, entries, exits, stopped)
          select g.scope_id, g.gate_id, p.hour_at, g.city_id, g.street_id, g.company_id, p.entries, p.exits, p.stopped
          from (select p.scope_id, p.gate_id, date_trunc('hour', p.recorded_at) as hour_at,
                  count(*) filter (where p.direction = 'in' and p.outcome in ('pass', 'pass_report'))::integer as entries,
                  count(*) filter (where p.direction = 'out' and p.outcome in ('pass', 'pass_report'))::integer as exits,
                  count(*) filter (where p.outcome in ('refer', 'refuse'))::integer as stopped
                from access.passage p where p.recorded_at >= ${from} and p.recorded_at < ${until} group by 1, 2, 3) p
            join access.gate g on g.scope_id = p.scope_id and g.gate_id = p.gate_id
          on conflict (scope_id, gate_id, hour_at) do nothing returning 1)
        select count(*)::integer as count from counted`,
  );
  return row?.count ?? 0;
}

export async function forgetHours(tx: Tx, before: Date): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`with aged as (select h.scope_id, h.gate_id, h.hour_at from access.gate_hour h where h.hour_at < ${before} limit 5000),
        gone as (delete from access.gate_hour h using aged a where h.scope_id = a.scope_id and h.gate_id = a.gate_id and h.hour_at = a.hour_at returning 1)
        select count(*)::integer as count from gone`,
  );
  return row?.count ?? 0;
}

export interface CountedHour {
  readonly gateId: string;
  readonly day: string;
  readonly hour: number;
  readonly entries: number;
  readonly exits: number;
}

export function hoursOfDays(
  q: Executor,
  scopeId: string,
  days: readonly { readonly from: Date; readonly until: Date }[],
  timeZone: string,
): Promise<CountedHour[]> {
  return q.query(
    sql`select h.gate_id as "gateId", (h.hour_at at time zone ${timeZone})::date::text as day,
          extract(hour from h.hour_at at time zone ${timeZone})::integer as hour, h.entries, h.exits
        from access.gate_hour h
          join unnest(${days.map(({ from }) => from.toISOString())}::timestamptz[], ${days.map(({ until }) => until.toISOString())}::timestamptz[]) as d (from_at, until_at)
            on h.hour_at >= d.from_at and h.hour_at < d.until_at
        where h.scope_id = ${scopeId} order by 1, 2, 3`,
  );
}
