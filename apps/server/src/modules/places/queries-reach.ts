import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { isCurrent, type ScopeKind, type Wall } from './domain.ts';
import { wallOf } from './queries-walls.ts';

export interface NamedScope {
  readonly id: string;
  readonly name: string;
  readonly kind: ScopeKind;
}

interface Occupancy {
  readonly householdId: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
}

/** What one membership reaches, before a role is considered. Asked for on every resolving of a session. */
export interface MembershipReach {
  readonly wall: Wall;
  /** Compounds that a department serves or a community holds, by name. */
  readonly compounds: readonly NamedScope[];
  readonly occupancies: readonly Occupancy[];
}

/** Its statements leave in one packet; the wall is mostly remembered. */
export async function membershipReach(
  q: Executor,
  scopeId: string,
  accountId: string,
): Promise<MembershipReach | null> {
  const [wall, compounds, occupancies] = await Promise.all([
    wallOf(q, scopeId),
    q.query<NamedScope>(
      sql`select scope_id as id, name, kind from places.scope
          where kind = 'compound' and (department_id = ${scopeId} or community_id = ${scopeId}) order by name, scope_id`,
    ),
    q.query<Occupancy>(
      sql`select household_id as "householdId", starts_on as "startsOn", ends_on as "endsOn" from places.occupancy
          where scope_id = ${scopeId} and account_id = ${accountId}`,
    ),
  ]);
  return wall === null ? null : { wall, compounds, occupancies };
}

/** The households a person lives in or owns on that day, each once. */
export function currentHouseholds(reach: MembershipReach, today: LocalDate): string[] {
  return [...new Set(reach.occupancies.filter((o) => isCurrent(o, today)).map((o) => o.householdId))].sort();
}
