import {
  addDays,
  DAY,
  HOUR,
  type Instant,
  instantOn,
  localDate,
  MINUTE,
  toLocal,
  weekdayOf,
} from '@gongzhi/kernel';
import { rhythms, type Rhythm, weekdayFactor } from '../data/matters.ts';
import type { Random } from '../random.ts';

/** The street keeps China's time. */
export function hourOf(at: Instant): number {
  const local = toLocal(at);
  return local.hour + local.minute / 60;
}

export function monthOf(at: Instant): number {
  return toLocal(at).month;
}

/** `at` itself when somebody works then, else the next opening plus the while it takes to get going. */
export function whenOpen(at: Instant, from: number, to: number, random: Random): Instant {
  const hour = hourOf(at);
  if (hour >= from && hour < to) return Math.round(at);
  const date = hour < from ? localDate(at) : addDays(localDate(at), 1);
  return instantOn(date, Math.round(from * 60)) + Math.round(random.lognormal(12, 0.7) * MINUTE);
}

const hours = Object.fromEntries(
  Object.entries(rhythms).map(([name, weights]) => [name, weights.map((weight, h) => [h, weight] as const)]),
) as unknown as Readonly<Record<Rhythm, readonly (readonly [hour: number, weight: number])[]>>;

/** How many reports a day brings, given the mean of an ordinary day. */
export function reportsOn(date: string, mean: number, random: Random): number {
  return poisson(mean * weekdayFactor[weekdayOf(date) - 1]!, random);
}

export function momentIn(date: string, rhythm: Rhythm, random: Random): Instant {
  const hour = random.weighted(hours[rhythm]);
  return instantOn(date, hour * 60) + random.int(0, HOUR - 1);
}

export function datesBetween(from: Instant, to: Instant): string[] {
  const dates: string[] = [];
  for (let date = localDate(from); date <= localDate(to); date = addDays(date, 1)) dates.push(date);
  return dates;
}

export const sixWeeks = 42 * DAY;

/** Knuth's way; the means here are small enough. */
function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}
