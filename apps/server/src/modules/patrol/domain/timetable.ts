import {
  addDays,
  daysBetween,
  instantOn,
  localDate,
  type Instant,
  type LocalDate,
  MINUTE,
} from '@gongzhi/kernel';

/** From a day on: every so many days, at these minutes of the local day, each round within so many minutes. */
export interface Timetable {
  readonly validFrom: LocalDate;
  readonly everyDays: number;
  /** Ascending, each once. */
  readonly times: readonly number[];
  readonly withinMinutes: number;
}
/** Of two that begin on one day the later written holds. */
export interface TimetableVersion extends Timetable {
  readonly version: number;
}

export interface Opening {
  readonly opensAt: Instant;
  /** Later than this is late. */
  readonly dueAt: Instant;
  /** Whatever is not done by now was missed: twice the time it was given, or when the next one opens. */
  readonly closesAt: Instant;
}

export type TimetableFault = 'no_times' | 'times_not_ascending' | 'too_close';

/** What a schema cannot see. A round that has not had its time before the next opens could never be in time. */
export function faultOfTimetable({ times, withinMinutes, everyDays }: Timetable): TimetableFault | null {
  if (times.length === 0) return 'no_times';
  for (let at = 1; at < times.length; at++) if (times[at]! <= times[at - 1]!) return 'times_not_ascending';
  const gaps = times.map((time, at) => (times[at + 1] ?? times[0]! + everyDays * 1_440) - time);
  return Math.min(...gaps) < withinMinutes ? 'too_close' : null;
}

export function timetableOn(versions: readonly TimetableVersion[], date: LocalDate): TimetableVersion | null {
  let found: TimetableVersion | null = null;
  for (const one of versions) {
    if (one.validFrom > date) continue;
    if (
      found === null ||
      one.validFrom > found.validFrom ||
      (one.validFrom === found.validFrom && one.version > found.version)
    )
      found = one;
  }
  return found;
}

/** A timetable of every fourth week is looked for no longer than this; one that has not begun, longer. */
export const mostEveryDays = 31;

function opensAfter(
  versions: readonly TimetableVersion[],
  after: Instant,
  zone: string,
): { at: Instant; by: TimetableVersion } | null {
  const today = localDate(after, zone);
  const later = versions.map(({ validFrom }) => validFrom).filter((day) => day > today);
  // From the day of `after`, and from each day on which another timetable begins: one of them has the next.
  let best: { at: Instant; by: TimetableVersion } | null = null;
  for (const start of [today, ...later].sort()) {
    for (let ahead = 0; ahead <= mostEveryDays; ahead++) {
      const day = addDays(start, ahead);
      const by = timetableOn(versions, day);
      if (by === null || daysBetween(by.validFrom, day) % by.everyDays !== 0) continue;
      const at = by.times.map((time) => instantOn(day, time, zone)).find((instant) => instant > after);
      if (at === undefined) continue;
      if (best === null || at < best.at) best = { at, by };
      break;
    }
  }
  return best;
}

/** The first round that opens after an instant; null where nothing is planned. */
export function openingAfter(
  versions: readonly TimetableVersion[],
  after: Instant,
  zone: string,
): Opening | null {
  const found = opensAfter(versions, after, zone);
  if (found === null) return null;
  const within = found.by.withinMinutes * MINUTE;
  const next = opensAfter(versions, found.at, zone)?.at ?? Number.POSITIVE_INFINITY;
  const closesAt = Math.min(found.at + 2 * within, next);
  return { opensAt: found.at, dueAt: Math.min(found.at + within, closesAt), closesAt };
}

/** Rounds in a thousand days: what "less often" is measured by. */
export function roundsPerThousandDays({ times, everyDays }: Timetable): number {
  return (times.length * 1_000) / everyDays;
}

/** Less often than before is not for the one who has to walk it to decide. */
export function isThinner(before: Timetable | null, after: Timetable): boolean {
  return before !== null && roundsPerThousandDays(after) < roundsPerThousandDays(before);
}
