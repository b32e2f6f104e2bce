/** The hotline's own words; labels at i18n `hotline.*`. */

/** Whose hand: a case comes down this line and never climbs but by an objection that was upheld, or with its answer. */
export const LEVELS = ['city', 'district', 'street', 'community', 'company'] as const;
export type Level = (typeof LEVELS)[number];

export const STATUSES = [
  'received',
  'signed',
  'handling',
  'objected',
  'hanging',
  'answered',
  'replied',
  'closed',
] as const;
export type Status = (typeof STATUSES)[number];

/** Somebody works on it: signed for and not yet answered. */
export const AT_WORK = ['signed', 'handling'] as const satisfies readonly Status[];

export const OUTCOMES = ['called_back', 'not_dispatched'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const SOURCES = ['webhook', 'file', 'hand'] as const;
export type Source = (typeof SOURCES)[number];

/** What is asked for, and with it how long it may take where the hotline gave no deadline (setting hotline.deadline_hours). */
export const URGENCIES = ['danger', 'utility', 'ordinary', 'complex'] as const;
export type Urgency = (typeof URGENCIES)[number];

export const ACTIONS = [
  'pass',
  'sign',
  'contact',
  'open_order',
  'call_in',
  'joint_done',
  'object',
  'uphold',
  'overrule',
  'extend',
  'hang',
  'review',
  'resume',
  'answer',
  'send_back',
  'reply',
  'record_callback',
  'ask_exclusion',
  'decide_exclusion',
  'link_repeat',
  'unlink_repeat',
  'dismiss',
  'note',
] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * What somebody is to a case. `superior` reviews the objection; `street` and `city` are the case's own, whoever holds it;
 * `joint` was called in to help.
 */
export const RELATIONS = ['holder', 'superior', 'street', 'city', 'joint'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Helping along (xieban), or all departments whistled to the spot (chuishao). */
export const JOINT_KINDS = ['assist', 'whistle'] as const;
export type JointKind = (typeof JOINT_KINDS)[number];

/** Why a hand says that it isn't theirs. */
export const OBJECTION_GROUNDS = ['not_our_area', 'not_our_duty', 'wrong_facts', 'duplicate'] as const;
export type ObjectionGround = (typeof OBJECTION_GROUNDS)[number];

/** What the hotline does not dispatch (Beijing's regulation on handling complaints, 2021-09-24, article 11). */
export const DISMISSAL_GROUNDS = [
  'emergency_number',
  'other_procedure',
  'repeat_without_new_facts',
  'secret',
  'outside_duties',
  'illegal',
] as const;
export type DismissalGround = (typeof DISMISSAL_GROUNDS)[number];

export const SATISFACTIONS = ['satisfied', 'basically_satisfied', 'unsatisfied'] as const;
export type Satisfaction = (typeof SATISFACTIONS)[number];

export const INVALID_REASONS = ['unreachable', 'wrong_number', 'declined', 'not_the_caller'] as const;
export type InvalidReason = (typeof INVALID_REASONS)[number];

export const HAND_ENDS = [
  'passed',
  'objected',
  'answered',
  'sent_back',
  'replied',
  'done',
  'dismissed',
] as const;
export type HandEnd = (typeof HAND_ENDS)[number];

/** Past facts of a case: its timeline, and what the outbox says of it. */
export const EVENT_KINDS = [
  'hotline_case.received',
  'hotline_case.passed',
  'hotline_case.signed',
  'hotline_case.contacted',
  'hotline_case.order_opened',
  'hotline_case.order_moved',
  'hotline_case.called_in',
  'hotline_case.joint_done',
  'hotline_case.objected',
  'hotline_case.upheld',
  'hotline_case.overruled',
  'hotline_case.extended',
  'hotline_case.hung',
  'hotline_case.reviewed',
  'hotline_case.resumed',
  'hotline_case.answered',
  'hotline_case.sent_back',
  'hotline_case.replied',
  'hotline_case.called_back',
  'hotline_case.redone',
  'hotline_case.exclusion_asked',
  'hotline_case.exclusion_decided',
  'hotline_case.repeat_linked',
  'hotline_case.repeat_unlinked',
  'hotline_case.dismissed',
  'hotline_case.noted',
  'hotline_case.hand_late',
  'hotline_case.late',
  'hotline_case.review_due',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Which rule says no; a sentence at i18n `reasons.hotline.<reason>`. */
export const REASONS = {
  not_yours: 'state',
  wrong_status: 'state',
  case_ended: 'state',
  first_receiver: 'state',
  not_lower: 'input',
  no_company: 'input',
  unit_unknown: 'input',
  objection_window_over: 'state',
  nobody_above: 'state',
  second_person: 'state',
  caller_first: 'state',
  order_open: 'state',
  joint_open: 'state',
  joint_already: 'input',
  joint_many: 'input',
  own_unit: 'input',
  street_answers: 'state',
  until_not_later: 'input',
  caller_not_told: 'input',
  extensions_used: 'state',
  review_too_far: 'input',
  review_past: 'input',
  text_required: 'input',
  invalid_has_answers: 'input',
  valid_needs_answers: 'input',
  solved_no_redo: 'input',
  redo_needs_due: 'input',
  ground_unknown: 'input',
  no_callback: 'state',
  exclusion_pending: 'state',
  no_exclusion: 'state',
  already_excluded: 'state',
  repeat_self: 'input',
  repeat_unknown: 'input',
  not_linked: 'state',
  no_place: 'input',
  place_fixed: 'state',
} as const satisfies Record<string, 'state' | 'input'>;
export type ReasonCode = keyof typeof REASONS;

export interface Refusal {
  readonly code: 'hotline.not_allowed' | 'hotline.invalid';
  readonly reason: ReasonCode;
}

export function refusal(reason: ReasonCode): Refusal {
  return { code: REASONS[reason] === 'state' ? 'hotline.not_allowed' : 'hotline.invalid', reason };
}
