import { DAY, HOUR } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import { wallOf } from '../places/index.ts';
import { doneBy, pastOrders } from '../work-orders/index.ts';
import { learnLegs } from './domain.ts';
import { storeLearnt, unlearntCompounds } from './queries-estimates.ts';

const AGAIN_AFTER = 6 * HOUR;
/** A season: what was true last winter says little. */
const PAST = 180 * DAY;
const MOST_ORDERS = 1_000;

/** What a place's past says about how long it takes there, anew four times a day. */
export async function learnPlace(tx: Tx, scopeId: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - PAST);
  const [wall, past, workers] = await Promise.all([
    wallOf(tx, scopeId),
    pastOrders(tx, scopeId, since, MOST_ORDERS),
    doneBy(tx, scopeId, since),
  ]);
  const legs = learnLegs(
    past.map(({ category, isEmergency, createdAt, acceptedAt, departedAt, arrivedAt }) => ({
      category,
      isEmergency,
      createdAt: createdAt.getTime(),
      acceptedAt: acceptedAt?.getTime() ?? null,
      departedAt: departedAt?.getTime() ?? null,
      arrivedAt: arrivedAt?.getTime() ?? null,
    })),
    wall?.timeZone ?? 'Asia/Shanghai',
  );
  const { cityId = null, streetId = null, companyId = null } = wall ?? {};
  storeLearnt(tx, { cityId, streetId, companyId }, { scopeId, legs, workers, learntAt: now });
}

export const learnSweep: DueSweep = {
  name: 'dispatch.learn',
  lane: 'chores',
  everyMilliseconds: 60_000,
  async claim(tx, now, limit) {
    const found = await unlearntCompounds(tx, new Date(now.getTime() - AGAIN_AFTER), Math.min(limit, 20));
    for (const { scopeId } of found) await learnPlace(tx, scopeId, now);
    return found.length;
  },
};
