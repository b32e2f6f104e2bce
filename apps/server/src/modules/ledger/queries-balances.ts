import { firstIdOf } from '../../platform/db/actor.ts';
import type { Executor } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import { type Account, accountCode, balanceOf, isOwned, type Turnover } from './domain.ts';
import { type At, type BookKey, bookIdOf } from './tables.ts';

/** A day no book reaches. */
const endOfTime = '9999-12-31';

export interface AccountSum extends Turnover {
  readonly account: string;
  readonly postings: number;
}

/**
 * Every account's turnover until a day or an instant; somebody's accounts together under their account's name. What is
 * sealed comes added up by day, what is not from the postings themselves, so that the sums are exact at any moment.
 */
export function accountSums(q: Executor, book: BookKey, at: At | null): Promise<AccountSum[]> {
  return at !== null && 'instant' in at
    ? sumsRecordedBy(q, book, at.instant)
    : sumsBookedUntil(q, book, at?.day ?? endOfTime);
}

function sumsBookedUntil(q: Executor, book: BookKey, day: string): Promise<AccountSum[]> {
  return q.query(
    sql`with open as (
          select p.debit, p.credit, p.amount_fen from ledger.book b
            join ledger.posting p on p.scope_id = b.scope_id and p.xid >= b.sealed_to and p.book_id = b.book_id
          where b.scope_id = ${book.scopeId} and b.book_id = ${bookIdOf(book)} and p.booked_on <= ${day}::date)
        select s.account, sum(s.debit_fen)::bigint as "debitFen", sum(s.credit_fen)::bigint as "creditFen", sum(s.postings)::bigint as postings
        from (select d.account, d.debit_fen, d.credit_fen, d.postings from ledger.account_day d
              where d.scope_id = ${book.scopeId} and d.book_id = ${bookIdOf(book)} and d.booked_on <= ${day}::date
              union all select debit, amount_fen, 0, 1 from open
              union all select credit, 0, amount_fen, 1 from open) s
        group by s.account order by s.account`,
  );
}

/** Ids tell when something was recorded: of the instant's own day, and of what is not sealed, each posting is asked. */
function sumsRecordedBy(q: Executor, book: BookKey, instant: Date): Promise<AccountSum[]> {
  const day = instant.toISOString().slice(0, 10);
  const dawn = firstIdOf(Date.parse(`${day}T00:00:00Z`));
  const after = firstIdOf(instant.getTime() + 1);
  return q.query(
    sql`with open as (
          select p.debit, p.credit, p.amount_fen from ledger.posting p
          where p.scope_id = ${book.scopeId} and p.book_id = ${bookIdOf(book)} and p.posting_id >= ${dawn} and p.posting_id < ${after}
          union all
          select p.debit, p.credit, p.amount_fen from ledger.book b
            join ledger.posting p on p.scope_id = b.scope_id and p.xid >= b.sealed_to and p.book_id = b.book_id
          where b.scope_id = ${book.scopeId} and b.book_id = ${bookIdOf(book)} and p.posting_id < ${dawn})
        select s.account, sum(s.debit_fen)::bigint as "debitFen", sum(s.credit_fen)::bigint as "creditFen", sum(s.postings)::bigint as postings
        from (select d.account, d.debit_fen, d.credit_fen, d.postings from ledger.account_day d
              where d.scope_id = ${book.scopeId} and d.book_id = ${bookIdOf(book)} and d.recorded_on < ${day}::date
              union all select debit, amount_fen, 0, 1 from open
              union all select credit, 0, amount_fen, 1 from open) s
        group by s.account order by s.account`,
  );
}

/** What somebody's accounts hold now: one row each. Accounts nobody has posted to hold nothing and have no row. */
export async function heldBy(
  q: Executor,
  book: BookKey,
  owned: readonly Account[],
): Promise<{ account: string; ownerId: string; balanceFen: number }[]> {
  return q.query(
    sql`select b.account, b.owner_id as "ownerId", b.balance_fen as "balanceFen" from ledger.balance b
        join unnest(${owned.map(({ ownerId }) => ownerId)}::uuid[], ${owned.map(({ name }) => name)}::text[]) as a (owner_id, account)
          on a.owner_id = b.owner_id and a.account = b.account
        where b.scope_id = ${book.scopeId} and b.book_id = ${bookIdOf(book)}`,
  );
}

/** Of one account and its owner until a day or an instant, from the postings: somebody has a few hundred. */
async function turnoverOf(q: Executor, book: BookKey, account: Account, at: At): Promise<Turnover> {
  const { name, ownerId } = account;
  const day = 'day' in at ? at.day : endOfTime;
  const before = firstIdOf('instant' in at ? at.instant.getTime() + 1 : Date.parse(`${endOfTime}T00:00:00Z`));
  const [row] = await q.query<Turnover>(
    sql`select
          (select coalesce(sum(p.amount_fen), 0)::bigint from ledger.posting p
           where p.scope_id = ${book.scopeId} and p.book_id = ${bookIdOf(book)} and p.debit = ${name} and p.debit_of = ${ownerId}
             and p.booked_on <= ${day}::date and p.posting_id < ${before}) as "debitFen",
          (select coalesce(sum(p.amount_fen), 0)::bigint from ledger.posting p
           where p.scope_id = ${book.scopeId} and p.book_id = ${bookIdOf(book)} and p.credit = ${name} and p.credit_of = ${ownerId}
             and p.booked_on <= ${day}::date and p.posting_id < ${before}) as "creditFen"`,
  );
  return row!;
}

/**
 * What accounts hold, each on the side it grows, by account code; what nothing was posted to holds 0. Without `at`: now,
 * with what this transaction has posted. A household's account as it was then counts what its reader may see.
 */
export async function balancesOf(
  q: Executor,
  book: BookKey,
  accounts: readonly Account[],
  at: At | null,
): Promise<Map<string, number>> {
  const held = new Map(accounts.map((account) => [accountCode(account), 0]));
  const owned = accounts.filter(({ name }) => isOwned(name));
  const common = accounts.filter(({ name }) => !isOwned(name));
  if (owned.length > 0 && at === null)
    for (const { account, ownerId, balanceFen } of await heldBy(q, book, owned))
      held.set(accountCode({ name: account, ownerId }), balanceFen);
  if (at !== null)
    for (const account of owned)
      held.set(accountCode(account), balanceOf(account.name, await turnoverOf(q, book, account, at)));
  if (common.length > 0) {
    const asked = new Set(common.map(({ name }) => name));
    for (const sum of await accountSums(q, book, at))
      if (asked.has(sum.account)) held.set(sum.account, balanceOf(sum.account, sum));
  }
  return held;
}

/** Whose balances an account is made of, the largest first; who has nothing is left out. */
export function ownersOf(
  q: Executor,
  book: BookKey,
  account: string,
  after: readonly [balanceFen: number, ownerId: string] | null,
  limit: number,
): Promise<{ ownerId: string; balanceFen: number; movedAt: Date }[]> {
  return q.query(
    sql`select b.owner_id as "ownerId", b.balance_fen as "balanceFen", b.moved_at as "movedAt" from ledger.balance b
        where b.scope_id = ${book.scopeId} and b.book_id = ${bookIdOf(book)} and b.account = ${account} and b.balance_fen <> 0
          ${after === null ? empty : sql`and (b.balance_fen, b.owner_id) < (${after[0]}::bigint, ${after[1]}::uuid)`}
        order by b.balance_fen desc, b.owner_id desc limit ${limit}`,
  );
}
