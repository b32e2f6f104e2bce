import { describe, expect, it } from 'vitest';
import { gateAt, hasStoodAt, wasGone } from './stays.ts';

const time = (minute: number) => Date.UTC(2026, 10, 23, 8, minute);
const until = (minute: number) => new Date(time(minute)).toISOString();
/** North until ten past, south until twenty past, now west. */
const device = {
  gateId: 'west',
  formerGates: [
    { gateId: 'north', until: until(10) },
    { gateId: 'south', until: until(20) },
  ],
  revokedAt: null,
};

describe('where a device stood', () => {
  it.each([
    [0, 'north'],
    [10, 'south'],
    [19, 'south'],
    [20, 'west'],
  ])('at minute %i is %s', (minute, gate) => {
    expect(gateAt(device, time(minute))).toBe(gate);
  });

  it('is one of its gates, and no other', () => {
    expect(['north', 'south', 'west', 'east'].map((gate) => hasStoodAt(device, gate))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('is over from the very moment it was moved or taken away', () => {
    const justBefore = time(10) - 1;
    expect([wasGone(device, 'north', justBefore), wasGone(device, 'north', time(10))]).toEqual([false, true]);
    expect(wasGone(device, 'west', time(30))).toBe(false);
    const revoked = { ...device, revokedAt: new Date(time(30)) };
    expect([wasGone(revoked, 'west', time(30) - 1), wasGone(revoked, 'west', time(30))]).toEqual([
      false,
      true,
    ]);
  });
});
