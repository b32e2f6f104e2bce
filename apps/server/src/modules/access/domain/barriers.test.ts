import { describe, expect, test } from 'vitest';
import { commandState, holdSecondsOf, openingState } from './barriers.ts';

const until = new Date('2026-11-23T08:00:10Z');
const at = until.getTime();

test.each([
  [null, -1, 'waiting'],
  [null, 0, 'unanswered'],
  ['opened', 60_000, 'opened'],
  ['refused', -1, 'refused'],
  ['failed', 0, 'failed'],
] as const)('a command with the outcome %s, %i ms about its end, is %s', (outcome, about, state) => {
  expect(commandState({ outcome, expiresAt: until }, at + about)).toBe(state);
});

describe('whoever asks to be let in', () => {
  test.each([
    [null, null, -1, 'waiting'],
    [null, null, 0, 'unanswered'],
    ['consented', null, 0, 'opening'],
    ['consented', 'pass', 0, 'passed'],
    ['consented', 'pass_report', 0, 'passed'],
    ['consented', 'refer', 0, 'stopped'],
    ['consented', 'refuse', 0, 'stopped'],
    ['declined', null, -1, 'declined'],
    ['withdrawn', null, -1, 'withdrawn'],
  ] as const)('answered %s, decided %s, %i ms about the end: %s', (answer, outcome, about, state) => {
    expect(openingState({ answer, outcome, expiresAt: until }, at + about)).toBe(state);
  });
});

test('an urgent trip holds it open longer', () => {
  expect(holdSecondsOf('ambulance')).toBeGreaterThan(holdSecondsOf(null));
});
