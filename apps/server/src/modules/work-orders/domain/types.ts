import type { CalendarName, ConsentPurpose, Instant, WorkingCalendar } from '@gongzhi/kernel';
import type { ChargeState } from './charges.ts';
import type { SafetyState } from './safety.ts';
import type {
  AspectScores,
  CallbackReason,
  CallbackResult,
  ConfirmedHow,
  EventKind,
  Kind,
  Outcome,
  PauseReason,
  PlaceType,
  Priority,
  Rating,
  Relation,
  Skill,
  Status,
  StepResult,
} from './words.ts';

export * from './words.ts';

/** One stop of the resolve clock; `to` is null while it lasts. */
export interface Pause {
  readonly from: Instant;
  readonly to: Instant | null;
}

/** From when until when somebody can be at home. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** What was offered and agreed about coming (visits.ts). */
export interface Visit {
  readonly windows: readonly Window[];
  readonly appointment: (Window & { readonly isAgreed: boolean }) | null;
  readonly rescheduleCount: number;
  /** How often nobody was at home. */
  readonly missedCount: number;
}

export const noVisit: Visit = { windows: [], appointment: null, rescheduleCount: 0, missedCount: 0 };

/**
 * All that decide() needs to know of an order, and all that it changes. Instants are epoch milliseconds.
 * The row holds more (texts, address, number, version); the service keeps those.
 */
export interface OrderState {
  readonly status: Status;
  readonly kind: Kind;
  readonly categoryCode: string;
  readonly isEmergency: boolean;
  readonly isConfidential: boolean;
  readonly priority: Priority;
  readonly place: PlaceType;
  readonly isPublic: boolean;
  readonly assigneeAccountId: string | null;
  /** The member of staff whom a confidential complaint is about. */
  readonly accusedAccountId: string | null;
  readonly visit: Visit;
  readonly createdAt: Instant;
  /** Where the three clocks started: createdAt, or the last reopening. */
  readonly clockStartAt: Instant;
  /** The hard deadline of a special need. */
  readonly neededBy: Instant | null;

  readonly respondDueAt: Instant | null;
  /** Null when nobody has to go there (a consultation). */
  readonly arriveDueAt: Instant | null;
  /** Null while the clock is stopped. */
  readonly resolveDueAt: Instant | null;
  /** When each clock was met in this round (respond by accepting); a reopening clears all three, a dispute the last. */
  readonly acceptedAt: Instant | null;
  readonly arrivedAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** The due time that was missed, marked once; it outlives a reopening. Null: never late. */
  readonly respondLateAt: Instant | null;
  readonly arriveLateAt: Instant | null;
  readonly resolveLateAt: Instant | null;
  /** The stops of the resolve clock in this round (pauses, and the time between finishing and a dispute). */
  readonly pauses: readonly Pause[];
  /** Working (or plain) ms left on the stopped clock; null while it runs. */
  readonly resolveRemainingMs: number | null;

  /** Of the worker who has it now. */
  readonly departedAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly pausedFrom: Status | null;
  readonly pausedReason: PauseReason | null;
  readonly pausedNote: string | null;
  /** When the worker means to go on; a reminder is due then. */
  readonly pausedUntil: Instant | null;

