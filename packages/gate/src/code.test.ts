import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CODE_LENGTH,
  codeMessage,
  dateOfDayNumber,
  dateOfStep,
  dayKeyText,
  dayNumber,
  type GateCode,
  isMac,
  PHONE_CODE,
  readCode,
  standingOf,
  STEP,
  stepOf,
  VISITOR_CODE,
  writeCode,
} from './code.ts';

const hmac = (key: Uint8Array | string, data: Uint8Array | string) =>
  createHmac('sha256', key).update(data).digest();
const secret = Buffer.alloc(32, 7);
const scopeId = '01900000-0000-7000-8000-000000000001';
const ref = '00a1b2c3d4e5f607';
const noon = Date.parse('2026-11-23T12:00:00+08:00');

function phoneCode(at: number, zone = 'Asia/Shanghai'): string {
  const step = stepOf(at);
  const key = hmac(secret, dayKeyText(scopeId, dateOfStep(step, zone))).subarray(0, 16);
  const message = codeMessage(PHONE_CODE, ref, step);
  return writeCode(message, hmac(key, message));
}

describe('the code of a phone', () => {
  it('is read back as what it was', () => {
    const text = phoneCode(noon);
    expect(text).toHaveLength(CODE_LENGTH);
    expect(text).toMatch(/^[0-9A-Z]+$/);
    expect(readCode(text)).toMatchObject({ version: 1, ref, step: stepOf(noon) });
  });

  it('holds in its step and the one before, one ahead for a clock that runs fast, and no longer', () => {
    const step = stepOf(noon);
    const begins = step * STEP;
    for (const [at, standing] of [
      [begins - STEP - 1, 'not_yet'],
      [begins - STEP, 'current'],
      [begins, 'current'],
      [begins + 2 * STEP - 1, 'current'],
      [begins + 2 * STEP, 'expired'],
    ] as const)
      expect([at - begins, standingOf(step, at)]).toEqual([at - begins, standing]);
    expect(standingOf(step, begins - 1, 0)).toBe('not_yet');
  });

  it('changes its key at 24:00 of the place, and both sides know on which day a step lies', () => {
    const midnight = Date.parse('2026-11-24T00:00:00+08:00');
    expect(dateOfStep(stepOf(midnight - 1), 'Asia/Shanghai')).toBe('2026-11-23');
    expect(dateOfStep(stepOf(midnight), 'Asia/Shanghai')).toBe('2026-11-24');
    const late = readCode(phoneCode(midnight - 1)) as GateCode;
    const key = (date: string) => hmac(secret, dayKeyText(scopeId, date)).subarray(0, 16);
    expect(isMac(late, hmac(key('2026-11-23'), late.message))).toBe(true);
    expect(isMac(late, hmac(key('2026-11-24'), late.message))).toBe(false);
  });

  it('is forgiven small letters, spaces, and O for 0, I for 1', () => {
    const text = phoneCode(noon);
    const spoilt = text
      .toLowerCase()
      .replace(/(.{5})/g, '$1 ')
      .replaceAll('0', 'O')
      .replaceAll('1', 'l');
    expect(readCode(spoilt)).toEqual(readCode(text));
  });

  it('with one letter changed is another code or none', () => {
    const text = phoneCode(noon);
    const key = hmac(secret, dayKeyText(scopeId, '2026-11-23')).subarray(0, 16);
    fc.assert(
      fc.property(
        fc.nat({ max: CODE_LENGTH - 1 }),
        fc.constantFrom(...'23456789ABCDEFGHJKMNPQRSTVWXYZ'),
        (at, letter) => {
          fc.pre(text[at] !== letter);
          const code = readCode(text.slice(0, at) + letter + text.slice(at + 1));
          expect(code !== null && isMac(code, hmac(key, code.message))).toBe(false);
        },
      ),
    );
  });

  it('is never read from what is none', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const code = readCode(text);
        expect(code === null || writeCode(code.message, code.mac).length === CODE_LENGTH).toBe(true);
      }),
    );
    for (const text of ['', 'ABC', 'U'.repeat(CODE_LENGTH), 'Z'.repeat(CODE_LENGTH), '0'.repeat(10_000)])
      expect(readCode(text)).toBeNull();
  });
});

describe('every code', () => {
  it('comes back whole', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(PHONE_CODE, VISITOR_CODE),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        fc.nat({ max: 0xffffffff }),
        fc.uint8Array({ minLength: 10, maxLength: 32 }),
        (version, bytes, step, mac) => {
          const own = Buffer.from(bytes).toString('hex');
          const code = readCode(writeCode(codeMessage(version, own, step), mac)) as GateCode;
          expect([code.version, code.ref, code.step]).toEqual([version, own, step]);
          expect(isMac(code, mac)).toBe(true);
        },
      ),
    );
  });

  it('refuses references and steps that are none', () => {
    expect(() => codeMessage(1, 'xyz', 1)).toThrow(RangeError);
    for (const step of [-1, 2 ** 32, 0.5, Number.NaN])
      expect(() => codeMessage(1, ref, step)).toThrow(RangeError);
    expect(isMac({ mac: new Uint8Array(10) }, new Uint8Array(9))).toBe(false);
  });

  it('counts days both ways', () => {
    expect(dayNumber('1970-01-02')).toBe(1);
    expect(dateOfDayNumber(dayNumber('2026-11-23'))).toBe('2026-11-23');
  });
});
