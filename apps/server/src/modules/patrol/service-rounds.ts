import { DAY, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { attach } from '../../platform/files/attach.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall, wallOf } from '../places/index.ts';
import { orderOfAlarm } from '../sensing/index.ts';
import { addSeen, openSensed } from '../work-orders/index.ts';
import { tell } from './changes.ts';
import { openingAfter, type RoundState, standing, turn } from './domain.ts';
import { findingText } from './facts-texts.ts';
import { checkpointsOf, checksOf, lockCheckpoint, lockRound, openFinding, timetablesOf } from './queries.ts';
import type { CheckBody } from './schemas.ts';
import type { CheckpointRow, CheckRow, RoundRow, RouteRow } from './tables.ts';

/** Rounds open by the timetable, are walked, become late and are missed. */

/** A server that stood for longer does not make up for all that nobody could have walked. */
const longestCatchUp = 7 * DAY;

/** Opens the round that is due and plans the next. Whoever calls has locked the route. */
export async function openRound(tx: Tx, route: RouteRow, now: Date): Promise<void> {
  const { scopeId, id: routeId } = route;
  const [wall, versions, checkpoints] = await Promise.all([
    wallOf(tx, scopeId),
    timetablesOf(tx, [scopeId], [routeId]),
    checkpointsOf(tx, [scopeId], [routeId]),
  ]);
  const from = Math.max((route.nextAt ?? now).getTime() - 1, now.getTime() - longestCatchUp);
  const opening = wall === null ? null : openingAfter(versions, from, wall.timeZone);
  const next = opening === null ? null : openingAfter(versions, opening.opensAt, wall!.timeZone);
  // After a long stand-still the first within the last days may lie ahead: then only the plan is put right.
  const isDue = opening !== null && opening.opensAt <= now.getTime();
  const nextAt = isDue ? next : opening;
  tx.write(
    sql`update patrol.route set next_at = ${nextAt === null ? null : new Date(nextAt.opensAt)}
        where scope_id = ${scopeId} and route_id = ${routeId}`,
  );
  if (!isDue || wall === null || checkpoints.length === 0) return;
  const id = uuidv7(now.getTime());
  const turns = checkpoints.map((checkpoint) => ({ checkpoint, ...turn(checkpoint) }));
  const checks = turns.map(({ isIn }) => ({
    state: isIn ? ('open' as const) : ('spared' as const),
    doneAt: null,
  }));
  const { state, markAt } = standing(opening, checks, opening.opensAt);
  const { cityId, streetId, companyId } = wall;
  tx.write(
    sql`insert into patrol.round (scope_id, round_id, city_id, street_id, company_id, route_id, opens_at, day, due_at, closes_at, state, mark_at)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${routeId}, ${new Date(opening.opensAt)},
          ${localDate(opening.opensAt, wall.timeZone)}, ${new Date(opening.dueAt)}, ${new Date(opening.closesAt)}, ${state},
          ${markAt === null ? null : new Date(markAt)})`,
  );
  for (const [at, { checkpoint, isIn, sinceLast }] of turns.entries()) {
    tx.write(
      sql`insert into patrol.round_check (scope_id, round_id, checkpoint_id, city_id, street_id, company_id, position, state, minutes)
          values (${scopeId}, ${id}, ${checkpoint.id}, ${cityId}, ${streetId}, ${companyId}, ${at + 1}, ${isIn ? 'open' : 'spared'},
            ${checkpoint.minutes})`,
    );
    if (sinceLast !== checkpoint.sinceLast)
      tx.write(
        sql`update patrol.checkpoint set since_last = ${sinceLast} where scope_id = ${scopeId} and checkpoint_id = ${checkpoint.id}`,
      );
  }
  tell(tx, wall, 'patrol_round.opened', id, { routeId }, now);
}

/** A round whose time has come: late, then missed with whatever nobody looked at. The caller has locked it. */
export async function markRound(tx: Tx, round: RoundRow, now: Date): Promise<void> {
  await settle(tx, round, await checksOf(tx, [round.scopeId], [round.id]), now);
}

async function settle(tx: Tx, round: RoundRow, checks: readonly CheckRow[], now: Date): Promise<RoundState> {
  const { scopeId, id } = round;
  const times = { dueAt: round.dueAt.getTime(), closesAt: round.closesAt.getTime() };
  const { state, markAt } = standing(
    times,
    checks.map((one) => ({ state: one.state, doneAt: one.doneAt?.getTime() ?? null })),
    now.getTime(),
  );
  const isDone = state === 'done' || state === 'done_late';
  tx.write(
    sql`update patrol.round set state = ${state}, mark_at = ${markAt === null ? null : new Date(markAt)}, done_at = ${isDone ? now : null}
        where scope_id = ${scopeId} and round_id = ${id}`,
  );
  if (state === 'missed')
    tx.write(
      sql`update patrol.round_check set state = 'missed' where scope_id = ${scopeId} and round_id = ${id} and state = 'open'`,
    );
  if (state !== round.state) tell(tx, round, `patrol_round.${state}`, id, { routeId: round.routeId }, now);
  return state;
}

/** One checkpoint looked at. Two who look at the same moment: the second is told that it was done. */
export async function doCheck(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  roundId: string,
  body: CheckBody,
  now: Date,
): Promise<void> {
  const wall = await accessScope(tx, acting, scopeId);
  const round = await lockRound(tx, scopeId, roundId);
  if (round === null) throw new Problem('not_found');
  const checks = await checksOf(tx, [scopeId], [roundId]);
  const check = checks.find(({ checkpointId }) => checkpointId === body.checkpointId);
  if (check === undefined) throw new Problem('not_found');
  if (check.state === 'done') throw new Problem('patrol.already_done', { by: check.doneByName ?? '' });
  if (check.state === 'spared') throw new Problem('patrol.spared');
  if (check.state === 'missed' || now > round.closesAt) throw new Problem('patrol.round_closed');
  const checkpoint = await lockCheckpoint(tx, scopeId, body.checkpointId);
  if (checkpoint === null) throw new Problem('not_found');
  const { scannedFacilityId = null } = body;
  if (scannedFacilityId !== null && scannedFacilityId !== checkpoint.facilityId)
    throw new Problem('patrol.wrong_label', {}, [
      { path: '/scannedFacilityId', code: 'unknown', params: {} },
    ]);
  const note = body.note?.trim() || null;
  if (body.result === 'finding' && note === null)
    throw new Problem('validation.failed', {}, [{ path: '/note', code: 'required', params: {} }]);
  // What is well needs no picture, and nobody would ever look at it.
  if (body.result === 'well' && (body.photoIds ?? []).length > 0)
    throw new Problem('validation.failed', {}, [{ path: '/photoIds', code: 'not_attachable', params: {} }]);
  const findingId =
    body.result === 'finding' && note !== null
      ? await report(house, acting, tx, wall, round, checkpoint, note, body.photoIds ?? [], now)
      : null;
  const how = scannedFacilityId === null ? 'ticked' : 'scanned';
  tx.write(
    sql`update patrol.round_check set state = 'done', how = ${how}, result = ${body.result}, note = ${note}, done_by = ${acting.accountId},
          done_by_name = ${acting.displayName}, done_at = ${now}, finding_id = ${findingId}
        where scope_id = ${scopeId} and round_id = ${roundId} and checkpoint_id = ${checkpoint.id}`,
  );
  const after = checks.map((one) => (one === check ? { ...one, state: 'done' as const, doneAt: now } : one));
  const state = await settle(tx, round, after, now);
  if (state === round.state)
    tell(tx, round, 'patrol_round.checked', roundId, { checkpointId: checkpoint.id }, now);
}

/**
 * The way a sensor's alarm goes: what was seen becomes an order, one while it is open. Where it has one already, the words
 * go onto that.
 */
async function report(
  house: House,
  acting: Acting,
  tx: Tx,
  wall: Wall,
  round: RoundRow,
  checkpoint: CheckpointRow,
  words: string,
  photoIds: readonly string[],
  now: Date,
): Promise<string> {
  const { scopeId } = checkpoint;
  const text = await textOf(tx, round, checkpoint, words);
  const open = await openFinding(tx, scopeId, checkpoint.id);
  if (open !== null) {
    if (await addSeen(house, acting, tx, { scopeId, id: open.workOrderId }, text, now)) {
      tx.write(
        sql`update patrol.finding set seen_count = seen_count + 1 where scope_id = ${scopeId} and finding_id = ${open.id}`,
      );
      await attachPhotos(tx, acting, wall, photoIds, open.workOrderId, now);
      return open.id;
    }
    // People are done with that order, of which the finding has only not heard yet.
    tx.write(
      sql`update patrol.finding set ended_at = ${now} where scope_id = ${scopeId} and finding_id = ${open.id}`,
    );
  }
  const alarmed = checkpoint.deviceId === null ? null : await orderOfAlarm(tx, scopeId, checkpoint.deviceId);
  const isOfAlarm =
    alarmed !== null && (await addSeen(house, acting, tx, { scopeId, id: alarmed.id }, text, now));
  const order = isOfAlarm ? alarmed : await openOrder(house, tx, checkpoint, text, now);
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into patrol.finding (scope_id, finding_id, city_id, street_id, company_id, checkpoint_id, found_at, words, seen_count, work_order_id,
          order_number, is_of_alarm)
        values (${scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${checkpoint.id}, ${now}, ${words}, 1,
          ${order.id}, ${order.number}, ${isOfAlarm})`,
  );
  await attachPhotos(tx, acting, wall, photoIds, order.id, now);
  return id;
}

/** Of the checkpoint's category; where that is no longer offered, of what every place has for its own equipment. */
const usualCategory = 'patrol.equipment';

async function openOrder(
  house: House,
  tx: Tx,
  checkpoint: CheckpointRow,
  description: string,
  now: Date,
): Promise<{ readonly id: string; readonly number: string }> {
  const { scopeId, buildingId, facilityId, spot } = checkpoint;
  for (const categoryCode of new Set([checkpoint.categoryCode, usualCategory])) {
    const order = await openSensed(
      house,
      tx,
      // Written by staff for staff: no neighbour reads it.
      { scopeId, categoryCode, description, buildingId, facilityId, spot, isPublic: false, source: 'patrol' },
      now,
    );
    if (order !== null) return order;
  }
  throw new Problem('patrol.not_offered');
}

/** What was seen, as it stands on an order. */
async function textOf(tx: Tx, round: RoundRow, checkpoint: CheckpointRow, words: string): Promise<string> {
  const [route] = await tx.query<{ label: string }>(
    sql`select r.label from patrol.route r where r.scope_id = ${checkpoint.scopeId} and r.route_id = ${round.routeId}`,
  );
  return findingText({ route: route?.label ?? '', checkpoint: checkpoint.label, words });
}

/** Seen on the order, by whoever sees that; never by neighbours. */
async function attachPhotos(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  fileIds: readonly string[],
  workOrderId: string,
  at: Date,
): Promise<void> {
  if (fileIds.length === 0) return;
  const { scopeId, cityId, streetId, companyId } = wall;
  const attached = await attach(tx, {
    scopeId,
    fileIds,
    type: 'work_order.report',
    objectId: workOrderId,
    uploadedBy: acting.accountId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: false,
    },
    at,
  });
  if (!attached.ok)
    throw new Problem(attached.error.code, attached.error.params, [
      { path: '/photoIds', code: 'not_attachable', params: attached.error.params },
    ]);
}
