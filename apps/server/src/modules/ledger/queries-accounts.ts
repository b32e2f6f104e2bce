import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import type { Visibility } from '../../platform/live/live.ts';
import type { Figures, Line, Section } from './domain.ts';
import { visibleBooks } from './queries-books.ts';
import { type BookKey, bookIdOf, type LedgerWall } from './tables.ts';

export interface EntryRow {
  readonly id: string;
  readonly section: Section;
  readonly item: string;
  readonly amountFen: number;
  readonly occurredOn: string;
  readonly bookedOn: string;
  readonly note: string | null;
  readonly postingId: string;
  readonly enteredAt: Date;
  readonly enteredByName: string;
  readonly withdrawnAt: Date | null;
  readonly withdrawnByName: string | null;
  readonly withdrawnReason: string | null;
  readonly fileIds: readonly string[];
}

/** What pictures of papers are attached as. */
export const entryType = 'ledger.entry';

const ofEntry = sql`e.entry_id as id, e.section, e.item, e.amount_fen as "amountFen", e.occurred_on as "occurredOn", e.booked_on as "bookedOn", e.note,
  e.posting_id as "postingId", e.entered_at as "enteredAt", e.entered_by_name as "enteredByName", e.withdrawn_at as "withdrawnAt",
  e.withdrawn_by_name as "withdrawnByName", e.withdrawn_reason as "withdrawnReason",
  array(select f.file_id from platform.file f where f.scope_id = e.scope_id and f.attached_id = e.entry_id and f.attached_type = ${entryType}
    order by f.file_id) as "fileIds"`;

export function listEntries(
  q: Executor,
  book: BookKey,
  after: readonly [string, string] | null,
  limit: number,
): Promise<EntryRow[]> {
  return q.query(
    sql`select ${ofEntry} from ledger.entry e
        where e.scope_id = ${book.scopeId} and e.book_id = ${bookIdOf(book)}
          ${after === null ? empty : sql`and (e.occurred_on, e.entry_id) < (${after[0]}::date, ${after[1]}::uuid)`}
        order by e.occurred_on desc, e.entry_id desc limit ${limit}`,
  );
}

export async function findEntry(q: Executor, scopeId: string, id: string): Promise<EntryRow | null> {
  const [row] = await q.query<EntryRow>(
    sql`select ${ofEntry} from ledger.entry e where e.scope_id = ${scopeId} and e.entry_id = ${id}`,
  );
  return row ?? null;
}

export function storeEntry(
  tx: Tx,
  wall: LedgerWall,
  entry: Pick<
    EntryRow,
    'id' | 'section' | 'item' | 'amountFen' | 'occurredOn' | 'bookedOn' | 'note' | 'postingId'
  >,
  by: { readonly accountId: string; readonly displayName: string },
  now: Date,
): void {
  tx.write(
    sql`insert into ledger.entry (scope_id, entry_id, book_id, city_id, street_id, company_id, section, item, amount_fen, occurred_on, booked_on, note,
          posting_id, entered_at, entered_by, entered_by_name)
        values (${wall.scopeId}, ${entry.id}, ${bookIdOf(wall)}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${entry.section}, ${entry.item},
          ${entry.amountFen}, ${entry.occurredOn}::date, ${entry.bookedOn}::date, ${entry.note}, ${entry.postingId}, ${now}, ${by.accountId},
          ${by.displayName})`,
  );
}

export function storeWithdrawal(
  tx: Tx,
  scopeId: string,
  id: string,
  by: { readonly accountId: string; readonly displayName: string },
  reason: string,
  now: Date,
): void {
  tx.write(
    sql`update ledger.entry set withdrawn_at = ${now}, withdrawn_by = ${by.accountId}, withdrawn_by_name = ${by.displayName}, withdrawn_reason = ${reason}
        where scope_id = ${scopeId} and entry_id = ${id} and withdrawn_at is null`,
  );
}

