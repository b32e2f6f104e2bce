import { type Instant, MINUTE } from '@gongzhi/kernel';

/**
 * Nobody has taken it: who hears of it, step by step. A chain begins when an order waits for somebody and ends when
 * somebody has taken it; sending it back, giving it to somebody else or putting it in another category does not begin
 * it anew. Only that it was taken does.
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
  /** The step that comes next. */
  readonly step: number;
  readonly heldUntil: Instant | null;
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
  if (before === null) return { round: 1, since: now, step: 0, heldUntil: null, isEnded: false };
  const wasTaken = before.isEnded || (tookAt !== null && tookAt > before.since);
  return wasTaken
    ? { round: before.round + 1, since: now, step: 0, heldUntil: null, isEnded: false }
    : before;
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
 * told at once, so that somebody always is.
 */
export function climb(
  before: Watch,
  order: WatchedOrder,
  rules: EscalationRules,
  reach: (to: EscalationRole) => boolean,
  now: Instant,
): { readonly watch: Watch; readonly told: readonly (EscalationStep & { readonly step: number })[] } {
  const steps = stepsFor(order, rules);
  const told: (EscalationStep & { step: number })[] = [];
  let state = before;
  let isPassing = false;
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
export function acknowledge(state: Watch, rules: EscalationRules, now: Instant): Watch {
  return { ...state, heldUntil: now + rules.acknowledgedMinutes * MINUTE };
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
