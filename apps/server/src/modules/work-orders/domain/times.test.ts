import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  type Counted,
  medianOf,
  nothingCounted,
  STEP_STARTS,
  stepOf,
  timesChanged,
  WITHIN,
} from './times.ts';

const counted = (took: readonly number[]): Counted => {
  const found = nothingCounted();
  for (const milliseconds of took) {
    const code = codeOf('resolve', stepOf(milliseconds));
    found[code] = (found[code] as number) + 1;
  }
  return found;
};
const exact = (took: readonly number[]): number => {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (rank: number) => sorted[rank] as number;
  return (at(Math.floor((took.length - 1) / 2)) + at(Math.floor(took.length / 2))) / 2;
};

describe('times', () => {
  it('are steps of 4 % of the time and a minute, whose starts are their own', () => {
    expect(STEP_STARTS.slice(0, 4)).toEqual([0, 2_400, 4_896, 7_491]);
    expect(STEP_STARTS).toHaveLength(400);
    for (const [i, start] of STEP_STARTS.entries()) {
      expect(stepOf(start)).toBe(i + 1);
      if (i > 0) expect(stepOf(start - 1)).toBe(i);
    }
  });

  it('tell a median within 2 % of it and two seconds, whatever is measured', () => {
    const year = 365 * 86_400_000;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(60_000), fc.nat(86_400_000), fc.nat(year)), { minLength: 1, maxLength: 40 }),
        (took) => {
          const [told, real] = [medianOf(counted(took), 'resolve') as number, exact(took)];
          expect(Math.abs(told - real)).toBeLessThanOrEqual(WITHIN * real + 2_000);
        },
      ),
    );
  });

  it('have no median of nothing, and none of another time', () => {
    expect(medianOf(nothingCounted(), 'resolve')).toBeNull();
    expect(medianOf(counted([60_000]), 'accept')).toBeNull();
    // The last step has no end: it is told as its start.
    expect(medianOf(counted([20 * 365 * 86_400_000]), 'resolve')).toBe(STEP_STARTS.at(-1));
  });

  it('change by what is new and what is gone', () => {
    expect(timesChanged([], [3])).toEqual([3]);
    expect(timesChanged([3, 405], [3, 406, 820])).toEqual([-405, 406, 820]);
    expect(timesChanged([3, 405], [3])).toEqual([-405]);
    expect(timesChanged([3], [3])).toEqual([]);
  });
});
