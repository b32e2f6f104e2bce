import { chinaWorking, parseIso, toIso } from '@gongzhi/kernel';
import { describe, expect, test } from 'vitest';
import {
  faultOf,
  firstTurn,
  type PeriodRule,
  periodsFor,
  type Schedule,
  spanOf,
  turnAfter,
} from './schedule.ts';

const zone = 'Asia/Shanghai';
const weekly: Schedule = { every: 'week', day: 1, hour: 8, isWorkdaysOnly: false };
const said = (turn: { day: string; at: number } | null) =>
  turn === null ? null : `${turn.day} ${toIso(turn.at, zone).slice(0, 16)}`;

describe('of which days it speaks', () => {
  test.each<[PeriodRule, string, string, string]>([
    ['yesterday', '2026-03-01', '2026-02-28', '2026-02-28'],
    // A Monday, a Sunday and the Monday after.
    ['last_week', '2026-11-23', '2026-11-16', '2026-11-22'],
    ['last_week', '2026-11-29', '2026-11-16', '2026-11-22'],
    ['last_week', '2026-11-30', '2026-11-23', '2026-11-29'],
    ['last_month', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['last_month', '2028-03-01', '2028-02-01', '2028-02-29'],
    ['last_month', '2026-01-01', '2025-12-01', '2025-12-31'],
    ['last_quarter', '2026-03-31', '2025-10-01', '2025-12-31'],
    ['last_quarter', '2026-04-01', '2026-01-01', '2026-03-31'],
    ['last_quarter', '2026-12-31', '2026-07-01', '2026-09-30'],
    ['this_month', '2026-11-01', '2026-11-01', '2026-11-01'],
  ])('%s seen from %s', (rule, day, from, to) => {
    expect(spanOf(rule, day)).toEqual({ from, to });
  });
  test('what is now speaks of no days, and a month is no week', () => {
    expect(spanOf('now', '2026-11-23')).toBeNull();
    expect(periodsFor('month')).toEqual(['last_month', 'this_month']);
    expect(periodsFor('now')).toEqual(['now']);
    expect(periodsFor('days')).not.toContain('now');
  });
});

describe('when it is due', () => {
  const first = (schedule: Schedule, now: string) =>
    said(firstTurn(schedule, now.slice(0, 10), parseIso(now, zone)!, zone, chinaWorking));

  test('every Monday at eight, to the minute', () => {
    expect(first(weekly, '2026-11-23T07:59')).toBe('2026-11-23 2026-11-23T08:00');
    expect(first(weekly, '2026-11-23T08:00')).toBe('2026-11-30 2026-11-30T08:00');
  });
  test('on the last day of a month that has fewer', () => {
    const monthly: Schedule = { every: 'month', day: 31, hour: 0, isWorkdaysOnly: false };
    expect(first(monthly, '2026-02-01T00:00')).toBe('2026-02-28 2026-02-28T00:00');
    expect(said(turnAfter(monthly, '2026-02-28', zone, chinaWorking))).toBe('2026-03-31 2026-03-31T00:00');
  });
  test('on the workday after the holiday, of the days it was meant for', () => {
    // National Day 2025: 1 to 8 October; Monday the 6th is off, Thursday the 9th is not.
    const moved = { ...weekly, isWorkdaysOnly: true };
    expect(first(moved, '2025-10-01T09:00')).toBe('2025-10-06 2025-10-09T08:00');
    // Its own day has passed and it still comes.
    expect(first(moved, '2025-10-08T09:00')).toBe('2025-10-06 2025-10-09T08:00');
    expect(said(turnAfter(moved, '2025-10-06', zone, chinaWorking))).toBe('2025-10-13 2025-10-13T08:00');
  });
  test('every workday, made-up ones with it', () => {
    const daily: Schedule = { every: 'workday', day: null, hour: 18, isWorkdaysOnly: false };
    // Friday; Saturday is worked in for the holiday; Sunday is not.
    expect(first(daily, '2025-10-10T18:00')).toBe('2025-10-11 2025-10-11T18:00');
    expect(first(daily, '2025-10-11T18:00')).toBe('2025-10-13 2025-10-13T18:00');
  });
  test.each<[Partial<Schedule>, string | null]>([
    [{}, null],
    [{ day: 0 }, 'day'],
    [{ day: 8 }, 'day'],
    [{ day: 1.5 }, 'day'],
    [{ day: null }, 'day'],
    [{ every: 'month', day: 31 }, null],
    [{ every: 'month', day: 32 }, 'day'],
    [{ every: 'workday', day: 1 }, 'day'],
    [{ every: 'workday', day: null }, null],
    [{ hour: 24 }, 'hour'],
    [{ hour: -1 }, 'hour'],
  ])('%o is wrong in %s', (part, fault) => {
    expect(faultOf({ ...weekly, ...part })).toBe(fault);
  });
});
