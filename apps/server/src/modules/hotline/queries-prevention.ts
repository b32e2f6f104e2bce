import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';

/** For prevention: calls about what orders are open or were, without who called or what was said. */

export interface OrderCall {
  readonly workOrderId: string;
  readonly at: Date;
  /** The call that opened the case; the others came about the same matter. */
  readonly isFirst: boolean;
}

/** Confidential ones are nobody's statistics. A call that has an order of its own speaks for that one. */
export function callsOnOrders(q: Executor, scopeId: string, from: Date, until: Date): Promise<OrderCall[]> {
  return q.query<OrderCall>(
    sql`select o.work_order_id as "workOrderId", c.received_at as at, true as "isFirst"
        from hotline.case_order o join hotline.hotline_case c on c.scope_id = o.scope_id and c.case_id = o.case_id
        where o.order_scope_id = ${scopeId} and not c.is_confidential and c.received_at >= ${from} and c.received_at < ${until}
        union all
        select o.work_order_id, r.received_at, false
        from hotline.case_order o join hotline.hotline_case r on r.scope_id = o.scope_id and r.repeat_of_id = o.case_id
        where o.order_scope_id = ${scopeId} and not r.is_confidential and r.received_at >= ${from} and r.received_at < ${until}
          and not exists (select from hotline.case_order n where n.scope_id = r.scope_id and n.case_id = r.case_id)`,
  );
}
