import { HOUR, type Instant, MINUTE, metresBetween, type Point, SECOND, toLocal } from '@gongzhi/kernel';
import { Random } from '../random.ts';
import { type DayOrder, type DayPerson, type Ground, onShiftFrom, shiftOf } from './ground.ts';
import type { DayHouse } from './house.ts';
import type { DaySettings } from './settings.ts';

/** What became of an order; instants are null until it happened. */
export interface Course {
  readonly order: DayOrder;
  accountId: string | null;
  acceptedAt: Instant | null;
  arrivedAt: Instant | null;
  finishedAt: Instant | null;
}

interface Job {
  readonly course: Course;
  readonly from: Point;
  readonly startedAt: Instant;
  readonly arrivesAt: Instant;
  leftMinutes: number;
}

/** Somebody at work: one thing at a time, and what was taken after it. */
interface Hand {
  readonly person: DayPerson;
  at: Point;
  /** Since when there has been nothing to do. */
  idleSince: Instant;
  job: Job | null;
  readonly queue: { course: Course; leftMinutes: number }[];
  minutes: number;
}

export interface DayResult {
  readonly courses: readonly Course[];
  /** Minutes on the way and at work, by account. */
  readonly minutes: ReadonlyMap<string, number>;
}

/** Minutes from here to there, in the world as the day's settings have it (the product only estimates it). */
export function wayMinutes(from: Point, to: Point, way: DaySettings['way']): number {
  const metres = metresBetween(from, to) * way.detour;
  const isRiding = metres > way.rideFromMetres;
  return (
    way.stairsMinutes +
    (isRiding ? way.mountMinutes + metres / way.rideMetresPerMinute : metres / way.walkMetresPerMinute)
  );
}

interface Moment {
  readonly at: Instant;
  readonly nth: number;
  run(): Promise<void> | void;
}

/**
 * Plays a department's day: orders come in, `house` hands them out, people hear of it, say yes or no, go and work. What
 * people do is drawn from the seed, by order and person, so that every house meets the same people.
 */
export class Engine {
  readonly #day: DaySettings;
  readonly #ground: Ground;
  readonly #house: DayHouse;
  readonly #mode: string;
  readonly #random: Random;
  readonly #moments: Moment[] = [];
  readonly #hands: ReadonlyMap<string, Hand>;
  readonly #courses = new Map<string, Course>();
  readonly #declined = new Set<string>();
  readonly #called = new Set<string>();
  readonly #times = new Map<string, number>();
  #nth = 0;
  #now = 0;
  #left = 0;

