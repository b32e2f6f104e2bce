import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type ScopeRef, withinReach, withinScope } from './reach.ts';

/** Homes and their area, by place: what counts are set against. */
export interface Size {
  readonly scopeId: string;
  readonly households: number;
  /** Hundredths of a square metre. */
  readonly area: number;
}

/** In rows: scope_id, whose the place is now and in what it lies, homes, area. */
export function sizeRows(acting: Acting, scope: ScopeRef | null): Statement {
  return sql`select c.scope_id, s.street_id, s.company_id, s.department_id, s.community_id, c.households, (c.area_m2 * 100)::bigint as area
    from places.compound_size c join places.scope s on s.scope_id = c.scope_id
    where ${withinReach(acting.actor, 'c')} ${scope === null ? empty : sql`and ${withinScope(scope, 'c')}`}`;
}

/** What of a grid lies in one building; in none where nobody lives in it. */
export interface GridPart extends Size {
  readonly gridId: string;
  readonly name: string;
  readonly buildingId: string | null;
}

/** The grids within reach with their homes, counted now: a home moves from grid to grid at a stroke. */
export function gridPartsOf(q: Executor, acting: Acting, scope: ScopeRef | null): Promise<GridPart[]> {
  return q.query<GridPart>(
    sql`select g.scope_id as "scopeId", g.grid_id as "gridId", g.name, h.building_id as "buildingId",
        count(h.household_id)::integer as households, coalesce(sum(h.area_m2) * 100, 0)::bigint as area
      from places.grid g left join places.household h on h.scope_id = g.scope_id and h.grid_id = g.grid_id
      where ${withinReach(acting.actor, 'g')} ${scope === null ? empty : sql`and ${withinScope(scope, 'g')}`}
      group by g.scope_id, g.grid_id, g.name, h.building_id`,
  );
}

export async function countGrids(q: Executor, acting: Acting, scope: ScopeRef | null): Promise<number> {
  const [row] = await q.query<{ count: number }>(
    sql`select count(*) as count from places.grid g
      where ${withinReach(acting.actor, 'g')} ${scope === null ? empty : sql`and ${withinScope(scope, 'g')}`}`,
  );
  return row?.count ?? 0;
}

/** Over all scopes (worker role); how many were not as they are. */
export async function countSizes(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`with counted as materialized (
        select h.scope_id, s.city_id, s.street_id, s.company_id, h.households, h.area
        from (select h.scope_id, count(*)::integer as households, sum(h.area_m2) as area from places.household h group by h.scope_id) h
        join places.scope s on s.scope_id = h.scope_id),
      gone as (
        delete from places.compound_size z where not exists (select from counted c where c.scope_id = z.scope_id) returning 1),
      changed as (
        insert into places.compound_size as z (scope_id, city_id, street_id, company_id, households, area_m2)
        select c.scope_id, c.city_id, c.street_id, c.company_id, c.households, c.area from counted c
        on conflict (scope_id) do update set city_id = excluded.city_id, street_id = excluded.street_id,
          company_id = excluded.company_id, households = excluded.households, area_m2 = excluded.area_m2
        where (z.city_id, z.street_id, z.company_id, z.households, z.area_m2)
          is distinct from (excluded.city_id, excluded.street_id, excluded.company_id, excluded.households, excluded.area_m2)
        returning 1)
      select ((select count(*) from changed) + (select count(*) from gone))::integer as count`,
  );
  return row?.count ?? 0;
}
