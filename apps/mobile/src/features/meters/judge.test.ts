import { figureOf } from '@gongzhi/kernel/meters.ts';
import { expect, it } from 'vitest';
import type { RoundLine } from './api.ts';
import { judgeAt } from './judge.ts';

const DAY = 86_400_000;
const start = Date.parse('2026-11-01T10:00:00+08:00');
const line = {
  meter: {
    kind: 'water',
    digits: 4,
    usualDay: 0.4,
    lastValue: 100,
    lastAt: new Date(start).toISOString(),
  },
} as RoundLine;

it('asks at the meter as the server would, exactly on its thresholds', () => {
  const judged = (value: number, before: Parameters<typeof judgeAt>[3] = null) =>
    judgeAt(line, value, start + 10 * DAY, before, 3);
  expect([judged(112), judged(112.001), judged(99.999), judged(100)]).toEqual([
    [],
    ['far_more'],
    ['lower'],
    ['nothing_used'],
  ]);
  expect([judged(9_999.999), judged(10_000)]).toEqual([['far_more'], 'too_many_digits']);
  // Against what was read before and waits to be sent.
  expect(judged(104, { value: 104.001, at: start + 9 * DAY })).toEqual(['lower']);
  expect(judged(104.4, { value: 104, at: start + 9 * DAY })).toEqual([]);
});

it('takes a figure as people type it, and nothing else', () => {
  expect(['12', ' 12.5 ', '12.125', '0'].map(figureOf)).toEqual([12, 12.5, 12.125, 0]);
  expect(['', '12.3456', '-1', '1e3', '12,5'].map(figureOf)).toEqual([null, null, null, null, null]);
});
