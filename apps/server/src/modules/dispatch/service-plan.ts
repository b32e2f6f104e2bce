import { SECOND } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { type DispatchOrder, orderOfHouse, refusedBy } from '../work-orders/index.ts';
import { ableOf, planBatch, type Ranked, type Waiting } from './domain.ts';
import { rankingOf, teamOf } from './queries-candidates.ts';
import { askedElsewhere, declinedSince, lockWaiting, scopesOf } from './queries-plan.ts';
import type { TaskRow } from './queries-tasks.ts';
import { levelsOf, rulesAt } from './queries-rules.ts';
import { followOrder, storeAsked, WAITING } from './service-tasks.ts';

interface Found {
  readonly row: TaskRow;
  readonly found: DispatchOrder;
  readonly ranked: readonly Ranked[];
}

/** Plans all that waits in a department; says how many orders that were. The caller holds the department's lock. */
export async function planDepartment(tx: Tx, house: House, departmentId: string, now: Date): Promise<number> {
  const at = now.getTime();
  const scopeIds = await scopesOf(tx, departmentId);
  const rows = await lockWaiting(tx, scopeIds);
  // Somebody else has planned it while its turn was waited for.
  if (!rows.some(({ task }) => task.nextDueAt !== null && task.nextDueAt <= at)) return 0;
  const team = await teamOf(tx, house, departmentId, at);
  const all: Found[] = [];
  for (const row of rows) {
    const { scopeId, orderId } = row;
    const found = await orderOfHouse(tx, scopeId, orderId);
    if (found === null || !WAITING.includes(found.order.state.status)) {
      await followOrder(tx, house, scopeId, orderId, now);
      if (found === null)
        tx.write(
          sql`update dispatch.task set next_due_at = null where scope_id = ${scopeId} and work_order_id = ${orderId}`,
        );
      continue;
    }
    const since = new Date(found.order.state.clockStartAt);
    // A no is a no in the next round as well.
    const declined = [
      ...(await refusedBy(tx, scopeId, orderId, since)),
      ...(await declinedSince(tx, scopeId, orderId, since)),
    ];
    all.push({ row, found, ranked: team === null ? [] : await rankingOf(tx, team, found, declined) });
  }
  const [first] = all;
  if (first === undefined) return rows.length;
  // A department plans by one rule: that of its own, or of whoever stands above it.
  const wall = team === null ? first.found.order.wall : team.wall;
  const [{ offers }, plan] = await Promise.all([
    rulesAt(tx, house, wall, now),
    house.settings.get(tx, levelsOf(wall), 'dispatch.automatic', now),
  ]);
  const since = new Date(at - offers.turnSeconds * SECOND);
  const busy = new Set(await askedElsewhere(tx, scopeIds, since, now));
  const waiting = all.map(
    ({ row, found, ranked }): Waiting => ({
      id: row.orderId,
      skill: found.skill,
      task: row.task,
      ranked,
      since: found.order.state.clockStartAt,
      respondDueAt: found.order.state.respondDueAt,
      arriveDueAt: found.order.state.arriveDueAt,
    }),
  );
  const minutesPerOpenOrder = team?.settings.minutesPerOpenOrder ?? 0;
  const able = ableOf(team?.people ?? []);
  const planned = planBatch(waiting, { busy, able, minutesPerOpenOrder, offers, plan }, at);
  for (const { row, found, ranked } of all) {
    const task = planned.get(row.orderId);
    if (task !== undefined) await storeAsked(tx, row, task, found, ranked, now);
  }
  return rows.length;
}
