import { err, ok, type Result } from '@gongzhi/kernel';

/** `2026-11-23` → `2026-11-01`. */
export function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** `2026-11-01` → `2026-11-30`. */
export function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}

export type CloseFault = 'not_over' | 'closed_already' | 'earlier_open';

/**
 * Whether a month may be closed. Months are closed in their order and never opened again: what is found later is
 * corrected in the month that is open then.
 */
export function mayClose(
  month: string,
  book: { readonly today: string; readonly closedTo: string | null; readonly firstDay: string | null },
): Result<{ readonly closedTo: string }, CloseFault> {
  const last = lastDayOf(month);
  if (book.closedTo !== null && book.closedTo >= last) return err('closed_already');
  if (book.today <= last) return err('not_over');
  const first = book.closedTo === null ? book.firstDay : nextMonth(monthOf(book.closedTo));
  if (first !== null && monthOf(first) < month) return err('earlier_open');
  return ok({ closedTo: last });
}
