import { DIRECTIONS, OUTCOMES, PASS_KINDS } from '@gongzhi/gate';
import Type, { type Static } from 'typebox';
import {
  COMMAND_OUTCOMES,
  COMMAND_STATES,
  DECLINE_REASONS,
  OPEN_REASONS,
  OPENING_STATES,
} from './domain/barriers.ts';
import { DEVICE_STANDINGS, nullable, oneOf, Sentence, strict, Time, Uuid } from './schemas.ts';

/** Barriers and who asks for them, on the wire. */

export const COMMAND_CAUSES = ['verdict', 'consent', 'person'] as const;

export const BarrierCommand = Type.Object(
  {
    id: Uuid,
    state: oneOf(COMMAND_STATES),
    cause: oneOf(COMMAND_CAUSES),
    reason: nullable(oneOf(OPEN_REASONS)),
    passageId: nullable(Uuid),
    orderedByName: nullable(Type.String()),
    holdSeconds: Type.Integer(),
    createdAt: Time,
    expiresAt: Time,
    sentCount: Type.Integer(),
    answeredAt: nullable(Time),
    /** As the barrier said it: a word of its maker's. */
    detail: nullable(Type.String()),
  },
  { title: 'BarrierCommand' },
);
export const Barrier = Type.Object(
  {
    id: Uuid,
    gateId: Uuid,
    label: Type.String(),
    standing: oneOf(DEVICE_STANDINGS),
    lastSeenAt: nullable(Time),
    /** The newest first. */
    commands: Type.Array(BarrierCommand),
  },
  { title: 'Barrier' },
);
export const Barriers = Type.Object({ now: Time, items: Type.Array(Barrier) }, { title: 'Barriers' });
export const BarriersQuery = Type.Object({ scopeId: Uuid, gateId: Type.Optional(Uuid) }, strict);
export const OpenBarrier = Type.Object({ reason: oneOf(OPEN_REASONS) }, strict);

/** To the barrier itself. */
export const Order = Type.Object(
  {
    id: Uuid,
    action: oneOf(['open'] as const),
    holdSeconds: Type.Integer(),
    expiresAt: Time,
    /** For a device whose clock is not ours: counted from when it hears this. */
    validForMs: Type.Integer(),
  },
  { title: 'BarrierOrder' },
);
export const OrdersQuery = Type.Object(
  { wait: Type.Optional(Type.Integer({ minimum: 0, maximum: 25 })) },
  strict,
);
export const Orders = Type.Object({ now: Time, items: Type.Array(Order) }, { title: 'BarrierOrders' });
export const Acknowledgement = Type.Object(
  { id: Uuid, outcome: oneOf(COMMAND_OUTCOMES), detail: Type.Optional(Type.String({ maxLength: 60 })) },
  strict,
);
export type AcknowledgementBody = Static<typeof Acknowledgement>;
export const Acknowledged = Type.Object(
  { id: Uuid, status: oneOf(['recorded', 'repeated', 'unknown'] as const) },
  { title: 'BarrierAcknowledged' },
);
export const Heartbeat = Type.Object({ at: Type.Optional(Time) }, strict);
export type HeartbeatBody = Static<typeof Heartbeat>;
export const Heard = Type.Object({ now: Time, isClockOff: Type.Boolean() }, { title: 'GateDeviceHeard' });

export const AskOpening = Type.Object(
  { scopeId: Uuid, gateId: Uuid, passId: Uuid, direction: oneOf(DIRECTIONS) },
  strict,
);
export type AskOpeningBody = Static<typeof AskOpening>;
export const OwnOpening = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    gateId: Uuid,
    gateName: Type.String(),
    direction: oneOf(DIRECTIONS),
    state: oneOf(OPENING_STATES),
    askedAt: Time,
    expiresAt: Time,
    declineReason: nullable(oneOf(DECLINE_REASONS)),
    answeredByName: nullable(Type.String()),
    /** Why a check stopped it all the same. */
    sentence: nullable(Sentence),
    remedy: nullable(Sentence),
  },
  { title: 'OwnOpening' },
);
/** To whoever keeps the gate: masked as at the gate's search. */
export const Opening = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    gateId: Uuid,
    gateName: Type.String(),
    direction: oneOf(DIRECTIONS),
    passKind: oneOf(PASS_KINDS),
    nameMasked: nullable(Type.String()),
    place: nullable(Type.String()),
    askedAt: Time,
    expiresAt: Time,
    barriers: Type.Array(Type.Object({ id: Uuid, label: Type.String() })),
  },
  { title: 'GateOpening' },
);
export const OpeningsQuery = Type.Object(
  { scopeId: Type.Optional(Uuid), gateId: Type.Optional(Uuid) },
  strict,
);
export const Openings = Type.Object({ now: Time, items: Type.Array(Opening) }, { title: 'GateOpenings' });
export const AnswerOpening = Type.Union([
  Type.Object({ answer: oneOf(['consent'] as const), barrierId: nullable(Uuid) }, strict),
  Type.Object({ answer: oneOf(['decline'] as const), reason: oneOf(DECLINE_REASONS) }, strict),
]);
export type AnswerOpeningBody = Static<typeof AnswerOpening>;
export const OpeningAnswered = Type.Object(
  {
    id: Uuid,
    state: oneOf(OPENING_STATES),
    outcome: nullable(oneOf(OUTCOMES)),
    sentence: nullable(Sentence),
    remedy: nullable(Sentence),
    /** False: nobody ordered a barrier; lift it by hand. */
    isBarrierOrdered: Type.Boolean(),
  },
  { title: 'OpeningAnswered' },
);
