import type { House } from '../../platform/house.ts';
import { permissionsOf } from '../../platform/permissions/permissions.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { findHouseholds } from '../places/index.ts';
import { reachOfRole } from './permissions.ts';
import { enteringAs, findAccount, restate } from './queries.ts';
import { type LivingMembership, livingMemberships } from './queries-memberships.ts';

/** The places a membership works in, compounds first; a company, street or city asks the list of places for its own. */
function scopesOf({ role, reach }: LivingMembership) {
  const home = { id: reach.wall.scopeId, name: reach.wall.name, kind: reach.wall.kind };
  return reachOfRole[role] === 'scope' ? [...reach.compounds, home] : [home];
}

export async function readMe(house: House, acting: Acting) {
  const { db, clock, config } = house;
  return db.act(enteringAs(acting.accountId), async (q) => {
    const [account, memberships] = await Promise.all([
      findAccount(q, acting.accountId),
      livingMemberships(q, acting.accountId, clock.now()),
    ]);
    if (account === null) throw new Problem('auth.session_required');
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
    const shown = memberships.map((m) => ({
      id: m.membershipId,
      role: m.role,
      scopeId: m.scopeId,
      scopeName: m.reach.wall.name,
      scopeKind: m.reach.wall.kind,
      households:
        m.role !== 'resident'
          ? []
          : households
              .filter((h) => h.scopeId === m.scopeId)
              .map(({ id, scopeId, label, areaM2 }) => ({ id, scopeId, label, areaM2 })),
      scopes: scopesOf(m),
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
      memberships: shown,
      permissions: permissionsOf(acting.role),
      mustEnrol: acting.mustEnrol === true,
    };
  });
}
