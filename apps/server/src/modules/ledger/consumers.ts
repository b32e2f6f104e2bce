import { localDate } from '@gongzhi/kernel';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import type { MessageKinds } from '../../platform/notify/messages.ts';
import { notify } from '../../platform/notify/notify.ts';
import { accountsByRole } from '../identity/index.ts';
import { ownersOfScope, wallOf } from '../places/index.ts';

export const ledgerMessages: MessageKinds = {
  'accounts.published': { urgency: 'news', outside: [] },
  'ledger.broken': { urgency: 'action', outside: ['compound'] },
};

/** The owners, whose money it is, are told of every version of their compound's accounts; each of them once. */
export const tellOwners: Consumer = {
  name: 'ledger.owners',
  kinds: ['ledger.accounts_published'],
  async handle(events, tx) {
    for (const event of events) {
      const { scopeId, wall, objectId, occurredAt: at } = event;
      const place = await wallOf(tx, scopeId);
      const today = localDate(at.getTime(), place?.timeZone);
      for (const accountId of await ownersOfScope(tx, scopeId, today))
        notify(tx, {
          scopeId,
          wall,
          accountId,
          template: 'accounts.published',
          params: {},
          link: '/m/accounts',
          objectId,
          at,
        });
    }
  },
};

/** A chain that does not hold is told to who answers for the book: the managers of the compound, and their company. */
export const tellBroken: Consumer = {
  name: 'ledger.broken',
  kinds: ['ledger.chain_broken'],
  async handle(events, tx) {
    for (const event of events) {
      const { scopeId, wall, objectId, occurredAt: at } = event;
      const place = await wallOf(tx, scopeId);
      const today = localDate(at.getTime(), place?.timeZone);
      const managers =
        place?.departmentId == null ? [] : await accountsByRole(tx, place.departmentId, ['manager'], today);
      const company =
        wall.companyId === null ? [] : await accountsByRole(tx, wall.companyId, ['company'], today);
      for (const accountId of new Set([...managers, ...company]))
        notify(tx, {
          scopeId,
          wall,
          accountId,
          template: 'ledger.broken',
          params: { compound: place?.name ?? '' },
          link: `/desk/ledger?view=chain&scope=${scopeId}`,
          objectId,
          at,
        });
    }
  },
};
