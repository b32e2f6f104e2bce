import { describe, expect, it } from 'vitest';
import capitals from './data/capitals.json' with { type: 'json' };
import columns from './data/bank-columns.json' with { type: 'json' };
import {
  type CapitalWords,
  decide,
  deductionOf,
  inCapitals,
  type Known,
  type Learnt,
  match,
  nextQuery,
  partsOf,
  readBankRows,
} from './domain.ts';

describe('capital numerals', () => {
  it.each([
    [0, '零元整'],
    [1, '壹分'],
    [10, '壹角整'],
    [11, '壹角壹分'],
    [100, '壹元整'],
    [105, '壹元零伍分'],
    [110, '壹元壹角整'],
    [1_000, '壹拾元整'],
    [1_001, '壹拾元零壹分'],
    [10_000, '壹佰元整'],
    [10_100, '壹佰零壹元整'],
    [100_100, '壹仟零壹元整'],
    [28_800, '贰佰捌拾捌元整'],
    [1_000_000, '壹万元整'],
    [1_000_100, '壹万零壹元整'],
    [1_001_000, '壹万零壹拾元整'],
    [10_000_005, '壹拾万元零伍分'],
    [10_000_050, '壹拾万元伍角整'],
    [12_345_678, '壹拾贰万叁仟肆佰伍拾陆元柒角捌分'],
    [10_000_000_000, '壹亿元整'],
    [10_000_000_100, '壹亿零壹元整'],
    [1_000_000_000_000, '壹佰亿元整'],
    [1_000_000_010_000, '壹佰亿零壹佰元整'],
    [100_010_000_000, '壹拾亿零壹拾万元整'],
    [100_000_000_000_000, '壹万亿元整'],
  ])('%d fen are %s', (fen, words) => {
    expect(inCapitals(fen, capitals as unknown as CapitalWords)).toBe(words);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('%d is no amount', (fen) => {
    expect(() => inCapitals(fen, capitals as unknown as CapitalWords)).toThrow(RangeError);
  });
});

describe('what becomes of a payment', () => {
  const known = (state: Known['state']): Known => ({ state, amountFen: 100, expiresAt: 1_000 });
  const fact = (
    state: 'open' | 'paid' | 'closed' | 'failed',
    amountFen: number | null = 100,
    currency = 'CNY',
  ): Learnt => ({
    kind: 'fact',
    state,
    amountFen,
    currency,
  });
  const unknown: Learnt = { kind: 'unknown' };

  it.each<[Known['state'], Learnt, number, string, string]>([
    ['created', { kind: 'ordered' }, 0, 'pending', 'none'],
    ['created', fact('open'), 0, 'pending', 'none'],
    ['created', fact('paid'), 0, 'paid', 'book'],
    ['pending', fact('paid'), 0, 'paid', 'book'],
    ['pending', fact('closed'), 0, 'closed', 'none'],
    ['pending', fact('failed'), 0, 'failed', 'none'],
    // Closed or failed here, paid there: the money is here.
    ['closed', fact('paid'), 5_000, 'paid', 'book'],
    ['failed', fact('paid'), 5_000, 'paid', 'book'],
    ['closed', { kind: 'ordered' }, 0, 'closed', 'none'],
    ['closed', fact('open'), 0, 'closed', 'none'],
    // Counted once, and nothing said later moves it.
    ['paid', fact('paid'), 0, 'paid', 'none'],
    ['paid', fact('closed'), 0, 'paid', 'none'],
    ['paid', fact('failed'), 0, 'paid', 'none'],
    ['paid', unknown, 5_000, 'paid', 'none'],
    // Never heard of: over exactly when its time is.
    ['created', unknown, 999, 'created', 'none'],
    ['created', unknown, 1_000, 'closed', 'none'],
    ['disputed', unknown, 5_000, 'disputed', 'none'],
    // Another amount, none, or another currency is no payment.
    ['pending', fact('paid', 101), 0, 'disputed', 'dispute'],
    ['pending', fact('paid', 99), 0, 'disputed', 'dispute'],
    ['pending', fact('paid', null), 0, 'disputed', 'dispute'],
    ['pending', fact('paid', 100, 'USD'), 0, 'disputed', 'dispute'],
    ['closed', fact('paid', 101), 0, 'disputed', 'dispute'],
    ['disputed', fact('paid', 101), 0, 'disputed', 'none'],
    ['disputed', fact('paid'), 0, 'paid', 'book'],
    ['paid', fact('paid', 101), 0, 'paid', 'none'],
  ])('%s, told %j at %d, is %s and %s', (state, learnt, now, to, effect) => {
    expect(decide(known(state), learnt, now)).toEqual({ state: to, effect });
  });

  it('is asked about after 15 s, 30 s, 1, 2 and then every 5 minutes, until it is over', () => {
    const waits = [0, 1, 2, 3, 4, 5, 400].map((queries) => nextQuery('pending', queries, 0));
    expect(waits).toEqual([15_000, 30_000, 60_000, 120_000, 300_000, 300_000, 300_000]);
    expect((['paid', 'closed', 'failed'] as const).map((state) => nextQuery(state, 0, 0))).toEqual([
      null,
      null,
      null,
    ]);
    expect([nextQuery('disputed', 287, 0), nextQuery('disputed', 288, 0)]).toEqual([300_000, null]);
  });
});

describe('deduction', () => {
  const lines = [
    { lineId: 'c', dueOn: '2026-12-31', dueFen: 300 },
    { lineId: 'b', dueOn: '2026-11-30', dueFen: 200 },
    { lineId: 'a', dueOn: '2026-11-30', dueFen: 100 },
  ];
  it.each<[number, [string, number][]]>([
    [0, []],
    [-5, []],
    [99, [['a', 99]]],
    [100, [['a', 100]]],
    [
      101,
      [
        ['a', 100],
        ['b', 1],
      ],
    ],
    [
      600,
      [
        ['a', 100],
        ['b', 200],
        ['c', 300],
      ],
    ],
    [
      9_999,
      [
        ['a', 100],
        ['b', 200],
        ['c', 300],
      ],
    ],
  ])('of a balance of %d takes what is due first', (balance, parts) => {
    expect(deductionOf(balance, lines).map(({ lineId, amountFen }) => [lineId, amountFen])).toEqual(parts);
  });
});

describe('a refund', () => {
  const targets = [{ position: 0, settledFen: 70, balanceFen: 30, refundedFen: 10 }];
  it('gives back what went to the balance first, and never more than is left', () => {
    expect(partsOf(targets, [{ position: 0, amountFen: 90 }])).toEqual([
      { position: 0, amountFen: 90, balanceFen: 20 },
    ]);
    expect(partsOf(targets, [{ position: 0, amountFen: 20 }])).toEqual([
      { position: 0, amountFen: 20, balanceFen: 20 },
    ]);
    expect(partsOf(targets, [{ position: 0, amountFen: 91 }])).toBe('too_much');
    expect(partsOf(targets, [{ position: 1, amountFen: 1 }])).toBe('part');
    expect(
      partsOf(targets, [
        { position: 0, amountFen: 1 },
        { position: 0, amountFen: 1 },
      ]),
    ).toBe('part');
    for (const amountFen of [0, -1, 0.5])
      expect(partsOf(targets, [{ position: 0, amountFen }])).toBe('nothing_chosen');
    expect(partsOf(targets, [])).toBe('nothing_chosen');
  });
});

describe('a day held against the provider’s file', () => {
  const our = (number: string, amountFen: number, compoundId = 'x') =>
    ({
      kind: 'payment',
      compoundId,
      paymentId: number,
      refundId: null,
      number,
      tradeNo: number,
      amountFen,
    }) as const;
  const their = (tradeNo: string, amountFen: number, feeFen = 1) =>
    ({ kind: 'payment', tradeNo, refundNo: null, transactionId: tradeNo, amountFen, feeFen }) as const;

  it('agrees, is missing here, missing there, or differs; what the file names twice is missing once', () => {
    const found = match(
      [our('a', 100), our('b', 200, 'y'), our('c', 300)],
      [their('a', 100), their('b', 201), their('a', 100), their('d', 5)],
    );
    expect(found.matched).toBe(1);
    expect(
      found.findings.map(({ verdict, ours, theirs }) => [verdict, ours?.number, theirs?.tradeNo]),
    ).toEqual([
      ['differs', 'b', 'b'],
      ['missing_here', undefined, 'a'],
      ['missing_here', undefined, 'd'],
      ['missing_there', 'c', undefined],
    ]);
    expect(found.shares).toEqual([{ compoundId: 'x', inFen: 100, outFen: 0, feeFen: 1 }]);
  });
});

describe('a bank’s list', () => {
  const row = (line: number, ...cells: (string | { text: string; fault: { code: string } })[]) => ({
    line,
    cells: cells.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)),
  });
  const head = row(3, '交易日期', '摘要', '收入金额(元)', '支出金额');
  const merged = { text: '', fault: { code: 'merged' } };
  const read = (...rows: ReturnType<typeof row>[]) =>
    readBankRows([row(1, '账户明细'), head, ...rows], columns);

  it('is found by what its columns are called, below whatever title', () => {
    expect(
      read(
        row(4, '2026-11-23', '结算', '1,234.50', ''),
        row(5, '20261124', '电费', '', '12.5'),
        row(6, '合计', '', '1,234.50'),
      ),
    ).toEqual({
      rows: [{ line: 4, day: '2026-11-23', amountFen: 123_450, text: '结算' }],
    });
    expect(read(row(4, '2026/1/2 10:20', '', '¥0.01'))).toMatchObject({
      rows: [{ day: '2026-01-02', amountFen: 1 }],
    });
    expect(read(row(4, '2026-11-23', '', '0.00'))).toEqual({ rows: [] });
  });

  it.each([
    ['7', 700],
    ['100', 10_000],
    ['1000', 100_000],
    ['25000', 2_500_000],
    ['1,000', 100_000],
    ['120,000', 12_000_000],
    ['1000.5', 100_050],
    ['1000.5000', 100_050],
    ['0.10', 10],
    ['999999999999.99', 99_999_999_999_999],
    ['999,999,999,999.99', 99_999_999_999_999],
  ])('of %s is so many fen to the last nought: %i', (text, amountFen) => {
    expect(read(row(4, '2026-11-23', '', text))).toMatchObject({ rows: [{ amountFen }] });
  });

  it.each([
    [row(4, '2026-11-23', '', merged), 'merged'],
    [row(4, merged, '', '5'), 'merged'],
    [row(4, '2026-11-23', '', '1.234'), 'amount'],
    [row(4, '2026-11-23', '', '12,34'), 'amount'],
    [row(4, '2026-11-23', '', '1,000,000,000,000.00'), 'amount'],
    [row(4, '2026-11-23', '', '1000000000000'), 'amount'],
    [row(4, '2026-02-30', '', '5'), 'day'],
    [row(4, '23.11.2026', '', '5'), 'day'],
  ])('is refused whole for a line that cannot be read: %j', (one, code) => {
    expect(read(row(9, '2026-11-23', '', '7'), one)).toEqual({ fault: { line: 4, code } });
  });

  it('is none without its columns', () => {
    expect(readBankRows([row(1, 'a', 'b')], columns)).toEqual({ fault: { line: 1, code: 'no_header' } });
    expect(readBankRows([], columns)).toEqual({ fault: { line: 1, code: 'no_header' } });
  });
});
