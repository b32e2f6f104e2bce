import type { MessageKinds } from '../../platform/notify/messages.ts';

/** What became of a payment. No amount and no name leaves the house: the page says both, behind the sign-in. */
export const messages: MessageKinds = {
  'payment.paid': { urgency: 'news', outside: [] },
  'payment.taken': { urgency: 'news', outside: [] },
  'payment.deducted': { urgency: 'news', outside: [] },
  'payment.failed': { urgency: 'action', outside: [] },
  'payment.disputed': { urgency: 'news', outside: [] },
  'payment.refunded': { urgency: 'news', outside: [] },
  'payment.refund_failed': { urgency: 'news', outside: [] },
};
