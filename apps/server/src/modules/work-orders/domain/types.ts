import type { CalendarName, Instant, WorkingCalendar } from '@gongzhi/kernel';

/** The words of an order's life. Each list is the closed set the database, the API and the labels use. */

export const KINDS = [
  'repair',
  'complaint',
  'consultation',
  'suggestion',
  'special_need',
  'found_by_staff',
] as const;
export type Kind = (typeof KINDS)[number];

export const STATUSES = [
  'submitted',
  'triaged',
  'assigned',
  'accepted',
  'departed',
  'arrived',
  'in_progress',
  'paused',
  'finished',
  'confirmed',
  'closed',
  'disputed',
  'cancelled',
] as const;
export type Status = (typeof STATUSES)[number];

export const ACTIONS = [
  'triage',
  'change_category',
  'assign',
  'accept',
  'refuse',
  'transfer',
  'depart',
  'arrive',
  'start',
  'pause',
  'resume',
  'finish',
  'confirm',
  'dispute',
  'rate',
  'record_callback',
  'close',
  'force_close',
  'cancel',
  'reopen',
  'refer',
  'urge',
  'comment',
] as const;
export type Action = (typeof ACTIONS)[number];

export const OUTCOMES = ['confirmed', 'unconfirmed', 'forced', 'referred', 'cancelled', 'imported'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const RATINGS = ['satisfied', 'basically_satisfied', 'unsatisfied'] as const;
export type Rating = (typeof RATINGS)[number];

export const PRIORITIES = ['normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const PAUSE_REASONS = [
  'waiting_parts',
  'waiting_resident',
  'waiting_third_party',
  'waiting_approval',
  'unsafe',
  'night_quiet',
  'weather',
] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

export const CALLBACK_RESULTS = ['satisfied_done', 'not_done', 'unreachable'] as const;
export type CallbackResult = (typeof CALLBACK_RESULTS)[number];

export const CLOCKS = ['respond', 'arrive', 'resolve'] as const;
export type Clock = (typeof CLOCKS)[number];

export const DUTIES = [
  'inside_home',
  'common_in_warranty',
  'common_out_of_warranty',
  'utility',
  'upstairs_neighbour',
  'property_service',
  'not_property',
] as const;
export type Duty = (typeof DUTIES)[number];

export const SKILLS = [
  'plumbing',
  'electrical',
  'carpentry',
  'lift',
  'heating',
  'gas',
  'fire',
  'security',
  'cleaning',
  'greening',
  'access_control',
  'delivery',
  'care',
  'office',
] as const;
export type Skill = (typeof SKILLS)[number];

export const GROUPS = [
  'water',
  'power',
  'lift',
  'heating_gas',
  'building',
  'fire_safety',
  'gate_security',
  'parking',
  'cleaning',
  'greening',
  'neighbours',
  'special',
  'service',
] as const;
export type Group = (typeof GROUPS)[number];

/**
 * What somebody is to an order; one account can be several at once (a manager is also 'desk').
 * reporter: who reported it or a member of the household it concerns · assignee: the worker now responsible ·
 * desk: desk, manager or steward of the scope · manager: its project manager · company: the company's headquarters ·
 * overseer: residents' committee, social worker, street, city · system: the product itself (dispatch, due claims).
 */
export const RELATIONS = [
  'reporter',
  'assignee',
  'desk',
  'manager',
  'company',
  'overseer',
  'system',
] as const;
export type Relation = (typeof RELATIONS)[number];

export type PlaceType = 'home' | 'public';

/** One stop of the resolve clock; `to` is null while it lasts. */
export interface Pause {
  readonly from: Instant;
  readonly to: Instant | null;
}

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

  readonly workDone: string | null;
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
  readonly referredTo: string | null;
  readonly referredReference: string | null;
  readonly urgeCount: number;
  readonly urgedAt: Instant | null;
  readonly reopenCount: number;
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
}

export const defaultSettings: WorkOrderSettings = {
  callbackAfterHours: 72,
  callbackRetryHours: 24,
  callbackAttempts: 3,
  autoCloseAfterHours: 7 * 24,
  reopenWithinDays: 15,
  rateWithinDays: 15,
  urgeEveryMinutes: 30,
};

export interface Context {
  readonly who: readonly Relation[];
  readonly now: Instant;
  /** Who acts; null for the system. */
  readonly accountId: string | null;
  /** The order's present category. */
  readonly category: CategoryFacts;
  readonly settings: WorkOrderSettings;
  /** The scope's working hours; the Chinese default when absent. */
  readonly working?: WorkingCalendar;
}

