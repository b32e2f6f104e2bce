import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { viewFor } from './domain.ts';
import { categoryAt, relationsTo } from './facts.ts';
import { findOrder } from './queries.ts';
import { orderOf } from './tables-reading.ts';
import type { Order } from './tables.ts';

/** What dispatch asks of orders: which wait, and how much each worker has in hand. */

export interface DispatchOrder {
  readonly id: string;
  readonly scopeId: string;
  readonly order: Order;
  /** The skill its category asks for, as it is judged. */
  readonly skill: string;
  readonly respondMinutes: number;
  readonly nameZh: string;
  readonly nameEn: string;
}

async function withSkill(q: Executor, order: Order | null): Promise<DispatchOrder | null> {
  if (order === null) return null;
  const { scopeId } = order.wall;
  const { categoryCode, clockStartAt } = order.state;
  const category = await categoryAt(q, categoryCode, order.wall, clockStartAt);
  if (category === null) return null;
  const { skill, respondMinutes, nameZh, nameEn } = category;
  return { id: order.id, scopeId, order, skill, respondMinutes, nameZh, nameEn };
}

/** As somebody may see it; null when they may not. */
export async function orderForDispatch(
  q: Executor,
  acting: Acting,
  scopeId: string,
  id: string,
): Promise<DispatchOrder | null> {
  return withSkill(q, await findOrder(q, acting, scopeId, id));
}

/** Whoever sees it or not: for the house itself, and for who was asked to take it. Locks when `isLocking`. */
export async function orderOfHouse(
  q: Executor,
  scopeId: string,
  id: string,
  isLocking = false,
): Promise<DispatchOrder | null> {
  const [row] = isLocking
    ? await q.query<Record<string, unknown>>(
        sql`select o.* from work_orders.work_order o where o.scope_id = ${scopeId} and o.work_order_id = ${id} for no key update`,
      )
    : await q.query<Record<string, unknown>>(
        sql`select o.* from work_orders.work_order o where o.scope_id = ${scopeId} and o.work_order_id = ${id}`,
      );
  return withSkill(q, row === undefined ? null : orderOf(row));
}

export interface Workload {
  readonly accountId: string;
  readonly openOrders: number;
  /** Of these, emergencies that do not rest. */
  readonly openEmergencies: number;
  /** Accepted since the moment asked for. */
  readonly taken: number;
  /** The building of the last order they have arrived at since then. */
  readonly lastScopeId: string | null;
  readonly lastBuildingId: string | null;
}

/**
 * What these workers have in hand in these compounds, and where they were last. Complaints about colleagues are left
 * out: not even their number is anybody's.
 *
 * What was taken or arrived at since then is open or has closed since then. Asked for by the worker, all that they ever did
 * would be read; so `is true` keeps who has it out of the choice of an index.
 */
export async function workloadsOf(
  q: Executor,
  scopeIds: readonly string[],
  accountIds: readonly string[],
  since: Date,
): Promise<Map<string, Workload>> {
  const theirs = sql`o.scope_id = any (${scopeIds}::uuid[]) and (o.assignee_account_id = any (${accountIds}::uuid[])) is true
            and o.accused_account_id is null`;
  const told = sql`o.assignee_account_id, o.work_order_id, o.scope_id, o.building_id, o.status, o.is_open, o.is_emergency, o.accepted_at, o.arrived_at`;
  const rows = await q.query<{
    id: string;
    open: number;
    emergencies: number;
    taken: number;
    lastScopeId: string | null;
    lastBuildingId: string | null;
  }>(
    sql`select o.assignee_account_id as id,
          count(*) filter (where o.is_open and o.status <> all ('{finished,confirmed}'))::integer as open,
          count(*) filter (where o.is_open and o.status <> all ('{finished,confirmed,paused}') and o.is_emergency)::integer as emergencies,
          count(*) filter (where o.accepted_at >= ${since})::integer as taken,
          (array_agg(o.scope_id order by o.arrived_at desc, o.work_order_id desc) filter (where o.arrived_at >= ${since}))[1] as "lastScopeId",
          (array_agg(o.building_id order by o.arrived_at desc, o.work_order_id desc) filter (where o.arrived_at >= ${since}))[1] as "lastBuildingId"
        from (select ${told} from work_orders.work_order o where o.is_open and ${theirs}
          union all
          select ${told} from work_orders.work_order o where o.closed_at >= ${since} and ${theirs}) o
        group by 1`,
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    accountIds.map((accountId) => {
      const row = known.get(accountId);
      return [
        accountId,
        {
          accountId,
          openOrders: row?.open ?? 0,
          openEmergencies: row?.emergencies ?? 0,
          taken: row?.taken ?? 0,
          lastScopeId: row?.lastScopeId ?? null,
          lastBuildingId: row?.lastBuildingId ?? null,
        },
      ];
    }),
  );
}

