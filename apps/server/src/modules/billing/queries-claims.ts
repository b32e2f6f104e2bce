import type { LocalDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import { type ArrearsStanding, standingColumns } from './queries-arrears.ts';
import { runColumns } from './queries-runs.ts';
import type { LineWall, RunRow } from './tables.ts';

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

/** Months whose sums are behind what was paid, the longest first. */
export function claimStaleMonths(tx: Tx, limit: number): Promise<(LineWall & { period: LocalDate })[]> {
  return claimByScope(tx, {
    columns: sql`m.scope_id as "scopeId", m.city_id as "cityId", m.street_id as "streetId", m.company_id as "companyId", m.period::text as period`,
    from: sql`billing.month_total m`,
    scope: sql`m.scope_id`,
    id: sql`m.period || ' ' || m.book_id`,
    idType: 'text',
    due: sql`m.stale_since is not null`,
    order: sql`m.stale_since`,
    limit,
  });
}
