import { localDate } from '@gongzhi/kernel';
import type { Actor, Home } from '../../platform/db/actor.ts';
import type { Executor } from '../../platform/db/database.ts';
import { currentHouseholds, isCurrent, type MembershipReach, membershipReach } from '../places/index.ts';
import { actorOf } from './permissions.ts';
import { membershipsOf } from './queries.ts';
import type { MembershipTable } from './tables.ts';

/** A membership that holds today, with what it reaches. */
export interface LivingMembership {
  readonly membershipId: string;
  readonly accountId: string;
  readonly role: MembershipTable['role'];
  readonly scopeId: string;
  readonly startsOn: string;
  readonly reach: MembershipReach;
  readonly households: readonly Home[];
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
  };
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
  return actorOf({
    membershipId: membership.membershipId,
    accountId: membership.accountId,
    role: membership.role,
    scopeId: membership.scopeId,
    compoundIds: membership.reach.compounds.map((compound) => compound.id),
    formerCompoundIds: membership.reach.formerCompoundIds,
    companyId: membership.reach.wall.companyId,
    households: membership.households,
  });
}
