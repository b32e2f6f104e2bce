import {
  addDays,
  type Instant,
  instantOn,
  isWorkday,
  type LocalDate,
  weekdayOf,
  type WorkingCalendar,
} from '@gongzhi/kernel';

/** When a report is due, and of which days it speaks. Days are those of the place. */

export const PERIODS = ['yesterday', 'last_week', 'last_month', 'last_quarter', 'this_month', 'now'] as const;
export type PeriodRule = (typeof PERIODS)[number];

/** What a list can be asked about (platform/exports, Reported). */
const fitting: Readonly<Record<'instants' | 'days' | 'month' | 'now', readonly PeriodRule[]>> = {
  instants: PERIODS,
  days: PERIODS.filter((rule) => rule !== 'now'),
  month: ['last_month', 'this_month'],
  now: ['now'],
};
export const periodsFor = (kind: keyof typeof fitting): readonly PeriodRule[] => fitting[kind];

/** Both days are in it. */
export interface Span {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const firstOfMonth = (day: LocalDate): LocalDate => `${day.slice(0, 8)}01`;
const lastOfMonth = (day: LocalDate): LocalDate => addDays(firstOfMonth(addDays(firstOfMonth(day), 31)), -1);

/** Seen from a day; null for a report of what is now. */
export function spanOf(rule: PeriodRule, day: LocalDate): Span | null {
  const yesterday = addDays(day, -1);
  switch (rule) {
    case 'yesterday':
      return { from: yesterday, to: yesterday };
    case 'last_week': {
      const monday = addDays(day, 1 - weekdayOf(day));
      return { from: addDays(monday, -7), to: addDays(monday, -1) };
    }
    case 'last_month': {
      const to = addDays(firstOfMonth(day), -1);
      return { from: firstOfMonth(to), to };
    }
    case 'last_quarter': {
      let first = firstOfMonth(day);
      while (Number(first.slice(5, 7)) % 3 !== 1) first = firstOfMonth(addDays(first, -1));
      const to = addDays(first, -1);
      return { from: firstOfMonth(addDays(firstOfMonth(addDays(firstOfMonth(to), -1)), -1)), to };
    }
    case 'this_month':
      return { from: firstOfMonth(day), to: day };
    case 'now':
      return null;
  }
}

export const EVERY = ['week', 'month', 'workday'] as const;

export interface Schedule {
  readonly every: (typeof EVERY)[number];
  /** Of the week 1 Monday … 7, of the month 1 … 31 (its last day where it has fewer); nothing for every workday. */
  readonly day: number | null;
  readonly hour: number;
  /** On a day off it comes on the next workday, and still speaks of the days it would have spoken of. */
  readonly isWorkdaysOnly: boolean;
}

/** What is wrong with it, by field. */
export function faultOf({ every, day, hour }: Schedule): 'day' | 'hour' | null {
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) return 'hour';
  if (every === 'workday') return day === null ? null : 'day';
  return day !== null && Number.isInteger(day) && day >= 1 && day <= (every === 'week' ? 7 : 31)
    ? null
    : 'day';
}

export interface Turn {
  /** The day it is meant for. */
  readonly day: LocalDate;
  readonly at: Instant;
}

function isMeant({ every, day }: Schedule, date: LocalDate, calendar: WorkingCalendar): boolean {
  if (every === 'workday') return isWorkday(date, calendar);
  if (every === 'week') return weekdayOf(date) === day;
  return Number(date.slice(8)) === Math.min(day ?? 1, Number(lastOfMonth(date).slice(8)));
}

/** The longest time off in a year has eleven days; a calendar without a workday moves nothing. */
const mostDaysOff = 31;

function turnOn(schedule: Schedule, day: LocalDate, zone: string, calendar: WorkingCalendar): Turn {
  let on = day;
  if (schedule.isWorkdaysOnly)
    for (let ahead = 0; ahead <= mostDaysOff; ahead++)
      if (isWorkday(addDays(day, ahead), calendar)) {
        on = addDays(day, ahead);
        break;
      }
  return { day, at: instantOn(on, schedule.hour * 60, zone) };
}

const horizonDays = 62;

/** The turn after a day it was meant for. */
export function turnAfter(
  schedule: Schedule,
  day: LocalDate,
  zone: string,
  calendar: WorkingCalendar,
): Turn | null {
  for (let ahead = 1; ahead <= horizonDays; ahead++) {
    const date = addDays(day, ahead);
    if (isMeant(schedule, date, calendar)) return turnOn(schedule, date, zone, calendar);
  }
  return null;
}

/** The first turn that is still to come; one that a holiday moved may be meant for a day that has passed. */
export function firstTurn(
  schedule: Schedule,
  today: LocalDate,
  now: Instant,
  zone: string,
  calendar: WorkingCalendar,
): Turn | null {
  let turn = turnAfter(schedule, addDays(today, -mostDaysOff - 1), zone, calendar);
  while (turn !== null && turn.at <= now) turn = turnAfter(schedule, turn.day, zone, calendar);
  return turn;
}
