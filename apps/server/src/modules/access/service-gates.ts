import { createHash, randomBytes } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, findBuilding, type Wall } from '../places/index.ts';
import { lockGate, lockGateDevice } from './queries-gates.ts';
import type { GateBody, GateCommandBody, GateDeviceBody, GateDeviceCommandBody } from './schemas.ts';
import type { GateDeviceRow, GateRow, WallIds } from './tables.ts';

/** Gates are set up, changed and taken out of use; devices get keys, move and are revoked. What was decided stays. */

/** 192 random bits need no slow hash: there is nothing to guess. */
export const hashKey = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export async function accessCompound(tx: Tx, acting: Acting, scopeId: string): Promise<Wall> {
  const wall = await accessScope(tx, acting, scopeId);
  if (wall.kind !== 'compound')
    throw new Problem('access.not_here', {}, [{ path: '/scopeId', code: 'unknown', params: {} }]);
  return wall;
}

/** Pages move by themselves. */
export function tellOfGate(
  tx: Tx,
  { scopeId, cityId, streetId, companyId }: WallIds & { readonly scopeId: string },
  kind: string,
  objectId: string,
  now: Date,
): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind,
    version: 1,
    objectId,
    payload: {},
    occurredAt: now,
  });
}

export function keep(
  tx: Tx,
  acting: Acting,
  { scopeId, cityId, streetId, companyId }: WallIds & { readonly scopeId: string },
  action: string,
  object: { readonly type: string; readonly id: string },
  detail: Record<string, unknown>,
  now: Date,
): void {
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall: { cityId, streetId, companyId },
    accountId: acting.accountId,
    action,
    objectType: object.type,
    objectId: object.id,
    detail,
    at: now,
  });
}

async function assertPlace(
  tx: Tx,
  scopeId: string,
  body: Pick<GateBody, 'buildingId' | 'hours'>,
): Promise<void> {
  for (const [i, { fromMinute, toMinute }] of body.hours.entries())
    if (toMinute <= fromMinute)
      throw new Problem('access.hours_wrong', {}, [
        { path: `/hours/${i}/toMinute`, code: 'end_before_start', params: {} },
      ]);
  if (body.buildingId !== null && (await findBuilding(tx, scopeId, body.buildingId)) === null)
    throw new Problem('access.place_unknown', {}, [{ path: '/buildingId', code: 'unknown', params: {} }]);
}

export async function setUpGate(acting: Acting, tx: Tx, body: GateBody, now: Date): Promise<string> {
  const { scopeId, code, name, kind, direction, buildingId, hours } = body;
  const { cityId, streetId, companyId } = await accessCompound(tx, acting, scopeId);
  await assertPlace(tx, scopeId, body);
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into access.gate (scope_id, gate_id, city_id, street_id, company_id, code, name, kind, direction, building_id, hours, version, created_at)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${code}, ${name.trim()}, ${kind}, ${direction}, ${buildingId},
          ${JSON.stringify(hours)}::jsonb, 1, ${now})`,
  );
  tx.write(
    sql`insert into access.gate_chain (scope_id, gate_id, city_id, street_id, company_id, seq, digest, entries, exits)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, 0, ''::bytea, 0, 0)`,
  );
  const wall = { scopeId, cityId, streetId, companyId };
  keep(tx, acting, wall, 'gate.set_up', { type: 'gate', id }, { code }, now);
  tellOfGate(tx, wall, 'gate.set_up', id, now);
  return id;
}

async function lockOwn(tx: Tx, acting: Acting, scopeId: string, gateId: string): Promise<GateRow> {
  await accessScope(tx, acting, scopeId);
  const gate = await lockGate(tx, scopeId, gateId);
  if (gate === null) throw new Problem('not_found');
  return gate;
}

export async function commandGate(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  gateId: string,
  body: GateCommandBody,
  now: Date,
): Promise<void> {
  const before = await lockOwn(tx, acting, scopeId, gateId);
  if (before.version !== body.expectedVersion) throw new Problem('access.stale', { version: before.version });
  if (before.retiredAt !== null) throw new Problem('access.gate_retired');
  if (body.action === 'retire') {
    tx.write(
      sql`update access.gate set retired_at = ${now}, version = version + 1 where scope_id = ${scopeId} and gate_id = ${gateId}`,
    );
    // Its devices have nothing to speak for any more.
    tx.write(
      sql`update access.gate_device set revoked_at = ${now}, secret_hash = null, credential_version = credential_version + 1, version = version + 1
          where scope_id = ${scopeId} and gate_id = ${gateId} and revoked_at is null`,
    );
  } else {
    await assertPlace(tx, scopeId, body);
    tx.write(
      sql`update access.gate set code = ${body.code}, name = ${body.name.trim()}, kind = ${body.kind}, direction = ${body.direction},
            building_id = ${body.buildingId}, hours = ${JSON.stringify(body.hours)}::jsonb, version = version + 1
          where scope_id = ${scopeId} and gate_id = ${gateId}`,
    );
  }
  const action = body.action === 'retire' ? 'gate.retired' : 'gate.changed';
  keep(tx, acting, before, action, { type: 'gate', id: gateId }, {}, now);
  tellOfGate(tx, before, action, gateId, now);
}

export async function addDevice(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  gateId: string,
  { kind, label }: GateDeviceBody,
  now: Date,
): Promise<string> {
  const gate = await lockOwn(tx, acting, scopeId, gateId);
  if (gate.retiredAt !== null) throw new Problem('access.gate_retired');
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into access.gate_device (scope_id, device_id, city_id, street_id, company_id, gate_id, kind, label, credential_version, version, created_at)
        values (${scopeId}, ${id}, ${gate.cityId}, ${gate.streetId}, ${gate.companyId}, ${gateId}, ${kind}, ${label.trim()}, 0, 1, ${now})`,
  );
  keep(tx, acting, gate, 'gate_device.added', { type: 'gate_device', id }, { gateId, kind }, now);
  tellOfGate(tx, gate, 'gate.changed', gateId, now);
  return id;
}

