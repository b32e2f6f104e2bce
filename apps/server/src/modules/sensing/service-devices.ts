import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { audit } from '../../platform/audit/audit.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, findBuilding, findFacility, type Wall } from '../places/index.ts';
import { lockDevice, lockDevices } from './queries.ts';
import type { DeviceBody, DeviceCommandBody } from './schemas.ts';
import { judge, tellOfDevice } from './service.ts';
import type { DeviceRow } from './tables.ts';

/** Devices are put up, moved, given a new secret and taken away; nothing of what they said is ever changed. */

/** 192 random bits need no slow hash: there is nothing to guess. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

export function isSecret(hash: Buffer, secret: string): boolean {
  return timingSafeEqual(hash, hashSecret(secret));
}

export async function accessCompound(tx: Tx, acting: Acting, scopeId: string): Promise<Wall> {
  const wall = await accessScope(tx, acting, scopeId);
  if (wall.kind !== 'compound')
    throw new Problem('sensing.not_here', {}, [{ path: '/scopeId', code: 'unknown', params: {} }]);
  return wall;
}

interface Place {
  readonly buildingId: string | null;
  readonly facilityId: string | null;
  readonly spot: string;
}

/** Its gateway is locked already: always before or with the device, in the order of all locks. */
async function placeOf(
  tx: Tx,
  scopeId: string,
  body: Omit<DeviceBody, 'scopeId' | 'kind'>,
  gateway: DeviceRow | null,
): Promise<Place> {
  const { buildingId, facilityId, spot, gatewayId } = body;
  const fault = (code: string, path: string) =>
    new Problem(code, {}, [{ path, code: 'unknown', params: {} }]);
  const [building, facility] = await Promise.all([
    buildingId === null ? null : findBuilding(tx, scopeId, buildingId),
    facilityId === null ? null : findFacility(tx, scopeId, facilityId),
  ]);
  if (buildingId !== null && building === null) throw fault('sensing.place_unknown', '/buildingId');
  if (facilityId !== null && facility === null) throw fault('sensing.place_unknown', '/facilityId');
  if (gatewayId !== null && (gateway?.kind !== 'gateway' || gateway.retiredAt !== null))
    throw fault('sensing.gateway_unknown', '/gatewayId');
  // Somebody has to find it.
  if (building === null && facility === null && spot.trim() === '')
    throw new Problem('validation.failed', {}, [{ path: '/spot', code: 'required', params: {} }]);
  return { buildingId, facilityId, spot: spot.trim() };
}

export async function registerDevice(
  acting: Acting,
  tx: Tx,
  body: DeviceBody,
  now: Date,
): Promise<DeviceRow> {
  const { scopeId, kind, label, gatewayId } = body;
  const wall = await accessCompound(tx, acting, scopeId);
  if (kind === 'gateway' && gatewayId !== null)
    throw new Problem('sensing.gateway_unknown', {}, [{ path: '/gatewayId', code: 'unknown', params: {} }]);
  const gateway = gatewayId === null ? null : await lockDevice(tx, scopeId, gatewayId);
  const place = await placeOf(tx, scopeId, body, gateway);
  const id = uuidv7(now.getTime());
  const device: DeviceRow = {
    ...place,
    scopeId,
    id,
    cityId: wall.cityId,
    streetId: wall.streetId,
    companyId: wall.companyId,
    kind,
    label: label.trim(),
    gatewayId,
    credentialVersion: 0,
    version: 1,
    createdAt: now,
    retiredAt: null,
    state: 'never',
    lastSeenAt: null,
    lastAt: null,
    lastValue: null,
    fault: null,
    faultAt: null,
    faultCount: 0,
    clockOffAt: null,
    hasSecret: false,
  };
  tx.write(
    sql`insert into sensing.device (scope_id, device_id, city_id, street_id, company_id, kind, label, building_id, facility_id, spot, gateway_id,
          credential_version, version, created_at, state, fault_count)
        values (${scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${kind}, ${device.label}, ${device.buildingId}, ${device.facilityId},
          ${device.spot}, ${gatewayId}, 0, 1, ${now}, 'never', 0)`,
  );
  tellOfDevice(tx, device, 'device.registered', { deviceKind: kind }, now);
  return device;
}

