import type { Actor } from '../../platform/db/actor.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type ScopeRef, withinReach as reachOf, withinScope as scopeOf } from '../places/index.ts';

export type { ScopeRef };

/** Of orders: what `o` is in every statement of this module. Of their sums: `f`. */
export const withinReach = (actor: Actor, t: 'f' | 'o' = 'o'): Statement => reachOf(actor, t);
export const withinScope = (scope: ScopeRef, t: 'f' | 'o' = 'o'): Statement => scopeOf(scope, t);

/**
 * The scopes of a list as rows, where it is quicker to take the first page of each and then the first of those: no index
 * holds fifty scopes' orders in one order, and all that ever was would be read and sorted for one page. Null: one scope,
 * or a region whose index does.
 */
export function scopesOneByOne(actor: Actor, scope: ScopeRef | null): Statement | null {
  if (scope === null) {
    const isOwn = actor.kind === 'scope' || actor.kind === 'resident';
    return isOwn && actor.scopeIds.length > 1 ? sql`unnest(${actor.scopeIds}::uuid[])` : null;
  }
  switch (scope.kind) {
    case 'district':
      return sql`(select s.scope_id from places.scope s where s.district_id = ${scope.scopeId})`;
    case 'community':
      return sql`(select s.scope_id from places.scope s where s.community_id = ${scope.scopeId})`;
    case 'department':
      return sql`(select s.scope_id from places.scope s where s.department_id = ${scope.scopeId})`;
    default:
      return null;
  }
}

const handlers = new Set(['worker', 'guard']);
/** Who may read a complaint about a colleague: the manager, the company and whoever oversees them. Not the desk. */
const colleagues = new Set(['worker', 'guard', 'desk', 'steward']);

/** Below the manager. */
export const isColleague = ({ role }: Acting): boolean => colleagues.has(role);

/**
 * A complaint about a member of staff is kept from that person in every role, and from the colleagues below the
 * manager unless they made it themselves; wherever the two accounts are written, in an order or in what is left of it.
 */
export function notAccusedIn(acting: Acting, accused: Statement, reporter: Statement): Statement {
  return colleagues.has(acting.role)
    ? sql`(${accused} is null or (${accused} <> ${acting.accountId} and ${reporter} = ${acting.accountId}))`
    : sql`(${accused} is null or ${accused} <> ${acting.accountId})`;
}

export function notAccused(acting: Acting): Statement {
  return notAccusedIn(acting, sql`o.accused_account_id`, sql`o.reporter_account_id`);
}

/**
 * Finer than the wall: a worker sees what he reported, holds, held or helps with; everybody else all that the wall lets through.
 * A resident reads public matters of the compound too, but only as a neighbour (view.ts).
 */
export function visibleTo(acting: Acting): Statement {
  if (!handlers.has(acting.role)) return notAccused(acting);
  return sql`${notAccused(acting)} and (o.assignee_account_id = ${acting.accountId} or o.reporter_account_id = ${acting.accountId}
    or ${acting.accountId} = any (o.crew_account_ids) or exists (
    select from work_orders.step s where s.scope_id = o.scope_id and s.work_order_id = o.work_order_id and s.handler_account_id = ${acting.accountId}))`;
}

/**
 * What one's own company closed where another serves now is read and no longer worked on: nobody is called about it.
 * For who is of no company all of it is. Asked order by order, so that a page ends with its last order: joined, all that waits
 * would be read and sorted for it.
 */
export function stillServed(acting: Acting): Statement {
  return acting.actor.regionId === null
    ? sql`true`
    : sql`(select s.company_id <> o.company_id from places.scope s where s.scope_id = o.scope_id) is not true`;
}

const seesHomes = new Set(['resident', 'steward', 'desk', 'manager']);

/** Who is not told the home of a confidential matter (domain/view.ts): they do not find it by its home either. */
export function hidesHomes(acting: Acting): boolean {
  return !seesHomes.has(acting.role);
}

/** Of a home's matters those that the reader may know to be this home's. */
export function knownAtHome(acting: Acting): Statement {
  return hidesHomes(acting) ? sql`${visibleTo(acting)} and not o.is_confidential` : visibleTo(acting);
}

/** Held by this worker, or helped with. The jobs helped with are looked up once, so that an index serves both. */
export function heldBy(acting: Acting): Statement {
  const { accountId, actor } = acting;
  return sql`(o.assignee_account_id = ${accountId} or o.work_order_id = any (array(select c.work_order_id from work_orders.crew c
    where c.scope_id = any (${actor.scopeIds}::uuid[]) and c.account_id = ${accountId} and c.left_at is null)))`;
}
