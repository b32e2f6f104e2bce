import Type from 'typebox';
import { ESCALATION_ROLES, MODES } from './domain.ts';
import { LocalDay, nullable, oneOf, Time, Uuid } from './schemas-roster.ts';

const strict = { additionalProperties: false };
const Seconds = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });

export const ModeWord = oneOf(MODES);
export const OffersWord = Type.Object(
  {
    turnSeconds: Seconds(10, 3_600),
    grabSeconds: Seconds(10, 3_600),
    emergencySeconds: Seconds(60, 86_400),
  },
  { ...strict, title: 'OfferCountdowns' },
);
const Steps = Type.Array(
  Type.Object(
    { afterMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }), to: oneOf(ESCALATION_ROLES) },
    strict,
  ),
  { minItems: 1, maxItems: 6 },
);
export const EscalationWord = Type.Object(
  {
    emergency: Steps,
    normal: Steps,
    notThere: Type.Array(oneOf(ESCALATION_ROLES), { minItems: 1, maxItems: 6, uniqueItems: true }),
    acknowledgedMinutes: Type.Integer({ minimum: 1, maximum: 240 }),
  },
  { ...strict, title: 'EscalationChain' },
);

const Level = oneOf(['compound', 'company', 'street', 'city', 'base'] as const);
/** Whose word it is, since when, by whom; `base`: nobody's, the installation's setting. */
const said = {
  level: Level,
  startsAt: nullable(Time),
  changedByName: nullable(Type.String()),
  reason: nullable(Type.String()),
  ownVersion: Type.Integer({ description: "the number of this place's own last version" }),
};
const Version = {
  version: Type.Integer(),
  startsAt: Time,
  standing: oneOf(['past', 'now', 'coming'] as const),
  reason: Type.String(),
  changedByName: Type.String(),
  changedAt: Time,
};
const ModeVersion = Type.Object({
  subject: oneOf(['mode'] as const),
  categoryCode: nullable(Type.String()),
  value: nullable(ModeWord),
  ...Version,
});
const OffersVersion = Type.Object({
  subject: oneOf(['offers'] as const),
  value: nullable(OffersWord),
  ...Version,
});
const EscalationVersion = Type.Object({
  subject: oneOf(['escalation'] as const),
  value: nullable(EscalationWord),
  ...Version,
});

export const RulesQuery = Type.Object({ scopeId: Type.Optional(Uuid) }, strict);
export const DispatchRules = Type.Object(
  {
    scopeId: Uuid,
    name: Type.String(),
    kind: Type.String(),
    mayEdit: Type.Boolean(),
    mayGrab: Type.Boolean({ description: 'only a company decides that its repairers may grab' }),
    mayEditAll: Type.Boolean({ description: 'a compound only says which way is taken' }),
    earliest: LocalDay,
    waiting: Type.Integer({ description: 'orders there that wait for somebody now' }),
    modes: Type.Array(
      Type.Object({
        categoryCode: nullable(Type.String({ description: 'null: every matter' })),
        mode: ModeWord,
        ...said,
      }),
    ),
    offers: Type.Object({ value: OffersWord, ...said }),
    escalation: Type.Object({ value: EscalationWord, ...said }),
    /** Of a company: what single compounds do otherwise. */
    compounds: Type.Array(
      Type.Object({
        scopeId: Uuid,
        name: Type.String(),
        categoryCode: nullable(Type.String()),
        mode: ModeWord,
        startsAt: Time,
      }),
    ),
    /** What was said here, also what is to come; the latest word first. */
    own: Type.Array(Type.Union([ModeVersion, OffersVersion, EscalationVersion])),
  },
  { title: 'DispatchRules' },
);

const change = {
  scopeId: Uuid,
  expectedVersion: Type.Integer({ minimum: 0 }),
  startsOn: nullable({ ...LocalDay, description: 'from the beginning of that day; null: from now' }),
  reason: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
};
export const ModeChange = Type.Object(
  {
    ...change,
    categoryCode: nullable(Type.String({ minLength: 1, maxLength: 80 })),
    value: nullable(ModeWord),
  },
  { ...strict, title: 'ModeChange' },
);
export const OffersChange = Type.Object(
  { ...change, value: nullable(OffersWord) },
  { ...strict, title: 'OffersChange' },
);
export const EscalationChange = Type.Object(
  { ...change, value: nullable(EscalationWord) },
  { ...strict, title: 'EscalationChange' },
);
export const RuleMade = Type.Object(
  { version: Type.Integer(), startsAt: Time },
  { title: 'DispatchRuleMade' },
);
