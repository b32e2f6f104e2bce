import type { Instant } from '@gongzhi/kernel';

/** Which gate a device spoke for, and when: what it decided alone belongs to the gate it stood at. */

export interface Stay {
  readonly gateId: string;
  /** Exclusive; ISO. */
  readonly until: string;
}

export interface Standing {
  readonly gateId: string;
  /** The earliest first. */
  readonly formerGates: readonly Stay[];
  readonly revokedAt: Date | null;
}

/** The gate it stood at in that moment, by what we know of its moves. */
export function gateAt({ gateId, formerGates }: Omit<Standing, 'revokedAt'>, at: Instant): string {
  return formerGates.find(({ until }) => Date.parse(until) > at)?.gateId ?? gateId;
}

export function hasStoodAt(device: Omit<Standing, 'revokedAt'>, gateId: string): boolean {
  return device.gateId === gateId || device.formerGates.some((stay) => stay.gateId === gateId);
}

/** It had been taken away, or moved on, and did not know: without a line nobody could tell it. */
export function wasGone(device: Standing, gateId: string, at: Instant): boolean {
  if (device.revokedAt !== null && device.revokedAt.getTime() <= at) return true;
  if (device.gateId === gateId) return false;
  return !device.formerGates.some((stay) => stay.gateId === gateId && Date.parse(stay.until) > at);
}
