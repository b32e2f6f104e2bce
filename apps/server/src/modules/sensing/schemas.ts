import Type, { type Static } from 'typebox';
import { pageQuery } from '../../platform/http/pagination.ts';
import { DEVICE_KINDS, DEVICE_STATES, MESSAGE_FAULTS } from './domain.ts';

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

export const IdPath = Type.Object({ id: Uuid }, strict);
export const CodePath = Type.Object({ code: Type.String({ maxLength: 60 }) }, strict);
export const ScopeQuery = Type.Object({ scopeId: Uuid }, strict);

export const Device = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeName: Type.String(),
    kind: oneOf(DEVICE_KINDS),
    label: Type.String(),
    buildingId: nullable(Uuid),
    facilityId: nullable(Uuid),
    placeLabel: Type.String(),
    spot: Type.String(),
    gatewayId: nullable(Uuid),
    state: oneOf(DEVICE_STATES),
    lastSeenAt: nullable(Time),
    lastAt: nullable(Time),
    lastValue: nullable(Type.Number()),
    /** The last message that was no reading, and how many there were. */
    fault: nullable(oneOf(MESSAGE_FAULTS)),
    faultAt: nullable(Time),
    faultCount: Type.Integer(),
    /** When its clock was last found too far from ours; its readings then bear our time. */
    clockOffAt: nullable(Time),
    hasSecret: Type.Boolean(),
    retiredAt: nullable(Time),
    version: Type.Integer(),
  },
  { title: 'Device' },
);

export const DevicesQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Type.Optional(Uuid),
    state: Type.Optional(oneOf(DEVICE_STATES)),
    kind: Type.Optional(oneOf(DEVICE_KINDS)),
  },
  strict,
);
export const Devices = Type.Object(
  {
    items: Type.Array(Device),
    nextCursor: nullable(Type.String()),
    counts: Type.Object(
      Object.fromEntries(DEVICE_STATES.map((state) => [state, Type.Integer()])) as Record<
        (typeof DEVICE_STATES)[number],
        Type.TInteger
      >,
    ),
  },
  { title: 'Devices' },
);

const place = {
  label: Words(60),
  buildingId: nullable(Uuid),
  facilityId: nullable(Uuid),
  spot: Type.String({ maxLength: 100 }),
  gatewayId: nullable(Uuid),
};
export const DeviceInput = Type.Object({ scopeId: Uuid, kind: oneOf(DEVICE_KINDS), ...place }, strict);
export type DeviceBody = Static<typeof DeviceInput>;

const expectedVersion = Type.Integer({ minimum: 1 });
export const DeviceCommand = Type.Union([
  Type.Object({ action: Type.Literal('change'), expectedVersion, ...place }, strict),
  Type.Object({ action: Type.Literal('retire'), expectedVersion }, strict),
]);
export type DeviceCommandBody = Static<typeof DeviceCommand>;

/** Shown once. The topics are written out, so that nobody puts them together wrongly. */
export const Credentials = Type.Object(
  {
    userName: Type.String(),
    password: Type.String(),
    readingsTopic: Type.String(),
    stateTopic: Type.String(),
    commandsTopic: Type.String(),
    httpPath: Type.String(),
  },
  { title: 'DeviceCredentials' },
);

export const RuleCondition = Type.Union([
  Type.Object({ is: Type.Literal('above'), raiseAt: Type.Number(), clearAt: Type.Number() }, strict),
  Type.Object({ is: Type.Literal('below'), raiseAt: Type.Number(), clearAt: Type.Number() }, strict),
  Type.Object(
    {
      is: Type.Literal('silent'),
      afterSeconds: Type.Integer({ minimum: 60, maximum: 604_800 }),
      goneAfterSeconds: Type.Integer({ minimum: 0, maximum: 604_800 }),
    },
    strict,
  ),
]);
const seconds = Type.Integer({ minimum: 0, maximum: 604_800 });
const ruleFields = {
  condition: RuleCondition,
  forSeconds: seconds,
  clearForSeconds: seconds,
  restSeconds: seconds,
  quiet: nullable(
    Type.Object(
      {
        from: Type.Integer({ minimum: 0, maximum: 1_439 }),
        to: Type.Integer({ minimum: 0, maximum: 1_439 }),
      },
      strict,
    ),
  ),
  categoryCode: Type.String({ minLength: 1, maxLength: 80 }),
  isActive: Type.Boolean(),
};

