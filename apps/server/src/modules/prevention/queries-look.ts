import type { Tx } from '../../platform/db/database.ts';
import { raw, sql } from '../../platform/db/sql.ts';

/** What the nightly look asks (worker role). */

/** Compounds that nobody has looked through since `before`; locked, so that each worker takes others. */
export async function compoundsToLookAt(tx: Tx, before: Date, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    sql`select s.scope_id as id from places.scope s
        where s.kind = 'compound'
          and not exists (select from prevention.look l where l.scope_id = s.scope_id and l.looked_at > ${before})
        order by s.scope_id limit ${limit}`,
  );
  return rows.map((row) => row.id);
}

/** One at a time in a compound: false while another worker is at it, or has just been. */
export async function takeLook(tx: Tx, scopeId: string, before: Date, now: Date): Promise<boolean> {
  const rows = await tx.query(
    sql`insert into prevention.look (scope_id, looked_at, matters, proposed) values (${scopeId}, ${now}, 0, 0)
        on conflict (scope_id) do update set looked_at = excluded.looked_at
        where prevention.look.looked_at <= ${before} returning 1`,
  );
  return rows.length > 0;
}

export function noteLook(tx: Tx, scopeId: string, matters: number, proposed: number): void {
  tx.write(
    sql`update prevention.look set matters = ${matters}, proposed = ${proposed} where scope_id = ${scopeId}`,
  );
}

const projectColumns =
  raw(`p.scope_id as "scopeId", p.project_id as id, p.city_id as "cityId", p.street_id as "streetId", p.company_id as "companyId",
  p.subject_key as "subjectKey", p.subject_kind as "subjectKind", p.facility_id as "facilityId", p.building_id as "buildingId",
  p.category_code as "categoryCode", p.state, p.reasons, p.weeks, p.order_count as "orderCount", p.first_at as "firstAt",
  p.proposed_at as "proposedAt", p.decided_at as "decidedAt", p.decided_by_name as "decidedByName", p.decline_reason as "declineReason",
  p.cause, p.accepted_at as "acceptedAt", p.done_at as "doneAt", p.work_done as "workDone", p.watch_until as "watchUntil",
  p.closed_at as "closedAt", p.effect, p.version`);

/** Those that are open, locked, and those that were declined since `since`. */
export async function projectsToKnow<Row>(tx: Tx, scopeId: string, since: Date): Promise<Row[]> {
  return tx.query<Row & object>(
    sql`select ${projectColumns} from prevention.project p
        where p.scope_id = ${scopeId} and (p.state in ('proposed', 'accepted', 'watched') or (p.state = 'declined' and p.decided_at > ${since}))
        order by p.project_id for update`,
  );
}