  /** What it costs and who agreed (charges.ts); the lines lie beside the order. */
  readonly chargeState: ChargeState;
  /** What the household agreed to pay, in fen as text; null: nothing is agreed. */
  readonly chargeFen: string | null;
  /** The number of the quotation they agreed to, and of the last one that fell due: nothing falls due twice. */
  readonly chargeNo: number | null;
  readonly chargeDueNo: number | null;
  /** What must be checked before the work begins (safety.ts); asked again of every new pair of hands. */
  readonly safety: SafetyState;
  /** Who works beside the assignee. */
  readonly crewAccountIds: readonly string[];
  readonly workDone: string | null;
  /** Why a call is planned or wanted; null when none is. */
  readonly callbackReason: CallbackReason | null;
  readonly callbackDueAt: Instant | null;
  /** Since when the desk ought to call; null when it need not (yet). */
  readonly callbackWantedAt: Instant | null;
  readonly callbackAttempts: number;
  readonly confirmedAt: Instant | null;
  readonly autoCloseAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly outcome: Outcome | null;
  readonly rating: Rating | null;
  readonly ratingWords: string | null;
  readonly ratedAt: Instant | null;
  readonly ratingAspects: AspectScores;
  /** What the desk answered to the rating, for the parties to read; changed for a while, each wording in the timeline. */
  readonly ratingReply: string | null;
  readonly ratingReplyAt: Instant | null;
  readonly referredTo: string | null;
  readonly referredReference: string | null;
  readonly urgeCount: number;
  readonly urgedAt: Instant | null;
  readonly reopenCount: number;
  /** How often the resident said that it is not done; and with what words last. */
  readonly disputeCount: number;
  readonly disputeReason: string | null;
  /** A case of the hotline stands before it: until that is answered, only its work ends it. Not held when absent. */
  readonly isHeld?: boolean;
  /** The order of the same scope that this one is told in; set while the outcome is 'duplicate'. */
  readonly duplicateOfId: string | null;
  /** The report that this one was split from. */
  readonly parentId: string | null;
  /** Into how many it was split; 0: it is an order of its own. */
  readonly partCount: number;
  /**
   * The earliest due that is neither met nor marked. A claim takes rows whose next_due_at is strictly before now:
   * exactly at its due instant an act is still on time.
   */
  readonly nextDueAt: Instant | null;
}

/** What decide() needs of a category; the catalogue's entries satisfy it. */
export interface CategoryFacts {
  readonly code: string;
  readonly kind: Kind;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly skill: Skill;
  readonly place: PlaceType | 'both';
  readonly isEmergency: boolean;
  readonly isConfidential: boolean;
  readonly photosRequired: boolean;
  readonly respondMinutes: number;
  /** Null when nobody has to go there. */
  readonly arriveMinutes: number | null;
  readonly resolveMinutes: number;
  readonly calendar: CalendarName;
}

/** What the caller found out about the person named in assign and transfer. */
export interface AssigneeFacts {
  readonly accountId: string;
  /** Works in this scope today. */
  readonly isStaffHere: boolean;
  readonly skills: readonly string[];
  /** May handle a complaint about a colleague. */
  readonly isManager?: boolean;
}

/** Dated settings (architecture.md, rule 11), read by the caller for the order's scope. */
export interface WorkOrderSettings {
  /** Hours after finishing without an answer until the desk calls. */
  readonly callbackAfterHours: number;
  readonly callbackRetryHours: number;
  /** Calls that reached nobody before the desk may close an order unconfirmed. */
  readonly callbackAttempts: number;
  /** Hours from confirmation until an unrated order closes by itself. */
  readonly autoCloseAfterHours: number;
  readonly reopenWithinDays: number;
  readonly rateWithinDays: number;
  readonly urgeEveryMinutes: number;
  /** Hours of the local day between which homes are visited. */
  readonly visitFromHour: number;
  readonly visitToHour: number;
  /** Who is called beside those who never answered; see callbacks.ts. */
  readonly callbackRules: CallbackRules;
  /** From this dispute on the manager decides who goes. */
  readonly disputesToManager: number;
  /** How long the answer to a rating may still be reworded. */
  readonly replyEditHours: number;
}

/** A rule by which somebody is called: how long after the fact, how often, and how long between two calls. */
export interface CallbackRule {
  readonly delayHours: number;
  readonly attempts: number;
  readonly retryHours: number;
}

/** What is left out is not called about. Silence (the three figures above) always has its rule: every order needs an end. */
export interface CallbackRules {
  readonly unsatisfied?: CallbackRule;
  readonly emergency?: CallbackRule;
  readonly all?: CallbackRule;
  /** `percent` of the orders, drawn by their ids: whoever recomputes it draws the same. */
  readonly sample?: CallbackRule & { readonly percent: number };
}

export const defaultSettings: WorkOrderSettings = {
  callbackAfterHours: 72,
  callbackRetryHours: 24,
  callbackAttempts: 3,
  autoCloseAfterHours: 7 * 24,
  reopenWithinDays: 15,
  rateWithinDays: 15,
  urgeEveryMinutes: 30,
  visitFromHour: 8,
  visitToHour: 21,
  callbackRules: { unsatisfied: { delayHours: 0, attempts: 3, retryHours: 24 } },
  disputesToManager: 3,
  replyEditHours: 48,
};

