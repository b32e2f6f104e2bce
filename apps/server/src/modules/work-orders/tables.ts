import { isMarkedLate, type OrderState } from './domain.ts';
import type { Statement } from '../../platform/db/sql.ts';

/** Rows of schema work_orders, and how the domain's state becomes them; the way back is tables-reading.ts. Loaders use it too. */

/** Who can ever see a row (docs/architecture.md, rule 8); repeated on every row of an order. */
export interface Wall {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
  readonly householdId: string | null;
  readonly reporterAccountId: string | null;
  readonly isPublic: boolean;
}

/** What the row holds beside the domain's state. */
export interface OrderFacts {
  readonly id: string;
  readonly wall: Wall;
  readonly number: string;
  readonly description: string;
  readonly placeLabel: string;
  readonly buildingId: string | null;
  readonly facilityId: string | null;
  readonly contactCipher: Buffer | null;
  readonly contactMasked: string | null;
  /** Masked: for whom it was reported, by consent. */
  readonly onBehalfOf: string | null;
  readonly assigneeName: string | null;
  readonly assigneeTitle: string | null;
  /** Several things in one report: the desk splits them. */
  readonly hasSeveral: boolean;
  /** Whom a confidential complaint is about, as they were called then, and at which visit. */
  readonly accusedName: string | null;
  readonly aboutOrderId: string | null;
  /** The reader waits for it as a neighbour; only where that was asked. */
  readonly isFollowed?: boolean;
  /** The company that serves the place now; only where it was read for somebody. */
  readonly servedBy?: string | null;
  readonly source: 'phone' | 'desk' | 'staff' | 'import' | 'sensor' | 'patrol' | 'open311';
  readonly version: number;
  readonly updatedAt: Date;
}

export interface Order extends OrderFacts {
  readonly state: OrderState;
}

export interface StepRow {
  readonly stepId: string;
  readonly position: number;
  readonly handlerAccountId: string | null;
  readonly handlerName: string | null;
  readonly handlerTitle: string | null;
  readonly role: 'desk' | 'worker';
  readonly state: string;
  readonly openedAt: Date;
  readonly acceptedAt: Date | null;
  readonly departedAt: Date | null;
  readonly arrivedAt: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  /** The first visit is 1; after a dispute or a reopening somebody goes again. */
  readonly visit: number;
  readonly workDone: string | null;
}

export interface EventRow {
  readonly eventId: string;
  readonly kind: string;
  readonly actorAccountId: string | null;
  readonly actorName: string | null;
  readonly actorRole: string;
  readonly isInternal: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  readonly photoIds: readonly string[];
  readonly at: Date;
}

const wallColumns = [
  'scope_id',
  'city_id',
  'street_id',
  'company_id',
  'household_id',
  'reporter_account_id',
  'is_public',
] as const;
const wallValues = (w: Wall): unknown[] => [
  w.scopeId,
  w.cityId,
  w.streetId,
  w.companyId,
  w.householdId,
  w.reporterAccountId,
  w.isPublic,
];

const fixedColumns = [
  'work_order_id',
  ...wallColumns.slice(0, -1),
  'number',
  'description',
  'place',
  'place_label',
  'building_id',
  'facility_id',
  'contact_cipher',
  'contact_masked',
  'on_behalf_of',
  'source',
  'needed_by',
  'created_at',
  'has_several',
  'accused_account_id',
  'accused_name',
  'about_work_order_id',
  'parent_id',
] as const;

