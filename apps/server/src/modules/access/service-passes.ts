import { addDays, localDate, startOfDay } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { consentsOfDelegate } from '../identity/index.ts';
import {
  accessScope,
  findBuilding,
  findHousehold,
  findPerson,
  findPersonOfAccount,
  isCurrent,
  relationsOfPeople,
  wallOf,
} from '../places/index.ts';
import { monthsBetween } from './domain/car-park.ts';
import {
  ASKED_KINDS,
  entriesOf,
  holdsSpace,
  lastEnd,
  passState,
  residentKindOf,
  turn,
  type Wish,
} from './domain/issuing.ts';
import { findCarPark, insertCharge, lockCarPark } from './queries-vehicles.ts';
import {
  countInvitations,
  countSpacesHeld,
  INVITED_KINDS,
  lockPass,
  ownPasses,
  storeSecret,
  storeStatus,
} from './queries-passes.ts';
import type { NewInvitationBody, NewPassInput, PassCommandBody } from './schemas-passes.ts';
import { assertHours, assertWish, drawSecret, issue, phoneOf, record, rulesOf } from './service-issuing.ts';
import { ownHome } from './service-parcels.ts';
import { cardIndexOf, digitsOf, passFields, type PassRow } from './tables-passes.ts';

/** How passes come to be and end: by who lives there, and by the desk. */

const RESIDENT_KINDS: ReadonlySet<string> = new Set(['resident', 'family', 'tenant']);

export const isLive = (row: PassRow, now: Date): boolean =>
  !['revoked', 'over', 'used_up'].includes(stateOf(row, now));

export const stateOf = (row: PassRow, now: Date) =>
  passState(
    { ...row, validFrom: row.validFrom.getTime(), validTo: row.validTo?.getTime() ?? null },
    now.getTime(),
  );

/**
 * Whoever the register says lives there has a pass, and asks nobody for it; who acts for somebody by consent has one
 * for as long as the consent lasts. Asked for again, it is the same one.
 */
export async function ownPass(
  house: House,
  tx: Tx,
  acting: Acting,
  body: { readonly scopeId: string; readonly householdId: string },
  now: Date,
): Promise<PassRow> {
  const { wall, buildingId } = await ownHome(tx, acting, body.scopeId, body.householdId);
  const today = localDate(now.getTime(), wall.timeZone);
  const standing = (await ownPasses(tx, wall.scopeId, acting.accountId, now)).find(
    ({ kind, householdId }) => RESIDENT_KINDS.has(kind) && householdId === body.householdId,
  );
  if (standing !== undefined) return standing;
  const household = { id: body.householdId, buildingId };
  if (acting.onBehalf !== null) {
    const consents = await consentsOfDelegate(tx, [wall.scopeId], acting.accountId);
    const consent = consents.find(({ consentId }) => consentId === acting.onBehalf?.consentId);
    if (consent === undefined || consent.householdId !== body.householdId)
      throw new Problem('access.not_at_home');
    return issue(
      house,
      tx,
      acting,
      wall,
      {
        kind: 'family',
        household,
        accountId: acting.accountId,
        name: acting.displayName,
        validFrom: now,
        validTo: new Date(startOfDay(consent.endsOn, wall.timeZone)),
        hasSecret: false,
      },
      now,
    );
  }
  const person = await findPersonOfAccount(tx, wall.scopeId, acting.accountId);
  const relations = person === null ? [] : await relationsOfPeople(tx, [wall.scopeId], [person.personId]);
  const current = relations.filter(
    (one) =>
      one.household_id === body.householdId &&
      isCurrent({ startsOn: one.starts_on, endsOn: one.ends_on }, today),
  );
  const kind = residentKindOf(current.map(({ relation }) => relation));
  if (person === null || kind === null) throw new Problem('access.not_at_home');
  const last = lastEnd(current.map(({ ends_on }) => ends_on));
  return issue(
    house,
    tx,
    acting,
    wall,
    {
      kind,
      household,
      personId: person.personId,
      accountId: acting.accountId,
      name: acting.displayName,
      validFrom: now,
      validTo: last === null ? null : new Date(startOfDay(last, wall.timeZone)),
      hasSecret: false,
    },
    now,
  );
}

export interface KeyOfPhone {
  readonly pass: PassRow;
  readonly secret: Buffer;
  readonly digits: string;
}

/** A secret for this phone: drawn anew each time, so that of two phones the last one asked counts. */
export async function keyPhone(
  house: House,
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  now: Date,
): Promise<KeyOfPhone> {
  const wall = await accessScope(tx, acting, scopeId);
  const pass = await lockPass(tx, scopeId, id);
  if (pass === null || pass.accountId !== acting.accountId || !RESIDENT_KINDS.has(pass.kind))
    throw new Problem('not_found');
  if (!isLive(pass, now)) throw new Problem('access.pass_over');
  const { secret, index } = await drawSecret(house.crypto, tx, scopeId, now);
  storeSecret(tx, pass, house.crypto.seal(secret.toString('base64'), passFields.secret, id), index, now);
  record(tx, acting, wall, pass, 'keyed', {}, now);
  return { pass: { ...pass, version: pass.version + 1 }, secret, digits: digitsOf(secret) };
}

