import { phoneNumber } from '../people/names.ts';
import {
  type Hiring,
  hireCity,
  hireCommittee,
  hireCompany,
  hireStreet,
  hiring,
  type Staff,
} from '../people/staff.ts';
import { seededIds } from '../ids.ts';
import type { Community, Department, Organisation, Scope } from '../model.ts';
import { enteredAt } from '../places/places.ts';
import { scopeOf } from '../places/scopes.ts';
import { Random } from '../random.ts';
import { cityOf, companyName, securityCompany } from './names.ts';
import type { CityPlan } from './plan.ts';

/** Everything above a compound. Each process makes it for itself: the same seed gives the same ids. */
export interface Skeleton {
  readonly city: Scope;
  readonly streets: readonly Scope[];
  readonly communities: readonly Community[];
  readonly companies: readonly Scope[];
  readonly departments: readonly Department[];
  readonly securityScope: Scope;
  /** Parents before children. */
  readonly scopes: readonly Scope[];
  readonly organisations: readonly Organisation[];
}

const code = (...parts: readonly (readonly [value: number, digits: number])[]): string =>
  parts.map(([value, digits]) => String(value).padStart(digits, '0')).join('');

export function makeCitySkeleton(plan: CityPlan): Skeleton {
  const random = new Random(`${plan.settings.seed}/skeleton`);
  const nextId = seededIds(random);
  const ids = (): string => nextId(enteredAt);
  const scopes: Scope[] = [];
  const organisations: Organisation[] = [];
  const scope = (
    ...given: Parameters<typeof scopeOf> extends [string, ...infer Rest] ? Rest : never
  ): Scope => {
    const made = scopeOf(ids(), ...given);
    scopes.push(made);
    return made;
  };
  const organise = (at: Scope, kind: Organisation['kind'], name = at.name): void => {
    organisations.push({ id: ids(), scopeId: at.id, kind, name });
  };

  const city = scope('city', plan.name, {}, cityOf.code, null, null);
  organise(city, 'city_government', `${plan.name}人民政府`);
  const inCity = { cityId: city.id, parentId: city.id };
  const districts = plan.districts.map((name, i) =>
    scope('district', name, inCity, `${cityOf.code.slice(0, 4)}${code([i + 2, 2])}`, null, null),
  );
  const streets = plan.streets.map(({ name, district: of }, i): Scope => {
    const district = districts[of]!;
    const levels = { cityId: city.id, districtId: district.id, parentId: district.id };
    const made = scope('street', name, levels, `${district.code}${code([i + 1, 3])}`, null, null);
    organise(made, 'street_office', `${name}办事处`);
    return made;
  });
  const communities = plan.communities.map(({ name, street: of }, i): Community => {
    const street = streets[of]!;
    const levels = {
      cityId: city.id,
      districtId: street.districtId,
      streetId: street.id,
      parentId: street.id,
    };
    const made = scope(
      'community',
      `${name}社区`,
      levels,
      `${street.code}${code([i % 1000, 3])}`,
      null,
      null,
    );
    organise(made, 'residents_committee', `${name}社区居民委员会`);
    return { scope: made, name };
  });
  const companies = Array.from({ length: plan.size.companies }, (_, i): Scope => {
    const made = scope('company', companyName(i).name, inCity, null, null, null);
    organise(made, 'property_company');
    return made;
  });
  const departments = plan.departments.map(({ name, company, street: of }): Department => {
    const companyScope = companies[company]!;
    const street = streets[of]!;
    const levels = {
      cityId: city.id,
      districtId: street.districtId,
      streetId: street.id,
      companyId: companyScope.id,
      parentId: companyScope.id,
    };
    const made = scope('department', `${companyName(company).short}${name}`, levels, null, null, null);
    organise(made, 'project_department');
    return { scope: made, name: made.name, companyScope };
  });
  const securityScope = scope('organisation', securityCompany, inCity, null, null, null);
  organise(securityScope, 'security_company');
  return { city, streets, communities, companies, departments, securityScope, scopes, organisations };
}

/** Serial numbers of phones: nobody of the demonstration's street has them (people/names.ts). */
export const phones = {
  office: 30_000_000,
  committees: 31_000_000,
  departments: 40_000_000,
  residents: 50_000_000,
} as const;
/** A department and a compound have so many of them at most. */
export const phonesEach = 2_000;

export function hires(seed: string, label: string, firstPhone: number): ReturnType<typeof hiring> {
  const random = new Random(`${seed}/staff ${label}`);
  const nextId = seededIds(random);
  const hiringOf: Hiring = {
    random,
    newId: () => nextId(enteredAt),
    phoneOf: (serial) => phoneNumber(firstPhone + serial),
    personas: [],
  };
  return hiring(hiringOf);
}

/** The offices: of the city, its companies and its streets. */
export function makeOffices(plan: CityPlan, { city, companies, streets }: Skeleton): Staff {
  const { hire, ...staff } = hires(plan.settings.seed, 'offices', phones.office);
  hireCity(hire, city);
  for (const company of companies) hireCompany(hire, company);
  for (const street of streets) hireStreet(hire, street);
  return staff;
}

/** Made with the skeleton, and once more by whoever plays a compound of the community: they urge. */
export function makeCommittee(plan: CityPlan, skeleton: Skeleton, community: number): Staff {
  const first = phones.committees + community * 10;
  const { hire, ...staff } = hires(plan.settings.seed, `committee ${community}`, first);
  hireCommittee(hire, skeleton.communities[community]!.scope);
  return staff;
}
