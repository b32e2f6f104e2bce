import type { Visibility } from '../../platform/live/live.ts';
import { sql } from '../../platform/db/sql.ts';

/** Which of these cases this reader may see now. An event lies in the place it was written in, the case in its city. */
export const visibleCases: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select c.case_id as id from hotline.hotline_case c
        where c.scope_id is not null and c.case_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};
