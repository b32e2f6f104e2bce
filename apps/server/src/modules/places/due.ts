import type { DueSweep } from '../../platform/due/due.ts';
import { clearLeftHalves } from './queries-grids.ts';
import { soundNames } from './queries-search.ts';
import { countSizes } from './queries-sizes.ts';
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

/** Places that cannot be found by their sound yet: new ones, and those with a new name. */
const nameSounds: DueSweep = {
  name: 'places.name_sounds',
  lane: 'work',
  everyMilliseconds: 5_000,
  claim: (tx, _now, limit) => soundNames(tx, limit),
};

const sizes: DueSweep = {
  name: 'places.compound_sizes',
  lane: 'chores',
  everyMilliseconds: 3_600_000,
  claim: (tx) => countSizes(tx),
};

export const due: readonly DueSweep[] = [leftHalves, nameIndex, nameSounds, sizes, takeoverSweep];
