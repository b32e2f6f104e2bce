import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import { codeOf, STEP_STARTS, type Time } from './domain.ts';
import { isCountedSql } from './queries-figures.ts';
import { firstDaySql } from './queries-grains.ts';

/**
 * How long orders took, kept in sums (domain/times.ts): of a place, and by category of a company and of a city, by day and by
 * month, of a place by pentad too. A sum is a row of integers, four bytes each: a code and how many took so long, the code's place above the lowest
 * twenty bits. As bytes they are added up by whoever reads, and put one after the other here, without looking into them.
 */
const most = 524_287;
const element = (code: Statement, count: Statement): Statement =>
  sql`int4send(((${code})::integer << 20) + (${count})::integer)`;
/** More than twenty bits hold are more than one element. */
export const encoded = (code: Statement, count: Statement): Statement =>
  sql`case when abs(${count}) <= ${raw(String(most))} then ${element(code, count)}
    else (select string_agg(${element(code, sql`sign(${count}) * least(${raw(String(most))}, abs(${count}) - piece.at)`)}, '')
      from generate_series(0, abs(${count})::bigint - 1, ${raw(String(most))}) piece (at)) end`;
/** What is known to be one order more or less. */
const encodedOne = (code: Statement): Statement => element(sql`abs(${code})`, sql`sign(${code})`);
export const encodedChange = (codes: Statement): Statement =>
  sql`(select string_agg(${encodedOne(sql`t.code`)}, '') from unnest(${codes}) t (code))`;
/** Counts may be less than nothing while a change is folded before the one it takes back. */
const decodedCode = (value: Statement): Statement => sql`((${value} + 524288) >> 20)`;
const decodedCount = (value: Statement): Statement => sql`(${value} - (${decodedCode(value)} << 20))`;

const starts: Statement = sql`'{${raw(STEP_STARTS.join(','))}}'::bigint[]`;
/** In whole milliseconds, as rows are read. */
const millisecondsOf = (column: string): Statement =>
  // Microseconds as a double are exact for two centuries; as a numeric they cost five times as much.
  sql`(round(date_part('epoch', o.${raw(column)}) * 1000000)::bigint / 1000)`;
const codeSql = (time: Time, to: string, when: Statement): Statement =>
  sql`case when ${when} and o.${raw(to)} >= o.clock_start_at then ${raw(String(codeOf(time, 0)))} +
    width_bucket(${millisecondsOf(to)} - ${millisecondsOf('clock_start_at')}, ${starts}) end`;

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

