import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { COMPARED, type Counted, medianOf, nothingCounted, type Time } from '../domain.ts';
import {
  busiestPlaces,
  regionOf,
  sumsByDayAndCategory,
  sumsByPlace,
  type SumsInput,
} from '../queries-sums.ts';
import {
  type BothPeriods,
  comparedPlaces,
  type ComparedSums as Sums,
  comparedWorkers,
  noSums,
  regionTotals,
} from '../queries-sums-both.ts';
import { busiestWorkers, workerNames } from '../queries-sums-workers.ts';
import { type TimesByKey, timesByKey } from '../queries-times.ts';
import { isColleague } from '../reach.ts';
import { comparedRows, type ComparisonInput, type CountedRow } from './queries-comparison.ts';

/** A comparison of thousands of places or of a whole region, from the kept sums; counts are exact, medians within 2 %. */
export interface ComparedInput extends ComparisonInput {
  readonly current: SumsInput;
  readonly previous: SumsInput;
  readonly today: LocalDate;
  /** More rows than this are not shown. */
  readonly most: number;
  /** Of buildings no more places are looked through than have so many orders together: those with the most. */
  readonly mostOrders: number;
}

type Key = string | null;

const plus = (a: Sums | undefined, b: Sums): Sums => {
  const sum = { ...(a ?? noSums) };
  for (const measure of COMPARED) sum[measure] += b[measure];
  return sum;
};
const sumOf = (all: Iterable<Sums>): Sums => {
  let sum = noSums;
  for (const one of all) sum = plus(sum, one);
  return sum;
};

export interface Compared {
  readonly rows: CountedRow[];
  /** Of some places alone, for there are too many orders. */
  readonly isOfSome: boolean;
}

/** Null where it is told from the orders themselves: one compound's, a department's, a street's by worker. */
export async function comparedFromSums(
  q: Executor,
  acting: Acting,
  input: ComparedInput,
): Promise<Compared | null> {
  if (!['company', 'street', 'city'].includes(acting.actor.kind) || isColleague(acting)) return null;
  const region = regionOf(acting, input.scope) === null ? null : regionKind(acting, input);
  const whole = (rows: CountedRow[]): Compared => ({ rows, isOfSome: false });
  if (region !== null && input.by === 'place') return whole(await ofBusiestPlaces(q, acting, input, region));
  if (input.by === 'place' || input.by === 'department') return whole(await byPlace(q, acting, input));
  if (region === null) return null;
  if (input.by === 'building') return byBuilding(q, acting, input, region);
  if (region.kind === 'street') return null;
  if (input.by === 'category') return whole(await byCategory(q, acting, input, region));
  return region.kind === 'company' ? whole(await ofWorkers(q, acting, input, region)) : null;
}

interface Region {
  readonly kind: 'company' | 'street' | 'city';
  readonly scopeId: string;
}
function regionKind({ actor }: Acting, { scope }: ComparedInput): Region {
  const scopeId = scope?.scopeId ?? actor.regionId ?? '';
  return { kind: (scope?.kind ?? actor.kind) as Region['kind'], scopeId };
}

/** Both periods of a region by category. */
async function categorySums(q: Executor, acting: Acting, { current, previous, today }: ComparedInput) {
  const earlier = { previous: previous.from, first: previous.from, at: previous.fromAt };
  const cells = await sumsByDayAndCategory(q, acting, current, earlier, today);
  const of = (isNow: boolean) =>
    new Map<Key, Sums>(
      cells.flatMap((cell) =>
        cell.category !== null && cell.isNow === isNow && cell.total > 0 ? [[cell.category, cell]] : [],
      ),
    );
  const [now, before] = [of(true), of(false)];
  return { now, before, total: { now: sumOf(now.values()), before: sumOf(before.values()) } };
}

const periodsOf = ({ current, previous }: ComparedInput): BothPeriods => [
  { isNow: true, input: current },
  { isNow: false, input: previous },
];

function regionTimes(
  q: Executor,
  acting: Acting,
  input: ComparedInput,
  { kind, scopeId }: Region,
): Promise<TimesByKey> {
  const isByCategory = input.by === 'category';
  return timesByKey(q, {
    acting,
    of: { kind: kind as 'company' | 'city', scopeId, isByCategory },
    periods: periodsOf(input),
    today: input.today,
  });
}

