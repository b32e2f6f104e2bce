import type { Instant } from '@gongzhi/kernel';
import { isDueWithinHour, isLate } from './clocks.ts';
import { ENDED, UNFINISHED } from './transitions.ts';
import { ASPECTS } from './words.ts';
import type { EventKind, OrderEvent, OrderState, Params, Relation, Status } from './types.ts';

/** What pages show of an order: the resident's five stations, the desk's queues, and what each viewer may see. */

const STATION: Readonly<Record<Exclude<Status, 'paused'>, Station>> = {
  submitted: 0,
  triaged: 0,
  assigned: 0,
  disputed: 0,
  split: 1,
  accepted: 1,
  departed: 2,
  arrived: 3,
  in_progress: 3,
  finished: 4,
  confirmed: 4,
  closed: 4,
  cancelled: 4,
};

/** 0 received · 1 found · 2 on the way · 3 working · 4 done. */
export type Station = 0 | 1 | 2 | 3 | 4;

/**
 * Where a resident's order stands. Somebody is found when they have accepted, not when the desk has asked them:
 * a station once reached is not taken back by a refusal. A paused order stands where it was paused.
 */
export function station(order: Pick<OrderState, 'status' | 'pausedFrom'>): Station {
  const status = order.status === 'paused' ? (order.pausedFrom ?? 'in_progress') : order.status;
  return status === 'paused' ? 3 : STATION[status];
}

export const QUEUES = [
  'unassigned',
  'due_hour',
  'late',
  'callback',
  'disputed',
  'waiting_resident',
  'open',
] as const;
export type Queue = (typeof QUEUES)[number];

/** The statuses of each queue; the two that look at the clock, and callback, ask for more (queuesOf). */
export const QUEUE_STATUSES: Readonly<Record<Queue, readonly Status[]>> = {
  unassigned: ['submitted', 'triaged'],
  due_hour: UNFINISHED,
  late: UNFINISHED,
  callback: ['finished', 'confirmed', 'closed'],
  disputed: ['disputed'],
  waiting_resident: ['finished', 'paused'],
  open: [...UNFINISHED, 'finished'],
};

/** Every queue an order stands in at `now`. */
export function queuesOf(order: OrderState, now: Instant): Queue[] {
  return QUEUES.filter((queue) => {
    if (!QUEUE_STATUSES[queue].includes(order.status)) return false;
    switch (queue) {
      case 'due_hour':
        return isDueWithinHour(order, now);
      case 'late':
        return isLate(order, now);
      case 'callback':
        return order.callbackWantedAt !== null;
      case 'waiting_resident':
        return order.status === 'paused'
          ? order.pausedReason === 'waiting_resident'
          : order.callbackWantedAt === null;
      case 'unassigned':
      case 'disputed':
      case 'open':
        return true;
    }
  });
}

/** What a viewer may see of an order. Who stands in no relation to it is a neighbour, and sees it only when public. */
export interface ViewRules {
  readonly canSee: boolean;
  readonly seesInternal: boolean;
  /** Who reported it: the masked name, or nothing at all. */
  readonly seesReporter: boolean;
  /** The masked contact, and the household's label. */
  readonly seesContact: boolean;
  readonly seesDescription: boolean;
  readonly seesPhotos: boolean;
  readonly seesAssignee: boolean;
  readonly seesRatingWords: boolean;
  /** Of a confidential matter the one who might be meant learns neither who told nor who judged. */
  readonly seesRating: boolean;
}

const STAFF: readonly Relation[] = [
  'assignee',
  'helper',
  'desk',
  'manager',
  'company',
  'overseer',
  'system',
  'predecessor',
];

