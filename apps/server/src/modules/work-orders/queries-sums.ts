import { addDays, type LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { MEASURES, type Part } from './domain.ts';
import { isCountedSql } from './queries-figures.ts';
import { partSql } from './queries-folding.ts';
import { isColleague, notAccused, type ScopeRef, withinReach, withinScope } from './reach.ts';
import { measureColumns } from './tables-figures.ts';

/**
 * The kept sums as one may read them: what is folded, what is not folded yet, and what ran out of time without being
 * marked, in one statement. So they are what counting the orders would give, at any instant.
 */
export interface SumsInput {
  readonly scope: ScopeRef | null;
  /** Local days, both counted, and the instants at which they begin and end. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly timeZone: string;
  readonly now: Date;
}

const measures = join(
  measureColumns.map((column) => sql`f.${raw(column)}`),
  ', ',
);
const sums = join(
  MEASURES.map((measure, i) => sql`sum(p.${raw(measureColumns[i] ?? '')})::bigint as ${raw(`"${measure}"`)}`),
  ', ',
);
const onlyLate = join(
  MEASURES.map((measure) => sql`${raw(measure === 'late' ? '1' : '0')}`),
  ', ',
);

/** Complaints about people are told apart in the sums; colleagues read of them what they wrote themselves. */
const accusedOf = (acting: Acting): Statement =>
  isColleague(acting)
    ? sql`f.accused_account_id is null`
    : sql`(f.accused_account_id is null or f.accused_account_id <> ${acting.accountId})`;

/** A deadline that could not be judged is looked at again by then (due.ts). */
const unmarkedMilliseconds = 10 * 60_000;

interface Pieces {
  readonly acting: Acting;
  readonly input: SumsInput;
  /** Of all that ever was reported. */
  readonly isOfAllTime?: boolean;
}

/** Beside the folded rows. `f` is the row, whatever table it comes from. */
function unfolded({ acting, input, isOfAllTime = false }: Pieces): Statement[] {
  const { scope, fromAt, toAt, timeZone, now } = input;
  const reached = (letter: 'f' | 'o'): Statement => {
    const t = raw(letter);
    const reach = withinReachOf(acting, scope, letter);
    return isOfAllTime ? reach : sql`${reach} and ${t}.created_at >= ${fromAt} and ${t}.created_at < ${toAt}`;
  };
  const day = (letter: 'f' | 'o') => sql`(${raw(letter)}.created_at at time zone ${timeZone})::date`;
  const key = (letter: 'f' | 'o') =>
    sql`${raw(letter)}.scope_id, ${raw(letter)}.street_id, ${raw(letter)}.company_id, ${day(letter)} as day, ${raw(letter)}.category_code`;
  const pieces = [
    sql`select ${key('f')}, ${measures} from work_orders.figure_change f where ${reached('f')} and ${accusedOf(acting)}`,
  ];
  if (isColleague(acting))
    pieces.push(
      sql`select ${key('o')}, ${partSql} from work_orders.work_order o
          where o.accused_account_id is not null and o.reporter_account_id = ${acting.accountId} and ${notAccused(acting)} and ${reached('o')}`,
    );
  if (!isOfAllTime)
    pieces.push(
      sql`select ${key('o')}, ${onlyLate} from work_orders.work_order o
          where o.next_due_at < ${new Date(now.getTime() + unmarkedMilliseconds)} and o.resolve_due_at < ${now} and o.resolve_late_at is null
            and o.finished_at is null and o.is_open and ${isCountedSql} and ${notAccused(acting)} and ${reached('o')}`,
    );
  return pieces;
}

const withinReachOf = ({ actor }: Acting, scope: ScopeRef | null, letter: 'f' | 'o'): Statement =>
  scope === null
    ? withinReach(actor, letter)
    : sql`${withinReach(actor, letter)} and ${withinScope(scope, letter)}`;

const regions = new Set(['company', 'street', 'city']);

/** The region whose own sums are what is asked for; null: those of its places are summed. */
function regionOf({ actor }: Acting, scope: ScopeRef | null): Statement | null {
  if (!regions.has(actor.kind) || actor.regionId === null) return null;
  if (scope === null || scope.scopeId === actor.regionId) return sql`f.scope_id = ${actor.regionId}`;
  // Of a company in two cities each city sees its own part.
  return actor.kind === 'city' && regions.has(scope.kind)
    ? sql`f.scope_id = ${scope.scopeId} and f.city_id = ${actor.regionId}`
    : null;
}

export interface CellRow extends Part {
  /** Of a day, or of a category in one of the two periods. */
  readonly day: LocalDate | null;
  readonly category: string | null;
  readonly isNow: boolean | null;
}

/** Sums by day, and by category of the days since `input.from` and of those since `previousFrom` before them. */
export function sumsByDayAndCategory(
  q: Executor,
  acting: Acting,
  input: SumsInput,
  previousFrom: { readonly day: LocalDate; readonly at: Date },
): Promise<CellRow[]> {
  const both = { ...input, from: previousFrom.day, fromAt: previousFrom.at };
  const region = regionOf(acting, input.scope);
  const folded = sql`select f.scope_id, f.street_id, f.company_id, f.day, f.category_code, ${measures}
    from work_orders.${raw(region === null ? 'figure_day' : 'figure_region')} f
    where ${region ?? withinReachOf(acting, input.scope, 'f')} and f.day >= ${both.from}::date and f.day <= ${both.to}::date and ${accusedOf(acting)}`;
  return q.query<CellRow>(
    sql`select p.day, p.category_code as category, p.is_now as "isNow", ${sums}
      from (select u.*, u.day >= ${input.from}::date as is_now from (${join([folded, ...unfolded({ acting, input: both })], ' union all ')}) u) p
      group by grouping sets ((p.day), (p.category_code, p.is_now))`,
  );
}

export interface PlaceRow extends Part {
  readonly scopeId: string;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

const bySums = (pieces: readonly Statement[]): Statement =>
  sql`select p.scope_id as "scopeId", p.street_id as "streetId", p.company_id as "companyId", ${sums} from (${join(pieces, ' union all ')}) p group by 1, 2, 3`;

/** Sums by place and whose work it was: whole months are taken as such, also the one that has not ended. */
export function sumsByPlace(
  q: Executor,
  acting: Acting,
  input: SumsInput,
  today: LocalDate,
): Promise<PlaceRow[]> {
  const { scope, from, to } = input;
  const reached = () => sql`${withinReachOf(acting, scope, 'f')} and ${accusedOf(acting)}`;
  const key = (day: Statement) =>
    sql`f.scope_id, f.street_id, f.company_id, ${day} as day, null::text as category_code`;
  const whole = wholeMonths(from, to, today);
  const pieces = unfolded({ acting, input });
  const days = (since: LocalDate, until: LocalDate) =>
    pieces.push(
      sql`select ${key(sql`f.day`)}, ${measures} from work_orders.figure_day f where ${reached()} and f.day >= ${since}::date and f.day <= ${until}::date`,
    );
  if (whole === null) days(from, to);
  else {
    pieces.push(
      sql`select ${key(sql`f.month`)}, ${measures} from work_orders.figure_month f where ${reached()} and f.month >= ${whole.from}::date and f.month <= ${whole.to}::date`,
    );
    if (from < whole.from) days(from, addDays(whole.from, -1));
    if (to > whole.end) days(addDays(whole.end, 1), to);
  }
  return q.query<PlaceRow>(bySums(pieces));
}

/** What stands in the queues now, by place; of the other measures only those of what stands there mean something. */
export function standingByPlace(q: Executor, acting: Acting, input: SumsInput): Promise<PlaceRow[]> {
  const folded = sql`select f.scope_id, f.street_id, f.company_id, f.month as day, null::text as category_code, ${measures}
    from work_orders.figure_month f where ${withinReachOf(acting, input.scope, 'f')} and ${accusedOf(acting)}`;
  return q.query<PlaceRow>(bySums([folded, ...unfolded({ acting, input, isOfAllTime: true })]));
}

const firstOf = (day: LocalDate): LocalDate => `${day.slice(0, 7)}-01`;
const nextMonth = (day: LocalDate): LocalDate => firstOf(addDays(firstOf(day), 31));

/** The months that lie within, by their first days, and the last day of the last. Nothing is reported after today. */
export function wholeMonths(
  from: LocalDate,
  to: LocalDate,
  today: LocalDate,
): { from: LocalDate; to: LocalDate; end: LocalDate } | null {
  const first = from === firstOf(from) ? from : nextMonth(from);
  const lastEnd = addDays(nextMonth(to), -1);
  const last = to >= lastEnd || to >= today ? firstOf(to) : firstOf(addDays(firstOf(to), -1));
  if (first > last) return null;
  return { from: first, to: last, end: addDays(nextMonth(last), -1) };
}
