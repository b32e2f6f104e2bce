// oxlint-disable unicorn/no-useless-spread -- a row has dozens of columns: names and values stand in lines that belong together
import type { Batch } from '../../platform/db/copy.ts';
import { accountCode, checkPosting, mayFallBelowZero, type NewPosting, sideOf } from './domain.ts';
import { bookIdOf, type LedgerWall } from './tables.ts';

/** Books as rows for the bulk loader, as `post` would have written them posting by posting. They are sealed afterwards. */

export interface LoadedPosting extends NewPosting {
  /** Of the instant it was recorded at. */
  readonly id: string;
  readonly at: Date;
  readonly by: string | null;
}

/** All there is of a book, in the order in which it was recorded: balances are what it comes to. */
export interface LoadedBook {
  readonly wall: LedgerWall;
  readonly openedAt: Date;
  readonly postings: readonly LoadedPosting[];
}

interface Balance {
  readonly account: string;
  readonly ownerId: string;
  householdId: string | null;
  fen: number;
  movedAt: Date;
}

const postingColumns = [
  ...['scope_id', 'posting_id', 'book_id', 'city_id', 'street_id', 'company_id', 'household_id', 'key'],
  ...['debit', 'debit_of', 'credit', 'credit_of', 'amount_fen', 'booked_on', 'recorded_at', 'source_kind'],
  ...['source_id', 'reverses', 'recorded_by'],
];
const bookColumns = ['scope_id', 'book_id', 'city_id', 'street_id', 'company_id', 'opened_at'];
const balanceColumns = [
  ...['scope_id', 'book_id', 'owner_id', 'account', 'city_id', 'street_id', 'company_id', 'household_id'],
  ...['balance_fen', 'moved_at'],
];

/** Throws where `post` would refuse: it is a fault of whoever made them up. */
export function bookBatches(books: readonly LoadedBook[]): Batch[] {
  const opened: unknown[][] = [];
  const posted: unknown[][] = [];
  const balances: unknown[][] = [];
  for (const { wall, openedAt, postings } of books) {
    const bookId = bookIdOf(wall);
    const over = [wall.cityId, wall.streetId, wall.companyId];
    opened.push([wall.scopeId, bookId, ...over, openedAt]);
    const held = new Map<string, Balance>();
    for (const posting of postings) {
      const checked = checkPosting(posting);
      if (!checked.ok) throw new Error(`the ledger refuses ${posting.key} (${checked.error})`);
      const { key, debit, credit, amountFen, bookedOn, source, householdId, reverses } = checked.value;
      posted.push([
        ...[wall.scopeId, posting.id, bookId, ...over, householdId, key],
        ...[debit.name, debit.ownerId, credit.name, credit.ownerId, amountFen, bookedOn],
        ...[posting.at, source.kind, source.id, reverses, posting.by],
      ]);
      for (const [account, fen] of [[debit, amountFen] as const, [credit, -amountFen] as const]) {
        if (account.ownerId === null) continue;
        const balance = balanceIn(held, account.name, account.ownerId, posting.at);
        balance.fen += fen * sideOf(account.name);
        balance.movedAt = posting.at;
        balance.householdId ??= householdId;
        if (balance.fen < 0 && !mayFallBelowZero(account.name))
          throw new Error(`${posting.key} takes more than ${accountCode(account)} holds`);
      }
    }
    for (const { account, ownerId, householdId, fen, movedAt } of held.values())
      balances.push([wall.scopeId, bookId, ownerId, account, ...over, householdId, fen, movedAt]);
  }
  return [
    { table: 'ledger.book', columns: bookColumns, rows: opened },
    { table: 'ledger.posting', columns: postingColumns, rows: posted },
    { table: 'ledger.balance', columns: balanceColumns, rows: balances },
  ];
}

function balanceIn(held: Map<string, Balance>, account: string, ownerId: string, at: Date): Balance {
  const key = `${ownerId} ${account}`;
  let balance = held.get(key);
  if (balance === undefined)
    held.set(key, (balance = { account, ownerId, householdId: null, fen: 0, movedAt: at }));
  return balance;
}
