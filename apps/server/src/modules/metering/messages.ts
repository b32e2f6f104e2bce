import type { MessageKinds } from '../../platform/notify/messages.ts';

/** What a home is told of its prepaid meter: how much is left stands on its own page, and in no message. */
export const messages: MessageKinds = {
  'meter.low': { urgency: 'action', outside: [] },
  'meter.held': { urgency: 'action', outside: [] },
  'meter.warned_off': { urgency: 'action', outside: [] },
  'meter.off': { urgency: 'action', outside: [] },
  'meter.restored': { urgency: 'news', outside: [] },
  'meter.prepaid_ended': { urgency: 'news', outside: [] },
  'meter.on_again': { urgency: 'news', outside: [] },
};
