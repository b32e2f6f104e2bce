import type { LocalDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import type { LineRow } from './tables.ts';

/** Figures come as float8: exact to 2^53, which no amount of fen reaches. */
export const lineColumns = sql`l.scope_id as "scopeId", l.city_id as "cityId", l.street_id as "streetId", l.company_id as "companyId",
  l.line_id as "lineId", l.bill_id as "billId", l.household_id as "householdId", l.period::text as period, l.payer, l.party_id as "partyId",
  l.item, l.name, l.tariff_id as "tariffId", l.amount_fen::float8 as "amountFen", l.discount_fen::float8 as "discountFen",
  l.quantity_milli::float8 as "quantityMilli", l.basis, l.service_from::text as "serviceFrom", l.service_to::text as "serviceTo",
  l.issued_on::text as "issuedOn", l.due_on::text as "dueOn", l.early_until::text as "earlyUntil", l.early_fen::float8 as "earlyFen",
  l.source_kind as "sourceKind", l.source_id as "sourceId", l.corrects, l.settled_fen::float8 as "settledFen", l.voided_at as "voidedAt",
  l.voided_by_name as "voidedByName", l.void_reason as "voidReason"`;

/** What a household owes itself, the oldest due first: what its members see and pay. */
export function openLineRows(
  q: Executor,
  scopeId: string,
  householdId: string,
  lineIds?: readonly string[],
): Promise<LineRow[]> {
  return q.query(
    sql`select ${lineColumns} from billing.bill_line l
        where l.scope_id = ${scopeId} and l.household_id = ${householdId} and l.party_id is null
          and l.voided_at is null and l.settled_fen < l.amount_fen
          ${lineIds === undefined ? empty : sql`and l.line_id = any (${lineIds}::uuid[])`}
        order by l.due_on, l.line_id limit 2000`,
  );
}

/** The same lines, held until the transaction ends, in the order in which everybody takes them. */
export function lockOpenLineRows(tx: Tx, scopeId: string, householdId: string): Promise<LineRow[]> {
  return tx.query(
    sql`select ${lineColumns} from billing.bill_line l
        where l.scope_id = ${scopeId} and l.household_id = ${householdId} and l.party_id is null
          and l.voided_at is null and l.settled_fen < l.amount_fen
        order by l.line_id limit 2000 for no key update`,
  );
}

export async function findLine(q: Executor, scopeId: string, lineId: string): Promise<LineRow | null> {
  const [row] = await q.query<LineRow>(
    sql`select ${lineColumns} from billing.bill_line l where l.scope_id = ${scopeId} and l.line_id = ${lineId}`,
  );
  return row ?? null;
}

/** Two who pay one line wait for each other here. */
export async function lockLine(tx: Tx, scopeId: string, lineId: string): Promise<LineRow | null> {
  const [row] = await tx.query<LineRow>(
    sql`select ${lineColumns} from billing.bill_line l where l.scope_id = ${scopeId} and l.line_id = ${lineId} for no key update`,
  );
  return row ?? null;
}

/** Several that are about to be paid together, in the order in which everybody takes them. */
export function holdLines(tx: Tx, scopeId: string, lineIds: readonly string[]): void {
  tx.write(
    sql`select from billing.bill_line l where l.scope_id = ${scopeId} and l.line_id = any (${lineIds}::uuid[]) order by l.line_id for no key update`,
  );
}

export interface SettlementRow {
  readonly id: string;
  readonly lineId: string;
  readonly kind: 'payment' | 'cash' | 'prepaid' | 'refund' | 'early_discount' | 'void';
  readonly sourceId: string;
  readonly amountFen: number;
  readonly key: string;
  readonly settledOn: LocalDate;
}

const settlementColumns = sql`s.settlement_id as id, s.line_id as "lineId", s.kind, s.source_id as "sourceId", s.amount_fen::float8 as "amountFen",
  s.key, s.settled_on::text as "settledOn"`;

export function settlementsByKey(
  q: Executor,
  scopeId: string,
  keys: readonly string[],
): Promise<SettlementRow[]> {
  return q.query(
    sql`select ${settlementColumns} from billing.settlement s where s.scope_id = ${scopeId} and s.key = any (${keys}::text[])`,
  );
}

export function settlementsOfLines(
  q: Executor,
  scopeId: string,
  lineIds: readonly string[],
): Promise<SettlementRow[]> {
  return q.query(
    sql`select ${settlementColumns} from billing.settlement s
        where s.scope_id = ${scopeId} and s.line_id = any (${lineIds}::uuid[]) order by s.settlement_id`,
  );
}

export interface NewSettlement extends Omit<SettlementRow, 'lineId'> {
  readonly at: Date;
}

export function insertSettlement(tx: Tx, line: LineRow, row: NewSettlement): void {
  tx.write(settlementOf(line, row));
}

/** How much of a line is paid now, and by what: one of them. */
export function setSettled(tx: Tx, line: LineRow, settledFen: number, row: NewSettlement): void {
  tx.write(
    sql`with settled as (
          update billing.bill_line set settled_fen = ${settledFen} where scope_id = ${line.scopeId} and line_id = ${line.lineId})
        ${settlementOf(line, row)}`,
  );
}

function settlementOf(line: LineRow, row: NewSettlement): Statement {
  return sql`insert into billing.settlement (scope_id, settlement_id, city_id, street_id, company_id, line_id, bill_id, household_id, kind, source_id,
          amount_fen, key, settled_on, settled_at)
        values (${line.scopeId}, ${row.id}, ${line.cityId}, ${line.streetId}, ${line.companyId}, ${line.lineId}, ${line.billId}, ${line.householdId},
          ${row.kind}, ${row.sourceId}, ${row.amountFen}, ${row.key}, ${row.settledOn}, ${row.at})`;
}

export function markVoided(
  tx: Tx,
  line: LineRow,
  by: { readonly accountId: string; readonly name: string },
  reason: string,
  at: Date,
): void {
  tx.write(
    sql`update billing.bill_line set settled_fen = 0, voided_at = ${at}, voided_by = ${by.accountId}, voided_by_name = ${by.name}, void_reason = ${reason}
        where scope_id = ${line.scopeId} and line_id = ${line.lineId}`,
  );
}
