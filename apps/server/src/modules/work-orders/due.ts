import type { Tx } from '../../platform/db/database.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import type { House } from '../../platform/house.ts';
import { writeChange } from './changes.ts';
import { markDue } from './domain.ts';
import { categoryOf, settingsOf } from './facts.ts';
import { claimDue } from './queries.ts';
import { nextOrder } from './service.ts';

const system = { accountId: null, name: null, role: 'system' };

/** What time brings to orders: a limit that ran out, a call that is due, an answer nobody gave. Marked once. */
export const workOrderDue: DueSweep = {
  name: 'work_orders.due',
  async claim(tx: Tx, now: Date, limit: number, house: House): Promise<number> {
    const orders = await claimDue(tx, now, limit);
    for (const before of orders) {
      const category = await categoryOf(tx, before.state.categoryCode);
      if (category === null)
        throw new Error(`order ${before.id} bears the unknown category ${before.state.categoryCode}`);
      const settings = await settingsOf(house, tx, before.wall, now);
      const decision = markDue(before.state, { now: now.getTime(), category, settings });
      writeChange(tx, {
        before,
        after: nextOrder(before, decision, null, now),
        decision,
        steps: [],
        by: system,
        now,
      });
    }
    return orders.length;
  },
};
