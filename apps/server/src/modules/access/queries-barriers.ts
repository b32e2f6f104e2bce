import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import type { CommandOutcome, OpenReason } from './domain.ts';
import { deviceColumns } from './queries-batch.ts';
import type { GateDeviceRow, HeldGate } from './tables.ts';

/** Barriers, what they were told, and what came of it. */

export interface GateDeviceKey {
  readonly scopeId: string;
  readonly deviceId: string;
  readonly gateId: string;
  readonly formerGates: GateDeviceRow['formerGates'];
  readonly kind: GateDeviceRow['kind'];
  readonly credentialVersion: number;
  readonly secretHash: Buffer;
}

/** Null: no such device, taken away, or without a key. */
export async function findGateDevice(
  q: Executor,
  scopeId: string,
  deviceId: string,
): Promise<GateDeviceKey | null> {
  const [row] = await q.query<Omit<GateDeviceKey, 'secretHash'> & { secretHash: Buffer | null }>(
    sql`select d.scope_id as "scopeId", d.device_id as "deviceId", d.gate_id as "gateId", d.former_gates as "formerGates", d.kind,
          d.credential_version as "credentialVersion", d.secret_hash as "secretHash"
        from access.gate_device d where d.scope_id = ${scopeId} and d.device_id = ${deviceId} and d.revoked_at is null`,
  );
  return row?.secretHash == null ? null : { ...row, secretHash: row.secretHash };
}

export interface NewOrder {
  readonly id: string;
  readonly gate: Pick<HeldGate, 'scopeId' | 'id' | 'cityId' | 'streetId' | 'companyId'>;
  readonly deviceId: string;
  readonly cause: 'verdict' | 'consent';
  readonly passageId: string;
  readonly holdSeconds: number;
  readonly byName: string | null;
}

/** To barriers that hang at that gate now and have a key; once for a passage. */
export function insertOrders(tx: Tx, orders: readonly NewOrder[], now: Date, expiresAt: Date): void {
  if (orders.length === 0) return;
  tx.write(
    sql`insert into access.barrier_command (scope_id, command_id, city_id, street_id, company_id, gate_id, device_id, cause, passage_id, hold_seconds,
          ordered_by_name, created_at, expires_at, sent_count)
        select d.scope_id, e.id, d.city_id, d.street_id, d.company_id, d.gate_id, d.device_id, e.cause, e.passage_id, e.hold, e.by_name, ${now}, ${expiresAt}, 0
        from unnest(${orders.map((o) => o.gate.scopeId)}::uuid[], ${orders.map((o) => o.id)}::uuid[], ${orders.map((o) => o.gate.id)}::uuid[],
          ${orders.map((o) => o.deviceId)}::uuid[], ${orders.map((o) => o.cause)}::text[], ${orders.map((o) => o.passageId)}::uuid[],
          ${orders.map((o) => o.holdSeconds)}::integer[], ${orders.map((o) => o.byName)}::text[]) as e (scope_id, id, gate_id, device_id, cause, passage_id, hold, by_name)
        join access.gate_device d on d.scope_id = e.scope_id and d.device_id = e.device_id and d.gate_id = e.gate_id
        where d.kind = 'barrier' and d.revoked_at is null and d.secret_hash is not null
        on conflict on constraint barrier_command_once do nothing`,
  );
}

export interface OpenOrder {
  readonly scopeId: string;
  readonly deviceId: string;
  readonly id: string;
  readonly holdSeconds: number;
  readonly expiresAt: Date;
  readonly sentAt: Date | null;
  readonly credentialVersion: number;
}