/** Of a street none are kept, for it has some dozens of places: theirs, which had orders in either period. */
async function streetTimes(
  q: Executor,
  acting: Acting,
  input: ComparedInput,
  now: readonly { readonly scopeId: string }[],
): Promise<TimesByKey> {
  const before = await busiestPlaces(q, acting, input.previous, input.today, null);
  const scopeIds = [...new Set([...now, ...before].map(({ scopeId }) => scopeId))];
  const of = { kind: 'place', scopeIds } as const;
  return timesByKey(q, { acting, of, periods: periodsOf(input), today: input.today });
}

async function byCategory(
  q: Executor,
  acting: Acting,
  input: ComparedInput,
  region: Region,
): Promise<CountedRow[]> {
  const [sums, times] = await Promise.all([
    categorySums(q, acting, input),
    regionTimes(q, acting, input, region),
  ]);
  return rowsOf(sums, times, merged(times.values()));
}

/** Of thousands no more is read than who comes first. */
async function ofWorkers(
  q: Executor,
  acting: Acting,
  input: ComparedInput,
  region: Region,
): Promise<CountedRow[]> {
  const { current, today, most } = input;
  const companyId = region.scopeId;
  const keys = await busiestWorkers(q, { acting, companyId, input: current, today }, most + 1);
  // Nobody is called by the company's own id there, and has none here.
  const named = <T>(found: ReadonlyMap<Key, T>): Map<Key, T> =>
    new Map([...found].map(([worker, value]) => [worker === companyId ? null : worker, value]));
  const periods = periodsOf(input);
  // Asked for together they travel in one packet.
  const [sums, byWorker, total, all, names] = await Promise.all([
    comparedWorkers(q, { acting, companyId, periods, today, keys }),
    timesByKey(q, { acting, of: { kind: 'worker', companyId, workers: keys }, periods, today }),
    regionTotals(q, { acting, periods }),
    regionTimes(q, acting, input, region),
    workerNames(q, acting, keys),
  ]);
  const [now, before, times] = [named(sums.now), named(sums.before), named(byWorker)];
  return rowsOf({ now, before, total }, times, merged(all.values())).map((row) => ({
    ...row,
    label: row.key === null ? null : (names.get(row.key) ?? null),
  }));
}

/** The same of thousands of places. */
async function ofBusiestPlaces(
  q: Executor,
  acting: Acting,
  input: ComparedInput,
  region: Region,
): Promise<CountedRow[]> {
  const { current, today, most } = input;
  const keys = (await busiestPlaces(q, acting, current, today, most + 1)).map(({ scopeId }) => scopeId);
  const periods = periodsOf(input);
  const [{ now, before }, times, total, all] = await Promise.all([
    comparedPlaces(q, { acting, periods, today, keys }),
    timesByKey(q, { acting, of: { kind: 'place', scopeIds: keys }, periods, today }),
    regionTotals(q, { acting, periods }),
    region.kind === 'street' ? null : regionTimes(q, acting, input, region),
  ]);
  return rowsOf({ now, before, total }, times, merged((all ?? times).values()));
}

async function byPlace(q: Executor, acting: Acting, input: ComparedInput): Promise<CountedRow[]> {
  const { current, previous, today, by } = input;
  const [now, before] = await Promise.all([
    sumsByPlace(q, acting, current, today, COMPARED),
    sumsByPlace(q, acting, previous, today, COMPARED),
  ]);
  const scopeIds = [...new Set([...now, ...before].map(({ scopeId }) => scopeId))];
  const [groups, byScope] = await Promise.all([
    by === 'department' ? departmentsOf(q, scopeIds) : null,
    timesByKey(q, { acting, of: { kind: 'place', scopeIds }, periods: periodsOf(input), today }),
  ]);
  const groupOf = (scopeId: Key): Key => (groups === null ? scopeId : (groups.get(scopeId ?? '') ?? null));
  const grouped = (rows: typeof now) => {
    const found = new Map<Key, Sums>();
    for (const row of rows) found.set(groupOf(row.scopeId), plus(found.get(groupOf(row.scopeId)), row));
    return found;
  };
  const inGroups = new Map<Key, { now: Counted; before: Counted }[]>();
  for (const [scopeId, times] of byScope) {
    const group = groupOf(scopeId);
    inGroups.set(group, [...(inGroups.get(group) ?? []), times]);
  }
  const times: TimesByKey = new Map([...inGroups].map(([group, all]) => [group, merged(all)]));
  const [sumsNow, sumsBefore] = [grouped(now), grouped(before)];
  const total = { now: sumOf(sumsNow.values()), before: sumOf(sumsBefore.values()) };
  return rowsOf({ now: sumsNow, before: sumsBefore, total }, times, merged(byScope.values()));
}

