import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findClusters, type Matter, type Rules, risingOf } from './clusters.ts';
import {
  chanceOf,
  chanceOfThose,
  expectedAmongLike,
  NOT_COMPARED,
  nowhere,
  shareOf,
  type Street,
  surpriseOf,
  trendOf,
} from './usual.ts';

const DAY = 86_400_000;
const now = Date.UTC(2026, 10, 22);
const rules: Rules = {
  windowDays: 56,
  least: { facility: 3, building: 5, compound: 10 },
  alikeShare: 0.5,
  alikeLeast: 0.15,
  chance: 0.01,
  riseLeast: 4,
  mostProposed: 6,
  falseAlarms: 1,
};
const street: Street = {
  compounds: 10,
  homes: 5_000,
  ownHomes: 500,
  homesByBuilding: new Map([['b1', 100]]),
  categories: new Map([['lift.fault', { count: 99, recent: 24 }]]),
  // Ten lifts for its five hundred homes, as many as elsewhere.
  kindOfFacility: new Map([
    ['f2', 'gate'],
    ['f1', 'lift'],
    ...Array.from({ length: 9 }, (_, n): [string, string] => [`lift${n}`, 'lift']),
  ]),
  kinds: new Map([
    ['lift', { facilities: 100, count: 107 }],
    ['gate', { facilities: 1, count: 9 }],
  ]),
};
let count = 0;
const matter = (daysAgo: number, more: Partial<Matter> = {}): Matter => ({
  id: `m${++count}`,
  at: now - daysAgo * DAY,
  teller: `t${count}`,
  category: 'lift.fault',
  buildingId: 'b1',
  facilityId: 'f1',
  isHome: false,
  text: '电梯又停了',
  isCall: false,
  ...more,
});
const spread = (n: number, more: Partial<Matter> = {}) =>
  Array.from({ length: n }, (_, i) => matter(54 - (i * 52) / n, more));

