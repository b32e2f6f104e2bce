import { sql } from '../../platform/db/sql.ts';
import type { DueSweep } from '../../platform/due/due.ts';

/** With the shift goes where somebody was. */
export const forgetPositions: DueSweep = {
  name: 'dispatch.positions',
  everyMilliseconds: 30_000,
  async claim(tx, now, limit) {
    const rows = await tx.query(
      sql`delete from dispatch.position p where (p.scope_id, p.account_id) in (
            select d.scope_id, d.account_id from dispatch.position d where d.expires_at <= ${now} limit ${limit}) returning 1`,
    );
    return rows.length;
  },
};
