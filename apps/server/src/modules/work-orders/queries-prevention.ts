import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';

/** For prevention: what was reported where, without who. Confidential matters are nobody's statistics. */

const TROUBLES = ['repair', 'complaint', 'found_by_staff'];

export interface ReportedMatter {
  readonly id: string;
  readonly createdAt: Date;
  /** To count voices by; told to nobody. */
  readonly teller: string | null;
  readonly category: string;
  readonly buildingId: string | null;
  readonly facilityId: string | null;
  readonly isHome: boolean;
  readonly text: string;
  readonly isOpen: boolean;
  readonly isLate: boolean;
}

const most = 20_000;

/** A compound's troubles of a time, the oldest first; what was reported twice counts once. */
export function reportedMatters(
  q: Executor,
  scopeId: string,
  from: Date,
  until: Date,
): Promise<ReportedMatter[]> {
  return q.query(
    sql`select o.work_order_id as id, o.created_at as "createdAt", coalesce(o.household_id, o.reporter_account_id)::text as teller,
          o.category_code as category, coalesce(o.building_id, h.building_id) as "buildingId", o.facility_id as "facilityId",
          o.place = 'home' as "isHome", o.description as text, o.is_open as "isOpen", o.is_late as "isLate"
        from work_orders.work_order o
          left join places.household h on h.scope_id = o.scope_id and h.household_id = o.household_id
        where o.scope_id = ${scopeId} and o.created_at >= ${from} and o.created_at < ${until}
          and o.kind = any (${TROUBLES}::text[]) and not o.is_confidential and o.part_count = 0 and o.duplicate_of_id is null
          and o.status <> 'cancelled'
        order by o.created_at, o.work_order_id limit ${most}`,
  );
}

export interface MatterCount {
  readonly category: string;
  /** Of what it was about, where it was about something that is listed. */
  readonly facilityKind: string | null;
  readonly count: number;
  readonly recent: number;
}

/** How many troubles of each sort a time brought to some compounds together, and how many of them lately. */
export function countMatters(
  q: Executor,
  scopeIds: readonly string[],
  from: Date,
  recentFrom: Date,
  until: Date,
): Promise<MatterCount[]> {
  return q.query(
    sql`select o.category_code as category, f.kind as "facilityKind", count(*)::integer as count,
          (count(*) filter (where o.created_at >= ${recentFrom}))::integer as recent
        from work_orders.work_order o
          left join places.facility f on f.scope_id = o.scope_id and f.facility_id = o.facility_id
        where o.scope_id = any (${[...scopeIds]}::uuid[]) and o.created_at >= ${from} and o.created_at < ${until}
          and o.kind = any (${TROUBLES}::text[]) and not o.is_confidential and o.part_count = 0 and o.duplicate_of_id is null
          and o.status <> 'cancelled'
        group by o.category_code, f.kind`,
  );
}

/** Since when a compound's matters are kept here. */
export async function keptSince(q: Executor, scopeId: string): Promise<Date | null> {
  const [row] = await q.query<{ first: Date | null }>(
    sql`select min(o.created_at) as first from work_orders.work_order o where o.scope_id = ${scopeId}`,
  );
  return row?.first ?? null;
}

export interface AttachedOrder {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly categoryNameZh: string;
  readonly categoryNameEn: string;
  readonly placeLabel: string;
  readonly createdAt: Date;
  readonly isLate: boolean;
}

/** Orders by id, as a list beside something else shows them; a home is not named. */
export function attachedOrders(
  q: Executor,
  scopeId: string,
  ids: readonly string[],
): Promise<AttachedOrder[]> {
  return q.query(
    sql`select o.work_order_id as id, o.number, o.status, c.name_zh as "categoryNameZh", c.name_en as "categoryNameEn",
          case when o.place = 'home' then coalesce(b.name, '') else o.place_label end as "placeLabel", o.created_at as "createdAt",
          o.is_late as "isLate"
        from work_orders.work_order o join work_orders.category c on c.code = o.category_code
          left join places.household h on h.scope_id = o.scope_id and h.household_id = o.household_id
          left join places.building b on b.scope_id = o.scope_id and b.building_id = coalesce(o.building_id, h.building_id)
        where o.scope_id = ${scopeId} and o.work_order_id = any (${ids}::uuid[])
        order by o.work_order_id desc`,
  );
}
