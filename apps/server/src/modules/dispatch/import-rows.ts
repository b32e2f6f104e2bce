import type { BulkTable, LoadedWall } from '../places/index.ts';
import type { PatternDay, RosterKind } from './domain.ts';

/** Rows for bulk loading (COPY as gongzhi_loader). */

export interface ShiftPatternInput extends LoadedWall {
  readonly shiftPatternId: string;
  readonly name: string;
  readonly anchorOn: string;
  readonly days: readonly (PatternDay | null)[];
  readonly changedBy: string;
  readonly changedAt: Date;
}

const shiftPattern: BulkTable<ShiftPatternInput> = {
  table: 'dispatch.shift_pattern',
  columns: [
    'scope_id',
    'city_id',
    'street_id',
    'company_id',
    'shift_pattern_id',
    'name',
    'anchor_on',
    'days',
    'is_active',
    'version',
    'changed_by',
    'changed_at',
  ],
  row: (input) => [
    input.scopeId,
    input.cityId,
    input.streetId,
    input.companyId,
    input.shiftPatternId,
    input.name,
    input.anchorOn,
    JSON.stringify(input.days),
    true,
    1,
    input.changedBy,
    input.changedAt,
  ],
};

export interface RosterRowInput extends LoadedWall {
  readonly rosterId: string;
  readonly accountId: string;
  readonly shiftPatternId: string;
  readonly kind: RosterKind;
  readonly startsOn: string;
  readonly changedBy: string;
  readonly changedAt: Date;
}

const roster: BulkTable<RosterRowInput> = {
  table: 'dispatch.roster',
  columns: [
    'scope_id',
    'city_id',
    'street_id',
    'company_id',
    'roster_id',
    'account_id',
    'shift_pattern_id',
    'kind',
    'starts_on',
    'ends_on',
    'compound_ids',
    'grid_id',
    'changed_by',
    'changed_at',
  ],
  row: (input) => [
    input.scopeId,
    input.cityId,
    input.streetId,
    input.companyId,
    input.rosterId,
    input.accountId,
    input.shiftPatternId,
    input.kind,
    input.startsOn,
    null,
    '{}',
    null,
    input.changedBy,
    input.changedAt,
  ],
};

export const loaders = { shiftPattern, roster } as const;
