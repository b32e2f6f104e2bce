import type { Executor, Tx } from '../../platform/db/database.ts';
import { join, sql, type Statement } from '../../platform/db/sql.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { deviceColumns, gateColumns } from './queries-batch.ts';
import { withinReach, withinScope } from '../places/index.ts';
import type { GateDeviceRow, GateRow } from './tables.ts';

/** What pages ask of gates and their devices. */

export type ListedGate = GateRow & {
  readonly scopeName: string;
  readonly timeZone: string;
  readonly buildingName: string | null;
  readonly day: string | null;
  readonly entries: number;
  readonly exits: number;
  readonly lastAt: Date | null;
};

export type Place = { readonly scopeId: string; readonly kind: string } | null;

/** A street's gates are some hundreds: they are shown all. */
const mostGates = 500;

export function listGates(
  q: Executor,
  acting: Acting,
  scope: Place,
  isRetiredToo = false,
): Promise<ListedGate[]> {
  const where: Statement[] = [withinReach(acting.actor, 'g')];
  if (scope !== null) where.push(withinScope(scope, 'g'));
  if (!isRetiredToo) where.push(sql`g.retired_at is null`);
  return q.query<ListedGate>(
    sql`select ${gateColumns}, s.name as "scopeName", s.time_zone as "timeZone", b.name as "buildingName", c.day::text as day, c.entries, c.exits,
          c.last_at as "lastAt"
        from access.gate g join places.scope s on s.scope_id = g.scope_id
          join access.gate_chain c on c.scope_id = g.scope_id and c.gate_id = g.gate_id
          left join places.building b on b.scope_id = g.scope_id and b.building_id = g.building_id
        where ${join(where, ' and ')} order by s.name, g.scope_id, g.code limit ${mostGates}`,
  );
}

export async function findGate(q: Executor, scopeId: string, gateId: string): Promise<ListedGate | null> {
  const [row] = await q.query<ListedGate>(
    sql`select ${gateColumns}, s.name as "scopeName", s.time_zone as "timeZone", b.name as "buildingName", c.day::text as day, c.entries, c.exits,
          c.last_at as "lastAt"
        from access.gate g join places.scope s on s.scope_id = g.scope_id
          join access.gate_chain c on c.scope_id = g.scope_id and c.gate_id = g.gate_id
          left join places.building b on b.scope_id = g.scope_id and b.building_id = g.building_id
        where g.scope_id = ${scopeId} and g.gate_id = ${gateId}`,
  );
  return row ?? null;
}

export async function lockGate(tx: Tx, scopeId: string, gateId: string): Promise<GateRow | null> {
  const [row] = await tx.query<GateRow>(
    sql`select ${gateColumns} from access.gate g where g.scope_id = ${scopeId} and g.gate_id = ${gateId} for no key update`,
  );
  return row ?? null;
}

export function devicesOfGates(q: Executor, scopeIds: readonly string[]): Promise<GateDeviceRow[]> {
  return q.query<GateDeviceRow>(
    sql`select ${deviceColumns} from access.gate_device d where d.scope_id = any (${scopeIds}::uuid[])
        order by d.scope_id, d.gate_id, d.device_id limit 2000`,
  );
}

export async function lockGateDevice(
  tx: Tx,
  scopeId: string,
  deviceId: string,
): Promise<GateDeviceRow | null> {
  const [row] = await tx.query<GateDeviceRow>(
    sql`select ${deviceColumns} from access.gate_device d where d.scope_id = ${scopeId} and d.device_id = ${deviceId} for no key update`,
  );
  return row ?? null;
}

/** At which gate a device stands; null when there is no such device any more. */
export async function gateOfDevice(q: Executor, scopeId: string, deviceId: string): Promise<string | null> {
  const [row] = await q.query<{ gateId: string }>(
    sql`select d.gate_id as "gateId" from access.gate_device d
        where d.scope_id = ${scopeId} and d.device_id = ${deviceId} and d.revoked_at is null`,
  );
  return row?.gateId ?? null;
}

export async function visibleGates(
  q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  if (!mayAttempt(acting.role, 'gate.read')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select g.gate_id as id from access.gate g
        where g.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and g.gate_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** A compound's gates as its residents know them. */
export function openGates(
  q: Executor,
  scopeId: string,
): Promise<{ id: string; name: string; direction: GateRow['direction'] }[]> {
  return q.query(
    sql`select g.gate_id as id, g.name, g.direction from access.gate g
        where g.scope_id = ${scopeId} and g.retired_at is null order by g.code limit 50`,
  );
}
