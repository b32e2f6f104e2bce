import * as data from '../data/street.ts';
import type { Compound, Grid, Places } from '../model.ts';
import { seededIds } from '../ids.ts';
import type { Random } from '../random.ts';
import { makeBuildings, type Trim, untrimmed } from './buildings.ts';
import { gateOf } from './points.ts';
import { makeFacilities } from './facilities.ts';
import { planGrids } from './grids.ts';
import { makeSkeleton, scopeOf } from './scopes.ts';

/** When the street was entered; ids of places carry this time, so they are the same whenever the street is loaded. */
export const enteredAt = Date.parse('2024-03-01T09:00:00+08:00');

/**
 * Which part of the street a scale asks for. Below 1 only the first departments stay, two at least and of two
 * companies, so that who may see what can still be tried; their compounds lose buildings and floors.
 */
export function partOf(scale: number): { departments: number; trim: Trim } {
  if (!(scale > 0 && scale <= 1)) throw new RangeError(`scale is ${scale}; it must lie between 0 and 1`);
  if (scale === 1) return { departments: data.departments.length, trim: untrimmed };
  const departments = Math.max(2, Math.round(data.departments.length * scale));
  const share = Math.min(1, (scale * data.departments.length) / departments);
  return { departments, trim: { buildings: share, floors: Math.min(1, share * 4) } };
}

export function makePlaces(random: Random, scale: number): Places {
  const nextId = seededIds(random);
  const ids = (): string => nextId(enteredAt);
  const skeleton = makeSkeleton(ids);
  const { departments, trim } = partOf(scale);
  const compounds = data.compounds
    .filter((spec) => spec.department < departments)
    .map((spec, i): Compound => {
      const own = random.fork(spec.name);
      const gate = gateOf(
        spec.community,
        data.compounds.filter(({ community }) => community === spec.community).indexOf(spec),
      );
      const community = skeleton.communities[spec.community]!;
      const department = skeleton.departments[spec.department]!;
      const scope = scopeOf(
        ids(),
        'compound',
        spec.name,
        {
          parentId: community.scope.id,
          cityId: skeleton.city.id,
          districtId: skeleton.district.id,
          streetId: skeleton.street.id,
          communityId: community.scope.id,
          companyId: department.companyScope.id,
          departmentId: department.scope.id,
        },
        `${data.street.code}${String(spec.community + 1).padStart(3, '0')}${String(i + 1).padStart(3, '0')}`,
        `${data.street.name}${data.communities[spec.community]}${own.int(1, 98)}号`,
        own.int(...data.styles[spec.style].built),
        gate,
      );
      const buildings = makeBuildings(spec, gate, own, ids, trim);
      const plans = planGrids(buildings);
      const grids = plans.map(({ households }, g): Grid => {
        const id = ids();
        for (const household of households) household.gridId = id;
        const number = String(g + 1).padStart(2, '0');
        return {
          id,
          households,
          code: `G${number}`,
          name: plans.length === 1 ? `${spec.name}网格` : `${spec.name}第${g + 1}网格`,
          socialWorkerAccountId: null,
          stewardAccountId: null,
        };
      });
      return {
        scope,
        style: spec.style,
        department,
        community,
        buildings,
        grids,
        facilities: makeFacilities(spec, buildings, own, ids),
        households: buildings.flatMap((b) => b.units.flatMap((u) => u.households)),
      };
    });
  return {
    ...skeleton,
    departments: skeleton.departments.slice(0, departments),
    scopes: [...skeleton.scopes, ...compounds.map((c) => c.scope)],
    compounds,
    utilityNames: Object.values(data.utilities),
  };
}
