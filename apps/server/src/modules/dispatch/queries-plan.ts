import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { compoundsOfDepartment, wallsOf } from '../places/index.ts';
import { lockTask, type TaskRow } from './queries-tasks.ts';

/** What the automatic mode plans: all that waits in a department. */

/** Departments in which something is due to be planned; over all scopes (worker role). */
export async function departmentsToPlan(q: Executor, now: Date): Promise<string[]> {
  const rows = await q.query<{ scopeId: string }>(
    sql`select distinct t.scope_id as "scopeId" from dispatch.task t
        where t.next_due_at <= ${now} and t.mode = 'automatic' and not t.is_emergency limit 1000`,
  );
  const walls = await wallsOf(
    q,
    rows.map(({ scopeId }) => scopeId),
  );
  // Where nobody serves a place, the place stands for itself: nobody is found, and it is said so.
  return [...new Set(walls.map(({ scopeId, departmentId }) => departmentId ?? scopeId))].sort();
}

/** One planner a department at a time; whoever comes second leaves it to the first. */
export async function isPlannedHere(tx: Tx, departmentId: string): Promise<boolean> {
  const [row] = await tx.query<{ isLocked: boolean }>(
    sql`select pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended(${`dispatch.plan ${departmentId}`}, 0)) as "isLocked"`,
  );
  return row?.isLocked === true;
}

export const MOST_IN_A_BATCH = 200;

/** Locked one after the other in the order of their ids, as everybody does who locks several. */
export async function lockWaiting(tx: Tx, scopeIds: readonly string[]): Promise<TaskRow[]> {
  const rows = await tx.query<{ scopeId: string; orderId: string }>(
    sql`select t.scope_id as "scopeId", t.work_order_id as "orderId" from dispatch.task t
        where t.scope_id = any (${scopeIds}::uuid[]) and t.mode = 'automatic' and not t.is_emergency
          and t.next_due_at is not null
        order by t.next_due_at, t.work_order_id limit ${MOST_IN_A_BATCH}`,
  );
  const found: TaskRow[] = [];
  for (const { scopeId, orderId } of rows.toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1))) {
    const row = await lockTask(tx, scopeId, orderId);
    // Answered or closed while the lock was waited for.
    if (row !== null && row.task.nextDueAt !== null) found.push(row);
  }
  return found;
}

export async function scopesOf(q: Executor, departmentId: string): Promise<string[]> {
  const compounds = await compoundsOfDepartment(q, departmentId);
  return [departmentId, ...compounds.map(({ id }) => id)];
}

/**
 * Who is not to be asked about anything else just now: whoever is asked in turn, and whoever was just asked about an
 * emergency. What all may grab is nobody's in particular.
 */
export async function askedElsewhere(
  q: Executor,
  scopeIds: readonly string[],
  emergenciesSince: Date,
  now: Date,
): Promise<string[]> {
  const rows = await q.query<{ id: string }>(
    sql`select distinct o.account_id as id from dispatch.offer o
          join dispatch.task t on t.scope_id = o.scope_id and t.work_order_id = o.work_order_id and t.round = o.round
        where o.scope_id = any (${scopeIds}::uuid[]) and o.state = 'open' and o.expires_at >= ${now}
          and (case when t.is_emergency then o.rung_at > ${emergenciesSince} else t.mode = 'in_turn' end)`,
  );
  return rows.map(({ id }) => id);
}

/** A department's mistake must not stop all others: what is due there rests. */
export async function restPlan(tx: Tx, departmentId: string, until: Date): Promise<void> {
  tx.write(
    sql`update dispatch.task set next_due_at = ${until}
        where scope_id = any (${await scopesOf(tx, departmentId)}::uuid[]) and mode = 'automatic' and not is_emergency and next_due_at < ${until}`,
  );
}

/** Who was asked since then and said no, in whichever round. */
export async function declinedSince(
  q: Executor,
  scopeId: string,
  orderId: string,
  since: Date,
): Promise<string[]> {
  const rows = await q.query<{ id: string }>(
    sql`select distinct o.account_id as id from dispatch.offer o
        where o.scope_id = ${scopeId} and o.work_order_id = ${orderId} and o.state = 'declined' and o.offered_at >= ${since}`,
  );
  return rows.map(({ id }) => id);
}
