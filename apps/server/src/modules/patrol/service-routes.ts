import { addDays, isLocalDate, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { type FieldProblem, Problem } from '../../platform/http/problem.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, findBuilding, findFacility, type Wall } from '../places/index.ts';
import { listenersOf } from '../sensing/index.ts';
import { catalogueOf } from '../work-orders/index.ts';
import { tell, writeFrequency } from './changes.ts';
import { faultOfTimetable, isThinner, openingAfter, timetableOn, type TimetableVersion } from './domain.ts';
import { checkpointsOf, lockCheckpoint, lockRoute, openLoweringOf, timetablesOf } from './queries.ts';
import type {
  CheckpointCommandBody,
  CheckpointInput,
  RouteCommandBody,
  RouteInput,
  TimetableInput,
} from './schemas.ts';
import { endLowering } from './service-lowering.ts';
import type { CheckpointRow, RouteRow } from './tables.ts';

/** Routes, their checkpoints and timetables are laid out, changed and given up. What was walked stays. */

async function accessCompound(tx: Tx, acting: Acting, scopeId: string): Promise<Wall> {
  const wall = await accessScope(tx, acting, scopeId);
  if (wall.kind !== 'compound')
    throw new Problem('patrol.not_here', {}, [{ path: '/scopeId', code: 'unknown', params: {} }]);
  return wall;
}

function needApprover(acting: Acting): void {
  if (!mayAttempt(acting.role, 'patrol.approve')) throw new Problem('patrol.needs_approver');
}

const unknown = (code: string, path: string) =>
  new Problem(code, {}, [{ path, code: 'unknown', params: {} }]);

async function checkTimetable(
  acting: Acting,
  wall: Wall,
  before: readonly TimetableVersion[],
  timetable: TimetableInput,
  now: Date,
): Promise<void> {
  const fault = faultOfTimetable(timetable);
  if (fault !== null)
    throw new Problem('patrol.timetable_invalid', { fault }, [
      { path: '/timetable/times', code: fault, params: {} },
    ]);
  const today = localDate(now.getTime(), wall.timeZone);
  const { validFrom } = timetable;
  const faults: FieldProblem[] = [];
  if (!isLocalDate(validFrom) || validFrom < today)
    faults.push({ path: '/timetable/validFrom', code: 'too_early', params: { earliest: today } });
  else if (validFrom > addDays(today, 366))
    faults.push({ path: '/timetable/validFrom', code: 'too_late', params: { latest: addDays(today, 366) } });
  if (faults.length > 0) throw new Problem('validation.failed', {}, faults);
  // Against whatever would have held on that day or later: nobody thins by writing twice.
  const rivals = [
    timetableOn(before, validFrom),
    ...before.filter((one) => one.validFrom > validFrom),
  ].filter((one) => one !== null);
  if (rivals.some((one) => isThinner(one, timetable))) needApprover(acting);
}

function writeTimetable(
  tx: Tx,
  acting: Acting,
  route: Pick<RouteRow, 'id' | 'scopeId' | 'cityId' | 'streetId' | 'companyId'>,
  version: number,
  { validFrom, everyDays, times, withinMinutes }: TimetableInput,
  reason: string,
  now: Date,
): void {
  tx.write(
    sql`insert into patrol.timetable (scope_id, route_id, version, city_id, street_id, company_id, valid_from, every_days, times, within_minutes,
          reason, changed_by, changed_by_name, changed_at)
        values (${route.scopeId}, ${route.id}, ${version}, ${route.cityId}, ${route.streetId}, ${route.companyId}, ${validFrom}, ${everyDays},
          ${[...times]}::integer[], ${withinMinutes}, ${reason.trim()}, ${acting.accountId}, ${acting.displayName}, ${now})`,
  );
}

async function addCheckpoint(
  tx: Tx,
  wall: Wall,
  route: { readonly id: string; readonly scopeId: string },
  input: CheckpointInput,
  position: number,
  path: string,
  now: Date,
): Promise<void> {
  const { scopeId } = route;
  const { buildingId, facilityId, deviceId, spot } = input;
  const [building, facility, listeners, categories] = await Promise.all([
    buildingId === null ? null : findBuilding(tx, scopeId, buildingId),
    facilityId === null ? null : findFacility(tx, scopeId, facilityId),
    listenersOf(tx, scopeId, deviceId === null ? [] : [deviceId], now),
    catalogueOf(tx, [input.categoryCode]),
  ]);
  if (buildingId !== null && building === null) throw unknown('patrol.place_unknown', `${path}/buildingId`);
  if (facilityId !== null && facility === null) throw unknown('patrol.place_unknown', `${path}/facilityId`);
  if (deviceId !== null && listeners.get(deviceId)?.isRetired !== false)
    throw unknown('patrol.device_unknown', `${path}/deviceId`);
  const category = categories.get(input.categoryCode);
  if (category === undefined || category.place === 'home')
    throw unknown('validation.failed', `${path}/categoryCode`);
  // Somebody has to find it.
  if (building === null && facility === null && spot.trim() === '')
    throw new Problem('validation.failed', {}, [{ path: `${path}/spot`, code: 'required', params: {} }]);
  const { cityId, streetId, companyId } = wall;
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into patrol.checkpoint (scope_id, checkpoint_id, city_id, street_id, company_id, route_id, position, label, building_id, facility_id,
          spot, category_code, minutes, device_id, every_rounds, since_last, version, created_at)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${route.id}, ${position}, ${input.label.trim()}, ${buildingId},
          ${facilityId}, ${spot.trim()}, ${input.categoryCode}, ${input.minutes}, ${deviceId}, 1, null, 1, ${now})`,
  );
  writeFrequency(
    tx,
    { id, scopeId, cityId, streetId, companyId },
    1,
    { cause: 'begun', loweringId: null, by: null },
    now,
  );
}

const openingOf = (versions: readonly TimetableVersion[], now: Date, timeZone: string): Date | null => {
  const opening = openingAfter(versions, now.getTime(), timeZone);
  return opening === null ? null : new Date(opening.opensAt);
};

export async function layOutRoute(acting: Acting, tx: Tx, body: RouteInput, now: Date): Promise<string> {
  const wall = await accessCompound(tx, acting, body.scopeId);
  await checkTimetable(acting, wall, [], body.timetable, now);
  const { scopeId, cityId, streetId, companyId } = wall;
  const id = uuidv7(now.getTime());
  const nextAt = openingOf([{ ...body.timetable, version: 1 }], now, wall.timeZone);
  tx.write(
    sql`insert into patrol.route (scope_id, route_id, city_id, street_id, company_id, label, version, created_at, next_at)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${body.label.trim()}, 1, ${now}, ${nextAt})`,
  );
  const route = { id, scopeId, cityId, streetId, companyId };
  writeTimetable(tx, acting, route, 1, body.timetable, body.reason, now);
  for (const [at, one] of body.checkpoints.entries())
    await addCheckpoint(tx, wall, route, one, at + 1, `/checkpoints/${at}`, now);
  tell(tx, wall, 'patrol_route.laid_out', id, {}, now);
  return id;
}

export async function commandRoute(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  routeId: string,
  body: RouteCommandBody,
  now: Date,
): Promise<void> {
  const wall = await accessCompound(tx, acting, scopeId);
  const route = await lockRoute(tx, scopeId, routeId);
  if (route === null) throw new Problem('not_found');
  if (route.version !== body.expectedVersion) throw new Problem('patrol.stale', { version: route.version });
  if (route.retiredAt !== null) throw new Problem('patrol.retired');
  const checkpoints = await checkpointsOf(tx, [scopeId], [routeId]);
  if (body.action === 'retire') {
    needApprover(acting);
    for (const { id } of checkpoints) {
      const checkpoint = await lockCheckpoint(tx, scopeId, id);
      if (checkpoint !== null) await giveUp(acting, tx, checkpoint, body.reason, now);
    }
    tx.write(
      sql`update patrol.route set retired_at = ${now}, retired_reason = ${body.reason.trim()}, next_at = null, version = version + 1
          where scope_id = ${scopeId} and route_id = ${routeId}`,
    );
  } else if (body.action === 'retime') {
    const before = await timetablesOf(tx, [scopeId], [routeId]);
    await checkTimetable(acting, wall, before, body.timetable, now);
    const version = Math.max(0, ...before.map((one) => one.version)) + 1;
    writeTimetable(tx, acting, route, version, body.timetable, body.reason, now);
    // One that is due this instant is opened first; the sweep then plans by what holds from now on.
    const isDue = route.nextAt !== null && route.nextAt <= now;
    const versions = [...before, { ...body.timetable, version }];
    const nextAt = isDue ? route.nextAt : openingOf(versions, now, wall.timeZone);
    tx.write(
      sql`update patrol.route set next_at = ${nextAt}, version = version + 1 where scope_id = ${scopeId} and route_id = ${routeId}`,
    );
  } else {
    const last = Math.max(0, ...checkpoints.map(({ position }) => position));
    await addCheckpoint(tx, wall, route, body.checkpoint, last + 1, '/checkpoint', now);
    tx.write(
      sql`update patrol.route set version = version + 1 where scope_id = ${scopeId} and route_id = ${routeId}`,
    );
  }
  tell(tx, wall, 'patrol_route.changed', routeId, { action: body.action }, now);
}

async function giveUp(
  acting: Acting,
  tx: Tx,
  checkpoint: CheckpointRow,
  reason: string,
  now: Date,
): Promise<void> {
  const { scopeId, id } = checkpoint;
  await endLowering(
    tx,
    checkpoint,
    'withdrawn',
    { accountId: acting.accountId, name: acting.displayName },
    now,
  );
  tx.write(
    sql`update patrol.checkpoint set retired_at = ${now}, retired_reason = ${reason.trim()}, version = version + 1
        where scope_id = ${scopeId} and checkpoint_id = ${id}`,
  );
}

export async function commandCheckpoint(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  checkpointId: string,
  body: CheckpointCommandBody,
  now: Date,
): Promise<void> {
  const wall = await accessCompound(tx, acting, scopeId);
  const checkpoint = await lockCheckpoint(tx, scopeId, checkpointId);
  if (checkpoint === null) throw new Problem('not_found');
  if (checkpoint.version !== body.expectedVersion)
    throw new Problem('patrol.stale', { version: checkpoint.version });
  if (checkpoint.retiredAt !== null) throw new Problem('patrol.retired');
  if (body.action === 'retire') {
    needApprover(acting);
    await giveUp(acting, tx, checkpoint, body.reason, now);
  } else {
    const { deviceId } = body;
    const listeners = await listenersOf(tx, scopeId, deviceId === null ? [] : [deviceId], now);
    if (deviceId !== null && listeners.get(deviceId)?.isRetired !== false)
      throw unknown('patrol.device_unknown', '/deviceId');
    // What was allowed was allowed for that device.
    const open = await openLoweringOf(tx, scopeId, checkpointId);
    if (open !== null && open.deviceId !== deviceId)
      await endLowering(
        tx,
        checkpoint,
        'unwatched',
        { accountId: acting.accountId, name: acting.displayName },
        now,
      );
    tx.write(
      sql`update patrol.checkpoint set device_id = ${deviceId}, version = version + 1
          where scope_id = ${scopeId} and checkpoint_id = ${checkpointId}`,
    );
  }
  tell(tx, wall, 'patrol_route.changed', checkpoint.routeId, { action: body.action }, now);
}
