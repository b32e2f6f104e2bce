import {
  DEVICE_KINDS,
  DIRECTIONS,
  FINDING_CODES,
  GATE_DIRECTIONS,
  GATE_KINDS,
  OUTCOMES,
  OVERRIDERS,
  RISK_LEVELS,
  SEALS,
  URGENT_TRIPS,
  WAYS,
} from '@gongzhi/gate';
import Type, { type Static } from 'typebox';

/** The shapes on the wire. */
export const strict = { additionalProperties: false };
export const Uuid = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const nullable = <T extends Type.TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>(Type.Union([schema, Type.Null()]));
export const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
export const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });

export const IdPath = Type.Object({ id: Uuid }, strict);
export const ScopeQuery = Type.Object({ scopeId: Uuid }, strict);
export const MaybeScopeQuery = Type.Object({ scopeId: Type.Optional(Uuid) }, strict);

export const HoursOfWeek = Type.Array(
  Type.Object(
    {
      days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
        minItems: 1,
        maxItems: 7,
        uniqueItems: true,
      }),
      fromMinute: Type.Integer({ minimum: 0, maximum: 1_439 }),
      toMinute: Type.Integer({ minimum: 1, maximum: 1_440 }),
    },
    strict,
  ),
  { maxItems: 14 },
);

export const DEVICE_STANDINGS = ['revoked', 'no_secret', 'never', 'silent', 'clock_off', 'well'] as const;
export const GateDevice = Type.Object(
  {
    id: Uuid,
    gateId: Uuid,
    kind: oneOf(DEVICE_KINDS),
    label: Type.String(),
    /** The barrier that opens when somebody passes here. */
    opensDeviceId: nullable(Uuid),
    standing: oneOf(DEVICE_STANDINGS),
    lastSeenAt: nullable(Time),
    /** Its clock less ours, in milliseconds, as it was last seen. */
    clockSkewMs: nullable(Type.Integer()),
    hasSecret: Type.Boolean(),
    revokedAt: nullable(Time),
    version: Type.Integer(),
  },
  { title: 'GateDevice' },
);

export const Gate = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeName: Type.String(),
    code: Type.String(),
    name: Type.String(),
    kind: oneOf(GATE_KINDS),
    direction: oneOf(GATE_DIRECTIONS),
    buildingId: nullable(Uuid),
    buildingName: nullable(Type.String()),
    hours: HoursOfWeek,
    version: Type.Integer(),
    retiredAt: nullable(Time),
    devices: Type.Array(GateDevice),
    /** Of the place's day. */
    entries: Type.Integer(),
    exits: Type.Integer(),
    lastAt: nullable(Time),
    /** Many more went one way than the other: somewhere is a way past it. */
    isOutOfProportion: Type.Boolean(),
  },
  { title: 'Gate' },
);
export const Gates = Type.Object(
  { items: Type.Array(Gate), mayManage: Type.Boolean(), silentMinutes: Type.Integer() },
  { title: 'Gates' },
);

const gateFacts = {
  code: Type.String({ pattern: '^[A-Za-z0-9-]{1,20}$' }),
  name: Words(40),
  kind: oneOf(GATE_KINDS),
  direction: oneOf(GATE_DIRECTIONS),
  buildingId: nullable(Uuid),
  hours: HoursOfWeek,
};
export const GateInput = Type.Object({ scopeId: Uuid, ...gateFacts }, strict);
export type GateBody = Static<typeof GateInput>;
const expectedVersion = Type.Integer({ minimum: 1 });
const action = <const T extends string>(name: T) => Type.Unsafe<T>({ type: 'string', enum: [name] });
export const GateCommand = Type.Union([
  Type.Object({ action: action('change'), expectedVersion, ...gateFacts }, strict),
  Type.Object({ action: action('retire'), expectedVersion }, strict),
]);
export type GateCommandBody = Static<typeof GateCommand>;

