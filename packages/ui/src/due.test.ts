import { expect, it } from 'vitest';
import { dueState } from './due.ts';

const MINUTE = 60_000;

it('says where a deadline stands', () => {
  const from = 0;
  const due = 100 * MINUTE;
  expect(dueState(from, due, 10 * MINUTE, null)).toBe('moving');
  // The last quarter is soon.
  expect(dueState(from, due, 75 * MINUTE, null)).toBe('moving');
  expect(dueState(from, due, 76 * MINUTE, null)).toBe('due');
  expect(dueState(from, due, 100 * MINUTE, null)).toBe('due');
  expect(dueState(from, due, 101 * MINUTE, null)).toBe('late');
  // A clock that stands is never late.
  expect(dueState(from, due, 200 * MINUTE, 60)).toBe('waiting');
});
