import { openCrypto } from '../../../apps/server/src/platform/crypto/crypto.ts';
import { connectLoader } from './connection.ts';
import { loadPart, type Loader } from './load-part.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { planCity } from './plan.ts';
import { makeCitySkeleton, makeOffices } from './skeleton.ts';
import { almanacOf } from './story.ts';

/** One of the processes that fill.ts starts: loads a part when told to, and goes when its parent goes. */
const tell = (message: FromWorker): void => {
  process.send?.(message, undefined, {}, (error) => {
    if (error) process.exit(1);
  });
};

let loader: Loader | null = null;

async function open(message: Extract<ToWorker, { type: 'open' }>): Promise<void> {
  const plan = planCity(message.settings);
  const skeleton = makeCitySkeleton(plan);
  loader = {
    plan,
    skeleton,
    offices: makeOffices(plan, skeleton),
    almanac: almanacOf(message.settings),
    crypto: await openCrypto(message.dataDir, { mode: 'demo' }),
    client: await connectLoader(message.adminUrl),
  };
  // A server that goes away ends the running statement with an error of its own.
  loader.client.on('error', () => {});
  tell({ type: 'ready' });
}

async function obey(message: ToWorker): Promise<void> {
  try {
    if (message.type === 'open') return await open(message);
    const counts = await loadPart(loader!, message.index, (count) => tell({ type: 'orders', count }));
    tell({ type: 'done', index: message.index, counts });
  } catch (error) {
    tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

// An open transaction ends with the process, so a part that is not whole is not there.
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToWorker) => void obey(message));
