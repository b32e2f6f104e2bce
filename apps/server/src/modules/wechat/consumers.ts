import type { Consumer } from '../../platform/events/dispatcher.ts';
import { notify } from '../../platform/notify/notify.ts';

/** Whose account is told things in another place from now on hears of it in the old ones too. */
export const tellBound: Consumer = {
  name: 'wechat.bound',
  kinds: ['wechat.bound'],
  async handle(events, tx) {
    for (const { scopeId, objectId: accountId, occurredAt: at } of events)
      notify(tx, { scopeId, accountId, template: 'wechat.bound', params: {}, link: '/m/me/messages', at });
  },
};
