import { addDays, daysBetween, type LocalDate, weekdayOf } from '@gongzhi/kernel';

/** What is said of counts: rates, means, periods, and which place needs somebody first. Pure. */

/** Of fewer ratings than this one could tell who gave them, and they say nothing of the work. */
export const LEAST_RATINGS = 5;

export interface Counts {
  readonly total: number;
  readonly done: number;
  readonly onTime: number;
  readonly late: number;
  readonly firstTime: number;
  readonly reopened: number;
  readonly secondVisit: number;
  readonly rated: number;
  readonly satisfied: number;
  readonly basicallySatisfied: number;
  readonly unsatisfied: number;
  readonly acceptMs: number;
  readonly accepted: number;
  readonly resolveMs: number;
  readonly resolved: number;
}
const names = [
  'total',
  'done',
  'onTime',
  'late',
  'firstTime',
  'reopened',
  'secondVisit',
  'rated',
  'satisfied',
  'basicallySatisfied',
  'unsatisfied',
  'acceptMs',
  'accepted',
  'resolveMs',
  'resolved',
] as const satisfies readonly (keyof Counts)[];

const nothing = Object.fromEntries(names.map((name) => [name, 0])) as Record<keyof Counts, number>;
const noCounts = (): Record<keyof Counts, number> => ({ ...nothing });
function addCounts(sum: Record<keyof Counts, number>, row: Counts): void {
  for (const name of names) sum[name] += row[name];
}
export function sumOf(rows: readonly Counts[]): Counts {
  const sum = noCounts();
  for (const row of rows) addCounts(sum, row);
  return sum;
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const meanMinutes = (milliseconds: number, count: number): number | null =>
  count === 0 ? null : Math.round(milliseconds / count / 6_000) / 10;

export interface Figures {
  total: number;
  done: number;
  onTime: number;
  late: number;
  onTimeRate: number | null;
  firstTimeRate: number | null;
  reopened: number;
  secondVisit: number;
  rated: number;
  satisfied: number | null;
  basicallySatisfied: number | null;
  unsatisfied: number | null;
  satisfaction: number | null;
  acceptMinutes: number | null;
  resolveMinutes: number | null;
}

/** `basically`: what a basically satisfied answer is worth, a dated setting. */
export function figuresOf(counts: Counts, basically: number): Figures {
  const { total, done, onTime, late, reopened, secondVisit, rated } = counts;
  const isTold = rated >= LEAST_RATINGS;
  return {
    total,
    done,
    onTime,
    late,
    onTimeRate: share(onTime, onTime + late),
    firstTimeRate: share(counts.firstTime, done),
    reopened,
    secondVisit,
    rated,
    satisfied: isTold ? counts.satisfied : null,
    basicallySatisfied: isTold ? counts.basicallySatisfied : null,
    unsatisfied: isTold ? counts.unsatisfied : null,
    satisfaction: isTold ? (counts.satisfied + basically * counts.basicallySatisfied) / rated : null,
    acceptMinutes: meanMinutes(counts.acceptMs, counts.accepted),
    resolveMinutes: meanMinutes(counts.resolveMs, counts.resolved),
  };
}

export interface Size {
  readonly households: number;
  /** Hundredths of a square metre. */
  readonly area: number;
}

const oneDecimal = (value: number): number => Math.round(value * 10 + 1e-7) / 10;

/** Of a place without homes nothing is said: null, not nought. */
export const perThousandHouseholds = (total: number, { households }: Size): number | null =>
  households === 0 ? null : oneDecimal((total * 1_000) / households);
export const perTenThousandMetres = (total: number, { area }: Size): number | null =>
  area === 0 ? null : oneDecimal((total * 1_000_000) / area);

/**
 * By grid is told from the orders and homes themselves, so only of what a street or a few departments have: up to so many
 * orders in the period, and so many homes.
 */
const MOST_ORDERS = 5_000;
const MOST_HOMES = 50_000;
export const areGridsTold = (orders: number, homes: number): boolean =>
  orders <= MOST_ORDERS && homes <= MOST_HOMES;

export const SERIES = ['day', 'week', 'month'] as const;
export type SeriesBy = (typeof SERIES)[number];

/** As many points as one can tell apart. */
export function seriesBy(from: LocalDate, to: LocalDate): SeriesBy {
  const days = daysBetween(from, to) + 1;
  return days <= 45 ? 'day' : days <= 200 ? 'week' : 'month';
}

/** One day is no trend: of a single day the week that ends with it is told. */
export const seriesFrom = (from: LocalDate, to: LocalDate): LocalDate =>
  from === to ? addDays(to, -6) : from;

export interface Span {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Weeks begin on Monday; the first and the last span are cut off at the period's ends. */
export function spansOf(from: LocalDate, to: LocalDate, by: SeriesBy): Span[] {
  const spans: Span[] = [];
  for (let day = from; day <= to; ) {
    const end = by === 'day' ? day : by === 'week' ? endOfWeek(day) : endOfMonth(day);
    spans.push({ from: day, to: end < to ? end : to });
    day = addDays(end, 1);
  }
  return spans;
}

const endOfWeek = (day: LocalDate): LocalDate => addDays(day, 7 - weekdayOf(day));
const endOfMonth = (day: LocalDate): LocalDate =>
  addDays(`${addDays(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`, -1);

export const SORTS = ['late', 'on_time', 'households', 'satisfaction', 'total'] as const;
export type Sort = (typeof SORTS)[number];

/** What counts stand against where places are ranked by them. */
export const PER = ['count', 'households', 'area'] as const;
export type Per = (typeof PER)[number];

export interface Ranked {
  readonly lateNow: number;
  readonly figures: Pick<Figures, 'total' | 'late' | 'onTimeRate' | 'satisfaction'>;
  readonly size: Size;
}

function against(count: number, per: Per, size: Size): number | null {
  if (per === 'count') return count;
  return per === 'households' ? perThousandHouseholds(count, size) : perTenThousandMetres(count, size);
}

/** Each what comes first where it is less, the next where they are equal. What is not known is not bad: it comes last. */
function keysOf(sort: Sort, per: Per): (row: Ranked) => number[] {
  const high = (value: number | null) => (value === null ? Number.POSITIVE_INFINITY : -value);
  const low = (value: number | null) => value ?? Number.POSITIVE_INFINITY;
  const by: Record<Sort, (row: Ranked) => number> = {
    late: (row) => high(against(row.lateNow, per, row.size)),
    on_time: (row) => low(row.figures.onTimeRate),
    households: (row) => high(perThousandHouseholds(row.figures.total, row.size)),
    satisfaction: (row) => low(row.figures.satisfaction),
    total: (row) => high(against(row.figures.total, per, row.size)),
  };
  const one = [by[sort], by.late, by.on_time, by.households, by.total];
  return (row) => one.map((of) => of(row));
}

/** The `most` worst, worst first; `tie` decides between two of which nothing differs. */
export function rankedBy<Row extends Ranked>(
  rows: readonly Row[],
  sort: Sort,
  per: Per,
  tie: (a: Row, b: Row) => number,
  most: number,
): Row[] {
  // Thousands of places are compared some fifty thousand times: by numbers that are worked out once, and of those that
  // cannot be among the first by one number alone.
  const keys = keysOf(sort, per);
  const keyed = rows.map((row) => ({ row, key: keys(row) }));
  const first = (key: readonly number[]) => key[0] ?? 0;
  const limit =
    keyed.length > most ? Float64Array.from(keyed, ({ key }) => first(key)).sort()[most - 1] : undefined;
  const candidates = limit === undefined ? keyed : keyed.filter(({ key }) => first(key) <= limit);
  return candidates
    .sort((a, b) => {
      for (let i = 0; i < a.key.length; i++) {
        const [x, y] = [a.key[i] ?? 0, b.key[i] ?? 0];
        if (x !== y) return x < y ? -1 : 1;
      }
      return tie(a.row, b.row);
    })
    .slice(0, most)
    .map(({ row }) => row);
}
