import type { Executor } from '../../../platform/db/database.ts';
import { empty, sql } from '../../../platform/db/sql.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';

export interface HandoverRow {
  readonly id: string;
  readonly fromAccountId: string;
  readonly fromName: string;
  readonly toAccountId: string;
  readonly toName: string;
  readonly state: 'offered' | 'accepted' | 'declined' | 'withdrawn';
  readonly createdAt: Date;
  readonly answeredAt: Date | null;
}

export interface HandoverItemRow {
  readonly handoverId: string;
  readonly orderId: string;
  readonly scopeId: string;
  readonly note: string;
  readonly result: 'passed' | 'gone' | null;
  readonly number: string;
  readonly categoryCode: string;
  readonly placeLabel: string;
  readonly status: string;
  readonly isEmergency: boolean;
  readonly isConfidential: boolean;
}

/** Open ones, and those of the last three days; a worker's own, or the whole department's for its desk. */
export async function handoversOf(q: Executor, acting: Acting, since: Date): Promise<HandoverRow[]> {
  const { homeScopeId, accountId, role } = acting;
  const own = role === 'worker' || role === 'guard';
  return q.query<HandoverRow>(
    sql`select h.handover_id as id, h.from_account_id as "fromAccountId", h.from_name as "fromName", h.to_account_id as "toAccountId",
        h.to_name as "toName", h.state, h.created_at as "createdAt", h.answered_at as "answeredAt"
      from work_orders.handover h
      where h.scope_id = ${homeScopeId} and (h.state = 'offered' or h.created_at >= ${since})
        ${own ? sql`and (h.from_account_id = ${accountId} or h.to_account_id = ${accountId})` : empty}
      order by h.handover_id desc limit 50`,
  );
}

export async function handoverItems(
  q: Executor,
  scopeId: string,
  handoverIds: readonly string[],
): Promise<HandoverItemRow[]> {
  return q.query<HandoverItemRow>(
    sql`select i.handover_id as "handoverId", i.work_order_id as "orderId", i.order_scope_id as "scopeId", i.note, i.result, o.number,
        o.category_code as "categoryCode", o.place_label as "placeLabel", o.status, o.is_emergency as "isEmergency",
        o.is_confidential as "isConfidential"
      from work_orders.handover_item i
        join work_orders.work_order o on o.scope_id = i.order_scope_id and o.work_order_id = i.work_order_id
      where i.scope_id = ${scopeId} and i.handover_id = any (${handoverIds}::uuid[]) order by i.work_order_id`,
  );
}

/** Live events of a hand-over reach who gives and who takes. */
export async function visibleHandovers(
  q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await q.query<{ id: string }>(
    sql`select h.handover_id as id from work_orders.handover h
      where h.scope_id = any (${[...new Set(objects.map((object) => object.scopeId))]}::uuid[])
        and h.handover_id = any (${objects.map((object) => object.id)}::uuid[])
        and (h.from_account_id = ${acting.accountId} or h.to_account_id = ${acting.accountId})`,
  );
  return new Set(rows.map((row) => row.id));
}
