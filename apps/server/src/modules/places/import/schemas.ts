import Type from 'typebox';
import { pageOf } from '../../../platform/http/pagination.ts';
import { importKinds, jobStates } from './domain-import.ts';

const Uuid = Type.String({ format: 'uuid' });
const strict = { additionalProperties: false };
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });
const Instant = Type.String({ format: 'date-time' });

export const KindWord = oneOf(importKinds);
export const LocaleWord = oneOf(['zh-CN', 'en'] as const);
export const FormatWord = oneOf(['xlsx', 'csv'] as const);
const Params = Type.Record(Type.String(), Type.Unknown());

export const ImportScope = Type.Object({ scopeId: Uuid }, strict);
export const ImportPath = Type.Object({ importId: Uuid }, strict);
export const ImportsQuery = Type.Object(
  {
    scopeId: Uuid,
    cursor: Type.Optional(Type.String({ maxLength: 400 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  strict,
);
export const SendQuery = Type.Object(
  {
    scopeId: Uuid,
    kind: KindWord,
    name: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]*$' }),
    locale: Type.Optional(LocaleWord),
    sheet: Type.Optional(Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000]*$' })),
  },
  strict,
);
export const FaultsQuery = Type.Object(
  {
    scopeId: Uuid,
    cursor: Type.Optional(Type.String({ maxLength: 400 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  strict,
);
export const FaultFileQuery = Type.Object({ scopeId: Uuid, format: FormatWord, locale: LocaleWord }, strict);
export const TemplatePath = Type.Object({ kind: KindWord }, strict);
export const TemplateQuery = Type.Object({ format: FormatWord, locale: LocaleWord }, strict);
export const StartImport = Type.Object(
  { skipRejected: Type.Boolean({ description: 'Import the good rows and leave the wrong ones out' }) },
  strict,
);

export const TellColumns = Type.Object(
  {
    sheet: nullable(Type.String({ maxLength: 100, pattern: '^[^\\u0000]*$' })),
    mapping: Type.Record(
      Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' }),
      Type.String({ maxLength: 40 }),
      { maxProperties: 100, description: "The file's own title → our column; '' leaves it out" },
    ),
    remember: Type.Boolean({ description: 'For the next files of this list, for the whole company' }),
  },
  { ...strict, title: 'TellColumns' },
);
export const ImportColumns = Type.Object(
  {
    sheet: Type.String(),
    sheets: Type.Array(Type.String()),
    line: Type.Integer({ description: 'Where the header stands, or seems to' }),
    columns: Type.Array(
      Type.Object({
        title: Type.String(),
        field: nullable(Type.String()),
        isSure: Type.Boolean({ description: 'False: the title only comes near' }),
        samples: Type.Array(Type.String(), { description: 'For whoever sent the file' }),
      }),
    ),
    fields: Type.Array(Type.Object({ key: Type.String(), isRequired: Type.Boolean() }), {
      description: 'Ours; called imports.column.<key> in packages/i18n',
    }),
  },
  { title: 'ImportColumns' },
);

export const ImportItem = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    kind: KindWord,
    name: Type.String(),
    state: oneOf(jobStates),
    rows: Type.Object({
      total: nullable(Count),
      done: Count,
      new: Count,
      changed: Count,
      unchanged: Count,
      rejected: Count,
    }),
    refusal: nullable(
      Type.Object({
        code: Type.String({ description: 'Its sentence is imports.refusal.<code> in packages/i18n' }),
        params: Params,
      }),
    ),
    isMine: Type.Boolean(),
    createdAt: Instant,
    finishedAt: nullable(Instant),
  },
  { title: 'Import' },
);
export const ImportPage = pageOf(ImportItem);
export const FaultPage = pageOf(
  Type.Object({
    line: Type.Integer(),
    column: Type.String({ description: "As the file calls it; '' for the row as a whole" }),
    code: Type.String({ description: 'Its sentence is imports.fault.<code> in packages/i18n' }),
    params: Params,
    value: Type.Union([Type.String(), Type.Null()], { description: 'For whoever sent the file' }),
  }),
);
