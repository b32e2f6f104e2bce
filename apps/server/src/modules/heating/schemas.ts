import Type from 'typebox';

export const strict = { additionalProperties: false } as const;
export const Uuid = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const Text = Type.String();
export const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);

/** Degrees Celsius as a thermometer shows them, one decimal. */
const Celsius = Type.Number({ minimum: -30, maximum: 45, multipleOf: 0.1 });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });

const Signature = Type.Union([
  Type.Object({ how: Type.Literal('drawn'), fileId: Uuid }, strict),
  Type.Object({ how: Type.Literal('spoken'), name: Words(60) }, strict),
]);

export const NewVisit = Type.Object(
  {
    scopeId: Uuid,
    householdId: Uuid,
    measuredAt: Time,
    rooms: Type.Array(Type.Object({ room: Words(20), celsius: Celsius }, strict), {
      minItems: 1,
      maxItems: 8,
    }),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    staffSignature: Signature,
    /** Of whoever was at home; where nobody signs, why. */
    residentSignature: Type.Optional(Signature),
    unsignedReason: Type.Optional(Words(200)),
  },
  { ...strict, title: 'NewHeatingVisit' },
);
export type NewVisitBody = Type.Static<typeof NewVisit>;

export const Season = Type.Object(
  { name: Text, firstDay: Text, lastDay: Text, isOn: Type.Boolean() },
  { title: 'HeatingSeason' },
);

export const Visit = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeName: Text,
    householdId: Uuid,
    householdLabel: Text,
    measuredAt: Time,
    rooms: Type.Array(Type.Object({ room: Text, celsius: Type.Number() })),
    coldest: Type.Number(),
    standard: Type.Number(),
    isCold: Type.Boolean(),
    isSigned: Type.Boolean(),
    unsignedReason: nullable(Text),
    measuredByName: Text,
    note: nullable(Text),
  },
  { title: 'HeatingVisit' },
);

export const ColdRoom = Type.Object(
  {
    scopeId: Uuid,
    scopeName: Text,
    householdId: Uuid,
    householdLabel: Text,
    from: Text,
    /** The first day that is no longer counted. */
    until: Text,
    days: Type.Integer(),
    coldest: Type.Number(),
    isOpen: Type.Boolean(),
    visitIds: Type.Array(Uuid),
  },
  { title: 'ColdRoom' },
);
