import Type from 'typebox';
import { CHANGE_KINDS, ROSTER_KINDS } from './domain.ts';

const strict = { additionalProperties: false };
export const Uuid = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const LocalDay = Type.String({ format: 'date' });
export const nullable = <T extends Type.TSchema>(schema: T) =>
  Type.Unsafe<Type.Static<T> | null>(Type.Union([schema, Type.Null()]));
export const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });

const Day = nullable(
  Type.Object(
    {
      /** Minutes of the local day; `to` up to a day later. */
      from: Type.Integer({ minimum: 0, maximum: 1_439 }),
      to: Type.Integer({ minimum: 1, maximum: 2_879 }),
    },
    strict,
  ),
);

export const Pattern = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    anchorOn: LocalDay,
    days: Type.Array(Day),
    isActive: Type.Boolean(),
    version: Type.Integer(),
  },
  { title: 'ShiftPattern' },
);

const Roster = Type.Object({
  id: Uuid,
  accountId: Uuid,
  patternId: Uuid,
  kind: oneOf(ROSTER_KINDS),
  startsOn: LocalDay,
  /** The last day it covers. */
  lastDay: nullable(LocalDay),
  compoundIds: Type.Array(Uuid),
  gridId: nullable(Uuid),
});

const Change = Type.Object({
  id: Uuid,
  accountId: Uuid,
  kind: oneOf(CHANGE_KINDS),
  onDate: nullable(LocalDay),
  from: nullable(Time),
  to: nullable(Time),
  withAccountId: nullable(Uuid),
  reason: Type.String(),
  byName: Type.String(),
  at: Time,
});

export const Span = Type.Object(
  { from: Time, to: Time, kind: oneOf(['duty', 'standby', 'overtime'] as const) },
  { title: 'ShiftSpan' },
);

export const DutyState = oneOf(['on', 'standby', 'off', 'away', 'unplanned'] as const);

const Person = Type.Object({
  accountId: Uuid,
  displayName: Type.String(),
  title: Type.String(),
  role: Type.String(),
  skills: Type.Array(
    Type.Object({ skill: Type.String(), validUntil: nullable(LocalDay), isValid: Type.Boolean() }),
  ),
  duty: DutyState,
  until: nullable(Time),
  nextFrom: nullable(Time),
  spans: Type.Array(Span),
  /** Worked minutes in the days shown. */
  minutes: Type.Integer(),
});

export const RosterAnswer = Type.Object(
  {
    scopeId: Uuid,
    name: Type.String(),
    timeZone: Type.String(),
    from: LocalDay,
    days: Type.Integer(),
    /** False: nobody is left out because of shifts. */
    isKept: Type.Boolean(),
    patterns: Type.Array(Pattern),
    rosters: Type.Array(Roster),
    changes: Type.Array(Change),
    people: Type.Array(Person),
    compounds: Type.Array(Type.Object({ id: Uuid, name: Type.String() })),
  },
  { title: 'Roster' },
);

export const RosterQuery = Type.Object(
  {
    scopeId: Type.Optional(Uuid),
    from: Type.Optional(LocalDay),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 42 })),
  },
  strict,
);
export const DepartmentQuery = Type.Object({ scopeId: Type.Optional(Uuid) }, strict);
export const IdPath = Type.Object({ id: Uuid }, strict);

export const PatternInput = Type.Object(
  {
    name: Words(40),
    anchorOn: LocalDay,
    days: Type.Array(Day, { minItems: 1, maxItems: 42 }),
  },
  strict,
);
export const PatternChange = Type.Object(
  {
    name: Words(40),
    days: Type.Array(Day, { minItems: 1, maxItems: 42 }),
    isActive: Type.Boolean(),
    expectedVersion: Type.Integer({ minimum: 1 }),
  },
  strict,
);
export const RosterInput = Type.Object(
  {
    accountId: Uuid,
    patternId: Uuid,
    kind: oneOf(ROSTER_KINDS),
    startsOn: LocalDay,
    lastDay: Type.Optional(LocalDay),
    compoundIds: Type.Optional(Type.Array(Uuid, { maxItems: 200, uniqueItems: true })),
    gridId: Type.Optional(Uuid),
  },
  strict,
);
export const RosterEnd = Type.Object({ lastDay: LocalDay }, strict);
export const ChangeInput = Type.Object(
  {
    kind: oneOf(CHANGE_KINDS),
    accountId: Uuid,
    onDate: Type.Optional(LocalDay),
    from: Type.Optional(Time),
    to: Type.Optional(Time),
    withAccountId: Type.Optional(Uuid),
    reason: Words(200),
  },
  strict,
);
export const Made = Type.Object({ id: Uuid });

export const OwnShifts = Type.Object(
  {
    timeZone: Type.String(),
    duty: DutyState,
    until: nullable(Time),
    nextFrom: nullable(Time),
    spans: Type.Array(Span),
  },
  { title: 'OwnShifts' },
);
