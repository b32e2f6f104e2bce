import { HOUR, type Instant } from '@gongzhi/kernel';
import {
  type Action,
  ACTIONS,
  AT_WORK,
  type CaseState,
  type Context,
  type Hand,
  type HotlineSettings,
  type ReasonCode,
  type Relation,
  type Status,
} from './types.ts';

/** The table: from where, who, and which rule holds beside it. `decide` asks it before anything else. */
export interface Transition {
  readonly action: Action;
  readonly from: readonly Status[];
  readonly who: readonly Relation[];
  readonly guard: Guard | null;
}

type Asked = Pick<Context, 'now' | 'accountId' | 'orders'> & { readonly settings: HotlineSettings };
type Guard = (state: CaseState, ctx: Asked) => ReasonCode | null;

export function holderOf(state: CaseState): Hand {
  const hand = state.hands.find(({ no }) => no === state.holderNo);
  if (hand === undefined) throw new Error('a case without a holder');
  return hand;
}

export function openJoints(state: CaseState): Hand[] {
  return state.hands.filter((hand) => hand.joint !== null && hand.endedAt === null);
}

/**
 * Ours, no law's: each of them, 32 bytes for a unit and its compound, stands in the case's row and in the indexes by which it is
 * found, whose rows hold 2,704 bytes. The sentence of `joint_many` names it.
 */
export const MOST_JOINTS = 50;

/** Whether somebody else may be called in: who helped once may help again. */
export function areJointsMany(state: CaseState, unitId: string): boolean {
  const called = new Set(state.hands.flatMap((hand) => (hand.joint === null ? [] : [hand.unitId])));
  return !called.has(unitId) && called.size >= MOST_JOINTS;
}

/** The hand that gave it to who holds it now. */
export function aboveOf(state: CaseState): Hand | null {
  const held = state.hands.filter((hand) => hand.joint === null && hand.no < state.holderNo);
  const holder = holderOf(state);
  return held.findLast((hand) => hand.level !== holder.level && hand.endReason === 'passed') ?? null;
}

/** Neither closes without the other's fact: what is still being done on site has not been answered. */
const allDone: Guard = (state, { orders }) => {
  if (state.contactedAt === null) return 'caller_first';
  if (orders.some(({ isOpen }) => isOpen)) return 'order_open';
  return openJoints(state).length > 0 ? 'joint_open' : null;
};

const isStreetOrCity = (state: CaseState) => ['street', 'city', 'district'].includes(holderOf(state).level);

const guards = {
  /** Who has signed first leads and may not pass it on. */
  unsigned: (state) => {
    if (state.leadNo !== null) return 'first_receiver';
    return holderOf(state).level === 'company' ? 'not_lower' : null;
  },
  inWindow: (state, { now, settings }) => {
    if (aboveOf(state) === null) return 'nobody_above';
    return now > holderOf(state).receivedAt + settings.objectionHours * HOUR ? 'objection_window_over' : null;
  },
  /** Who objected does not review it, should they hold both offices. */
  otherPerson: (state, { accountId }) => (state.objectedBy === accountId ? 'second_person' : null),
  extendable: (state, { settings }) =>
    state.extensionCount >= settings.mostExtensions ? 'extensions_used' : null,
  answerable: (state, ctx) => (isStreetOrCity(state) ? 'street_answers' : allDone(state, ctx)),
  /** From the street's own hands it may go out at once; what others hold, they answer first. */
  ownHand: (state, ctx) => (isStreetOrCity(state) ? allDone(state, ctx) : 'not_yours'),
  allDone,
  excludable: (state) => {
    if (state.callbackCount === 0) return 'no_callback';
    if (state.exclusion === 'asked') return 'exclusion_pending';
    return state.exclusion === 'approved' ? 'already_excluded' : null;
  },
  asked: (state, { accountId }) => {
    if (state.exclusion !== 'asked') return 'no_exclusion';
    return state.exclusionAskedBy === accountId ? 'second_person' : null;
  },
  placed: ({ compoundId }) => (compoundId === null ? 'no_place' : null),
  linked: (state) => (state.repeatOfId === null ? 'not_linked' : null),
} satisfies Record<string, Guard>;

