import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import type { House } from '../../platform/house.ts';
import { claimTasks, type TaskRow, unwatchedOrders } from './queries-tasks.ts';
import { departmentsToPlan, isPlannedHere, restPlan } from './queries-plan.ts';
import { planDepartment } from './service-plan.ts';
import { askNext, climbOn, followOrder, type Teams } from './service-tasks.ts';

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

const restMilliseconds = 60_000;

/** One order's mistake must not stop all others: it rests, and is said. */
async function each(
  tx: Tx,
  house: House,
  rows: readonly TaskRow[],
  now: Date,
  column: 'next_due_at' | 'watch_due_at',
  run: (row: TaskRow) => Promise<void>,
): Promise<number> {
  for (const row of rows) {
    try {
      await run(row);
    } catch (error) {
      const { name, message } = error as Error;
      house.log.error({ workOrderId: row.orderId, name, message }, 'an order could not be dispatched');
      const later = new Date(now.getTime() + restMilliseconds);
      tx.write(
        column === 'next_due_at'
          ? sql`update dispatch.task set next_due_at = ${later} where scope_id = ${row.scopeId} and work_order_id = ${row.orderId}`
          : sql`update dispatch.task set watch_due_at = ${later} where scope_id = ${row.scopeId} and work_order_id = ${row.orderId}`,
      );
    }
  }
  return rows.length;
}

/** Who is asked next, and whose countdown has run out. Rows: a restart goes on where it stood. */
export const askSweep: DueSweep = {
  name: 'dispatch.offers',
  async claim(tx, now, limit, house) {
    const teams: Teams = new Map();
    const rows = await claimTasks(tx, 'offers', now, Math.min(limit, 50));
    return each(tx, house, rows, now, 'next_due_at', (row) => askNext(tx, house, row, teams, now));
  },
};

/** The automatic mode: a department at a time, all that waits in it together. */
export const planSweep: DueSweep = {
  name: 'dispatch.plan',
  async claim(tx, now, _limit, house) {
    for (const departmentId of await departmentsToPlan(tx, now)) {
      if (!(await isPlannedHere(tx, departmentId))) continue;
      try {
        const planned = await planDepartment(tx, house, departmentId, now);
        if (planned > 0) return planned;
      } catch (error) {
        const { name, message } = error as Error;
        house.log.error({ departmentId, name, message }, 'a department could not be planned');
        await restPlan(tx, departmentId, new Date(now.getTime() + restMilliseconds));
        return 1;
      }
    }
    return 0;
  },
};

/** Nobody has taken it: the chain climbs. */
export const climbSweep: DueSweep = {
  name: 'dispatch.escalation',
  async claim(tx, now, limit, house) {
    const rows = await claimTasks(tx, 'watch', now, Math.min(limit, 50));
    return each(tx, house, rows, now, 'watch_due_at', (row) => climbOn(tx, house, row, now));
  },
};

/** Orders that were there before dispatch, or came past the outbox (imports): watched from when they are found. */
export const adoptSweep: DueSweep = {
  name: 'dispatch.adopt',
  lane: 'work',
  everyMilliseconds: 60_000,
  async claim(tx, now, limit, house) {
    const found = await unwatchedOrders(tx, Math.min(limit, 100));
    let kept = 0;
    for (const { scopeId, id } of found) if (await followOrder(tx, house, scopeId, id, now)) kept++;
    return kept;
  },
};
