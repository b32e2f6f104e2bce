import type { MessageKinds } from '../../platform/notify/messages.ts';

/** Where, when it opened and how much of it was not seen; what the route is called is somebody's words and stays here. */
export const messages: MessageKinds = {
  'patrol_round.missed': { urgency: 'action', outside: ['scopeName', 'date', 'count'] },
};
