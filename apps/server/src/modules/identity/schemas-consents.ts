import { CONSENT_PURPOSES } from '@gongzhi/kernel';
import Type from 'typebox';
import { GIVEN_BY, KINSHIPS, REVOKED_BY } from './domain-consents.ts';

const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
const orNull = <T extends Type.TSchema>(schema: T) =>
  Type.Unsafe<Type.Static<T> | null>(Type.Union([schema, Type.Null()]));
const strict = { additionalProperties: false };
const Text = Type.String();
const Words = (most: number) =>
  Type.String({ minLength: 1, maxLength: most, pattern: '^[^\\u0000]*\\S[^\\u0000]*$' });
const Note = Type.String({ maxLength: 500, pattern: '^[^\\u0000]*$' });

export const Consent = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeName: Text,
    householdId: Uuid,
    householdLabel: Text,
    personId: Uuid,
    grantorName: Type.String({ description: 'Masked' }),
    delegateName: Type.String({ description: 'Masked' }),
    delegatePhone: Type.String({ description: 'Masked' }),
    kinship: oneOf(KINSHIPS),
    purposes: Type.Array(oneOf(CONSENT_PURPOSES)),
    startsOn: Day,
    endsOn: Type.String({ format: 'date', description: 'The first day on which it no longer holds' }),
    state: oneOf(['standing', 'coming', 'over', 'revoked'] as const),
    givenBy: oneOf(GIVEN_BY),
    givenAt: Time,
    recordedByName: orNull(Text),
    calledAt: orNull(Time),
    evidence: Type.Array(Type.Object({ id: Uuid })),
    revokedAt: orNull(Time),
    revokedBy: orNull(oneOf(REVOKED_BY)),
  },
  { title: 'Consent' },
);

const Today = Type.String({
  format: 'date',
  description: 'By the calendar of the place, from which days count',
});

export const MyConsents = Type.Object({
  given: Type.Array(Consent, { description: 'Who may act for me' }),
  held: Type.Array(Consent, { description: 'For whom I may act' }),
  longestDays: Type.Integer(),
  today: Today,
});

export const Consents = Type.Object({
  items: Type.Array(Consent),
  longestDays: Type.Integer(),
  today: Today,
});

const wish = {
  scopeId: Uuid,
  householdId: Uuid,
  delegate: Type.Object({ name: Words(60), phone: Type.String({ maxLength: 40 }) }, strict),
  kinship: oneOf(KINSHIPS),
  purposes: Type.Array(oneOf(CONSENT_PURPOSES), { minItems: 1, maxItems: 4, uniqueItems: true }),
  endsOn: Type.String({ minLength: 10, maxLength: 10 }),
};

export const NewConsent = Type.Object(wish, { ...strict, title: 'NewConsent' });

export const NewRecordedConsent = Type.Object(
  {
    ...wish,
    personId: Uuid,
    /** On whose word: the signature's picture, or when she was called back and by which words she agreed. */
    given: Type.Union([
      Type.Object({ by: Type.Literal('signature'), fileId: Uuid, note: Type.Optional(Note) }, strict),
      Type.Object({ by: Type.Literal('call'), calledAt: Time, note: Words(500) }, strict),
    ]),
  },
  { ...strict, title: 'NewRecordedConsent' },
);

export const Withdrawal = Type.Object({ note: Type.Optional(Note) }, strict);
export const ConsentPath = Type.Object({ id: Uuid }, strict);
export const ScopeQuery = Type.Object({ scopeId: Uuid }, strict);
export const HouseholdQuery = Type.Object({ scopeId: Uuid, householdId: Uuid }, strict);

export type ConsentView = Type.Static<typeof Consent>;
export type NewConsentBody = Type.Static<typeof NewConsent>;
export type NewRecordedConsentBody = Type.Static<typeof NewRecordedConsent>;
