import type { Instant } from '@gongzhi/kernel';
import { isOnTime } from '../domain/clocks.ts';
import { sql, type Statement } from '../../../platform/db/sql.ts';

/**
 * What "on time" means in every figure, once as a function and once as SQL (report.test.ts holds them together):
 * resolved at or before the due time. An order is decided when it was resolved or when its time has run out. What
 * was cancelled, referred or force-closed in good time was never resolved and is not counted; once late, always
 * late, also after a reopening. A paused clock has moved the due time already, or stands still and decides nothing.
 */
export interface OnTimeFacts {
  readonly resolveDueAt: Instant | null;
  /** The due time that was missed; outlives a reopening. */
  readonly resolveLateAt: Instant | null;
  /** Of an imported order its closing. */
  readonly finishedAt: Instant | null;
  readonly isOpen: boolean;
}

export type Verdict = 'on_time' | 'late' | 'undecided';

export function verdictOf(order: OnTimeFacts, now: Instant): Verdict {
  if (order.resolveLateAt !== null) return 'late';
  const resolved = isOnTime(order.finishedAt, order.resolveDueAt);
  if (resolved !== null) return resolved ? 'on_time' : 'late';
  // A due claim marks it within seconds; a figure needs not wait for it.
  return order.isOpen && order.finishedAt === null && order.resolveDueAt !== null && order.resolveDueAt < now
    ? 'late'
    : 'undecided';
}

/** Conditions on work_orders.work_order as `o`. */
export const isOnTimeSql: Statement = sql`(o.resolve_late_at is null and o.finished_at <= o.resolve_due_at)`;
export const isLateSql = (now: Date): Statement =>
  sql`(o.resolve_late_at is not null or o.finished_at > o.resolve_due_at or (o.is_open and o.finished_at is null and o.resolve_due_at < ${now}))`;
