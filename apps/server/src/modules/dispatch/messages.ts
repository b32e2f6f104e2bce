import type { MessageKinds } from '../../platform/notify/messages.ts';

/** A category's name and the order's number say which matter it is, and nothing of who or where. */
const matter = ['titleZh', 'titleEn', 'number'] as const;

export const messages: MessageKinds = {
  'dispatch.offered': { urgency: 'action', outside: [...matter] },
  'dispatch.emergency': { urgency: 'action', outside: [...matter] },
  'dispatch.exhausted': { urgency: 'action', outside: [...matter] },
  'dispatch.not_there.unclaimed': { urgency: 'action', outside: [...matter, 'count'] },
  'dispatch.not_there.not_departed': { urgency: 'action', outside: [...matter, 'count'] },
  'dispatch.not_there.on_the_way': { urgency: 'action', outside: [...matter, 'count'] },
  'dispatch.not_there.paused': { urgency: 'action', outside: [...matter, 'count'] },
  'dispatch.refused': { urgency: 'action', outside: [...matter] },
  'dispatch.held': { urgency: 'news', outside: [...matter, 'count'] },
  'dispatch.nobody': { urgency: 'action', outside: [...matter, 'count'] },
};
