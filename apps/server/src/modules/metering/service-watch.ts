import { DAY, HOUR, localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { wallOf } from '../places/index.ts';
import { type Counted, isSilent, leakSince, quietSince } from './domain.ts';
import { countedReadings } from './queries.ts';
import { careOf } from './queries-prepaid.ts';
import { chainOf } from './service.ts';
import { clear, raise } from './service-findings.ts';
import type { MeterRow } from './tables.ts';

/** What a meter's readings say of a home: looked through when one came, and every few hours where nothing comes. */
export async function watch(house: House, tx: Tx, meter: MeterRow, now: Date): Promise<void> {
  const wall = await wallOf(tx, meter.scopeId);
  const isOver = meter.retiredOn !== null || wall === null;
  tx.write(
    sql`update metering.meter set watch_at = ${isOver || meter.gatewayId === null ? null : new Date(now.getTime() + 3 * HOUR)}
        where scope_id = ${meter.scopeId} and meter_id = ${meter.id}`,
  );
  if (isOver || meter.gatewayId === null) return;
  const chain = chainOf(meter);
  const [leak, quiet, silentHours, rows] = await Promise.all([
    house.settings.get(tx, chain, 'metering.leak', now),
    house.settings.get(tx, chain, 'metering.quiet', now),
    house.settings.get(tx, chain, 'metering.silent_hours', now),
    countedReadings(tx, meter.scopeId, meter.id, new Date(now.getTime() - 32 * DAY), 800),
  ]);
  const readings: Counted[] = rows.map(({ takenAt, milli, usedMilli }) => ({
    at: takenAt.getTime(),
    milli,
    usedMilli,
  }));
  const { timeZone } = wall;
  await watchSilence(house, tx, meter, silentHours, timeZone, now);
  if (meter.kind === 'water') {
    const rule = {
      nights: leak.nights,
      fromHour: leak.fromHour,
      toHour: leak.toHour,
      milliAnHour: leak.litresAnHour,
    };
    const since = leakSince(readings, now.getTime(), timeZone, rule);
    if (since === null) await clear(house, tx, meter, 'leak', now);
    else await raise(house, tx, meter, 'leak', new Date(since), { nights: leak.nights }, timeZone, now);
  }
  const care =
    meter.householdId === null || (meter.kind !== 'water' && meter.kind !== 'power')
      ? null
      : await careOf(tx, meter.scopeId, meter.householdId, localDate(now.getTime(), timeZone));
  if (care === null) return clear(house, tx, meter, 'quiet_home', now);
  const milli = meter.kind === 'water' ? quiet.litres : quiet.wattHours;
  const since = quietSince(readings, now.getTime(), { hours: quiet.hours, milli });
  if (since !== null)
    await raise(house, tx, meter, 'quiet_home', new Date(since), { hours: quiet.hours }, timeZone, now);
  // Only use that was read ends it: a meter that says nothing is no sign of life.
  else if (readings.length > 0 && now.getTime() - (readings.at(-1)?.at ?? 0) <= 6 * HOUR)
    await clear(house, tx, meter, 'quiet_home', now);
}

async function watchSilence(
  house: House,
  tx: Tx,
  meter: MeterRow,
  hours: number,
  timeZone: string,
  now: Date,
): Promise<void> {
  const last = meter.lastSeenAt ?? meter.lastAt;
  const isQuiet = last !== null && isSilent(last.getTime(), last.getTime(), now.getTime(), hours);
  if (!isQuiet) return clear(house, tx, meter, 'silent', now);
  tx.write(
    sql`update metering.meter set line_state = 'silent' where scope_id = ${meter.scopeId} and meter_id = ${meter.id} and line_state <> 'silent'`,
  );
  await raise(house, tx, meter, 'silent', last, { hours }, timeZone, now);
}