/** A guest, a courier, somebody who helps in the house, or a child: asked for by who lives there. */
export async function invite(
  house: House,
  tx: Tx,
  acting: Acting,
  body: NewInvitationBody,
  now: Date,
): Promise<PassRow> {
  const { wall, buildingId } = await ownHome(tx, acting, body.scopeId, body.householdId);
  const rules = await rulesOf(house, tx, wall, now);
  const isChild = body.kind === 'minor';
  const guardian = isChild
    ? (await ownPasses(tx, wall.scopeId, acting.accountId, now)).find(
        ({ kind, householdId }) => RESIDENT_KINDS.has(kind) && householdId === body.householdId,
      )
    : undefined;
  const from = new Date(body.validFrom);
  const until = body.validTo === undefined ? null : new Date(body.validTo);
  const hours = body.hours ?? [];
  assertHours(hours);
  const entries = entriesOf(body.kind, body.entries ?? null);
  assertWish(
    {
      ...nothingWished,
      kind: body.kind,
      from: from.getTime(),
      until: until?.getTime() ?? null,
      entries,
      hasHours: hours.length > 0,
      bornOn: body.bornOn ?? null,
      hasGuardian: guardian !== undefined,
    },
    wall,
    now,
    rules,
  );
  if (!isChild) {
    const count = await countInvitations(tx, wall.scopeId, body.householdId, now);
    if (count >= rules.invitationsAtOnce)
      throw new Problem('access.too_many_invitations', { limit: rules.invitationsAtOnce });
  }
  return issue(
    house,
    tx,
    acting,
    wall,
    {
      kind: body.kind,
      household: { id: body.householdId, buildingId },
      personId: guardian?.personId ?? null,
      accountId: isChild ? acting.accountId : null,
      name: body.name,
      phone: phoneOf(body.phone),
      plate: body.plate ?? null,
      // Doors of other buildings are not theirs.
      buildingIds: [buildingId],
      validFrom: from < now ? now : from,
      validTo: until,
      hours,
      entries,
      guardianPassId: guardian?.id ?? null,
      bornOn: body.bornOn ?? null,
      hasSecret: !isChild,
    },
    now,
  );
}

const nothingWished: Omit<Wish, 'kind' | 'from' | 'until'> = {
  entries: null,
  plate: null,
  vehicleKind: null,
  hasHours: false,
  permitNumber: null,
  bornOn: null,
  hasGuardian: false,
};

/** By any of the home, at once: what was sent to the guest opens nothing any more. */
export async function takeBack(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  now: Date,
): Promise<PassRow> {
  const wall = await accessScope(tx, acting, scopeId);
  const pass = await lockPass(tx, scopeId, id);
  const isAsked = pass !== null && (ASKED_KINDS as readonly string[]).includes(pass.kind);
  if (pass === null || !isAsked || !acting.actor.households.some((home) => home.id === pass.householdId))
    throw new Problem('not_found');
  // A child is its guardian's to answer for.
  if (!(INVITED_KINDS as readonly string[]).includes(pass.kind) && pass.accountId !== acting.accountId)
    throw new Problem('access.not_invited_by_you');
  await ownHome(tx, acting, scopeId, pass.householdId ?? '');
  if (!isLive(pass, now)) throw new Problem('access.pass_over');
  storeStatus(tx, pass, 'revoked', null, now);
  record(tx, acting, wall, pass, 'revoked', {}, now);
  return { ...pass, status: 'revoked', version: pass.version + 1 };
}

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
  const name = body.name?.trim() ?? person?.nameMasked ?? null;
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
      accountId: body.kind === 'card' || body.kind === 'minor' ? (person?.accountId ?? null) : null,
      name,
      phone: phoneOf(body.phone),
      plate: body.plate ?? null,
      cardIndex: body.card === undefined ? null : cardIndexOf(house.crypto, scopeId, body.card),
      buildingIds: body.buildingIds ?? null,
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
  if (body.vehicleKind === 'monthly' && until !== null) await charge(tx, acting, pass, wall.timeZone, now);
  return pass;
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

/** A month begun is a month owed; what was owed is written down, and billing collects it. */
async function charge(tx: Tx, acting: Acting, pass: PassRow, timeZone: string, now: Date): Promise<void> {
  const park = await findCarPark(tx, pass.scopeId);
  const wall = await wallOf(tx, pass.scopeId);
  if (park === null || wall === null || park.monthlyFeeFen === 0 || pass.validTo === null) return;
  const from = localDate(pass.validFrom.getTime(), timeZone);
  // The end is exclusive: a pass until the first moment of a day is owed to the day before.
  const until = addDays(localDate(pass.validTo.getTime() - 1, timeZone), 1);
  const months = monthsBetween(from, until);
  const amountFen = months * park.monthlyFeeFen;
  insertCharge(tx, wall, acting.accountId, pass, { from, until, months, amountFen }, now);
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
