import Type, { type Static } from 'typebox';
import { pageQuery } from '../../platform/http/pagination.ts';
import { SUBJECTS } from './catalogue/index.ts';
import { FORM_STATES, LONGEST, QUESTION_TYPES, TASK_STATES } from './domain.ts';

/** The shapes on the wire. */
export const strict = { additionalProperties: false };
const Uuid = Type.String({ format: 'uuid' });
const Time = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const Text = Type.String();
const Count = Type.Integer({ minimum: 0 });
const nullable = <T extends Type.TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>(Type.Union([schema, Type.Null()]));
const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });
const Version = Type.Integer({ minimum: 0, maximum: 1_000_000 });

export const IdPath = Type.Object({ id: Uuid }, strict);
export const ScopeQuery = Type.Object({ scopeId: Uuid }, strict);
export const RowsQuery = Type.Object({ ...pageQuery, scopeId: Uuid }, strict);
const file = {
  format: oneOf(['xlsx', 'csv'] as const),
  locale: oneOf(['zh-CN', 'en'] as const),
};
export const FormFileQuery = Type.Object(file, strict);
export const TaskFileQuery = Type.Object({ ...file, scopeId: Uuid }, strict);

const SOURCES = ['places', 'people', 'organisation', 'orders'] as const;

export const Catalogue = Type.Object(
  {
    fields: Type.Array(
      Type.Object({
        key: Text,
        subject: oneOf(SUBJECTS),
        /** Subjects whose forms may ask it. */
        within: Type.Array(oneOf(SUBJECTS)),
        type: oneOf(['text', 'number', 'date', 'relations'] as const),
        unit: nullable(oneOf(['m2', 'year'] as const)),
        source: oneOf(SOURCES),
        isPersonal: Type.Boolean(),
        isOfPeriod: Type.Boolean(),
      }),
    ),
    /** Asked in forms before; who asks the same is given the answers. */
    questions: Type.Array(
      Type.Object({ key: Text, label: Text, type: oneOf(QUESTION_TYPES), options: Type.Array(Text) }),
    ),
  },
  { title: 'FormCatalogue' },
);

const Known = Type.Object({ kind: Type.Literal('known'), key: Type.String({ maxLength: 60 }) }, strict);
const question = {
  kind: Type.Literal('question'),
  label: Words(80),
  type: oneOf(QUESTION_TYPES),
  options: Type.Array(Words(60), { maxItems: 30 }),
  isRequired: Type.Boolean(),
  validMonths: Type.Integer({ minimum: 1, maximum: 60, description: 'How long an answer holds' }),
};
const Question = Type.Object(question, strict);
const Column = Type.Union([
  Type.Object({ kind: Type.Literal('known'), key: Text, source: oneOf(SOURCES) }),
  Type.Object({ ...question, key: Text }),
]);

const wording = {
  title: Words(80),
  authority: Words(80),
  documentNo: Words(80),
  subject: oneOf(SUBJECTS),
  periodFrom: Day,
  periodTo: Day,
  dueOn: Day,
};

export const FormInput = Type.Object(
  {
    expectedVersion: Type.Integer({ minimum: 0, maximum: 1_000_000, description: '0 for one that is new' }),
    revisesId: nullable(Uuid),
    ...wording,
    columns: Type.Array(Type.Union([Known, Question]), { minItems: 1, maxItems: 60 }),
  },
  { ...strict, title: 'FormInput' },
);
export type FormBody = Static<typeof FormInput>;

export const FormCommand = Type.Union([
  Type.Object({ action: Type.Literal('publish'), expectedVersion: Version }, strict),
  Type.Object({ action: Type.Literal('withdraw'), expectedVersion: Version, reason: Words(300) }, strict),
]);
export type FormCommandBody = Static<typeof FormCommand>;

const form = {
  id: Uuid,
  state: oneOf(FORM_STATES),
  revision: Count,
  revisesId: nullable(Uuid),
  ...wording,
  columns: Type.Array(Column),
  authorName: Text,
  publishedAt: nullable(Time),
  withdrawnAt: nullable(Time),
  withdrawReason: nullable(Text),
  version: Type.Integer(),
};
export const Form = Type.Object(form, { title: 'Form' });
export const FormList = Type.Object({ items: Type.Array(Form), nextCursor: nullable(Text) });

