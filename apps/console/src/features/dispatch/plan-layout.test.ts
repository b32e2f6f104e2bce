import { describe, expect, test } from 'vitest';
import { aroundOf, layOutPlan } from './plan-layout.ts';

const building = (id: string, latitude: number, longitude: number) => ({
  id,
  name: id,
  point: { latitude, longitude },
});
const loose = (id: string) => ({ id, name: id, point: null });
const one = (...buildings: (ReturnType<typeof building> | ReturnType<typeof loose>)[]) => [
  { id: 'near', name: 'Near', buildings },
];

describe('a plan', () => {
  test('north is up, east is right, and a metre is a metre both ways', () => {
    const plan = layOutPlan(
      one(building('a', 39.9, 116.4), building('north', 39.901, 116.4), building('east', 39.9, 116.401)),
    );
    const [a, north, east] = ['a', 'north', 'east'].map((id) => plan.at(id, 'near', null)!);
    expect(north!.y).toBeLessThan(a!.y);
    expect(north!.x).toBeCloseTo(a!.x);
    expect(east!.x).toBeGreaterThan(a!.x);
    // A thousandth of a degree to the east is shorter by the cosine of the latitude.
    expect((east!.x - a!.x) / (a!.y - north!.y)).toBeCloseTo(Math.cos((39.9 * Math.PI) / 180), 3);
  });
  test('everything lies within it, placed or not', () => {
    const plan = layOutPlan([
      ...one(building('a', 39.9, 116.4), building('b', 39.905, 116.42), loose('c')),
      { id: 'far', name: 'Far', buildings: Array.from({ length: 30 }, (_, i) => loose(`l${i}`)) },
    ]);
    expect(plan.buildings).toHaveLength(33);
    for (const { x, y } of plan.buildings) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(plan.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(plan.height);
    }
    const spots = new Set(plan.buildings.map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`));
    expect(spots.size).toBe(33);
  });
  test('neighbours’ grounds do not lie on each other, and all of it is within the picture', () => {
    const rows = (id: string, latitude: number, longitude: number) => ({
      id,
      name: id,
      buildings: Array.from({ length: 8 }, (_, i) =>
        building(`${id}${i}`, latitude + 0.0007 * (i % 2), longitude + 0.0007 * Math.floor(i / 2)),
      ),
    });
    const compounds = [0, 1, 2, 3].flatMap((y) =>
      [0, 1, 2, 3].map((x) => rows(`${x}-${y}`, 39.9 + 0.002 * y, 116.4 + 0.0028 * x)),
    );
    const { compounds: boxes, width, height } = layOutPlan(compounds);
    for (const [i, a] of boxes.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.y).toBeGreaterThan(11);
      expect(a.x + a.w).toBeLessThanOrEqual(width);
      expect(a.y + a.h).toBeLessThanOrEqual(height);
      for (const b of boxes.slice(i + 1))
        expect(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y).toBe(true);
    }
  });
  test('one building, and none at all', () => {
    expect(layOutPlan(one(building('a', 39.9, 116.4))).at('a', 'near', null)).not.toBeNull();
    const empty = layOutPlan([]);
    expect(empty.at(null, 'near', null)).toBeNull();
    expect(Number.isFinite(empty.width) && Number.isFinite(empty.height)).toBe(true);
  });
  test('whose building is not known stands in the middle of the compound; a phone where it is', () => {
    const plan = layOutPlan(one(building('a', 39.9, 116.4), building('b', 39.902, 116.402)));
    const [box] = plan.compounds;
    expect(plan.at(null, 'near', null)).toEqual({ x: box!.x + box!.w / 2, y: box!.y + box!.h / 2 });
    expect(plan.at('a', 'near', { latitude: 39.902, longitude: 116.402 })!.x).toBeCloseTo(
      plan.at('b', 'near', null)!.x,
    );
  });
});

test('several at one place stand apart', () => {
  const spots = Array.from({ length: 20 }, (_, i) => aroundOf({ x: 0, y: 0 }, i, 10));
  for (const [i, a] of spots.entries())
    for (const b of spots.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(7);
});
