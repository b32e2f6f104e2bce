import { recordEvent } from '../../platform/events/outbox.ts';
import type { Consumer, DispatchedEvent } from '../../platform/events/dispatcher.ts';
import type { Tx } from '../../platform/db/database.ts';
import { uuidv7 } from '@gongzhi/kernel';
import { sharedOrders } from '../work-orders/index.ts';
import { publishedEvent } from './events.ts';
import { projectOrders } from './service-projection.ts';

const DAY = 86_400_000;
/** What was reported before is history that no hub follows. */
const daysBack = 90;
/** One transaction must stay short: the next part is an event of its own. */
const ordersAtOnce = 300;
const noOrder = '00000000-0000-0000-0000-000000000000';

/** Keeps what is public of an order true, and fills it when a street begins to publish a category. */
export const publishOrders: Consumer = {
  name: 'open311.publish',
  // Every order's every event may make it public, or no longer so: hidden, moved, another category, another company.
  async handle(events, tx) {
    const touched = new Map<string, { scopeId: string; id: string }>();
    for (const { kind, scopeId, objectId } of events)
      if (kind.startsWith('work_order.')) touched.set(`${scopeId} ${objectId}`, { scopeId, id: objectId });
    await projectOrders(tx, [...touched.values()]);
    for (const event of events) if (event.kind === publishedEvent) await fill(tx, event);
  },
};

async function fill(tx: Tx, event: DispatchedEvent): Promise<void> {
  const streetId = event.scopeId;
  const code = String(event.payload['categoryCode']);
  const since = new Date(event.occurredAt.getTime() - daysBack * DAY);
  const behind = typeof event.payload['behind'] === 'string' ? event.payload['behind'] : noOrder;
  const found = await sharedOrders(tx, streetId, code, since, behind, ordersAtOnce);
  await projectOrders(tx, found);
  if (found.length < ordersAtOnce) return;
  recordEvent(tx, {
    eventId: uuidv7(event.occurredAt.getTime()),
    scopeId: streetId,
    wall: event.wall,
    kind: publishedEvent,
    version: 1,
    objectId: event.objectId,
    payload: { categoryCode: code, behind: found.at(-1)!.id },
    occurredAt: event.occurredAt,
  });
}
