import type { MessageKind, MessageKinds } from '../../platform/notify/messages.ts';
import { EVENT_KINDS, type EventKind } from './domain.ts';

/**
 * What an order's notices are worth to their readers, and what of them may leave the house. A category's name and the
 * order's number say enough to know which matter it is, and nothing of who or where.
 */
const matter = ['titleZh', 'titleEn', 'number', 'isFollowed'] as const;

/** Somebody is waited for: the reader, to do something. */
const ACTION: readonly EventKind[] = [
  'work_order.submitted',
  'work_order.assigned',
  'work_order.refused',
  'work_order.finished',
  'work_order.disputed',
  'work_order.manager_wanted',
  'work_order.callback_wanted',
  'work_order.pause_ended',
  'work_order.urged',
  'work_order.windows_offered',
  'work_order.appointment_made',
  'work_order.nobody_home',
  'work_order.departed',
  'work_order.arrived',
  'work_order.respond_overdue',
  'work_order.arrive_overdue',
  'work_order.resolve_overdue',
  'work_order.quote_sent',
  'work_order.charge_asked',
  'work_order.charge_declined',
  'work_order.charge_due',
  'work_order.helper_added',
  'work_order.safety_stopped',
  'work_order.handed_back',
  'work_order.contractor_declined',
  'work_order.contractor_done',
];

/** Beyond the matter itself: words from closed lists, counts, and the name of an office. */
const MORE: Partial<Record<EventKind, readonly string[]>> = {
  'work_order.paused': ['reason'],
  'work_order.rated': ['score'],
  'work_order.referred': ['receiver'],
  'work_order.moved': ['receiver'],
  'work_order.passed_over': ['from', 'to'],
  'work_order.moved_progress': ['scopeName'],
  'work_order.urged': ['count'],
  // The hour of a visit, to the two who keep it.
  'work_order.windows_offered': ['from', 'to'],
  'work_order.appointment_made': ['from', 'to', 'isAgreed'],
  'work_order.appointment_agreed': ['from', 'to'],
  'work_order.split': ['count'],
  'work_order.parts_closed': ['count'],
  'work_order.manager_wanted': ['count'],
};

function kindOf(template: EventKind): MessageKind {
  return {
    urgency: ACTION.includes(template) ? 'action' : 'news',
    outside: [...matter, ...(MORE[template] ?? [])],
  };
}

/** How the order goes that one's own was merged into; told on one's own (consumers-family.ts). */
const ofMain: MessageKinds = {
  'work_order.main_finished': { urgency: 'action', outside: [...matter] },
  'work_order.main_closed': { urgency: 'news', outside: [...matter] },
  'work_order.main_reopened': { urgency: 'news', outside: [...matter] },
};

export const messages: MessageKinds = {
  ...Object.fromEntries(EVENT_KINDS.map((kind) => [kind, kindOf(kind)])),
  ...ofMain,
  'handover.offered': { urgency: 'action', outside: ['count'] },
  'handover.answered': { urgency: 'news', outside: [] },
};
