import Type from 'typebox';
import { define, share, wholeNumber } from './definition.ts';

/** The 12345 hotline's cases and rates, and the desk's own telephone. */
export const hotlineSettings = {
  /**
   * Weights by which what is left of a case's time is shared among the hands still to come; `reply` is the street's own
   * time to answer the hotline.
   */
  'hotline.hand_shares': define(
    Type.Object(
      {
        city: Type.Number({ minimum: 0, maximum: 100 }),
        district: Type.Number({ minimum: 0, maximum: 100 }),
        street: Type.Number({ minimum: 0, maximum: 100 }),
        community: Type.Number({ minimum: 0, maximum: 100 }),
        company: Type.Number({ minimum: 0.01, maximum: 100 }),
        reply: Type.Number({ minimum: 0, maximum: 100 }),
      },
      { additionalProperties: false },
    ),
    { city: 1, district: 1, street: 2, community: 2, company: 12, reply: 2 },
    'product default; the regulation leaves the deadline to the order',
  ),
  /** Hours a case may take where the hotline gave no deadline: danger, water power gas heat, ordinary, complex. */
  'hotline.deadline_hours': define(
    Type.Object(
      {
        danger: wholeNumber(1, 8_784),
        utility: wholeNumber(1, 8_784),
        ordinary: wholeNumber(1, 8_784),
        complex: wholeNumber(1, 8_784),
      },
      { additionalProperties: false },
    ),
    { danger: 2, utility: 24, ordinary: 168, complex: 360 },
    'consultation draft of DB11/T 2021-2022; the clauses in force were not seen',
  ),
  /** Hours after receipt within which a hand may object that it isn't theirs. */
  'hotline.objection_hours': define(wholeNumber(0, 720), 24, 'product default'),
  'hotline.most_extensions': define(wholeNumber(0, 10), 1, 'product default'),
  /** Longest until a hanging case is looked at again. */
  'hotline.hanging_review_days': define(wholeNumber(1, 366), 90, 'product default'),
  /** How far back calls may be about the same matter. */
  'hotline.repeat_days': define(wholeNumber(1, 366), 30, 'product default'),
  /** Most seconds that a webhook's clock may be off. */
  'hotline.clock_skew_seconds': define(wholeNumber(10, 3_600), 300, 'product default'),
  /** For what reasons a callback may be left out of the rates. */
  'hotline.exclusion_grounds': define(
    Type.Array(Type.String({ pattern: '^[a-z_]{2,60}$' }), { maxItems: 30, uniqueItems: true }),
    [
      'emergency_number',
      'other_procedure',
      'repeat_without_new_facts',
      'secret',
      'outside_duties',
      'illegal',
      'wrong_unit',
      'wrong_record',
    ],
    "article 11 of Beijing's regulation of 2021-09-24 says what is not dispatched; the official list of exclusions was not found",
  ),
  /** What the three rates weigh in the score, and what "basically satisfied" is worth. */
  'hotline.rate_weights': define(
    Type.Object(
      { contacted: share, solved: share, satisfied: share, basically: share },
      { additionalProperties: false },
    ),
    { contacted: 0.1, solved: 0.5, satisfied: 0.4, basically: 0.9 },
    "one district's ranking of 2025",
  ),
  /** A period begins with this statistical day of the month before (1: the calendar month); a day ends at this hour. */
  'hotline.rate_period': define(
    Type.Object(
      { firstDay: wholeNumber(1, 28), dayHour: wholeNumber(0, 23) },
      { additionalProperties: false },
    ),
    { firstDay: 19, dayHour: 12 },
    "one district's ranking of 2025: from the 19th of last month, the day from noon to noon",
  ),
  /** Most seconds that a telephone provider's clock may be off. */
  'telephony.clock_skew_seconds': define(wholeNumber(10, 3_600), 300, 'product default'),
  /** How late a provider may tell of something that happened on the telephone. */
  'telephony.oldest_event_hours': define(wholeNumber(1, 168), 24, 'product default'),
  /** Whoever cannot be reached so often is not called back again. */
  'telephony.most_attempts': define(wholeNumber(1, 20), 3, 'product default'),
} as const;
