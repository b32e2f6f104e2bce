import Type from 'typebox';
import { CALL_STATES, DIRECTIONS, FAULT_CODES, OUTCOMES, SAID_OUTCOMES } from './domain.ts';

export const strict = { additionalProperties: false } as const;
export const Uuid = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const Text = Type.String();
export const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
export const oneOf = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values] });

export const Extension = Type.String({ pattern: '^[0-9]{1,10}$' });
export const ScopeOption = Type.Object({ scopeId: Type.Optional(Uuid) }, strict);
export const IdPath = Type.Object({ id: Uuid }, strict);

const callFields = {
  id: Uuid,
  direction: oneOf(DIRECTIONS),
  state: oneOf(CALL_STATES),
  numberMasked: nullable(Type.String({ description: 'Null where the number is withheld' })),
  queue: nullable(Text),
  extension: nullable(Text),
  beganAt: Time,
  answeredAt: nullable(Time),
  endedAt: nullable(Time),
};

export const PhoneCall = Type.Object(callFields, { title: 'PhoneCall' });

/** At one's own telephone the number is on its display already. */
export const OwnCall = Type.Object(
  { ...callFields, number: nullable(Type.String({ description: 'In plain digits' })) },
  { title: 'OwnPhoneCall' },
);

export const Desk = Type.Object(
  {
    scopeId: Uuid,
    hasLine: Type.Boolean(),
    extension: nullable(Text),
    seats: Type.Array(Type.Object({ extension: Text, name: Text, isMine: Type.Boolean() })),
    waiting: Type.Array(PhoneCall),
    talking: Type.Integer(),
    own: Type.Array(OwnCall),
    toCallBack: Type.Integer(),
  },
  { title: 'PhoneDesk' },
);

export const Task = Type.Object(
  {
    id: Uuid,
    numberMasked: Text,
    firstMissedAt: Time,
    lastMissedAt: Time,
    missedCount: Type.Integer(),
    attempts: Type.Integer(),
    claim: nullable(Type.Object({ name: Text, isMine: Type.Boolean(), until: Time })),
  },
  { title: 'PhoneTask' },
);

export const SaidOutcome = oneOf(SAID_OUTCOMES);
export const Outcome = oneOf(OUTCOMES);

export const Line = Type.Object(
  {
    id: Uuid,
    name: Text,
    madeName: Text,
    madeAt: Time,
    heardAt: nullable(Time),
    revokedAt: nullable(Time),
  },
  { title: 'PhoneLine' },
);

export const EventResult = Type.Object({
  eventId: Text,
  result: oneOf(['taken', 'known', 'refused'] as const),
  faults: Type.Array(Type.Object({ field: Text, code: oneOf(FAULT_CODES) })),
});
