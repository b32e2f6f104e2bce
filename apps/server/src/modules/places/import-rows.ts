import { maskName, maskPhone, type Point } from '@gongzhi/kernel';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import { formatArea, type OrganisationKind, type Relation, type ScopeKind, toHalfWidth } from './domain.ts';
import { buildingOwner, gridKeeper, takeover } from './import-tenure.ts';
import { type BulkTable, type LoadedWall, wallColumns, wallValues } from './import-wall.ts';
import { importRun } from './import-runs.ts';
import { gramsOf, indexVersion, nameIndexOf } from './tables-grams.ts';
import { personFields } from './tables.ts';

export type { BulkTable, LoadedWall } from './import-wall.ts';

export interface ScopeInput {
  readonly scopeId: string;
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
  /** Of a compound, its main gate. */
  readonly point?: Point | null;
  readonly builtYear: number | null;
  readonly timeZone: string;
  readonly isDemonstration: boolean;
  readonly createdAt: Date;
}

const scope: BulkTable<ScopeInput> = {
  table: 'places.scope',
  columns: [
    'scope_id',
    'kind',
    'name',
    'code',
    'parent_id',
    'city_id',
    'district_id',
    'street_id',
    'community_id',
    'company_id',
    'department_id',
    'address',
    'latitude',
    'longitude',
    'built_year',
    'time_zone',
    'is_demonstration',
    'created_at',
  ],
  row: (s) => [
    s.scopeId,
    s.kind,
    s.name,
    s.code,
    s.parentId,
    s.cityId,
    s.districtId,
    s.streetId,
    s.communityId,
    s.companyId,
    s.departmentId,
    s.address,
    s.point?.latitude ?? null,
    s.point?.longitude ?? null,
    s.builtYear,
    s.timeZone,
    s.isDemonstration,
    s.createdAt,
  ],
};

export interface OrganisationInput {
  readonly scopeId: string;
  readonly organisationId: string;
  readonly kind: OrganisationKind;
  readonly name: string;
}

const organisation: BulkTable<OrganisationInput> = {
  table: 'places.organisation',
  columns: ['scope_id', 'organisation_id', 'kind', 'name'],
  row: (o) => [o.scopeId, o.organisationId, o.kind, o.name],
};

