import type { MorningMessage, MorningOrder } from './apart.ts';
import { playMorning } from './morning.ts';

/** The process that apart.ts starts: plays one morning, says how it went, and goes when its parent goes. */
async function run({ config, end }: MorningOrder): Promise<void> {
  let message: MorningMessage;
  try {
    message = { type: 'done', isPlayed: await playMorning(config, end) };
  } catch (error) {
    message = { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
  process.send?.(message, undefined, {}, (error) => {
    if (error) process.exit(1);
  });
}

process.on('disconnect', () => process.exit(1));
process.once('message', (order: MorningOrder) => void run(order));
