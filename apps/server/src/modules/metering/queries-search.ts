import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { METER_KINDS } from './domain.ts';

export interface FoundMeter {
  readonly id: string;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly serial: string;
  readonly kind: string;
  readonly householdId: string | null;
  readonly householdLabel: string | null;
  readonly spot: string;
}

/** Meters that hang now, by what stands on them as far as it is typed: one look into the index a kind and place. */
export function metersNumbered(
  q: Executor,
  scopeIds: readonly string[],
  begins: string,
  limit: number,
): Promise<FoundMeter[]> {
  return q.query(
    sql`select m.meter_id as id, m.scope_id as "scopeId", s.name as "scopeName", m.serial, m.kind, m.household_id as "householdId",
          m.household_label as "householdLabel", m.spot
        from unnest(${scopeIds}::uuid[]) one (scope_id) cross join unnest(${METER_KINDS}::text[]) k (kind)
          cross join lateral (
            select * from metering.meter m
            where m.scope_id = one.scope_id and m.kind = k.kind and m.retired_on is null
              and m.serial >= ${begins} and m.serial < ${`${begins}\u{10ffff}`}
            order by m.serial limit ${limit}) m
          join places.scope s on s.scope_id = m.scope_id
        order by m.serial, m.meter_id limit ${limit}`,
  );
}

export function metersOfHomes(
  q: Executor,
  homes: readonly { readonly scopeId: string; readonly id: string }[],
  limit: number,
): Promise<FoundMeter[]> {
  return q.query(
    sql`select m.meter_id as id, m.scope_id as "scopeId", s.name as "scopeName", m.serial, m.kind, m.household_id as "householdId",
          m.household_label as "householdLabel", m.spot
        from unnest(${homes.map(({ scopeId }) => scopeId)}::uuid[], ${homes.map(({ id }) => id)}::uuid[]) one (scope_id, household_id)
          join metering.meter m on m.scope_id = one.scope_id and m.household_id = one.household_id and m.retired_on is null
          join places.scope s on s.scope_id = m.scope_id
        order by m.household_label, m.kind, m.meter_id limit ${limit}`,
  );
}