/** What these barriers are to do now. */
export function openOrders(
  q: Executor,
  devices: readonly { readonly scopeId: string; readonly deviceId: string }[],
  now: Date,
): Promise<OpenOrder[]> {
  return q.query<OpenOrder>(
    sql`select c.scope_id as "scopeId", c.device_id as "deviceId", c.command_id as id, c.hold_seconds as "holdSeconds", c.expires_at as "expiresAt",
          c.sent_at as "sentAt", d.credential_version as "credentialVersion"
        from unnest(${devices.map((one) => one.scopeId)}::uuid[], ${devices.map((one) => one.deviceId)}::uuid[]) as k (scope_id, device_id)
        join access.barrier_command c on c.scope_id = k.scope_id and c.device_id = k.device_id and c.outcome is null and c.expires_at > ${now}
        join access.gate_device d on d.scope_id = c.scope_id and d.device_id = c.device_id and d.gate_id = c.gate_id and d.revoked_at is null
        order by c.command_id`,
  );
}

export function storeSent(
  tx: Tx,
  sent: readonly { readonly scopeId: string; readonly id: string }[],
  now: Date,
): void {
  if (sent.length === 0) return;
  tx.write(
    sql`update access.barrier_command c set sent_at = ${now}, sent_count = c.sent_count + 1
        from unnest(${sent.map((one) => one.scopeId)}::uuid[], ${sent.map((one) => one.id)}::uuid[]) as k (scope_id, command_id)
        where c.scope_id = k.scope_id and c.command_id = k.command_id and c.outcome is null`,
  );
}

export interface LockedCommand {
  readonly gateId: string;
  readonly outcome: CommandOutcome | null;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

/** Only of the device that was told. */
export async function lockCommand(
  tx: Tx,
  scopeId: string,
  deviceId: string,
  id: string,
): Promise<LockedCommand | null> {
  const [row] = await tx.query<LockedCommand>(
    sql`select c.gate_id as "gateId", c.outcome, c.city_id as "cityId", c.street_id as "streetId", c.company_id as "companyId"
        from access.barrier_command c where c.scope_id = ${scopeId} and c.command_id = ${id} and c.device_id = ${deviceId} for no key update`,
  );
  return row ?? null;
}

export interface CommandRow {
  readonly id: string;
  readonly deviceId: string;
  readonly cause: 'verdict' | 'consent' | 'person';
  readonly reason: OpenReason | null;
  readonly passageId: string | null;
  readonly orderedByName: string | null;
  readonly holdSeconds: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly sentCount: number;
  readonly answeredAt: Date | null;
  readonly outcome: CommandOutcome | null;
  readonly detail: string | null;
}

/** Of each barrier the last few. */
export function lastCommands(
  q: Executor,
  scopeId: string,
  deviceIds: readonly string[],
  each: number,
): Promise<CommandRow[]> {
  return q.query<CommandRow>(
    sql`select c.command_id as id, c.device_id as "deviceId", c.cause, c.reason, c.passage_id as "passageId", c.ordered_by_name as "orderedByName",
          c.hold_seconds as "holdSeconds", c.created_at as "createdAt", c.expires_at as "expiresAt", c.sent_count as "sentCount",
          c.answered_at as "answeredAt", c.outcome, c.detail
        from unnest(${deviceIds}::uuid[]) as k (device_id)
        cross join lateral (select x.* from access.barrier_command x where x.scope_id = ${scopeId} and x.device_id = k.device_id
          order by x.command_id desc limit ${each}) c
        order by c.command_id desc`,
  );
}

export function barriersOf(q: Executor, scopeId: string, gateId: string | null): Promise<GateDeviceRow[]> {
  return q.query<GateDeviceRow>(
    sql`select ${deviceColumns} from access.gate_device d
        where d.scope_id = ${scopeId} and d.kind = 'barrier' and d.revoked_at is null
          ${gateId === null ? empty : sql`and d.gate_id = ${gateId}`}
        order by d.label, d.device_id limit 200`,
  );
}

/** Heard of now; a clock is written down only by who tells the time. */
export function storeAlive(tx: Tx, scopeId: string, deviceId: string, now: Date): void {
  tx.write(
    sql`update access.gate_device d set last_seen_at = ${now},
          clock_off_at = case when d.clock_off_at >= d.last_seen_at then ${now} else d.clock_off_at end
        where d.scope_id = ${scopeId} and d.device_id = ${deviceId}`,
  );
}
