import { HOUR } from '@gongzhi/kernel';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import { EVENT_KINDS_OF_ORDERS } from '../work-orders/index.ts';
import { followOrder } from './service-tasks.ts';

/**
 * Whatever happens to an order, what dispatch keeps about it follows: each order of a batch once, by what it is now.
 * So it does not matter which event it was, and none can be forgotten.
 */
export const followOrders: Consumer = {
  name: 'dispatch.follow',
  kinds: EVENT_KINDS_OF_ORDERS,
  async handle(events, tx, house) {
    // What is older than this and still waits is found by the sweep (due.ts), and watched from then on.
    const since = house.clock.now().getTime() - HOUR;
    const fresh = events.filter(({ occurredAt }) => occurredAt.getTime() >= since);
    const orders = new Map(fresh.map((event) => [event.objectId, event]));
    // In one order of ids: two who lock several wait for each other and don't embrace.
    const sorted = [...orders.values()].toSorted((a, b) => (a.objectId < b.objectId ? -1 : 1));
    for (const { scopeId, objectId, occurredAt } of sorted)
      await followOrder(tx, house, scopeId, objectId, occurredAt);
  },
};
