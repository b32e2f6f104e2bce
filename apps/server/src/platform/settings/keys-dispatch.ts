import Type from 'typebox';
import { define, share, wholeNumber } from './definition.ts';

const dispatchMode = Type.Unsafe<'by_hand' | 'in_turn' | 'grab' | 'automatic'>(
  Type.Enum(['by_hand', 'in_turn', 'grab', 'automatic']),
);
const escalationRole = Type.Unsafe<'desk' | 'steward' | 'manager' | 'company' | 'street' | 'city'>(
  Type.Enum(['desk', 'steward', 'manager', 'company', 'street', 'city']),
);
const escalationSteps = Type.Array(
  Type.Object(
    {
      afterMinutes: wholeNumber(0, 10_080),
      to: escalationRole,
    },
    { additionalProperties: false },
  ),
  { minItems: 1, maxItems: 10 },
);

/** Who is sent, and who hears of it when nobody goes. */
export const dispatchSettings = {
  /** What a way, an order in hand and an order taken are worth in minutes when it is chosen who goes. */
  'dispatch.ranking': define(
    Type.Object(
      {
        metresPerMinute: Type.Number({ minimum: 10, maximum: 1_000 }),
        detour: Type.Number({ minimum: 1, maximum: 3 }),
        withinCompoundMinutes: Type.Number({ minimum: 0, maximum: 120 }),
        otherCompoundMinutes: Type.Number({ minimum: 0, maximum: 240 }),
        unknownMinutes: Type.Number({ minimum: 0, maximum: 240 }),
        minutesPerOpenOrder: Type.Number({ minimum: 0, maximum: 480 }),
        emergencyLoadShare: share,
        minutesPerTaken: Type.Number({ minimum: 0, maximum: 120 }),
        otherGridMinutes: Type.Number({ minimum: 0, maximum: 120 }),
      },
      { additionalProperties: false },
    ),
    {
      metresPerMinute: 70,
      detour: 1.3,
      withinCompoundMinutes: 4,
      otherCompoundMinutes: 15,
      unknownMinutes: 8,
      minutesPerOpenOrder: 25,
      emergencyLoadShare: 0.2,
      minutesPerTaken: 3,
      otherGridMinutes: 5,
    },
    'product default; a walk with tools of 4.2 km/h',
  ),
  /** How it is found who goes: by hand, in turn, all at once, or planned together; a category may have its own way. */
  'dispatch.modes': define(
    Type.Object(
      {
        default: dispatchMode,
        byCategory: Type.Record(Type.String({ pattern: '^[a-z_.]{2,60}$' }), dispatchMode),
      },
      { additionalProperties: false },
    ),
    { default: 'by_hand', byCategory: {} },
    'mission.md: by hand or in turn; grabbing is not forced on salaried repairers',
  ),
  /** How long somebody who is asked has to answer. */
  'dispatch.offers': define(
    Type.Object(
      {
        turnSeconds: wholeNumber(10, 3_600),
        grabSeconds: wholeNumber(10, 3_600),
        /** An emergency stays open to all who were asked until one of them has it. */
        emergencySeconds: wholeNumber(60, 86_400),
      },
      { additionalProperties: false },
    ),
    { turnSeconds: 60, grabSeconds: 180, emergencySeconds: 14_400 },
    'product default',
  ),
  /** How the automatic mode plans what waits. */
  'dispatch.automatic': define(
    Type.Object(
      {
        batchSeconds: wholeNumber(1, 300),
        patienceMinutes: Type.Number({ minimum: 0, maximum: 480 }),
        marginMinutes: Type.Number({ minimum: 0, maximum: 120 }),
        latenessWeight: Type.Number({ minimum: 0, maximum: 100 }),
        hysteresisMinutes: Type.Number({ minimum: 0, maximum: 120 }),
        idleSeconds: wholeNumber(1, 3_600),
        rounds: wholeNumber(1, 10),
        againSeconds: wholeNumber(0, 3_600),
        minutesPerTaken: Type.Number({ minimum: 0, maximum: 120 }),
        scarcityMinutes: Type.Number({ minimum: 0, maximum: 120 }),
      },
      { additionalProperties: false },
    ),
    {
      batchSeconds: 5,
      patienceMinutes: 40,
      marginMinutes: 3,
      latenessWeight: 2,
      hysteresisMinutes: 5,
      idleSeconds: 300,
      rounds: 6,
      againSeconds: 10,
      minutesPerTaken: 2,
      scarcityMinutes: 3,
    },
    'product default; docs/simulated-day.md measures it',
  ),
  /** Who hears of it when nobody has taken an order, after how many minutes. */
  'dispatch.escalation': define(
    Type.Object(
      {
        emergency: escalationSteps,
        normal: escalationSteps,
        /** Who hears of it, and why, when nobody is at an emergency in time. */
        notThere: Type.Array(escalationRole, { minItems: 1, maxItems: 6 }),
        acknowledgedMinutes: wholeNumber(1, 240),
      },
      { additionalProperties: false },
    ),
    {
      emergency: [
        { afterMinutes: 3, to: 'steward' },
        { afterMinutes: 6, to: 'manager' },
        { afterMinutes: 10, to: 'company' },
        { afterMinutes: 15, to: 'street' },
      ],
      // The desk hears of an overdue order by the order's own clock; this is who hears of it beside and after.
      normal: [
        { afterMinutes: 0, to: 'steward' },
        { afterMinutes: 15, to: 'manager' },
        { afterMinutes: 60, to: 'company' },
        { afterMinutes: 240, to: 'street' },
      ],
      notThere: ['manager', 'company', 'street'],
      acknowledgedMinutes: 10,
    },
    'mission.md: on site within 20 minutes, or the street knows why not; issue 4: not accepted in 3 min the steward, 6 the project manager, 10 the company, 15 the street',
  ),
} as const;
