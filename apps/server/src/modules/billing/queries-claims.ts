import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import { type ArrearsStanding, standingColumns } from './queries-arrears.ts';
import { runColumns } from './queries-runs.ts';
import type { RunRow } from './tables.ts';

/** The worker's next: whatever waits to be calculated or posted; what another worker has in hand is passed over. */
export async function claimRun(tx: Tx, state: 'calculating' | 'approved'): Promise<RunRow | null> {
  const [row] = await claimByScope<RunRow>(tx, {
    columns: runColumns,
    from: sql`billing.run r`,
    scope: sql`r.scope_id`,
    id: sql`r.run_id`,
    due: sql`r.state = ${state}`,
    order: sql`r.run_id`,
    limit: 1,
  });
  return row ?? null;
}

/** Households whose next look has come. */
export function claimArrears(tx: Tx, now: Date, limit: number): Promise<ArrearsStanding[]> {
  return claimByScope<ArrearsStanding>(tx, {
    columns: standingColumns,
    from: sql`billing.arrears a`,
    scope: sql`a.scope_id`,
    id: sql`a.household_id`,
    due: sql`a.next_at <= ${now}`,
    order: sql`a.next_at`,
    limit,
  });
}
