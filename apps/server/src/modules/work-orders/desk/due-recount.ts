import type { Tx } from '../../../platform/db/database.ts';
import type { DueSweep } from '../../../platform/due/due.ts';
import type { House } from '../../../platform/house.ts';
import { writeChange } from '../changes.ts';
import { recountDues } from '../domain.ts';
import { categoryAt, settingsOf } from '../facts.ts';
import { forgetRules, workingOf } from '../facts-rules.ts';
import { nextOrder } from '../service.ts';
import { claimRecount, keepRecount, nextToRecount } from './queries-calendar.ts';

const system = { accountId: null, name: null, role: 'system' };

/**
 * A changed calendar reaches the open orders: in batches, each with its event, where it left off after a restart.
 * Days that have passed are told as before, so nothing that happened is judged otherwise.
 */
export const calendarRecount: DueSweep = {
  name: 'work_orders.calendar_recount',
  lane: 'work',
  async claim(tx: Tx, now: Date, limit: number, house: House): Promise<number> {
    const recount = await claimRecount(tx, now);
    if (recount === null) return 0;
    // Another process may have written the change a moment ago.
    if (recount.after === null) forgetRules();
    const orders = await nextToRecount(tx, recount, limit);
    let moved = 0;
    for (const before of orders) {
      const [category, settings, working] = await Promise.all([
        categoryAt(tx, before.state.categoryCode, before.wall, before.state.clockStartAt),
        settingsOf(house, tx, before.wall, now, before.state.categoryCode),
        workingOf(tx, before.wall),
      ]);
      if (category === null) continue;
      const decision = recountDues(before.state, { now: now.getTime(), category, settings, working });
      if (decision === null) continue;
      moved += 1;
      const after = nextOrder(before, decision, null, now);
      writeChange(tx, { before, after, decision, steps: [], by: system, now });
    }
    keepRecount(tx, recount, orders.at(-1)?.id ?? null, orders.length, moved);
    // The last, empty batch is work too: another change may wait behind it.
    return Math.max(orders.length, 1);
  },
};
