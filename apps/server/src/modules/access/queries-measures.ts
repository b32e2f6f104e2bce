import type { Executor, Tx } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type Wall, withinReach, withinScope } from '../places/index.ts';
import { scopesOver } from './domain/scopes.ts';
import type { PolicyContent, PolicyRow } from './tables.ts';

/** Measures: what stands, what is planned, what is over. */

const measureColumns =
  raw(`m.scope_id as "scopeId", m.policy_id as id, m.city_id as "cityId", m.street_id as "streetId",
  m.company_id as "companyId", m.building_id as "buildingId", m.reach, m.name, m.authority, m.document_no as "documentNo", m.version,
  m.starts_at as "startsAt", m.ends_at as "endsAt", m.retention_days as "retentionDays", m.ended_by_name as "endedByName",
  m.end_reason as "endReason", m.destroyed_at as "destroyedAt", m.created_at as "createdAt"`);

export type ListedMeasure = PolicyRow & {
  readonly scopeName: string;
  readonly buildingName: string | null;
  readonly content: PolicyContent;
};

const beside = raw(`access.policy m join places.scope s on s.scope_id = m.scope_id
  join access.policy_version v on v.scope_id = m.scope_id and v.policy_id = m.policy_id and v.version = m.version
  left join places.building b on b.scope_id = m.scope_id and b.building_id = m.building_id`);

/** A measure of the reader's own reach, or of a community or street above it. */
function bindsReader({ actor }: Acting): Statement {
  const reach = withinReach(actor, 's');
  return sql`(${withinReach(actor, 'm')} or m.scope_id in (
    select s.street_id from places.scope s where ${reach} union select s.community_id from places.scope s where ${reach}))`;
}

/**
 * What stands in a place: its own, and those of its community and its street, which bind it. Without a place, everything
 * that binds anybody within the reader's reach.
 */
export function listMeasures(q: Executor, acting: Acting, scope: Wall | null): Promise<ListedMeasure[]> {
  const where: Statement[] = [];
  if (scope !== null) {
    const above = scopesOver(scope).slice(1);
    where.push(sql`(${withinScope(scope, 'm')} or m.scope_id = any (${above}::uuid[]))`);
    if (above.length === 0) where.push(withinReach(acting.actor, 'm'));
  } else where.push(bindsReader(acting));
  return q.query<ListedMeasure>(
    sql`select ${measureColumns}, s.name as "scopeName", b.name as "buildingName", v.content from ${beside}
        where ${join(where, ' and ')} order by m.policy_id desc limit 200`,
  );
}

export async function findMeasure(
  q: Executor,
  acting: Acting,
  scopeId: string,
  id: string,
): Promise<ListedMeasure | null> {
  const [row] = await q.query<ListedMeasure>(
    sql`select ${measureColumns}, s.name as "scopeName", b.name as "buildingName", v.content from ${beside}
        where m.scope_id = ${scopeId} and m.policy_id = ${id} and ${bindsReader(acting)}`,
  );
  return row ?? null;
}

export async function lockMeasure(tx: Tx, scopeId: string, id: string): Promise<PolicyRow | null> {
  const [row] = await tx.query<PolicyRow>(
    sql`select ${measureColumns} from access.policy m where m.scope_id = ${scopeId} and m.policy_id = ${id} for no key update`,
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
        where m.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and m.policy_id = any (${objects.map(({ id }) => id)}::uuid[])
          and ${bindsReader(acting)}`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** A measure as a decision needs it: whether it stands now in this place, or in the community or street above it. */
export async function measureInForce(
  q: Executor,
  wall: Pick<Wall, 'scopeId' | 'communityId' | 'streetId'>,
  id: string,
): Promise<{ scopeId: string; startsAt: Date; endsAt: Date; content: PolicyContent } | null> {
  const [row] = await q.query<{ scopeId: string; startsAt: Date; endsAt: Date; content: PolicyContent }>(
    sql`select m.scope_id as "scopeId", m.starts_at as "startsAt", m.ends_at as "endsAt", v.content from access.policy m
          join access.policy_version v on v.scope_id = m.scope_id and v.policy_id = m.policy_id and v.version = m.version
        where m.scope_id = any (${scopesOver(wall)}::uuid[]) and m.policy_id = ${id}`,
  );
  return row ?? null;
}

/**
 * Under what a notice of isolation is written, and what an ending or a change of its measure holds alone: whichever comes
 * first, the other sees what it did. No lock of the row: a street's measure is not a compound's to lock.
 */
const lockOfNotices = (policyId: string) =>
  sql`pg_catalog.hashtextextended(${`access.notices ${policyId}`}, 0)`;

export function holdNotices(tx: Tx, policyId: string): void {
  tx.write(sql`select pg_catalog.pg_advisory_xact_lock(${lockOfNotices(policyId)})`);
}

/** The measure stays as it is read after this, until the transaction has ended. */
export function keepMeasure(tx: Tx, policyId: string): void {
  tx.write(sql`select pg_catalog.pg_advisory_xact_lock_shared(${lockOfNotices(policyId)})`);
}

/** All that stand in a place at a moment, with what they contain. */
export function measuresAt(
  q: Executor,
  wall: Pick<Wall, 'scopeId' | 'communityId' | 'streetId'>,
  now: Date,
): Promise<ListedMeasure[]> {
  return q.query<ListedMeasure>(
    sql`select ${measureColumns}, s.name as "scopeName", b.name as "buildingName", v.content from ${beside}
        where m.scope_id = any (${scopesOver(wall)}::uuid[]) and m.starts_at <= ${now} and m.ends_at > ${now} order by m.policy_id`,
  );
}
