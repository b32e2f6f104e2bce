import { timingSafeEqual } from 'node:crypto';
import { gateAt, hasStoodAt, wasGone } from './domain/stays.ts';
import type { DeviceKey, DeviceWithSecret } from './queries-batch.ts';
import type { Arrival, Refused } from './service-arrivals.ts';

/** Who may speak for a gate, and for which. */

/** Who sends it, and whose decision it is: another phone's, where that one was taken away and its guard got a new key. */
export const devicesNamed = ({ from, offline }: Arrival): DeviceKey[] =>
  [from.deviceId, offline?.deviceId ?? null].flatMap((deviceId) =>
    deviceId === null ? [] : [{ scopeId: from.scopeId, deviceId }],
  );

/** Whose decision it is. */
export function deciderOf(
  { from, offline }: Arrival,
  devices: ReadonlyMap<string, DeviceWithSecret>,
): DeviceWithSecret | undefined {
  const id = offline?.deviceId ?? from.deviceId;
  return id === null ? undefined : devices.get(id);
}

/** Who has no business here; null: may speak for this gate. */
export function strangerOf(
  arrival: Arrival,
  devices: ReadonlyMap<string, DeviceWithSecret>,
): Refused['fault'] | null {
  const { from } = arrival;
  if (from.deviceId === null) return null;
  const device = devices.get(from.deviceId);
  if (device === undefined || device.revokedAt !== null) return 'credentials_wrong';
  // A person's session vouches for the page it is on.
  if (from.accountId !== null) return misplaced(arrival, device, device);
  const { secretHash } = device;
  const isProven =
    secretHash !== null && from.secretHash !== null && timingSafeEqual(secretHash, from.secretHash);
  return isProven ? misplaced(arrival, device, deciderOf(arrival, devices)) : 'credentials_wrong';
}

function misplaced(
  { gateId, offline }: Arrival,
  sender: DeviceWithSecret,
  decider: DeviceWithSecret | undefined,
): Refused['fault'] | null {
  if (offline === null) return sender.gateId === gateId ? null : 'gate_moved';
  const isOwn = decider?.id === sender.id;
  // What it did not name was placed by what was known before: it may have been moved since.
  if (isOwn && !offline.isGateNamed) return gateAt(sender, offline.at) === gateId ? null : 'gate_moved';
  const isPhones = decider?.kind === 'guard_phone' && sender.kind === 'guard_phone';
  return decider !== undefined && (isOwn || isPhones) && hasStoodAt(decider, gateId) ? null : 'gate_unknown';
}

/** Decided when it was no longer that gate's, and could not know. */
export function isByGone(arrival: Arrival, devices: ReadonlyMap<string, DeviceWithSecret>): boolean {
  const decider = deciderOf(arrival, devices);
  const { offline, gateId } = arrival;
  return offline !== null && decider !== undefined && wasGone(decider, gateId, offline.at);
}
