import { addDays, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  accessScope,
  findBuilding,
  findHousehold,
  findPerson,
  staffRecords,
  type Wall,
  wallOf,
} from '../places/index.ts';
import { monthsBetween } from './domain/car-park.ts';
import { entriesOf, holdsSpace, turn } from './domain/issuing.ts';
import { findCarPark, lockCarPark } from './queries-vehicles.ts';
import { countSpacesHeld, lockPass, storeStatus } from './queries-passes.ts';
import type { NewPassInput, PassCommandBody } from './schemas-passes.ts';
import { assertHours, assertWish, issue, phoneOf, record, rulesOf } from './service-issuing.ts';
import { cardIndexOf, type PassRow } from './tables-passes.ts';
import { isLive } from './service-passes.ts';

/** Passes that the desk issues, stops and ends. */

/** At the desk, for whoever cannot or need not ask by phone. */
export async function issueAtDesk(
  house: House,
  tx: Tx,
  acting: Acting,
  body: NewPassInput,
  now: Date,
): Promise<PassRow> {
  const wall = await accessScope(tx, acting, body.scopeId);
  const { scopeId } = wall;
  const household =
    body.householdId === undefined ? null : await findHousehold(tx, scopeId, body.householdId);
  if (body.householdId !== undefined && household === null)
    throw new Problem('access.home_unknown', {}, [{ path: '/householdId', code: 'unknown', params: {} }]);
  const person = body.personId === undefined ? null : await findPerson(tx, scopeId, body.personId);
  if (body.personId !== undefined && person === null)
    throw new Problem('access.person_unknown', {}, [{ path: '/personId', code: 'unknown', params: {} }]);
  for (const buildingId of body.buildingIds ?? [])
    if ((await findBuilding(tx, scopeId, buildingId)) === null)
      throw new Problem('access.building_unknown', {}, [
        { path: '/buildingIds', code: 'unknown', params: {} },
      ]);
  const isOfHome = body.kind === 'card' || body.kind === 'minor' || body.vehicleKind === 'resident';
  if (isOfHome && household === null) throw needs('/householdId');
  const colleague = await colleagueOf(tx, wall, body, now);
  const name = body.name?.trim() ?? colleague?.displayName ?? person?.nameMasked ?? null;
  if (name === null && body.kind !== 'vehicle') throw needs('/name');
  const hours = body.hours ?? [];
  assertHours(hours);
  const from = new Date(body.validFrom);
  const until = body.validTo === undefined ? null : new Date(body.validTo);
  const rules = await rulesOf(house, tx, wall, now);
  assertWish(
    {
      kind: body.kind,
      from: from.getTime(),
      until: until?.getTime() ?? null,
      entries: entriesOf(body.kind, body.entries ?? null),
      plate: body.plate?.trim() || null,
      vehicleKind: body.vehicleKind ?? null,
      hasHours: hours.length > 0,
      permitNumber: body.permitNumber ?? null,
      bornOn: body.bornOn ?? null,
      hasGuardian: person !== null,
    },
    wall,
    now,
    rules,
  );
  const isVehicle = body.kind === 'vehicle';
  const takesSpace = isVehicle && body.vehicleKind !== undefined && holdsSpace(body.vehicleKind);
  if (takesSpace) await assertSpace(tx, scopeId, now);
  const pass = await issue(
    house,
    tx,
    acting,
    wall,
    {
      kind: body.kind,
      vehicleKind: isVehicle ? (body.vehicleKind ?? null) : null,
      household,
      personId: person?.personId ?? null,
      accountId:
        colleague?.accountId ??
        (body.kind === 'card' || body.kind === 'minor' ? (person?.accountId ?? null) : null),
      onShiftOnly: body.onShiftOnly ?? false,
      name,
      phone: phoneOf(body.phone),
      plate: body.plate ?? null,
      cardIndex: body.card === undefined ? null : cardIndexOf(house.crypto, scopeId, body.card),
      // Of who lives there, unless the desk says more.
      buildingIds:
        body.buildingIds ??
        (household !== null && (body.kind === 'card' || body.kind === 'minor')
          ? [household.buildingId]
          : null),
      validFrom: from < now ? now : from,
      validTo: until,
      hours,
      entries: entriesOf(body.kind, body.entries ?? null),
      authority: body.authority?.trim() ?? null,
      documentNo: body.permitNumber?.trim() ?? null,
      bornOn: body.bornOn ?? null,
      hasSecret: ['visitor', 'courier', 'delivery', 'helper', 'contractor', 'staff', 'card'].includes(
        body.kind,
      ),
    },
    now,
  );
  if (body.vehicleKind === 'monthly' && until !== null) await charge(tx, pass, wall.timeZone, now);
  return pass;
}