/** Of the places with the most orders: thousands of buildings with an order or two each say nothing, and all orders would be read. */
async function byBuilding(
  q: Executor,
  acting: Acting,
  input: ComparedInput,
  region: Region,
): Promise<Compared | null> {
  const places: string[] = [];
  let orders = 0;
  const ranked = await busiestPlaces(q, acting, input.current, input.today, null);
  for (const { scopeId, total } of ranked) {
    orders += total;
    if (orders > input.mostOrders && places.length > 0) break;
    places.push(scopeId);
  }
  if (places.length === ranked.length) return null;
  const periods = periodsOf(input);
  const [rows, total, times] = await Promise.all([
    comparedRows(q, acting, { ...input, only: places }),
    regionTotals(q, { acting, periods }),
    region.kind === 'street' ? streetTimes(q, acting, input, ranked) : regionTimes(q, acting, input, region),
  ]);
  const totals = rowsOf({ now: new Map(), before: new Map(), total }, new Map(), merged(times.values()));
  // What was in no building is of those places alone too, and there it says nothing.
  return { rows: [...totals, ...rows.filter(({ key }) => key !== null)], isOfSome: true };
}

async function departmentsOf(q: Executor, scopeIds: readonly string[]): Promise<Map<string, Key>> {
  const rows = await q.query<{ scopeId: string; departmentId: string | null }>(
    sql`select s.scope_id as "scopeId", s.department_id as "departmentId" from places.scope s where s.scope_id = any (${[...scopeIds]}::uuid[])`,
  );
  return new Map(rows.map(({ scopeId, departmentId }) => [scopeId, departmentId]));
}

function merged(all: Iterable<{ now: Counted; before: Counted }>): { now: Counted; before: Counted } {
  const sum = { now: nothingCounted(), before: nothingCounted() };
  for (const one of all)
    for (const period of ['now', 'before'] as const) {
      const [into, from] = [sum[period], one[period]];
      for (let code = 0; code < into.length; code++)
        into[code] = (into[code] as number) + (from[code] as number);
    }
  return sum;
}

const noTimes: Counted = nothingCounted();

function rowsOf(
  sums: { now: Map<Key, Sums>; before: Map<Key, Sums>; total: { now: Sums; before: Sums } },
  times: TimesByKey,
  all: { now: Counted; before: Counted },
): CountedRow[] {
  const row = (key: Key, isTotal: boolean, isNow: boolean, sum: Sums, counted: Counted): CountedRow => {
    const minutes = (time: Time): number | null => {
      const median = medianOf(counted, time);
      return median === null ? null : median / 60_000;
    };
    return {
      key,
      isTotal,
      isNow,
      label: null,
      ...(Object.fromEntries(COMPARED.map((measure) => [measure, sum[measure]])) as Sums),
      accept: minutes('accept'),
      arrive: minutes('arrive'),
      resolve: minutes('resolve'),
    };
  };
  const of = (period: 'now' | 'before') => [
    ...(sums.total[period].total === 0
      ? []
      : [row(null, true, period === 'now', sums.total[period], all[period])]),
    ...[...sums[period]]
      .filter(([, sum]) => sum.total > 0)
      .map(([key, sum]) => row(key, false, period === 'now', sum, times.get(key)?.[period] ?? noTimes))
      .toSorted((a, b) => b.total - a.total || ((a.key ?? '') < (b.key ?? '') ? -1 : 1)),
  ];
  return [...of('now'), ...of('before')];
}
