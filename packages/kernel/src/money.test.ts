import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatYuan, multiplyFen, parseYuan, splitFen } from './money.ts';

describe('money', () => {
  it.each([
    ['0', 0n],
    ['12', 1200n],
    ['12.3', 1230n],
    ['12.34', 1234n],
    ['-0.05', -5n],
    ['999999999999999.99', 99999999999999999n],
  ])('reads %s', (text, fen) => {
    expect(parseYuan(text)).toEqual({ ok: true, value: fen });
  });

  it.each(['', '1.234', '1,200', '.5', '1.', '1e3', '+1', ' 1', '--1'])('refuses %j', (text) => {
    expect(parseYuan(text)).toEqual({ ok: false, error: 'not_money' });
  });

  it('writes what it reads (property)', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), (fen) => {
        expect(parseYuan(formatYuan(fen))).toEqual({ ok: true, value: fen });
      }),
    );
  });

  it('rounds half away from zero', () => {
    // 88.50 m² × 2.30 yuan = 203.55; 5 fen × 1/2 = 2.5 → 3
    expect(multiplyFen(230n, 8850n, 100n)).toBe(20355n);
    expect(multiplyFen(5n, 1n, 2n)).toBe(3n);
    expect(multiplyFen(-5n, 1n, 2n)).toBe(-3n);
    expect(multiplyFen(1n, 49n, 100n)).toBe(0n);
    expect(multiplyFen(1n, 50n, 100n)).toBe(1n);
    expect(() => multiplyFen(1n, 1n, 0n)).toThrow(RangeError);
  });

  it('splits to the fen', () => {
    expect(splitFen(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(splitFen(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
    expect(splitFen(10n, [0n, 1n])).toEqual([0n, 10n]);
    expect(() => splitFen(1n, [0n])).toThrow(RangeError);
  });

  it('splits into parts that sum to the total and differ from the exact share by less than a fen (property)', () => {
    const weight = fc.bigInt({ min: 0n, max: 10n ** 9n });
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.array(weight, { minLength: 1, maxLength: 20 }).filter((w) => w.some((x) => x > 0n)),
        (total, weights) => {
          const parts = splitFen(total, weights);
          expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
          const sum = weights.reduce((a, b) => a + b, 0n);
          parts.forEach((part, i) => {
            const difference = part * sum - total * weights[i]!;
            expect(difference < sum && difference > -sum).toBe(true);
          });
        },
      ),
    );
  });
});
