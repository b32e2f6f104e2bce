import { describe, expect, it } from 'vitest';
import { mayDecideCorrection, takesTwo } from './corrections.ts';

describe('a correction', () => {
  it.each([
    ['less by one fen, nothing allowed alone', 10_000, 9_999, 0, true],
    ['the same amount, nothing allowed alone', 10_000, 10_000, 0, true],
    ['less by as much as one may', 10_000, 9_900, 100, false],
    ['less by a fen more', 10_000, 9_899, 100, true],
    ['more by as much as one may', 10_000, 10_100, 100, false],
    ['more by a fen more', 10_000, 10_101, 100, true],
    ['a small line taken back whole', 50, null, 100, true],
    ['a credit made smaller by a fen more', -500, -399, 100, true],
  ] as const)('%s', (_, billedFen, amountFen, aloneFen, isByTwo) => {
    expect(takesTwo({ billedFen, amountFen }, aloneFen)).toBe(isByTwo);
  });

  it.each([
    ['asked', 'another', null],
    ['asked', 'asker', 'billing.needs_second_person'],
    ['done', 'another', 'billing.correction_over'],
    ['declined', 'another', 'billing.correction_over'],
    ['declined', 'asker', 'billing.correction_over'],
  ] as const)('%s, decided by %s: %s', (state, by, refused) => {
    expect(mayDecideCorrection({ state, askedBy: 'asker' }, by)).toBe(refused);
  });
});
