import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { writeChange } from './changes.ts';
import { decide, lotOf, type Rating } from './domain.ts';
import { categoryAt, settingsOf, standingOf, workingOf } from './facts.ts';
import { aroundOf, lockOrder } from './queries.ts';
import type { NewWorkOrderBody } from './schemas.ts';
import { actorOf, nextOrder } from './service.ts';
import { createOrder } from './service-create.ts';

/**
 * Orders behind a case of the hotline. The case and its order are written in one transaction; the order is held until
 * the case is answered, and the case is answered only when its orders' work is done.
 */
export interface HeldOrder {
  readonly id: string;
  readonly scopeId: string;
  readonly number: string;
}

export async function openHeldOrder(
  house: House,
  acting: Acting,
  tx: Tx,
  body: NewWorkOrderBody,
  now: Date,
): Promise<HeldOrder> {
  const { order } = await createOrder(house, acting, tx, body, now);
  const held = { id: order.id, scopeId: order.wall.scopeId, number: order.number };
  holdOrder(tx, held);
  return held;
}

export function holdOrder(tx: Tx, { scopeId, id }: { readonly scopeId: string; readonly id: string }): void {
  tx.write(
    sql`update work_orders.work_order set held_by = 'hotline' where scope_id = ${scopeId} and work_order_id = ${id}`,
  );
}

export interface OrderFacts {
  readonly id: string;
  readonly scopeId: string;
  readonly number: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly workerName: string | null;
  readonly arrivedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly workDone: string | null;
  /** Its work is still to be done. */
  readonly isOpen: boolean;
}

/** What an order says of its work. `isLocked` keeps it as it is until the transaction ends. */
export async function orderFacts(
  q: Executor,
  orders: readonly { readonly scopeId: string; readonly id: string }[],
  isLocked = false,
): Promise<OrderFacts[]> {
  const found = await Promise.all(
    orders.map(({ scopeId, id }) =>
      q.query<Omit<OrderFacts, 'isOpen'>>(
        isLocked
          ? sql`select o.work_order_id as id, o.scope_id as "scopeId", o.number, o.status, o.outcome, o.assignee_name as "workerName",
                  o.arrived_at as "arrivedAt", o.finished_at as "finishedAt", o.work_done as "workDone"
                from work_orders.work_order o where o.scope_id = ${scopeId} and o.work_order_id = ${id} for no key update`
          : sql`select o.work_order_id as id, o.scope_id as "scopeId", o.number, o.status, o.outcome, o.assignee_name as "workerName",
                  o.arrived_at as "arrivedAt", o.finished_at as "finishedAt", o.work_done as "workDone"
                from work_orders.work_order o where o.scope_id = ${scopeId} and o.work_order_id = ${id}`,
      ),
    ),
  );
  const done = new Set(['finished', 'confirmed', 'closed', 'cancelled']);
  return found.flat().map((row) => ({ ...row, isOpen: !done.has(row.status) }));
}

/** The hotline has its answer, or the case is another's: the order goes on by itself. */
export function releaseOrder(
  tx: Tx,
  { scopeId, id }: { readonly scopeId: string; readonly id: string },
): void {
  tx.write(
    sql`update work_orders.work_order set held_by = null where scope_id = ${scopeId} and work_order_id = ${id}`,
  );
}

/**
 * What the hotline's caller said of it, on the order too: done, and how satisfied; or not done, and somebody goes again.
 * Where the order has its answer already, nothing happens.
 */
export async function tellOrder(
  house: House,
  acting: Acting,
  tx: Tx,
  { scopeId, id }: { readonly scopeId: string; readonly id: string },
  said: { readonly isSolved: boolean; readonly score: Rating | null; readonly wasContacted: boolean | null },
  now: Date,
): Promise<boolean> {
  const [before, around] = await Promise.all([
    lockOrder(tx, acting, scopeId, id),
    aroundOf(tx, acting, scopeId, id),
  ]);
  if (before === null || before.state.status !== 'finished') return false;
  const [category, settings, working] = await Promise.all([
    categoryAt(tx, before.state.categoryCode, before.wall, before.state.clockStartAt),
    settingsOf(house, tx, before.wall, now, before.state.categoryCode),
    workingOf(tx, before.wall),
  ]);
  if (category === null) return false;
  const decided = decide(
    before.state,
    {
      action: 'record_callback',
      result: said.isSolved ? 'satisfied_done' : 'not_done',
      score: said.isSolved ? said.score : null,
      wasContacted: said.wasContacted,
    },
    {
      who: ['desk'],
      now: now.getTime(),
      accountId: acting.accountId,
      category,
      settings,
      working,
      lot: lotOf(id),
      standing: standingOf(acting, before),
    },
  );
  if (!decided.ok) return false;
  const after = nextOrder(before, decided.value, null, now);
  writeChange(tx, { before, after, decision: decided.value, steps: around.steps, by: actorOf(acting), now });
  return true;
}
