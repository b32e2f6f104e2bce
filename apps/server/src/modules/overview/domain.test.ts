import { describe, expect, test } from 'vitest';
import {
  areGridsTold,
  figuresOf,
  perThousandHouseholds,
  type Per,
  rankedBy,
  seriesBy,
  seriesFrom,
  type Sort,
  SORTS,
  spansOf,
  sumOf,
} from './domain.ts';

const counts = (more: Partial<ReturnType<typeof sumOf>>) => ({ ...sumOf([]), ...more });

describe('figures', () => {
  test('of nothing there is no rate; of few ratings nothing is told', () => {
    expect(figuresOf(counts({}), 0.9)).toMatchObject({
      onTimeRate: null,
      satisfaction: null,
      acceptMinutes: null,
    });
    const four = counts({ rated: 4, satisfied: 4 });
    const five = counts({ rated: 5, satisfied: 3, basicallySatisfied: 1, unsatisfied: 1 });
    expect(figuresOf(four, 0.9)).toMatchObject({
      satisfied: null,
      unsatisfied: null,
      satisfaction: null,
      rated: 4,
    });
    expect(figuresOf(five, 0.9)).toMatchObject({ satisfied: 3, unsatisfied: 1, satisfaction: 3.9 / 5 });
  });

  test('what is undecided is in no rate', () => {
    expect(figuresOf(counts({ total: 10, onTime: 3, late: 1, done: 4, firstTime: 2 }), 0.9)).toMatchObject({
      onTimeRate: 0.75,
      firstTimeRate: 0.5,
    });
  });

  test('means are of sums, in tenths of a minute', () => {
    const both = sumOf([
      counts({ acceptMs: 60_000, accepted: 1 }),
      counts({ acceptMs: 240_000, accepted: 2 }),
    ]);
    expect(figuresOf(both, 0.9).acceptMinutes).toBe(1.7);
  });

  test('a place without homes has no rate', () => {
    expect(perThousandHouseholds(5, { households: 0, area: 0 })).toBeNull();
    expect(perThousandHouseholds(5, { households: 400, area: 1 })).toBe(12.5);
  });
});

test.each([
  [5_000, 50_000, true],
  [5_001, 50_000, false],
  [5_000, 50_001, false],
])('%i orders and %i homes by grid: %s', (orders, homes, isTold) =>
  expect(areGridsTold(orders, homes)).toBe(isTold),
);

describe('series', () => {
  test.each([
    ['2026-11-01', '2026-12-15', 'day'],
    ['2026-11-01', '2026-12-16', 'week'],
    ['2026-01-01', '2026-07-19', 'week'],
    ['2026-01-01', '2026-07-20', 'month'],
  ])('from %s to %s by %s', (from, to, by) => expect(seriesBy(from, to)).toBe(by));

  test('of a single day the week that ends with it', () => {
    expect(seriesFrom('2026-03-02', '2026-03-02')).toBe('2026-02-24');
    expect(seriesFrom('2026-03-01', '2026-03-02')).toBe('2026-03-01');
  });

  test('spans cover every day once; weeks begin on Monday', () => {
    expect(spansOf('2026-11-21', '2026-12-01', 'week')).toEqual([
      { from: '2026-11-21', to: '2026-11-22' },
      { from: '2026-11-23', to: '2026-11-29' },
      { from: '2026-11-30', to: '2026-12-01' },
    ]);
    expect(spansOf('2026-01-31', '2026-03-01', 'month')).toEqual([
      { from: '2026-01-31', to: '2026-01-31' },
      { from: '2026-02-01', to: '2026-02-28' },
      { from: '2026-03-01', to: '2026-03-01' },
    ]);
    expect(spansOf('2026-11-21', '2026-11-21', 'day')).toEqual([{ from: '2026-11-21', to: '2026-11-21' }]);
  });
});

describe('worst first', () => {
  const place = (lateNow: number, onTimeRate: number | null, total = 1, households = 0, area = 0) => ({
    lateNow,
    size: { households, area },
    figures: { total, late: 0, onTimeRate, satisfaction: null },
  });
  const ranked = (rows: ReturnType<typeof place>[], sort: Sort, per: Per) =>
    rankedBy(rows, sort, per, () => 0, 300);
  test('late ones, then the lower rate; who is not known comes last', () => {
    const [a, b, c, d] = [place(0, null), place(2, 0.9), place(2, 0.5), place(0, 0.1)];
    expect(ranked([a, b, c, d], 'late', 'count')).toEqual([c, b, d, a]);
    expect(ranked([a, b, c, d], 'on_time', 'count')).toEqual([d, c, b, a]);
  });
  test('of which nothing differs, as is said', () => {
    const rows = ['b', 'a', 'c'].map((name) => ({ ...place(1, 0.5), name }));
    const told = (most: number) =>
      rankedBy(rows, 'late', 'count', (a, b) => (a.name < b.name ? -1 : 1), most).map(({ name }) => name);
    expect(told(300)).toEqual(['a', 'b', 'c']);
    expect(told(3)).toEqual(['a', 'b', 'c']);
    expect(told(2)).toEqual(['a', 'b']);
  });
  test.each(SORTS)('by %s the first are those of the whole ranking', (sort) => {
    const rows = Array.from({ length: 200 }, (_, i) => ({
      ...place((i * 7) % 5, i % 3 === 0 ? null : ((i * 11) % 13) / 13, (i * 17) % 29),
      name: String(i),
    }));
    const tie = (a: (typeof rows)[number], b: (typeof rows)[number]) => Number(a.name) - Number(b.name);
    const whole = rankedBy(rows, sort, 'count', tie, rows.length);
    for (const most of [1, 10, 99, 199])
      expect(rankedBy(rows, sort, 'count', tie, most)).toEqual(whole.slice(0, most));
  });
  test('by what there is for each household', () => {
    const [a, b, c] = [place(9, 0, 50), place(0, 1, 3, 1_000), place(0, 1, 12, 1_000)];
    expect(ranked([a, b, c], 'households', 'count')).toEqual([c, b, a]);
    expect(ranked([a, b, c], 'total', 'households')).toEqual([c, b, a]);
    expect(ranked([b, c, a], 'total', 'count')).toEqual([a, c, b]);
  });
  test('late ones too against the size of the place; of none its rank is not known', () => {
    const [large, small, empty] = [
      place(4, 1, 1, 2_000, 10_000_000),
      place(3, 1, 1, 500, 40_000_000),
      place(9, 1),
    ];
    expect(ranked([empty, large, small], 'late', 'households')).toEqual([small, large, empty]);
    expect(ranked([empty, small, large], 'late', 'area')).toEqual([large, small, empty]);
    expect(ranked([large, small, empty], 'late', 'count')).toEqual([empty, large, small]);
  });
});
