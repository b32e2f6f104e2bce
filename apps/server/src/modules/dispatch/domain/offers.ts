import { type Instant, MINUTE, SECOND } from '@gongzhi/kernel';
import type { Ranked } from './rank.ts';

/**
 * Who is asked to take an order, and when. A round begins when the order waits for somebody and ends when somebody
 * has it; within a round nobody is asked twice. Pure: the service writes what is decided.
 */

export const MODES = ['by_hand', 'in_turn', 'grab', 'automatic'] as const;
/** in_turn: the best first, each with a countdown · grab: all at once, who is first has it · automatic: planned with all others. */
export type Mode = (typeof MODES)[number];

/**
 * waiting: somebody is to be asked · offered: somebody is asked · exhausted: nobody is left to ask, the desk's ·
 * by_hand: the desk's from the beginning · closed: somebody has it, or it ended.
 */
export const TASK_STATES = ['waiting', 'offered', 'exhausted', 'by_hand', 'closed'] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const OFFER_STATES = ['open', 'accepted', 'declined', 'expired', 'withdrawn'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

export interface Offer {
  readonly accountId: string;
  readonly state: OfferState;
  readonly offeredAt: Instant;
  /** When the telephone rang last: of an emergency it rings again. */
  readonly rungAt: Instant;
  /** Up to and including this instant it can be taken. */
  readonly expiresAt: Instant;
}

export interface Task {
  readonly mode: Mode;
  readonly isEmergency: boolean;
  readonly round: number;
  readonly state: TaskState;
  /** Of this round. */
  readonly offers: readonly Offer[];
  /** When something is to be done without anybody doing anything. */
  readonly nextDueAt: Instant | null;
}

export interface OfferSettings {
  readonly turnSeconds: number;
  readonly grabSeconds: number;
  readonly emergencySeconds: number;
}

/** Every so often it is looked for somebody who has come on shift since: of an emergency. */
const LOOK_AGAIN = 20 * SECOND;
/** Of anything else when the next one comes on shift, and so often at least. */
const LATEST_LOOK = 30 * MINUTE;
/** How often the telephone rings for an emergency, as long as nobody has it; by then people are called. */
const RINGS = 5;

/** An order that waits: the first state of its task, and again whenever somebody no longer has it. */
export function beginRound(round: number, mode: Mode, isEmergency: boolean, now: Instant): Task {
  // An emergency is everybody's at once, however else the house works.
  const isAsked = isEmergency || mode !== 'by_hand';
  return {
    mode,
    isEmergency,
    round,
    state: isAsked ? 'waiting' : 'by_hand',
    offers: [],
    nextDueAt: isAsked ? now : null,
  };
}

/** What the order itself says: does it wait for somebody who may be asked? */
export function follow(
  task: Task | null,
  order: { readonly isWaiting: boolean; readonly isEmergency: boolean; readonly mode: Mode },
  now: Instant,
): Task | null {
  if (!order.isWaiting) return task === null ? null : close(task);
  if (task === null) return beginRound(1, order.mode, order.isEmergency, now);
  const isSame = task.mode === order.mode && task.isEmergency === order.isEmergency;
  if (task.state !== 'closed' && isSame) return task;
  // Who declined it under other conditions may be asked again.
  return beginRound(task.round + 1, order.mode, order.isEmergency, now);
}

function close(task: Task): Task {
  if (task.state === 'closed') return task;
  return { ...task, state: 'closed', nextDueAt: null, offers: task.offers.map(withdrawn) };
}

const withdrawn = (offer: Offer): Offer =>
  offer.state === 'open' ? { ...offer, state: 'withdrawn' } : offer;

/** Somebody who is asked next, best first; only who has a rank is ever asked. */
function freshOf(task: Task, ranked: readonly Ranked[]): string[] {
  const asked = new Set(task.offers.map(({ accountId }) => accountId));
  return ranked.flatMap(({ rank, accountId }) => (rank === null || asked.has(accountId) ? [] : [accountId]));
}

export const openOffersIn = (task: Task): Offer[] => task.offers.filter(({ state }) => state === 'open');

const openUntil = (offers: readonly Offer[]): Instant | null =>
  offers.reduce<Instant | null>(
    (latest, { state, expiresAt }) =>
      state === 'open' ? (latest === null ? expiresAt : Math.max(latest, expiresAt)) : latest,
    null,
  );

/** Who is asked of an emergency together: free to come, on call at home, with another emergency in hand. */
function readinessOf({ reasons }: Ranked): number {
  if (reasons.some(({ code }) => code === 'emergency')) return 2;
  return reasons.some(({ code }) => code === 'standby') ? 1 : 0;
}

/**
 * Of an emergency all who can come at once are asked at once. Who is on call at home needs as long as it takes to come
 * from there, who has another emergency in hand as long as that one takes, and either would have it by answering first:
 * they are asked, those after these, when nobody before them is left to ask and none of them is awaited any more. One is
 * awaited as long as one has in turn.
 */
function calledNow(
  task: Task,
  ranked: readonly Ranked[],
  fresh: readonly string[],
  { turnSeconds }: OfferSettings,
  now: Instant,
): string[] {
  const readiness = new Map(ranked.map((one) => [one.accountId, readinessOf(one)]));
  const soonest = Math.min(...fresh.map((accountId) => readiness.get(accountId)!));
  const isAwaited = task.offers.some(
    ({ accountId, state, offeredAt }) =>
      state === 'open' && (readiness.get(accountId) ?? 0) < soonest && now < offeredAt + turnSeconds * SECOND,
  );
  return isAwaited ? [] : fresh.filter((accountId) => readiness.get(accountId) === soonest);
}

/** Who was asked of an emergency and has said nothing hears it again: it was not heard. */
function rungAgain(offer: Offer, { turnSeconds }: OfferSettings, now: Instant): Offer {
  const pause = turnSeconds * SECOND;
  const isSilent =
    offer.state === 'open' && now >= offer.rungAt + pause && now < offer.offeredAt + RINGS * pause;
  return isSilent ? { ...offer, rungAt: now } : offer;
}

/** When somebody who was not asked comes on shift, as far as is known; null: nobody does. */
export function comesAt(ranked: readonly Ranked[], asked: ReadonlySet<string>): Instant | null {
  const times = ranked.flatMap(({ accountId, exclusions }): Instant[] => {
    if (asked.has(accountId) || exclusions.length !== 1) return [];
    const [why] = exclusions;
    if (why?.code === 'standby_only') return [Number.POSITIVE_INFINITY];
    return (why?.code === 'off_shift' || why?.code === 'away') && why.nextFrom !== null ? [why.nextFrom] : [];
  });
  return times.length === 0 ? null : Math.min(...times);
}

/** Nobody is left to ask: the desk's, and asked on by itself when somebody comes who was not asked. Rosters change meanwhile. */
function exhausted(task: Task, ranked: readonly Ranked[], now: Instant): Task {
  const comes = comesAt(ranked, new Set(task.offers.map(({ accountId }) => accountId)));
  const nextDueAt = comes === null ? null : Math.max(now + LOOK_AGAIN, Math.min(comes, now + LATEST_LOOK));
  return { ...task, state: 'exhausted', nextDueAt };
}

/** Everybody who can go to an emergency was asked and has said no. */
export const isRefused = (task: Task): boolean =>
  task.isEmergency &&
  task.state === 'waiting' &&
  task.offers.length > 0 &&
  task.offers.every(({ state }) => state === 'declined');

/** What time brings: countdowns run out, the next is asked. Running it twice at one instant changes nothing more. */
export function tick(task: Task, ranked: readonly Ranked[], settings: OfferSettings, now: Instant): Task {
  if (task.state === 'closed' || task.state === 'by_hand') return task;
  if (task.state === 'exhausted' && (task.nextDueAt === null || now < task.nextDueAt)) return task;
  // Planned together with all others that wait (plan.ts).
  if (task.mode === 'automatic' && !task.isEmergency) return task;
  const offers = task.offers.map(
    (offer): Offer =>
      offer.state === 'open' && now > offer.expiresAt ? { ...offer, state: 'expired' } : offer,
  );
  const before = { ...task, offers };
  const fresh = freshOf(before, ranked);
  const ask = (accountIds: readonly string[], seconds: number): Offer[] =>
    accountIds.map((accountId) => ({
      accountId,
      state: 'open',
      offeredAt: now,
      rungAt: now,
      expiresAt: now + seconds * SECOND,
    }));
  const until = openUntil(offers);
  if (task.isEmergency) {
    const all = [
      ...offers.map((offer) => rungAgain(offer, settings, now)),
      ...ask(calledNow(before, ranked, fresh, settings, now), settings.emergencySeconds),
    ];
    const last = openUntil(all);
    // Nobody yet, or nobody any more: who comes on shift is asked; the chain of alerts climbs meanwhile.
    return {
      ...before,
      state: last === null ? 'waiting' : 'offered',
      offers: all,
      nextDueAt: now + LOOK_AGAIN,
    };
  }
  if (until !== null) return { ...before, state: 'offered', nextDueAt: until + 1 };
  if (task.mode === 'grab') {
    // All were asked once, together.
    if (offers.length > 0) return { ...before, state: 'exhausted', nextDueAt: null };
    if (fresh.length === 0) return exhausted(before, ranked, now);
    const all = ask(fresh, settings.grabSeconds);
    return { ...before, state: 'offered', offers: all, nextDueAt: now + settings.grabSeconds * SECOND + 1 };
  }
  const [next] = fresh;
  if (next === undefined) return exhausted(before, ranked, now);
  return {
    ...before,
    state: 'offered',
    offers: [...offers, ...ask([next], settings.turnSeconds)],
    nextDueAt: now + settings.turnSeconds * SECOND + 1,
  };
}

export type AnswerFault = 'dispatch.offer_gone' | 'dispatch.taken' | 'dispatch.not_asked';

/** Somebody says yes or no. A yes closes the round; a no to the one who was asked lets the next be asked at once. */
export function answer(
  task: Task,
  accountId: string,
  said: 'accept' | 'decline',
  now: Instant,
): { readonly task: Task } | { readonly fault: AnswerFault } {
  const own = task.offers.find((offer) => offer.accountId === accountId);
  if (own === undefined) return { fault: 'dispatch.not_asked' };
  if (own.state === 'withdrawn' || task.state === 'closed') return { fault: 'dispatch.taken' };
  if (own.state !== 'open' || now > own.expiresAt) return { fault: 'dispatch.offer_gone' };
  const state = said === 'accept' ? 'accepted' : 'declined';
  const offers = task.offers.map((offer) =>
    offer === own ? { ...offer, state: state as OfferState } : offer,
  );
  if (said === 'accept') return { task: { ...close({ ...task, offers }) } };
  const isNobodyAsked = openUntil(offers) === null;
  return { task: { ...task, offers, nextDueAt: isNobodyAsked ? now : task.nextDueAt } };
}
