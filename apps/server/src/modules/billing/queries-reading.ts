import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import { addMonths } from './domain.ts';
import { lineColumns } from './queries-lines.ts';
import { type ArrearsStanding, standingColumns } from './queries-arrears.ts';
import type { RunExceptionRow } from './queries-runs.ts';
import type { LineRow, LineWall, RunRow } from './tables.ts';

/** What pages show of runs, lines and households. */

export interface RunItemRow {
  readonly item: string;
  readonly name: string;
  readonly lines: number;
  readonly households: number;
  readonly fen: number;
  readonly discountFen: number;
  readonly lastFen: number;
}

export function runItems(q: Executor, run: RunRow): Promise<RunItemRow[]> {
  return q.query(
    sql`with now as materialized (
          select x.item, max(x.name) as name, count(*)::integer as lines, count(distinct x.household_id)::integer as households,
            sum(x.amount_fen) as fen, sum(x.discount_fen) as discount
          from billing.run_line x where x.scope_id = ${run.scopeId} and x.run_id = ${run.id} group by x.item),
        last as materialized (
          select l.item, max(l.name) as name, sum(l.amount_fen) as fen from billing.bill_line l
          join billing.bill b on b.scope_id = l.scope_id and b.bill_id = l.bill_id
          where l.scope_id = ${run.scopeId} and l.period = ${addMonths(run.period, -1)}::date and l.voided_at is null and b.run_id is not null group by l.item)
        select coalesce(now.item, last.item) as item, coalesce(now.name, last.name) as name, coalesce(now.lines, 0) as lines,
          coalesce(now.households, 0) as households, coalesce(now.fen, 0)::float8 as fen, coalesce(now.discount, 0)::float8 as "discountFen",
          coalesce(last.fen, 0)::float8 as "lastFen"
        from now full join last on last.item = now.item order by 1`,
  );
}

export interface RunHomeRow {
  readonly householdId: string;
  readonly householdLabel: string;
  readonly fen: number;
  readonly lastFen: number;
  readonly lines: number;
}

/** The households of a run, those first whose bill differs most from the month before. */
export function runHomes(
  q: Executor,
  run: RunRow,
  after: readonly [difference: number, householdId: string] | null,
  limit: number,
): Promise<RunHomeRow[]> {
  return q.query(
    sql`with now as materialized (
          select x.household_id, max(x.household_label) as label, sum(x.amount_fen) as fen, count(*)::integer as lines
          from billing.run_line x where x.scope_id = ${run.scopeId} and x.run_id = ${run.id} group by x.household_id),
        last as materialized (
          select l.household_id, sum(l.amount_fen) as fen from billing.bill_line l
          join billing.bill b on b.scope_id = l.scope_id and b.bill_id = l.bill_id
          where l.scope_id = ${run.scopeId} and l.period = ${addMonths(run.period, -1)}::date and l.voided_at is null and b.run_id is not null
          group by l.household_id),
        beside as materialized (
          select now.household_id, now.label, now.fen, coalesce(last.fen, 0) as last_fen, now.lines, abs(now.fen - coalesce(last.fen, 0)) as difference
          from now left join last on last.household_id = now.household_id)
        select household_id as "householdId", label as "householdLabel", fen::float8 as fen, last_fen::float8 as "lastFen", lines from beside
        ${after === null ? empty : sql`where (difference, household_id) < (${after[0]}::bigint, ${after[1]}::uuid)`}
        order by difference desc, household_id desc limit ${limit}`,
  );
}

export function runExceptions(
  q: Executor,
  run: RunRow,
  after: string | null,
  limit: number,
): Promise<RunExceptionRow[]> {
  return q.query(
    sql`select x.exception_id as id, x.household_id as "householdId", x.household_label as "householdLabel", x.item, x.code, x.params,
          x.is_left_out as "isLeftOut"
        from billing.run_exception x where x.scope_id = ${run.scopeId} and x.run_id = ${run.id}
          ${after === null ? empty : sql`and x.exception_id > ${after}`}
        order by x.exception_id limit ${limit}`,
  );
}

/** A household's own lines, the latest first; with them what was taken back, and what corrected it. */
export function linesOf(
  q: Executor,
  scopeId: string,
  householdId: string,
  before: string | null,
  limit: number,
): Promise<LineRow[]> {
  return q.query(
    sql`select ${lineColumns} from billing.bill_line l
        where l.scope_id = ${scopeId} and l.household_id = ${householdId} and l.party_id is null
          ${before === null ? empty : sql`and l.line_id < ${before}`}
        order by l.line_id desc limit ${limit}`,
  );
}

export function linesById(q: Executor, scopeId: string, ids: readonly string[]): Promise<LineRow[]> {
  return q.query(
    sql`select ${lineColumns} from billing.bill_line l where l.scope_id = ${scopeId} and l.line_id = any (${ids}::uuid[])`,
  );
}

export interface ArrearsRow {
  readonly householdId: string;
  readonly householdLabel: string;
  readonly openFen: number;
  readonly lines: number;
  readonly oldestDueOn: LocalDate;
  readonly notDueFen: number;
  readonly to30Fen: number;
  readonly to90Fen: number;
  readonly to180Fen: number;
  readonly to365Fen: number;
  readonly over365Fen: number;
  readonly state: 'reminding' | 'promised' | 'disputed' | 'settled' | null;
  readonly promisedUntil: LocalDate | null;
  readonly stepsTaken: number;
  readonly version: number;
}

