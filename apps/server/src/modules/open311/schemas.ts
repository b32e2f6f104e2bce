import Type from 'typebox';
import { DATATYPES } from './domain.ts';

const strict = { additionalProperties: false } as const;
const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const Text = Type.String();
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
const words = (most: number) => Type.String({ maxLength: most });
const someWords = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });

export const StreetQuery = Type.Object({ scopeId: Uuid }, strict);
export const ServicePath = Type.Object({ code: Type.String({ minLength: 1, maxLength: 80 }) }, strict);
export const ClientPath = Type.Object({ id: Uuid }, strict);
export const OrderPath = Type.Object({ id: Uuid }, strict);

const AttributeSchema = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }),
    isInput: Type.Boolean(),
    datatype: oneOf(DATATYPES),
    isRequired: Type.Boolean(),
    zh: someWords(200),
    en: someWords(200),
    hintZh: words(200),
    hintEn: words(200),
    values: Type.Array(
      Type.Object(
        { key: Type.String({ pattern: '^[A-Za-z0-9_.-]{1,40}$' }), zh: someWords(100), en: someWords(100) },
        strict,
      ),
      { maxItems: 50 },
    ),
  },
  { ...strict, title: 'Open311Attribute' },
);

export const ServiceBody = Type.Object(
  {
    isPublished: Type.Boolean(),
    descriptionZh: words(500),
    descriptionEn: words(500),
    attributes: Type.Array(AttributeSchema, { maxItems: 20 }),
    /** 0: nobody has said anything about this category yet. */
    expectedVersion: Type.Integer({ minimum: 0 }),
  },
  { ...strict, title: 'Open311ServiceBody' },
);

export const Service = Type.Object(
  {
    code: Text,
    nameZh: Text,
    nameEn: Text,
    group: Text,
    isPublished: Type.Boolean(),
    descriptionZh: Text,
    descriptionEn: Text,
    attributes: Type.Array(AttributeSchema),
    version: Type.Integer(),
    changedByName: nullable(Text),
    changedAt: nullable(Time),
  },
  { title: 'Open311Service' },
);

export const ServiceList = Type.Object(
  {
    /** What other software is told: its address, and the id of the jurisdiction; null where the street bears no code. */
    endpoint: Text,
    jurisdictionId: nullable(Text),
    items: Type.Array(Service),
  },
  { title: 'Open311Services' },
);

export const ClientBody = Type.Object(
  {
    name: someWords(60),
    mayReport: Type.Boolean(),
    mayUpdate: Type.Boolean(),
    perMinute: Type.Integer({ minimum: 1, maximum: 600 }),
  },
  { ...strict, title: 'Open311ClientBody' },
);

const clientFields = {
  id: Uuid,
  name: Text,
  mayReport: Type.Boolean(),
  mayUpdate: Type.Boolean(),
  perMinute: Type.Integer(),
  createdByName: Text,
  createdAt: Time,
  revokedAt: nullable(Time),
};
export const ClientList = Type.Object(
  {
    items: Type.Array(Type.Object({ ...clientFields, reports: Type.Integer() }, { title: 'Open311Client' })),
  },
  { title: 'Open311Clients' },
);
export const NewClient = Type.Object(
  { ...clientFields, key: Type.String({ description: 'Shown once; only its hash is kept' }) },
  { title: 'Open311NewClient' },
);

const Sender = Type.Object({
  clientName: Text,
  receivedAt: Time,
  latitude: nullable(Type.Number()),
  longitude: nullable(Type.Number()),
  addressString: nullable(Text),
  addressId: nullable(Text),
  mediaUrls: Type.Array(Text),
  /** Masked; null: nobody said, or it was forgotten when its time was over. */
  sender: nullable(Text),
});

export const HIDDEN_BECAUSE = ['not_offered', 'not_shared', 'pending'] as const;

export const Publication = Type.Object(
  {
    isPublic: Type.Boolean(),
    /** Why strangers see nothing of it; null when they do. */
    hiddenBecause: nullable(oneOf(HIDDEN_BECAUSE)),
    requestId: nullable(Text),
    status: nullable(oneOf(['open', 'closed'] as const)),
    word: nullable(Text),
    address: nullable(Text),
    publicText: nullable(Text),
    approvedByName: nullable(Text),
    approvedAt: nullable(Time),
    version: Type.Integer(),
    /** What another system sent when it was reported there. */
    submission: nullable(Sender),
    updates: Type.Array(
      Type.Object({
        clientName: Text,
        receivedAt: Time,
        status: nullable(Text),
        mediaUrls: Type.Array(Text),
        sender: nullable(Text),
      }),
    ),
  },
  { title: 'Open311Publication' },
);

export const PublicationBody = Type.Object(
  {
    /** Null: the words are taken back, the matter itself stays public. */
    publicText: nullable(someWords(1_000)),
    expectedVersion: Type.Integer({ minimum: 0 }),
  },
  { ...strict, title: 'Open311PublicationBody' },
);

export const PURPOSES = ['callback', 'visit', 'clarify'] as const;
export const SenderBody = Type.Object({ purpose: oneOf(PURPOSES) }, strict);
export const SenderAnswer = Type.Object(
  { name: nullable(Text), email: nullable(Text), phone: nullable(Text) },
  { title: 'Open311Sender' },
);
