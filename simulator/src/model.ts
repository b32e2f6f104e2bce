import type { Instant, LocalDate, Point } from '@gongzhi/kernel';
import type { HouseStyle } from './data/street.ts';

/** The street in plain values, before anything is encrypted or written. Ids are UUIDs. */

export type ScopeKind =
  | 'city'
  | 'district'
  | 'street'
  | 'community'
  | 'compound'
  | 'company'
  | 'department'
  | 'organisation';

export interface Scope {
  readonly id: string;
  readonly kind: ScopeKind;
  readonly name: string;
  readonly code: string | null;
  readonly parentId: string | null;
  readonly cityId: string | null;
  readonly districtId: string | null;
  readonly streetId: string | null;
  readonly communityId: string | null;
  readonly companyId: string | null;
  readonly departmentId: string | null;
  readonly address: string | null;
  /** Where a compound's main gate is; null for who has none. */
  readonly point: Point | null;
  readonly builtYear: number | null;
}

export interface Organisation {
  readonly id: string;
  readonly scopeId: string;
  readonly kind:
    | 'property_company'
    | 'project_department'
    | 'residents_committee'
    | 'street_office'
    | 'city_government'
    | 'property_right_unit'
    | 'security_company'
    | 'utility_company'
    | 'supplier';
  readonly name: string;
}

export interface Compound {
  readonly scope: Scope;
  readonly style: HouseStyle;
  readonly department: Department;
  readonly community: Community;
  readonly buildings: readonly Building[];
  readonly grids: readonly Grid[];
  readonly facilities: readonly Facility[];
  /** All of them, in order of building, unit, floor and door. */
  readonly households: readonly Household[];
}

export interface Building {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly floors: number;
  readonly point: Point;
  readonly hasLift: boolean;
  readonly units: readonly Unit[];
}

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly households: readonly Household[];
}

export interface Household {
  readonly id: string;
  readonly buildingId: string;
  readonly unitId: string;
  gridId: string;
  readonly roomNo: string;
  readonly floor: number;
  /** Hundredths of a square metre, so that sums are exact. */
  readonly areaHundredths: number;
  readonly label: string;
}

export interface Grid {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly households: readonly Household[];
  /** The pair (双包联动); filled when the staff is made. */
  socialWorkerAccountId: string | null;
  stewardAccountId: string | null;
}

export type FacilityKind =
  | 'lift'
  | 'gate'
  | 'pump'
  | 'street_lamp'
  | 'charging_pile'
  | 'manhole'
  | 'water_tank'
  | 'camera'
  | 'fire_hydrant'
  | 'waste_station'
  | 'playground';

export interface Facility {
  readonly id: string;
  readonly kind: FacilityKind;
  readonly label: string;
  readonly buildingId: string | null;
}

export interface Community {
  readonly scope: Scope;
  readonly name: string;
}

export interface Department {
  readonly scope: Scope;
  readonly name: string;
  readonly companyScope: Scope;
}

export interface Places {
  readonly city: Scope;
  readonly district: Scope;
  readonly street: Scope;
  readonly communities: readonly Community[];
  readonly companies: readonly Scope[];
  readonly departments: readonly Department[];
  readonly compounds: readonly Compound[];
  /** Parents before children. */
  readonly scopes: readonly Scope[];
  readonly organisations: readonly Organisation[];
  readonly utilityNames: readonly string[];
  readonly securityScope: Scope;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Null for children and the few who have none. */
  readonly phone: string | null;
  accountId: string | null;
}

export interface Occupancy {
  readonly id: string;
  readonly person: Person;
  readonly household: Household;
  readonly relation: 'owner' | 'tenant' | 'family';
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly createdAt: Instant;
}

export type Role =
  | 'resident'
  | 'worker'
  | 'steward'
  | 'desk'
  | 'manager'
  | 'company'
  | 'social_worker'
  | 'committee'
  | 'street'
  | 'city'
  | 'guard';

export interface Membership {
  readonly id: string;
  readonly scopeId: string;
  readonly accountId: string;
  readonly role: Role;
  readonly startsOn: LocalDate;
}

export interface StaffMember {
  readonly id: string;
  readonly scope: Scope;
  readonly account: Account;
  readonly role: Role;
  readonly title: string;
  readonly skills: readonly string[];
  readonly startsOn: LocalDate;
}
