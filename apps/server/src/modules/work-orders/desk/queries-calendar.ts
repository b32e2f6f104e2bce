import type { Executor, Tx } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import { claimByScope } from '../../../platform/due/claim.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import type { Wall } from '../../places/index.ts';
import { type CalendarVersion, UNFINISHED } from '../domain.ts';
import { type ScopeRef, withinReach, withinScope } from '../reach.ts';
import { orderOf } from '../tables-reading.ts';
import type { Order } from '../tables.ts';

export interface WrittenCalendar extends CalendarVersion {
  readonly scopeId: string;
  readonly changedByName: string;
  readonly changedAt: Date;
  readonly recountDueAt: Date | null;
  readonly recounted: number;
  readonly moved: number;
}

/** All versions of these scopes, the newest first. */
export function writtenCalendars(q: Executor, scopeIds: readonly string[]): Promise<WrittenCalendar[]> {
  return q.query<WrittenCalendar>(
    sql`select v.scope_id as "scopeId", v.version, v.valid_from as "validFrom", v.weekdays, v.hours, v.days, v.known_to as "knownTo", v.source,
        v.changed_by_name as "changedByName", v.changed_at as "changedAt", v.recount_due_at as "recountDueAt", v.recounted, v.moved
      from work_orders.calendar_version v where v.scope_id = any (${scopeIds}::uuid[]) order by v.changed_at desc, v.version desc limit 100`,
  );
}

export function insertCalendar(
  tx: Tx,
  wall: Wall,
  version: CalendarVersion,
  by: { readonly accountId: string; readonly name: string },
  now: Date,
): void {
  tx.write(
    sql`insert into work_orders.calendar_version (scope_id, version, city_id, street_id, company_id, valid_from, weekdays, hours, days, known_to, source,
          changed_by, changed_by_name, changed_at, recount_due_at)
        values (${wall.scopeId}, ${version.version}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${version.validFrom}, ${version.weekdays},
          ${version.hours === null ? null : JSON.stringify(version.hours)}, ${JSON.stringify(version.days)}, ${version.knownTo}, ${version.source},
          ${by.accountId}, ${by.name}, ${now}, ${now})`,
  );
}

/** Open orders whose limits run by working hours. */
export async function countRunning(q: Executor, acting: Acting, scope: ScopeRef): Promise<number> {
  const rows = await q.query<{ count: number }>(
    sql`select count(*) as count from work_orders.work_order o
      where ${withinReach(acting.actor)} and ${withinScope(scope)} and o.is_open and o.status = any (${UNFINISHED})`,
  );
  return rows[0]?.count ?? 0;
}

export interface Recount {
  readonly scopeId: string;
  readonly version: number;
  readonly cityId: string | null;
  readonly companyId: string | null;
  readonly after: string | null;
}

/** One change whose open orders are still to be looked at (worker role). */
export async function claimRecount(tx: Tx, now: Date): Promise<Recount | null> {
  const [row] = await claimByScope<Recount>(tx, {
    columns: sql`v.scope_id as "scopeId", v.version, v.city_id as "cityId", v.company_id as "companyId", v.recount_after as after`,
    from: sql`work_orders.calendar_version v`,
    scope: sql`v.scope_id`,
    id: sql`v.version::text`,
    idType: 'text',
    due: sql`v.recount_due_at <= ${now}`,
    order: sql`v.recount_due_at`,
    limit: 1,
  });
  return row ?? null;
}

/** The next of them, locked: a command that is under way waits, and then sees the new hour. */
export async function nextToRecount(tx: Tx, recount: Recount, limit: number): Promise<Order[]> {
  const kind = recount.companyId === recount.scopeId ? 'company' : 'city';
  const rows = await tx.query<Record<string, unknown>>(
    sql`select o.* from work_orders.work_order o where ${withinScope({ scopeId: recount.scopeId, kind })} and o.is_open and o.status = any (${UNFINISHED})
        and o.work_order_id > ${recount.after ?? '00000000-0000-0000-0000-000000000000'} order by o.work_order_id limit ${limit} for no key update`,
  );
  return rows.map(orderOf);
}

export function keepRecount(
  tx: Tx,
  recount: Recount,
  after: string | null,
  looked: number,
  moved: number,
): void {
  tx.write(
    after === null
      ? sql`update work_orders.calendar_version set recount_due_at = null where scope_id = ${recount.scopeId} and version = ${recount.version}`
      : sql`update work_orders.calendar_version set recount_after = ${after}, recounted = recounted + ${looked}, moved = moved + ${moved}
          where scope_id = ${recount.scopeId} and version = ${recount.version}`,
  );
}
