import type { Actor, ActorKind, Home } from '../../platform/db/actor.ts';
import type { Role } from '../../platform/permissions/permissions.ts';

/** How far each role's wall reaches. */
export const reachOfRole: Readonly<Record<Role, Exclude<ActorKind, 'signin' | 'public'>>> = {
  resident: 'resident',
  worker: 'scope',
  steward: 'scope',
  desk: 'scope',
  manager: 'scope',
  guard: 'scope',
  social_worker: 'scope',
  committee: 'scope',
  company: 'company',
  street: 'street',
  city: 'city',
};

export interface MembershipFacts {
  readonly membershipId: string;
  readonly accountId: string;
  readonly role: Role;
  readonly scopeId: string;
  /** Compounds that the department serves or the community holds today. */
  readonly compoundIds: readonly string[];
  /** Compounds that it served before: what was closed then is still its own history. */
  readonly formerCompoundIds?: readonly string[];
  /** The company of a department. */
  readonly companyId?: string | null;
  /** Households of today in this compound, and since when. */
  readonly households: readonly Home[];
}

/** Only the acting membership counts: who is desk and resident acts as one of them at a time. */
export function actorOf(facts: MembershipFacts): Actor {
  const kind = reachOfRole[facts.role];
  return {
    kind,
    accountId: facts.accountId,
    membershipId: facts.membershipId,
    scopeIds:
      kind === 'resident'
        ? [facts.scopeId]
        : kind === 'scope'
          ? [facts.scopeId, ...facts.compoundIds, ...(facts.formerCompoundIds ?? [])]
          : [],
    regionId: kind === 'resident' ? null : kind === 'scope' ? companyOf(facts) : facts.scopeId,
    households: kind === 'resident' ? facts.households : [],
  };
}

const departmentRoles: ReadonlySet<Role> = new Set(['worker', 'steward', 'desk', 'manager', 'guard']);

/** Committees and social workers watch over a compound whoever serves it. */
function companyOf({ role, companyId = null }: MembershipFacts): string | null {
  return departmentRoles.has(role) ? companyId : null;
}

/** Guards have no pages of their own yet; they use the phone like workers. */
export function homeOfRole(role: Role): '/m/' | '/desk/' {
  return role === 'resident' || role === 'worker' || role === 'guard' ? '/m/' : '/desk/';
}
