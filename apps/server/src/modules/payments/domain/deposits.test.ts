import { describe, expect, it } from 'vitest';
import { addDays } from '@gongzhi/kernel';
import { judgeDeposits, type ListedLine, mayConfirm, takesTwo } from './deposits.ts';

describe('a deposit held against the bank’s list', () => {
  const deposit = (id: string, more: object = {}) => ({
    id,
    account: 'main',
    slipNo: `S-${id}`,
    broughtOn: '2026-11-20',
    amountFen: 100,
    proposal: null,
    proposedLineId: null,
    ...more,
  });
  const listed = (id: string, day: string, amountFen: number, text = '', account = 'main'): ListedLine => ({
    id,
    day,
    amountFen,
    text,
    account,
  });
  const judge = (deposits: ReturnType<typeof deposit>[], lines: ListedLine[], on = '2026-11-23') =>
    [...judgeDeposits(deposits, lines, on, (day) => addDays(day, 3)).entries()]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { verdict, lineId }]) => [id, verdict, lineId]);
  it.each([
    ['the third day is not late yet', [deposit('1')], [], '2026-11-23', [['1', 'waiting', null]]],
    ['the fourth is', [deposit('1')], [], '2026-11-24', [['1', 'missing', null]]],
    [
      'the same amount within the days',
      [deposit('1')],
      [listed('x', '2026-11-23', 100)],
      '2026-11-30',
      [['1', 'matched', 'x']],
    ],
    [
      'not after them, nor by a number too short to name it',
      [deposit('1'), deposit('2')],
      [listed('x', '2026-11-24', 100), listed('y', '2026-11-29', 100, 'cash S-22 S-2')],
      '2026-11-30',
      [
        ['1', 'missing', null],
        ['2', 'missing', null],
      ],
    ],
    [
      'nor by digits within a longer number',
      [deposit('1', { slipNo: '2026' })],
      [listed('x', '2026-11-21', 1230, '工资 20261102'), listed('y', '2026-11-21', 100, '现金存入')],
      '2026-11-23',
      [['1', 'matched', 'y']],
    ],
    [
      'never before it was brought',
      [deposit('1')],
      [listed('x', '2026-11-19', 100)],
      '2026-11-21',
      [['1', 'waiting', null]],
    ],
    [
      'on no other account',
      [deposit('1')],
      [listed('x', '2026-11-20', 100, '', 'icbc')],
      '2026-11-21',
      [['1', 'waiting', null]],
    ],
    [
      'one line is one deposit’s, and the slip’s number goes first',
      [deposit('1', { slipNo: 'AAAA' }), deposit('2', { slipNo: 'BBBB' })],
      [listed('x', '2026-11-20', 100, 'BBBB'), listed('y', '2026-11-21', 100)],
      '2026-11-21',
      [
        ['1', 'matched', 'y'],
        ['2', 'matched', 'x'],
      ],
    ],
    [
      'another amount under its number differs',
      [deposit('1', { slipNo: 'AAAA' })],
      [listed('x', '2026-11-20', 90, '现金AAAA')],
      '2026-11-21',
      [['1', 'differs', 'x']],
    ],
    [
      'what is proposed for one is no other’s, and stays until it is confirmed',
      [
        deposit('1', { proposal: 'arrive', proposedLineId: 'x' }),
        deposit('2', { proposal: 'give_back' }),
        deposit('3'),
      ],
      [listed('x', '2026-11-20', 100), listed('y', '2026-11-20', 100, 'S-2')],
      '2026-11-21',
      [
        ['1', 'proposed', 'x'],
        ['2', 'proposed', null],
        ['3', 'matched', 'y'],
      ],
    ],
    [
      'a line that names it differs, whomever it was proposed for: a stranger’s of its amount is no proof',
      [
        deposit('1', { slipNo: 'AAAA' }),
        deposit('2', { slipNo: 'BBBB', proposal: 'arrive', proposedLineId: 'x' }),
      ],
      [listed('x', '2026-11-20', 90, '现金AAAA'), listed('y', '2026-11-21', 100)],
      '2026-11-21',
      [
        ['1', 'differs', 'x'],
        ['2', 'proposed', 'x'],
      ],
    ],
  ] as const)('%s', (_, deposits, lines, on, wanted) => {
    expect(judge([...deposits], [...lines], on)).toEqual(wanted);
  });
});

describe('what takes two', () => {
  it.each([
    ['the line that was found, of the amount', 100, 'x', { verdict: 'matched', lineId: 'x' }, false],
    ['a fen less', 99, 'x', { verdict: 'matched', lineId: 'x' }, true],
    ['a fen more', 101, 'x', { verdict: 'matched', lineId: 'x' }, true],
    ['another line of the amount', 100, 'y', { verdict: 'matched', lineId: 'x' }, true],
    [
      'one of the amount where another amount bears its number',
      100,
      'y',
      { verdict: 'differs', lineId: 'x' },
      true,
    ],
    ['one where none was found', 100, 'x', { verdict: 'missing', lineId: null }, true],
    ['one of which nothing is known', 100, 'x', undefined, true],
  ] as const)('%s', (_, amountFen, id, found, is) => {
    expect(takesTwo({ amountFen: 100 }, { id, amountFen }, found)).toBe(is);
  });

  it('what never got there takes two', () => {
    expect(takesTwo({ amountFen: 100 }, null, { verdict: 'matched', lineId: 'x' })).toBe(true);
  });

  it.each([
    ['who proposed it does not', 'b', false],
    ['nor who brought it', 'a', false],
    ['anybody else does', 'c', true],
  ])('%s', (_, by, may) => {
    expect(mayConfirm({ proposedBy: 'b', madeBy: 'a' }, by)).toBe(may);
  });

  it('nothing is confirmed that nobody proposed', () => {
    expect(mayConfirm({ proposedBy: null, madeBy: 'a' }, 'c')).toBe(false);
  });
});
