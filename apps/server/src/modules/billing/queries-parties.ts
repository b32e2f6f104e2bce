import type { LocalDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import { lineColumns } from './queries-lines.ts';
import type { LineRow } from './tables.ts';

/** An organisation that pays a share of a compound's bills: a developer, a property-right unit, who subsidises. */
export interface PartyRow {
  readonly scopeId: string;
  readonly partyId: string;
  readonly name: string;
  readonly payer: string;
}

export interface PartyOwing extends PartyRow {
  readonly openFen: number;
  readonly overdueFen: number;
  readonly lines: number;
  readonly homes: number;
  readonly oldestDueOn: LocalDate | null;
}

const named = (
  where: Statement,
): Statement => sql`select distinct on (p.scope_id, p.party_id) p.scope_id as "scopeId", p.party_id as "partyId",
    p.party_name as name, p.payer from billing.payer p where ${where} and p.party_id is not null order by p.scope_id, p.party_id, p.payer_id desc`;

/** Those of a company's compounds, for whoever reads the bank's list. */
export function partiesOfCompany(q: Executor, companyId: string): Promise<PartyRow[]> {
  return q.query(named(sql`p.company_id = ${companyId}`));
}

export async function findParty(q: Executor, scopeId: string, partyId: string): Promise<PartyRow | null> {
  const [row] = await q.query<PartyRow>(named(sql`p.scope_id = ${scopeId} and p.party_id = ${partyId}`));
  return row ?? null;
}

/** All of a compound, also those who owe nothing; what is owed to who serves now. */
export function partiesOwing(
  q: Executor,
  of: { readonly scopeId: string; readonly companyId: string | null; readonly today: LocalDate },
): Promise<PartyOwing[]> {
  return q.query(
    sql`select n.*, coalesce(o.open_fen, 0)::float8 as "openFen", coalesce(o.overdue_fen, 0)::float8 as "overdueFen", coalesce(o.lines, 0)::int as lines,
          coalesce(o.homes, 0)::int as homes, o.oldest::text as "oldestDueOn"
        from (${named(sql`p.scope_id = ${of.scopeId}`)}) n
        left join (select l.party_id, sum(l.amount_fen - l.settled_fen) as open_fen,
            sum(l.amount_fen - l.settled_fen) filter (where l.due_on < ${of.today}::date) as overdue_fen, count(*) as lines,
            count(distinct l.household_id) as homes, min(l.due_on) as oldest
          from billing.bill_line l
          where l.scope_id = ${of.scopeId} and l.company_id is not distinct from ${of.companyId}::uuid and l.party_id is not null
            and l.voided_at is null and l.settled_fen < l.amount_fen
          group by l.party_id) o on o.party_id = n."partyId"
        order by "openFen" desc, n."partyId" limit 500`,
  );
}

export interface PartyLineRow extends LineRow {
  readonly householdLabel: string;
}

/** What one of them owes, the oldest due first. */
export function partyLineRows(
  q: Executor,
  of: {
    readonly scopeId: string;
    readonly companyId: string | null;
    readonly partyId: string;
    readonly lineIds?: readonly string[] | undefined;
  },
): Promise<PartyLineRow[]> {
  return q.query(
    sql`select ${lineColumns}, (select b.household_label from billing.bill b where b.scope_id = l.scope_id and b.bill_id = l.bill_id) as "householdLabel"
        from billing.bill_line l
        where l.scope_id = ${of.scopeId} and l.party_id = ${of.partyId} and l.company_id is not distinct from ${of.companyId}::uuid
          and l.voided_at is null and l.settled_fen < l.amount_fen
          ${of.lineIds === undefined ? empty : sql`and l.line_id = any (${of.lineIds}::uuid[])`}
        order by l.due_on, l.line_id limit 5000`,
  );
}

/** In the order in which everybody takes lines: two who pay for one of them wait for each other. */
export async function lockPartyLines(
  tx: Tx,
  of: {
    readonly scopeId: string;
    readonly partyId: string;
    readonly lineIds?: readonly string[] | undefined;
  },
): Promise<void> {
  await tx.query(
    sql`select from billing.bill_line l
        where l.scope_id = ${of.scopeId} and l.party_id = ${of.partyId} and l.voided_at is null and l.settled_fen < l.amount_fen
          ${of.lineIds === undefined ? empty : sql`and l.line_id = any (${of.lineIds}::uuid[])`}
        order by l.line_id limit 5000 for no key update`,
  );
}
