import type { Tx } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import {
  changesOf,
  foldingLock,
  foldOrdersStatement,
  foldStatement,
  KEPT,
  type Kept,
  partSql,
} from './queries-folding.ts';
import { elementsOf, keptTimes, orderTimesSql, workerOf } from './queries-folding-times.ts';
import { COUNTED, GRAINS, isStanding, MEASURES, QUEUED, STEP_STARTS } from './domain.ts';
import { firstDaySql } from './queries-grains.ts';
import { columnOf, comparedColumns, measureColumns, queuedColumns } from './tables-figures.ts';

/** The kept sums beside the orders themselves; for loaders and operators, over all scopes. */

const all = 2_147_483_647;

/** Orders that were copied in past the service are counted like any other. */
export async function countCopied(tx: Pick<Tx, 'query'>, which: Statement): Promise<void> {
  await tx.query(changesOf(which));
}

/** Each call a transaction of its own on one and the same connection. */
export type InTransaction = <T>(run: (tx: Pick<Tx, 'query'>) => Promise<T>) => Promise<T>;

const TABLES: Record<Kept, readonly string[]> = {
  counts: [
    'figure_change',
    'figure_day',
    'figure_place',
    'figure_standing',
    'figure_pentad',
    'figure_month',
    'figure_region',
    'figure_region_day',
    'figure_region_month',
    'figure_worker',
  ],
  times: ['figure_time', 'figure_worker_time'],
};
/** Every table that is kept, with its schema. */
export const sumTables: readonly string[] = KEPT.flatMap((which) => TABLES[which]).map(
  (table) => `work_orders.${table}`,
);

/**
 * As if every order had just been reported. All of it is of one instant: what is written meanwhile changes what is counted
 * here, and is there afterwards. Whoever folds waits; who reads and who writes does not notice. A loader who is alone may
 * have the one kept on one connection and the other on another.
 */
export async function recountFigures(
  inTransaction: InTransaction,
  kept: readonly Kept[] = KEPT,
): Promise<number> {
  const shared = raw(kept.length === KEPT.length ? '' : '_shared');
  // The session's lock, taken before the transaction looks: what was folded until then is seen.
  await inTransaction((tx) => tx.query(sql`select pg_advisory_lock${shared}(${foldingLock})`));
  try {
    return await inTransaction(async (tx) => {
      await tx.query(sql`set transaction isolation level repeatable read`);
      for (const table of kept.flatMap((which) => TABLES[which]))
        await tx.query(sql`delete from work_orders.${raw(table)} where scope_id is not null`);
      const [row] = await tx.query<{ count: number }>(foldOrdersStatement(kept));
      return row?.count ?? 0;
    });
  } finally {
    await inTransaction((tx) => tx.query(sql`select pg_advisory_unlock${shared}(${foldingLock})`));
  }
}

