import { fillStreet } from './fill.ts';
import type { FillMessage, FillOrder } from './load.ts';

/** The process that load.ts starts: takes one order, tells of its progress, and goes when its parent goes. */
const tell = (message: FillMessage): void => {
  // A parent that was killed reads no more: there is nobody to load for.
  process.send?.(message, undefined, {}, (error) => {
    if (error) process.exit(1);
  });
};

async function run({ now, ...order }: FillOrder): Promise<void> {
  try {
    await fillStreet({
      ...order,
      now: new Date(now),
      onProgress: (done, total, label) => tell({ type: 'progress', done, total, label }),
    });
    tell({ type: 'done' });
  } catch (error) {
    tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

// The transaction ends with the process, so what is not whole is not there.
process.on('disconnect', () => process.exit(1));
process.once('message', (order: FillOrder) => void run(order));
