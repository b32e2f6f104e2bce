import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFormula } from '../service-formulas.ts';
import { coldRefund, monthlyPart, rentOn, shareOut } from './charges.ts';
import { fenOf, type InputValues, scaled } from './formula.ts';
import type { HomeFacts, Tariff } from './homes.ts';
import { priceOf } from './pricing.ts';
import { faultsOf, type Rule, tiered } from './tariffs.ts';

/** Beijing's annual steps for power (rules.md §4). */
const beijing = [
  { upToMilli: 2_880_000, rateE4: 4883 },
  { upToMilli: 4_800_000, rateE4: 5383 },
  { upToMilli: null, rateE4: 7883 },
];

describe('annual steps', () => {
  it.each([
    // used before, used now, yuan
    [0, 5_000_000, 259_750],
    [0, 2_880_000, 140_630],
    [0, 2_880_001, 140_630],
    [0, 4_800_000, 243_984],
    [2_880_000, 1_000, 54],
    [2_879_000, 2_000, 103],
    [4_800_000, 1_000, 79],
    [0, 0, 0],
  ])('after %i Wh another %i Wh come to %i fen', (before, used, fen) => {
    expect(tiered(beijing, before, used).amountFen).toBe(fen);
  });

  it('5000 kWh are 1406.304 + 1033.536 + 157.66 yuan: rounded once, and the parts make the whole', () => {
    const { amountFen, parts } = tiered(beijing, 0, 5_000_000);
    expect(amountFen).toBe(259_750);
    expect(parts).toEqual([
      { usedMilli: 2_880_000, rateE4: 4883, amountFen: 140_630 },
      { usedMilli: 1_920_000, rateE4: 5383, amountFen: 103_354 },
      { usedMilli: 200_000, rateE4: 7883, amountFen: 15_766 },
    ]);
    expect(parts.reduce((sum, part) => sum + part.amountFen, 0)).toBe(amountFen);
  });

  it('a year in pieces costs what it costs at once, but for a fen a piece (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2_000_000 }), { maxLength: 12 }), (months) => {
        let before = 0;
        let sum = 0;
        for (const used of months) {
          const { amountFen, parts } = tiered(beijing, before, used);
          expect(parts.reduce((total, part) => total + part.amountFen, 0)).toBe(amountFen);
          expect(parts.reduce((total, part) => total + part.usedMilli, 0)).toBe(used);
          sum += amountFen;
          before += used;
        }
        expect(Math.abs(sum - tiered(beijing, 0, before).amountFen)).toBeLessThanOrEqual(months.length);
      }),
    );
  });

  it('rise, and end open', () => {
    const terms = { dueDays: 15 };
    const rule = (steps: { upToMilli: number | null; rateE4: number }[]): Rule => ({
      kind: 'tiered',
      meter: 'power',
      steps,
    });
    expect(faultsOf(rule(beijing), terms)).toEqual([]);
    expect(faultsOf(rule(beijing.slice(0, 2)), terms)).toEqual([
      { path: '/rule/steps/1/upToMilli', code: 'must_rise' },
    ]);
    expect(faultsOf(rule([beijing[1]!, beijing[0]!, beijing[2]!]), terms)).toHaveLength(1);
    expect(faultsOf({ kind: 'rent' }, { dueDays: 10, early: { withinDays: 11, shareBp: 100 } })).toHaveLength(
      1,
    );
    const cold = [
      { belowTenths: 160, shareBp: 10_000 },
      { belowTenths: 180, shareBp: 5_000 },
    ];
    expect(faultsOf({ kind: 'heating', rateE4: 1, month: 11, cold }, terms)).toHaveLength(1);
  });
});

const home = {
  householdId: '00000000-0000-7000-8000-00000000000a',
  label: '1号楼1单元101',
  buildingId: '00000000-0000-7000-8000-00000000000b',
  areaHundredths: 8850,
  floor: 3,
};
const facts = (more: Partial<HomeFacts> = {}): HomeFacts => ({
  home,
  agreements: [],
  used: {},
  usedBeforeMilli: {},
  shares: [],
  cold: {},
  ...more,
});
const november = { period: '2026-11-01', issueOn: '2026-11-05', season: { name: '2026-2027', days: 121 } };
const tariff = (rule: Rule, terms: Partial<Tariff['terms']> = {}): Tariff => ({
  id: 't',
  item: 'item',
  name: '一项',
  rule,
  terms: { dueDays: 15, ...terms },
});
const priced = (rule: Rule, more: Partial<HomeFacts> = {}, terms: Partial<Tariff['terms']> = {}) =>
  priceOf(tariff(rule, terms), facts(more), november, undefined);

