import { createIdSource, type IdSource } from '@gongzhi/kernel';
import type { Random } from './random.ts';

/** Ids of a seed. */
export function seededIds(random: Random): IdSource {
  const next = createIdSource((bytes) => random.fill(bytes));
  return (millis) => next(Math.round(millis));
}
