import type { LocalDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { listLiteral } from '../../platform/db/records.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import type { LineToPost, LineWall, RunLineRow, RunRow } from './tables.ts';

export const runColumns = sql`r.scope_id as "scopeId", r.city_id as "cityId", r.street_id as "streetId", r.company_id as "companyId", r.run_id as id,
  r.period::text as period, r.issue_on::text as "issueOn", r.state, r.asked_by as "askedBy", r.asked_by_name as "askedByName", r.asked_at as "askedAt",
  r.calculated_at as "calculatedAt", r.decided_by_name as "decidedByName", r.decided_at as "decidedAt", r.reason, r.households, r.lines,
  r.total_fen::float8 as "totalFen", r.last_total_fen::float8 as "lastTotalFen", r.exceptions, r.issued_on::text as "issuedOn", r.posted_up_to as "postedUpTo",
  r.posted_lines as "postedLines", r.posted_fen::float8 as "postedFen", r.posted_at as "postedAt", r.version`;

export function insertRun(
  tx: Tx,
  wall: LineWall,
  run: { readonly id: string; readonly period: LocalDate; readonly issueOn: LocalDate },
  by: { readonly accountId: string; readonly name: string },
  at: Date,
): void {
  tx.write(
    sql`insert into billing.run (scope_id, run_id, city_id, street_id, company_id, period, issue_on, state, asked_by, asked_by_name, asked_at, version)
        values (${wall.scopeId}, ${run.id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${run.period}, ${run.issueOn}, 'calculating',
          ${by.accountId}, ${by.name}, ${at}, 1)`,
  );
}

export async function findRun(q: Executor, scopeId: string, runId: string): Promise<RunRow | null> {
  const [row] = await q.query<RunRow>(
    sql`select ${runColumns} from billing.run r where r.scope_id = ${scopeId} and r.run_id = ${runId}`,
  );
  return row ?? null;
}

export async function lockRun(tx: Tx, scopeId: string, runId: string): Promise<RunRow | null> {
  const [row] = await tx.query<RunRow>(
    sql`select ${runColumns} from billing.run r where r.scope_id = ${scopeId} and r.run_id = ${runId} for no key update`,
  );
  return row ?? null;
}

export function listRuns(
  q: Executor,
  scopeId: string,
  before: string | null,
  limit: number,
): Promise<RunRow[]> {
  return q.query(
    sql`select ${runColumns} from billing.run r
        where r.scope_id = ${scopeId} ${before === null ? empty : sql`and r.run_id < ${before}`}
        order by r.run_id desc limit ${limit}`,
  );
}

export function decideRun(
  tx: Tx,
  run: RunRow,
  state: 'approved' | 'cancelled',
  by: { readonly accountId: string; readonly name: string },
  reason: string | null,
  at: Date,
): void {
  tx.write(
    sql`update billing.run set state = ${state}, decided_by = ${by.accountId}, decided_by_name = ${by.name}, decided_at = ${at}, reason = ${reason},
          version = version + 1
        where scope_id = ${run.scopeId} and run_id = ${run.id}`,
  );
}

export function clearRun(tx: Tx, run: RunRow): void {
  tx.write(sql`delete from billing.run_line where scope_id = ${run.scopeId} and run_id = ${run.id}`);
  tx.write(sql`delete from billing.run_exception where scope_id = ${run.scopeId} and run_id = ${run.id}`);
}

/** Thousands in one statement. */
export function insertRunLines(tx: Tx, run: RunRow, lines: readonly RunLineRow[]): void {
  tx.write(
    sql`insert into billing.run_line (scope_id, run_id, city_id, street_id, company_id, line_id, household_id, household_label, payer, party_id, party_name,
          item, name, tariff_id, amount_fen, discount_fen, quantity_milli, basis, service_from, service_to, due_on, early_until, early_fen, source_kind, source_id)
        select ${run.scopeId}::uuid, ${run.id}::uuid, ${run.cityId}::uuid, ${run.streetId}::uuid, ${run.companyId}::uuid, x."lineId", x."householdId",
          x."householdLabel", x.payer, x."partyId", x."partyName", x.item, x.name, x."tariffId", x."amountFen", x."discountFen", x."quantityMilli", x.basis,
          x."serviceFrom", x."serviceTo", x."dueOn", x."earlyUntil", x."earlyFen", x."sourceKind", x."sourceId"
        from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as x("lineId" uuid, "householdId" uuid, "householdLabel" text, payer text, "partyId" uuid,
          "partyName" text, item text, name text, "tariffId" uuid, "amountFen" bigint, "discountFen" bigint, "quantityMilli" bigint, basis jsonb,
          "serviceFrom" date, "serviceTo" date, "dueOn" date, "earlyUntil" date, "earlyFen" bigint, "sourceKind" text, "sourceId" text) returning scope_id`,
  );
}

export interface RunExceptionRow {
  readonly id: string;
  readonly householdId: string | null;
  readonly householdLabel: string | null;
  readonly item: string | null;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly isLeftOut: boolean;
}

export function insertExceptions(tx: Tx, run: RunRow, rows: readonly RunExceptionRow[]): void {
  tx.write(
    sql`insert into billing.run_exception (scope_id, run_id, city_id, street_id, company_id, exception_id, household_id, household_label, item, code, params, is_left_out)
        select ${run.scopeId}::uuid, ${run.id}::uuid, ${run.cityId}::uuid, ${run.streetId}::uuid, ${run.companyId}::uuid, x.id, x."householdId",
          x."householdLabel", x.item, x.code, x.params, x."isLeftOut"
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, "householdId" uuid, "householdLabel" text, item text, code text, params jsonb, "isLeftOut" boolean) returning scope_id`,
  );
}

export function markCalculated(
  tx: Tx,
  run: RunRow,
  sums: {
    readonly households: number;
    readonly lines: number;
    readonly totalFen: number;
    readonly lastTotalFen: number;
    readonly exceptions: number;
  },
  at: Date,
): void {
  tx.write(
    sql`update billing.run set state = 'ready', calculated_at = ${at}, households = ${sums.households}, lines = ${sums.lines}, total_fen = ${sums.totalFen},
          last_total_fen = ${sums.lastTotalFen}, exceptions = ${sums.exceptions}, version = version + 1
        where scope_id = ${run.scopeId} and run_id = ${run.id}`,
  );
}

/**
 * The lines of the next households, whole: a household's bill is never cut in two. The last of them is found first: a
 * month's lines were written a moment ago and are unknown to the planner, which would compare each with every household.
 */
export async function nextLines(q: Executor, run: RunRow, households: number): Promise<LineToPost[]> {
  const after = run.postedUpTo === null ? empty : sql`and x.household_id > ${run.postedUpTo}`;
  const [last] = await q.query<{ householdId: string | null }>(
    sql`select max(b.household_id::text)::uuid as "householdId" from (
          select distinct x.household_id from billing.run_line x where x.scope_id = ${run.scopeId} and x.run_id = ${run.id} ${after}
          order by x.household_id limit ${households}) b`,
  );
  if (last === undefined || last.householdId === null) return [];
  return q.query(
    sql`select x.line_id as "lineId", x.household_id as "householdId", x.household_label as "householdLabel", x.payer, x.party_id as "partyId",
          x.party_name as "partyName", x.item, x.basis ->> 'kind' as kind, x.amount_fen::float8 as "amountFen",
          x.discount_fen::float8 as "discountFen", x.due_on::text as "dueOn"
        from billing.run_line x
        where x.scope_id = ${run.scopeId} and x.run_id = ${run.id} and x.household_id <= ${last.householdId} ${after}
        order by x.household_id, x.line_id`,
  );
}

/**
 * What was looked at becomes what is owed, within the database: the lines of each bill's home and payer. Due it is so many
 * days after the bill's own day: what was approved later is due later.
 */
export function issueLines(
  tx: Tx,
  run: RunRow,
  issuedOn: LocalDate,
  bills: readonly Pick<NewBill, 'billId' | 'householdId' | 'partyId'>[],
): void {
  const column = (name: 'billId' | 'householdId' | 'partyId') => listLiteral(bills.map((bill) => bill[name]));
  tx.write(
    sql`insert into billing.bill_line (scope_id, line_id, bill_id, city_id, street_id, company_id, household_id, period, payer, party_id, item, name, tariff_id,
          amount_fen, discount_fen, quantity_milli, basis, service_from, service_to, issued_on, due_on, early_until, early_fen, source_kind, source_id,
          settled_fen)
        select x.scope_id, x.line_id, g.bill_id, ${run.cityId}::uuid, ${run.streetId}::uuid, ${run.companyId}::uuid, x.household_id, ${run.period}::date,
          x.payer, x.party_id, x.item, x.name, x.tariff_id, x.amount_fen, x.discount_fen, x.quantity_milli, x.basis, x.service_from, x.service_to,
          ${issuedOn}::date, x.due_on + (${issuedOn}::date - ${run.issueOn}::date), x.early_until + (${issuedOn}::date - ${run.issueOn}::date), x.early_fen, x.source_kind, x.source_id, 0
        from unnest(${column('billId')}::uuid[], ${column('householdId')}::uuid[], ${column('partyId')}::uuid[]) as g (bill_id, household_id, party_id)
        join billing.run_line x on x.scope_id = ${run.scopeId} and x.run_id = ${run.id} and x.household_id = g.household_id
          and x.party_id is not distinct from g.party_id
        returning 1`,
  );
}

export interface NewBill {
  readonly billId: string;
  readonly number: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly payer: string;
  readonly partyId: string | null;
  readonly partyName: string | null;
  readonly totalFen: number;
}

export function insertBills(
  tx: Tx,
  wall: LineWall,
  of: {
    readonly runId: string | null;
    readonly period: LocalDate;
    readonly issuedOn: LocalDate;
    readonly at: Date;
  },
  bills: readonly NewBill[],
): void {
  tx.write(
    sql`insert into billing.bill (scope_id, bill_id, city_id, street_id, company_id, number, household_id, household_label, payer, party_id, party_name, period,
          run_id, issued_on, issued_at, total_fen)
        select ${wall.scopeId}::uuid, x."billId", ${wall.cityId}::uuid, ${wall.streetId}::uuid, ${wall.companyId}::uuid, x.number, x."householdId",
          x."householdLabel", x.payer, x."partyId", x."partyName", ${of.period}::date, ${of.runId}::uuid, ${of.issuedOn}::date, ${of.at}::timestamptz, x."totalFen"
        from jsonb_to_recordset(${JSON.stringify(bills)}::jsonb) as x("billId" uuid, number text, "householdId" uuid, "householdLabel" text, payer text,
          "partyId" uuid, "partyName" text, "totalFen" bigint) returning scope_id`,
  );
}

export interface NewLine extends RunLineRow {
  readonly billId: string;
  readonly corrects?: string | null;
}

export function insertLines(
  tx: Tx,
  wall: LineWall,
  of: { readonly period: LocalDate; readonly issuedOn: LocalDate },
  lines: readonly NewLine[],
): void {
  tx.write(
    sql`insert into billing.bill_line (scope_id, line_id, bill_id, city_id, street_id, company_id, household_id, period, payer, party_id, item, name, tariff_id,
          amount_fen, discount_fen, quantity_milli, basis, service_from, service_to, issued_on, due_on, early_until, early_fen, source_kind, source_id,
          corrects, settled_fen)
        select ${wall.scopeId}::uuid, x."lineId", x."billId", ${wall.cityId}::uuid, ${wall.streetId}::uuid, ${wall.companyId}::uuid, x."householdId",
          ${of.period}::date, x.payer, x."partyId", x.item, x.name, x."tariffId", x."amountFen", x."discountFen", x."quantityMilli", x.basis, x."serviceFrom",
          x."serviceTo", ${of.issuedOn}::date, x."dueOn", x."earlyUntil", x."earlyFen", x."sourceKind", x."sourceId", x.corrects, 0
        from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as x("lineId" uuid, "billId" uuid, "householdId" uuid, payer text, "partyId" uuid, item text,
          name text, "tariffId" uuid, "amountFen" bigint, "discountFen" bigint, "quantityMilli" bigint, basis jsonb, "serviceFrom" date, "serviceTo" date,
          "dueOn" date, "earlyUntil" date, "earlyFen" bigint, "sourceKind" text, "sourceId" text, corrects uuid) returning scope_id`,
  );
}

/** How far the posting came; null: to the end. */
export function markPosted(
  tx: Tx,
  run: RunRow,
  done: {
    readonly upTo: string | null;
    readonly lines: number;
    readonly fen: number;
    readonly on: LocalDate;
  },
  at: Date,
): void {
  tx.write(
    done.upTo === null
      ? sql`update billing.run set state = 'posted', posted_at = ${at}, version = version + 1 where scope_id = ${run.scopeId} and run_id = ${run.id}`
      : sql`update billing.run set posted_up_to = ${done.upTo}, posted_lines = posted_lines + ${done.lines}, posted_fen = posted_fen + ${done.fen},
              issued_on = coalesce(issued_on, ${done.on})
            where scope_id = ${run.scopeId} and run_id = ${run.id}`,
  );
}
