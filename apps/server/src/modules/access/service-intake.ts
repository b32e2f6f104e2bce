import { isAhead } from '../../platform/clock/clock.ts';
import { isAway } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { localDate } from '@gongzhi/kernel';
import type { Arrival, Decided, Refused, Taken } from './service-arrivals.ts';
import { actorOfGates } from './service-actor.ts';
import { takeIn } from './service-batch.ts';
import { OpenedFacts, PolicyContents } from './service-batch-facts.ts';
import { DayKeys } from './service-credentials.ts';
import { askAboutCode, askHealth, healthCodesOf } from './service-health.ts';
import { openDay } from './queries-batch.ts';

/**
 * The one way in for whoever stands at a gate. While one batch is being committed the next one gathers, so that the
 * busier the hour, the more checks share a commit; nobody waits for a timer. There is one lane: two would halve the batches,
 * and what a batch costs however many checks it holds would be paid twice; nor do two batches ever want the same chain.
 * Whoever waits is answered after the commit and never before.
 */
export interface Intake {
  /** Resolves after the commit. Rejects when nothing is known of it: it is to be sent again under the same number. */
  take(arrival: Arrival): Promise<Decided | Refused>;
  waiting(): number;
  stop(): Promise<void>;
}

export class Overwhelmed extends Error {}

/** A second of the busiest morning; beyond it the database stands still, and memory is not its stead. */
const mostWaiting = 10_000;
const mostTogether = 256;
/** Pages hear of a compound's passages this often, of a stopped one sooner. */
const tellEvery = { passed: 2_000, stopped: 500 };
const mostTold = 50_000;

interface Waiting {
  readonly arrival: Arrival;
  readonly resolve: (taken: Taken) => void;
  readonly reject: (error: unknown) => void;
}

class Lane {
  readonly #queue: Waiting[] = [];
  readonly #write: (arrivals: readonly Arrival[]) => Promise<Taken[]>;
  running: Promise<void> | null = null;

  constructor(write: (arrivals: readonly Arrival[]) => Promise<Taken[]>) {
    this.#write = write;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  put(one: Waiting): void {
    this.#queue.push(one);
    // The turn's other arrivals come along.
    this.running ??= new Promise<void>((next) => setImmediate(next)).then(() => this.#work());
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) await this.#take(this.#queue.splice(0, mostTogether));
    this.running = null;
  }

  /**
   * One that cannot be taken must not take its neighbours along: it is looked for by halves, and the others pass. A database
   * that is away is tried once more, on another connection, and is nobody's fault among them.
   */
  async #take(batch: readonly Waiting[], isAgain = false): Promise<void> {
    try {
      const taken = await this.#write(batch.map(({ arrival }) => arrival));
      batch.forEach(({ resolve }, i) => resolve(taken[i] as Taken));
    } catch (error) {
      if (isAway(error) && !isAgain) return this.#take(batch, true);
      if (isAway(error) || batch.length === 1) return batch.forEach(({ reject }) => reject(error));
      const half = batch.length >> 1;
      await this.#take(batch.slice(0, half));
      await this.#take(batch.slice(half));
    }
  }
}

/** Alone in its batch, a loser of a race finds out why it lost: these are worth another try. */
const retried = new Set(['23505', '23514', '40001', '40P01']);
const isRace = (error: unknown): boolean => retried.has((error as { code?: string }).code ?? '');

export function openIntake(house: House): Intake {
  const nowMillis = () => house.clock.now().getTime();
  const healthCodes = healthCodesOf(house);
  const keys = new DayKeys(house.crypto);
  const contents = new PolicyContents();
  const opened = new OpenedFacts(house.crypto);
  const toldAt = new Map<string, number>();
  const openDays = new Set<string>();
  let isStopping = false;

  const shouldTell = (scopeId: string, isStopped: boolean, now: number): boolean => {
    const last = toldAt.get(scopeId);
    const every = isStopped ? tellEvery.stopped : tellEvery.passed;
    if (last !== undefined && isAhead(last + every, now, every)) return false;
    toldAt.delete(scopeId);
    if (toldAt.size >= mostTold) toldAt.delete(toldAt.keys().next().value as string);
    toldAt.set(scopeId, now);
    return true;
  };

  /** The tables of passages go by days of UTC; today's is made by whoever comes first. */
  const readyDay = async (scopeIds: readonly string[]) => {
    const day = localDate(nowMillis(), 'UTC');
    if (openDays.has(day)) return;
    await house.db.act(actorOfGates(scopeIds), (tx) => openDay(tx, day));
    openDays.add(day);
  };

  const write = async (arrivals: readonly Arrival[]): Promise<Taken[]> => {
    const scopeIds = [...new Set(arrivals.map(({ from }) => from.scopeId))];
    await readyDay(scopeIds);
    const act = () =>
      house.db.act(actorOfGates(scopeIds), (tx) =>
        takeIn({ house, keys, contents, opened, shouldTell }, tx, arrivals),
      );
    try {
      return await act();
    } catch (error) {
      if (arrivals.length > 1 || !isRace(error)) throw error;
      return act();
    }
  };
  const lane = new Lane(write);

  const put = (arrival: Arrival): Promise<Taken> =>
    new Promise<Taken>((resolve, reject) => {
      if (isStopping || lane.waiting >= mostWaiting) reject(new Overwhelmed('too many checks wait'));
      else lane.put({ arrival, resolve, reject });
    });

  return {
    async take(arrival) {
      const taken = await put(arrival);
      if (taken.kind !== 'ask') return taken;
      // Not within a transaction: the service may take its time, and the gate's chain waits for nobody.
      const { passId, withinMilliseconds, healthCode } = taken;
      const subject = { reference: passId };
      const answer = await (healthCode === null
        ? askHealth(healthCodes, subject, withinMilliseconds, nowMillis)
        : askAboutCode(healthCodes, subject, healthCode, withinMilliseconds, nowMillis));
      const again = await put({ ...arrival, answer });
      if (again.kind === 'ask') throw new Error('asked for an answer that was given');
      return again;
    },
    waiting: () => lane.waiting,
    stop: async () => {
      isStopping = true;
      await lane.running;
    },
  };
}
