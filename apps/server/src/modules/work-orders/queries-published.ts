import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { EventKind, Outcome, Status } from './domain.ts';

/** What rooms that publish orders may know of them: no words, no people, no home. */
export interface PublicFacts {
  readonly scopeId: string;
  readonly id: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
  readonly number: string;
  readonly categoryCode: string;
  readonly status: Status;
  readonly outcome: Outcome | null;
  readonly buildingId: string | null;
  readonly createdAt: Date;
  /** When the resident's word, or the end, made it done; null while it goes on. */
  readonly endedAt: Date | null;
  readonly resolveDueAt: Date | null;
  /** Out in the open, shown to neighbours and not confidential. */
  readonly isShared: boolean;
}

interface OrderKey {
  readonly scopeId: string;
  readonly id: string;
}

export function publicFactsOf(q: Executor, keys: readonly OrderKey[]): Promise<PublicFacts[]> {
  return q.query<PublicFacts>(
    sql`select o.scope_id as "scopeId", o.work_order_id as id, o.city_id as "cityId", o.street_id as "streetId",
        o.company_id as "companyId", o.number, o.category_code as "categoryCode", o.status, o.outcome, o.building_id as "buildingId",
        o.created_at as "createdAt",
        case when o.status in ('confirmed', 'closed', 'cancelled') then least(o.confirmed_at, o.closed_at) end as "endedAt",
        o.resolve_due_at as "resolveDueAt",
        o.place = 'public' and o.is_public and not o.is_confidential and o.accused_account_id is null as "isShared"
      from work_orders.work_order o
      where o.scope_id = any (${[...new Set(keys.map(({ scopeId }) => scopeId))]}::uuid[])
        and o.work_order_id = any (${keys.map(({ id }) => id)}::uuid[])`,
  );
}

/** A street's shared orders of a category since a moment, oldest first, from behind one of them on. */
export function sharedOrders(
  q: Executor,
  streetId: string,
  categoryCode: string,
  since: Date,
  behind: string,
  limit: number,
): Promise<OrderKey[]> {
  return q.query<OrderKey>(
    sql`select o.scope_id as "scopeId", o.work_order_id as id from work_orders.work_order o
      where o.street_id = ${streetId} and o.category_code = ${categoryCode} and o.created_at >= ${since}
        and o.place = 'public' and o.is_public and not o.is_confidential and o.work_order_id > ${behind}
      order by o.work_order_id limit ${limit}`,
  );
}

/** One line of an order's story: what happened and when, and not who or what was said. */
export interface PublicMoment {
  readonly scopeId: string;
  readonly orderId: string;
  readonly eventId: string;
  readonly kind: EventKind;
  readonly at: Date;
}

/** In the order in which it happened. */
export function publicStoriesOf(
  q: Executor,
  keys: readonly OrderKey[],
  kinds: readonly string[],
): Promise<PublicMoment[]> {
  return q.query<PublicMoment>(
    sql`select e.scope_id as "scopeId", e.work_order_id as "orderId", e.event_id as "eventId", e.kind, e.at
      from work_orders.event e
      where e.scope_id = any (${[...new Set(keys.map(({ scopeId }) => scopeId))]}::uuid[])
        and e.work_order_id = any (${keys.map(({ id }) => id)}::uuid[]) and not e.is_internal and e.kind = any (${[...kinds]})
      order by e.at, e.event_id`,
  );
}
