import { sql } from '../db/sql.ts';
import { isAway } from '../http/problem.ts';

/** What a line of events does that could not take what came. */

/** What is no event's fault, a full disk or a lock, is looked at again soon, however often it failed. */
const shortPause = 2_000;
const longestPause = 60_000;

const usualPause = (failures: number) => Math.min(longestPause, 500 * 2 ** Math.min(failures, 10));

/** Milliseconds after the nth failure in a row. */
export function pauseAfter(error: unknown, failures: number, pause = usualPause): number {
  return Math.min(pause(failures), isPassing(error) ? shortPause : longestPause);
}

/**
 * Whether it may go on. By the database's clock, which all who dispatch share: by their own, one that is ahead would have the
 * others wait for as long as it is ahead. That one may be set back too: what then lies further off than anybody was ever told
 * to wait is past.
 */
export const mayGoOn = sql`(retry_at is null or retry_at not between clock_timestamp() and clock_timestamp() + ${longestPause}::integer * interval '1 millisecond')`;

export function reasonOf(error: unknown): string {
  const { name, message, code } = error as Error & { code?: string };
  return `${code ?? name}: ${message}`.slice(0, 300);
}

/** The database away, or a lock that the next try may get. What takes too long may be the event's own doing. */
export function isPassing(error: unknown): boolean {
  const { code } = error as { code?: string };
  if (code === '57014' || code?.startsWith('25P0') === true) return false;
  return isAway(error) || code === '40001' || code === '40P01' || code === '55P03';
}
