import Type from 'typebox';
import { define, wholeNumber } from './definition.ts';

/** How passes come to be, and how long what hangs on them may last. */
export const passSettings = {
  'access.issuing': define(
    Type.Object(
      {
        visitorHours: wholeNumber(1, 720),
        visitorEntries: wholeNumber(1, 100),
        slotMinutes: wholeNumber(10, 1_440),
        helperDays: wholeNumber(1, 1_830),
        contractorDays: wholeNumber(1, 366),
        staffDays: wholeNumber(1, 1_830),
        temporaryVehicleDays: wholeNumber(1, 90),
        aheadDays: wholeNumber(0, 366),
        invitationsAtOnce: wholeNumber(1, 1_000),
      },
      { additionalProperties: false },
    ),
    {
      visitorHours: 72,
      visitorEntries: 10,
      slotMinutes: 120,
      helperDays: 366,
      contractorDays: 90,
      staffDays: 366,
      temporaryVehicleDays: 7,
      aheadDays: 30,
      invitationsAtOnce: 20,
    },
    'product default',
  ),
  /** Longest that a slip for goods out may stand. */
  'access.goods_slip_hours': define(wholeNumber(1, 168), 24, 'product default'),
  /** Longest that an entry of a list may stand before it has to be made anew. */
  'access.list_days': define(
    wholeNumber(1, 366),
    90,
    'product default; PIPL article 19: for the shortest time that is needed',
  ),
  /** The widest a contact tracing may be: minutes around a passage, days it looks at, days its list is kept. */
  'access.tracing': define(
    Type.Object(
      {
        windowMinutes: wholeNumber(1, 240),
        spanDays: wholeNumber(1, 28),
        keepDays: wholeNumber(1, 90),
      },
      { additionalProperties: false },
    ),
    { windowMinutes: 30, spanDays: 14, keepDays: 30 },
    'product default; PIPL articles 6 and 19: the smallest range, the shortest time',
  ),
  /** How far back a home sees who came on its invitations. */
  'access.visits_days': define(wholeNumber(1, 366), 30, 'product default'),
} as const;
