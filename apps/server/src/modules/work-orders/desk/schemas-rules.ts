import Type from 'typebox';
import { DUTIES, KINDS, DOERS, PAYERS, RECEIVER_KINDS } from '../domain.ts';
import { Uuid } from '../schemas.ts';
import { Day, nullable, oneOf, strict, Time, Words } from './schemas.ts';

const Minutes = Type.Integer({ minimum: 1, maximum: 525_600 });
const CALENDARS = ['always', 'working'] as const;
const Expected = Type.Integer({ minimum: 0, description: 'the version that was changed; 0 for a first one' });
const Keywords = Type.Array(Words(30), { minItems: 1, maxItems: 30, uniqueItems: true });

export const CodePath = Type.Object({ code: Type.String({ maxLength: 80 }) }, strict);

const limits = {
  respondMinutes: Minutes,
  arriveMinutes: nullable(Minutes),
  resolveMinutes: Minutes,
  calendar: oneOf(CALENDARS),
};

const adjustable = {
  nameZh: Type.String(),
  nameEn: Type.String(),
  keywordsZh: Type.Array(Type.String()),
  keywordsEn: Type.Array(Type.String()),
  photosRequired: Type.Boolean(),
  duty: oneOf(DUTIES),
  ...limits,
  isActive: Type.Boolean(),
};

export const CategoryVersion = Type.Object(
  {
    /** Which level wrote it: the company, the city, or nobody (the catalogue itself). */
    level: oneOf(['company', 'city', 'base'] as const),
    version: Type.Integer(),
    validFrom: nullable(Day),
    reason: Type.String(),
    changedByName: Type.String(),
    changedAt: nullable(Time),
    ...adjustable,
  },
  { title: 'CategoryVersion' },
);

export const CatalogueEntry = Type.Object(
  {
    code: Type.String(),
    kind: oneOf(KINDS),
    group: Type.String(),
    place: Type.String(),
    isEmergency: Type.Boolean(),
    /** What counts today. */
    current: CategoryVersion,
    /** What this place has written and has not begun yet, the nearest first. */
    upcoming: Type.Array(CategoryVersion),
    /** The number of this place's last version; 0 where it has none. */
    ownVersion: Type.Integer(),
  },
  { title: 'CatalogueEntry' },
);
export const CatalogueEntries = Type.Object({
  scopeId: Uuid,
  scopeName: Type.String(),
  mayEdit: Type.Boolean(),
  /** The first day from which a change may hold. */
  earliest: Day,
  items: Type.Array(CatalogueEntry),
});
export const CategoryVersions = Type.Object({ items: Type.Array(CategoryVersion) });

export const CategoryBody = Type.Object(
  {
    scopeId: Uuid,
    validFrom: Day,
    nameZh: Words(30),
    nameEn: Words(60),
    keywordsZh: Keywords,
    keywordsEn: Keywords,
    photosRequired: Type.Boolean(),
    duty: oneOf(DUTIES),
    ...limits,
    isActive: Type.Boolean(),
    reason: Words(200),
    expectedVersion: Expected,
  },
  strict,
);

export const ClocksQuery = Type.Object(
  {
    scopeId: Uuid,
    at: Time,
    respondMinutes: Minutes,
    arriveMinutes: Type.Optional(Minutes),
    resolveMinutes: Minutes,
    calendar: oneOf(CALENDARS),
  },
  strict,
);
export const Clocks = Type.Object(
  {
    timeZone: Type.String(),
    isCovered: Type.Boolean(),
    knownTo: Day,
    clocks: Type.Array(
      Type.Object({
        clock: oneOf(['respond', 'arrive', 'resolve'] as const),
        dueAt: Time,
        days: Type.Array(Type.Object({ date: Day, reason: Type.String(), minutes: Type.Number() })),
      }),
    ),
  },
  { title: 'ExplainedClocks' },
);

export const WhatIfBody = Type.Object(
  {
    scopeId: Uuid,
    from: Day,
    to: Day,
    changes: Type.Array(Type.Object({ categoryCode: Type.String({ maxLength: 80 }), ...limits }, strict), {
      minItems: 1,
      maxItems: 100,
    }),
  },
  strict,
);
const Counts = Type.Object({
  respond: Type.Integer(),
  arrive: Type.Integer(),
  resolve: Type.Integer(),
  any: Type.Integer(),
});
export const WhatIf = Type.Object(
  {
    /** More orders than are looked at: the newest were. */
    isCut: Type.Boolean(),
    rows: Type.Array(
      Type.Object({
        categoryCode: Type.String(),
        nameZh: Type.String(),
        nameEn: Type.String(),
        total: Type.Integer(),
        was: Counts,
        would: Counts,
      }),
    ),
    /** Orders judged otherwise, the newest first; at most 200 of `changedTotal`. */
    changed: Type.Array(
      Type.Object({
        id: Uuid,
        scopeId: Uuid,
        number: Type.String(),
        categoryCode: Type.String(),
        createdAt: Time,
        was: Type.Array(Type.String()),
        would: Type.Array(Type.String()),
      }),
    ),
    changedTotal: Type.Integer(),
  },
  { title: 'WhatIf' },
);

