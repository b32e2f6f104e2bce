import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';

export interface PlanRoom {
  householdId: string;
  unitId: string;
  floor: number;
  roomNo: string;
  label: string;
  gridId: string | null;
}

export interface Plan {
  id: string;
  name: string;
  floors: number;
  units: { id: string; name: string }[];
  rooms: PlanRoom[];
  isCut: boolean;
}

/** More than the largest tower has; a picture of more squares than this helps nobody. */
const mostRooms = 2_000;

/** A building as it is drawn: floors of rooms, unit beside unit. */
export async function findBuildingPlan(
  q: Executor,
  scopeId: string,
  buildingId: string,
): Promise<Plan | null> {
  const [[building], units, rooms] = await Promise.all([
    q.query<{ id: string; name: string; floors: number }>(
      sql`select building_id as id, name, floors from places.building
          where scope_id = ${scopeId} and building_id = ${buildingId}`,
    ),
    q.query<{ id: string; name: string }>(
      sql`select unit_id as id, name from places.unit
          where scope_id = ${scopeId} and building_id = ${buildingId} order by position, name`,
    ),
    q.query<PlanRoom>(
      sql`select household_id as "householdId", unit_id as "unitId", floor, room_no as "roomNo", label, grid_id as "gridId"
          from places.household where scope_id = ${scopeId} and building_id = ${buildingId}
          order by floor desc, room_no, household_id limit ${mostRooms + 1}`,
    ),
  ]);
  if (building === undefined) return null;
  return { ...building, units, rooms: rooms.slice(0, mostRooms), isCut: rooms.length > mostRooms };
}
