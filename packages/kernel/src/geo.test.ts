import { describe, expect, it } from 'vitest';
import { metresBetween, movedBy } from './geo.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });

describe('geo', () => {
  // A degree of a great circle is 111,195 m on this sphere; a parallel shrinks with the cosine.
  it.each([
    ['nowhere to go', at(39.9, 116.4), at(39.9, 116.4), 0],
    ['a degree of latitude', at(0, 0), at(1, 0), 111_195],
    ['a degree of longitude on the equator', at(0, 0), at(0, 1), 111_195],
    ['a degree of longitude at 60° north', at(60, 0), at(60, 1), 55_597],
    ['across the date line', at(0, 179.5), at(0, -179.5), 111_195],
    ['half round the earth', at(90, 0), at(-90, 0), 20_015_115],
  ])('%s', (_, a, b, metres) => {
    expect(Math.abs(metresBetween(a, b) - metres)).toBeLessThan(Math.max(1, metres * 1e-4));
  });

  it('moves by what it measures', () => {
    const from = at(36.1, 119.5);
    expect(metresBetween(from, movedBy(from, 300, 400))).toBeCloseTo(500, 0);
  });
});
