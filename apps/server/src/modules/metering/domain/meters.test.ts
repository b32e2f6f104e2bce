import { answersTo, DAY, HOUR } from '@gongzhi/kernel';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkReading, type Counted, fitsDoubts, judgeReading, nextReading, usualOf } from './meters.ts';
import { shiftMonth, useByDay, useByMonth } from './plots.ts';
import { isSilent, leakSince, quietSince } from './watch.ts';

const zone = 'Asia/Shanghai';
const start = Date.parse('2026-11-01T10:00:00+08:00');
const power = { kind: 'power', digits: 6, usualMilliDay: 5000 } as const;
const rule = { farTimes: 3 };
const after = (
  days: number,
  milli: number,
  meter: Parameters<typeof judgeReading>[0] = power,
  before = 1_000_000,
) => judgeReading(meter, { at: start, milli: before }, { at: start + days * DAY, milli }, rule).doubts.join();

describe('a reading', () => {
  it.each([
    // Ten days at 5 kWh are 50: three times that is not far yet, a thousandth more is.
    [10, 1_050_000, ''],
    [10, 1_150_000, ''],
    [10, 1_150_001, 'far_more'],
    [10, 1_016_667, ''],
    [10, 1_016_666, 'far_less'],
    [10, 1_000_000, 'nothing_used'],
    [10, 999_999, 'lower'],
    // Too short a time to say anything of.
    [0.5, 1_000_000, ''],
  ])('after %d days at %d: %s', (days, milli, expected) => {
    expect(after(days, milli)).toBe(expected);
  });

  it('rolls over only from near its end and to what is likely', () => {
    const meter = { ...power, digits: 4 };
    expect(after(10, 30_000, meter, 9_990_000)).toBe('lower,may_have_rolled');
    expect(
      judgeReading(meter, { at: start, milli: 9_990_000 }, { at: start + 10 * DAY, milli: 30_000 }, rule)
        .rolledMilli,
    ).toBe(40_000);
    expect(after(10, 30_000, meter, 8_999_999)).toBe('lower');
    expect(after(10, 800_000, meter, 9_990_000)).toBe('lower');
  });

  it('of a home nobody knows yet is far when no home needs as much', () => {
    const unknown = { kind: 'water', digits: 5, usualMilliDay: null } as const;
    expect(after(1, 1_003_000, unknown)).toBe('');
    expect(after(1, 1_003_001, unknown)).toBe('far_more');
  });

  it('takes no answer for what cannot be, and no "sure" for a counter that runs backwards', () => {
    const check = (at: number, milli: number) => {
      const checked = checkReading(
        { digits: 4, installedOn: '2026-10-30' },
        { at: start, milli: 5 },
        { at, milli },
        start + DAY,
        zone,
      );
      return checked.ok ? 'ok' : checked.error;
    };
    expect(check(start + DAY, 9_999_999)).toBe('ok');
    expect(check(start + DAY, 10_000_000)).toBe('too_many_digits');
    expect(check(start + DAY + 1, 10)).toBe('in_future');
    expect(check(start, 10)).toBe('before_last');
    expect(check(start - 3 * DAY, 10)).toBe('before_installed');
    expect(fitsDoubts([], null)).toBe(true);
    expect(fitsDoubts(['far_more'], null)).toBe(false);
    expect(fitsDoubts(['far_more'], 'sure')).toBe(true);
    expect([
      fitsDoubts(['lower'], 'sure'),
      fitsDoubts(['lower'], 'rolled_over'),
      fitsDoubts(['lower'], 'earlier_wrong'),
    ]).toEqual([false, false, true]);
    expect(fitsDoubts(['lower', 'may_have_rolled'], 'rolled_over')).toBe(true);
    // Whoever is asked is offered exactly what fits.
    for (const doubts of [['lower'], ['lower', 'may_have_rolled'], ['far_more'], ['nothing_used']] as const)
      expect(answersTo(doubts).toSorted()).toEqual(
        (['sure', 'rolled_over', 'earlier_wrong'] as const)
          .filter((one) => fitsDoubts(doubts, one))
          .toSorted(),
      );
  });

  it('says what is usual once it knows a week, and by the last sixty days', () => {
    const daily = (count: number): Counted[] =>
      Array.from({ length: count }, (_, i) => ({
        at: start + i * DAY,
        milli: 4000 * i,
        usedMilli: i === 0 ? null : 4000,
      }));
    expect(usualOf(daily(7))).toBeNull();
    expect(usualOf(daily(8))).toBe(4000);
    expect(usualOf([{ at: start - 300 * DAY, milli: 0, usedMilli: null }, ...daily(30)])).toBe(4000);
    expect(usualOf([])).toBeNull();
  });

  it('from afar comes at the hours of the place’s day', () => {
    const at = (text: string) => Date.parse(`${text}+08:00`);
    expect(nextReading(at('2026-11-22T00:59:59'), [1, 5, 19], zone)).toBe(at('2026-11-22T01:00:00'));
    expect(nextReading(at('2026-11-22T01:00:00'), [19, 5, 1], zone)).toBe(at('2026-11-22T05:00:00'));
    expect(nextReading(at('2026-11-22T19:00:00'), [1, 5, 19], zone)).toBe(at('2026-11-23T01:00:00'));
  });
});

