import {
  addDays,
  calendarOf,
  calendarOn,
  type Instant,
  type LocalDate,
  localDate,
  MINUTE,
  weekdayOf,
  workingOn,
  type WorkingCalendar,
} from '@gongzhi/kernel';
import { duesOf, type Limits } from './clocks.ts';
import { UNFINISHED } from './transitions.ts';
import { type Clock, CLOCKS, type OrderState } from './types.ts';

/**
 * Why a day counts or doesn't. `unknown`: beyond what is known of public holidays, so only the week decides; and `statutory`: the
 * law alone.
 */
export type DayReason =
  | 'workday'
  | 'weekend'
  | 'holiday'
  | 'makeup'
  | 'statutory'
  | 'unknown_workday'
  | 'unknown_weekend';

export interface CountedDay {
  readonly date: LocalDate;
  readonly reason: DayReason;
  readonly minutes: number;
}

export interface ExplainedClock {
  readonly clock: Clock;
  readonly dueAt: Instant;
  /** How the working time was gathered, day by day; empty for a limit that runs round the clock. */
  readonly days: readonly CountedDay[];
}

export function reasonOf(date: LocalDate, whole: WorkingCalendar): DayReason {
  const calendar = calendarOn(date, whole);
  const mark = calendar.holidays.days[date];
  if (mark !== undefined) return mark;
  if (calendar.holidays.statutory.has(date)) return 'statutory';
  const isWorkday = calendar.weekdays.includes(weekdayOf(date));
  if (date > calendar.holidays.to || date < calendar.holidays.from)
    return isWorkday ? 'unknown_workday' : 'unknown_weekend';
  return isWorkday ? 'workday' : 'weekend';
}

/** More days than any limit spans; a page shows no more. */
const MOST_DAYS = 400;

/** The three due times of a report at this moment, and what they are made of. */
export function explainClocks(start: Instant, limits: Limits, working: WorkingCalendar): ExplainedClock[] {
  const dues = duesOf({ kind: 'repair', clockStartAt: start, neededBy: null, pauses: [] }, limits, working);
  const calendar = calendarOf(limits.calendar, working);
  return CLOCKS.flatMap((clock) => {
    const dueAt = dues[`${clock}DueAt`];
    if (dueAt === null) return [];
    const days: CountedDay[] = [];
    if (calendar !== 'always') {
      const last = localDate(dueAt, working.zone);
      for (
        let date = localDate(start, working.zone);
        date <= last && days.length < MOST_DAYS;
        date = addDays(date, 1)
      )
        days.push({
          date,
          reason: reasonOf(date, working),
          minutes: workingOn(date, start, dueAt, working) / MINUTE,
        });
    }
    return [{ clock, dueAt, days }];
  });
}

/** What judging an order again needs of it. */
export type JudgedOrder = Pick<
  OrderState,
  | 'kind'
  | 'status'
  | 'clockStartAt'
  | 'neededBy'
  | 'pauses'
  | 'acceptedAt'
  | 'arrivedAt'
  | 'finishedAt'
  | 'respondDueAt'
  | 'arriveDueAt'
  | 'resolveDueAt'
>;

const MET = { respond: 'acceptedAt', arrive: 'arrivedAt', resolve: 'finishedAt' } as const;

type Dues = Pick<JudgedOrder, 'respondDueAt' | 'arriveDueAt' | 'resolveDueAt'>;

/** The clocks of its present round that were missed under these due times. */
export function lateUnder(order: JudgedOrder, dues: Dues, now: Instant): Clock[] {
  return CLOCKS.filter((clock) => {
    const dueAt = dues[`${clock}DueAt`];
    if (dueAt === null) return false;
    const metAt = order[MET[clock]];
    if (metAt !== null) return metAt > dueAt;
    // Nobody is late on what ended without coming to that.
    return UNFINISHED.includes(order.status) && now > dueAt;
  });
}

/** What was late, and what would have been under other limits: the same facts, the same clocks. */
export function whatIf(
  order: JudgedOrder,
  limits: Limits,
  working: WorkingCalendar,
  now: Instant,
): { readonly was: Clock[]; readonly would: Clock[] } {
  return { was: lateUnder(order, order, now), would: lateUnder(order, duesOf(order, limits, working), now) };
}
