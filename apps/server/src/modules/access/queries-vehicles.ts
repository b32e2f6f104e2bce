import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Wall } from '../places/index.ts';

export interface CarParkRow {
  readonly spaces: number | null;
  readonly monthlyFeeFen: number;
  readonly version: number;
}

const columns = sql`spaces, monthly_fee_fen::float8 as "monthlyFeeFen", version`;

export async function findCarPark(q: Executor, scopeId: string): Promise<CarParkRow | null> {
  const [row] = await q.query<CarParkRow>(
    sql`select ${columns} from access.car_park where scope_id = ${scopeId}`,
  );
  return row ?? null;
}

export async function lockCarPark(tx: Tx, scopeId: string): Promise<CarParkRow | null> {
  const [row] = await tx.query<CarParkRow>(
    sql`select ${columns} from access.car_park where scope_id = ${scopeId} for no key update`,
  );
  return row ?? null;
}

/** False: somebody was faster. */
export async function storeCarPark(
  tx: Tx,
  wall: Wall,
  accountId: string,
  park: { readonly spaces: number | null; readonly monthlyFeeFen: number; readonly expectedVersion: number },
  now: Date,
): Promise<boolean> {
  const { scopeId, cityId, streetId, companyId } = wall;
  const rows = await tx.query(
    park.expectedVersion === 0
      ? sql`insert into access.car_park (scope_id, city_id, street_id, company_id, spaces, monthly_fee_fen, version, updated_at, updated_by)
            values (${scopeId}, ${cityId}, ${streetId}, ${companyId}, ${park.spaces}, ${park.monthlyFeeFen}, 1, ${now}, ${accountId})
            on conflict (scope_id) do nothing returning 1`
      : sql`update access.car_park set spaces = ${park.spaces}, monthly_fee_fen = ${park.monthlyFeeFen}, version = version + 1, updated_at = ${now},
              updated_by = ${accountId}
            where scope_id = ${scopeId} and version = ${park.expectedVersion} returning 1`,
  );
  return rows.length > 0;
}
