import type { MessageKinds } from '../../platform/notify/messages.ts';

/** Where and until when; what is to be done is somebody's words and stays on the page. */
const step = ['scopeName', 'date'] as const;

export const messages: MessageKinds = {
  'prevention.step_given': { urgency: 'action', outside: step },
  'prevention.step_due': { urgency: 'action', outside: step },
};
