import type { Executor, Tx } from '../../platform/db/database.ts';
import { type Field, listLiteral } from '../../platform/db/records.ts';
import { empty, join, sql, type Statement } from '../../platform/db/sql.ts';
import { type Account, accountCode, type CheckedPosting, sideOf } from './domain.ts';
import { type BookKey, bookIdOf, type LedgerWall, type PostingRow } from './tables.ts';

/** One lock for each book, in memory only: postings share it, the closing of a month has it alone. */
const lockOf = (book: BookKey) =>
  sql`pg_catalog.hashtextextended(${`ledger ${book.scopeId} ${bookIdOf(book)}`}, 0)`;

export function shareBook(tx: Tx, book: BookKey): void {
  tx.write(sql`select pg_catalog.pg_advisory_xact_lock_shared(${lockOf(book)})`);
}

export function holdBook(tx: Tx, book: BookKey): void {
  tx.write(sql`select pg_catalog.pg_advisory_xact_lock(${lockOf(book)})`);
}

export function openBook(tx: Tx, wall: LedgerWall, now: Date): void {
  tx.write(
    sql`insert into ledger.book (scope_id, book_id, city_id, street_id, company_id, opened_at)
        values (${wall.scopeId}, ${bookIdOf(wall)}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${now})
        on conflict (scope_id, book_id) do nothing`,
  );
}

export interface Added {
  /** The ids of what was added; what is missing was there before, or its month is closed. */
  readonly added: readonly string[];
  /** Somebody's accounts after what was added. */
  readonly balances: readonly { account: string; ownerId: string; balanceFen: number }[];
}

/**
 * One statement, whatever the number: the postings that are new, and the balances they move. Nothing in it is joined with
 * what was given: of a single payment's posting, the joins cost more than the rows.
 */
export async function addPostings(
  tx: Tx,
  wall: LedgerWall,
  by: string | null,
  rows: readonly (CheckedPosting & { readonly id: string })[],
  recordedAt: Date,
): Promise<Added> {
  const column = (of: (row: CheckedPosting & { readonly id: string }) => Field) => listLiteral(rows.map(of));
  const names = new Set(rows.flatMap(({ debit, credit }) => [debit.name, credit.name]));
  const growByCredit = [...names].filter((name) => sideOf(name) === -1);
  const [row] = await tx.query<Added>(
    sql`with added as (
          insert into ledger.posting (scope_id, posting_id, book_id, city_id, street_id, company_id, household_id, key, debit, debit_of, credit,
            credit_of, amount_fen, booked_on, recorded_at, source_kind, source_id, reverses, recorded_by)
          select b.scope_id, g.id, b.book_id, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, g.household_id, g.key, g.debit, g.debit_of,
            g.credit, g.credit_of, g.amount_fen, g.booked_on, ${recordedAt}, g.source_kind, g.source_id, g.reverses, ${by}
          from ledger.book b cross join unnest(${column(({ id }) => id)}::uuid[], ${column((p) => p.key)}::text[],
            ${column((p) => p.debit.name)}::text[], ${column((p) => p.debit.ownerId)}::uuid[], ${column((p) => p.credit.name)}::text[],
            ${column((p) => p.credit.ownerId)}::uuid[], ${column((p) => p.amountFen)}::bigint[], ${column((p) => p.bookedOn)}::date[],
            ${column((p) => p.source.kind)}::text[], ${column((p) => p.source.id)}::uuid[], ${column((p) => p.householdId)}::uuid[],
            ${column((p) => p.reverses)}::uuid[])
            as g (id, key, debit, debit_of, credit, credit_of, amount_fen, booked_on, source_kind, source_id, household_id, reverses)
          where b.scope_id = ${wall.scopeId} and b.book_id = ${bookIdOf(wall)} and (b.closed_to is null or g.booked_on > b.closed_to)
          on conflict (scope_id, key) do nothing
          returning posting_id, debit, debit_of, credit, credit_of, amount_fen, household_id
        ), moves as (
          select m.account, m.owner_id, max(m.household_id::text)::uuid as household_id,
            sum(case when m.is_debit = (m.account <> all (${growByCredit}::text[])) then m.fen else -m.fen end)::bigint as fen
          from added a cross join lateral (values (a.debit, a.debit_of, true, a.amount_fen, a.household_id),
              (a.credit, a.credit_of, false, a.amount_fen, a.household_id)) as m (account, owner_id, is_debit, fen, household_id)
          where m.owner_id is not null group by m.account, m.owner_id order by m.owner_id, m.account
        ), moved as (
          insert into ledger.balance as b (scope_id, book_id, owner_id, account, city_id, street_id, company_id, household_id, balance_fen, moved_at)
          select ${wall.scopeId}, ${bookIdOf(wall)}, m.owner_id, m.account, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, m.household_id, m.fen,
            ${recordedAt}
          from moves m
          on conflict (scope_id, book_id, owner_id, account) do update
            set balance_fen = b.balance_fen + excluded.balance_fen, moved_at = excluded.moved_at
          returning b.account, b.owner_id, b.balance_fen
        )
        select array(select posting_id from added) as added,
          coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('account', account, 'ownerId', owner_id, 'balanceFen', balance_fen))
            from moved), '[]') as balances`,
  );
  return row!;
}

