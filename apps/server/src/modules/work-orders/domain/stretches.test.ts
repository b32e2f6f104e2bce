import { addDays, type LocalDate } from '@gongzhi/kernel';
import { describe, expect, test } from 'vitest';
import { type Stretch, stretchesOf } from './stretches.ts';

const isBetween = (day: LocalDate, { from, to }: Pick<Stretch, 'from' | 'to'>) => from <= day && day <= to;

/** How often a day is counted in the end. */
function counted(stretches: readonly Stretch[], day: LocalDate): number {
  const month = `${day.slice(0, 7)}-01`;
  return stretches.reduce(
    (sum, { of, sign, ...span }) =>
      sum + (isBetween(of === 'month' ? month : day, span) ? (sign === '-' ? -1 : 1) : 0),
    0,
  );
}

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
  ])('%s to %s: %j', (from, to, told) => {
    const found = stretchesOf(from, to, '2026-11-23');
    expect(found.map((one) => `${one.sign}${one.of} ${one.from} ${one.to}`)).toEqual(told);
  });

  test('counts each day up to today once and no other, whatever is asked for', () => {
    const today = '2026-03-10';
    for (let start = 0; start < 100; start += 7)
      for (let days = 0; days < 120; days += 2) {
        const from = addDays('2025-12-25', start);
        const to = addDays(from, days);
        const stretches = stretchesOf(from, to, today);
        for (let day = '2025-11-25'; day <= today; day = addDays(day, 1))
          if (counted(stretches, day) !== (isBetween(day, { from, to }) ? 1 : 0))
            expect([from, to, day, counted(stretches, day)]).toEqual([]);
      }
    expect(stretchesOf('2026-01-01', '2026-03-10', today)).toHaveLength(1);
  });
});
