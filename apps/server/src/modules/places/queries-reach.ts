import { type LocalDate, startOfDay } from '@gongzhi/kernel';
import type { Home } from '../../platform/db/actor.ts';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { heldSince, type Period, type ScopeKind, type Wall } from './domain.ts';
import { wallOf } from './queries-walls.ts';

export interface NamedScope {
  readonly id: string;
  readonly name: string;
  readonly kind: ScopeKind;
}

export interface Occupancy {
  readonly householdId: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
}

/** What one membership reaches, before a role is considered. Asked for on every resolving of a session. */
export interface MembershipReach {
  readonly wall: Wall;
  /** Compounds that a department serves or a community holds, by name. */
  readonly compounds: readonly NamedScope[];
  /** Compounds that a department served once and no longer does. */
  readonly formerCompoundIds: readonly string[];
  readonly occupancies: readonly Occupancy[];
}

/** Its statements leave in one packet; the wall is mostly remembered. */
export async function membershipReach(
  q: Executor,
  scopeId: string,
  accountId: string,
): Promise<MembershipReach | null> {
  const [wall, compounds, former, occupancies] = await Promise.all([
    wallOf(q, scopeId),
    q.query<NamedScope>(
      sql`select scope_id as id, name, kind from places.scope
          where kind = 'compound' and (department_id = ${scopeId} or community_id = ${scopeId}) order by name, scope_id`,
    ),
    // A service period is public knowledge and has no wall: the department is what narrows it.
    q.query<{ id: string }>(
      sql`select distinct p.scope_id as id from places.service_period p join places.scope s on s.scope_id = p.scope_id
          where p.department_id = ${scopeId} and s.company_id is distinct from p.company_id order by 1`,
    ),
    q.query<Occupancy>(
      sql`select household_id as "householdId", starts_on as "startsOn", ends_on as "endsOn" from places.occupancy
          where scope_id = ${scopeId} and account_id = ${accountId} and voided_at is null`,
    ),
  ]);
  return wall === null
    ? null
    : { wall, compounds, formerCompoundIds: former.map(({ id }) => id), occupancies };
}

/** The households a person lives in or owns on that day, each once, and since when: from the first day's first moment. */
export function currentHouseholds(reach: MembershipReach, today: LocalDate): Home[] {
  const periods = new Map<string, Period[]>();
  for (const { householdId, ...period } of reach.occupancies)
    periods.set(householdId, [...(periods.get(householdId) ?? []), period]);
  return [...periods]
    .flatMap(([id, held]) => {
      const since = heldSince(held, today);
      return since === null ? [] : [{ id, since: startOfDay(since, reach.wall.timeZone) }];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
