import type { DueSweep } from '../../platform/due/due.ts';
import { clearLeftHalves } from './queries-grids.ts';

const leftHalves: DueSweep = {
  name: 'places.left_halves',
  everyMilliseconds: 60_000,
  claim: (tx, now, limit) => clearLeftHalves(tx, now, limit),
};

export const due: readonly DueSweep[] = [leftHalves];
