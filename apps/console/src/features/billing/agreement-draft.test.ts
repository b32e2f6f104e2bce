import { describe, expect, it } from 'vitest';
import { amountOf, risesOf, shareOf, signedOf, standing } from './agreement-draft.ts';

describe('what is typed', () => {
  it.each([
    ['', []],
    ['2027-01-01 +100', [{ from: '2027-01-01', addFen: 10_000 }]],
    [
      '2027-01-01 +5%\n\n 2028-01-01 + 0.01 ',
      [
        { from: '2027-01-01', addBp: 500 },
        { from: '2028-01-01', addFen: 1 },
      ],
    ],
    ['2027-01-01 +100%', [{ from: '2027-01-01', addBp: 10_000 }]],
    ['2027-01-01 +100.01%', null],
    ['2027-01-01 +0', null],
    ['2027-13-01 +1', null],
    ['2027-01-01 100', null],
    ['2027-01-01 +1.005', null],
  ])('of rises %j is %j', (text, rises) => {
    expect(risesOf(text)).toEqual(rises);
  });
  it.each([
    ['0.01', 1],
    ['0', null],
    ['1.234', null],
    ['-1', null],
  ])('of an amount %j is %j fen', (text, fen) => {
    expect(amountOf(text)).toBe(fen);
  });
  it.each([
    ['-12.30', -1_230],
    ['0.00', null],
    ['10000000000', 1_000_000_000_000],
    ['10000000000.01', null],
    ['many', null],
  ])('of a total %j is %j fen', (text, fen) => {
    expect(signedOf(text)).toBe(fen);
  });
  it.each([
    ['100', 10_000],
    ['100.01', null],
    ['0.01', 1],
    ['0', null],
  ])('of a share %j is %j', (text, bp) => {
    expect(shareOf(text)).toBe(bp);
  });
  it.each([
    ['2026-11-01', null, 'holds'],
    ['2026-11-02', null, 'notYet'],
    ['2026-10-01', '2026-11-01', 'ended'],
    ['2026-10-01', '2026-11-02', 'holds'],
  ])('from %s to %s on the first of November it %s', (startsOn, endsOn, stands) => {
    expect(standing({ startsOn, endsOn }, '2026-11-01')).toBe(stands);
  });
});
