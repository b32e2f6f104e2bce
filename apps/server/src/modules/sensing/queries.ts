import { uuidArrayLiteral } from '../../platform/db/actor.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import type { DeviceKind, DeviceState, RuleVersion, Rule, Watch } from './domain.ts';
import type { AlarmRow, DeviceRow, WatchRow } from './tables.ts';

/** What taking in readings asks and writes: many devices at a time, so that one commit carries hundreds of readings. */

export const deviceColumns =
  raw(`d.scope_id as "scopeId", d.device_id as id, d.city_id as "cityId", d.street_id as "streetId",
  d.company_id as "companyId", d.kind, d.label, d.building_id as "buildingId", d.facility_id as "facilityId", d.spot,
  d.gateway_id as "gatewayId", d.credential_version as "credentialVersion", d.version, d.created_at as "createdAt",
  d.retired_at as "retiredAt", d.state, d.last_seen_at as "lastSeenAt", d.last_at as "lastAt", d.last_value as "lastValue",
  d.fault, d.fault_at as "faultAt", d.fault_count as "faultCount", d.clock_off_at as "clockOffAt",
  d.secret_hash is not null as "hasSecret"`);

export interface DeviceKey {
  readonly scopeId: string;
  readonly deviceId: string;
}

/** Always locked in the same order: two batches with the same devices do not wait for each other in a circle. */
export function lockDevices(tx: Tx, keys: readonly DeviceKey[]): Promise<DeviceRow[]> {
  return tx.query<DeviceRow>(
    sql`select ${deviceColumns} from sensing.device d
        where d.scope_id = any (${uuidArrayLiteral([...new Set(keys.map((key) => key.scopeId))])}::uuid[])
          and d.device_id = any (${uuidArrayLiteral(keys.map((key) => key.deviceId))}::uuid[])
        order by d.scope_id, d.device_id for no key update`,
  );
}

export async function lockDevice(tx: Tx, scopeId: string, deviceId: string): Promise<DeviceRow | null> {
  return (await lockDevices(tx, [{ scopeId, deviceId }]))[0] ?? null;
}

/** In the same order: readings of them come in meanwhile. */
export async function lockAllDevices(tx: Tx, scopeId: string): Promise<void> {
  await tx.query(
    sql`select d.device_id from sensing.device d where d.scope_id = ${scopeId} order by d.scope_id, d.device_id for no key update`,
  );
}

/** Who claims to be this device, and what their secret must hash to. */
export async function findCredentials(
  q: Executor,
  { scopeId, deviceId }: DeviceKey,
): Promise<{ readonly hash: Buffer; readonly version: number; readonly kind: DeviceKind } | null> {
  const [row] = await q.query<{ hash: Buffer | null; version: number; kind: DeviceKind }>(
    sql`select d.secret_hash as hash, d.credential_version as version, d.kind from sensing.device d
        where d.scope_id = ${scopeId} and d.device_id = ${deviceId} and d.retired_at is null`,
  );
  return row?.hash == null ? null : { ...row, hash: row.hash };
}

interface StoredWatch {
  scopeId: string;
  deviceId: string;
  ruleCode: string;
  badSince: Date | null;
  goodSince: Date | null;
  isOpen: boolean;
  isCleared: boolean;
  restUntil: Date | null;
  goneAt: Date | null;
  dueAt: Date | null;
}

const time = (date: Date | null) => (date === null ? null : date.getTime());

function watchOf(row: StoredWatch): WatchRow {
  return {
    scopeId: row.scopeId,
    deviceId: row.deviceId,
    ruleCode: row.ruleCode,
    watch: {
      badSince: time(row.badSince),
      goodSince: time(row.goodSince),
      isOpen: row.isOpen,
      isCleared: row.isCleared,
      restUntil: time(row.restUntil),
      goneAt: time(row.goneAt),
    },
    dueAt: time(row.dueAt),
  };
}

const watchColumns =
  raw(`w.scope_id as "scopeId", w.device_id as "deviceId", w.rule_code as "ruleCode", w.bad_since as "badSince",
  w.good_since as "goodSince", w.is_open as "isOpen", w.is_cleared as "isCleared", w.rest_until as "restUntil", w.gone_at as "goneAt",
  w.due_at as "dueAt"`);

export async function watchesOf(q: Executor, keys: readonly DeviceKey[]): Promise<WatchRow[]> {
  const rows = await q.query<StoredWatch>(
    sql`select ${watchColumns} from sensing.watch w
        where w.scope_id = any (${uuidArrayLiteral([...new Set(keys.map((key) => key.scopeId))])}::uuid[])
          and w.device_id = any (${uuidArrayLiteral(keys.map((key) => key.deviceId))}::uuid[])`,
  );
  return rows.map(watchOf);
}

