import { err, ok, type Result } from './result.ts';

/** Money is whole fen (1/100 yuan) in a bigint; on the wire it is a decimal string. Never a float. */
export type Fen = bigint;

const YUAN = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/;

/** '12.3' → 1230n. At most two decimals: a third one is refused, not rounded. */
export function parseYuan(text: string): Result<Fen, 'not_money'> {
  const found = YUAN.exec(text);
  if (!found) return err('not_money');
  const fen = BigInt(found[2]!) * 100n + BigInt((found[3] ?? '').padEnd(2, '0'));
  return ok(found[1] === '-' ? -fen : fen);
}

/** 1230n → '12.30' */
export function formatYuan(fen: Fen): string {
  const sign = fen < 0n ? '-' : '';
  const abs = fen < 0n ? -fen : fen;
  return `${sign}${abs / 100n}.${(abs % 100n).toString().padStart(2, '0')}`;
}

/** fen × numerator ÷ denominator, half away from zero: the one rounding step of a bill line. */
export function multiplyFen(fen: Fen, numerator: bigint, denominator: bigint): Fen {
  if (denominator <= 0n) throw new RangeError('denominator must be positive');
  const product = fen * numerator;
  const negative = product < 0n;
  const abs = negative ? -product : product;
  const rounded = (abs * 2n + denominator) / (denominator * 2n);
  return negative ? -rounded : rounded;
}

/**
 * Splits a total by weights so that the parts sum to it exactly (largest remainder; ties go to the earlier part).
 * Weights are whole and not negative, and at least one is positive.
 */
export function splitFen(total: Fen, weights: readonly bigint[]): Fen[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum <= 0n || weights.some((w) => w < 0n)) throw new RangeError('weights must be whole, ≥ 0, one > 0');
  const negative = total < 0n;
  const abs = negative ? -total : total;
  const parts = weights.map((w) => (abs * w) / sum);
  let left = abs - parts.reduce((a, b) => a + b, 0n);
  const order = weights
    .map((w, index) => ({ index, rest: (abs * w) % sum }))
    .sort((x, y) => (x.rest === y.rest ? x.index - y.index : x.rest > y.rest ? -1 : 1));
  for (const { index } of order) {
    if (left === 0n) break;
    parts[index] = parts[index]! + 1n;
    left -= 1n;
  }
  return negative ? parts.map((p) => -p) : parts;
}
