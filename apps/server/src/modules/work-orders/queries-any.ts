import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { orderOf } from './tables-reading.ts';
import type { Order } from './tables.ts';

/** For what the house itself does, without anybody's eyes: the wall of whoever acts is all that limits it. */

export async function lockAny(tx: Tx, scopeId: string, id: string): Promise<Order | null> {
  const [row] = await tx.query<Record<string, unknown>>(
    sql`select o.* from work_orders.work_order o where o.scope_id = ${scopeId} and o.work_order_id = ${id} for no key update`,
  );
  return row === undefined ? null : orderOf(row);
}

export async function isNumberTaken(q: Executor, scopeId: string, number: string): Promise<boolean> {
  const rows = await q.query(
    sql`select 1 from work_orders.work_order o where o.scope_id = ${scopeId} and o.number = ${number}`,
  );
  return rows.length > 0;
}

export interface OrderStanding {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly assigneeName: string | null;
}

/** How these orders stand, for a module whose rows led to them. */
export function standingsOf(
  q: Executor,
  scopeIds: readonly string[],
  ids: readonly string[],
): Promise<OrderStanding[]> {
  return q.query<OrderStanding>(
    sql`select o.work_order_id as id, o.number, o.status, o.assignee_name as "assigneeName" from work_orders.work_order o
        where o.scope_id = any (${scopeIds}::uuid[]) and o.work_order_id = any (${ids}::uuid[])`,
  );
}
