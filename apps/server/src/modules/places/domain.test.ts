import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arePeriodsOverlapping,
  formatArea,
  gridSizeVerdict,
  heldSince,
  householdPattern,
  isCurrent,
  parseArea,
} from './domain.ts';

describe('periods end on the first day on which they no longer hold', () => {
  it.each([
    ['2026-11-20', false],
    ['2026-11-21', true],
    ['2026-12-31', true],
    ['2027-01-01', false],
  ])('on %s: %s', (today, current) =>
    expect(isCurrent({ startsOn: '2026-11-21', endsOn: '2027-01-01' }, today)).toBe(current),
  );
  it('without an end it goes on', () =>
    expect(isCurrent({ startsOn: '2026-11-21', endsOn: null }, '2099-01-01')).toBe(true));
  it.each([
    [['2026-01-01', '2026-06-01'], ['2026-06-01', null], false],
    [['2026-01-01', '2026-06-02'], ['2026-06-01', null], true],
    [['2026-01-01', null], ['2027-01-01', '2027-02-01'], true],
    [['2026-03-01', null], ['2026-01-01', '2026-03-01'], false],
  ] as const)('%j and %j overlap: %s', (a, b, overlap) => {
    const [x, y] = [
      { startsOn: a[0], endsOn: a[1] },
      { startsOn: b[0], endsOn: b[1] },
    ];
    expect(arePeriodsOverlapping(x, y)).toBe(overlap);
    expect(arePeriodsOverlapping(y, x)).toBe(overlap);
  });
});

describe('belonging to a household goes back to the beginning of an unbroken run', () => {
  const of = (...periods: (readonly [string, string | null])[]) =>
    periods.map(([startsOn, endsOn]) => ({ startsOn, endsOn }));
  it.each([
    ['only today counts', of(['2026-11-22', null]), null],
    ['the first day itself', of(['2026-11-21', null]), '2026-11-21'],
    ['the last day', of(['2020-01-01', '2026-11-22']), '2020-01-01'],
    ['the day after the last', of(['2020-01-01', '2026-11-21']), null],
    ['a tenant who buys the home', of(['2026-06-01', null], ['2020-01-01', '2026-06-01']), '2020-01-01'],
    ['one day between', of(['2026-06-02', null], ['2020-01-01', '2026-06-01']), '2026-06-02'],
    ['bought today', of(['2026-11-21', null], ['2020-01-01', '2026-11-21']), '2020-01-01'],
    [
      'two at a time',
      of(['2025-01-01', null], ['2021-01-01', '2023-01-01'], ['2020-01-01', '2025-01-01']),
      '2020-01-01',
    ],
    ['nothing at all', [], null],
  ])('%s', (_, periods, since) => {
    expect(heldSince(periods, '2026-11-21')).toBe(since);
    expect(heldSince(periods.toReversed(), '2026-11-21')).toBe(since);
  });
});

describe('areas are whole hundredths of a square metre', () => {
  it.each([
    ['89.5', 8950],
    ['89.50', 8950],
    ['89', 8900],
    ['0.01', 1],
    ['12345678.99', 1_234_567_899],
    ['0', null],
    ['0.00', null],
    ['89.505', null],
    ['-1', null],
    ['1e3', null],
    ['', null],
    ['89,5', null],
    ['123456789', null],
  ])('%s → %s', (text, area) => expect(parseArea(text)).toBe(area));
  it('read back what they write', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (area) => parseArea(formatArea(area)) === area),
    );
  });
  it.each([0, -1, 1.5, Number.NaN])('%s is none', (area) =>
    expect(() => formatArea(area)).toThrow(RangeError),
  );
});

it.each([
  [299, 'small'],
  [300, 'fit'],
  [500, 'fit'],
  [501, 'large'],
] as const)('a grid of %i households is %s', (count, verdict) => {
  expect(gridSizeVerdict(count)).toBe(verdict);
});

describe('what a caller says finds the household', () => {
  const labels = ['3号楼2单元601', '13号楼2单元601', '3号楼12单元601', '3号楼2单元1601', '3号楼2单元602'];
  const found = (query: string) =>
    labels.filter((label) => new RegExp(householdPattern(query), 'i').test(label));
  it.each([
    ['3-2-601', ['3号楼2单元601']],
    ['３－２－６０１', ['3号楼2单元601']],
    ['3 2 60', ['3号楼2单元601', '3号楼2单元602']],
    ['3号楼2单元601', ['3号楼2单元601']],
    ['13', ['13号楼2单元601']],
    ['601', ['3号楼2单元601', '13号楼2单元601', '3号楼12单元601']],
    ['号楼12', ['3号楼12单元601']],
    ['.*', []],
    ['(', []],
    ['\\', []],
  ])('%s', (query, expected) => expect(found(query)).toEqual(expected));
});
