import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';

/** Compounds whose readings begin before that; each is asked for its first reading only. */
export async function agedScopes(q: Executor, before: Date): Promise<string[]> {
  const rows = await q.query<{ scopeId: string }>(
    sql`select s.scope_id as "scopeId" from (select distinct d.scope_id from sensing.device d) s
        where exists (select from sensing.reading r where r.scope_id = s.scope_id and r.received_at < ${before}) order by 1`,
  );
  return rows.map((row) => row.scopeId);
}

export async function deleteAged(tx: Tx, scopeId: string, before: Date, limit: number): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`with aged as (select r.device_id, r.message_id from sensing.reading r
          where r.scope_id = ${scopeId} and r.received_at < ${before} limit ${limit}),
        gone as (delete from sensing.reading r using aged
          where r.scope_id = ${scopeId} and r.device_id = aged.device_id and r.message_id = aged.message_id returning 1)
        select count(*)::integer as count from gone`,
  );
  return row?.count ?? 0;
}