/** Everything that a command may change; an UPDATE writes all of it. */
const changingColumns = [
  'is_public',
  'kind',
  'category_code',
  'status',
  'priority',
  'is_emergency',
  'is_confidential',
  'assignee_account_id',
  'assignee_name',
  'assignee_title',
  'outcome',
  'rating',
  'rating_words',
  'rated_at',
  'rating_speed',
  'rating_manner',
  'rating_quality',
  'rating_reply',
  'rating_reply_at',
  'referred_to',
  'referred_reference',
  'charge_state',
  'charge_fen',
  'charge_no',
  'charge_due_no',
  'safety',
  'crew_account_ids',
  'work_done',
  'paused_from',
  'paused_reason',
  'paused_note',
  'paused_until',
  'pauses',
  'clock_start_at',
  'accepted_at',
  'departed_at',
  'arrived_at',
  'started_at',
  'finished_at',
  'confirmed_at',
  'closed_at',
  'respond_due_at',
  'arrive_due_at',
  'resolve_due_at',
  'resolve_remaining_ms',
  'respond_late_at',
  'arrive_late_at',
  'resolve_late_at',
  'callback_reason',
  'callback_due_at',
  'callback_wanted_at',
  'callback_attempts',
  'auto_close_at',
  'next_due_at',
  'is_late',
  'is_open',
  'urge_count',
  'urged_at',
  'reopen_count',
  'visit',
  'dispute_count',
  'dispute_reason',
  'duplicate_of_id',
  'part_count',
  'version',
  'updated_at',
] as const;

export const orderColumns: readonly string[] = [...fixedColumns, ...changingColumns];

const date = (instant: number | null): Date | null => (instant === null ? null : new Date(instant));

function changingValues(order: Order): unknown[] {
  const s = order.state;
  const isOpen = s.status !== 'closed' && s.status !== 'cancelled';
  return [
    s.isPublic,
    s.kind,
    s.categoryCode,
    s.status,
    s.priority,
    s.isEmergency,
    s.isConfidential,
    s.assigneeAccountId,
    order.assigneeName,
    order.assigneeTitle,
    s.outcome,
    s.rating,
    s.ratingWords,
    date(s.ratedAt),
    s.ratingAspects.speed ?? null,
    s.ratingAspects.manner ?? null,
    s.ratingAspects.quality ?? null,
    s.ratingReply,
    date(s.ratingReplyAt),
    s.referredTo,
    s.referredReference,
    s.chargeState,
    s.chargeFen,
    s.chargeNo,
    s.chargeDueNo,
    s.safety,
    s.crewAccountIds,
    s.workDone,
    s.pausedFrom,
    s.pausedReason,
    s.pausedNote,
    date(s.pausedUntil),
    JSON.stringify(s.pauses),
    date(s.clockStartAt),
    date(s.acceptedAt),
    date(s.departedAt),
    date(s.arrivedAt),
    date(s.startedAt),
    date(s.finishedAt),
    date(s.confirmedAt),
    date(s.closedAt),
    date(s.respondDueAt),
    date(s.arriveDueAt),
    date(s.resolveDueAt),
    s.resolveRemainingMs,
    date(s.respondLateAt),
    date(s.arriveLateAt),
    date(s.resolveLateAt),
    s.callbackReason,
    date(s.callbackDueAt),
    date(s.callbackWantedAt),
    s.callbackAttempts,
    date(s.autoCloseAt),
    date(s.nextDueAt),
    isMarkedLate(s),
    isOpen,
    s.urgeCount,
    date(s.urgedAt),
    s.reopenCount,
    JSON.stringify(s.visit),
    s.disputeCount,
    s.disputeReason,
    s.duplicateOfId,
    s.partCount,
    order.version,
    order.updatedAt,
  ];
}

/** In the order of `orderColumns`. */
export function orderTuple(order: Order): unknown[] {
  const s = order.state;
  return [
    order.id,
    ...wallValues(order.wall).slice(0, -1),
    order.number,
    order.description,
    s.place,
    order.placeLabel,
    order.buildingId,
    order.facilityId,
    order.contactCipher,
    order.contactMasked,
    order.onBehalfOf,
    order.source,
    date(s.neededBy),
    date(s.createdAt),
    order.hasSeveral,
    s.accusedAccountId,
    order.accusedName,
    order.aboutOrderId,
    s.parentId,
    ...changingValues(order),
  ];
}

