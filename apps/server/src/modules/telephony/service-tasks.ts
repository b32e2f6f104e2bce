import { maskPhone, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall } from '../places/index.ts';
import {
  attemptOf,
  type CallState,
  type Direction,
  LEASE,
  type Outcome,
  outcomeAfter,
  type SaidOutcome,
  settledBy,
} from './domain.ts';
import { hasBeenDoneSince, hasSpokenSince, lockTask, lockTaskOfNumber, type TaskRow } from './queries.ts';
import { tellTask } from './service.ts';
import type { Taking } from './service-intake.ts';

export interface CallOfTask {
  readonly id: string;
  readonly direction: Direction;
  readonly number: string;
  readonly index: Buffer;
  readonly state: CallState;
  readonly beganAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** The task it was counted for already. */
  readonly taskId: string | null;
}

/** What a call does to the list of those to be called back. */
export async function followCall(taking: Taking, call: CallOfTask): Promise<void> {
  const { tx, wall, now } = taking;
  if (call.answeredAt !== null) {
    const open = await lockTaskOfNumber(tx, wall.scopeId, call.index);
    if (open === null) return;
    const outcome = settledBy(
      { ...open, lastMissedAt: open.lastMissedAt.getTime() },
      { callId: call.id, direction: call.direction, answeredAt: call.answeredAt },
    );
    if (outcome !== null) end(tx, wall, open, outcome, null, now);
    return;
  }
  if (call.taskId !== null) return;
  if (call.direction === 'out') await reachedNobody(taking, call);
  else if (call.endedAt !== null) await missed(taking, call, new Date(call.endedAt), taking.skew);
}

/** One task a number while it is open, however often they ring. `skew`: how far the clock of `at` may be from ours. */
export async function missed(
  { house, tx, wall, now }: Pick<Taking, 'house' | 'tx' | 'wall' | 'now'>,
  call: Pick<CallOfTask, 'id' | 'number' | 'index'>,
  at: Date,
  skew: number,
): Promise<void> {
  const { scopeId } = wall;
  if (await hasSpokenSince(tx, scopeId, call.index, at)) return;
  const certainlyBefore = new Date(at.getTime() + skew);
  if (await hasBeenDoneSince(tx, scopeId, call.index, { missedAt: at, certainlyBefore })) return;
  const fresh = uuidv7(now.getTime());
  const [task] = await tx.query<{ id: string }>(
    sql`insert into telephony.task as t (scope_id, task_id, city_id, street_id, company_id, number_cipher, number_index, number_masked,
          first_missed_at, last_missed_at, last_call_id, missed_count, attempts, version)
        values (${scopeId}, ${fresh}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId},
          ${house.crypto.seal(call.number, 'telephony.task', fresh)}, ${call.index}, ${maskPhone(call.number)}, ${at}, ${at}, ${call.id}, 1, 0, 1)
        on conflict (scope_id, number_index) where done_at is null do update
          set missed_count = t.missed_count + 1, version = t.version + 1,
            first_missed_at = least(t.first_missed_at, excluded.first_missed_at),
            last_call_id = case when excluded.last_missed_at >= t.last_missed_at then excluded.last_call_id else t.last_call_id end,
            last_missed_at = greatest(t.last_missed_at, excluded.last_missed_at)
        returning t.task_id as id`,
  );
  counted(tx, scopeId, call.id, task!.id);
  tellTask(tx, wall, task!.id, now);
}

/** A call back from the telephone itself that nobody took, or has not taken yet: tried once more, unless it is said. */
async function reachedNobody({ tx, wall, mostAttempts, now }: Taking, call: CallOfTask): Promise<void> {
  const { scopeId } = wall;
  const open = await lockTaskOfNumber(tx, scopeId, call.index);
  if (open === null) return;
  const { claimedUntil, saidAt } = open;
  const attempt = attemptOf(
    { claimedUntil: claimedUntil?.getTime() ?? null, saidAt: saidAt?.getTime() ?? null },
    call.endedAt,
    now.getTime(),
  );
  if (attempt === null) return;
  counted(tx, scopeId, call.id, open.id);
  if (attempt === 'kept')
    tx.write(
      sql`update telephony.task set tried_call_id = ${call.id} where scope_id = ${scopeId} and task_id = ${open.id}`,
    );
  else if (attempt === 'known')
    tx.write(
      sql`update telephony.task set said_at = null where scope_id = ${scopeId} and task_id = ${open.id}`,
    );
  else {
    const hasRungSince = open.lastMissedAt.getTime() >= call.beganAt;
    tried(tx, wall, open, { said: 'unreachable', by: null, mostAttempts, hasRungSince, saidAt: null }, now);
  }
}

/** Whoever had taken it on has called and said nothing of it: it is counted when it is theirs no more. */
export function leftUnsaid(tx: Tx, wall: Wall, task: TaskRow, mostAttempts: number, now: Date): void {
  const hasRungSince = task.missedCount > (task.claimedMissed ?? task.missedCount);
  tried(tx, wall, task, { said: 'unreachable', by: null, mostAttempts, hasRungSince, saidAt: null }, now);
}

