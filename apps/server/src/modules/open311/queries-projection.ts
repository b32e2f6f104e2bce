import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';

/** Writing what strangers may read: the one way into open311.request and open311.request_update. */

export interface ProjectedRequest {
  readonly scope_id: string;
  readonly work_order_id: string;
  readonly city_id: string | null;
  readonly street_id: string | null;
  readonly company_id: string | null;
  readonly request_id: string;
  readonly category_code: string;
  readonly status: 'open' | 'closed';
  readonly word: string;
  readonly requested_at: Date;
  readonly updated_at: Date;
  readonly expected_at: Date | null;
  readonly address: string;
  readonly address_id: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly agency: string | null;
  readonly time_zone: string;
}

export interface ProjectedUpdate {
  readonly scope_id: string;
  readonly update_id: string;
  readonly work_order_id: string;
  readonly city_id: string | null;
  readonly street_id: string | null;
  readonly company_id: string | null;
  readonly word: string;
  readonly at: Date;
}

/** A new order's, in the transaction that takes it in. */
export function insertRequest(tx: Tx, row: ProjectedRequest): void {
  tx.write(
    sql`insert into open311.request (scope_id, work_order_id, city_id, street_id, company_id, request_id, category_code, status, word,
          requested_at, updated_at, expected_at, address, address_id, latitude, longitude, agency, time_zone)
        values (${row.scope_id}, ${row.work_order_id}, ${row.city_id}, ${row.street_id}, ${row.company_id}, ${row.request_id},
          ${row.category_code}, ${row.status}, ${row.word}, ${row.requested_at}, ${row.updated_at}, ${row.expected_at}, ${row.address},
          ${row.address_id}, ${row.latitude}, ${row.longitude}, ${row.agency}, ${row.time_zone})`,
  );
}

/** What staff approved stays as it is: it is about the matter and not about how far it is. */
export function putRequests(tx: Tx, rows: readonly ProjectedRequest[]): void {
  if (rows.length === 0) return;
  tx.write(
    sql`insert into open311.request as q (scope_id, work_order_id, city_id, street_id, company_id, request_id, category_code, status, word,
          requested_at, updated_at, expected_at, address, address_id, latitude, longitude, agency, time_zone)
        select scope_id, work_order_id, city_id, street_id, company_id, request_id, category_code, status, word,
          requested_at, updated_at, expected_at, address, address_id, latitude, longitude, agency, time_zone
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (scope_id uuid, work_order_id uuid, city_id uuid, street_id uuid,
          company_id uuid, request_id text, category_code text, status text, word text, requested_at timestamptz, updated_at timestamptz,
          expected_at timestamptz, address text, address_id text, latitude double precision, longitude double precision, agency text, time_zone text)
        on conflict (scope_id, work_order_id) do update set city_id = excluded.city_id, street_id = excluded.street_id,
          company_id = excluded.company_id, category_code = excluded.category_code, status = excluded.status, word = excluded.word,
          updated_at = excluded.updated_at, expected_at = excluded.expected_at, address = excluded.address, address_id = excluded.address_id,
          latitude = excluded.latitude, longitude = excluded.longitude, agency = excluded.agency, time_zone = excluded.time_zone`,
  );
}

/** Told once is told: only whose it is may change, when another company takes the place over. */
export function putUpdates(tx: Tx, rows: readonly ProjectedUpdate[]): void {
  if (rows.length === 0) return;
  tx.write(
    sql`insert into open311.request_update as u (scope_id, update_id, work_order_id, city_id, street_id, company_id, word, at)
        select scope_id, update_id, work_order_id, city_id, street_id, company_id, word, at
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (scope_id uuid, update_id uuid, work_order_id uuid, city_id uuid,
          street_id uuid, company_id uuid, word text, at timestamptz)
        on conflict (scope_id, update_id) do update set company_id = excluded.company_id where u.company_id is distinct from excluded.company_id`,
  );
}

/** Its updates go with it, and so does what was approved: published again, it is approved again. */
export function removeRequests(tx: Tx, keys: readonly { scopeId: string; id: string }[]): void {
  if (keys.length === 0) return;
  tx.write(
    sql`delete from open311.request r where r.scope_id = any (${[...new Set(keys.map(({ scopeId }) => scopeId))]}::uuid[])
          and r.work_order_id = any (${keys.map(({ id }) => id)}::uuid[])`,
  );
}

/** The streets and categories that were ever published: what else happens is no business of this room. */
export async function offeredServices(q: Executor): Promise<ReadonlySet<string>> {
  const rows = await q.query<{ key: string }>(
    sql`select s.scope_id::text || ' ' || s.category_code as key from open311.service s`,
  );
  return new Set(rows.map(({ key }) => key));
}

/** Follows its order to the company that serves the place now. */
export function passSubmissions(
  tx: Tx,
  orders: readonly { scopeId: string; id: string; companyId: string | null }[],
): void {
  if (orders.length === 0) return;
  tx.write(
    sql`update open311.submission m set company_id = o.company_id
        from unnest(${orders.map(({ scopeId }) => scopeId)}::uuid[], ${orders.map(({ id }) => id)}::uuid[],
          ${orders.map(({ companyId }) => companyId)}::uuid[]) as o (scope_id, work_order_id, company_id)
        where m.scope_id = o.scope_id and m.work_order_id = o.work_order_id and m.company_id is distinct from o.company_id`,
  );
}
