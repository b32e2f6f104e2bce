import { addDays, weekdayOf, type LocalDate } from '@gongzhi/kernel';

/** What checks of one local day were spared and what they would have taken. */
export interface DaySum {
  readonly day: LocalDate;
  readonly plannedMinutes: number;
  readonly sparedMinutes: number;
  readonly sparedChecks: number;
}
export interface WeekSum {
  /** Its Monday. */
  readonly week: LocalDate;
  readonly plannedMinutes: number;
  readonly sparedMinutes: number;
  readonly sparedChecks: number;
}

/** weekdayOf: 1 Monday … 7 Sunday. */
export const mondayOf = (day: LocalDate): LocalDate => addDays(day, 1 - weekdayOf(day));

/** Every week from the first to the last day, also those in which nothing was: a gap is not a straight line. */
export function freedByWeek(days: readonly DaySum[], from: LocalDate, to: LocalDate): WeekSum[] {
  const weeks = new Map<LocalDate, WeekSum>();
  for (let week = mondayOf(from); week <= to; week = addDays(week, 7))
    weeks.set(week, { week, plannedMinutes: 0, sparedMinutes: 0, sparedChecks: 0 });
  for (const one of days) {
    if (one.day < from || one.day > to) continue;
    const sum = weeks.get(mondayOf(one.day))!;
    weeks.set(sum.week, {
      week: sum.week,
      plannedMinutes: sum.plannedMinutes + one.plannedMinutes,
      sparedMinutes: sum.sparedMinutes + one.sparedMinutes,
      sparedChecks: sum.sparedChecks + one.sparedChecks,
    });
  }
  return [...weeks.values()];
}

/** Hours with one decimal, as people speak of them; halves go up. */
export const hoursOf = (minutes: number): number => Math.round(minutes / 6) / 10;
