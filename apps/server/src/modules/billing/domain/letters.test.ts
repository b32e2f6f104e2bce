import { describe, expect, it } from 'vitest';
import { fatesOf, type LetterLine, type WaitingLetter } from './letters.ts';

const line: LetterLine = {
  item: 'property_fee',
  name: '物业服务费',
  period: '2026-11-01',
  dueOn: '2026-12-08',
  openFen: 1,
};
const letter = (
  id: string,
  householdId: string,
  state: WaitingLetter['state'] = 'reminding',
  isSaidLater = false,
): WaitingLetter => ({ id, householdId, state, isSaidLater });

describe('a letter that waits', () => {
  it.each([
    ['owes a single fen', letter('a', 'h'), [line], 'print'],
    ['has never been looked at', letter('a', 'h', null), [line], 'print'],
    ['has promised', letter('a', 'h', 'promised'), [line], 'hold'],
    ['disputes', letter('a', 'h', 'disputed'), [line], 'hold'],
    ['has paid', letter('a', 'h', 'settled'), [], 'lapse'],
    ['disputed, and nothing is open any more', letter('a', 'h', 'disputed'), [], 'lapse'],
  ] as const)('of who %s', (_, one, lines, fate) => {
    expect(fatesOf([one], new Map([['h', lines]])).get('a')).toBe(fate);
  });

  it('of two to one home the later says all, though it stands on another page', () => {
    const owed = new Map([
      ['h', [line]],
      ['i', [line]],
    ]);
    const fates = fatesOf([letter('a', 'h', 'reminding', true), letter('b', 'i')], owed);
    expect([...fates]).toEqual([
      ['a', 'lapse'],
      ['b', 'print'],
    ]);
    expect([...fatesOf([letter('c', 'h')], owed)]).toEqual([['c', 'print']]);
  });
});
