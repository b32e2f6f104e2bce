import { LIST_KINDS } from '@gongzhi/gate';
import Type from 'typebox';
import { pageQuery } from '../../platform/http/pagination.ts';
import { APPEAL_STATES, ENTRY_STATES, SUBJECT_KINDS } from './domain/lists.ts';

const strict = { additionalProperties: false } as const;
const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const Text = Type.String();
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
const nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);
const oneOf = <const V extends string>(values: readonly V[]) => Type.Unsafe<V>(Type.Enum([...values]));

export const ListQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Uuid,
    kind: Type.Optional(oneOf(LIST_KINDS)),
    /** Only what holds now or will. */
    isLive: Type.Optional(Type.Boolean()),
  },
  strict,
);

export const ListEntry = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    kind: oneOf(LIST_KINDS),
    state: oneOf(ENTRY_STATES),
    subjectKind: oneOf(SUBJECT_KINDS),
    /** A masked name, a home or a masked plate. */
    subject: Text,
    reason: Text,
    authority: Text,
    documentNo: nullable(Text),
    authorName: Text,
    isOwn: Type.Boolean(),
    startsAt: Time,
    endsAt: Time,
    liftedAt: nullable(Time),
    liftReason: nullable(Text),
    appealState: oneOf(APPEAL_STATES),
    appeal: nullable(Text),
    appealedAt: nullable(Time),
    answer: nullable(Text),
    answeredAt: nullable(Time),
    answeredByName: nullable(Text),
    version: Type.Integer(),
  },
  { title: 'ListEntry' },
);

const common = {
  scopeId: Uuid,
  kind: oneOf(LIST_KINDS),
  reason: Words(300),
  authority: Words(80),
  documentNo: Type.Optional(Words(80)),
  /** The measure in force that a notice of isolation stands under. */
  policyId: Type.Optional(Uuid),
  endsAt: Time,
};
export const NewListEntry = Type.Object(
  {
    ...common,
    passId: Type.Optional(Uuid),
    personId: Type.Optional(Uuid),
    householdId: Type.Optional(Uuid),
    plate: Type.Optional(Type.String({ maxLength: 16 })),
  },
  { ...strict, title: 'NewListEntry' },
);

const version = { expectedVersion: Type.Integer({ minimum: 1 }) };
export const Lift = Type.Object({ ...version, reason: Words(200) }, strict);
export const Appeal = Type.Object({ ...version, words: Words(500) }, strict);
export const Answer = Type.Object({ ...version, isUpheld: Type.Boolean(), words: Words(500) }, strict);

export type NewListEntryBody = Type.Static<typeof NewListEntry>;
