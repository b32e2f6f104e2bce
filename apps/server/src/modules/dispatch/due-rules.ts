import type { DueSweep } from '../../platform/due/due.ts';
import { broughtTo, claimRuleStart, openTasksBelow } from './queries-rules.ts';
import { followOrder } from './service-tasks.ts';

const ordersAtOnce = 50;

/** What was said from a moment on is brought to the orders that wait then, some at a time; new ones read it themselves. */
export const rulesSweep: DueSweep = {
  name: 'dispatch.rules',
  async claim(tx, now, _limit, house) {
    const start = await claimRuleStart(tx, now);
    if (start === null) return 0;
    const open = await openTasksBelow(tx, start, ordersAtOnce);
    for (const { scopeId, orderId } of open) {
      try {
        await followOrder(tx, house, scopeId, orderId, now);
      } catch (error) {
        const { name, message } = error as Error;
        house.log.error({ workOrderId: orderId, name, message }, 'a rule could not be brought to an order');
      }
    }
    const last = open.at(-1);
    broughtTo(tx, start, open.length < ordersAtOnce || last === undefined ? null : last.orderId);
    return 1;
  },
};
