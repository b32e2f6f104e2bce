import type { Module } from '../../platform/house.ts';
import { routes } from './routes.ts';

export {
  type Period,
  type Relation,
  type ScopeKind,
  type Wall,
  arePeriodsOverlapping,
  SCOPE_KINDS,
  formatArea,
  gridSize,
  isCurrent,
  parseArea,
  reaches,
  toHalfWidth,
} from './domain.ts';
export {
  type BulkTable,
  type BuildingInput,
  type FacilityInput,
  type GridInput,
  type HouseholdInput,
  type LoadedWall,
  loaders,
  type OccupancyInput,
  type OrganisationInput,
  type PersonInput,
  type ScopeInput,
  type ServicePeriodInput,
  type StaffInput,
  type StaffSkillInput,
  type UnitInput,
} from './loaders.ts';
export {
  type BuildingRef,
  type FacilityRef,
  findBuilding,
  findFacility,
  findHousehold,
  findHouseholds,
  type HouseholdRef,
} from './lookups.ts';
export { currentHouseholds, type MembershipReach, membershipReach, type NamedScope } from './reach.ts';
export { accessScope } from './routes.ts';
export { findStaffByAccount, listStaff, memberAccountsOfHousehold, type StaffMember, staffOfDepartment } from './staff.ts';
export { forgetWalls, wallOf, wallsOf } from './walls.ts';

export const places: Module = { name: 'places', errors: {}, routes };
