import { addDays, type LocalDate } from '@gongzhi/kernel';
import { describe, expect, test } from 'vitest';
import { type Grain, GRAINS, MONTHS_AND_DAYS, type Stretch, stretchesOf } from './stretches.ts';

const isBetween = (day: LocalDate, { from, to }: Pick<Stretch, 'from' | 'to'>) => from <= day && day <= to;

/** The first day of what a day lies in, written down once more. */
const firsts: Record<Grain, (day: LocalDate) => LocalDate> = {
  day: (day) => day,
  pentad: (day) => {
    const first = [26, 21, 16, 11, 6, 1].find((of) => of <= Number(day.slice(8)));
    return `${day.slice(0, 7)}-${String(first).padStart(2, '0')}`;
  },
  month: (day) => `${day.slice(0, 7)}-01`,
};

/** How often a day is counted in the end. */
const counted = (stretches: readonly Stretch[], day: LocalDate): number =>
  stretches.reduce(
    (sum, { of, sign, ...span }) => sum + (isBetween(firsts[of](day), span) ? (sign === '-' ? -1 : 1) : 0),
    0,
  );

/** How many rows a place has in them that has something every day up to today. */
const rowsOf = (stretches: readonly Stretch[], today: LocalDate): number => {
  let rows = 0;
  for (const { of, from, to } of stretches)
    for (let day = from; day <= to && (of !== 'day' || day <= today); day = addDays(day, 1))
      if (firsts[of](day) === day) rows += 1;
  return rows;
};

const told = (stretches: readonly Stretch[]) =>
  stretches.map((one) => `${one.sign}${one.of} ${one.from} ${one.to}`);

describe('a period as months and days', () => {
  test.each([
    // Fewer days than half of their month are taken as they are, more as the month without the rest.
    ['2026-11-17', '2026-11-23', ['day 2026-11-17 2026-11-23']],
    ['2026-11-01', '2026-11-23', ['month 2026-11-01 2026-11-01']],
    ['2026-11-01', '2026-11-30', ['month 2026-11-01 2026-11-01']],
    ['2026-11-03', '2026-11-23', ['month 2026-11-01 2026-11-01', '-day 2026-11-01 2026-11-02']],
    ['2026-11-01', '2026-11-22', ['month 2026-11-01 2026-11-01', '-day 2026-11-23 2026-11-30']],
    ['2026-10-25', '2026-11-23', ['month 2026-11-01 2026-11-01', 'day 2026-10-25 2026-10-31']],
    ['2026-10-05', '2026-11-23', ['month 2026-10-01 2026-11-01', '-day 2026-10-01 2026-10-04']],
    [
      '2026-04-30',
      '2026-10-01',
      ['month 2026-05-01 2026-09-01', 'day 2026-04-30 2026-04-30', 'day 2026-10-01 2026-10-01'],
    ],
    ['2026-12-24', '2026-12-31', ['day 2026-12-24 2026-12-31']],
    // Half and half: the days alone.
    ['2026-09-16', '2026-09-30', ['day 2026-09-16 2026-09-30']],
    ['2026-09-15', '2026-09-30', ['month 2026-09-01 2026-09-01', '-day 2026-09-01 2026-09-14']],
  ])('%s to %s: %j', (from, to, expected) => {
    expect(told(stretchesOf(from, to, '2026-11-23', MONTHS_AND_DAYS))).toEqual(expected);
  });
});

describe('a period as months, pentads and days', () => {
  test.each([
    // Three or more of five days are the pentad without the rest, and what has not come yet is no rest.
    ['2026-11-17', '2026-11-23', ['pentad 2026-11-16 2026-11-21', '-day 2026-11-16 2026-11-16']],
    ['2026-11-13', '2026-11-15', ['day 2026-11-13 2026-11-15']],
    ['2026-11-12', '2026-11-15', ['pentad 2026-11-11 2026-11-11', '-day 2026-11-11 2026-11-11']],
    ['2026-11-23', '2026-11-23', ['day 2026-11-23 2026-11-23']],
    ['2026-11-21', '2026-11-23', ['pentad 2026-11-21 2026-11-21']],
    [
      '2026-10-25',
      '2026-11-23',
      ['month 2026-11-01 2026-11-01', 'pentad 2026-10-26 2026-10-26', 'day 2026-10-25 2026-10-25'],
    ],
    // The sixth ends with its month.
    ['2026-10-26', '2026-10-31', ['pentad 2026-10-26 2026-10-26']],
    ['2026-10-26', '2026-10-30', ['pentad 2026-10-26 2026-10-26', '-day 2026-10-31 2026-10-31']],
    ['2026-02-26', '2026-02-28', ['pentad 2026-02-26 2026-02-26']],
    ['2024-02-25', '2024-02-29', ['pentad 2024-02-26 2024-02-26', 'day 2024-02-25 2024-02-25']],
    // A month without what is more than a pentad of it.
    [
      '2026-10-07',
      '2026-10-31',
      ['month 2026-10-01 2026-10-01', '-pentad 2026-10-01 2026-10-01', '-day 2026-10-06 2026-10-06'],
    ],
    ['2026-10-16', '2026-10-31', ['pentad 2026-10-16 2026-10-26']],
    ['2026-09-11', '2026-09-30', ['month 2026-09-01 2026-09-01', '-pentad 2026-09-01 2026-09-06']],
  ])('%s to %s: %j', (from, to, expected) => {
    expect(told(stretchesOf(from, to, '2026-11-23'))).toEqual(expected);
  });

  test.each([[GRAINS], [MONTHS_AND_DAYS]])('counts each day up to today once and no other: %j', (grains) => {
    const today = '2026-03-10';
    for (let start = 0; start < 100; start += 7)
      for (let days = 0; days < 120; days += 2) {
        const from = addDays('2025-12-25', start);
        const to = addDays(from, days);
        const stretches = stretchesOf(from, to, today, grains);
        for (let day = '2025-11-25'; day <= today; day = addDays(day, 1))
          if (counted(stretches, day) !== (isBetween(day, { from, to }) ? 1 : 0))
            expect([from, to, day, counted(stretches, day)]).toEqual([]);
        const rows = rowsOf(stretches, today);
        if (
          rows > rowsOf(stretchesOf(from, to, today, ['day']), today) ||
          rows > (grains === GRAINS ? 16 : 34)
        )
          expect([from, to, rows, told(stretches)]).toEqual([]);
      }
    expect(stretchesOf('2026-01-01', '2026-03-10', today, grains)).toHaveLength(1);
  });
});
