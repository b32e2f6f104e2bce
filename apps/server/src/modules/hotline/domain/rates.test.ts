import { CHINA, type LocalDate } from '@gongzhi/kernel';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addCounts,
  countCallback,
  type DatedRules,
  dayOf,
  meanOf,
  monthOf,
  noCounts,
  periodOf,
  type PeriodRule,
  ranked,
  type RateCounts,
  ratesOf,
  shiftMonth,
} from '../domain.ts';

const district = { contacted: 0.1, solved: 0.5, satisfied: 0.4, basically: 0.9 };
const of = (counts: Partial<RateCounts>): RateCounts => ({ ...noCounts, ...counts });

describe('the three rates (rules.md, section 1)', () => {
  test.each([
    // The worked figure: 98 %, 90 %, 89 %, together 90.4.
    [
      { valid: 100, contacted: 98, solved: 90, satisfied: 80, basically: 10 },
      district,
      [0.98, 0.9, 0.89, 90.4],
    ],
    [{ valid: 1, contacted: 1, solved: 1, satisfied: 1 }, district, [1, 1, 1, 100]],
    [{ valid: 3, contacted: 3, solved: 0, satisfied: 0 }, district, [1, 0, 0, 10]],
    // Zhungeer banner weighs 30, 35, 35.
    [
      { valid: 100, contacted: 98, solved: 90, satisfied: 80, basically: 10 },
      { contacted: 0.3, solved: 0.35, satisfied: 0.35, basically: 0.9 },
      [0.98, 0.9, 0.89, 92.1],
    ],
    // Basically satisfied worth nothing, and everything.
    [
      { valid: 10, contacted: 10, solved: 10, satisfied: 5, basically: 5 },
      { ...district, basically: 0 },
      [1, 1, 0.5, 80],
    ],
    [
      { valid: 10, contacted: 10, solved: 10, satisfied: 5, basically: 5 },
      { ...district, basically: 1 },
      [1, 1, 1, 100],
    ],
  ])('%j', (counts, weights, [response, solution, satisfaction, score]) => {
    const rates = ratesOf(of(counts), weights);
    expect(rates.response).toBeCloseTo(response!, 12);
    expect(rates.solution).toBeCloseTo(solution!, 12);
    expect(rates.satisfaction).toBeCloseTo(satisfaction!, 12);
    expect(rates.score).toBe(score);
  });

  it('without a valid callback there is none: null and not nought', () => {
    expect(ratesOf(of({ received: 40, called: 7 }), district)).toEqual({
      response: null,
      solution: null,
      satisfaction: null,
      score: null,
    });
  });

  const answer = {
    isValid: true,
    isExcluded: false,
    wasContacted: true,
    isSolved: true,
    satisfaction: 'satisfied' as const,
  };
  test.each([
    [answer, { called: 1, valid: 1, contacted: 1, solved: 1, satisfied: 1 }],
    [
      { ...answer, isExcluded: true },
      { called: 1, excluded: 1 },
    ],
    [{ ...answer, isValid: false, wasContacted: null, isSolved: null, satisfaction: null }, { called: 1 }],
    [
      { ...answer, satisfaction: 'basically_satisfied' as const },
      { called: 1, valid: 1, contacted: 1, solved: 1, basically: 1 },
    ],
    // Who said nothing of satisfaction was not satisfied; silence is no praise.
    [
      { ...answer, satisfaction: null },
      { called: 1, valid: 1, contacted: 1, solved: 1 },
    ],
  ])('counts %j', (said, counts) => {
    expect(countCallback(said)).toEqual(of(counts));
  });

  it('the total row is the mean of the units, beside it all of them pooled', () => {
    const large = of({ valid: 900, contacted: 900, solved: 900, satisfied: 900 });
    const small = of({ valid: 100, contacted: 0, solved: 0, satisfied: 0 });
    const silent = of({ received: 5 });
    const rows = [large, small, silent].map((counts) => ratesOf(counts, district));
    expect(meanOf(rows).score).toBe(50);
    expect(ratesOf(addCounts(addCounts(large, small), silent), district).score).toBe(90);
    expect(meanOf([]).score).toBeNull();
  });

  it('ranks by score, then by volume; who has no score has no rank', () => {
    const row = (name: string, counts: Partial<RateCounts>) => ({
      name,
      counts: of(counts),
      rates: ratesOf(of(counts), district),
    });
    const few = row('few', { valid: 2, contacted: 2, solved: 2, satisfied: 2 });
    const many = row('many', { valid: 20, contacted: 20, solved: 20, satisfied: 20 });
    const worse = row('worse', { valid: 50, contacted: 50, solved: 0 });
    expect(ranked([row('none', {}), worse, few, many]).map(({ name, rank }) => [name, rank])).toEqual([
      ['many', 1],
      ['few', 2],
      ['worse', 3],
      ['none', null],
    ]);
  });

  it('never leaves 0 to 100', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.nat(500),
        fc.nat(500),
        fc.nat(500),
        (valid, a, b, c) => {
          const satisfied = Math.min(c, valid);
          const { score } = ratesOf(
            of({
              valid,
              contacted: Math.min(a, valid),
              solved: Math.min(b, valid),
              satisfied,
              basically: valid - satisfied,
            }),
            district,
          );
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});

describe('the calendar of the ranking', () => {
  const rule = { firstDay: 19, dayHour: 12 };
  const calendar = { firstDay: 1, dayHour: 0 };
  const always = (one: PeriodRule): DatedRules => [{ validFrom: null, rule: one }];
  test.each([
    ['2026-11-18T11:59:59+08:00', '2026-11-18', '2026-11'],
    // Noon belongs to the next day, and the 18th's noon to the next month.
    ['2026-11-18T12:00:00+08:00', '2026-11-19', '2026-12'],
    ['2026-11-19T00:00:00+08:00', '2026-11-19', '2026-12'],
    ['2026-12-31T12:00:00+08:00', '2027-01-01', '2027-01'],
    ['2026-12-18T11:59:59.999+08:00', '2026-12-18', '2026-12'],
    ['2026-12-18T12:00:00+08:00', '2026-12-19', '2027-01'],
  ])('%s is of the day %s and of the month %s', (at, day, month) => {
    expect(dayOf(Date.parse(at), rule, CHINA)).toBe(day);
    expect(monthOf(Date.parse(at), always(rule), CHINA)).toBe(month);
  });

  it('December runs from 18 November, noon, to 18 December, noon', () => {
    expect(periodOf('2026-12', always(rule), CHINA)).toEqual({
      month: '2026-12',
      firstDay: '2026-11-19',
      lastDay: '2026-12-18',
      from: Date.parse('2026-11-18T12:00:00+08:00'),
      to: Date.parse('2026-12-18T12:00:00+08:00'),
    });
    expect(periodOf('2027-01', always(rule), CHINA).firstDay).toBe('2026-12-19');
  });

  it('a calendar month from midnight is one as well', () => {
    const { from, to } = periodOf('2026-12', always({ firstDay: 1, dayHour: 0 }), CHINA);
    expect([from, to]).toEqual([
      Date.parse('2026-12-01T00:00:00+08:00'),
      Date.parse('2027-01-01T00:00:00+08:00'),
    ]);
  });

  it('periods follow each other without a gap, and each instant is in exactly the one it is named by', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2029-01-01') }),
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 0, max: 23 }),
        (at, firstDay, dayHour) => {
          const own = always({ firstDay, dayHour });
          const { from, to } = periodOf(monthOf(at, own, CHINA), own, CHINA);
          expect(at >= from && at < to).toBe(true);
        },
      ),
    );
  });

  const then = (first: PeriodRule, ...later: [string, PeriodRule][]): DatedRules => [
    { validFrom: null, rule: first },
    ...later.map(([validFrom, next]) => ({ validFrom: validFrom as LocalDate, rule: next })),
  ];
  const span = (month: string, rules: DatedRules) => {
    const { from, to } = periodOf(month, rules, CHINA);
    return [from, to].map((at) => isoAt(at).slice(0, 16));
  };
  const isoAt = (at: number) => new Date(at + 8 * 3_600_000).toISOString();
  test.each<[string, DatedRules, [string, string][]]>([
    [
      'to the calendar, after December has ended',
      then(rule, ['2026-12-20', calendar]),
      [
        ['2026-11-18T12:00', '2026-12-18T12:00'],
        ['2026-12-18T12:00', '2027-02-01T00:00'],
        ['2027-02-01T00:00', '2027-03-01T00:00'],
      ],
    ],
    [
      'to the calendar, on the day on which December ends',
      then(rule, ['2026-12-18', calendar]),
      [
        ['2026-11-18T12:00', '2027-01-01T00:00'],
        ['2027-01-01T00:00', '2027-02-01T00:00'],
      ],
    ],
    [
      'to the calendar, at New Year',
      then(rule, ['2027-01-01', calendar]),
      [
        ['2026-11-18T12:00', '2026-12-18T12:00'],
        ['2026-12-18T12:00', '2027-02-01T00:00'],
      ],
    ],
    [
      'from the calendar, when the new December would have ended already',
      then(calendar, ['2026-12-25', rule]),
      [
        ['2026-12-01T00:00', '2027-01-01T00:00'],
        ['2027-01-01T00:00', '2027-01-18T12:00'],
      ],
    ],
    [
      'from the calendar, in time for December',
      then(calendar, ['2026-12-18', rule]),
      [
        ['2026-12-01T00:00', '2026-12-18T12:00'],
        ['2026-12-18T12:00', '2027-01-18T12:00'],
      ],
    ],
  ])('a rule changes %s', (_name, rules, spans) => {
    expect(spans.map((_, i) => span(['2026-12', '2027-01', '2027-02'][i]!, rules))).toEqual(spans);
  });

  const anyRule = fc.record({
    firstDay: fc.integer({ min: 1, max: 28 }),
    dayHour: fc.integer({ min: 0, max: 23 }),
  });
  const anyDay = fc
    .integer({ min: 0, max: 700 })
    .map((days) => new Date(Date.parse('2026-01-01') + days * 86_400_000).toISOString().slice(0, 10));

  it('whatever rules follow each other, every instant is in one month, and what has ended stays as it was', () => {
    fc.assert(
      fc.property(
        anyRule,
        fc.array(fc.tuple(anyDay, anyRule), { maxLength: 4 }),
        fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-01-01') }),
        (first, changes, at) => {
          const rules = then(first, ...changes.toSorted(([a], [b]) => (a < b ? -1 : 1)));
          const month = monthOf(at, rules, CHINA);
          const { from, to } = periodOf(month, rules, CHINA);
          expect(from <= at && at < to).toBe(true);
          expect(periodOf(shiftMonth(month, 1), rules, CHINA).from).toBe(to);
          // Without what was written for days after this instant, the months before it were the same.
          const known = rules.filter(
            ({ validFrom }) => validFrom === null || validFrom <= isoAt(at).slice(0, 10),
          ) as [DatedRules[0]];
          for (const back of [1, 2]) {
            const past = shiftMonth(monthOf(at, known, CHINA), -back);
            expect(periodOf(past, known, CHINA)).toEqual(periodOf(past, rules, CHINA));
          }
        },
      ),
    );
  });
});
