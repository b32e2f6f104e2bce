import { MINUTE, maskPhone, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall } from '../places/index.ts';
import {
  type CallState,
  type Direction,
  type Outcome,
  outcomeAfter,
  type SaidOutcome,
  settledBy,
} from './domain.ts';
import { hasBeenDoneSince, hasSpokenSince, lockTask, lockTaskOfNumber, type TaskRow } from './queries.ts';
import { tellTask } from './service.ts';
import type { Taking } from './service-intake.ts';

/** Who is called back has this long to be called by one alone. */
const LEASE = 15 * MINUTE;

export interface CallOfTask {
  readonly id: string;
  readonly direction: Direction;
  readonly number: string;
  readonly index: Buffer;
  readonly state: CallState;
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
  if (call.endedAt === null || call.taskId !== null) return;
  if (call.direction === 'in') await missed(taking, call, new Date(call.endedAt));
  else await reachedNobody(taking, call);
}

/** One task a number while it is open, however often they ring. */
export async function missed(
  { house, tx, wall, now }: Pick<Taking, 'house' | 'tx' | 'wall' | 'now'>,
  call: Pick<CallOfTask, 'id' | 'number' | 'index'>,
  at: Date,
): Promise<void> {
  const { scopeId } = wall;
  if (await hasSpokenSince(tx, scopeId, call.index, at)) return;
  if (await hasBeenDoneSince(tx, scopeId, call.index, at)) return;
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

/** A call back from the telephone itself that nobody took: tried once more. */
async function reachedNobody({ tx, wall, mostAttempts, now }: Taking, call: CallOfTask): Promise<void> {
  const open = await lockTaskOfNumber(tx, wall.scopeId, call.index);
  if (open === null) return;
  counted(tx, wall.scopeId, call.id, open.id);
  tried(tx, wall, open, 'unreachable', mostAttempts, null, now);
}

function counted(tx: Tx, scopeId: string, callId: string, taskId: string): void {
  tx.write(
    sql`update telephony.call set task_id = ${taskId} where scope_id = ${scopeId} and call_id = ${callId}`,
  );
}

function end(tx: Tx, wall: Wall, task: TaskRow, outcome: Outcome, by: string | null, now: Date): void {
  tx.write(
    sql`update telephony.task set done_at = ${now}, done_name = ${by}, outcome = ${outcome}, claimed_until = null, version = version + 1
        where scope_id = ${wall.scopeId} and task_id = ${task.id}`,
  );
  tellTask(tx, wall, task.id, now);
}

function tried(
  tx: Tx,
  wall: Wall,
  task: TaskRow,
  said: SaidOutcome,
  mostAttempts: number,
  by: string | null,
  now: Date,
): Outcome | null {
  const attempts = task.attempts + 1;
  const outcome = outcomeAfter(said, attempts, mostAttempts);
  tx.write(
    sql`update telephony.task set attempts = ${attempts}, claimed_until = null, version = version + 1
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
  tx.write(
    sql`update telephony.task set claimed_by = ${acting.accountId}, claimed_name = ${acting.displayName}, claimed_until = ${until},
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
  said: SaidOutcome,
  mostAttempts: number,
  now: Date,
): Promise<Outcome | null> {
  const task = await openTask(tx, wall, id);
  const isMine = task.claimedBy === acting.accountId && task.claimedUntil !== null && task.claimedUntil > now;
  // What needs no call needs nobody to have taken it on; but nobody's call is ended under their hands.
  if (!isMine && task.claimedUntil !== null && task.claimedUntil > now)
    throw new Problem('telephony.claimed', { name: task.claimedName ?? '' });
  if (!isMine && said !== 'not_needed') throw new Problem('telephony.not_claimed');
  if (said === 'not_needed') {
    end(tx, wall, task, said, acting.displayName, now);
    return said;
  }
  return tried(tx, wall, task, said, mostAttempts, acting.displayName, now);
}
