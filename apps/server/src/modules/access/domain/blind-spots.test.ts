import { describe, expect, it, test } from 'vitest';
import { blindSpotsOf, type HourFlow, median, usualOf } from './blind-spots.ts';

const hour = (at: number, entries: number, exits: number): HourFlow => ({ hour: at, entries, exits });
const weeks = (day: readonly HourFlow[], count = 4) => Array.from({ length: count }, () => day);

test.each([
  [[], 0],
  [[7], 7],
  [[9, 1, 5], 5],
  [[1, 2, 3, 100], 2.5],
])('median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

describe('what is usual', () => {
  it('is nothing before three weeks, and then the middle of them by the hour', () => {
    expect(usualOf(weeks([hour(8, 10, 50)], 2))).toBeNull();
    const usual = usualOf([[hour(8, 10, 50)], [hour(8, 20, 60)], []])!;
    expect(usual[8]).toEqual({ hour: 8, entries: 10, exits: 50 });
    expect(usual[9]).toEqual({ hour: 9, entries: 0, exits: 0 });
  });
});

describe('blind spots', () => {
  const seen = (today: readonly HourFlow[], day: readonly HourFlow[], over = 24, count = 4) =>
    blindSpotsOf(today, weeks(day, count), over).map(
      ({ kind, fromHour, toHour, seen: found, expected }) =>
        `${kind} ${fromHour}-${toHour} ${found}/${expected}`,
    );
  test.each<[string, HourFlow[], HourFlow[], string[]]>([
    ['nobody in a busy hour', [], [hour(8, 10, 10)], ['none_passed 8-9 0/20']],
    ['nobody in an hour that is not busy', [], [hour(8, 9, 10)], []],
    ['a quarter of what is usual', [hour(8, 5, 5)], [hour(8, 20, 20)], ['far_fewer 8-9 10/40']],
    ['just more than a quarter', [hour(8, 6, 5)], [hour(8, 20, 20)], []],
    ['four times what is usual', [hour(8, 20, 20)], [hour(8, 5, 5)], ['far_more 8-9 40/10']],
    ['just less than four times', [hour(8, 20, 19)], [hour(8, 5, 5)], []],
    ['many where nobody ever comes', [hour(3, 20, 20)], [hour(8, 0, 0)], ['far_more 3-4 40/0']],
    [
      'hours beside each other are one spot',
      [hour(10, 20, 20)],
      [hour(8, 20, 20), hour(9, 20, 20), hour(10, 20, 20), hour(11, 20, 20)],
      ['none_passed 8-10 0/80', 'none_passed 11-12 0/40'],
    ],
    // People leave in the morning: that is no other way.
    ['a morning as always', [hour(7, 5, 200)], [hour(7, 5, 200)], []],
    ['fifty more one way than usual', [hour(7, 50, 0)], [hour(7, 25, 25)], ['one_sided 0-24 50/0']],
    ['forty-nine more', [hour(7, 49, 0)], [hour(7, 25, 25)], []],
    ['fifty more among many', [hour(7, 176, 125)], [hour(7, 150, 150)], []],
  ])('%s', (_name, today, day, expected) => {
    expect(seen(today, day)).toEqual(expected);
  });
  it('says nothing of hours that are not over, nor with less than three weeks', () => {
    expect(seen([], [hour(8, 30, 30)], 8)).toEqual([]);
    expect(seen([], [hour(8, 30, 30)], 9)).toEqual(['none_passed 8-9 0/60']);
    expect(seen([], [hour(8, 30, 30)], 24, 2)).toEqual([]);
  });
});
