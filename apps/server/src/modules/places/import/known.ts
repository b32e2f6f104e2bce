import type { Point } from '@gongzhi/kernel';
import type { Executor } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import { type CellProblem, problem } from './columns.ts';
import { Names } from './names.ts';
import type { RowOf, Say } from './planner.ts';

export interface KnownUnit {
  readonly id: string;
  readonly name: string;
}

export interface KnownBuilding {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  floors: number;
  point: Point | null;
  readonly units: Names<KnownUnit>;
}

export const pointFrom = (latitude: number | null, longitude: number | null): Point | null =>
  latitude === null || longitude === null ? null : { latitude, longitude };

/** Where a row says it is: null says nothing; half a point is a fault. */
export function pointOf(row: RowOf, say: Say): Point | 'fault' | null {
  const [latitude, longitude] = [row.number('latitude'), row.number('longitude')];
  if ((latitude === null) === (longitude === null)) return pointFrom(latitude, longitude);
  say(latitude === null ? 'latitude' : 'longitude', problem('point_half'));
  return 'fault';
}

export const isSamePoint = (a: Point | null, b: Point | null): boolean =>
  a?.latitude === b?.latitude && a?.longitude === b?.longitude;

/** A compound's buildings and units, each row of the file looking its own up. */
export async function knownBuildings(q: Executor, scopeId: string): Promise<Names<KnownBuilding>> {
  const rows = await q.query<{
    id: string;
    name: string;
    position: number;
    floors: number;
    latitude: number | null;
    longitude: number | null;
    unit_id: string | null;
    unit_name: string | null;
  }>(sql`
    select b.building_id as id, b.name, b.position, b.floors, b.latitude, b.longitude, u.unit_id, u.name as unit_name
    from places.building b left join places.unit u on u.scope_id = b.scope_id and u.building_id = b.building_id
    where b.scope_id = ${scopeId} order by b.position, u.position`);
  const buildings = new Names<KnownBuilding>();
  const byId = new Map<string, KnownBuilding>();
  for (const { id, name, position, floors, latitude, longitude, unit_id, unit_name } of rows) {
    let building = byId.get(id);
    if (building === undefined) {
      building = { id, name, position, floors, point: pointFrom(latitude, longitude), units: new Names() };
      byId.set(id, building);
      buildings.add(name, building);
    }
    if (unit_id !== null) building.units.add(unit_name ?? '', { id: unit_id, name: unit_name ?? '' });
  }
  return buildings;
}

export function findUnit(
  buildings: Names<KnownBuilding>,
  row: RowOf,
  say: Say,
): { building: KnownBuilding; unit: KnownUnit } | null {
  const building = buildings.get(row.text('building'));
  if (building === undefined) {
    say('building', buildings.lacks(row.text('building')));
    return null;
  }
  const name = row.text('unit');
  const unit =
    name === '' && building.units.size === 1 ? [...building.units.values()][0] : building.units.get(name);
  if (unit !== undefined) return { building, unit };
  const why: CellProblem =
    name === '' && building.units.size > 1 ? problem('several_units') : building.units.lacks(name);
  say('unit', why);
  return null;
}

export const homeKey = (unitId: string, room: string): string => `${unitId} ${room.toLowerCase()}`;
