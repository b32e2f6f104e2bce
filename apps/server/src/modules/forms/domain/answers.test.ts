import { describe, expect, test } from 'vitest';
import { isOverwritten, readAnswer, standingOf, validUntil } from './answers.ts';
import type { QuestionType } from './definition.ts';

describe('what somebody else put there', () => {
  test.each<[stands: string | null, replaces: string | null, value: string | null, isOverwritten: boolean]>([
    ['2', null, '3', true],
    ['2', '1', '3', true],
    // Seen.
    ['2', '2', '3', false],
    ['2', '２.0', '3', false],
    ['2', '2', null, false],
    // The same again.
    ['2', null, ' 2 ', false],
    // Taken away meanwhile.
    [null, '1', '3', true],
    [null, null, '3', false],
    [null, '1', null, false],
    ['2', '1', null, true],
  ])('%s stands there, over %s is typed %s: %s', (value, replaces, typed, expected) => {
    const number = { type: 'number', options: [] } as const;
    expect(isOverwritten(number, { value, by: 'wu' }, { value: typed, replaces, by: 'li' })).toBe(expected);
    expect(isOverwritten(number, { value, by: 'wu' }, { value: typed, replaces, by: 'wu' })).toBe(false);
  });
});

describe('an answer', () => {
  test.each<[QuestionType, string, string]>([
    ['text', ' 两只猫 ', '两只猫'],
    ['text', 'x'.repeat(500), 'x'.repeat(500)],
    ['number', ' 012.50', '12.5'],
    ['number', '１２', '12'],
    ['number', '-3', '-3'],
    ['yes_no', 'yes', 'yes'],
    ['choice', '自住', '自住'],
    ['date', '2026-02-28', '2026-02-28'],
  ])('%s “%s” is kept as “%s”', (type, given, kept) => {
    expect(readAnswer({ type, options: ['自住'] }, given)).toEqual({ ok: true, value: kept });
  });

  test.each<[QuestionType, string, string]>([
    ['text', '  ', 'required'],
    ['text', 'x'.repeat(501), 'maxLength'],
    ['number', '1.234', 'number'],
    ['number', '1e5', 'number'],
    ['number', '', 'number'],
    ['yes_no', 'maybe', 'enum'],
    ['choice', '出租', 'enum'],
    ['date', '2026-02-29', 'no_date'],
  ])('%s “%s” is refused: %s', (type, given, code) => {
    expect(readAnswer({ type, options: ['自住'] }, given)).toMatchObject({ ok: false, error: { code } });
  });

  test.each([
    ['2026-11-23', 12, '2027-11-23'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2027-12-31', 2, '2028-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-12-01', 1, '2027-01-01'],
  ])('of %s holds %i months, until %s', (day, months, until) => expect(validUntil(day, months)).toBe(until));

  test('is a form’s own, known from another while it holds, or asked', () => {
    const before = { formId: 'a', validUntil: '2026-11-23' };
    expect(standingOf(null, 'b', '2026-11-23')).toBe('open');
    expect(standingOf(before, 'a', '2030-01-01')).toBe('own');
    expect(standingOf(before, 'b', '2026-11-23')).toBe('known');
    expect(standingOf(before, 'b', '2026-11-24')).toBe('open');
  });
});
