import type { World } from '../../../../../../test/world.ts';
import { runDueOnce } from '../../../platform/due/due.ts';
import { searchIndex } from './due-search.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** What the worker does a second later. */
export async function indexWords(world: World): Promise<void> {
  const { worker, clock, server } = world;
  await runDueOnce({ worker, sweeps: [searchIndex], house: server.house, clock, log: quiet });
}
