import Type, { type Static } from 'typebox';
import { pageQuery } from '../../platform/http/pagination.ts';
import { CHECK_STATES, LOWERING_ENDS, LOWERING_STATES, mostEveryDays, ROUND_STATES } from './domain.ts';
import { DEVICE_KINDS } from '../sensing/index.ts';

/** The shapes on the wire. */
const strict = { additionalProperties: false };
const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const nullable = <T extends Type.TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>(Type.Union([schema, Type.Null()]));
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
const Version = Type.Integer({ minimum: 1 });

export const IdPath = Type.Object({ id: Uuid }, strict);
export const ScopeQuery = Type.Object({ scopeId: Uuid }, strict);

const TimetableBody = Type.Object(
  {
    validFrom: Day,
    everyDays: Type.Integer({ minimum: 1, maximum: mostEveryDays }),
    /** Minutes of the local day, ascending. */
    times: Type.Array(Type.Integer({ minimum: 0, maximum: 1_439 }), { minItems: 1, maxItems: 24 }),
    withinMinutes: Type.Integer({ minimum: 5, maximum: 1_440 }),
  },
  strict,
);
export type TimetableInput = Static<typeof TimetableBody>;

const CheckpointBody = Type.Object(
  {
    label: Words(60),
    buildingId: nullable(Uuid),
    facilityId: nullable(Uuid),
    spot: Type.String({ maxLength: 100 }),
    /** What a finding there opens. */
    categoryCode: Type.String({ minLength: 1, maxLength: 60 }),
    /** What looking at it takes, the way there included. */
    minutes: Type.Integer({ minimum: 1, maximum: 240 }),
    deviceId: nullable(Uuid),
  },
  strict,
);
export type CheckpointInput = Static<typeof CheckpointBody>;

export const RouteBody = Type.Object(
  {
    scopeId: Uuid,
    label: Words(60),
    reason: Words(200),
    timetable: TimetableBody,
    checkpoints: Type.Array(CheckpointBody, { minItems: 1, maxItems: 60 }),
  },
  strict,
);
export type RouteInput = Static<typeof RouteBody>;

export const RouteCommand = Type.Union([
  Type.Object(
    {
      action: Type.Literal('retime'),
      expectedVersion: Version,
      timetable: TimetableBody,
      reason: Words(200),
    },
    strict,
  ),
  Type.Object(
    { action: Type.Literal('add_checkpoint'), expectedVersion: Version, checkpoint: CheckpointBody },
    strict,
  ),
  Type.Object({ action: Type.Literal('retire'), expectedVersion: Version, reason: Words(200) }, strict),
]);
export type RouteCommandBody = Static<typeof RouteCommand>;

export const CheckpointCommand = Type.Union([
  Type.Object({ action: Type.Literal('watch'), expectedVersion: Version, deviceId: nullable(Uuid) }, strict),
  Type.Object({ action: Type.Literal('retire'), expectedVersion: Version, reason: Words(200) }, strict),
]);
export type CheckpointCommandBody = Static<typeof CheckpointCommand>;

const Timetable = Type.Object({
  version: Type.Integer(),
  validFrom: Day,
  everyDays: Type.Integer(),
  times: Type.Array(Type.Integer()),
  withinMinutes: Type.Integer(),
  reason: Type.String(),
  changedByName: Type.String(),
});

const Lowered = Type.Object({
  id: Uuid,
  state: oneOf(LOWERING_STATES),
  everyRounds: Type.Integer(),
  untilOn: Day,
});

export const Checkpoint = Type.Object(
  {
    id: Uuid,
    position: Type.Integer(),
    label: Type.String(),
    placeLabel: Type.String(),
    spot: Type.String(),
    facilityId: nullable(Uuid),
    categoryCode: Type.String(),
    minutes: Type.Integer(),
    /** In every so-many-th round, as it holds now. */
    everyRounds: Type.Integer(),
    version: Type.Integer(),
    device: nullable(
      Type.Object({
        id: Uuid,
        label: Type.String(),
        kind: oneOf(DEVICE_KINDS),
        /** Heard, and its silence would be noticed: only then it may spare rounds. */
        isWatching: Type.Boolean(),
      }),
    ),
    lowering: nullable(Lowered),
  },
  { title: 'PatrolCheckpoint' },
);

export const Route = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeName: Type.String(),
    label: Type.String(),
    version: Type.Integer(),
    nextAt: nullable(Time),
    timetable: nullable(Timetable),
    /** Written and not begun yet. */
    upcoming: Type.Array(Timetable),
    checkpoints: Type.Array(Checkpoint),
  },
  { title: 'PatrolRoute' },
);
export const RoutesQuery = Type.Object({ ...pageQuery, scopeId: Type.Optional(Uuid) }, strict);
export const Routes = Type.Object(
  { items: Type.Array(Route), nextCursor: nullable(Type.String()) },
  { title: 'PatrolRoutes' },
);
export const Made = Type.Object({ id: Uuid });

