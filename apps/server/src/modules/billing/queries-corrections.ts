import type { LocalDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import type { CorrectionState } from './domain.ts';
import type { LineRow } from './tables.ts';

export interface CorrectionRow {
  readonly scopeId: string;
  readonly id: string;
  readonly lineId: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly item: string;
  readonly name: string;
  readonly period: LocalDate;
  /** Of the line that is to be taken back, and what is paid on it now. */
  readonly lineFen: number;
  readonly settledFen: number;
  readonly amountFen: number | null;
  readonly reason: string;
  readonly state: CorrectionState;
  readonly isAlone: boolean;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedAt: Date;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly replacementId: string | null;
  readonly version: number;
}

const columns = sql`c.scope_id as "scopeId", c.correction_id as id, c.line_id as "lineId", c.household_id as "householdId",
  h.label as "householdLabel", l.item, l.name, l.period::text as period, l.amount_fen::float8 as "lineFen", l.settled_fen::float8 as "settledFen",
  c.amount_fen::float8 as "amountFen", c.reason, c.state, c.is_alone as "isAlone", c.asked_by as "askedBy", c.asked_by_name as "askedByName",
  c.asked_at as "askedAt", c.decided_by_name as "decidedByName", c.decided_at as "decidedAt", c.replacement_id as "replacementId", c.version`;
const from = sql`billing.correction c join billing.bill_line l on l.scope_id = c.scope_id and l.line_id = c.line_id
  join places.household h on h.scope_id = c.scope_id and h.household_id = c.household_id`;

export async function findCorrection(
  q: Executor,
  scopeId: string,
  id: string,
): Promise<CorrectionRow | null> {
  const [row] = await q.query<CorrectionRow>(
    sql`select ${columns} from ${from} where c.scope_id = ${scopeId} and c.correction_id = ${id}`,
  );
  return row ?? null;
}

/** Two who decide on one wait for each other here. */
export async function lockCorrection(tx: Tx, scopeId: string, id: string): Promise<CorrectionRow | null> {
  const [row] = await tx.query<CorrectionRow>(
    sql`select ${columns} from ${from} where c.scope_id = ${scopeId} and c.correction_id = ${id} for no key update of c`,
  );
  return row ?? null;
}

export function listCorrections(
  q: Executor,
  filter: {
    readonly scopeId: string;
    readonly householdId?: string | undefined;
    readonly lineId?: string | undefined;
    readonly isOpen: boolean;
  },
  before: string | null,
  limit: number,
): Promise<CorrectionRow[]> {
  return q.query(
    sql`select ${columns} from ${from} where c.scope_id = ${filter.scopeId}
          ${filter.householdId === undefined ? empty : sql`and c.household_id = ${filter.householdId}`}
          ${filter.lineId === undefined ? empty : sql`and c.line_id = ${filter.lineId}`}
          ${filter.isOpen ? sql`and c.state = 'asked'` : empty}
          ${before === null ? empty : sql`and c.correction_id < ${before}`}
        order by c.correction_id desc limit ${limit}`,
  );
}

/**
 * What two have stood behind last: what the line, or one of those it stands in the place of, came to when a second person
 * allowed it, or what was billed before anything was corrected. What one did alone in between counts for nothing.
 */
export async function lastByTwo(q: Executor, line: LineRow): Promise<number> {
  if (line.corrects === null) return line.amountFen;
  const isByTwo = sql`exists (select from billing.correction c
    where c.scope_id = l.scope_id and c.line_id = l.corrects and c.replacement_id = l.line_id and not c.is_alone)`;
  const [last] = await q.query<{ amountFen: number }>(
    sql`with recursive before as (
          select l.line_id, l.corrects, l.amount_fen, ${isByTwo} as is_by_two from billing.bill_line l
          where l.scope_id = ${line.scopeId} and l.line_id = ${line.lineId}
          union all
          select l.line_id, l.corrects, l.amount_fen, ${isByTwo} from billing.bill_line l join before b on l.line_id = b.corrects and not b.is_by_two
          where l.scope_id = ${line.scopeId})
        select b.amount_fen::float8 as "amountFen" from before b where b.corrects is null or b.is_by_two`,
  );
  return last?.amountFen ?? line.amountFen;
}

export function insertCorrection(
  tx: Tx,
  line: LineRow,
  row: {
    readonly id: string;
    readonly billedFen: number;
    readonly amountFen: number | null;
    readonly reason: string;
    readonly askedBy: string;
    readonly askedByName: string;
    readonly at: Date;
    /** Carried out by who asked, alone: what stands in the place of the line. */
    readonly replacementId: string | null;
  },
): void {
  const isAlone = row.replacementId !== null;
  tx.write(
    sql`insert into billing.correction (scope_id, correction_id, city_id, street_id, company_id, line_id, household_id, billed_fen, amount_fen, reason, state,
          is_alone, asked_by, asked_by_name, asked_at, replacement_id, version)
        values (${line.scopeId}, ${row.id}, ${line.cityId}, ${line.streetId}, ${line.companyId}, ${line.lineId}, ${line.householdId}, ${row.billedFen},
          ${row.amountFen}, ${row.reason}, ${isAlone ? 'done' : 'asked'}, ${isAlone}, ${row.askedBy}, ${row.askedByName}, ${row.at}, ${row.replacementId}, 1)`,
  );
}

export function decideCorrection(
  tx: Tx,
  { scopeId, id }: CorrectionRow,
  state: 'done' | 'declined',
  by: { readonly accountId: string; readonly name: string },
  replacementId: string | null,
  at: Date,
): void {
  tx.write(
    sql`update billing.correction set state = ${state}, decided_by = ${by.accountId}, decided_by_name = ${by.name}, decided_at = ${at},
          replacement_id = ${replacementId}, version = version + 1
        where scope_id = ${scopeId} and correction_id = ${id}`,
  );
}
