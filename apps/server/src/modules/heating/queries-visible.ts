import { sql } from '../../platform/db/sql.ts';
import type { Visibility } from '../../platform/live/live.ts';

/** Which of these measurements this reader may see now. */
export const visibleVisits: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select v.visit_id as id from heating.visit v
        where v.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[])
          and v.visit_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};
