import type { Crypto } from '../../platform/crypto/crypto.ts';

/**
 * Rows for bulk loading (COPY as gongzhi_loader): the same encryption, indexes, masks and formats as rows that come
 * one by one, so that a demonstration or an import is not a second set of rules. `columns` and what `row` returns
 * are in the same order; ids are the caller's.
 */
export interface BulkTable<Input> {
  readonly table: string;
  readonly columns: readonly string[];
  row(input: Input, crypto: Crypto): unknown[];
}

/** Who was responsible when the row was written. */
export interface LoadedWall {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

export const wallColumns = ['scope_id', 'city_id', 'street_id', 'company_id'] as const;
export const wallValues = (wall: LoadedWall): unknown[] => [
  wall.scopeId,
  wall.cityId,
  wall.streetId,
  wall.companyId,
];
