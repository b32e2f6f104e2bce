import type { DueSweep } from '../../platform/due/due.ts';
import { claimLowerings, claimRoutes, claimRounds } from './queries.ts';
import { reviewLowering } from './service-lowering.ts';
import { markRound, openRound } from './service-rounds.ts';

/** Rounds open by their timetable. */
export const openDue: DueSweep = {
  name: 'patrol.open',
  async claim(tx, now, limit) {
    const routes = await claimRoutes(tx, now, limit);
    for (const route of routes) await openRound(tx, route, now);
    return routes.length;
  },
};

/** What nobody has walked is late, then missed. */
export const markDue: DueSweep = {
  name: 'patrol.mark',
  async claim(tx, now, limit) {
    const rounds = await claimRounds(tx, now, limit);
    for (const round of rounds) await markRound(tx, round, now);
    return rounds.length;
  },
};

/** A silent device spares nobody a walk. */
export const reviewDue: DueSweep = {
  name: 'patrol.review',
  async claim(tx, now, limit) {
    const found = await claimLowerings(tx, now, limit);
    for (const one of found) await reviewLowering(tx, one, now);
    return found.length;
  },
};

// The frequency first: a device found silent now counts for the round that opens now.
export const due: readonly DueSweep[] = [reviewDue, openDue, markDue];