  constructor(day: DaySettings, ground: Ground, house: DayHouse, mode: string, seed: number) {
    this.#day = day;
    this.#ground = ground;
    this.#house = house;
    this.#mode = mode;
    this.#random = new Random(`people ${seed} ${ground.name}`);
    this.#hands = new Map(
      ground.people.map((person) => [
        person.accountId,
        { person, at: ground.gate, idleSince: 0, job: null, queue: [], minutes: 0 },
      ]),
    );
  }

  async play(orders: readonly DayOrder[]): Promise<DayResult> {
    for (const order of orders) {
      this.#courses.set(order.key, {
        order,
        accountId: null,
        acceptedAt: null,
        arrivedAt: null,
        finishedAt: null,
      });
      if (order.isMeasured) this.#left++;
      this.#on(order.reportedAt, () => this.#house.report(order, this.#now));
    }
    const end = (orders.at(-1)?.reportedAt ?? 0) + 72 * HOUR;
    while (this.#left > 0) {
      const due = await this.#house.nextDueAt();
      const next = Math.min(
        this.#moments[0]?.at ?? Number.POSITIVE_INFINITY,
        due ?? Number.POSITIVE_INFINITY,
      );
      if (next > end) break;
      this.#now = Math.max(this.#now, next);
      while (this.#moments[0] !== undefined && this.#moments[0].at <= this.#now) await this.#pop().run();
      await this.#settle();
    }
    return {
      courses: [...this.#courses.values()],
      minutes: new Map([...this.#hands].map(([accountId, { minutes }]) => [accountId, minutes])),
    };
  }

  async #settle(): Promise<void> {
    const { asked, exhausted, alerted } = await this.#house.settle(this.#now);
    for (const { order, accountId } of asked) this.#hear(order, this.#hands.get(accountId)!);
    for (const order of exhausted) this.#deskTakesUp(order);
    for (const order of alerted) this.#callAround(order);
  }

  /** Somebody's telephone rings. */
  #hear(order: DayOrder, hand: Hand): void {
    const { answers } = this.#day;
    const slot = `${order.key} ${hand.person.label}`;
    const nth = (this.#times.get(slot) ?? 0) + 1;
    this.#times.set(slot, nth);
    // Who said no to the telephone says so again; only the desk's call changes that.
    if (this.#declined.has(slot)) return;
    const random = this.#random.fork(`${slot} ${nth}`);
    const isBusy = hand.job !== null;
    const manner = order.isEmergency ? answers.emergency : isBusy ? answers.busy : answers.free;
    const at = this.#now + random.lognormal(manner.medianSeconds, manner.spread) * SECOND;
    const chance = random.next();
    if (this.#mode === 'grab' && !order.isEmergency) {
      if (chance < (isBusy ? answers.grab.busyShare : answers.grab.freeShare))
        this.#say(order, hand, 'accept', at);
      return;
    }
    if (chance < manner.ignoredShare) return;
    const isNo = chance < manner.ignoredShare + manner.declinedShare;
    this.#say(order, hand, isNo ? 'decline' : 'accept', at);
  }

  #say(order: DayOrder, hand: Hand, said: 'accept' | 'decline', at: Instant): void {
    this.#on(at, async () => {
      if (said === 'decline') this.#declined.add(`${order.key} ${hand.person.label}`);
      const isHeard = await this.#house.answer(order, hand.person.accountId, said, this.#now);
      if (isHeard && said === 'accept') this.#take(order, hand);
    });
  }

  /** Nobody was left to ask: the desk sends somebody, in its hours, as soon as somebody is there. */
  #deskTakesUp(order: DayOrder): void {
    const { desk } = this.#day;
    const random = this.#random.fork(`${order.key} desk`);
    const pause = random.lognormal(desk.medianMinutes, desk.spread) * MINUTE;
    const { hour } = toLocal(this.#now, this.#ground.zone);
    const isClosed = hour < desk.fromHour || hour >= desk.toHour;
    const opensAt = isClosed
      ? Math.floor(this.#now / HOUR) * HOUR + ((desk.fromHour - hour + 24) % 24) * HOUR
      : this.#now;
    // Whoever comes on shift first is called when they are there.
    const from = Math.max(opensAt, onShiftFrom(this.#ground, order.skill, opensAt) ?? opensAt);
    this.#send(order, from + pause, 15 * MINUTE);
  }

  /** Whoever hears that nobody has it takes the telephone, at any hour; the first alert is enough. */
  #callAround(order: DayOrder): void {
    if (this.#called.has(order.key)) return;
    this.#called.add(order.key);
    const { desk } = this.#day;
    const random = this.#random.fork(`${order.key} call`);
    this.#send(order, this.#now + random.lognormal(desk.medianMinutes, desk.spread) * MINUTE, 5 * MINUTE);
  }

  #send(order: DayOrder, at: Instant, again: number): void {
    this.#on(at, async () => {
      if (this.#courses.get(order.key)!.acceptedAt !== null) return;
      const accountId = await this.#house.sendBest(order, this.#now);
      if (accountId === null) this.#send(order, this.#now + again, again);
      else this.#take(order, this.#hands.get(accountId)!);
    });
  }

  #take(order: DayOrder, hand: Hand): void {
    const course = this.#courses.get(order.key)!;
    course.acceptedAt = this.#now;
    course.accountId = hand.person.accountId;
    const job = { course, leftMinutes: order.workMinutes };
    if (order.isEmergency) {
      // Whatever is in hand is left for it, unless that is one as well.
      if (hand.job !== null && !hand.job.course.order.isEmergency) this.#leave(hand);
      const place = hand.queue.findIndex((one) => !one.course.order.isEmergency);
      hand.queue.splice(place === -1 ? hand.queue.length : place, 0, job);
    } else hand.queue.push(job);
    if (hand.job === null) this.#go(hand);
  }

  #go(hand: Hand): void {
    const next = hand.queue.shift();
    if (next === undefined) {
      hand.job = null;
      hand.idleSince = this.#now;
      return;
    }
    const { building } = next.course.order;
    const shift = shiftOf(this.#ground, hand.person.accountId, this.#now);
    const isFresh = hand.job === null && hand.idleSince < (shift?.from ?? 0);
    if (isFresh) hand.at = this.#ground.gate;
    // On call, and nothing done since: the way begins at home.
    const minutes =
      shift?.kind === 'standby' && (isFresh || this.#now - hand.idleSince > HOUR)
        ? this.#day.way.fromHomeMinutes
        : wayMinutes(hand.at, building.point, this.#day.way);
    const job: Job = {
      course: next.course,
      leftMinutes: next.leftMinutes,
      from: hand.at,
      startedAt: this.#now,
      arrivesAt: this.#now + minutes * MINUTE,
    };
    hand.job = job;
    this.#on(job.arrivesAt, async () => {
      // Called away on the way there.
      if (hand.job !== job) return;
      hand.at = building.point;
      if (job.course.arrivedAt === null) {
        job.course.arrivedAt = this.#now;
        await this.#house.arrive(job.course.order, hand.person.accountId, this.#now);
      }
      this.#on(this.#now + job.leftMinutes * MINUTE, () => this.#finish(hand, job));
    });
  }

  async #finish(hand: Hand, job: Job): Promise<void> {
    if (hand.job !== job) return;
    const { course } = job;
    course.finishedAt = this.#now;
    if (course.order.isMeasured) this.#left--;
    await this.#house.finish(course.order, hand.person.accountId, this.#now);
    this.#on(this.#now + this.#day.matters.wrapUpMinutes * MINUTE, () => {
      if (hand.job !== job) return;
      hand.minutes += (this.#now - job.startedAt) / MINUTE;
      this.#go(hand);
    });
  }

  /** Called away: what is left of the work waits, and the way there has to be gone again. */
  #leave(hand: Hand): void {
    const job = hand.job!;
    hand.job = null;
    hand.minutes += (this.#now - job.startedAt) / MINUTE;
    if (this.#now < job.arrivesAt) {
      const share = (this.#now - job.startedAt) / (job.arrivesAt - job.startedAt);
      const to = job.course.order.building.point;
      hand.at = {
        latitude: job.from.latitude + (to.latitude - job.from.latitude) * share,
        longitude: job.from.longitude + (to.longitude - job.from.longitude) * share,
      };
    }
    if (job.course.finishedAt !== null) return;
    const worked = Math.max(0, (this.#now - job.arrivesAt) / MINUTE);
    hand.queue.unshift({ course: job.course, leftMinutes: job.leftMinutes - worked });
  }

  #on(at: Instant, run: Moment['run']): void {
    // The product's clock has whole milliseconds.
    const moment = { at: Math.max(Math.round(at), this.#now), nth: this.#nth++, run };
    let [low, high] = [0, this.#moments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#moments[middle]!.at <= moment.at) low = middle + 1;
      else high = middle;
    }
    this.#moments.splice(low, 0, moment);
  }

  #pop(): Moment {
    return this.#moments.shift()!;
  }
}
