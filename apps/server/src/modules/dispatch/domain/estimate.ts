import { type Instant, MINUTE, toLocal } from '@gongzhi/kernel';

/**
 * How long it takes here, learned from how long it took here: until somebody takes an order, until they come, and the way
 * itself. An estimate is what of that is still to come once so much has gone by, so it moves while one waits.
 */

export const LEGS = ['take', 'come', 'way'] as const;
/** take: reported → taken · come: taken → there · way: departed → there. */
export type Leg = (typeof LEGS)[number];

/** One order of the past, as far as it got. */
export interface Past {
  readonly category: string;
  readonly isEmergency: boolean;
  readonly createdAt: Instant;
  readonly acceptedAt: Instant | null;
  readonly departedAt: Instant | null;
  readonly arrivedAt: Instant | null;
}

export interface Learnt {
  readonly count: number;
  /** Minutes at 0, 5, … 100 per cent of the past. */
  readonly minutes: readonly number[];
  /** How good it is: what was learned from the first three quarters, asked about the last. */
  readonly tested: Tested | null;
}

export interface Tested {
  readonly count: number;
  /** Half of the orders were no further from what was said. */
  readonly medianError: number;
  /** The share that came within what was said (the middle eight of ten). */
  readonly within: number;
  /** Below zero: they came sooner than said, by so many minutes in the middle. */
  readonly bias: number;
}

export type LearntLegs = Readonly<Record<string, Learnt>>;

/** So few say nothing. */
export const FEWEST = 12;
/** What took longer has another story (an appointment nobody wrote down, a missing part). */
const LONGEST_MINUTES = 7 * 24 * 60;
const STEPS = 20;

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

/** Between the two nearest of the sorted values (type 7). */
export function quantile(values: readonly number[], share: number): number {
  const at = (values.length - 1) * Math.min(1, Math.max(0, share));
  const low = Math.floor(at);
  const from = values[low] ?? 0;
  const to = values[low + 1] ?? from;
  return from + (to - from) * (at - low);
}

/** Who reports at night is not come to as by day. */
export function timeOfDay(at: Instant, zone: string): 'day' | 'evening' | 'night' {
  const { hour } = toLocal(at, zone);
  return hour >= 8 && hour < 17 ? 'day' : hour >= 17 && hour < 22 ? 'evening' : 'night';
}

const beginOf = (past: Past, leg: Leg): Instant | null =>
  leg === 'take' ? past.createdAt : leg === 'come' ? past.acceptedAt : past.departedAt;
const endOf = (past: Past, leg: Leg): Instant | null => (leg === 'take' ? past.acceptedAt : past.arrivedAt);

/** From the narrowest class to the widest: the first that enough is known of speaks. */
function keysOf(
  leg: Leg,
  one: Pick<Past, 'category' | 'isEmergency'>,
  beginsAt: Instant,
  zone: string,
): string[] {
  if (one.isEmergency) return [`${leg}.emergency`];
  const hour = timeOfDay(beginsAt, zone);
  return [`${leg}.${hour}.${one.category}`, `${leg}.${hour}`, `${leg}.normal`];
}

/** Of one place's past, oldest first. */
export function learnLegs(past: readonly Past[], zone: string): LearntLegs {
  const samples = new Map<string, number[]>();
  for (const one of past)
    for (const leg of LEGS) {
      const [from, to] = [beginOf(one, leg), endOf(one, leg)];
      if (from === null || to === null || to < from) continue;
      const minutes = (to - from) / MINUTE;
      if (minutes > LONGEST_MINUTES) continue;
      for (const key of keysOf(leg, one, from, zone))
        samples.set(key, [...(samples.get(key) ?? []), minutes]);
    }
  return Object.fromEntries(
    [...samples].filter(([, all]) => all.length >= FEWEST).map(([key, all]) => [key, learn(all)]),
  );
}

const round = (minutes: number): number => Math.round(minutes * 10) / 10;
const stepsOf = (values: readonly number[]): number[] =>
  Array.from({ length: STEPS + 1 }, (_, i) => round(quantile(values, i / STEPS)));

function learn(inOrder: readonly number[]): Learnt {
  const cut = Math.floor((inOrder.length * 3) / 4);
  const [before, after] = [stepsOf(sorted(inOrder.slice(0, cut))), inOrder.slice(cut)];
  const said = quantile(before, 0.5);
  const [low, high] = [quantile(before, 0.1), quantile(before, 0.9)];
  return {
    count: inOrder.length,
    minutes: stepsOf(sorted(inOrder)),
    tested:
      cut < FEWEST / 2
        ? null
        : {
            count: after.length,
            medianError: round(quantile(sorted(after.map((minutes) => Math.abs(minutes - said))), 0.5)),
            within: after.filter((minutes) => minutes >= low && minutes <= high).length / after.length,
            bias: round(quantile(sorted(after.map((minutes) => minutes - said)), 0.5)),
          },
  };
}

export interface Estimate {
  /** A quarter came sooner, half, and eight of ten: from when on, likely, and at the latest as a rule. */
  readonly from: Instant;
  readonly likely: Instant;
  readonly to: Instant;
  readonly count: number;
  readonly key: string;
}

/** What share of the past was over by then. */
function shareBy({ minutes }: Learnt, elapsed: number): number {
  const last = minutes.length - 1;
  if (elapsed < (minutes[0] ?? 0)) return 0;
  for (let i = 0; i < last; i++) {
    const [from, to] = [minutes[i] ?? 0, minutes[i + 1] ?? 0];
    if (elapsed < to) return (i + (elapsed - from) / (to - from)) / last;
  }
  return 1;
}

/** Beyond this the past has nothing to say: it takes longer than usual. */
const UNUSUAL = 0.95;

/** Null where too little is known; 'longer' when it takes longer than it ever does here. */
export function estimate(
  learnt: LearntLegs,
  leg: Leg,
  one: Pick<Past, 'category' | 'isEmergency'>,
  beganAt: Instant,
  now: Instant,
  zone: string,
): Estimate | 'longer' | null {
  const key = keysOf(leg, one, beganAt, zone).find((each) => learnt[each] !== undefined);
  const known = key === undefined ? undefined : learnt[key];
  if (key === undefined || known === undefined) return null;
  const over = shareBy(known, Math.max(0, now - beganAt) / MINUTE);
  if (over >= UNUSUAL) return 'longer';
  const at = (share: number): Instant =>
    Math.max(now, beganAt + quantile(known.minutes, over + share * (1 - over)) * MINUTE);
  return { from: at(0.25), likely: at(0.5), to: at(0.8), count: known.count, key };
}
