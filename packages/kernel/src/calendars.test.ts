import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorking,
  addWorkingMillis,
  chinaHolidays,
  chinaWorking,
  isCovered,
  isWorkday,
  missingFrom,
  readHolidays,
  type WorkingCalendar,
  workingBetween,
} from './calendars.ts';
import { DAY, HOUR, MINUTE, parseIso, toIso } from './time.ts';

const at = (text: string): number => parseIso(text)!;
const said = (instant: number): string => toIso(instant).slice(0, 16).replace('T', ' ');
const plus = (start: string, minutes: number): string => said(addWorking(at(start), minutes, chinaWorking));
const hours = (a: string, b: string): number => workingBetween(at(a), at(b), chinaWorking) / HOUR;

describe('a calendar that changes on a date', () => {
  // From Monday 2026-11-30 on also Saturdays, 08:00–12:00.
  const changing: WorkingCalendar = {
    ...chinaWorking,
    later: {
      from: '2026-11-30',
      calendar: { ...chinaWorking, weekdays: [1, 2, 3, 4, 5, 6], hours: [{ from: 480, to: 720 }] },
    },
  };
  const added = (start: string, minutes: number): string => said(addWorking(at(start), minutes, changing));

  it('counts each day by what holds on it', () => {
    expect(isWorkday('2026-11-28', changing)).toBe(false);
    expect(isWorkday('2026-12-05', changing)).toBe(true);
    // Friday's last hour, then Monday from eight.
    expect(added('2026-11-27 17:00', 120)).toBe('2026-11-30 09:00');
    expect(added('2026-11-27 17:00', 60)).toBe('2026-11-27 18:00');
    expect(workingBetween(at('2026-11-27 17:00'), at('2026-11-30 09:00'), changing)).toBe(2 * HOUR);
    expect(added('2026-12-04 11:00', 120)).toBe('2026-12-05 09:00');
  });

  it('leaves the days before as they were', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 * 24 * 60 }),
        fc.integer({ min: 0, max: 3000 }),
        (from, more) => {
          const start = at('2026-11-20 00:00') + from * MINUTE;
          const end = Math.min(start + more * MINUTE, at('2026-11-30 00:00'));
          expect(workingBetween(start, end, changing)).toBe(workingBetween(start, end, chinaWorking));
        },
      ),
    );
  });
});

