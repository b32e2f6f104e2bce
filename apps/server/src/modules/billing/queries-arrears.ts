import type { LocalDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { ArrearsState, OldestOpen } from './domain.ts';
import type { LineWall } from './tables.ts';

export async function isBilled(
  q: Executor,
  scopeId: string,
  sourceKind: string,
  sourceId: string,
): Promise<boolean> {
  const rows = await q.query(
    sql`select 1 from billing.bill_line l where l.scope_id = ${scopeId} and l.source_kind = ${sourceKind} and l.source_id = ${sourceId}
          and l.voided_at is null`,
  );
  return rows.length > 0;
}

/** From the day the first of it falls due a household is looked at; who is looked at sooner anyway stays so. */
export function watchHouseholds(
  tx: Tx,
  wall: LineWall,
  households: readonly { readonly householdId: string; readonly at: Date }[],
  now: Date,
): void {
  tx.write(
    sql`insert into billing.arrears as a (scope_id, household_id, city_id, street_id, company_id, state, steps_taken, next_at, version, updated_at)
        select ${wall.scopeId}::uuid, x."householdId", ${wall.cityId}::uuid, ${wall.streetId}::uuid, ${wall.companyId}::uuid, 'reminding', 0, x.at, 1,
          ${now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(households)}::jsonb) as x("householdId" uuid, at timestamptz)
        on conflict (scope_id, household_id) do update set company_id = excluded.company_id, updated_at = excluded.updated_at,
          state = case a.state when 'settled' then 'reminding' else a.state end,
          next_at = case when a.state in ('disputed', 'promised') then a.next_at else least(coalesce(a.next_at, excluded.next_at), excluded.next_at) end`,
  );
}

export interface ArrearsStanding extends LineWall {
  readonly householdId: string;
  readonly state: ArrearsState;
  readonly stepsTaken: number;
  readonly oldestLineId: string | null;
  readonly promisedUntil: LocalDate | null;
  readonly version: number;
}

export const standingColumns = sql`a.scope_id as "scopeId", a.city_id as "cityId", a.street_id as "streetId", a.company_id as "companyId",
  a.household_id as "householdId", a.state, a.steps_taken as "stepsTaken", a.oldest_line_id as "oldestLineId",
  a.promised_until::text as "promisedUntil", a.version`;

export async function lockStanding(
  tx: Tx,
  scopeId: string,
  householdId: string,
): Promise<ArrearsStanding | null> {
  const [row] = await tx.query<ArrearsStanding>(
    sql`select ${standingColumns} from billing.arrears a where a.scope_id = ${scopeId} and a.household_id = ${householdId} for no key update`,
  );
  return row ?? null;
}

export interface OpenSum {
  readonly oldest: OldestOpen | null;
  readonly totalFen: number;
  readonly lines: number;
}

/** What of a household is due and open, with the oldest. */
export async function openSumOf(
  q: Executor,
  { scopeId, companyId }: Pick<LineWall, 'scopeId' | 'companyId'>,
  householdId: string,
): Promise<OpenSum> {
  const rows = await q.query<{ lineId: string; dueOn: LocalDate; fen: number }>(
    sql`select l.line_id as "lineId", l.due_on::text as "dueOn", (l.amount_fen - l.settled_fen)::float8 as fen from billing.bill_line l
        where l.scope_id = ${scopeId} and l.company_id is not distinct from ${companyId}::uuid and l.household_id = ${householdId} and l.party_id is null
          and l.voided_at is null and l.settled_fen < l.amount_fen
        order by l.due_on, l.line_id`,
  );
  const [first] = rows;
  return {
    oldest: first === undefined ? null : { lineId: first.lineId, dueOn: first.dueOn },
    totalFen: rows.reduce((sum, { fen }) => sum + fen, 0),
    lines: rows.length,
  };
}

export function storeStanding(
  tx: Tx,
  standing: Pick<
    ArrearsStanding,
    'scopeId' | 'householdId' | 'state' | 'stepsTaken' | 'oldestLineId' | 'promisedUntil'
  >,
  nextAt: Date | null,
  now: Date,
): void {
  tx.write(
    sql`update billing.arrears set state = ${standing.state}, steps_taken = ${standing.stepsTaken}, oldest_line_id = ${standing.oldestLineId},
          promised_until = ${standing.promisedUntil}, next_at = ${nextAt}, version = version + 1, updated_at = ${now}
        where scope_id = ${standing.scopeId} and household_id = ${standing.householdId}`,
  );
}

export function insertReminder(
  tx: Tx,
  wall: LineWall,
  row: {
    readonly id: string;
    readonly householdId: string;
    readonly step: number;
    readonly way: string;
    readonly totalFen: number;
    readonly lines: number;
    readonly oldestDueOn: LocalDate;
    readonly told: number;
    readonly sentOn: LocalDate;
  },
  now: Date,
): void {
  tx.write(
    sql`insert into billing.reminder (scope_id, reminder_id, city_id, street_id, company_id, household_id, step, way, total_fen, lines, oldest_due_on, told,
          sent_at, sent_on)
        values (${wall.scopeId}, ${row.id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${row.householdId}, ${row.step}, ${row.way},
          ${row.totalFen}, ${row.lines}, ${row.oldestDueOn}, ${row.told}, ${now}, ${row.sentOn})`,
  );
}

export interface NoteRow {
  readonly id: string;
  readonly kind: 'note' | 'promise' | 'dispute' | 'resumed';
  readonly words: Buffer;
  readonly promisedUntil: LocalDate | null;
  readonly at: Date;
  readonly byName: string;
}

export function notesOf(q: Executor, scopeId: string, householdId: string): Promise<NoteRow[]> {
  return q.query(
    sql`select n.note_id as id, n.kind, n.words_cipher as words, n.promised_until::text as "promisedUntil", n.at, n.by_name as "byName"
        from billing.arrears_note n where n.scope_id = ${scopeId} and n.household_id = ${householdId} order by n.note_id desc limit 200`,
  );
}

export interface ReminderRow {
  readonly id: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly step: number;
  readonly way: 'message' | 'letter';
  readonly totalFen: number;
  readonly lines: number;
  readonly oldestDueOn: LocalDate;
  readonly told: number;
  readonly sentAt: Date;
  readonly printedAt: Date | null;
}

const reminderColumns = sql`r.reminder_id as id, r.household_id as "householdId", h.label as "householdLabel", r.step, r.way,
  r.total_fen::float8 as "totalFen", r.lines, r.oldest_due_on::text as "oldestDueOn", r.told, r.sent_at as "sentAt", r.printed_at as "printedAt"`;

export function remindersOf(q: Executor, scopeId: string, householdId: string): Promise<ReminderRow[]> {
  return q.query(
    sql`select ${reminderColumns} from billing.reminder r join places.household h on h.scope_id = r.scope_id and h.household_id = r.household_id
        where r.scope_id = ${scopeId} and r.household_id = ${householdId} order by r.reminder_id desc limit 200`,
  );
}

export interface MonthTotal {
  readonly scopeId: string;
  readonly scopeName: string;
  /** Who billed it: of a month in which the company changed each has its own sums. */
  readonly companyId: string | null;
  readonly companyName: string | null;
  readonly period: LocalDate;
  readonly households: number;
  readonly billedFen: number;
  readonly settledFen: number;
  readonly openFen: number;
}

/** What one company billed in a month of a compound; its lines, and nobody else's. */
export async function recountMonth(tx: Tx, wall: LineWall, period: LocalDate, now: Date): Promise<void> {
  await tx.query(
    sql`insert into billing.month_total (scope_id, period, book_id, city_id, street_id, company_id, households, billed_fen, settled_fen, open_fen, counted_at)
        select ${wall.scopeId}::uuid, ${period}::date, ${wall.companyId ?? wall.scopeId}::uuid, ${wall.cityId}::uuid, ${wall.streetId}::uuid, ${wall.companyId}::uuid,
          count(distinct l.household_id)::integer, coalesce(sum(l.amount_fen), 0), coalesce(sum(l.settled_fen), 0),
          coalesce(sum(greatest(l.amount_fen, 0) - l.settled_fen), 0), ${now}::timestamptz
        from billing.bill_line l where l.scope_id = ${wall.scopeId} and l.period = ${period}::date and l.voided_at is null
          and l.company_id is not distinct from ${wall.companyId}::uuid
        on conflict (scope_id, period, book_id) do update set households = excluded.households, billed_fen = excluded.billed_fen,
          settled_fen = excluded.settled_fen, open_fen = excluded.open_fen, counted_at = excluded.counted_at, stale_since = null
        returning 1`,
  );
}

/** The sums of a month are behind: they are counted anew when its turn comes, once for all that was paid until then. */
export function staleMonth(tx: Tx, wall: LineWall, period: LocalDate, now: Date): void {
  tx.write(
    sql`insert into billing.month_total as m (scope_id, period, book_id, city_id, street_id, company_id, households, billed_fen, settled_fen, open_fen,
          counted_at, stale_since)
        values (${wall.scopeId}, ${period}, ${wall.companyId ?? wall.scopeId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, 0, 0, 0, 0, ${now}, ${now})
        on conflict (scope_id, period, book_id) do update set stale_since = excluded.stale_since where m.stale_since is null`,
  );
}

/** Of every compound that is overseen, month by month and company by company: sums, and no household. */
export function monthTotals(
  q: Executor,
  wall: { readonly scopeId: string; readonly kind: string },
  from: LocalDate,
): Promise<MonthTotal[]> {
  return q.query(
    sql`select m.scope_id as "scopeId", s.name as "scopeName", m.company_id as "companyId", c.name as "companyName", m.period::text as period, m.households, m.billed_fen::float8 as "billedFen",
          m.settled_fen::float8 as "settledFen", m.open_fen::float8 as "openFen"
        from billing.month_total m join places.scope s on s.scope_id = m.scope_id left join places.scope c on c.scope_id = m.company_id
        where m.period >= ${from}::date and case ${wall.kind}::text when 'city' then m.city_id = ${wall.scopeId} when 'street' then m.street_id = ${wall.scopeId}
          when 'company' then m.company_id = ${wall.scopeId} when 'department' then s.department_id = ${wall.scopeId} else m.scope_id = ${wall.scopeId} end
        order by m.period desc, s.name, m.scope_id, m.book_id limit 5000`,
  );
}