describe('chance', () => {
  it('knows Poisson’s figures', () => {
    expect(chanceOf(0, 2)).toBe(1);
    expect(chanceOf(1, 2)).toBeCloseTo(0.8647, 4);
    expect(chanceOf(6, 2)).toBeCloseTo(0.0166, 4);
    expect(chanceOf(7, 2)).toBeCloseTo(0.0045, 4);
    expect(chanceOf(3, 0)).toBe(0);
  });
  it('keeps its digits where it is small', () => {
    // 2^30 / 30! · e^-2 and what comes after.
    expect(chanceOf(30, 2) / 5.85e-25).toBeCloseTo(1, 1);
    expect(chanceOf(100, 1)).toBeGreaterThan(0);
    // A thousand expected: a hundred more are three standard deviations.
    expect(chanceOf(1_101, 1_000)).toBeGreaterThan(0.0005);
    expect(chanceOf(1_101, 1_000)).toBeLessThan(0.002);
    expect(chanceOf(1_000, 1_000)).toBe(1);
  });
  it('of what is known to be there at all', () => {
    expect(chanceOfThose(1, 0.001)).toBe(1);
    expect(chanceOfThose(2, 0.001)).toBeCloseTo(0.0005, 5);
    expect(chanceOfThose(5, 50)).toBeCloseTo(1, 6);
    expect(chanceOfThose(2, 0)).toBe(0);
  });
  it('falls with the count and rises with what is usual', () => {
    const few = fc.integer({ min: 0, max: 60 });
    const mean = fc.double({ min: 0.01, max: 80, noNaN: true });
    fc.assert(
      fc.property(few, mean, mean, (n, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(chanceOf(n + 1, low)).toBeLessThanOrEqual(chanceOf(n, low) + 1e-12);
        expect(chanceOf(n, low)).toBeLessThanOrEqual(chanceOf(n, high) + 1e-12);
        expect(chanceOfThose(n, low)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the budget', () => {
  it('is shared over compounds, nights, tests and all that is compared', () => {
    expect(shareOf({ falseAlarms: 1, compounds: 10 }, 100)).toBeCloseTo(1 / 14_000);
    expect(shareOf({ falseAlarms: 1, compounds: 0 }, 0)).toBeCloseTo(1 / 14);
  });
  it('is kept by a street in which nothing is the matter', () => {
    // Ten compounds with three hundred facilities each that break by chance once in eight weeks, for forty weeks of looks.
    let seed = 20_261_122;
    const random = () => {
      // Mulberry32.
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    };
    const draw = () => {
      let n = 0;
      for (let p = random(); p > Math.exp(-1); p *= random()) n++;
      return n;
    };
    let alarms = 0;
    const weeks = 40;
    for (let week = 0; week < weeks; week++)
      for (let compound = 0; compound < 10; compound++) {
        const counts = Array.from({ length: 300 }, draw);
        const share = shareOf({ falseAlarms: 1, compounds: 10 }, counts.filter((n) => n > 0).length);
        alarms += counts.filter((n) => n > 0 && chanceOfThose(n, 1) <= share).length;
      }
    expect(alarms / weeks).toBeLessThanOrEqual(1);
  });
});

describe('what is usual', () => {
  const about = { facilityId: null, buildingId: null, category: null };
  it('for a facility is what the others of its kind had', () => {
    // (107 − 8 + ½) over 99 other lifts.
    expect(expectedAmongLike(street, { ...about, kind: 'facility', facilityId: 'f1' }, 8)).toBeCloseTo(
      1.005,
      3,
    );
    // One lift for half of the street's homes: half of what all of them bring is usual for it.
    expect(
      expectedAmongLike(
        { ...street, ownHomes: 2_500, kindOfFacility: new Map([['f1', 'lift']]) },
        { ...about, kind: 'facility', facilityId: 'f1' },
        8,
      ),
    ).toBeCloseTo(99.5 / 2, 6);
    // The only one of its kind is held against everything that can break; what nobody knows has no like.
    expect(expectedAmongLike(street, { ...about, kind: 'facility', facilityId: 'f2' }, 9)).toBeCloseTo(
      1.075,
      6,
    );
    const only = { ...street, kinds: new Map([['gate', { facilities: 1, count: 9 }]]) };
    expect(expectedAmongLike(only, { ...about, kind: 'facility', facilityId: 'f2' }, 9)).toBeNull();
    expect(expectedAmongLike(street, { ...about, kind: 'facility', facilityId: 'x' }, 8)).toBeNull();
  });
  it('for a building and a compound is the rest of the street’s, home for home', () => {
    const building = { ...about, kind: 'building', buildingId: 'b1', category: 'lift.fault' } as const;
    expect(expectedAmongLike(street, building, 9)).toBeCloseTo((90.5 * 100) / 4_900, 6);
    const compound = { ...about, kind: 'compound', category: 'lift.fault' } as const;
    expect(expectedAmongLike(street, compound, 9)).toBeCloseTo((90.5 * 500) / 4_500, 6);
    expect(expectedAmongLike({ ...street, homes: 500 }, compound, 9)).toBeNull();
    expect(expectedAmongLike(street, { ...building, buildingId: 'b9' }, 9)).toBeNull();
    expect(expectedAmongLike(nowhere, compound, 9)).toBeNull();
  });
  it('grows as the whole street grows, and never shrinks', () => {
    const own = { count: 9, recent: 4 };
    // Besides: 20 in two weeks after 70 in six.
    expect(trendOf(street, 'lift.fault', own, 8)).toBe(1);
    const cold = { ...street, categories: new Map([['heating.cold', { count: 100, recent: 90 }]]) };
    expect(trendOf(cold, 'heating.cold', own, 8)).toBeCloseTo(86.5 / (5 / 3 + 0.5));
    expect(trendOf(nowhere, 'lift.fault', own, 8)).toBe(1);
    const silent = { ...street, categories: new Map([['lift.fault', own]]) };
    expect(trendOf(silent, 'lift.fault', own, 8)).toBe(1);
    expect(trendOf(cold, 'other', own, 8)).toBe(1);
    expect(trendOf(cold, null, own, 8)).toBe(1);
  });
});

describe('standing out', () => {
  const strengthOf = (n: number, of: Street = street) =>
    findClusters(spread(n), now, rules, new Set(), { street: of, lastYear: [] })[0]?.strength;
  it('is nothing that can be said where there is nothing to compare with', () => {
    expect(surpriseOf([null, null], 0.01)).toBe(NOT_COMPARED);
    expect(strengthOf(20, nowhere)).toBe(NOT_COMPARED);
  });
  it('from nought on is rarer than the budget allows', () => {
    expect(surpriseOf([0.01, null], 0.01)).toBe(0);
    expect(surpriseOf([0.1, 0.001], 0.01)).toBe(1);
    expect(surpriseOf([0.1], 0.01)).toBe(-1);
  });
  it('takes six stops of a lift where one is usual, and says what is usual', () => {
    expect(strengthOf(3)).toBeLessThan(0);
    expect(strengthOf(5)).toBeLessThan(0);
    expect(strengthOf(6)).toBeGreaterThanOrEqual(0);
    const around = { street, lastYear: [] };
    const [eight] = findClusters(spread(8), now, rules, new Set(), around);
    expect(eight?.reasons).toContainEqual({ code: 'among_like', expected: 1 });
    const [three] = findClusters(spread(3), now, rules, new Set(), around);
    expect(three?.reasons.map(({ code }) => code)).toEqual(['same_facility', 'alike']);
  });
  it('is no rise where the whole street rises, or where it was the same a year ago', () => {
    const weeks = [1, 1, 1, 1, 1, 1, 3, 4];
    expect(risingOf(weeks, rules)).not.toBeNull();
    expect(risingOf(weeks, rules, 7)).toBeNull();
    const recent = [1, 3, 5, 7, 9, 11].map((days) => matter(days));
    const codes = (lastYear: readonly Matter[], of: Street) =>
      findClusters(recent, now, rules, new Set(), { street: of, lastYear })[0]?.reasons.map(
        ({ code }) => code,
      );
    expect(codes([], nowhere)).toContain('rising');
    const before = recent.map((one) => ({ ...one, at: one.at - 364 * DAY }));
    expect(codes(before, nowhere)).not.toContain('rising');
  });
  it('counts who calls 12345 again, and attaches the order once', () => {
    const first = matter(20, { isCall: true });
    const calls = [first, { ...first, at: now - 10 * DAY }, { ...first, at: now - 5 * DAY }];
    const [found] = findClusters(calls, now, rules);
    expect(found?.ids).toEqual([first.id]);
    expect(found?.reasons).toContainEqual({ code: 'hotline', count: 3 });
  });
});
