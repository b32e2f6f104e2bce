import type { Executor } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { RoomReading } from './domain.ts';

export interface VisitRow {
  readonly id: string;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly measuredOn: string;
  readonly measuredAt: Date;
  readonly rooms: readonly RoomReading[];
  readonly coldestTenths: number;
  readonly standardTenths: number;
  readonly isCold: boolean;
  readonly isSigned: boolean;
  readonly unsignedReason: string | null;
  readonly measuredByName: string;
  readonly note: string | null;
}

/** Of one compound, or of all that this person's wall reaches. */
function within(acting: Acting, scopeId: string | undefined): Statement {
  if (scopeId !== undefined) return sql`v.scope_id = ${scopeId}`;
  const { kind, regionId, scopeIds } = acting.actor;
  switch (kind) {
    case 'city':
      return sql`v.city_id = ${regionId}::uuid`;
    case 'street':
      return sql`v.street_id = ${regionId}::uuid`;
    case 'company':
      return sql`v.company_id = ${regionId}::uuid`;
    default:
      return sql`v.scope_id = any (${scopeIds}::uuid[])`;
  }
}

export function listVisits(
  q: Executor,
  acting: Acting,
  asked: {
    readonly scopeId?: string | undefined;
    readonly season: string;
    readonly isCold?: boolean | undefined;
  },
  after: readonly [string, string] | null,
  limit: number,
): Promise<VisitRow[]> {
  return q.query(
    sql`select v.visit_id as id, v.scope_id as "scopeId", s.name as "scopeName", v.household_id as "householdId",
          v.household_label as "householdLabel", v.measured_on::text as "measuredOn", v.measured_at as "measuredAt", v.rooms,
          v.coldest_tenths as "coldestTenths", v.standard_tenths as "standardTenths", v.is_cold as "isCold",
          v.resident_signed is not null as "isSigned", v.unsigned_reason as "unsignedReason", v.measured_by_name as "measuredByName", v.note
        from heating.visit v join places.scope s on s.scope_id = v.scope_id
        where ${within(acting, asked.scopeId)} and v.season = ${asked.season}
          ${asked.isCold === undefined ? empty : sql`and v.is_cold = ${asked.isCold}`}
          ${after === null ? empty : sql`and (v.measured_at, v.visit_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
        order by v.measured_at desc, v.visit_id desc limit ${limit}`,
  );
}

/** The season's measurements of every home that was ever found cold in it. */
export function visitsOfColdHomes(
  q: Executor,
  acting: Acting,
  scopeId: string | undefined,
  season: string,
): Promise<VisitRow[]> {
  return q.query(
    sql`select v.visit_id as id, v.scope_id as "scopeId", s.name as "scopeName", v.household_id as "householdId",
          v.household_label as "householdLabel", v.measured_on::text as "measuredOn", v.measured_at as "measuredAt", v.rooms,
          v.coldest_tenths as "coldestTenths", v.standard_tenths as "standardTenths", v.is_cold as "isCold",
          v.resident_signed is not null as "isSigned", v.unsigned_reason as "unsignedReason", v.measured_by_name as "measuredByName", v.note
        from heating.visit v join places.scope s on s.scope_id = v.scope_id
        where ${within(acting, scopeId)} and v.season = ${season}
          and exists (select from heating.visit c where c.scope_id = v.scope_id and c.household_id = v.household_id and c.season = v.season and c.is_cold)
        order by s.name, v.household_label, v.household_id, v.measured_at limit 20000`,
  );
}
