import type { Instant } from '@gongzhi/kernel';
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

/** A call back that reached nobody is tried again, so often; null: it stays open. */
export function outcomeAfter(said: SaidOutcome, attempts: number, mostAttempts: number): Outcome | null {
  if (said !== 'unreachable') return said;
  return attempts >= mostAttempts ? 'unreachable' : null;
}
