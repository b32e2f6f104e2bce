import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { CallFacts, CallState, Direction, Outcome } from './domain.ts';

/** Lines, seats, calls and tasks of one department; every statement names it. */

export interface LineRow {
  readonly id: string;
  readonly name: string;
  readonly madeName: string;
  readonly madeAt: Date;
  readonly heardAt: Date | null;
  readonly revokedAt: Date | null;
}

export function listLines(q: Executor, scopeId: string): Promise<LineRow[]> {
  return q.query(
    sql`select l.line_id as id, l.name, l.made_name as "madeName", l.made_at as "madeAt", l.heard_at as "heardAt", l.revoked_at as "revokedAt"
        from telephony.line l where l.scope_id = ${scopeId} order by l.revoked_at is not null, l.line_id desc limit 100`,
  );
}

export interface SealedLine {
  readonly id: string;
  readonly cipher: Buffer;
}

/** What may be read of a line before its signature is checked. */
export async function findLine(q: Executor, scopeId: string, lineId: string): Promise<SealedLine | null> {
  const rows = await q.query<SealedLine>(
    sql`select l.line_id as id, l.secret_cipher as cipher from telephony.line l
        where l.scope_id = ${scopeId} and l.line_id = ${lineId} and l.revoked_at is null`,
  );
  return rows[0] ?? null;
}

/**
 * One after the other: of two messages about one number, on whichever of the desk's lines, the second knows what the
 * first has done.
 */
export async function lockLines(tx: Tx, scopeId: string): Promise<void> {
  await tx.query(
    sql`select from telephony.line l where l.scope_id = ${scopeId} and l.revoked_at is null order by l.line_id for no key update`,
  );
}

export interface SeatRow {
  readonly extension: string;
  readonly accountId: string;
  readonly name: string;
}

export function seatsOf(q: Executor, scopeId: string): Promise<SeatRow[]> {
  return q.query(
    sql`select s.extension, s.account_id as "accountId", s.account_name as name from telephony.seat s
        where s.scope_id = ${scopeId} and s.account_id is not null order by length(s.extension), s.extension limit 200`,
  );
}

interface Sealed {
  readonly cipher: Buffer | null;
  readonly masked: string | null;
}

export interface CallRow extends Sealed {
  readonly id: string;
  readonly scopeId: string;
  readonly direction: Direction;
  readonly facts: CallFacts;
  readonly state: CallState;
  readonly extension: string | null;
  readonly beganAt: Date;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
}

const callColumns = sql`c.call_id as id, c.scope_id as "scopeId", c.direction, c.facts, c.state, c.extension, c.began_at as "beganAt",
  c.answered_at as "answeredAt", c.ended_at as "endedAt", c.number_cipher as cipher, c.number_masked as masked`;

/** Everything that rings, waits or talks now, who waits longest first. */
export function openCalls(q: Executor, scopeId: string): Promise<CallRow[]> {
  return q.query(
    sql`select ${callColumns} from telephony.call c
        where c.scope_id = ${scopeId} and c.state in ('waiting', 'ringing', 'talking') order by c.began_at, c.call_id limit 200`,
  );
}

export function listCalls(
  q: Executor,
  scopeId: string,
  after: { readonly at: Date; readonly id: string } | null,
  limit: number,
): Promise<CallRow[]> {
  return q.query(
    sql`select ${callColumns} from telephony.call c where c.scope_id = ${scopeId}
          ${after === null ? empty : sql`and (c.began_at, c.call_id) < (${after.at}, ${after.id})`}
        order by c.began_at desc, c.call_id desc limit ${limit + 1}`,
  );
}

export interface TaskRow {
  readonly id: string;
  readonly cipher: Buffer;
  readonly masked: string;
  readonly firstMissedAt: Date;
  readonly lastMissedAt: Date;
  readonly lastCallId: string;
  readonly missedCount: number;
  readonly attempts: number;
  readonly claimedBy: string | null;
  readonly claimedName: string | null;
  readonly claimedUntil: Date | null;
  /** How often they had rung by then. */
  readonly claimedMissed: number | null;
  /** The call back of who has taken it on, of which nothing is said yet. */
  readonly triedCallId: string | null;
  /** When a call back was said to have reached nobody of which the telephone has not told yet. */
  readonly saidAt: Date | null;
  readonly outcome: Outcome | null;
  readonly version: number;
}

