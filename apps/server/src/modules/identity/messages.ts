import type { MessageKinds } from '../../platform/notify/messages.ts';

const kind = { urgency: 'action', outside: [] } as const;

/** That something about a consent changed; whose it is stays on the page. */
export const messages: MessageKinds = {
  'consent.given.delegate': kind,
  'consent.given.grantor': kind,
  'consent.revoked.delegate': kind,
  'consent.revoked.grantor': kind,
};
