import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';

/** A street's day as it is written down: simulator/days/default.json, or one's own. */

const share = Type.Number({ minimum: 0, maximum: 1 });
const minutes = Type.Number({ minimum: 0, maximum: 1_440 });
const spread = Type.Number({ minimum: 0, maximum: 3 });
const source = Type.String({ minLength: 1 });
const hours = Type.Array(Type.Number({ minimum: 0 }), { minItems: 24, maxItems: 24 });
const closed = { additionalProperties: false };
const Answers = Type.Object(
  { medianSeconds: Type.Number({ minimum: 1 }), spread, ignoredShare: share, declinedShare: share },
  closed,
);

const DaySettings = Type.Object(
  {
    name: Type.String(),
    about: Type.String(),
    date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    /** So long before the day and after it orders come in as well, without being measured. */
    leadInHours: Type.Number({ minimum: 0, maximum: 48 }),
    followOnHours: Type.Number({ minimum: 0, maximum: 48 }),
    reports: Type.Object(
      { perHouseholdAndDay: Type.Number({ exclusiveMinimum: 0, maximum: 1 }), source },
      closed,
    ),
    hours: Type.Object({ normal: hours, emergency: hours, source }, closed),
    matters: Type.Object(
      {
        emergencyShare: share,
        workSpread: spread,
        workLeastMinutes: minutes,
        workMostMinutes: minutes,
        wrapUpMinutes: minutes,
        source,
      },
      closed,
    ),
    people: Type.Object({ source }, closed),
    way: Type.Object(
      {
        walkMetresPerMinute: Type.Number({ minimum: 10, maximum: 1_000 }),
        rideMetresPerMinute: Type.Number({ minimum: 10, maximum: 1_000 }),
        rideFromMetres: Type.Number({ minimum: 0 }),
        mountMinutes: minutes,
        detour: Type.Number({ minimum: 1, maximum: 3 }),
        stairsMinutes: minutes,
        fromHomeMinutes: minutes,
        source,
      },
      closed,
    ),
    answers: Type.Object(
      {
        free: Answers,
        busy: Answers,
        emergency: Answers,
        grab: Type.Object({ freeShare: share, busyShare: share }, closed),
        source,
      },
      closed,
    ),
    desk: Type.Object(
      {
        fromHour: Type.Integer({ minimum: 0, maximum: 23 }),
        toHour: Type.Integer({ minimum: 1, maximum: 24 }),
        medianMinutes: minutes,
        spread,
        source,
      },
      closed,
    ),
  },
  closed,
);
export type DaySettings = Static<typeof DaySettings>;

export const defaultDayPath = join(import.meta.dirname, '..', '..', 'days', 'default.json');

/** Throws a RangeError that names the first wrong place of the file. */
export function readDay(path = defaultDayPath): DaySettings {
  let day: unknown;
  try {
    day = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new RangeError(`${path} is not a day: ${(error as Error).message}`);
  }
  const [fault] = Value.Errors(DaySettings, day);
  if (fault !== undefined) throw new RangeError(`${path}: ${fault.instancePath || '/'} ${fault.message}`);
  return day as DaySettings;
}
