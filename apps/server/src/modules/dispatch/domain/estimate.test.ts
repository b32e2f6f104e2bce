import { MINUTE } from '@gongzhi/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimate, FEWEST, type LearntLegs, learnLegs, type Past, quantile, timeOfDay } from './estimate.ts';

const ZONE = 'Asia/Shanghai';
/** 10:00 in Beijing. */
const MORNING = Date.parse('2026-11-20T02:00:00Z');
const leak = { category: 'water.leak.home', isEmergency: false };
const burst = { category: 'water.burst', isEmergency: true };

/** Taken after `take`, departed at once, there `come` minutes after it was taken. */
const past = (take: number, come: number, kind = leak, at = MORNING): Past => ({
  ...kind,
  createdAt: at,
  acceptedAt: at + take * MINUTE,
  departedAt: at + take * MINUTE,
  arrivedAt: at + (take + come) * MINUTE,
});
const many = (count: number, make: (i: number) => Past): Past[] =>
  Array.from({ length: count }, (_, i) => make(i));
const minutesFrom = (said: ReturnType<typeof estimate>, at: number) =>
  said === null || said === 'longer' ? said : [said.from, said.likely, said.to].map((x) => (x - at) / MINUTE);

test.each([
  [[1, 2, 3, 4, 5], 0.5, 3],
  [[1, 2, 3, 4, 5], 0, 1],
  [[1, 2, 3, 4, 5], 1, 5],
  [[1, 2, 3, 4, 5], 0.875, 4.5],
  [[7], 0.3, 7],
])('the quantile of %j at %d is %d', (values, share, expected) => {
  expect(quantile(values, share)).toBeCloseTo(expected, 9);
});

test.each([
  ['2026-11-20T00:00:00Z', 'day'], // exactly 8:00
  ['2026-11-19T23:59:59Z', 'night'],
  ['2026-11-20T08:59:59Z', 'day'],
  ['2026-11-20T09:00:00Z', 'evening'],
  ['2026-11-20T13:59:59Z', 'evening'],
  ['2026-11-20T14:00:00Z', 'night'],
])('%s is %s there', (at, expected) => {
  expect(timeOfDay(Date.parse(at), ZONE)).toBe(expected);
});

describe('what is learned', () => {
  test('exactly the fewest say something, one less nothing', () => {
    const of = (count: number) =>
      learnLegs(
        many(count, (i) => past(1, i)),
        ZONE,
      );
    expect(of(FEWEST - 1)).toEqual({});
    expect(of(FEWEST)['come.day.water.leak.home']).toMatchObject({ count: FEWEST });
  });
  test('emergencies and nights are their own', () => {
    const night = Date.parse('2026-11-20T16:00:00Z');
    const learnt = learnLegs(
      [
        ...many(20, () => past(5, 30)),
        ...many(20, () => past(1, 10, burst)),
        ...many(20, () => past(60, 400, leak, night)),
      ],
      ZONE,
    );
    const come = (kind: typeof leak, at: number) =>
      minutesFrom(estimate(learnt, 'come', kind, at, at, ZONE), at);
    expect(come(leak, MORNING)).toEqual([30, 30, 30]);
    expect(come(burst, night)).toEqual([10, 10, 10]);
    expect(come(leak, night)).toEqual([400, 400, 400]);
  });
  test('a category of which little is known speaks as the others at that hour', () => {
    const learnt = learnLegs(
      [...many(20, () => past(5, 30)), past(5, 90, { ...leak, category: 'door.lock' })],
      ZONE,
    );
    const said = estimate(learnt, 'come', { ...leak, category: 'door.lock' }, MORNING, MORNING, ZONE);
    expect(said).toMatchObject({ key: 'come.day', count: 21 });
    expect(estimate({}, 'come', leak, MORNING, MORNING, ZONE)).toBeNull();
  });
  test('what was never finished, ends before it begins, or took more than a week is left out', () => {
    const odd: Past[] = [
      { ...past(5, 30), arrivedAt: null },
      { ...past(5, 30), arrivedAt: MORNING },
      past(5, 8 * 24 * 60),
    ];
    const learnt = learnLegs([...many(FEWEST, () => past(5, 30)), ...odd], ZONE);
    expect(learnt['come.normal']).toMatchObject({ count: FEWEST });
    expect(learnt['take.normal']).toMatchObject({ count: FEWEST + 3 });
  });
  test('its error is that of the last quarter, asked of what came before', () => {
    // Three quarters came after 20 minutes, the last quarter after 26: said 20, off by 6, too soon by 6, none within.
    const learnt = learnLegs(
      many(40, (i) => past(1, i < 30 ? 20 : 26)),
      ZONE,
    );
    expect(learnt['come.day']?.tested).toEqual({ count: 10, medianError: 6, within: 0, bias: 6 });
    const steady = learnLegs(
      many(40, (i) => past(1, 10 + (i % 10))),
      ZONE,
    );
    expect(steady['come.day']?.tested).toMatchObject({ count: 10, within: 0.8 });
  });
});

describe('while one waits', () => {
  // Evenly between 0 and 100 minutes.
  const learnt: LearntLegs = learnLegs(
    many(101, (i) => past(1, i)),
    ZONE,
  );
  const after = (minutes: number) =>
    minutesFrom(estimate(learnt, 'come', leak, MORNING, MORNING + minutes * MINUTE, ZONE), MORNING);
  test.each([
    [0, [25, 50, 80]],
    // Half of the past lies behind: the rest is between 50 and 100.
    [50, [62.5, 75, 90]],
    [94, [95.5, 97, 98.8]],
    [95, 'longer'],
    [500, 'longer'],
  ])('after %d minutes: %j', (minutes, expected) => {
    const said = after(minutes);
    if (typeof expected === 'string') expect(said).toBe(expected);
    else (said as number[]).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
  });
  test('never in the past, never out of order, never sooner for waiting', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 600 }), { minLength: FEWEST, maxLength: 60 }),
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 0, max: 60 }),
        (takes, waited, more) => {
          const legs = learnLegs(
            takes.map((minutes) => past(1, minutes)),
            ZONE,
          );
          const ask = (elapsed: number) => {
            const now = MORNING + elapsed * MINUTE;
            return { now, said: estimate(legs, 'come', leak, MORNING, now, ZONE) };
          };
          const [first, then] = [ask(waited), ask(waited + more)];
          if (first.said === 'longer') expect(then.said).toBe('longer');
          if (first.said === 'longer' || first.said === null) return;
          expect(first.said.from).toBeGreaterThanOrEqual(first.now);
          expect(first.said.likely).toBeGreaterThanOrEqual(first.said.from);
          expect(first.said.to).toBeGreaterThanOrEqual(first.said.likely);
          if (then.said !== 'longer' && then.said !== null)
            expect(then.said.likely).toBeGreaterThanOrEqual(first.said.likely - 1e-6);
        },
      ),
      { numRuns: 300 },
    );
  });
});
