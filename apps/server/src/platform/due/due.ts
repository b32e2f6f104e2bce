import type { Clock } from '../clock/clock.ts';
import type { Tx, WorkerDatabase } from '../db/database.ts';
import type { Log } from '../events/dispatcher.ts';
import type { House } from '../house.ts';

/** Deadlines are rows (rule 4): a sweep claims those whose time has come by a passed-in now. */
export interface DueSweep {
  readonly name: string;
  /** Rests this long between rounds; every round of the runner when left out. */
  readonly everyMilliseconds?: number;
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

/** A sweep that claims the same rows for ever must not stop the others. */
const mostRounds = 10_000;

async function runSweep(
  options: DueOptions,
  sweep: DueSweep,
  now: Date,
  isStopping: () => boolean,
): Promise<number> {
  const { worker, house } = options;
  const limit = options.limit ?? 200;
  let total = 0;
  for (let round = 0; round < mostRounds && !isStopping(); round++) {
    const claimed = await worker.work((tx) => sweep.claim(tx, now, limit, house));
    await sweep.after?.(house);
    total += claimed;
    if (claimed === 0) return total;
  }
  if (!isStopping()) throw new Error(`due sweep ${sweep.name} does not come to an end`);
  return total;
}

/** Everything that is due now, once, each sweep until it finds nothing; for virtual clocks, tests and simulations. */
export async function runDueOnce(options: DueOptions): Promise<Record<string, number>> {
  const now = options.clock.now();
  const claimed: Record<string, number> = {};
  for (const sweep of options.sweeps) claimed[sweep.name] = await runSweep(options, sweep, now, () => false);
  return claimed;
}

export function startDue(options: DueOptions): Due {
  const { sweeps, clock, log } = options;
  const every = options.everyMilliseconds ?? 1_000;
  const nextAt = new Map<string, number>();
  let isStopping = false;
  let wake: (() => void) | undefined;

  const round = async () => {
    for (const sweep of sweeps) {
      const now = clock.now();
      if (isStopping || (nextAt.get(sweep.name) ?? 0) > now.getTime()) continue;
      nextAt.set(sweep.name, now.getTime() + (sweep.everyMilliseconds ?? 0));
      try {
        await runSweep(options, sweep, now, () => isStopping);
      } catch (error) {
        const { code, message } = error as Error & { code?: string };
        log.error({ sweep: sweep.name, code, message }, 'due sweep failed; it runs again');
      }
    }
  };
  const running = (async () => {
    while (!isStopping) {
      await round();
      if (isStopping) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, every);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    stop: async () => {
      isStopping = true;
      wake?.();
      await running;
    },
  };
}
