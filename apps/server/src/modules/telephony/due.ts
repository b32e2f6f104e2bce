import { DAY } from '@gongzhi/kernel';
import type { DueSweep } from '../../platform/due/due.ts';
import { sql } from '../../platform/db/sql.ts';
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
    const calls = await tx.query<SilentCall>(
      sql`update telephony.call c set state = 'lost' from (
            select o.scope_id, o.call_id from telephony.call o
            where o.scope_id = any (${scopes.map(({ scopeId }) => scopeId)}::uuid[])
              and ((o.state in ('waiting', 'ringing') and o.heard_at < ${before(now, silentAfter.ringing)})
                or (o.state = 'talking' and o.heard_at < ${before(now, silentAfter.talking)}))
            limit ${limit} for update skip locked) silent
          where c.scope_id = silent.scope_id and c.call_id = silent.call_id
          returning c.call_id as id, c.scope_id as "scopeId", c.direction, c.number_cipher as cipher, c.number_index as index,
            c.heard_at as "heardAt", c.task_id as "taskId", c.answered_at as "answeredAt"`,
    );
    for (const call of calls) {
      const wall = await wallOf(tx, call.scopeId);
      if (wall === null) continue;
      const isMissed = call.direction === 'in' && call.answeredAt === null && call.taskId === null;
      if (isMissed && call.cipher !== null && call.index !== null) {
        const number = house.crypto.open(call.cipher, 'telephony.call', call.id);
        await missed({ house, tx, wall, now }, { id: call.id, number, index: call.index }, call.heardAt, 0);
      }
      tellCall(tx, wall, call.id, 'lost', [], now);
    }
    return calls.length;
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
    const calls = await tx.query(
      sql`delete from telephony.call c using (
            select o.scope_id, o.call_id from telephony.call o where o.heard_at < ${old} limit ${limit} for update skip locked) old
          where c.scope_id = old.scope_id and c.call_id = old.call_id returning 1 as gone`,
    );
    const tasks = await tx.query(
      sql`delete from telephony.task t using (
            select o.scope_id, o.task_id from telephony.task o where o.done_at < ${old} limit ${limit} for update skip locked) old
          where t.scope_id = old.scope_id and t.task_id = old.task_id returning 1 as gone`,
    );
    return calls.length + tasks.length;
  },
};
