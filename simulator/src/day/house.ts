import { type Instant, localDate, SECOND } from '@gongzhi/kernel';
import type { DayOrder, Ground } from './ground.ts';
import {
  answer,
  beginRound,
  climb,
  dutiesAt,
  type Duty,
  type Mode,
  ableOf,
  type Person,
  planBatch,
  rankCandidates,
  type Ranked,
  settingDefinitions,
  spansOf,
  stepDueAt,
  type Task,
  tick,
  watch,
  type Watch,
} from './rules.ts';

/** Who hands orders out: the product's rules, the product itself, or what one wants to compare them with. */
export interface DayHouse {
  report(order: DayOrder, now: Instant): Promise<void> | void;
  /** Everything that is due by now, and what people hear of it. */
  settle(now: Instant): Promise<News> | News;
  /** When there is something to settle without anybody doing anything. */
  nextDueAt(): Promise<Instant | null> | Instant | null;
  /** False: too late, it is somebody else's. */
  answer(
    order: DayOrder,
    accountId: string,
    said: 'accept' | 'decline',
    now: Instant,
  ): Promise<boolean> | boolean;
  /** Who the desk would send now, and that they are sent. */
  sendBest(order: DayOrder, now: Instant): Promise<string | null> | (string | null);
  arrive(order: DayOrder, accountId: string, now: Instant): Promise<void> | void;
  finish(order: DayOrder, accountId: string, now: Instant): Promise<void> | void;
}

export interface News {
  readonly asked: readonly { readonly order: DayOrder; readonly accountId: string }[];
  /** Nobody is left to ask. */
  readonly exhausted: readonly DayOrder[];
  /** Nobody has taken it in time, and somebody hears of it. */
  readonly alerted: readonly DayOrder[];
}

export const defaults = {
  ranking: settingDefinitions['dispatch.ranking'].default,
  offers: settingDefinitions['dispatch.offers'].default,
  automatic: settingDefinitions['dispatch.automatic'].default,
  escalation: settingDefinitions['dispatch.escalation'].default,
} as const;

interface Kept {
  readonly order: DayOrder;
  task: Task;
  watch: Watch;
  readonly declinedBy: string[];
}

