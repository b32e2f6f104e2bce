import type { PolicyChecks } from '@gongzhi/gate';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Wall } from '../places/index.ts';
import { scopesOver } from './domain/scopes.ts';

/** What a phone needs to know before it shows a health code. */

export interface MeasureOnHealth {
  readonly id: string;
  readonly name: string;
  readonly authority: string;
  readonly documentNo: string;
  readonly buildingId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly retentionDays: number;
  readonly checks: Pick<PolicyChecks, 'health_code'>;
}

export function measuresOnHealth(
  q: Executor,
  wall: Pick<Wall, 'scopeId' | 'communityId' | 'streetId'>,
  now: Date,
): Promise<MeasureOnHealth[]> {
  return q.query(
    sql`select p.policy_id as id, p.name, p.authority, p.document_no as "documentNo", p.building_id as "buildingId", p.starts_at as "startsAt",
          p.ends_at as "endsAt", p.retention_days as "retentionDays", v.content -> 'checks' as checks
        from access.policy p
          join access.policy_version v on v.scope_id = p.scope_id and v.policy_id = p.policy_id and v.version = p.version
        where p.scope_id = any (${scopesOver(wall)}::uuid[]) and p.starts_at <= ${now} and p.ends_at > ${now}
          and v.content -> 'checks' ? 'health_code'
        order by p.policy_id limit 100`,
  );
}

/** In which building their holders live. */
export function homeBuildings(
  q: Executor,
  scopeId: string,
  passIds: readonly string[],
): Promise<{ readonly passId: string; readonly buildingId: string | null }[]> {
  return q.query(
    sql`select p.pass_id as "passId", p.home_building_id as "buildingId" from access.pass p
        where p.scope_id = ${scopeId} and p.pass_id = any (${passIds}::uuid[])`,
  );
}
