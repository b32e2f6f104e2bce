import type { Tx } from '../../platform/db/database.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import type { House } from '../../platform/house.ts';
import { writeChange } from './changes.ts';
import { markDue } from './domain.ts';
import { categoryAt, settingsOf, workingOf } from './facts.ts';
import { claimDue, postpone } from './queries.ts';
import { nextOrder } from './service.ts';
import type { Order } from './tables.ts';

const system = { accountId: null, name: null, role: 'system' };

/** How long an order rests whose deadlines could not be judged (a setting that its key does not allow, say). */
const restMilliseconds = 10 * 60_000;

/** What time brings to orders: a limit that ran out, a call that is due, an answer nobody gave. Marked once. */
export const workOrderDue: DueSweep = {
  name: 'work_orders.due',
  async claim(tx: Tx, now: Date, limit: number, house: House): Promise<number> {
    const orders = await claimDue(tx, now, limit);
    for (const before of orders) {
      try {
        await mark(tx, house, before, now);
      } catch (error) {
        // One scope's mistake must not stop every other deadline of the city.
        const { name, message } = error as Error;
        house.log.error(
          { workOrderId: before.id, name, message },
          'deadlines of an order could not be judged',
        );
        tx.write(postpone(before, new Date(now.getTime() + restMilliseconds)));
      }
    }
    return orders.length;
  },
};

async function mark(tx: Tx, house: House, before: Order, now: Date): Promise<void> {
  const category = await categoryAt(tx, before.state.categoryCode, before.wall, before.state.clockStartAt);
  if (category === null) throw new Error(`unknown category ${before.state.categoryCode}`);
  const settings = await settingsOf(house, tx, before.wall, now, before.state.categoryCode);
  const working = await workingOf(tx, before.wall);
  const decision = markDue(before.state, { now: now.getTime(), category, settings, working });
  const after = nextOrder(before, decision, null, now);
  writeChange(tx, { before, after, decision, steps: [], by: system, now });
}
