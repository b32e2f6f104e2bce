import { localDate } from '@gongzhi/kernel';
import type { Actor, Home } from '../../platform/db/actor.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import type { OnBehalf } from '../../platform/sessions/sessions.ts';
import {
  currentHouseholds,
  isCurrent,
  type MembershipReach,
  membershipReach,
  personReach,
} from '../places/index.ts';
import { consentState } from './domain-consents.ts';
import { actorOf } from './permissions.ts';
import { enteringAs, membershipsOf, restate } from './queries.ts';
import { type ConsentRow, standingConsentsFor } from './queries-consents.ts';
import type { MembershipTable } from './tables.ts';

/** A membership that holds today, or a consent on which one may act, with what it reaches. */
export interface LivingMembership {
  readonly membershipId: string;
  readonly accountId: string;
  readonly role: MembershipTable['role'];
  readonly scopeId: string;
  readonly startsOn: string;
  readonly reach: MembershipReach;
  readonly households: readonly Home[];
  /** When it is a consent; its id is then the membership's. */
  readonly onBehalf: OnBehalf | null;
}

export function living(
  row: MembershipTable | null,
  reach: MembershipReach | null,
  now: Date,
): LivingMembership | null {
  if (row === null || reach === null) return null;
  // "Today" is the day at the place itself.
  const today = localDate(now.getTime(), reach.wall.timeZone);
  if (!isCurrent({ startsOn: row.starts_on, endsOn: row.ends_on }, today)) return null;
  return {
    membershipId: row.membership_id,
    accountId: row.account_id,
    role: row.role,
    scopeId: row.scope_id,
    startsOn: row.starts_on,
    reach,
    households: currentHouseholds(reach, today),
    onBehalf: null,
  };
}

/**
 * Acting on a consent: as a resident of that one household, from the giver's own first day there. It is over when it
 * was withdrawn, has run out, or the giver belongs there no more; then it reaches nothing.
 */
function onConsent(consent: ConsentRow, reach: MembershipReach, now: Date): LivingMembership {
  const today = localDate(now.getTime(), reach.wall.timeZone);
  const households = currentHouseholds(reach, today).filter(({ id }) => id === consent.householdId);
  const isEnded = consentState(consent, today) !== 'standing' || households.length === 0;
  return {
    membershipId: consent.consentId,
    accountId: consent.delegateAccountId,
    role: 'resident',
    scopeId: consent.scopeId,
    startsOn: consent.startsOn,
    reach,
    households: isEnded ? [] : households,
    onBehalf: {
      consentId: consent.consentId,
      purposes: isEnded ? [] : consent.purposes,
      name: consent.grantorName,
      accountId: consent.grantorAccountId,
      householdId: consent.householdId,
      isEnded,
    },
  };
}

/**
 * The giver's relations are closed to the one who acts for them, who is no staff and no member of the household. They
 * are read as the scope reads them, for this one question, and the transaction is then again who it was.
 */
export async function capacitiesByConsent(
  tx: Tx,
  accountId: string,
  consents: readonly ConsentRow[],
  now: Date,
): Promise<LivingMembership[]> {
  if (consents.length === 0) return [];
  const asked = consents.flatMap((consent) => [
    restate(tx, {
      kind: 'scope',
      accountId,
      membershipId: null,
      scopeIds: [consent.scopeId],
      regionId: null,
      households: [],
    }).then(() => null),
    personReach(tx, consent.scopeId, consent.personId),
  ]);
  const answers = await Promise.all([...asked, restate(tx, enteringAs(accountId)).then(() => null)]);
  return consents.flatMap((consent, i) => {
    const reach = answers[2 * i + 1];
    return reach == null ? [] : [onConsent(consent, reach, now)];
  });
}

/** All in which the account may act today: its own memberships, then the consents given to it. In its transaction. */
export async function livingCapacities(tx: Tx, accountId: string, now: Date): Promise<LivingMembership[]> {
  const own = await livingMemberships(tx, accountId, now);
  const consents = await standingConsentsFor(tx, accountId, now);
  const given = await capacitiesByConsent(tx, accountId, consents, now);
  return [...own, ...given.filter(({ onBehalf }) => onBehalf?.isEnded === false)];
}

/** In a transaction that has stated the account. */
export async function livingMemberships(
  q: Executor,
  accountId: string,
  now: Date,
): Promise<LivingMembership[]> {
  const rows = await membershipsOf(q, accountId);
  const reaches = await Promise.all(rows.map((row) => membershipReach(q, row.scope_id, accountId)));
  return rows.flatMap((row, i) => living(row, reaches[i] ?? null, now) ?? []);
}

export function actorOfMembership(membership: LivingMembership): Actor {
  const actor = actorOf({
    membershipId: membership.membershipId,
    accountId: membership.accountId,
    role: membership.role,
    scopeId: membership.scopeId,
    compoundIds: membership.reach.compounds.map((compound) => compound.id),
    formerCompoundIds: membership.reach.formerCompoundIds,
    companyId: membership.reach.wall.companyId,
    households: membership.households,
  });
  // A consent that has ended does not even reach what a compound shows to all its own.
  return membership.onBehalf?.isEnded === true ? { ...actor, scopeIds: [] } : actor;
}
