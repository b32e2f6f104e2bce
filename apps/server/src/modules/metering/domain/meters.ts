import {
  capacityOf,
  DAY,
  err,
  type LocalDate,
  localDate,
  type MeterKind,
  ok,
  type Result,
  type Shown,
  startOfDay,
} from '@gongzhi/kernel';

export {
  ANSWERS,
  capacityOf,
  type Doubt,
  type DoubtAnswer,
  fitsDoubts,
  type Judged,
  judgeReading,
  METER_KINDS,
  type MeterKind,
  type PlausibilityRule,
} from '@gongzhi/kernel';

/** Meters and what is read on them: pure; what is plausible stands in the kernel, for the phone too. Quantities are whole thousandths of the meter's unit. */

export const UNITS = { power: 'kWh', water: 'm³', gas: 'm³', heat: 'kWh' } as const satisfies Record<
  MeterKind,
  string
>;

export const READING_SOURCES = ['first', 'manual', 'resident', 'import', 'remote', 'final'] as const;
export type ReadingSource = (typeof READING_SOURCES)[number];
export type ReadingFault = 'in_future' | 'before_last' | 'too_many_digits' | 'before_installed';

/** What no answer makes true. */
export function checkReading(
  meter: { readonly digits: number; readonly installedOn: LocalDate },
  before: Shown | null,
  reading: Shown,
  now: number,
  timeZone: string,
): Result<void, ReadingFault> {
  if (reading.milli >= capacityOf(meter.digits)) return err('too_many_digits');
  if (reading.at > now) return err('in_future');
  if (localDate(reading.at, timeZone) < meter.installedOn) return err('before_installed');
  if (before !== null && reading.at <= before.at) return err('before_last');
  return ok(undefined);
}

export interface Counted {
  readonly at: number;
  readonly milli: number;
  /** Since the one before; null for the first. */
  readonly usedMilli: number | null;
}

/** What is usual in a day: of the last sixty days, once they say something of a week. */
export function usualOf(readings: readonly Counted[]): number | null {
  const last = readings.at(-1);
  if (last === undefined) return null;
  const within = readings.filter(({ at }) => at > last.at - 60 * DAY);
  const first = within[0];
  if (first === undefined || last.at - first.at < 7 * DAY) return null;
  const used = within.slice(1).reduce((sum, { usedMilli }) => sum + (usedMilli ?? 0), 0);
  return Math.round((used * DAY) / (last.at - first.at));
}

/** The next hour of the place's day at which a meter is read from afar. */
export function nextReading(now: number, hours: readonly number[], timeZone: string): number {
  const today = startOfDay(localDate(now, timeZone), timeZone);
  for (let day = 0; day < 3; day += 1) {
    const begin = day === 0 ? today : startOfDay(localDate(today + day * DAY + DAY / 2, timeZone), timeZone);
    for (const hour of [...hours].sort((a, b) => a - b)) {
      const at = begin + hour * 3_600_000;
      if (at > now) return at;
    }
  }
  return now + DAY;
}