/** Whoever works for who serves the place; only of them is known when they are at work. */
async function colleagueOf(
  tx: Tx,
  { departmentId, timeZone }: Wall,
  { kind, accountId, onShiftOnly = false }: NewPassInput,
  now: Date,
): Promise<{ readonly accountId: string; readonly displayName: string } | null> {
  if (accountId === undefined) {
    if (onShiftOnly) throw needs('/accountId');
    return null;
  }
  const today = localDate(now.getTime(), timeZone);
  const staff = kind !== 'staff' || departmentId === null ? [] : await staffRecords(tx, departmentId);
  const found = staff.find(
    (one) => one.accountId === accountId && (one.endsOn === null || one.endsOn > today),
  );
  if (found === undefined)
    throw new Problem('access.person_unknown', {}, [{ path: '/accountId', code: 'unknown', params: {} }]);
  return { accountId, displayName: found.displayName };
}

const needs = (path: string): Problem =>
  new Problem('access.pass_invalid', { reason: 'required' }, [{ path, code: 'required', params: {} }]);

/** Held until the pass is there: two who want the last space are told one after the other. */
async function assertSpace(tx: Tx, scopeId: string, now: Date): Promise<void> {
  const park = await lockCarPark(tx, scopeId);
  if (park?.spaces == null) return;
  if ((await countSpacesHeld(tx, scopeId, now)) >= park.spaces)
    throw new Problem('access.car_park_full', { spaces: park.spaces });
}

/** A month begun is a month owed: told to who bills it. */
async function charge(tx: Tx, pass: PassRow, timeZone: string, now: Date): Promise<void> {
  const park = await findCarPark(tx, pass.scopeId);
  const wall = await wallOf(tx, pass.scopeId);
  if (park === null || wall === null || park.monthlyFeeFen === 0 || pass.validTo === null) return;
  // What nobody owes is on no bill.
  if (pass.householdId === null) throw needs('/householdId');
  const from = localDate(pass.validFrom.getTime(), timeZone);
  // The end is exclusive: a pass until the first moment of a day is owed to the day before.
  const until = addDays(localDate(pass.validTo.getTime() - 1, timeZone), 1);
  const months = monthsBetween(from, until);
  const amountFen = months * park.monthlyFeeFen;
  const { scopeId, cityId, streetId, companyId } = wall;
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: pass.householdId,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind: 'vehicle_charge.raised',
    version: 1,
    // Of the charge: a bill line is made once for it.
    objectId: uuidv7(now.getTime()),
    payload: {
      amountFen,
      months,
      plateMasked: pass.plateMasked ?? '',
      from,
      lastDay: addDays(until, -1),
    },
    occurredAt: now,
  });
}

export async function commandPass(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  body: PassCommandBody,
  now: Date,
): Promise<PassRow> {
  const wall = await accessScope(tx, acting, scopeId);
  const pass = await lockPass(tx, scopeId, id);
  if (pass === null) throw new Problem('not_found');
  const status = turn(pass.status, body.action);
  if (status === null || !isLive(pass, now)) throw new Problem('access.pass_over', { status: pass.status });
  if (pass.version !== body.expectedVersion) throw new Problem('access.stale');
  const reason = body.action === 'resume' ? null : body.reason.trim();
  storeStatus(tx, pass, status, reason, now);
  const what = { suspend: 'suspended', resume: 'resumed', revoke: 'revoked' } as const;
  record(tx, acting, wall, pass, what[body.action], { accountId: pass.accountId }, now);
  return { ...pass, status, reason: reason ?? pass.reason, version: pass.version + 1 };
}