/** Who was asked in this round and sent it back. */
export async function refusedBy(q: Executor, scopeId: string, id: string, since: Date): Promise<string[]> {
  const rows = await q.query<{ id: string }>(
    sql`select distinct s.handler_account_id as id from work_orders.step s
        where s.scope_id = ${scopeId} and s.work_order_id = ${id} and s.state = 'refused' and s.opened_at >= ${since}
          and s.handler_account_id is not null`,
  );
  return rows.map((row) => row.id);
}

/** When somebody last said yes to it; null: nobody ever did. */
export async function lastTakenAt(q: Executor, scopeId: string, id: string): Promise<Date | null> {
  const [row] = await q.query<{ at: Date | null }>(
    sql`select max(s.accepted_at) as at from work_orders.step s where s.scope_id = ${scopeId} and s.work_order_id = ${id}`,
  );
  return row?.at ?? null;
}

/** How an order of the past went, for what is learned from it. */
export interface PastOrder {
  readonly category: string;
  readonly isEmergency: boolean;
  readonly createdAt: Date;
  readonly acceptedAt: Date | null;
  readonly departedAt: Date | null;
  readonly arrivedAt: Date | null;
}

/**
 * The latest orders of a place that somebody took, oldest first: not what came by appointment or in a second round,
 * whose hours were chosen, nor what was imported.
 */
export async function pastOrders(
  q: Executor,
  scopeId: string,
  since: Date,
  limit: number,
): Promise<PastOrder[]> {
  const rows = await q.query<PastOrder>(
    sql`select o.category_code as category, o.is_emergency as "isEmergency", o.created_at as "createdAt", o.accepted_at as "acceptedAt",
          o.departed_at as "departedAt", o.arrived_at as "arrivedAt"
        from work_orders.work_order o
        where o.scope_id = ${scopeId} and o.created_at >= ${since} and o.accepted_at is not null and o.source <> 'import'
          and o.reopen_count = 0 and o.accused_account_id is null and o.visit ->> 'appointment' is null
          and (o.visit ->> 'missedCount')::integer = 0
        order by o.work_order_id desc limit ${limit}`,
  );
  return rows.toReversed();
}

/** What each worker has done in a place, and what was said of it; a complaint's judgement is nobody's to show. */
export function doneBy(
  q: Executor,
  scopeId: string,
  since: Date,
): Promise<{ accountId: string; done: number; rated: number; satisfied: number }[]> {
  return q.query(
    sql`select o.assignee_account_id as "accountId", count(*)::integer as done,
          count(*) filter (where o.rating is not null and not o.is_confidential)::integer as rated,
          count(*) filter (where o.rating = 'satisfied' and not o.is_confidential)::integer as satisfied
        from work_orders.work_order o
        where o.scope_id = ${scopeId} and o.finished_at >= ${since} and o.assignee_account_id is not null
          and o.accused_account_id is null and o.source <> 'import'
        group by 1`,
  );
}

/** May this reader know who comes? Neighbours who wait for the same may not. */
export function seesWhoComes(acting: Acting, { order }: DispatchOrder): boolean {
  const { isPublic } = order.wall;
  const { isConfidential, status } = order.state;
  return viewFor({ isPublic, isConfidential, status }, relationsTo(acting, order)).seesAssignee;
}
