import { makeCrews, type Crew } from '../orders/crews.ts';
import { seededIds } from '../ids.ts';
import type {
  Account,
  Building,
  Compound,
  Grid,
  Household,
  Membership,
  Occupancy,
  Person,
} from '../model.ts';
import { makeName, phoneNumber } from '../people/names.ts';
import type { CompoundPeople, Residents } from '../people/residents.ts';
import { makeShifts } from '../people/shifts.ts';
import { hireDepartment, hireSocialWorkers, type Staff } from '../people/staff.ts';
import { makeBuildings, untrimmed } from '../places/buildings.ts';
import { makeFacilities } from '../places/facilities.ts';
import { cutGrids } from '../places/grids.ts';
import { enteredAt } from '../places/places.ts';
import { scopeOf } from '../places/scopes.ts';
import { Random } from '../random.ts';
import type { Town } from '../rows.ts';
import { apportion } from './apportion.ts';
import type { CityPlan, CompoundPlan } from './plan.ts';
import { hires, makeCommittee, phones, phonesEach, type Skeleton } from './skeleton.ts';

/** One department with its compounds and everybody in them: what one transaction of the load brings. */
export interface Part {
  readonly town: Town;
  readonly crew: Crew;
}

export function makePart(plan: CityPlan, skeleton: Skeleton, index: number): Part {
  const { seed } = plan.settings;
  const own = plan.departments[index]!;
  const department = skeleton.departments[index]!;
  const compounds = own.compounds.map((compound) => makeCompound(plan, skeleton, index, compound));
  const { hire, ...staff } = hires(seed, `department ${index}`, phones.departments + index * phonesEach);
  hireDepartment(hire, department, compounds, skeleton.securityScope);
  const communities = [...new Set(own.compounds.map(({ community }) => community))];
  for (const community of communities) {
    const { scope } = skeleton.communities[community]!;
    const here = compounds.filter((compound) => compound.community.scope === scope);
    hireSocialWorkers(hire, scope, here);
  }
  const residents = gather(own.compounds.map((compound, i) => settle(seed, compounds[i]!, compound.index)));
  const places = {
    scopes: compounds.map(({ scope }) => scope),
    organisations: [],
    departments: [department],
    compounds,
  };
  const shifts = makeShifts(staff.members, new Random(`${seed}/shifts ${index}`));
  const urging = communities.map((community) => makeCommittee(plan, skeleton, community));
  const [crew] = makeCrews(places, together(staff, urging), residents);
  // Nothing of a simulated city bears the demonstration's mark, by which an interrupted demonstration is wiped.
  return { town: { places, staff, residents, shifts, isDemonstration: false }, crew: crew! };
}

function together(staff: Staff, others: readonly Staff[]): Staff {
  const all = [staff, ...others];
  return {
    members: all.flatMap(({ members }) => members),
    accounts: all.flatMap(({ accounts }) => accounts),
    memberships: all.flatMap(({ memberships }) => memberships),
  };
}

