import { sql } from '../../platform/db/sql.ts';
import type { Visibility } from '../../platform/live/live.ts';

export const visiblePayments: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select p.payment_id as id from payments.payment p
        where p.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and p.payment_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};

export const visibleTills: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select t.session_id as id from payments.till_session t
        where t.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and t.session_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};

/** Of events, and of the pictures of slips. */
export const visibleDeposits: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select d.deposit_id as id from payments.cash_deposit d
        where d.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and d.deposit_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};

export const visibleInvoices: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select i.request_id as id from payments.invoice_request i
        where i.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and i.request_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};
