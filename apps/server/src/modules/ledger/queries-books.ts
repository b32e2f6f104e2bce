import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Visibility } from '../../platform/live/live.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { withinReach } from './reach.ts';
import { type BookKey, bookIdOf, type LedgerWall } from './tables.ts';

export interface BookRow extends LedgerWall {
  readonly bookId: string;
  readonly scopeName: string;
  readonly timeZone: string;
  readonly companyName: string | null;
  readonly closedTo: string | null;
  readonly blocks: number;
  readonly head: Buffer | null;
  readonly sealedAt: Date | null;
  readonly unsealed: number;
}

const ofBook = sql`b.scope_id as "scopeId", b.book_id as "bookId", b.city_id as "cityId", b.street_id as "streetId", b.company_id as "companyId",
  s.name as "scopeName", s.time_zone as "timeZone", c.name as "companyName", b.closed_to as "closedTo", b.blocks, b.head, b.sealed_at as "sealedAt",
  (select count(*) from ledger.posting p where p.scope_id = b.scope_id and p.book_id = b.book_id and p.xid >= b.sealed_to) as unsealed`;

/** Books this reader reaches, by the names of their places. */
export function listBooks(
  q: Executor,
  acting: Acting,
  after: readonly [name: string, bookId: string] | null,
  limit: number,
): Promise<BookRow[]> {
  return q.query(
    sql`select ${ofBook} from ledger.book b join places.scope s on s.scope_id = b.scope_id
          left join places.scope c on c.scope_id = b.company_id
        where ${withinReach(acting, 'b')} and (${after?.[0] ?? null}::text is null or (s.name, b.book_id) > (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid))
        order by s.name, b.book_id limit ${limit}`,
  );
}

/** One book of a compound: the one asked for, or the one of whoever serves it now. */
export async function findBook(q: Executor, scopeId: string, bookId: string): Promise<BookRow | null> {
  const [row] = await q.query<BookRow>(
    sql`select ${ofBook} from ledger.book b join places.scope s on s.scope_id = b.scope_id
          left join places.scope c on c.scope_id = b.company_id
        where b.scope_id = ${scopeId} and b.book_id = ${bookId}`,
  );
  return row ?? null;
}

export const visibleBooks: Visibility = async (q, _acting, objects) => {
  const rows = await q.query<{ id: string }>(
    sql`select b.book_id as id from ledger.book b
        where b.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and b.book_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};

/** The first day anything is booked on. */
export async function firstDayOf(q: Executor, book: BookKey): Promise<string | null> {
  const [row] = await q.query<{ day: string | null }>(
    sql`select least(
          (select min(d.booked_on) from ledger.account_day d where d.scope_id = ${book.scopeId} and d.book_id = ${bookIdOf(book)}),
          (select min(p.booked_on) from ledger.book b join ledger.posting p on p.scope_id = b.scope_id and p.book_id = b.book_id and p.xid >= b.sealed_to
           where b.scope_id = ${book.scopeId} and b.book_id = ${bookIdOf(book)})) as day`,
  );
  return row?.day ?? null;
}

export interface PeriodRow {
  readonly month: string;
  readonly state: 'closing' | 'closed';
  readonly askedAt: Date;
  readonly askedByName: string;
  readonly closedAt: Date | null;
  readonly postings: number | null;
  readonly turnoverFen: number | null;
  readonly blockNo: number | null;
  readonly digest: Buffer | null;
}

export function listPeriods(q: Executor, book: BookKey): Promise<PeriodRow[]> {
  return q.query(
    sql`select p.month, p.state, p.asked_at as "askedAt", p.asked_by_name as "askedByName", p.closed_at as "closedAt", p.postings,
          p.turnover_fen as "turnoverFen", p.block_no as "blockNo", p.digest
        from ledger.period p where p.scope_id = ${book.scopeId} and p.book_id = ${bookIdOf(book)} order by p.month desc limit 120`,
  );
}

export async function lockBook(tx: Tx, book: BookKey): Promise<{ closedTo: string | null } | null> {
  const [row] = await tx.query<{ closedTo: string | null }>(
    sql`select b.closed_to as "closedTo" from ledger.book b
        where b.scope_id = ${book.scopeId} and b.book_id = ${bookIdOf(book)} for no key update`,
  );
  return row ?? null;
}

export function storeClosing(
  tx: Tx,
  wall: LedgerWall,
  given: {
    readonly month: string;
    readonly closedTo: string;
    readonly by: string;
    readonly byName: string;
    readonly now: Date;
  },
): void {
  tx.write(
    sql`update ledger.book set closed_to = ${given.closedTo}::date where scope_id = ${wall.scopeId} and book_id = ${bookIdOf(wall)}`,
  );
  tx.write(
    sql`insert into ledger.period (scope_id, book_id, month, city_id, street_id, company_id, state, asked_at, asked_by, asked_by_name)
        values (${wall.scopeId}, ${bookIdOf(wall)}, ${given.month}::date, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, 'closing', ${given.now},
          ${given.by}, ${given.byName})`,
  );
}
