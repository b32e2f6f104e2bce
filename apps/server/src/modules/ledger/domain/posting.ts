import { err, ok, type Result } from '@gongzhi/kernel';
import { type Account, accountCode, parseAccount, sideOf } from './chart.ts';

/** An amount that moves from the credit account to the debit account. Nothing else changes what an account holds. */
export interface NewPosting {
  /** Who names it thus a second time means the posting that is there: `<source>:<id>…`, at most 120 characters. */
  readonly key: string;
  readonly debit: string;
  readonly credit: string;
  /** Whole fen of yuan (CNY), more than none. */
  readonly amountFen: number;
  /** The place's own day, `2026-11-23`. */
  readonly bookedOn: string;
  /** What it comes from: `billing.line`, `payments.payment`, … and its id. */
  readonly source: { readonly kind: string; readonly id: string };
  /** Who may see it besides the staff; known by itself where an account is a household's. */
  readonly householdId?: string | null;
  readonly reverses?: string | null;
}

export type PostingFault =
  | 'amount'
  | 'account'
  | 'same_account'
  | 'two_households'
  | 'key'
  | 'day'
  | 'source';

export interface CheckedPosting {
  readonly key: string;
  readonly debit: Account;
  readonly credit: Account;
  readonly amountFen: number;
  readonly bookedOn: string;
  readonly source: { readonly kind: string; readonly id: string };
  readonly householdId: string | null;
  readonly reverses: string | null;
}

const day = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const key = /^[!-~]{1,120}$/;
const source = /^[a-z_]+\.[a-z_]+$/;

export function checkPosting(given: NewPosting): Result<CheckedPosting, PostingFault> {
  if (!Number.isSafeInteger(given.amountFen) || given.amountFen <= 0) return err('amount');
  if (!key.test(given.key)) return err('key');
  if (!isDay(given.bookedOn)) return err('day');
  if (!source.test(given.source.kind)) return err('source');
  const debit = parseAccount(given.debit);
  const credit = parseAccount(given.credit);
  if (!debit.ok || !credit.ok) return err('account');
  if (accountCode(debit.value) === accountCode(credit.value)) return err('same_account');
  const homes = new Set(
    [householdOf(debit.value), householdOf(credit.value), given.householdId ?? null].filter(
      (id) => id !== null,
    ),
  );
  if (homes.size > 1) return err('two_households');
  return ok({
    key: given.key,
    debit: debit.value,
    credit: credit.value,
    amountFen: given.amountFen,
    bookedOn: given.bookedOn,
    source: { kind: given.source.kind, id: given.source.id },
    householdId: [...homes][0] ?? null,
    reverses: given.reverses ?? null,
  });
}

/** A day that is in the calendar: the 31st of June is none. */
export function isDay(text: string): boolean {
  return day.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

function householdOf({ name, ownerId }: Account): string | null {
  return name.startsWith('household:') ? ownerId : null;
}

/** The same amount the other way: together they are nothing. */
export function reversalOf<P extends Pick<NewPosting, 'debit' | 'credit' | 'amountFen'>>(posting: P): P {
  return { ...posting, debit: posting.credit, credit: posting.debit };
}

/** Whether a second posting under the same key says the same. Who recorded it, and when, may differ. */
export function isSamePosting(a: CheckedPosting, b: CheckedPosting): boolean {
  return (
    accountCode(a.debit) === accountCode(b.debit) &&
    accountCode(a.credit) === accountCode(b.credit) &&
    a.amountFen === b.amountFen &&
    a.source.kind === b.source.kind &&
    a.source.id === b.source.id &&
    a.reverses === b.reverses
  );
}

/** What debits and credits came to, by account. */
export interface Turnover {
  readonly debitFen: number;
  readonly creditFen: number;
}

/** On the side the account grows: what is owed, prepaid, earned. */
export function balanceOf(account: string, { debitFen, creditFen }: Turnover): number {
  const balance = (debitFen - creditFen) * sideOf(account);
  return balance === 0 ? 0 : balance;
}

/** Of all accounts together debits and credits are the same; the difference is what was lost or doubled. */
export function imbalance(turnovers: Iterable<Turnover>): number {
  let difference = 0;
  for (const { debitFen, creditFen } of turnovers) difference += debitFen - creditFen;
  return difference;
}

/** Adds postings up by account code; the reference that what is stored is held against. */
export function addUp(
  postings: Iterable<Pick<NewPosting, 'debit' | 'credit' | 'amountFen'>>,
): Map<string, Turnover> {
  const sums = new Map<string, { debitFen: number; creditFen: number }>();
  const of = (code: string) => {
    let sum = sums.get(code);
    if (sum === undefined) sums.set(code, (sum = { debitFen: 0, creditFen: 0 }));
    return sum;
  };
  for (const { debit, credit, amountFen } of postings) {
    of(debit).debitFen += amountFen;
    of(credit).creditFen += amountFen;
  }
  return sums;
}
