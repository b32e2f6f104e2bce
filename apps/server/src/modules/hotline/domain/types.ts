import type { Instant } from '@gongzhi/kernel';
import type {
  DismissalGround,
  EventKind,
  HandEnd,
  InvalidReason,
  JointKind,
  Level,
  ObjectionGround,
  Outcome,
  Relation,
  Satisfaction,
  Status,
} from './words.ts';

export * from './words.ts';

/** A unit of the line: an office's scope. A company's hand is about one compound of it. */
export interface Unit {
  readonly level: Level;
  readonly unitId: string;
  readonly name: string;
}

/** One hand that holds a case, or helps with it. Instants are epoch milliseconds. */
export interface Hand extends Unit {
  readonly no: number;
  readonly receivedAt: Instant;
  readonly dueAt: Instant;
  readonly signedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly endReason: HandEnd | null;
  /** The due time that was missed, marked once. */
  readonly lateAt: Instant | null;
  readonly joint: JointKind | null;
}

/** What decide() needs to know of a case, and all that it changes. */
export interface CaseState {
  readonly status: Status;
  readonly round: number;
  readonly receivedAt: Instant;
  /** As the hotline gave it; `dueAt` moves by extension, redoing and hanging only. */
  readonly firstDueAt: Instant;
  readonly dueAt: Instant;
  readonly lateAt: Instant | null;
  /** Every hand there was, the joint ones included, in order. */
  readonly hands: readonly Hand[];
  /** The number of the hand that holds it now. */
  readonly holderNo: number;
  /** The first receiver: leads from then on and passes it to nobody. Null until somebody has signed. */
  readonly leadNo: number | null;
  /** The number of the hand before the objection, and where it stood. */
  readonly objectedFrom: Status | null;
  readonly objectedBy: string | null;
  readonly contactedAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly answer: string | null;
  readonly repliedAt: Instant | null;
  readonly reply: string | null;
  readonly closedAt: Instant | null;
  readonly outcome: Outcome | null;
  readonly hangReason: string | null;
  readonly hangReviewAt: Instant | null;
  readonly hangReminded: boolean;
  readonly extensionCount: number;
  /** Somebody was called back in some round. */
  readonly callbackCount: number;
  readonly exclusion: 'none' | 'asked' | 'approved' | 'refused';
  readonly exclusionAskedBy: string | null;
  /** The case in which this caller's matter was first told. */
  readonly repeatOfId: string | null;
  /** The compound it is about; known from the beginning or from the hand that passes it there. */
  readonly compoundId: string | null;
}

/** What the work orders behind it say: read in the same transaction, under lock. */
export interface OrderFact {
  readonly number: string;
  readonly isOpen: boolean;
}

/** Weights: how the time that is left is shared among the hands still to come, the reply being the street's own. */
export type HandShares = Readonly<Record<Level | 'reply', number>>;

export interface HotlineSettings {
  readonly shares: HandShares;
  readonly objectionHours: number;
  readonly mostExtensions: number;
  readonly mostReviewDays: number;
  readonly exclusionGrounds: readonly string[];
}

export interface Context {
  readonly who: readonly Relation[];
  readonly now: Instant;
  readonly accountId: string | null;
  readonly settings: HotlineSettings;
  readonly orders: readonly OrderFact[];
}

export type Command =
  | { readonly action: 'pass'; readonly to: Unit; readonly compoundId: string | null; readonly note?: string }
  | { readonly action: 'sign' }
  | { readonly action: 'contact'; readonly how: 'phone' | 'visit' | 'message'; readonly note?: string }
  | { readonly action: 'open_order'; readonly orderId: string; readonly number: string }
  | { readonly action: 'call_in'; readonly kind: JointKind; readonly to: Unit; readonly ask: string }
  | { readonly action: 'joint_done'; readonly unitId: string; readonly text: string }
  | { readonly action: 'object'; readonly ground: ObjectionGround; readonly reason: string }
  | { readonly action: 'uphold'; readonly reason: string }
  | { readonly action: 'overrule'; readonly reason: string }
  | {
      readonly action: 'extend';
      readonly until: Instant;
      readonly reason: string;
      /** How the caller was told why; without it nothing is extended. */
      readonly toldCaller: string;
    }
  | { readonly action: 'hang'; readonly reason: string; readonly reviewAt: Instant }
  | { readonly action: 'review'; readonly note: string; readonly reviewAt: Instant }
  | { readonly action: 'resume'; readonly until: Instant }
  | { readonly action: 'answer'; readonly text: string }
  | { readonly action: 'send_back'; readonly reason: string }
  | { readonly action: 'reply'; readonly text: string }
  | ({ readonly action: 'record_callback' } & CallbackAnswer)
  | { readonly action: 'ask_exclusion'; readonly ground: string; readonly reason: string }
  | { readonly action: 'decide_exclusion'; readonly isApproved: boolean; readonly reason: string }
  | {
      readonly action: 'link_repeat';
      readonly firstId: string;
      readonly number: string;
      readonly isSelf: boolean;
    }
  | { readonly action: 'unlink_repeat'; readonly reason: string }
  | { readonly action: 'dismiss'; readonly ground: DismissalGround; readonly reason: string }
  | { readonly action: 'note'; readonly text: string };

/** What a caller said when called back; who was not reached has said nothing. */
export interface CallbackAnswer {
  readonly isValid: boolean;
  readonly invalidReason?: InvalidReason | null;
  readonly wasContacted?: boolean | null;
  readonly isSolved?: boolean | null;
  readonly satisfaction?: Satisfaction | null;
  readonly note?: string | null;
  /** Not solved: it is done again, until then. */
  readonly redoUntil?: Instant | null;
}

export interface CaseEvent {
  readonly kind: EventKind;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Decision {
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
}
