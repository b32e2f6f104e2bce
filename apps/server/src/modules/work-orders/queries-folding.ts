import type { Tx } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import { COUNTED, type Measure, QUEUE_STATUSES, QUEUED, STANDING } from './domain.ts';
import { figureSql, isCountedSql } from './queries-figures.ts';
import { intoTimes, orderTimesSql, workerOf } from './queries-folding-times.ts';
import { firstDaySql } from './queries-grains.ts';
import { changeColumns, columnOf, comparedColumns, measureColumns } from './tables-figures.ts';

/** Kept sums of orders: how changes are folded into them, and how they follow from the orders alone. */

const list = (make: (column: string) => string, between = ', '): Statement =>
  sql`${raw(measureColumns.map(make).join(between))}`;
const standing = (make: (column: string) => string, between = ', '): Statement =>
  sql`${raw([...STANDING, ...QUEUED].map(columnOf).map(make).join(between))}`;

const sums = list((column) => `sum(p.${column})::bigint as ${column}`);
const added = list((column) => `${column} = f.${column} + excluded.${column}`);
const columns = list((column) => column);
const isSomething = list((column) => `sum(p.${column}) <> 0`, ' or ');

const compared = (make: (column: string) => string, between = ', '): Statement =>
  sql`${raw(comparedColumns.map(make).join(between))}`;
const comparedSums = compared((column) => `sum(p.${column})::integer as ${column}`);
const isCompared = compared((column) => `sum(p.${column}) <> 0`, ' or ');

/** One folds at a time; whoever recounts waits for it and keeps it waiting. 7116401 is the migrations'. */
export const foldingLock = 7116406;

/** What is kept of orders: how many, and how long they took. */
export const KEPT = ['counts', 'times'] as const;
export type Kept = (typeof KEPT)[number];

type Onto = (keys: Statement, sum: Statement) => Statement;
const overPlaces = (grain: 'pentad' | 'month', onto: Onto): Statement => sql`
  by_${raw(grain)} as (
    insert into work_orders.figure_${raw(grain)} as f (scope_id, city_id, street_id, company_id, ${raw(grain)}, accused_account_id, ${columns})
    select p.scope_id, p.city_id, p.street_id, p.company_id, ${firstDaySql(grain, 'p.day')}, p.accused_account_id, ${sums}
    from part p group by 1, 2, 3, 4, 5, 6 having ${isSomething} order by 1, 2, 3, 4, 5, 6
    ${onto(sql`scope_id, ${raw(grain)}, company_id, street_id, city_id, accused_account_id`, added)})`;
const workersOver = (grain: 'pentad' | 'month'): Statement => sql`
    union all select p.company_id, p.city_id, ${firstDaySql(grain, 'p.day')}, p.worker_id, p.accused_account_id, ${comparedSums}, p.company_id, ${grain}::text
      from worker_day p group by 1, 2, 3, 4, 5 having ${isCompared}`;
