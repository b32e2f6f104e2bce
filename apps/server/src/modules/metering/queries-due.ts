import type { Tx } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import { meterColumns } from './queries.ts';
import { prepaidColumns } from './queries-prepaid.ts';
import type { MeterRow, PrepaidRow } from './tables.ts';

/** What the worker claims, over all scopes. */

const claimPrepaid = (tx: Tx, due: Statement, order: Statement, limit: number): Promise<PrepaidRow[]> =>
  claimByScope(tx, {
    columns: prepaidColumns,
    from: sql`metering.prepaid p`,
    scope: sql`p.scope_id`,
    id: sql`p.meter_id`,
    due: sql`${due} and p.ended_at is null`,
    order,
    limit,
  });

export const duePrepaid = (tx: Tx, now: Date, limit: number): Promise<PrepaidRow[]> =>
  claimPrepaid(tx, sql`p.check_at <= ${now}`, sql`p.check_at`, limit);

export const dueComparisons = (tx: Tx, today: string, limit: number): Promise<PrepaidRow[]> =>
  claimPrepaid(
    tx,
    sql`(p.compared_on is null or p.compared_on < ${today}::date)`,
    sql`p.compared_on nulls first`,
    limit,
  );

/** What was read on them since is to be looked through. */
export const watchedMeters = (tx: Tx, now: Date, limit: number): Promise<MeterRow[]> =>
  claimByScope(tx, {
    columns: meterColumns,
    from: sql`metering.meter m`,
    scope: sql`m.scope_id`,
    id: sql`m.meter_id`,
    due: sql`m.watch_at <= ${now}`,
    order: sql`m.watch_at`,
    limit,
    lock: sql`for no key update`,
  });
