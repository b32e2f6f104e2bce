import { describe, expect, it } from 'vitest';
import { figures } from './fixtures.ts';
import { behind, columns, countPer, headline, type Measure, trend } from './measures.ts';

const measure = (key: Measure['key']): Measure => headline.find((one) => one.key === key)!;

describe('a count against its size', () => {
  it.each([
    [12, 'count', 12],
    [12, 'households', 24],
    [1, 'households', 2],
    [12, 'area', 3],
    [1, 'area', 0.3],
    [0, 'area', 0],
  ] as const)('%i by %s is %d', (count, per, told) => {
    expect(countPer(count, per, { households: 500, areaM2: 40_000 })).toBe(told);
  });

  it('is not told where nobody lives or nothing was measured', () => {
    expect(countPer(3, 'households', { households: null, areaM2: 10 })).toBeNull();
    expect(countPer(3, 'area', { households: 10, areaM2: null })).toBeNull();
    expect(countPer(3, 'area', { households: 10, areaM2: 0 })).toBeNull();
    expect(countPer(3, 'count', { households: null, areaM2: null })).toBe(3);
  });
});

describe('a figure', () => {
  it('knows which way is better, and says nothing where nothing is known', () => {
    const [low, high] = [figures({ onTimeRate: 0.8, late: 8 }), figures({ onTimeRate: 0.9, late: 9 })];
    expect(trend(measure('onTimeRate'), high, low)).toBe('better');
    expect(trend(measure('late'), high, low)).toBe('worse');
    expect(trend(measure('late'), high, high)).toBeNull();
    expect(trend(measure('total'), figures({ total: 9 }), figures({ total: 8 }))).toBeNull();
    expect(trend(measure('satisfaction'), figures({ satisfaction: 0.9 }), figures({}))).toBeNull();
    expect(trend(measure('late'), high, null)).toBeNull();
  });

  it('opens as many orders as are behind it', () => {
    const some = figures({
      total: 10,
      done: 8,
      onTime: 6,
      late: 3,
      firstTimeRate: 0.75,
      rated: 5,
      reopened: 2,
    });
    const counts = [...headline, ...columns].map((one) => [one.key, behind(one, some)] as const);
    expect(Object.fromEntries(counts)).toEqual({
      total: 10,
      done: 8,
      onTimeRate: 6,
      late: 3,
      firstTimeRate: 6,
      satisfaction: 5,
      reopened: 2,
      acceptMinutes: 10,
      resolveMinutes: 8,
    });
    expect(behind(measure('firstTimeRate'), figures({ done: 3 }))).toBe(0);
  });
});
