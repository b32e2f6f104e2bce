import { addDays, DAY, localDate, uuidv7 } from '@gongzhi/kernel';
import type { DueSweep } from '../../platform/due/due.ts';
import { sql } from '../../platform/db/sql.ts';
import {
  dropDay,
  endedMeasure,
  eraseReasons,
  forgetHealth,
  forgetUses,
  keptDays,
  longestKept,
  openDays,
  sealDay,
} from './queries-retention.ts';

/** What time alone does to what was kept. Each leaves a record of what was destroyed, and nothing of what it was. */

/** Tables of the days to come, so that nobody at the gate waits for one. */
const ahead = 2;
/** Codes are shown for a minute; a use is kept until no clock can bring it back. */
const usesKept = DAY;

export const readyDays: DueSweep = {
  name: 'access.days',
  lane: 'chores',
  everyMilliseconds: 60 * 60_000,
  async claim(tx, now) {
    const today = localDate(now.getTime(), 'UTC');
    const wanted = Array.from({ length: ahead + 1 }, (_, i) => addDays(today, i));
    const there = new Set(await keptDays(tx));
    const missing = wanted.filter((day) => !there.has(day));
    await openDays(tx, missing);
    return missing.length;
  },
};

/** A measure is over and its time has passed: why people were stopped under it goes, and what was known of their health. */
export const wipeMeasures: DueSweep = {
  name: 'access.measures',
  lane: 'chores',
  everyMilliseconds: 60_000,
  async claim(tx, now, _limit, house) {
    const measure = await endedMeasure(tx, now);
    if (measure === null) return 0;
    const { scopeId, id, cityId, streetId, companyId, startsAt, endsAt } = measure;
    const reasons = await eraseReasons(tx, scopeId, id, startsAt);
    const health = await forgetHealth(tx, scopeId, now);
    tx.write(
      sql`update access.policy set wiped_at = ${now} where scope_id = ${scopeId} and policy_id = ${id}`,
    );
    tx.write(
      sql`insert into access.destruction (scope_id, destruction_id, city_id, street_id, company_id, kind, policy_id, from_at, to_at, row_count, detail, done_at)
          values (${scopeId}, ${uuidv7(now.getTime())}, ${cityId}, ${streetId}, ${companyId}, 'measure', ${id}, ${startsAt}, ${endsAt}, ${reasons + health},
            ${JSON.stringify({ reasons, health })}::jsonb, ${now})`,
    );
    house.log.info(
      { scopeId, policyId: id, reasons, health },
      'data of a measure past its time was destroyed',
    );
    return 1;
  },
};

/** A day's passages go together, as a table: in seconds, however many they were. */
export const dropDays: DueSweep = {
  name: 'access.passages',
  lane: 'chores',
  everyMilliseconds: 60 * 60_000,
  async claim(tx, now, _limit, house) {
    const days = await longestKept(tx, now);
    const before = addDays(localDate(now.getTime(), 'UTC'), -days);
    const [oldest] = (await keptDays(tx)).filter((day) => day < before);
    if (oldest === undefined) return 0;
    const from = new Date(`${oldest}T00:00:00Z`);
    const until = new Date(from.getTime() + DAY);
    const passages = await sealDay(tx, from, until, now);
    await dropDay(tx, oldest);
    house.log.info({ day: oldest, passages }, 'passages past their time were destroyed');
    return 1;
  },
};

export const dropUses: DueSweep = {
  name: 'access.code_uses',
  lane: 'chores',
  everyMilliseconds: 10 * 60_000,
  claim: (tx, now) => forgetUses(tx, new Date(now.getTime() - usesKept)),
};

export const due: readonly DueSweep[] = [readyDays, wipeMeasures, dropDays, dropUses];