/** What the table asks of whom it is about, beyond the order itself. */
export interface Standing {
  /** What somebody who acts for the reporter may do in their name; null for who acts in their own. */
  readonly mandate: readonly ConsentPurpose[] | null;
  /** Who reported it answers by themselves: nobody else may say for them that it is done. */
  readonly reporterHasAccount: boolean;
}

export const ownStanding: Standing = { mandate: null, reporterHasAccount: true };

export interface Context {
  readonly who: readonly Relation[];
  readonly now: Instant;
  /** Who acts; null for the system. */
  readonly accountId: string | null;
  /** The order's present category. */
  readonly category: CategoryFacts;
  readonly settings: WorkOrderSettings;
  /** `ownStanding` when absent. */
  readonly standing?: Standing;
  /** The scope's working hours; the Chinese default when absent. */
  readonly working?: WorkingCalendar;
  /** Where the order's people live; China when absent. */
  readonly timeZone?: string;
  /** The order's lot in the sample, 0 to 100, drawn from its id (callbacks.ts: lotOf); never drawn when absent. */
  readonly lot?: number;
}

/** What merging must know of the other order. */
export interface MergeTarget {
  /** It is this order itself. */
  readonly isSame: boolean;
  readonly id: string;
  readonly number: string;
  readonly isSameScope: boolean;
  readonly isEnded: boolean;
}

/** One part of a report that was several things. */
export interface SplitPart {
  readonly category: CategoryFacts;
  readonly photoIds: readonly string[];
}

/** Whose decision moves a matter to another company. */
export const MOVE_DECIDERS = ['property_right_unit', 'street'] as const;
export type MoveDecider = (typeof MOVE_DECIDERS)[number];

export type Command =
  | { readonly action: 'triage'; readonly category?: CategoryFacts; readonly priority?: Priority }
  | { readonly action: 'change_category'; readonly category: CategoryFacts }
  | { readonly action: 'assign'; readonly assignee: AssigneeFacts }
  | { readonly action: 'accept' }
  | { readonly action: 'refuse'; readonly reason: string }
  | { readonly action: 'transfer'; readonly assignee: AssigneeFacts; readonly reason: string }
  | { readonly action: 'depart' }
  | { readonly action: 'arrive' }
  | { readonly action: 'start'; readonly photoIds?: readonly string[] }
  | {
      readonly action: 'pause';
      readonly reason: PauseReason;
      readonly note?: string | null;
      readonly until?: Instant | null;
    }
  | { readonly action: 'resume' }
  | {
      readonly action: 'finish';
      readonly workDone: string;
      readonly photoIds?: readonly string[];
      /** How it looked before, from who finishes without having said that they began. */
      readonly beforePhotoIds?: readonly string[];
    }
  | { readonly action: 'confirm' }
  | { readonly action: 'dispute'; readonly reason: string; readonly photoIds?: readonly string[] }
  | {
      readonly action: 'rate';
      readonly score: Rating;
      readonly words?: string | null;
      readonly aspects?: AspectScores;
      readonly photoIds?: readonly string[];
    }
  | { readonly action: 'reply_rating'; readonly text: string }
  | {
      readonly action: 'confirm_for';
      readonly how: ConfirmedHow;
      /** Who said so; kept masked. Not asked for beside a signature. */
      readonly name?: string | null;
      /** The signature's picture. */
      readonly photoIds?: readonly string[];
      /** Only when it was said: a signature alone is no satisfaction. */
      readonly score?: Rating | null;
      readonly note?: string | null;
    }
  | {
      readonly action: 'record_callback';
      readonly result: CallbackResult;
      readonly note?: string | null;
      readonly score?: Rating | null;
      readonly aspects?: AspectScores;
      /** Whether somebody had been in touch with them about it: the first of the three rates. */
      readonly wasContacted?: boolean | null;
    }
  | { readonly action: 'close'; readonly note?: string | null }
  | { readonly action: 'force_close'; readonly reason: string }
  | { readonly action: 'cancel'; readonly reason?: string | null }
  | { readonly action: 'reopen'; readonly reason: string }
  | {
      readonly action: 'refer';
      readonly receiver: string;
      readonly reference?: string | null;
      readonly note?: string | null;
    }
  | { readonly action: 'merge'; readonly target: MergeTarget }
  | { readonly action: 'unmerge'; readonly reason: string }
  | { readonly action: 'split'; readonly parts: readonly SplitPart[] }
  | { readonly action: 'close_parts'; readonly openParts: number }
  | { readonly action: 'reopen_parts' }
  | { readonly action: 'link'; readonly target: MergeTarget }
  | { readonly action: 'unlink'; readonly target: MergeTarget }
  | {
      readonly action: 'move';
      readonly toScopeId: string;
      readonly toOrderId: string;
      readonly toScopeName: string;
      /** The other company and its compound, by name. */
      readonly receiver: string;
      readonly decidedBy: MoveDecider;
      readonly decider: string;
      readonly reference: string;
      readonly reason: string;
    }
  | { readonly action: 'urge' }
  | {
      readonly action: 'comment';
      readonly text: string;
      readonly isInternal?: boolean;
      readonly photoIds?: readonly string[];
      readonly voiceId?: string | null;
    }
  | { readonly action: 'offer_windows'; readonly windows: readonly Window[]; readonly reason?: string | null }
  | {
      readonly action: 'make_appointment';
      readonly from: Instant;
      readonly to: Instant;
      readonly reason?: string | null;
      /** Agreed with the resident on the phone. */
      readonly isByPhone?: boolean;
    }
  | { readonly action: 'agree_appointment' }
  | { readonly action: 'nobody_home'; readonly photoIds?: readonly string[] };

