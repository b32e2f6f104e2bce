import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';

/** What the staff's pages read; row-level security keeps each street, company and desk to its own. */

export interface ClientEntry {
  readonly id: string;
  readonly name: string;
  readonly mayReport: boolean;
  readonly mayUpdate: boolean;
  readonly perMinute: number;
  readonly createdByName: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly reports: number;
}

/** With what each sent in the last thirty days: a key that nobody uses is a key to revoke. */
export function clientsOf(q: Executor, streetId: string, since: Date): Promise<ClientEntry[]> {
  return q.query<ClientEntry>(
    sql`select c.client_id as id, c.name, c.may_report as "mayReport", c.may_update as "mayUpdate", c.per_minute as "perMinute",
        c.created_by_name as "createdByName", c.created_at as "createdAt", c.revoked_at as "revokedAt",
        (select count(*)::integer from open311.submission m where m.street_id = c.scope_id and m.client_id = c.client_id
          and m.received_at >= ${since}) as reports
      from open311.client c where c.scope_id = ${streetId} order by c.revoked_at nulls first, c.created_at desc, c.client_id`,
  );
}

export interface PublicationRow {
  readonly requestId: string;
  readonly categoryCode: string;
  readonly status: 'open' | 'closed';
  readonly word: string;
  readonly address: string;
  readonly publicText: string | null;
  readonly approvedByName: string | null;
  readonly approvedAt: Date | null;
  readonly version: number;
}

export async function publicationOf(
  q: Executor,
  scopeId: string,
  orderId: string,
): Promise<PublicationRow | null> {
  const [row] = await q.query<PublicationRow>(
    sql`select r.request_id as "requestId", r.category_code as "categoryCode", r.status, r.word, r.address, r.public_text as "publicText",
        r.approved_by_name as "approvedByName", r.approved_at as "approvedAt", r.version
      from open311.request r where r.scope_id = ${scopeId} and r.work_order_id = ${orderId}`,
  );
  return row ?? null;
}

export interface SubmissionRow {
  readonly id: string;
  readonly clientName: string;
  readonly receivedAt: Date;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly addressString: string | null;
  readonly addressId: string | null;
  readonly mediaUrls: string[];
  readonly contactCipher: Buffer | null;
}

export async function submissionOf(
  q: Executor,
  scopeId: string,
  orderId: string,
): Promise<SubmissionRow | null> {
  const [row] = await q.query<SubmissionRow>(
    sql`select m.submission_id as id, m.client_name as "clientName", m.received_at as "receivedAt", m.latitude, m.longitude,
        m.address_string as "addressString", m.address_id as "addressId", m.media_urls as "mediaUrls", m.contact_cipher as "contactCipher"
      from open311.submission m where m.scope_id = ${scopeId} and m.work_order_id = ${orderId}`,
  );
  return row ?? null;
}

export interface ClientUpdateRow {
  readonly id: string;
  readonly clientName: string;
  readonly receivedAt: Date;
  readonly status: string | null;
  readonly mediaUrls: string[];
  readonly contactCipher: Buffer | null;
}

export function clientUpdatesOf(
  q: Executor,
  streetId: string,
  placeId: string,
  orderId: string,
): Promise<ClientUpdateRow[]> {
  return q.query<ClientUpdateRow>(
    sql`select u.client_update_id as id, u.client_name as "clientName", u.received_at as "receivedAt", u.status,
        u.media_urls as "mediaUrls", u.contact_cipher as "contactCipher"
      from open311.client_update u
      where u.scope_id = ${streetId} and u.place_id = ${placeId} and u.work_order_id = ${orderId} order by u.received_at, u.client_update_id`,
  );
}

/** Locked, so that of two who approve at once the second is told. */
export async function lockPublication(
  tx: Tx,
  scopeId: string,
  orderId: string,
): Promise<{ readonly version: number } | null> {
  const [row] = await tx.query<{ version: number }>(
    sql`select r.version from open311.request r where r.scope_id = ${scopeId} and r.work_order_id = ${orderId} for no key update`,
  );
  return row ?? null;
}