/** Where somebody is and what they have, as the product knows it; one day's arrivals and takings. */
export class Books {
  readonly #ground: Ground;
  readonly #open = new Map<string, number>();
  readonly #emergencies = new Map<string, number>();
  readonly #taken = new Map<string, number>();
  readonly #last = new Map<string, { date: string; order: DayOrder }>();
  #duties = new Map<string, Duty>();
  #dutiesUntil = Number.NEGATIVE_INFINITY;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  take({ isEmergency }: DayOrder, accountId: string, now: Instant): void {
    if (isEmergency) this.#emergencies.set(accountId, (this.#emergencies.get(accountId) ?? 0) + 1);
    this.#open.set(accountId, (this.#open.get(accountId) ?? 0) + 1);
    const day = `${accountId} ${localDate(now, this.#ground.zone)}`;
    this.#taken.set(day, (this.#taken.get(day) ?? 0) + 1);
  }

  arrive(order: DayOrder, accountId: string, now: Instant): void {
    this.#last.set(accountId, { date: localDate(now, this.#ground.zone), order });
  }

  finish({ isEmergency }: DayOrder, accountId: string): void {
    if (isEmergency) this.#emergencies.set(accountId, (this.#emergencies.get(accountId) ?? 0) - 1);
    this.#open.set(accountId, (this.#open.get(accountId) ?? 0) - 1);
  }

  /** Worked out anew whenever a shift begins or ends, not for every question. */
  dutiesAt(now: Instant): ReadonlyMap<string, Duty> {
    const { plan, people, zone } = this.#ground;
    if (now < this.#dutiesUntil) return this.#duties;
    const accountIds = people.map(({ accountId }) => accountId);
    this.#duties = dutiesAt(plan, accountIds, now, zone);
    const horizon = now + 24 * 3_600 * SECOND;
    const edges = spansOf(plan, now, horizon, zone).flatMap(({ from, to }) => [from, to]);
    this.#dutiesUntil = Math.min(horizon, ...edges.filter((edge) => edge > now));
    return this.#duties;
  }

  people(now: Instant): Person[] {
    const { people, zone } = this.#ground;
    const duties = this.dutiesAt(now);
    const today = localDate(now, zone);
    return people.map(({ accountId, role, skills }): Person => {
      const last = this.#last.get(accountId);
      const building = last?.date === today ? last.order.building : null;
      return {
        accountId,
        role,
        skills: skills.map((skill) => ({ skill, validUntil: null })),
        duty: duties.get(accountId)!,
        openOrders: this.#open.get(accountId) ?? 0,
        openEmergencies: this.#emergencies.get(accountId) ?? 0,
        takenToday: this.#taken.get(`${accountId} ${today}`) ?? 0,
        spot:
          building === null
            ? null
            : { scopeId: building.scopeId, buildingId: building.id, point: building.point },
        spotFrom: building === null ? null : 'last_order',
      };
    });
  }

  rank(
    order: DayOrder,
    now: Instant,
    people: readonly Person[] = this.people(now),
    declinedBy: readonly string[] = [],
  ): Ranked[] {
    const { id, scopeId, point } = order.building;
    return rankCandidates(
      {
        scopeId,
        gridId: null,
        skill: order.skill,
        isEmergency: order.isEmergency,
        spot: { scopeId, buildingId: id, point },
        accusedAccountId: null,
        declinedBy,
      },
      // Who lacks the trade would only be told why not.
      people.filter(
        (one) => order.skill === 'office' || one.skills.some(({ skill }) => skill === order.skill),
      ),
      defaults.ranking,
      localDate(now, this.#ground.zone),
    );
  }
}

/** The product's own decisions over plain values: candidates, offers, plans and the chain of alerts. */
export class RulesHouse implements DayHouse {
  readonly #mode: Mode;
  readonly #books: Books;
  readonly #kept = new Map<string, Kept>();

  /** Emergencies are asked of all at once, unless a house knows none. */
  readonly #knowsEmergencies: boolean;

  constructor(ground: Ground, mode: Mode, knowsEmergencies = true) {
    this.#mode = mode;
    this.#books = new Books(ground);
    this.#knowsEmergencies = knowsEmergencies;
  }

  protected rank(
    order: DayOrder,
    now: Instant,
    people?: readonly Person[],
    declinedBy?: readonly string[],
  ): Ranked[] {
    return this.#books.rank(order, now, people, declinedBy);
  }

  report(order: DayOrder, now: Instant): void {
    const task = beginRound(1, this.#mode, order.isEmergency && this.#knowsEmergencies, now);
    this.#kept.set(order.key, {
      order,
      task,
      watch: watch(null, unclaimed(order), null, now)!,
      declinedBy: [],
    });
  }

  nextDueAt(): Instant | null {
    let next = Number.POSITIVE_INFINITY;
    for (const { task, order, watch: chain } of this.#kept.values()) {
      const alertAt = stepDueAt(chain, unclaimed(order), defaults.escalation);
      next = Math.min(next, task.nextDueAt ?? next, alertAt ?? next);
    }
    return Number.isFinite(next) ? next : null;
  }

  settle(now: Instant): News {
    const people = this.#books.people(now);
    const before = new Map([...this.#kept.values()].map((kept) => [kept, kept.task]));
    const isPlanned = ({ order, task }: Kept): boolean => task.mode === 'automatic' && !order.isEmergency;
    const due = [...this.#kept.values()].filter(
      ({ task }) => task.nextDueAt !== null && task.nextDueAt <= now,
    );
    for (const kept of due.filter((one) => !isPlanned(one)))
      kept.task = tick(kept.task, this.rank(kept.order, now, people), defaults.offers, now);
    if (due.some(isPlanned)) this.#plan(people, now);

    const asked: { order: DayOrder; accountId: string }[] = [];
    const exhausted: DayOrder[] = [];
    const alerted: DayOrder[] = [];
    for (const [kept, old] of before) {
      const known = new Map(
        old.round === kept.task.round ? old.offers.map(({ accountId, rungAt }) => [accountId, rungAt]) : [],
      );
      for (const { accountId, rungAt } of kept.task.offers)
        if (known.get(accountId) !== rungAt) asked.push({ order: kept.order, accountId });
      if (kept.task.state === 'exhausted' && old.state !== 'exhausted') exhausted.push(kept.order);
      const climbed = climb(kept.watch, unclaimed(kept.order), defaults.escalation, () => true, now);
      kept.watch = climbed.watch;
      if (climbed.told.length > 0) alerted.push(kept.order);
    }
    return { asked, exhausted, alerted };
  }

  #plan(people: readonly Person[], now: Instant): void {
    const since = now - defaults.offers.turnSeconds * SECOND;
    const busy = new Set(
      [...this.#kept.values()]
        .filter(({ order }) => order.isEmergency)
        .flatMap(({ task }) => task.offers)
        .filter(({ state, rungAt }) => state === 'open' && rungAt > since)
        .map(({ accountId }) => accountId),
    );
    const waiting = [...this.#kept.values()].filter(
      ({ order, task }) => !order.isEmergency && task.nextDueAt !== null,
    );
    const planned = planBatch(
      waiting.map(({ order, task, declinedBy }) => ({
        id: order.key,
        skill: order.skill,
        task,
        ranked: this.rank(order, now, people, declinedBy),
        since: order.reportedAt,
        respondDueAt: order.respondDueAt,
        arriveDueAt: order.arriveDueAt,
      })),
      {
        busy,
        able: ableOf(people),
        minutesPerOpenOrder: defaults.ranking.minutesPerOpenOrder,
        offers: defaults.offers,
        plan: defaults.automatic,
      },
      now,
    );
    for (const kept of waiting) kept.task = planned.get(kept.order.key)!;
  }

  answer(order: DayOrder, accountId: string, said: 'accept' | 'decline', now: Instant): boolean {
    const kept = this.#kept.get(order.key);
    if (kept === undefined) return false;
    const answered = answer(kept.task, accountId, said, now);
    if ('fault' in answered) return false;
    kept.task = answered.task;
    if (said === 'accept') this.#give(order, accountId, now);
    else kept.declinedBy.push(accountId);
    return true;
  }

  sendBest(order: DayOrder, now: Instant): string | null {
    if (!this.#kept.has(order.key)) return null;
    const best = this.rank(order, now).find(({ rank }) => rank === 1);
    if (best === undefined) return null;
    this.#give(order, best.accountId, now);
    return best.accountId;
  }

  #give(order: DayOrder, accountId: string, now: Instant): void {
    this.#kept.delete(order.key);
    this.#books.take(order, accountId, now);
  }

  arrive(order: DayOrder, accountId: string, now: Instant): void {
    this.#books.arrive(order, accountId, now);
  }

  finish(order: DayOrder, accountId: string): void {
    this.#books.finish(order, accountId);
  }
}

const unclaimed = ({ isEmergency, respondDueAt, respondMinutes }: DayOrder) => ({
  status: 'submitted',
  isEmergency,
  respondDueAt,
  acceptedAt: null,
  respondMinutes,
});
