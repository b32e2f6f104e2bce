import { sql } from '../../../platform/db/sql.ts';
import type { Executor, Tx } from '../../../platform/db/database.ts';
import { type BuildingInput, loaders, type UnitInput } from '../import-rows.ts';
import { problem } from './columns.ts';
import { isSamePoint, type KnownBuilding, knownBuildings, pointOf } from './known.ts';
import { figureOf, Names } from './names.ts';
import {
  type ImportContext,
  insertAll,
  loadedWall,
  type Outcome,
  type Planner,
  type RowOf,
  type Say,
} from './planner.ts';

/** A building's or unit's place in the row of its kind: its figure, or after all that are there. */
function positionOf(name: string, others: number): number {
  const figure = Number(figureOf(name) ?? Number.NaN);
  return figure > 0 && figure < 10_000 ? figure : others + 1;
}

/** A building is known by its name; a building with several units has a row for each. */
export async function planBuildings(q: Executor, context: ImportContext): Promise<Planner> {
  const wall = loadedWall(context.scope);
  const buildings = await knownBuildings(q, wall.scopeId);
  const newBuildings: BuildingInput[] = [];
  const newUnits: UnitInput[] = [];
  const changed = new Map<string, KnownBuilding>();
  /** By building: the first row of the file that speaks of it, and what it says. */
  const said = new Map<KnownBuilding, { line: number; floors: number; units: Map<string, number> }>();

  const take = (row: RowOf, say: Say): Outcome | null => {
    const floors = row.number('floors')!;
    const unitName = row.text('unit');
    const told = pointOf(row, say);
    if (told === 'fault') return null;
    let building = buildings.get(row.text('building'));
    let outcome: Outcome = 'unchanged';
    const before = building === undefined ? undefined : said.get(building);
    if (before !== undefined && before.floors !== floors) {
      say('floors', problem('differs', { line: before.line, value: before.floors }));
      return null;
    }
    const sameRow = before?.units.get(unitName.toLowerCase());
    if (sameRow !== undefined) {
      say(unitName === '' ? 'building' : 'unit', problem('twice', { line: sameRow }));
      return null;
    }
    if (building === undefined) {
      const name = row.text('building');
      const position = positionOf(name, buildings.size);
      building = { id: context.newId(), name, position, floors, point: told, units: new Names() };
      buildings.add(name, building);
      newBuildings.push({ ...wall, buildingId: building.id, name, position, floors, point: told });
      outcome = 'new';
    } else {
      // What the file leaves blank is left as it is.
      const point = told ?? building.point;
      if (building.floors !== floors || !isSamePoint(point, building.point)) {
        building.floors = floors;
        building.point = point;
        changed.set(building.id, building);
        outcome = 'changed';
      }
    }
    const entry = before ?? { line: row.line, floors, units: new Map<string, number>() };
    said.set(building, entry);
    entry.units.set(unitName.toLowerCase(), row.line);
    // A home lies in a unit: a building without any has one without a name.
    const needsUnit = unitName !== '' || building.units.size === 0;
    if (needsUnit && building.units.get(unitName) === undefined) {
      const unit = { id: context.newId(), name: unitName };
      const position = positionOf(unitName, building.units.size);
      building.units.add(unitName, unit);
      newUnits.push({ ...wall, unitId: unit.id, buildingId: building.id, name: unitName, position });
      outcome = 'new';
    }
    return outcome;
  };

  return {
    take,
    async write(tx: Tx, onWritten) {
      await insertAll(tx, loaders.building, newBuildings, context.crypto);
      await insertAll(tx, loaders.unit, newUnits, context.crypto, onWritten);
      if (changed.size === 0) return;
      const rows = [...changed.values()];
      await tx.query(sql`
        update places.building b set floors = u.floors, latitude = u.latitude, longitude = u.longitude
        from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ floors }) => floors)}::smallint[],
          ${rows.map(({ point }) => point?.latitude ?? null)}::double precision[],
          ${rows.map(({ point }) => point?.longitude ?? null)}::double precision[]) as u (id, floors, latitude, longitude)
        where b.scope_id = ${wall.scopeId} and b.building_id = u.id`);
      onWritten(changed.size);
    },
  };
}
