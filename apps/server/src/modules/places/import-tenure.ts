import type { GridHalf } from './domain-staff.ts';
import { type BulkTable, type LoadedWall, wallColumns, wallValues } from './import-wall.ts';

/** What hangs on dates: whose a building is, who keeps a grid, who takes a compound over. */

export interface BuildingOwnerInput extends LoadedWall {
  readonly buildingOwnerId: string;
  readonly buildingId: string;
  readonly ownerScopeId: string;
  readonly organisationId: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

export const buildingOwner: BulkTable<BuildingOwnerInput> = {
  table: 'places.building_owner',
  columns: [
    ...wallColumns,
    'building_owner_id',
    'building_id',
    'owner_scope_id',
    'organisation_id',
    'starts_on',
    'ends_on',
  ],
  row: (o) => [
    ...wallValues(o),
    o.buildingOwnerId,
    o.buildingId,
    o.ownerScopeId,
    o.organisationId,
    o.startsOn,
    o.endsOn,
  ],
};

/** One that is planned and has not begun; its wall is the predecessor's. */
export interface TakeoverInput extends LoadedWall {
  readonly takeoverId: string;
  readonly fromDepartmentId: string;
  readonly toCompanyId: string;
  readonly toDepartmentId: string;
  readonly effectiveOn: string;
  readonly documentNumber: string;
  readonly decidedBy: string;
  readonly note: string | null;
  readonly plannedBy: string;
  readonly plannedAt: Date;
  readonly nextDueAt: Date;
}

export const takeover: BulkTable<TakeoverInput> = {
  table: 'places.takeover',
  columns: [
    ...wallColumns,
    'takeover_id',
    'from_department_id',
    'to_company_id',
    'to_department_id',
    'kind',
    'effective_on',
    'document_number',
    'decided_by',
    'note',
    'state',
    'version',
    'planned_by',
    'planned_by_role',
    'planned_at',
    'next_due_at',
  ],
  row: (t) => [
    ...wallValues(t),
    t.takeoverId,
    t.fromDepartmentId,
    t.toCompanyId,
    t.toDepartmentId,
    'contract',
    t.effectiveOn,
    t.documentNumber,
    t.decidedBy,
    t.note,
    'planned',
    1,
    t.plannedBy,
    'street',
    t.plannedAt,
    t.nextDueAt,
  ],
};

export interface GridKeeperInput extends LoadedWall {
  readonly gridKeeperId: string;
  readonly gridId: string;
  readonly half: GridHalf;
  readonly accountId: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

export const gridKeeper: BulkTable<GridKeeperInput> = {
  table: 'places.grid_keeper',
  columns: [
    ...wallColumns,
    'grid_keeper_id',
    'grid_id',
    'half',
    'account_id',
    'name',
    'starts_on',
    'ends_on',
  ],
  row: (k) => [...wallValues(k), k.gridKeeperId, k.gridId, k.half, k.accountId, k.name, k.startsOn, k.endsOn],
};