/** What counts of a period, in the order of the paper: all of it, for what is left is added up of it. */
export function linesOf(
  q: Executor,
  book: BookKey,
  from: string,
  to: string,
): Promise<(Line & { readonly fileIds: readonly string[] })[]> {
  return q.query(
    sql`select e.entry_id as "entryId", e.section, e.item, e.amount_fen as "amountFen", e.occurred_on as "occurredOn", e.note,
          array(select f.file_id from platform.file f where f.scope_id = e.scope_id and f.attached_id = e.entry_id and f.attached_type = ${entryType}
            order by f.file_id) as "fileIds"
        from ledger.entry e
        where e.scope_id = ${book.scopeId} and e.book_id = ${bookIdOf(book)} and e.withdrawn_at is null
          and e.occurred_on >= ${from}::date and e.occurred_on <= ${to}::date
        order by e.section, e.occurred_on, e.entry_id`,
  );
}

/** What had moved before a day. */
export async function sumsBefore(q: Executor, book: BookKey, day: string): Promise<Record<Section, number>> {
  const rows = await q.query<{ section: Section; fen: number }>(
    sql`select e.section, sum(e.amount_fen)::bigint as fen from ledger.entry e
        where e.scope_id = ${book.scopeId} and e.book_id = ${bookIdOf(book)} and e.withdrawn_at is null and e.occurred_on < ${day}::date
        group by e.section`,
  );
  const sums = { common_income: 0, common_expense: 0, fund_in: 0, fund_out: 0 };
  for (const { section, fen } of rows) sums[section] = fen;
  return sums;
}

export type PublishedFigures = Omit<Figures, 'lines'> & {
  readonly lines: readonly (Line & { readonly fileIds: readonly string[] })[];
};

export interface PublicationRow {
  readonly id: string;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly companyId: string | null;
  readonly companyName: string | null;
  readonly fromMonth: string;
  readonly toMonth: string;
  readonly version: number;
  readonly latestVersion: number;
  readonly reason: string | null;
  readonly note: string | null;
  readonly figures: PublishedFigures;
  readonly publishedAt: Date;
  readonly publishedByName: string;
  readonly blockNo: number;
  readonly head: Buffer | null;
  /** What was entered or withdrawn since makes other figures; to be asked of by staff only, who see entries. */
  readonly isOutdated: boolean;
}

const ofPublication = sql`p.publication_id as id, p.scope_id as "scopeId", s.name as "scopeName", p.company_id as "companyId", c.name as "companyName", p.from_month as "fromMonth",
  p.to_month as "toMonth", p.version, p.reason, p.note, p.figures, p.published_at as "publishedAt", p.published_by_name as "publishedByName",
  p.block_no as "blockNo", p.head,
  (select max(n.version) from ledger.publication n where n.scope_id = p.scope_id and n.book_id = p.book_id and n.from_month = p.from_month
    and n.to_month = p.to_month) as "latestVersion",
  ((p.figures -> 'closing' ->> 'commonFen')::bigint, (p.figures -> 'closing' ->> 'fundFen')::bigint) is distinct from
    (select (coalesce(sum(case e.section when 'common_income' then e.amount_fen when 'common_expense' then -e.amount_fen else 0 end), 0)::bigint,
       coalesce(sum(case e.section when 'fund_in' then e.amount_fen when 'fund_out' then -e.amount_fen else 0 end), 0)::bigint)
     from ledger.entry e where e.scope_id = p.scope_id and e.book_id = p.book_id and e.withdrawn_at is null
       and e.occurred_on < p.to_month + interval '1 month') as "isOutdated"`;

/** What was published in these compounds, the latest period first; of each period the version that holds. */
export function listPublications(
  q: Executor,
  scopeIds: readonly string[],
  after: readonly [string, string] | null,
  limit: number,
): Promise<PublicationRow[]> {
  return q.query(
    sql`select ${ofPublication} from ledger.publication p join places.scope s on s.scope_id = p.scope_id
          left join places.scope c on c.scope_id = p.company_id
        where p.scope_id = any (${scopeIds}::uuid[])
          and not exists (select from ledger.publication n where n.scope_id = p.scope_id and n.book_id = p.book_id and n.from_month = p.from_month
            and n.to_month = p.to_month and n.version > p.version)
          ${after === null ? empty : sql`and (p.to_month, p.publication_id) < (${after[0]}::date, ${after[1]}::uuid)`}
        order by p.to_month desc, p.publication_id desc limit ${limit}`,
  );
}

