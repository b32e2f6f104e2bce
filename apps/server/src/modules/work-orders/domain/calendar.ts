import {
  chinaWorking,
  type DayMark,
  isLocalDate,
  type LocalDate,
  type OpeningHours,
  type WorkingCalendar,
} from '@gongzhi/kernel';

/** One dated statement of a city or a company; what it leaves null is as the level above says. */
export interface CalendarVersion {
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly weekdays: readonly number[] | null;
  readonly hours: readonly OpeningHours[] | null;
  readonly days: Readonly<Record<LocalDate, DayMark>>;
  /** Until when an official notice makes the public holidays known; only a city says so. */
  readonly knownTo: LocalDate | null;
  readonly source: string;
}

/** Of several versions the last written one that has begun: a later correction of the same day counts. */
function inForce(versions: readonly CalendarVersion[], on: LocalDate): CalendarVersion | null {
  let found: CalendarVersion | null = null;
  for (const one of versions) {
    if (one.validFrom > on) continue;
    if (
      found === null ||
      one.validFrom > found.validFrom ||
      (one.validFrom === found.validFrom && one.version > found.version)
    )
      found = one;
  }
  return found;
}

function overlaid(calendar: WorkingCalendar, version: CalendarVersion | null): WorkingCalendar {
  if (version === null) return calendar;
  const { holidays } = calendar;
  const isKnownFurther = version.knownTo !== null && version.knownTo > holidays.to;
  return {
    zone: calendar.zone,
    weekdays: version.weekdays ?? calendar.weekdays,
    hours: version.hours ?? calendar.hours,
    holidays: {
      from: holidays.from,
      to: isKnownFurther ? (version.knownTo ?? holidays.to) : holidays.to,
      source: isKnownFurther ? `${holidays.source}; ${version.source}` : holidays.source,
      days: { ...holidays.days, ...version.days },
      statutory: holidays.statutory,
    },
  };
}

/**
 * The calendar of a place: the country's holidays, what its city says over that, what its company says over both.
 * Each change begins a stretch of its own, so that every day is counted as it was said for that day.
 */
export function composeCalendar(
  zone: string,
  /** The outermost level first. */
  levels: readonly (readonly CalendarVersion[])[],
  base: WorkingCalendar = chinaWorking,
): WorkingCalendar {
  const begin = zone === base.zone ? base : { ...base, zone };
  const starts = [...new Set(levels.flat().map((version) => version.validFrom))].sort().reverse();
  let later: WorkingCalendar['later'];
  for (const from of starts) {
    const own = levels.reduce((calendar, versions) => overlaid(calendar, inForce(versions, from)), begin);
    later = { from, calendar: later === undefined ? own : { ...own, later } };
  }
  return later === undefined ? begin : { ...begin, later };
}

export interface CalendarFault {
  readonly path: string;
  readonly code: 'invalid' | 'required' | 'calendar_hours' | 'calendar_past' | 'calendar_day';
}

/** What cannot be a calendar; all faults at once. `today` is the local date: no day that has begun is told otherwise. */
export function calendarFaults(
  version: Pick<CalendarVersion, 'validFrom' | 'weekdays' | 'hours' | 'days' | 'knownTo'>,
  today: LocalDate,
): CalendarFault[] {
  const faults: CalendarFault[] = [];
  if (!isLocalDate(version.validFrom)) faults.push({ path: '/validFrom', code: 'invalid' });
  else if (version.validFrom <= today) faults.push({ path: '/validFrom', code: 'calendar_past' });
  if (version.weekdays !== null) {
    if (version.weekdays.length === 0) faults.push({ path: '/weekdays', code: 'required' });
    else if (new Set(version.weekdays).size !== version.weekdays.length)
      faults.push({ path: '/weekdays', code: 'invalid' });
  }
  version.hours?.forEach(({ from, to }, i, hours) => {
    // In order, apart, and each with a beginning before its end: else time would be counted twice.
    if (from >= to || (i > 0 && from < (hours[i - 1]?.to ?? 0)))
      faults.push({ path: `/hours/${i}`, code: 'calendar_hours' });
  });
  if (version.hours !== null && version.hours.length === 0) faults.push({ path: '/hours', code: 'required' });
  for (const date of Object.keys(version.days))
    if (!isLocalDate(date) || date < version.validFrom)
      faults.push({ path: `/days/${date}`, code: 'calendar_day' });
  if (version.knownTo !== null && (!isLocalDate(version.knownTo) || version.knownTo < version.validFrom))
    faults.push({ path: '/knownTo', code: 'invalid' });
  return faults;
}
