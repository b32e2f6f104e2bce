import { type LocalDate, localDate, maskName, maskPhone, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Actor } from '../../platform/db/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { attach } from '../../platform/files/attach.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  accessScope,
  currentHouseholds,
  findHousehold,
  findPerson,
  findPersonOfAccount,
  personReach,
  type Wall,
  wallOf,
} from '../places/index.ts';
import { normalisePhone } from './domain.ts';
import {
  consentFault,
  consentState,
  evidenceType,
  type RevokedBy,
  wholePurposes,
} from './domain-consents.ts';
import { accountOfPhone, addAccount, enteringAs, membershipsOf, restate } from './queries.ts';
import {
  type ConsentRow,
  holdsConsent,
  insertConsent,
  lockConsent,
  longestDays,
  type NewConsent,
  revokeConsent,
  standingBetween,
} from './queries-consents.ts';
import type { NewConsentBody, NewRecordedConsentBody } from './schemas-consents.ts';

/** Giving, recording and withdrawing consent to act for somebody. */

/** The consent on which somebody acts, held until their transaction ends: what is sent after a withdrawal is refused. */
export async function holdConsent(tx: Tx, acting: Acting): Promise<void> {
  const { onBehalf } = acting;
  if (onBehalf === null) return;
  const holds = await holdsConsent(tx, acting.homeScopeId, onBehalf.consentId, acting.accountId);
  if (!holds) throw new Problem('auth.capacity_ended');
}

interface Given {
  readonly by: 'app' | 'signature' | 'call';
  readonly fileId: string | null;
  readonly calledAt: Date | null;
  readonly note: string | null;
}

function field(path: string, code: string, problem: string): Problem {
  return new Problem(problem, { reason: code }, [{ path, code, params: {} }]);
}

/** The own household of who is signed in; or, at the desk, of the person who said so there or on the phone. */
export async function giveConsent(
  house: House,
  acting: Acting,
  tx: Tx,
  body: NewConsentBody | NewRecordedConsentBody,
  now: Date,
): Promise<GivenConsent> {
  // Whoever acts for her can't let a third person do so.
  if (acting.onBehalf !== null) throw new Problem('permission.denied', { permission: 'consent.give' });
  const wall = await accessScope(tx, acting, body.scopeId);
  const isRecorded = 'personId' in body;
  const person = isRecorded
    ? await findPerson(tx, wall.scopeId, body.personId)
    : await findPersonOfAccount(tx, wall.scopeId, acting.accountId);
  const household = await findHousehold(tx, wall.scopeId, body.householdId);
  if (person === null || household === null) throw new Problem('not_found');
  const today = localDate(now.getTime(), wall.timeZone);
  const reach = await personReach(tx, wall.scopeId, person.personId);
  const belongs = reach !== null && currentHouseholds(reach, today).some(({ id }) => id === household.id);
  if (!belongs) throw new Problem('consent.not_at_home');

  const longest = await longestDays(house, tx, wall, now);
  const fault = consentFault(body, today, longest);
  if (fault !== null)
    throw new Problem('consent.invalid', { reason: fault, longestDays: longest }, [
      { path: fault === 'no_purpose' ? '/purposes' : '/endsOn', code: fault, params: { limit: longest } },
    ]);
  const phone = normalisePhone(body.delegate.phone);
  if (phone === null) throw field('/delegate/phone', 'phone', 'auth.phone_invalid');
  const given = isRecorded ? givenAtDesk(body, now) : givenInApp;
  const delegateAccountId = await accountFor(house, tx, acting, body.delegate.name.trim(), phone, now);
  if (delegateAccountId === (isRecorded ? person.accountId : acting.accountId))
    throw field('/delegate/phone', 'oneself', 'consent.oneself');
  if (isRecorded && (await isStaffOf(tx, acting, delegateAccountId, wall, today)))
    throw field('/delegate/phone', 'of_staff', 'consent.of_staff');

  const consent: NewConsent = {
    scopeId: wall.scopeId,
    consentId: uuidv7(now.getTime()),
    householdId: household.id,
    personId: person.personId,
    grantorAccountId: isRecorded ? person.accountId : acting.accountId,
    grantorName: person.nameMasked,
    delegateAccountId,
    delegateName: maskName(body.delegate.name),
    delegatePhone: maskPhone(phone),
    kinship: body.kinship,
    purposes: wholePurposes(body.purposes),
    startsOn: today,
    endsOn: body.endsOn,
    givenBy: given.by,
    givenAt: now,
    calledAt: given.calledAt,
    note: given.note,
    wall,
    recordedBy: isRecorded ? { accountId: acting.accountId, name: acting.displayName } : null,
  };
  const before = await standingBetween(tx, consent);
  if (before !== null)
    tx.write(revokeConsent(before, { as: 'replaced', accountId: acting.accountId, note: null }, now));
  tx.write(insertConsent(consent));
  if (given.fileId !== null) await attachEvidence(tx, acting, consent, given.fileId, now);
  record(tx, acting, consent, wall, { action: 'given', by: given.by, tell: ['delegate', 'grantor'] }, now);
  forgetLater(house, tx, delegateAccountId);
  const row = {
    ...consent,
    recordedByName: consent.recordedBy?.name ?? null,
    revokedAt: null,
    revokedBy: null,
    revokedNote: null,
  };
  return {
    row,
    wall,
    householdLabel: household.label,
    evidence: given.fileId === null ? [] : [given.fileId],
  };
}

