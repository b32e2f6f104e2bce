import { addDays, daysBetween, isLocalDate, type LocalDate } from '@gongzhi/kernel/time.ts';
import type { OverviewPeriod, OverviewSearch } from '../../app/routes-overview.ts';

/** Which days are looked at. Pure. */

export interface Days {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const DEFAULT_PERIOD: OverviewPeriod = 'days7';
/** The server tells two years at most. */
const MOST_DAYS = 732;

export function daysOf(period: OverviewPeriod, today: LocalDate): Days {
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case 'days7':
      return { from: addDays(today, -6), to: today };
    case 'days30':
      return { from: addDays(today, -29), to: today };
    case 'month':
      return { from: `${today.slice(0, 7)}-01`, to: today };
  }
}

/**
 * Chosen days where the address has both and they make sense; else the ready-made period, which moves on with the
 * days when the address is kept.
 */
export function periodOf(
  { period, from, to }: OverviewSearch,
  today: LocalDate,
): Days & { readonly period: OverviewPeriod | null } {
  if (period === undefined && from !== undefined && to !== undefined && isSpan(from, to))
    return { from, to, period: null };
  const chosen = period ?? DEFAULT_PERIOD;
  return { ...daysOf(chosen, today), period: chosen };
}

function isSpan(from: string, to: string): boolean {
  if (!isLocalDate(from) || !isLocalDate(to)) return false;
  const days = daysBetween(from, to) + 1;
  return days >= 1 && days <= MOST_DAYS;
}
