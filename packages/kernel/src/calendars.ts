import holidaysJson from './data/holidays-cn.json' with { type: 'json' };
import {
  addDays,
  CHINA,
  type Instant,
  instantOn,
  isLocalDate,
  type LocalDate,
  localDate,
  MINUTE,
  weekdayOf,
} from './time.ts';

/**
 * Deadlines on a calendar. 'always' runs round the clock; a working calendar counts only opening hours, on
 * working days, with public holidays and make-up workdays as dated data (they are announced a year at a time).
 */
export type CalendarName = 'always' | 'working';

export type DayMark = 'holiday' | 'makeup';

/** Dated data: which days differ from the plain week, between which dates that is known, and who says so. */
export interface HolidayData {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly source: string;
  readonly days: Readonly<Record<LocalDate, DayMark>>;
  /** Off by law whatever a notice says: known years ahead of it. */
  readonly statutory: ReadonlySet<LocalDate>;
}

/** Minutes of the local day, [from, to): 09:00–18:00 is {from: 540, to: 1080}. */
export interface OpeningHours {
  readonly from: number;
  readonly to: number;
}

export interface WorkingCalendar {
  readonly zone: string;
  /** ISO weekdays, 1 Monday … 7 Sunday. */
  readonly weekdays: readonly number[];
  /** In order, not overlapping; a lunch break is two of them. Make-up workdays keep the same hours. */
  readonly hours: readonly OpeningHours[];
  readonly holidays: HolidayData;
  /** What holds instead from a date on: each day is counted by the calendar in force on it. */
  readonly later?: { readonly from: LocalDate; readonly calendar: WorkingCalendar };
}

/** The calendar in force on a date. */
export function calendarOn(date: LocalDate, calendar: WorkingCalendar): WorkingCalendar {
  let found = calendar;
  while (found.later !== undefined && date >= found.later.from) found = found.later.calendar;
  return found;
}

export type Calendar = 'always' | WorkingCalendar;

/** Checks dated data before it is trusted: real dates, inside the coverage, known marks. Throws with the first fault. */
export function readHolidays(json: {
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly days: Readonly<Record<string, string>>;
  readonly statutory?: readonly string[];
}): HolidayData {
  if (!isLocalDate(json.from) || !isLocalDate(json.to) || json.from > json.to) {
    throw new RangeError(`holiday data covers no period: ${json.from} to ${json.to}`);
  }
  const days: Record<LocalDate, DayMark> = {};
  for (const [date, mark] of Object.entries(json.days)) {
    if (!isLocalDate(date) || date < json.from || date > json.to) {
      throw new RangeError(`holiday data: ${date} lies outside ${json.from} to ${json.to}`);
    }
    if (mark !== 'holiday' && mark !== 'makeup')
      throw new RangeError(`holiday data: ${date} is marked ${mark}`);
    days[date] = mark;
  }
  const statutory = new Set(json.statutory);
  for (const date of statutory)
    if (!isLocalDate(date)) throw new RangeError(`holiday data: ${date} is no day`);
  return { from: json.from, to: json.to, source: json.source, days, statutory };
}

/** Chinese public holidays and make-up workdays (npm `chinese-days`; see scripts/holidays.ts). */
export const chinaHolidays: HolidayData = /* @__PURE__ */ readHolidays(holidaysJson);

/** The default working calendar: Monday to Friday 09:00–18:00 in China. */
export const chinaWorking: WorkingCalendar = {
  zone: CHINA,
  weekdays: [1, 2, 3, 4, 5],
  hours: [{ from: 9 * 60, to: 18 * 60 }],
  holidays: chinaHolidays,
};

/** The calendar a category names, with the scope's own working hours if it has set some. */
export function calendarOf(name: CalendarName, working: WorkingCalendar = chinaWorking): Calendar {
  return name === 'always' ? 'always' : working;
}

/**
 * Whether people work on that date. Outside the data's coverage the law and the plain week decide, and nobody knows which days
 * are swapped: see isCovered.
 */
