import { addDays, daysBetween, type LocalDate } from '@gongzhi/kernel';

/** What a home used, day by day and month by month, out of readings that lie days or months apart. */

export interface ReadOn {
  readonly day: LocalDate;
  readonly usedMilli: number | null;
}

export interface DayUse {
  readonly day: LocalDate;
  readonly milli: number;
  /** Spread over the days between two readings. */
  readonly isSpread: boolean;
}

/**
 * What was used between two readings is of the days from the first one's to the day before the second's; of one day, it is
 * that day's. The parts of a stretch are its whole, to the thousandth.
 */
export function useByDay(readings: readonly ReadOn[], from: LocalDate, to: LocalDate): DayUse[] {
  const days = new Map<LocalDate, { milli: number; isSpread: boolean }>();
  for (let i = 1; i < readings.length; i += 1) {
    const [before, here] = [readings[i - 1]!, readings[i]!];
    if (here.usedMilli === null) continue;
    const count = Math.max(1, daysBetween(before.day, here.day));
    const whole = Math.floor(here.usedMilli / count);
    const left = here.usedMilli - whole * count;
    for (let n = 0; n < count; n += 1) {
      const day = addDays(before.day, n);
      if (day < from || day > to) continue;
      const own = days.get(day) ?? { milli: 0, isSpread: false };
      own.milli += whole + (n < left ? 1 : 0);
      own.isSpread ||= count > 1;
      days.set(day, own);
    }
  }
  return [...days].map(([day, use]) => ({ day, ...use })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

export interface MonthUse {
  readonly month: string;
  readonly milli: number;
  /** Of the same month a year before; null where nothing is known of it. */
  readonly yearBefore: number | null;
}

/** The last months, each beside the same one of the year before. */
export function useByMonth(days: readonly DayUse[], last: string, count: number): MonthUse[] {
  const sums = new Map<string, number>();
  for (const { day, milli } of days) sums.set(day.slice(0, 7), (sums.get(day.slice(0, 7)) ?? 0) + milli);
  return Array.from({ length: count }, (_, i) => shiftMonth(last, i - count + 1))
    .map((month) => ({
      month,
      milli: sums.get(month) ?? 0,
      yearBefore: sums.get(shiftMonth(month, -12)) ?? null,
    }))
    .filter(({ month, yearBefore }) => sums.has(month) || yearBefore !== null);
}

export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