export type Command =
  | { readonly action: 'triage'; readonly category?: CategoryFacts; readonly priority?: Priority }
  | { readonly action: 'change_category'; readonly category: CategoryFacts }
  | { readonly action: 'assign'; readonly assignee: AssigneeFacts }
  | { readonly action: 'accept' }
  | { readonly action: 'refuse'; readonly reason: string }
  | { readonly action: 'transfer'; readonly assignee: AssigneeFacts; readonly reason: string }
  | { readonly action: 'depart' }
  | { readonly action: 'arrive' }
  | { readonly action: 'start' }
  | {
      readonly action: 'pause';
      readonly reason: PauseReason;
      readonly note?: string | null;
      readonly until?: Instant | null;
    }
  | { readonly action: 'resume' }
  | { readonly action: 'finish'; readonly workDone: string; readonly photoIds?: readonly string[] }
  | { readonly action: 'confirm' }
  | { readonly action: 'dispute'; readonly reason: string; readonly photoIds?: readonly string[] }
  | { readonly action: 'rate'; readonly score: Rating; readonly words?: string | null }
  | {
      readonly action: 'record_callback';
      readonly result: CallbackResult;
      readonly note?: string | null;
      readonly score?: Rating | null;
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
  | { readonly action: 'urge' }
  | {
      readonly action: 'comment';
      readonly text: string;
      readonly isInternal?: boolean;
      readonly photoIds?: readonly string[];
    };

export const EVENT_KINDS = [
  'work_order.submitted',
  'work_order.triaged',
  'work_order.category_changed',
  'work_order.assigned',
  'work_order.accepted',
  'work_order.refused',
  'work_order.transferred',
  'work_order.departed',
  'work_order.arrived',
  'work_order.started',
  'work_order.paused',
  'work_order.pause_ended',
  'work_order.resumed',
  'work_order.finished',
  'work_order.confirmed',
  'work_order.disputed',
  'work_order.rated',
  'work_order.callback_wanted',
  'work_order.callback_recorded',
  'work_order.closed',
  'work_order.force_closed',
  'work_order.cancelled',
  'work_order.reopened',
  'work_order.referred',
  'work_order.urged',
  'work_order.commented',
  'work_order.respond_overdue',
  'work_order.arrive_overdue',
  'work_order.resolve_overdue',
  'work_order.imported',
  'work_order.linked',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export type Params = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** One line of the timeline and one message to other rooms. Accounts appear as ids; readers add names. */
export interface OrderEvent {
  readonly kind: EventKind;
  /** Staff only: no resident sees it. */
  readonly isInternal: boolean;
  readonly params: Params;
  readonly photoIds: readonly string[];
}

export const STEP_RESULTS = [
  'assigned',
  'refused',
  'transferred',
  'finished',
  'cancelled',
  'referred',
  'forced',
] as const;
export type StepResult = (typeof STEP_RESULTS)[number];

/**
 * Changes to the step rows: each handler's part of an order is its own row. A 'desk' step is the desk's turn
 * (accountId null until it ends), a 'worker' step is one assignment. All but 'open' concern the one open step.
 */
export type StepChange =
  | {
      readonly type: 'open';
      readonly role: 'desk' | 'worker';
      readonly accountId: string | null;
      readonly at: Instant;
    }
  | { readonly type: 'accept' | 'depart' | 'arrive' | 'start' | 'pause' | 'resume'; readonly at: Instant }
  | {
      readonly type: 'close';
      readonly result: StepResult;
      readonly reason: string | null;
      /** Who ended it; null for the system. */
      readonly accountId: string | null;
      readonly at: Instant;
    };

export interface Notification {
  /** Also the key of its sentence: i18n `inbox.<template>`. */
  readonly template: EventKind;
  readonly to: 'reporter' | 'assignee' | 'desk';
  /** Whom, when `to` is 'assignee': the worker before or after the change. */
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
}

/**
 * Why not. 'state': the order or the actor does not allow the action at all (409); allowedActions lists these.
 * 'input': the action is allowed and what came with it is not (422).
 */
export const REASONS = {
  not_yours: 'state',
  wrong_status: 'state',
  order_ended: 'state',
  no_visit_needed: 'state',
  callbacks_first: 'state',
  already_rated: 'state',
  not_confirmed: 'state',
  staff_report: 'state',
  rate_window_over: 'state',
  reopen_window_over: 'state',
  outcome_final: 'state',
  urged_recently: 'state',
  assignee_not_here: 'input',
  assignee_lacks_skill: 'input',
  same_assignee: 'input',
  reason_required: 'input',
  until_in_past: 'input',
  work_done_required: 'input',
  photos_required: 'input',
  score_not_used: 'input',
  receiver_required: 'input',
  text_required: 'input',
  internal_not_yours: 'input',
  same_category: 'input',
  wrong_place: 'input',
  needed_by_required: 'input',
  needed_by_past: 'input',
  needed_by_not_used: 'input',
  home_not_public: 'input',
  confidential_not_public: 'input',
} as const satisfies Record<string, 'state' | 'input'>;
export type ReasonCode = keyof typeof REASONS;

/** `code` is the registry's error code; `reason` says which rule, and has a sentence at i18n `reasons.<reason>`. */
export interface Refusal {
  readonly code: 'work_order.not_allowed' | 'work_order.invalid';
  readonly reason: ReasonCode;
}

export function refusal(reason: ReasonCode): Refusal {
  return { code: REASONS[reason] === 'state' ? 'work_order.not_allowed' : 'work_order.invalid', reason };
}
