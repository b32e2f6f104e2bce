export { type Skill, SKILLS } from '@gongzhi/kernel';
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
  'split',
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
  'reply_rating',
  'confirm_for',
  'record_callback',
  'close',
  'force_close',
  'cancel',
  'reopen',
  'refer',
  'merge',
  'unmerge',
  'split',
  'close_parts',
  'reopen_parts',
  'link',
  'unlink',
  'move',
  'urge',
  'comment',
  'offer_windows',
  'make_appointment',
  'agree_appointment',
  'nobody_home',
] as const;
export type Action = (typeof ACTIONS)[number];
/** What only the product itself does; nobody sends it as a command. */
export const SYSTEM_ACTIONS = ['close_parts', 'reopen_parts'] as const satisfies readonly Action[];

/** 'duplicate': it is told and done in another order. 'split': all its parts have ended. Neither counts as done. */
export const OUTCOMES = [
  'confirmed',
  'unconfirmed',
  'forced',
  'referred',
  'cancelled',
  'duplicate',
  'split',
  'imported',
  'moved',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const RATINGS = ['satisfied', 'basically_satisfied', 'unsatisfied'] as const;
export type Rating = (typeof RATINGS)[number];

/** What a rating may say beside the one word of the law, each in the same three words and each if one likes. */
export const ASPECTS = ['speed', 'manner', 'quality'] as const;
export type Aspect = (typeof ASPECTS)[number];
export type AspectScores = Readonly<Partial<Record<Aspect, Rating>>>;

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
  'emergency_elsewhere',
] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

export const CALLBACK_RESULTS = ['satisfied_done', 'not_done', 'unreachable'] as const;
export type CallbackResult = (typeof CALLBACK_RESULTS)[number];

/** Why somebody is called; the first that holds, in the order of urgency. */
export const CALLBACK_REASONS = ['unsatisfied', 'emergency', 'all', 'sample', 'unanswered'] as const;
export type CallbackReason = (typeof CALLBACK_REASONS)[number];

