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

/** Where a month's period ends by a rule that holds for all of it. */
function endOf(month: string, rule: PeriodRule): LocalDate {
  return `${rule.firstDay === 1 ? shiftMonth(month, 1) : month}-${two(rule.firstDay)}` as LocalDate;
}
const lastDayOf = (month: string, rule: PeriodRule) => addDays(endOf(month, rule), -1);

/** A rule, and from which day on it holds; null: ever since. */
export interface DatedRule {
  readonly validFrom: LocalDate | null;
  readonly rule: PeriodRule;
}
/** The first ever since, each later one from a later day on. */
export type DatedRules = readonly [DatedRule, ...DatedRule[]];

/**
 * By which rule a month ends: another one only where both the old and the new would have the month's last day lie on the
 * day from which the new one holds, or after. So a period that has ended never changes, whatever is written for later.
 */
function ruleOf(month: string, [first, ...later]: DatedRules): PeriodRule {
  let { rule } = first;
  for (const { validFrom, rule: next } of later) {
    const from = validFrom ?? '';
    if (lastDayOf(month, rule) >= from && lastDayOf(month, next) >= from) rule = next;
  }
  return rule;
}

/** A period begins where the one before ends: no instant falls out of every month, or into two, when the rule changes. */
export function periodOf(month: string, rules: DatedRules, zone: string): Period {
  const before = shiftMonth(month, -1);
  const last = ruleOf(before, rules);
  const own = ruleOf(month, rules);
  return {
    month,
    firstDay: endOf(before, last),
    lastDay: lastDayOf(month, own),
    from: dayBegins(endOf(before, last), last, zone),
    to: dayBegins(endOf(month, own), own, zone),
  };
}

/** In which period an instant counts: every one ends within the calendar month that it is named by, or with it. */
export function monthOf(at: Instant, rules: DatedRules, zone: string): string {
  const month = localDate(at, zone).slice(0, 7);
  return at < periodOf(month, rules, zone).to ? month : shiftMonth(month, 1);
}
