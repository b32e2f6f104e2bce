import { describe, expect, test } from 'vitest';
import type { OverviewData } from './api.ts';
import {
  areTooMany,
  connectionOf,
  isFresh,
  levelOf,
  mainFiguresOf,
  overdueFor,
  pauseAfter,
  rankingOf,
  roughly,
  secondsBetween,
  trendOf,
  wantsNewVersion,
} from './derive.ts';

const at = (time: string): number => Date.parse(`2026-11-17T${time}+08:00`);
const day = (from: string, total: number, late = 0, onTimeRate: number | null = null) => ({
  from,
  to: from,
  figures: { total, late, onTimeRate },
});
const overview = (more: object): OverviewData =>
  ({
    today: '2026-11-17',
    series: [],
    streets: [],
    communities: [],
    places: [],
    counts: { place: 0 },
    now: { onTimeRate: null },
    standing: { open: 0, unassigned: 0, late: 0, dueHour: 0 },
    ...more,
  }) as unknown as OverviewData;
const named = (...names: string[]) => names.map((name) => ({ scopeId: name, name }));

describe('how bad it is at a place', () => {
  test.each([
    [0, 0, 'calm'],
    [1, 0, 'open'],
    [40, 0, 'open'],
    [1, 1, 'late'],
    [9, 4, 'late'],
    [9, 5, 'grave'],
  ] as const)('%i open, %i of them late: %s', (open, late, level) => {
    expect(levelOf({ open, late })).toBe(level);
  });
});

describe('the large figures', () => {
  test('today beside yesterday, by the server’s day', () => {
    const series = [day('2026-11-15', 9), day('2026-11-16', 7, 1, 0.75), day('2026-11-17', 3)];
    expect(
      mainFiguresOf(
        overview({
          series,
          now: { onTimeRate: 0.9 },
          standing: { open: 12, unassigned: 2, late: 4, dueHour: 1 },
        }),
      ),
    ).toEqual({
      today: 3,
      yesterday: 7,
      open: 12,
      unassigned: 2,
      late: 4,
      dueHour: 1,
      onTime: 0.9,
      onTimeYesterday: 0.75,
    });
  });
  test('of nothing there is no rate', () => {
    expect(mainFiguresOf(overview({}))).toMatchObject({
      today: 0,
      yesterday: 0,
      onTime: null,
      onTimeYesterday: null,
    });
  });
  test('the trend knows its ends', () => {
    expect(trendOf(overview({ series: [day('2026-11-16', 7, 1), day('2026-11-17', 3)] }))).toEqual({
      days: [
        { day: '2026-11-16', total: 7, late: 1 },
        { day: '2026-11-17', total: 3, late: 0 },
      ],
      most: 7,
      least: 3,
      today: 3,
    });
    expect(trendOf(overview({}))).toEqual({ days: [], most: 0, least: 0, today: 0 });
  });
});

describe('the ranking', () => {
  const [places, communities] = [named('p1', 'p2', 'p3'), named('c1', 'c2')];
  test('compares streets where there are several', () => {
    const { of, rows } = rankingOf(overview({ by: 'street', streets: named('s1', 's2'), places }), 1);
    expect([of, rows.map(({ name }) => name)]).toEqual(['streets', ['s1']]);
  });
  test('and within one street communities or compounds', () => {
    expect(rankingOf(overview({ by: 'community', communities, places }), 5).of).toBe('communities');
    expect(rankingOf(overview({ by: 'place', places }), 5).rows).toEqual(places);
    expect(rankingOf(overview({ by: 'grid' }), 5)).toEqual({ of: 'places', rows: [] });
  });
  test('asks for communities where there are more compounds than one reads', () => {
    const told = (by: string, place: number, community: number) =>
      areTooMany(overview({ by, counts: { place, community } }));
    expect([told('place', 30, 2), told('place', 31, 2), told('place', 31, 1)]).toEqual([false, true, false]);
    expect(told('street', 31, 2)).toBe(false);
  });
});

describe('orders', () => {
  test('are overdue from the moment after their limit', () => {
    const resolveDueAt = '2026-11-17T10:00:00+08:00';
    expect(overdueFor({ resolveDueAt }, at('10:00:00'))).toBeNull();
    expect(overdueFor({ resolveDueAt }, at('10:00:01'))).toBe(1_000);
    expect(overdueFor({ resolveDueAt: null }, at('10:00:01'))).toBeNull();
  });
  test.each([
    [59 * 60_000 + 1, 59 * 60_000 + 1],
    [60 * 60_000, 3_600_000],
    [119 * 60_000, 3_600_000],
    [24 * 3_600_000 - 1, 23 * 3_600_000],
    [24 * 3_600_000, 86_400_000],
    [47 * 3_600_000, 86_400_000],
  ])('%i ms over is roughly %i', (over, said) => {
    expect(roughly(over)).toBe(said);
  });
  test('glow within their first minute', () => {
    const createdAt = '2026-11-17T10:00:00+08:00';
    expect(isFresh(createdAt, at('10:00:59'))).toBe(true);
    expect(isFresh(createdAt, at('10:01:00'))).toBe(false);
  });
});

describe('the connection', () => {
  test.each([
    [false, null, 'live'],
    [true, null, 'late'],
    [false, 0, 'lost'],
    [true, 503, 'lost'],
    [false, 401, 'signedOut'],
    [true, 401, 'signedOut'],
    [false, 403, 'refused'],
    [false, 404, 'refused'],
  ] as const)('line lost: %s, last answer failed with %s: %s', (isLineLost, status, connection) => {
    expect(connectionOf(isLineLost, status)).toBe(connection);
  });
  test('the worse it is the sooner it is tried again', () => {
    expect(secondsBetween('lost')).toBeLessThan(secondsBetween('late'));
    expect(secondsBetween('late')).toBeLessThan(secondsBetween('live'));
  });
  test('an event is read after a moment; a server that takes long is asked less often', () => {
    expect(pauseAfter({ endedAt: 0, tookMs: 50 }, 60_000)).toBe(800);
    expect(pauseAfter({ endedAt: 60_000, tookMs: 50 }, 60_500)).toBe(1_500);
    expect(pauseAfter({ endedAt: 60_000, tookMs: 1_000 }, 60_500)).toBe(3_500);
  });
  test('the newest version is fetched at night, by a page that has hung for half a day, from a server that answers', () => {
    const page = { hour: 4, openForMs: 13 * 3_600_000, connection: 'live' } as const;
    expect(wantsNewVersion(page)).toBe(true);
    expect(wantsNewVersion({ ...page, hour: 5 })).toBe(false);
    expect(wantsNewVersion({ ...page, openForMs: 12 * 3_600_000 })).toBe(false);
    expect(wantsNewVersion({ ...page, connection: 'lost' })).toBe(false);
  });
});
