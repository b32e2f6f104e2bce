import { movedBy, type Point } from '@gongzhi/kernel';
import { type CompoundSpec, type HouseStyle, styles } from '../data/street.ts';
import { Random } from '../random.ts';
import { apportion } from './apportion.ts';
import { blockOf, cityOf, companyShares, compoundName, districtName, streetName } from './names.ts';
import { type CitySettings, type CitySize, sizeOf } from './settings.ts';

/** The city in outline: how many of what, where and how large. Small enough for every process to make its own. */
export interface CityPlan {
  readonly settings: CitySettings;
  readonly size: CitySize;
  readonly name: string;
  readonly districts: readonly string[];
  readonly streets: readonly StreetPlan[];
  readonly communities: readonly CommunityPlan[];
  readonly departments: readonly DepartmentPlan[];
}

export interface StreetPlan {
  readonly name: string;
  readonly district: number;
}

export interface CommunityPlan {
  readonly name: string;
  readonly street: number;
}

export interface DepartmentPlan {
  readonly index: number;
  readonly name: string;
  readonly company: number;
  readonly street: number;
  readonly compounds: readonly CompoundPlan[];
}

export interface CompoundPlan {
  /** Among all of the city. */
  readonly index: number;
  readonly spec: CompoundSpec;
  readonly community: number;
  readonly builtYear: number;
  readonly gate: Point;
  readonly homes: number;
  readonly areaHundredths: number;
  readonly orders: number;
}

/** What the stock of a large northern city is made of; assumed (docs/simulated-city.md). */
const stock: readonly (readonly [style: HouseStyle, weight: number])[] = [
  ['works', 6],
  ['walkup80', 26],
  ['walkup90', 20],
  ['tower90', 12],
  ['slab00', 22],
  ['tower00', 14],
];

/** Reports a home by age: pipes, risers and lifts of the eighties break more often; assumed. */
export function wearOf(builtYear: number): number {
  return builtYear < 1990 ? 1.6 : builtYear < 2000 ? 1.25 : builtYear < 2010 ? 0.9 : 0.65;
}

/** Off the coast, where nobody lives, and apart from the demonstration's street. */
const corner: Point = { latitude: 34.6, longitude: 121.9 };
const compoundsOfCommunity = 4;

export function planCity(settings: CitySettings): CityPlan {
  const size = sizeOf(settings.compounds);
  const random = new Random(`${settings.seed}/city`);
  const sizes = Array.from({ length: settings.compounds }, (_, i) => {
    const own = random.fork(`size ${i}`);
    const style = own.weighted(stock);
    return {
      style,
      area: Math.min(5, Math.max(0.15, own.lognormal(0.75, 0.75))),
      luck: own.lognormal(1, 0.4),
    };
  });
  const areas = apportion(
    size.areaHundredths,
    sizes.map(({ area }) => area),
  );
  const built = sizes.map(({ style }, i) => random.fork(`built ${i}`).int(...styles[style].built));
  const blocks = sizes.map(({ style }, i) => blockOf(style, areas[i]!));
  const homes = blocks.map(([count, units, floors, doors]) => count * units * floors * doors);
  const orders = apportion(
    settings.orders,
    sizes.map(({ luck }, i) => homes[i]! * wearOf(built[i]!) * luck),
  );

  const streetOf = (department: number): number => Math.floor((department * size.streets) / size.departments);
  const communities: CommunityPlan[] = [];
  let placed = { street: -1, count: 0 };
  const departments = Array.from({ length: size.departments }, (_, d): DepartmentPlan => {
    const street = streetOf(d);
    const first = Math.ceil((d * settings.compounds) / size.departments);
    const end = Math.ceil(((d + 1) * settings.compounds) / size.departments);
    const compounds = Array.from({ length: end - first }, (_, n): CompoundPlan => {
      const index = first + n;
      if (placed.street !== street) placed = { street, count: 0 };
      if (placed.count % compoundsOfCommunity === 0)
        communities.push({ name: `第${placed.count / compoundsOfCommunity + 1}`, street });
      const { style } = sizes[index]!;
      const name = compoundName(random.fork(`name ${index}`), style);
      const gate = movedBy(
        corner,
        (street % 10) * 2_600 + (placed.count % 9) * 270,
        Math.floor(street / 10) * 2_200 + Math.floor(placed.count / 9) * 260,
      );
      placed.count++;
      return {
        index,
        community: communities.length - 1,
        gate,
        builtYear: built[index]!,
        homes: homes[index]!,
        areaHundredths: areas[index]!,
        orders: orders[index]!,
        spec: { name, style, community: communities.length - 1, department: d, blocks: [blocks[index]!] },
      };
    });
    const shares = companyShares.slice(0, size.companies);
    const company = d < size.companies ? d : random.fork(`company ${d}`).weighted(shares);
    return { index: d, name: `第${d + 1}项目部`, company, street, compounds };
  });
  const streets = Array.from(
    { length: size.streets },
    (_, s): StreetPlan => ({
      name: streetName(s),
      district: Math.floor((s * size.districts) / size.streets),
    }),
  );
  return {
    settings,
    size,
    name: cityOf.name,
    districts: Array.from({ length: size.districts }, (_, i) => districtName(i)),
    streets,
    communities: communities.map(({ name, street }) => ({
      name: `${streets[street]!.name.slice(0, 2)}${name}`,
      street,
    })),
    departments,
  };
}
