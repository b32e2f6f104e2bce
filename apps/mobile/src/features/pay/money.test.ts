import { describe, expect, it } from 'vitest';
import { fenOf, yuan } from './money.ts';

describe('amounts as people type them', () => {
  it.each([
    ['0.01', 1],
    ['1', 100],
    ['288.5', 28_850],
    [' 10000 ', 1_000_000],
    ['10000.01', null],
    ['0', null],
    ['-5', null],
    ['1.234', null],
    ['1,000', null],
    ['', null],
    ['1e3', null],
  ])('%j is %j fen', (text, fen) => {
    expect(fenOf(text, 1_000_000)).toBe(fen);
  });

  it('are shown with two decimals', () => {
    expect([yuan(1), yuan(28_850), yuan(100_000_000)]).toEqual(['¥0.01', '¥288.50', '¥1000000.00']);
  });
});
