import { randomInt } from 'node:crypto';
import { maskName, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type Acting, mayFor } from '../../platform/sessions/sessions.ts';
import { holdConsent } from '../identity/index.ts';
import { accessScope, findHousehold, type Wall } from '../places/index.ts';
import { normalisePlate } from './domain/issuing.ts';
import { isWholeHome, parcelFault, sixDigits, slipFault, slipState } from './domain/parcels.ts';
import { homesCalled, lockParcel, lockSlip, type ParcelRow, type SlipRow } from './queries-parcels.ts';
import type { NewGoodsSlipBody, NewParcelBody, ParcelActBody, SlipActBody } from './schemas-parcels.ts';

/** Parcels at the gate and slips for goods out: a home's own matters, looked at by whoever stands there. */

export const codesDrawnAgain = ['parcel_code_waiting', 'goods_slip_code_open'] as const;

const draw = (): string => sixDigits(randomInt(0, 2 ** 32 - 1));

export const chainOf = (wall: Wall): string[] =>
  [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);

export const isResident = (acting: Acting): boolean => acting.actor.kind === 'resident';

/** The homes a resident asks about; null for who runs the place, whose wall is the scope. */
export const homesOf = (acting: Acting): string[] | null =>
  isResident(acting) ? acting.actor.households.map(({ id }) => id) : null;

/** A home one lives in, or acts for within what was agreed. */
export async function ownHome(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  householdId: string,
): Promise<{ wall: Wall; label: string; buildingId: string }> {
  const wall = await accessScope(tx, acting, scopeId);
  if (!acting.actor.households.some(({ id }) => id === householdId)) throw new Problem('not_found');
  if (!mayFor(acting, 'report')) throw new Problem('permission.denied', { permission: 'gate.own' });
  await holdConsent(tx, acting);
  const household = await findHousehold(tx, scopeId, householdId);
  if (household === null) throw new Problem('not_found');
  return { wall, label: household.label, buildingId: household.buildingId };
}

export function tellHome(
  tx: Tx,
  wall: Pick<Wall, 'scopeId' | 'cityId' | 'streetId' | 'companyId'>,
  householdId: string | null,
  kind: string,
  objectId: string,
  payload: Readonly<Record<string, unknown>>,
  now: Date,
): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: {
      cityId: wall.cityId,
      streetId: wall.streetId,
      companyId: wall.companyId,
      householdId,
      reporterAccountId: null,
      isPublic: false,
      isInternal: householdId === null,
    },
    kind,
    version: 1,
    objectId,
    payload,
    occurredAt: now,
  });
}

export async function takeIn(tx: Tx, acting: Acting, body: NewParcelBody, now: Date): Promise<ParcelRow> {
  const wall = await accessScope(tx, acting, body.scopeId);
  const household = await homeOfParcel(tx, wall.scopeId, body);
  const row: ParcelRow = {
    id: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    householdId: household.id,
    householdLabel: household.label,
    carrier: body.carrier.trim(),
    tail: body.tail ?? null,
    shelf: body.shelf.trim(),
    code: draw(),
    state: 'waiting',
    arrivedAt: now,
    endedAt: null,
    endedByName: null,
    version: 1,
  };
  tx.write(
    sql`insert into access.parcel (scope_id, parcel_id, city_id, street_id, company_id, household_id, household_label, carrier, tail, shelf, code,
          state, arrived_at, taken_in_by, taken_in_by_name, version)
        values (${wall.scopeId}, ${row.id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${household.id}, ${household.label}, ${row.carrier},
          ${row.tail}, ${row.shelf}, ${row.code}, 'waiting', ${now}, ${acting.accountId}, ${acting.displayName}, 1)`,
  );
  tellHome(
    tx,
    wall,
    household.id,
    'parcel.arrived',
    row.id,
    { householdId: household.id, shelf: row.shelf },
    now,
  );
  return row;
}

/** Of a home that is named there must be exactly one: a parcel told to the wrong people is gone. */
async function homeOfParcel(
  tx: Tx,
  scopeId: string,
  { householdId, home }: NewParcelBody,
): Promise<{ readonly id: string; readonly label: string }> {
  if (householdId === undefined) {
    const found = home === undefined || !isWholeHome(home) ? [] : await homesCalled(tx, scopeId, home);
    if (found.length === 1) return found[0]!;
    throw new Problem('access.home_unknown', {}, [{ path: '/home', code: 'unknown', params: {} }]);
  }
  const household = await findHousehold(tx, scopeId, householdId);
  if (household === null)
    throw new Problem('access.home_unknown', {}, [{ path: '/householdId', code: 'unknown', params: {} }]);
  return household;
}

export async function actOnParcel(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  body: ParcelActBody,
  now: Date,
): Promise<ParcelRow> {
  const wall = await accessScope(tx, acting, scopeId);
  const by = isResident(acting) ? 'household' : 'staff';
  if (by === 'household') await holdConsent(tx, acting);
  const parcel = await lockParcel(tx, scopeId, id);
  if (parcel === null) throw new Problem('not_found');
  const fault = parcelFault(parcel, { action: body.action, by, code: body.code ?? null });
  if (fault === 'over') throw new Problem('access.parcel_over', { state: parcel.state });
  if (fault === 'code')
    throw new Problem('access.parcel_code', {}, [{ path: '/code', code: 'invalid', params: {} }]);
  if (fault === 'not_household') throw new Problem('permission.denied', { permission: 'parcel.keep' });
  if (parcel.version !== body.expectedVersion) throw new Problem('access.stale');
  const state = body.action === 'collect' ? 'collected' : 'returned';
  const name = by === 'household' ? maskName(acting.displayName) : acting.displayName;
  tx.write(
    sql`update access.parcel set state = ${state}, ended_at = ${now}, ended_by = ${acting.accountId}, ended_by_name = ${name}, ended_as = ${by},
          version = version + 1 where scope_id = ${scopeId} and parcel_id = ${id}`,
  );
  tellHome(
    tx,
    wall,
    parcel.householdId,
    `parcel.${state}`,
    id,
    { householdId: parcel.householdId, byAccountId: acting.accountId },
    now,
  );
  return { ...parcel, state, endedAt: now, endedByName: name, version: parcel.version + 1 };
}

