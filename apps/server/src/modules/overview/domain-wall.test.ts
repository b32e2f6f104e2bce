import { describe, expect, test } from 'vitest';
import { type DrawnCompound, middleOf, tilesOf, type Waiting } from './domain-wall.ts';

const compound = (
  scopeId: string,
  communityId: string | null,
  streetId: string,
  at?: [number, number],
): DrawnCompound => ({
  scopeId,
  kind: 'compound',
  communityId,
  streetId,
  point: at === undefined ? null : { latitude: at[0], longitude: at[1] },
});
const waits = (
  of: Pick<Waiting, 'scopeId' | 'kind' | 'communityId' | 'streetId'>,
  open: number,
  late: number,
): Waiting => ({
  scopeId: of.scopeId,
  kind: of.kind,
  communityId: of.communityId,
  streetId: of.streetId,
  open,
  unassigned: 0,
  late,
});

const a = compound('a', 'north', 's1', [39.9, 116.4]);
const b = compound('b', 'north', 's1', [39.92, 116.42]);
const c = compound('c', 'south', 's2');
const north = { scopeId: 'north', kind: 'community', communityId: null, streetId: 's1' };
const street = { scopeId: 's1', kind: 'street', communityId: null, streetId: null };

describe('what a wall draws', () => {
  const waiting = [waits(a, 3, 1), waits(c, 5, 2), waits(north, 2, 0), waits(street, 1, 1)];

  test('compounds, as long as they can be read; what stands at none of them is told apart', () => {
    expect(tilesOf([a, b, c], waiting, 3)).toEqual({
      level: 'compound',
      count: 3,
      tiles: [
        { scopeId: 'a', groupId: 'north', point: a.point, open: 3, unassigned: 0, late: 1 },
        { scopeId: 'b', groupId: 'north', point: b.point, open: 0, unassigned: 0, late: 0 },
        { scopeId: 'c', groupId: 'south', point: null, open: 5, unassigned: 0, late: 2 },
      ],
      elsewhere: { open: 3, unassigned: 0, late: 1 },
    });
  });

  test('one more, and it is communities, each with what is its own', () => {
    const { level, tiles, elsewhere } = tilesOf([a, b, c], waiting, 2);
    expect(level).toBe('community');
    expect(tiles.map(({ scopeId, open, late }) => [scopeId, open, late])).toEqual([
      ['north', 5, 1],
      ['south', 5, 2],
    ]);
    expect(tiles[0]?.point?.latitude).toBeCloseTo(39.91);
    expect(elsewhere).toEqual({ open: 1, unassigned: 0, late: 1 });
  });

  test('then streets, and of too many the worst', () => {
    const { level, tiles, count } = tilesOf([a, b, c], waiting, 1);
    expect([level, count]).toEqual(['street', 2]);
    // One street's two late ones and five open stand against another's two and six.
    expect(tiles.map(({ scopeId, open, late }) => [scopeId, open, late])).toEqual([['s1', 6, 2]]);
  });

  test('a level at which one of them would not be drawn is passed over', () => {
    const [d, e] = [compound('d', null, 's1'), { ...compound('e', null, 's1'), streetId: null }];
    expect(tilesOf([a, b, c, d], waiting, 2)).toMatchObject({ level: 'street', count: 2 });
    const { level, tiles, count } = tilesOf([a, b, c, e], waiting, 2);
    expect([level, count]).toEqual(['compound', 4]);
    // Too many: the worst of them.
    expect(tiles.map(({ scopeId }) => scopeId)).toEqual(['c', 'a']);
  });

  test('nothing is lost at any level', () => {
    for (const most of [1, 2, 3]) {
      const { tiles, count, elsewhere } = tilesOf([a, b, c], waiting, most);
      if (tiles.length < count) continue;
      expect(tiles.reduce((sum, { open }) => sum + open, elsewhere.open)).toBe(11);
    }
  });

  test('a region without a compound', () => {
    expect(tilesOf([], waiting, 3)).toMatchObject({ tiles: [], count: 0, elsewhere: { open: 11, late: 4 } });
    expect(middleOf([null, null])).toBeNull();
  });
});
