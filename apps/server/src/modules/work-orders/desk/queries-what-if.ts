import type { Executor } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import type { JudgedOrder } from '../domain.ts';
import { type ScopeRef, visibleTo, withinReach, withinScope } from '../reach.ts';

interface JudgedRow {
  readonly scope_id: string;
  readonly work_order_id: string;
  readonly number: string;
  readonly category_code: string;
  readonly company_id: string | null;
  readonly city_id: string | null;
  readonly created_at: Date;
  readonly kind: string;
  readonly status: string;
  readonly clock_start_at: Date;
  readonly needed_by: Date | null;
  readonly pauses: { from: number; to: number | null }[];
  readonly accepted_at: Date | null;
  readonly arrived_at: Date | null;
  readonly finished_at: Date | null;
  readonly respond_due_at: Date | null;
  readonly arrive_due_at: Date | null;
  readonly resolve_due_at: Date | null;
}

export interface PastOrder {
  readonly id: string;
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly companyId: string | null;
  readonly number: string;
  readonly categoryCode: string;
  readonly createdAt: Date;
  readonly facts: JudgedOrder;
}

const at = (date: Date | null): number | null => date?.getTime() ?? null;

/** The newest orders of a time that bear one of these categories, as far as judging them again needs. */
export async function pastOrders(
  q: Executor,
  acting: Acting,
  scope: ScopeRef,
  codes: readonly string[],
  from: Date,
  to: Date,
  limit: number,
): Promise<PastOrder[]> {
  const rows = await q.query<JudgedRow>(
    sql`select o.scope_id, o.work_order_id, o.number, o.category_code, o.company_id, o.city_id, o.created_at, o.kind, o.status, o.clock_start_at,
        o.needed_by, o.pauses, o.accepted_at, o.arrived_at, o.finished_at, o.respond_due_at, o.arrive_due_at, o.resolve_due_at
      from work_orders.work_order o
      where ${withinReach(acting.actor)} and ${withinScope(scope)} and ${visibleTo(acting)} and o.created_at >= ${from} and o.created_at < ${to}
        and o.category_code = any (${codes}) order by o.created_at desc limit ${limit}`,
  );
  return rows.map((row) => ({
    id: row.work_order_id,
    scopeId: row.scope_id,
    cityId: row.city_id,
    companyId: row.company_id,
    number: row.number,
    categoryCode: row.category_code,
    createdAt: row.created_at,
    facts: {
      kind: row.kind as JudgedOrder['kind'],
      status: row.status as JudgedOrder['status'],
      clockStartAt: row.clock_start_at.getTime(),
      neededBy: at(row.needed_by),
      pauses: row.pauses,
      acceptedAt: at(row.accepted_at),
      arrivedAt: at(row.arrived_at),
      finishedAt: at(row.finished_at),
      respondDueAt: at(row.respond_due_at),
      arriveDueAt: at(row.arrive_due_at),
      resolveDueAt: at(row.resolve_due_at),
    },
  }));
}
