import { createIdSource, type IdSource } from '@gongzhi/kernel';
import type { Random } from './random.ts';

/**
 * Ids of a seed. The source joins an id from thirty pieces, and V8 keeps such a text as thirty linked ones until it
 * is read; hundreds of thousands are kept here, so each is copied into one piece: a tenth of the memory.
 */
export function seededIds(random: Random): IdSource {
  const next = createIdSource((bytes) => random.fill(bytes));
  return (millis) => Buffer.from(next(Math.round(millis)), 'latin1').toString('latin1');
}
