import type { Actor } from '../../platform/db/actor.ts';
import { uuidArrayLiteral } from '../../platform/db/actor.ts';
import type { Executor } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import { householdPattern, type ScopeKind } from './domain.ts';

/**
 * The scopes an actor meets in lists. Names are public knowledge, so the database's policy lets every scope
 * through: here the query is the wall. A resident also meets the community and the street of the own compounds.
 */
export function inReach(actor: Actor): Statement {
  const region = actor.regionId;
  switch (actor.kind) {
    case 'resident': {
      const own = uuidArrayLiteral(actor.scopeIds);
      return sql`(s.scope_id = any (${own}::uuid[]) or s.scope_id in (
        select unnest(array[own.community_id, own.street_id]) from places.scope own where own.scope_id = any (${own}::uuid[])))`;
    }
    case 'scope':
      // What a department served once is not its place any more, though its old orders still are its own.
      return sql`s.scope_id = any (${uuidArrayLiteral(actor.scopeIds)}::uuid[])
        ${region === null ? empty : sql`and (s.company_id is null or s.company_id = ${region})`}`;
    case 'company':
      return sql`(s.scope_id = ${region} or s.company_id = ${region})`;
    case 'street':
      return sql`(s.scope_id = ${region} or s.street_id = ${region})`;
    case 'city':
      return sql`(s.scope_id = ${region} or s.city_id = ${region})`;
    case 'signin':
    case 'public':
      return sql`false`;
  }
}

export interface ScopeRow {
  scope_id: string;
  kind: ScopeKind;
  name: string;
  community_name: string | null;
  company_name: string | null;
  household_count: number | null;
}

export interface NamePosition {
  readonly name: string;
  readonly id: string;
}

export function listScopes(
  q: Executor,
  actor: Actor,
  filter: { kind?: ScopeKind | undefined; q?: string | undefined },
  after: NamePosition | null,
  limit: number,
): Promise<ScopeRow[]> {
  // A resident's wall shows the own household only: a count would be wrong, so there is none.
  const count =
    actor.kind === 'resident'
      ? sql`null::integer`
      : sql`case when s.kind = 'compound' then
              (select count(*)::integer from places.household h where h.scope_id = s.scope_id) end`;
  return q.query(sql`
    with page as materialized (
      select s.scope_id, s.kind, s.name, s.community_id, s.company_id from places.scope s
      where ${inReach(actor)}
        ${filter.kind === undefined ? sql`and s.kind <> 'organisation'` : sql`and s.kind = ${filter.kind}`}
        ${filter.q === undefined ? empty : sql`and strpos(lower(s.name), lower(${filter.q})) > 0`}
        ${after === null ? empty : sql`and (s.name, s.scope_id) > (${after.name}, ${after.id}::uuid)`}
      order by s.name, s.scope_id limit ${limit}
    )
    select s.scope_id, s.kind, s.name, c.name as community_name, p.name as company_name, ${count} as household_count
    from page s
      left join places.scope c on c.scope_id = s.community_id and s.kind = 'compound'
      left join places.scope p on p.scope_id = s.company_id and s.kind in ('compound', 'department')
    order by s.name, s.scope_id`);
}

export interface ScopeDetailRow {
  scope_id: string;
  kind: ScopeKind;
  name: string;
  code: string | null;
  address: string | null;
  built_year: number | null;
  city_id: string | null;
  city_name: string | null;
  street_id: string | null;
  street_name: string | null;
  community_id: string | null;
  community_name: string | null;
  company_id: string | null;
  company_name: string | null;
  department_id: string | null;
  department_name: string | null;
}

export async function findScope(q: Executor, actor: Actor, scopeId: string): Promise<ScopeDetailRow | null> {
  const [row] = await q.query<ScopeDetailRow>(sql`
    select s.scope_id, s.kind, s.name, s.code, s.address, s.built_year,
      s.city_id, city.name as city_name, s.street_id, street.name as street_name,
      s.community_id, community.name as community_name, s.company_id, company.name as company_name,
      s.department_id, department.name as department_name
    from places.scope s
      left join places.scope city on city.scope_id = s.city_id
      left join places.scope street on street.scope_id = s.street_id
      left join places.scope community on community.scope_id = s.community_id
      left join places.scope company on company.scope_id = s.company_id
      left join places.scope department on department.scope_id = s.department_id
    where s.scope_id = ${scopeId} and ${inReach(actor)}`);
  return row ?? null;
}

export interface ScopeCounts {
  buildings: number;
  units: number;
  households: number;
  facilities: number;
  grids: number;
  compounds: number;
}

/** Of the scope's own rows; `compounds` are those that lie in it or are served by it. */
export async function countScope(q: Executor, scopeId: string): Promise<ScopeCounts> {
  const [row] = await q.query<ScopeCounts>(sql`
    select
      (select count(*)::integer from places.building where scope_id = ${scopeId}) as buildings,
      (select count(*)::integer from places.unit where scope_id = ${scopeId}) as units,
      (select count(*)::integer from places.household where scope_id = ${scopeId}) as households,
      (select count(*)::integer from places.facility where scope_id = ${scopeId}) as facilities,
      (select count(*)::integer from places.grid where scope_id = ${scopeId}) as grids,
      (select count(*)::integer from places.scope s where s.kind = 'compound' and (s.city_id = ${scopeId}
        or s.street_id = ${scopeId} or s.community_id = ${scopeId} or s.company_id = ${scopeId}
        or s.department_id = ${scopeId})) as compounds`);
  return row as ScopeCounts;
}

