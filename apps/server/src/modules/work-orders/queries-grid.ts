import type { Executor } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { hidesHomes, visibleTo } from './reach.ts';

/** What is open where: for the drawing of a compound, and for who keeps a grid. */

export const gridOfHomeSql: Statement = sql`(select h.grid_id from places.household h where h.scope_id = o.scope_id and h.household_id = o.household_id)`;

/**
 * The one grid an order counts for: that of its home; of a matter at a building, the grid that most of its homes belong to.
 * What lies in the open belongs to none. Of `o`.
 */
const gridOfSql: Statement = sql`case
  when o.household_id is not null then ${gridOfHomeSql}
  when o.building_id is not null then (select h.grid_id from places.household h where h.scope_id = o.scope_id and h.building_id = o.building_id
    and h.grid_id is not null group by h.grid_id order by count(*) desc, h.grid_id limit 1) end`;

/** A grid may be one small building: who is not told the home of a confidential matter is not told its grid either. */
export const tellsGrid = (acting: Acting): Statement =>
  hidesHomes(acting) ? sql`not (o.is_confidential and o.place = 'home')` : sql`true`;

export interface OpenAt {
  readonly householdId: string | null;
  readonly buildingId: string | null;
  readonly open: number;
  readonly late: number;
}

/** Whose door complained of somebody is nobody's to see in a picture: confidential matters are not counted. */
export function openByPlace(q: Executor, acting: Acting, scopeId: string): Promise<OpenAt[]> {
  return q.query(
    sql`select o.household_id as "householdId", o.building_id as "buildingId", count(*)::integer as open,
          (count(*) filter (where o.is_late))::integer as late
        from work_orders.work_order o
        where o.scope_id = ${scopeId} and o.is_open and not o.is_confidential and ${visibleTo(acting)}
          and (o.household_id is not null or o.building_id is not null)
        group by 1, 2 limit 5000`,
  );
}

export interface GridOrderRow {
  readonly id: string;
  readonly scopeId: string;
  readonly number: string;
  readonly status: string;
  readonly kind: string;
  readonly categoryNameZh: string;
  readonly categoryNameEn: string;
  readonly placeLabel: string;
  readonly isHome: boolean;
  readonly isEmergency: boolean;
  readonly isLate: boolean;
  readonly isCallback: boolean;
  readonly nextDueAt: Date | null;
  readonly createdAt: Date;
  readonly urgeCount: number;
  readonly reopenCount: number;
}

/** A grid lies in one compound: of a city's orders only those are looked at, and none where there is no such grid. */
export const isOfGrid = (acting: Acting, gridId: string): Statement[] => [
  sql`o.scope_id = any (array(select g.scope_id from places.grid g where g.grid_id = ${gridId}))`,
  sql`${gridOfSql} = ${gridId}`,
  tellsGrid(acting),
];

/** Matters of the households of these grids, and of the buildings they live in; late ones first. */
export function ordersOfGrids(
  q: Executor,
  acting: Acting,
  grids: readonly { readonly gridId: string; readonly scopeId: string }[],
  limit: number,
): Promise<GridOrderRow[]> {
  const scopes = [...new Set(grids.map((grid) => grid.scopeId))];
  const ids = grids.map((grid) => grid.gridId);
  return q.query(
    sql`select o.work_order_id as id, o.scope_id as "scopeId", o.number, o.status, o.kind, c.name_zh as "categoryNameZh",
          c.name_en as "categoryNameEn", case when o.place = 'home' and o.is_confidential then '' else o.place_label end as "placeLabel",
          o.place = 'home' as "isHome", o.is_emergency as "isEmergency", o.is_late as "isLate",
          o.callback_wanted_at is not null as "isCallback", o.next_due_at as "nextDueAt", o.created_at as "createdAt",
          o.urge_count as "urgeCount", o.reopen_count as "reopenCount"
        from work_orders.work_order o join work_orders.category c on c.code = o.category_code
        where o.scope_id = any (${scopes}::uuid[]) and (o.is_open or o.callback_wanted_at is not null) and ${visibleTo(acting)}
          and exists (select from places.household h where h.scope_id = o.scope_id and h.grid_id = any (${ids}::uuid[])
            and (h.household_id = o.household_id or (o.household_id is null and h.building_id = o.building_id)))
        order by o.is_late desc, o.next_due_at nulls last, o.work_order_id desc limit ${limit}`,
  );
}
