import Type from 'typebox';
import {
  ACTIONS,
  DISMISSAL_GROUNDS,
  INVALID_REASONS,
  JOINT_KINDS,
  LEVELS,
  OBJECTION_GROUNDS,
  OUTCOMES,
  SATISFACTIONS,
  SOURCES,
  STATUSES,
  URGENCIES,
} from './domain.ts';

export const strict = { additionalProperties: false } as const;
export const Uuid = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const Text = Type.String();
export const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
export const oneOf = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values] });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });

export const Action = oneOf(ACTIONS);
export const Level = oneOf(LEVELS);
export const Status = oneOf(STATUSES);
export const Urgency = oneOf(URGENCIES);
export const Satisfaction = oneOf(SATISFACTIONS);

export const CasePath = Type.Object({ id: Uuid }, strict);

export const NewHotlineCase = Type.Object(
  {
    number: Type.String({ pattern: '^[0-9A-Za-z-]{4,40}$' }),
    receivedAt: Time,
    dueAt: Type.Optional(Time),
    urgency: Type.Optional(Urgency),
    topic: Type.Optional(Type.String({ maxLength: 100 })),
    description: Words(4_000),
    placeText: Type.Optional(Type.String({ maxLength: 300 })),
    /** The compound's name; left open where nobody knows yet. */
    compound: Type.Optional(Type.String({ maxLength: 100 })),
    callerName: Type.Optional(Type.String({ maxLength: 50 })),
    callerPhone: Type.Optional(Type.String({ pattern: '^[0-9+ -]{5,20}$' })),
    isConfidential: Type.Optional(Type.Boolean()),
    repeatOf: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z-]{4,40}$' })),
  },
  { ...strict, title: 'NewHotlineCase' },
);
export type NewHotlineCaseBody = Type.Static<typeof NewHotlineCase>;

const command = <const A extends string, P extends Type.TProperties>(action: A, more: P) =>
  Type.Object(
    { action: Type.Literal(action), expectedVersion: Type.Integer({ minimum: 1 }), ...more },
    strict,
  );
const Reason = Words(1_000);

export const Command = Type.Union(
  [
    command('pass', { toScopeId: Uuid, note: Type.Optional(Type.String({ maxLength: 500 })) }),
    command('sign', {}),
    command('contact', {
      how: oneOf(['phone', 'visit', 'message'] as const),
      note: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    command('open_order', {
      categoryCode: Type.String({ minLength: 1, maxLength: 80 }),
      description: Type.Optional(Words(2_000)),
      place: Type.Optional(
        Type.Union([
          Type.Object({ type: Type.Literal('home'), householdId: Uuid }, strict),
          Type.Object(
            {
              type: Type.Literal('public'),
              buildingId: Type.Optional(Uuid),
              spot: Type.Optional(Type.String({ maxLength: 100 })),
            },
            strict,
          ),
        ]),
      ),
    }),
    command('call_in', { kind: oneOf(JOINT_KINDS), toScopeId: Uuid, ask: Reason }),
    command('joint_done', { text: Reason }),
    command('object', { ground: oneOf(OBJECTION_GROUNDS), reason: Reason }),
    command('uphold', { reason: Reason }),
    command('overrule', { reason: Reason }),
    command('extend', { until: Time, reason: Reason, toldCaller: Words(300) }),
    command('hang', { reason: Reason, reviewAt: Time }),
    command('review', { note: Reason, reviewAt: Time }),
    command('resume', { until: Time }),
    command('answer', { text: Words(2_000) }),
    command('send_back', { reason: Reason }),
    command('reply', { text: Words(4_000) }),
    command('record_callback', {
      isValid: Type.Boolean(),
      invalidReason: Type.Optional(nullable(oneOf(INVALID_REASONS))),
      wasContacted: Type.Optional(nullable(Type.Boolean())),
      isSolved: Type.Optional(nullable(Type.Boolean())),
      satisfaction: Type.Optional(nullable(Satisfaction)),
      note: Type.Optional(nullable(Type.String({ maxLength: 500 }))),
      redoUntil: Type.Optional(nullable(Time)),
    }),
    command('ask_exclusion', { ground: Type.String({ maxLength: 60 }), reason: Reason }),
    command('decide_exclusion', { isApproved: Type.Boolean(), reason: Reason }),
    command('link_repeat', { number: Type.String({ pattern: '^[0-9A-Za-z-]{4,40}$' }) }),
    command('unlink_repeat', { reason: Reason }),
    command('dismiss', { ground: oneOf(DISMISSAL_GROUNDS), reason: Reason }),
    command('note', { text: Reason }),
  ],
  { discriminator: { propertyName: 'action' }, title: 'HotlineCommand' },
);
export type CommandBody = Type.Static<typeof Command>;

export const CaseItem = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    number: Text,
    urgency: Urgency,
    topic: Text,
    description: Text,
    placeText: Text,
    status: Status,
    isConfidential: Type.Boolean(),
    isRepeat: Type.Boolean(),
    receivedAt: Time,
    dueAt: Time,
    isLate: Type.Boolean(),
    holderLevel: Level,
    holderName: Text,
    holderDueAt: Time,
    isHolderLate: Type.Boolean(),
    leadName: nullable(Text),
    isMine: Type.Boolean(),
    exclusion: oneOf(['none', 'asked', 'approved', 'refused'] as const),
    repliedAt: nullable(Time),
    round: Type.Integer(),
    streetName: nullable(Text),
    /** Of the last callback there was; null where nobody was called back. */
    callback: nullable(
      Type.Object({
        calledAt: Time,
        unitName: Text,
        isValid: Type.Boolean(),
        isExcluded: Type.Boolean(),
        wasContacted: nullable(Type.Boolean()),
        isSolved: nullable(Type.Boolean()),
        satisfaction: nullable(Satisfaction),
      }),
    ),
  },
  { title: 'HotlineCaseItem' },
);

