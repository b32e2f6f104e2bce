import Type, { type Static } from 'typebox';
import { KINDS, PRIORITIES, STATUSES } from '../domain.ts';
import { LISTS, Uuid } from '../schemas.ts';

/** Shapes of the desk's own tools. */
export const strict = { additionalProperties: false };
export const Time = Type.String({ format: 'date-time' });
export const Day = Type.String({ format: 'date' });
export const nullable = <T extends Type.TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>(Type.Union([schema, Type.Null()]));
export const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] });
/** Something written, not only blanks. */
export const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' });

export const IdPath = Type.Object({ id: Uuid }, strict);
const Expected = Type.Integer({ minimum: 0, description: 'the version that was changed; 0 for a new one' });

/** What the desk's address holds, as it is kept. Relative times are not kept as dates: `age` counts days back. */
export const FilterQuery = Type.Object(
  {
    queue: Type.Optional(oneOf(LISTS)),
    status: Type.Optional(
      Type.String({ maxLength: 200, pattern: `^(${STATUSES.join('|')})(,(${STATUSES.join('|')}))*$` }),
    ),
    category: Type.Optional(Type.String({ maxLength: 80 })),
    kind: Type.Optional(oneOf(KINDS)),
    priority: Type.Optional(oneOf(PRIORITIES)),
    assigneeId: Type.Optional(Uuid),
    scope: Type.Optional(Uuid),
    late: Type.Optional(Type.Boolean()),
    words: Type.Optional(Words(60)),
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    sort: Type.Optional(oneOf(['due', 'created'] as const)),
  },
  { ...strict, title: 'FilterQuery' },
);
export type FilterQueryBody = Static<typeof FilterQuery>;

export const SavedFilter = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    isShared: Type.Boolean(),
    query: FilterQuery,
    position: Type.Integer(),
    version: Type.Integer(),
    /** How many orders it holds now; at `countLimit` counting stops. */
    count: Type.Integer(),
  },
  { title: 'SavedFilter' },
);
export const SavedFilters = Type.Object({ items: Type.Array(SavedFilter), countLimit: Type.Integer() });
export const SavedFilterBody = Type.Object(
  {
    name: Words(30),
    isShared: Type.Boolean(),
    query: FilterQuery,
    position: Type.Integer({ minimum: 0, maximum: 999 }),
    expectedVersion: Expected,
  },
  strict,
);

export const COLUMNS = [
  'number',
  'matter',
  'scope',
  'place',
  'status',
  'priority',
  'assignee',
  'due',
  'urges',
  'created',
] as const;
export const ListColumns = Type.Object(
  {
    columns: Type.Array(
      Type.Object(
        { name: oneOf(COLUMNS), width: nullable(Type.Integer({ minimum: 48, maximum: 800 })) },
        strict,
      ),
      { minItems: 1, maxItems: COLUMNS.length },
    ),
  },
  { ...strict, title: 'ListColumns' },
);

export const NOTE_SUBJECTS = ['order', 'household'] as const;
export const Note = Type.Object(
  {
    id: Uuid,
    subject: oneOf(NOTE_SUBJECTS),
    subjectId: Uuid,
    text: Type.String(),
    isPinned: Type.Boolean(),
    isMine: Type.Boolean(),
    authorName: Type.String(),
    at: Time,
  },
  { title: 'Note' },
);
export const Notes = Type.Object({ items: Type.Array(Note) });
export const NotesQuery = Type.Object(
  { scopeId: Uuid, orderId: Type.Optional(Uuid), householdId: Type.Optional(Uuid) },
  strict,
);
export const NewNote = Type.Object(
  {
    scopeId: Uuid,
    subject: oneOf(NOTE_SUBJECTS),
    subjectId: Uuid,
    text: Words(1000),
    isPinned: Type.Optional(Type.Boolean()),
  },
  strict,
);
export const NoteChange = Type.Object({ change: oneOf(['pin', 'unpin', 'remove'] as const) }, strict);

export const PURPOSES = ['comment', 'callback', 'close'] as const;
export const AnswerTemplate = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeName: Type.String(),
    isOwn: Type.Boolean(),
    version: Type.Integer(),
    name: Type.String(),
    purpose: oneOf(PURPOSES),
    textZh: Type.String(),
    textEn: Type.String(),
    isActive: Type.Boolean(),
    changedByName: Type.String(),
    changedAt: Time,
  },
  { title: 'AnswerTemplate' },
);
export const AnswerTemplates = Type.Object({ items: Type.Array(AnswerTemplate) });
export const TemplateBody = Type.Object(
  {
    name: Words(40),
    purpose: oneOf(PURPOSES),
    textZh: Words(500),
    textEn: Words(1000),
    isActive: Type.Boolean(),
    expectedVersion: Expected,
  },
  strict,
);

export const FieldChange = Type.Object(
  {
    field: Type.String(),
    was: Type.Unknown(),
    became: Type.Unknown(),
    eventKind: Type.String(),
    actorName: nullable(Type.String()),
    actorRole: Type.String(),
    at: Time,
  },
  { title: 'FieldChange' },
);
export const FieldHistory = Type.Object({ items: Type.Array(FieldChange) });
