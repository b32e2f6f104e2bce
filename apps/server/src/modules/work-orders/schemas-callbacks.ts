import Type from 'typebox';
import { pageOf, pageQuery } from '../../platform/http/pagination.ts';
import { CALLBACK_REASONS, CALLBACK_RESULTS, RATINGS, STATUSES } from './domain.ts';
import { Answers, Aspects } from './schemas-family.ts';
import { nullable, oneOf, strict, Time, Uuid, Words } from './schemas-words.ts';

export const CallbackQuery = Type.Object({ ...pageQuery, scopeId: Type.Optional(Uuid) }, strict);

/** Whom the desk ought to call, and who is just doing so. */
export const CallbackRow = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    scopeName: Type.String(),
    number: Type.String(),
    status: oneOf(STATUSES),
    categoryNameZh: Type.String(),
    categoryNameEn: Type.String(),
    placeLabel: Type.String(),
    contactMasked: nullable(Type.String()),
    assigneeName: nullable(Type.String()),
    isEmergency: Type.Boolean(),
    reason: oneOf(CALLBACK_REASONS),
    wantedAt: Time,
    attempts: Type.Integer({ description: 'calls made in vain' }),
    isToClose: Type.Boolean({ description: 'all calls were in vain; the desk may close it, unconfirmed' }),
    rating: nullable(oneOf(RATINGS)),
    claim: nullable(
      Type.Object({
        name: Type.String(),
        isMine: Type.Boolean(),
        until: Time,
      }),
    ),
  },
  { title: 'CallbackRow' },
);
export const CallbackPage = pageOf(CallbackRow);

export const NextCallback = Type.Object({ scopeId: Type.Optional(Uuid) }, strict);
export const Claimed = Type.Object(
  { claim: nullable(Type.Object({ id: Uuid, scopeId: Uuid, until: Time })) },
  { title: 'ClaimedCallback', description: 'null: nobody is left to be called' },
);

export const Call = Type.Object(
  {
    id: Uuid,
    reason: oneOf(CALLBACK_REASONS),
    attempts: Type.Integer(),
    callerName: Type.String(),
    result: oneOf(CALLBACK_RESULTS),
    wasContacted: nullable(Type.Boolean()),
    score: nullable(oneOf(RATINGS)),
    aspects: Aspects,
    scriptVersion: nullable(Type.Integer()),
    answers: Answers,
    at: Time,
  },
  { title: 'Call' },
);
export const CallList = Type.Object({ items: Type.Array(Call) }, { title: 'CallList' });

const QuestionKey = Type.String({ pattern: '^[a-z0-9_]{1,40}$' });
export const QUESTION_KINDS = ['yes_no', 'choice', 'text'] as const;
export const Question = Type.Object(
  {
    key: QuestionKey,
    kind: oneOf(QUESTION_KINDS),
    textZh: Words(1, 200),
    textEn: Words(1, 200),
    options: Type.Optional(
      Type.Array(Type.Object({ key: QuestionKey, textZh: Words(1, 60), textEn: Words(1, 60) }, strict), {
        minItems: 2,
        maxItems: 8,
        description: 'of a choice',
      }),
    ),
  },
  { ...strict, title: 'CallbackQuestion' },
);
export type QuestionBody = Type.Static<typeof Question>;

const Questions = Type.Array(Question, { maxItems: 12 });
export const Script = Type.Object(
  {
    scopeId: nullable(Uuid),
    version: Type.Integer({
      description: '0: nobody has written one; the three questions of every call remain',
    }),
    questions: Questions,
    writtenName: nullable(Type.String()),
    writtenAt: nullable(Time),
    mayWrite: Type.Boolean({ description: 'whether you may write a version for this scope' }),
  },
  { title: 'CallbackScript' },
);
export const NewScript = Type.Object(
  {
    scopeId: Uuid,
    /** The version the page saw: of this scope's own script, or 0. */
    expectedVersion: Type.Integer({ minimum: 0 }),
    questions: Questions,
  },
  { ...strict, title: 'NewCallbackScript' },
);

const Rate = nullable(Type.Number());
const Day = Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }));
export const RatesQuery = Type.Object({ scopeId: Type.Optional(Uuid), from: Day, to: Day }, strict);
export const RatesOfCalls = Type.Object(
  {
    calls: Type.Integer({ description: 'all that were made' }),
    valid: Type.Integer({ description: 'that reached somebody: the denominator of all three rates' }),
    contactedCount: Type.Integer(),
    solvedCount: Type.Integer(),
    satisfiedCount: Type.Integer(),
    basicallySatisfiedCount: Type.Integer(),
    contacted: Rate,
    solved: Rate,
    satisfied: Rate,
    score: Rate,
  },
  { title: 'CallbackRates' },
);
