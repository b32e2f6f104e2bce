import Type from 'typebox';
import { pageOf, pageQuery } from '../../platform/http/pagination.ts';
import { Answers, Aspects, familyCommands, Related } from './schemas-family.ts';
import {
  command,
  Note,
  nullable,
  oneOf,
  PhotoIds,
  Reason,
  strict,
  Time,
  Uuid,
  Words,
} from './schemas-words.ts';
import {
  ACTIONS,
  CALLBACK_REASONS,
  CHARGE_STATES,
  CALLBACK_RESULTS,
  CONFIRMED_HOW,
  EVENT_KINDS,
  FIGURES,
  KINDS,
  MOST_WINDOWS,
  MOVE_DECIDERS,
  OUTCOMES,
  PAUSE_REASONS,
  PRIORITIES,
  QUEUES,
  RATINGS,
  SAFETY_STATES,
  STATUSES,
} from './domain.ts';

/** The shapes on the wire. The schema is the JSON Schema: OpenAPI and the typed client come from it. */
export { Uuid } from './schemas-words.ts';

const Window = Type.Object({ from: Time, to: Time }, strict);
const Windows = Type.Array(Window, { minItems: 1, maxItems: MOST_WINDOWS });

export const LISTS = [...QUEUES, 'mine', 'all'] as const;

export const Category = Type.Object(
  {
    code: Type.String(),
    kind: oneOf(KINDS),
    group: Type.String(),
    nameZh: Type.String(),
    nameEn: Type.String(),
    keywordsZh: Type.Array(Type.String()),
    keywordsEn: Type.Array(Type.String()),
    skill: Type.String(),
    place: oneOf(['home', 'public', 'both'] as const),
    isEmergency: Type.Boolean(),
    isConfidential: Type.Boolean(),
    photosRequired: Type.Boolean(),
    duty: Type.String(),
    respondMinutes: Type.Integer(),
    arriveMinutes: nullable(Type.Integer()),
    resolveMinutes: Type.Integer(),
    calendar: oneOf(['always', 'working'] as const),
  },
  { title: 'Category' },
);

export const NewWorkOrder = Type.Object(
  {
    scopeId: Uuid,
    categoryCode: Type.String({ minLength: 1, maxLength: 80 }),
    description: Words(1, 2000),
    place: Type.Union([
      Type.Object({ type: Type.Literal('home'), householdId: Uuid }, strict),
      Type.Object(
        {
          type: Type.Literal('public'),
          buildingId: Type.Optional(Uuid),
          facilityId: Type.Optional(Uuid),
          spot: Type.Optional(Type.String({ maxLength: 100 })),
        },
        strict,
      ),
    ]),
    photoIds: Type.Optional(PhotoIds),
    /** What was said into the phone. */
    voiceId: Type.Optional(Uuid),
    /** Several things in one: the desk takes them apart. */
    hasSeveral: Type.Optional(Type.Boolean()),
    /** When somebody can be at home. */
    windows: Type.Optional(Windows),
    /** Whom of the staff a confidential complaint is about: by one of one's own orders, or, for staff, by account. */
    about: Type.Optional(
      Type.Union([Type.Object({ workOrderId: Uuid }, strict), Type.Object({ accountId: Uuid }, strict)]),
    ),
    /** May the neighbours see it? Default: what happens in public is, unless the category is confidential. */
    isPublic: Type.Optional(Type.Boolean()),
    /** A special need has a hard deadline. */
    neededBy: Type.Optional(Time),
    /** The desk, for somebody on the phone. */
    contact: Type.Optional(
      Type.Object(
        {
          name: Words(1, 60),
          phone: Type.String({ pattern: '^[0-9+ -]{5,20}$' }),
        },
        strict,
      ),
    ),
  },
  { ...strict, title: 'NewWorkOrder' },
);

const rowProperties = {
  id: Uuid,
  scopeId: Uuid,
  scopeName: Type.String(),
  number: Type.String(),
  status: oneOf(STATUSES),
  station: Type.Integer({ minimum: 0, maximum: 4 }),
  kind: oneOf(KINDS),
  categoryCode: Type.String(),
  categoryNameZh: Type.String(),
  categoryNameEn: Type.String(),
  isEmergency: Type.Boolean(),
  priority: oneOf(PRIORITIES),
  placeLabel: Type.String(),
  isPublic: Type.Boolean(),
  isMine: Type.Boolean(),
  assigneeAccountId: nullable(Uuid),
  assigneeName: nullable(Type.String()),
  contactMasked: nullable(Type.String()),
  description: Type.String(),
  createdAt: Time,
  respondDueAt: nullable(Time),
  arriveDueAt: nullable(Time),
  resolveDueAt: nullable(Time),
  nextDueAt: nullable(Time),
  isLate: Type.Boolean(),
  urgeCount: Type.Integer(),
  version: Type.Integer(),
  updatedAt: Time,
};

export const WorkOrderRow = Type.Object(rowProperties, { title: 'WorkOrderRow' });
export const WorkOrderPage = pageOf(WorkOrderRow);

