import { MINUTE } from '@gongzhi/kernel';

/** Blind spots: who is not heard of any more, and whose clock is not ours. */

export type DeviceStanding = 'revoked' | 'no_secret' | 'never' | 'silent' | 'clock_off' | 'well';

export interface WatchedDevice {
  readonly revokedAt: Date | null;
  readonly hasSecret: boolean;
  readonly lastSeenAt: Date | null;
  readonly clockOffAt: Date | null;
}

export function standingOfDevice(device: WatchedDevice, now: Date, silentMinutes: number): DeviceStanding {
  if (device.revokedAt !== null) return 'revoked';
  if (device.lastSeenAt === null) return device.hasSecret ? 'never' : 'no_secret';
  if (now.getTime() - device.lastSeenAt.getTime() > silentMinutes * MINUTE) return 'silent';
  // Said of the last time it was heard: a clock put right is right.
  return device.clockOffAt !== null && device.clockOffAt >= device.lastSeenAt ? 'clock_off' : 'well';
}

/** More than so many times as many out as in of a day, or the other way round, once there are enough to tell. */
export function isOutOfProportion(entries: number, exits: number): boolean {
  const [less, more] = entries < exits ? [entries, exits] : [exits, entries];
  return more >= 50 && more > less * 3;
}
