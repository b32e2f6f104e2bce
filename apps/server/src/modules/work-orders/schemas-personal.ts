import Type from 'typebox';
import { ERASURE_PARTS, ERASURE_REASONS } from './domain.ts';

const Uuid = Type.String({ format: 'uuid' });
const Text = Type.String();
const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
const strict = { additionalProperties: false };

export const PersonalPath = Type.Object({ personId: Uuid }, strict);
export const PersonalScope = Type.Object({ scopeId: Uuid }, strict);
/** Who asked, and how it was made sure that it was the person. */
export const PersonalReason = Type.Object(
  { words: Type.String({ minLength: 2, maxLength: 200, pattern: '^[^\\u0000]*\\S[^\\u0000]*$' }) },
  { ...strict, title: 'PersonalReason' },
);

export const PersonData = Type.Object(
  {
    scope: Type.Object({ id: Uuid, name: Text }),
    person: Type.Object({ id: Uuid, name: Text, phone: nullable(Text), enteredAt: Instant }),
    relations: Type.Array(
      Type.Object({ household: Text, relation: Text, startsOn: Day, endsOn: nullable(Day) }),
    ),
    looks: Type.Array(
      Type.Object({ at: Instant, organisation: Text, role: Text, purpose: Text, words: nullable(Text) }),
    ),
    consents: Type.Array(
      Type.Object({
        id: Uuid,
        side: oneOf(['given', 'held'] as const),
        otherMasked: Text,
        purposes: Type.Array(Text),
        startsOn: Day,
        endsOn: Day,
        givenAt: Instant,
        revokedAt: nullable(Instant),
      }),
    ),
    reported: Type.Array(
      Type.Object({
        id: Uuid,
        number: Text,
        categoryCode: Text,
        description: Text,
        placeLabel: Text,
        status: Text,
        createdAt: Instant,
        closedAt: nullable(Instant),
        rating: nullable(Text),
        ratingWords: nullable(Text),
      }),
    ),
    said: Type.Array(Type.Object({ orderId: Uuid, kind: Text, text: nullable(Text), at: Instant })),
    uploaded: Type.Array(
      Type.Object({ id: Uuid, mediaType: Text, createdAt: Instant, orderId: nullable(Uuid) }),
    ),
  },
  { title: 'PersonData' },
);

export const OwnData = Type.Object(
  {
    account: Type.Object({
      id: Uuid,
      displayName: Text,
      phone: nullable(Text),
      locale: Text,
      memberships: Type.Array(Type.Object({ role: Text, place: Text })),
    }),
    places: Type.Array(PersonData),
  },
  { title: 'OwnData' },
);

export const Erasure = Type.Object(
  {
    isErased: Type.Boolean(),
    mayErase: Type.Boolean(),
    lines: Type.Array(
      Type.Object({
        part: oneOf(ERASURE_PARTS),
        verdict: oneOf(['goes', 'stays', 'refused'] as const),
        reason: oneOf(ERASURE_REASONS),
        count: nullable(Type.Integer()),
      }),
    ),
  },
  { title: 'Erasure' },
);
