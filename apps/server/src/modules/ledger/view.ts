import type { Executor } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import {
  type Account,
  balanceOf,
  isOwned,
  kindOf,
  mayClose,
  monthOf,
  nextMonth,
  parseAccount,
} from './domain.ts';
import { postingsOfAccount } from './queries.ts';
import { type AccountSum, balancesOf } from './queries-balances.ts';
import type { BookRow, PeriodRow } from './queries-books.ts';
import type { VerificationRow } from './queries-proof.ts';
import type { At, BookKey, PostingRow } from './tables.ts';

function accountOf(code: string): Account {
  const account = parseAccount(code);
  if (!account.ok) throw new Problem('ledger.invalid', { key: code, reason: account.error });
  return account.value;
}

/** What accounts hold by their codes, now or as of a day or an instant; each on the side it grows. */
export function balances(
  q: Executor,
  book: BookKey,
  codes: readonly string[],
  at: At | null = null,
): Promise<Map<string, number>> {
  return balancesOf(q, book, codes.map(accountOf), at);
}

/** One account's postings, the latest booked first; `after` is where the page before ended. */
export function postingsOf(
  q: Executor,
  book: BookKey,
  code: string,
  range: { readonly from?: string | undefined; readonly to?: string | undefined } = {},
  page: { readonly after: readonly [bookedOn: string, id: string] | null; readonly limit: number } = {
    after: null,
    limit: 100,
  },
): Promise<PostingRow[]> {
  return postingsOfAccount(q, book, accountOf(code), range, page.after, page.limit);
}

export function bookView(row: BookRow) {
  const { scopeId, bookId, scopeName, companyName, closedTo, blocks, sealedAt, unsealed } = row;
  return {
    scopeId,
    bookId,
    scopeName,
    companyName,
    closedTo,
    blocks,
    sealedAt: sealedAt?.toISOString() ?? null,
    unsealed,
  };
}

export function accountView(sum: AccountSum) {
  return {
    ...sum,
    kind: kindOf(sum.account)!,
    isOwned: isOwned(sum.account),
    balanceFen: balanceOf(sum.account, sum),
  };
}

/** The households whose accounts these postings moved. */
export function ownersIn(rows: readonly PostingRow[]): string[] {
  return [
    ...new Set(
      rows.flatMap(({ debit, credit }) =>
        [accountOf(debit), accountOf(credit)].flatMap(({ name, ownerId }) =>
          ownerId !== null && name.startsWith('household:') ? [ownerId] : [],
        ),
      ),
    ),
  ];
}

export function postingView(row: PostingRow, homes: ReadonlyMap<string, string>) {
  const side = (code: string) => {
    const { name, ownerId } = accountOf(code);
    return { account: code, name, ownerId, label: ownerId === null ? null : (homes.get(ownerId) ?? null) };
  };
  const { recordedBy: _by, recordedAt, debit, credit, ...rest } = row;
  return { ...rest, recordedAt: recordedAt.toISOString(), debit: side(debit), credit: side(credit) };
}

export function verificationView({ at, ...row }: VerificationRow) {
  return {
    ...row,
    at: at.toISOString(),
    isRight: row.brokenBlock === null && row.areDaysRight && row.areBalancesRight,
  };
}

/** Every month from the first to this one, the latest first; what is not closed is open. */
export function periodsView(
  periods: readonly PeriodRow[],
  firstDay: string | null,
  closedTo: string | null,
  today: string,
) {
  const known = new Map(periods.map((period) => [period.month, period]));
  const months: string[] = [];
  const first = [firstDay ?? today, ...known.keys()].sort()[0]!;
  for (let month = monthOf(first); month <= today && months.length < 240; month = nextMonth(month))
    months.push(month);
  return months.toReversed().map((month) => {
    const period = known.get(month);
    return {
      month,
      state: period?.state ?? ('open' as const),
      mayClose: period === undefined && mayClose(month, { today, closedTo, firstDay }).ok,
      askedAt: period?.askedAt.toISOString() ?? null,
      askedByName: period?.askedByName ?? null,
      closedAt: period?.closedAt?.toISOString() ?? null,
      postings: period?.postings ?? null,
      turnoverFen: period?.turnoverFen ?? null,
      blockNo: period?.blockNo ?? null,
      digest: period?.digest?.toString('hex') ?? null,
    };
  });
}