describe('the working calendar', () => {
  it.each([
    // Friday 2026-11-20 to Monday
    ['2026-11-20 10:00', 60, '2026-11-20 11:00'],
    ['2026-11-20 17:00', 60, '2026-11-20 18:00'], // ends exactly at closing time
    ['2026-11-20 17:00', 61, '2026-11-23 09:01'], // one minute more goes over the weekend
    ['2026-11-20 18:00', 1, '2026-11-23 09:01'], // exactly at closing there is nothing left of the day
    ['2026-11-20 09:00', 540, '2026-11-20 18:00'], // a whole day, opening to closing
    ['2026-11-20 08:00', 540, '2026-11-20 18:00'], // before opening nothing counts
    ['2026-11-21 12:00', 30, '2026-11-23 09:30'], // Saturday
    ['2026-11-21 12:00', 0, '2026-11-21 12:00'], // nothing added is the same instant
    ['2026-11-20 09:00', 1080, '2026-11-23 18:00'],
  ])('%s + %i min = %s', (start, minutes, end) => {
    expect(plus(start, minutes)).toBe(end);
  });

  it('passes over National Day 2025 and works its make-up days', () => {
    // Holiday 1–8 October; make-up workdays Sunday 28 September and Saturday 11 October.
    expect(plus('2025-09-30 17:00', 120)).toBe('2025-10-09 10:00');
    expect(plus('2025-09-27 12:00', 60)).toBe('2025-09-28 10:00');
    expect(plus('2025-10-10 17:30', 60)).toBe('2025-10-11 09:30');
    // 28, 29, 30 September, 9, 10, 11 October: six days of nine hours
    expect(hours('2025-09-27 00:00', '2025-10-13 00:00')).toBe(54);
    expect(hours('2025-10-01 00:00', '2025-10-09 09:00')).toBe(0);
    expect(isWorkday('2025-10-11', chinaWorking)).toBe(true);
    expect(isWorkday('2025-10-12', chinaWorking)).toBe(false);
  });

  it('passes over Spring Festival 2026 and works its make-up days', () => {
    // Holiday 15–23 February; make-up workdays Saturday 14 and Saturday 28 February.
    expect(plus('2026-02-14 17:30', 60)).toBe('2026-02-24 09:30');
    expect(plus('2026-02-13 17:30', 60)).toBe('2026-02-14 09:30');
    expect(hours('2026-02-14 00:00', '2026-03-02 00:00')).toBe(6 * 9); // 14, 24, 25, 26, 27, 28
  });

  it('is exact to the millisecond', () => {
    const almost = at('2026-11-20 17:59:59.999');
    expect(addWorkingMillis(almost, 1, chinaWorking)).toBe(at('2026-11-20 18:00'));
    expect(addWorkingMillis(almost, 2, chinaWorking)).toBe(at('2026-11-23 09:00:00.001'));
    expect(workingBetween(almost, at('2026-11-23 09:00:00.001'), chinaWorking)).toBe(2);
  });

  it('counts backwards as negative', () => {
    expect(hours('2026-11-23 10:00', '2026-11-20 17:00')).toBe(-2);
  });

  it('counts the lunch break of a calendar that has one', () => {
    const lunch: WorkingCalendar = {
      ...chinaWorking,
      hours: [
        { from: 540, to: 720 },
        { from: 780, to: 1080 },
      ],
    };
    expect(said(addWorking(at('2026-11-20 11:30'), 60, lunch))).toBe('2026-11-20 13:30');
    expect(said(addWorking(at('2026-11-20 11:00'), 60, lunch))).toBe('2026-11-20 12:00');
    expect(workingBetween(at('2026-11-20 00:00'), at('2026-11-21 00:00'), lunch)).toBe(8 * HOUR);
  });

  it('keeps wall-clock hours through summer time', () => {
    const boston: WorkingCalendar = {
      ...chinaWorking,
      zone: 'America/New_York',
      hours: [{ from: 0, to: 1440 }],
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      holidays: readHolidays({ from: '2015-01-01', to: '2015-12-31', source: 'none', days: {} }),
    };
    const sunday = parseIso('2015-03-08T00:00:00-05:00')!;
    expect(workingBetween(sunday, sunday + 30 * HOUR, boston)).toBe(30 * HOUR);
    expect(addWorking(sunday, 24 * 60, boston)).toBe(sunday + DAY);
  });

  it('always runs on the always calendar', () => {
    const start = at('2025-10-01 03:00');
    expect(addWorking(start, 20, 'always')).toBe(start + 20 * MINUTE);
    expect(workingBetween(start, start + 5, 'always')).toBe(5);
  });

  it('refuses a calendar that never opens, and negative time', () => {
    expect(() => addWorking(0, 1, { ...chinaWorking, hours: [] })).toThrow('never opens');
    expect(() => addWorking(0, -1, chinaWorking)).toThrow(RangeError);
  });
});

