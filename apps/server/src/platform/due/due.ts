import { type Clock, isAhead } from '../clock/clock.ts';
import type { Tx, WorkerDatabase } from '../db/database.ts';
import type { Log } from '../events/dispatcher.ts';
import type { House } from '../house.ts';

/**
 * Sweeps of one lane take turns; lanes do not wait for each other.
 * - `deadlines`: what was promised by the minute: countdowns, chains of alerts, limits. Never waits outside the database.
 * - `emergencies`, `messages`: wait for providers.
 * - `work`: what people watch getting done: an index, a takeover, a recount.
 * - `chores`: what nobody waits for: purging, learning, looking through a compound.
 */
export type Lane = 'deadlines' | 'emergencies' | 'messages' | 'work' | 'chores';

/** Deadlines are rows (rule 4): a sweep claims those whose time has come by a passed-in now. */
export interface DueSweep {
  readonly name: string;
  /** `deadlines` when left out. */
  readonly lane?: Lane;
  /** Rests this long once it has found nothing; every round of the runner when left out. */
  readonly everyMilliseconds?: number;
  /** So many turns of it side by side, each a transaction that passes over what another holds; one when left out. */
  readonly atOnce?: number;
  /**
   * Claims and settles up to `limit` rows that are due at `now`, in this transaction, and says how many. Rows are
   * locked with SKIP LOCKED, so that several workers share the work. What it did is no longer due afterwards.
   */
  claim(tx: Tx, now: Date, limit: number, house: House): Promise<number>;
  /** Effects outside the database for what was just claimed, after the commit. */
  after?(house: House): Promise<void>;
}

export interface DueOptions {
  readonly worker: WorkerDatabase;
  readonly sweeps: readonly DueSweep[];
  readonly house: House;
  readonly clock: Clock;
  readonly log: Log;
  readonly everyMilliseconds?: number;
  readonly limit?: number;
}

export interface Due {
  stop(): Promise<void>;
}

/** A sweep that claims the same rows for ever must neither stop the others nor keep the machine busy. */
const mostTurns = 10_000;
const restMilliseconds = 60_000;

/** A batch, or as many as go side by side: each claimed in a transaction, and what follows outside of it. */
async function turn({ worker, house, limit = 200 }: DueOptions, sweep: DueSweep, now: Date): Promise<number> {
  const side = () => worker.work((tx) => sweep.claim(tx, now, limit, house));
  const sides = await Promise.allSettled(Array.from({ length: sweep.atOnce ?? 1 }, side));
  const done = sides.filter((one) => one.status === 'fulfilled');
  if (done.length > 0) await sweep.after?.(house);
  const failed = sides.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return done.reduce((sum, { value }) => sum + value, 0);
}

/** Everything that is due now, once, each sweep until it finds nothing; for virtual clocks, tests and simulations. */
export async function runDueOnce(options: DueOptions): Promise<Record<string, number>> {
  const now = options.clock.now();
  const claimed: Record<string, number> = {};
  for (const sweep of options.sweeps) {
    let total = 0;
    for (let turns = 0; ; turns++) {
      if (turns === mostTurns) throw new Error(`due sweep ${sweep.name} does not come to an end`);
      const found = await turn(options, sweep, now);
      if (found === 0) break;
      total += found;
    }
    claimed[sweep.name] = total;
  }
  return claimed;
}

export function startDue(options: DueOptions): Due {
  const every = options.everyMilliseconds ?? 1_000;
  const wakes = new Set<() => void>();
  let isStopping = false;

  const pause = () =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        wakes.delete(done);
        resolve();
      };
      const timer = setTimeout(done, every);
      wakes.add(done);
    });

  const runLane = async (sweeps: readonly Waiting[]): Promise<void> => {
    while (!isStopping) {
      const from = performance.now();
      let busy = sweeps;
      // Who found something has another turn after the others; once a round is over everybody is asked again.
      do {
        const found: Waiting[] = [];
        for (const one of busy) if (!isStopping && (await takeTurn(options, one))) found.push(one);
        busy = found;
      } while (busy.length > 0 && performance.now() - from < every);
      if (busy.length === 0 && !isStopping) await pause();
    }
  };
  const waiting = options.sweeps.map((sweep): Waiting => ({ sweep, nextAt: 0, rests: 0, turns: 0 }));
  const byLane = Map.groupBy(waiting, ({ sweep }) => sweep.lane ?? 'deadlines');
  const running = [...byLane.values()].map((lane) => runLane(lane));
  return {
    stop: async () => {
      isStopping = true;
      for (const wake of wakes) wake();
      await Promise.all(running);
    },
  };
}

interface Waiting {
  readonly sweep: DueSweep;
  /** By the house's clock. */
  nextAt: number;
  /** So long before that it was put there. */
  rests: number;
  /** So many in a row have found something. */
  turns: number;
}

/** Whether there may be more of it. */
async function takeTurn(options: DueOptions, waiting: Waiting): Promise<boolean> {
  const { sweep } = waiting;
  const now = options.clock.now();
  if (isAhead(waiting.nextAt, now.getTime(), waiting.rests)) return false;
  const rest = (milliseconds: number): false => {
    waiting.turns = 0;
    waiting.nextAt = now.getTime() + milliseconds;
    waiting.rests = milliseconds;
    return false;
  };
  try {
    if ((await turn(options, sweep, now)) === 0) return rest(sweep.everyMilliseconds ?? 0);
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    options.log.error({ sweep: sweep.name, code, message }, 'due sweep failed; it runs again');
    return rest(sweep.everyMilliseconds ?? 0);
  }
  if (++waiting.turns < mostTurns) return true;
  options.log.warn({ sweep: sweep.name }, 'due sweep has not come to an end; it rests a minute');
  return rest(restMilliseconds);
}
