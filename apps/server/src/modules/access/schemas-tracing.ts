import { PASS_KINDS } from '@gongzhi/gate';
import Type, { type Static } from 'typebox';
import { Day, nullable, oneOf, ScopeQuery, strict, Time, Uuid, Words } from './schemas.ts';

/** Contact tracing on the wire. */

const expectedVersion = Type.Integer({ minimum: 1 });

export const TRACING_STATES = ['asked', 'authorised', 'declined', 'withdrawn', 'destroyed'] as const;
export const Tracing = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    measure: Type.String(),
    requestNo: Type.String(),
    authority: Type.String(),
    documentRef: Type.String(),
    requestedOn: Day,
    /** For the two, and for who is to decide; null to others, and once it was destroyed. */
    matter: nullable(Type.String()),
    from: Time,
    to: Time,
    windowMinutes: Type.Integer(),
    state: oneOf(TRACING_STATES),
    askedByName: Type.String(),
    askedRole: Type.String(),
    askedAt: Time,
    decidedByName: nullable(Type.String()),
    decidedRole: nullable(Type.String()),
    decidedAt: nullable(Time),
    reason: nullable(Type.String()),
    found: nullable(Type.Integer()),
    copies: Type.Integer(),
    destroyAt: Time,
    destroyedAt: nullable(Time),
    version: Type.Integer(),
    mayDecide: Type.Boolean(),
    mayWithdraw: Type.Boolean(),
    /** One of the two, while the list is there. */
    mayOpen: Type.Boolean(),
  },
  { title: 'Tracing' },
);
export const Tracings = Type.Object(
  {
    items: Type.Array(Tracing),
    mayAsk: Type.Boolean(),
    /** Measures in force here that allow it; none: nothing can be asked for. */
    measures: Type.Array(
      Type.Object({
        id: Uuid,
        name: Type.String(),
        authority: Type.String(),
        documentNo: Type.String(),
        startsAt: Time,
      }),
    ),
    limits: Type.Object({
      windowMinutes: Type.Integer(),
      spanDays: Type.Integer(),
      keepDays: Type.Integer(),
    }),
  },
  { title: 'Tracings' },
);
export const TracingInput = Type.Object(
  {
    scopeId: Uuid,
    policyId: Uuid,
    requestNo: Words(80),
    authority: Words(120),
    /** Where the written request lies: a file's number, or the archive's mark. */
    documentRef: Words(200),
    requestedOn: Day,
    matter: Words(400),
    /** Of one passage: of whoever went through then, wherever they went in that time. */
    gateId: Uuid,
    passageId: Uuid,
    from: Time,
    to: Time,
    windowMinutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
    destroyOn: Day,
  },
  strict,
);
export type TracingBody = Static<typeof TracingInput>;
export const TracingDecision = Type.Object(
  { expectedVersion, isAuthorised: Type.Boolean(), reason: Words(400) },
  strict,
);
export const TracingWithdrawal = Type.Object({ expectedVersion }, strict);

export const TracingList = Type.Object(
  {
    /** How many passages within the window were of people the gate does not know. */
    unknown: Type.Integer(),
    items: Type.Array(
      Type.Object(
        {
          passId: Uuid,
          kind: oneOf(PASS_KINDS),
          /** Masked; in plain text on the authority's list only. */
          name: nullable(Type.String()),
          phone: nullable(Type.String()),
          home: nullable(Type.String()),
          gate: Type.String(),
          at: Time,
          apartSeconds: Type.Integer(),
          times: Type.Integer(),
        },
        { title: 'TracedContact' },
      ),
    ),
  },
  { title: 'TracingList' },
);
export const TracingExport = Type.Object({ locale: oneOf(['zh-CN', 'en'] as const) }, strict);

/** Who is looked after. */
export const FOLLOW_UP_KINDS = ['risk', 'declared', 'away'] as const;
export const FollowUps = Type.Object(
  {
    /** Measures in force here that allow it; none: nobody is followed up. */
    measures: Type.Array(
      Type.Object({
        id: Uuid,
        name: Type.String(),
        authority: Type.String(),
        documentNo: Type.String(),
        days: Type.Integer(),
        awayHours: Type.Integer(),
        endsAt: Time,
      }),
    ),
    items: Type.Array(
      Type.Object(
        {
          /** Null: nobody has done anything about it yet, and it is written nowhere. */
          id: nullable(Uuid),
          policyId: Uuid,
          passId: Uuid,
          kind: oneOf(FOLLOW_UP_KINDS),
          passKind: oneOf(PASS_KINDS),
          name: nullable(Type.String()),
          phone: nullable(Type.String()),
          home: nullable(Type.String()),
          householdId: nullable(Uuid),
          since: Time,
          dueOn: nullable(Day),
          isOverdue: Type.Boolean(),
          words: nullable(Type.String()),
          note: nullable(Type.String()),
          doneByName: nullable(Type.String()),
          doneAt: nullable(Time),
          version: Type.Integer(),
        },
        { title: 'FollowUp' },
      ),
    ),
    mayWork: Type.Boolean(),
  },
  { title: 'FollowUps' },
);
export const FollowUpInput = Type.Object(
  {
    scopeId: Uuid,
    policyId: Uuid,
    passId: Uuid,
    /** Where they say they were. */
    words: Words(200),
    cameOn: Day,
  },
  strict,
);
export type FollowUpBody = Static<typeof FollowUpInput>;
export const FollowUpDone = Type.Object(
  {
    scopeId: Uuid,
    policyId: Uuid,
    passId: Uuid,
    kind: oneOf(FOLLOW_UP_KINDS),
    expectedVersion: Type.Integer({ minimum: 0 }),
    note: Words(400),
  },
  strict,
);
export type FollowUpDoneBody = Static<typeof FollowUpDone>;

/** Where something is not seen. */
export const BlindSpots = Type.Object(
  {
    day: Day,
    /** Hours of today that are over and counted. */
    hoursOver: Type.Integer(),
    gates: Type.Array(
      Type.Object(
        {
          gateId: Uuid,
          name: Type.String(),
          /** How many earlier days of this weekday it is compared with. */
          days: Type.Integer(),
          /** What is usual by the hour; empty while there are too few days. */
          usual: Type.Array(
            Type.Object({ hour: Type.Integer(), entries: Type.Number(), exits: Type.Number() }),
          ),
          spots: Type.Array(
            Type.Object({
              kind: oneOf(['none_passed', 'far_fewer', 'far_more', 'one_sided'] as const),
              fromHour: Type.Integer(),
              toHour: Type.Integer(),
              seen: Type.Number(),
              expected: Type.Number(),
            }),
          ),
          devices: Type.Array(
            Type.Object({
              id: Uuid,
              label: Type.String(),
              standing: oneOf(['silent', 'never', 'clock_off'] as const),
              lastSeenAt: nullable(Time),
            }),
          ),
        },
        { title: 'GateBlindSpots' },
      ),
    ),
  },
  { title: 'BlindSpots' },
);
export { ScopeQuery };
