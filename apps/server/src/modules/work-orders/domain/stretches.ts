import { addDays, daysBetween, type LocalDate } from '@gongzhi/kernel';

/** A period as sums of whole months, pentads and single days, so that few rows are read. Pure. */

/** Coarse to fine. A pentad is five days of a month; the sixth is what is left of it after the 25th, three to six days. */
export const GRAINS = ['month', 'pentad', 'day'] as const;
export type Grain = (typeof GRAINS)[number];
export const MONTHS_AND_DAYS: readonly Grain[] = ['month', 'day'];

export interface Stretch {
  readonly of: Grain;
  /** Where that is fewer rows, a part of a month or pentad is the whole without the rest. */
  readonly sign: '' | '-';
  /** Both counted; of months and pentads their first days. */
  readonly from: LocalDate;
  readonly to: LocalDate;
}

interface Span {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const firstOf = (day: LocalDate): LocalDate => `${day.slice(0, 7)}-01`;
const lastOf = (day: LocalDate): LocalDate => addDays(firstOf(addDays(firstOf(day), 31)), -1);
const least = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);
const most = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

/** The month, pentad or day in which a day lies. */
function unitOf(grain: Grain, day: LocalDate): Span {
  if (grain === 'day') return { from: day, to: day };
  if (grain === 'month') return { from: firstOf(day), to: lastOf(day) };
  const index = Math.min(5, Math.floor(daysBetween(firstOf(day), day) / 5));
  const from = addDays(firstOf(day), index * 5);
  return { from, to: index === 5 ? lastOf(day) : addDays(from, 4) };
}

/** How many rows of a place that has something every day; nothing is reported after today. */
const rowsOf = (stretches: readonly Stretch[], today: LocalDate): number =>
  stretches.reduce((sum, { of, from, to }) => {
    if (of === 'day') return sum + Math.max(0, daysBetween(from, least(to, today)) + 1);
    return sum + 1;
  }, 0);

/** Of a period within one unit of the grain before these; each month and pentad by itself. */
function covered(
  { from, to }: Span,
  today: LocalDate,
  grains: readonly Grain[],
  sign: Stretch['sign'],
): Stretch[] {
  const [grain = 'day', ...finer] = grains;
  if (grain === 'day') return [{ of: 'day', sign, from, to }];
  const stretches: Stretch[] = [];
  for (let first = unitOf(grain, from).from; first <= to; ) {
    const { to: last } = unitOf(grain, first);
    const [begin, end] = [most(from, first), least(to, last)];
    const rest = [
      { from: first, to: addDays(begin, -1) },
      // What has not come yet is nothing: a unit that has not ended is whole with today.
      { from: addDays(end, 1), to: last },
    ].filter((one) => one.from <= one.to && one.from <= today);
    const parts = covered({ from: begin, to: end }, today, finer, sign);
    const whole: Stretch[] = [
      { of: grain, sign, from: first, to: first },
      ...rest.flatMap((one) => covered(one, today, finer, sign === '' ? '-' : '')),
    ];
    stretches.push(...(rowsOf(whole, today) < rowsOf(parts, today) ? whole : parts));
    first = addDays(last, 1);
  }
  return stretches;
}

/** The coarse ones first, and one after the other as one. */
export function stretchesOf(
  from: LocalDate,
  to: LocalDate,
  today: LocalDate,
  grains: readonly Grain[] = GRAINS,
): Stretch[] {
  const joined: Stretch[] = [];
  const byGrain = Map.groupBy(covered({ from, to }, today, grains, ''), ({ of }) => of);
  for (const grain of grains)
    for (const stretch of byGrain.get(grain) ?? []) {
      const before = joined.at(-1);
      const follows =
        before?.of === grain &&
        before.sign === stretch.sign &&
        addDays(unitOf(grain, before.to).to, 1) === stretch.from;
      if (follows) joined[joined.length - 1] = { ...before, to: stretch.to };
      else joined.push(stretch);
    }
  return joined;
}
