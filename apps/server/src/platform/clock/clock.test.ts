import { expect, test } from 'vitest';
import { isAhead, VirtualClock } from './clock.ts';

test.each([
  [1_000, 0, 1_000, true],
  [1_000, 999, 1_000, true],
  [1_000, 1_000, 1_000, false],
  // Set back by a millisecond since: it was never meant to be that far off.
  [1_000, -1, 1_000, false],
])('%i is ahead of %i, where at most %i were meant: %s', (until, now, most, isSo) => {
  expect(isAhead(until, now, most)).toBe(isSo);
});

test('time does not go back, a clock that somebody sets does', () => {
  const clock = new VirtualClock(new Date(5_000));
  expect(() => clock.advance(-1)).toThrow(RangeError);
  expect(() => clock.set(new Date(4_999))).toThrow(RangeError);
  clock.setBack(2_000);
  expect(clock.now().getTime()).toBe(3_000);
});
