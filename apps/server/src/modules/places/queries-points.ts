import type { Point } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';

/** Where compounds and buildings stand, for who finds a place by a point, and for who names a place to strangers. */
export interface CompoundPoint {
  readonly scopeId: string;
  readonly name: string;
  readonly code: string | null;
  readonly address: string | null;
  readonly timeZone: string;
  /** The project department that serves it. */
  readonly servedBy: string | null;
  /** Its main gate. */
  readonly point: Point | null;
}

export interface BuildingPoint {
  readonly scopeId: string;
  readonly id: string;
  readonly name: string;
  readonly point: Point | null;
}

interface Located {
  readonly latitude: number | null;
  readonly longitude: number | null;
}

export function withPoint<Row extends Located>({
  latitude,
  longitude,
  ...row
}: Row): Omit<Row, keyof Located> & { point: Point | null } {
  return { ...row, point: latitude === null || longitude === null ? null : { latitude, longitude } };
}

type CompoundRow = Omit<CompoundPoint, 'point'> & Located;
type BuildingRow = Omit<BuildingPoint, 'point'> & Located;

export async function compoundsOfStreet(q: Executor, streetId: string): Promise<CompoundPoint[]> {
  const rows = await q.query<CompoundRow>(
    sql`select s.scope_id as "scopeId", s.name, s.code, s.address, s.time_zone as "timeZone", d.name as "servedBy", s.latitude, s.longitude
      from places.scope s left join places.scope d on d.scope_id = s.department_id
      where s.street_id = ${streetId} and s.kind = 'compound' order by s.scope_id`,
  );
  return rows.map(withPoint);
}

export async function compoundPoints(q: Executor, scopeIds: readonly string[]): Promise<CompoundPoint[]> {
  const rows = await q.query<CompoundRow>(
    sql`select s.scope_id as "scopeId", s.name, s.code, s.address, s.time_zone as "timeZone", d.name as "servedBy", s.latitude, s.longitude
      from places.scope s left join places.scope d on d.scope_id = s.department_id
      where s.scope_id = any (${[...scopeIds]}::uuid[])`,
  );
  return rows.map(withPoint);
}

export async function buildingPoints(q: Executor, scopeIds: readonly string[]): Promise<BuildingPoint[]> {
  const rows = await q.query<BuildingRow>(
    sql`select b.scope_id as "scopeId", b.building_id as id, b.name, b.latitude, b.longitude from places.building b
      where b.scope_id = any (${[...scopeIds]}::uuid[]) order by b.scope_id, b.position, b.building_id`,
  );
  return rows.map(withPoint);
}

/** Of these compounds, the buildings within a square around a point; the caller measures what is really near. */
export async function buildingsAround(
  q: Executor,
  scopeIds: readonly string[],
  southWest: Point,
  northEast: Point,
): Promise<BuildingPoint[]> {
  const rows = await q.query<BuildingRow>(
    sql`select b.scope_id as "scopeId", b.building_id as id, b.name, b.latitude, b.longitude from places.building b
      where b.scope_id = any (${[...scopeIds]}::uuid[])
        and b.latitude between ${southWest.latitude} and ${northEast.latitude}
        and b.longitude between ${southWest.longitude} and ${northEast.longitude}`,
  );
  return rows.map(withPoint);
}

/** A street by the code it bears in the register of administrative divisions. */
export async function findStreetByCode(
  q: Executor,
  code: string,
): Promise<{ readonly scopeId: string; readonly cityId: string | null } | null> {
  const [row] = await q.query<{ scopeId: string; cityId: string | null }>(
    sql`select s.scope_id as "scopeId", s.city_id as "cityId" from places.scope s
      where s.kind = 'street' and s.code = ${code} order by s.scope_id limit 1`,
  );
  return row ?? null;
}

export async function streetCodeOf(q: Executor, scopeId: string): Promise<string | null> {
  const [row] = await q.query<{ code: string | null }>(
    sql`select s.code from places.scope s where s.scope_id = ${scopeId} and s.kind = 'street'`,
  );
  return row?.code ?? null;
}
