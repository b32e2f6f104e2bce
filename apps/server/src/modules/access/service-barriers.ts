import { timingSafeEqual } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, wallOf } from '../places/index.ts';
import { COMMAND_LASTS, holdSecondsOf, type OpenReason } from './domain.ts';
import { findGateDevice, type GateDeviceKey, lockCommand, storeAlive } from './queries-barriers.ts';
import { lockGateDevice } from './queries-gates.ts';
import { storeClock } from './queries-uploads.ts';
import type { AcknowledgementBody } from './schemas-barriers.ts';
import type { DeviceClaim, Door } from './service-door.ts';
import { actorOfGates } from './service-actor.ts';
import { hubOf } from './service-hub.ts';

/** Orders to barriers, and what a device says beside its checks. */

const wrong = () => new Problem('access.credentials_wrong');

/** Whose key it is, asked of the database; whoever guesses is heard less and less. */
export async function proveDevice(
  house: House,
  door: Door,
  claim: DeviceClaim | null,
  address: string,
): Promise<GateDeviceKey> {
  const { from } = await door.sender(claim, address);
  const device = await house.db.read(actorOfGates([from.scopeId]), (q) =>
    findGateDevice(q, from.scopeId, from.deviceId!),
  );
  if (device === null || !timingSafeEqual(device.secretHash, from.secretHash!)) {
    door.failed(address);
    throw wrong();
  }
  return device;
}

/** Somebody at the gate or at the desk opens a barrier when nobody passes a check. */
export async function openByHand(
  house: House,
  tx: Tx,
  acting: Acting,
  scopeId: string,
  deviceId: string,
  reason: OpenReason,
  now: Date,
): Promise<string> {
  const wall = await accessScope(tx, acting, scopeId);
  const device = await lockGateDevice(tx, scopeId, deviceId);
  if (device === null || device.kind !== 'barrier') throw new Problem('not_found');
  if (device.revokedAt !== null) throw new Problem('access.device_revoked');
  if (!device.hasSecret) throw new Problem('access.barrier_without_key');
  const id = uuidv7(now.getTime());
  const { cityId, streetId, companyId } = wall;
  tx.write(
    sql`insert into access.barrier_command (scope_id, command_id, city_id, street_id, company_id, gate_id, device_id, cause, reason, hold_seconds,
          ordered_by, ordered_by_name, created_at, expires_at, sent_count)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${device.gateId}, ${deviceId}, 'person', ${reason},
          ${holdSecondsOf(reason === 'urgent' ? 'rescue' : null)}, ${acting.accountId}, ${acting.displayName}, ${now},
          ${new Date(now.getTime() + COMMAND_LASTS)}, 0)`,
  );
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall,
    accountId: acting.accountId,
    action: 'barrier.opened_by_hand',
    objectType: 'gate_device',
    objectId: deviceId,
    detail: { reason, commandId: id },
    at: now,
  });
  tellOfBarrier(tx, { scopeId, cityId, streetId, companyId }, device.gateId, now);
  wakeBarriers(house, tx);
  return id;
}

/** Once it is on disk, whoever listens for it is told. */
export function wakeBarriers(house: House, tx: Tx): void {
  tx.afterCommit(() => hubOf(house).wake());
}

export async function acknowledge(
  house: House,
  device: Pick<GateDeviceKey, 'scopeId' | 'deviceId'>,
  { id, outcome, detail }: AcknowledgementBody,
): Promise<{ id: string; status: 'recorded' | 'repeated' | 'unknown' }> {
  const { scopeId, deviceId } = device;
  const now = house.clock.now();
  return house.db.act(actorOfGates([scopeId]), async (tx) => {
    const command = await lockCommand(tx, scopeId, deviceId, id);
    if (command === null) return { id, status: 'unknown' };
    // What it said first is what happened.
    if (command.outcome !== null) return { id, status: 'repeated' };
    tx.write(
      sql`update access.barrier_command set outcome = ${outcome}, detail = ${detail ?? null}, answered_at = ${now}
          where scope_id = ${scopeId} and command_id = ${id}`,
    );
    storeAlive(tx, scopeId, deviceId, now);
    tellOfBarrier(tx, { scopeId, ...command }, command.gateId, now);
    return { id, status: 'recorded' };
  });
}

/** It is alive, and its clock is so far from ours. */
export async function beat(
  house: House,
  { scopeId, deviceId }: Pick<GateDeviceKey, 'scopeId' | 'deviceId'>,
  at: string | undefined,
): Promise<{ now: string; isClockOff: boolean }> {
  const now = house.clock.now();
  const isClockOff = await house.db.act(actorOfGates([scopeId]), async (tx) => {
    if (at === undefined) {
      storeAlive(tx, scopeId, deviceId, now);
      return false;
    }
    const wall = await wallOf(tx, scopeId);
    const chain = [scopeId, wall?.companyId, wall?.streetId, wall?.cityId].filter((one) => one != null);
    const seconds = await house.settings.get(tx, chain, 'access.clock_skew_seconds', now);
    const skew = Math.round(Date.parse(at) - now.getTime());
    const isOff = Math.abs(skew) > seconds * 1_000;
    storeClock(tx, scopeId, deviceId, skew, isOff, now);
    return isOff;
  });
  return { now: now.toISOString(), isClockOff };
}

export function tellOfBarrier(
  tx: Tx,
  place: {
    readonly scopeId: string;
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
  },
  gateId: string,
  now: Date,
): void {
  const { scopeId, cityId, streetId, companyId } = place;
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
    kind: 'gate.barrier_moved',
    version: 1,
    objectId: gateId,
    payload: {},
    occurredAt: now,
  });
}
