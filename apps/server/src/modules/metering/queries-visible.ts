import { sql } from '../../platform/db/sql.ts';
import type { Visibility } from '../../platform/live/live.ts';

/** Which of these meters this reader may see now. */
export const visibleMeters: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select m.meter_id as id from metering.meter m
        where m.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[])
          and m.meter_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};

/** Pictures of what a meter showed. */
export const visibleReadings: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select r.reading_id as id from metering.reading r
        where r.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[])
          and r.reading_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};