export async function commandDevice(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  deviceId: string,
  body: DeviceCommandBody,
  now: Date,
): Promise<DeviceRow> {
  await accessScope(tx, acting, scopeId);
  const gatewayId = body.action === 'retire' ? null : body.gatewayId;
  const ids = gatewayId === null ? [deviceId] : [deviceId, gatewayId];
  // Together, as a batch of readings locks them: a gateway speaks for its devices meanwhile.
  const locked = await lockDevices(
    tx,
    ids.map((id) => ({ scopeId, deviceId: id })),
  );
  const before = locked.find(({ id }) => id === deviceId);
  if (before === undefined) throw new Problem('not_found');
  if (before.version !== body.expectedVersion)
    throw new Problem('sensing.stale', { version: before.version });
  if (before.retiredAt !== null) throw new Problem('sensing.retired');
  const version = before.version + 1;
  if (body.action === 'retire') {
    const after: DeviceRow = { ...before, version, retiredAt: now, state: 'retired', hasSecret: false };
    tx.write(
      sql`update sensing.device set retired_at = ${now}, state = 'retired', secret_hash = null, credential_version = credential_version + 1,
            version = ${version} where scope_id = ${scopeId} and device_id = ${deviceId}`,
    );
    // Nothing comes due any more; an order that is open is people's to end.
    await judge(house, tx, [{ device: after, inputs: [] }], now);
    tellOfDevice(tx, after, 'device.retired', {}, now);
    return after;
  }
  if (before.kind === 'gateway' && body.gatewayId !== null)
    throw new Problem('sensing.gateway_unknown', {}, [{ path: '/gatewayId', code: 'unknown', params: {} }]);
  const gateway = locked.find(({ id }) => id === gatewayId) ?? null;
  const place = await placeOf(tx, scopeId, body, gateway);
  const after: DeviceRow = {
    ...before,
    ...place,
    version,
    label: body.label.trim(),
    gatewayId: body.gatewayId,
  };
  tx.write(
    sql`update sensing.device set label = ${after.label}, building_id = ${after.buildingId}, facility_id = ${after.facilityId}, spot = ${after.spot},
          gateway_id = ${after.gatewayId}, version = ${version} where scope_id = ${scopeId} and device_id = ${deviceId}`,
  );
  tellOfDevice(tx, after, 'device.changed', {}, now);
  return after;
}

/**
 * A new secret; the old one is worth nothing from this moment. It is nowhere kept and shown this once. Whoever asks
 * again gets another, so a lost answer needs no stored one.
 */
export async function issueSecret(
  acting: Acting,
  tx: Tx,
  scopeId: string,
  deviceId: string,
  now: Date,
): Promise<{ readonly device: DeviceRow; readonly secret: string }> {
  await accessScope(tx, acting, scopeId);
  const device = await lockDevice(tx, scopeId, deviceId);
  if (device === null) throw new Problem('not_found');
  if (device.retiredAt !== null) throw new Problem('sensing.retired');
  const secret = randomBytes(24).toString('base64url');
  tx.write(
    sql`update sensing.device set secret_hash = ${hashSecret(secret)}, credential_version = credential_version + 1
        where scope_id = ${scopeId} and device_id = ${deviceId}`,
  );
  const { cityId, streetId, companyId } = device;
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall: { cityId, streetId, companyId },
    accountId: acting.accountId,
    action: 'device.secret_issued',
    objectType: 'device',
    objectId: deviceId,
    detail: {},
    at: now,
  });
  tellOfDevice(tx, device, 'device.changed', {}, now);
  return { device: { ...device, hasSecret: true, credentialVersion: device.credentialVersion + 1 }, secret };
}
