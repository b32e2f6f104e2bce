import { type Instant, MINUTE, SECOND } from '@gongzhi/kernel';
import { assign } from './assign.ts';
import { type Offer, type OfferSettings, openOffersIn, type Task } from './offers.ts';
import type { Ranked } from './rank.ts';

/**
 * The automatic mode: every few seconds all that waits in a department is laid beside all who can go, and the pairs are
 * chosen whose costs add up to least (assign.ts). Costs are minutes: the way, what is in hand and fairness as they are
 * ranked, and how late somebody would be there. What was asked and not yet answered is planned anew, and is taken back
 * only where that is worth it.
 */

export interface PlanSettings {
  /** How often it is planned while something waits. */
  readonly batchSeconds: number;
  /**
   * Rather than ask somebody who cannot be there in that many minutes, wait for who is free sooner; until it would be
   * late.
   */
  readonly patienceMinutes: number;
  /** So long before it should have been taken, waiting is over too. */
  readonly marginMinutes: number;
  /** What a minute too late counts. */
  readonly latenessWeight: number;
  /** What must be gained before somebody who was asked is not asked any more. */
  readonly hysteresisMinutes: number;
  /** How often it is looked for who comes on shift. */
  readonly idleSeconds: number;
}

/** One that waits, with its candidates. */
export interface Waiting {
  readonly id: string;
  readonly task: Task;
  readonly ranked: readonly Ranked[];
  readonly respondDueAt: Instant | null;
  readonly arriveDueAt: Instant | null;
}

export interface PlanContext {
  /** Who is not to be asked now: asked about an emergency, or about something else. */
  readonly busy: ReadonlySet<string>;
  readonly minutesPerOpenOrder: number;
  readonly offers: OfferSettings;
  readonly plan: PlanSettings;
}

/** To be left without anybody: dearer than every way, and still a number. */
const MUST = 1_000_000;

const isClose = (dueAt: Instant | null, at: Instant): boolean => dueAt !== null && at >= dueAt;

const late = (at: Instant, dueAt: Instant | null): number =>
  dueAt === null ? 0 : Math.max(0, at - dueAt) / MINUTE;

/** What an open order weighs of it, apart from the way: fairness and foreign grids are no delay. */
const minutesUntilThere = (one: Ranked, minutesPerOpenOrder: number): number => {
  const load = one.reasons.find((reason) => reason.code === 'load');
  return one.travelMinutes + minutesPerOpenOrder * (load?.count ?? 0);
};

/** Somebody could still come: off shift now, and not asked in this round. */
const mayCome = (ranked: readonly Ranked[], asked: ReadonlySet<string>): boolean =>
  ranked.some(
    ({ accountId, exclusions }) =>
      !asked.has(accountId) &&
      exclusions.length > 0 &&
      exclusions.every(
        (one) =>
          ((one.code === 'off_shift' || one.code === 'away') && one.nextFrom !== null) ||
          one.code === 'standby_only',
      ),
  );

/** Every task as it is after planning, by id. Running it twice at one instant changes nothing more. */
export function planBatch(
  waiting: readonly Waiting[],
  { busy, minutesPerOpenOrder, offers: offerSettings, plan }: PlanContext,
  now: Instant,
): ReadonlyMap<string, Task> {
  const before = waiting.map((one) => ({ ...one, task: expired(one.task, now) }));
  const open = before.map(({ task }) => openOffersIn(task)[0] ?? null);
  const people = [
    ...new Set(before.flatMap(({ ranked }) => ranked.map(({ accountId }) => accountId))),
  ].sort();
  const column = new Map(people.map((accountId, i) => [accountId, i]));
  const costs = before.map(({ task, ranked, respondDueAt, arriveDueAt }, row): (number | null)[] => {
    const asked = new Set(task.offers.map(({ accountId }) => accountId));
    const isWaitingOver =
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
        one.cost +
        plan.latenessWeight * late(now + minutes * MINUTE, arriveDueAt) -
        (isAskedNow ? plan.hysteresisMinutes : 0);
    }
    return own;
  });
  // As many as possible are given to somebody; who is left is left for a while, and what that makes late goes first.
  const leave = before.map(
    ({ arriveDueAt }) =>
      MUST + plan.latenessWeight * late(now + 2 * plan.patienceMinutes * MINUTE, arriveDueAt),
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
    expiresAt: now + offers.turnSeconds * SECOND,
  };
  return { ...task, state: 'offered', offers: [...task.offers.map(takeBack), fresh], nextDueAt };
}

/** Nobody for now: somebody is free soon, comes on shift, or all were asked and it is the desk's. */
function rest(task: Task, ranked: readonly Ranked[], plan: PlanSettings, now: Instant): Task {
  const offers = task.offers.map(takeBack);
  const asked = new Set(offers.map(({ accountId }) => accountId));
  const isAnybodyThere = ranked.some(({ rank, accountId }) => rank !== null && !asked.has(accountId));
  if (!isAnybodyThere && !mayCome(ranked, asked))
    return { ...task, offers, state: 'exhausted', nextDueAt: null };
  const seconds = isAnybodyThere ? plan.batchSeconds : plan.idleSeconds;
  return { ...task, offers, state: 'waiting', nextDueAt: now + seconds * SECOND };
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
