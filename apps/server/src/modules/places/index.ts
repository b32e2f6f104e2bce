import type { Module } from '../../platform/house.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { visibleHouseholds } from './queries-lookups.ts';
import { importErrors } from './errors-import.ts';
import { importSweep, startImports } from './import/background.ts';
import { forgetWalls } from './queries-walls.ts';
import { routes } from './routes.ts';
import { placeExports } from './view-exports.ts';
import { placeSearchers } from './view-search.ts';

export {
  type Period,
  type Relation,
  type ScopeKind,
  type Wall,
  arePeriodsOverlapping,
  SCOPE_KINDS,
  formatArea,
  gridSize,
  householdPattern,
  isCurrent,
  parseArea,
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
  type PersonGramInput,
  personGramsOf,
  type PersonInput,
  type ScopeInput,
  type ServicePeriodInput,
  type StaffInput,
  type StaffSkillInput,
  type UnitInput,
} from './import-rows.ts';
export {
  type BuildingRef,
  type FacilityRef,
  findBuilding,
  findFacility,
  findHousehold,
  findHouseholds,
  homesOfScope,
  type HouseholdRef,
} from './queries-lookups.ts';
export {
  currentHouseholds,
  type MembershipReach,
  membershipReach,
  type NamedScope,
} from './queries-reach.ts';
export {
  findPerson,
  findPersonOfAccount,
  peopleOfNumber,
  type PersonRef,
  personReach,
  whoBelongs,
} from './queries-grantors.ts';
export { compoundsAsked, type FoundHome, homesAsked } from './queries-search.ts';
export { reaches } from './permissions.ts';
export { countGrids, type GridPart, gridPartsOf, type Size, sizeRows } from './queries-sizes.ts';
// For forms: what is registered, as papers ask for it.
export {
  compoundsOfCommunity,
  registeredBuildings,
  registeredCompounds,
  registeredHomes,
  registeredIds,
  registeredPeople,
  type RegisteredPlace,
} from './queries-registers.ts';
export { type ScopeRef, withinReach, withinScope } from './reach.ts';
export {
  findStaffByAccount,
  listStaff,
  memberAccountsOfHousehold,
  membersOfHouseholds,
  ownersOfScope,
  type StaffMember,
  staffOfDepartment,
} from './queries-staff.ts';
export {
  type BuildingPoint,
  buildingPoints,
  buildingsAround,
  type CompoundPoint,
  compoundPoints,
  compoundsOfStreet,
  findStreetByCode,
  streetCodeOf,
} from './queries-points.ts';
export { accessScope, forgetWalls, scopesAbove, wallOf, wallsOf } from './queries-walls.ts';
export { CERTIFIED_SKILLS, GRID_HALVES, type GridHalf, isSkillValid } from './domain-staff.ts';
export { claimFollowing } from './queries-takeovers-due.ts';
export { departmentThatServed, passingTables, passToFirstCompany } from './queries-takeovers.ts';
export { findOrganisation, ownerOfBuilding } from './queries-owners.ts';
export { following, type Following, takeoverSweep } from './service-takeovers.ts';
export { gridsOf, type OwnGrid } from './queries-grids.ts';
export {
  buildingSpots,
  type BuildingSpot,
  compoundsOfDepartment,
  compoundsUnder,
  gridsOfScopes,
} from './queries-department.ts';
export {
  findStaffRecord,
  insertStaff,
  lockStaff,
  type StaffRecord,
  staffRecords,
  storeSkill,
  updateStaff,
} from './queries-staff-details.ts';
export { residencyOf } from './domain-residence.ts';
export { emptyPerson, findErased, markErased, ownPeople } from './queries-erasure.ts';
export {
  disclosuresOfPerson,
  findPersonRow,
  findPersonByPhone,
  findSealedPerson,
  relationsOfPeople,
  findResident,
  linkAccount,
  unlinkAccount,
  periodsOfAccount,
  type ResidentRow,
  sealedPeople,
} from './queries-people.ts';
export type { Purpose } from './domain-people.ts';
export { disclose, openPerson } from './service-people.ts';
export { findContact, openContact, type SealedContact } from './queries-contacts.ts';

export const places: Module = {
  name: 'places',
  forget: forgetWalls,
  // Live events name the household.
  visibility: { household: visibleHouseholds },
  errors: { ...errors, ...importErrors },
  constraints,
  routes,
  due: [...due, importSweep],
  exports: placeExports,
  searchers: placeSearchers,
  start: ({ db, crypto, clock, log }, worker) => startImports({ db, worker, crypto, clock }, log),
};
