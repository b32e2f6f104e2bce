import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Wall } from '../places/index.ts';
import type { Counted } from './domain.ts';

/** How many are inside: what the gates have counted, and what was found by hand. */

export interface CountKey {
  readonly scopeId: string;
  readonly what: Counted;
  /** A building, or the compound by its own id. */
  readonly placeId: string;
}
export type CountWall = Pick<Wall, 'scopeId' | 'cityId' | 'streetId' | 'companyId'>;

export interface CountRow extends CountKey {
  /** Null: nobody has counted by hand. */
  readonly base: number | null;
  readonly found: number | null;
  readonly drift: number | null;
  readonly countedAt: Date | null;
  readonly countedByName: string | null;
  readonly version: number;
}

const columns = sql`c.scope_id as "scopeId", c.what, c.place_id as "placeId", c.base::float8 as base, c.found, c.drift, c.counted_at as "countedAt",
  c.counted_by_name as "countedByName", c.version`;
const keysOf = (keys: readonly CountKey[]) =>
  sql`unnest(${keys.map((k) => k.scopeId)}::uuid[], ${keys.map((k) => k.what)}::text[], ${keys.map((k) => k.placeId)}::uuid[])
    as k (scope_id, what, place_id)`;

export function readCounts(q: Executor, keys: readonly CountKey[]): Promise<CountRow[]> {
  return q.query(
    sql`select ${columns} from ${keysOf(keys)}
        join access.place_count c on c.scope_id = k.scope_id and c.what = k.what and c.place_id = k.place_id`,
  );
}

/** Held until the transaction ends, always in the same order; what was never decided by before gets its row. */
export async function lockCounts(
  tx: Tx,
  keys: readonly CountKey[],
  walls: ReadonlyMap<string, CountWall>,
): Promise<CountRow[]> {
  const lock = () =>
    tx.query<CountRow>(
      sql`select ${columns} from ${keysOf(keys)}
          join access.place_count c on c.scope_id = k.scope_id and c.what = k.what and c.place_id = k.place_id
          order by c.scope_id, c.what, c.place_id for no key update of c`,
    );
  const rows = await lock();
  if (rows.length === keys.length) return rows;
  const wallOf = (key: CountKey): CountWall => walls.get(key.scopeId)!;
  await tx.query(
    sql`insert into access.place_count (scope_id, what, place_id, city_id, street_id, company_id, version)
        select k.scope_id, k.what, k.place_id, k.city_id, k.street_id, k.company_id, 1
        from unnest(${keys.map((k) => k.scopeId)}::uuid[], ${keys.map((k) => k.what)}::text[], ${keys.map((k) => k.placeId)}::uuid[],
          ${keys.map((k) => wallOf(k).cityId)}::uuid[], ${keys.map((k) => wallOf(k).streetId)}::uuid[], ${keys.map((k) => wallOf(k).companyId)}::uuid[])
          as k (scope_id, what, place_id, city_id, street_id, company_id)
        order by k.scope_id, k.what, k.place_id
        on conflict (scope_id, what, place_id) do nothing`,
  );
  return lock();
}

export interface GateTotals extends CountKey {
  /** In less out, since there is a gate. */
  readonly total: number;
  /** In less out of the local day. */
  readonly today: number;
  /** Of the compound's car park; null: not said. */
  readonly spaces: number | null;
}

/** To be read after the lock: what another batch has counted until then is in it. Vehicles come through the compound's own gates. */
export function totalsOf(
  q: Executor,
  keys: readonly CountKey[],
  days: ReadonlyMap<string, string>,
): Promise<GateTotals[]> {
  return q.query(
    sql`select k.scope_id as "scopeId", k.what, k.place_id as "placeId",
          coalesce(sum(case k.what when 'vehicles' then c.vehicle_ins - c.vehicle_outs else c.ins - c.outs end), 0)::float8 as total,
          coalesce(sum(c.entries - c.exits) filter (where c.day = k.day), 0)::integer as today,
          (select a.spaces from access.car_park a where a.scope_id = k.scope_id) as spaces
        from unnest(${keys.map((k) => k.scopeId)}::uuid[], ${keys.map((k) => k.what)}::text[], ${keys.map((k) => k.placeId)}::uuid[],
            ${keys.map((k) => days.get(k.scopeId))}::date[]) as k (scope_id, what, place_id, day)
          left join (access.gate g join access.gate_chain c on c.scope_id = g.scope_id and c.gate_id = g.gate_id)
            on g.scope_id = k.scope_id and coalesce(g.building_id, g.scope_id) = k.place_id
        group by k.scope_id, k.what, k.place_id`,
  );
}

export function storeFound(
  tx: Tx,
  key: CountKey,
  found: { readonly base: number; readonly found: number; readonly drift: number | null },
  by: { readonly accountId: string; readonly displayName: string },
  now: Date,
): void {
  tx.write(
    sql`update access.place_count set base = ${found.base}, found = ${found.found}, drift = ${found.drift}, counted_at = ${now},
          counted_by = ${by.accountId}, counted_by_name = ${by.displayName}, version = version + 1
        where scope_id = ${key.scopeId} and what = ${key.what} and place_id = ${key.placeId}`,
  );
}

/** Doors of their own: who is inside these is counted apart. */
export function buildingsWithGates(
  q: Executor,
  scopeId: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  return q.query(
    sql`select b.building_id as id, b.name from places.building b
        where b.scope_id = ${scopeId} and exists (select 1 from access.gate g where g.scope_id = b.scope_id and g.building_id = b.building_id and g.retired_at is null)
        order by b.name, b.building_id limit 200`,
  );
}

/** The gate a change of a place's count is told by: pages hear of gates. Null: the place has none. */
export async function gateOfPlace(
  q: Executor,
  scopeId: string,
  buildingId: string | null,
): Promise<string | null> {
  const [row] = await q.query<{ id: string }>(
    sql`select g.gate_id as id from access.gate g
        where g.scope_id = ${scopeId} and g.building_id is not distinct from ${buildingId} and g.retired_at is null
        order by g.code limit 1`,
  );
  return row?.id ?? null;
}
