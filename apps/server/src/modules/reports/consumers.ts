import type { Consumer } from '../../platform/events/dispatcher.ts';
import { notify } from '../../platform/notify/notify.ts';
import { wallOf } from '../places/index.ts';

/** Whose report made itself, or did not, hears of it in the inbox. */
export const tellOwners: Consumer = {
  name: 'reports.notify',
  kinds: ['report.made', 'report.failed', 'report.stopped'],
  startsAt: 'next',
  async handle(events, tx) {
    for (const { scopeId, objectId, kind, payload, occurredAt } of events) {
      const { accountId, ...params } = payload as { accountId: string; date: string; count?: number };
      const wall = await wallOf(tx, scopeId);
      if (wall === null) continue;
      const { cityId, streetId, companyId } = wall;
      notify(tx, {
        scopeId,
        accountId,
        template: kind.replace('report.', 'reports.'),
        params,
        link: `/desk/reports/${objectId}`,
        wall: { cityId, streetId, companyId },
        objectId,
        at: occurredAt,
      });
    }
  },
};
