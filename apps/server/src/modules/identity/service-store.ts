import type { Database, Tx } from '../../platform/db/database.ts';
import { signingIn } from '../../platform/db/actor.ts';
import { type Acting, newSecret, type SessionStore } from '../../platform/sessions/sessions.ts';
import { membershipReach } from '../places/index.ts';
import { openSettings, type Settings } from '../../platform/settings/settings.ts';
import { dutyOf } from './service-second-factor.ts';
import { chooseMembership, isRenewalDue, sessionRule } from './domain.ts';
import {
  enteringAs,
  findAccount,
  findMembership,
  findSession,
  moveSession,
  renewSession,
  restate,
  type SessionRow,
} from './queries.ts';
import { findFactor } from './queries-second-factor.ts';
import { findConsent } from './queries-consents.ts';
import {
  actorOfMembership,
  capacitiesByConsent,
  living,
  livingCapacities,
  type LivingMembership,
} from './queries-memberships.ts';

async function onConsentOf(tx: Tx, session: SessionRow, now: Date): Promise<LivingMembership | null> {
  const consent = await findConsent(tx, session.scope_id, session.membership_id);
  if (consent === null || consent.delegateAccountId !== session.account_id) return null;
  return (await capacitiesByConsent(tx, session.account_id, [consent], now))[0] ?? null;
}

/**
 * From the cookie's hash to who acts. Two turns to the database: the session, then everything that hangs on its
 * account, membership and scope in one packet. It runs on every miss of the sessions' cache.
 */
export function createSessionStore(db: Database, settings: Settings = openSettings()): SessionStore {
  return {
    async resolve(sessionHash, now): Promise<Acting | null> {
      // One transaction, for it learns on the way who it is.
      const found = await db.act(signingIn, async (q) => {
        const session = await findSession(q, sessionHash, now);
        if (session === null) return null;
        const [, account, row, reach, factor] = await Promise.all([
          restate(q, enteringAs(session.account_id)),
          findAccount(q, session.account_id),
          findMembership(q, session.scope_id, session.membership_id, session.account_id),
          membershipReach(q, session.scope_id, session.account_id),
          findFactor(q, session.account_id),
        ]);
        if (account === null || account.disabled_at !== null) return null;
        // No membership's id: perhaps a consent's. One that has ended stays, reaching nothing (sessions.ts: OnBehalf).
        const own = living(row, reach, now) ?? (row === null ? await onConsentOf(q, session, now) : null);
        // The membership has ended: the person goes on in another capacity, if there is one.
        const membership =
          own ?? chooseMembership(await livingCapacities(q, session.account_id, now), 'code', null);
        if (membership === null) return null;
        // Residents are never asked, and they are the many.
        const mustEnrol =
          membership.role !== 'resident' &&
          !account.is_demonstration &&
          factor?.confirmed_at == null &&
          (await dutyOf(q, settings, membership, false, now)).mustEnrol;
        return { session, account, membership, isMoved: own === null, mustEnrol };
      });
      if (found === null) return null;
      const { session, account, membership, isMoved, mustEnrol } = found;
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
        ...(mustEnrol ? { mustEnrol } : {}),
        onBehalf: membership.onBehalf,
        expiresAt: isRenewed ? new Date(now.getTime() + sessionRule.lifetime) : session.expires_at,
      };
    },
  };
}

export interface Capacity {
  readonly accountId: string;
  readonly scopeId: string;
  readonly membershipId: string;
}

/**
 * Somebody who is not there, in the capacity they once gave something to do in, with the rights they have now; null when
 * the account is closed or the membership over.
 */
export async function actingOf(
  db: Database,
  settings: Settings,
  { accountId, scopeId, membershipId }: Capacity,
  now: Date,
): Promise<Acting | null> {
  const found = await db.act(enteringAs(accountId), async (q) => {
    const [account, row, reach, factor] = await Promise.all([
      findAccount(q, accountId),
      findMembership(q, scopeId, membershipId, accountId),
      membershipReach(q, scopeId, accountId),
      findFactor(q, accountId),
    ]);
    const membership = living(row, reach, now);
    if (account === null || account.disabled_at !== null || membership === null) return null;
    const mustEnrol =
      !account.is_demonstration &&
      factor?.confirmed_at == null &&
      (await dutyOf(q, settings, membership, false, now)).mustEnrol;
    return { account, membership, mustEnrol };
  });
  if (found === null) return null;
  const { account, membership, mustEnrol } = found;
  return {
    // Of no session: what it asks, it asks by a secret of its own (Sessions.lend).
    sessionHash: Buffer.alloc(0),
    csrfToken: newSecret(),
    accountId,
    displayName: account.display_name,
    membershipId,
    role: membership.role,
    homeScopeId: scopeId,
    actor: actorOfMembership(membership),
    ...(mustEnrol ? { mustEnrol } : {}),
    onBehalf: null,
    expiresAt: new Date(now.getTime() + sessionRule.lifetime),
  };
}
