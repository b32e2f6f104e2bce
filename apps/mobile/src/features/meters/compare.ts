import { addDays } from '@gongzhi/kernel/time.ts';
import type { OwnMeter } from './api.ts';

type Use = OwnMeter['use'];

/**
 * The last month that is known to its end, against the same one a year ago, in percent: a month that is half read would look
 * like half the use. Null where there is none, or nothing to set it against.
 */
export function comparedMonth({ days, months }: Use): { month: string; percent: number } | null {
  const known = days.at(-1);
  if (known === undefined) return null;
  const unfinished = addDays(known.day, 1).slice(0, 7);
  const last = months.findLast(({ month }) => month < unfinished);
  if (last?.yearBefore == null || last.yearBefore <= 0) return null;
  return { month: last.month, percent: Math.round((last.value / last.yearBefore - 1) * 100) };
}
