import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { Wall } from '../places/index.ts';
import { type Cluster, type Effect, type State, subjectKey } from './domain.ts';
import type { ProjectRow } from './tables.ts';

/** What is written, once decided. */

type Placed = Pick<ProjectRow, 'scopeId' | 'id' | 'cityId' | 'streetId' | 'companyId'>;
export interface By {
  readonly accountId: string | null;
  readonly name: string | null;
}
export const house: By = { accountId: null, name: null };

/** Its line in the project's story, and the word to open pages. */
export function tell(
  tx: Tx,
  project: Placed,
  kind: string,
  by: By,
  params: Readonly<Record<string, unknown>>,
  now: Date,
  payload: Readonly<Record<string, unknown>> = {},
): void {
  const { scopeId, id, cityId, streetId, companyId } = project;
  tx.write(
    sql`insert into prevention.entry (scope_id, project_id, entry_id, city_id, street_id, company_id, kind, actor_account_id, actor_name, params, at)
        values (${scopeId}, ${id}, ${uuidv7(now.getTime())}, ${cityId}, ${streetId}, ${companyId}, ${kind}, ${by.accountId}, ${by.name},
          ${JSON.stringify(params)}::jsonb, ${now})`,
  );
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind: `prevention_project.${kind}`,
    version: 1,
    objectId: id,
    payload,
    occurredAt: now,
  });
}

/** False when somebody has proposed the same in the meantime. */
export async function insertProposal(
  tx: Tx,
  wall: Wall,
  cluster: Cluster,
  now: Date,
): Promise<Placed | null> {
  const { scopeId, cityId, streetId, companyId } = wall;
  const { subject } = cluster;
  const id = uuidv7(now.getTime());
  const rows = await tx.query(
    sql`insert into prevention.project (scope_id, project_id, city_id, street_id, company_id, subject_key, subject_kind, facility_id, building_id,
          category_code, state, reasons, weeks, order_count, first_at, proposed_at, version, updated_at, strength)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${subjectKey(subject)}, ${subject.kind}, ${subject.facilityId},
          ${subject.buildingId}, ${subject.category}, 'proposed', ${JSON.stringify(cluster.reasons)}::jsonb, ${JSON.stringify(cluster.weeks)}::jsonb,
          ${cluster.ids.length}, ${new Date(cluster.firstAt)}, ${now}, 1, ${now}, ${cluster.strength})
        on conflict (scope_id, subject_key) where state in ('proposed', 'accepted', 'watched') do nothing returning 1`,
  );
  return rows.length === 0 ? null : { scopeId, id, cityId, streetId, companyId };
}

/** Those that were not attached before; how many. */
export async function attach(
  tx: Tx,
  project: Placed,
  orderIds: readonly string[],
  now: Date,
): Promise<number> {
  if (orderIds.length === 0) return 0;
  const { scopeId, id, cityId, streetId, companyId } = project;
  const rows = await tx.query(
    sql`insert into prevention.project_order (scope_id, project_id, work_order_id, city_id, street_id, company_id, attached_at)
        select ${scopeId}, ${id}, o, ${cityId}::uuid, ${streetId}::uuid, ${companyId}::uuid, ${now}
        from unnest(${orderIds}::uuid[]) as o
        on conflict (scope_id, project_id, work_order_id) do nothing returning 1`,
  );
  return rows.length;
}

/** The picture of an open project as it is tonight. */
export function refresh(
  tx: Tx,
  project: Placed,
  weeks: readonly number[],
  effect: Effect | null,
  now: Date,
): void {
  const { scopeId, id } = project;
  tx.write(
    sql`update prevention.project set weeks = ${JSON.stringify(weeks)}::jsonb, effect = ${effect === null ? null : JSON.stringify(effect)}::jsonb,
          order_count = (select count(*) from prevention.project_order o where o.scope_id = ${scopeId} and o.project_id = ${id}),
          updated_at = ${now}
        where scope_id = ${scopeId} and project_id = ${id}`,
  );
}

/** Why a proposal is shown, and before what else. */
export function mark(
  tx: Tx,
  { scopeId, id }: Pick<Placed, 'scopeId' | 'id'>,
  strength: number,
  reasons: Cluster['reasons'],
): void {
  tx.write(
    sql`update prevention.project set strength = ${strength}, reasons = ${JSON.stringify(reasons)}::jsonb
        where scope_id = ${scopeId} and project_id = ${id}`,
  );
}

export interface Moved {
  readonly state: State;
  readonly version: number;
  readonly decidedAt?: Date | null;
  readonly by?: By;
  readonly declineReason?: string | null;
  readonly cause?: string | null;
  readonly acceptedAt?: Date | null;
  readonly doneAt?: Date | null;
  readonly workDone?: string | null;
  readonly watchUntil?: Date | null;
  readonly closedAt?: Date | null;
  readonly effect?: Effect | null;
}

/** The whole of what may change, so that nothing stays behind from a state that it has left. */
export function storeProject(tx: Tx, before: ProjectRow, after: Moved, now: Date): void {
  const of = <K extends keyof ProjectRow & keyof Moved>(key: K) =>
    after[key] === undefined ? before[key] : (after[key] as ProjectRow[K]);
  const effect = of('effect');
  tx.write(
    sql`update prevention.project set state = ${after.state}, version = ${after.version}, decided_at = ${of('decidedAt')},
          decided_by = case when ${after.by !== undefined} then ${after.by?.accountId ?? null}::uuid else decided_by end,
          decided_by_name = case when ${after.by !== undefined} then ${after.by?.name ?? null}::text else decided_by_name end,
          decline_reason = ${of('declineReason')}, cause = ${of('cause')}, accepted_at = ${of('acceptedAt')}, done_at = ${of('doneAt')},
          work_done = ${of('workDone')}, watch_until = ${of('watchUntil')}, closed_at = ${of('closedAt')},
          effect = ${effect === null ? null : JSON.stringify(effect)}::jsonb, updated_at = ${now}
        where scope_id = ${before.scopeId} and project_id = ${before.id}`,
  );
}
