import type { Order } from '../../api-types.ts';

/** Whether there is anything to tell: relatives, visits before this one, or calls. */
export function hasAfter(order: Order): boolean {
  return (
    order.related.length > 0 ||
    order.disputeCount > 0 ||
    order.callbackAttempts > 0 ||
    earlier(order).length > 0
  );
}

/** Visits that were finished, and were not the end of it. */
export function earlier(order: Order): Order['steps'] {
  const last = Math.max(...order.steps.map(({ visit }) => visit));
  return order.steps.filter(({ visit, workDone }) => visit < last && workDone !== null);
}