/** From `coded` (a part's keys, its code and how many): how many by each key that is kept; to hold the sums against. */
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
    union all select 'pentad', d.scope_id, d.kind, d.city_id, d.street_id, d.company_id, d.category_code, d.accused_account_id, ${firstDaySql('pentad', 'd.day')}, d.code, sum(d.n)::bigint
      from by_day_time d where d.kind = 'place' group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    union all select 'month', d.scope_id, d.kind, d.city_id, d.street_id, d.company_id, d.category_code, d.accused_account_id, ${firstDaySql('month', 'd.day')}, d.code, sum(d.n)::bigint
      from by_day_time d group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)`;

const keys =
  'scope_id, kind, stretch, day, category_code, company_id, street_id, city_id, accused_account_id';

/** Of a company or a city (whose own orders are a place too, under the same id), from rows that tell how many there are by whatever it is kept by, and by code. */
const ofRegion = (
  kind: 'company' | 'city',
  stretch: 'day' | 'month',
  rows: string,
  isByCategory: boolean,
) => {
  const id = sql`c.${raw(kind)}_id`;
  return sql`select ${id} as scope_id, ${kind}::text as kind, c.city_id, null::uuid as street_id, ${kind === 'company' ? id : sql`null::uuid`} as company_id,
      ${stretch}::text as stretch, c.day, ${isByCategory ? sql`c.category_code` : sql`null::text`} as category_code, c.accused_account_id, string_agg(${encoded(sql`c.code`, sql`c.n`)}, '') as times
    from ${raw(rows)} c where ${id} is not null group by 1, 3, 5, 7, 8, 9`;
};

/** Days added up over their months; and over all categories, of both. */
const overDays = (kind: 'company' | 'city', ids: string): Statement => sql`
  ${raw(kind)}_month as materialized (
    select ${raw(ids)}, c.category_code, c.accused_account_id, m.day, c.code, sum(c.n)::bigint as n
    from ${raw(kind)}_day c cross join lateral (select ${firstDaySql('month', 'c.day')} as day) m
    group by ${raw(ids)}, c.category_code, c.accused_account_id, m.day, c.code having sum(c.n) <> 0)`;
const overCategories = (rows: string, ids: string): Statement => sql`
  ${raw(rows)}_total as materialized (
    select ${raw(ids)}, c.accused_account_id, c.day, c.code, sum(c.n)::bigint as n
    from ${raw(rows)} c group by ${raw(ids)}, c.accused_account_id, c.day, c.code having sum(c.n) <> 0)`;
const ofCompany = 'c.city_id, c.company_id';
const ofCity = 'c.city_id';

const codes = sql`part p cross join lateral unnest(p.times) t (code)`;
const placesOver = (grain: 'pentad' | 'month'): Statement => sql`
    union all select c.scope_id, 'place', c.city_id, c.street_id, c.company_id, ${grain}::text, c.day, null, c.accused_account_id, string_agg(${encoded(sql`c.code`, sql`c.n`)}, '')
    from (select p.scope_id, p.city_id, p.street_id, p.company_id, ${firstDaySql(grain, 'p.day')} as day, p.accused_account_id, abs(t.code) as code, sum(sign(t.code))::bigint as n
      from ${codes} group by 1, 2, 3, 4, 5, 6, 7 having sum(sign(t.code)) <> 0) c
    group by 1, 3, 4, 5, 7, 9`;

/**
 * What `part` (queries-folding.ts) has of times, into the sums. A place has few orders a day: their codes are put side by
 * side as they come, also those that are the same, or take each other back. Each sum comes from the smallest that holds it, and
 * nothing is sorted but the rows themselves: of a million orders that took longer than all the rest.
 */
export const intoTimes = (isOnto: boolean): Statement => sql`
  company_day as materialized (
    select p.city_id, p.company_id, p.category_code, p.accused_account_id, p.day, abs(t.code) as code, sum(sign(t.code))::bigint as n
    from ${codes} group by 1, 2, 3, 4, 5, 6 having sum(sign(t.code)) <> 0),
  city_day as materialized (
    select c.city_id, c.category_code, c.accused_account_id, c.day, c.code, sum(c.n)::bigint as n
    from company_day c group by 1, 2, 3, 4, 5 having sum(c.n) <> 0),
  ${overDays('company', ofCompany)}, ${overDays('city', ofCity)},
  ${overCategories('company_day', ofCompany)}, ${overCategories('company_month', ofCompany)},
  ${overCategories('city_day', ofCity)}, ${overCategories('city_month', ofCity)},
  timed as (
    select p.scope_id, 'place'::text as kind, p.city_id, p.street_id, p.company_id, 'day'::text as stretch, p.day, null::text as category_code, p.accused_account_id,
      string_agg(${encodedOne(sql`t.code`)}, '') as times
    from ${codes} group by 1, 3, 4, 5, 7, 9
    ${placesOver('pentad')} ${placesOver('month')}
    union all ${join(
      (['company', 'city'] as const).flatMap((kind) =>
        (['day', 'month'] as const).flatMap((stretch) => [
          ofRegion(kind, stretch, `${kind}_${stretch}`, true),
          ofRegion(kind, stretch, `${kind}_${stretch}_total`, false),
        ]),
      ),
      ' union all ',
    )}),
  by_time as (
    insert into work_orders.figure_time as f (scope_id, kind, city_id, street_id, company_id, stretch, day, category_code, accused_account_id, times)
    select t.* from timed t order by t.stretch, t.day, t.scope_id, t.kind, t.category_code, t.company_id, t.street_id, t.city_id, t.accused_account_id
    ${isOnto ? sql`on conflict (${raw(keys)}) do update set times = ${added}` : sql``}),
  ${intoWorkerTimes(isOnto)}`;

/** Of a company's workers; what nobody has is the company's own. */
export const workerOf = (t: 'c' | 'f' | 'o' | 'p'): Statement =>
  sql`${raw(`coalesce(${t}.assignee_account_id, ${t}.company_id)`)}`;
const workersOver = (grain: 'pentad' | 'month'): Statement => sql`
    union all select c.company_id, c.city_id, c.day, c.worker_id, c.accused_account_id, string_agg(${encoded(sql`c.code`, sql`c.n`)}, ''), c.company_id, ${grain}::text
    from (select p.company_id, p.city_id, ${firstDaySql(grain, 'p.day')} as day, ${workerOf('p')} as worker_id,
        p.accused_account_id, abs(t.code) as code, sum(sign(t.code))::bigint as n
      from ${codes} where p.company_id is not null group by 1, 2, 3, 4, 5, 6 having sum(sign(t.code)) <> 0) c
    group by 1, 2, 3, 4, 5`;
/** They have as few a day as a place has. */
const intoWorkerTimes = (isOnto: boolean): Statement => sql`
  by_worker_time as (
    insert into work_orders.figure_worker_time as f (company_id, city_id, day, worker_id, accused_account_id, times, scope_id, stretch)
    select p.company_id, p.city_id, p.day, ${workerOf('p')} as worker_id, p.accused_account_id,
      string_agg(${encodedOne(sql`t.code`)}, ''), p.company_id as scope_id, 'day' as stretch
    from ${codes} where p.company_id is not null group by 1, 2, 3, 4, 5
    ${workersOver('pentad')} ${workersOver('month')}
    order by company_id, worker_id, day
    ${isOnto ? sql`on conflict (scope_id, worker_id, stretch, day, city_id, accused_account_id) do update set times = ${added}` : sql``})`;

/** What is read of stored bytes again and again would be unpacked as often. */
const elements = (bytes: Statement): Statement =>
  sql`(select substring(b.bytes from generate_series(1, length(b.bytes), 4) for 4)::integer as value from (select ${bytes} as bytes offset 0) b offset 0) v`;
const value = sql`v.value`;
const added: Statement = sql`coalesce((
  select string_agg(${encoded(sql`a.code`, sql`a.n`)}, '' order by a.code)
  from (select ${decodedCode(value)} as code, sum(${decodedCount(value)})::bigint as n
    from ${elements(sql`f.times || excluded.times`)} group by 1 having sum(${decodedCount(value)}) <> 0) a), '')`;

/** The sums' elements as rows. */
export const elementsOf = (letter: string): Statement =>
  sql`(select ${decodedCode(value)} as code, ${decodedCount(value)} as n from ${elements(sql`${raw(letter)}.times`)}) v`;