export function isWorkday(date: LocalDate, calendar: WorkingCalendar): boolean {
  const { holidays, weekdays } = calendarOn(date, calendar);
  const mark = holidays.days[date];
  if (mark !== undefined) return mark === 'makeup';
  if (holidays.statutory.has(date)) return false;
  return weekdays.includes(weekdayOf(date));
}

/** How long before its end somebody is told that a calendar ends: a notice comes out some weeks before its year. */
const TOLD_BEFORE_DAYS = 60;

/** The first day of which nobody has said whether it is worked at, as soon as that is near; null while it is far. */
export function missingFrom(knownTo: LocalDate, today: LocalDate): LocalDate | null {
  return today >= addDays(knownTo, 1 - TOLD_BEFORE_DAYS) ? addDays(knownTo, 1) : null;
}

/**
 * Whether the holiday data knows every day between two instants. When it does not, a deadline computed there
 * counts weekends and statutory days only, and whoever shows it must say so.
 */
export function isCovered(a: Instant, b: Instant, calendar: Calendar): boolean {
  if (calendar === 'always') return true;
  const [first, last] = [Math.min(a, b), Math.max(a, b)].map((at) => localDate(at, calendar.zone)) as [
    LocalDate,
    LocalDate,
  ];
  return first >= calendar.holidays.from && last <= calendarOn(last, calendar).holidays.to;
}

type Window = readonly [open: Instant, close: Instant];

const windowCache = new WeakMap<WorkingCalendar, Map<LocalDate, readonly Window[]>>();

/** What the working windows of one date amount to between two instants, in milliseconds. */
export function workingOn(date: LocalDate, a: Instant, b: Instant, calendar: WorkingCalendar): number {
  return windowsOf(date, calendar).reduce(
    (sum, [open, close]) => sum + Math.max(0, Math.min(close, b) - Math.max(open, a)),
    0,
  );
}

/** The opening windows of a date as instants; empty on a day off. Remembered per calendar. */
function windowsOf(date: LocalDate, whole: WorkingCalendar): readonly Window[] {
  const calendar = calendarOn(date, whole);
  let cache = windowCache.get(calendar);
  if (!cache) {
    cache = new Map();
    windowCache.set(calendar, cache);
  }
  let windows = cache.get(date);
  if (!windows) {
    windows = isWorkday(date, calendar)
      ? calendar.hours.map(
          (h): Window => [instantOn(date, h.from, calendar.zone), instantOn(date, h.to, calendar.zone)],
        )
      : [];
    cache.set(date, windows);
  }
  return windows;
}

// Five years without one open minute means a calendar with no hours, not a long holiday.
const MAX_IDLE_DAYS = 5 * 366;

/**
 * The earliest instant t ≥ start with exactly `millis` of working time in [start, t). So zero gives start itself,
 * and time that ends with the day ends at closing time, not at the next opening.
 */
export function addWorkingMillis(start: Instant, millis: number, calendar: Calendar): Instant {
  if (millis < 0) throw new RangeError('working time to add must not be negative');
  if (calendar === 'always' || millis === 0) return start + millis;
  let left = millis;
  let date = localDate(start, calendar.zone);
  for (let idle = 0; idle < MAX_IDLE_DAYS; idle++) {
    for (const [open, close] of windowsOf(date, calendar)) {
      const from = Math.max(open, start);
      if (from >= close) continue;
      if (left <= close - from) return from + left;
      left -= close - from;
      idle = 0;
    }
    date = addDays(date, 1);
  }
  throw new RangeError('this calendar never opens');
}

/** addWorkingMillis in minutes, the unit limits are written in. */
export function addWorking(start: Instant, minutes: number, calendar: Calendar): Instant {
  return addWorkingMillis(start, minutes * MINUTE, calendar);
}

/** Working milliseconds in [a, b); negative when b is before a. */
export function workingBetween(a: Instant, b: Instant, calendar: Calendar): number {
  if (b < a) return -workingBetween(b, a, calendar);
  if (calendar === 'always') return b - a;
  let sum = 0;
  const last = localDate(b, calendar.zone);
  for (let date = localDate(a, calendar.zone); date <= last; date = addDays(date, 1)) {
    sum += workingOn(date, a, b, calendar);
  }
  return sum;
}
