import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  CHINA,
  daysBetween,
  HOUR,
  instantOn,
  isLocalDate,
  isZone,
  localDate,
  MINUTE,
  offsetAt,
  parseIso,
  startOfDay,
  toInstant,
  toIso,
  toLocal,
  weekdayOf,
} from './time.ts';

const at = (text: string): number => new Date(text).getTime();
const NEW_YORK = 'America/New_York';

describe('zones', () => {
  it('knows China, its summer time of 1986–1991, and the end of it', () => {
    expect(offsetAt(at('2026-11-21T00:00:00Z'))).toBe(8 * HOUR);
    expect(offsetAt(at('1988-07-01T00:00:00Z'))).toBe(9 * HOUR);
    expect(offsetAt(at('1991-12-31T23:59:59.999Z'))).toBe(8 * HOUR);
    expect(toLocal(at('1988-07-01T00:00:00Z')).hour).toBe(9);
  });

  it('knows zones with half hours, summer time and seconds', () => {
    expect(offsetAt(at('2026-01-01T00:00:00Z'), 'Asia/Kolkata')).toBe(5.5 * HOUR);
    expect(offsetAt(at('2015-07-01T00:00:00Z'), NEW_YORK)).toBe(-4 * HOUR);
    expect(offsetAt(at('2015-01-01T00:00:00Z'), NEW_YORK)).toBe(-5 * HOUR);
    expect(offsetAt(at('1880-01-01T00:00:00.500Z'), NEW_YORK)).toBe(-(4 * HOUR + 56 * MINUTE + 2000));
  });

  it('moves a time in a gap forward by the gap, or as asked', () => {
    // 2015-03-08 02:00 → 03:00 in New York
    const gap = { year: 2015, month: 3, day: 8, hour: 2, minute: 30 };
    expect(toInstant(gap, NEW_YORK)).toBe(at('2015-03-08T07:30:00Z')); // 03:30 EDT
    expect(toInstant(gap, NEW_YORK, 'later')).toBe(at('2015-03-08T07:30:00Z'));
    expect(toInstant(gap, NEW_YORK, 'earlier')).toBe(at('2015-03-08T06:30:00Z')); // 01:30 EST
    expect(() => toInstant(gap, NEW_YORK, 'reject')).toThrow(RangeError);
  });

  it('takes the first of two in an overlap, or as asked', () => {
    // 2015-11-01 02:00 → 01:00 in New York
    const twice = { year: 2015, month: 11, day: 1, hour: 1, minute: 30 };
    expect(toInstant(twice, NEW_YORK)).toBe(at('2015-11-01T05:30:00Z'));
    expect(toInstant(twice, NEW_YORK, 'earlier')).toBe(at('2015-11-01T05:30:00Z'));
    expect(toInstant(twice, NEW_YORK, 'later')).toBe(at('2015-11-01T06:30:00Z'));
    expect(() => toInstant(twice, NEW_YORK, 'reject')).toThrow(RangeError);
  });

  it('starts a day that has no midnight at its first instant', () => {
    // Beirut skipped 00:00–01:00 on 2022-03-27
    expect(startOfDay('2022-03-27', 'Asia/Beirut')).toBe(at('2022-03-26T22:00:00Z'));
  });

  it('comes back from local to the same instant (property)', () => {
    const zones = [CHINA, NEW_YORK, 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC', 'Europe/Dublin'];
    const instant = fc.integer({ min: at('1970-01-01T00:00:00Z'), max: at('2100-01-01T00:00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, (zone, t) => {
        const local = toLocal(t, zone);
        const both = [toInstant(local, zone, 'earlier'), toInstant(local, zone, 'later')];
        expect(both).toContain(t);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a zone that does not exist', () => {
    expect(isZone(CHINA)).toBe(true);
    expect(isZone('Mars/Olympus')).toBe(false);
  });
});

describe('dates', () => {
  it('gives the local date on both sides of midnight', () => {
    expect(localDate(at('2026-11-20T15:59:59.999Z'))).toBe('2026-11-20');
    expect(localDate(at('2026-11-20T16:00:00Z'))).toBe('2026-11-21');
    expect(localDate(at('2026-11-20T16:00:00Z'), NEW_YORK)).toBe('2026-11-20');
  });

  it('counts days and weekdays', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(daysBetween('2026-01-01', '2026-11-21')).toBe(324);
    expect(weekdayOf('2026-11-21')).toBe(6);
    expect(weekdayOf('2026-11-22')).toBe(7);
  });

  it('knows what is a date', () => {
    expect(isLocalDate('2024-02-29')).toBe(true);
    for (const bad of ['2025-02-29', '2025-13-01', '2025-1-1', 'today', ''])
      expect(isLocalDate(bad)).toBe(false);
    expect(() => addDays('2025-02-30', 1)).toThrow(RangeError);
  });

  it('puts minutes of the day on the wall clock', () => {
    expect(instantOn('2026-11-21', 9 * 60)).toBe(at('2026-11-21T01:00:00Z'));
    expect(instantOn('2026-11-21', 24 * 60)).toBe(at('2026-11-21T16:00:00Z'));
  });
});

describe('ISO 8601', () => {
  it('writes the offset', () => {
    expect(toIso(at('2026-11-21T06:20:00Z'))).toBe('2026-11-21T14:20:00.000+08:00');
    expect(toIso(at('2015-07-01T00:00:00Z'), NEW_YORK)).toBe('2015-06-30T20:00:00.000-04:00');
  });

  it.each([
    ['2026-11-21T14:20:00+08:00', '2026-11-21T06:20:00Z'],
    ['2026-11-21T14:20:00.1234567+0800', '2026-11-21T06:20:00.123Z'],
    ['2026-11-21 14:20', '2026-11-21T06:20:00Z'],
    ['2026-11-21T06:20Z', '2026-11-21T06:20:00Z'],
    ['2026-11-21T14:20:05.5+08', '2026-11-21T06:20:05.500Z'],
  ])('reads %s', (text, utc) => {
    expect(parseIso(text)).toBe(at(utc));
  });

  it.each(['2026-02-30T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01', 'soon', '2026-01-01T10:60:00Z'])(
    'refuses %s',
    (text) => {
      expect(parseIso(text)).toBeNull();
    },
  );

  it('reads what it wrote (property)', () => {
    const instant = fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2100-01-01T00:00:00Z') });
    fc.assert(
      fc.property(instant, (t) => {
        expect(parseIso(toIso(t))).toBe(t);
        expect(parseIso(toIso(t, NEW_YORK))).toBe(t);
      }),
    );
  });
});
