import Type from 'typebox';
import { define, wholeNumber } from './definition.ts';

export const billingSettings = {
  /** By so much, up or down from what was billed or what two decided since, one person may correct a line alone; 0: every correction takes two. */
  'billing.correction_alone_fen': define(
    wholeNumber(0, 100_000),
    0,
    'product default: what lowers a claim is money given away',
  ),
  /** How a household that owes is reminded, step by step from the day the oldest line is due, and at which minute of the day. */
  'billing.reminders': define(
    Type.Object(
      {
        steps: Type.Array(
          Type.Object(
            {
              afterDays: wholeNumber(0, 1_095),
              way: Type.Unsafe<'message' | 'letter'>(Type.Enum(['message', 'letter'])),
            },
            { additionalProperties: false },
          ),
          { maxItems: 10 },
        ),
        minuteOfDay: wholeNumber(480, 1_200),
      },
      { additionalProperties: false },
    ),
    {
      steps: [
        { afterDays: 0, way: 'message' },
        { afterDays: 15, way: 'message' },
        { afterDays: 60, way: 'letter' },
      ],
      minuteOfDay: 600,
    },
    'product default; Civil Code 944: a demand, a reasonable time, and nothing is cut off',
  ),
} as const;
