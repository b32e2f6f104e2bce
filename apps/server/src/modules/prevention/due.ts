import type { DueSweep } from '../../platform/due/due.ts';
import { daysBefore } from './facts.ts';
import { compoundsToLookAt } from './queries-look.ts';
import { lookThrough } from './service-look.ts';

/** Each compound once a day, one a transaction; several workers share them. */
export const nightlyLook: DueSweep = {
  name: 'prevention.look',
  everyMilliseconds: 60_000,
  async claim(tx, now, _limit, house) {
    const before = daysBefore(now, 1);
    for (const scopeId of await compoundsToLookAt(tx, before, 20))
      if (await lookThrough(house, tx, scopeId, before, now)) return 1;
    return 0;
  },
};
