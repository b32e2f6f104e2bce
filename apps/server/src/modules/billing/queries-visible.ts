import { sql } from '../../platform/db/sql.ts';
import type { Visibility } from '../../platform/live/live.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';

const scopes = (objects: Parameters<Visibility>[2]) => objects.map(({ scopeId }) => scopeId);
const ids = (objects: Parameters<Visibility>[2]) => objects.map(({ id }) => id);

export const visibleRuns: Visibility = async (q, acting, objects) => {
  if (!mayAttempt(acting.role, 'bill.run')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select r.run_id as id from billing.run r
        where r.scope_id = any (${scopes(objects)}::uuid[]) and r.run_id = any (${ids(objects)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};

export const visibleLines: Visibility = async (q, acting, objects) => {
  if (!mayAttempt(acting.role, 'bill.read')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select l.line_id as id from billing.bill_line l
        where l.scope_id = any (${scopes(objects)}::uuid[]) and l.line_id = any (${ids(objects)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};