export type Params = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** One line of the timeline and one message to other rooms. Accounts appear as ids; readers add names. */
export interface OrderEvent {
  readonly kind: EventKind;
  /** Staff only: no resident sees it. */
  readonly isInternal: boolean;
  readonly params: Params;
  readonly photoIds: readonly string[];
  /** What other rooms need of it beside the ids: the sum a bill is to be made of. */
  readonly facts?: Params;
}

/**
 * Changes to the step rows: each handler's part of an order is its own row. A 'desk' step is the desk's turn
 * (accountId null until it ends), a 'worker' step is one assignment. All but 'open' concern the one open step.
 */
export type StepChange =
  | {
      readonly type: 'open';
      readonly role: 'desk' | 'worker';
      readonly accountId: string | null;
      /** The first visit is 1; after a dispute or a reopening somebody goes again. */
      readonly visit: number;
      readonly at: Instant;
    }
  | { readonly type: 'accept' | 'depart' | 'arrive' | 'start' | 'pause' | 'resume'; readonly at: Instant }
  | {
      readonly type: 'close';
      readonly result: StepResult;
      readonly reason: string | null;
      /** What was done, when it was finished: the next visit begins with knowing it. */
      readonly workDone: string | null;
      /** Who ended it; null for the system. */
      readonly accountId: string | null;
      readonly at: Instant;
    };

export interface Notification {
  /** Also the key of its sentence: i18n `inbox.<template>`. */
  readonly template: EventKind;
  readonly to: 'reporter' | 'assignee' | 'desk' | 'follower' | 'manager';
  /** Whom, when `to` is 'assignee': the worker before or after the change. Whom not, when it is 'manager'. */
  readonly accountId: string | null;
  /** titleZh and titleEn (the category) and what the sentence needs. */
  readonly params: Params;
}

export interface Decision {
  /** The next state. */
  readonly order: OrderState;
  readonly events: readonly OrderEvent[];
  readonly stepChanges: readonly StepChange[];
  readonly notifications: readonly Notification[];
  /** A call that was made just now, for its own row. */
  readonly call: CallRecord | null;
}

export interface CallRecord {
  readonly result: CallbackResult;
  readonly reason: CallbackReason;
  readonly attempts: number;
  /** Nobody calls again about this. */
  readonly isOver: boolean;
  readonly wasContacted: boolean | null;
  readonly score: Rating | null;
  readonly aspects: AspectScores;
  readonly note: string | null;
}
