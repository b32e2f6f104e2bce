import Type from 'typebox';
import { DutyState, LocalDay, nullable, oneOf, Time, Uuid } from './schemas-roster.ts';

const strict = { additionalProperties: false };

const Reason = Type.Object(
  {
    code: oneOf([
      'on_shift',
      'standby',
      'unplanned',
      'skill',
      'travel',
      'load',
      'emergency',
      'taken',
      'own_grid',
      'other_grid',
    ] as const),
    until: Type.Optional(nullable(Time)),
    skill: Type.Optional(Type.String()),
    validUntil: Type.Optional(nullable(LocalDay)),
    minutes: Type.Optional(Type.Number()),
    from: Type.Optional(oneOf(['phone', 'last_order', 'unknown'] as const)),
    count: Type.Optional(Type.Integer()),
    mean: Type.Optional(Type.Number()),
  },
  { title: 'RankReason' },
);

const Exclusion = Type.Object(
  {
    code: oneOf([
      'off_shift',
      'away',
      'standby_only',
      'skill_missing',
      'certificate_lapsed',
      'other_area',
      'declined',
      'accused',
      'manager_only',
    ] as const),
    nextFrom: Type.Optional(nullable(Time)),
    skill: Type.Optional(Type.String()),
    validUntil: Type.Optional(LocalDay),
  },
  { title: 'RankExclusion' },
);

export const RankedCandidate = Type.Object(
  {
    accountId: Uuid,
    displayName: Type.String(),
    title: Type.String(),
    role: Type.String(),
    skills: Type.Array(Type.String()),
    hasSkill: Type.Boolean(),
    openOrders: Type.Integer(),
    duty: DutyState,
    /** 1 is the best; null: left out, and why. */
    rank: nullable(Type.Integer()),
    minutes: Type.Number(),
    /** False: the order's own rules refuse it. */
    mayBeSent: Type.Boolean(),
    reasons: Type.Array(Reason),
    exclusions: Type.Array(Exclusion),
  },
  { title: 'RankedCandidate' },
);

export const OrderPath = Type.Object({ id: Uuid }, strict);
export const ScopeQuery = Type.Object({ scopeId: Uuid }, strict);
export const PositionInput = Type.Object(
  {
    latitude: Type.Number({ minimum: -90, maximum: 90 }),
    longitude: Type.Number({ minimum: -180, maximum: 180 }),
  },
  strict,
);
