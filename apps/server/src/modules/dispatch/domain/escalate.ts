import { type Instant, MINUTE } from '@gongzhi/kernel';

/**
 * Nobody has taken it: who hears of it, step by step. A chain begins when an order waits for somebody and ends when
 * somebody has taken it; sending it back, giving it to somebody else or putting it in another category does not begin
 * it anew. Only that it was taken does, and that it has become an emergency, or is none any more: that is another chain.
 */

export const ESCALATION_ROLES = ['desk', 'steward', 'manager', 'company', 'street', 'city'] as const;
export type EscalationRole = (typeof ESCALATION_ROLES)[number];

export interface EscalationStep {
  readonly afterMinutes: number;
  readonly to: EscalationRole;
}

export interface EscalationRules {
  /** From the moment it waits. */
  readonly emergency: readonly EscalationStep[];
  /** From the moment it should have been taken. */
  readonly normal: readonly EscalationStep[];
  /** Who hears of it when nobody is at an emergency in time, and why not. */
  readonly notThere: readonly EscalationRole[];
  /** How long somebody who says "I see to it" has. */
  readonly acknowledgedMinutes: number;
}

export interface WatchedOrder {
  readonly status: string;
  readonly isEmergency: boolean;
  readonly respondDueAt: Instant | null;
  /** When somebody first took it in this round of the order. */
  readonly acceptedAt: Instant | null;
  readonly respondMinutes: number;
}

export interface Watch {
  /** Counts the stretches in which nobody had it. */
  readonly round: number;
  readonly since: Instant;
  /** Which chain it climbs. */
  readonly isEmergency: boolean;
  /** The step that comes next. */
  readonly step: number;
  readonly heldUntil: Instant | null;
  /** The step that somebody has held up; each may be held up once. */
  readonly heldStep: number | null;
  readonly isEnded: boolean;
}

/** Somebody is still to say yes: also when they have been named and have not. */
const UNCLAIMED: readonly string[] = ['submitted', 'triaged', 'assigned', 'disputed'];

export const isUnclaimed = (order: Pick<WatchedOrder, 'status'>): boolean => UNCLAIMED.includes(order.status);

/**
 * The watch after the order has changed. `status` is what it is now; however many changes were between, a stretch that
 * ended is seen by `tookAt`, the last moment at which somebody took it.
 */
export function watch(
  before: Watch | null,
  order: WatchedOrder,
  tookAt: Instant | null,
  now: Instant,
): Watch | null {
  if (!isUnclaimed(order)) return before === null || before.isEnded ? before : { ...before, isEnded: true };
  const { isEmergency } = order;
  const first = { isEmergency, step: 0, heldUntil: null, heldStep: null, isEnded: false };
  if (before === null) return { ...first, round: 1, since: now };
  const round = before.round + 1;
  if (before.isEnded || (tookAt !== null && tookAt > before.since)) return { ...first, round, since: now };
  if (before.isEmergency === isEmergency) return before;
  // An emergency's minutes begin when it is one. What is none any more is as late as if it never had been.
  const dueAt = order.acceptedAt === null ? (order.respondDueAt ?? before.since) : before.since;
  return { ...first, round, since: isEmergency ? now : Math.min(before.since, dueAt) };
}

/** From when the steps are counted. */
export function baseOf(state: Watch, order: WatchedOrder): Instant {
  if (order.isEmergency) return state.since;
  // Its clock was met by who had it before, or had run out before it was watched: there is as long again.
  if (order.acceptedAt !== null || order.respondDueAt === null || order.respondDueAt < state.since)
    return state.since + order.respondMinutes * MINUTE;
  return order.respondDueAt;
}

export const stepsFor = (order: WatchedOrder, rules: EscalationRules): readonly EscalationStep[] =>
  order.isEmergency ? rules.emergency : rules.normal;

/** When the next step is due; null when there is none, or nothing to watch. */
export function stepDueAt(state: Watch | null, order: WatchedOrder, rules: EscalationRules): Instant | null {
  if (state === null || state.isEnded) return null;
  const step = stepsFor(order, rules)[state.step];
  if (step === undefined) return null;
  const dueAt = baseOf(state, order) + step.afterMinutes * MINUTE;
  return state.heldUntil === null ? dueAt : Math.max(dueAt, state.heldUntil);
}

/**
 * The steps whose time has come. `reach` says whether anybody stands on a step: where nobody does, the next one is
 * told at once, so that somebody always is. `isRefused`: everybody who can go has said no, and the first step is told
 * without waiting.
 */
export function climb(
  before: Watch,
  order: WatchedOrder,
  rules: EscalationRules,
  reach: (to: EscalationRole) => boolean,
  now: Instant,
  isRefused = false,
): { readonly watch: Watch; readonly told: readonly (EscalationStep & { readonly step: number })[] } {
  const steps = stepsFor(order, rules);
  const told: (EscalationStep & { step: number })[] = [];
  let state = before;
  let isPassing = isRefused && before.step === 0 && before.heldUntil === null;
  for (;;) {
    const dueAt = stepDueAt(state, order, rules);
    const step = steps[state.step];
    if (step === undefined || dueAt === null || (dueAt > now && !isPassing)) break;
    isPassing = !reach(step.to);
    if (!isPassing) told.push({ ...step, step: state.step });
    state = { ...state, step: state.step + 1, heldUntil: null };
  }
  return { watch: state, told };
}

/** "I see to it": the chain rests for a while and then climbs on, unless somebody has taken it. */
export function acknowledge(
  state: Watch,
  hasBeenTold: boolean,
  rules: EscalationRules,
  now: Instant,
): { readonly watch: Watch } | { readonly fault: HoldFault } {
  const fault = holdFault(state, hasBeenTold);
  if (fault !== null) return { fault };
  const heldUntil = now + rules.acknowledgedMinutes * MINUTE;
  return { watch: { ...state, heldUntil, heldStep: state.step } };
}

export type HoldFault = 'dispatch.not_watched' | 'dispatch.not_told' | 'dispatch.held_already';

/** It is held up by who was told, and once a step: a chain that could be held up for ever would tell nobody. */
export function holdFault(state: Watch, hasBeenTold: boolean): HoldFault | null {
  if (state.isEnded) return 'dispatch.not_watched';
  if (!hasBeenTold) return 'dispatch.not_told';
  return state.heldStep === state.step ? 'dispatch.held_already' : null;
}

export const NOT_THERE = ['unclaimed', 'not_departed', 'on_the_way', 'paused'] as const;
export type NotThere = (typeof NOT_THERE)[number];

/** Why nobody is there yet, as far as the order itself knows; null when somebody is, or need not be any more. */
export function whyNotThere(order: Pick<WatchedOrder, 'status'>): NotThere | null {
  if (isUnclaimed(order)) return 'unclaimed';
  if (order.status === 'accepted') return 'not_departed';
  if (order.status === 'departed') return 'on_the_way';
  return order.status === 'paused' ? 'paused' : null;
}
