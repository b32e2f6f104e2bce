import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { giveOrder, orderForDispatch } from '../work-orders/index.ts';
import { acknowledge, answer, isUnclaimed } from './domain.ts';
import { lockTask, storeAnswer } from './queries-tasks.ts';
import { hasBeenTold, rulesOf } from './queries-escalation.ts';
import { tellPages } from './service-tasks.ts';

/** What people say to being asked, and to being told that nobody has it. */

export interface Answered {
  readonly scopeId: string;
  readonly orderId: string;
  readonly said: 'accept' | 'decline';
  readonly reason: string | null;
}

/** The task's lock decides between all who press at once: the first has it, the others are told so. */
export async function answerOffer(
  house: House,
  acting: Acting,
  tx: Tx,
  { scopeId, orderId, said, reason }: Answered,
  now: Date,
): Promise<void> {
  if (!acting.actor.scopeIds.includes(scopeId)) throw new Problem('not_found');
  const row = await lockTask(tx, scopeId, orderId);
  if (row === null) throw new Problem('not_found');
  const answered = answer(row.task, acting.accountId, said, now.getTime());
  if ('fault' in answered) throw new Problem(answered.fault);
  const after = { ...row, task: answered.task };
  if (said === 'accept') {
    const by = { accountId: acting.accountId, name: acting.displayName, role: acting.role };
    try {
      await giveOrder(
        house,
        tx,
        { scopeId, id: orderId, accountId: acting.accountId, isAccepted: true, by },
        now,
      );
    } catch (error) {
      // Given by hand, cancelled or closed in the meantime: for who presses it comes to the same.
      if (error instanceof Problem && error.code === 'work_order.not_allowed')
        throw new Problem('dispatch.taken');
      throw error;
    }
  }
  storeAnswer(tx, after, row.task, reason, now);
  tellPages(tx, after, now);
}

/** "I see to it", by who was told, once a step: the chain rests for a while, and the worker tells whoever comes next. */
export async function acknowledgeOrder(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  orderId: string,
  now: Date,
): Promise<void> {
  const found = await orderForDispatch(tx, acting, scopeId, orderId);
  if (found === null) throw new Problem('not_found');
  const row = await lockTask(tx, scopeId, orderId);
  if (row?.watch == null || row.watch.isEnded || !isUnclaimed(found.order.state))
    throw new Problem('dispatch.not_watched');
  const rules = await rulesOf(tx, house, found.order.wall, now);
  const isTold = await hasBeenTold(tx, scopeId, orderId, row.watch.round, acting.accountId);
  const held = acknowledge(row.watch, isTold, rules, now.getTime());
  if ('fault' in held) throw new Problem(held.fault);
  const { heldUntil, heldStep } = held.watch;
  tx.write(
    sql`update dispatch.task set held_until = ${heldUntil === null ? null : new Date(heldUntil)}, held_step = ${heldStep},
          held_by = ${acting.accountId}, held_by_name = ${acting.displayName},
          watch_due_at = case when watch_due_at is null then null else ${now}::timestamptz end, updated_at = ${now}
        where scope_id = ${scopeId} and work_order_id = ${orderId}`,
  );
  tellPages(tx, row, now);
}