export const Check = Type.Object(
  {
    checkpointId: Uuid,
    label: Type.String(),
    placeLabel: Type.String(),
    spot: Type.String(),
    /** What hangs there with a code to scan. */
    facilityId: nullable(Uuid),
    state: oneOf(CHECK_STATES),
    minutes: Type.Integer(),
    how: nullable(oneOf(['scanned', 'ticked'] as const)),
    result: nullable(oneOf(['well', 'finding'] as const)),
    note: nullable(Type.String()),
    doneByName: nullable(Type.String()),
    doneAt: nullable(Time),
    order: nullable(Type.Object({ id: Uuid, number: Type.String() })),
  },
  { title: 'PatrolCheck' },
);
export const Round = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeName: Type.String(),
    routeId: Uuid,
    routeLabel: Type.String(),
    opensAt: Time,
    dueAt: Time,
    closesAt: Time,
    state: oneOf(ROUND_STATES),
    doneAt: nullable(Time),
    checks: Type.Array(Check),
  },
  { title: 'PatrolRound' },
);
export const RoundsQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Type.Optional(Uuid),
    routeId: Type.Optional(Uuid),
    state: Type.Optional(oneOf(ROUND_STATES)),
  },
  strict,
);
export const Rounds = Type.Object(
  { items: Type.Array(Round), nextCursor: nullable(Type.String()) },
  { title: 'PatrolRounds' },
);
export const OwnRounds = Type.Object({ items: Type.Array(Round) }, { title: 'OwnPatrolRounds' });

export const CheckInput = Type.Object(
  {
    checkpointId: Uuid,
    result: oneOf(['well', 'finding'] as const),
    /** From the label that hangs there; ticked by hand where left out. */
    scannedFacilityId: Type.Optional(Uuid),
    /** What was seen; a finding needs it. */
    note: Type.Optional(Type.String({ maxLength: 500 })),
    photoIds: Type.Optional(Type.Array(Uuid, { maxItems: 9 })),
  },
  strict,
);
export type CheckBody = Static<typeof CheckInput>;

export const LoweringBody = Type.Object(
  {
    scopeId: Uuid,
    checkpointId: Uuid,
    everyRounds: Type.Integer({ minimum: 2, maximum: 60 }),
    /** The last day on which it holds. */
    untilOn: Day,
    reason: Words(300),
  },
  strict,
);
export type LoweringInput = Static<typeof LoweringBody>;
export const LoweringDecision = Type.Object(
  {
    action: oneOf(['approve', 'decline'] as const),
    expectedVersion: Version,
    words: Type.Optional(Type.String({ maxLength: 300 })),
  },
  strict,
);
export const LoweringWithdrawal = Type.Object({ expectedVersion: Version }, strict);
export interface LoweringCommandBody {
  readonly action: 'approve' | 'decline' | 'withdraw';
  readonly expectedVersion: number;
  readonly words?: string;
}

const FREQUENCY_CAUSES = [
  'begun',
  'approved',
  'silent',
  'heard',
  'expired',
  'retired',
  'unwatched',
  'withdrawn',
] as const;

export const Lowering = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeName: Type.String(),
    routeLabel: Type.String(),
    checkpointId: Uuid,
    checkpointLabel: Type.String(),
    deviceLabel: nullable(Type.String()),
    everyRounds: Type.Integer(),
    untilOn: Day,
    reason: Type.String(),
    state: oneOf(LOWERING_STATES),
    ended: nullable(oneOf(LOWERING_ENDS)),
    proposedByName: Type.String(),
    proposedAt: Time,
    decidedByName: nullable(Type.String()),
    decidedAt: nullable(Time),
    decidedWords: nullable(Type.String()),
    endedAt: nullable(Time),
    version: Type.Integer(),
    /** Proposed by somebody else, and this reader may say yes or no. */
    mayDecide: Type.Boolean(),
    mayWithdraw: Type.Boolean(),
  },
  { title: 'PatrolLowering' },
);
export const ScopesQuery = Type.Object({ scopeId: Type.Optional(Uuid) }, strict);
export const Lowerings = Type.Object({ items: Type.Array(Lowering) }, { title: 'PatrolLowerings' });

export const FrequencyHistory = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        at: Time,
        everyRounds: Type.Integer(),
        cause: oneOf(FREQUENCY_CAUSES),
        changedByName: nullable(Type.String()),
      }),
    ),
  },
  { title: 'PatrolFrequencies' },
);

export const FreedQuery = Type.Object(
  { scopeId: Type.Optional(Uuid), weeks: Type.Optional(Type.Integer({ minimum: 1, maximum: 53 })) },
  strict,
);
export const Freed = Type.Object(
  {
    from: Day,
    to: Day,
    plannedHours: Type.Number(),
    sparedHours: Type.Number(),
    sparedChecks: Type.Integer(),
    weeks: Type.Array(
      Type.Object({
        week: Day,
        plannedHours: Type.Number(),
        sparedHours: Type.Number(),
        sparedChecks: Type.Integer(),
      }),
    ),
  },
  { title: 'PatrolFreed' },
);