export interface ServicePeriodInput {
  readonly scopeId: string;
  readonly servicePeriodId: string;
  readonly companyId: string;
  readonly departmentId: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

const servicePeriod: BulkTable<ServicePeriodInput> = {
  table: 'places.service_period',
  columns: ['scope_id', 'service_period_id', 'company_id', 'department_id', 'starts_on', 'ends_on'],
  row: (p) => [p.scopeId, p.servicePeriodId, p.companyId, p.departmentId, p.startsOn, p.endsOn],
};

export interface GridInput extends LoadedWall {
  readonly gridId: string;
  readonly code: string;
  readonly name: string;
  readonly socialWorker: { readonly accountId: string; readonly name: string } | null;
  readonly steward: { readonly accountId: string; readonly name: string } | null;
}

const grid: BulkTable<GridInput> = {
  table: 'places.grid',
  columns: [
    ...wallColumns,
    'grid_id',
    'code',
    'name',
    'social_worker_account_id',
    'social_worker_name',
    'steward_account_id',
    'steward_name',
  ],
  row: (g) => [
    ...wallValues(g),
    g.gridId,
    g.code,
    g.name,
    g.socialWorker?.accountId ?? null,
    g.socialWorker?.name ?? null,
    g.steward?.accountId ?? null,
    g.steward?.name ?? null,
  ],
};

export interface BuildingInput extends LoadedWall {
  readonly buildingId: string;
  readonly name: string;
  readonly position: number;
  readonly floors: number;
  readonly point?: Point | null;
}

const building: BulkTable<BuildingInput> = {
  table: 'places.building',
  columns: [...wallColumns, 'building_id', 'name', 'position', 'floors', 'latitude', 'longitude'],
  row: (b) => [
    ...wallValues(b),
    b.buildingId,
    b.name,
    b.position,
    b.floors,
    b.point?.latitude ?? null,
    b.point?.longitude ?? null,
  ],
};

export interface UnitInput extends LoadedWall {
  readonly unitId: string;
  readonly buildingId: string;
  readonly name: string;
  readonly position: number;
}

const unit: BulkTable<UnitInput> = {
  table: 'places.unit',
  columns: [...wallColumns, 'unit_id', 'building_id', 'name', 'position'],
  row: (u) => [...wallValues(u), u.unitId, u.buildingId, u.name, u.position],
};

export interface HouseholdInput extends LoadedWall {
  readonly householdId: string;
  readonly buildingId: string;
  readonly unitId: string;
  readonly gridId: string | null;
  readonly roomNo: string;
  readonly floor: number;
  /** Hundredths of a square metre: 8950 is 89.50 m². */
  readonly areaHundredths: number;
  readonly label: string;
}

const household: BulkTable<HouseholdInput> = {
  table: 'places.household',
  columns: [
    ...wallColumns,
    'household_id',
    'building_id',
    'unit_id',
    'grid_id',
    'room_no',
    'floor',
    'area_m2',
    'label',
  ],
  row: (h) => [
    ...wallValues(h),
    h.householdId,
    h.buildingId,
    h.unitId,
    h.gridId,
    h.roomNo,
    h.floor,
    formatArea(h.areaHundredths),
    h.label,
  ],
};

export interface PersonInput extends LoadedWall {
  readonly personId: string;
  readonly accountId: string | null;
  readonly name: string;
  /** Eleven digits of a mobile number, or a land line with its area code; null when none is known. */
  readonly phone: string | null;
  readonly createdAt: Date;
  /** The caller loads the person's `personGram` rows, too; otherwise a sweep makes them within seconds. */
  readonly isIndexed?: boolean;
}

const person: BulkTable<PersonInput> = {
  table: 'places.person',
  columns: [
    ...wallColumns,
    'person_id',
    'account_id',
    'name_cipher',
    'name_masked',
    'phone_cipher',
    'phone_masked',
    'phone_index',
    'phone_last4_index',
    'name_index',
    'index_version',
    'created_at',
  ],
  row: (p, crypto) => {
    const phone = p.phone === null ? null : toHalfWidth(p.phone).replace(/\D/g, '');
    return [
      ...wallValues(p),
      p.personId,
      p.accountId,
      crypto.seal(p.name, personFields.name, p.personId),
      maskName(p.name),
      phone === null ? null : crypto.seal(phone, personFields.phone, p.personId),
      phone === null ? null : maskPhone(phone),
      phone === null ? null : crypto.scopeIndex(p.scopeId, 'phone', phone),
      phone === null ? null : crypto.scopeIndex(p.scopeId, 'phone_last4', phone.slice(-4)),
      nameIndexOf(crypto, p.scopeId, p.name),
      p.isIndexed === true ? indexVersion : 0,
      p.createdAt,
    ];
  },
};

export interface PersonGramInput {
  readonly scopeId: string;
  readonly personId: string;
  readonly gram: Buffer;
}

const personGram: BulkTable<PersonGramInput> = {
  table: 'places.person_gram',
  columns: ['scope_id', 'gram', 'person_id'],
  row: (g) => [g.scopeId, g.gram, g.personId],
};

/** The rows by which a person is found by parts of the name: loaded beside the person's own. */
export function personGramsOf(
  crypto: Crypto,
  { scopeId, personId, name }: Pick<PersonInput, 'scopeId' | 'personId' | 'name'>,
): PersonGramInput[] {
  return gramsOf(crypto, scopeId, name).map((gram) => ({ scopeId, personId, gram }));
}

export interface OccupancyInput extends LoadedWall {
  readonly occupancyId: string;
  readonly personId: string;
  readonly householdId: string;
  readonly accountId: string | null;
  readonly relation: Relation;
  readonly startsOn: string;
  /** The first day on which it no longer holds. */
  readonly endsOn: string | null;
}

const occupancy: BulkTable<OccupancyInput> = {
  table: 'places.occupancy',
  columns: [
    ...wallColumns,
    'occupancy_id',
    'person_id',
    'household_id',
    'account_id',
    'relation',
    'starts_on',
    'ends_on',
  ],
  row: (o) => [
    ...wallValues(o),
    o.occupancyId,
    o.personId,
    o.householdId,
    o.accountId,
    o.relation,
    o.startsOn,
    o.endsOn,
  ],
};

export interface FacilityInput extends LoadedWall {
  readonly facilityId: string;
  readonly kind: string;
  readonly label: string;
  readonly buildingId: string | null;
}

const facility: BulkTable<FacilityInput> = {
  table: 'places.facility',
  columns: [...wallColumns, 'facility_id', 'kind', 'label', 'building_id'],
  row: (f) => [...wallValues(f), f.facilityId, f.kind, f.label, f.buildingId],
};

export interface StaffInput extends LoadedWall {
  readonly staffId: string;
  readonly accountId: string;
  readonly role: string;
  readonly displayName: string;
  readonly title: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

const staff: BulkTable<StaffInput> = {
  table: 'places.staff',
  columns: [
    ...wallColumns,
    'staff_id',
    'account_id',
    'role',
    'display_name',
    'title',
    'starts_on',
    'ends_on',
  ],
  row: (s) => [
    ...wallValues(s),
    s.staffId,
    s.accountId,
    s.role,
    s.displayName,
    s.title,
    s.startsOn,
    s.endsOn,
  ],
};

export interface StaffSkillInput extends LoadedWall {
  readonly staffId: string;
  readonly skill: string;
  readonly certificateNo: string | null;
  /** The last day on which the certificate is valid. */
  readonly validUntil: string | null;
}

const staffSkill: BulkTable<StaffSkillInput> = {
  table: 'places.staff_skill',
  columns: [...wallColumns, 'staff_id', 'skill', 'certificate_no', 'valid_until'],
  row: (s) => [...wallValues(s), s.staffId, s.skill, s.certificateNo, s.validUntil],
};

/** In an order that satisfies the foreign keys. */
export const loaders = {
  scope,
  organisation,
  servicePeriod,
  grid,
  gridKeeper,
  building,
  buildingOwner,
  takeover,
  unit,
  household,
  person,
  personGram,
  occupancy,
  facility,
  staff,
  staffSkill,
  importRun,
} as const;
