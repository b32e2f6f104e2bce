import { addDays, type LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  type DayMeasure,
  type Grain,
  isStanding,
  MEASURES,
  type Measure,
  MONTHS_AND_DAYS,
  QUEUED,
  type QueuedMeasure,
  STANDING,
  type StandingMeasure,
  stretchesOf,
} from './domain.ts';
import { isCountedSql } from './queries-figures.ts';
import { partSqlOf } from './queries-folding.ts';
import { isColleague, notAccused, type ScopeRef, withinReach, withinScope } from './reach.ts';
import { isLateSql, isOnTimeSql } from './report/on-time.ts';
import { columnOf } from './tables-figures.ts';

/**
 * The kept sums as one may read them: what is folded, what is not folded yet, and what ran out of time without being
 * marked, in one statement. So they are what counting the orders would give, at any instant.
 */
export interface SumsInput {
  readonly scope: ScopeRef | null;
  /** Of these places alone. */
  readonly only?: readonly string[];
  /** Local days, both counted, and the instants at which they begin and end. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly timeZone: string;
  readonly now: Date;
}

/** What was reported in a period; who asks for it does not read what stands now. */
export type PeriodMeasure = Exclude<DayMeasure, StandingMeasure>;
export const periodMeasures: readonly PeriodMeasure[] = MEASURES.filter(
  (measure): measure is PeriodMeasure => !isStanding(measure),
);

export type PartSums = Sums<DayMeasure>;

const listOf = (measures: readonly Measure[], make: (column: string, measure: Measure) => string) =>
  raw(measures.map((measure) => make(columnOf(measure), measure)).join(', '));
/** Of milliseconds a month of a busy place may be more than an integer holds; of orders nothing is, and those add up in half the time. */
const sumOf = (column: string, measure: Measure, letter: 'f' | 'p' = 'p'): string =>
  measure.endsWith('Ms') ? `sum(${letter}.${column})::bigint` : `sum(${letter}.${column}::integer)`;
export const sumsOf = (measures: readonly Measure[], letter: 'f' | 'p' = 'p') =>
  sql`${listOf(measures, (column, measure) => `${sumOf(column, measure, letter)} as "${measure}"`)}`;

/** Complaints about people are told apart in the sums; colleagues read of them what they wrote themselves. */
export const accusedOf = (acting: Acting): Statement =>
  isColleague(acting)
    ? sql`f.accused_account_id is null`
    : sql`(f.accused_account_id is null or f.accused_account_id <> ${acting.accountId})`;

/** A deadline that could not be judged is looked at again by then (due.ts). */
const unmarkedMilliseconds = 10 * 60_000;

/** Measures of the folded row, `-` to take them away. */
export const measured = (measures: readonly Measure[], sign: '' | '-' = '') =>
  sql`${listOf(measures, (column) => (sign === '' ? `f.${column}` : `-f.${column} as ${column}`))}`;

interface Pieces {
  readonly acting: Acting;
  readonly input: SumsInput;
  readonly measures: readonly Measure[];
  /** Of all that ever was reported. */
  readonly isOfAllTime?: boolean;
  /** What a row is told by, if not by place, whose work it was, day and category. */
  readonly key?: (letter: 'f' | 'o') => Statement;
}

/** Beside the folded rows. `f` is the row, whatever table it comes from. */
export function unfolded({ acting, input, measures, isOfAllTime = false, key: asked }: Pieces): Statement[] {
  const { fromAt, toAt, timeZone, now } = input;
  const reached = (letter: 'f' | 'o'): Statement => {
    const t = raw(letter);
    const reach = withinReachOf(acting, input, letter);
    return isOfAllTime ? reach : sql`${reach} and ${t}.created_at >= ${fromAt} and ${t}.created_at < ${toAt}`;
  };
  const day = (letter: 'f' | 'o') => sql`(${raw(letter)}.created_at at time zone ${timeZone})::date`;
  const own = (letter: 'f' | 'o') =>
    sql`${raw(letter)}.scope_id, ${raw(letter)}.street_id, ${raw(letter)}.company_id, ${day(letter)} as day, ${raw(letter)}.category_code`;
  const key = asked ?? own;
  const pieces = [
    sql`select ${key('f')}, ${measured(measures)} from work_orders.figure_change f where ${reached('f')} and ${accusedOf(acting)}`,
  ];
  if (isColleague(acting))
    pieces.push(
      sql`select ${key('o')}, ${partSqlOf(measures)} from work_orders.work_order o
          where o.accused_account_id is not null and o.reporter_account_id = ${acting.accountId} and ${notAccused(acting)} and ${reached('o')}`,
    );
  // By what is open and due, which is little; left to choose, the planner would look through all that was reported then.
  if (!isOfAllTime)
    pieces.push(
      sql`select ${key('o')}, ${listOf(measures, (_, measure) => (measure === 'late' ? '1' : '0'))}
          from (select o.* from work_orders.work_order o where o.is_open and o.next_due_at < ${new Date(now.getTime() + unmarkedMilliseconds)}
            and ${withinReachOf(acting, input, 'o')} offset 0) o
          where o.resolve_due_at < ${now} and o.resolve_late_at is null and o.finished_at is null
            and ${isCountedSql} and ${notAccused(acting)} and o.created_at >= ${fromAt} and o.created_at < ${toAt}`,
    );
  return pieces;
}

/**
 * What one may read and asks for. Where that is a part of one's reach, the reach is said so that no index is chosen by it: a plan
 * is made before its values are known, and with ten million orders it read a city's days for those of one compound.
 */
export function withinReachOf(
  { actor }: Acting,
  { scope, only }: Pick<SumsInput, 'scope' | 'only'>,
  letter: 'f' | 'o',
): Statement {
  const reached = withinReach(actor, letter);
  const parts = [
    ...(scope === null ? [] : [withinScope(scope, letter)]),
    ...(only === undefined ? [] : [sql`${raw(letter)}.scope_id = any (${[...only]}::uuid[])`]),
  ];
  return parts.length === 0 ? reached : sql`(${reached}) is true and ${join(parts, ' and ')}`;
}

const regions = new Set(['company', 'street', 'city']);

/** The region whose own sums are what is asked for; null: those of its places are summed. */
export function regionOf({ actor }: Acting, scope: ScopeRef | null): Statement | null {
  if (!regions.has(actor.kind) || actor.regionId === null) return null;
  if (scope === null || scope.scopeId === actor.regionId) return sql`f.scope_id = ${actor.regionId}`;
  // Of a company in two cities each city sees its own part.
  return actor.kind === 'city' && regions.has(scope.kind)
    ? sql`f.scope_id = ${scope.scopeId} and f.city_id = ${actor.regionId}`
    : null;
}

type Sums<Of extends Measure> = Readonly<Record<Of, number>>;
export type PeriodSums = Sums<PeriodMeasure>;

export interface CellRow extends Sums<PeriodMeasure> {
  /** Of a day, or of a category in one of the two periods. */
  readonly day: LocalDate | null;
  readonly category: string | null;
  /** Null of days in neither of the two. */
  readonly isNow: boolean | null;
}

/** Sums by day since `first`, and by category of the days since `input.from` and of those since `previous` before them. */
export function sumsByDayAndCategory(
  q: Executor,
  acting: Acting,
  input: SumsInput,
  earlier: { readonly previous: LocalDate; readonly first: LocalDate; readonly at: Date },
  today: LocalDate,
): Promise<CellRow[]> {
  const all = { ...input, from: earlier.first, fromAt: earlier.at };
  const measures = periodMeasures;
  const region = regionOf(acting, input.scope);
  const beside = join(unfolded({ acting, input: all, measures }), ' union all ');
  const isNow = sql`case when u.day >= ${input.from}::date then true when u.day >= ${earlier.previous}::date then false end as is_now`;
  if (region === null)
    return q.query<CellRow>(
      sql`select p.day, p.category_code as category, p.is_now as "isNow", ${sumsOf(measures)}
        from (select u.*, ${isNow} from (
          select f.scope_id, f.street_id, f.company_id, f.day, f.category_code, ${measured(measures)}
          from work_orders.figure_day f
          where ${withinReachOf(acting, input, 'f')} and f.day >= ${all.from}::date and f.day <= ${all.to}::date and ${accusedOf(acting)}
          union all ${beside}) u) p
        group by grouping sets ((p.day), (p.category_code, p.is_now))`,
    );
  const ofPeriod = (when: boolean, from: LocalDate, to: LocalDate) =>
    regionFolded(acting, region, { from, to }, today, measures).map(
      (piece) =>
        sql`select c.category_code, ${when}::boolean as is_now, ${listOf(measures, (column) => `c.${column}`)} from (${piece}) c`,
    );
  const list = listOf(measures, (column) => `u.${column}`);
  const byCategory = [
    ...ofPeriod(true, input.from, input.to),
    ...ofPeriod(false, earlier.previous, addDays(input.from, -1)),
    sql`select u.category_code, ${isNow}, ${list} from beside u where u.day >= ${earlier.previous}::date`,
  ];
  return q.query<CellRow>(
    sql`with beside as materialized (${beside})
      select p.day, null as category, null::boolean as "isNow", ${sumsOf(measures)}
      from (select d.day, ${listOf(measures, (column) => `d.${column}`)} from (${regionDays(acting, region, all, measures)}) d
        union all select u.day, ${list} from beside u) p
      group by p.day
      union all select null, p.category_code, p.is_now, ${sumsOf(measures)} from (${join(byCategory, ' union all ')}) p
      group by p.category_code, p.is_now`,
  );
}

/** Of a region by day, all categories together. */
const regionDays = (
  acting: Acting,
  region: Statement,
  days: { readonly from: LocalDate; readonly to: LocalDate },
  measures: readonly Measure[],
): Statement =>
  sql`select f.scope_id, f.street_id, f.company_id, f.day, null::text as category_code, ${measured(measures)}
    from work_orders.figure_region_day f
    where ${region} and f.day >= ${days.from}::date and f.day <= ${days.to}::date and ${accusedOf(acting)}`;

/** Of a region by category: what lies in whole months is taken as such. */
function regionFolded(
  acting: Acting,
  region: Statement,
  days: { readonly from: LocalDate; readonly to: LocalDate },
  today: LocalDate,
  measures: readonly Measure[],
): Statement[] {
  return stretchesOf(days.from, days.to, today, MONTHS_AND_DAYS).map(({ of, sign, from, to }) => {
    const day = raw(`f.${of}`);
    return sql`select f.scope_id, f.street_id, f.company_id, ${day} as day, f.category_code, ${measured(measures, sign)}
      from work_orders.${raw(of === 'day' ? 'figure_region' : 'figure_region_month')} f
      where ${region} and ${day} >= ${from}::date and ${day} <= ${to}::date and ${accusedOf(acting)}`;
  });
}

interface PlaceKey {
  readonly scopeId: string;
  readonly streetId: string | null;
  readonly companyId: string | null;
}
export type PlaceRow<Of extends PeriodMeasure = PeriodMeasure> = PlaceKey & Sums<Of>;
interface StandingRow extends PlaceKey, Sums<StandingMeasure> {}

const bySums = (measures: readonly Measure[], pieces: readonly Statement[]): Statement =>
  sql`select p.scope_id as "scopeId", p.street_id as "streetId", p.company_id as "companyId", ${sumsOf(measures)} from (${join(pieces, ' union all ')}) p group by 1, 2, 3`;

/** By what places are ranked: of thousands no more is read, for most of the time goes into adding up. */
export const RANKING = ['total', 'onTime', 'late', 'rated', 'satisfied', 'basicallySatisfied'] as const;

/** Sums by place and whose work it was. */
export function sumsByPlace<Of extends PeriodMeasure>(
  q: Executor,
  acting: Acting,
  input: SumsInput,
  today: LocalDate,
  measures: readonly Of[],
): Promise<PlaceRow<Of>[]> {
  const folded = placesFolded(acting, input, today, measures);
  return q.query<PlaceRow<Of>>(bySums(measures, [...folded, ...unfolded({ acting, input, measures })]));
}

/** Places by how much was reported there, the most first; all of them, or no more than so many. */
export function busiestPlaces(
  q: Executor,
  acting: Acting,
  input: SumsInput,
  today: LocalDate,
  most: number | null,
): Promise<{ scopeId: string; total: number }[]> {
  const measures = ['total'] as const;
  const pieces = [...placesFolded(acting, input, today, measures), ...unfolded({ acting, input, measures })];
  return q.query(
    sql`select p.scope_id as "scopeId", sum(p.total::integer) as total from (${join(pieces, ' union all ')}) p
      group by 1 having sum(p.total::integer) > 0 order by 2 desc, 1 limit ${most}`,
  );
}

const placeTables: Readonly<Record<Grain, string>> = {
  day: 'figure_place',
  pentad: 'figure_pentad',
  month: 'figure_month',
};
/** Sums of places; a column of the grain's name says of when they are. */
export const placeTable = (grain: Grain): Statement => sql`work_orders.${raw(placeTables[grain])}`;

function placesFolded(
  acting: Acting,
  input: SumsInput,
  today: LocalDate,
  measures: readonly Measure[],
): Statement[] {
  return stretchesOf(input.from, input.to, today).map(({ of, sign, from, to }) => {
    const day = raw(`f.${of}`);
    return sql`select f.scope_id, f.street_id, f.company_id, ${day} as day, null::text as category_code, ${measured(measures, sign)}
      from ${placeTable(of)} f
      where ${withinReachOf(acting, input, 'f')} and ${accusedOf(acting)} and ${day} >= ${from}::date and ${day} <= ${to}::date`;
  });
}

const standingPieces = (
  acting: Acting,
  input: SumsInput,
  measures: readonly Measure[] = STANDING,
): Statement[] => [
  sql`select f.scope_id, f.street_id, f.company_id, null::date as day, null::text as category_code, ${measured(measures)}
    from work_orders.figure_standing f where ${withinReachOf(acting, input, 'f')} and ${accusedOf(acting)}`,
  ...unfolded({ acting, input, measures, isOfAllTime: true }),
];

/** What stands in the queues now, by place. */
export const standingByPlace = (q: Executor, acting: Acting, input: SumsInput): Promise<StandingRow[]> =>
  q.query<StandingRow>(bySums(STANDING, standingPieces(acting, input)));

/** How many stand in each queue, which no clock moves; to be called about only where whose work it was still serves. */
export async function standingInQueues(
  q: Executor,
  acting: Acting,
  scope: ScopeRef | null,
): Promise<Sums<StandingMeasure | QueuedMeasure>> {
  const measures = [...STANDING, ...QUEUED];
  // Of all time: of these no day is asked.
  const at = new Date(0);
  const input: SumsInput = { scope, from: '', to: '', fromAt: at, toAt: at, timeZone: 'UTC', now: at };
  const served = acting.actor.regionId === null ? sql`true` : sql`(s.company_id <> p.company_id) is not true`;
  const sums = listOf(
    measures,
    (column, measure) => `coalesce(sum(p.${column}), 0)::integer as "${measure}"`,
  );
  const [row] = await q.query<Sums<StandingMeasure | QueuedMeasure>>(
    sql`select ${sums} from (select ${listOf([...STANDING, 'disputed', 'waitingResident'], (column) => `p.${column}`)},
        case when ${served} then p.callback else 0 end as callback
      from (${join(standingPieces(acting, input, measures), ' union all ')}) p left join places.scope s on s.scope_id = p.scope_id) p`,
  );
  return row as Sums<StandingMeasure | QueuedMeasure>;
}

const rowOf = (
  told: readonly Measure[],
  of: readonly Measure[],
  make: (column: string, measure: Measure) => string,
): Statement =>
  sql`select p.scope_id, p.street_id, p.company_id, ${listOf(told, (column, measure) => `${of.includes(measure) ? make(column, measure) : '0::bigint'} as "${measure}"`)}`;

/** What stands now, of each place and whose work it was, in a row or two that are still to be added up. */
export const standingRows = (
  acting: Acting,
  input: SumsInput,
  told: readonly Measure[] = STANDING,
): Statement =>
  sql`${rowOf(told, STANDING, (column) => `p.${column}::bigint`)} from (${join(standingPieces(acting, input), ' union all ')}) p`;

/**
 * Of each place and whose work it was, in a row or two that are still to be added up: scope_id, street_id, company_id and the
 * measures that are asked for and what stands now under their own names. For who tells a few of thousands.
 */
export function placeRows(
  acting: Acting,
  input: SumsInput,
  today: LocalDate,
  measures: readonly PeriodMeasure[],
): Statement {
  const told = [...measures, ...STANDING];
  const reported = [
    ...placesFolded(acting, input, today, measures),
    ...unfolded({ acting, input, measures }),
  ];
  return sql`${rowOf(told, measures, sumOf)} from (${join(reported, ' union all ')}) p group by 1, 2, 3
    union all ${standingRows(acting, input, told)}`;
}

const ON_TIME = ['total', 'onTime', 'late', 'open'] as const satisfies readonly Measure[];

/**
 * What was on time, under `key` as one of its columns says it, and how much of it is in hand: from the sums, with what they
 * leave out (a duplicate, a report that was split) counted beside them, which is little.
 */
export function onTimeSums(
  acting: Acting,
  input: SumsInput,
  by: 'category' | 'month' | 'place',
  today: LocalDate,
): Statement {
  const { fromAt, toAt, timeZone, now } = input;
  const region = by === 'place' ? null : regionOf(acting, input.scope);
  const folded = (): Statement[] => {
    if (region !== null && by === 'category') return regionFolded(acting, region, input, today, ON_TIME);
    if (region !== null) return [regionDays(acting, region, input, ON_TIME)];
    // What a place keeps of its months, pentads and days is little beside what it keeps by category.
    if (by !== 'category') return placesFolded(acting, input, today, ON_TIME);
    return [
      sql`select f.scope_id, f.street_id, f.company_id, f.day, f.category_code, ${measured(ON_TIME)}
        from work_orders.figure_day f
        where ${withinReachOf(acting, input, 'f')} and f.day >= ${input.from}::date and f.day <= ${input.to}::date and ${accusedOf(acting)}`,
    ];
  };
  const key = { category: raw('category_code'), month: raw('day'), place: raw('scope_id') }[by];
  const sums = join([...folded(), ...unfolded({ acting, input, measures: ON_TIME })], ' union all ');
  const ofOrder = {
    category: sql`o.category_code`,
    month: sql`(o.created_at at time zone ${timeZone})::date`,
    place: sql`o.scope_id`,
  }[by];
  // What is left out by the few there are; left to choose, the planner would look through all that was reported then.
  return sql`select ${by === 'month' ? sql`to_char(p.key, 'YYYY-MM')` : sql`p.key`} as key, sum(p.total)::integer as total, sum(p.on_time)::integer as on_time,
      sum(p.late)::integer as late, sum(p.open)::integer as open
    from (select s.${key} as key, s.total, s.on_time, s.late, s.open from (${sums}) s
      union all select ${ofOrder}, 1, (${isOnTimeSql})::integer, (${isLateSql(now)})::integer, 0
        from (select o.scope_id, o.category_code, o.created_at, o.accused_account_id, o.reporter_account_id, o.is_open,
            o.finished_at, o.resolve_due_at, o.resolve_late_at from work_orders.work_order o
          where (o.duplicate_of_id is not null or o.part_count > 0) and ${withinReachOf(acting, input, 'o')} offset 0) o
        where ${notAccused(acting)} and o.created_at >= ${fromAt} and o.created_at < ${toAt}) p
    group by 1 having sum(p.total) <> 0`;
}
