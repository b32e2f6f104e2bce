import { type CompoundSpec, styles } from '../data/street.ts';
import type { Building, Household, Unit } from '../model.ts';
import type { Random } from '../random.ts';
import type { Point } from '@gongzhi/kernel';
import { pointOfBuilding } from './points.ts';

/** How much of a compound a small street keeps: at least one building, of at least three floors. */
export interface Trim {
  readonly buildings: number;
  readonly floors: number;
}

export const untrimmed: Trim = { buildings: 1, floors: 1 };

/**
 * Buildings, units and homes of a compound. The doors of a landing have fixed plans, so a column of homes has one
 * area up to what the surveyor's tape gave: that is how registered areas really look.
 */
export function makeBuildings(
  spec: CompoundSpec,
  gate: Point,
  random: Random,
  ids: () => string,
  trim: Trim,
): Building[] {
  const style = styles[spec.style];
  const planned = spec.blocks.flatMap(([count, units, floors, doors]) =>
    Array.from({ length: count }, () => ({ units, floors, doors })),
  );
  const kept = planned.slice(0, Math.max(1, Math.ceil(planned.length * trim.buildings)));
  let converted = spec.converted ?? 0;

  return kept.map(({ units, floors, doors }, b): Building => {
    const id = ids();
    const name = `${b + 1}号楼`;
    const keptFloors = Math.min(floors, Math.max(3, Math.ceil(floors * trim.floors)));
    const plans = landingPlans(style.area, doors, random);
    const made = Array.from({ length: units }, (_, u): Unit => {
      const unitId = ids();
      const unitName = `${u + 1}单元`;
      const households: Household[] = [];
      for (let floor = 1; floor <= keptFloors; floor++) {
        for (let door = 1; door <= doors; door++) {
          if (converted > 0 && floor === 1 && b === 0 && u === 0) {
            converted--;
            continue;
          }
          const roomNo = `${floor}${String(door).padStart(2, '0')}`;
          const tape = random.int(-18, 18);
          households.push({
            id: ids(),
            buildingId: id,
            unitId,
            gridId: '',
            roomNo,
            floor,
            areaHundredths: plans[door - 1]! + tape,
            // A point block has one staircase and nobody says "unit 1" there.
            label: units === 1 ? `${name}${roomNo}` : `${name}${unitName}${roomNo}`,
          });
        }
      }
      return { id: unitId, name: unitName, position: u + 1, households };
    });
    return {
      id,
      name,
      position: b + 1,
      floors: keptFloors,
      point: pointOfBuilding(gate, b + 1),
      hasLift: style.lifts > 0,
      units: made,
    };
  });
}

/** One area a door, in hundredths of m²: spread over the style's range, large and small mixed. */
function landingPlans([least, most]: readonly [number, number], doors: number, random: Random): number[] {
  const slot = (most - least) / doors;
  const plans = Array.from({ length: doors }, (_, i) =>
    Math.round((least + slot * (i + random.next())) * 100),
  );
  return random.shuffled(plans);
}
