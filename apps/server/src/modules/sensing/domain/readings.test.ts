import { describe, expect, it } from 'vitest';
import {
  DEVICE_KINDS,
  defaultRules,
  faultOfRule,
  measuredAt,
  measures,
  ofDevice,
  ofGateway,
  readReading,
  type Rule,
  ruleOn,
  take,
} from '../domain.ts';

const at = (time: string) => Date.parse(`2026-11-23T${time}+08:00`);
const base: Rule = {
  code: 'pump.low',
  kind: 'pump',
  condition: { is: 'below', raiseAt: 0.15, clearAt: 0.2 },
  forSeconds: 120,
  clearForSeconds: 600,
  restSeconds: 1_800,
  quiet: null,
  categoryCode: 'water.pump-room',
  isActive: true,
};
const silence = { is: 'silent', afterSeconds: 600, goneAfterSeconds: 60 } as const;

describe('messages', () => {
  const good = { id: 'a-1', value: 0.3, at: '2026-11-23T10:00:00+08:00' };
  it('are read', () => {
    expect(readReading(good, 'pump')).toEqual({
      ok: true,
      value: { messageId: 'a-1', value: 0.3, deviceAt: at('10:00:00') },
    });
    expect(readReading({ id: '1', value: true }, 'water')).toEqual({
      ok: true,
      value: { messageId: '1', value: 1, deviceAt: null },
    });
  });
  it.each([
    [null, 'malformed'],
    [[], 'malformed'],
    ['x', 'malformed'],
    [{ ...good, more: 1 }, 'field_unknown'],
    [{ ...good, id: '' }, 'id_invalid'],
    [{ ...good, id: 'x'.repeat(65) }, 'id_invalid'],
    [{ ...good, id: 'a b' }, 'id_invalid'],
    [{ value: 1 }, 'id_invalid'],
    [{ id: 1, value: 1 }, 'id_invalid'],
    [{ ...good, value: '0.3' }, 'value_invalid'],
    [{ ...good, value: null }, 'value_invalid'],
    [{ ...good, value: true }, 'value_invalid'],
    [{ ...good, value: Number.NaN }, 'value_invalid'],
    [{ ...good, value: Number.POSITIVE_INFINITY }, 'value_invalid'],
    [{ ...good, value: 4.0001 }, 'value_out_of_range'],
    [{ ...good, value: -0.1 }, 'value_out_of_range'],
    [{ ...good, at: 'now' }, 'time_invalid'],
    [{ ...good, at: 1_700_000_000 }, 'time_invalid'],
    [{ ...good, at: '2026-11-23T10:00:00' }, 'time_invalid'],
    [{ ...good, at: '2026-02-30T10:00:00Z' }, 'time_invalid'],
  ])('%j is %s', (json, fault) => {
    expect(readReading(json, 'pump')).toEqual({ ok: false, error: fault });
  });
  it('of a state are 0 or 1, of a gateway none', () => {
    expect(readReading({ id: '1', value: 0.5 }, 'gate')).toEqual({ ok: false, error: 'value_invalid' });
    expect(readReading({ id: '1', value: 1 }, 'gateway')).toEqual({ ok: false, error: 'nothing_measured' });
  });
  it('bear the device’s time up to the skew, ours beyond', () => {
    expect(measuredAt(null, 1_000_000, 120)).toEqual({ at: 1_000_000, isClockOff: false });
    expect(measuredAt(880_000, 1_000_000, 120)).toEqual({ at: 880_000, isClockOff: false });
    expect(measuredAt(879_999, 1_000_000, 120)).toEqual({ at: 1_000_000, isClockOff: true });
    expect(measuredAt(1_120_001, 1_000_000, 120)).toEqual({ at: 1_000_000, isClockOff: true });
  });
  it('come in bursts, not in streams', () => {
    let bucket = take(undefined, 0);
    for (let i = 1; i < ofDevice.burst; i++) bucket = take(bucket ?? undefined, 0);
    expect(bucket?.level).toBe(0);
    expect(take(bucket ?? undefined, 499)).toBeNull();
    expect(take(bucket ?? undefined, 500)).toEqual({ level: 0, at: 500 });
    expect(take(bucket ?? undefined, 10 * 3_600_000, ofDevice.burst + 1)).toBeNull();
    expect(take(undefined, 0, ofGateway.burst, ofGateway)).toEqual({ level: 0, at: 0 });
    expect(take({ level: 0, at: 0 }, 10, 1, ofGateway)).toEqual({ level: 0, at: 10 });
    // A clock set back refills nothing.
    expect(take({ level: 1, at: 1_000 }, 0)).toEqual({ level: 0, at: 0 });
    // A clock that was set back by more than an empty one takes to fill: nobody waits until it is later again.
    expect(take({ level: 0, at: 30_000 }, 0)).toBeNull();
    expect(take({ level: 0, at: 30_001 }, 0)).toEqual({ level: ofDevice.burst - 1, at: 0 });
  });
});

describe('rules', () => {
  it('of the product are sound: one of each code, each clears, every kind is watched', () => {
    expect(new Set(defaultRules.map(({ code }) => code)).size).toBe(defaultRules.length);
    for (const rule of defaultRules) expect([rule.code, faultOfRule(rule)]).toEqual([rule.code, null]);
    for (const kind of DEVICE_KINDS)
      expect([kind, defaultRules.some((rule) => rule.code === `${kind}.silent`)]).toEqual([kind, true]);
    expect(Object.keys(measures).sort()).toEqual([...DEVICE_KINDS].sort());
  });
  it('are refused that never clear, or ask what is not measured', () => {
    expect(faultOfRule({ ...base, condition: { is: 'below', raiseAt: 0.2, clearAt: 0.2 } })).toBe(
      'clear_beyond_raise',
    );
    expect(faultOfRule({ ...base, condition: { is: 'above', raiseAt: 1, clearAt: 1.1 } })).toBe(
      'clear_beyond_raise',
    );
    expect(faultOfRule({ ...base, condition: silence })).toBe('condition_not_for_this');
    expect(faultOfRule({ ...base, quiet: { from: 60, to: 60 } })).toBe('quiet_empty');
  });
  it('hold from their day on, the nearest level’s first', () => {
    const version = (scopeId: string, number: number, validFrom: string, forSeconds: number) => ({
      scopeId,
      code: 'pump.low',
      version: number,
      validFrom,
      rule: { ...base, forSeconds },
    });
    const versions = [
      version('city', 1, '2026-01-01', 1),
      version('company', 1, '2026-11-23', 2),
      version('company', 2, '2026-11-23', 3),
    ];
    const chain = ['compound', 'company', 'city'];
    expect(ruleOn(versions, chain, 'pump.low', '2025-12-31')).toMatchObject({
      rule: { forSeconds: 120 },
      version: null,
    });
    expect(ruleOn(versions, chain, 'pump.low', '2026-11-22')?.rule.forSeconds).toBe(1);
    expect(ruleOn(versions, chain, 'pump.low', '2026-11-23')?.rule.forSeconds).toBe(3);
    expect(ruleOn(versions, chain, 'no.such', '2026-11-23')).toBeNull();
  });
});
