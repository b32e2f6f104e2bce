import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { empty, raw, sql } from '../../platform/db/sql.ts';
import type { Relation } from './domain.ts';
import type { HouseholdPosition } from './queries.ts';

/** What is registered of people, homes, buildings and places, as forms ask for it; people masked. */

export interface RegisteredHome {
  readonly id: string;
  readonly label: string;
  readonly building: string;
  readonly buildingPosition: number;
  readonly unit: string;
  readonly unitPosition: number;
  readonly room: string;
  readonly floor: number;
  readonly area: string;
  readonly grid: string | null;
  readonly people: number;
  /** Today's owners, in the order in which they came. */
  readonly owners: readonly string[];
  readonly ownerPhones: readonly string[];
}

export function registeredHomes(
  q: Executor,
  scopeId: string,
  today: LocalDate,
  after: HouseholdPosition | null,
  limit: number,
): Promise<RegisteredHome[]> {
  return q.query(sql`
    with page as materialized (
      select h.household_id, h.label, h.grid_id, b.name as building, b.position as building_position, u.name as unit, u.position as unit_position,
        h.room_no, h.floor, h.area_m2
      from places.household h
        join places.building b on b.scope_id = h.scope_id and b.building_id = h.building_id
        join places.unit u on u.scope_id = h.scope_id and u.unit_id = h.unit_id
      where h.scope_id = ${scopeId}
        ${
          after === null
            ? empty
            : sql`and (b.position, u.position, h.floor, h.room_no, h.household_id)
                > (${after.building}, ${after.unit}, ${after.floor}, ${after.room}, ${after.id}::uuid)`
        }
      order by b.position, u.position, h.floor, h.room_no, h.household_id
      limit ${limit})
    select p.household_id as id, p.label, p.building, p.building_position as "buildingPosition", p.unit, p.unit_position as "unitPosition",
      p.room_no as room, p.floor, p.area_m2 as area, g.name as grid, coalesce(o.people, 0)::integer as people,
      coalesce(o.owners, '{}') as owners, coalesce(o.phones, '{}') as "ownerPhones"
    from page p
      left join places.grid g on g.scope_id = ${scopeId} and g.grid_id = p.grid_id
      left join lateral (
        select count(distinct o.person_id) as people,
          array_agg(n.name_masked order by o.starts_on, o.occupancy_id) filter (where o.relation = 'owner') as owners,
          array_agg(n.phone_masked order by o.starts_on, o.occupancy_id) filter (where o.relation = 'owner' and n.phone_masked is not null) as phones
        from places.occupancy o
          join places.person n on n.scope_id = o.scope_id and n.person_id = o.person_id and n.erased_at is null
        where o.scope_id = ${scopeId} and o.household_id = p.household_id and o.voided_at is null
          and o.starts_on <= ${today}::date and (o.ends_on is null or ${today}::date < o.ends_on)) o on true
    order by p.building_position, p.unit_position, p.floor, p.room_no, p.household_id`);
}

export interface RegisteredPerson {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly relations: readonly Relation[];
  readonly homes: readonly string[];
  readonly since: LocalDate;
}

/** Whoever belongs to a home of the compound today. */
export function registeredPeople(
  q: Executor,
  scopeId: string,
  today: LocalDate,
  after: string | null,
  limit: number,
): Promise<RegisteredPerson[]> {
  return q.query(sql`
    select p.person_id as id, p.name_masked as name, p.phone_masked as phone, min(o.starts_on) as since,
      array_agg(distinct o.relation) as relations, array_agg(distinct h.label) as homes
    from places.person p
      join places.occupancy o on o.scope_id = p.scope_id and o.person_id = p.person_id and o.voided_at is null
        and o.starts_on <= ${today}::date and (o.ends_on is null or ${today}::date < o.ends_on)
      join places.household h on h.scope_id = o.scope_id and h.household_id = o.household_id
    where p.scope_id = ${scopeId} and p.erased_at is null ${after === null ? empty : sql`and p.person_id > ${after}::uuid`}
    group by p.person_id, p.name_masked, p.phone_masked
    order by p.person_id limit ${limit}`);
}

export interface RegisteredBuilding {
  readonly id: string;
  readonly name: string;
  readonly floors: number;
  readonly units: number;
  readonly homes: number;
  readonly area: string;
  readonly lifts: number;
  readonly people: number;
}

