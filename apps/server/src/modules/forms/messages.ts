import type { MessageKinds } from '../../platform/notify/messages.ts';

/** Which place and until when; what is asked stays on the page. */
const outside = ['scopeName', 'date'] as const;

export const messages: MessageKinds = {
  'forms.given': { urgency: 'action', outside },
  'forms.soon': { urgency: 'action', outside },
  'forms.late': { urgency: 'action', outside },
  'forms.returned': { urgency: 'action', outside },
};
