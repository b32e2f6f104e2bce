import type { Executor, Tx } from '../../platform/db/database.ts';
import { wallOf } from '../places/index.ts';
import type { DeviceKind } from './domain.ts';
import { chainOf, rulesOf, versionsOf } from './facts.ts';
import { lockDevice, openAlarmOf, watchesOf } from './queries.ts';
import { devicesOfScope } from './queries-devices.ts';

/** What another room must know of a device before it relies on it. */
export interface Listening {
  readonly deviceId: string;
  readonly label: string;
  readonly kind: DeviceKind;
  readonly isRetired: boolean;
  /** Unheard for longer than this it is silent, by its place's rule; null: never heard, or nobody would notice. */
  readonly heardUntil: number | null;
  readonly isSilent: boolean;
}

export async function listenersOf(
  q: Executor,
  scopeId: string,
  deviceIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Listening>> {
  if (deviceIds.length === 0) return new Map();
  const wall = await wallOf(q, scopeId);
  if (wall === null) return new Map();
  const keys = deviceIds.map((deviceId) => ({ scopeId, deviceId }));
  const [devices, watches, versions] = await Promise.all([
    devicesOfScope(q, scopeId, deviceIds),
    watchesOf(q, keys),
    versionsOf(q, chainOf(wall)),
  ]);
  return new Map(
    devices.map((device) => {
      const rule = rulesOf(versions, wall, device.kind, now.getTime()).find(
        ({ condition, isActive }) => condition.is === 'silent' && isActive,
      );
      const watch = watches.find((one) => one.deviceId === device.id && one.ruleCode === rule?.code)?.watch;
      const condition = rule?.condition;
      const times =
        condition?.is !== 'silent' || device.lastSeenAt === null
          ? []
          : [
              device.lastSeenAt.getTime() + condition.afterSeconds * 1_000,
              // A connection that broke off is silent sooner.
              ...(watch?.goneAt == null ? [] : [watch.goneAt + condition.goneAfterSeconds * 1_000]),
            ];
      return [
        device.id,
        {
          deviceId: device.id,
          label: device.label,
          kind: device.kind,
          isRetired: device.retiredAt !== null,
          heardUntil: times.length === 0 ? null : Math.min(...times),
          isSilent: watch?.isOpen === true && !watch.isCleared,
        },
      ];
    }),
  );
}

/**
 * The order that an alarm of this device has open, if any. The device is locked: no alarm is raised before the
 * transaction has ended.
 */
export async function orderOfAlarm(
  tx: Tx,
  scopeId: string,
  deviceId: string,
): Promise<{ readonly id: string; readonly number: string } | null> {
  if ((await lockDevice(tx, scopeId, deviceId)) === null) return null;
  return openAlarmOf(tx, scopeId, deviceId);
}
