import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { COMPARED, type Grain, GRAINS, type Stretch, stretchesOf } from './domain.ts';
import { workerOf } from './queries-folding-times.ts';
import {
  accusedOf,
  measured,
  placeTable,
  regionOf,
  type SumsInput,
  sumsOf,
  unfolded,
  withinReachOf,
} from './queries-sums.ts';

/** The kept sums of two periods that follow each other, read together: what is a stretch of both is read once. */

export interface Period {
  readonly isNow: boolean;
  readonly input: SumsInput;
}
/** Of the same places. */
export type BothPeriods = readonly [Period, Period];

/** How often a stretch counts for either period: 1, 0, or -1 where it is taken away. */
export type StretchOfBoth = Stretch & { now: number; before: number };

export function stretchesOfBoth(
  periods: BothPeriods,
  today: LocalDate,
  grains: readonly Grain[] = GRAINS,
): StretchOfBoth[] {
  const found = new Map<string, StretchOfBoth>();
  for (const { isNow, input } of periods)
    for (const stretch of stretchesOf(input.from, input.to, today, grains)) {
      const key = `${stretch.of} ${stretch.from} ${stretch.to}`;
      const one = found.get(key) ?? { ...stretch, now: 0, before: 0 };
      one[isNow ? 'now' : 'before'] += stretch.sign === '-' ? -1 : 1;
      found.set(key, one);
    }
  return [...found.values()];
}

/** The same as rows of `s`: stretch, first, last, now, before. */
export function stretchRows(periods: BothPeriods, today: LocalDate, grains?: readonly Grain[]): Statement {
  const stretches = stretchesOfBoth(periods, today, grains);
  const column = (name: keyof StretchOfBoth) => stretches.map((stretch) => stretch[name]);
  return sql`unnest(${column('of')}::text[], ${column('from')}::date[], ${column('to')}::date[], ${column('now')}::integer[], ${column('before')}::integer[])
    s (stretch, first, last, now, before)`;
}

export type ComparedSums = Readonly<Record<(typeof COMPARED)[number], number>>;
export interface SumsOfBoth {
  readonly now: Map<string, ComparedSums>;
  readonly before: Map<string, ComparedSums>;
}
type Row = ComparedSums & { readonly key: string; readonly isNow: number; readonly isBefore: number };

interface Asked {
  readonly acting: Acting;
  readonly periods: BothPeriods;
  readonly today: LocalDate;
  /** Of these alone. */
  readonly keys: readonly string[];
}

export const noSums = Object.fromEntries(COMPARED.map((measure) => [measure, 0])) as unknown as ComparedSums;

/** Rows that tell `key`, for which period and how often they count, and the sums. */
async function addedUp(q: Executor, statement: Statement): Promise<SumsOfBoth> {
  const found: SumsOfBoth = { now: new Map(), before: new Map() };
  const add = (into: Map<string, ComparedSums>, row: Row, times: number): void => {
    if (times === 0) return;
    const sum = into.get(row.key) ?? noSums;
    const added = COMPARED.map((measure) => [measure, sum[measure] + times * row[measure]]);
    into.set(row.key, Object.fromEntries(added) as ComparedSums);
  };
  for (const row of await q.query<Row>(statement)) {
    add(found.now, row, row.isNow);
    add(found.before, row, row.isBefore);
  }
  return found;
}

/** What is not folded yet, of both periods, which follow each other, in one pass; of what is `only` asked for. */
function beside(
  { acting, periods }: Pick<Asked, 'acting' | 'periods'>,
  key: (letter: 'f' | 'o') => Statement,
  only: Statement,
): Statement {
  const [now, before] = periods.map(({ input }) => input) as [SumsInput, SumsInput];
  const pieces = unfolded({
    acting,
    input: { ...now, fromAt: before.fromAt },
    measures: COMPARED,
    key: (letter) => sql`${key(letter)} as key, ${raw(letter)}.created_at >= ${now.fromAt} as is_now`,
  });
  return sql`select p.key, p.is_now::integer as "isNow", (not p.is_now)::integer as "isBefore", ${sumsOf(COMPARED)}
      from (${join(pieces, ' union all ')}) p where ${only} group by p.key, p.is_now`;
}

/** All of a region, of which days are kept by themselves. */
export async function regionTotals(
  q: Executor,
  { acting, periods }: Pick<Asked, 'acting' | 'periods'>,
): Promise<{ now: ComparedSums; before: ComparedSums }> {
  const [now, before] = periods.map(({ input }) => input) as [SumsInput, SumsInput];
  const region = regionOf(acting, now.scope) ?? sql`false`;
  const found = await addedUp(
    q,
    sql`select '' as key, (f.day >= ${now.from}::date)::integer as "isNow", (f.day < ${now.from}::date)::integer as "isBefore", ${sumsOf(COMPARED, 'f')}
      from work_orders.figure_region_day f
      where ${region} and ${withinReachOf(acting, now, 'f')} and f.day >= ${before.from}::date and f.day <= ${now.to}::date and ${accusedOf(acting)} group by 2, 3
      union all ${beside({ acting, periods }, () => sql`''`, sql`true`)}`,
  );
  return { now: found.now.get('') ?? noSums, before: found.before.get('') ?? noSums };
}

const ofKeys = ({ keys }: Asked): Statement => sql`p.key = any (${[...keys]}::uuid[])`;

/** Place by place and stretch by stretch, so that no more is read than their own few rows. */
export function comparedPlaces(q: Executor, asked: Asked): Promise<SumsOfBoth> {
  const { acting, periods, today, keys } = asked;
  // Said so that no index is chosen by it: the places are known, and each has a few rows.
  const reached = sql`(${withinReachOf(acting, periods[0].input, 'f')}) is true and ${accusedOf(acting)}`;
  const rows = (of: Grain) =>
    sql`select ${measured(COMPARED)} from ${placeTable(of)} f
      where s.stretch = ${of} and f.scope_id = i.id and f.${raw(of)} >= s.first and f.${raw(of)} <= s.last and ${reached}`;
  return addedUp(
    q,
    sql`select i.id as key, s.now as "isNow", s.before as "isBefore", m.* from unnest(${[...keys]}::uuid[]) i (id)
      cross join ${stretchRows(periods, today)}
      cross join lateral (select ${sumsOf(COMPARED)} from (${join(GRAINS.map(rows), ' union all ')}) p having count(*) > 0) m
      union all ${beside(asked, (letter) => sql`${raw(letter)}.scope_id`, ofKeys(asked))}`,
  );
}

/** Of a company's workers; the company itself where nobody has it. */
export function comparedWorkers(
  q: Executor,
  asked: Asked & { readonly companyId: string },
): Promise<SumsOfBoth> {
  const { acting, companyId, periods, today, keys } = asked;
  const pieces = stretchesOfBoth(periods, today).map(
    (
      stretch,
    ) => sql`select f.worker_id, ${stretch.now}::integer as now, ${stretch.before}::integer as before, ${measured(COMPARED)} from work_orders.figure_worker f
      where f.scope_id = ${companyId} and f.stretch = ${stretch.of} and f.day >= ${stretch.from}::date and f.day <= ${stretch.to}::date and ${accusedOf(acting)}`,
  );
  return addedUp(
    q,
    sql`select p.worker_id as key, p.now as "isNow", p.before as "isBefore", ${sumsOf(COMPARED)} from (${join(pieces, ' union all ')}) p
      where p.worker_id = any (${[...keys]}::uuid[]) group by 1, 2, 3
      union all ${beside(asked, workerOf, ofKeys(asked))}`,
  );
}
