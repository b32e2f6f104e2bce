import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { viewFor } from './domain.ts';
import { relationsTo } from './facts.ts';
import { type RelatedRow, relatedOf } from './queries-family.ts';
import { countFollowers } from './queries-followers.ts';
import { notAccused, visibleTo, withinReach } from './reach.ts';
import { orderOf, stepOf } from './tables-reading.ts';
import type { EventRow, Order, StepRow } from './tables.ts';

/** Whether a resident waits for it as a neighbour. */
function followed(acting: Acting): Statement {
  if (acting.role !== 'resident') return empty;
  return sql`, exists (select from work_orders.follower f where f.scope_id = o.scope_id and f.work_order_id = o.work_order_id
    and f.account_id = ${acting.accountId} and f.left_at is null) as is_followed`;
}

/** What is read beside an order for whoever looks at it: what they are to it depends on both (facts.ts). */
const forReader = (acting: Acting): Statement =>
  sql`, (select s.company_id from places.scope s where s.scope_id = o.scope_id) as served_by${followed(acting)}`;

/** Serialises every command on one order; a second one waits here and then decides on what the first left. */
export async function lockOrder(tx: Tx, acting: Acting, scopeId: string, id: string): Promise<Order | null> {
  const rows = await tx.query<Record<string, unknown>>(
    sql`select o.*${forReader(acting)} from work_orders.work_order o where o.scope_id = ${scopeId} and o.work_order_id = ${id} and ${visibleTo(acting)} for no key update of o`,
  );
  return rows[0] === undefined ? null : orderOf(rows[0]);
}

export async function findOrder(
  q: Executor,
  acting: Acting,
  scopeId: string,
  id: string,
): Promise<Order | null> {
  const rows = await q.query<Record<string, unknown>>(
    sql`select o.*${forReader(acting)} from work_orders.work_order o where o.scope_id = ${scopeId} and o.work_order_id = ${id} and ${visibleTo(acting)}`,
  );
  return rows[0] === undefined ? null : orderOf(rows[0]);
}

/** Looks at an order's deadlines again later; they stay what they are. */
export const postpone = (order: Order, until: Date): Statement =>
  sql`update work_orders.work_order set next_due_at = ${until}
      where scope_id = ${order.wall.scopeId} and work_order_id = ${order.id}`;

/** The locked rows of due orders over all scopes (worker role); what another claim holds is passed over. */
export async function claimDue(tx: Tx, now: Date, limit: number): Promise<Order[]> {
  const rows = await claimByScope<Record<string, unknown>>(tx, {
    columns: sql`o.*`,
    from: sql`work_orders.work_order o`,
    scope: sql`o.scope_id`,
    id: sql`o.work_order_id`,
    due: sql`o.next_due_at < ${now}`,
    order: sql`o.next_due_at`,
    limit,
  });
  return rows.map(orderOf);
}

export async function stepsOf(q: Executor, scopeId: string, id: string): Promise<StepRow[]> {
  const rows = await q.query<Record<string, unknown>>(
    sql`select s.* from work_orders.step s where s.scope_id = ${scopeId} and s.work_order_id = ${id} order by s.position`,
  );
  return rows.map(stepOf);
}

export interface StoredEvent extends EventRow {
  readonly is_me: boolean;
}

export async function timelineOf(
  q: Executor,
  scopeId: string,
  id: string,
  accountId: string,
  after: string | null,
  limit: number,
): Promise<StoredEvent[]> {
  return q.query<StoredEvent>(
    sql`select e.event_id as "eventId", e.kind, e.actor_account_id as "actorAccountId", e.actor_name as "actorName",
        e.actor_role as "actorRole", e.is_internal as "isInternal", e.params, e.photo_ids as "photoIds", e.at,
        e.actor_account_id is not distinct from ${accountId} as is_me
      from work_orders.event e
      where e.scope_id = ${scopeId} and e.work_order_id = ${id} and e.kind <> 'work_order.left' ${after === null ? empty : sql`and e.event_id > ${after}`}
      order by e.event_id limit ${limit}`,
  );
}

export interface PhotoRow {
  readonly id: string;
  readonly type: string;
}

async function photosOf(q: Executor, scopeId: string, id: string): Promise<PhotoRow[]> {
  return q.query<PhotoRow>(
    sql`select f.file_id as id, f.attached_type as type from platform.file f
      where f.scope_id = ${scopeId} and f.attached_id = ${id} order by f.file_id`,
  );
}

/** What surrounds an order on its page. */
export interface Around {
  readonly scopeName: string;
  readonly steps: readonly StepRow[];
  readonly photos: readonly PhotoRow[];
  readonly related: readonly RelatedRow[];
  /** Neighbours who wait for it too. */
  readonly followers: number;
}

/** In one packet; the scope's name is the caller's to know. */
export async function aroundOf(
  q: Executor,
  acting: Acting,
  scopeId: string,
  id: string,
): Promise<Omit<Around, 'scopeName'>> {
  const [steps, photos, related, followers] = await Promise.all([
    stepsOf(q, scopeId, id),
    photosOf(q, scopeId, id),
    relatedOf(q, acting, scopeId, id),
    countFollowers(q, scopeId, id),
  ]);
  return { steps, photos, related, followers };
}

/** Open orders of each of these workers within the actor's reach: their load. */
export async function openOrdersOf(
  q: Executor,
  acting: Acting,
  accountIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await q.query<{ id: string; open: number }>(
    sql`select o.assignee_account_id as id, count(*) as open from work_orders.work_order o
      where ${withinReach(acting.actor)} and ${notAccused(acting)} and o.is_open and o.status <> 'finished' and o.status <> 'confirmed'
        and o.assignee_account_id = any (${accountIds}::uuid[]) group by 1`,
  );
  return new Map(rows.map((row) => [row.id, row.open]));
}

/** Which of these orders the actor may see now; asked again for every live event. */
export async function visibleOrders(
  q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await q.query<{ id: string }>(
    sql`select o.work_order_id as id from work_orders.work_order o
      where o.scope_id = any (${[...new Set(objects.map((object) => object.scopeId))]}::uuid[])
        and o.work_order_id = any (${objects.map((object) => object.id)}::uuid[]) and ${visibleTo(acting)}`,
  );
  return new Set(rows.map((row) => row.id));
}

/** A voice tells who spoke, a signature who signed: only for whom the reporter is no secret. */
export async function ordersWithReporter(
  q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  for (const { scopeId, id } of objects) {
    const order = await findOrder(q, acting, scopeId, id);
    if (order !== null && viewFor(order.state, relationsTo(acting, order)).seesReporter) seen.add(id);
  }
  return seen;
}
