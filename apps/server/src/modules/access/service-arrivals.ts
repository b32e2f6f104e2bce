import type { Finding, Outcome, Overrider, SayCode, UrgentTrip, Verdict, Way } from '@gongzhi/gate';
import type { Attempt } from './domain.ts';
import type { HealthAnswer } from './service-health.ts';

/** What comes to the gate's intake, whichever way, and what comes of it. */

export interface Sender {
  readonly scopeId: string;
  /** Null: a page of a person without a device of its own. */
  readonly deviceId: string | null;
  /** Of the secret the device brought; null where a person's session vouches. */
  readonly secretHash: Buffer | null;
  readonly accountId: string | null;
}

/** Somebody puts right what a check said. */
export interface Override {
  /** The passage that was stopped. */
  readonly of: string;
  readonly reason: string;
  readonly byName: string;
}

/** Decided by the gate alone, while the line was cut: it happened, and is written down as it was. */
export interface OfflineDecision {
  readonly at: number;
  readonly outcome: Outcome;
  readonly say: SayCode;
  readonly latencyUs: number;
  /** As the gate said it, which `at` is only where its clock was not ahead. */
  readonly saidAt: number;
  /** By its own clock: then, and when it was sent. */
  readonly deviceAt: number;
  readonly deviceNow: number;
  /** Whom it took it for, and the step of a phone's code it accepted. */
  readonly ref: string | null;
  readonly step: number | null;
  /** When the list was made that it decided from; null: without one. */
  readonly listAt: number | null;
  /** Whose decision it was, where that is not who sends it. */
  readonly deviceId: string | null;
  /** It said itself for which gate. */
  readonly isGateNamed: boolean;
  /** What whoever stood there may speak for. */
  readonly as: readonly Overrider[];
}

export interface Arrival {
  readonly from: Sender;
  readonly gateId: string;
  readonly attempt: Attempt;
  readonly receivedAt: number;
  /** Of performance.now, for the latency that is written down. */
  readonly startedAt: number;
  readonly answer: HealthAnswer | null;
  readonly override: Override | null;
  readonly offline: OfflineDecision | null;
  /** Whoever keeps the gate said yes to somebody who asked from their phone. */
  readonly consent?: Consent;
}

export interface Consent {
  readonly byName: string;
  readonly barrierId: string | null;
}

export interface Decided {
  readonly kind: 'decided';
  readonly isRepeat: boolean;
  readonly gateId: string;
  readonly passId: string | null;
  readonly ref: string | null;
  readonly way: Way | null;
  readonly outcome: Outcome;
  readonly say: SayCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly failed: readonly Finding[];
  readonly overriders: readonly Overrider[];
  readonly urgent: UrgentTrip | null;
  readonly seq: number;
  readonly recordedAt: Date;
  readonly isClockOff: boolean;
  /** Of what was decided offline: our own verdict, where it is harder. */
  readonly differs: Verdict | null;
}

export const REFUSALS = [
  'credentials_wrong',
  'gate_unknown',
  'gate_moved',
  'gate_retired',
  'settled',
] as const;
export interface Refused {
  readonly kind: 'refused';
  readonly fault: (typeof REFUSALS)[number];
}

/** Nothing is decided yet: the service of health codes is to be asked first. */
export interface Asked {
  readonly kind: 'ask';
  readonly passId: string;
  readonly withinMilliseconds: number;
  /** The code that was shown, to be asked about instead of the person. */
  readonly healthCode: string | null;
}

export type Taken = Decided | Refused | Asked;
