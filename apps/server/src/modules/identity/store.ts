import { localDate } from '@gongzhi/kernel';
import type { Database, Executor } from '../../platform/db/database.ts';
import { signingIn } from '../../platform/db/actor.ts';
import type { Acting, SessionStore } from '../../platform/sessions/sessions.ts';
import { currentHouseholds, isCurrent, type MembershipReach, membershipReach } from '../places/index.ts';
import { actorOf, chooseMembership, isRenewalDue, sessionRule } from './domain.ts';
import { enteringAs, findAccount, findMembership, findSession, membershipsOf, moveSession, renewSession, restate } from './queries.ts';
import type { MembershipTable } from './tables.ts';

/** A membership that holds today, with what it reaches. */
export interface LivingMembership {
  readonly membershipId: string;
  readonly accountId: string;
  readonly role: MembershipTable['role'];
  readonly scopeId: string;
  readonly reach: MembershipReach;
  readonly householdIds: readonly string[];
}

function living(row: MembershipTable | null, reach: MembershipReach | null, now: Date): LivingMembership | null {
  if (row === null || reach === null) return null;
  // "Today" is the day at the place itself.
  const today = localDate(now.getTime(), reach.wall.timeZone);
  if (!isCurrent({ startsOn: row.starts_on, endsOn: row.ends_on }, today)) return null;
  return {
    membershipId: row.membership_id,
    accountId: row.account_id,
    role: row.role,
    scopeId: row.scope_id,
    reach,
    householdIds: currentHouseholds(reach, today),
  };
}

/** In a transaction that has stated the account. */
export async function livingMemberships(q: Executor, accountId: string, now: Date): Promise<LivingMembership[]> {
  const rows = await membershipsOf(q, accountId);
  const reaches = await Promise.all(rows.map((row) => membershipReach(q, row.scope_id, accountId)));
  return rows.flatMap((row, i) => living(row, reaches[i] ?? null, now) ?? []);
}

export function actorOfMembership(membership: LivingMembership) {
  return actorOf({
    membershipId: membership.membershipId,
    accountId: membership.accountId,
    role: membership.role,
    scopeId: membership.scopeId,
    compoundIds: membership.reach.compounds.map((compound) => compound.id),
    householdIds: membership.householdIds,
  });
}

/**
 * From the cookie's hash to who acts. Two turns to the database: the session, then everything that hangs on its
 * account, membership and scope in one packet. It runs on every miss of the sessions' cache.
 */
export function createSessionStore(db: Database): SessionStore {
  return {
    async resolve(sessionHash, now): Promise<Acting | null> {
      const found = await db.read(signingIn, async (q) => {
        const session = await findSession(q, sessionHash, now);
        if (session === null) return null;
        const [, account, row, reach] = await Promise.all([
          restate(q, enteringAs(session.account_id)),
          findAccount(q, session.account_id),
          findMembership(q, session.scope_id, session.membership_id, session.account_id),
          membershipReach(q, session.scope_id, session.account_id),
        ]);
        if (account === null || account.disabled_at !== null) return null;
        const membership = living(row, reach, now);
        if (membership !== null) return { session, account, membership, isMoved: false };
        // The membership has ended: the person goes on in another capacity, if there is one.
        const other = chooseMembership(await livingMemberships(q, session.account_id, now), 'code', null);
        return other === null ? null : { session, account, membership: other, isMoved: true };
      });
      if (found === null) return null;
      const { session, account, membership, isMoved } = found;
      const isRenewed = isRenewalDue(session.last_seen_at, now);
      if (isMoved || isRenewed) {
        await db.act(enteringAs(session.account_id), async (tx) => {
          if (isMoved) moveSession(tx, sessionHash, membership.scopeId, membership.membershipId);
          if (isRenewed) renewSession(tx, sessionHash, now);
        });
      }
      return {
        sessionHash,
        csrfToken: session.csrf_token,
        accountId: session.account_id,
        displayName: account.display_name,
        membershipId: membership.membershipId,
        role: membership.role,
        homeScopeId: membership.scopeId,
        actor: actorOfMembership(membership),
        expiresAt: isRenewed ? new Date(now.getTime() + sessionRule.lifetime) : session.expires_at,
      };
    },
  };
}
