import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountOf,
  formatQuantity,
  isSettled,
  parseQuantity,
  proposedPayer,
  stateAfterChange,
  subtotalOf,
  totalOf,
} from './charges.ts';
import { aJob, aLine, kinds } from './fixtures.ts';
import type { Relation } from './types.ts';
import { warrantyFor, warrantyUntil } from './warranty.ts';
import type { WorkingCommand } from './working-words.ts';

describe('amounts', () => {
  it.each([
    // quantity in hundredths, price in fen, amount in fen: half up to the fen, once, per line
    [100n, 1250n, 1250n],
    [150n, 333n, 500n], // 499.5
    [149n, 333n, 496n], // 496.17
    [1n, 49n, 0n], // 0.49
    [1n, 50n, 1n], // 0.5 exactly
    [1n, 51n, 1n],
    [33n, 101n, 33n], // 33.33
    [99_999_999n, 99_999_999n, 99_999_998_000_000n], // 99999998000000.01
    [25n, 2n, 1n], // 0.5
    [75n, 2n, 2n], // 1.5
    [100n, 0n, 0n],
  ])('%s hundredths at %s fen are %s fen', (quantity, price, amount) => {
    expect(amountOf(aLine(quantity, price))).toBe(amount);
  });

  it('sum without rounding again, and never below nothing', () => {
    // Three thirds of a fen too many: 3 × round(0.5) = 3, not round(1.5) = 2.
    const lines = [aLine(1n, 50n), aLine(1n, 50n), aLine(1n, 50n)];
    expect(subtotalOf(lines)).toBe(3n);
    expect(totalOf({ lines, discountFen: 3n })).toBe(0n);
  });

  it.each([
    ['1', 100n, '1'],
    ['1.5', 150n, '1.5'],
    ['0.01', 1n, '0.01'],
    ['12.30', 1230n, '12.3'],
    ['999999.99', 99_999_999n, '999999.99'],
  ])('read the quantity %s', (text, hundredths, shown) => {
    expect(parseQuantity(text)).toBe(hundredths);
    expect(formatQuantity(hundredths)).toBe(shown);
  });

  it.each(['', '0', '0.00', '-1', '1.234', '1,5', '.5', '1e3', '1000000', ' 1', '１'])(
    'refuse the quantity %j',
    (text) => {
      expect(parseQuantity(text)).toBeNull();
    },
  );
});

describe('who pays', () => {
  it.each([
    ['resident', false, 'household'],
    ['resident', true, 'company'],
    ['owners', false, 'maintenance_fund'],
    ['owners', true, 'maintenance_fund'],
    ['company', false, 'company'],
    ['developer', true, 'developer'],
    ['receiver', false, 'utility'],
    ['cause', false, 'responsible_party'],
  ] as const)('where the duty table says %s, in warranty %s: %s', (says, isInWarranty, payer) => {
    expect(proposedPayer(says, isInWarranty)).toBe(payer);
  });

  it('is changed by the desk, with a reason; then the household owes nothing', () => {
    const job = aJob().adds(aLine(100n, 5000n));
    expect(job.finishing()).toBe('charge_not_agreed');
    const free: WorkingCommand = { action: 'set_payer', payer: 'company', reason: '上次没修好' };
    expect(job.refused('assignee', free)).toBe('not_yours');
    expect(job.refused('desk', { ...free, reason: ' ' })).toBe('reason_required');
    expect(job.refused('desk', { ...free, payer: 'household' })).toBe('same_payer');
    job.does('desk', free);
    expect([job.story.order.chargeState, job.finishing()]).toEqual(['not_due', null]);
  });
});