const Photo = Type.Object({ id: Uuid });

export const WorkOrder = Type.Object(
  {
    ...rowProperties,
    place: oneOf(['home', 'public'] as const),
    householdId: nullable(Uuid),
    buildingId: nullable(Uuid),
    facilityId: nullable(Uuid),
    photos: Type.Array(Photo),
    beforePhotos: Type.Array(Photo),
    workPhotos: Type.Array(Photo),
    signatures: Type.Array(Photo),
    onBehalfOf: nullable(Type.String({ description: 'Masked: for whom it was reported by consent' })),
    /** What it costs, by where the quotation stands; null for whom it does not concern. */
    chargeState: nullable(oneOf(CHARGE_STATES)),
    /** What must be checked before it begins; staff only. */
    safety: nullable(oneOf(SAFETY_STATES)),
    /** You work on it beside the one responsible. */
    isHelper: Type.Boolean(),
    assigneeTitle: nullable(Type.String()),
    neededBy: nullable(Time),
    acceptedAt: nullable(Time),
    arrivedAt: nullable(Time),
    startedAt: nullable(Time),
    finishedAt: nullable(Time),
    confirmedAt: nullable(Time),
    closedAt: nullable(Time),
    pausedReason: nullable(oneOf(PAUSE_REASONS)),
    pausedNote: nullable(Type.String()),
    pausedUntil: nullable(Time),
    resolveRemainingSeconds: nullable(Type.Integer()),
    respondLateAt: nullable(Time),
    arriveLateAt: nullable(Time),
    resolveLateAt: nullable(Time),
    callbackWantedAt: nullable(Time),
    callbackAttempts: Type.Integer(),
    workDone: nullable(Type.String()),
    outcome: nullable(oneOf(OUTCOMES)),
    rating: nullable(oneOf(RATINGS)),
    ratingWords: nullable(Type.String()),
    referredTo: nullable(Type.String()),
    referredReference: nullable(Type.String()),
    reopenCount: Type.Integer(),
    duty: Type.String(),
    photosRequired: Type.Boolean(),
    /** What was said into the phone, for whom the reporter is no secret. */
    voices: Type.Array(Photo),
    hasSeveral: Type.Boolean(),
    /** Neighbours who wait for it too, and whether the reader is one of them. */
    followerCount: Type.Integer(),
    isFollowed: Type.Boolean(),
    /** When somebody is at home, and what was agreed; nothing for neighbours. */
    windows: Type.Array(Type.Object({ from: Time, to: Time })),
    appointment: nullable(Type.Object({ from: Time, to: Time, isAgreed: Type.Boolean() })),
    rescheduleCount: Type.Integer(),
    missedCount: Type.Integer(),
    /** Whom a confidential complaint is about; for who made it and who handles it. */
    accusedName: nullable(Type.String()),
    aboutOrderId: nullable(Uuid),
    ratingAspects: Aspects,
    ratingReply: nullable(Type.String()),
    ratingReplyAt: nullable(Time),
    callbackReason: nullable(oneOf(CALLBACK_REASONS)),
    disputeCount: Type.Integer(),
    disputeReason: nullable(Type.String()),
    partCount: Type.Integer({ description: 'into how many it was split; 0: an order of its own' }),
    related: Type.Array(Related),
    steps: Type.Array(
      Type.Object({
        id: Uuid,
        role: Type.String(),
        state: Type.String(),
        handlerName: nullable(Type.String()),
        handlerTitle: nullable(Type.String()),
        openedAt: Time,
        acceptedAt: nullable(Time),
        departedAt: nullable(Time),
        arrivedAt: nullable(Time),
        startedAt: nullable(Time),
        endedAt: nullable(Time),
        endReason: nullable(Type.String()),
        visit: Type.Integer({ description: 'the first visit is 1' }),
        workDone: nullable(Type.String()),
      }),
    ),
    actions: Type.Array(
      Type.Object({
        action: oneOf(ACTIONS),
        isAllowed: Type.Boolean(),
        reasonCode: nullable(Type.String()),
      }),
    ),
  },
  { title: 'WorkOrder' },
);

export const TimelineEntry = Type.Object(
  {
    id: Uuid,
    at: Time,
    kind: oneOf(EVENT_KINDS),
    actorName: nullable(Type.String()),
    actorRole: Type.String(),
    actorIsMe: Type.Boolean(),
    isInternal: Type.Boolean(),
    params: Type.Record(Type.String(), Type.Unknown()),
    photos: Type.Array(Photo),
  },
  { title: 'TimelineEntry' },
);
export const TimelinePage = pageOf(TimelineEntry);

