import type { Point } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import type { Wall } from './domain.ts';
import { withPoint } from './queries-points.ts';

/** What a department serves, for who is sent where. */

export function compoundsOfDepartment(
  q: Executor,
  departmentId: string,
): Promise<{ id: string; name: string }[]> {
  return q.query(
    sql`select scope_id as id, name from places.scope where kind = 'compound' and department_id = ${departmentId} order by name, scope_id`,
  );
}

export function gridsOfScopes(
  q: Executor,
  scopeIds: readonly string[],
): Promise<{ id: string; scopeId: string; name: string; stewardAccountId: string | null }[]> {
  return q.query(
    sql`select g.grid_id as id, g.scope_id as "scopeId", g.name, g.steward_account_id as "stewardAccountId"
        from places.grid g where g.scope_id = any (${scopeIds}::uuid[]) order by g.code`,
  );
}

/** Where a building stands, as far as anybody said it: what distance is estimated by. */
export interface BuildingSpot {
  readonly id: string;
  readonly scopeId: string;
  readonly name: string;
  readonly position: number;
  readonly point: Point | null;
}

export async function buildingSpots(q: Executor, scopeIds: readonly string[]): Promise<BuildingSpot[]> {
  const rows = await q.query<
    Omit<BuildingSpot, 'point'> & { latitude: number | null; longitude: number | null }
  >(
    sql`select b.building_id as id, b.scope_id as "scopeId", b.name, b.position, b.latitude, b.longitude from places.building b
        where b.scope_id = any (${scopeIds}::uuid[]) order by b.scope_id, b.position, b.name`,
  );
  return rows.map(({ latitude, longitude, ...row }) => ({
    ...row,
    point: latitude === null || longitude === null ? null : { latitude, longitude },
  }));
}

/** The compounds of a region, of whatever level it is, with their main gates; itself where it is one. */
export async function compoundsUnder(
  q: Executor,
  wall: Pick<Wall, 'scopeId' | 'kind'>,
  limit: number,
): Promise<{ id: string; name: string; point: Point | null }[]> {
  const of: Partial<Record<Wall['kind'], Statement>> = {
    compound: sql`s.scope_id = ${wall.scopeId}`,
    department: sql`s.department_id = ${wall.scopeId}`,
    community: sql`s.community_id = ${wall.scopeId}`,
    company: sql`s.company_id = ${wall.scopeId}`,
    street: sql`s.street_id = ${wall.scopeId}`,
    district: sql`s.district_id = ${wall.scopeId}`,
  };
  const rows = await q.query<{ id: string; name: string; latitude: number | null; longitude: number | null }>(
    sql`select s.scope_id as id, s.name, s.latitude, s.longitude from places.scope s
        where s.kind = 'compound' and ${of[wall.kind] ?? sql`s.city_id = ${wall.scopeId}`} order by s.name, s.scope_id limit ${limit}`,
  );
  return rows.map(withPoint);
}