/** How many there are: of days, places, pentads, months and regions (a region's days and months come from its days by category, which are few), and what stands. */
const intoCounts = (onto: Onto): Statement => sql`
  by_day as (
    insert into work_orders.figure_day as f (scope_id, city_id, street_id, company_id, day, category_code, accused_account_id, ${columns})
    select p.scope_id, p.city_id, p.street_id, p.company_id, p.day, p.category_code, p.accused_account_id, ${sums}
    from part p group by 1, 2, 3, 4, 5, 6, 7 having ${isSomething} order by 1, 2, 3, 4, 5, 6, 7
    ${onto(sql`scope_id, day, category_code, company_id, street_id, city_id, accused_account_id`, added)}),
  by_place as (
    insert into work_orders.figure_place as f (scope_id, city_id, street_id, company_id, day, accused_account_id, ${columns})
    select p.scope_id, p.city_id, p.street_id, p.company_id, p.day, p.accused_account_id, ${sums}
    from part p group by 1, 2, 3, 4, 5, 6 having ${isSomething} order by 5, 1, 2, 3, 4, 6
    ${onto(sql`scope_id, day, company_id, street_id, city_id, accused_account_id`, added)}),
  by_standing as (
    insert into work_orders.figure_standing as f (scope_id, city_id, street_id, company_id, accused_account_id, ${standing((column) => column)})
    select p.scope_id, p.city_id, p.street_id, p.company_id, p.accused_account_id, ${standing((column) => `sum(p.${column})::bigint`)}
    from part p group by 1, 2, 3, 4, 5 having ${standing((column) => `sum(p.${column}) <> 0`, ' or ')} order by 1, 2, 3, 4, 5
    ${onto(
      sql`scope_id, company_id, street_id, city_id, accused_account_id`,
      standing((column) => `${column} = f.${column} + excluded.${column}`),
    )}),
  ${overPlaces('pentad', onto)}, ${overPlaces('month', onto)},
  regional as materialized (
    select r.id as scope_id, r.kind, p.city_id, case when r.kind = 'street' then r.id end as street_id, case when r.kind = 'company' then r.id end as company_id,
      p.day, p.category_code, p.accused_account_id, ${sums}
    from part p cross join lateral (values ('company', p.company_id), ('street', p.street_id), ('city', p.city_id)) r (kind, id)
    where r.id is not null group by 1, 2, 3, 4, 5, 6, 7, 8 having ${isSomething}),
  by_region as (
    insert into work_orders.figure_region as f (scope_id, kind, city_id, street_id, company_id, day, category_code, accused_account_id, ${columns})
    select p.* from regional p order by 1, 2, 3, 4, 5, 6, 7, 8
    ${onto(sql`scope_id, day, category_code, city_id, accused_account_id`, added)}),
  by_region_day as (
    insert into work_orders.figure_region_day as f (scope_id, kind, city_id, street_id, company_id, day, accused_account_id, ${columns})
    select p.scope_id, p.kind, p.city_id, p.street_id, p.company_id, p.day, p.accused_account_id, ${sums}
    from regional p group by 1, 2, 3, 4, 5, 6, 7 having ${isSomething} order by 1, 2, 3, 4, 5, 6, 7
    ${onto(sql`scope_id, day, city_id, accused_account_id`, added)}),
  by_region_month as (
    insert into work_orders.figure_region_month as f (scope_id, kind, city_id, street_id, company_id, month, category_code, accused_account_id, ${columns})
    select p.scope_id, p.kind, p.city_id, p.street_id, p.company_id, ${firstDaySql('month', 'p.day')}, p.category_code, p.accused_account_id, ${sums}
    from regional p group by 1, 2, 3, 4, 5, 6, 7, 8 having ${isSomething} order by 1, 2, 3, 4, 5, 6, 7, 8
    ${onto(sql`scope_id, month, category_code, city_id, accused_account_id`, added)}),
  worker_day as materialized (
    select p.company_id, p.city_id, p.day, ${workerOf('p')} as worker_id, p.accused_account_id, ${comparedSums}
    from part p where p.company_id is not null group by 1, 2, 3, 4, 5 having ${isCompared}),
  by_worker as (
    insert into work_orders.figure_worker as f (company_id, city_id, day, worker_id, accused_account_id, ${compared((column) => column)}, scope_id, stretch)
    select w.*, w.company_id as scope_id, 'day' as stretch from worker_day w
    ${workersOver('pentad')} ${workersOver('month')}
    order by day, company_id, worker_id
    ${onto(
      sql`scope_id, stretch, day, worker_id, city_id, accused_account_id`,
      compared((column) => `${column} = f.${column} + excluded.${column}`),
    )})`;

/**
 * Parts of orders into the sums of their days, months and regions; onto what is there, or into tables that are empty and
 * stay so for others. Sorted, so that rows are locked in one order.
 */
const into = (taken: Statement, isOnto: boolean, kept: readonly Kept[] = KEPT): Statement => {
  const onto: Onto = (keys, sum) => (isOnto ? sql`on conflict (${keys}) do update set ${sum}` : sql``);
  return sql`
  with taken as (${taken}),
  part as materialized (
    select t.*, (t.created_at at time zone coalesce(s.time_zone, 'Asia/Shanghai'))::date as day
    from taken t left join places.scope s on s.scope_id = t.scope_id),
  ${join(
    kept.map((which) => (which === 'times' ? intoTimes(isOnto) : intoCounts(onto))),
    ', ',
  )}
  select count(*)::integer as count from part`;
};

/**
 * Folds so many changes, in one statement: what is taken away here is there, or neither is. A change that is being
 * written meanwhile is not seen and stays for the next time.
 */
export const foldStatement = (limit: number): Statement =>
  into(
    sql`
    delete from work_orders.figure_change d using (
      select c.scope_id, c.change_id from work_orders.figure_change c limit ${limit}) t
    where d.scope_id = t.scope_id and d.change_id = t.change_id returning d.*`,
    true,
  );

/** How many changes it folded; none while another one folds. */
export async function fold(tx: Tx, limit: number): Promise<number> {
  const [lock] = await tx.query<{ isMine: boolean }>(
    sql`select pg_try_advisory_xact_lock(${foldingLock}) as "isMine"`,
  );
  if (lock?.isMine !== true) return 0;
  const [row] = await tx.query<{ count: number }>(foldStatement(limit));
  return row?.count ?? 0;
}

