import { type Instant, MINUTE, SECOND } from '@gongzhi/kernel';
import { assign } from './assign.ts';
import { comesAt, type Offer, type OfferSettings, openOffersIn, type Task } from './offers.ts';
import type { Person, Ranked } from './rank.ts';

/**
 * The automatic mode: every few seconds all that waits in a department is laid beside all who can go, and the pairs are
 * chosen whose costs add up to least (assign.ts). Costs are minutes: the way, what is in hand, fairness, who else
 * could do what only they can, and how late somebody would be there. What was asked and not yet answered is planned anew, and is taken back
 * only where that is worth it.
 */

export interface PlanSettings {
  /** How often it is planned while something waits. */
  readonly batchSeconds: number;
  /**
   * Rather than ask somebody who cannot be there in that many minutes, wait for who is free sooner; no longer than
   * that, and not until it would be late.
   */
  readonly patienceMinutes: number;
  /** So long before it should have been taken, waiting is over too. */
  readonly marginMinutes: number;
  /** What a minute too late counts. */
  readonly latenessWeight: number;
  /** What must be gained before somebody who was asked is not asked any more. */
  readonly hysteresisMinutes: number;
  /** How long it is waited at most for who comes on shift before it is looked again. */
  readonly idleSeconds: number;
  /** How often those who let it pass without a word are asked before it is the desk's, and after what pause. */
  readonly rounds: number;
  readonly againSeconds: number;
  /** What an order taken more than the others' mean counts. */
  readonly minutesPerTaken: number;
  /** What it counts to send the only one on shift who can do something else; half for one of two, and so on. */
  readonly scarcityMinutes: number;
}

/** Who is at work now, by what they can do. */
export function ableOf(people: readonly Person[]): Map<string, Set<string>> {
  const able = new Map<string, Set<string>>();
  for (const { accountId, skills, duty } of people) {
    if (duty.state !== 'on' && duty.state !== 'unplanned') continue;
    for (const { skill } of skills) able.set(skill, (able.get(skill) ?? new Set()).add(accountId));
  }
  return able;
}

/** One that waits, with its candidates; who said no to it, in this round or before, is none. */
export interface Waiting {
  readonly id: string;
  readonly task: Task;
  readonly skill: string;
  readonly ranked: readonly Ranked[];
  readonly since: Instant;
  readonly respondDueAt: Instant | null;
  readonly arriveDueAt: Instant | null;
}

export interface PlanContext {
  /** Who is not to be asked now: asked about an emergency, or about something else. */
  readonly busy: ReadonlySet<string>;
  readonly minutesPerOpenOrder: number;
  /** Who is on shift, by skill. */
  readonly able: ReadonlyMap<string, ReadonlySet<string>>;
  readonly offers: OfferSettings;
  readonly plan: PlanSettings;
}

/** To be left without anybody: dearer than every way, and still a number. */
const MUST = 1_000_000;

const isClose = (dueAt: Instant | null, at: Instant): boolean => dueAt !== null && at >= dueAt;

const late = (at: Instant, dueAt: Instant | null): number =>
  dueAt === null ? 0 : Math.max(0, at - dueAt) / MINUTE;

/** Until somebody would be there: fairness and what is kept for others are no delay. */
function minutesUntilThere(one: Ranked, minutesPerOpenOrder: number): number {
  const load = one.reasons.find((reason) => reason.code === 'load');
  return one.travelMinutes + minutesPerOpenOrder * (load?.count ?? 0);
}

function fairnessOf(one: Ranked, minutesPerTaken: number): number {
  const taken = one.reasons.find((reason) => reason.code === 'taken');
  return taken === undefined ? 0 : minutesPerTaken * (taken.count - taken.mean);
}

/** What else they alone could do, or they and few others. */
function scarcityOf(accountId: string, skill: string, { able, plan }: PlanContext): number {
  let minutes = 0;
  for (const [other, people] of able)
    if (other !== skill && people.has(accountId))
      minutes = Math.max(minutes, plan.scarcityMinutes / people.size);
  return minutes;
}

