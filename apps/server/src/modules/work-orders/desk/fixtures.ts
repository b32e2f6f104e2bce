import type { World } from '../../../../../../test/world.ts';
import { runDueOnce } from '../../../platform/due/due.ts';
import { calendarRecount } from './due-recount.ts';
import { searchIndex } from './due-search.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** What the worker does a second later. */
export async function indexWords(world: World): Promise<void> {
  const { worker, clock, server } = world;
  await runDueOnce({ worker, sweeps: [searchIndex], house: server.house, clock, log: quiet });
}

/** A changed calendar reaches the open orders. */
export async function recount(world: World): Promise<void> {
  const { worker, clock, server } = world;
  await runDueOnce({ worker, sweeps: [calendarRecount], house: server.house, clock, log: quiet });
}
