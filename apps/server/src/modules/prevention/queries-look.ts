import type { Tx } from '../../platform/db/database.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';

/** What the nightly look asks (worker role). */

/** Compounds that nobody has looked through since `before`, but for those that just failed. */
export async function compoundsToLookAt(
  tx: Tx,
  before: Date,
  failed: readonly string[],
  limit: number,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    sql`select s.scope_id as id from places.scope s
        where s.kind = 'compound' and s.scope_id <> all (${failed}::uuid[])
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
  p.category_code as "categoryCode", p.state, p.reasons, p.weeks, p.order_count as "orderCount", p.strength, p.first_at as "firstAt",
  p.proposed_at as "proposedAt", p.decided_at as "decidedAt", p.decided_by_name as "decidedByName", p.decline_reason as "declineReason",
  p.cause, p.accepted_at as "acceptedAt", p.done_at as "doneAt", p.work_done as "workDone", p.watch_until as "watchUntil",
  p.closed_at as "closedAt", p.effect, p.version`);

export interface StreetPlaces {
  readonly compounds: number;
  readonly homes: number;
  readonly ownHomes: number;
  readonly scopeIds: readonly string[];
  readonly homesByBuilding: ReadonlyMap<string, number>;
  readonly kindOfFacility: ReadonlyMap<string, string>;
  readonly facilitiesByKind: ReadonlyMap<string, number>;
}

/** The compounds of a street and what lies in them; of a compound without a street, itself. */
export async function placesOfStreet(
  tx: Tx,
  scopeId: string,
  streetId: string | null,
): Promise<StreetPlaces> {
  const compounds = await tx.query<{ id: string }>(
    sql`select s.scope_id as id from places.scope s
        where s.kind = 'compound' and (s.scope_id = ${scopeId} or s.street_id = ${streetId}::uuid)`,
  );
  const scopeIds = compounds.map(({ id }) => id);
  const [homes, buildings, kinds, own] = await Promise.all([
    tx.query<{ homes: number; ownHomes: number }>(
      sql`select count(*)::integer as homes, (count(*) filter (where h.scope_id = ${scopeId}))::integer as "ownHomes"
          from places.household h where h.scope_id = any (${scopeIds}::uuid[])`,
    ),
    tx.query<{ id: string; homes: number }>(
      sql`select h.building_id as id, count(*)::integer as homes from places.household h
          where h.scope_id = ${scopeId} and h.building_id is not null group by h.building_id`,
    ),
    tx.query<{ kind: string; count: number }>(
      sql`select f.kind, count(*)::integer as count from places.facility f
          where f.scope_id = any (${scopeIds}::uuid[]) group by f.kind`,
    ),
    tx.query<{ id: string; kind: string }>(
      sql`select f.facility_id as id, f.kind from places.facility f where f.scope_id = ${scopeId}`,
    ),
  ]);
  return {
    compounds: compounds.length,
    scopeIds,
    homes: homes[0]?.homes ?? 0,
    ownHomes: homes[0]?.ownHomes ?? 0,
    homesByBuilding: new Map(buildings.map((one) => [one.id, one.homes])),
    kindOfFacility: new Map(own.map(({ id, kind }) => [id, kind])),
    facilitiesByKind: new Map(kinds.map(({ kind, count }) => [kind, count])),
  };
}

/** Those that are open, locked, and those that were declined since `since`. */
export async function projectsToKnow<Row>(tx: Tx, scopeId: string, since: Date): Promise<Row[]> {
  return tx.query<Row & object>(
    sql`select ${projectColumns} from prevention.project p
        where p.scope_id = ${scopeId} and (p.state in ('proposed', 'accepted', 'watched') or (p.state = 'declined' and p.decided_at > ${since}))
        order by p.project_id for no key update`,
  );
}

export interface OwnedStep {
  readonly scopeId: string;
  readonly projectId: string;
  readonly stepNo: number;
  readonly ownerAccountId: string;
  readonly dueOn: string;
}
const ownedStep =
  raw(`t.scope_id as "scopeId", t.project_id as "projectId", t.step_no as "stepNo", t.owner_account_id as "ownerAccountId",
  t.due_on::text as "dueOn"`);

export async function stepToTell(
  tx: Tx,
  scopeId: string,
  projectId: string,
  stepNo: number,
): Promise<OwnedStep | null> {
  const [row] = await tx.query<OwnedStep>(
    sql`select ${ownedStep} from prevention.step t
        where t.scope_id = ${scopeId} and t.project_id = ${projectId} and t.step_no = ${stepNo} and t.state = 'open'`,
  );
  return row ?? null;
}

/** Steps of projects that are worked on whose day has come, and whose owner has not heard of it; over all scopes: the worker's. */
export function claimSteps(tx: Tx, latest: string, limit: number): Promise<OwnedStep[]> {
  return claimByScope(tx, {
    columns: sql`${ownedStep}`,
    from: sql`prevention.step t
          join prevention.project p on p.scope_id = t.scope_id and p.project_id = t.project_id and p.state = 'accepted'`,
    scope: sql`t.scope_id`,
    id: sql`concat_ws(' ', t.project_id, t.step_no)`,
    idType: 'text',
    due: sql`t.state = 'open' and t.due_told_at is null and t.due_on <= ${latest}::date`,
    order: sql`t.due_on, t.project_id, t.step_no`,
    limit,
    lock: sql`for no key update of t`,
  });
}

export function noteTold(tx: Tx, { scopeId, projectId, stepNo }: OwnedStep, now: Date): void {
  tx.write(
    sql`update prevention.step set due_told_at = ${now}
        where scope_id = ${scopeId} and project_id = ${projectId} and step_no = ${stepNo}`,
  );
}