/** Every task as it is after planning, by id. Running it twice at one instant changes nothing more. */
export function planBatch(
  waiting: readonly Waiting[],
  context: PlanContext,
  now: Instant,
): ReadonlyMap<string, Task> {
  const { busy, minutesPerOpenOrder, offers: offerSettings, plan } = context;
  const before = waiting.map((one) => ({
    ...one,
    task: renewed(expired(one.task, now), one.ranked, plan, now),
  }));
  const open = before.map(({ task }) => openOffersIn(task)[0] ?? null);
  const people = [
    ...new Set(before.flatMap(({ ranked }) => ranked.map(({ accountId }) => accountId))),
  ].sort();
  const column = new Map(people.map((accountId, i) => [accountId, i]));
  const costs = before.map(
    ({ task, skill, ranked, since, respondDueAt, arriveDueAt }, row): (number | null)[] => {
      const asked = new Set(task.offers.map(({ accountId }) => accountId));
      const isWaitingOver =
        // Of one there is no sooner.
        ranked.filter(({ rank }) => rank !== null).length < 2 ||
        now >= since + plan.patienceMinutes * MINUTE ||
        isClose(respondDueAt, now + plan.marginMinutes * MINUTE) ||
        isClose(arriveDueAt, now + plan.patienceMinutes * MINUTE);
      const own = Array.from<number | null>({ length: people.length }).fill(null);
      for (const one of ranked) {
        const isAskedNow = open[row]?.accountId === one.accountId;
        // Whoever is asked already stays possible: they are busy with this very one.
        if (one.rank === null || (!isAskedNow && (asked.has(one.accountId) || busy.has(one.accountId))))
          continue;
        const minutes = minutesUntilThere(one, minutesPerOpenOrder);
        if (minutes > plan.patienceMinutes && !isWaitingOver && !isAskedNow) continue;
        own[column.get(one.accountId)!] =
          minutes +
          fairnessOf(one, plan.minutesPerTaken) +
          scarcityOf(one.accountId, skill, context) +
          plan.latenessWeight * late(now + minutes * MINUTE, arriveDueAt) -
          (isAskedNow ? plan.hysteresisMinutes : 0);
      }
      return own;
    },
  );
  // As many as possible are given to somebody; who is left is left for a while: what waits longest, and what that makes
  // late, goes first.
  const leave = before.map(
    ({ since, arriveDueAt }) =>
      MUST +
      (now - since) / MINUTE +
      plan.latenessWeight * late(now + 2 * plan.patienceMinutes * MINUTE, arriveDueAt),
  );
  const given = assign(costs, leave);
  return new Map(
    before.map(({ id, task, ranked }, row): [string, Task] => {
      const column = given[row] ?? null;
      const chosen = column === null ? null : people[column]!;
      return [
        id,
        chosen === null ? rest(task, ranked, plan, now) : ask(task, chosen, offerSettings, plan, now),
      ];
    }),
  );
}

const takeBack = (offer: Offer): Offer => (offer.state === 'open' ? { ...offer, state: 'withdrawn' } : offer);

function ask(task: Task, accountId: string, offers: OfferSettings, plan: PlanSettings, now: Instant): Task {
  const nextDueAt = now + plan.batchSeconds * SECOND;
  if (openOffersIn(task)[0]?.accountId === accountId) return { ...task, state: 'offered', nextDueAt };
  const fresh: Offer = {
    accountId,
    state: 'open',
    offeredAt: now,
    rungAt: now,
    expiresAt: now + offers.turnSeconds * SECOND,
  };
  return { ...task, state: 'offered', offers: [...task.offers.map(takeBack), fresh], nextDueAt };
}

/** Nobody for now: somebody is free soon, comes on shift, or all were asked and it is the desk's. */
function rest(task: Task, ranked: readonly Ranked[], plan: PlanSettings, now: Instant): Task {
  const offers = task.offers.map(takeBack);
  const asked = new Set(offers.map(({ accountId }) => accountId));
  const isAnybodyThere = ranked.some(({ rank, accountId }) => rank !== null && !asked.has(accountId));
  if (isAnybodyThere)
    return { ...task, offers, state: 'waiting', nextDueAt: now + plan.batchSeconds * SECOND };
  const silent = new Set(offers.flatMap(({ accountId, state }) => (state === 'declined' ? [] : [accountId])));
  const mayAgain =
    task.round < plan.rounds && ranked.some(({ rank, accountId }) => rank !== null && silent.has(accountId));
  const next = mayAgain ? restedAt(task, plan) : comesAt(ranked, asked);
  if (next === null) return { ...task, offers, state: 'exhausted', nextDueAt: null };
  // Looked again when they come, and now and then: rosters change.
  const latest = now + plan.idleSeconds * SECOND;
  const soonest = now + plan.batchSeconds * SECOND;
  return { ...task, offers, state: 'waiting', nextDueAt: Math.max(soonest, Math.min(next, latest)) };
}

/** When those who let it pass may be asked again. */
const restedAt = (task: Task, plan: PlanSettings): Instant =>
  Math.max(...task.offers.map(({ expiresAt }) => expiresAt)) + plan.againSeconds * SECOND;

/** All who can go were asked, and some never answered: they are asked again, in a new round. */
function renewed(task: Task, ranked: readonly Ranked[], plan: PlanSettings, now: Instant): Task {
  if (task.round >= plan.rounds || task.offers.length === 0 || openOffersIn(task).length > 0) return task;
  const states = new Map(task.offers.map(({ accountId, state }) => [accountId, state]));
  const free = ranked.filter(({ rank, accountId }) => rank !== null && states.get(accountId) !== 'declined');
  const isOver = free.length > 0 && free.every(({ accountId }) => states.has(accountId));
  return isOver && now >= restedAt(task, plan) ? { ...task, round: task.round + 1, offers: [] } : task;
}

function expired(task: Task, now: Instant): Task {
  return {
    ...task,
    offers: task.offers.map(
      (offer): Offer =>
        offer.state === 'open' && now > offer.expiresAt ? { ...offer, state: 'expired' } : offer,
    ),
  };
}
