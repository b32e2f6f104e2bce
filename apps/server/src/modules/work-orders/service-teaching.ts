import { DAY, HOUR } from '@gongzhi/kernel';
import type { WorkerDatabase } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { cityToTeach, noteTried } from './queries-triage.ts';
import { teachCity } from './service-triage.ts';

/**
 * Once a day each city's triage model is made anew, between other work and outside of any transaction: it takes seconds, on a
 * busy machine more, and nothing waits for it. A worker that takes a city notes it first; one that failed is tried in an hour.
 */
const everyMilliseconds = 30_000;

type Tools = Pick<House, 'log'>;

/** Teaches the next city that is due. False when there is none. */
export async function teachNext(
  { log }: Tools,
  worker: WorkerDatabase,
  now: Date,
  isStopping: () => boolean = () => false,
): Promise<boolean> {
  const cityId = await worker.work(async (tx) => {
    const city = await cityToTeach(tx, new Date(now.getTime() - DAY));
    if (city !== null) noteTried(tx, city.cityId, now);
    return city?.cityId ?? null;
  });
  if (cityId === null) return false;
  try {
    const models = await teachCity(worker, cityId, now, isStopping);
    if (models > 0) log.info({ cityId, models }, 'triage was taught anew');
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    // Never what anybody wrote: the database's own words only.
    log.error({ cityId, code, message }, 'triage could not be taught; it is tried again');
    await worker.work(async (tx) => noteTried(tx, cityId, new Date(now.getTime() - DAY + HOUR)));
  }
  return true;
}

export function startTeaching(
  { log, clock }: Pick<House, 'log' | 'clock'>,
  worker: WorkerDatabase,
): { stop(): Promise<void> } {
  let isStopping = false;
  let wake = () => {};
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMilliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const running = (async () => {
    // A process that has just started has better things to do first.
    await rest();
    while (!isStopping) {
      const hadOne = await teachNext({ log }, worker, clock.now(), () => isStopping).catch((error: Error) => {
        log.warn({ message: error.message }, 'teaching waits for the database');
        return false;
      });
      if (!hadOne && !isStopping) await rest();
    }
  })();
  return {
    stop: async () => {
      isStopping = true;
      wake();
      await running;
    },
  };
}
