import type { Instant } from '@gongzhi/kernel';
import { type ConsentPurpose, DAY, HOUR, MINUTE } from '@gongzhi/kernel';
import { attemptsOf } from './callbacks.ts';
import { isSettled } from './charges.ts';
import {
  type Action,
  type EventKind,
  type OrderState,
  type Outcome,
  ownStanding,
  type ReasonCode,
  type Relation,
  type Standing,
  type Status,
  type WorkOrderSettings,
} from './types.ts';

/** Sets of statuses that queues, clocks and pages speak of. */
export const ENDED: readonly Status[] = ['closed', 'cancelled'];
/** Work is still to be done: the clocks run or stand, the worker and the desk are asked for something. */
export const UNFINISHED: readonly Status[] = [
  'submitted',
  'triaged',
  'assigned',
  'accepted',
  'departed',
  'arrived',
  'in_progress',
  'paused',
  'disputed',
];
/** Nobody has been given it: the desk's turn. */
export const UNHELD: readonly Status[] = ['submitted', 'triaged', 'disputed'];
/** A worker holds it. */
export const WITH_WORKER: readonly Status[] = [
  'assigned',
  'accepted',
  'departed',
  'arrived',
  'in_progress',
  'paused',
];
export const BEFORE_WORK: readonly Status[] = [
  'submitted',
  'triaged',
  'assigned',
  'accepted',
  'departed',
  'arrived',
];
/** Nobody is on the way yet. */
const BEFORE_DEPARTURE: readonly Status[] = ['submitted', 'triaged', 'assigned', 'accepted'];
/** Somebody is still to come, or to come again. */
const BEFORE_VISIT: readonly Status[] = [
  'submitted',
  'triaged',
  'assigned',
  'accepted',
  'departed',
  'paused',
  'disputed',
];
const EVERY: readonly Status[] = [...UNFINISHED, 'finished', 'confirmed', 'split', 'closed', 'cancelled'];

const REOPENABLE: readonly (Outcome | null)[] = ['confirmed', 'unconfirmed', 'forced'];

/** A condition beyond status and relation. Answers the reason why not, or null. Reads the clock that is passed in. */
export type Guard = (
  order: OrderState,
  now: Instant,
  settings: WorkOrderSettings,
  standing: Standing,
) => ReasonCode | null;

const checkedSafe: Guard = (order) =>
  order.safety === 'needed' ? 'safety_first' : order.safety === 'stopped' ? 'safety_stopped' : null;
const priceAgreed: Guard = (order) => (isSettled(order.chargeState) ? null : 'charge_not_agreed');
/** Finished by who never said that they began: what beginning asks is asked now. */
const mayEndUnbegun: Guard = (...asked) => checkedSafe(...asked) ?? priceAgreed(...asked);

