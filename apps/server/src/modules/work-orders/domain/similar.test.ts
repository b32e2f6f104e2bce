import { expect, test } from 'vitest';
import { likeness, mostSimilar, overlap, type Spot } from './similar.ts';

const spot = (part: Partial<Spot>): Spot => ({
  facilityId: null,
  buildingId: null,
  placeLabel: '',
  categoryCode: 'lift.fault',
  description: '电梯不动了',
  ...part,
});
const lift = spot({ facilityId: 'lift-1', buildingId: 'b3', placeLabel: '3号楼1单元电梯' });

test.each([
  ['the same lift in other words', lift, spot({ ...lift, description: '一直停在五楼' }), true],
  [
    'the same lift, another fault of it',
    lift,
    spot({ ...lift, categoryCode: 'lift.noise', description: '很响' }),
    true,
  ],
  ['the lift beside it', lift, spot({ ...lift, facilityId: 'lift-2' }), false],
  [
    'the same building and category',
    spot({ buildingId: 'b3' }),
    spot({ buildingId: 'b3', description: '坏' }),
    true,
  ],
  [
    'the same building, something else',
    spot({ buildingId: 'b3' }),
    spot({ buildingId: 'b3', categoryCode: 'x', description: '灯' }),
    false,
  ],
  ['another building, the same words', spot({ buildingId: 'b3' }), spot({ buildingId: 'b4' }), false],
  ['the same spot in free words', spot({ placeLabel: '东门门口' }), spot({ placeLabel: '小区东门口' }), true],
  ['another spot in free words', spot({ placeLabel: '东门' }), spot({ placeLabel: '西门' }), false],
  ['nobody said where', spot({}), spot({}), false],
])('%s', (_name, report, other, isLike) => {
  expect(likeness(report, other) >= 50).toBe(isLike);
  expect(likeness(report, other)).toBe(likeness(other, report));
});

test('three at most, the likest first, the newer first among equals', () => {
  const others = ['a', 'b', 'c', 'd'].map((id) => ({ ...spot({ buildingId: 'b3', description: 'x' }), id }));
  const best = { ...lift, id: 'best' };
  expect(mostSimilar(lift, [...others, best]).map(({ id }) => id)).toEqual(['best', 'a', 'b']);
  expect(mostSimilar(spot({ buildingId: 'elsewhere' }), others)).toEqual([]);
});

test('the overlap of texts is a share of the shorter, whatever the width of letters and marks', () => {
  expect(overlap('东门', '小区东门口')).toBe(1);
  expect(overlap('ＡＢＣ', 'abc!')).toBe(1);
  expect(overlap('', '东门')).toBe(0);
  expect(overlap('东', '东')).toBe(0);
});
