import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Spot } from './domain.ts';
import { visibleTo } from './reach.ts';
import type { Wall } from './tables.ts';

/** Neighbours who wait for the same thing, and what they might wait for. */

export async function countFollowers(q: Executor, scopeId: string, id: string): Promise<number> {
  const [row] = await q.query<{ followers: number }>(
    sql`select count(*)::integer as followers from work_orders.follower f
      where f.scope_id = ${scopeId} and f.work_order_id = ${id} and f.left_at is null`,
  );
  return row?.followers ?? 0;
}

/** Who follows now (the worker's role, which alone reads whom). */
export async function followersOf(tx: Tx, scopeId: string, id: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    sql`select f.account_id as id from work_orders.follower f
      where f.scope_id = ${scopeId} and f.work_order_id = ${id} and f.left_at is null order by f.account_id`,
  );
  return rows.map((row) => row.id);
}

/** Following twice is following once. */
export function writeFollowing(
  tx: Tx,
  order: { readonly id: string; readonly wall: Wall },
  accountId: string,
  isFollowing: boolean,
  now: Date,
): void {
  const { scopeId, cityId, streetId, companyId } = order.wall;
  tx.write(
    isFollowing
      ? sql`insert into work_orders.follower (scope_id, work_order_id, account_id, city_id, street_id, company_id, followed_at)
          values (${scopeId}, ${order.id}, ${accountId}, ${cityId}, ${streetId}, ${companyId}, ${now})
          on conflict (scope_id, work_order_id, account_id) do update set followed_at = excluded.followed_at, left_at = null
          where work_orders.follower.left_at is not null`
      : sql`update work_orders.follower set left_at = ${now}
          where scope_id = ${scopeId} and work_order_id = ${order.id} and account_id = ${accountId} and left_at is null`,
  );
}

export interface SimilarRow extends Spot {
  readonly id: string;
  readonly status: string;
  readonly pausedFrom: string | null;
  readonly createdAt: Date;
  readonly householdId: string | null;
  readonly reporterAccountId: string | null;
  readonly followers: number;
  readonly isFollowed: boolean;
}

/** Open and public matters of these categories, the newest first: as many as a page can be chosen from. */
const considered = 200;

export function openPublicOrders(
  q: Executor,
  acting: Acting,
  input: { readonly scopeId: string; readonly categoryCodes: readonly string[]; readonly since: Date },
): Promise<SimilarRow[]> {
  return q.query<SimilarRow>(
    sql`select o.work_order_id as id, o.status, o.paused_from as "pausedFrom", o.created_at as "createdAt", o.facility_id as "facilityId",
        o.building_id as "buildingId", o.place_label as "placeLabel", o.category_code as "categoryCode", o.description,
        o.household_id as "householdId", o.reporter_account_id as "reporterAccountId",
        (select count(*)::integer from work_orders.follower f
          where f.scope_id = o.scope_id and f.work_order_id = o.work_order_id and f.left_at is null) as followers,
        exists (select from work_orders.follower f where f.scope_id = o.scope_id and f.work_order_id = o.work_order_id
          and f.account_id = ${acting.accountId} and f.left_at is null) as "isFollowed"
      from work_orders.work_order o
      where o.scope_id = ${input.scopeId} and o.is_open and o.is_public and o.place = 'public' and not o.is_confidential
        and o.category_code = any (${input.categoryCodes}::text[]) and o.created_at >= ${input.since}
        and o.status <> 'finished' and o.status <> 'confirmed' and ${visibleTo(acting)}
      order by o.work_order_id desc limit ${considered}`,
  );
}
