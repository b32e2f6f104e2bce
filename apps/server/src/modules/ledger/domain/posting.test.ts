import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accountCode,
  addUp,
  balanceOf,
  checkPosting,
  imbalance,
  isDay,
  isSamePosting,
  kindOf,
  lastDayOf,
  mayClose,
  monthOf,
  type NewPosting,
  nextMonth,
  parseAccount,
  reversalOf,
  sideOf,
} from '../domain.ts';

const homes = ['01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-00000000000b'];
const codes = [
  ...homes.flatMap((id) => ['receivable', 'prepaid', 'deposit'].map((what) => `household:${id}:${what}`)),
  `meter:${homes[0]}:prepaid`,
  'income:property_fee',
  'discount:early',
  'provider:wechat',
  'cash:till-1',
  'bank:main',
  'surcharge',
  'suspense',
  'refund:pending',
  'common:income',
  'fund:maintenance',
];
const household = (code: string) => (code.startsWith('household:') ? code.split(':')[1] : undefined);
const aPosting = fc
  .record({
    key: fc.uuid(),
    debit: fc.constantFrom(...codes),
    credit: fc.constantFrom(...codes),
    amountFen: fc.integer({ min: 1, max: 1_000_000_000 }),
    bookedOn: fc.constantFrom('2026-01-31', '2026-02-01', '2026-11-23'),
    source: fc.record({ kind: fc.constant('test.source'), id: fc.uuid() }),
  })
  .filter(
    ({ debit, credit }) =>
      debit !== credit &&
      (household(debit) === undefined ||
        household(credit) === undefined ||
        household(debit) === household(credit)),
  );

describe('postings, whatever they are', () => {
  test('sum up to zero over all accounts', () => {
    fc.assert(
      fc.property(fc.array(aPosting, { maxLength: 60 }), (postings) => {
        expect(postings.every((posting) => checkPosting(posting).ok)).toBe(true);
        expect(imbalance(addUp(postings).values())).toBe(0);
        // On the sides the accounts grow: what one has and spends is what one owes and earns.
        let [left, right] = [0, 0];
        for (const [code, turnover] of addUp(postings)) {
          const name = unwrapped(code).name;
          if (sideOf(name) === 1) left += balanceOf(name, turnover);
          else right += balanceOf(name, turnover);
        }
        expect(left).toBe(right);
      }),
      { numRuns: 500 },
    );
  });

  test('and their reversals are nothing, in any order', () => {
    fc.assert(
      fc.property(
        fc.array(aPosting, { maxLength: 30 }),
        fc.infiniteStream(fc.nat(1_000)),
        (postings, order) => {
          const all = [...postings, ...postings.map((posting) => reversalOf<NewPosting>(posting))];
          const shuffled = all
            .map((posting) => ({ posting, at: order.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ posting }) => posting);
          for (const [code, turnover] of addUp(shuffled))
            expect(balanceOf(unwrapped(code).name, turnover)).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('are the same posting exactly when a replay says the same', () => {
    fc.assert(
      fc.property(aPosting, aPosting, (a, b) => {
        const [one, other] = [checkedOf(a), checkedOf(b)];
        expect(isSamePosting(one, one)).toBe(true);
        const isSame =
          a.debit === b.debit &&
          a.credit === b.credit &&
          a.amountFen === b.amountFen &&
          a.source.id === b.source.id;
        expect(isSamePosting(one, other)).toBe(isSame);
      }),
    );
  });
});

function unwrapped(code: string) {
  const account = parseAccount(code);
  if (!account.ok) throw new Error(code);
  return account.value;
}

function checkedOf(posting: NewPosting) {
  const checked = checkPosting(posting);
  if (!checked.ok) throw new Error(checked.error);
  return checked.value;
}

describe('the chart', () => {
  test('reads back what it writes', () => {
    for (const code of codes) expect(accountCode(unwrapped(code))).toBe(code);
  });

  test.each([
    ['household:receivable'],
    ['household:x:receivable'],
    [`household:${homes[0]}:income`],
    [`household:${homes[0]}:receivable:more`],
    [`provider:${homes[0]}:wechat`],
    ['provider:cash'],
    ['income:'],
    ['income:Parking'],
    ['income:two words'],
    [`income:${'x'.repeat(41)}`],
    ['surcharge:'],
    [''],
    [':'],
    ['income:a:b'],
  ])('%s is no account', (code) => {
    expect(parseAccount(code)).toEqual({ ok: false, error: 'no_such_account' });
  });

  test.each([
    ['household:receivable', 'asset', 1],
    ['household:prepaid', 'liability', -1],
    ['discount:early', 'expense', 1],
    ['income:parking', 'income', -1],
    ['equity:opening', 'equity', -1],
    ['cash:01900000-0000-7000-8000-00000000000a', 'asset', 1],
  ] as const)('%s is a kind of %s', (name, kind, side) => {
    expect([kindOf(name), sideOf(name)]).toEqual([kind, side]);
  });
});

describe('months', () => {
  test.each([
    ['2026-02-14', '2026-02-01', '2026-02-28', '2026-03-01'],
    ['2028-02-29', '2028-02-01', '2028-02-29', '2028-03-01'],
    ['2026-12-31', '2026-12-01', '2026-12-31', '2027-01-01'],
  ])('%s lies in %s', (day, month, last, next) => {
    expect([monthOf(day), lastDayOf(month), nextMonth(month)]).toEqual([month, last, next]);
  });

  test.each([
    // The last day itself is not over yet; the day after it is.
    ['2026-10-01', { today: '2026-10-31', closedTo: null, firstDay: '2026-10-05' }, 'not_over'],
    ['2026-10-01', { today: '2026-11-01', closedTo: null, firstDay: '2026-10-05' }, '2026-10-31'],
    ['2026-10-01', { today: '2026-11-01', closedTo: null, firstDay: '2026-09-30' }, 'earlier_open'],
    ['2026-10-01', { today: '2026-11-01', closedTo: '2026-09-30', firstDay: '2026-09-30' }, '2026-10-31'],
    ['2026-10-01', { today: '2026-12-01', closedTo: '2026-08-31', firstDay: '2026-08-30' }, 'earlier_open'],
    ['2026-10-01', { today: '2026-12-01', closedTo: '2026-10-31', firstDay: '2026-08-30' }, 'closed_already'],
    ['2026-10-01', { today: '2026-12-01', closedTo: null, firstDay: null }, '2026-10-31'],
  ])('%s with %j: %s', (month, book, expected) => {
    const closing = mayClose(month, book);
    expect(closing.ok ? closing.value.closedTo : closing.error).toBe(expected);
  });

  test.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['2026-06-31', false],
    ['2026-6-1', false],
    ['', false],
  ])('%s is a day: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });
});