describe('one home, one month', () => {
  it('area × price, rounded once, half up', () => {
    // 88.50 m² × 2.30 yuan = 203.55
    expect(priced({ kind: 'area', rateE4: 23_000 }).lines).toMatchObject([
      { grossFen: 20_355, discountFen: 0 },
    ]);
    // 88.50 × 0.0001 = 0.00885 yuan: 0.885 fen → 1; half a fen is one
    expect(priced({ kind: 'area', rateE4: 1 }).lines).toMatchObject([{ grossFen: 1 }]);
    expect(
      priceOf(
        tariff({ kind: 'area', rateE4: 1 }),
        facts({ home: { ...home, areaHundredths: 4999 } }),
        november,
        undefined,
      ).lines,
    ).toEqual([]);
  });

  it('an empty home pays its part for its days', () => {
    const vacant = (startsOn: string, endsOn: string | null) => ({
      agreements: [{ id: 'v', kind: 'vacancy' as const, item: null, params: {}, startsOn, endsOn }],
    });
    const area: Rule = { kind: 'area', rateE4: 23_000 };
    const off = (more: Partial<HomeFacts>, bp?: number) =>
      priced(area, more, bp === undefined ? {} : { vacantBp: bp }).lines[0]!.discountFen;
    expect(off(vacant('2026-06-01', null), 7_000)).toBe(6_107);
    expect(off(vacant('2026-06-01', '2026-11-16'), 7_000)).toBe(3_053);
    expect(off(vacant('2026-06-01', '2026-11-01'), 7_000)).toBe(0);
    expect(off(vacant('2026-06-01', null))).toBe(0);
    // Said twice, by two at the desk: the days are the same days.
    const both = (...spells: (readonly [string, string | null])[]) => ({
      agreements: spells.flatMap(([from, to]) => vacant(from, to).agreements),
    });
    const half = off(vacant('2026-06-01', '2026-11-16'), 7_000);
    expect(off(both(['2026-06-01', '2026-11-16'], ['2026-11-01', '2026-11-16']), 7_000)).toBe(half);
    expect(off(both(['2026-11-06', '2026-11-11'], ['2026-11-01', '2026-11-16']), 7_000)).toBe(half);
    expect(off(both(['2026-11-16', null], ['2026-11-20', '2026-11-25']), 7_000)).toBe(half);
    expect(off(both(['2026-10-01', '2026-11-08'], ['2026-11-08', '2026-11-16']), 7_000)).toBe(half);
  });

  it('what a meter counted; lower than before is asked about, and nobody’s meter is nothing', () => {
    const use = (fromMilli: number, toMilli: number) => ({
      item: {
        uses: [{ meterId: 'm', fromMilli, toMilli, fromOn: '2026-11-01', toOn: '2026-11-30' }],
        faults: [],
      },
    });
    const rule: Rule = { kind: 'metered', meter: 'power', rateE4: 4883 };
    expect(priced(rule, { used: use(1_000, 101_000) }).lines).toMatchObject([
      { grossFen: 4_883, quantityMilli: 100_000 },
    ]);
    expect(priced(rule, { used: use(101_000, 101_000) })).toEqual({ lines: [], exceptions: [] });
    expect(priced(rule, { used: use(101_000, 100_999) })).toMatchObject({
      lines: [],
      exceptions: [{ code: 'reading_lower', isLeftOut: true }],
    });
    const unread = { code: 'no_reading' as const, params: {}, isLeftOut: true };
    expect(priced(rule, { used: { item: { uses: [], faults: [unread] } } }).exceptions).toMatchObject([
      { code: 'no_reading' },
    ]);
    expect(priced(rule)).toEqual({ lines: [], exceptions: [] });
  });

  it('spaces by their days, a rent with its rises, a deposit once', () => {
    const held = (kind: 'parking' | 'rent' | 'deposit', params: object, startsOn = '2026-01-01') => ({
      agreements: [{ id: 'a', kind, item: 'item', params, startsOn, endsOn: null }],
    });
    const parking: Rule = { kind: 'parking', amountFen: 15_000 };
    expect(priced(parking, held('parking', { spaces: 2 })).lines).toMatchObject([{ grossFen: 30_000 }]);
    expect(priced(parking, held('parking', { spaces: 2 }, '2026-11-16')).lines).toMatchObject([
      { grossFen: 15_000, basis: { days: 15, ofDays: 30 } },
    ]);
    expect(priced(parking, held('parking', {}, '2026-12-01')).lines).toEqual([]);
    const rent = {
      monthlyFen: 100_000,
      rises: [
        { from: '2026-11-01', addBp: 500 },
        { from: '2026-11-02', addFen: 1_000 },
      ],
    };
    expect(priced({ kind: 'rent' }, held('rent', { rent })).lines).toMatchObject([{ grossFen: 105_000 }]);
    expect(rentOn('2026-10-31', rent)).toBe(100_000);
    expect(rentOn('2026-11-02', rent)).toBe(106_000);
    expect(priced({ kind: 'deposit', amountFen: 50_000 }, held('deposit', {})).lines).toMatchObject([
      { grossFen: 50_000, sourceKind: 'agreement', sourceId: 'a' },
    ]);
    expect(monthlyPart(3_001, '2027-02-01', '2027-02-15', null)).toEqual({
      amountFen: 1_501,
      days: 14,
      ofDays: 28,
    });
  });

  it('heat by area and season in its month, and cold rooms paid back by the day and the band', () => {
    const heating: Rule = {
      kind: 'heating',
      rateE4: 300_000,
      month: 11,
      cold: [
        { belowTenths: 180, shareBp: 5_000 },
        { belowTenths: 160, shareBp: 10_000 },
      ],
    };
    expect(priced(heating).lines).toMatchObject([{ grossFen: 265_500, basis: { ofDays: 121 } }]);
    const december = { ...november, period: '2026-12-01' };
    expect(priceOf(tariff(heating), facts(), december, undefined).lines).toEqual([]);
    const spell = {
      id: 's',
      from: '2026-11-20',
      until: '2026-11-25',
      days: 5,
      coldestTenths: 179,
      seasonFen: 265_500,
      paidBy: [],
      seasonDays: 121,
    };
    // 2655.00 ÷ 121 × 5 × 50 % = 54.8553…
    expect(
      priceOf(tariff(heating), facts({ cold: { item: [spell] } }), december, undefined).lines,
    ).toMatchObject([{ grossFen: -5_486, sourceId: 's', serviceTo: '2026-11-24' }]);
    const bands = heating.cold;
    expect(coldRefund(12_100, 121, { days: 5, coldestTenths: 160 }, bands)).toEqual({
      amountFen: 250,
      shareBp: 5_000,
    });
    expect(coldRefund(12_100, 121, { days: 5, coldestTenths: 159 }, bands)).toEqual({
      amountFen: 500,
      shareBp: 10_000,
    });
    expect(coldRefund(12_100, 121, { days: 5, coldestTenths: 180 }, bands)).toEqual({
      amountFen: 0,
      shareBp: 0,
    });
    expect(coldRefund(12_100, 121, { days: 300, coldestTenths: 100 }, bands).amountFen).toBe(12_100);
  });

  it('parts make the whole, the same way every time', () => {
    expect(shareOut(10_000, [1, 1, 1])).toEqual([3_334, 3_333, 3_333]);
    expect(shareOut(-10_000, [1, 1, 1])).toEqual([-3_334, -3_333, -3_333]);
    expect(shareOut(7, [8_850, 6_000, 12_010, 1])).toEqual([2, 2, 3, 0]);
  });
});