export interface GivenConsent {
  readonly row: ConsentRow;
  readonly wall: Wall;
  readonly householdLabel: string;
  readonly evidence: readonly string[];
}

const givenInApp: Given = { by: 'app', fileId: null, calledAt: null, note: null };

function givenAtDesk({ given }: NewRecordedConsentBody, now: Date): Given {
  const note = given.note?.trim() || null;
  if (given.by === 'signature') return { by: 'signature', fileId: given.fileId, calledAt: null, note };
  const calledAt = new Date(given.calledAt);
  if (calledAt > now) throw field('/given/calledAt', 'future', 'consent.invalid');
  return { by: 'call', fileId: null, calledAt, note };
}

async function attachEvidence(
  tx: Tx,
  acting: Acting,
  consent: NewConsent,
  fileId: string,
  now: Date,
): Promise<void> {
  const attached = await attach(tx, {
    scopeId: consent.scopeId,
    fileIds: [fileId],
    type: evidenceType,
    objectId: consent.consentId,
    uploadedBy: acting.accountId,
    wall: {
      ...consent.wall,
      householdId: null,
      reporterAccountId: consent.grantorAccountId,
      isPublic: false,
      isInternal: false,
    },
    at: now,
  });
  if (!attached.ok)
    throw new Problem(attached.error.code, attached.error.params, [
      { path: '/given/fileId', code: 'not_attachable', params: attached.error.params },
    ]);
}

/**
 * Found or made by phone, in the narrow moment in which the transaction acts as nobody yet. Nothing that is answered
 * tells which it was: the name beside the consent is the one that was given with it.
 */
async function accountFor(
  house: House,
  tx: Tx,
  acting: Acting,
  name: string,
  phone: string,
  now: Date,
): Promise<string> {
  const phoneIndex = house.crypto.cityIndex(phone);
  const accountId = uuidv7(now.getTime());
  // As the account that may come to be: nobody can write another's.
  await restate(tx, enteringAs(accountId));
  const known =
    (await accountOfPhone(tx, phoneIndex)) ??
    (await addAccount(tx, house.crypto, {
      accountId,
      phoneIndex,
      phone,
      displayName: name,
      // A demonstration's account gets its codes on the page.
      isDemonstration: house.config.mode === 'demo',
      createdAt: now,
    }));
  await restate(tx, acting.actor);
  return known;
}

/**
 * Is the helper one of those who run the place: the clerk who writes it down, or any colleague up to the city? Then
 * only who gives it may say so, in the app: nobody at work can make themself, or each other, an old resident's voice.
 */
