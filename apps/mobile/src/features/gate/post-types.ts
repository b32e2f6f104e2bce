import type { Direction, Outcome, UrgentTrip, Verdict, Way } from '@gongzhi/gate';

/** What the post at a gate keeps and sends. */

/** This phone at its gate, as it was registered; the key goes nowhere but to the server that gave it. */
export interface GateDevice {
  readonly scopeId: string;
  readonly gateId: string;
  readonly gateName: string;
  readonly deviceId: string;
  readonly key: string;
  /** Of the server's signatures under the lists of this compound: JWK of a P-256 key. */
  readonly publicKey: JsonWebKey;
}

/** One decision of this phone, until the server has it. */
export interface Decision {
  readonly id: string;
  /** In this order it was decided, and is sent. */
  readonly n: number;
  /** The server's time as well as it was known, and the phone's own. */
  readonly at: number;
  readonly deviceAt: number;
  readonly direction: Direction;
  /** What was shown or said, so that the server can look at it once more. */
  readonly text: string | null;
  readonly spokenId: string | null;
  readonly ref: string | null;
  readonly way: Way;
  readonly step: number | null;
  readonly urgent: UrgentTrip | null;
  readonly temperatureTenths: number | null;
  readonly wearsMask: boolean | null;
  readonly verdict: Verdict;
  readonly listVersion: string | null;
  readonly latencyUs: number;
  readonly byAccountId: string;
  /** A later word on an earlier decision: let through, and why. */
  readonly override: { readonly of: string; readonly reason: string } | null;
}

export interface RefusedDecision {
  readonly decision: Decision;
  readonly code: string;
}

/** What could only be known when the line was back. */
export interface Flag {
  readonly id: string;
  readonly kind: string;
  readonly decidedAt: number;
}

export interface Shown {
  readonly id: string;
  readonly ref: string | null;
  readonly way: Way;
  readonly direction: Direction;
  readonly outcome: Outcome;
  readonly verdict: Verdict;
  readonly isDecidedHere: boolean;
}
