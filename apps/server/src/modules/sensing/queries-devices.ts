import type { Executor } from '../../platform/db/database.ts';
import { join, sql, type Statement } from '../../platform/db/sql.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { DEVICE_STATES, type DeviceKind, type DeviceState } from './domain.ts';
import { alarmColumns, deviceColumns } from './queries.ts';
import { withinReach, withinScope } from '../places/index.ts';
import type { AlarmRow, DeviceRow } from './tables.ts';

/** What the pages ask. */

export interface DeviceFilter {
  readonly scope: { readonly scopeId: string; readonly kind: string } | null;
  readonly state: DeviceState | null;
  readonly kind: DeviceKind | null;
}

/** The scope of the place by name, beside the device. */
export type ListedDevice = DeviceRow & { readonly scopeName: string; readonly placeLabel: string };

const rank = sql`array_position(${[...DEVICE_STATES]}::text[], d.state)`;

/** The worst first. */
export function listDevices(
  q: Executor,
  acting: Acting,
  filter: DeviceFilter,
  after: { readonly rank: number; readonly id: string } | null,
  limit: number,
): Promise<ListedDevice[]> {
  const where: Statement[] = [withinReach(acting.actor, 'd')];
  if (filter.scope !== null) where.push(withinScope(filter.scope, 'd'));
  where.push(filter.state === null ? sql`d.state <> 'retired'` : sql`d.state = ${filter.state}`);
  if (filter.kind !== null) where.push(sql`d.kind = ${filter.kind}`);
  if (after !== null) where.push(sql`(${rank}, d.device_id) > (${after.rank}::integer, ${after.id}::uuid)`);
  return q.query<ListedDevice>(
    sql`select ${deviceColumns}, s.name as "scopeName", coalesce(f.label, b.name, '') as "placeLabel"
        from sensing.device d join places.scope s on s.scope_id = d.scope_id
          left join places.building b on b.scope_id = d.scope_id and b.building_id = d.building_id
          left join places.facility f on f.scope_id = d.scope_id and f.facility_id = d.facility_id
        where ${join(where, ' and ')} order by ${rank}, d.device_id limit ${limit}`,
  );
}

export async function countDevices(
  q: Executor,
  acting: Acting,
  scope: DeviceFilter['scope'],
): Promise<Record<DeviceState, number>> {
  const where: Statement[] = [withinReach(acting.actor, 'd')];
  if (scope !== null) where.push(withinScope(scope, 'd'));
  const rows = await q.query<{ state: DeviceState; count: number }>(
    sql`select d.state, count(*)::integer as count from sensing.device d where ${join(where, ' and ')} group by d.state`,
  );
  const counts = { alarm: 0, silent: 0, never: 0, ok: 0, retired: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

export async function findDevice(
  q: Executor,
  scopeId: string,
  deviceId: string,
): Promise<ListedDevice | null> {
  const [row] = await q.query<ListedDevice>(
    sql`select ${deviceColumns}, s.name as "scopeName", coalesce(f.label, b.name, '') as "placeLabel"
        from sensing.device d join places.scope s on s.scope_id = d.scope_id
          left join places.building b on b.scope_id = d.scope_id and b.building_id = d.building_id
          left join places.facility f on f.scope_id = d.scope_id and f.facility_id = d.facility_id
        where d.scope_id = ${scopeId} and d.device_id = ${deviceId}`,
  );
  return row ?? null;
}

/** Retired ones too. */
export function devicesOfScope(
  q: Executor,
  scopeId: string,
  deviceIds: readonly string[],
): Promise<DeviceRow[]> {
  return q.query<DeviceRow>(
    sql`select ${deviceColumns} from sensing.device d
        where d.scope_id = ${scopeId} and d.device_id = any (${[...deviceIds]}::uuid[])`,
  );
}

export interface PlotPoint {
  readonly at: Date;
  readonly least: number;
  readonly most: number;
  readonly count: number;
}

/** The readings of a time, in at most `steps` pieces: the least and the most of each, so that no peak is lost. */
export function plotOf(
  q: Executor,
  scopeId: string,
  deviceId: string,
  from: Date,
  to: Date,
  steps: number,
): Promise<PlotPoint[]> {
  const width = Math.max(1, (to.getTime() - from.getTime()) / steps / 1_000);
  return q.query<PlotPoint>(
    sql`select min(r.at) as at, min(r.value) as least, max(r.value) as most, count(*)::integer as count from sensing.reading r
        where r.scope_id = ${scopeId} and r.device_id = ${deviceId} and r.at >= ${from} and r.at < ${to}
        group by floor(extract(epoch from r.at - ${from}::timestamptz) / ${width}::double precision) order by 1`,
  );
}

export type ListedAlarm = AlarmRow & {
  readonly deviceLabel: string;
  readonly deviceKind: DeviceKind;
  readonly scopeName: string;
};

export interface AlarmFilter {
  readonly scope: DeviceFilter['scope'];
  readonly deviceId: string | null;
  readonly isOpenOnly: boolean;
}

export function listAlarms(
  q: Executor,
  acting: Acting,
  filter: AlarmFilter,
  before: string | null,
  limit: number,
): Promise<ListedAlarm[]> {
  const where: Statement[] = [withinReach(acting.actor, 'a')];
  if (filter.scope !== null) where.push(withinScope(filter.scope, 'a'));
  if (filter.deviceId !== null) where.push(sql`a.device_id = ${filter.deviceId}`);
  if (filter.isOpenOnly) where.push(sql`a.ended_at is null`);
  if (before !== null) where.push(sql`a.alarm_id < ${before}`);
  return q.query<ListedAlarm>(
    sql`select ${alarmColumns}, d.label as "deviceLabel", d.kind as "deviceKind", s.name as "scopeName"
        from sensing.alarm a join sensing.device d on d.scope_id = a.scope_id and d.device_id = a.device_id
          join places.scope s on s.scope_id = a.scope_id
        where ${join(where, ' and ')} order by a.alarm_id desc limit ${limit}`,
  );
}

/** Which of these devices the actor may see now; asked again for every live event. */
export async function visibleDevices(
  q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  if (!mayAttempt(acting.role, 'device.read')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select d.device_id as id from sensing.device d where d.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[])
        and d.device_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** What was deleted because of its age, last. */
export async function lastPurge(
  q: Executor,
  scopeId: string,
): Promise<{ before: Date; readings: number } | null> {
  const [row] = await q.query<{ before: Date; readings: string }>(
    sql`select p.before, p.readings from sensing.purge p where p.scope_id = ${scopeId} order by p.purge_id desc limit 1`,
  );
  return row === undefined ? null : { before: row.before, readings: Number(row.readings) };
}
