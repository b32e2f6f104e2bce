import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIdSource, idBeside, isUuid, uuidTime, uuidv7 } from './ids.ts';

const NOON = Date.UTC(2026, 10, 21, 4, 0, 0, 123);

describe('uuidv7', () => {
  it('is a version 7 uuid of the millisecond passed in', () => {
    const id = uuidv7(NOON);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidTime(id)).toBe(NOON);
  });

  it('agrees with the example of RFC 9562 about the time', () => {
    expect(uuidTime('017F22E2-79B0-7CC3-98C4-DC0C0C07398F')).toBe(Date.UTC(2022, 1, 22, 19, 22, 22));
  });

  it('strictly increases within a millisecond, 100 000 times', () => {
    let last = uuidv7(NOON + 1);
    for (let i = 0; i < 100_000; i++) {
      const next = uuidv7(NOON + 1);
      if (next <= last) throw new Error(`${next} after ${last}`);
      last = next;
    }
  });

  it('carries on when the counter fills its low bits', () => {
    const source = createIdSource((bytes) => bytes.fill(0xff));
    const ids = Array.from({ length: 5_000 }, () => source(1));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(5_000);
    expect(ids.every((id) => isUuid(id) && uuidTime(id) === 1)).toBe(true);
  });

  it('may go back in time: a replayed past gets ids of the past', () => {
    uuidv7(NOON);
    expect(uuidTime(uuidv7(5))).toBe(5);
  });

  it('sorts by time (property)', () => {
    const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
    fc.assert(
      fc.property(time, time, (a, b) => {
        const [x, y] = [uuidv7(a), uuidv7(b)];
        expect(uuidTime(x)).toBe(a);
        if (a < b) expect(x < y).toBe(true);
      }),
    );
  });

  it('refuses what is no time', () => {
    for (const bad of [-1, 1.5, Number.NaN, 2 ** 48]) expect(() => uuidv7(bad)).toThrow(RangeError);
  });

  it('is the same twice from the same bytes', () => {
    const make = (): string[] => {
      let n = 0;
      const source = createIdSource((bytes) => {
        for (let i = 0; i < bytes.length; i++) bytes[i] = n++ & 255;
      });
      return [source(1), source(1), source(2)];
    };
    expect(make()).toEqual(make());
  });

  it('reads no time from other texts', () => {
    expect(uuidTime('hello')).toBeNull();
    expect(uuidTime('6ba7b810-9dad-11d1-80b4-00c04fd430c8')).toBeNull();
  });
});

describe('idBeside', () => {
  it('keeps the order of what it follows from, whatever is drawn in between', () => {
    const source = createIdSource();
    const ids = Array.from({ length: 2_000 }, () => source(NOON));
    const beside = ids.map((id, i) => {
      uuidv7(i);
      return idBeside(id);
    });
    expect(beside.toSorted()).toEqual(beside);
    expect(beside.every((id) => isUuid(id) && uuidTime(id) === NOON)).toBe(true);
  });

  it('is another one each time', () => {
    const id = uuidv7(NOON);
    expect(new Set([id, ...Array.from({ length: 1_000 }, () => idBeside(id))]).size).toBe(1_001);
  });
});
