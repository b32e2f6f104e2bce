import Type from 'typebox';
import { pageQuery } from '../../platform/http/pagination.ts';
import { ANSWERS, COMMAND_KINDS, METER_KINDS, WARNING_LEVELS } from './domain.ts';

export const strict = { additionalProperties: false } as const;
export const Uuid = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const Day = Type.String({ format: 'date' });
export const Text = Type.String();
export const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
export const oneOf = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values] });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
export const Fen = Type.Integer({ minimum: -1e13, maximum: 1e13 });
const Amount = Type.Integer({ minimum: 0, maximum: 10_000_000 });

export const Kind = oneOf(METER_KINDS);
/** What the counter shows, with at most three decimals. */
const Value = Type.Number({ minimum: 0, maximum: 999_999_999 });
const Serial = Type.String({ pattern: '^[0-9A-Za-z-]{3,40}$' });
const Line = Type.Object({ gatewayId: Uuid, address: Type.String({ pattern: '^[0-9]{12}$' }) }, strict);
const Digits = Type.Integer({ minimum: 3, maximum: 9 });
const Version = Type.Integer({ minimum: 1 });
const Answer = oneOf(ANSWERS);

export const ScopeQuery = Type.Object({ scopeId: Uuid }, strict);
export const MeterPath = Type.Object({ id: Uuid }, strict);
export const MetersQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Type.Optional(Uuid),
    kind: Type.Optional(Kind),
    buildingId: Type.Optional(Uuid),
    householdId: Type.Optional(Uuid),
    line: Type.Optional(oneOf(['none', 'never', 'ok', 'silent', 'error'])),
    prepaid: Type.Optional(Type.Boolean()),
    q: Type.Optional(Type.String({ maxLength: 40 })),
  },
  strict,
);

export const MeterBodySchema = Type.Object(
  {
    scopeId: Uuid,
    kind: Kind,
    serial: Serial,
    householdId: nullable(Uuid),
    buildingId: nullable(Uuid),
    spot: Type.String({ maxLength: 80 }),
    digits: Digits,
    line: nullable(Line),
    installedOn: Day,
    firstValue: Value,
  },
  { ...strict, title: 'NewMeter' },
);
export type MeterBody = Type.Static<typeof MeterBodySchema>;
export const MeterChange = Type.Object(
  { spot: Type.String({ maxLength: 80 }), line: nullable(Line), expectedVersion: Version },
  { ...strict, title: 'MeterChange' },
);
export type MeterChangeBody = Type.Static<typeof MeterChange>;
export const Replacement = Type.Object(
  {
    finalValue: Value,
    answer: Type.Optional(Answer),
    serial: Serial,
    digits: Digits,
    firstValue: Value,
    line: nullable(Line),
    expectedVersion: Version,
  },
  { ...strict, title: 'MeterReplacement' },
);
export type ReplaceBody = Type.Static<typeof Replacement>;

export const NewReadingSchema = Type.Object(
  {
    value: Value,
    /** Now, where left out. */
    takenAt: Type.Optional(Time),
    /** To what was asked about it. */
    answer: Type.Optional(Answer),
    note: Type.Optional(Type.String({ maxLength: 200 })),
    fileIds: Type.Optional(Type.Array(Uuid, { maxItems: 9 })),
  },
  { ...strict, title: 'NewMeterReading' },
);
export const ReadingDecision = Type.Object(
  { answer: oneOf([...ANSWERS, 'rejected'] as const) },
  { ...strict, title: 'MeterReadingDecision' },
);
export const ReadingPath = Type.Object({ id: Uuid, readingId: Uuid }, strict);

export const Gateway = Type.Object(
  {
    scopeId: Uuid,
    label: Words(40),
    transport: oneOf(['dial', 'listen', 'mqtt']),
    dial: Type.Optional(
      Type.Object(
        {
          host: Type.String({ pattern: '^[0-9A-Za-z.:-]{1,120}$' }),
          port: Type.Integer({ minimum: 1, maximum: 65_535 }),
        },
        strict,
      ),
    ),
    /** Of level 02, for commands. */
    password: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
  },
  { ...strict, title: 'NewMeterGateway' },
);
export type GatewayBody = Type.Static<typeof Gateway>;

export const limits = {
  /** Ten-thousandths of a yuan a unit. */
  price: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
  alarm1Fen: Amount,
  alarm2Fen: Amount,
  overdraftFen: Amount,
  /** 0: as much as one likes. */
  hoardingFen: Amount,
  closePermitFen: Amount,
  /** Closed again above that amount, not at it. */
  isCloseStrict: Type.Boolean(),
};
export const Prepaid = Type.Object(
  { keeps: oneOf(['meter', 'us']), ...limits },
  { ...strict, title: 'NewPrepaidMeter' },
);
export type PrepaidBody = Type.Static<typeof Prepaid>;
export const PrepaidChange = Type.Object(
  {
    ...limits,
    /** From the beginning of that day on, a later one; from now on where left out. */
    priceFrom: Type.Optional(Day),
    expectedVersion: Version,
  },
  { ...strict, title: 'PrepaidChange' },
);
export type PrepaidChangeBody = Type.Static<typeof PrepaidChange>;
export const EndPrepaid = Type.Object(
  { finalValue: Value, answer: Type.Optional(Answer), expectedVersion: Version },
  { ...strict, title: 'EndPrepaid' },
);
export type EndPrepaidBody = Type.Static<typeof EndPrepaid>;

export const Protection = Type.Object(
  { isOn: Type.Boolean(), why: Type.Optional(Words(300)), until: Type.Optional(Day) },
  { ...strict, title: 'MeterProtection' },
);
export type ProtectionBody = Type.Static<typeof Protection>;

/** The reason is read as a word, so that one the law forbids is refused by its name. */
export const NewCommand = Type.Object(
  {
    kind: oneOf(COMMAND_KINDS),
    reason: Type.String({ minLength: 1, maxLength: 60 }),
    note: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { ...strict, title: 'NewMeterCommand' },
);
export const TopUpPath = Type.Object({ id: Uuid, topUpId: Uuid }, strict);

export const Care = Type.Object(
  {
    scopeId: Uuid,
    householdId: Uuid,
    until: nullable(Day),
    note: Type.Optional(Type.String({ maxLength: 300 })),
  },
  { ...strict, title: 'MeterCare' },
);
export type CareBody = Type.Static<typeof Care>;

export const NewWarning = Type.Object(
  {
    scopeId: Uuid,
    level: oneOf(WARNING_LEVELS),
    event: Words(40),
    issuer: Words(60),
    startsAt: Time,
    endsAt: Time,
  },
  { ...strict, title: 'NewWeatherWarning' },
);
export type WarningBody = Type.Static<typeof NewWarning>;

export const EndFinding = Type.Object({ note: Words(300) }, { ...strict, title: 'EndMeterFinding' });

export const FileQuery = Type.Object(
  {
    scopeId: Uuid,
    kind: Kind,
    trial: Type.Optional(Type.Boolean()),
    /** What these columns are called in the file, where it is none of the usual words. */
    serial: Type.Optional(Words(60)),
    value: Type.Optional(Words(60)),
    day: Type.Optional(Words(60)),
  },
  strict,
);
