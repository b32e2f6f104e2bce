import { describe, expect, it } from 'vitest';
import { formatDated, formatDuration, formatExact, formatSpan, formatWhen } from './when.ts';

const now = '2026-11-21T14:20:00+08:00';
const zh = (when: string): string => formatWhen('zh-CN', when, now).replaceAll('\u2009', ' ');
const en = (when: string): string => formatWhen('en', when, now);

describe('formatWhen', () => {
  it.each([
    ['2026-11-21T14:20:00+08:00', '刚刚', 'just now'],
    ['2026-11-21T14:19:00.001+08:00', '刚刚', 'just now'],
    ['2026-11-21T14:19:00+08:00', '1 分钟前', '1 min ago'],
    ['2026-11-21T14:17:00+08:00', '3 分钟前', '3 min ago'],
    ['2026-11-21T13:20:00.001+08:00', '59 分钟前', '59 min ago'],
    ['2026-11-21T13:20:00+08:00', '今天 13:20', 'today 13:20'],
    ['2026-11-21T14:20:30+08:00', '马上', 'any moment'],
    ['2026-11-21T14:32:00+08:00', '12 分钟后', 'in 12 min'],
    ['2026-11-21T00:00:00+08:00', '今天 00:00', 'today 00:00'],
    ['2026-11-20T23:59:00+08:00', '昨天 23:59', 'yesterday 23:59'],
    ['2026-11-22T09:05:00+08:00', '明天 09:05', 'tomorrow 09:05'],
    ['2026-11-03T14:20:00+08:00', '11月3日 14:20', '3 Nov, 14:20'],
    ['2025-11-03T14:20:00+08:00', '2025年11月3日 14:20', '3 Nov 2025, 14:20'],
    ['2027-01-01T00:00:00+08:00', '2027年1月1日 00:00', '1 Jan 2027, 00:00'],
  ])('%s', (when, chinese, english) => {
    expect(zh(when)).toBe(chinese);
    expect(en(when)).toBe(english);
  });

  it('says minutes across midnight', () => {
    expect(formatWhen('en', '2026-11-20T23:50:00+08:00', '2026-11-21T00:10:00+08:00')).toBe('20 min ago');
  });

  it('takes the zone of the place', () => {
    const boston = formatWhen('en', '2015-03-08T18:00:00Z', '2015-03-08T23:00:00Z', 'America/New_York');
    expect(boston).toBe('today 14:00');
  });

  it('takes numbers and dates too', () => {
    const at = Date.parse('2026-11-20T23:59:00+08:00');
    expect(formatWhen('en', at, new Date(now))).toBe('yesterday 23:59');
  });
});

it.each([
  ['2026-11-21T14:20:00+08:00', '11月21日 14:20', '21 Nov, 14:20'],
  ['2026-11-21T14:32:00+08:00', '11月21日 14:32', '21 Nov, 14:32'],
  ['2027-01-01T00:00:00+08:00', '2027年1月1日 00:00', '1 Jan 2027, 00:00'],
])('formatDated(%s) says a day that stays the same', (when, chinese, english) => {
  expect(formatDated('zh-CN', when, now).replaceAll('\u2009', ' ')).toBe(chinese);
  expect(formatDated('en', when, now)).toBe(english);
});

it.each([
  ['2026-11-21', now, '今天 9:00–12:30', 'today 9:00–12:30'],
  ['2026-11-22', now, '明天 9:00–12:30', 'tomorrow 9:00–12:30'],
  ['2026-11-24', now, '11月24日 9:00–12:30', '24 Nov, 9:00–12:30'],
  ['2027-01-02', now, '2027年1月2日 9:00–12:30', '2 Jan 2027, 9:00–12:30'],
  ['2025-12-30', now, '2025年12月30日 9:00–12:30', '30 Dec 2025, 9:00–12:30'],
  ['2026-11-24', null, '11月24日 9:00–12:30', '24 Nov, 9:00–12:30'],
])('formatSpan(%s, seen %s)', (day, seen, chinese, english) => {
  const span = (locale: 'zh-CN' | 'en'): string =>
    formatSpan(locale, `${day}T09:00:00+08:00`, `${day}T12:30:00+08:00`, seen).replaceAll('\u2009', ' ');
  expect(span('zh-CN')).toBe(chinese);
  expect(span('en')).toBe(english);
});

it.each([
  ['2026-11-21T09:30:00+08:00', '2026-11-21T15:00:00+08:00', '今天 9:30–15:00', 'today 9:30–15:00'],
  [
    '2026-11-21T15:31:00+08:00',
    '2026-11-22T09:00:00+08:00',
    '今天 15:31–明天 9:00',
    'today 15:31–tomorrow 9:00',
  ],
  [
    '2026-11-19T15:31:00+08:00',
    '2026-11-21T15:00:00+08:00',
    '11月19日 15:31–今天 15:00',
    '19 Nov, 15:31–today 15:00',
  ],
  [
    '2026-12-31T22:00:00+08:00',
    '2027-01-01T02:00:00+08:00',
    '12月31日 22:00–2027年1月1日 2:00',
    '31 Dec, 22:00–1 Jan 2027, 2:00',
  ],
])('formatSpan from %s to %s', (from, to, chinese, english) => {
  expect(formatSpan('zh-CN', from, to, now).replaceAll('\u2009', ' ')).toBe(chinese);
  expect(formatSpan('en', from, to, now)).toBe(english);
});

it('says the exact time on tap', () => {
  expect(formatExact('zh-CN', '2026-11-03T14:20:05+08:00')).toBe('2026年11月3日\u200914:20:05');
  expect(formatExact('en', '2026-11-03T14:20:05+08:00')).toBe('3 Nov 2026, 14:20:05');
});

it.each([
  [0, '0 秒', '0 s'],
  [999, '0 秒', '0 s'],
  [45_000, '45 秒', '45 s'],
  [60_000, '1 分钟', '1 min'],
  [12.9 * 60_000, '12 分钟', '12 min'],
  [3_600_000, '1 小时', '1 h'],
  [5_400_000, '1 小时 30 分钟', '1 h 30 min'],
  [-5_400_000, '1 小时 30 分钟', '1 h 30 min'],
  [86_400_000, '1 天', '1 d'],
  [(3 * 24 + 4) * 3_600_000 + 59 * 60_000, '3 天 4 小时', '3 d 4 h'],
])('formatDuration(%d)', (ms, chinese, english) => {
  expect(formatDuration('zh-CN', ms).replaceAll('\u2009', ' ')).toBe(chinese);
  expect(formatDuration('en', ms)).toBe(english);
});
