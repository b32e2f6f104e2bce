import type { OrderState } from './types.ts';

/**
 * How long orders took, in sums that can be added up: of each place and day how many took about so long. A median does not
 * add up; how many lie in each of these steps does, and says in which of them the median lies. A step is 4 % of the time and
 * a minute wide, so that its middle is off by no more than 2 % of what was measured and a second or two.
 *
 * Of what is finished alone the way there is counted: so an order on its way writes nothing for it.
 */
export const TIMES = ['accept', 'arrive', 'resolve'] as const;
export type Time = (typeof TIMES)[number];

const steps = 400;
/** Where each step begins, in milliseconds; whole numbers, so that SQL and this file never differ. The last has no end (12 years). */
export const STEP_STARTS: readonly number[] = (() => {
  const starts = [0];
  while (starts.length < steps) {
    const last = starts.at(-1) as number;
    starts.push(Math.floor(((last + 60_000) * 26) / 25) - 60_000);
  }
  return starts;
})();
/** What a median of these is off by at most, as a share of it. */
export const WITHIN = 0.02;

/** From 1; as width_bucket counts. */
export function stepOf(milliseconds: number): number {
  let [low, high] = [0, steps];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((STEP_STARTS[middle] as number) <= milliseconds) low = middle;
    else high = middle;
  }
  return low + 1;
}

export const codeOf = (time: Time, step: number): number => TIMES.indexOf(time) * steps + step;

/** The steps of an order's times, each as one number: which time, and which step of it. */
export function timesOf(order: OrderState): readonly number[] {
  if (order.partCount > 0 || order.duplicateOfId !== null) return [];
  const until: Record<Time, number | null> = {
    accept: order.acceptedAt,
    arrive: order.finishedAt === null ? null : order.arrivedAt,
    resolve: order.finishedAt,
  };
  return TIMES.flatMap((time) => {
    const at = until[time];
    return at === null || at < order.clockStartAt ? [] : [codeOf(time, stepOf(at - order.clockStartAt))];
  });
}

/** What is there now and was not, and with a minus what was there and is no longer. */
export function timesChanged(before: readonly number[], after: readonly number[]): number[] {
  return [
    ...before.filter((code) => !after.includes(code)).map((code) => -code),
    ...after.filter((code) => !before.includes(code)),
  ];
}

/** How many took so long: the place of each is its code. Hundreds of them are added up for one answer. */
export type Counted = Int32Array;
const codes = TIMES.length * steps + 1;
export const nothingCounted = (): Counted => new Int32Array(codes);
/** So many of them, one after the other in one piece of memory: of six hundred pieces most of the time goes into freeing them. */
export function countedOf(many: number): () => Counted {
  const all = new Int32Array(many * codes);
  let at = 0;
  return () => all.subarray(at, (at += codes));
}

/** In milliseconds; null where there is none. Of an even number the mean of the two in the middle. */
export function medianOf(counted: Counted, time: Time): number | null {
  const first = codeOf(time, 1);
  let all = 0;
  for (let i = 0; i < steps; i++) all += counted[first + i] as number;
  if (all === 0) return null;
  const nth = (rank: number): number => {
    let step = 0;
    for (let above = counted[first] as number; above <= rank && step < steps - 1; )
      above += counted[first + ++step] as number;
    const from = STEP_STARTS[step] as number;
    return (from + (STEP_STARTS[step + 1] ?? from)) / 2;
  };
  return (nth(Math.floor((all - 1) / 2)) + nth(Math.floor(all / 2))) / 2;
}