/** All of a compound, in the order people count them. */
export function registeredBuildings(
  q: Executor,
  scopeId: string,
  today: LocalDate,
): Promise<RegisteredBuilding[]> {
  return q.query(sql`
    select b.building_id as id, b.name, b.floors,
      (select count(*)::integer from places.unit u where u.scope_id = ${scopeId} and u.building_id = b.building_id) as units,
      (select count(*)::integer from places.facility f where f.scope_id = ${scopeId} and f.building_id = b.building_id and f.kind = 'lift') as lifts,
      coalesce(h.homes, 0)::integer as homes, coalesce(h.area, 0)::text as area, coalesce(h.people, 0)::integer as people
    from places.building b
      left join (
        select h.building_id, count(*) as homes, sum(h.area_m2) as area, sum(coalesce(o.people, 0)) as people
        from places.household h
          left join (
            select o.household_id, count(distinct o.person_id) as people from places.occupancy o
            where o.scope_id = ${scopeId} and o.voided_at is null
              and o.starts_on <= ${today}::date and (o.ends_on is null or ${today}::date < o.ends_on)
            group by o.household_id) o on o.household_id = h.household_id
        where h.scope_id = ${scopeId} group by h.building_id) h on h.building_id = b.building_id
    where b.scope_id = ${scopeId}
    order by b.position, b.building_id`);
}

export interface RegisteredPlace {
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
  readonly builtYear: number | null;
  readonly company: string | null;
  readonly street: string | null;
  readonly buildings: number;
  readonly units: number;
  readonly homes: number;
  readonly area: string;
  readonly lifts: number;
  readonly grids: number;
  readonly people: number;
}

/** Compounds with what lies in them, counted; sums of a community are the caller's. */
export function registeredCompounds(
  q: Executor,
  scopeIds: readonly string[],
  today: LocalDate,
): Promise<RegisteredPlace[]> {
  return q.query(sql`
    select s.scope_id as id, s.name, s.address, s.built_year as "builtYear", company.name as company, street.name as street,
      (select count(*)::integer from places.building b where b.scope_id = s.scope_id) as buildings,
      (select count(*)::integer from places.unit u where u.scope_id = s.scope_id) as units,
      (select count(*)::integer from places.grid g where g.scope_id = s.scope_id) as grids,
      (select count(*)::integer from places.facility f where f.scope_id = s.scope_id and f.kind = 'lift') as lifts,
      (select count(distinct o.person_id)::integer from places.occupancy o where o.scope_id = s.scope_id and o.voided_at is null
        and o.starts_on <= ${today}::date and (o.ends_on is null or ${today}::date < o.ends_on)) as people,
      h.homes, h.area
    from places.scope s
      left join places.scope company on company.scope_id = s.company_id
      left join places.scope street on street.scope_id = s.street_id
      cross join lateral (select count(*)::integer as homes, coalesce(sum(h.area_m2), 0)::text as area
        from places.household h where h.scope_id = s.scope_id) h
    where s.scope_id = any (${scopeIds}::uuid[])
    order by s.name, s.scope_id`);
}

/** Ids alone: of every home, of every building, or of whoever belongs to a home today; with `among`, of these those that are. */
export async function registeredIds(
  q: Executor,
  scopeId: string,
  kind: 'home' | 'building' | 'resident',
  today: LocalDate,
  among: readonly string[] | null,
): Promise<string[]> {
  const only = (column: string) =>
    among === null ? empty : sql`and ${raw(column)} = any (${among}::uuid[])`;
  const statements = {
    home: () =>
      sql`select h.household_id as id from places.household h where h.scope_id = ${scopeId} ${only('h.household_id')}`,
    building: () =>
      sql`select b.building_id as id from places.building b where b.scope_id = ${scopeId} ${only('b.building_id')}`,
    resident: () => sql`
      select p.person_id as id from places.person p
      where p.scope_id = ${scopeId} and p.erased_at is null ${only('p.person_id')}
        and exists (select from places.occupancy o where o.scope_id = p.scope_id and o.person_id = p.person_id and o.voided_at is null
          and o.starts_on <= ${today}::date and (o.ends_on is null or ${today}::date < o.ends_on))`,
  };
  const rows = await q.query<{ id: string }>(statements[kind]());
  return rows.map(({ id }) => id);
}

/** The compounds of a community; names are public knowledge. */
export async function compoundsOfCommunity(q: Executor, communityId: string): Promise<string[]> {
  const rows = await q.query<{ id: string }>(
    sql`select s.scope_id as id from places.scope s where s.kind = 'compound' and s.community_id = ${communityId} order by s.name, s.scope_id`,
  );
  return rows.map(({ id }) => id);
}