export const Command = Type.Union(
  [
    command('triage', {
      categoryCode: Type.Optional(Type.String({ maxLength: 80 })),
      priority: Type.Optional(oneOf(PRIORITIES)),
    }),
    command('change_category', { categoryCode: Type.String({ minLength: 1, maxLength: 80 }) }),
    command('assign', { assigneeAccountId: Uuid }),
    command('accept', {}),
    command('refuse', { reason: Reason }),
    command('transfer', { assigneeAccountId: Uuid, reason: Reason }),
    command('depart', {}),
    command('arrive', {}),
    command('start', { photoIds: Type.Optional(PhotoIds) }),
    command('pause', { reason: oneOf(PAUSE_REASONS), note: Note, until: Type.Optional(Time) }),
    command('resume', {}),
    command('finish', {
      workDone: Words(1, 2000),
      photoIds: Type.Optional(PhotoIds),
      beforePhotoIds: Type.Optional(PhotoIds),
    }),
    command('confirm', {}),
    command('dispute', { reason: Reason, photoIds: Type.Optional(PhotoIds) }),
    command('rate', {
      score: oneOf(RATINGS),
      words: Note,
      aspects: Type.Optional(Aspects),
      photoIds: Type.Optional(PhotoIds),
    }),
    command('confirm_for', {
      how: oneOf(CONFIRMED_HOW),
      name: Type.Optional(Type.String({ maxLength: 60 })),
      photoIds: Type.Optional(Type.Array(Uuid, { maxItems: 1 })),
      score: Type.Optional(oneOf(RATINGS)),
      note: Note,
    }),
    command('record_callback', {
      result: oneOf(CALLBACK_RESULTS),
      note: Note,
      score: Type.Optional(oneOf(RATINGS)),
      aspects: Type.Optional(Aspects),
      wasContacted: Type.Optional(Type.Boolean()),
      scriptVersion: Type.Optional(Type.Integer({ minimum: 1 })),
      answers: Type.Optional(Answers),
    }),
    ...familyCommands,
    command('close', { note: Note }),
    command('force_close', { reason: Reason }),
    command('cancel', { reason: Note }),
    command('reopen', { reason: Reason }),
    command('refer', {
      receiver: Words(1, 100),
      reference: Type.Optional(Type.String({ maxLength: 100 })),
      note: Note,
    }),
    command('move', {
      toScopeId: Uuid,
      decidedBy: oneOf(MOVE_DECIDERS),
      organisationId: Type.Optional(Uuid),
      documentNumber: Words(1, 80),
      reason: Reason,
    }),
    command('urge', {}),
    command('comment', {
      text: Words(1, 2000),
      isInternal: Type.Optional(Type.Boolean()),
      photoIds: Type.Optional(PhotoIds),
      voiceId: Type.Optional(Uuid),
    }),
    command('offer_windows', { windows: Windows, reason: Note }),
    command('make_appointment', {
      from: Time,
      to: Time,
      reason: Note,
      isByPhone: Type.Optional(Type.Boolean()),
    }),
    command('agree_appointment', {}),
    command('nobody_home', { photoIds: Type.Optional(PhotoIds) }),
  ],
  { discriminator: { propertyName: 'action' }, title: 'WorkOrderCommand' },
);
export type CommandBody = Type.Static<typeof Command>;
export type NewWorkOrderBody = Type.Static<typeof NewWorkOrder>;

export const OrderPath = Type.Object({ id: Uuid }, strict);
export const ScopeQuery = Type.Object({ scopeId: Uuid }, strict);

export const ListQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Type.Optional(Uuid),
    status: Type.Optional(Type.String({ maxLength: 200, description: 'comma list of statuses' })),
    queue: Type.Optional(oneOf(LISTS)),
    assignee: Type.Optional(oneOf(['me'] as const)),
    reporter: Type.Optional(oneOf(['me'] as const)),
    follower: Type.Optional(oneOf(['me'] as const)),
    category: Type.Optional(Type.String({ maxLength: 80 })),
    from: Type.Optional(Time),
    to: Type.Optional(Time),
    late: Type.Optional(Type.Boolean()),
    kind: Type.Optional(oneOf(KINDS)),
    priority: Type.Optional(oneOf(PRIORITIES)),
    assigneeId: Type.Optional(Uuid),
    householdId: Type.Optional(Uuid),
    building: Type.Optional(Uuid),
    grid: Type.Optional(
      Type.String({ format: 'uuid', description: 'matters of its homes and buildings; with `scopeId` only' }),
    ),
    figure: Type.Optional(oneOf(FIGURES)),
    words: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 60,
        description: 'words of the description or the place; staff only',
      }),
    ),
    q: Type.Optional(Type.String({ maxLength: 40, description: 'beginning of an order number' })),
    sort: Type.Optional(oneOf(['created', 'due'] as const)),
  },
  strict,
);
export type ListFilter = Type.Static<typeof ListQuery>;

export const QueueCounts = Type.Object(
  {
    unassigned: Type.Integer(),
    dueHour: Type.Integer(),
    late: Type.Integer(),
    callback: Type.Integer(),
    disputed: Type.Integer(),
    waitingResident: Type.Integer(),
    open: Type.Integer(),
  },
  { title: 'QueueCounts' },
);
