import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { ScopeKind, Wall } from './domain.ts';
import { reaches } from './permissions.ts';
import type { ScopeTable } from './tables.ts';

/**
 * Every write asks for the wall of its scope, and it changes when a company changes: some times a year. Kept for a
 * minute by the machine's own stopwatch, for this is about memory and decides nothing.
 */
const keptMilliseconds = 60_000;
const keptWalls = 8_192;
const kept = new Map<string, { wall: Wall; until: number }>();

type WallRow = Pick<
  ScopeTable,
  | 'scope_id'
  | 'kind'
  | 'name'
  | 'city_id'
  | 'district_id'
  | 'street_id'
  | 'community_id'
  | 'company_id'
  | 'department_id'
  | 'time_zone'
>;

function toWall(row: WallRow): Wall {
  return {
    scopeId: row.scope_id,
    kind: row.kind as ScopeKind,
    name: row.name,
    cityId: row.city_id,
    districtId: row.district_id,
    streetId: row.street_id,
    communityId: row.community_id,
    companyId: row.company_id,
    departmentId: row.department_id,
    timeZone: row.time_zone,
  };
}

function keep(wall: Wall): void {
  kept.delete(wall.scopeId);
  if (kept.size >= keptWalls) kept.delete(kept.keys().next().value as string);
  kept.set(wall.scopeId, { wall, until: performance.now() + keptMilliseconds });
}

/** Null when there is no such scope; that is not kept, for it may be created the next moment. */
export async function wallOf(q: Executor, scopeId: string): Promise<Wall | null> {
  const known = kept.get(scopeId);
  if (known !== undefined && known.until > performance.now()) return known.wall;
  const [row] = await q.query<WallRow>(
    sql`select scope_id, kind, name, city_id, district_id, street_id, community_id, company_id, department_id, time_zone
        from places.scope where scope_id = ${scopeId}`,
  );
  if (row === undefined) {
    kept.delete(scopeId);
    return null;
  }
  const wall = toWall(row);
  keep(wall);
  return wall;
}

/** In the order of the ids asked for; what does not exist is left out. */
export async function wallsOf(q: Executor, scopeIds: readonly string[]): Promise<Wall[]> {
  const now = performance.now();
  const missing = scopeIds.filter((id) => (kept.get(id)?.until ?? 0) <= now);
  const fetched = new Map<string, Wall>();
  if (missing.length > 0) {
    const rows = await q.query<WallRow>(
      sql`select scope_id, kind, name, city_id, district_id, street_id, community_id, company_id, department_id, time_zone
          from places.scope where scope_id = any (${missing}::uuid[])`,
    );
    for (const row of rows) {
      const wall = toWall(row);
      fetched.set(wall.scopeId, wall);
      keep(wall);
    }
  }
  const walls: Wall[] = [];
  for (const id of scopeIds) {
    const wall = fetched.get(id) ?? kept.get(id)?.wall;
    if (wall !== undefined) walls.push(wall);
  }
  return walls;
}

/** Of these places those in which others lie, by whatever they are told to lie there. */
export async function scopesAbove(
  q: Executor,
  walls: readonly Pick<Wall, 'scopeId' | 'kind'>[],
): Promise<Set<string>> {
  // Nothing lies in a compound, of which there are thousands.
  const ids = walls.filter(({ kind }) => kind !== 'compound').map(({ scopeId }) => scopeId);
  if (ids.length === 0) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select u.id from unnest(${ids}::uuid[]) u (id) where exists (select from places.scope s
        where u.id in (s.company_id, s.department_id, s.community_id, s.street_id, s.district_id, s.city_id) and s.scope_id <> u.id)`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** After an import or a change of company in this process. */
export function forgetWalls(): void {
  kept.clear();
}

/** The one door to a scope: the same answer whether it is missing or another's. */
export async function accessScope(q: Executor, acting: Acting, scopeId: string): Promise<Wall> {
  const wall = await wallOf(q, scopeId);
  if (wall === null || !reaches(acting.actor, wall)) throw new Problem('not_found');
  return wall;
}
