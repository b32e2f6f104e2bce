import type { Executor, Tx } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Place } from './queries-gates.ts';
import { withinReach, withinScope } from './reach.ts';
import type { PolicyContent, PolicyRow } from './tables.ts';

/** Measures: what stands, what is planned, what is over. */

const measureColumns =
  raw(`m.scope_id as "scopeId", m.policy_id as id, m.city_id as "cityId", m.street_id as "streetId",
  m.company_id as "companyId", m.building_id as "buildingId", m.name, m.authority, m.document_no as "documentNo", m.version,
  m.starts_at as "startsAt", m.ends_at as "endsAt", m.retention_days as "retentionDays", m.ended_by_name as "endedByName",
  m.end_reason as "endReason", m.wiped_at as "wipedAt", m.created_at as "createdAt"`);

export type ListedMeasure = PolicyRow & {
  readonly scopeName: string;
  readonly buildingName: string | null;
  readonly content: PolicyContent;
};

const beside = raw(`access.policy m join places.scope s on s.scope_id = m.scope_id
  join access.policy_version v on v.scope_id = m.scope_id and v.policy_id = m.policy_id and v.version = m.version
  left join places.building b on b.scope_id = m.scope_id and b.building_id = m.building_id`);

export function listMeasures(q: Executor, acting: Acting, scope: Place): Promise<ListedMeasure[]> {
  const where: Statement[] = [withinReach(acting.actor, 'm')];
  if (scope !== null) where.push(withinScope(scope, 'm'));
  return q.query<ListedMeasure>(
    sql`select ${measureColumns}, s.name as "scopeName", b.name as "buildingName", v.content from ${beside}
        where ${join(where, ' and ')} order by m.policy_id desc limit 200`,
  );
}

export async function findMeasure(q: Executor, scopeId: string, id: string): Promise<ListedMeasure | null> {
  const [row] = await q.query<ListedMeasure>(
    sql`select ${measureColumns}, s.name as "scopeName", b.name as "buildingName", v.content from ${beside}
        where m.scope_id = ${scopeId} and m.policy_id = ${id}`,
  );
  return row ?? null;
}

export async function lockMeasure(tx: Tx, scopeId: string, id: string): Promise<PolicyRow | null> {
  const [row] = await tx.query<PolicyRow>(
    sql`select ${measureColumns} from access.policy m where m.scope_id = ${scopeId} and m.policy_id = ${id} for update`,
  );
  return row ?? null;
}

export async function visibleMeasures(
  q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  if (!mayAttempt(acting.role, 'gate.measures')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select m.policy_id as id from access.policy m
        where m.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and m.policy_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
}
