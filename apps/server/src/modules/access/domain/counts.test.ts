import { describe, expect, it, test } from 'vitest';
import { freeOf, insideOf, recounted, shownInside } from './counts.ts';

test.each([
  ['cars nobody has counted', 'vehicles', { base: null, total: 12, today: 3 }, null],
  ['people nobody has counted: of the day', 'people', { base: null, total: 12, today: 3 }, 3],
  [
    'people that were counted: since then, and over midnight',
    'people',
    { base: -2, total: 12, today: 3 },
    10,
  ],
  ['cars that were counted', 'vehicles', { base: 30, total: -4, today: 0 }, 26],
  ['more have left than came', 'vehicles', { base: 1, total: -4, today: 0 }, -3],
] as const)('%s', (_, what, tallied, inside) => {
  expect(insideOf(what, tallied)).toBe(inside);
});

it('shows nobody as fewer than none', () => {
  expect([shownInside(-3), shownInside(0), shownInside(4)]).toEqual([0, 0, 4]);
  expect([freeOf(3, -1), freeOf(3, 0), freeOf(3, 2), freeOf(3, 3), freeOf(3, 9)]).toEqual([3, 3, 1, 0, 0]);
});

describe('a count by hand', () => {
  it('is what the gates count on from', () => {
    const found = recounted({ base: null, total: 7, today: 2 }, 40);
    expect(found).toEqual({ base: 33, found: 40, drift: null });
    expect(insideOf('vehicles', { base: found.base, total: 7, today: 2 })).toBe(40);
    expect(insideOf('vehicles', { base: found.base, total: 5, today: 0 })).toBe(38);
  });
  it('tells how far off they were', () => {
    expect(recounted({ base: 33, total: 5, today: 0 }, 35).drift).toBe(-3);
    expect(recounted({ base: null, total: 50, today: 9 }, 9).drift).toBe(null);
    expect(recounted({ base: -41, total: 50, today: 9 }, 9).drift).toBe(0);
  });
});
