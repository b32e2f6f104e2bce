import type { Executor, Tx } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { Wall } from '../../places/index.ts';
import type { FilterQueryBody } from './schemas.ts';

export interface FilterRow {
  readonly id: string;
  readonly ownerAccountId: string | null;
  readonly name: string;
  readonly query: FilterQueryBody;
  readonly position: number;
  readonly version: number;
}

/** One's own and the desk's, in their order. */
export function filtersOf(q: Executor, scopeId: string, accountId: string): Promise<FilterRow[]> {
  return q.query<FilterRow>(
    sql`select f.filter_id as id, f.owner_account_id as "ownerAccountId", f.name, f.query, f.position, f.version
      from work_orders.saved_filter f where f.scope_id = ${scopeId} and f.removed_at is null
        and (f.owner_account_id is null or f.owner_account_id = ${accountId})
      order by f.position, f.filter_id limit 100`,
  );
}

export async function lockFilter(tx: Tx, scopeId: string, id: string): Promise<FilterRow | null> {
  const [row] = await tx.query<FilterRow>(
    sql`select f.filter_id as id, f.owner_account_id as "ownerAccountId", f.name, f.query, f.position, f.version
      from work_orders.saved_filter f where f.scope_id = ${scopeId} and f.filter_id = ${id} and f.removed_at is null for no key update`,
  );
  return row ?? null;
}

export interface FilterInput {
  readonly id: string;
  readonly ownerAccountId: string | null;
  readonly name: string;
  readonly query: FilterQueryBody;
  readonly position: number;
  readonly version: number;
}

export function insertFilter(tx: Tx, wall: Wall, filter: FilterInput, by: string, now: Date): void {
  tx.write(
    sql`insert into work_orders.saved_filter (scope_id, filter_id, city_id, street_id, company_id, owner_account_id, name, query, position, version, updated_by, updated_at)
      values (${wall.scopeId}, ${filter.id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${filter.ownerAccountId}, ${filter.name},
        ${JSON.stringify(filter.query)}, ${filter.position}, ${filter.version}, ${by}, ${now})`,
  );
}

export function updateFilter(tx: Tx, scopeId: string, filter: FilterInput, by: string, now: Date): void {
  tx.write(
    sql`update work_orders.saved_filter set owner_account_id = ${filter.ownerAccountId}, name = ${filter.name}, query = ${JSON.stringify(filter.query)},
        position = ${filter.position}, version = ${filter.version}, updated_by = ${by}, updated_at = ${now}
      where scope_id = ${scopeId} and filter_id = ${filter.id}`,
  );
}

export function removeFilter(tx: Tx, scopeId: string, id: string, by: string, now: Date): void {
  tx.write(
    sql`update work_orders.saved_filter set removed_at = ${now}, updated_by = ${by}, updated_at = ${now}
      where scope_id = ${scopeId} and filter_id = ${id}`,
  );
}

export interface ColumnChoice {
  readonly name: string;
  readonly width: number | null;
}

export async function columnsOf(
  q: Executor,
  scopeId: string,
  accountId: string,
): Promise<ColumnChoice[] | null> {
  const [row] = await q.query<{ columns: ColumnChoice[] }>(
    sql`select v.columns from work_orders.list_view v where v.scope_id = ${scopeId} and v.account_id = ${accountId}`,
  );
  return row?.columns ?? null;
}

export function keepColumns(
  tx: Tx,
  wall: Wall,
  accountId: string,
  columns: readonly ColumnChoice[],
  now: Date,
): void {
  tx.write(
    sql`insert into work_orders.list_view (scope_id, account_id, city_id, street_id, company_id, columns, updated_at)
      values (${wall.scopeId}, ${accountId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${JSON.stringify(columns)}, ${now})
      on conflict (scope_id, account_id) do update set columns = excluded.columns, updated_at = excluded.updated_at`,
  );
}
