import type { PassStatus } from '@gongzhi/gate';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { plateIndexOf } from './tables-passes.ts';

export interface FoundVehicle {
  readonly id: string;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly plateMasked: string | null;
  readonly status: PassStatus;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly entriesAllowed: number | null;
  readonly entriesUsed: number;
  readonly householdId: string | null;
  readonly householdLabel: string | null;
}

const columns = sql`p.pass_id as id, p.scope_id as "scopeId", s.name as "scopeName", p.plate_masked as "plateMasked",
  p.status, p.valid_from as "validFrom", p.valid_to as "validTo", p.entries_allowed as "entriesAllowed", p.entries_used as "entriesUsed", p.household_id as "householdId", h.label as "householdLabel"`;
const joined = sql`join places.scope s on s.scope_id = p.scope_id
  left join places.household h on h.scope_id = p.scope_id and h.household_id = p.household_id`;

/** Plates are sealed; each compound has its own key to find one by. */
export function vehiclesPlated(
  q: Executor,
  crypto: Crypto,
  scopeIds: readonly string[],
  plate: string,
  limit: number,
): Promise<FoundVehicle[]> {
  return q.query(
    sql`select ${columns}
        from unnest(${scopeIds}::uuid[], ${scopeIds.map((id) => plateIndexOf(crypto, id, plate))}::bytea[]) one (scope_id, wanted)
          join access.pass p on p.scope_id = one.scope_id and p.plate_index = one.wanted ${joined}
        order by p.status <> 'active', p.pass_id desc limit ${limit}`,
  );
}

export function vehiclesOfHomes(
  q: Executor,
  homes: readonly { readonly scopeId: string; readonly id: string }[],
  limit: number,
): Promise<FoundVehicle[]> {
  return q.query(
    sql`select ${columns}
        from unnest(${homes.map(({ scopeId }) => scopeId)}::uuid[], ${homes.map(({ id }) => id)}::uuid[]) one (scope_id, household_id)
          join access.pass p on p.scope_id = one.scope_id and p.household_id = one.household_id and p.plate_index is not null and p.status <> 'revoked' ${joined}
        order by h.label, p.pass_id desc limit ${limit}`,
  );
}
