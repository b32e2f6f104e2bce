import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type Counted, stretchesOf } from './domain.ts';
import { encoded, workerOf } from './queries-folding-times.ts';
import { accusedOf, type SumsInput, withinReachOf } from './queries-sums.ts';

/** The kept times of orders as one may read them: what is folded and what is not yet, in one statement. */

export interface TimesInput {
  readonly acting: Acting;
  /** Of one kind of sums; of a region its own. */
  readonly of:
    | { readonly kind: 'place'; readonly scopeIds: readonly string[] }
    | { readonly kind: 'company' | 'city'; readonly scopeId: string; readonly isByCategory: boolean }
    | { readonly kind: 'worker'; readonly companyId: string; readonly workers: readonly string[] };
  /** Both periods; `isNow` tells them apart. */
  readonly periods: readonly { readonly isNow: boolean; readonly input: SumsInput }[];
  readonly today: LocalDate;
  /** What a row counts for, of the row as `f`: of a sum, and of a change that is not folded yet, if that says it otherwise. */
  readonly key: Statement;
  readonly changedKey?: Statement;
}

interface Row {
  readonly key: string | null;
  readonly isNow: boolean;
  readonly isAway: boolean;
  readonly times: Buffer;
}

/** By key and period. */
export type TimesByKey = ReadonlyMap<string | null, { readonly now: Counted; readonly before: Counted }>;

export async function timesByKey(q: Executor, asked: TimesInput): Promise<TimesByKey> {
  const found = new Map<string | null, { now: Counted; before: Counted }>();
  const rows = await q.query<Row>(
    sql`select p.key, p.is_now as "isNow", p.is_away as "isAway", string_agg(array_send(p.times), '') as times
      from (${join(piecesOf(asked), ' union all ')}) p where p.times is not null group by 1, 2, 3`,
  );
  for (const { key, isNow, isAway, times } of rows) {
    let of = found.get(key);
    if (of === undefined) found.set(key, (of = { now: new Map(), before: new Map() }));
    addUp(times, isAway ? -1 : 1, isNow ? of.now : of.before);
  }
  return found;
}

/** Which rows of sums, of which table, and which changes that are not folded yet. */
function rowsOf(of: TimesInput['of']): { table: Statement; which: Statement; changed: Statement } {
  const table = sql`figure_time`;
  switch (of.kind) {
    case 'place': {
      const places = sql`f.scope_id = any (${[...of.scopeIds]}::uuid[])`;
      return { table, which: sql`f.kind = 'place' and ${places}`, changed: places };
    }
    case 'worker':
      return {
        table: sql`figure_worker_time`,
        which: sql`f.scope_id = ${of.companyId} and f.worker_id = any (${[...of.workers]}::uuid[])`,
        changed: sql`f.company_id = ${of.companyId} and ${workerOf('f')} = any (${[...of.workers]}::uuid[])`,
      };
    default:
      return {
        table,
        which: sql`f.kind = ${of.kind} and f.scope_id = ${of.scopeId} and f.category_code is ${of.isByCategory ? sql`not null` : sql`null`}`,
        changed: sql`f.${raw(`${of.kind}_id`)} = ${of.scopeId}`,
      };
  }
}

function piecesOf({ acting, of, periods, today, key, changedKey = key }: TimesInput): Statement[] {
  const { table, which, changed } = rowsOf(of);
  return periods.flatMap(({ isNow, input }) => {
    const narrowed = of.kind === 'place' ? input : { scope: null };
    const reached = () => sql`${withinReachOf(acting, narrowed, 'f')} and ${accusedOf(acting)}`;
    const period = sql`${isNow}::boolean as is_now`;
    return [
      ...stretchesOf(input.from, input.to, today).map(
        (stretch) => sql`select ${key} as key, ${period}, ${stretch.sign === '-'}::boolean as is_away, f.times
          from work_orders.${table} f where ${which} and f.stretch = ${stretch.of} and f.day >= ${stretch.from}::date and f.day <= ${stretch.to}::date and ${reached()}`,
      ),
      sql`select ${changedKey} as key, ${period}, false as is_away, (select array_agg(${encoded(sql`abs(t.code)`, sql`sign(t.code)`)}) from unnest(f.times) t (code)) as times
        from work_orders.figure_change f where f.times is not null and ${changed} and f.created_at >= ${input.fromAt} and f.created_at < ${input.toAt} and ${reached()}`,
    ];
  });
}

/**
 * Arrays as PostgreSQL sends them, one after the other: how many dimensions (none of what is empty), two words, and of the
 * one dimension how long and from where; then each element, its length before it. To add up half a million of them here takes
 * a tenth of what rows of them take there.
 */
function addUp(times: Buffer, sign: 1 | -1, counted: Counted): void {
  for (let at = 0; at < times.length; ) {
    const dimensions = times.readInt32BE(at);
    at += 12;
    if (dimensions === 0) continue;
    const length = times.readInt32BE(at);
    at += 8;
    for (let i = 0; i < length; i++, at += 12) {
      const count = times.readInt32BE(at + 8);
      const code = times.readInt32BE(at + 4) + (count < 0 ? 1 : 0);
      counted.set(code, (counted.get(code) ?? 0) + sign * count);
    }
  }
}
