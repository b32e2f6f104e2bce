import { localDate, startOfDay } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { consentsOfDelegate } from '../identity/index.ts';
import { accessScope, findPersonOfAccount, isCurrent, relationsOfPeople } from '../places/index.ts';
import { ASKED_KINDS, entriesOf, lastEnd, passState, residentKindOf, type Wish } from './domain/issuing.ts';
import {
  countInvitations,
  holdHome,
  INVITED_KINDS,
  lockPass,
  ownPasses,
  storeSecret,
  storeStatus,
} from './queries-passes.ts';
import type { NewInvitationBody } from './schemas-passes.ts';
import { assertHours, assertWish, drawSecret, issue, phoneOf, record, rulesOf } from './service-issuing.ts';
import { ownHome } from './service-parcels.ts';
import { digitsOf, passFields, type PassRow } from './tables-passes.ts';

/** Passes of whoever lives there, and of whom they invite. */

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
  // Asked for by two phones at once, it is one.
  await holdHome(tx, wall.scopeId, body.householdId);
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
        buildingIds: [buildingId],
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
      // The compound's gates, and the doors of their own building.
      buildingIds: [buildingId],
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
    await holdHome(tx, wall.scopeId, body.householdId);
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