async function lockDevice(tx: Tx, acting: Acting, scopeId: string, deviceId: string): Promise<GateDeviceRow> {
  await accessScope(tx, acting, scopeId);
  const device = await lockGateDevice(tx, scopeId, deviceId);
  if (device === null) throw new Problem('not_found');
  if (device.revokedAt !== null) throw new Problem('access.device_revoked');
  return device;
}

const done = { rename: 'renamed', move: 'moved', revoke: 'revoked', link: 'linked' } as const;

/** A barrier that is gone from this gate opens for nobody here. */
function unlink(tx: Tx, scopeId: string, barrierId: string): void {
  tx.write(
    sql`update access.gate_device set opens_device_id = null, version = version + 1 where scope_id = ${scopeId} and opens_device_id = ${barrierId}`,
  );
}

async function assertBarrier(tx: Tx, device: GateDeviceRow, barrierId: string | null): Promise<void> {
  if (barrierId === null) return;
  const barrier = await lockGateDevice(tx, device.scopeId, barrierId);
  const isOfGate =
    barrier?.kind === 'barrier' && barrier.gateId === device.gateId && barrier.revokedAt === null;
  // A barrier that checks by itself opens by its own answer.
  if (!isOfGate || barrierId === device.id)
    throw new Problem('access.barrier_unknown', {}, [
      { path: '/opensDeviceId', code: 'unknown', params: {} },
    ]);
}

/** Gives the gate whose page shows it. */
export async function commandGateDevice(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  deviceId: string,
  body: GateDeviceCommandBody,
  now: Date,
): Promise<string> {
  const device = await lockDevice(tx, acting, scopeId, deviceId);
  if (device.version !== body.expectedVersion) throw new Problem('access.stale', { version: device.version });
  let gateId = device.gateId;
  if (body.action === 'rename')
    tx.write(
      sql`update access.gate_device set label = ${body.label.trim()}, version = version + 1 where scope_id = ${scopeId} and device_id = ${deviceId}`,
    );
  else if (body.action === 'move') {
    const gate = await lockGate(tx, scopeId, body.gateId);
    if (gate === null || gate.retiredAt !== null)
      throw new Problem('access.place_unknown', {}, [{ path: '/gateId', code: 'unknown', params: {} }]);
    gateId = gate.id;
    tx.write(
      sql`update access.gate_device set gate_id = ${gateId}, opens_device_id = null, version = version + 1,
            former_gates = former_gates || ${JSON.stringify([{ gateId: device.gateId, until: now.toISOString() }])}::jsonb
          where scope_id = ${scopeId} and device_id = ${deviceId}`,
    );
    unlink(tx, scopeId, deviceId);
  } else if (body.action === 'link') {
    await assertBarrier(tx, device, body.opensDeviceId);
    tx.write(
      sql`update access.gate_device set opens_device_id = ${body.opensDeviceId}, version = version + 1 where scope_id = ${scopeId} and device_id = ${deviceId}`,
    );
  } else {
    unlink(tx, scopeId, deviceId);
    tx.write(
      sql`update access.gate_device set revoked_at = ${now}, secret_hash = null, credential_version = credential_version + 1, version = version + 1
          where scope_id = ${scopeId} and device_id = ${deviceId}`,
    );
  }
  const action = `gate_device.${done[body.action]}`;
  keep(tx, acting, device, action, { type: 'gate_device', id: deviceId }, { gateId }, now);
  tellOfGate(tx, device, 'gate.changed', gateId, now);
  return gateId;
}

/** A new key, shown this once; the one before is void from this moment. */
export async function issueKey(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  deviceId: string,
  now: Date,
): Promise<string> {
  const device = await lockDevice(tx, acting, scopeId, deviceId);
  const secret = randomBytes(24).toString('base64url');
  tx.write(
    sql`update access.gate_device set secret_hash = ${hashKey(secret)}, credential_version = credential_version + 1
        where scope_id = ${scopeId} and device_id = ${deviceId}`,
  );
  keep(tx, acting, device, 'gate_device.key_issued', { type: 'gate_device', id: deviceId }, {}, now);
  tellOfGate(tx, device, 'gate.changed', device.gateId, now);
  return secret;
}
