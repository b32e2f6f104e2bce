import { HOUR, type Instant, MINUTE } from '@gongzhi/kernel';
import type { Outcome } from '@gongzhi/gate';

/** What could only be known of a decision made without a network when the line was back. */
export const FLAG_KINDS = [
  /** Its code, or its last entry, was used at another gate as well. */
  'used_twice',
  /** The pass had been stopped by then. */
  'revoked',
  /** No such pass in this compound. */
  'unknown_pass',
  /** By what held then it would have been decided otherwise. */
  'outcome_differs',
  /** Let through by a word that was not theirs to say. */
  'override_beyond',
  /** The device had been taken away, or moved to another gate, and could not know. */
  'device_revoked',
  /** The device's clock was not what it took it for. */
  'clock_off',
  /** Decided from a list that had ended. */
  'list_expired',
] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];

export const CLOCK_TOLERANCE = MINUTE;
/** Today's and tomorrow's keys, and the hours of a day that is longer. */
const LONGEST_LIST = 49 * HOUR;

export interface Offline {
  readonly at: Instant;
  /** By the phone's own clock. */
  readonly deviceAt: Instant;
  readonly outcome: Outcome;
  /** When the list it was decided from was made; null: without one. */
  readonly listAt: Instant | null;
  readonly hasPass: boolean;
  readonly isUrgent: boolean;
}

export interface KnownSince {
  readonly receivedAt: Instant;
  /** The phone's clock less ours, now. */
  readonly skew: number;
  /** Null: there is no such pass. */
  readonly pass: { readonly isStopped: boolean; readonly stoppedAt: Instant } | null;
  readonly isUsedElsewhere: boolean;
  /** What is decided of the same person, for the same moment, with all that is known now; null: cannot be said. */
  readonly outcome: Outcome | null;
  readonly isOverrideBeyond: boolean;
  readonly isDeviceGone: boolean;
}

const isLetThrough = (outcome: Outcome): boolean => outcome === 'pass' || outcome === 'pass_report';

/** In the order of their weight; none for what stopped somebody who then was not let through. */
export function flagsOf(decided: Offline, known: KnownSince): FlagKind[] {
  const flags: FlagKind[] = [];
  const isThrough = isLetThrough(decided.outcome) && !decided.isUrgent;
  if (isThrough && known.isUsedElsewhere) flags.push('used_twice');
  const { pass } = known;
  const wasStopped = pass?.isStopped === true && pass.stoppedAt <= decided.at;
  if (isThrough && wasStopped) flags.push('revoked');
  if (decided.hasPass && pass === null) flags.push('unknown_pass');
  // Stopped or used up is said already, and more exactly.
  const isSaid = flags.length > 0;
  if (!decided.isUrgent && !isSaid && known.outcome !== null && isThrough !== isLetThrough(known.outcome))
    flags.push('outcome_differs');
  if (known.isOverrideBeyond) flags.push('override_beyond');
  if (isLetThrough(decided.outcome) && known.isDeviceGone) flags.push('device_revoked');
  // Then it took its clock to be off by `at - deviceAt`, and now it is off by `-skew`.
  const assumed = decided.deviceAt - decided.at;
  if (Math.abs(assumed - known.skew) > CLOCK_TOLERANCE || decided.at > known.receivedAt + CLOCK_TOLERANCE)
    flags.push('clock_off');
  if (decided.listAt !== null && isThrough && decided.at - decided.listAt > LONGEST_LIST)
    flags.push('list_expired');
  return flags;
}