export const guards = {
  /** There is somewhere to go: a consultation has no arrival. */
  needsVisit: (order) => (order.arriveDueAt === null ? 'no_visit_needed' : null),
  /** Without a visit the work may be finished as soon as it is accepted. */
  needsNoVisit: (order, ...rest) =>
    order.arriveDueAt === null ? mayEndUnbegun(order, ...rest) : 'wrong_status',
  /** A dangerous job begins when its check-list is answered, and not while a no stands. */
  checkedSafe,
  /** Nothing is finished over a price nobody agreed to. */
  priceAgreed,
  mayEndUnbegun,
  /** An unanswered order is closed only after the calls the settings ask for. What staff found has nobody to call. */
  callbacksMade: (order, _now, settings) =>
    order.kind === 'found_by_staff' || order.callbackAttempts >= attemptsOf(order, settings)
      ? null
      : 'callbacks_first',
  /** There is a resident to call. */
  callable: (order) => (order.kind === 'found_by_staff' ? 'staff_report' : null),
  /** A rule wants them called though they have answered on the page. */
  callWanted: (order) => (order.callbackReason === null ? 'no_callback_due' : null),
  /** A matter that is disputed again and again is the manager's. */
  firstDisputes: (order, _now, settings) =>
    order.disputeCount >= settings.disputesToManager ? 'manager_decides' : null,
  rated: (order, now, settings) => {
    if (order.rating === null) return 'not_rated';
    return order.ratingReplyAt !== null && now > order.ratingReplyAt + settings.replyEditHours * HOUR
      ? 'reply_window_over'
      : null;
  },
  notPart: (order) => (order.parentId === null ? null : 'is_part'),
  duplicate: (order) => (order.outcome === 'duplicate' ? null : 'not_duplicate'),
  wasSplit: (order) => (order.outcome === 'split' ? null : 'not_split'),
  /** Somebody reported it who can't answer on a page of their own. */
  withoutAccount: (order, _now, _settings, { reporterHasAccount }) => {
    if (order.kind === 'found_by_staff') return 'staff_report';
    return reporterHasAccount ? 'has_account' : null;
  },
  rateable: (order, now, settings) => {
    if (order.rating !== null) return 'already_rated';
    if (order.kind === 'found_by_staff') return 'staff_report';
    if (order.status === 'closed' && order.outcome !== 'confirmed') return 'not_confirmed';
    if (order.confirmedAt === null) return 'not_confirmed';
    return now > order.confirmedAt + settings.rateWithinDays * DAY ? 'rate_window_over' : null;
  },
  reopenable: (order, now, settings) =>
    REOPENABLE.includes(order.outcome) ? withinReopening(order, now, settings) : 'outcome_final',
  /** The desk may also take back what it had passed on, when the receiver returns it. */
  reopenableByDesk: (order, now, settings) =>
    order.outcome === 'referred' || REOPENABLE.includes(order.outcome)
      ? withinReopening(order, now, settings)
      : 'outcome_final',
  /** Somebody has to go to somebody's home, and it can wait for an hour that suits. */
  appointable: (order) => {
    if (order.place !== 'home') return 'not_at_home';
    if (order.isEmergency || order.kind === 'special_need') return 'emergency_no_appointment';
    return order.arriveDueAt === null ? 'no_visit_needed' : null;
  },
  /** A complaint about a member of staff stays with those who may handle it. */
  notAccusing: (order) => (order.accusedAccountId === null ? null : 'accused_not_moved'),
  proposed: (order) =>
    order.visit.appointment === null || order.visit.appointment.isAgreed ? 'nothing_to_agree' : null,
  atHome: (order) =>
    order.place !== 'home' ? 'not_at_home' : order.arriveDueAt === null ? 'no_visit_needed' : null,
  notUrgedJustNow: (order, now, settings) =>
    order.urgedAt !== null && now < order.urgedAt + settings.urgeEveryMinutes * MINUTE
      ? 'urged_recently'
      : null,
} as const satisfies Record<string, Guard>;

function withinReopening(order: OrderState, now: Instant, settings: WorkOrderSettings): ReasonCode | null {
  return order.closedAt !== null && now <= order.closedAt + settings.reopenWithinDays * DAY
    ? null
    : 'reopen_window_over';
}

/**
 * 'same' keeps the status; 'before_pause' returns to the one the pause began in. Where several are listed,
 * what comes with the command decides (a callback's result, a rating on a confirmed or a closed order).
 */
export type Target = Status | 'same' | 'before_pause';

export interface Transition {
  readonly action: Action;
  readonly from: readonly Status[];
  readonly who: readonly Relation[];
  readonly guard: Guard | null;
  readonly to: readonly Target[];
  readonly event: EventKind;
}

/**
 * Who may do what from where: the only place that says so. decide(), the API's list of actions, the pages and
 * the guide in README.md all read this table. An action with several rows is allowed when any of them is.
 */
