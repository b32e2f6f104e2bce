import { sql } from '../../../platform/db/sql.ts';
import type { Executor, Tx } from '../../../platform/db/database.ts';
import { formatArea } from '../domain.ts';
import { type HouseholdInput, loaders } from '../import-rows.ts';
import { problem } from './columns.ts';
import { findUnit, homeKey, knownBuildings } from './known.ts';
import { Names } from './names.ts';
import {
  type ImportContext,
  insertAll,
  loadedWall,
  type Outcome,
  type Planner,
  type RowOf,
  type Say,
} from './planner.ts';

interface KnownHome {
  readonly id: string;
  readonly floor: number;
  readonly area: string;
  readonly gridId: string | null;
  line: number;
}

/** 0301 and 301 are on floor 3, 1204 on 12; what has no such number tells nothing. */
export function floorOfRoom(room: string): number | null {
  const digits = /^\D*0*(\d{1,3})\d\d\D*$/.exec(room)?.[1];
  const floor = Number(digits ?? 0);
  return floor >= 1 && floor <= 200 ? floor : null;
}

export async function planHouseholds(q: Executor, context: ImportContext): Promise<Planner> {
  const wall = loadedWall(context.scope);
  const { scopeId } = wall;
  const [buildings, homes, gridRows] = await Promise.all([
    knownBuildings(q, scopeId),
    q.query<{
      id: string;
      unit_id: string;
      room_no: string;
      floor: number;
      area: string;
      grid_id: string | null;
    }>(
      sql`select household_id as id, unit_id, room_no, floor, area_m2 as area, grid_id
          from places.household where scope_id = ${scopeId}`,
    ),
    q.query<{ grid_id: string; code: string; name: string }>(
      sql`select grid_id, code, name from places.grid where scope_id = ${scopeId}`,
    ),
  ]);
  const known = new Map<string, KnownHome>(
    homes.map((home) => [
      homeKey(home.unit_id, home.room_no),
      { id: home.id, floor: home.floor, area: home.area, gridId: home.grid_id, line: 0 },
    ]),
  );
  const grids = new Names<string>();
  for (const grid of gridRows) {
    grids.add(grid.code, grid.grid_id);
    grids.add(grid.name, grid.grid_id);
  }
  const fresh: HouseholdInput[] = [];
  const changed: KnownHome[] = [];

  const take = (row: RowOf, say: Say): Outcome | null => {
    const found = findUnit(buildings, row, say);
    if (found === null) return null;
    const room = row.text('room');
    const key = homeKey(found.unit.id, room);
    const home = known.get(key);
    if (home !== undefined && home.line > 0) {
      say('room', problem('twice', { line: home.line }));
      return null;
    }
    const gridText = row.text('grid');
    const gridId = gridText === '' ? (home?.gridId ?? null) : grids.get(gridText);
    if (gridId === undefined) {
      say('grid', grids.lacks(gridText));
      return null;
    }
    const floor = row.number('floor') ?? home?.floor ?? floorOfRoom(room);
    if (floor === null) {
      say('floor', problem('floor_unknown'));
      return null;
    }
    const areaHundredths = row.number('area')!;
    const area = formatArea(areaHundredths);
    if (home !== undefined) {
      home.line = row.line;
      if (home.floor === floor && home.area === area && home.gridId === gridId) return 'unchanged';
      changed.push({ id: home.id, floor, area, gridId, line: row.line });
      return 'changed';
    }
    const { building, unit } = found;
    const householdId = context.newId();
    known.set(key, { id: householdId, floor, area, gridId, line: row.line });
    fresh.push({
      ...wall,
      householdId,
      buildingId: building.id,
      unitId: unit.id,
      gridId,
      roomNo: room,
      floor,
      areaHundredths,
      label: `${building.name}${unit.name}${room}`,
    });
    return 'new';
  };

  return {
    take,
    async write(tx: Tx, onWritten) {
      await insertAll(tx, loaders.household, fresh, context.crypto, onWritten);
      if (changed.length === 0) return;
      await tx.query(sql`
        update places.household h set floor = u.floor, area_m2 = u.area, grid_id = u.grid_id
        from unnest(${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ floor }) => floor)}::smallint[],
          ${changed.map(({ area }) => area)}::numeric[], ${changed.map(({ gridId }) => gridId)}::uuid[])
          as u (id, floor, area, grid_id)
        where h.scope_id = ${scopeId} and h.household_id = u.id`);
      onWritten(changed.length);
    },
  };
}
