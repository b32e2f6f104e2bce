import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR_MS, hoursAround, layOut, shareAt } from './lanes.ts';

const NOW = Date.parse('2026-11-22T02:20:00Z');
const hours = hoursAround(NOW);
const at = (h: number): string => new Date(hours.from + h * HOUR_MS).toISOString();
const block = (id: string, from: number | null, to: number | null, due: number | null = null) => ({
  id,
  acceptedAt: from === null ? null : at(from),
  finishedAt: to === null ? null : at(to),
  dueAt: due === null ? null : at(due),
});
const drawn = (...blocks: ReturnType<typeof block>[]) =>
  layOut(blocks, hours, NOW).drawn.map((one) => [
    one.block.id,
    one.row,
    Math.round(one.left * 90) / 10,
    Math.round(one.width * 90) / 10,
  ]);

test('the window begins on the hour, three hours back', () => {
  expect(new Date(hours.from).toISOString()).toBe('2026-11-21T23:00:00.000Z');
  expect(hours.marks).toHaveLength(9);
  expect(shareAt(hours.from - 1, hours)).toBe(0);
  expect(shareAt(hours.to + 1, hours)).toBe(1);
});

describe('where a block lies', () => {
  test('done: from when it was taken until it was done', () => {
    expect(drawn(block('a', 1, 3))).toEqual([['a', 0, 1, 2]]);
  });
  test('in hand: until it is due, and at least until now', () => {
    expect(drawn(block('a', 2, null, 6))).toEqual([['a', 0, 2, 4]]);
    expect(drawn(block('late', 1, null, 2))).toEqual([['late', 0, 1, 2.3]]);
  });
  test('not yet taken: from now on', () => {
    expect(drawn(block('a', null, null, 5))).toEqual([['a', 0, 3.3, 1.7]]);
  });
  test('done exactly when the window begins is left out', () => {
    expect(drawn(block('a', -2, 0), block('b', -2, 0.01))).toEqual([['b', 0, 0, 0.9]]);
  });
  test('what overlaps stands below; what touches does not', () => {
    expect(drawn(block('a', 0, 2), block('b', 1, 3), block('c', 2, 4)).map(([id, row]) => [id, row])).toEqual(
      [
        ['a', 0],
        ['b', 1],
        ['c', 0],
      ],
    );
  });
  test('no two in a row ever cover each other, and none leaves the window', () => {
    const any = fc.record({
      from: fc.double({ min: -3, max: 10, noNaN: true }),
      length: fc.double({ min: 0, max: 6, noNaN: true }),
      isDone: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (all) => {
        const blocks = all.map(({ from, length, isDone }, i) =>
          block(`${i}`, from, isDone ? from + length : null, from + length),
        );
        const { drawn: found, rows } = layOut(blocks, hours, NOW);
        for (const one of found) {
          expect(one.left).toBeGreaterThanOrEqual(0);
          expect(one.left + one.width).toBeLessThanOrEqual(1 + 1e-9);
          expect(one.row).toBeLessThan(rows);
          for (const other of found)
            if (one !== other && one.row === other.row)
              expect(
                one.left + one.width <= other.left + 1e-9 || other.left + other.width <= one.left + 1e-9,
              ).toBe(true);
        }
      }),
    );
  });
});
