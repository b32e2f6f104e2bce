import type { DueSweep } from '../../platform/due/due.ts';
import { fold } from './queries-folding.ts';

const mostAtOnce = 5_000;

/** Reads are exact without it: it keeps them quick. */
export const foldFigures: DueSweep = {
  name: 'work_orders.fold_figures',
  lane: 'work',
  everyMilliseconds: 5_000,
  claim: (tx) => fold(tx, mostAtOnce),
};
