import Type from 'typebox';
import { MODES, ROSTER_KINDS, TASK_STATES } from './domain.ts';
import { DutyState, nullable, oneOf, Time, Uuid } from './schemas-roster.ts';

const order = {
  id: Uuid,
  scopeId: Uuid,
  number: Type.String(),
  categoryNameZh: Type.String(),
  categoryNameEn: Type.String(),
  status: Type.String(),
  isEmergency: Type.Boolean(),
  isLate: Type.Boolean(),
  /** Empty where the door would tell who complained. */
  placeLabel: Type.String(),
};

const Block = Type.Object(
  {
    ...order,
    /** Since when they have it; null: they have not said yes yet. */
    acceptedAt: nullable(Time),
    departedAt: nullable(Time),
    arrivedAt: nullable(Time),
    finishedAt: nullable(Time),
    /** When it should be taken, while nobody has said yes; then when somebody should be there, then when it should be done. */
    dueAt: nullable(Time),
  },
  { title: 'BoardBlock' },
);

const Waiting = Type.Object(
  {
    ...order,
    version: Type.Integer(),
    scopeName: Type.String(),
    createdAt: Time,
    respondDueAt: nullable(Time),
    mode: nullable(oneOf(MODES)),
    state: nullable(oneOf(TASK_STATES)),
    /** Who is asked just now, and until when. */
    asked: Type.Array(Type.Object({ displayName: Type.String(), expiresAt: Time })),
    /** When the next step of the chain hears that nobody has it. */
    nextAt: nullable(Time),
  },
  { title: 'BoardWaiting' },
);

export const Board = Type.Object(
  {
    scopeId: Uuid,
    name: Type.String(),
    timeZone: Type.String(),
    now: Time,
    waiting: Type.Array(Waiting),
    /** There were more than are shown. */
    isCut: Type.Boolean(),
    people: Type.Array(
      Type.Object({
        accountId: Uuid,
        displayName: Type.String(),
        title: Type.String(),
        role: Type.String(),
        duty: DutyState,
        until: nullable(Time),
        nextFrom: nullable(Time),
        openOrders: Type.Integer(),
        spans: Type.Array(
          Type.Object({ from: Time, to: Time, kind: oneOf([...ROSTER_KINDS, 'overtime'] as const) }),
        ),
        blocks: Type.Array(Block),
      }),
    ),
  },
  { title: 'DispatchBoard' },
);

const Placed = nullable(Type.Object({ latitude: Type.Number(), longitude: Type.Number() }));

export const SitePlan = Type.Object(
  {
    scopeId: Uuid,
    name: Type.String(),
    compounds: Type.Array(
      Type.Object({
        id: Uuid,
        name: Type.String(),
        buildings: Type.Array(Type.Object({ id: Uuid, name: Type.String(), point: Placed })),
      }),
    ),
    orders: Type.Array(
      Type.Object({ ...order, buildingId: nullable(Uuid), assigneeName: nullable(Type.String()) }),
    ),
    isCut: Type.Boolean(),
    /** Whoever is on shift, where their last order or their phone is; only for their own department and company. */
    people: Type.Array(
      Type.Object({
        accountId: Uuid,
        displayName: Type.String(),
        buildingId: nullable(Uuid),
        point: Placed,
        openOrders: Type.Integer(),
      }),
    ),
  },
  { title: 'SitePlan' },
);