describe('the holiday data', () => {
  it('counts weekends only beyond its coverage, and says so', () => {
    expect(chinaHolidays.from).toBe('2020-01-01');
    const last = chinaHolidays.to;
    expect(isCovered(at(`${last} 00:00`), at(`${last} 23:59`), chinaWorking)).toBe(true);
    const next = Number(last.slice(0, 4)) + 1;
    expect(isCovered(at(`${last} 00:00`), at(`${next}-01-01 00:00`), chinaWorking)).toBe(false);
    expect(isCovered(at('2019-12-31 23:59'), at('2020-01-02 00:00'), chinaWorking)).toBe(false);
    expect(isCovered(0, at('2099-01-01 00:00'), 'always')).toBe(true);
    // National Day 2035 is a Monday, and off by law; that the rest of its week is off nobody has announced.
    expect(isWorkday('2035-10-01', chinaWorking)).toBe(false);
    expect(isWorkday('2035-10-04', chinaWorking)).toBe(true);
    expect(isWorkday('2035-10-06', chinaWorking)).toBe(false);
  });

  it('knows the days that the law names years before their notice, and none of the swapped ones', () => {
    const of = (year: string) => [...chinaHolidays.statutory].filter((date) => date.startsWith(year));
    expect(of('2027')).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-06',
      '2027-02-07',
      '2027-02-08',
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-02',
      '2027-10-03',
    ]);
    // New moon seven minutes past midnight in Beijing: the third of February, and not the second.
    expect(of('2030').slice(1, 5)).toEqual(['2030-02-02', '2030-02-03', '2030-02-04', '2030-02-05']);
    // Mid-Autumn within National Day is one day less.
    expect(of('2028')).toHaveLength(12);
    expect([...chinaHolidays.statutory].every((date) => date > chinaHolidays.to)).toBe(true);
    expect([...chinaHolidays.statutory].at(-1)).toBe('2040-10-03');
  });

  it('passes over New Year 2027, of which there is no notice yet', () => {
    // The 31st is a Thursday, the 1st off by law, then a weekend.
    expect(plus('2026-12-31 17:00', 60)).toBe('2026-12-31 18:00');
    expect(plus('2026-12-31 17:00', 61)).toBe('2027-01-04 09:01');
    expect(hours('2026-12-31 00:00', '2027-01-05 00:00')).toBe(18);
    expect(isCovered(at('2026-12-31 17:00'), at('2026-12-31 23:59'), chinaWorking)).toBe(true);
    expect(isCovered(at('2026-12-31 17:00'), at('2027-01-01 00:00'), chinaWorking)).toBe(false);
  });

  it.each([
    ['2026-11-01', null],
    ['2026-11-02', '2027-01-01'],
    ['2026-12-31', '2027-01-01'],
    ['2027-01-01', '2027-01-01'],
    ['2027-06-01', '2027-01-01'],
  ])('asked on %s, is missing from %s on', (today, from) => {
    expect(missingFrom('2026-12-31', today)).toBe(from);
  });

  it('of another country takes nothing from this one’s law', () => {
    const none = readHolidays({ from: '2015-01-01', to: '2015-12-31', source: 'none', days: {} });
    expect(isWorkday('2035-10-01', { ...chinaWorking, holidays: none })).toBe(true);
  });

  it('is what the installed chinese-days says (else run node scripts/holidays.ts)', () => {
    const require = createRequire(import.meta.url);
    const published = JSON.parse(
      readFileSync(require.resolve('chinese-days/dist/chinese-days.json'), 'utf8'),
    ) as Record<'holidays' | 'workdays', Record<string, string>>;
    const expected: Record<string, string> = {};
    for (const date of Object.keys(published.holidays)) expected[date] = 'holiday';
    for (const date of Object.keys(published.workdays)) expected[date] = 'makeup';
    for (const date of Object.keys(expected)) {
      if (date < chinaHolidays.from || date > chinaHolidays.to) delete expected[date];
    }
    expect(chinaHolidays.days).toEqual(expected);
    expect(Object.keys(published.holidays).every((date) => date <= chinaHolidays.to)).toBe(true);
  });

  it('is checked when read', () => {
    const base = { from: '2026-01-01', to: '2026-12-31', source: 'x' };
    expect(() => readHolidays({ ...base, days: { '2027-01-01': 'holiday' } })).toThrow('outside');
    expect(() => readHolidays({ ...base, days: { '2026-02-30': 'holiday' } })).toThrow('outside');
    expect(() => readHolidays({ ...base, days: { '2026-02-03': 'party' } })).toThrow('marked party');
    expect(() => readHolidays({ ...base, from: '2027-01-01', days: {} })).toThrow('no period');
    expect(() => readHolidays({ ...base, days: {}, statutory: ['2027-02-30'] })).toThrow('no day');
  });
});

describe('laws of the working calendar (property)', () => {
  const start = fc.integer({ min: at('2025-01-01 00:00'), max: at('2027-06-01 00:00') });
  const length = fc.integer({ min: 0, max: 40 * 9 * HOUR });

  it('what is added is what lies between', () => {
    fc.assert(
      fc.property(start, length, (s, m) => {
        expect(workingBetween(s, addWorkingMillis(s, m, chinaWorking), chinaWorking)).toBe(m);
      }),
    );
  });

  it('the end is the earliest such instant', () => {
    fc.assert(
      fc.property(start, length, (s, m) => {
        const end = addWorkingMillis(s, m, chinaWorking);
        if (m > 0) expect(workingBetween(s, end - 1, chinaWorking)).toBe(m - 1);
      }),
    );
  });

  it('more time or a later start never ends earlier', () => {
    fc.assert(
      fc.property(start, length, length, fc.integer({ min: 0, max: 20 * DAY }), (s, m, n, later) => {
        const [less, more] = m < n ? [m, n] : [n, m];
        expect(addWorkingMillis(s, less, chinaWorking)).toBeLessThanOrEqual(
          addWorkingMillis(s, more, chinaWorking),
        );
        expect(addWorkingMillis(s, m, chinaWorking)).toBeLessThanOrEqual(
          addWorkingMillis(s + later, m, chinaWorking),
        );
      }),
    );
  });

  it('adding twice is adding the sum, and between is additive', () => {
    fc.assert(
      fc.property(start, length, length, (s, m, n) => {
        const middle = addWorkingMillis(s, m, chinaWorking);
        expect(addWorkingMillis(middle, n, chinaWorking)).toBe(addWorkingMillis(s, m + n, chinaWorking));
        const end = middle + n;
        expect(workingBetween(s, end, chinaWorking)).toBe(
          workingBetween(s, middle, chinaWorking) + workingBetween(middle, end, chinaWorking),
        );
      }),
    );
  });
});
