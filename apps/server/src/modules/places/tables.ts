import type { OrganisationKind, Relation, ScopeKind } from './domain.ts';

/** Rows as PostgreSQL gives them: dates as 'YYYY-MM-DD', numeric as text. */
export interface WallColumns {
  scope_id: string;
  city_id: string | null;
  street_id: string | null;
  company_id: string | null;
}

export interface ScopeTable {
  scope_id: string;
  kind: ScopeKind;
  name: string;
  code: string | null;
  parent_id: string | null;
  city_id: string | null;
  district_id: string | null;
  street_id: string | null;
  community_id: string | null;
  company_id: string | null;
  department_id: string | null;
  address: string | null;
  /** Degrees of WGS 84; of a compound its main gate. */
  latitude: number | null;
  longitude: number | null;
  built_year: number | null;
  time_zone: string;
  is_demonstration: boolean;
  created_at: Date;
}

export interface OrganisationTable {
  scope_id: string;
  organisation_id: string;
  kind: OrganisationKind;
  name: string;
}

export interface ServicePeriodTable {
  scope_id: string;
  service_period_id: string;
  company_id: string;
  department_id: string;
  starts_on: string;
  ends_on: string | null;
}

export interface GridTable extends WallColumns {
  grid_id: string;
  code: string;
  name: string;
  social_worker_account_id: string | null;
  social_worker_name: string | null;
  steward_account_id: string | null;
  steward_name: string | null;
  version: number;
}

export interface BuildingTable extends WallColumns {
  building_id: string;
  name: string;
  position: number;
  floors: number;
  latitude: number | null;
  longitude: number | null;
}

export interface UnitTable extends WallColumns {
  unit_id: string;
  building_id: string;
  name: string;
  position: number;
}

export interface HouseholdTable extends WallColumns {
  household_id: string;
  building_id: string;
  unit_id: string;
  grid_id: string | null;
  room_no: string;
  floor: number;
  area_m2: string;
  label: string;
}

export interface PersonTable extends WallColumns {
  person_id: string;
  account_id: string | null;
  /** Null once the person is erased. */
  name_cipher: Buffer | null;
  name_masked: string;
  phone_cipher: Buffer | null;
  phone_masked: string | null;
  phone_index: Buffer | null;
  phone_last4_index: Buffer | null;
  name_index: Buffer | null;
  index_version: number;
  erased_at: Date | null;
  created_at: Date;
}

export interface OccupancyTable extends WallColumns {
  occupancy_id: string;
  person_id: string;
  household_id: string;
  account_id: string | null;
  relation: Relation;
  starts_on: string;
  ends_on: string | null;
  /** Entered by mistake: it has never held. */
  voided_at: Date | null;
}

export interface FacilityTable extends WallColumns {
  facility_id: string;
  kind: string;
  label: string;
  building_id: string | null;
}

export interface StaffTable extends WallColumns {
  staff_id: string;
  account_id: string;
  role: string;
  display_name: string;
  title: string;
  starts_on: string;
  ends_on: string | null;
  version: number;
}

export interface StaffSkillTable extends WallColumns {
  staff_id: string;
  skill: string;
  certificate_no: string | null;
  valid_until: string | null;
}

/** What the two secrets of a person are sealed under. */
export const personFields = { name: 'places.person.name', phone: 'places.person.phone' } as const;
