import Type, { type Static } from 'typebox';
import { EVERY, PERIODS } from './domain.ts';

/** The shapes on the wire. */
export const strict = { additionalProperties: false };
export const Uuid = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const Text = Type.String();
export const nullable = <T extends Type.TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>(Type.Union([schema, Type.Null()]));
export const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
export const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
const Count = Type.Integer({ minimum: 0 });

export const LOCALES = ['zh-CN', 'en'] as const;
export const FORMATS = ['xlsx', 'pdf'] as const;
export const Locale = oneOf(LOCALES);

export const IdPath = Type.Object({ id: Uuid }, strict);
export const RunPath = Type.Object({ id: Uuid, runId: Uuid }, strict);
export const LocaleQuery = Type.Object({ locale: Locale }, strict);

export const KindList = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: Text,
      title: Text,
      periods: Type.Array(oneOf(PERIODS)),
      hasScope: Type.Boolean(),
      filters: Type.Array(
        Type.Object({
          name: Text,
          label: Text,
          isNeeded: Type.Boolean(),
          options: Type.Array(Type.Object({ value: Text, label: Text })),
        }),
      ),
      columns: Type.Array(Type.Object({ key: Text, label: Text })),
    }),
  ),
});

const Schedule = Type.Object(
  {
    every: oneOf(EVERY),
    day: nullable(Type.Integer()),
    hour: Type.Integer(),
    isWorkdaysOnly: Type.Boolean(),
  },
  { ...strict, title: 'ReportSchedule' },
);

export const ReportBody = Type.Object(
  {
    expectedVersion: Type.Integer({ minimum: 0, description: '0 for one that is new' }),
    name: Words(60),
    kind: Type.String({ maxLength: 40 }),
    aboutScopeId: nullable(Uuid),
    filters: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 60 }), {
      maxProperties: 10,
    }),
    columns: Type.Array(Type.String({ maxLength: 80 }), {
      maxItems: 40,
      description: 'Keys of the kind, in the order wanted; none is all of them',
    }),
    period: oneOf(PERIODS),
    isShared: Type.Boolean({
      description: 'Colleagues of the same office see it and run it with their own eyes',
    }),
    schedule: nullable(Schedule),
    format: oneOf(FORMATS),
    locale: Locale,
    keepDays: Type.Integer({ minimum: 1, maximum: 400 }),
  },
  { ...strict, title: 'ReportBody' },
);
export type ReportInput = Static<typeof ReportBody>;

export const Report = Type.Object(
  {
    id: Uuid,
    name: Text,
    kind: Text,
    aboutScopeId: nullable(Uuid),
    filters: Type.Record(Text, Text),
    columns: Type.Array(Text),
    period: oneOf(PERIODS),
    isShared: Type.Boolean(),
    isOwn: Type.Boolean(),
    ownerName: Text,
    schedule: nullable(Schedule),
    format: oneOf(FORMATS),
    locale: Locale,
    keepDays: Type.Integer(),
    nextDueAt: nullable(Time),
    /** Why it makes itself no more: the owner's rights ended, or a list refused what is asked. */
    stopped: nullable(oneOf(['rights', 'refused'] as const)),
    version: Type.Integer(),
    updatedAt: Time,
  },
  { title: 'Report' },
);
export const ReportList = Type.Object({ items: Type.Array(Report) });

export const ReportDetail = Type.Object(
  {
    ...Report.properties,
    runs: Type.Array(
      Type.Object({
        id: Uuid,
        forDay: Text,
        fromDay: nullable(Text),
        toDay: nullable(Text),
        state: oneOf(['made', 'failed'] as const),
        hasFile: Type.Boolean(),
        format: oneOf(FORMATS),
        rowCount: nullable(Count),
        isCut: Type.Boolean(),
        madeAt: Time,
        expiresAt: Time,
      }),
    ),
  },
  { title: 'ReportDetail' },
);

export const ReportTable = Type.Object(
  {
    fromDay: nullable(Text),
    toDay: nullable(Text),
    columns: Type.Array(Text),
    rows: Type.Array(Type.Array(Type.Unsafe<string | number | null>({ type: ['string', 'number', 'null'] }))),
    isCut: Type.Boolean({ description: 'There are more; the files have them' }),
  },
  { title: 'ReportTable' },
);
