import type { LocalDate } from '@gongzhi/kernel';
import type { Actor } from '../../platform/db/actor.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import type { GridHalf } from './domain-staff.ts';

/** Grids: 300 to 500 households each, kept by a pair of steward and social worker. */

export interface GridRow {
  readonly grid_id: string;
  readonly scope_id: string;
  readonly code: string;
  readonly name: string;
  readonly social_worker_account_id: string | null;
  readonly social_worker_name: string | null;
  readonly steward_account_id: string | null;
  readonly steward_name: string | null;
  readonly version: number;
}

export interface CountedGridRow extends GridRow {
  readonly household_count: number;
}

const columns = sql`g.grid_id, g.scope_id, g.code, g.name, g.social_worker_account_id, g.social_worker_name,
  g.steward_account_id, g.steward_name, g.version`;

export function listGrids(q: Executor, scopeId: string): Promise<CountedGridRow[]> {
  return q.query(sql`
    select ${columns}, coalesce(h.count, 0)::integer as household_count
    from places.grid g
      left join (select grid_id, count(*) as count from places.household where scope_id = ${scopeId} group by grid_id) h
        on h.grid_id = g.grid_id
    where g.scope_id = ${scopeId}
    order by g.code`);
}

export interface KeeperRow {
  readonly gridId: string;
  readonly half: GridHalf;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/** Who kept the grids of a compound and when, the newest first; what was put right the same day has never been. */
export function listKeepers(q: Executor, scopeId: string): Promise<KeeperRow[]> {
  return q.query(sql`
    select k.grid_id as "gridId", k.half, k.name, k.starts_on as "startsOn", k.ends_on as "endsOn"
    from places.grid_keeper k
    where k.scope_id = ${scopeId} and (k.ends_on is null or k.ends_on > k.starts_on)
    order by k.starts_on desc, k.grid_keeper_id desc limit 1000`);
}

export interface NewKeeper {
  readonly id: string;
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
  readonly gridId: string;
  readonly half: GridHalf;
  readonly accountId: string;
  readonly name: string;
  readonly startsOn: LocalDate;
}

export const insertKeeper = (k: NewKeeper): Statement =>
  sql`insert into places.grid_keeper (scope_id, grid_keeper_id, city_id, street_id, company_id, grid_id, half, account_id, name, starts_on)
      values (${k.scopeId}, ${k.id}, ${k.cityId}, ${k.streetId}, ${k.companyId}, ${k.gridId}, ${k.half}, ${k.accountId}, ${k.name}, ${k.startsOn})`;

export const endKeeper = (scopeId: string, gridId: string, half: GridHalf, on: LocalDate): Statement =>
  sql`update places.grid_keeper set ends_on = greatest(starts_on, ${on}::date)
      where scope_id = ${scopeId} and grid_id = ${gridId} and half = ${half} and ends_on is null`;

/** A grid that somebody keeps, with where it lies and what it is made of. */
export interface OwnGrid {
  readonly gridId: string;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly code: string;
  readonly name: string;
  readonly half: GridHalf;
  readonly stewardName: string | null;
  readonly socialWorkerName: string | null;
  readonly householdCount: number;
  readonly buildingNames: readonly string[];
}

/** Whoever is one of the pair; the wall leaves only grids of places within reach. */
export function gridsOf(q: Executor, actor: Actor, accountId: string): Promise<OwnGrid[]> {
  return q.query(sql`
    select g.grid_id as "gridId", g.scope_id as "scopeId", s.name as "scopeName", g.code, g.name,
      case when g.steward_account_id = ${accountId} then 'steward' else 'social_worker' end as half,
      g.steward_name as "stewardName", g.social_worker_name as "socialWorkerName",
      (select count(*)::integer from places.household h where h.scope_id = g.scope_id and h.grid_id = g.grid_id) as "householdCount",
      coalesce((select array_agg(b.name order by b.position) from places.building b where b.scope_id = g.scope_id
        and exists (select from places.household h where h.scope_id = g.scope_id and h.building_id = b.building_id
          and h.grid_id = g.grid_id)), '{}') as "buildingNames"
    from places.grid g join places.scope s on s.scope_id = g.scope_id
    where g.scope_id = any (${actor.scopeIds}::uuid[])
      and (g.steward_account_id = ${accountId} or g.social_worker_account_id = ${accountId})
    order by s.name, g.code limit 50`);
}

export async function lockGrid(tx: Tx, scopeId: string, gridId: string): Promise<GridRow | null> {
  const [row] = await tx.query<GridRow>(
    sql`select ${columns} from places.grid g where g.scope_id = ${scopeId} and g.grid_id = ${gridId} for no key update`,
  );
  return row ?? null;
}

export const updateGrid = (grid: GridRow): Statement =>
  sql`update places.grid set name = ${grid.name}, social_worker_account_id = ${grid.social_worker_account_id},
        social_worker_name = ${grid.social_worker_name}, steward_account_id = ${grid.steward_account_id},
        steward_name = ${grid.steward_name}, version = ${grid.version}
      where scope_id = ${grid.scope_id} and grid_id = ${grid.grid_id}`;

export interface Part {
  readonly buildingId: string;
  readonly unitId?: string | undefined;
  readonly householdIds?: readonly string[] | undefined;
}

/** How many households changed their grid. */
export async function assignHouseholds(
  tx: Tx,
  scopeId: string,
  gridId: string,
  { buildingId, unitId, householdIds }: Part,
): Promise<number> {
  const moved = await tx.query(
    sql`update places.household set grid_id = ${gridId}
        where scope_id = ${scopeId} and building_id = ${buildingId} and grid_id is distinct from ${gridId}
          ${unitId === undefined ? empty : sql`and unit_id = ${unitId}`}
          ${householdIds === undefined ? empty : sql`and household_id = any (${householdIds}::uuid[])`}
        returning 1`,
  );
  return moved.length;
}

/** A colleague who could be one half of a pair: works in that role for the department or the community today. */
export async function findHalf(
  q: Executor,
  employerScopeId: string,
  accountId: string,
  role: GridHalf,
  today: LocalDate,
): Promise<string | null> {
  const [row] = await q.query<{ name: string }>(
    sql`select s.display_name as name from places.staff s
        where s.scope_id = ${employerScopeId} and s.account_id = ${accountId} and s.role = ${role}
          and s.starts_on <= ${today}::date and (s.ends_on is null or ${today}::date < s.ends_on)`,
  );
  return row?.name ?? null;
}

/**
 * Whoever has left, or does another work now, is no longer half of a pair (worker role): the page must not name as
 * responsible who is not there any more. By the day at the place.
 */
export async function clearLeftHalves(tx: Tx, now: Date, limit: number): Promise<number> {
  const works = (half: GridHalf) => sql`exists (select from places.staff w
    where w.scope_id = ${half === 'steward' ? sql`s.department_id` : sql`s.community_id`}
      and w.account_id = ${half === 'steward' ? sql`g.steward_account_id` : sql`g.social_worker_account_id`}
      and w.role = ${half} and w.starts_on <= (${now}::timestamptz at time zone s.time_zone)::date
      and (w.ends_on is null or (${now}::timestamptz at time zone s.time_zone)::date < w.ends_on))`;
  const cleared = await tx.query(sql`
    with left_behind as (
      select g.scope_id, g.grid_id, (${now}::timestamptz at time zone s.time_zone)::date as today, g.steward_account_id is not null and not ${works('steward')} as steward,
        g.social_worker_account_id is not null and not ${works('social_worker')} as social_worker
      from places.grid g join places.scope s on s.scope_id = g.scope_id
    ), halves as (select * from left_behind where steward or social_worker limit ${limit}),
    ended as (update places.grid_keeper k set ends_on = greatest(k.starts_on, halves.today) from halves
      where k.scope_id = halves.scope_id and k.grid_id = halves.grid_id and k.ends_on is null
        and ((k.half = 'steward' and halves.steward) or (k.half = 'social_worker' and halves.social_worker)))
    update places.grid g set
      steward_account_id = case when halves.steward then null else g.steward_account_id end,
      steward_name = case when halves.steward then null else g.steward_name end,
      social_worker_account_id = case when halves.social_worker then null else g.social_worker_account_id end,
      social_worker_name = case when halves.social_worker then null else g.social_worker_name end,
      version = g.version + 1
    from halves where g.scope_id = halves.scope_id and g.grid_id = halves.grid_id returning 1`);
  return cleared.length;
}
