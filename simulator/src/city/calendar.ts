import { addDays, DAY, type Instant, localDate, type LocalDate, startOfDay, toLocal } from '@gongzhi/kernel';
import { matters } from '../data/matters.ts';
import type { FacilityKind } from '../model.ts';
import type { Random } from '../random.ts';
import { catalogue, type Category } from '../rules.ts';
import { dayOf, factorOf } from './seasons.ts';
import type { CitySettings } from './settings.ts';
import { weatherBetween } from './weather.ts';

export type Span = { readonly from: Instant; readonly to: Instant };

/** So many months back, at the same hour of the same day of the month, or of the month's last. */
export function spanOf({ months, until }: Pick<CitySettings, 'months' | 'until'>): Span {
  const { year, month, day } = toLocal(until);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, days));
  const date = first.toISOString().slice(0, 10);
  return { from: startOfDay(date) + (until - startOfDay(localDate(until))), to: until };
}

/** What happens when: the days with their weather, and how often each matter comes on each of them. */
export interface Almanac {
  readonly span: Span;
  readonly dates: readonly LocalDate[];
  /** Share of an ordinary day's reports, by day. */
  readonly weights: readonly number[];
  drawDay(random: Random): number;
  drawCategory(day: number, kinds: ReadonlySet<FacilityKind>, random: Random): Category;
}

export function makeAlmanac(settings: CitySettings, categories: readonly Category[] = catalogue): Almanac {
  const span = spanOf(settings);
  const first = localDate(span.from);
  const last = localDate(span.to);
  const weather = weatherBetween(settings.seed, addDays(first, -2), last);
  const dates: LocalDate[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date);
  const known = categories.filter(({ code }) => matters[code] !== undefined);
  const rates = dates.map((date) => {
    const day = dayOf(date, weather);
    // Of the first and the last day only the part that lies within.
    const begins = Math.max(startOfDay(date), span.from);
    const part = (Math.min(startOfDay(addDays(date, 1)), span.to) - begins) / DAY;
    return known.map(
      (category) => matters[category.code]!.weight * factorOf(category, day) * Math.max(0, part),
    );
  });
  const weights = rates.map((row) => row.reduce((sum, rate) => sum + rate, 0));
  const byDay = running(weights);
  const byKinds = new Map<string, readonly Float64Array[]>();

  /** A compound without lifts has no trouble with lifts. */
  const tableFor = (kinds: ReadonlySet<FacilityKind>): readonly Float64Array[] => {
    const key = [...kinds].sort().join();
    const made = byKinds.get(key);
    if (made !== undefined) return made;
    const isHere = known.map(({ code }) => matters[code]!.facility?.some((kind) => kinds.has(kind)) ?? true);
    const table = rates.map((row) => running(row.map((rate, i) => (isHere[i] ? rate : 0))));
    byKinds.set(key, table);
    return table;
  };
  return {
    span,
    dates,
    weights,
    drawDay: (random) => draw(byDay, random),
    drawCategory: (day, kinds, random) => known[draw(tableFor(kinds)[day]!, random)]!,
  };
}

function running(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  weights.forEach((weight, i) => {
    sum += weight;
    sums[i] = sum;
  });
  return sums;
}

/** The first whose running sum lies above the lot; one of weight nothing is never it. */
function draw(sums: Float64Array, random: Random): number {
  const lot = random.next() * sums[sums.length - 1]!;
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > lot) high = middle;
    else low = middle + 1;
  }
  return low;
}
