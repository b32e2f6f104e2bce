import { type Instant, MINUTE } from '@gongzhi/kernel';
import type { Direction, Outcome, SaidOutcome } from './words.ts';

/** What a task is judged by. */
export interface TaskFacts {
  readonly lastMissedAt: Instant;
  readonly lastCallId: string;
  readonly attempts: number;
}

export interface AnsweredCall {
  readonly callId: string;
  readonly direction: Direction;
  readonly answeredAt: Instant;
}

/** How a conversation settles a task, or null: it was before the call that was missed. */
export function settledBy(task: TaskFacts, call: AnsweredCall): Outcome | null {
  if (call.callId === task.lastCallId) return 'answered';
  if (call.answeredAt < task.lastMissedAt) return null;
  return call.direction === 'out' ? 'reached' : 'called_again';
}

/** A call back that reached nobody is tried again, so often, and once more for who rang meanwhile; null: it stays open. */
export function outcomeAfter(
  said: SaidOutcome,
  attempts: number,
  mostAttempts: number,
  hasRungSince: boolean,
): Outcome | null {
  if (said !== 'unreachable') return said;
  return attempts >= mostAttempts && !hasRungSince ? 'unreachable' : null;
}

/** Who is called back has this long to be called by one alone. */
export const LEASE = 15 * MINUTE;
/** What a telephone tells of a call, and what is said of it, are this far apart at most: two clocks, and a hand. */
const APART = 5 * MINUTE;

/**
 * One call back is told of twice, by the telephone and by who made it, and counts once. What a call that nobody took comes
 * to: `kept` for the word of who has taken it on · `known`: the word was first · `counts` by itself · null: not over yet.
 */
export function attemptOf(
  task: { readonly claimedUntil: Instant | null; readonly saidAt: Instant | null },
  endedAt: Instant | null,
  now: Instant,
): 'kept' | 'known' | 'counts' | null {
  const { claimedUntil, saidAt } = task;
  if (endedAt !== null && saidAt !== null && endedAt >= saidAt - LEASE - APART && endedAt <= saidAt + APART)
    return 'known';
  if (claimedUntil !== null && claimedUntil > now) return 'kept';
  return endedAt === null ? null : 'counts';
}