export async function askSlip(
  house: House,
  tx: Tx,
  acting: Acting,
  body: NewGoodsSlipBody,
  now: Date,
): Promise<SlipRow> {
  const { wall, label } = await ownHome(tx, acting, body.scopeId, body.householdId);
  const from = new Date(body.validFrom);
  const until = new Date(body.validTo);
  const hours = await house.settings.get(tx, chainOf(wall), 'access.goods_slip_hours', now);
  const fault = slipFault(
    { from: from.getTime(), until: until.getTime(), items: body.items },
    now.getTime(),
    hours,
  );
  if (fault !== null)
    throw new Problem('access.slip_invalid', { reason: fault, hours }, [
      { path: fault === 'nothing' ? '/items' : '/validTo', code: fault, params: { limit: hours } },
    ]);
  const plate = plateOf(body.plate, '/plate');
  const row: SlipRow = {
    id: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    householdId: body.householdId,
    householdLabel: label,
    code: draw(),
    items: body.items.map(({ what, count }) => ({ what: what.trim(), count })),
    carriedBy: body.carriedBy?.trim() || null,
    plate,
    validFrom: from,
    validTo: until,
    state: 'open',
    askedBy: acting.accountId,
    askedByName: maskName(acting.displayName),
    checkedAt: null,
    checkedByName: null,
    checkNote: null,
    version: 1,
  };
  tx.write(
    sql`insert into access.goods_slip (scope_id, slip_id, city_id, street_id, company_id, household_id, household_label, code, items, carried_by, plate,
          valid_from, valid_to, state, asked_by, asked_by_name, asked_at, version)
        values (${wall.scopeId}, ${row.id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${row.householdId}, ${label}, ${row.code},
          ${JSON.stringify(row.items)}::jsonb, ${row.carriedBy}, ${plate}, ${from}, ${until}, 'open', ${acting.accountId}, ${row.askedByName}, ${now}, 1)`,
  );
  tellHome(tx, wall, row.householdId, 'goods_slip.asked', row.id, { householdId: row.householdId }, now);
  return row;
}

export function plateOf(typed: string | undefined, path: string): string | null {
  if (typed === undefined || typed.trim() === '') return null;
  const plate = normalisePlate(typed);
  if (plate === null) throw new Problem('access.plate', {}, [{ path, code: 'plate', params: {} }]);
  return plate;
}

/** At the gate: what goes out is what the slip says, or it is held with what did not agree. */
export async function checkSlip(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  body: SlipActBody,
  now: Date,
): Promise<SlipRow> {
  const wall = await accessScope(tx, acting, scopeId);
  const slip = await standing(tx, scopeId, id, body.expectedVersion, now);
  if (slip.validFrom > now) throw new Problem('access.slip_early', { from: slip.validFrom.toISOString() });
  const state = body.action === 'pass' ? 'passed' : 'held';
  const note = body.action === 'hold' ? body.note.trim() : null;
  tx.write(
    sql`update access.goods_slip set state = ${state}, checked_at = ${now}, checked_by = ${acting.accountId}, checked_by_name = ${acting.displayName},
          check_note = ${note}, version = version + 1 where scope_id = ${scopeId} and slip_id = ${id}`,
  );
  tellHome(tx, wall, slip.householdId, `goods_slip.${state}`, id, { householdId: slip.householdId }, now);
  return {
    ...slip,
    state,
    checkedAt: now,
    checkedByName: acting.displayName,
    checkNote: note,
    version: slip.version + 1,
  };
}

/** By the household that asked for it. */
export async function cancelSlip(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  expectedVersion: number,
  now: Date,
): Promise<SlipRow> {
  const wall = await accessScope(tx, acting, scopeId);
  await holdConsent(tx, acting);
  const slip = await standing(tx, scopeId, id, expectedVersion, now);
  tx.write(
    sql`update access.goods_slip set state = 'cancelled', checked_at = null, checked_by = null, checked_by_name = null, check_note = null,
          version = version + 1 where scope_id = ${scopeId} and slip_id = ${id}`,
  );
  tellHome(tx, wall, slip.householdId, 'goods_slip.cancelled', id, { householdId: slip.householdId }, now);
  return {
    ...slip,
    state: 'cancelled',
    checkedAt: null,
    checkedByName: null,
    checkNote: null,
    version: slip.version + 1,
  };
}

async function standing(
  tx: Tx,
  scopeId: string,
  id: string,
  expectedVersion: number,
  now: Date,
): Promise<SlipRow> {
  const slip = await lockSlip(tx, scopeId, id);
  if (slip === null) throw new Problem('not_found');
  const state = slipState(slip.state, slip.validTo.getTime(), now.getTime());
  // What was held may go after all, once it agrees.
  if ((state !== 'open' && state !== 'held') || slip.validTo <= now)
    throw new Problem('access.slip_over', { state });
  if (slip.version !== expectedVersion) throw new Problem('access.stale');
  return slip;
}
