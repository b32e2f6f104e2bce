import { describe, expect, it } from 'vitest';
import type { OverviewCategory } from './api.ts';
import { blocksOf, strainOf } from './blocks.ts';
import { figures, group, overview } from './fixtures.ts';
import { cutOf, groupsIn, listOf, queueOf, rowsOf } from './rows.ts';

const category = (code: string, part: Parameters<typeof figures>[0]): OverviewCategory => ({
  code,
  label: `${code}-zh`,
  labelEn: `${code}-en`,
  now: figures(part),
  before: figures(),
  filter: { category: code },
});

describe('the ranking', () => {
  it('offers what the whole can be told apart by, and matters always', () => {
    const none = overview().counts;
    expect(groupsIn({ counts: none })).toEqual(['category']);
    expect(groupsIn({ counts: { ...none, street: 1, community: 2, place: 2 } })).toEqual([
      'community',
      'place',
      'category',
    ]);
    expect(groupsIn({ counts: { ...none, place: 1, grid: 1 } })).toEqual(['grid', 'category']);
  });

  it('says of how many the first are told', () => {
    const counts = { ...overview().counts, place: 301, street: 2 };
    expect([cutOf({ counts }, 'place', 300), cutOf({ counts }, 'street', 2)]).toEqual([301, null]);
    expect([cutOf({ counts }, 'category', 9), cutOf({ counts }, 'grid', 9)]).toEqual([null, null]);
  });

  it('opens no overview of a grid', () => {
    const grids = [
      { ...group('s'), gridId: 'g1' },
      { ...group('s'), gridId: 'g2' },
    ];
    const place = overview({ by: 'grid', places: [group('s')], grids });
    expect(rowsOf(place, 'grid', 'late').map(({ key, scopeId }) => [key, scopeId])).toEqual([
      ['g1', null],
      ['g2', null],
    ]);
  });

  it('leaves places as the server ranked them, and opens no overview of what one may not narrow to', () => {
    const found = overview({ companies: [group('b'), group('a', { filter: null, standingFilter: null })] });
    expect(rowsOf(found, 'company', 'late').map(({ key, scopeId }) => [key, scopeId])).toEqual([
      ['b', 'b'],
      ['a', null],
    ]);
  });

  it('ranks matters worst first; what is not known is not bad', () => {
    const found = overview({
      categories: [
        category('many', { total: 9, late: 1, onTimeRate: 0.9 }),
        category('late', { total: 5, late: 4, onTimeRate: 0.2 }),
        category('unknown', { total: 1 }),
      ],
    });
    const keys = (sort: Parameters<typeof rowsOf>[2]) =>
      rowsOf(found, 'category', sort).map(({ key }) => key);
    expect(keys('late')).toEqual(['late', 'many', 'unknown']);
    expect(keys('on_time')).toEqual(['late', 'many', 'unknown']);
    expect(keys('total')).toEqual(['many', 'late', 'unknown']);
    expect(keys('satisfaction')).toEqual(['many', 'late', 'unknown']);
  });
});

describe('the list behind a number', () => {
  const days = { from: '2026-11-17', to: '2026-11-23' };
  it('is of the same days, place, matter and grid', () => {
    expect(listOf(days, { scopeId: 's', category: 'c', grid: 'g' }, 'late')).toEqual({
      queue: 'all',
      scope: 's',
      category: 'c',
      grid: 'g',
      from: '2026-11-17',
      to: '2026-11-23',
      figure: 'late',
      sort: 'created',
    });
    expect(listOf(days, {}, 'all')).not.toHaveProperty('scope');
  });
  it('is of no days where it stands there now, and none where one may not look', () => {
    expect(queueOf({ scopeId: 's' }, 'late')).toEqual({ queue: 'late', scope: 's' });
    expect(queueOf(null, 'late')).toBeNull();
    expect(listOf(days, null, 'all')).toBeNull();
  });
});

describe('the schematic', () => {
  it('stands still: by name, what is of no community last', () => {
    const [north, south] = [
      { scopeId: 'n', name: 'North' },
      { scopeId: 's', name: 'South' },
    ];
    const places = [
      group('1', { name: 'No. 10', community: south }),
      group('2', { name: 'Alone' }),
      group('3', { name: 'No. 9', community: south }),
      group('4', { name: 'Park', community: north }),
    ];
    const told = (given: typeof places) =>
      blocksOf(given).map(({ name, places: within }) => [name, within.map((one) => one.name).join()]);
    expect(told(places)).toEqual([
      ['North', 'Park'],
      ['South', 'No. 9,No. 10'],
      [null, 'Alone'],
    ]);
    expect(told(places.toReversed())).toEqual(told(places));
  });

  it.each([
    [0, 0, 'calm'],
    [40, 0, 'calm'],
    [40, 7, 'some'],
    [40, 8, 'much'],
    [1, 1, 'much'],
  ] as const)('of %i open %i late: %s', (open, late, strain) => {
    expect(strainOf({ open, late })).toBe(strain);
  });
});
