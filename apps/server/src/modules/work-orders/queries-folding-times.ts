import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import { codeOf, STEP_STARTS, type Time } from './domain.ts';
import { isCountedSql } from './queries-figures.ts';

/**
 * How long orders took, kept in sums (domain/times.ts): of a place, and by category of a company and of a city, by day and by
 * month. A sum is an array of numbers, each a code and how many took so long: the code's place is the upper half.
 */
export const encoded = (code: Statement, count: Statement): Statement =>
  sql`((${code}::bigint << 32) + ${count}::bigint)`;
/** Counts may be less than nothing while a change is folded before the one it takes back. */
const decodedCode = (value: Statement): Statement => sql`((${value} + 2147483648) >> 32)`;
const decodedCount = (value: Statement): Statement => sql`(${value} - (${decodedCode(value)} << 32))`;

const starts: Statement = sql`'{${raw(STEP_STARTS.join(','))}}'::bigint[]`;
/** In whole milliseconds, as rows are read. */
const millisecondsOf = (column: string): Statement => sql`floor(extract(epoch from o.${raw(column)}) * 1000)`;
const codeSql = (time: Time, to: string, when: Statement): Statement =>
  sql`case when ${when} and o.${raw(to)} >= o.clock_start_at then ${raw(String(codeOf(time, 0)))} +
    width_bucket((${millisecondsOf(to)} - ${millisecondsOf('clock_start_at')})::bigint, ${starts}) end`;

/** `timesOf` of domain/times.ts as SQL on work_orders.work_order as `o` (overview.test.ts holds them together). */
export const orderTimesSql: Statement = sql`case when ${isCountedSql} then nullif(array_remove(array[
  ${join(
    [
      codeSql('accept', 'accepted_at', sql`true`),
      codeSql('arrive', 'arrived_at', sql`o.finished_at is not null`),
      codeSql('resolve', 'finished_at', sql`true`),
    ],
    ', ',
  )}], null), '{}')::smallint[] end`;

/** From `coded` (a part's keys, its code and how many): how many by each key that is kept. */
export const keptTimes = (coded: Statement): Statement => sql`
  by_place_time as materialized (
    select c.scope_id, 'place'::text as kind, c.city_id, c.street_id, c.company_id, null::text as category_code, c.accused_account_id, c.day, c.code, sum(c.n)::bigint as n
    from ${coded} c group by 1, 3, 4, 5, 7, 8, 9 having sum(c.n) <> 0),
  by_company_time as materialized (
    select c.city_id, c.company_id, c.category_code, c.accused_account_id, c.day, c.code, sum(c.n)::bigint as n
    from ${coded} c group by 1, 2, 3, 4, 5, 6),
  by_city_time as materialized (
    select c.city_id, c.category_code, c.accused_account_id, c.day, c.code, sum(c.n)::bigint as n
    from by_company_time c group by 1, 2, 3, 4, 5),
  by_day_time as materialized (
    select p.* from by_place_time p
    union all select c.company_id, 'company', c.city_id, null, c.company_id, c.category_code, c.accused_account_id, c.day, c.code, c.n
      from by_company_time c where c.company_id is not null and c.n <> 0
    union all select c.company_id, 'company', c.city_id, null, c.company_id, null, c.accused_account_id, c.day, c.code, sum(c.n)::bigint
      from by_company_time c where c.company_id is not null group by c.city_id, c.company_id, c.accused_account_id, c.day, c.code
    union all select c.city_id, 'city', c.city_id, null, null, c.category_code, c.accused_account_id, c.day, c.code, c.n
      from by_city_time c where c.city_id is not null and c.n <> 0
    union all select c.city_id, 'city', c.city_id, null, null, null, c.accused_account_id, c.day, c.code, sum(c.n)::bigint
      from by_city_time c where c.city_id is not null group by c.city_id, c.accused_account_id, c.day, c.code),
  timed as (
    select 'day'::text as stretch, d.* from by_day_time d
    union all select 'month', d.scope_id, d.kind, d.city_id, d.street_id, d.company_id, d.category_code, d.accused_account_id,
      date_trunc('month', d.day)::date, d.code, sum(d.n)::bigint
      from by_day_time d group by d.scope_id, d.kind, d.city_id, d.street_id, d.company_id, d.category_code, d.accused_account_id, date_trunc('month', d.day)::date, d.code)`;

const keys = 'scope_id, stretch, day, category_code, company_id, street_id, city_id, accused_account_id';

/** What `part` (queries-folding.ts) has of times, into the sums. */
export const intoTimes = (isOnto: boolean): Statement => sql`
  coded as materialized (
    select p.scope_id, p.city_id, p.street_id, p.company_id, p.category_code, p.accused_account_id, p.day, abs(t.code) as code, sum(sign(t.code))::bigint as n
    from part p cross join lateral unnest(p.times) t (code) group by 1, 2, 3, 4, 5, 6, 7, 8),
  ${keptTimes(sql`coded`)},
  by_time as (
    insert into work_orders.figure_time as f (scope_id, kind, city_id, street_id, company_id, stretch, day, category_code, accused_account_id, times)
    select t.scope_id, t.kind, t.city_id, t.street_id, t.company_id, t.stretch, t.day, t.category_code, t.accused_account_id,
      array_agg(${encoded(sql`t.code`, sql`t.n`)} order by t.code)
    from timed t where t.n <> 0 group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by 6, 7, 1, 8, 5, 4, 3, 9
    ${isOnto ? sql`on conflict (${raw(keys)}) do update set times = ${added}` : sql``})`;

const value = sql`v.value`;
const added: Statement = sql`coalesce((
  select array_agg(${encoded(sql`a.code`, sql`a.n`)} order by a.code)
  from (select ${decodedCode(value)} as code, sum(${decodedCount(value)})::bigint as n
    from unnest(f.times || excluded.times) v (value) group by 1 having sum(${decodedCount(value)}) <> 0) a), '{}')`;

/** The sums' elements as rows. */
export const elementsOf = (letter: string): Statement => sql`unnest(${raw(letter)}.times) v (value)`;
export const elementCode = decodedCode(value);
export const elementCount = decodedCount(value);