/** Who owes what since when: for who does the accounts, the largest first. The ages are those of domain `ageOf`. */
export function arrearsOf(
  q: Executor,
  { scopeId, companyId }: Pick<LineWall, 'scopeId' | 'companyId'>,
  today: LocalDate,
  after: readonly [openFen: number, householdId: string] | null,
  limit: number,
): Promise<ArrearsRow[]> {
  return q.query(
    sql`with open as materialized (
          select l.household_id, sum(l.amount_fen - l.settled_fen) as open, count(*)::integer as lines, min(l.due_on) as oldest, max(b.household_label) as label,
            coalesce(sum(l.amount_fen - l.settled_fen) filter (where l.due_on >= ${today}::date), 0) as a0,
            coalesce(sum(l.amount_fen - l.settled_fen) filter (where ${today}::date - l.due_on between 1 and 30), 0) as a1,
            coalesce(sum(l.amount_fen - l.settled_fen) filter (where ${today}::date - l.due_on between 31 and 90), 0) as a2,
            coalesce(sum(l.amount_fen - l.settled_fen) filter (where ${today}::date - l.due_on between 91 and 180), 0) as a3,
            coalesce(sum(l.amount_fen - l.settled_fen) filter (where ${today}::date - l.due_on between 181 and 365), 0) as a4,
            coalesce(sum(l.amount_fen - l.settled_fen) filter (where ${today}::date - l.due_on > 365), 0) as a5
          from billing.bill_line l join billing.bill b on b.scope_id = l.scope_id and b.bill_id = l.bill_id
          where l.scope_id = ${scopeId} and l.company_id is not distinct from ${companyId}::uuid and l.party_id is null and l.voided_at is null
            and l.settled_fen < l.amount_fen
          group by l.household_id having min(l.due_on) < ${today}::date)
        select open.household_id as "householdId", open.label as "householdLabel", open.open::float8 as "openFen", open.lines, open.oldest::text as "oldestDueOn",
          open.a0::float8 as "notDueFen", open.a1::float8 as "to30Fen", open.a2::float8 as "to90Fen", open.a3::float8 as "to180Fen",
          open.a4::float8 as "to365Fen", open.a5::float8 as "over365Fen", a.state, a.promised_until::text as "promisedUntil",
          coalesce(a.steps_taken, 0) as "stepsTaken", coalesce(a.version, 0) as version
        from open left join billing.arrears a on a.scope_id = ${scopeId} and a.household_id = open.household_id
        ${after === null ? empty : sql`where (open.open, open.household_id) < (${after[0]}::bigint, ${after[1]}::uuid)`}
        order by open.open desc, open.household_id desc limit ${limit}`,
  );
}

export type ArrearsSums = Pick<
  ArrearsRow,
  'openFen' | 'notDueFen' | 'to30Fen' | 'to90Fen' | 'to180Fen' | 'to365Fen' | 'over365Fen'
> & { readonly households: number };

/** Over all households that are late, whatever is on the page. */
export async function arrearsSums(
  q: Executor,
  { scopeId, companyId }: Pick<LineWall, 'scopeId' | 'companyId'>,
  today: LocalDate,
): Promise<ArrearsSums> {
  const [row] = await q.query<ArrearsSums>(
    sql`with late as materialized (
          select distinct l.household_id from billing.bill_line l
          where l.scope_id = ${scopeId} and l.company_id is not distinct from ${companyId}::uuid and l.party_id is null and l.voided_at is null
            and l.settled_fen < l.amount_fen and l.due_on < ${today}::date),
        open as materialized (
          select l.household_id, l.amount_fen - l.settled_fen as fen, ${today}::date - l.due_on as days
          from billing.bill_line l join late on late.household_id = l.household_id
          where l.scope_id = ${scopeId} and l.company_id is not distinct from ${companyId}::uuid and l.party_id is null and l.voided_at is null
            and l.settled_fen < l.amount_fen)
        select count(distinct household_id)::integer as households, coalesce(sum(fen), 0)::float8 as "openFen",
          coalesce(sum(fen) filter (where days <= 0), 0)::float8 as "notDueFen",
          coalesce(sum(fen) filter (where days between 1 and 30), 0)::float8 as "to30Fen",
          coalesce(sum(fen) filter (where days between 31 and 90), 0)::float8 as "to90Fen",
          coalesce(sum(fen) filter (where days between 91 and 180), 0)::float8 as "to180Fen",
          coalesce(sum(fen) filter (where days between 181 and 365), 0)::float8 as "to365Fen",
          coalesce(sum(fen) filter (where days > 365), 0)::float8 as "over365Fen"
        from open`,
  );
  return row!;
}

export async function standingOf(
  q: Executor,
  scopeId: string,
  householdId: string,
): Promise<ArrearsStanding | null> {
  const [row] = await q.query<ArrearsStanding>(
    sql`select ${standingColumns} from billing.arrears a where a.scope_id = ${scopeId} and a.household_id = ${householdId}`,
  );
  return row ?? null;
}
