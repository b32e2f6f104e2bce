import type { Asked, Direction, Outcome, Packed, UrgentTrip, Verdict, Way } from '@gongzhi/gate';
import type { VaultState } from './vault.ts';

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
  /** Whose it is: it goes there and nowhere else, whatever gate this phone stands at by then. */
  readonly scopeId: string;
  readonly gateId: string;
  readonly deviceId: string;
  /** That it is this device's, also when the phone has another key; what an older page decided has none. */
  readonly proof?: string;
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

/** What the post needs of the server. */
export interface GateServer {
  /** Throws Altered where the signature does not fit. */
  list(device: GateDevice, since: string | null): Promise<{ packed: Packed; now: number }>;
  check(device: GateDevice, question: Question, patienceMs: number): Promise<ServerAnswer>;
  upload(device: GateDevice, decisions: readonly Decision[], deviceNow: number): Promise<UploadAnswer>;
}

export interface Question extends Asked {
  readonly id: string;
}
export interface ServerAnswer {
  readonly verdict: Verdict;
  readonly ref: string | null;
  readonly way: Decision['way'];
  readonly now: number;
}
export interface UploadAnswer {
  /** Taken now or before; anything else stays here. */
  readonly taken: readonly string[];
  readonly refused: readonly { readonly id: string; readonly code: string }[];
  readonly flags: readonly Flag[];
  readonly now: number;
}

/** A list somebody has changed on its way. */
export class Altered extends Error {}
/** The server knows this phone no more. */
export class Revoked extends Error {}

export interface PostView {
  readonly phase: 'opening' | 'unpaired' | 'ready' | 'revoked';
  readonly device: GateDevice | null;
  readonly line: 'up' | 'down';
  readonly waiting: number;
  /** Of another compound: they stay here until this phone is registered there again. */
  readonly elsewhere: number;
  readonly refused: readonly RefusedDecision[];
  readonly list: {
    readonly issuedAt: number;
    readonly expiresAt: number;
    readonly count: number;
    /** How many are inside where this gate leads, under a measure that caps it. */
    readonly inside: { readonly count: number; readonly most: number } | null;
    readonly freeSpaces: number | null;
  } | null;
  readonly isListAltered: boolean;
  readonly storage: VaultState;
  readonly skewMs: number;
  readonly isClockBack: boolean;
  readonly shown: Shown | null;
  readonly isWorking: boolean;
  readonly flags: readonly Flag[];
  readonly today: { readonly date: string; readonly count: number };
}
