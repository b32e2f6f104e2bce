import Type, { type Static } from 'typebox';
import { pageQuery } from '../../platform/http/pagination.ts';
import { ACTIONS, STATES, SUBJECT_KINDS } from './domain.ts';

/** The shapes on the wire. */
const strict = { additionalProperties: false };
const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Text = Type.String();
const nullable = <T extends Type.TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>(Type.Union([schema, Type.Null()]));
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
const Count = Type.Integer({ minimum: 0 });

export const IdPath = Type.Object({ id: Uuid }, strict);
export const ScopeQuery = Type.Object({ scopeId: Uuid }, strict);

export const ProjectsQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Type.Optional(Uuid),
    state: Type.Optional(oneOf(STATES)),
    /** Also what merely repeats and does not stand out. */
    all: Type.Optional(Type.Boolean()),
  },
  strict,
);

const REASONS = [
  'same_facility',
  'same_place',
  'spread',
  'alike',
  'alike_newest',
  'rising',
  'among_like',
  'hotline',
] as const;
/** A code and what its sentence needs; which numbers there are depends on the code. */
const Reason = Type.Object({
  code: oneOf(REASONS),
  params: Type.Record(Text, Type.Number()),
});

const Span = Type.Object({ from: Time, until: Time });
const Effect = Type.Object({
  basis: oneOf(['last_year', 'weeks_before'] as const),
  before: Span,
  after: Span,
  beforeCount: Count,
  afterCount: Count,
  expected: Type.Number(),
  avoided: Type.Number(),
  least: Type.Number(),
  most: Type.Number(),
});

const project = {
  id: Uuid,
  scopeId: Uuid,
  scopeName: Text,
  state: oneOf(STATES),
  subjectKind: oneOf(SUBJECT_KINDS),
  facilityLabel: nullable(Text),
  buildingName: nullable(Text),
  categoryNameZh: nullable(Text),
  categoryNameEn: nullable(Text),
  reasons: Type.Array(Reason),
  weeks: Type.Array(Count, { description: 'How many in each week, the oldest first' }),
  orderCount: Count,
  isStrong: Type.Boolean({ description: 'Stands out from what is usual' }),
  firstAt: Time,
  proposedAt: Time,
  openSteps: Count,
  doneSteps: Count,
  nextDueOn: nullable(Day),
  isStepLate: Type.Boolean(),
  effect: nullable(Effect),
  version: Type.Integer(),
};

export const ProjectList = Type.Object(
  {
    items: Type.Array(Type.Object(project)),
    nextCursor: nullable(Text),
    counts: Type.Object(
      Object.fromEntries(STATES.map((state) => [state, Count])) as Record<
        (typeof STATES)[number],
        typeof Count
      >,
    ),
    /** Of projects that have been watched at least a week. */
    avoided: Type.Number(),
    measured: Count,
    /** Proposals that merely repeat: shown with `all`. */
    weak: Count,
    /** At most so many proposals wait in a compound. */
    most: Count,
    /** So many proposals a week in the street may be chance. */
    falseAlarms: Type.Number(),
  },
  { title: 'PreventionProjects' },
);

export const ProjectDetail = Type.Object(
  {
    ...project,
    cause: nullable(Text),
    decidedAt: nullable(Time),
    decidedByName: nullable(Text),
    declineReason: nullable(Text),
    acceptedAt: nullable(Time),
    doneAt: nullable(Time),
    workDone: nullable(Text),
    watchUntil: nullable(Time),
    closedAt: nullable(Time),
    actions: Type.Array(oneOf(ACTIONS)),
    steps: Type.Array(
      Type.Object({
        no: Count,
        what: Text,
        ownerName: Text,
        dueOn: Day,
        state: oneOf(['open', 'done', 'dropped'] as const),
        isLate: Type.Boolean(),
        note: nullable(Text),
        endedAt: nullable(Time),
      }),
    ),
    orders: Type.Array(
      Type.Object({
        id: Uuid,
        number: Text,
        status: Text,
        categoryNameZh: Text,
        categoryNameEn: Text,
        placeLabel: Text,
        createdAt: Time,
        isLate: Type.Boolean(),
      }),
    ),
    story: Type.Array(
      Type.Object({
        id: Uuid,
        kind: Text,
        actorName: nullable(Text),
        params: Type.Record(Text, Type.Unknown()),
        at: Time,
      }),
    ),
  },
  { title: 'PreventionProject' },
);

const command = <const A extends string, P extends Type.TProperties>(action: A, params: P) =>
  Type.Object(
    { action: Type.Literal(action), expectedVersion: Type.Integer({ minimum: 1 }), ...params },
    strict,
  );
const StepNo = Type.Integer({ minimum: 1, maximum: 1_000 });

export const ProjectCommand = Type.Union([
  command('accept', { cause: Type.Optional(Words(500)) }),
  command('decline', { reason: Words(500) }),
  command('add_step', { what: Words(300), ownerAccountId: Uuid, dueOn: Day }),
  command('finish_step', { stepNo: StepNo, note: Type.Optional(Type.String({ maxLength: 500 })) }),
  command('drop_step', { stepNo: StepNo, reason: Words(500) }),
  command('finish', { workDone: Words(1_000), cause: Type.Optional(Words(500)) }),
  command('take_up_again', { reason: Words(500) }),
]);
export type ProjectCommandBody = Static<typeof ProjectCommand>;

const RISK_REASONS = ['repeated', 'rising', 'season', 'late'] as const;
const Risk = Type.Object({
  facilityLabel: nullable(Text),
  buildingName: nullable(Text),
  categoryNameZh: Text,
  categoryNameEn: Text,
  expected: Type.Number({ description: 'How many in the next four weeks' }),
  chance: Type.Number({ minimum: 0, maximum: 1, description: 'That any comes' }),
  weeks: Type.Array(Count),
  open: Count,
  late: Count,
  reasons: Type.Array(Type.Object({ code: oneOf(RISK_REASONS), params: Type.Record(Text, Type.Number()) })),
});

export const RiskList = Type.Object(
  {
    grids: Type.Array(
      Type.Object({
        gridId: nullable(Uuid),
        code: Text,
        name: Text,
        stewardName: nullable(Text),
        risks: Type.Array(Risk),
      }),
    ),
    /** The list as it would have been four weeks ago: how many lines, how many of them came. */
    past: nullable(Type.Object({ listed: Count, came: Count })),
  },
  { title: 'PreventionRisks' },
);
