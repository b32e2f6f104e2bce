import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { permissionsOf } from '../../platform/permissions/permissions.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { findHouseholds } from '../places/index.ts';
import { reachOfRole } from './permissions.ts';
import { enteringAs, findAccount, restate } from './queries.ts';
import { findConsent } from './queries-consents.ts';
import { capacitiesByConsent, type LivingMembership, livingCapacities } from './queries-memberships.ts';

/** The places a membership works in, compounds first; a company, street or city asks the list of places for its own. */
function scopesOf({ role, reach }: LivingMembership) {
  const home = { id: reach.wall.scopeId, name: reach.wall.name, kind: reach.wall.kind };
  return reachOfRole[role] === 'scope' ? [...reach.compounds, home] : [home];
}

/** Where a session still stands though the consent is over; nothing to choose, only to be told. */
async function endedCapacity(q: Tx, acting: Acting, now: Date): Promise<LivingMembership[]> {
  const consent = await findConsent(q, acting.homeScopeId, acting.membershipId);
  return consent === null ? [] : capacitiesByConsent(q, acting.accountId, [consent], now);
}

export async function readMe(house: House, acting: Acting) {
  const { db, clock, config } = house;
  return db.act(enteringAs(acting.accountId), async (q) => {
    const now = clock.now();
    const [account, memberships] = await Promise.all([
      findAccount(q, acting.accountId),
      livingCapacities(q, acting.accountId, now),
    ]);
    if (account === null) throw new Problem('auth.session_required');
    const ended = acting.onBehalf?.isEnded === true ? await endedCapacity(q, acting, now) : [];
    const homes = memberships.filter((m) => m.role === 'resident');
    const own = homes.flatMap((m) => m.households);
    let households: Awaited<ReturnType<typeof findHouseholds>> = [];
    if (own.length > 0) {
      // The labels of all the person's own homes, also while acting as staff: read as the resident of them.
      const scopeIds = homes.map((m) => m.scopeId);
      await restate(q, {
        kind: 'resident',
        accountId: acting.accountId,
        membershipId: null,
        scopeIds,
        regionId: null,
        households: own,
      });
      households = await findHouseholds(
        q,
        scopeIds,
        own.map(({ id }) => id),
      );
    }
    const shown = [...memberships, ...ended].map((m) => ({
      id: m.membershipId,
      role: m.role,
      scopeId: m.scopeId,
      scopeName: m.reach.wall.name,
      scopeKind: m.reach.wall.kind,
      timeZone: m.reach.wall.timeZone,
      households:
        m.role !== 'resident'
          ? []
          : households
              .filter((h) => m.households.some(({ id }) => id === h.id))
              .map(({ id, scopeId, label, areaM2 }) => ({ id, scopeId, label, areaM2 })),
      scopes: scopesOf(m),
      onBehalf:
        m.onBehalf === null
          ? null
          : { name: m.onBehalf.name, purposes: [...m.onBehalf.purposes], isEnded: m.onBehalf.isEnded },
    }));
    const current = shown.find((m) => m.id === acting.membershipId);
    // It ended between the session's cache and now.
    if (current === undefined) throw new Problem('auth.session_required');
    return {
      account: {
        id: account.account_id,
        displayName: account.display_name,
        phoneMasked: account.phone_masked,
        locale: account.locale,
        isLargeType: account.is_large_type,
      },
      csrfToken: acting.csrfToken,
      mode: config.mode,
      acting: current,
      memberships: shown.filter((m) => m.onBehalf?.isEnded !== true),
      permissions: permissionsOf(acting.role),
      mustEnrol: acting.mustEnrol === true,
    };
  });
}
