/**
 * Passages out of proportion: a gate compared with itself at the same hour of the same weekday. Nothing is said of anybody,
 * only of places where something is not seen.
 */

export interface HourFlow {
  readonly hour: number;
  readonly entries: number;
  readonly exits: number;
}

export type BlindSpotKind = 'none_passed' | 'far_fewer' | 'far_more' | 'one_sided';
export interface BlindSpot {
  readonly kind: BlindSpotKind;
  readonly fromHour: number;
  /** Exclusive. */
  readonly toHour: number;
  readonly seen: number;
  readonly expected: number;
}

/** Fewer earlier days than this say nothing about what is usual. */
export const LEAST_DAYS = 3;
/** Below this many an hour, nobody coming is nothing to wonder about. */
const BUSY = 20;
const ENOUGH = 40;
const TIMES = 4;
/** So many more one way than usual, and that half of all who went through. */
const ONE_SIDED = 50;

export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const at = (day: readonly HourFlow[], hour: number): HourFlow =>
  day.find((one) => one.hour === hour) ?? { hour, entries: 0, exits: 0 };

/** What is usual at each hour, by the same weekday of the weeks before; null where there are too few of them. */
export function usualOf(earlier: readonly (readonly HourFlow[])[]): HourFlow[] | null {
  if (earlier.length < LEAST_DAYS) return null;
  return Array.from({ length: 24 }, (_, hour) => ({
    hour,
    entries: median(earlier.map((day) => at(day, hour).entries)),
    exits: median(earlier.map((day) => at(day, hour).exits)),
  }));
}

/** Of one gate, for the hours of today that are over; an hour beside an hour of the same kind is one spot. */
export function blindSpotsOf(
  today: readonly HourFlow[],
  earlier: readonly (readonly HourFlow[])[],
  hoursOver: number,
): BlindSpot[] {
  const usual = usualOf(earlier);
  if (usual === null) return [];
  const spots: BlindSpot[] = [];
  const say = (kind: BlindSpotKind, hour: number, seen: number, expected: number): void => {
    const last = spots.at(-1);
    if (last?.kind === kind && last.toHour === hour)
      spots[spots.length - 1] = {
        ...last,
        toHour: hour + 1,
        seen: last.seen + seen,
        expected: last.expected + expected,
      };
    else spots.push({ kind, fromHour: hour, toHour: hour + 1, seen, expected });
  };
  let [balance, usualBalance, all] = [0, 0, 0];
  for (let hour = 0; hour < hoursOver; hour++) {
    const now = at(today, hour);
    const then = usual[hour]!;
    const [seen, expected] = [now.entries + now.exits, then.entries + then.exits];
    if (seen === 0 && expected >= BUSY) say('none_passed', hour, 0, expected);
    else if (seen > 0 && expected >= ENOUGH && seen * TIMES <= expected)
      say('far_fewer', hour, seen, expected);
    else if (seen >= ENOUGH && seen >= TIMES * Math.max(1, expected)) say('far_more', hour, seen, expected);
    balance += now.entries - now.exits;
    usualBalance += then.entries - then.exits;
    all += seen;
  }
  // People leave in the morning and come home in the evening: only what is not as usual is said.
  const off = Math.abs(balance - usualBalance);
  if (off >= ONE_SIDED && off * 2 >= all)
    spots.push({
      kind: 'one_sided',
      fromHour: 0,
      toHour: hoursOver,
      seen: balance,
      expected: usualBalance,
    });
  return spots;
}
