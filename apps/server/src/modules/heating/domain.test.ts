import { describe, expect, it, test } from 'vitest';
import {
  coldestOf,
  coldSpells,
  isCold,
  latestSeason,
  type Measured,
  seasonFrom,
  seasonOn,
} from './domain.ts';

const rule = { startMonth: 11, startDay: 15, endMonth: 3, endDay: 15 };
const season = seasonFrom(2026, rule);

describe('the season', () => {
  test.each([
    ['2026-11-14', null],
    ['2026-11-15', '2026-2027'],
    ['2026-12-31', '2026-2027'],
    ['2027-01-01', '2026-2027'],
    ['2027-03-15', '2026-2027'],
    ['2027-03-16', null],
    ['2028-02-29', '2027-2028'],
  ])('%s lies in %s', (day, name) => {
    expect(seasonOn(day, rule)?.name ?? null).toBe(name);
  });

  it('may lie within one year elsewhere, and in summer the last one is shown', () => {
    expect(seasonFrom(2026, { startMonth: 10, startDay: 1, endMonth: 12, endDay: 31 })).toEqual({
      name: '2026',
      firstDay: '2026-10-01',
      lastDay: '2026-12-31',
    });
    expect(latestSeason('2027-07-01', rule).name).toBe('2026-2027');
    expect(latestSeason('2026-11-14', rule).name).toBe('2025-2026');
    expect(latestSeason('2026-11-15', rule).name).toBe('2026-2027');
  });
});

it('18.0 is warm and 17.9 is cold; the coldest room counts', () => {
  expect([isCold(180, 180), isCold(179, 180)]).toEqual([false, true]);
  expect(
    coldestOf([
      { room: 'a', tenths: 220 },
      { room: 'b', tenths: 171 },
    ]),
  ).toBe(171);
});

describe('cold rooms', () => {
  let count = 0;
  const at = (day: string, tenths: number, more: Partial<Measured> = {}): Measured => {
    count += 1;
    return {
      visitId: `v${count}`,
      day,
      at: Date.parse(`${day}T10:00:00+08:00`) + count,
      tenths,
      isCold: tenths < 180,
      isSigned: true,
      ...more,
    };
  };
  const brief = (measured: readonly Measured[], today = '2027-03-20') =>
    coldSpells(measured, season, today).map(({ from, until, days, coldestTenths, isOpen }) => [
      from,
      until,
      days,
      coldestTenths,
      isOpen,
    ]);

  it('last from the day they were cold to the day they were warm', () => {
    expect(brief([at('2026-12-01', 165), at('2026-12-04', 160), at('2026-12-07', 190)])).toEqual([
      ['2026-12-01', '2026-12-07', 6, 160, false],
    ]);
  });

  it('come in any order, and twice', () => {
    expect(
      brief([at('2027-01-09', 200), at('2027-01-05', 170), at('2026-12-07', 190), at('2026-12-01', 165)]),
    ).toEqual([
      ['2026-12-01', '2026-12-07', 6, 165, false],
      ['2027-01-05', '2027-01-09', 4, 170, false],
    ]);
  });

  it('that nobody found warm again last until today, and never beyond the season', () => {
    expect(brief([at('2027-03-10', 150)], '2027-03-12')).toEqual([
      ['2027-03-10', '2027-03-13', 3, 150, true],
    ]);
    expect(brief([at('2027-03-10', 150)], '2027-06-01')).toEqual([
      ['2027-03-10', '2027-03-16', 6, 150, true],
    ]);
  });

  it('that only one side has signed prove nothing, nor does what lies outside the season', () => {
    expect(brief([at('2026-12-01', 165, { isSigned: false })])).toEqual([]);
    expect(brief([at('2026-12-01', 165), at('2026-12-02', 200, { isSigned: false })], '2026-12-05')).toEqual([
      ['2026-12-01', '2026-12-06', 5, 165, true],
    ]);
    expect(brief([at('2026-11-14', 100), at('2027-03-16', 100)])).toEqual([]);
  });

  it('that were warm again the same day are no day', () => {
    expect(brief([at('2026-12-01', 165), at('2026-12-01', 185)])).toEqual([]);
  });
});
