import type { Instant } from '@gongzhi/kernel';

/** How often a checkpoint is looked at: in every round, or, where a sensor watches it, in every so-many-th. */
export interface Frequency {
  readonly everyRounds: number;
  /** Rounds since it was last part of one; null: never was. */
  readonly sinceLast: number | null;
}

/** Whether the round that opens now takes it in, and what is to be counted on from. */
export function turn({ everyRounds, sinceLast }: Frequency): { isIn: boolean; sinceLast: number } {
  const isIn = sinceLast === null || sinceLast + 1 >= everyRounds;
  return { isIn, sinceLast: isIn ? 0 : sinceLast + 1 };
}

export const ROUND_STATES = ['open', 'late', 'done', 'done_late', 'missed', 'spared'] as const;
export type RoundState = (typeof ROUND_STATES)[number];
export const CHECK_STATES = ['open', 'done', 'missed', 'spared'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

export interface RoundTimes {
  readonly dueAt: Instant;
  readonly closesAt: Instant;
}

/**
 * How a round stands at an instant, and when it will stand differently if nobody does anything. At the very limit it is
 * still in time.
 */
export function standing(
  { dueAt, closesAt }: RoundTimes,
  checks: readonly { readonly state: CheckState; readonly doneAt: Instant | null }[],
  now: Instant,
): { readonly state: RoundState; readonly markAt: Instant | null } {
  const asked = checks.filter(({ state }) => state !== 'spared');
  if (asked.length === 0) return { state: 'spared', markAt: null };
  if (asked.every(({ state }) => state === 'done')) {
    const last = Math.max(...asked.map(({ doneAt }) => doneAt ?? 0));
    return { state: last > dueAt ? 'done_late' : 'done', markAt: null };
  }
  if (now > closesAt || asked.some(({ state }) => state === 'missed'))
    return { state: 'missed', markAt: null };
  // A millisecond after the limit, for at the limit nothing is late yet.
  if (now > dueAt) return { state: 'late', markAt: closesAt + 1 };
  return { state: 'open', markAt: dueAt + 1 };
}