async function isStaffOf(
  tx: Tx,
  acting: Acting,
  accountId: string,
  wall: Wall,
  today: LocalDate,
): Promise<boolean> {
  if (accountId === acting.accountId) return true;
  // An account's memberships are read as that account: a desk sees those of its own reach only.
  await restate(tx, enteringAs(accountId));
  const memberships = await membershipsOf(tx, accountId);
  await restate(tx, acting.actor);
  const { scopeId, departmentId, companyId, communityId, streetId, cityId } = wall;
  const here = new Set([scopeId, departmentId, companyId, communityId, streetId, cityId]);
  return memberships.some(
    ({ role, scope_id, starts_on, ends_on }) =>
      role !== 'resident' &&
      here.has(scope_id) &&
      starts_on <= today &&
      (ends_on === null || today < ends_on),
  );
}

/**
 * Withdrawn by who gave it, given up by who holds it, or by the desk on the giver's word. It counts at once: whoever
 * was about to send something on it is refused.
 */
export async function withdrawConsent(
  house: House,
  acting: Acting,
  tx: Tx,
  which: { readonly scopeId: string; readonly consentId: string },
  options: { readonly asDesk: boolean; readonly note: string | null },
  now: Date,
): Promise<void> {
  const consent = await lockConsent(tx, which.scopeId, which.consentId);
  const wall = await wallOf(tx, which.scopeId);
  if (consent === null || wall === null) throw new Problem('not_found');
  const as = partyOf(consent, acting, options.asDesk);
  if (as === null) throw new Problem('not_found');
  if (consentState(consent, localDate(now.getTime(), wall.timeZone)) !== 'standing')
    throw new Problem('consent.over');
  tx.write(revokeConsent(consent, { as, accountId: acting.accountId, note: options.note }, now));
  // Who acts elsewhere just now may still end what lies between the two; the news of it belongs to its place.
  if (as !== 'desk') await restate(tx, atPlace(acting.accountId, consent.scopeId));
  record(tx, acting, consent, wall, { action: 'revoked', by: as, tell: ['delegate', 'grantor'] }, now);
  forgetLater(house, tx, consent.delegateAccountId);
}

function partyOf(consent: ConsentRow, acting: Acting, asDesk: boolean): RevokedBy | null {
  if (asDesk) return 'desk';
  if (consent.grantorAccountId === acting.accountId) return 'grantor';
  return consent.delegateAccountId === acting.accountId ? 'delegate' : null;
}

function atPlace(accountId: string, scopeId: string): Actor {
  return {
    kind: 'resident',
    accountId,
    membershipId: null,
    scopeIds: [scopeId],
    regionId: null,
    households: [],
  };
}

function record(
  tx: Tx,
  acting: Acting,
  consent: Pick<
    ConsentRow,
    'scopeId' | 'consentId' | 'grantorAccountId' | 'delegateAccountId' | 'endsOn' | 'purposes'
  >,
  wall: Wall,
  what: { action: 'given' | 'revoked'; by: string; tell: readonly string[] },
  now: Date,
): void {
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: consent.scopeId,
    wall,
    accountId: acting.accountId,
    action: `consent.${what.action}`,
    objectType: 'consent',
    objectId: consent.consentId,
    detail: { by: what.by, role: acting.role, purposes: consent.purposes, endsOn: consent.endsOn },
    at: now,
  });
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: consent.scopeId,
    wall: {
      cityId: wall.cityId,
      streetId: wall.streetId,
      companyId: wall.companyId,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind: `consent.${what.action}`,
    version: 1,
    objectId: consent.consentId,
    payload: {
      byAccountId: acting.accountId,
      grantorAccountId: consent.grantorAccountId,
      delegateAccountId: consent.delegateAccountId,
      endsOn: consent.endsOn,
    },
    occurredAt: now,
  });
}

/** In this process at once, in others within two seconds (sessions.ts). */
function forgetLater(house: House, tx: Tx, accountId: string): void {
  tx.afterCommit(() => house.sessions.forget(accountId));
}
