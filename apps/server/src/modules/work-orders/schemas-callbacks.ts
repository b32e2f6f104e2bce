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

const Hours = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });
const rule = {
  delayHours: Hours(0, 1_440),
  attempts: Type.Integer({ minimum: 1, maximum: 10 }),
  retryHours: Hours(1, 168),
};
const Rule = Type.Object(rule, strict);
export const SaidCallbackRules = Type.Object(
  {
    unanswered: Rule,
    unsatisfied: Type.Optional(Rule),
    emergency: Type.Optional(Rule),
    all: Type.Optional(Rule),
    sample: Type.Optional(
      Type.Object({ ...rule, percent: Type.Number({ minimum: 0, maximum: 100 }) }, strict),
    ),
  },
  { ...strict, description: 'what is left out is not called about' },
);
const RuleDay = Type.String({ format: 'date' });
export const CallbackRuleVersion = Type.Object(
  {
    categoryCode: nullable(Type.String({ description: 'null: every matter' })),
    version: Type.Integer(),
    validFrom: RuleDay,
    rules: nullable(SaidCallbackRules),
    reason: Type.String(),
    changedByName: Type.String(),
    changedAt: Time,
  },
  { title: 'CallbackRuleVersion' },
);
export const CallbackRuleTable = Type.Object(
  {
    scopeId: Uuid,
    mayEdit: Type.Boolean(),
    earliest: RuleDay,
    /** What counts today: for every matter, and for those that have a rule of their own. */
    items: Type.Array(
      Type.Object({
        categoryCode: nullable(Type.String()),
        level: oneOf(['company', 'street', 'city', 'base'] as const),
        validFrom: nullable(RuleDay),
        rules: SaidCallbackRules,
        changedByName: nullable(Type.String()),
        ownVersion: Type.Integer({ description: "the number of this scope's own last version" }),
      }),
    ),
    /** What this scope has written, also what is to come; the newest first. */
    own: Type.Array(CallbackRuleVersion),
  },
  { title: 'CallbackRuleTable' },
);
export const NewCallbackRules = Type.Object(
  {
    scopeId: Uuid,
    categoryCode: nullable(Type.String({ minLength: 1, maxLength: 80 })),
    expectedVersion: Type.Integer({ minimum: 0 }),
    validFrom: RuleDay,
    /** Null: from that day on what the next level says. */
    rules: nullable(SaidCallbackRules),
    reason: Words(1, 200),
  },
  { ...strict, title: 'NewCallbackRules' },
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
