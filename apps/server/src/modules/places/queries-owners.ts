import type { LocalDate } from '@gongzhi/kernel';
import type { OrganisationKind } from './domain.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';

/** Property-right units and the buildings they own, from-to. */
export interface OwnerRow {
  readonly buildingId: string;
  readonly buildingName: string;
  readonly organisationId: string | null;
  readonly organisationName: string | null;
  readonly since: string | null;
}

export function listOwners(q: Executor, scopeId: string, today: LocalDate): Promise<OwnerRow[]> {
  return q.query(sql`
    select b.building_id as "buildingId", b.name as "buildingName", w.organisation_id as "organisationId",
      o.name as "organisationName", w.starts_on as since
    from places.building b
      left join places.building_owner w on w.scope_id = b.scope_id and w.building_id = b.building_id
        and w.starts_on <= ${today}::date and (w.ends_on is null or ${today}::date < w.ends_on)
      left join places.organisation o on o.scope_id = w.owner_scope_id and o.organisation_id = w.organisation_id
    where b.scope_id = ${scopeId} order by b.position, b.name`);
}

export interface OwnerPeriodRow {
  readonly buildingId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/** Whose a building was, is and will be; the newest first. */
export function ownerPeriods(q: Executor, scopeId: string): Promise<OwnerPeriodRow[]> {
  return q.query(sql`
    select w.building_id as "buildingId", w.organisation_id as "organisationId", o.name as "organisationName",
      w.starts_on as "startsOn", w.ends_on as "endsOn"
    from places.building_owner w join places.organisation o on o.scope_id = w.owner_scope_id and o.organisation_id = w.organisation_id
    where w.scope_id = ${scopeId} order by w.starts_on desc limit 1000`);
}

/** Which unit owns a building that day; null: none. */
export async function ownerOfBuilding(
  q: Executor,
  scopeId: string,
  buildingId: string,
  today: LocalDate,
): Promise<{ organisationId: string; startsOn: string } | null> {
  const [row] = await q.query<{ organisationId: string; startsOn: string }>(
    sql`select organisation_id as "organisationId", starts_on as "startsOn" from places.building_owner
        where scope_id = ${scopeId} and building_id = ${buildingId}
          and starts_on <= ${today}::date and (ends_on is null or ${today}::date < ends_on)`,
  );
  return row ?? null;
}

export async function lockOwner(
  tx: Tx,
  scopeId: string,
  buildingId: string,
): Promise<{ id: string; startsOn: string } | null> {
  const [row] = await tx.query<{ id: string; startsOn: string }>(
    sql`select building_owner_id as id, starts_on as "startsOn" from places.building_owner
        where scope_id = ${scopeId} and building_id = ${buildingId} and ends_on is null for no key update`,
  );
  return row ?? null;
}

/** An organisation of the city, by its id alone. */
export async function findOrganisation(
  q: Executor,
  cityId: string | null,
  organisationId: string,
): Promise<{ scopeId: string; name: string; kind: OrganisationKind } | null> {
  const [row] = await q.query<{ scopeId: string; name: string; kind: OrganisationKind }>(
    sql`select o.scope_id as "scopeId", o.name, o.kind from places.organisation o join places.scope s on s.scope_id = o.scope_id
        where o.organisation_id = ${organisationId} and (s.city_id = ${cityId} or s.scope_id = ${cityId})`,
  );
  return row ?? null;
}
