import Type from 'typebox';
import { nullable, oneOf, Time, Uuid } from './schemas-roster.ts';

export const ARRIVAL_STAGES = ['waiting', 'found', 'on_the_way', 'there', 'none'] as const;

const awaited = {
  stage: oneOf(ARRIVAL_STAGES),
  /** Of what is waited for: that somebody takes it, or that they are there. */
  expected: nullable(
    Type.Object({
      what: oneOf(['take', 'arrive'] as const),
      from: Time,
      likely: Time,
      to: Time,
      /** From how many orders of this place it was learned. */
      count: Type.Integer(),
    }),
  ),
  isLongerThanUsual: Type.Boolean(),
};
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const pair = `${uuid}:${uuid}`;
export const ArrivalsQuery = Type.Object(
  {
    orders: Type.String({
      pattern: `^${pair}(?:,${pair}){0,9}$`,
      description: 'up to ten of scope:order, with commas between',
    }),
  },
  { additionalProperties: false },
);
export const Arrivals = Type.Object(
  { items: Type.Array(Type.Object({ orderId: Uuid, ...awaited })) },
  { title: 'Arrivals' },
);

export const Arrival = Type.Object(
  {
    ...awaited,
    person: nullable(
      Type.Object({
        name: Type.String(),
        title: nullable(Type.String()),
        /** Jobs done in this place within half a year. */
        jobsDone: Type.Integer(),
        rated: Type.Integer(),
        /** Null below five ratings. */
        satisfiedShare: nullable(Type.Number()),
      }),
    ),
  },
  { title: 'Arrival' },
);

const Goodness = nullable(
  Type.Object({
    count: Type.Integer(),
    medianError: Type.Number(),
    within: Type.Number(),
    bias: Type.Number(),
  }),
);

export const EstimateFigures = Type.Object(
  {
    scopeId: Uuid,
    scopeName: Type.String(),
    learntAt: Time,
    legs: Type.Array(
      Type.Object({
        leg: oneOf(['take', 'come', 'way'] as const),
        isEmergency: Type.Boolean(),
        count: Type.Integer(),
        median: Type.Number(),
        late: Type.Number({ description: 'nine of ten were quicker' }),
        tested: Goodness,
      }),
    ),
  },
  { title: 'EstimateFigures' },
);