/** Two matters that belong together, as either page says it. */
export const LINK_KINDS = [
  'duplicate_of',
  'duplicated_by',
  'part_of',
  'has_part',
  'relates_to',
  'follows',
  'followed_by',
  'moved_to',
  'moved_from',
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** How somebody without an account said that it is done. */
export const CONFIRMED_HOW = ['signature', 'in_person', 'call'] as const;
export type ConfirmedHow = (typeof CONFIRMED_HOW)[number];

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
 * follower: a neighbour who waits for the same thing, told what parties are told · helper: works beside the assignee ·
 * desk: desk, manager or steward of the scope · manager: its project manager · company: the company's headquarters ·
 * overseer: residents' committee, social worker, street, city · system: the product itself (dispatch, due claims) ·
 * former: a worker who had it before, and reads how it went on ·
 * predecessor: whoever worked for a company that serves the place no more reads its own history, and does nothing there.
 */
export const RELATIONS = [
  'reporter',
  'follower',
  'assignee',
  'helper',
  'desk',
  'manager',
  'company',
  'overseer',
  'system',
  'former',
  'predecessor',
] as const;
export type Relation = (typeof RELATIONS)[number];

export type PlaceType = 'home' | 'public';

/** What a comparison counts, and a list is narrowed by; queries-figures.ts says of which orders each is true. */
export const FIGURES = [
  'all',
  'done',
  'on_time',
  'late',
  'first_time',
  'reopened',
  'second_visit',
  'rated',
  'satisfied',
  'basically_satisfied',
  'unsatisfied',
] as const;
export type Figure = (typeof FIGURES)[number];

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
  'work_order.rating_replied',
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
  'work_order.dues_moved',
  'work_order.charge_changed',
  'work_order.payer_set',
  'work_order.quote_sent',
  'work_order.quote_withdrawn',
  'work_order.charge_asked',
  'work_order.charge_agreed',
  'work_order.charge_declined',
  'work_order.charge_due',
  'work_order.helper_added',
  'work_order.helper_removed',
  'work_order.helper_arrived',
  'work_order.helper_left',
  'work_order.part_ordered',
  'work_order.part_arrived',
  'work_order.visit_planned',
  'work_order.visit_done',
  'work_order.visit_cancelled',
  'work_order.safety_passed',
  'work_order.safety_stopped',
  'work_order.safety_reset',
  'work_order.handed_back',
  'work_order.contractor_invited',
  'work_order.contractor_revoked',
  'work_order.contractor_accepted',
  'work_order.contractor_declined',
  'work_order.contractor_arrived',
  'work_order.contractor_said',
  'work_order.contractor_done',
  'work_order.imported',
  'work_order.linked',
  'work_order.windows_offered',
  'work_order.appointment_made',
  'work_order.appointment_agreed',
  'work_order.nobody_home',
  'work_order.unlinked',
  'work_order.merged',
  'work_order.unmerged',
  'work_order.split',
  'work_order.parts_closed',
  'work_order.parts_reopened',
  'work_order.manager_wanted',
  'work_order.passed_over',
  'work_order.moved',
  'work_order.moved_in',
  'work_order.moved_progress',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const STEP_RESULTS = [
  'assigned',
  'refused',
  'transferred',
  'finished',
  'cancelled',
  'referred',
  'forced',
  'merged',
  'split',
  'passed_over',
  'moved',
] as const;
export type StepResult = (typeof STEP_RESULTS)[number];

/**
 * Why not. 'state': the order or the actor does not allow the action at all (409); allowedActions lists these.
 * 'input': the action is allowed and what came with it is not (422).
 */
export const REASONS = {
  /** A case of the hotline waits for its work. */
  held: 'state',
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
  manager_decides: 'state',
  no_callback_due: 'state',
  not_rated: 'state',
  reply_window_over: 'state',
  is_part: 'state',
  not_duplicate: 'state',
  not_split: 'state',
  parts_open: 'state',
  urged_recently: 'state',
  not_at_home: 'state',
  emergency_no_appointment: 'state',
  nothing_to_agree: 'state',
  accused_not_moved: 'state',
  has_account: 'state',
  own_work: 'state',
  not_in_consent: 'state',
  charge_not_agreed: 'state',
  nothing_to_quote: 'state',
  quote_open: 'state',
  no_quote_open: 'state',
  quote_changed: 'state',
  safety_first: 'state',
  safety_stopped: 'state',
  safety_not_needed: 'state',
  no_helper: 'state',
  already_marked: 'state',
  before_photos_required: 'input',
  signer_required: 'input',
  too_many_lines: 'input',
  line_unknown: 'input',
  discount_too_large: 'input',
  same_payer: 'input',
  helper_already: 'input',
  span_wrong: 'input',
  safety_incomplete: 'input',
  safety_photo_missing: 'input',
  assignee_not_here: 'input',
  assignee_lacks_skill: 'input',
  same_assignee: 'input',
  reason_required: 'input',
  until_in_past: 'input',
  work_done_required: 'input',
  photos_required: 'input',
  score_not_used: 'input',
  signature_required: 'input',
  signature_not_used: 'input',
  name_required: 'input',
  call_by_desk: 'input',
  receiver_required: 'input',
  document_required: 'input',
  text_required: 'input',
  internal_not_yours: 'input',
  same_category: 'input',
  wrong_place: 'input',
  needed_by_required: 'input',
  needed_by_past: 'input',
  needed_by_not_used: 'input',
  home_not_public: 'input',
  confidential_not_public: 'input',
  windows_required: 'input',
  window_length: 'input',
  window_past: 'input',
  window_too_far: 'input',
  window_hours: 'input',
  accused_not_used: 'input',
  assignee_is_accused: 'input',
  accused_needs_manager: 'input',
  accused_stays_confidential: 'input',
  target_same: 'input',
  target_ended: 'input',
  target_elsewhere: 'input',
  parts_too_few: 'input',
  photos_shared: 'input',
  aspects_not_used: 'input',
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
