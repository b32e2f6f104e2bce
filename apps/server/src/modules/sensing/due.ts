import { DAY, uuidv7 } from '@gongzhi/kernel';
import { sql } from '../../platform/db/sql.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import { wallOf } from '../places/index.ts';
import { dueDevices, lockDevices, storeSeen } from './queries.ts';
import { agedScopes, deleteAged } from './queries-purge.ts';
import { judge } from './service.ts';

/** What time alone brings: a window that has passed, a device that fell silent, an order that nobody needs any more. */
export const watchDue: DueSweep = {
  name: 'sensing.watch',
  async claim(tx, now, limit, house) {
    const keys = await dueDevices(tx, now, limit);
    if (keys.length === 0) return 0;
    const devices = await lockDevices(tx, keys);
    const at = now.getTime();
    const judged = await judge(
      house,
      tx,
      devices.map((device) => ({ device, inputs: [{ input: { type: 'time', at }, receivedAt: at }] })),
      now,
    );
    storeSeen(
      tx,
      judged
        .filter(({ device, state }) => state !== device.state)
        .map(({ device, state }) => ({ ...device, device, state })),
    );
    return keys.length;
  },
};

const batch = 5_000;

/** Readings are kept as long as the place's setting says, and what went is written down. */
export const purgeDue: DueSweep = {
  name: 'sensing.purge',
  lane: 'chores',
  everyMilliseconds: 60 * 60_000,
  async claim(tx, now, _limit, house) {
    // The shortest that a setting may say; whose readings are older is asked place by place.
    for (const scopeId of await agedScopes(tx, new Date(now.getTime() - DAY))) {
      const wall = await wallOf(tx, scopeId);
      if (wall === null) continue;
      const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
      const days = await house.settings.get(tx, chain, 'sensing.reading_days', now);
      const before = new Date(now.getTime() - days * DAY);
      const readings = await deleteAged(tx, scopeId, before, batch);
      if (readings === 0) continue;
      tx.write(
        sql`insert into sensing.purge (scope_id, purge_id, city_id, street_id, company_id, before, readings, at)
            values (${scopeId}, ${uuidv7(now.getTime())}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${before}, ${readings}, ${now})`,
      );
      house.log.info({ scopeId, readings, before }, 'readings past their time were deleted');
      return readings;
    }
    return 0;
  },
};

export const due: readonly DueSweep[] = [watchDue, purgeDue];