describe('a price', () => {
  it('is agreed before it is due: no finish over an open one, and what was agreed falls due by finishing', () => {
    const job = aJob();
    expect(job.finishing()).toBeNull();
    job.adds(aLine(200n, 1250n), aLine(100n, 6000n, { kind: 'labour' }));
    expect([job.story.order.chargeState, job.finishing()]).toEqual(['draft', 'charge_not_agreed']);
    job.quoted();
    expect([job.charge!.quoteNo, job.story.order.chargeState, job.finishing()]).toEqual([
      1,
      'quoted',
      'charge_not_agreed',
    ]);
    expect(job.last!.notifications.map(({ to }) => to)).toEqual(['reporter']);
    job.agrees();
    expect(job.story.order).toMatchObject({ chargeState: 'agreed', chargeFen: '8500' });
    expect(job.last!.events[0]!.facts).toEqual({ total: '85.00', quoteNo: 1, payer: 'household' });
    expect(job.last!.entry).toMatchObject({ kind: 'agreed', how: 'app', totalFen: 8500n });
    job.story.does('assignee', { action: 'finish', workDone: '换了两个角阀' });
    expect(kinds(job.story.last)).toEqual(['finished', 'charge_due']);
    expect(job.story.last.events[1]!.facts).toEqual({ total: '85.00', quoteNo: 1 });
  });

  it('falls due once: done again after a dispute only what was agreed anew', () => {
    const job = aJob().adds(aLine(100n, 5000n)).quoted().agrees();
    const finish = { action: 'finish', workDone: '换了角阀' } as const;
    const again = (): void => {
      job.story.does('reporter', { action: 'dispute', reason: '还是漏' });
      job.story.arrived();
    };
    job.story.does('assignee', finish);
    expect(kinds(job.story.last)).toEqual(['finished', 'charge_due']);
    again();
    job.story.does('assignee', finish);
    expect(kinds(job.story.last)).toEqual(['finished']);
    again();
    job.adds(aLine(100n, 700n)).quoted().agrees();
    job.story.does('assignee', finish);
    expect(job.story.last.events[1]).toMatchObject({ facts: { total: '57.00', quoteNo: 2 } });
    expect(job.story.order).toMatchObject({ chargeNo: 2, chargeDueNo: 2 });
  });

  it('that changed is another price: the agreement to the old one is refused, and what was agreed is void', () => {
    const job = aJob().adds(aLine(100n, 5000n)).quoted();
    const old = job.agreement();
    job.adds(aLine(100n, 100n));
    expect([job.story.order.chargeState, kinds(job.last!)]).toEqual([
      'draft',
      ['charge_changed', 'quote_withdrawn'],
    ]);
    expect(job.last!.entry).toMatchObject({ kind: 'withdrawn', totalFen: 5000n });
    expect(job.refused('reporter', old)).toBe('no_quote_open');
    job.quoted();
    expect(job.refused('reporter', old)).toBe('quote_changed');
    expect(job.refused('reporter', job.agreement({ totalFen: 5099n }))).toBe('quote_changed');
    job.agrees();
    expect(job.story.order.chargeFen).toBe('5100');
    // Even cheaper is not what was agreed.
    job.does('assignee', { action: 'remove_line', lineId: job.charge!.lines[1]!.lineId });
    expect([job.story.order.chargeState, job.story.order.chargeFen, job.finishing()]).toEqual([
      'draft',
      null,
      'charge_not_agreed',
    ]);
  });

  it('declined leaves three ways: without a charge, cancelled, or paused', () => {
    const declined = () =>
      aJob()
        .adds(aLine(100n, 5000n))
        .quoted()
        .does('reporter', { action: 'decline', quoteNo: 1, words: '太贵' });
    expect(declined().finishing()).toBe('charge_not_agreed');
    const without = declined();
    without.does('assignee', { action: 'remove_line', lineId: without.charge!.lines[0]!.lineId });
    expect([without.story.order.chargeState, without.finishing()]).toEqual(['none', null]);
    expect(declined().story.refused('assignee', { action: 'pause', reason: 'waiting_resident' })).toBeNull();
    expect(declined().story.refused('desk', { action: 'cancel', reason: '住户不修了' })).toBeNull();
    // And it may be offered again.
    expect(declined().quoted().charge!.quoteNo).toBe(2);
  });

  it('is signed on the worker’s phone or told to the desk with a name; nobody agrees in silence', () => {
    const job = aJob().adds(aLine(100n, 5000n)).quoted();
    for (const who of ['assignee', 'desk'] as const)
      expect(job.refused(who, job.agreement())).toBe('signer_required');
    expect(job.refused('helper', job.agreement())).toBe('not_yours');
    expect(job.refused('overseer', job.agreement())).toBe('not_yours');
    job.agrees('assignee', { signerName: ' 王奶奶 ', isSigned: true });
    expect(job.last!.entry).toMatchObject({ how: 'signature', signerName: '王**' });
    // Words at the door are no signature.
    const spoken = aJob().adds(aLine(100n, 5000n)).quoted().agrees('assignee', { signerName: '王奶奶' });
    expect(spoken.last!.entry).toMatchObject({ how: 'spoken', signerName: '王**' });
    const declined = aJob().adds(aLine(100n, 5000n)).quoted();
    declined.does('assignee', { action: 'decline', quoteNo: 1, words: '太贵' });
    expect(declined.last!.entry).toMatchObject({ how: 'spoken', signerName: null });
    const called = aJob().adds(aLine(100n, 5000n)).quoted().agrees('desk', { signerName: '王奶奶' });
    expect(called.last!.entry!.how).toBe('call');
  });

  it('keeps a discount below it, with a reason, and lets it go with the lines', () => {
    const job = aJob().adds(aLine(100n, 5000n), aLine(100n, 100n));
    const discount = (fen: bigint, reason: string | null): WorkingCommand => ({
      action: 'set_discount',
      fen,
      reason,
    });
    expect(job.refused('assignee', discount(5101n, '老人'))).toBe('discount_too_large');
    expect(job.refused('assignee', discount(1n, null))).toBe('reason_required');
    job.does('assignee', discount(5100n, '老人'));
    // Nothing is left to agree to.
    expect([totalOf(job.charge!), job.story.order.chargeState]).toEqual([0n, 'not_due']);
    job.does('assignee', { action: 'remove_line', lineId: job.charge!.lines[0]!.lineId });
    expect([job.charge!.discountFen, totalOf(job.charge!)]).toEqual([0n, 100n]);
  });

  it('needs a reason where the list has none, and lines there are', () => {
    const job = aJob();
    expect(job.refused('assignee', { action: 'send_quote' })).toBe('nothing_to_quote');
    expect(job.refused('assignee', { action: 'remove_line', lineId: 'x' })).toBe('nothing_to_quote');
    const free = aLine(100n, 5000n, { priceId: null });
    expect(job.refused('assignee', { action: 'add_line', line: free })).toBe('reason_required');
    job.adds({ ...free, reason: '业主要的品牌' }).quoted();
    expect(job.refused('assignee', { action: 'send_quote' })).toBe('quote_open');
    expect(job.refused('assignee', { action: 'remove_line', lineId: 'x' })).toBe('line_unknown');
  });

  it('whatever is done to it, nothing is finished that was not agreed, and what is agreed is what was shown (property)', () => {
    const step = fc.record({ pick: fc.nat(6), fen: fc.bigInt({ min: 0n, max: 9999n }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const job = aJob();
        let agreed: bigint | null = null;
        for (const { pick, fen } of steps) {
          const lines = job.charge?.lines ?? [];
          const commands: (readonly [Relation, WorkingCommand])[] = [
            ['assignee', { action: 'add_line', line: aLine(100n, fen, { lineId: `${steps.length}${fen}` }) }],
            ['assignee', { action: 'remove_line', lineId: lines[0]?.lineId ?? '' }],
            ['assignee', { action: 'set_discount', fen, reason: '优惠' }],
            ['assignee', { action: 'send_quote' }],
            ...(job.charge === null ? [] : [['reporter', job.agreement()] as const]),
            ['reporter', { action: 'decline', quoteNo: job.charge?.quoteNo ?? 0, words: null }],
            [
              'desk',
              { action: 'set_payer', payer: fen % 2n === 0n ? 'company' : 'household', reason: '核实' },
            ],
          ];
          const [who, command] = commands[pick % commands.length]!;
          if (job.refused(who, command) !== null) continue;
          job.does(who, command);
          agreed = command.action === 'agree' ? command.totalFen : agreed;
          const { chargeState, chargeFen } = job.story.order;
          expect(job.finishing() === null).toBe(isSettled(chargeState));
          expect(chargeFen !== null).toBe(chargeState === 'agreed');
          if (chargeState === 'agreed') {
            expect([BigInt(chargeFen!), totalOf(job.charge!)]).toEqual([agreed, agreed]);
          }
          expect(totalOf(job.charge!)).toBeGreaterThanOrEqual(0n);
          if (chargeState === 'none' || chargeState === 'not_due')
            expect(stateAfterChange(job.charge!)).toBe(chargeState);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a warranty', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-08-31', 3, '2026-11-30'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-05-20', 12, '2027-05-20'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-05-20', 0, '2026-05-20'],
  ])('from %s for %s months lasts until %s', (from, months, until) => {
    expect(warrantyUntil(from, months)).toBe(until);
  });

  const earlier = (more: object = {}) => ({
    orderId: 'a',
    number: 'N',
    categoryGroup: 'water',
    finishedOn: '2026-08-22',
    warrantyMonths: 3,
    ...more,
  });
  it('holds on its last day and not on the next', () => {
    expect(warrantyFor([earlier()], 'water', '2026-11-22', 0)?.until).toBe('2026-11-22');
    expect(warrantyFor([earlier()], 'water', '2026-11-23', 0)).toBeNull();
    expect(warrantyFor([earlier()], 'water', '2026-08-22', 0)?.until).toBe('2026-11-22');
    expect(warrantyFor([earlier()], 'water', '2026-08-21', 0)).toBeNull();
  });
  it('is of the same sort of thing, the scope’s own rule where no line has one, and the longest of several', () => {
    expect(warrantyFor([earlier()], 'power', '2026-11-01', 0)).toBeNull();
    expect(warrantyFor([earlier({ warrantyMonths: null })], 'water', '2026-11-01', 0)).toBeNull();
    expect(warrantyFor([earlier({ warrantyMonths: null })], 'water', '2026-11-01', 3)?.orderId).toBe('a');
    expect(
      warrantyFor([earlier(), earlier({ orderId: 'b', warrantyMonths: 24 })], 'water', '2026-11-01', 3),
    ).toMatchObject({ orderId: 'b', until: '2028-08-22' });
  });
});
