import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign } from './assign.ts';

const totalOf = (
  costs: readonly (readonly (number | null)[])[],
  leave: readonly number[],
  given: readonly (number | null)[],
): number =>
  given.reduce((sum: number, column, row) => sum + (column === null ? leave[row]! : costs[row]![column]!), 0);

/** Every way there is. */
function bruteForce(costs: readonly (readonly (number | null)[])[], leave: readonly number[]): number {
  const people = costs[0]?.length ?? 0;
  const from = (row: number, taken: number): number => {
    if (row === costs.length) return 0;
    let best = leave[row]! + from(row + 1, taken);
    for (let column = 0; column < people; column++) {
      const cost = costs[row]![column] ?? null;
      if (cost === null || (taken & (1 << column)) !== 0) continue;
      best = Math.min(best, cost + from(row + 1, taken | (1 << column)));
    }
    return best;
  };
  return from(0, 0);
}

const never = 1_000;

test.each<[string, (number | null)[][], number[], (number | null)[]]>([
  ['nothing waits', [], [], []],
  ['nobody is there', [[], []], [5, 5], [null, null]],
  ['the nearest', [[9, 2, 5]], [never], [1]],
  // Each to its own nearest would cost 1 + 100.
  [
    'the second best for one is best for both',
    [
      [1, 2],
      [3, 100],
    ],
    [never, never],
    [1, 0],
  ],
  ['who may not go does not', [[null, 50]], [never], [1]],
  ['nobody may go', [[null, null]], [never], [null]],
  ['it is better to wait', [[30, 40]], [20], [null]],
  ['exactly as good: it waits', [[20]], [20], [null]],
  ['two for one: the costlier wait is spared', [[10], [10]], [15, 60], [null, 0]],
  ['below nought: who was asked stays asked', [[-4, -5]], [never], [1]],
])('%s', (_, costs, leave, expected) => {
  expect(assign(costs, leave)).toEqual(expected);
});

test('as good as the best of all ways, and within the rules', () => {
  const cost = fc.option(fc.integer({ min: -20, max: 200 }), { freq: 4, nil: null });
  const problem = fc
    .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
    .chain(([rows, people]) =>
      fc.record({
        costs: fc.array(fc.array(cost, { minLength: people, maxLength: people }), {
          minLength: rows,
          maxLength: rows,
        }),
        leave: fc.array(fc.integer({ min: 0, max: 250 }), { minLength: rows, maxLength: rows }),
      }),
    );
  fc.assert(
    fc.property(problem, ({ costs, leave }) => {
      const given = assign(costs, leave);
      expect(given).toHaveLength(costs.length);
      const taken = given.filter((column) => column !== null);
      expect(new Set(taken).size).toBe(taken.length);
      given.forEach((column, row) => {
        if (column !== null) expect(costs[row]![column]).not.toBeNull();
      });
      expect(totalOf(costs, leave, given)).toBeCloseTo(bruteForce(costs, leave), 6);
    }),
    { numRuns: 500 },
  );
});
