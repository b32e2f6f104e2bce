import type { Consumer } from '../../platform/events/dispatcher.ts';
import { notify } from '../../platform/notify/notify.ts';

/** Both parties of a consent are told when it is given and when it ends, but for who did it. Names stay on the page. */
export const tellParties: Consumer = {
  name: 'identity.consents',
  kinds: ['consent.given', 'consent.revoked'],
  async handle(events, tx) {
    for (const { kind, scopeId, objectId, payload, wall, occurredAt } of events) {
      const { byAccountId, delegateAccountId, grantorAccountId } = payload as Record<string, string | null>;
      const tell = (accountId: string | null | undefined, template: string) => {
        if (accountId == null || accountId === byAccountId) return;
        notify(tx, {
          scopeId,
          accountId,
          template,
          params: {},
          link: '/m/family',
          wall,
          objectId,
          at: occurredAt,
        });
      };
      tell(delegateAccountId, `${kind}.delegate`);
      tell(grantorAccountId, `${kind}.grantor`);
    }
  },
};
