import type { MessageKinds } from '../../platform/notify/messages.ts';

/** What it is called and what stands in it stay in the house. */
export const messages: MessageKinds = {
  'reports.made': { urgency: 'news', outside: ['date', 'count'] },
  'reports.failed': { urgency: 'action', outside: ['date'] },
  'reports.stopped': { urgency: 'action', outside: ['date'] },
};
