import { type CompoundSpec, styles } from '../data/street.ts';
import type { Building, Facility, FacilityKind } from '../model.ts';
import type { Random } from '../random.ts';

/** What stands in a compound and can break: counted by what compounds of that size and age have. */
export function makeFacilities(
  spec: CompoundSpec,
  buildings: readonly Building[],
  random: Random,
  ids: () => string,
): Facility[] {
  const homes = buildings.reduce((sum, b) => sum + b.units.reduce((n, u) => n + u.households.length, 0), 0);
  const all: Facility[] = [];
  const add = (kind: FacilityKind, label: string, buildingId: string | null = null): void => {
    all.push({ id: ids(), kind, label, buildingId });
  };
  const several = (kind: FacilityKind, count: number, label: (n: number) => string): void => {
    for (let n = 1; n <= count; n++) add(kind, label(n));
  };

  const gates = ['东门', '西门', '南门', '北门'];
  random
    .shuffled(gates)
    .slice(0, homes > 500 ? 4 : homes > 200 ? 2 : 1)
    .forEach((gate) => {
      add('gate', `${gate}岗亭门禁`);
    });
  for (const building of buildings) {
    for (const unit of building.units) {
      const entrance = building.units.length === 1 ? building.name : `${building.name}${unit.name}`;
      add('gate', `${entrance}单元门`, building.id);
      for (let n = 1; n <= styles[spec.style].lifts; n++) add('lift', `${entrance}${n}号电梯`, building.id);
    }
    if (building.hasLift) {
      add('pump', `${building.name}消防泵`, building.id);
      add('water_tank', `${building.name}楼顶消防水箱`, building.id);
    }
    add('fire_hydrant', `${building.name}首层消火栓`, building.id);
  }
  several('pump', buildings.some((b) => b.hasLift) ? 2 : 1, (n) => `${n}号生活水泵`);
  several('water_tank', buildings.some((b) => b.hasLift) ? 1 : 0, () => '地下生活水箱');
  several('street_lamp', Math.max(4, Math.round(homes / 18)), (n) => `${String(n).padStart(2, '0')}号路灯`);
  several(
    'manhole',
    Math.max(4, Math.round(homes / 14)),
    (n) => `${random.pick(['雨水', '污水', '污水', '电力', '热力'])}井${String(n).padStart(3, '0')}`,
  );
  several('charging_pile', Math.round(homes / 45), (n) => `${n}号电动自行车充电桩`);
  several('camera', Math.max(2, Math.round(homes / 30)), (n) => `${String(n).padStart(2, '0')}号摄像头`);
  several('waste_station', Math.max(1, Math.round(homes / 150)), (n) => `${n}号垃圾分类站`);
  several('playground', homes > 250 ? 1 : 0, () => '健身活动场');
  return all;
}