export function viewFor(
  order: Pick<OrderState, 'isPublic' | 'isConfidential' | 'status'>,
  who: readonly Relation[],
): ViewRules {
  const isReporter = who.includes('reporter');
  const isStaff = who.some((relation) => STAFF.includes(relation));
  // A confidential matter (about staff, about a neighbour) is not told to the one who might be meant by it.
  const isTrusted = who.some((r) => r === 'desk' || r === 'manager' || r === 'company' || r === 'system');
  // Who had the work before reads how it went on, and why somebody was sent again; and does nothing about it.
  const isFormer = who.includes('former') && !order.isConfidential;
  const isNeighbour = !isReporter && !isStaff && !isFormer;
  const knowsReporter = isReporter || (isStaff && (!order.isConfidential || isTrusted));
  // The worker needs the address only while the work is theirs to do.
  const mayVisit = (!ENDED.includes(order.status) && !who.includes('predecessor')) || isReporter || isTrusted;
  return {
    canSee: !isNeighbour || (order.isPublic && !order.isConfidential),
    seesInternal: isStaff,
    seesReporter: knowsReporter,
    seesContact: knowsReporter && mayVisit,
    seesDescription: true,
    seesPhotos: !isNeighbour || order.isPublic,
    seesAssignee: !isNeighbour,
    seesRatingWords: !isNeighbour && (isReporter || isTrusted || !order.isConfidential),
    seesRating: isReporter || isTrusted || !order.isConfidential,
  };
}

/** What staff write to each other inside an event that a resident sees. */
const STAFF_PARAMS: Partial<Record<EventKind, readonly string[]>> = {
  'work_order.refused': ['reason', 'assigneeAccountId', 'assigneeName'],
  'work_order.transferred': ['reason'],
  'work_order.callback_recorded': ['note'],
  'work_order.triaged': ['priority'],
  'work_order.closed': ['note'],
  'work_order.assigned': ['visit'],
  'work_order.unmerged': ['reason'],
  'work_order.confirmed': ['note'],
  'work_order.handed_back': ['reason', 'assigneeAccountId', 'assigneeName'],
};
/** What neighbours don't see of a public order: people's own words. */
const PARTY_PARAMS: Partial<Record<EventKind, readonly string[]>> = {
  'work_order.rated': ['words', ...ASPECTS],
  'work_order.rating_replied': ['text'],
  'work_order.merged': ['number', 'otherId'],
  'work_order.disputed': ['reason'],
  'work_order.cancelled': ['reason'],
  'work_order.reopened': ['reason'],
  'work_order.paused': ['note'],
  'work_order.force_closed': ['reason'],
  'work_order.referred': ['note', 'reference'],
};
/** Who it was is the parties' business; the names are added beside the ids when an event is written. */
const PEOPLE = [
  'assigneeAccountId',
  'assigneeName',
  'fromAccountId',
  'fromName',
  'onBehalfOf',
  'consentId',
  'by',
];
const PARTY_EVENTS: readonly EventKind[] = [
  'work_order.commented',
  'work_order.callback_recorded',
  // When somebody is at home, and when not.
  'work_order.windows_offered',
  'work_order.appointment_made',
  'work_order.appointment_agreed',
  'work_order.nobody_home',
  'work_order.quote_sent',
  'work_order.quote_withdrawn',
  'work_order.charge_asked',
  'work_order.charge_agreed',
  'work_order.charge_declined',
  'work_order.charge_due',
  'work_order.helper_added',
  'work_order.helper_removed',
  'work_order.helper_arrived',
  'work_order.helper_left',
  'work_order.visit_planned',
  'work_order.visit_done',
  'work_order.visit_cancelled',
  'work_order.contractor_invited',
  'work_order.contractor_accepted',
  'work_order.contractor_declined',
  'work_order.contractor_arrived',
  'work_order.contractor_said',
  'work_order.contractor_done',
];

/** Who it was done for tells of a confidential matter whose it is, as the name of who did it would. */
const OF_REPORTER = ['onBehalfOf', 'consentId', 'by'];

/** For who must not know whose matter it is. */
export function withoutReporter(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !OF_REPORTER.includes(name)));
}

/** An event as this viewer may see it, or null. */
export function eventFor<E extends Pick<OrderEvent, 'kind' | 'isInternal' | 'params' | 'photoIds'>>(
  event: E,
  who: readonly Relation[],
): E | null {
  if (who.some((relation) => STAFF.includes(relation))) return event;
  if (event.isInternal) return null;
  const hidden = [...(STAFF_PARAMS[event.kind] ?? [])];
  if (who.includes('reporter') || who.includes('former')) return without(event, hidden);
  if (PARTY_EVENTS.includes(event.kind)) return null;
  return without({ ...event, photoIds: [] }, [...hidden, ...(PARTY_PARAMS[event.kind] ?? []), ...PEOPLE]);
}

function without<E extends { readonly params: Params }>(event: E, names: readonly string[]): E {
  const params = Object.fromEntries(Object.entries(event.params).filter(([name]) => !names.includes(name)));
  return { ...event, params };
}
