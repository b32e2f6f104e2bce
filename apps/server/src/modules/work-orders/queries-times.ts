import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type Counted, countedOf, type Grain, GRAINS, MONTHS_AND_DAYS } from './domain.ts';
import { encodedChange, workerOf } from './queries-folding-times.ts';
import { type BothPeriods, stretchRows } from './queries-sums-both.ts';
import { accusedOf, type SumsInput, withinReachOf } from './queries-sums.ts';

/** The kept times of orders as one may read them: what is folded and what is not yet, in one statement. */

export interface TimesInput {
  readonly acting: Acting;
  /** Of one kind of sums; of a region its own. */
  readonly of:
    | { readonly kind: 'place'; readonly scopeIds: readonly string[] }
    | { readonly kind: 'company' | 'city'; readonly scopeId: string; readonly isByCategory: boolean }
    | { readonly kind: 'worker'; readonly companyId: string; readonly workers: readonly string[] };
  readonly periods: BothPeriods;
  readonly today: LocalDate;
}

interface Row {
  readonly key: string | null;
  readonly now: number;
  readonly before: number;
  readonly times: Buffer | null;
}

/** By place, by worker (the company itself where nobody has it), by category or all in one; and by period. */
export type TimesByKey = ReadonlyMap<string | null, { readonly now: Counted; readonly before: Counted }>;

export async function timesByKey(q: Executor, asked: TimesInput): Promise<TimesByKey> {
  const found = new Map<string | null, { now: Counted; before: Counted }>();
  const rows = await q.query<Row>(sql`${folded(asked)} union all ${unfolded(asked)}`);
  const told = rows.flatMap(({ times, ...row }) => (times === null ? [] : [{ ...row, times }]));
  const nothing = countedOf(2 * new Set(told.map(({ key }) => key)).size);
  for (const { key, now, before, times } of told) {
    let of = found.get(key);
    if (of === undefined) found.set(key, (of = { now: nothing(), before: nothing() }));
    if (now !== 0) addUp(times, now, of.now);
    if (before !== 0) addUp(times, before, of.before);
  }
  return found;
}

interface Which {
  readonly table: Statement;
  /** One after the other they are looked up as `i.id`, and asked for so once. */
  readonly ids: readonly string[];
  readonly isOne: Statement;
  /** By what they are kept. */
  readonly grains: readonly Grain[];
  /** What a sum is told by; none: by its id alone. */
  readonly key: Statement | null;
  /** Changes that are not folded yet. */
  readonly changed: Statement;
  readonly changedKey: Statement;
}

function whichOf(of: TimesInput['of']): Which {
  const table = sql`work_orders.figure_time`;
  switch (of.kind) {
    case 'place':
      return {
        table,
        ids: of.scopeIds,
        isOne: sql`f.scope_id = i.id and f.kind = 'place'`,
        grains: GRAINS,
        key: null,
        changedKey: sql`f.scope_id::text`,
        changed: sql`f.scope_id = any (${[...of.scopeIds]}::uuid[])`,
      };
    case 'worker':
      return {
        table: sql`work_orders.figure_worker_time`,
        ids: of.workers,
        isOne: sql`f.scope_id = ${of.companyId} and f.worker_id = i.id`,
        grains: GRAINS,
        key: null,
        changedKey: sql`${workerOf('f')}::text`,
        changed: sql`f.company_id = ${of.companyId} and ${workerOf('f')} = any (${[...of.workers]}::uuid[])`,
      };
    default: {
      const key = of.isByCategory ? sql`f.category_code` : sql`null::text`;
      return {
        table,
        ids: [of.scopeId],
        isOne: sql`f.scope_id = i.id and f.kind = ${of.kind} and f.category_code is ${of.isByCategory ? sql`not null` : sql`null`}`,
        grains: MONTHS_AND_DAYS,
        key,
        changed: sql`f.${raw(`${of.kind}_id`)} = ${of.scopeId}`,
        changedKey: key,
      };
    }
  }
}

const reachedBy = ({ acting, of }: TimesInput, input: SumsInput): Statement =>
  sql`${withinReachOf(acting, of.kind === 'place' ? input : { scope: null }, 'f')} and ${accusedOf(acting)}`;

/** Stretch by stretch of each: so no more is read than its own few rows, and nothing is sorted. */
function folded(asked: TimesInput): Statement {
  const { table, ids, isOne, grains, key } = whichOf(asked.of);
  return sql`select f.key, s.now, s.before, f.times
    from unnest(${[...ids]}::uuid[]) i (id)
    cross join ${stretchRows(asked.periods, asked.today, grains)}
    cross join lateral (select ${key ?? sql`i.id::text`} as key, string_agg(f.times, '') as times from ${table} f
      where ${isOne} and f.stretch = s.stretch and f.day >= s.first and f.day <= s.last and ${reachedBy(asked, asked.periods[0].input)} ${key === null ? sql`` : sql`group by 1`}) f`;
}

function unfolded(asked: TimesInput): Statement {
  const { changed, changedKey } = whichOf(asked.of);
  const pieces = asked.periods.map(
    ({
      isNow,
      input,
    }) => sql`select ${changedKey} as key, ${isNow ? 1 : 0}::integer as now, ${isNow ? 0 : 1}::integer as before,
        ${encodedChange(sql`f.times`)} as times
      from work_orders.figure_change f where f.times is not null and ${changed} and f.created_at >= ${input.fromAt} and f.created_at < ${input.toAt} and ${reachedBy(asked, input)}`,
  );
  return sql`select c.key, c.now, c.before, string_agg(c.times, '') as times from (${join(pieces, ' union all ')}) c
    where c.times is not null group by 1, 2, 3`;
}

/** Elements as they are kept (queries-folding-times.ts), half a million for one answer. */
function addUp(times: Buffer, sign: number, counted: Counted): void {
  const view = new DataView(times.buffer, times.byteOffset, times.length);
  for (let at = 0; at < times.length; at += 4) {
    const value = view.getInt32(at);
    const code = (value + 524_288) >> 20;
    counted[code] = (counted[code] as number) + sign * (value - (code << 20));
  }
}