const LEVELS = ['compound', 'company', 'street', 'city', 'base'] as const;
export const SensorRule = Type.Object(
  {
    code: Type.String(),
    kind: oneOf(DEVICE_KINDS),
    /** Who wrote it; 'base': the product's own. */
    level: oneOf(LEVELS),
    validFrom: nullable(Day),
    source: Type.String(),
    changedByName: Type.String(),
    /** Of this very place: the version a change starts from, 0 where it has none. */
    ownVersion: Type.Integer(),
    ...ruleFields,
  },
  { title: 'SensorRule' },
);
export const SensorRules = Type.Object(
  {
    scopeId: Uuid,
    scopeName: Type.String(),
    mayEdit: Type.Boolean(),
    earliest: Day,
    items: Type.Array(SensorRule),
    /** Written and not begun yet. */
    upcoming: Type.Array(SensorRule),
  },
  { title: 'SensorRules' },
);
export const SensorRuleBody = Type.Object(
  {
    scopeId: Uuid,
    expectedVersion: Type.Integer({ minimum: 0 }),
    validFrom: Day,
    source: Words(200),
    ...ruleFields,
  },
  strict,
);
export type SensorRuleInput = Static<typeof SensorRuleBody>;

export const Alarm = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeName: Type.String(),
    deviceId: Uuid,
    deviceLabel: Type.String(),
    deviceKind: oneOf(DEVICE_KINDS),
    ruleCode: Type.String(),
    since: Time,
    raisedAt: Time,
    clearedAt: nullable(Time),
    endedAt: nullable(Time),
    endedHow: nullable(oneOf(['cleared', 'people'] as const)),
    returnCount: Type.Integer(),
    /** The order it opened; null where its category is not offered. */
    order: nullable(
      Type.Object({
        id: Uuid,
        number: Type.String(),
        status: nullable(Type.String()),
        assigneeName: nullable(Type.String()),
      }),
    ),
    evidence: Type.Array(Type.Object({ at: Time, value: Type.Number() })),
  },
  { title: 'Alarm' },
);
export const AlarmsQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Type.Optional(Uuid),
    deviceId: Type.Optional(Uuid),
    isOpen: Type.Optional(Type.Boolean()),
  },
  strict,
);
export const Alarms = Type.Object(
  { items: Type.Array(Alarm), nextCursor: nullable(Type.String()) },
  { title: 'Alarms' },
);

export const DeviceDetail = Type.Object(
  {
    device: Device,
    unit: Type.String(),
    measures: oneOf(['state', 'number', 'none'] as const),
    gatewayLabel: nullable(Type.String()),
    mayManage: Type.Boolean(),
    rules: Type.Array(SensorRule),
    alarms: Type.Array(Alarm),
    /** Readings before this were deleted for their age. */
    deletedBefore: nullable(Time),
  },
  { title: 'DeviceDetail' },
);
export const PlotQuery = Type.Object({ scopeId: Uuid, from: Time, to: Time }, strict);
export const Plot = Type.Object(
  {
    from: Time,
    to: Time,
    points: Type.Array(
      Type.Object({ at: Time, least: Type.Number(), most: Type.Number(), count: Type.Integer() }),
    ),
  },
  { title: 'DevicePlot' },
);

/** What a device sends over HTTP; by MQTT the same without the list. */
export const ReadingsBody = Type.Object(
  {
    readings: Type.Array(
      Type.Object(
        {
          id: Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\x21-\\x7e]+$' }),
          value: Type.Union([Type.Number(), Type.Boolean()]),
          at: Type.Optional(Type.String({ maxLength: 40 })),
          /** A device behind this gateway; the sender itself where left out. */
          device: Type.Optional(Uuid),
        },
        strict,
      ),
      { minItems: 1, maxItems: 60 },
    ),
  },
  { ...strict, title: 'SensorReadings' },
);
export const ReadingsAnswer = Type.Object(
  {
    results: Type.Array(
      Type.Object({
        id: Type.String(),
        status: oneOf(['stored', 'repeated', 'refused'] as const),
        fault: nullable(oneOf(MESSAGE_FAULTS)),
        /** Its own time was too far from ours, and ours was taken. */
        isClockOff: Type.Boolean(),
      }),
    ),
  },
  { title: 'SensorReadingsTaken' },
);