/** In whole milliseconds, as rows are read. */
const millisecondsOf = (column: string): Statement => sql`floor(extract(epoch from o.${raw(column)}) * 1000)`;
const tookSql = (to: string): Statement =>
  sql`(${millisecondsOf(to)} - ${millisecondsOf('clock_start_at')})::bigint`;
const isTookSql = (to: string): Statement => sql`(o.${raw(to)} >= o.clock_start_at)`;
const inStatus = (queue: 'open' | 'unassigned' | 'late' | 'disputed'): Statement =>
  sql`o.status = any (array[${raw(QUEUE_STATUSES[queue].map((status) => `'${status}'`).join(', '))}])`;

/** It waits for the resident: to be looked at, or to be there. */
export const isWaitingSql: Statement = sql`((o.status = 'finished' and o.callback_wanted_at is null) or (o.status = 'paused' and o.paused_reason = 'waiting_resident'))`;

/** Whether an order counts for a measure; `domain/figures.ts` as SQL on work_orders.work_order as `o` (figures.test.ts holds them together). */
function countsFor(measure: Exclude<Measure, 'acceptMs' | 'resolveMs'>): Statement {
  const counted = (condition: Statement) => sql`(${isCountedSql} and ${condition})`;
  // Of these no figure looks at the clock.
  const figure = (name: Parameters<typeof figureSql>[0]) => counted(figureSql(name, new Date(0)));
  switch (measure) {
    case 'total':
      return isCountedSql;
    case 'done':
      return figure('done');
    case 'onTime':
      return figure('on_time');
    case 'late':
      return counted(sql`(o.resolve_late_at is not null or o.finished_at > o.resolve_due_at)`);
    case 'firstTime':
      return figure('first_time');
    case 'reopened':
      return figure('reopened');
    case 'secondVisit':
      return figure('second_visit');
    case 'rated':
      return figure('rated');
    case 'satisfied':
      return figure('satisfied');
    case 'basicallySatisfied':
      return figure('basically_satisfied');
    case 'unsatisfied':
      return figure('unsatisfied');
    case 'open':
      return inStatus('open');
    case 'unassigned':
      return inStatus('unassigned');
    case 'openLate':
      return sql`(${inStatus('late')} and o.is_late)`;
    case 'accepted':
      return counted(isTookSql('accepted_at'));
    case 'resolved':
      return counted(isTookSql('finished_at'));
    case 'callback':
      return sql`(o.callback_wanted_at is not null)`;
    case 'disputed':
      return inStatus('disputed');
    case 'waitingResident':
      return isWaitingSql;
  }
}

function amountOf(measure: Measure): Statement {
  const took = (to: string) =>
    sql`case when ${isCountedSql} and ${isTookSql(to)} then ${tookSql(to)} else 0 end`;
  if (measure === 'acceptMs') return took('accepted_at');
  if (measure === 'resolveMs') return took('finished_at');
  return sql`coalesce(${countsFor(measure)}, false)::integer`;
}

/** An order's part in these measures, under the names of their columns. */
export const partSqlOf = (measures: readonly Measure[]): Statement =>
  join(
    measures.map((measure) => sql`${amountOf(measure)} as ${raw(columnOf(measure))}`),
    ', ',
  );
/** The whole, in the order of the columns of a change. */
export const partSql: Statement = partSqlOf(COUNTED);

/** All orders into sums that are empty: as if each were a change, without writing a million of them down first. */
export const foldOrdersStatement = (kept: readonly Kept[]): Statement => {
  const told: Record<Kept, Statement> = { counts: partSql, times: sql`${orderTimesSql} as times` };
  return into(
    sql`
    select o.scope_id, o.city_id, o.street_id, o.company_id, o.category_code, o.accused_account_id, o.assignee_account_id, o.created_at,
      ${join(
        kept.map((which) => told[which]),
        ', ',
      )}
    from work_orders.work_order o where o.scope_id is not null`,
    false,
    kept,
  );
};

/** Rows that were brought in past the service count as if each had been reported just now. Loaders and migrations only. */
export const changesOf = (which: Statement): Statement => sql`
  insert into work_orders.figure_change (${raw(changeColumns.join(', '))})
  select o.work_order_id, o.scope_id, o.city_id, o.street_id, o.company_id, o.category_code, o.accused_account_id, o.assignee_account_id, o.created_at, ${partSql}, ${orderTimesSql}
  from work_orders.work_order o where ${which}`;
