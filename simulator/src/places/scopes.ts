import type { Point } from '@gongzhi/kernel';
import * as data from '../data/street.ts';
import type { Community, Department, Organisation, Scope, ScopeKind } from '../model.ts';

type Ids = () => string;
type Levels = Partial<
  Pick<
    Scope,
    'parentId' | 'cityId' | 'districtId' | 'streetId' | 'communityId' | 'companyId' | 'departmentId'
  >
>;

export interface Skeleton {
  readonly city: Scope;
  readonly district: Scope;
  readonly street: Scope;
  readonly communities: readonly Community[];
  readonly companies: readonly Scope[];
  readonly departments: readonly Department[];
  readonly securityScope: Scope;
  /** Parents before children. */
  readonly scopes: Scope[];
  readonly organisations: Organisation[];
}

/** City to street, the communities, the companies with their departments, and who else has a name here. */
export function makeSkeleton(ids: Ids): Skeleton {
  const scopes: Scope[] = [];
  const organisations: Organisation[] = [];
  const scope = (
    kind: ScopeKind,
    name: string,
    levels: Levels,
    code: string | null = null,
    address: string | null = null,
  ): Scope => {
    const made = scopeOf(ids(), kind, name, levels, code, address, null);
    scopes.push(made);
    return made;
  };
  const organisation = (at: Scope, kind: Organisation['kind'], name: string): void => {
    organisations.push({ id: ids(), scopeId: at.id, kind, name });
  };

  const city = scope('city', data.city.name, {}, data.city.code);
  const inCity: Levels = { cityId: city.id };
  const district = scope(
    'district',
    data.district.name,
    { ...inCity, parentId: city.id },
    data.district.code,
  );
  const inDistrict: Levels = { ...inCity, districtId: district.id };
  const street = scope(
    'street',
    data.street.name,
    { ...inDistrict, parentId: district.id },
    data.street.code,
    data.street.address,
  );
  const inStreet: Levels = { ...inDistrict, streetId: street.id };
  organisation(city, 'city_government', `${data.city.name}人民政府`);
  organisation(street, 'street_office', `${data.street.name}办事处`);

  const communities = data.communities.map((name, i): Community => {
    const made = scope(
      'community',
      `${name}社区`,
      { ...inStreet, parentId: street.id },
      `${data.street.code}${String(i + 1).padStart(3, '0')}`,
    );
    organisation(made, 'residents_committee', `${name}社区居民委员会`);
    return { scope: made, name };
  });
  const companies = data.companies.map(({ name }): Scope => {
    const made = scope('company', name, { ...inCity, parentId: city.id });
    organisation(made, 'property_company', name);
    return made;
  });
  const departments = data.departments.map(({ name, company }): Department => {
    const companyScope = companies[company]!;
    const made = scope('department', `${data.companies[company]!.short}${name}`, {
      ...inStreet,
      parentId: companyScope.id,
      companyId: companyScope.id,
    });
    organisation(made, 'project_department', made.name);
    return { scope: made, name: made.name, companyScope };
  });

  // Organisations that own, guard or supply: each with a scope of its own, for what belongs to it alone.
  const outside = (kind: Organisation['kind'], name: string): Scope => {
    const made = scope('organisation', name, { ...inCity, parentId: city.id });
    organisation(made, kind, name);
    return made;
  };
  outside('property_right_unit', data.propertyRightUnit);
  const securityScope = outside('security_company', data.securityCompany);
  for (const name of Object.values(data.utilities)) outside('utility_company', name);
  for (const name of data.suppliers) outside('supplier', name);

  return {
    city,
    district,
    street,
    communities,
    companies,
    departments,
    securityScope,
    scopes,
    organisations,
  };
}

/** A level belongs to itself too: a street's own matters are found by its street_id. */
export function scopeOf(
  id: string,
  kind: ScopeKind,
  name: string,
  levels: Levels,
  code: string | null,
  address: string | null,
  builtYear: number | null,
  point: Point | null = null,
): Scope {
  const own = (level: ScopeKind, given: string | null | undefined): string | null =>
    kind === level ? id : (given ?? null);
  return {
    id,
    kind,
    name,
    code,
    address,
    point,
    builtYear,
    parentId: levels.parentId ?? null,
    cityId: own('city', levels.cityId),
    districtId: own('district', levels.districtId),
    streetId: own('street', levels.streetId),
    communityId: own('community', levels.communityId),
    companyId: own('company', levels.companyId),
    departmentId: own('department', levels.departmentId),
  };
}