export async function findPublication(
  q: Executor,
  scopeId: string,
  id: string,
): Promise<PublicationRow | null> {
  const [row] = await q.query<PublicationRow>(
    sql`select ${ofPublication} from ledger.publication p join places.scope s on s.scope_id = p.scope_id
          left join places.scope c on c.scope_id = p.company_id
        where p.scope_id = ${scopeId} and p.publication_id = ${id}`,
  );
  return row ?? null;
}

/** Every version of the same period, the first first. */
export function versionsOf(
  q: Executor,
  book: BookKey,
  fromMonth: string,
  toMonth: string,
): Promise<{ id: string; version: number; reason: string | null; publishedAt: Date }[]> {
  return q.query(
    sql`select p.publication_id as id, p.version, p.reason, p.published_at as "publishedAt" from ledger.publication p
        where p.scope_id = ${book.scopeId} and p.book_id = ${bookIdOf(book)} and p.from_month = ${fromMonth}::date and p.to_month = ${toMonth}::date
        order by p.version`,
  );
}

export function storePublication(
  tx: Tx,
  wall: LedgerWall,
  paper: {
    readonly id: string;
    readonly fromMonth: string;
    readonly toMonth: string;
    readonly version: number;
    readonly reason: string | null;
    readonly note: string | null;
    readonly figures: PublishedFigures;
    readonly blockNo: number;
    readonly head: Buffer | null;
  },
  by: { readonly accountId: string; readonly displayName: string },
  now: Date,
): void {
  tx.write(
    sql`insert into ledger.publication (scope_id, publication_id, book_id, city_id, street_id, company_id, from_month, to_month, version, reason, note,
          figures, published_at, published_by, published_by_name, block_no, head)
        values (${wall.scopeId}, ${paper.id}, ${bookIdOf(wall)}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${paper.fromMonth}::date,
          ${paper.toMonth}::date, ${paper.version}, ${paper.reason}, ${paper.note}, ${JSON.stringify(paper.figures)}, ${now}, ${by.accountId},
          ${by.displayName}, ${paper.blockNo}, ${paper.head})`,
  );
  // The papers behind what is published are shown to whoever is shown it.
  tx.write(
    sql`update platform.file set is_public = true, is_internal = false
        where scope_id = ${wall.scopeId} and attached_type = ${entryType}
          and attached_id = any (${paper.figures.lines.map(({ entryId }) => entryId)}::uuid[])`,
  );
}

/** Of the pictures of papers: entries for the staff, for everybody else what stands in a publication. */
export const visibleEntries: Visibility = async (q, acting, objects) => {
  const [scopes, ids] = [objects.map(({ scopeId }) => scopeId), objects.map(({ id }) => id)];
  if (acting.actor.kind !== 'resident') {
    const rows = await q.query<{ id: string }>(
      sql`select e.entry_id as id from ledger.entry e where e.scope_id = any (${scopes}::uuid[]) and e.entry_id = any (${ids}::uuid[])`,
    );
    return new Set(rows.map(({ id }) => id));
  }
  const rows = await q.query<{ id: string }>(
    sql`select distinct l.line ->> 'entryId' as id from ledger.publication p
          cross join lateral pg_catalog.jsonb_array_elements(p.figures -> 'lines') as l (line)
        where p.scope_id = any (${scopes}::uuid[]) and l.line ->> 'entryId' = any (${ids}::text[])`,
  );
  return new Set(rows.map(({ id }) => id));
};

/** Of events: a month of a book, an entry, what was published. */
export const visiblePapers: Visibility = async (q, acting, objects) => {
  const [scopes, ids] = [objects.map(({ scopeId }) => scopeId), objects.map(({ id }) => id)];
  const rows = await q.query<{ id: string }>(
    sql`select p.publication_id as id from ledger.publication p where p.scope_id = any (${scopes}::uuid[]) and p.publication_id = any (${ids}::uuid[])`,
  );
  const seen = new Set(rows.map(({ id }) => id));
  if (acting.actor.kind === 'resident') return seen;
  return new Set([
    ...seen,
    ...(await visibleEntries(q, acting, objects)),
    ...(await visibleBooks(q, acting, objects)),
  ]);
};
