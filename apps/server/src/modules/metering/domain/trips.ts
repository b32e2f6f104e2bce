import {
  addDays,
  calendarOn,
  chinaHolidays,
  HOUR,
  type Instant,
  type LocalDate,
  localDate,
  startOfDay,
  toLocal,
  weekdayOf,
  type WorkingCalendar,
} from '@gongzhi/kernel';

/** When nobody's supply is switched off, whatever the balance says. */

export const WARNING_LEVELS = ['red', 'orange', 'yellow', 'blue'] as const;
export type WarningLevel = (typeof WARNING_LEVELS)[number];

export interface TripRule {
  /** Hours of the place's day, [from, to): at `from` it may be done, at `to` no more. */
  readonly fromHour: number;
  readonly toHour: number;
  readonly noTripLevels: readonly WarningLevel[];
}

export interface WeatherWarning {
  readonly level: WarningLevel;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export const TRIP_BLOCKS = [
  'protected',
  'weather',
  'holiday',
  'calendar_unknown',
  'weekend',
  'night',
] as const;
export type TripBlock = (typeof TRIP_BLOCKS)[number];

/**
 * A day off by law, by the country's notice, or by what the place says of it. A place adds days off and takes none away here: who
 * works on a holiday does not for that sit without power.
 */
function isDayOff(day: LocalDate, place: WorkingCalendar): boolean {
  const { days, statutory } = calendarOn(day, place).holidays;
  return statutory.has(day) || days[day] === 'holiday' || chinaHolidays.days[day] === 'holiday';
}

/**
 * Why nothing is switched off now; null: it may be. A Saturday that is worked at stays a Saturday, and a day of which
 * nobody has told whether it is a holiday is treated as one.
 */
export function tripBlock(
  now: Instant,
  timeZone: string,
  rule: TripRule,
  place: WorkingCalendar,
  warnings: readonly WeatherWarning[],
): TripBlock | null {
  const bad = warnings.some(
    ({ level, startsAt, endsAt }) => startsAt <= now && now < endsAt && rule.noTripLevels.includes(level),
  );
  if (bad) return 'weather';
  const day = localDate(now, timeZone);
  if (isDayOff(day, place)) return 'holiday';
  const { from, to } = calendarOn(day, place).holidays;
  if (day < from || day > to) return 'calendar_unknown';
  if (weekdayOf(day) >= 6) return 'weekend';
  const hour = toLocal(now, timeZone).hour;
  return hour < rule.fromHour || hour >= rule.toHour ? 'night' : null;
}

/** The first moment from `now` on at which it may be done; null: nobody can say, the calendar ends before it. */
export function tripFrom(
  now: Instant,
  timeZone: string,
  rule: TripRule,
  place: WorkingCalendar,
  warnings: readonly WeatherWarning[],
  protectedUntil: LocalDate | null,
): Instant | null {
  const begins = (day: LocalDate) => startOfDay(day, timeZone) + rule.fromHour * HOUR;
  const isProtected = protectedUntil !== null && protectedUntil >= localDate(now, timeZone);
  let at = isProtected ? startOfDay(addDays(protectedUntil, 1), timeZone) : now;
  // Each turn goes on to another day or to the end of a warning: more turns than a calendar has days say nothing new.
  for (let turn = 0; turn < 500; turn += 1) {
    const block = tripBlock(at, timeZone, rule, place, warnings);
    if (block === null) return at;
    if (block === 'calendar_unknown') return null;
    const day = localDate(at, timeZone);
    if (block === 'weather')
      at = Math.max(
        ...warnings
          .filter(
            ({ level, startsAt, endsAt }) =>
              startsAt <= at && at < endsAt && rule.noTripLevels.includes(level),
          )
          .map(({ endsAt }) => endsAt),
      );
    else at = block === 'night' && at < begins(day) ? begins(day) : begins(addDays(day, 1));
  }
  return null;
}
