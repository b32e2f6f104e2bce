import { expect, it } from 'vitest';
import { clockOf, minutesOf, readNumber, readSeconds } from './rule-draft.ts';

it.each([
  ['0', 0],
  [' 604800 ', 604_800],
  ['604801', null],
  ['1.5', null],
  ['-1', null],
  ['1e3', null],
  ['', null],
])('seconds %j are %j', (text, seconds) => {
  expect(readSeconds(text)).toBe(seconds);
});

it.each([
  ['0.15', 0.15],
  ['0,15', 0.15],
  ['-3', -3],
  ['', null],
  ['high', null],
])('a number %j is %j', (text, value) => {
  expect(readNumber(text)).toBe(value);
});

it('writes and reads the clock', () => {
  for (const minutes of [0, 59, 60, 22 * 60, 1_439]) expect(minutesOf(clockOf(minutes))).toBe(minutes);
  for (const text of ['24:00', '7:00', '', '12:60']) expect(minutesOf(text)).toBeNull();
});
