import type { DueSweep } from '../../platform/due/due.ts';
import { clearLeftHalves } from './queries-grids.ts';
import { indexPeople } from './service-people.ts';
import { takeoverSweep } from './service-takeovers.ts';

/** People who cannot be found by name yet: loaded before there was an index, or by a road that leaves it to us. */
const nameIndex: DueSweep = {
  name: 'places.name_index',
  lane: 'work',
  everyMilliseconds: 5_000,
  async claim(tx, _now, limit, { crypto, log }) {
    const { count, unreadable } = await indexPeople(tx, crypto, limit);
    if (unreadable.length > 0)
      log.error(
        { people: unreadable },
        'names are sealed with a key that is not in the key file; they cannot be found',
      );
    return count;
  },
};

const leftHalves: DueSweep = {
  name: 'places.left_halves',
  lane: 'chores',
  everyMilliseconds: 60_000,
  claim: (tx, now, limit) => clearLeftHalves(tx, now, limit),
};

export const due: readonly DueSweep[] = [leftHalves, nameIndex, takeoverSweep];
