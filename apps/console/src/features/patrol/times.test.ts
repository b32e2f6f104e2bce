import { expect, test } from 'vitest';
import { clockOf, timesOf } from './times.ts';

test.each([
  ['08:00 20:00', [480, 1_200]],
  ['8:00,20:30', [480, 1_230]],
  [' 0:00 23:59 ', [0, 1_439]],
  ['08：00、20：00', [480, 1_200]],
  ['', null],
  ['24:00', null],
  ['08:60', null],
  ['20:00 08:00', null],
  ['08:00 08:00', null],
  ['morning', null],
] as const)('%j is %j', (text, times) => {
  expect(timesOf(text)).toEqual(times);
});

test('is written as it is read', () => {
  expect([0, 485, 1_439].map(clockOf)).toEqual(['00:00', '08:05', '23:59']);
});