interface StoredPosting {
  id: string;
  key: string;
  debit: string;
  debitOf: string | null;
  credit: string;
  creditOf: string | null;
  amountFen: number;
  bookedOn: string;
  recordedAt: Date;
  sourceKind: string;
  sourceId: string;
  householdId: string | null;
  reverses: string | null;
  reversedBy: string | null;
  recordedBy: string | null;
}

const columns = sql`p.posting_id as id, p.key, p.debit, p.debit_of as "debitOf", p.credit, p.credit_of as "creditOf", p.amount_fen as "amountFen",
  p.booked_on as "bookedOn", p.recorded_at as "recordedAt", p.source_kind as "sourceKind", p.source_id as "sourceId",
  p.household_id as "householdId", p.reverses, p.recorded_by as "recordedBy",
  (select r.posting_id from ledger.posting r where r.scope_id = p.scope_id and r.reverses = p.posting_id) as "reversedBy"`;

function toRow(row: StoredPosting): PostingRow {
  const { debitOf, creditOf, sourceKind, sourceId, ...rest } = row;
  return {
    ...rest,
    debit: accountCode({ name: row.debit, ownerId: debitOf }),
    credit: accountCode({ name: row.credit, ownerId: creditOf }),
    source: { kind: sourceKind, id: sourceId },
  };
}

export async function postingsByKey(
  q: Executor,
  scopeId: string,
  keys: readonly string[],
): Promise<PostingRow[]> {
  const rows = await q.query<StoredPosting>(
    sql`select ${columns} from ledger.posting p where p.scope_id = ${scopeId} and p.key = any (${keys}::text[])`,
  );
  return rows.map(toRow);
}

export async function postingsById(
  q: Executor,
  scopeId: string,
  ids: readonly string[],
): Promise<PostingRow[]> {
  const rows = await q.query<StoredPosting>(
    sql`select ${columns} from ledger.posting p where p.scope_id = ${scopeId} and p.posting_id = any (${ids}::uuid[])`,
  );
  return rows.map(toRow);
}

/** What a bill line, a payment or a refund has moved. */
export async function postingsOfSource(
  q: Executor,
  scopeId: string,
  source: { readonly kind: string; readonly id: string },
): Promise<PostingRow[]> {
  const rows = await q.query<StoredPosting>(
    sql`select ${columns} from ledger.posting p
        where p.scope_id = ${scopeId} and p.source_id = ${source.id} and p.source_kind = ${source.kind} order by p.posting_id`,
  );
  return rows.map(toRow);
}

/** A piece of one account's postings, the latest booked first. */
export async function postingsOfAccount(
  q: Executor,
  book: BookKey,
  account: Account,
  range: { readonly from?: string | undefined; readonly to?: string | undefined },
  after: readonly [bookedOn: string, id: string] | null,
  limit: number,
): Promise<PostingRow[]> {
  const side = (name: 'debit' | 'credit'): Statement => {
    const [isAccount, isOwner] =
      name === 'debit'
        ? [
            sql`p.debit = ${account.name}`,
            account.ownerId === null ? sql`p.debit_of is null` : sql`p.debit_of = ${account.ownerId}`,
          ]
        : [
            sql`p.credit = ${account.name}`,
            account.ownerId === null ? sql`p.credit_of is null` : sql`p.credit_of = ${account.ownerId}`,
          ];
    return sql`(select p.* from ledger.posting p
      where p.scope_id = ${book.scopeId} and p.book_id = ${bookIdOf(book)} and ${isAccount} and ${isOwner}
        ${range.from === undefined ? empty : sql`and p.booked_on >= ${range.from}::date`}
        ${range.to === undefined ? empty : sql`and p.booked_on <= ${range.to}::date`}
        ${after === null ? empty : sql`and (p.booked_on, p.posting_id) < (${after[0]}::date, ${after[1]}::uuid)`}
      order by p.booked_on desc, p.posting_id desc limit ${limit})`;
  };
  const rows = await q.query<StoredPosting>(
    sql`select ${columns} from (${join([side('debit'), side('credit')], ' union all ')}) p
        order by p.booked_on desc, p.posting_id desc limit ${limit}`,
  );
  return rows.map(toRow);
}
