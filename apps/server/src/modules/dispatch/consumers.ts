import { HOUR } from '@gongzhi/kernel';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import { EVENT_KINDS_OF_ORDERS } from '../work-orders/index.ts';
import { tasksAmong } from './queries-tasks.ts';
import { followOrder, tellNotThere } from './service-tasks.ts';

/**
 * Whatever happens to an order, what dispatch keeps about it follows: each order of a batch once, by what it is now.
 * So it does not matter which event it was, and none can be forgotten.
 */
export const followOrders: Consumer = {
  name: 'dispatch.follow',
  kinds: EVENT_KINDS_OF_ORDERS,
  async handle(events, tx, house) {
    // A history that is loaded is not asked about: what of it still waits is found by the sweep (due.ts). What is kept
    // already follows however late it is heard, or an order would slip out of its chain while the worker was down.
    const since = house.clock.now().getTime() - HOUR;
    const late = events.filter(({ occurredAt }) => occurredAt.getTime() < since);
    const kept = late.length === 0 ? new Set<string>() : await tasksAmong(tx, late);
    const heard = events.filter(
      ({ occurredAt, objectId }) => occurredAt.getTime() >= since || kept.has(objectId),
    );
    const orders = new Map(heard.map((event) => [event.objectId, event]));
    // In one order of ids: two who lock several wait for each other and don't embrace.
    const sorted = [...orders.values()].toSorted((a, b) => (a.objectId < b.objectId ? -1 : 1));
    for (const { scopeId, objectId, occurredAt } of sorted)
      await followOrder(tx, house, scopeId, objectId, occurredAt);
  },
};

/** On site in time, or the manager, the company and the street know why not. */
export const tellOfArrivals: Consumer = {
  name: 'dispatch.not_there',
  kinds: ['work_order.arrive_overdue'],
  startsAt: 'next',
  async handle(events, tx, house) {
    for (const { scopeId, objectId, occurredAt } of events)
      await tellNotThere(tx, house, scopeId, objectId, occurredAt);
  },
};