export const GateDeviceInput = Type.Object({ kind: oneOf(DEVICE_KINDS), label: Words(60) }, strict);
export type GateDeviceBody = Static<typeof GateDeviceInput>;
export const GateDeviceCommand = Type.Union([
  Type.Object({ action: action('rename'), expectedVersion, label: Words(60) }, strict),
  Type.Object({ action: action('move'), expectedVersion, gateId: Uuid }, strict),
  Type.Object({ action: action('revoke'), expectedVersion }, strict),
  /** Which barrier of its gate opens when somebody passes here; null: none. */
  Type.Object({ action: action('link'), expectedVersion, opensDeviceId: nullable(Uuid) }, strict),
]);
export type GateDeviceCommandBody = Static<typeof GateDeviceCommand>;
/** By which a device knows that a list is ours. */
export const PublicKey = Type.Object({
  kty: Type.Literal('EC'),
  crv: Type.Literal('P-256'),
  x: Type.String(),
  y: Type.String(),
});
export const GateCredentials = Type.Object(
  {
    userName: Type.String(),
    password: Type.String(),
    httpPath: Type.String(),
    /** Its MQTT topics begin with it. */
    mqttTopic: Type.String(),
    publicKey: PublicKey,
  },
  { title: 'GateCredentials' },
);

const hard = oneOf(['pass_report', 'refer', 'refuse'] as const);
const when = oneOf(['in', 'out', 'both'] as const);
const check = <P extends Type.TProperties>(properties: P) => Type.Optional(Type.Object(properties, strict));
export const Checks = Type.Object(
  {
    temperature: check({
      limitTenths: Type.Integer({ minimum: 350, maximum: 420 }),
      counts: oneOf(['at_limit', 'above_limit'] as const),
      otherwise: hard,
      when,
    }),
    health_code: check({
      yellow: hard,
      red: hard,
      popup: hard,
      entryDays: Type.Integer({ minimum: 0, maximum: 60 }),
      when,
    }),
    test: check({
      withinHours: Type.Integer({ minimum: 1, maximum: 336 }),
      from: oneOf(['sampling', 'result'] as const),
      otherwise: hard,
      when,
    }),
    vaccination: check({ doses: Type.Integer({ minimum: 1, maximum: 10 }), otherwise: hard, when }),
    travel: check({
      levels: Type.Array(oneOf(RISK_LEVELS), { minItems: 1, maxItems: 3, uniqueItems: true }),
      withinDays: Type.Integer({ minimum: 1, maximum: 60 }),
      otherwise: hard,
      when,
    }),
    list: check({ otherwise: hard }),
    mask: check({ otherwise: hard, when }),
    capacity: check({ most: Type.Integer({ minimum: 1, maximum: 100_000 }), otherwise: hard }),
    vehicle: check({ otherwise: hard }),
  },
  strict,
);
export const NoAnswer = Type.Union([
  Type.Object(
    { kind: action('last_known'), maxAgeMinutes: Type.Integer({ minimum: 1, maximum: 10_080 }) },
    strict,
  ),
  Type.Object({ kind: action('refer') }, strict),
  Type.Object({ kind: action('pass') }, strict),
]);

const FollowUpRule = Type.Object(
  { days: Type.Integer({ minimum: 1, maximum: 60 }), awayHours: Type.Integer({ minimum: 2, maximum: 168 }) },
  strict,
);

