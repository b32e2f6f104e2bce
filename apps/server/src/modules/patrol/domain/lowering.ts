import { err, ok, type Instant, type Result } from '@gongzhi/kernel';

/** What sensing says of the device that watches a checkpoint. */
export interface Listener {
  readonly isRetired: boolean;
  /** Its silence would be an alarm after this; null: never heard, or a device whose silence nobody would notice. */
  readonly heardUntil: Instant | null;
  /** Its alarm of silence is open, however long it has been. */
  readonly isSilent: boolean;
}

export function isWatching(listener: Listener | null, now: Instant): boolean {
  return (
    listener !== null &&
    !listener.isRetired &&
    !listener.isSilent &&
    listener.heardUntil !== null &&
    now <= listener.heardUntil
  );
}

/**
 * Proposed by one person, approved by another; suspended while the device is silent (the checkpoint is in every round
 * again), and over when its day has come, the device is gone or somebody takes it back.
 */
export const LOWERING_STATES = ['proposed', 'approved', 'suspended', 'declined', 'ended'] as const;
export type LoweringState = (typeof LOWERING_STATES)[number];
export const LOWERING_ENDS = ['expired', 'retired', 'unwatched', 'withdrawn'] as const;
export type LoweringEnd = (typeof LOWERING_ENDS)[number];

export interface Lowering {
  readonly state: LoweringState;
  readonly everyRounds: number;
  /** The first instant at which it no longer holds. */
  readonly untilAt: Instant;
  readonly proposedBy: string;
}

export type LoweringAction = 'approve' | 'decline' | 'withdraw';
export interface LoweringChange {
  readonly state: LoweringState;
  readonly ended: LoweringEnd | null;
}

export type LoweringRefusal =
  | 'patrol.lowering_over'
  | 'patrol.lowering_decided'
  | 'patrol.needs_second_person'
  | 'patrol.not_watched';

/** How often the checkpoint is looked at because of it. */
export function effectiveRounds(lowering: Pick<Lowering, 'state' | 'everyRounds'> | null): number {
  return lowering?.state === 'approved' ? lowering.everyRounds : 1;
}

export const isOpenLowering = (state: LoweringState): boolean =>
  state === 'proposed' || state === 'approved' || state === 'suspended';

export function decideLowering(
  lowering: Lowering,
  action: LoweringAction,
  by: { readonly accountId: string },
  listener: Listener | null,
  now: Instant,
): Result<LoweringChange, { readonly code: LoweringRefusal }> {
  const { state } = lowering;
  if (!isOpenLowering(state) || now >= lowering.untilAt) return err({ code: 'patrol.lowering_over' });
  if (action === 'withdraw') return ok({ state: 'ended', ended: 'withdrawn' });
  if (state !== 'proposed') return err({ code: 'patrol.lowering_decided' });
  if (by.accountId === lowering.proposedBy) return err({ code: 'patrol.needs_second_person' });
  if (action === 'decline') return ok({ state: 'declined', ended: null });
  if (!isWatching(listener, now)) return err({ code: 'patrol.not_watched' });
  return ok({ state: 'approved', ended: null });
}

/** What time and the device bring by themselves; null: nothing. */
export function lookAtLowering(
  lowering: Lowering,
  listener: Listener | null,
  now: Instant,
): LoweringChange | null {
  const { state } = lowering;
  if (!isOpenLowering(state)) return null;
  if (now >= lowering.untilAt) return { state: 'ended', ended: 'expired' };
  if (listener === null) return { state: 'ended', ended: 'unwatched' };
  if (listener.isRetired) return { state: 'ended', ended: 'retired' };
  const isWatched = isWatching(listener, now);
  if (state === 'approved' && !isWatched) return { state: 'suspended', ended: null };
  if (state === 'suspended' && isWatched) return { state: 'approved', ended: null };
  return null;
}

/** A device that was silent may be heard at any time, one that is heard falls silent at the earliest then. */
export const lookAgainMilliseconds = 60_000;

export function nextLook(lowering: Lowering, listener: Listener | null, now: Instant): Instant | null {
  const { state, untilAt } = lowering;
  if (!isOpenLowering(state)) return null;
  if (state === 'proposed') return untilAt;
  const heardUntil = listener?.heardUntil ?? now;
  const soon = now + lookAgainMilliseconds;
  // A broken connection is an alarm of its own before that: looked for every minute in any case.
  return Math.min(
    untilAt,
    state === 'approved' && heardUntil < soon ? Math.max(now + 1, heardUntil + 1) : soon,
  );
}