const HandView = Type.Object({
  no: Type.Integer(),
  level: Level,
  unitId: Uuid,
  name: Text,
  receivedAt: Time,
  dueAt: Time,
  signedAt: nullable(Time),
  endedAt: nullable(Time),
  endReason: nullable(Text),
  isLate: Type.Boolean(),
  isHolder: Type.Boolean(),
  isLead: Type.Boolean(),
  joint: nullable(oneOf(JOINT_KINDS)),
  /** Of the whole time from coming in to the deadline. */
  share: Type.Number(),
});

const Link = Type.Object({ id: Uuid, number: Text, receivedAt: Time });

export const CaseDetail = Type.Object(
  {
    ...CaseItem.properties,
    source: oneOf(SOURCES),
    sourceName: Text,
    firstDueAt: Time,
    takenAt: Time,
    version: Type.Integer(),
    outcome: nullable(oneOf(OUTCOMES)),
    contactedAt: nullable(Time),
    answer: nullable(Text),
    reply: nullable(Text),
    closedAt: nullable(Time),
    hangReason: nullable(Text),
    hangReviewAt: nullable(Time),
    extensionCount: Type.Integer(),
    compoundId: nullable(Uuid),
    placeScopeId: nullable(Uuid),
    placeScopeName: nullable(Text),
    /** Masked; null where there is none or it is confidential and not this reader's. */
    caller: nullable(Text),
    hands: Type.Array(HandView),
    events: Type.Array(
      Type.Object({
        id: Uuid,
        kind: Text,
        actorName: nullable(Text),
        actorRole: Text,
        params: Type.Record(Type.String(), Type.Unknown()),
        at: Time,
      }),
    ),
    orders: Type.Array(
      Type.Object({
        id: Uuid,
        scopeId: Uuid,
        number: Text,
        status: Text,
        workerName: nullable(Text),
        arrivedAt: nullable(Time),
        finishedAt: nullable(Time),
        workDone: nullable(Text),
        isOpen: Type.Boolean(),
      }),
    ),
    callbacks: Type.Array(
      Type.Object({
        round: Type.Integer(),
        unitName: Text,
        isValid: Type.Boolean(),
        invalidReason: nullable(Text),
        wasContacted: nullable(Type.Boolean()),
        isSolved: nullable(Type.Boolean()),
        satisfaction: nullable(Satisfaction),
        note: nullable(Text),
        isExcluded: Type.Boolean(),
        calledAt: Time,
        recordedName: Text,
      }),
    ),
    exclusions: Type.Array(
      Type.Object({
        id: Uuid,
        ground: Text,
        reason: Text,
        askedName: Text,
        askedAt: Time,
        decidedName: nullable(Text),
        decidedAt: nullable(Time),
        isApproved: nullable(Type.Boolean()),
        decisionReason: nullable(Text),
      }),
    ),
    /** The first case of the matter, when this is a repeat; and every other call about it. */
    matter: Type.Array(Link),
    suggestions: Type.Array(
      Type.Object({
        id: Uuid,
        number: Text,
        receivedAt: Time,
        description: Text,
        status: Status,
        isSameCaller: Type.Boolean(),
      }),
    ),
    /** Of the reply, out of the case's own facts: label keys of i18n with what they say. */
    draft: Type.Array(
      Type.Object({ key: Text, params: Type.Record(Text, Type.Union([Text, Type.Number()])) }),
    ),
    actions: Type.Array(
      Type.Object({ action: Action, isAllowed: Type.Boolean(), reasonCode: nullable(Text) }),
    ),
    exclusionGrounds: Type.Array(Text),
  },
  { title: 'HotlineCase' },
);

export const CallerReveal = Type.Object({ purpose: Words(200) }, strict);
export const CallerPlain = Type.Object({ name: nullable(Text), phone: nullable(Text) });
export const Units = Type.Object({
  items: Type.Array(Type.Object({ id: Uuid, name: Text, kind: Text, parentName: nullable(Text) })),
});
export const QUEUES = [
  'mine',
  'unsigned',
  'late',
  'objected',
  'hanging',
  'to_reply',
  'to_call',
  'exclusion',
  'open',
  'all',
] as const;
export const Queues = Type.Object({
  items: Type.Array(Type.Object({ queue: oneOf(QUEUES), count: Type.Integer() })),
});