/** Folds all that waits, for who has just brought in a city and wants it quick from the first page on. */
export async function foldAll(tx: Pick<Tx, 'query'>): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(${foldingLock})`);
  await tx.query(foldStatement(all));
}

/** What is of the moment alone. */
const standingOf = (letter: string): Statement =>
  sql`${raw([...MEASURES.map((measure) => (isStanding(measure) ? `${letter}.${columnOf(measure)}` : '0')), ...queuedColumns.map((column) => `${letter}.${column}`)].join(', '))}`;

export interface Difference {
  readonly grain:
    | 'day'
    | 'place'
    | 'standing'
    | 'pentad'
    | 'month'
    | 'region'
    | 'region_day'
    | 'region_month'
    | 'worker'
    | 'times'
    | 'worker_times';
  readonly scopeId: string;
  /** Null of what stands now. */
  readonly day: string | null;
  readonly measure: string;
  /** What is kept, less what the orders say. */
  readonly amount: number;
}

/** What is of a day says nothing of these queues. */
const noneQueued: Statement = sql`${raw(QUEUED.map(() => '0').join(', '))}`;
/** What is kept of who did it. */
const comparedOf = (letter: string): Statement =>
  sql`${raw(measureColumns.map((column) => (comparedColumns.includes(column) ? `${letter}.${column}` : '0')).join(', '))}, ${noneQueued}`;
const eachStretch: Statement = sql`cross join lateral (values ${join(
  GRAINS.map((grain) => sql`(${grain}::text, ${firstDaySql(grain, 'd.day')})`),
  ', ',
)}) m (stretch, day)`;

const columnNames = COUNTED.map(columnOf);
const columns = raw(columnNames.join(', '));
const partOf = (sign: '' | '-', letter: string): Statement =>
  sql`${raw(columnNames.map((column) => `${sign}${letter}.${column} as ${column}`).join(', '))}`;
const of = (letter: string): Statement =>
  sql`${raw(measureColumns.map((column) => `${letter}.${column}`).join(', '))}, ${noneQueued}`;

/** Where the sums say something else than the orders; empty when they are right. Each of two statements is of one instant. */
export async function differences(tx: Pick<Tx, 'query'>, most = 100): Promise<Difference[]> {
  const counts = await countDifferences(tx, most);
  return counts.length === most ? counts : [...counts, ...(await timeDifferences(tx, most - counts.length))];
}

/** Of how long orders took: how many are kept by each step of each time, less how many there are. */
function timeDifferences(tx: Pick<Tx, 'query'>, most: number): Promise<Difference[]> {
  return tx.query<Difference>(
    sql`with taken as (
        select o.scope_id, o.city_id, o.street_id, o.company_id, o.category_code, o.accused_account_id, ${workerOf('o')} as worker_id, o.created_at, ${orderTimesSql} as times, -1 as sign
        from work_orders.work_order o
        union all select c.scope_id, c.city_id, c.street_id, c.company_id, c.category_code, c.accused_account_id, ${workerOf('c')}, c.created_at, c.times, 1
        from work_orders.figure_change c where c.times is not null),
      due as materialized (
        select d.scope_id, d.city_id, d.street_id, d.company_id, d.category_code, d.accused_account_id, d.worker_id,
          (d.created_at at time zone coalesce(s.time_zone, 'Asia/Shanghai'))::date as day, abs(t.code) as code, sum(d.sign * sign(t.code))::bigint as n
        from taken d left join places.scope s on s.scope_id = d.scope_id cross join lateral unnest(d.times) t (code) group by 1, 2, 3, 4, 5, 6, 7, 8, 9),
      ${keptTimes(sql`due`)}
      select case x.kind when 'worker' then 'worker_times' else 'times' end as grain, x.scope_id as "scopeId", x.day,
        x.stretch || ' ' || (array['accept', 'arrive', 'resolve'])[(x.code - 1) / ${STEP_STARTS.length} + 1] || ' ' || x.code as measure, sum(x.n)::bigint as amount
      from (select t.* from timed t union all
        select f.stretch, f.scope_id, f.kind, f.city_id, f.street_id, f.company_id, f.category_code, f.accused_account_id, f.day, v.code, v.n
        from work_orders.figure_time f cross join lateral ${elementsOf('f')}
        union all select m.stretch, d.company_id, 'worker', d.city_id, null, d.company_id, d.worker_id::text, d.accused_account_id, m.day, d.code, d.n
        from due d ${eachStretch} where d.company_id is not null
        union all select f.stretch, f.scope_id, 'worker', f.city_id, null, f.company_id, f.worker_id::text, f.accused_account_id, f.day, v.code, v.n
        from work_orders.figure_worker_time f cross join lateral ${elementsOf('f')}) x
      group by x.stretch, x.scope_id, x.kind, x.city_id, x.street_id, x.company_id, x.category_code, x.accused_account_id, x.day, x.code
      having sum(x.n) <> 0 order by x.day, x.scope_id, x.code limit ${most}`,
  );
}

function countDifferences(tx: Pick<Tx, 'query'>, most: number): Promise<Difference[]> {
  const zone = sql`coalesce(s.time_zone, 'Asia/Shanghai')`;
  return tx.query<Difference>(
    sql`with owed as materialized (
        select o.scope_id, o.city_id, o.street_id, o.company_id, o.accused_account_id, ${workerOf('o')} as worker_id, o.category_code, (o.created_at at time zone ${zone})::date as day, ${partSql}
        from work_orders.work_order o left join places.scope s on s.scope_id = o.scope_id),
      waiting as materialized (
        select c.scope_id, c.city_id, c.street_id, c.company_id, c.accused_account_id, ${workerOf('c')} as worker_id, c.category_code, (c.created_at at time zone ${zone})::date as day, ${partOf('', 'c')}
        from work_orders.figure_change c left join places.scope s on s.scope_id = c.scope_id),
      due as materialized (
        select o.scope_id, o.city_id, o.street_id, o.company_id, o.accused_account_id, o.worker_id, o.category_code, o.day, ${partOf('-', 'o')} from owed o
        union all select w.* from waiting w),
      kept (grain, scope_id, key, day, ${columns}) as (
        select 'day', f.scope_id, concat_ws(' ', f.category_code, f.company_id, f.street_id, f.city_id, f.accused_account_id), f.day, ${of('f')} from work_orders.figure_day f
        union all select 'place', f.scope_id, concat_ws(' ', f.company_id, f.street_id, f.city_id, f.accused_account_id), f.day, ${of('f')} from work_orders.figure_place f
        union all select 'standing', f.scope_id, concat_ws(' ', f.company_id, f.street_id, f.city_id, f.accused_account_id), null::date, ${standingOf('f')} from work_orders.figure_standing f
        union all select 'pentad', f.scope_id, concat_ws(' ', f.company_id, f.street_id, f.city_id, f.accused_account_id), f.pentad, ${of('f')} from work_orders.figure_pentad f
        union all select 'month', f.scope_id, concat_ws(' ', f.company_id, f.street_id, f.city_id, f.accused_account_id), f.month, ${of('f')} from work_orders.figure_month f
        union all select 'region', f.scope_id, concat_ws(' ', f.category_code, f.city_id, f.accused_account_id), f.day, ${of('f')} from work_orders.figure_region f
        union all select 'region_day', f.scope_id, concat_ws(' ', f.city_id, f.accused_account_id), f.day, ${of('f')} from work_orders.figure_region_day f
        union all select 'region_month', f.scope_id, concat_ws(' ', f.category_code, f.city_id, f.accused_account_id), f.month, ${of('f')} from work_orders.figure_region_month f
        union all select 'day', d.scope_id, concat_ws(' ', d.category_code, d.company_id, d.street_id, d.city_id, d.accused_account_id), d.day, ${of('d')} from due d
        union all select 'place', d.scope_id, concat_ws(' ', d.company_id, d.street_id, d.city_id, d.accused_account_id), d.day, ${of('d')} from due d
        union all select 'standing', d.scope_id, concat_ws(' ', d.company_id, d.street_id, d.city_id, d.accused_account_id), null::date, ${standingOf('d')} from due d
        union all select 'pentad', d.scope_id, concat_ws(' ', d.company_id, d.street_id, d.city_id, d.accused_account_id), ${firstDaySql('pentad', 'd.day')}, ${of('d')} from due d
        union all select 'month', d.scope_id, concat_ws(' ', d.company_id, d.street_id, d.city_id, d.accused_account_id), ${firstDaySql('month', 'd.day')}, ${of('d')} from due d
        union all select 'worker', f.scope_id, concat_ws(' ', f.stretch, f.worker_id, f.city_id, f.accused_account_id), f.day, ${comparedOf('f')} from work_orders.figure_worker f
        union all select 'worker', d.company_id, concat_ws(' ', m.stretch, d.worker_id, d.city_id, d.accused_account_id), m.day, ${comparedOf('d')}
          from due d ${eachStretch} where d.company_id is not null
        union all select k.grain, r.id, k.key, k.day, ${of('d')}
          from due d cross join lateral (values (d.company_id), (d.street_id), (d.city_id)) r (id) cross join lateral (values
            ('region', concat_ws(' ', d.category_code, d.city_id, d.accused_account_id), d.day),
            ('region_day', concat_ws(' ', d.city_id, d.accused_account_id), d.day),
            ('region_month', concat_ws(' ', d.category_code, d.city_id, d.accused_account_id), ${firstDaySql('month', 'd.day')})) k (grain, key, day)
          where r.id is not null)
      select x.grain, x.scope_id as "scopeId", x.day, x.measure, x.amount::bigint as amount
      from (select d.grain, d.scope_id, d.day, m.measure, m.amount
        from (select d.grain, d.scope_id, d.key, d.day, array[${join(
          columnNames.map((column) => sql`sum(d.${raw(column)})`),
          ', ',
        )}] as amounts from kept d group by 1, 2, 3, 4) d
        cross join lateral unnest(${columnNames}::text[], d.amounts) m (measure, amount) where m.amount <> 0) x
      order by 1, 3, 2, 4 limit ${most}`,
  );
}
