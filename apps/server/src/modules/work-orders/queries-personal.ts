import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';

/** What this module holds about one person of a scope: what they reported, said and showed, and whom we call for it. */

/** More than anybody has; a bound, so that one question stays one question. */
const most = 5_000;

export interface ReportedRow {
  readonly id: string;
  readonly number: string;
  readonly categoryCode: string;
  readonly description: string;
  readonly placeLabel: string;
  readonly status: string;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly rating: string | null;
  readonly ratingWords: string | null;
}

export function reportedBy(q: Executor, scopeId: string, accountId: string): Promise<ReportedRow[]> {
  return q.query(sql`
    select work_order_id as id, number, category_code as "categoryCode", description, place_label as "placeLabel", status,
      created_at as "createdAt", closed_at as "closedAt", rating, rating_words as "ratingWords"
    from work_orders.work_order where scope_id = ${scopeId} and reporter_account_id = ${accountId}
    order by work_order_id limit ${most}`);
}

export interface SaidRow {
  readonly orderId: string;
  readonly kind: string;
  readonly text: string | null;
  readonly at: Date;
}

/** Every step of theirs on orders of their own and of their homes, with what they wrote. */
export function saidBy(
  q: Executor,
  scopeId: string,
  accountId: string,
  householdIds: readonly string[],
): Promise<SaidRow[]> {
  return q.query(sql`
    select e.work_order_id as "orderId", e.kind, coalesce(e.params ->> 'text', e.params ->> 'reason', e.params ->> 'words') as text, e.at
    from work_orders.work_order o
      join work_orders.event e on e.scope_id = o.scope_id and e.work_order_id = o.work_order_id
    where o.scope_id = ${scopeId} and e.actor_account_id = ${accountId}
      and (o.reporter_account_id = ${accountId} or o.household_id = any (${householdIds}::uuid[]))
    order by e.event_id limit ${most}`);
}

export interface UploadedRow {
  readonly id: string;
  readonly mediaType: string;
  readonly createdAt: Date;
  readonly orderId: string | null;
}

export function uploadedBy(q: Executor, scopeId: string, accountId: string): Promise<UploadedRow[]> {
  return q.query(sql`
    select file_id as id, media_type as "mediaType", created_at as "createdAt", attached_id as "orderId"
    from platform.file where scope_id = ${scopeId} and uploaded_by = ${accountId} order by file_id limit ${most}`);
}

interface ContactRow {
  readonly id: string;
  readonly contact_cipher: Buffer;
  readonly is_open: boolean;
}

/** Of the person's homes and reports: orders that name somebody to call. Whom, only opening tells. */
function withContact(scopeId: string, accountId: string | null, householdIds: readonly string[]): Statement {
  return sql`select work_order_id as id, contact_cipher, is_open from work_orders.work_order
    where scope_id = ${scopeId} and contact_cipher is not null
      and (household_id = any (${householdIds}::uuid[]) or reporter_account_id = ${accountId}::uuid)
    order by work_order_id limit ${most}`;
}

export interface Called {
  readonly name: string;
  readonly phone: string | null;
}

/** Which of those orders call this very person. */
export async function ordersCalling(
  q: Executor,
  crypto: Crypto,
  scopeId: string,
  who: Called & { readonly accountId: string | null; readonly householdIds: readonly string[] },
): Promise<{ id: string; isOpen: boolean }[]> {
  const rows = await q.query<ContactRow>(withContact(scopeId, who.accountId, who.householdIds));
  return rows.flatMap((row) => {
    const contact = JSON.parse(crypto.open(row.contact_cipher, 'work_orders.work_order', row.id)) as Called;
    const isSame =
      contact.name === who.name || (who.phone !== null && contact.phone?.replace(/\D/g, '') === who.phone);
    return isSame ? [{ id: row.id, isOpen: row.is_open }] : [];
  });
}

/** Open and ended orders of an account. */
export async function countReported(
  q: Executor,
  scopeId: string,
  accountId: string,
): Promise<{ open: number; ended: number; openIds: string[] }> {
  const [row] = await q.query<{ open: number; ended: number; openIds: string[] | null }>(sql`
    select count(*) filter (where is_open)::integer as open, count(*) filter (where not is_open)::integer as ended,
      array_agg(work_order_id) filter (where is_open) as "openIds"
    from work_orders.work_order where scope_id = ${scopeId} and reporter_account_id = ${accountId}`);
  return { open: row?.open ?? 0, ended: row?.ended ?? 0, openIds: row?.openIds ?? [] };
}

/** Nobody is called for these any more. Worker: also what belongs to a company that serves elsewhere now. */
export function forgetContacts(tx: Tx, scopeId: string, ids: readonly string[]): void {
  tx.write(
    sql`update work_orders.work_order set contact_cipher = null, contact_masked = null
        where scope_id = ${scopeId} and work_order_id = any (${ids}::uuid[])`,
  );
}

/** Who agreed to a price in these homes, or in an own report, under this name. Worker. */
export function forgetSigner(
  tx: Tx,
  scopeId: string,
  who: {
    readonly nameMasked: string;
    readonly accountId: string | null;
    readonly householdIds: readonly string[];
  },
): void {
  tx.write(
    sql`update work_orders.charge_entry set signer_name = ''
        where scope_id = ${scopeId} and signer_name = ${who.nameMasked}
          and (household_id = any (${who.householdIds}::uuid[]) or reporter_account_id = ${who.accountId}::uuid)`,
  );
}
