import { uuidArrayLiteral } from '../../platform/db/actor.ts';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';

/** What another module must know of a place before it writes it into its own row. Null: not there, or not for this actor. */
export interface HouseholdRef {
  readonly id: string;
  readonly scopeId: string;
  readonly label: string;
  readonly buildingId: string;
  readonly gridId: string | null;
  /** Square metres with two decimals, as registered. */
  readonly areaM2: string;
}

export async function findHousehold(
  q: Executor,
  scopeId: string,
  householdId: string,
): Promise<HouseholdRef | null> {
  return (await findHouseholds(q, [scopeId], [householdId]))[0] ?? null;
}

export function findHouseholds(
  q: Executor,
  scopeIds: readonly string[],
  householdIds: readonly string[],
): Promise<HouseholdRef[]> {
  return q.query(sql`
    select household_id as id, scope_id as "scopeId", label, building_id as "buildingId", grid_id as "gridId",
      area_m2 as "areaM2"
    from places.household
    where scope_id = any (${uuidArrayLiteral(scopeIds)}::uuid[])
      and household_id = any (${uuidArrayLiteral(householdIds)}::uuid[])
    order by label, household_id`);
}

/** Every home of a compound with what its fees are counted by, in one order for good: shares fall the same way each time. */
export function homesOfScope(
  q: Executor,
  scopeId: string,
): Promise<
  {
    readonly householdId: string;
    readonly label: string;
    readonly buildingId: string;
    readonly areaHundredths: number;
    readonly floor: number;
  }[]
> {
  return q.query(sql`
    select household_id as "householdId", label, building_id as "buildingId", (area_m2 * 100)::integer as "areaHundredths", floor
    from places.household where scope_id = ${scopeId} order by household_id`);
}

/** Which of these households the actor may see now; asked again for every live event. */
export async function visibleHouseholds(
  q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  if (!mayAttempt(acting.role, 'household.read')) return new Set();
  const rows = await findHouseholds(
    q,
    objects.map((object) => object.scopeId),
    objects.map((object) => object.id),
  );
  return new Set(rows.map((row) => row.id));
}

export interface BuildingRef {
  readonly id: string;
  readonly scopeId: string;
  readonly name: string;
}

export async function findBuilding(
  q: Executor,
  scopeId: string,
  buildingId: string,
): Promise<BuildingRef | null> {
  const [row] = await q.query<BuildingRef>(
    sql`select building_id as id, scope_id as "scopeId", name from places.building
        where scope_id = ${scopeId} and building_id = ${buildingId}`,
  );
  return row ?? null;
}

export interface FacilityRef {
  readonly id: string;
  readonly scopeId: string;
  readonly kind: string;
  readonly label: string;
  readonly buildingId: string | null;
}

export async function findFacility(
  q: Executor,
  scopeId: string,
  facilityId: string,
): Promise<FacilityRef | null> {
  const [row] = await q.query<FacilityRef>(
    sql`select facility_id as id, scope_id as "scopeId", kind, label, building_id as "buildingId" from places.facility
        where scope_id = ${scopeId} and facility_id = ${facilityId}`,
  );
  return row ?? null;
}
