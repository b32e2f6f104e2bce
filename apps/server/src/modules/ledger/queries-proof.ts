import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import { type BookKey, bookIdOf, type LedgerWall } from './tables.ts';

/** Whether the sums by account and day are what the sealed postings add up to. */
export async function areDaysRight(q: Executor, book: BookKey): Promise<boolean> {
  const [row] = await q.query<{ isRight: boolean }>(
    sql`with sealed as (
          select p.debit, p.credit, p.amount_fen, p.booked_on, (p.recorded_at at time zone 'UTC')::date as recorded_on
          from ledger.book b join ledger.posting p on p.scope_id = b.scope_id and p.book_id = b.book_id and p.xid < b.sealed_to
          where b.scope_id = ${book.scopeId} and b.book_id = ${bookIdOf(book)}),
        sums as (
          select s.account, s.booked_on, s.recorded_on, sum(s.debit_fen) as debit_fen, sum(s.credit_fen) as credit_fen, count(*) as postings
          from (select debit as account, booked_on, recorded_on, amount_fen as debit_fen, 0 as credit_fen from sealed
                union all select credit, booked_on, recorded_on, 0, amount_fen from sealed) s
          group by s.account, s.booked_on, s.recorded_on),
        days as (
          select d.account, d.booked_on, d.recorded_on, d.debit_fen::numeric as debit_fen, d.credit_fen::numeric as credit_fen, d.postings
          from ledger.account_day d where d.scope_id = ${book.scopeId} and d.book_id = ${bookIdOf(book)})
        select not exists (select * from sums except select * from days) and not exists (select * from days except select * from sums) as "isRight"`,
  );
  return row!.isRight;
}

/** Whether everybody's balance is what all their postings add up to. */
export async function areBalancesRight(
  q: Executor,
  book: BookKey,
  debitGrows: readonly string[],
): Promise<boolean> {
  const [row] = await q.query<{ isRight: boolean }>(
    sql`with sums as (
          select s.account, s.owner_id, sum(s.fen * case when s.account = any (${debitGrows}::text[]) then 1 else -1 end) as fen
          from (select p.debit as account, p.debit_of as owner_id, p.amount_fen as fen from ledger.posting p
                where p.scope_id = ${book.scopeId} and p.book_id = ${bookIdOf(book)} and p.debit_of is not null
                union all select p.credit, p.credit_of, -p.amount_fen from ledger.posting p
                where p.scope_id = ${book.scopeId} and p.book_id = ${bookIdOf(book)} and p.credit_of is not null) s
          group by s.account, s.owner_id)
        select not exists (
          select from sums s full join (
            select b.account, b.owner_id, b.balance_fen from ledger.balance b where b.scope_id = ${book.scopeId} and b.book_id = ${bookIdOf(book)}) b
            on b.account = s.account and b.owner_id = s.owner_id
          where s.fen is distinct from b.balance_fen::numeric) as "isRight"`,
  );
  return row!.isRight;
}

export interface VerificationRow {
  readonly at: Date;
  readonly byName: string | null;
  readonly blocks: number;
  readonly postings: number;
  readonly brokenBlock: number | null;
  readonly areDaysRight: boolean;
  readonly areBalancesRight: boolean;
}

export async function lastVerification(q: Executor, book: BookKey): Promise<VerificationRow | null> {
  const [row] = await q.query<VerificationRow>(
    sql`select v.at, v.by_name as "byName", v.blocks, v.postings, v.broken_block as "brokenBlock", v.are_days_right as "areDaysRight",
          v.are_balances_right as "areBalancesRight"
        from ledger.verification v where v.scope_id = ${book.scopeId} and v.book_id = ${bookIdOf(book)} order by v.at desc, v.verification_id desc limit 1`,
  );
  return row ?? null;
}

export function storeVerification(
  tx: Tx,
  wall: LedgerWall,
  given: VerificationRow & { readonly id: string; readonly by: string | null; readonly head: Buffer | null },
): void {
  tx.write(
    sql`insert into ledger.verification (scope_id, verification_id, book_id, city_id, street_id, company_id, at, by, by_name, blocks, postings,
          broken_block, are_days_right, are_balances_right, head)
        values (${wall.scopeId}, ${given.id}, ${bookIdOf(wall)}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${given.at}, ${given.by},
          ${given.byName}, ${given.blocks}, ${given.postings}, ${given.brokenBlock}, ${given.areDaysRight}, ${given.areBalancesRight}, ${given.head})`,
  );
}

export interface Unproved extends LedgerWall {
  readonly blocks: number;
  readonly head: Buffer | null;
}

/** The worker's: the book that nobody has looked through for longest, where that was before a time. */
export function booksToProve(tx: Tx, before: Date): Promise<Unproved[]> {
  return claimByScope<Unproved>(tx, {
    columns: sql`b.scope_id as "scopeId", b.city_id as "cityId", b.street_id as "streetId", b.company_id as "companyId", b.blocks, b.head`,
    from: sql`ledger.book b`,
    scope: sql`b.scope_id`,
    id: sql`b.book_id`,
    due: sql`b.blocks > 0 and not exists (
          select from ledger.verification v where v.scope_id = b.scope_id and v.book_id = b.book_id and v.at > ${before})`,
    order: sql`b.scope_id, b.book_id`,
    limit: 1,
    lock: sql`for no key update of b`,
  });
}

export interface ClosingRow extends LedgerWall {
  readonly month: string;
  readonly postings: number;
  readonly debitFen: number;
  readonly creditFen: number;
  readonly blocks: number;
  readonly head: Buffer | null;
}

/** The worker's: months that take no posting any more, all of whose postings are sealed by now. */
export function monthsToClose(tx: Tx, limit: number): Promise<ClosingRow[]> {
  return claimByScope<ClosingRow>(tx, {
    columns: sql`m.scope_id as "scopeId", m.city_id as "cityId", m.street_id as "streetId", m.company_id as "companyId", m.month, b.blocks, b.head,
          coalesce(s.debit_fen, 0) as "debitFen", coalesce(s.credit_fen, 0) as "creditFen", coalesce(s.postings, 0) as postings`,
    from: sql`ledger.period m join ledger.book b on b.scope_id = m.scope_id and b.book_id = m.book_id
          cross join lateral (
            select sum(d.debit_fen)::bigint as debit_fen, sum(d.credit_fen)::bigint as credit_fen, (sum(d.postings) / 2)::bigint as postings
            from ledger.account_day d where d.scope_id = m.scope_id and d.book_id = m.book_id
              and d.booked_on >= m.month and d.booked_on < m.month + interval '1 month') s`,
    scope: sql`m.scope_id`,
    id: sql`concat_ws(' ', m.book_id, m.month)`,
    idType: 'text',
    due: sql`m.state = 'closing' and not exists (
          select from ledger.posting p where p.scope_id = m.scope_id and p.book_id = m.book_id and p.xid >= b.sealed_to
            and p.booked_on < m.month + interval '1 month')`,
    order: sql`m.scope_id, m.book_id, m.month`,
    limit,
    lock: sql`for no key update of m`,
  });
}

export function storeClosed(tx: Tx, row: ClosingRow, now: Date): void {
  tx.write(
    sql`update ledger.period set state = 'closed', closed_at = ${now}, postings = ${row.postings}, turnover_fen = ${row.debitFen},
          block_no = ${row.blocks}, digest = ${row.head}
        where scope_id = ${row.scopeId} and book_id = ${bookIdOf(row)} and month = ${row.month}::date and state = 'closing'`,
  );
}
