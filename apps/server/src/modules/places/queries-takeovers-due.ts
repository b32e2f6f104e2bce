import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { type Takeover, takeoverColumns } from './queries-takeovers.ts';

/** Claims of the worker, over all scopes. */

/** What is due of plans and of endings (worker role); another claim's are passed over. */
export function claimTakeovers(tx: Tx, now: Date, limit: number): Promise<Takeover[]> {
  return tx.query<Takeover>(
    sql`select ${takeoverColumns} from places.takeover t
        where t.next_due_at <= ${now} and t.state in ('planned', 'done') order by t.next_due_at limit ${limit}
        for update skip locked`,
  );
}

/** One that took effect and whose orders may still have to follow (worker role). */
export async function claimFollowing(tx: Tx, now: Date): Promise<Takeover | null> {
  const [row] = await tx.query<Takeover>(
    sql`select ${takeoverColumns} from places.takeover t
        where t.next_due_at <= ${now} and t.state = 'applied' order by t.next_due_at limit 1 for update skip locked`,
  );
  return row ?? null;
}