const LIVING = [
  'received',
  'signed',
  'handling',
  'objected',
  'hanging',
  'answered',
] as const satisfies readonly Status[];
const ALWAYS: readonly Status[] = [...LIVING, 'replied', 'closed'];

export const TRANSITIONS: readonly Transition[] = [
  row('pass', ['received'], ['holder'], guards.unsigned),
  row('sign', ['received'], ['holder'], null),
  row('contact', [...AT_WORK, 'hanging'], ['holder'], null),
  row('open_order', [...AT_WORK, 'hanging'], ['holder', 'street'], guards.placed),
  row('call_in', [...AT_WORK, 'hanging'], ['holder', 'street'], null),
  row('joint_done', [...AT_WORK, 'hanging'], ['joint'], null),
  row('object', ['received', 'signed'], ['holder'], guards.inWindow),
  row('uphold', ['objected'], ['superior'], guards.otherPerson),
  row('overrule', ['objected'], ['superior'], guards.otherPerson),
  row('extend', [...AT_WORK, 'hanging'], ['holder', 'street'], guards.extendable),
  row('hang', AT_WORK, ['street'], null),
  row('review', ['hanging'], ['street'], null),
  row('resume', ['hanging'], ['street'], null),
  row('answer', AT_WORK, ['holder'], guards.answerable),
  row('send_back', ['answered'], ['street'], null),
  row('reply', ['answered'], ['street'], guards.allDone),
  row('reply', AT_WORK, ['street'], guards.ownHand),
  row('record_callback', ['replied'], ['street', 'city'], null),
  row('ask_exclusion', ['replied', 'closed'], ['street', 'holder'], guards.excludable),
  row('decide_exclusion', ['replied', 'signed', 'handling', 'closed'], ['street', 'city'], guards.asked),
  row('link_repeat', ALWAYS, ['street', 'city'], null),
  row('unlink_repeat', ALWAYS, ['street', 'city'], guards.linked),
  row('dismiss', ['received', 'signed'], ['city'], null),
  row('note', ALWAYS, ['holder', 'street', 'city', 'joint'], null),
];

function row(
  action: Action,
  from: readonly Status[],
  who: readonly Relation[],
  guard: Guard | null,
): Transition {
  return { action, from, who, guard };
}

/** Null, or the reason why these relations may not do this now. */
export function refusalOf(
  action: Action,
  state: CaseState,
  who: readonly Relation[],
  ctx: Asked,
): ReasonCode | null {
  const mine = TRANSITIONS.filter((t) => t.action === action && t.who.some((one) => who.includes(one)));
  if (mine.length === 0) return 'not_yours';
  const here = mine.filter((t) => t.from.includes(state.status));
  if (here.length === 0) return state.status === 'closed' ? 'case_ended' : 'wrong_status';
  let reason: ReasonCode | null = null;
  for (const transition of here) {
    const why = transition.guard?.(state, ctx) ?? null;
    if (why === null) return null;
    reason = why;
  }
  return reason;
}

export interface ActionState {
  readonly action: Action;
  readonly isAllowed: boolean;
  readonly reasonCode: ReasonCode | null;
}

/** Every action with whether it may be taken now: what pages enable, and the reason beside what they don't. */
export function allowedActions(state: CaseState, who: readonly Relation[], ctx: Asked): ActionState[] {
  return ACTIONS.map((action) => {
    const reasonCode = refusalOf(action, state, who, ctx);
    return { action, isAllowed: reasonCode === null, reasonCode };
  });
}

/** When time next has something to say of it: a hand's share, the case's own end, a review. */
export function nextDueOf(state: CaseState): Instant | null {
  if (state.status === 'closed' || state.status === 'replied') return null;
  if (state.status === 'hanging') return state.hangReminded ? null : state.hangReviewAt;
  const hand = holderOf(state);
  const dues = [hand.lateAt === null ? hand.dueAt : null, state.lateAt === null ? state.dueAt : null];
  const left = dues.filter((due) => due !== null);
  return left.length === 0 ? null : Math.min(...left);
}