export const TasksQuery = Type.Object(
  {
    ...pageQuery,
    scopeId: Type.Optional(Uuid),
    state: Type.Optional(oneOf(TASK_STATES)),
    formId: Type.Optional(Uuid),
  },
  strict,
);

const task = {
  scopeId: Uuid,
  scopeName: Text,
  formId: Uuid,
  state: oneOf(TASK_STATES),
  revision: Count,
  ...wording,
  /** How many columns it has, and how many of them the house knows. */
  columnCount: Count,
  knownCount: Count,
  isLate: Type.Boolean(),
  publishedAt: Time,
  submittedAt: nullable(Time),
  submittedByName: nullable(Text),
  decidedAt: nullable(Time),
  decidedByName: nullable(Text),
  returnReason: nullable(Text),
  version: Type.Integer(),
};
export const TaskList = Type.Object(
  { items: Type.Array(Type.Object(task)), nextCursor: nullable(Text) },
  { title: 'FormTasks' },
);

export const TaskDetail = Type.Object(
  {
    ...task,
    columns: Type.Array(Column),
    rows: Count,
    missing: Count,
    reused: Count,
    mayFill: Type.Boolean(),
    mayDecide: Type.Boolean(),
  },
  { title: 'FormTask' },
);

const Cell = Type.Object({
  state: oneOf(['register', 'hidden', 'own', 'known', 'open'] as const),
  value: Type.Unsafe<string | number | null>({ type: ['string', 'number', 'null'] }),
  asOf: nullable(Day),
  validUntil: nullable(Day),
});
export const TaskRows = Type.Object(
  {
    items: Type.Array(Type.Object({ id: Uuid, label: Text, cells: Type.Array(Cell) })),
    nextCursor: nullable(Text),
  },
  { title: 'FormTaskRows' },
);

export const Answers = Type.Object(
  {
    answers: Type.Array(
      Type.Object(
        {
          subjectId: Uuid,
          key: Type.String({ maxLength: 80 }),
          value: nullable(Type.String({ maxLength: LONGEST + 100 })),
          replaces: nullable(
            Type.String({
              maxLength: LONGEST + 100,
              description:
                'What was seen there; null: nothing. Refused where somebody else has answered since',
            }),
          ),
        },
        strict,
      ),
      { minItems: 1, maxItems: 200 },
    ),
    isCorrection: Type.Boolean({
      description: 'Another form has an answer that still holds, and it is wrong',
    }),
  },
  { ...strict, title: 'FormAnswers' },
);
export type AnswersBody = Static<typeof Answers>;

export const Submission = Type.Object({ expectedVersion: Version }, strict);
export const Decision = Type.Union([
  Type.Object({ action: Type.Literal('accept'), expectedVersion: Version }, strict),
  Type.Object({ action: Type.Literal('return'), expectedVersion: Version, reason: Words(300) }, strict),
]);
export type DecisionBody = Static<typeof Decision>;

export const Effort = Type.Object(
  { seconds: Type.Integer({ minimum: 1, maximum: 86_400, description: 'Worked on since it was last said' }) },
  strict,
);
export const Counted = Type.Object({ counted: Count }, { title: 'FormEffort' });

/** Rows of one report. */
export const MOST_ROWS = 1_000;
export const ReportQuery = Type.Object(
  { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_ROWS, default: MOST_ROWS })) },
  strict,
);

export const FormReport = Type.Object(
  {
    isCut: Type.Boolean({
      description: 'There are more rows than were asked for: the newest forms are shown',
    }),
    /** Mondays, the oldest first. */
    weeks: Type.Array(Day),
    items: Type.Array(
      Type.Object({
        formId: Uuid,
        streetId: nullable(Uuid),
        streetName: nullable(Text),
        title: Text,
        revision: Count,
        dueOn: Day,
        tasks: Count,
        accepted: Count,
        /** Columns, those the house knows, and questions. */
        asked: Count,
        known: Count,
        questions: Count,
        /** Answers given in it; those it took from other forms; corrections; asked though an answer held. */
        typed: Count,
        reused: Count,
        corrected: Count,
        reasked: Count,
        /** Staff minutes of each week. */
        minutes: Type.Array(Type.Number()),
      }),
    ),
  },
  { title: 'FormReport' },
);
