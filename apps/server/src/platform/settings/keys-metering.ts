import Type from 'typebox';
import { define, wholeNumber } from './definition.ts';

const warningLevel = Type.Unsafe<'red' | 'orange' | 'yellow' | 'blue'>(
  Type.Enum(['red', 'orange', 'yellow', 'blue']),
);

/** Meters: what is plausible, when nobody's supply is switched off, and what stands out. */
export const meteringSettings = {
  /** So many times what is usual is asked about. */
  'metering.far_times': define(Type.Number({ minimum: 1.2, maximum: 100 }), 3, 'product default'),
  /** Hours of the place's day at which meters are read from afar; three of them within the night tell a leak. */
  'metering.read_hours': define(
    Type.Array(wholeNumber(0, 23), { minItems: 1, maxItems: 24, uniqueItems: true }),
    [1, 3, 5, 9, 14, 20],
    'product default',
  ),
  /** Hours of the local day, [from, to), of working days, within which a prepaid supply may be switched off. */
  'metering.trip_hours': define(
    Type.Object(
      { fromHour: wholeNumber(0, 23), toHour: wholeNumber(1, 24) },
      { additionalProperties: false },
    ),
    { fromHour: 9, toHour: 16 },
    'issue 6: no trip at night, on weekends and holidays; so early that it can be paid and be on again the same day',
  ),
  /** Weather warnings during which nothing is switched off. */
  'metering.no_trip_warnings': define(
    Type.Array(warningLevel, { maxItems: 4, uniqueItems: true }),
    ['red', 'orange'],
    'issue 6: no trip in red and orange weather',
  ),
  /** Switched on again by the command itself, or by the own hand at the meter once it is allowed. */
  'metering.close_by': define(
    Type.Unsafe<'close' | 'allow_close'>(Type.Enum(['close', 'allow_close'])),
    'close',
    'issue 6: prepaid meters cut and restore by themselves',
  ),
  /** How far our books and a meter may be apart: what was used since it was read, and roundings. */
  'metering.tolerance_fen': define(wholeNumber(0, 1_000_000), 500, 'product default'),
  /** Hours without a word after which a meter on a line counts as silent. */
  'metering.silent_hours': define(wholeNumber(1, 720), 36, 'product default'),
  /** Water that runs in every stretch of so many nights, more than this many litres an hour, is a leak. */
  'metering.leak': define(
    Type.Object(
      {
        nights: wholeNumber(1, 30),
        fromHour: wholeNumber(0, 22),
        toHour: wholeNumber(1, 23),
        litresAnHour: wholeNumber(1, 1_000),
      },
      { additionalProperties: false },
    ),
    { nights: 3, fromHour: 1, toHour: 5, litresAnHour: 2 },
    'product default; the flow of a night is how water companies find leaks',
  ),
  /** Less than this used in so many hours, in a home that wants to be looked after: somebody goes there. */
  'metering.quiet': define(
    Type.Object(
      {
        hours: wholeNumber(6, 168),
        wattHours: wholeNumber(0, 10_000),
        litres: wholeNumber(0, 1_000),
      },
      { additionalProperties: false },
    ),
    { hours: 24, wattHours: 100, litres: 2 },
    "issue 6: an old person's meter silent since yesterday",
  ),
} as const;