describe('a formula', () => {
  const values: InputValues = {
    area: scaled(8850, 100),
    floor: scaled(3, 1),
    isVacant: false,
    used: scaled(12_500, 1000),
  };
  const result = (expression: string) => {
    const read = readFormula(expression);
    if (!read.ok) return read.error.code;
    const fen = fenOf(read.value, values, 100_000_000);
    return fen.ok ? fen.value : fen.error.code;
  };
  it.each<[string, number | string]>([
    ['area * 2.3', 20_355],
    ['0.1 + 0.2', 30],
    ['area > 88.5 ? 1 : 2', 200],
    ['area >= 88.5 and not isVacant ? 1 : 2', 100],
    ['max(10, used * 0.8)', 1_000],
    ['round(area / 3) * 1.005', 3_015],
    ['1 / 3 * 3', 100],
    ['0.005', 1],
    ['0.0049999', 0],
    // Mistakes are mistakes.
    ['1 / (floor - 3)', 'division_by_zero'],
    ['-area', 'negative'],
    ['area * 1e30', 'too_large'],
    ['usedThisYear * 1', 'input_missing'],
    ['area +', 'not_readable'],
    ['', 'not_readable'],
    ['areaa', 'unknown_name'],
    ['area + isVacant', 'wrong_type'],
    ['area > 3', 'wrong_type'],
    ['min()', 'wrong_count'],
    // And nothing that is not a price.
    ['a = 3', 'not_allowed'],
    ['f(x) = x', 'not_allowed'],
    ['area.constructor', 'not_allowed'],
    ['"a"', 'not_allowed'],
    ['[1, 2]', 'not_allowed'],
    ['{a: 1}', 'not_allowed'],
    ['1:3', 'not_allowed'],
    ['area; area', 'not_allowed'],
    ['evaluate("1")', 'not_allowed'],
    ['import({})', 'not_allowed'],
    ['createUnit("x")', 'not_allowed'],
    ['2 area', 'not_allowed'],
    ['area ^ 999', 'not_allowed'],
    ['100000!', 'not_allowed'],
    ['cos(1)', 'not_allowed'],
    ['constructor', 'unknown_name'],
    ['toString(1)', 'not_allowed'],
    [`${'('.repeat(200)}1${')'.repeat(200)}`, 'too_long'],
    [`${'('.repeat(40)}1${')'.repeat(40)}`, 'too_deep'],
    [`${'-'.repeat(60)}1`, 'too_deep'],
    [Array.from({ length: 60 }, () => '1').join('+'), 'too_deep'],
  ])('%s', (expression, expected) => {
    expect(result(expression)).toBe(expected);
  });

  it('whatever is written, it is read or refused, and never throws (property)', () => {
    const piece = fc.constantFrom(
      'area',
      'used',
      '1',
      '0.5',
      '+',
      '-',
      '*',
      '/',
      '(',
      ')',
      '?',
      ':',
      '>',
      'min(',
      ',',
      ' ',
      '=',
      '"',
      '[',
      ']',
      '.',
      'x',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const found = result(pieces.join(''));
        expect(typeof found === 'string' || (Number.isSafeInteger(found) && found >= 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
