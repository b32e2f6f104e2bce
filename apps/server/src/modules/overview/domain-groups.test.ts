import { describe, expect, test } from 'vitest';
import { noCounts } from './domain.ts';
import { chosenBy, type Counted, type PartCounts, possibleBy, talliesBy } from './domain-groups.ts';

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

describe('what is added up', () => {
  const key = (place: string, street: string | null) => ({ place, street });
  const counted: Counted<ReturnType<typeof key>> = {
    reported: [
      { ...key('a', 's'), ...noCounts(), total: 3, late: 1 },
      { ...key('b', 's'), ...noCounts(), total: 4 },
      { ...key('c', null), ...noCounts(), total: 5 },
    ],
    standing: [{ ...key('b', 's'), open: 2, unassigned: 1, openLate: 1 }],
    sizes: [
      { ...key('a', 's'), households: 10, area: 100 },
      { ...key('d', 't'), households: 20, area: 200 },
    ],
  };

  test('is each group with all that belongs to it, also of what nothing was reported', () => {
    const tallies = talliesBy(counted, ({ street }) => street);
    expect([...tallies.keys()]).toEqual(['s', 't']);
    expect(tallies.get('s')).toMatchObject({
      counts: { total: 7, late: 1, done: 0 },
      standing: { open: 2, unassigned: 1, late: 1 },
      size: { households: 10, area: 100 },
    });
    expect(tallies.get('t')).toMatchObject({ counts: { total: 0 }, size: { households: 20, area: 200 } });
  });
});
