import { HOUR, localDate, startOfDay, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { findBuilding, findHousehold, type Wall } from '../places/index.ts';
import { capacityOf, nextReading } from './domain.ts';
import { shareGateway } from './queries.ts';
import { lockPrepaid, openTopUps } from './queries-prepaid.ts';
import type { MeterBody, MeterChangeBody, ReplaceBody } from './schemas.ts';
import { accessCompound, chainOf, faultAt, lockMeterFor, tellOfMeter } from './service.ts';
import { carryPrepaid } from './service-closing.ts';
import { readingProblem, recordByHand, writeReadings } from './service-readings.ts';
import type { MeterRow, ReadingRow } from './tables.ts';

/** Meters are hung, moved to another line, and replaced; nothing that was read on them is ever changed. */

interface Place {
  readonly householdId: string | null;
  readonly householdLabel: string | null;
  readonly buildingId: string | null;
  readonly spot: string;
}

async function placeOf(
  tx: Tx,
  scopeId: string,
  body: Pick<MeterBody, 'householdId' | 'buildingId' | 'spot'>,
): Promise<Place> {
  const spot = body.spot.trim();
  if (body.householdId !== null) {
    const household = await findHousehold(tx, scopeId, body.householdId);
    if (household === null) throw faultAt('metering.place_unknown', '/householdId');
    return {
      householdId: household.id,
      householdLabel: household.label,
      buildingId: household.buildingId,
      spot,
    };
  }
  const building = body.buildingId === null ? null : await findBuilding(tx, scopeId, body.buildingId);
  if (body.buildingId !== null && building === null) throw faultAt('metering.place_unknown', '/buildingId');
  // Somebody has to find it.
  if (building === null && spot === '') throw faultAt('validation.failed', '/spot', 'required');
  return { householdId: null, householdLabel: null, buildingId: building?.id ?? null, spot };
}

async function lineOf(
  house: House,
  tx: Tx,
  wall: Wall,
  line: { readonly gatewayId: string; readonly address: string } | null,
  now: Date,
): Promise<Pick<MeterRow, 'gatewayId' | 'address' | 'nextReadAt' | 'lineState'>> {
  if (line === null) return { gatewayId: null, address: null, nextReadAt: null, lineState: 'none' };
  const gateway = await shareGateway(tx, wall.scopeId, line.gatewayId);
  if (gateway === null || gateway.retiredAt !== null)
    throw faultAt('metering.gateway_unknown', '/line/gatewayId');
  // The first reading says at once whether it answers.
  return { gatewayId: gateway.id, address: line.address, nextReadAt: now, lineState: 'never' };
}

export function insertMeter(tx: Tx, meter: MeterRow): void {
  tx.write(
    sql`insert into metering.meter (scope_id, meter_id, city_id, street_id, company_id, kind, serial, household_id, household_label, building_id, spot,
          digits, gateway_id, address, installed_on, replaces_id, version, next_read_at, line_state)
        values (${meter.scopeId}, ${meter.id}, ${meter.cityId}, ${meter.streetId}, ${meter.companyId}, ${meter.kind}, ${meter.serial},
          ${meter.householdId}, ${meter.householdLabel}, ${meter.buildingId}, ${meter.spot}, ${meter.digits}, ${meter.gatewayId}, ${meter.address},
          ${meter.installedOn}, ${meter.replacesId}, 1, ${meter.nextReadAt}, ${meter.lineState})`,
  );
}

function fresh(
  wall: Wall,
  now: Date,
  more: Pick<MeterRow, 'kind' | 'serial' | 'digits' | 'installedOn' | 'replacesId'> &
    Place &
    Pick<MeterRow, 'gatewayId' | 'address' | 'nextReadAt' | 'lineState'>,
): MeterRow {
  return {
    scopeId: wall.scopeId,
    cityId: wall.cityId,
    streetId: wall.streetId,
    companyId: wall.companyId,
    id: uuidv7(now.getTime()),
    retiredOn: null,
    version: 1,
    lastReadingId: null,
    lastAt: null,
    lastMilli: null,
    usualMilliDay: null,
    lastSeenAt: null,
    lineFault: null,
    lineFaultAt: null,
    isOpen: null,
    ...more,
  };
}

/** Counts from the first figure on, which is written with the meter. */
function firstReading(
  tx: Tx,
  acting: Acting,
  meter: MeterRow,
  milli: number,
  timeZone: string,
  now: Date,
): MeterRow {
  // What it showed when it was hung: of the noon of that day, or of now.
  const noon = new Date(startOfDay(meter.installedOn, timeZone) + 12 * HOUR);
  const takenAt = meter.installedOn < localDate(now.getTime(), timeZone) ? noon : now;
  const { scopeId, cityId, streetId, companyId, householdId } = meter;
  const reading: ReadingRow = {
    scopeId,
    cityId,
    streetId,
    companyId,
    householdId,
    id: uuidv7(now.getTime()),
    meterId: meter.id,
    sourceKey: 'first',
    source: 'first',
    takenAt,
    day: localDate(takenAt.getTime(), timeZone),
    milli,
    state: 'counted',
    doubts: [],
    answer: null,
    note: null,
    previousId: null,
    usedMilli: null,
    recordedAt: now,
    recordedBy: acting.accountId,
    recordedByName: acting.displayName,
    decidedAt: null,
    decidedByName: null,
    hasPhoto: false,
    isCharged: false,
  };
  writeReadings(tx, [reading]);
  tx.write(
    sql`update metering.meter set last_reading_id = ${reading.id}, last_at = ${takenAt}, last_milli = ${milli}
        where scope_id = ${scopeId} and meter_id = ${meter.id}`,
  );
  return { ...meter, lastReadingId: reading.id, lastAt: takenAt, lastMilli: milli };
}

const milliOf = (value: number, digits: number, path: string): number => {
  const milli = Math.round(value * 1000);
  if (milli >= capacityOf(digits))
    throw new Problem('metering.reading_impossible', { reason: 'too_many_digits' }, [
      { path, code: 'invalid', params: {} },
    ]);
  return milli;
};

export async function registerMeter(
  house: House,
  acting: Acting,
  tx: Tx,
  body: MeterBody,
  now: Date,
): Promise<MeterRow> {
  const wall = await accessCompound(tx, acting, body.scopeId);
  const place = await placeOf(tx, wall.scopeId, body);
  const line = await lineOf(house, tx, wall, body.line, now);
  const today = localDate(now.getTime(), wall.timeZone);
  if (body.installedOn > today) throw faultAt('validation.failed', '/installedOn', 'in_future');
  const milli = milliOf(body.firstValue, body.digits, '/firstValue');
  const { kind, digits, installedOn } = body;
  const meter = fresh(wall, now, {
    kind,
    digits,
    installedOn,
    replacesId: null,
    serial: body.serial.trim(),
    ...place,
    ...line,
  });
  insertMeter(tx, meter);
  const begun = firstReading(tx, acting, meter, milli, wall.timeZone, now);
  tellOfMeter(tx, meter, meter.id, meter.householdId, 'meter.registered', { meterKind: kind }, now);
  return begun;
}

/** Where it hangs and how it is spoken to; never what it showed. */
export async function changeMeter(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  meterId: string,
  body: MeterChangeBody,
  now: Date,
): Promise<MeterRow> {
  const before = await lockMeterFor(tx, acting, scopeId, meterId);
  if (before.version !== body.expectedVersion)
    throw new Problem('metering.stale', { version: before.version });
  const wall = await accessCompound(tx, acting, scopeId);
  await keepReached(tx, before, body.line);
  const isSameLine =
    before.gatewayId === (body.line?.gatewayId ?? null) && before.address === (body.line?.address ?? null);
  const line = isSameLine ? before : await lineOf(house, tx, wall, body.line, now);
  const after: MeterRow = {
    ...before,
    spot: body.spot.trim(),
    gatewayId: line.gatewayId,
    address: line.address,
    nextReadAt: line.nextReadAt,
    lineState: line.lineState,
    version: before.version + 1,
  };
  tx.write(
    sql`update metering.meter set spot = ${after.spot}, gateway_id = ${after.gatewayId}, address = ${after.address}, next_read_at = ${after.nextReadAt},
          line_state = ${after.lineState}, version = ${after.version} where scope_id = ${scopeId} and meter_id = ${meterId}`,
  );
  tellOfMeter(tx, before, meterId, before.householdId, 'meter.changed', {}, now);
  return after;
}

/** Who is paid for ahead is switched off and on again, and what is bought is said to it: it loses neither line nor name. */
async function keepReached(tx: Tx, meter: MeterRow, line: MeterChangeBody['line']): Promise<void> {
  if (line?.gatewayId === meter.gatewayId && line?.address === meter.address) return;
  const prepaid = await lockPrepaid(tx, meter.scopeId, meter.id);
  if (prepaid === null) return;
  if (line === null) throw faultAt('metering.prepaid_line', '/line', 'required');
  // Where we count, an address that was written down wrongly is only put right.
  if (prepaid.keeps === 'us' || line.address === meter.address) return;
  const isEmpty = prepaid.balanceFen === 0 && prepaid.purchases === 0;
  if (!isEmpty || (await openTopUps(tx, meter.scopeId, meter.id)).length > 0)
    throw faultAt('metering.prepaid_address', '/line/address', 'invalid');
}

/** The old one's last figure and the new one's first, in one act: nothing that was used falls between them. */
export async function replaceMeter(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  meterId: string,
  body: ReplaceBody,
  now: Date,
): Promise<MeterRow> {
  const before = await lockMeterFor(tx, acting, scopeId, meterId);
  if (before.version !== body.expectedVersion)
    throw new Problem('metering.stale', { version: before.version });
  const wall = await accessCompound(tx, acting, scopeId);
  const prepaid = await lockPrepaid(tx, scopeId, meterId);
  if (prepaid !== null && body.line === null) throw faultAt('metering.prepaid_line', '/line', 'required');
  milliOf(body.finalValue, before.digits, '/finalValue');
  const figure = { value: body.finalValue, answer: body.answer ?? null };
  const done = await recordByHand(house, acting, tx, before, 'final', 'final', figure, wall.timeZone, now);
  if (done.type !== 'recorded') throw readingProblem(before, done, '/finalValue');
  const today = localDate(now.getTime(), wall.timeZone);
  tx.write(
    sql`update metering.meter set retired_on = ${today}, next_read_at = null, watch_at = null, version = version + 1
        where scope_id = ${scopeId} and meter_id = ${meterId}`,
  );
  const line = await lineOf(house, tx, wall, body.line, now);
  const { kind, householdId, householdLabel, buildingId, spot } = before;
  const meter = fresh(wall, now, {
    kind,
    digits: body.digits,
    installedOn: today,
    replacesId: before.id,
    serial: body.serial.trim(),
    householdId,
    householdLabel,
    buildingId,
    spot,
    ...line,
  });
  insertMeter(tx, meter);
  const begun = firstReading(
    tx,
    acting,
    meter,
    milliOf(body.firstValue, body.digits, '/firstValue'),
    wall.timeZone,
    now,
  );
  // What was usual of the home goes on with it.
  tx.write(
    sql`update metering.meter set usual_milli_day = ${before.usualMilliDay} where scope_id = ${scopeId} and meter_id = ${meter.id}`,
  );
  if (prepaid !== null) await carryPrepaid(house, acting, tx, prepaid, before, begun, wall.timeZone, now);
  tellOfMeter(tx, before, before.id, householdId, 'meter.replaced', { byMeterId: meter.id }, now);
  return { ...begun, usualMilliDay: before.usualMilliDay };
}

/** Read at the next occasion instead of the next hour. */
export async function readNow(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  meterId: string,
  now: Date,
): Promise<void> {
  const meter = await lockMeterFor(tx, acting, scopeId, meterId);
  if (meter.gatewayId === null) throw new Problem('metering.no_line');
  tx.write(
    sql`update metering.meter set next_read_at = ${now} where scope_id = ${scopeId} and meter_id = ${meterId}`,
  );
}

/** When it is read again after this time. */
export async function nextReadOf(
  house: House,
  tx: Tx,
  meter: MeterRow,
  timeZone: string,
  now: Date,
): Promise<Date> {
  const hours = await house.settings.get(tx, chainOf(meter), 'metering.read_hours', now);
  return new Date(nextReading(now.getTime(), hours, timeZone));
}