export const MEASURE_STATES = ['planned', 'in_force', 'over', 'wiped'] as const;
const measureFacts = {
  name: Words(80),
  authority: Type.String({ maxLength: 120 }),
  documentNo: Type.String({ maxLength: 80 }),
  startsAt: Time,
  endsAt: nullable(Time),
  checks: Checks,
  onNoAnswer: NoAnswer,
  answerWithinMilliseconds: Type.Integer({ minimum: 50, maximum: 5_000 }),
  answerHoldsMinutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
  retentionDays: Type.Integer({ minimum: 0, maximum: 366 }),
  /** Contact tracing on a health authority's written request; without this word there is none. */
  tracing: Type.Optional(Type.Boolean()),
  /** Who comes home from a risk area is looked after for so many days, and who stays away longer than so many hours is asked about. */
  followUp: Type.Optional(nullable(FollowUpRule)),
};
export const Measure = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeName: Type.String(),
    buildingId: nullable(Uuid),
    buildingName: nullable(Type.String()),
    version: Type.Integer(),
    state: oneOf(MEASURE_STATES),
    endedByName: nullable(Type.String()),
    endReason: nullable(Type.String()),
    wipedAt: nullable(Time),
    /** Until when what was checked under it is kept. */
    keptUntil: Time,
    /** One compound, or every compound of a community or a street, those that come later too. */
    reach: oneOf(['compound', 'community', 'street'] as const),
    ...measureFacts,
    tracing: Type.Boolean(),
    followUp: nullable(FollowUpRule),
    endsAt: Time,
  },
  { title: 'Measure' },
);
export const Measures = Type.Object(
  { items: Type.Array(Measure), mayOrder: Type.Boolean() },
  { title: 'Measures' },
);
/** `seals`: what it would close. There is no such measure, and whoever asks is told so. */
const seals = Type.Optional(Type.Array(oneOf(SEALS), { maxItems: 3 }));
export const MeasureInput = Type.Object(
  { scopeId: Uuid, buildingId: nullable(Uuid), ...measureFacts, seals },
  strict,
);
export type MeasureBody = Static<typeof MeasureInput>;
export const MeasureCommand = Type.Union([
  Type.Object({ action: action('change'), expectedVersion, ...measureFacts, seals }, strict),
  Type.Object({ action: action('end'), expectedVersion, reason: Words(200) }, strict),
]);
export type MeasureCommandBody = Static<typeof MeasureCommand>;

const Said = Type.Object(
  {
    /** The sender's own number for it: sent twice, it is one passage. */
    id: Uuid,
    /** By the sender's clock. */
    at: Type.Optional(Time),
    direction: oneOf(DIRECTIONS),
    text: Type.Optional(Type.String({ maxLength: 200 })),
    code: Type.Optional(Type.String({ maxLength: 200 })),
    card: Type.Optional(Type.String({ maxLength: 64 })),
    plate: Type.Optional(Type.String({ maxLength: 20 })),
    passId: Type.Optional(Uuid),
    urgent: Type.Optional(oneOf(URGENT_TRIPS)),
    /** Degrees Celsius. */
    temperature: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
    mask: Type.Optional(Type.Boolean()),
    /** What was read from their health code, where a measure asks for it: instead of asking the service about them. */
    healthCode: Type.Optional(Type.String({ maxLength: 200 })),
  },
  strict,
);
export const MOST_CHECKS = 100;
export const ChecksBody = Type.Object(
  { checks: Type.Array(Said, { minItems: 1, maxItems: MOST_CHECKS }) },
  strict,
);
export const GateChecksPath = Type.Object({ gateId: Uuid }, strict);

const Failed = Type.Object(
  {
    check: Type.String(),
    code: oneOf(FINDING_CODES),
    state: oneOf(['fail', 'unknown', 'ok'] as const),
    outcome: oneOf(OUTCOMES),
    policyId: nullable(Uuid),
    params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    overriders: Type.Array(oneOf(OVERRIDERS)),
  },
  { title: 'FailedCheck' },
);
export const Sentence = Type.Object({ 'zh-CN': Type.String(), en: Type.String() }, { title: 'Sentence' });
export const CheckResult = Type.Object(
  {
    id: Uuid,
    status: oneOf(['decided', 'repeated', 'refused'] as const),
    /** Why it was not taken; null when it was. */
    fault: nullable(Type.String()),
    outcome: nullable(oneOf(OUTCOMES)),
    say: nullable(Type.String()),
    params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    /** What to say, and what would put it right; null where nothing is wrong. */
    sentence: nullable(Sentence),
    remedy: nullable(Sentence),
    failed: Type.Array(Failed),
    overriders: Type.Array(oneOf(OVERRIDERS)),
    urgent: nullable(oneOf(URGENT_TRIPS)),
    ref: nullable(Type.String()),
    way: nullable(oneOf(WAYS)),
    seq: nullable(Type.Integer()),
    recordedAt: nullable(Time),
    isClockOff: Type.Boolean(),
  },
  { title: 'CheckResult' },
);
export const ChecksAnswer = Type.Object(
  { now: Time, results: Type.Array(CheckResult) },
  { title: 'ChecksAnswer' },
);