function counted(tx: Tx, scopeId: string, callId: string, taskId: string): void {
  tx.write(
    sql`update telephony.call set task_id = ${taskId} where scope_id = ${scopeId} and call_id = ${callId}`,
  );
}

function end(tx: Tx, wall: Wall, task: TaskRow, outcome: Outcome, by: string | null, now: Date): void {
  tx.write(
    sql`update telephony.task set done_at = ${now}, done_name = ${by}, outcome = ${outcome}, claimed_until = null,
          tried_call_id = null, said_at = null, version = version + 1
        where scope_id = ${wall.scopeId} and task_id = ${task.id}`,
  );
  tellTask(tx, wall, task.id, now);
}

interface Attempt {
  readonly said: SaidOutcome;
  readonly by: string | null;
  readonly mostAttempts: number;
  readonly hasRungSince: boolean;
  /** Of a call that the telephone has not told of yet. */
  readonly saidAt: Date | null;
}

function tried(tx: Tx, wall: Wall, task: TaskRow, attempt: Attempt, now: Date): Outcome | null {
  const { said, by, mostAttempts, hasRungSince, saidAt } = attempt;
  const attempts = task.attempts + 1;
  const outcome = outcomeAfter(said, attempts, mostAttempts, hasRungSince);
  tx.write(
    sql`update telephony.task set attempts = ${attempts}, claimed_until = null, tried_call_id = null, said_at = ${saidAt}, version = version + 1
        where scope_id = ${wall.scopeId} and task_id = ${task.id}`,
  );
  if (outcome === null) tellTask(tx, wall, task.id, now);
  else end(tx, wall, task, outcome, by, now);
  return outcome;
}

async function openTask(tx: Tx, wall: Wall, id: string): Promise<TaskRow> {
  const task = await lockTask(tx, wall.scopeId, id);
  if (task === null) throw new Problem('not_found');
  if (task.outcome !== null) throw new Problem('telephony.done', { outcome: task.outcome });
  return task;
}

/** Takes the call back on, and is told the number: recorded, for it is somebody's. */
export async function claimTask(
  house: House,
  acting: Acting,
  tx: Tx,
  wall: Wall,
  id: string,
  now: Date,
): Promise<{ number: string; until: Date }> {
  const task = await openTask(tx, wall, id);
  const isHeld = task.claimedUntil !== null && task.claimedUntil > now;
  if (isHeld && task.claimedBy !== acting.accountId)
    throw new Problem('telephony.claimed', { name: task.claimedName ?? '' });
  const until = new Date(now.getTime() + LEASE);
  // A call of the lease before this one, of which nothing was said, was one too.
  const isUnsaid = !isHeld && task.triedCallId !== null;
  tx.write(
    sql`update telephony.task set claimed_by = ${acting.accountId}, claimed_name = ${acting.displayName}, claimed_until = ${until},
          claimed_missed = missed_count, attempts = attempts + ${isUnsaid ? 1 : 0},
          tried_call_id = case when ${isUnsaid} then null else tried_call_id end,
          version = version + 1 where scope_id = ${wall.scopeId} and task_id = ${id}`,
  );
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall,
    accountId: acting.accountId,
    action: 'phone_task.number_revealed',
    objectType: 'phone_task',
    objectId: id,
    detail: { purpose: 'call_back' },
    at: now,
  });
  tellTask(tx, wall, id, now);
  return { number: house.crypto.open(task.cipher, 'telephony.task', id), until };
}

export async function sayOutcome(
  acting: Acting,
  tx: Tx,
  wall: Wall,
  id: string,
  { said, missedCount }: { readonly said: SaidOutcome; readonly missedCount: number },
  mostAttempts: number,
  now: Date,
): Promise<Outcome | null> {
  const task = await openTask(tx, wall, id);
  const isMine = task.claimedBy === acting.accountId && task.claimedUntil !== null && task.claimedUntil > now;
  // What needs no call needs nobody to have taken it on; but nobody's call is ended under their hands.
  if (!isMine && task.claimedUntil !== null && task.claimedUntil > now)
    throw new Problem('telephony.claimed', { name: task.claimedName ?? '' });
  if (!isMine && said !== 'not_needed') throw new Problem('telephony.not_claimed');
  // What ends it ends the calls that are spoken of, and not one that came meanwhile.
  if (said !== 'unreachable' && task.missedCount > missedCount) throw new Problem('telephony.rang_again');
  if (said === 'not_needed') {
    end(tx, wall, task, said, acting.displayName, now);
    return said;
  }
  const hasRungSince = task.missedCount > Math.min(task.claimedMissed ?? missedCount, missedCount);
  const saidAt = task.triedCallId === null ? now : null;
  return tried(tx, wall, task, { said, by: acting.displayName, mostAttempts, hasRungSince, saidAt }, now);
}
