import type { LocalDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import type { ArrearsState, LetterLine, WaitingLetter } from './domain.ts';
import type { LineWall } from './tables.ts';

/** Letters of the ladder: those that wait for the desk, and those it printed, batch by batch. */

export interface LetterRow {
  readonly id: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly state: ArrearsState | null;
  readonly step: number;
  readonly sentOn: LocalDate;
  readonly totalFen: number;
  readonly lines: number;
  readonly oldestDueOn: LocalDate;
  readonly batchId: string | null;
  readonly printedAt: Date | null;
  readonly printedOn: LocalDate | null;
  readonly printedByName: string | null;
  readonly printed: readonly LetterLine[] | null;
}

const columns = sql`r.reminder_id as id, r.household_id as "householdId", h.label as "householdLabel", a.state, r.step, r.sent_on::text as "sentOn",
  r.total_fen::float8 as "totalFen", r.lines, r.oldest_due_on::text as "oldestDueOn", r.batch_id as "batchId", r.printed_at as "printedAt",
  r.printed_on::text as "printedOn", r.printed_by_name as "printedByName", r.printed`;
const tables = sql`billing.reminder r join places.household h on h.scope_id = r.scope_id and h.household_id = r.household_id
  left join billing.arrears a on a.scope_id = r.scope_id and a.household_id = r.household_id`;

const waiting = sql`r.way = 'letter' and r.printed_at is null and r.lapsed_at is null`;
const isSaidLater = sql`exists (select from billing.reminder n where n.scope_id = r.scope_id and n.household_id = r.household_id
    and n.company_id is not distinct from r.company_id and n.way = 'letter' and n.printed_at is null and n.lapsed_at is null
    and n.reminder_id > r.reminder_id) as "isSaidLater"`;

type Waiting = LetterRow & Pick<WaitingLetter, 'isSaidLater'>;
type Book = Pick<LineWall, 'scopeId' | 'companyId'>;

/** Those that wait, the oldest first. */
export function waitingLetters(
  q: Executor,
  { scopeId, companyId }: Book,
  after: string | null,
  limit: number,
): Promise<Waiting[]> {
  return q.query(
    sql`select ${columns}, ${isSaidLater} from ${tables}
        where r.scope_id = ${scopeId} and r.company_id is not distinct from ${companyId}::uuid and ${waiting}
          ${after === null ? empty : sql`and r.reminder_id > ${after}`}
        order by r.reminder_id limit ${limit}`,
  );
}

/** Two desks that print at one moment: the second sees what the first has left. */
export function lockLetters(
  tx: Tx,
  { scopeId, companyId }: Book,
  ids: readonly string[],
): Promise<Waiting[]> {
  return tx.query(
    sql`select ${columns}, ${isSaidLater} from ${tables}
        where r.scope_id = ${scopeId} and r.company_id is not distinct from ${companyId}::uuid and ${waiting}
          and r.reminder_id = any (${ids}::uuid[])
        order by r.reminder_id for no key update of r`,
  );
}

/** Those that were printed, the latest batch first. */
export function printedLetters(
  q: Executor,
  { scopeId, companyId }: Book,
  before: readonly [batchId: string, id: string] | null,
  limit: number,
): Promise<LetterRow[]> {
  return q.query(
    sql`select ${columns} from ${tables}
        where r.scope_id = ${scopeId} and r.company_id is not distinct from ${companyId}::uuid and r.batch_id is not null
          ${before === null ? empty : sql`and (r.batch_id, r.reminder_id) < (${before[0]}::uuid, ${before[1]}::uuid)`}
        order by r.batch_id desc, r.reminder_id desc limit ${limit}`,
  );
}

export function lettersOfBatch(
  q: Executor,
  { scopeId, companyId }: Book,
  batchId: string,
): Promise<LetterRow[]> {
  return q.query(
    sql`select ${columns} from ${tables}
        where r.scope_id = ${scopeId} and r.company_id is not distinct from ${companyId}::uuid and r.batch_id = ${batchId}
        order by h.label, r.reminder_id`,
  );
}

/** What of these households has fallen due and is open, the oldest first. */
export async function fallenDue(
  q: Executor,
  { scopeId, companyId }: Book,
  householdIds: readonly string[],
  today: LocalDate,
): Promise<Map<string, LetterLine[]>> {
  const rows = await q.query<LetterLine & { householdId: string }>(
    sql`select l.household_id as "householdId", l.item, l.name, l.period::text as period, l.due_on::text as "dueOn",
          (l.amount_fen - l.settled_fen)::float8 as "openFen"
        from billing.bill_line l
        where l.scope_id = ${scopeId} and l.company_id is not distinct from ${companyId}::uuid and l.household_id = any (${householdIds}::uuid[])
          and l.party_id is null and l.voided_at is null and l.settled_fen < l.amount_fen and l.due_on < ${today}::date
        order by l.due_on, l.line_id`,
  );
  const found = new Map<string, LetterLine[]>();
  for (const { householdId, ...line } of rows)
    found.set(householdId, [...(found.get(householdId) ?? []), line]);
  return found;
}

export function markPrinted(
  tx: Tx,
  { scopeId }: Book,
  batch: { readonly id: string; readonly on: LocalDate; readonly by: string; readonly byName: string },
  letters: readonly { readonly id: string; readonly printed: readonly LetterLine[] }[],
  now: Date,
): void {
  tx.write(
    sql`update billing.reminder r set printed_at = ${now}, printed_on = ${batch.on}, printed_by = ${batch.by}, printed_by_name = ${batch.byName},
          batch_id = ${batch.id}, printed = x.printed
        from jsonb_to_recordset(${JSON.stringify(letters)}::jsonb) as x(id uuid, printed jsonb)
        where r.scope_id = ${scopeId} and r.reminder_id = x.id`,
  );
}

export function markLapsed(tx: Tx, { scopeId }: Book, ids: readonly string[], now: Date): void {
  tx.write(
    sql`update billing.reminder set lapsed_at = ${now} where scope_id = ${scopeId} and reminder_id = any (${ids}::uuid[])`,
  );
}