export const TRANSITIONS: readonly Transition[] = [
  row('triage', ['submitted'], ['desk'], null, ['triaged'], 'work_order.triaged'),
  row('change_category', UNFINISHED, ['desk'], null, ['same'], 'work_order.category_changed'),
  row('assign', ['submitted', 'triaged'], ['desk', 'system'], null, ['assigned'], 'work_order.assigned'),
  // The manager's row comes first: the reason why not is told by the last, the desk's.
  row('assign', ['disputed'], ['manager'], null, ['assigned'], 'work_order.assigned'),
  row('assign', ['disputed'], ['desk', 'system'], guards.firstDisputes, ['assigned'], 'work_order.assigned'),
  row('accept', ['assigned'], ['assignee'], null, ['accepted'], 'work_order.accepted'),
  row('refuse', ['assigned'], ['assignee'], null, ['triaged'], 'work_order.refused'),
  row('transfer', WITH_WORKER, ['assignee', 'desk'], null, ['assigned'], 'work_order.transferred'),
  row('depart', ['accepted'], ['assignee'], guards.needsVisit, ['departed'], 'work_order.departed'),
  row('arrive', ['accepted', 'departed'], ['assignee'], guards.needsVisit, ['arrived'], 'work_order.arrived'),
  row(
    'start',
    ['accepted', 'departed', 'arrived'],
    ['assignee'],
    guards.checkedSafe,
    ['in_progress'],
    'work_order.started',
  ),
  row(
    'pause',
    ['accepted', 'departed', 'arrived', 'in_progress'],
    ['assignee', 'desk'],
    null,
    ['paused'],
    'work_order.paused',
  ),
  row('resume', ['paused'], ['assignee', 'desk'], null, ['before_pause'], 'work_order.resumed'),
  row('finish', ['in_progress'], ['assignee'], guards.priceAgreed, ['finished'], 'work_order.finished'),
  row('finish', ['arrived'], ['assignee'], guards.mayEndUnbegun, ['finished'], 'work_order.finished'),
  row('finish', ['accepted'], ['assignee'], guards.needsNoVisit, ['finished'], 'work_order.finished'),
  row('confirm', ['finished'], ['reporter'], null, ['confirmed', 'closed'], 'work_order.confirmed'),
  row('dispute', ['finished'], ['reporter'], null, ['disputed'], 'work_order.disputed'),
  row('rate', ['confirmed', 'closed'], ['reporter'], guards.rateable, ['closed'], 'work_order.rated'),
  row(
    'reply_rating',
    ['confirmed', 'closed'],
    ['desk', 'manager'],
    guards.rated,
    ['same'],
    'work_order.rating_replied',
  ),
  row(
    'confirm_for',
    ['finished'],
    ['desk', 'assignee'],
    guards.withoutAccount,
    ['confirmed', 'closed'],
    'work_order.confirmed',
  ),
  row(
    'record_callback',
    ['finished'],
    ['desk'],
    guards.callable,
    ['confirmed', 'closed', 'disputed', 'same'],
    'work_order.callback_recorded',
  ),
  row(
    'record_callback',
    ['confirmed', 'closed'],
    ['desk'],
    guards.callWanted,
    ['closed', 'disputed', 'triaged', 'same'],
    'work_order.callback_recorded',
  ),
  row('close', ['finished'], ['desk'], guards.callbacksMade, ['closed'], 'work_order.closed'),
  row(
    'force_close',
    [...UNFINISHED, 'finished'],
    ['manager', 'company'],
    null,
    ['closed'],
    'work_order.force_closed',
  ),
  row('cancel', BEFORE_WORK, ['reporter'], null, ['cancelled'], 'work_order.cancelled'),
  row('cancel', UNFINISHED, ['desk'], null, ['cancelled'], 'work_order.cancelled'),
  // What a device reported is over by itself, and nobody has set out.
  row('cancel', BEFORE_DEPARTURE, ['system'], null, ['cancelled'], 'work_order.cancelled'),
  row('reopen', ['closed'], ['reporter'], guards.reopenable, ['triaged'], 'work_order.reopened'),
  row('reopen', ['closed'], ['desk'], guards.reopenableByDesk, ['triaged'], 'work_order.reopened'),
  row('refer', UNFINISHED, ['desk'], null, ['closed'], 'work_order.referred'),
  row('merge', UNFINISHED, ['desk'], null, ['closed'], 'work_order.merged'),
  row('unmerge', ['closed'], ['desk'], guards.duplicate, ['triaged'], 'work_order.unmerged'),
  row('split', ['submitted', 'triaged'], ['desk'], guards.notPart, ['split'], 'work_order.split'),
  row('close_parts', ['split'], ['system'], null, ['closed'], 'work_order.parts_closed'),
  row('reopen_parts', ['closed'], ['system'], guards.wasSplit, ['split'], 'work_order.parts_reopened'),
  row('link', EVERY, ['desk'], null, ['same'], 'work_order.linked'),
  row('unlink', EVERY, ['desk'], null, ['same'], 'work_order.unlinked'),
  row('move', UNFINISHED, ['desk', 'company'], guards.notAccusing, ['closed'], 'work_order.moved'),
  row(
    'urge',
    UNFINISHED,
    // The desk for who calls about it again.
    ['reporter', 'follower', 'overseer', 'desk'],
    guards.notUrgedJustNow,
    ['same'],
    'work_order.urged',
  ),
  row(
    'comment',
    EVERY,
    ['reporter', 'assignee', 'helper', 'desk', 'manager', 'company', 'overseer'],
    null,
    ['same'],
    'work_order.commented',
  ),
  row(
    'offer_windows',
    BEFORE_VISIT,
    ['reporter'],
    guards.appointable,
    ['same'],
    'work_order.windows_offered',
  ),
  row(
    'make_appointment',
    BEFORE_VISIT,
    ['assignee', 'desk'],
    guards.appointable,
    ['same'],
    'work_order.appointment_made',
  ),
  row(
    'agree_appointment',
    BEFORE_VISIT,
    ['reporter'],
    guards.proposed,
    ['same'],
    'work_order.appointment_agreed',
  ),
  row(
    'nobody_home',
    ['accepted', 'departed', 'arrived'],
    ['assignee'],
    guards.atHome,
    ['paused'],
    'work_order.nobody_home',
  ),
];

