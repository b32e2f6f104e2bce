import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import { type BookKey, bookIdOf } from './tables.ts';

export interface UnsealedBook {
  readonly scopeId: string;
  readonly bookId: string;
  readonly sealedTo: string;
  readonly blocks: number;
  readonly head: Buffer | null;
  /** Every transaction below it has ended: what it recorded is there, what is not there never comes. */
  readonly horizon: string;
}

/**
 * The worker's: books of all places with something new to seal. The next posting of each is looked for by itself: asked
 * whether one exists, the planner reads all that were ever written.
 */
export function booksToSeal(tx: Tx, limit: number): Promise<UnsealedBook[]> {
  return claimByScope<UnsealedBook>(tx, {
    columns: sql`b.scope_id as "scopeId", b.book_id as "bookId", b.sealed_to::text as "sealedTo", b.blocks, b.head,
          pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text as horizon`,
    from: sql`ledger.book b cross join lateral (
          select from ledger.posting p where p.scope_id = b.scope_id and p.book_id = b.book_id and p.xid >= b.sealed_to
            and p.xid < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())
          order by p.xid limit 1) new`,
    scope: sql`b.scope_id`,
    id: sql`b.book_id`,
    due: sql`true`,
    order: sql`b.scope_id, b.book_id`,
    limit,
    lock: sql`for no key update of b`,
  });
}

/** Another worker may have sealed it since it was looked for: then nothing is new, and no block is made. */
export async function sealBlock(tx: Tx, book: UnsealedBook, now: Date): Promise<void> {
  await tx.query(
    sql`insert into ledger.block (scope_id, book_id, block_no, city_id, street_id, company_id, from_xid, to_xid, postings, amount_fen, digest, sealed_at)
        select b.scope_id, b.book_id, b.blocks + 1, b.city_id, b.street_id, b.company_id, b.sealed_to, ${book.horizon}::xid8, s.postings, s.amount_fen,
          ledger.block_digest(b.head, b.blocks + 1, s.postings, s.amount_fen, s.digests), ${now}
        from ledger.book b cross join lateral (
          select count(*) as postings, sum(p.amount_fen)::bigint as amount_fen,
            string_agg(ledger.posting_digest(p), ''::bytea order by p.posting_id) as digests
          from ledger.posting p
          where p.scope_id = b.scope_id and p.book_id = b.book_id and p.xid >= b.sealed_to and p.xid < ${book.horizon}::xid8) s
        where b.scope_id = ${book.scopeId} and b.book_id = ${book.bookId} and s.postings > 0`,
  );
}

export function addUpDays(tx: Tx, book: UnsealedBook): void {
  tx.write(
    sql`with new as (
          select p.debit, p.credit, p.amount_fen, p.booked_on, (p.recorded_at at time zone 'UTC')::date as recorded_on
          from ledger.posting p
          where p.scope_id = ${book.scopeId} and p.book_id = ${book.bookId} and p.xid >= ${book.sealedTo}::xid8 and p.xid < ${book.horizon}::xid8)
        insert into ledger.account_day as d
          (scope_id, book_id, account, booked_on, recorded_on, city_id, street_id, company_id, debit_fen, credit_fen, postings)
        select b.scope_id, b.book_id, s.account, s.booked_on, s.recorded_on, b.city_id, b.street_id, b.company_id, sum(s.debit_fen), sum(s.credit_fen),
          count(*)
        from ledger.book b cross join (
          select debit as account, booked_on, recorded_on, amount_fen as debit_fen, 0 as credit_fen from new
          union all select credit, booked_on, recorded_on, 0, amount_fen from new) s
        where b.scope_id = ${book.scopeId} and b.book_id = ${book.bookId}
        group by b.scope_id, b.book_id, b.city_id, b.street_id, b.company_id, s.account, s.booked_on, s.recorded_on
        on conflict (scope_id, book_id, account, booked_on, recorded_on) do update
          set debit_fen = d.debit_fen + excluded.debit_fen, credit_fen = d.credit_fen + excluded.credit_fen, postings = d.postings + excluded.postings`,
  );
}

export function moveSeal(tx: Tx, book: UnsealedBook, now: Date): void {
  tx.write(
    sql`update ledger.book b set sealed_to = ${book.horizon}::xid8, blocks = k.block_no, head = k.digest, sealed_at = ${now}
        from ledger.block k
        where b.scope_id = ${book.scopeId} and b.book_id = ${book.bookId} and k.scope_id = b.scope_id and k.book_id = b.book_id
          and k.block_no = ${book.blocks + 1}`,
  );
}

/** Blocks in a row, each with what its postings say now. */
export interface BlockCheck {
  readonly blockNo: number;
  readonly postings: number;
  readonly isRight: boolean;
}

export function checkBlocks(q: Executor, book: BookKey, after: number, limit: number): Promise<BlockCheck[]> {
  return q.query(
    sql`select k.block_no as "blockNo", k.postings,
          k.from_xid = coalesce(e.to_xid, '0') and (e.block_no is not null or k.block_no = 1)
            and k.postings = s.postings and k.amount_fen = coalesce(s.amount_fen, 0)
            and k.digest = ledger.block_digest(e.digest, k.block_no, s.postings, coalesce(s.amount_fen, 0), coalesce(s.digests, '')) as "isRight"
        from ledger.block k
          left join ledger.block e on e.scope_id = k.scope_id and e.book_id = k.book_id and e.block_no = k.block_no - 1
          cross join lateral (
            select count(*) as postings, sum(p.amount_fen)::bigint as amount_fen,
              string_agg(ledger.posting_digest(p), ''::bytea order by p.posting_id) as digests
            from ledger.posting p
            where p.scope_id = k.scope_id and p.book_id = k.book_id and p.xid >= k.from_xid and p.xid < k.to_xid) s
        where k.scope_id = ${book.scopeId} and k.book_id = ${bookIdOf(book)} and k.block_no > ${after}
        order by k.block_no limit ${limit}`,
  );
}