/** Devices one of whose watches is due, over all scopes: the worker's. */
export function dueDevices(tx: Tx, now: Date, limit: number): Promise<DeviceKey[]> {
  return tx.query<DeviceKey>(
    sql`select distinct w.scope_id as "scopeId", w.device_id as "deviceId" from sensing.watch w
        where w.due_at <= ${now} limit ${limit}`,
  );
}

export interface WatchChange {
  readonly device: DeviceRow;
  readonly ruleCode: string;
  readonly watch: Watch;
  readonly dueAt: number | null;
}

const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());

export function storeWatches(tx: Tx, changes: readonly WatchChange[]): void {
  if (changes.length === 0) return;
  const rows = changes.map(({ device, ruleCode, watch, dueAt }) => ({
    scope_id: device.scopeId,
    device_id: device.id,
    rule_code: ruleCode,
    city_id: device.cityId,
    street_id: device.streetId,
    company_id: device.companyId,
    bad_since: iso(watch.badSince),
    good_since: iso(watch.goodSince),
    is_open: watch.isOpen,
    is_cleared: watch.isCleared,
    rest_until: iso(watch.restUntil),
    gone_at: iso(watch.goneAt),
    due_at: iso(dueAt),
  }));
  tx.write(
    sql`insert into sensing.watch (scope_id, device_id, rule_code, city_id, street_id, company_id, bad_since, good_since, is_open, is_cleared,
          rest_until, gone_at, due_at)
        select r.scope_id, r.device_id, r.rule_code, r.city_id, r.street_id, r.company_id, r.bad_since, r.good_since, r.is_open, r.is_cleared,
          r.rest_until, r.gone_at, r.due_at from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (scope_id uuid, device_id uuid,
          rule_code text, city_id uuid, street_id uuid, company_id uuid, bad_since timestamptz, good_since timestamptz, is_open boolean,
          is_cleared boolean, rest_until timestamptz, gone_at timestamptz, due_at timestamptz)
        on conflict (scope_id, device_id, rule_code) do update set bad_since = excluded.bad_since, good_since = excluded.good_since,
          is_open = excluded.is_open, is_cleared = excluded.is_cleared, rest_until = excluded.rest_until, gone_at = excluded.gone_at,
          due_at = excluded.due_at`,
  );
}

export interface NewReading {
  readonly device: DeviceRow;
  readonly messageId: string;
  readonly value: number;
  readonly at: number;
  readonly receivedAt: number;
  readonly deviceAt: number | null;
  readonly isClockOff: boolean;
}

/** Which of them were new, as `device message`; the others had come before. */
export async function insertReadings(tx: Tx, readings: readonly NewReading[]): Promise<Set<string>> {
  if (readings.length === 0) return new Set();
  const column = <T>(of: (reading: NewReading) => T) => readings.map(of);
  const rows = await tx.query<{ device_id: string; message_id: string }>(
    sql`insert into sensing.reading (scope_id, device_id, message_id, city_id, street_id, company_id, value, at, received_at, device_at, is_clock_off)
        select * from unnest(${column((r) => r.device.scopeId)}::uuid[], ${column((r) => r.device.id)}::uuid[], ${column((r) => r.messageId)}::text[],
          ${column((r) => r.device.cityId)}::uuid[], ${column((r) => r.device.streetId)}::uuid[], ${column((r) => r.device.companyId)}::uuid[],
          ${column((r) => r.value)}::double precision[], ${column((r) => iso(r.at))}::timestamptz[], ${column((r) => iso(r.receivedAt))}::timestamptz[],
          ${column((r) => iso(r.deviceAt))}::timestamptz[], ${column((r) => r.isClockOff)}::boolean[])
        on conflict (scope_id, device_id, message_id) do nothing returning device_id, message_id`,
  );
  return new Set(rows.map((row) => `${row.device_id} ${row.message_id}`));
}

export interface Seen {
  readonly device: DeviceRow;
  readonly state: DeviceState;
  readonly lastSeenAt: Date | null;
  readonly lastAt: Date | null;
  readonly lastValue: number | null;
  readonly clockOffAt: Date | null;
}