const taskColumns = sql`t.task_id as id, t.number_cipher as cipher, t.number_masked as masked, t.first_missed_at as "firstMissedAt",
  t.last_missed_at as "lastMissedAt", t.last_call_id as "lastCallId", t.missed_count as "missedCount", t.attempts,
  t.claimed_by as "claimedBy", t.claimed_name as "claimedName", t.claimed_until as "claimedUntil", t.claimed_missed as "claimedMissed",
  t.tried_call_id as "triedCallId", t.said_at as "saidAt", t.outcome, t.version`;

export function openTasks(
  q: Executor,
  scopeId: string,
  after: { readonly at: Date; readonly id: string } | null,
  limit: number,
): Promise<TaskRow[]> {
  return q.query(
    sql`select ${taskColumns} from telephony.task t where t.scope_id = ${scopeId} and t.done_at is null
          ${after === null ? empty : sql`and (t.first_missed_at, t.task_id) > (${after.at}, ${after.id})`}
        order by t.first_missed_at, t.task_id limit ${limit + 1}`,
  );
}

export async function countTasks(q: Executor, scopeId: string): Promise<number> {
  const rows = await q.query<{ count: number }>(
    sql`select count(*) as count from telephony.task t where t.scope_id = ${scopeId} and t.done_at is null`,
  );
  return Number(rows[0]?.count ?? 0);
}

export async function lockTask(tx: Tx, scopeId: string, id: string): Promise<TaskRow | null> {
  const rows = await tx.query<TaskRow>(
    sql`select ${taskColumns} from telephony.task t where t.scope_id = ${scopeId} and t.task_id = ${id} for no key update`,
  );
  return rows[0] ?? null;
}

export async function lockTaskOfNumber(tx: Tx, scopeId: string, index: Buffer): Promise<TaskRow | null> {
  const rows = await tx.query<TaskRow>(
    sql`select ${taskColumns} from telephony.task t
        where t.scope_id = ${scopeId} and t.number_index = ${index} and t.done_at is null for no key update`,
  );
  return rows[0] ?? null;
}

/** Whether who was missed then has spoken with the desk since. */
export async function hasSpokenSince(tx: Tx, scopeId: string, index: Buffer, since: Date): Promise<boolean> {
  const rows = await tx.query(
    sql`select 1 as one from telephony.call c where c.scope_id = ${scopeId} and c.number_index = ${index} and c.answered_at >= ${since} limit 1`,
  );
  return rows.length > 0;
}

/**
 * Whether that very missed call was done with before its news came: a task knew it or a later one, or somebody said, by
 * our own clock and certainly later, that they were spoken with. Who was not reached and rings again is missed anew.
 */
export async function hasBeenDoneSince(
  tx: Tx,
  scopeId: string,
  index: Buffer,
  { missedAt, certainlyBefore }: { readonly missedAt: Date; readonly certainlyBefore: Date },
): Promise<boolean> {
  const rows = await tx.query(
    sql`select 1 as one from telephony.task t where t.scope_id = ${scopeId} and t.number_index = ${index} and t.done_at is not null
          and (t.last_missed_at >= ${missedAt}
            or (t.done_at >= ${certainlyBefore} and t.outcome in ('reached', 'called_again', 'answered'))) limit 1`,
  );
  return rows.length > 0;
}

/** Over all departments (worker role): called, nothing said, and nobody's any more. */
export function unsaidTasks(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<(TaskRow & { readonly scopeId: string })[]> {
  return claimByScope(tx, {
    columns: sql`t.scope_id as "scopeId", ${taskColumns}`,
    from: sql`telephony.task t`,
    scope: sql`t.scope_id`,
    id: sql`t.task_id`,
    due: sql`t.tried_call_id is not null and t.done_at is null and t.claimed_until <= ${now}`,
    order: sql`t.claimed_until`,
    limit,
  });
}
