import { DAY } from '@gongzhi/kernel';
import { openOrNull } from '../../platform/crypto/crypto.ts';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import { wallOf } from '../places/index.ts';
import { silentAfter } from './domain.ts';
import { lockLines, unsaidTasks } from './queries.ts';
import { tellCall } from './service.ts';
import { chainOf } from './service-intake.ts';
import { leftUnsaid, missed } from './service-tasks.ts';

/** Numbers of who rang are kept no longer than they are of use. */
export const KEEP_DAYS = 90;

const before = (now: Date, milliseconds: number): Date => new Date(now.getTime() - milliseconds);

interface SilentCall {
  readonly id: string;
  readonly scopeId: string;
  readonly direction: string;
  readonly cipher: Buffer | null;
  readonly index: Buffer | null;
  readonly heardAt: Date;
  readonly taskId: string | null;
  readonly answeredAt: Date | null;
}

interface Old {
  readonly scopeId: string;
  readonly id: string;
}

/** A call whose end was never told leaves the queue; who was not answered is called back. */
export const silentCalls: DueSweep = {
  name: 'telephony.silent',
  everyMilliseconds: 60_000,
  async claim(tx, now, limit, house) {
    // As of what a provider tells: the desk's lock first, then its calls. Departments in one order.
    const scopes = await tx.query<{ scopeId: string }>(
      sql`select distinct c.scope_id as "scopeId" from telephony.call c
          where (c.state in ('waiting', 'ringing') and c.heard_at < ${before(now, silentAfter.ringing)})
            or (c.state = 'talking' and c.heard_at < ${before(now, silentAfter.talking)})
          order by c.scope_id limit ${limit}`,
    );
    if (scopes.length === 0) return 0;
    for (const { scopeId } of scopes) await lockLines(tx, scopeId);
    const calls = await claimByScope<SilentCall>(tx, {
      columns: sql`c.call_id as id, c.scope_id as "scopeId", c.direction, c.number_cipher as cipher, c.number_index as index,
            c.heard_at as "heardAt", c.task_id as "taskId", c.answered_at as "answeredAt"`,
      from: sql`telephony.call c`,
      scope: sql`c.scope_id`,
      id: sql`c.call_id`,
      due: sql`c.scope_id = any (${scopes.map(({ scopeId }) => scopeId)}::uuid[])
              and ((c.state in ('waiting', 'ringing') and c.heard_at < ${before(now, silentAfter.ringing)})
                or (c.state = 'talking' and c.heard_at < ${before(now, silentAfter.talking)}))`,
      order: sql`c.heard_at`,
      limit,
    });
    let left = 0;
    for (const call of calls) {
      const isMissed = call.direction === 'in' && call.answeredAt === null && call.taskId === null;
      const isCalledBack = isMissed && call.cipher !== null && call.index !== null;
      const number = isCalledBack ? openOrNull(house.crypto, call.cipher, 'telephony.call', call.id) : null;
      if (isCalledBack && number === null) {
        house.log.error(
          { scopeId: call.scopeId, call: call.id },
          'the number of a missed call does not open',
        );
        // It may be sealed with a key that this process is given at its next start.
        if (call.heardAt > before(now, DAY)) {
          left++;
          continue;
        }
      }
      tx.write(
        sql`update telephony.call set state = 'lost' where scope_id = ${call.scopeId} and call_id = ${call.id}`,
      );
      const wall = await wallOf(tx, call.scopeId);
      if (wall === null) continue;
      if (number !== null && call.index !== null)
        await missed({ house, tx, wall, now }, { id: call.id, number, index: call.index }, call.heardAt, 0);
      tellCall(tx, wall, call.id, 'lost', [], now);
    }
    return calls.length - left;
  },
};

/** A call back of which nothing was said by the time it was theirs no more. */
export const unsaidCalls: DueSweep = {
  name: 'telephony.unsaid',
  everyMilliseconds: 60_000,
  async claim(tx, now, limit, house) {
    const tasks = await unsaidTasks(tx, now, limit);
    for (const task of tasks) {
      const wall = await wallOf(tx, task.scopeId);
      if (wall === null) continue;
      const most = await house.settings.get(tx, chainOf(wall), 'telephony.most_attempts', now);
      leftUnsaid(tx, wall, task, most, now);
    }
    return tasks.length;
  },
};

/** Calls, and tasks that are done, are forgotten with their numbers. */
export const forgetCalls: DueSweep = {
  name: 'telephony.forget',
  lane: 'chores',
  everyMilliseconds: 60 * 60_000,
  async claim(tx, now, limit) {
    const old = before(now, KEEP_DAYS * DAY);
    const forDeletion = sql`for update`;
    const calls = await claimByScope<Old>(tx, {
      columns: sql`c.scope_id as "scopeId", c.call_id as id`,
      from: sql`telephony.call c`,
      scope: sql`c.scope_id`,
      id: sql`c.call_id`,
      due: sql`c.heard_at < ${old}`,
      order: sql`c.heard_at`,
      limit,
      lock: forDeletion,
    });
    const tasks = await claimByScope<Old>(tx, {
      columns: sql`t.scope_id as "scopeId", t.task_id as id`,
      from: sql`telephony.task t`,
      scope: sql`t.scope_id`,
      id: sql`t.task_id`,
      due: sql`t.done_at < ${old}`,
      order: sql`t.done_at`,
      limit,
      lock: forDeletion,
    });
    for (const { scopeId, id } of calls)
      tx.write(sql`delete from telephony.call where scope_id = ${scopeId} and call_id = ${id}`);
    for (const { scopeId, id } of tasks)
      tx.write(sql`delete from telephony.task where scope_id = ${scopeId} and task_id = ${id}`);
    return calls.length + tasks.length;
  },
};