export const stepColumns: readonly string[] = [
  'work_order_id',
  ...wallColumns,
  'step_id',
  'position',
  'handler_account_id',
  'handler_name',
  'handler_title',
  'role',
  'state',
  'opened_at',
  'accepted_at',
  'departed_at',
  'arrived_at',
  'started_at',
  'ended_at',
  'end_reason',
  'visit',
  'work_done',
];

export function stepTuple(orderId: string, wall: Wall, s: StepRow): unknown[] {
  return [
    orderId,
    ...wallValues(wall),
    s.stepId,
    s.position,
    s.handlerAccountId,
    s.handlerName,
    s.handlerTitle,
    s.role,
    s.state,
    s.openedAt,
    s.acceptedAt,
    s.departedAt,
    s.arrivedAt,
    s.startedAt,
    s.endedAt,
    s.endReason,
    s.visit,
    s.workDone,
  ];
}

export const eventColumns: readonly string[] = [
  'work_order_id',
  ...wallColumns,
  'event_id',
  'kind',
  'actor_account_id',
  'actor_name',
  'actor_role',
  'is_internal',
  'params',
  'photo_ids',
  'at',
];

export function eventTuple(orderId: string, wall: Wall, e: EventRow): unknown[] {
  return [
    orderId,
    ...wallValues(wall),
    e.eventId,
    e.kind,
    e.actorAccountId,
    e.actorName,
    e.actorRole,
    e.isInternal,
    JSON.stringify(e.params),
    e.photoIds,
    e.at,
  ];
}

function insertText(table: string, columns: readonly string[]): string {
  return `insert into work_orders.${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`;
}

/** Who waits to be found by their words (desk/due-search.ts): written with the order, by loaders too. */
export const unindexedColumns: readonly string[] = ['work_order_id', ...wallColumns.slice(0, 4)];
export const unindexedTuple = ({ id, wall }: Order): unknown[] => [id, ...wallValues(wall).slice(0, 4)];

// Both begin with the same columns.
const insertOrderText = `with written as (${insertText('work_order', orderColumns)}) ${insertText('unindexed', unindexedColumns)}`;
const insertStepText = insertText('step', stepColumns);
const insertEventText = insertText('event', eventColumns);
const updateOrderText = `update work_orders.work_order set ${changingColumns.map((c, i) => `${c} = $${i + 3}`).join(', ')} where scope_id = $1 and work_order_id = $2`;
const updateStepText = `update work_orders.step set handler_account_id = $4, handler_name = $5, handler_title = $6, state = $7, accepted_at = $8, departed_at = $9, arrived_at = $10, started_at = $11, ended_at = $12, end_reason = $13, work_done = $14 where scope_id = $1 and work_order_id = $2 and step_id = $3`;

export const insertOrder = (order: Order): Statement => ({
  name: 'work_order_insert',
  text: insertOrderText,
  values: orderTuple(order),
});
export const updateOrder = (order: Order): Statement => ({
  name: 'work_order_update',
  text: updateOrderText,
  values: [order.wall.scopeId, order.id, ...changingValues(order)],
});
export const insertStep = (id: string, wall: Wall, step: StepRow): Statement => ({
  name: 'work_order_step_insert',
  text: insertStepText,
  values: stepTuple(id, wall, step),
});
export const updateStep = (id: string, wall: Wall, s: StepRow): Statement => ({
  name: 'work_order_step_update',
  text: updateStepText,
  values: [
    wall.scopeId,
    id,
    s.stepId,
    s.handlerAccountId,
    s.handlerName,
    s.handlerTitle,
    s.state,
    s.acceptedAt,
    s.departedAt,
    s.arrivedAt,
    s.startedAt,
    s.endedAt,
    s.endReason,
    s.workDone,
  ],
});
export const insertEvent = (id: string, wall: Wall, event: EventRow): Statement => ({
  name: 'work_order_event_insert',
  text: insertEventText,
  values: eventTuple(id, wall, event),
});
