import { randomUUID } from 'node:crypto';
import { type BulkTable, loaders as placesRows } from './index.ts';

/** Past row-level security, through the same row builders as the loader. */
export type InsertRows = <Input>(table: BulkTable<Input>, ...inputs: Input[]) => Promise<void>;

const yesterday = new Date('2026-11-20T08:00:00Z');

/** A street with one community, one company with one department, and one compound of two buildings that it serves. */
export interface Quarter {
  readonly street: string;
  readonly community: string;
  readonly company: string;
  readonly department: string;
  readonly compound: string;
  readonly households: Readonly<Record<string, string>>;
  readonly buildings: Readonly<Record<string, string>>;
  readonly lift: string;
  readonly grid: string;
}

export async function aQuarter(insert: InsertRows, city: string, name: string): Promise<Quarter> {
  const [street, community, company, department, compound] = Array.from({ length: 5 }, () =>
    randomUUID(),
  ) as [string, string, string, string, string];
  const common = {
    code: null,
    parentId: null,
    cityId: city,
    districtId: null,
    streetId: street,
    communityId: null,
    companyId: null,
    departmentId: null,
    address: null,
    builtYear: 1998,
    timeZone: 'Asia/Shanghai',
    isDemonstration: true,
    createdAt: yesterday,
  };
  await insert(
    placesRows.scope,
    { ...common, scopeId: street, kind: 'street', name: `${name}街道`, streetId: street },
    { ...common, scopeId: community, kind: 'community', name: `${name}社区`, communityId: community },
    { ...common, scopeId: company, kind: 'company', name: `${name}物业`, streetId: null, companyId: company },
    { ...common, scopeId: department, kind: 'department', name: `${name}项目部`, companyId: company },
    {
      ...common,
      scopeId: compound,
      kind: 'compound',
      name: `${name}小区`,
      communityId: community,
      companyId: company,
      departmentId: department,
    },
  );
  const wall = { scopeId: compound, cityId: city, streetId: street, companyId: company };
  const grid = randomUUID();
  await insert(placesRows.grid, {
    ...wall,
    gridId: grid,
    code: '01',
    name: '第一网格',
    socialWorker: { accountId: randomUUID(), name: '孙社工' },
    steward: { accountId: randomUUID(), name: '周管家' },
  });
  const buildings: Record<string, string> = {};
  const households: Record<string, string> = {};
  for (const [position, number] of [
    [1, 3],
    [2, 13],
  ] as const) {
    const buildingId = (buildings[number] = randomUUID());
    await insert(placesRows.building, { ...wall, buildingId, name: `${number}号楼`, position, floors: 6 });
    const unitId = randomUUID();
    await insert(placesRows.unit, { ...wall, unitId, buildingId, name: '2单元', position: 2 });
    for (const [i, room] of ['101', '102', '601'].entries()) {
      const householdId = (households[`${number}-2-${room}`] = randomUUID());
      await insert(placesRows.household, {
        ...wall,
        householdId,
        buildingId,
        unitId,
        gridId: grid,
        roomNo: room,
        floor: Number(room[0]),
        areaHundredths: 8_950 + i,
        label: `${number}号楼2单元${room}`,
      });
    }
  }
  const lift = randomUUID();
  await insert(placesRows.facility, {
    ...wall,
    facilityId: lift,
    kind: 'lift',
    label: '3号楼电梯',
    buildingId: buildings['3']!,
  });
  await insert(placesRows.organisation, {
    scopeId: company,
    organisationId: randomUUID(),
    kind: 'property_company',
    name: `${name}物业`,
  });
  return { street, community, company, department, compound, households, buildings, lift, grid };
}
