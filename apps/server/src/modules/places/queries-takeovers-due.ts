import type { Tx } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import { type Takeover, takeoverColumns } from './queries-takeovers.ts';

/** Claims of the worker, over all scopes; another claim's are passed over. */

const claim = (tx: Tx, now: Date, states: Statement, limit: number): Promise<Takeover[]> =>
  claimByScope(tx, {
    columns: takeoverColumns,
    from: sql`places.takeover t`,
    scope: sql`t.scope_id`,
    id: sql`t.takeover_id`,
    due: sql`t.next_due_at <= ${now} and t.state in (${states})`,
    order: sql`t.next_due_at`,
    limit,
  });

/** What is due of plans and of endings (worker role). */
export const claimTakeovers = (tx: Tx, now: Date, limit: number): Promise<Takeover[]> =>
  claim(tx, now, sql`'planned', 'done'`, limit);

/** One that took effect and whose orders may still have to follow (worker role). */
export async function claimFollowing(tx: Tx, now: Date): Promise<Takeover | null> {
  const [row] = await claim(tx, now, sql`'applied'`, 1);
  return row ?? null;
}
