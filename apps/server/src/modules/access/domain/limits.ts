import { type Instant, SECOND } from '@gongzhi/kernel';

/** A bucket that fills with time: `level` is what is left at `at`. */
export interface Bucket {
  readonly level: number;
  readonly at: Instant;
}

export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

/** A gate's queue at its fastest, and what waited while the line was cut. */
export const ofGateDevice: Allowance = { burst: 600, perSecond: 60 };
/** Six digits are not found by trying: twenty tries, then one in five seconds. */
export const ofGuesses: Allowance = { burst: 20, perSecond: 0.2 };
/** Of one person's phone: ten declarations and codes, then one in half a minute. */
export const ofHealthCodes: Allowance = { burst: 10, perSecond: 1 / 30 };

/** The bucket after taking `count`, or null when there is not enough in it. */
export function take(
  bucket: Bucket | undefined,
  now: Instant,
  count: number,
  { burst, perSecond }: Allowance,
): Bucket | null {
  // A clock that was set back makes nobody wait for longer than an empty one takes to fill.
  const filled =
    bucket === undefined || (bucket.at - now) * perSecond > burst * SECOND
      ? burst
      : Math.min(burst, bucket.level + (Math.max(0, now - bucket.at) / SECOND) * perSecond);
  return filled < count ? null : { level: filled - count, at: now };
}