export function storeSeen(tx: Tx, seen: readonly Seen[]): void {
  if (seen.length === 0) return;
  const column = <T>(of: (one: Seen) => T) => seen.map(of);
  tx.write(
    sql`update sensing.device d set state = s.state, last_seen_at = s.last_seen_at, last_at = s.last_at, last_value = s.last_value, clock_off_at = s.clock_off_at
        from unnest(${column((s) => s.device.scopeId)}::uuid[], ${column((s) => s.device.id)}::uuid[], ${column((s) => s.state)}::text[],
          ${column((s) => s.lastSeenAt?.toISOString() ?? null)}::timestamptz[], ${column((s) => s.lastAt?.toISOString() ?? null)}::timestamptz[],
          ${column((s) => s.lastValue)}::double precision[], ${column((s) => s.clockOffAt?.toISOString() ?? null)}::timestamptz[])
          as s (scope_id, device_id, state, last_seen_at, last_at, last_value, clock_off_at)
        where d.scope_id = s.scope_id and d.device_id = s.device_id`,
  );
}

export interface FaultNote extends DeviceKey {
  readonly fault: string;
  readonly at: Date;
}

/** What came from a device and was no reading. */
export function storeFaults(tx: Tx, faults: readonly FaultNote[]): void {
  const last = new Map(faults.map((note) => [note.deviceId, note]));
  for (const { scopeId, deviceId, fault, at } of [...last.values()].sort((a, b) =>
    a.deviceId < b.deviceId ? -1 : 1,
  )) {
    const count = faults.filter((note) => note.deviceId === deviceId).length;
    tx.write(
      sql`update sensing.device set fault = ${fault}, fault_at = ${at}, fault_count = least(fault_count + ${count}, 1000000000)
          where scope_id = ${scopeId} and device_id = ${deviceId}`,
    );
  }
}

/** Every version that these scopes wrote. */
export function ruleVersions(q: Executor, scopeIds: readonly string[]): Promise<StoredRuleVersion[]> {
  return q.query<StoredRuleVersion>(
    sql`select v.scope_id as "scopeId", v.rule_code as code, v.version, v.valid_from as "validFrom", v.rule, v.source,
          v.changed_by_name as "changedByName", v.changed_at as "changedAt"
        from sensing.rule_version v where v.scope_id = any (${uuidArrayLiteral(scopeIds)}::uuid[])
        order by v.scope_id, v.rule_code, v.version desc limit 5000`,
  );
}

export interface StoredRuleVersion extends RuleVersion {
  readonly rule: Rule;
  readonly source: string;
  readonly changedByName: string;
  readonly changedAt: Date;
}

export const alarmColumns =
  raw(`a.scope_id as "scopeId", a.alarm_id as id, a.device_id as "deviceId", a.rule_code as "ruleCode", a.since,
  a.raised_at as "raisedAt", a.cleared_at as "clearedAt", a.ended_at as "endedAt", a.ended_how as "endedHow",
  a.return_count as "returnCount", a.work_order_id as "workOrderId", a.order_number as "orderNumber", a.evidence, a.rule`);

export async function openAlarm(q: Executor, device: DeviceRow, ruleCode: string): Promise<AlarmRow | null> {
  const [row] = await q.query<AlarmRow>(
    sql`select ${alarmColumns} from sensing.alarm a
        where a.scope_id = ${device.scopeId} and a.device_id = ${device.id} and a.rule_code = ${ruleCode} and a.ended_at is null`,
  );
  return row ?? null;
}

export async function alarmOfOrder(
  q: Executor,
  scopeId: string,
  workOrderId: string,
): Promise<AlarmRow | null> {
  const [row] = await q.query<AlarmRow>(
    sql`select ${alarmColumns} from sensing.alarm a
        where a.scope_id = ${scopeId} and a.work_order_id = ${workOrderId} and a.ended_at is null`,
  );
  return row ?? null;
}

/** The newest first. */
export async function lastReadings(
  q: Executor,
  device: DeviceRow,
  limit: number,
): Promise<{ at: Date; value: number }[]> {
  return q.query(
    sql`select r.at, r.value from sensing.reading r
        where r.scope_id = ${device.scopeId} and r.device_id = ${device.id} order by r.at desc limit ${limit}`,
  );
}

/** The last alarm of it that has an order and has not come to its end; not the one of its own silence. */
export async function openAlarmOf(
  q: Executor,
  scopeId: string,
  deviceId: string,
): Promise<{ readonly id: string; readonly number: string } | null> {
  const [row] = await q.query<{ id: string; number: string }>(
    sql`select a.work_order_id as id, a.order_number as number from sensing.alarm a
        where a.scope_id = ${scopeId} and a.device_id = ${deviceId} and a.ended_at is null and a.work_order_id is not null
          and a.rule_code not like '%.silent'
        order by a.alarm_id desc limit 1`,
  );
  return row ?? null;
}