describe('what was used', () => {
  it('is spread over the days between two readings, and its parts are the whole', () => {
    expect(
      useByDay(
        [
          { day: '2026-11-01', usedMilli: null },
          { day: '2026-11-04', usedMilli: 10 },
          { day: '2026-11-05', usedMilli: 7 },
        ],
        '2026-11-01',
        '2026-11-30',
      ),
    ).toEqual([
      { day: '2026-11-01', milli: 4, isSpread: true },
      { day: '2026-11-02', milli: 3, isSpread: true },
      { day: '2026-11-03', milli: 3, isSpread: true },
      { day: '2026-11-04', milli: 7, isSpread: false },
    ]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.nat(100_000)), { maxLength: 12 }),
        (steps) => {
          let day = Date.parse('2026-01-01');
          const readings = [{ day: '2026-01-01', usedMilli: null as number | null }];
          for (const [days, used] of steps) {
            day += days * DAY;
            readings.push({ day: new Date(day).toISOString().slice(0, 10), usedMilli: used });
          }
          const sum = useByDay(readings, '2026-01-01', '2030-01-01').reduce(
            (all, { milli }) => all + milli,
            0,
          );
          expect(sum).toBe(steps.reduce((all, [, used]) => all + used, 0));
        },
      ),
    );
  });
  it('stands beside the same month of the year before', () => {
    const days = ['2025-11-03', '2026-10-31', '2026-11-01', '2026-11-02'].map((day) => ({
      day,
      milli: 5,
      isSpread: false,
    }));
    expect(useByMonth(days, '2026-11', 3)).toEqual([
      { month: '2026-10', milli: 5, yearBefore: null },
      { month: '2026-11', milli: 10, yearBefore: 5 },
    ]);
    expect([shiftMonth('2026-01', -1), shiftMonth('2026-12', 1), shiftMonth('2026-11', -12)]).toEqual([
      '2025-12',
      '2027-01',
      '2025-11',
    ]);
  });
});

describe('what stands out', () => {
  const night = (day: number, ...used: number[]): Counted[] =>
    [1, 3, 5].map((hour, i) => ({
      at: Date.parse(`2026-11-${String(day).padStart(2, '0')}T0${hour}:00:00+08:00`),
      milli: 0,
      usedMilli: i === 0 ? 500 : (used[i - 1] ?? 0),
    }));
  const leak = { nights: 3, fromHour: 1, toHour: 5, milliAnHour: 2 };
  const morning = Date.parse('2026-11-22T06:00:00+08:00');
  it('is water that ran in every stretch of three nights', () => {
    const readings = [...night(20, 4, 8), ...night(21, 4, 4), ...night(22, 90, 4)];
    expect(leakSince(readings, morning, zone, leak)).toBe(Date.parse('2026-11-20T01:00:00+08:00'));
    // A thousandth less in one stretch is a tap that drips; two nights are two nights; before its end a night says nothing.
    expect(
      leakSince([...night(20, 3, 8), ...night(21, 4, 4), ...night(22, 90, 4)], morning, zone, leak),
    ).toBeNull();
    expect(leakSince(readings.slice(3), morning, zone, leak)).toBeNull();
    expect(leakSince([...night(19, 4, 4), ...readings], morning - 2 * HOUR, zone, leak)).toBe(
      Date.parse('2026-11-19T01:00:00+08:00'),
    );
  });
  it('is a home that used next to nothing for a day, by readings that came', () => {
    const quiet = { hours: 24, milli: 100 };
    const every6 = (used: readonly number[]): Counted[] =>
      used.map((one, i) => ({
        at: morning - (used.length - 1 - i) * 6 * HOUR,
        milli: 0,
        usedMilli: i === 0 ? null : one,
      }));
    expect(quietSince(every6([0, 900, 20, 20, 20, 39]), morning, quiet)).toBe(morning - 24 * HOUR);
    expect(quietSince(every6([0, 900, 20, 20, 20, 40]), morning, quiet)).toBeNull();
    expect(quietSince(every6([0, 20, 20, 20]), morning, quiet)).toBeNull();
    // Nothing came since: that is the meter's silence, not the home's.
    expect(quietSince(every6([0, 0, 0, 0, 0, 0]), morning + 6 * HOUR + 1, quiet)).toBeNull();
    expect([
      isSilent(null, start, start + 36 * HOUR, 36),
      isSilent(start, 0, start + 36 * HOUR + 1, 36),
    ]).toEqual([false, true]);
  });
});
