import { addDays, daysBetween, type LocalDate } from '@gongzhi/kernel';

/** A period as sums of whole months and single days, so that few rows are read. Pure. */

export interface Stretch {
  readonly of: 'day' | 'month';
  /** What is more than half of a month is the month without the rest. */
  readonly sign: '' | '-';
  /** Both counted; of months their first days. */
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const firstOf = (day: LocalDate): LocalDate => `${day.slice(0, 7)}-01`;
const lastOf = (day: LocalDate): LocalDate => addDays(firstOf(addDays(firstOf(day), 31)), -1);
const least = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);
const most = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);
const length = (from: LocalDate, to: LocalDate): number => Math.max(0, daysBetween(from, to) + 1);

/** Nothing is reported after today: the month that has not ended is whole with it. */
export function stretchesOf(from: LocalDate, to: LocalDate, today: LocalDate): Stretch[] {
  const stretches: Stretch[] = [];
  const months: LocalDate[] = [];
  for (let first = firstOf(from); first <= to; first = addDays(lastOf(first), 1)) {
    const last = lastOf(first);
    const [begin, end] = [most(from, first), least(to, last)];
    const rest = [
      { from: first, to: addDays(begin, -1) },
      { from: addDays(end, 1), to: last },
    ].filter((one) => one.from <= one.to && one.from <= today);
    const restDays = rest.reduce((sum, one) => sum + length(one.from, least(one.to, today)), 0);
    if (begin > today || (rest.length > 0 && length(begin, least(end, today)) <= restDays))
      stretches.push({ of: 'day', sign: '', from: begin, to: end });
    else {
      months.push(first);
      stretches.push(...rest.map((one): Stretch => ({ of: 'day', sign: '-', ...one })));
    }
  }
  const [firstMonth, lastMonth] = [months[0], months.at(-1)];
  if (firstMonth !== undefined && lastMonth !== undefined)
    stretches.unshift({ of: 'month', sign: '', from: firstMonth, to: lastMonth });
  return stretches;
}
