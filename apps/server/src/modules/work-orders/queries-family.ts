import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { LinkKind } from './domain.ts';
import { visibleTo, withinReach } from './reach.ts';
import { orderOf } from './tables-reading.ts';
import type { Order } from './tables.ts';

/** Orders that belong together: parts, duplicates, and what was linked by hand or by an import. */

export interface RelatedRow {
  readonly kind: LinkKind;
  readonly scopeId: string;
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly pausedFrom: string | null;
  readonly outcome: string | null;
  readonly categoryNameZh: string;
  readonly categoryNameEn: string;
  readonly description: string;
}

const shown = sql`o.scope_id as "scopeId", o.work_order_id as id, o.number, o.status, o.paused_from as "pausedFrom", o.outcome,
  n.name_zh as "categoryNameZh", n.name_en as "categoryNameEn", left(o.description, 80) as description`;

/**
 * Two questions in one packet. Parts and duplicates stand in the orders' own columns, so that the residents they
 * belong to read them; links are the desk's, and may lead into other scopes.
 */
export async function relatedOf(
  q: Executor,
  acting: Acting,
  scopeId: string,
  id: string,
): Promise<RelatedRow[]> {
  const [family, linked] = await Promise.all([
    q.query<RelatedRow>(
      sql`select case when o.parent_id = ${id} then 'has_part' when o.duplicate_of_id = ${id} then 'duplicated_by'
            when o.work_order_id = me.parent_id then 'part_of' else 'duplicate_of' end as kind, ${shown}
        from work_orders.work_order me join work_orders.work_order o on o.scope_id = me.scope_id
          and (o.parent_id = me.work_order_id or o.duplicate_of_id = me.work_order_id
            or o.work_order_id = me.parent_id or o.work_order_id = me.duplicate_of_id)
          join work_orders.category n on n.code = o.category_code
        where me.scope_id = ${scopeId} and me.work_order_id = ${id} and o.scope_id = ${scopeId} and ${visibleTo(acting)}
        order by o.work_order_id limit 50`,
    ),
    q.query<RelatedRow>(
      sql`select l.kind, ${shown} from work_orders.link l
          join work_orders.work_order o on o.scope_id = l.other_scope_id and o.work_order_id = l.other_work_order_id
          join work_orders.category n on n.code = o.category_code
        where l.scope_id = ${scopeId} and l.work_order_id = ${id} and l.removed_at is null and ${visibleTo(acting)}
        order by l.created_at, o.work_order_id limit 50`,
    ),
  ]);
  return [...family, ...linked];
}

/** By the number people say, wherever the actor can look; in one's own scope first. */
export async function findByNumber(
  q: Executor,
  acting: Acting,
  scopeId: string,
  number: string,
): Promise<Order | null> {
  const rows = await q.query<Record<string, unknown>>(
    sql`select o.* from work_orders.work_order o where ${withinReach(acting.actor)} and o.number = ${number} and ${visibleTo(acting)}
      order by (o.scope_id = ${scopeId}) desc limit 1`,
  );
  return rows[0] === undefined ? null : orderOf(rows[0]);
}

export const addLink = (from: Order, to: Order, kind: LinkKind, at: Date): Statement =>
  sql`insert into work_orders.link (scope_id, work_order_id, other_scope_id, other_work_order_id, city_id, street_id, company_id, kind, created_at)
      values (${from.wall.scopeId}, ${from.id}, ${to.wall.scopeId}, ${to.id}, ${from.wall.cityId}, ${from.wall.streetId}, ${from.wall.companyId}, ${kind}, ${at})
      on conflict (scope_id, work_order_id, other_scope_id, other_work_order_id, kind)
      do update set removed_at = null, created_at = excluded.created_at`;

export const removeLink = (from: Order, to: Order, kind: LinkKind, at: Date): Statement =>
  sql`update work_orders.link set removed_at = ${at} where scope_id = ${from.wall.scopeId} and work_order_id = ${from.id}
      and other_scope_id = ${to.wall.scopeId} and other_work_order_id = ${to.id} and kind = ${kind} and removed_at is null`;

/** The chosen photos go with the part they show; who sees the part sees them. */
export const movePhotos = (from: Order, to: Order, photoIds: readonly string[], at: Date): Statement =>
  sql`update platform.file set attached_id = ${to.id}, attached_at = ${at}, is_public = ${to.wall.isPublic}
      where scope_id = ${from.wall.scopeId} and attached_id = ${from.id} and attached_type = 'work_order.report'
        and file_id = any (${[...photoIds]}::uuid[])`;

/** Which of these orders are parts, and of what (worker role). */
export async function parentsOf(q: Executor, scopeId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await q.query<{ id: string }>(
    sql`select distinct o.parent_id as id from work_orders.work_order o
      where o.scope_id = ${scopeId} and o.work_order_id = any (${[...ids]}::uuid[]) and o.parent_id is not null`,
  );
  return rows.map((row) => row.id);
}

export async function countOpenParts(q: Executor, scopeId: string, parentId: string): Promise<number> {
  const rows = await q.query<{ open: number }>(
    sql`select count(*) as open from work_orders.work_order o where o.scope_id = ${scopeId} and o.parent_id = ${parentId} and o.is_open`,
  );
  return rows[0]?.open ?? 0;
}

/** For the system, which sees all: the parent locked. */
export async function lockAny(tx: Tx, scopeId: string, id: string): Promise<Order | null> {
  const rows = await tx.query<Record<string, unknown>>(
    sql`select o.* from work_orders.work_order o where o.scope_id = ${scopeId} and o.work_order_id = ${id} for no key update`,
  );
  return rows[0] === undefined ? null : orderOf(rows[0]);
}

export interface DuplicateRow {
  readonly id: string;
  readonly number: string;
  readonly categoryCode: string;
  readonly householdId: string | null;
  readonly reporterAccountId: string | null;
}

/** What was merged into this order, and into what was merged into it. */
export async function duplicatesOf(q: Executor, scopeId: string, id: string): Promise<DuplicateRow[]> {
  return q.query<DuplicateRow>(
    sql`with recursive told as (
          select o.work_order_id from work_orders.work_order o where o.scope_id = ${scopeId} and o.duplicate_of_id = ${id}
          union select o.work_order_id from told t join work_orders.work_order o
            on o.scope_id = ${scopeId} and o.duplicate_of_id = t.work_order_id)
        select o.work_order_id as id, o.number, o.category_code as "categoryCode", o.household_id as "householdId",
          o.reporter_account_id as "reporterAccountId"
        from told t join work_orders.work_order o on o.scope_id = ${scopeId} and o.work_order_id = t.work_order_id`,
  );
}

/** The photos that came with the report. */
export async function photoIdsOf(q: Executor, order: Order): Promise<ReadonlySet<string>> {
  const rows = await q.query<{ id: string }>(
    sql`select f.file_id as id from platform.file f
      where f.scope_id = ${order.wall.scopeId} and f.attached_id = ${order.id} and f.attached_type = 'work_order.report'`,
  );
  return new Set(rows.map((row) => row.id));
}
