import Type from 'typebox';
import { ESCALATION_ROLES, MODES, NOT_THERE, OFFER_STATES, TASK_STATES } from './domain.ts';
import { nullable, oneOf, Time, Uuid } from './schemas-roster.ts';

const strict = { additionalProperties: false };

export const OpenOffer = Type.Object(
  {
    orderId: Uuid,
    scopeId: Uuid,
    scopeName: Type.String(),
    number: Type.String(),
    categoryNameZh: Type.String(),
    categoryNameEn: Type.String(),
    /** Empty for a confidential matter: whose door it is at is told with the job itself. */
    placeLabel: Type.String(),
    description: Type.String(),
    isEmergency: Type.Boolean(),
    mode: oneOf(MODES),
    offeredAt: Time,
    expiresAt: Time,
    travelMinutes: nullable(Type.Number()),
    arriveDueAt: nullable(Time),
  },
  { title: 'OpenOffer' },
);

export const OfferAnswer = Type.Union([
  Type.Object({ answer: Type.Literal('accept') }, strict),
  Type.Object(
    {
      answer: Type.Literal('decline'),
      reason: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    },
    strict,
  ),
]);

export const DispatchState = Type.Object(
  {
    mode: oneOf(MODES),
    state: oneOf(TASK_STATES),
    round: Type.Integer(),
    offers: Type.Array(
      Type.Object({
        accountId: Uuid,
        displayName: Type.String(),
        state: oneOf(OFFER_STATES),
        offeredAt: Time,
        expiresAt: Time,
      }),
    ),
    /** Nobody has it: who heard of it, and when the next step does. */
    alerts: Type.Array(
      Type.Object({
        matter: oneOf(['claim', 'arrival', 'held'] as const),
        /** Why nobody was there in time. */
        reason: nullable(oneOf(NOT_THERE)),
        role: oneOf(ESCALATION_ROLES),
        afterMinutes: Type.Integer(),
        count: Type.Integer(),
        at: Time,
      }),
    ),
    isWatched: Type.Boolean(),
    nextRole: nullable(oneOf(ESCALATION_ROLES)),
    nextAt: nullable(Time),
    heldByName: nullable(Type.String()),
    heldUntil: nullable(Time),
    /** Who asks was told, and this step has not been held up yet. */
    mayHold: Type.Boolean(),
  },
  { title: 'DispatchState' },
);
