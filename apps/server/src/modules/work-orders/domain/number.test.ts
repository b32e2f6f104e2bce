import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from './fixtures.ts';
import { numberOf, readNumber } from './number.ts';

const day = at('2026-11-21 00:00');
const random = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('the number of an order', () => {
  it('is the local date, five characters, and a check', () => {
    expect(numberOf(day, 0)).toMatch(/^20261121-00000-[0-9A-HJKMNP-TW-Z]$/);
    expect(numberOf(day - 1, 0)).toMatch(/^20261120-/);
    expect(numberOf(day, 31 ** 5 - 1)).toMatch(/^20261121-ZZZZZ-/);
    expect(numberOf(day, 31 ** 5)).toBe(numberOf(day, 0));
  });

  it('is read as it is typed or heard', () => {
    const number = numberOf(day, 123_456_789);
    expect(readNumber(` ${number.toLowerCase().replaceAll('-', ' ')} `)).toBe(number);
    const zero = numberOf(day, 0);
    expect(readNumber(zero.replaceAll('0', 'o'))).toBe(zero);
    expect(readNumber(zero.replaceAll('1', 'l'))).toBe(zero);
    for (const bad of ['', '20261121', 'hello', `${number}X`, number.replace('-', '_')])
      expect(readNumber(bad)).toBeNull();
  });

  it('finds every wrong character and every exchange of neighbours (property)', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTWXYZ';
    fc.assert(
      fc.property(random, fc.nat(4), fc.nat(30), (r, place, other) => {
        const number = numberOf(day, r);
        expect(readNumber(number)).toBe(number);
        const i = 9 + place;
        const wrong = number.slice(0, i) + alphabet[other]! + number.slice(i + 1);
        if (wrong !== number) expect(readNumber(wrong)).toBeNull();
        if (place < 4) {
          const swapped = number.slice(0, i) + number[i + 1]! + number[i]! + number.slice(i + 2);
          if (swapped !== number) expect(readNumber(swapped)).toBeNull();
        }
      }),
      { numRuns: 1000 },
    );
  });
});
