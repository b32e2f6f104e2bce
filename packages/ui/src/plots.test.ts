import { expect, test } from 'vitest';
import { boxOf, lanesOf } from './plots.ts';

test.each([
  [[], null],
  [[1, 2, 3], null],
  [[4, 1, 3, 2], { lower: 1.75, median: 2.5, upper: 3.25 }],
  [[1, 2, 3, 4, 5], { lower: 2, median: 3, upper: 4 }],
  [[7, 7, 7, 7], { lower: 7, median: 7, upper: 7 }],
])('the middle half of %j is %j', (values, box) => {
  expect(boxOf(values)).toEqual(box);
});

test.each([
  [
    [0, 20, 40],
    [0, 0, 0],
  ],
  [
    [0, 0, 0],
    [0, 1, -1],
  ],
  // Exactly far enough is far enough.
  [
    [10, 0],
    [0, 0],
  ],
  [
    [0, 9],
    [0, 1],
  ],
])('dots at %j lie in the lanes %j', (places, lanes) => {
  expect(lanesOf(places, 10)).toEqual(lanes);
});

test('more dots than lanes lie on each other in the middle, and none is lost', () => {
  expect(
    lanesOf(
      Array.from({ length: 12 }, () => 5),
      10,
    ),
  ).toEqual([0, 1, -1, 2, -2, 3, -3, 4, -4, 0, 0, 0]);
});
