import { localDate } from '@gongzhi/kernel';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import { notify } from '../../platform/notify/notify.ts';
import { membersOfHouseholds, wallOf } from '../places/index.ts';
import { isOnline, type Way } from './domain.ts';

const templates: Readonly<Record<string, (way: Way) => string>> = {
  'payment.paid': (way) =>
    isOnline(way) ? 'payment.paid' : way === 'balance' ? 'payment.deducted' : 'payment.taken',
  'payment.failed': () => 'payment.failed',
  'payment.disputed': () => 'payment.disputed',
  'payment.refund_done': () => 'payment.refunded',
  'payment.refund_failed': () => 'payment.refund_failed',
};

/**
 * Whoever pays on a phone is told what became of it, also a child for a parent; of what was taken at the desk or off the
 * balance, everybody of the home is.
 */
export const tellPayers: Consumer = {
  name: 'payments.notify',
  kinds: Object.keys(templates),
  async handle(events, tx) {
    for (const event of events) {
      const way = event.payload['way'] as Way;
      const { householdId, reporterAccountId } = event.wall;
      if (householdId === null) continue;
      const wall = await wallOf(tx, event.scopeId);
      const on = localDate(event.occurredAt.getTime(), wall?.timeZone);
      const told = isOnline(way)
        ? [reporterAccountId].filter((id) => id !== null)
        : (await membersOfHouseholds(tx, event.scopeId, [householdId], on)).map(({ accountId }) => accountId);
      for (const accountId of told)
        notify(tx, {
          scopeId: event.scopeId,
          wall: event.wall,
          accountId,
          template: templates[event.kind]!(way),
          params: {},
          link: `/m/pay/${event.scopeId}/${event.objectId}`,
          objectId: event.objectId,
          at: event.occurredAt,
        });
    }
  },
};