function makeCompound(plan: CityPlan, skeleton: Skeleton, index: number, planned: CompoundPlan): Compound {
  const random = new Random(`${plan.settings.seed}/compound ${planned.index}`);
  const nextId = seededIds(random);
  const ids = (): string => nextId(enteredAt);
  const department = skeleton.departments[index]!;
  const community = skeleton.communities[planned.community]!;
  const street = skeleton.streets[plan.departments[index]!.street]!;
  const { spec, gate, builtYear } = planned;
  const levels = {
    parentId: community.scope.id,
    cityId: skeleton.city.id,
    districtId: street.districtId,
    streetId: street.id,
    communityId: community.scope.id,
    companyId: department.companyScope.id,
    departmentId: department.scope.id,
  };
  const address = `${street.name}${community.name}${random.int(1, 198)}号`;
  const code = `${community.scope.code}${String(planned.index).padStart(5, '0')}`;
  const scope = scopeOf(ids(), 'compound', spec.name, levels, code, address, builtYear, gate);
  const buildings = fitted(makeBuildings(spec, gate, random, ids, untrimmed), planned.areaHundredths);
  const plans = cutGrids(buildings);
  const grids = plans.map(({ households }, g): Grid => {
    const id = ids();
    for (const household of households) household.gridId = id;
    return {
      id,
      households,
      code: `G${String(g + 1).padStart(2, '0')}`,
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
    facilities: makeFacilities(spec, buildings, random, ids),
    households: buildings.flatMap((b) => b.units.flatMap((u) => u.households)),
  };
}

/** The homes share out exactly what the compound has, as their plans are to each other. */
function fitted(buildings: readonly Building[], areaHundredths: number): Building[] {
  const homes = buildings.flatMap((b) => b.units.flatMap((u) => u.households));
  const areas = apportion(
    areaHundredths,
    homes.map((home) => home.areaHundredths),
  );
  const areaOf = new Map(homes.map((home, i) => [home.id, areas[i]!]));
  return buildings.map((building) => ({
    ...building,
    units: building.units.map((unit) => ({
      ...unit,
      households: unit.households.map((home) => ({ ...home, areaHundredths: areaOf.get(home.id)! })),
    })),
  }));
}

/** Of a hundred homes: how many report by the app, and from how many others somebody calls. The rest is not in any register. */
const withApp = 0.085;
const withPhone = 0.055;

/** Whom the compound knows by name. */
function settle(seed: string, compound: Compound, index: number): Settled {
  const random = new Random(`${seed}/people ${index}`);
  const nextId = seededIds(random);
  const ids = (): string => nextId(enteredAt);
  const persons: Person[] = [];
  const occupancies: Occupancy[] = [];
  const accounts: Account[] = [];
  const memberships: Membership[] = [];
  const live = (household: Household, hasApp: boolean): void => {
    const serial = persons.length;
    if (serial >= phonesEach) return;
    const name = makeName(random, random.int(1940, 1999));
    const phone = phoneNumber(phones.residents + index * phonesEach + serial);
    const person: Person = { id: ids(), name, phone, accountId: null };
    persons.push(person);
    const startsOn = `${random.int(Math.max(compound.scope.builtYear ?? 0, 2000), 2023)}-0${random.int(1, 9)}-15`;
    const relation = random.chance(0.75) ? 'owner' : 'tenant';
    occupancies.push({ id: ids(), person, household, relation, startsOn, endsOn: null });
    if (!hasApp) return;
    const account: Account = { id: ids(), name, phone, createdAt: enteredAt };
    person.accountId = account.id;
    accounts.push(account);
    memberships.push({
      id: ids(),
      scopeId: compound.scope.id,
      accountId: account.id,
      role: 'resident',
      startsOn: '2024-03-01',
    });
  };
  for (const household of compound.households) {
    const lot = random.next();
    if (lot < withApp + withPhone) live(household, lot < withApp);
  }
  // A roof leaks into a top floor and a pipe into any other: of each there is somebody who calls.
  const floorsOf = new Map(compound.buildings.map(({ id, floors }) => [id, floors]));
  for (const isTop of [true, false]) {
    const fits = (home: Household): boolean => (home.floor === floorsOf.get(home.buildingId)) === isTop;
    if (occupancies.some(({ person, household }) => person.accountId === null && fits(household))) continue;
    const lived = new Set(occupancies.map(({ household }) => household));
    const home = compound.households.find((one) => fits(one) && !lived.has(one));
    live(home ?? compound.households.find(fits)!, false);
  }
  return { people: { compound, persons, occupancies }, accounts, memberships };
}

interface Settled {
  readonly people: CompoundPeople;
  readonly accounts: readonly Account[];
  readonly memberships: readonly Membership[];
}

function gather(all: readonly Settled[]): Residents {
  return {
    byCompound: all.map(({ people }) => people),
    accounts: all.flatMap(({ accounts }) => accounts),
    memberships: all.flatMap(({ memberships }) => memberships),
  };
}