function row(
  action: Action,
  from: readonly Status[],
  who: readonly Relation[],
  guard: Guard | null,
  to: readonly Target[],
  event: EventKind,
): Transition {
  return { action, from, who, guard, to, event };
}

const byAction = new Map<Action, Transition[]>();
for (const transition of TRANSITIONS) {
  byAction.set(transition.action, [...(byAction.get(transition.action) ?? []), transition]);
}

export function transitionsOf(action: Action): readonly Transition[] {
  return byAction.get(action) ?? [];
}

/** What a reporter's act is, for one who does it in their name: to be agreed to before. */
export const PURPOSE_OF: Readonly<Partial<Record<Action, ConsentPurpose>>> = {
  confirm: 'confirm',
  dispute: 'confirm',
  rate: 'confirm',
  reopen: 'confirm',
  cancel: 'report',
  urge: 'report',
  comment: 'report',
  offer_windows: 'report',
  make_appointment: 'report',
  agree_appointment: 'report',
};

/** What ends an order without its work: not while the hotline waits for it. */
const HELD_BACK: ReadonlySet<Action> = new Set<Action>([
  'close',
  'force_close',
  'cancel',
  'refer',
  'merge',
  'move',
  'split',
]);

/** What the one who reported says of the work. */
const WORD_OF_REPORTER: ReadonlySet<Action> = new Set<Action>(['confirm', 'rate']);

/**
 * Whether these relations may do this to this order now, by the table alone: null, or the reason why not.
 * The order must be settled (clocks.ts) first. Asked in the order a person would: is it yours, is it its time,
 * does the rule allow it.
 */
export function refusalOf(
  action: Action,
  order: OrderState,
  who: readonly Relation[],
  now: Instant,
  settings: WorkOrderSettings,
  standing: Standing = ownStanding,
): ReasonCode | null {
  const mine = transitionsOf(action).filter((t) => t.who.some((relation) => who.includes(relation)));
  if (mine.length === 0) return 'not_yours';
  const purpose = PURPOSE_OF[action];
  if (standing.mandate !== null && purpose !== undefined && !standing.mandate.includes(purpose))
    return 'not_in_consent';
  // Staff may report what they then repair; that it is well done is another's to say.
  const isOwnWork = who.includes('assignee') || who.includes('helper');
  if (WORD_OF_REPORTER.has(action) && isOwnWork && order.kind !== 'found_by_staff') return 'own_work';
  const here = mine.filter((t) => t.from.includes(order.status));
  if (here.length === 0) return ENDED.includes(order.status) ? 'order_ended' : 'wrong_status';
  if (order.isHeld === true && HELD_BACK.has(action)) return 'held';
  let reason: ReasonCode | null = null;
  for (const transition of here) {
    const why = transition.guard?.(order, now, settings, standing) ?? null;
    if (why === null) return null;
    // The widest row (the last that is mine) gives the reason: the desk's rule when one is both desk and reporter.
    reason = why;
  }
  return reason;
}
