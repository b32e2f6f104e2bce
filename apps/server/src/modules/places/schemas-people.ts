import Type from 'typebox';
import { pageOf, pageQuery } from '../../platform/http/pagination.ts';
import { RELATIONS } from './domain.ts';
import { PURPOSES } from './domain-people.ts';

const Uuid = Type.String({ format: 'uuid' });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
const strict = { additionalProperties: false };
const Day = Type.String({ format: 'date' });
const Instant = Type.String({ format: 'date-time' });
const Text = Type.String();
/** PostgreSQL knows no text with a zero character. */
const words = (maxLength: number, minLength = 1) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000]*\\S[^\\u0000]*$' });

export const PersonPath = Type.Object({ personId: Uuid }, strict);
export const PersonScope = Type.Object({ scopeId: Uuid }, strict);

const Relation = Type.Object({
  occupancyId: Uuid,
  householdId: Uuid,
  label: Text,
  relation: oneOf(RELATIONS),
  startsOn: Day,
  endsOn: Type.Union([Day, Type.Null()], { description: 'The first day on which it no longer holds' }),
  state: oneOf(['current', 'past', 'coming'] as const),
});

const personFields = {
  id: Uuid,
  scopeId: Uuid,
  scopeName: Text,
  nameMasked: Type.String({ description: 'Empty when the person was erased' }),
  phoneMasked: nullable(Text),
  hasAccount: Type.Boolean(),
  isErased: Type.Boolean(),
};

export const PersonItem = Type.Object(
  { ...personFields, homes: Type.Array(Relation) },
  { title: 'PersonItem' },
);
export const PersonPage = pageOf(PersonItem);
export const PersonDetail = Type.Object(
  { ...personFields, version: Type.Integer(), createdAt: Instant, relations: Type.Array(Relation) },
  { title: 'PersonDetail' },
);

export const PeopleQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Type.Optional(Uuid),
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 40,
        pattern: '^[^\\u0000]*$',
        description: 'A phone, its last four digits, characters of the name, or initials in pinyin (wxy)',
      }),
    ),
  },
  strict,
);

export const PersonCorrected = Type.Object(
  { id: Uuid, version: Type.Integer() },
  { title: 'PersonCorrected' },
);
export const RevealBody = Type.Object(
  { purpose: oneOf(PURPOSES), words: Type.Optional(words(200)) },
  { ...strict, title: 'RevealBody' },
);
export const PeopleExportBody = Type.Object(
  {
    purpose: oneOf(PURPOSES),
    words: words(200),
    format: oneOf(['xlsx', 'csv'] as const),
    locale: oneOf(['zh-CN', 'en'] as const),
  },
  { ...strict, title: 'PeopleExportBody' },
);
export const Revealed = Type.Object({ name: Text, phone: nullable(Text) }, { title: 'Revealed' });

const Name = words(60);
const Phone = Type.String({
  maxLength: 24,
  pattern: '^\\+?[0-9\\uff10-\\uff19][0-9\\uff10-\\uff19 -]{5,22}$',
});
const Somebody = Type.Union([
  Type.Object({ id: Uuid }, strict),
  Type.Object({ name: Name, phone: nullable(Phone) }, strict),
]);
const versioned = { expectedVersion: Type.Integer({ minimum: 1 }) };

/** What is left out stays as it is. */
export const CorrectPersonBody = Type.Object(
  {
    ...versioned,
    name: Type.Optional(Name),
    phone: Type.Optional(nullable(Phone)),
    reason: words(200, 2),
  },
  { ...strict, title: 'CorrectPersonBody' },
);

export const ResidenceCommandBody = Type.Union(
  [
    Type.Object(
      {
        action: Type.Literal('move_in'),
        ...versioned,
        person: Somebody,
        relation: oneOf(RELATIONS),
        startsOn: Day,
        endsOn: Type.Optional(Day),
      },
      strict,
    ),
    Type.Object({ action: Type.Literal('move_out'), ...versioned, occupancyId: Uuid, endsOn: Day }, strict),
    Type.Object(
      {
        action: Type.Literal('sell'),
        ...versioned,
        soldOn: Day,
        buyer: Somebody,
        doTenantsStay: Type.Boolean(),
      },
      strict,
    ),
    Type.Object(
      { action: Type.Literal('correct'), ...versioned, occupancyId: Uuid, reason: words(200, 2) },
      strict,
    ),
  ],
  { title: 'ResidenceCommand' },
);

export const DisclosureItem = Type.Object(
  {
    id: Uuid,
    at: Instant,
    scopeName: Text,
    role: Text,
    organisationName: Text,
    purpose: oneOf(PURPOSES),
    words: nullable(Text),
  },
  { title: 'Disclosure' },
);
export const DisclosurePage = pageOf(DisclosureItem);
export const DisclosureQuery = Type.Object({ ...pageQuery }, strict);
