import { describe, expect, test } from 'vitest';
import { chosenBy, gridsOfBuildings, type PartCounts, possibleBy } from './domain-groups.ts';

const counts = (more: Partial<PartCounts> = {}): PartCounts => ({
  street: 0,
  company: 0,
  department: 0,
  community: 0,
  place: 0,
  grid: null,
  ...more,
});

describe('by what a whole is told apart', () => {
  test('one part is no comparison, but beside the only grid lies what is in none', () => {
    expect(possibleBy(counts())).toEqual(['category']);
    expect(possibleBy(counts({ street: 1, community: 2, place: 2, grid: 1 }))).toEqual([
      'community',
      'place',
      'grid',
      'category',
    ]);
    expect(possibleBy(counts({ grid: 0 }))).toEqual(['category']);
  });

  test.each([
    ['community', { community: 2, place: 2 }, 'community'],
    // An address from somebody who sees more.
    ['street', { street: 1, place: 2 }, 'place'],
    ['place', { place: 1, grid: 1 }, 'grid'],
    ['place', { place: 1, grid: null }, 'category'],
    ['category', { place: 9 }, 'category'],
  ] as const)('asked for %s of %j: %s', (asked, there, by) => {
    expect(chosenBy(counts(there), asked)).toBe(by);
  });
});

describe('the grid of a matter', () => {
  const part = (gridId: string, buildingId: string | null, households: number, scopeId = 'here') => ({
    scopeId,
    gridId,
    buildingId,
    households,
  });
  const gridOf = gridsOfBuildings([
    part('b', 'first', 20),
    part('a', 'first', 19),
    part('b', 'second', 20),
    part('a', 'second', 20),
    part('c', 'first', 1, 'elsewhere'),
    part('d', null, 0),
  ]);
  test.each([
    ['of a home is that of the home', 'here', 'a', null, 'a'],
    ['of a building is that of most of its homes', 'here', null, 'first', 'b'],
    ['of a building in two halves is the lesser one', 'here', null, 'second', 'a'],
    ['of a building elsewhere is one there', 'elsewhere', null, 'first', 'c'],
    ['of a building without homes in a grid is none', 'here', null, 'third', null],
    ['in the open is none', 'here', null, null, null],
  ])('%s', (_, scopeId, gridId, buildingId, is) => {
    expect(gridOf({ scopeId, gridId, buildingId })).toBe(is);
  });
});