const Hours = Type.Object(
  {
    from: Type.Integer({ minimum: 0, maximum: 1439 }),
    to: Type.Integer({ minimum: 1, maximum: 1440 }),
  },
  strict,
);
const Weekday = Type.Integer({ minimum: 1, maximum: 7 });
const DayMark = Type.Object({ date: Day, mark: oneOf(['holiday', 'makeup'] as const) }, strict);

export const CalendarVersionView = Type.Object(
  {
    scopeId: Uuid,
    scopeName: Type.String(),
    version: Type.Integer(),
    validFrom: Day,
    weekdays: nullable(Type.Array(Weekday)),
    hours: nullable(Type.Array(Hours)),
    days: Type.Array(DayMark),
    knownTo: nullable(Day),
    source: Type.String(),
    changedByName: Type.String(),
    changedAt: Time,
    /** Open orders looked at again because of it, how many moved, and whether that is still going on. */
    recounted: Type.Integer(),
    moved: Type.Integer(),
    isRecounting: Type.Boolean(),
  },
  { title: 'CalendarVersion' },
);
export const CalendarQuery = Type.Object({ scopeId: Uuid, from: Day, to: Day }, strict);
export const CalendarView = Type.Object(
  {
    scopeId: Uuid,
    scopeName: Type.String(),
    kind: Type.String(),
    timeZone: Type.String(),
    mayEdit: Type.Boolean(),
    earliest: Day,
    today: Day,
    weekdays: Type.Array(Weekday),
    hours: Type.Array(Hours),
    /** Until when public holidays are known here, and who says so. */
    knownTo: Day,
    /** From when on nobody has said which days are off, once that is near. */
    missingFrom: nullable(Day),
    source: Type.String(),
    days: Type.Array(Type.Object({ date: Day, reason: Type.String(), minutes: Type.Number() })),
    ownVersion: Type.Integer(),
    /** Open orders whose limits run by working hours: counted again when the calendar changes. */
    openOrders: Type.Integer(),
    versions: Type.Array(CalendarVersionView),
  },
  { title: 'CalendarView' },
);
export const CalendarBody = Type.Object(
  {
    scopeId: Uuid,
    validFrom: Day,
    weekdays: nullable(Type.Array(Weekday, { maxItems: 7 })),
    hours: nullable(Type.Array(Hours, { maxItems: 4 })),
    days: Type.Array(DayMark, { maxItems: 400 }),
    knownTo: nullable(Day),
    source: Words(200),
    expectedVersion: Expected,
  },
  strict,
);

export const ReceiverView = Type.Object(
  {
    code: Type.String(),
    scopeId: Uuid,
    scopeName: Type.String(),
    version: Type.Integer(),
    kind: oneOf(RECEIVER_KINDS),
    nameZh: Type.String(),
    nameEn: Type.String(),
    phone: Type.String(),
    hours: Type.String(),
    isActive: Type.Boolean(),
  },
  { title: 'Receiver' },
);
export const DutyView = Type.Object(
  {
    duty: oneOf(DUTIES),
    categoryCode: nullable(Type.String()),
    level: oneOf(['company', 'street', 'city', 'base'] as const),
    version: Type.Integer(),
    validFrom: nullable(Day),
    payer: oneOf(PAYERS),
    doer: oneOf(DOERS),
    receiverCode: nullable(Type.String()),
    /** Null: the sentence every page knows (`duty.sentence.<duty>`). */
    sentenceZh: nullable(Type.String()),
    sentenceEn: nullable(Type.String()),
    source: Type.String(),
    changedByName: Type.String(),
    /** The number of this place's own last version; what the next one is written upon. */
    ownVersion: Type.Integer(),
  },
  { title: 'DutyRule' },
);
export const DutyTable = Type.Object({
  scopeId: Uuid,
  mayEdit: Type.Boolean(),
  earliest: Day,
  items: Type.Array(DutyView),
  receivers: Type.Array(ReceiverView),
});
export const DutyQuery = Type.Object(
  { scopeId: Uuid, category: Type.Optional(Type.String({ maxLength: 80 })) },
  strict,
);
export const DutyPath = Type.Object({ duty: oneOf(DUTIES) }, strict);
export const DutyBody = Type.Object(
  {
    scopeId: Uuid,
    categoryCode: nullable(Type.String({ minLength: 1, maxLength: 80 })),
    validFrom: Day,
    payer: oneOf(PAYERS),
    doer: oneOf(DOERS),
    receiverCode: nullable(Type.String({ minLength: 1, maxLength: 40 })),
    sentenceZh: Words(200),
    sentenceEn: Words(400),
    source: Words(200),
    expectedVersion: Expected,
  },
  strict,
);
export const ReceiverPath = Type.Object({ code: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }) }, strict);
export const ReceiverBody = Type.Object(
  {
    scopeId: Uuid,
    kind: oneOf(RECEIVER_KINDS),
    nameZh: Words(40),
    nameEn: Words(80),
    phone: Type.String({ pattern: '^[0-9+ -]{3,20}$' }),
    hours: Type.String({ maxLength: 60 }),
    isActive: Type.Boolean(),
    expectedVersion: Expected,
  },
  strict,
);
