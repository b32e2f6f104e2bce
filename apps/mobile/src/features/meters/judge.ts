import { capacityOf, type Doubt, judgeReading } from '@gongzhi/kernel/meters.ts';
import type { RoundLine } from './api.ts';

/**
 * What is doubtful about a figure, by the server's own rule and from what the phone knows, so that it is said at the
 * meter even without a network; 'too_many_digits' is no doubt: no answer makes it true.
 */
export function judgeAt(
  { meter }: RoundLine,
  value: number,
  at: number,
  /** Read before and not sent yet: then that is what it is held against. */
  before: { readonly value: number; readonly at: number } | null,
  farTimes: number,
): readonly Doubt[] | 'too_many_digits' {
  const milli = Math.round(value * 1000);
  if (milli >= capacityOf(meter.digits)) return 'too_many_digits';
  const known =
    meter.lastValue === null || meter.lastAt === null
      ? null
      : { milli: Math.round(meter.lastValue * 1000), at: Date.parse(meter.lastAt) };
  const shown = before === null ? known : { milli: Math.round(before.value * 1000), at: before.at };
  const usualMilliDay = meter.usualDay === null ? null : Math.round(meter.usualDay * 1000);
  return judgeReading(
    { kind: meter.kind, digits: meter.digits, usualMilliDay },
    shown,
    { at, milli },
    { farTimes },
  ).doubts;
}
