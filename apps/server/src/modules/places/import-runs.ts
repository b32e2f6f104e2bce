import type { BulkTable, LoadedWall } from './import-wall.ts';

/** A list that was brought in, as the page's history shows it; the rows themselves come by their own loaders. */
export interface ImportRunInput extends LoadedWall {
  readonly importId: string;
  readonly accountId: string;
  readonly kind: 'buildings' | 'households' | 'people';
  readonly sourceName: string;
  readonly rows: number;
  readonly at: Date;
}

export const importRun: BulkTable<ImportRunInput> = {
  table: 'places.import_job',
  columns: [
    'scope_id',
    'city_id',
    'street_id',
    'company_id',
    'import_id',
    'account_id',
    'kind',
    'source_name',
    'source_sha256',
    'bytes',
    'locale',
    'mapping',
    'state',
    'rows_total',
    'rows_done',
    'rows_new',
    'created_at',
    'checked_at',
    'finished_at',
  ],
  row: (r) => [
    r.scopeId,
    r.cityId,
    r.streetId,
    r.companyId,
    r.importId,
    r.accountId,
    r.kind,
    r.sourceName,
    Buffer.alloc(32),
    r.rows * 96,
    'zh-CN',
    '{}',
    'done',
    r.rows,
    r.rows,
    r.rows,
    r.at,
    r.at,
    r.at,
  ],
};