export interface UnitOfBuildingRow {
  building_id: string;
  building_name: string;
  floors: number;
  unit_id: string | null;
  unit_name: string | null;
  household_count: number;
}

/** A row a unit, in the order people count them; a building without units has one row. */
export function listBuildings(q: Executor, scopeId: string): Promise<UnitOfBuildingRow[]> {
  return q.query(sql`
    select b.building_id, b.name as building_name, b.floors, u.unit_id, u.name as unit_name,
      coalesce(h.count, 0)::integer as household_count
    from places.building b
      left join places.unit u on u.scope_id = b.scope_id and u.building_id = b.building_id
      left join (select unit_id, count(*) as count from places.household where scope_id = ${scopeId} group by unit_id) h
        on h.unit_id = u.unit_id
    where b.scope_id = ${scopeId}
    order by b.position, b.building_id, u.position, u.unit_id`);
}

export interface HouseholdRow {
  household_id: string;
  label: string;
  building_id: string;
  building_name: string;
  building_position: number;
  unit_name: string;
  unit_position: number;
  room_no: string;
  floor: number;
  area_m2: string;
}

export interface HouseholdPosition {
  readonly building: number;
  readonly unit: number;
  readonly floor: number;
  readonly room: string;
  readonly id: string;
}

export function listHouseholds(
  q: Executor,
  scopeId: string,
  filter: { q?: string | undefined; buildingId?: string | undefined },
  after: HouseholdPosition | null,
  limit: number,
): Promise<HouseholdRow[]> {
  return q.query(sql`
    select h.household_id, h.label, h.building_id, b.name as building_name, b.position as building_position,
      u.name as unit_name, u.position as unit_position, h.room_no, h.floor, h.area_m2
    from places.household h
      join places.building b on b.scope_id = h.scope_id and b.building_id = h.building_id
      join places.unit u on u.scope_id = h.scope_id and u.unit_id = h.unit_id
    where h.scope_id = ${scopeId}
      ${filter.buildingId === undefined ? empty : sql`and h.building_id = ${filter.buildingId}`}
      ${filter.q === undefined ? empty : sql`and h.label ~* ${householdPattern(filter.q)}`}
      ${
        after === null
          ? empty
          : sql`and (b.position, u.position, h.floor, h.room_no, h.household_id)
              > (${after.building}, ${after.unit}, ${after.floor}, ${after.room}, ${after.id}::uuid)`
      }
    order by b.position, u.position, h.floor, h.room_no, h.household_id
    limit ${limit}`);
}

export interface HouseholdDetailRow extends HouseholdRow {
  scope_id: string;
  version: number;
  grid_id: string | null;
  grid_code: string | null;
  grid_name: string | null;
  social_worker_name: string | null;
  steward_name: string | null;
}

export async function findHouseholdDetail(
  q: Executor,
  scopeId: string,
  householdId: string,
): Promise<HouseholdDetailRow | null> {
  const [row] = await q.query<HouseholdDetailRow>(sql`
    select h.scope_id, h.version, h.household_id, h.label, h.building_id, b.name as building_name, b.position as building_position,
      u.name as unit_name, u.position as unit_position, h.room_no, h.floor, h.area_m2,
      g.grid_id, g.code as grid_code, g.name as grid_name, g.social_worker_name, g.steward_name
    from places.household h
      join places.building b on b.scope_id = h.scope_id and b.building_id = h.building_id
      join places.unit u on u.scope_id = h.scope_id and u.unit_id = h.unit_id
      left join places.grid g on g.scope_id = h.scope_id and g.grid_id = h.grid_id
    where h.scope_id = ${scopeId} and h.household_id = ${householdId}`);
  return row ?? null;
}

export interface FacilityRow {
  facility_id: string;
  kind: string;
  label: string;
  building_id: string | null;
}

export function listFacilities(
  q: Executor,
  scopeId: string,
  filter: { q?: string | undefined; buildingId?: string | undefined; id?: string | undefined },
  after: NamePosition | null,
  limit: number,
): Promise<FacilityRow[]> {
  return q.query(sql`
    select facility_id, kind, label, building_id from places.facility
    where scope_id = ${scopeId}
      ${filter.id === undefined ? empty : sql`and facility_id = ${filter.id}`}
      ${filter.buildingId === undefined ? empty : sql`and building_id = ${filter.buildingId}`}
      ${filter.q === undefined ? empty : sql`and strpos(lower(label), lower(${filter.q})) > 0`}
      ${after === null ? empty : sql`and (label, facility_id) > (${after.name}, ${after.id}::uuid)`}
    order by label, facility_id limit ${limit}`);
}
