import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import type { Attribute, Page, RequestFilter, Span } from './domain.ts';

/** What nobody-at-all may read. Everything here runs as `publicReader`: these tables and nothing else are open to it. */
export interface ServiceRow {
  readonly code: string;
  readonly isPublished: boolean;
  readonly descriptionZh: string;
  readonly descriptionEn: string;
  readonly attributes: readonly Attribute[];
  readonly version: number;
  readonly changedByName: string;
  readonly changedAt: Date;
}

const serviceColumns: Statement = sql`s.category_code as code, s.is_published as "isPublished", s.description_zh as "descriptionZh",
  s.description_en as "descriptionEn", s.attributes, s.version, s.changed_by_name as "changedByName", s.changed_at as "changedAt"`;

export function servicesOf(q: Executor, streetId: string): Promise<ServiceRow[]> {
  return q.query<ServiceRow>(
    sql`select ${serviceColumns} from open311.service s where s.scope_id = ${streetId} order by s.category_code`,
  );
}

export async function publishedService(
  q: Executor,
  streetId: string,
  code: string,
): Promise<ServiceRow | null> {
  const [row] = await q.query<ServiceRow>(
    sql`select ${serviceColumns} from open311.service s where s.scope_id = ${streetId} and s.category_code = ${code} and s.is_published`,
  );
  return row ?? null;
}

/** Streets that publish anything; two are enough to know that one must be named. */
export async function publishingStreets(q: Executor): Promise<string[]> {
  const rows = await q.query<{ id: string }>(
    sql`select distinct s.scope_id as id from open311.service s where s.is_published limit 2`,
  );
  return rows.map(({ id }) => id);
}

export interface RequestRow {
  readonly scopeId: string;
  readonly orderId: string;
  readonly requestId: string;
  readonly categoryCode: string;
  readonly status: 'open' | 'closed';
  readonly word: string;
  readonly requestedAt: Date;
  readonly updatedAt: Date;
  readonly expectedAt: Date | null;
  readonly address: string;
  readonly addressId: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly agency: string | null;
  readonly timeZone: string;
  readonly publicText: string | null;
}

const requestColumns: Statement = sql`r.scope_id as "scopeId", r.work_order_id as "orderId", r.request_id as "requestId",
  r.category_code as "categoryCode", r.status, r.word, r.requested_at as "requestedAt", r.updated_at as "updatedAt",
  r.expected_at as "expectedAt", r.address, r.address_id as "addressId", r.latitude, r.longitude, r.agency,
  r.time_zone as "timeZone", r.public_text as "publicText"`;

const ofPublished: Statement = sql`from open311.request r join open311.service s on s.scope_id = r.street_id and s.category_code = r.category_code
  and s.is_published`;

export function findRequests(q: Executor, streetId: string, filter: RequestFilter): Promise<RequestRow[]> {
  const { size, skipped } = filter.page;
  if (filter.ids !== null) {
    return q.query<RequestRow>(
      sql`select ${requestColumns} ${ofPublished} where r.street_id = ${streetId} and r.request_id = any (${[...filter.ids]})
        order by r.requested_at desc, r.work_order_id desc limit ${size}`,
    );
  }
  const { from, to } = filter.span;
  return q.query<RequestRow>(
    sql`select ${requestColumns} ${ofPublished} where r.street_id = ${streetId}
        and r.requested_at between ${from} and ${to}
        and (${filter.codes}::text[] is null or r.category_code = any (${filter.codes}::text[]))
        and (${filter.statuses}::text[] is null or r.status = any (${filter.statuses}::text[]))
      order by r.requested_at desc, r.work_order_id desc limit ${size} offset ${skipped}`,
  );
}

export interface UpdateRow {
  readonly updateId: string;
  readonly requestId: string;
  readonly word: string;
  readonly at: Date;
  readonly timeZone: string;
}

export function findUpdates(q: Executor, streetId: string, span: Span, page: Page): Promise<UpdateRow[]> {
  return q.query<UpdateRow>(
    sql`select u.update_id as "updateId", r.request_id as "requestId", u.word, u.at, r.time_zone as "timeZone"
      from open311.request_update u
        join open311.request r on r.scope_id = u.scope_id and r.work_order_id = u.work_order_id
        join open311.service s on s.scope_id = r.street_id and s.category_code = r.category_code and s.is_published
      where u.street_id = ${streetId} and u.at between ${span.from} and ${span.to}
      order by u.at, u.update_id limit ${page.size} offset ${page.skipped}`,
  );
}

export interface ClientRow {
  readonly id: string;
  readonly name: string;
  readonly mayReport: boolean;
  readonly mayUpdate: boolean;
  readonly perMinute: number;
}

/** By what the key hashes to, within one street; a revoked one is nobody's. */
export async function findClient(tx: Tx, streetId: string, keyHash: Buffer): Promise<ClientRow | null> {
  const [row] = await tx.query<ClientRow>(
    sql`select c.client_id as id, c.name, c.may_report as "mayReport", c.may_update as "mayUpdate", c.per_minute as "perMinute"
      from open311.client c where c.scope_id = ${streetId} and c.key_hash = ${keyHash} and c.revoked_at is null`,
  );
  return row ?? null;
}
