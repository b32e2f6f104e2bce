import type { MessageKinds } from '../../platform/notify/messages.ts';

const kind = { urgency: 'action', outside: [] } as const;

/** That something about a consent changed; whose it is stays on the page. */
export const messages: MessageKinds = {
  'person.corrected': kind,
  'person.number_removed': kind,
  'consent.ending.delegate': kind,
  'consent.ending.grantor': kind,
  'consent.ended.delegate': kind,
  'consent.ended.grantor': kind,
  'consent.given.delegate': kind,
  'consent.given.grantor': kind,
  'consent.revoked.delegate': kind,
  'consent.revoked.grantor': kind,
};
