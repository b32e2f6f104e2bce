import { addDays, type Instant, instantOn, type LocalDate, localDate } from '@gongzhi/kernel';

/**
 * The calendar of the ranking. A statistical day D runs from D-1 at the setting's hour to D at that hour; a month's
 * period begins with the statistical day of the setting's number in the month before (rules.md section 1: the 19th, noon).
 */
export interface PeriodRule {
  /** First statistical day of a period, in the month before; 1 is the calendar month itself. */
  readonly firstDay: number;
  /** Where a statistical day ends and the next begins; 0 is midnight. */
  readonly dayHour: number;
}

export interface Period {
  /** 'YYYY-MM', by which people name it. */
  readonly month: string;
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}

/** When a statistical day begins. */
export function dayBegins(day: LocalDate, rule: PeriodRule, zone: string): Instant {
  return instantOn(rule.dayHour === 0 ? day : addDays(day, -1), rule.dayHour * 60, zone);
}

/** The statistical day an instant belongs to: exactly at the hour it is the next one's. */
export function dayOf(at: Instant, rule: PeriodRule, zone: string): LocalDate {
  const day = localDate(at, zone);
  return rule.dayHour !== 0 && at >= instantOn(day, rule.dayHour * 60, zone) ? addDays(day, 1) : day;
}

const two = (n: number) => String(n).padStart(2, '0');

export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + by;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${two((index % 12) + 1)}`;
}

export function periodOf(month: string, rule: PeriodRule, zone: string): Period {
  const isCalendar = rule.firstDay === 1;
  const firstDay = `${isCalendar ? month : shiftMonth(month, -1)}-${two(rule.firstDay)}` as LocalDate;
  const next = `${isCalendar ? shiftMonth(month, 1) : month}-${two(rule.firstDay)}` as LocalDate;
  return {
    month,
    firstDay,
    lastDay: addDays(next, -1),
    from: dayBegins(firstDay, rule, zone),
    to: dayBegins(next, rule, zone),
  };
}

/** In which period an instant counts. */
export function monthOf(at: Instant, rule: PeriodRule, zone: string): string {
  const day = dayOf(at, rule, zone);
  const month = day.slice(0, 7);
  return rule.firstDay !== 1 && Number(day.slice(8)) >= rule.firstDay ? shiftMonth(month, 1) : month;
}
