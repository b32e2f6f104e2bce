import { addDays, daysBetween, type LocalDate } from '@gongzhi/kernel';

/** Months as the first of them. */
export const monthOf = (day: LocalDate): LocalDate => `${day.slice(0, 7)}-01`;

export function addMonths(month: LocalDate, months: number): LocalDate {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;
}

/** The same day so many years later; 29 February becomes the 28th. */
export function addYears(day: LocalDate, years: number): LocalDate {
  const year = Number(day.slice(0, 4)) + years;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${year}-${day.slice(5) === '02-29' && !isLeap ? '02-28' : day.slice(5)}`;
}

export const lastDayOf = (month: LocalDate): LocalDate => addDays(addMonths(month, 1), -1);
export const daysOf = (month: LocalDate): number => daysBetween(month, addMonths(month, 1));

/** Of a month, the days within a period whose end is the first day without; both null-ends stand open. */
export function daysWithin(month: LocalDate, startsOn: LocalDate, endsOn: LocalDate | null): number {
  const next = addMonths(month, 1);
  const from = startsOn > month ? startsOn : month;
  const to = endsOn !== null && endsOn < next ? endsOn : next;
  return Math.max(0, daysBetween(from, to));
}

/** Of a month, the days that lie in any of these spells; in two of them, it is one day. */
export function daysOfSpells(
  month: LocalDate,
  spells: readonly { readonly startsOn: LocalDate; readonly endsOn: LocalDate | null }[],
): number {
  let [days, counted] = [0, month];
  for (const { startsOn, endsOn } of spells.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1))) {
    days += daysWithin(month, startsOn > counted ? startsOn : counted, endsOn);
    if (endsOn === null) break;
    if (endsOn > counted) counted = endsOn;
  }
  return days;
}
