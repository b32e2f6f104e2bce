/**
 * UUID version 7 (RFC 9562): 48 bits of milliseconds, then randomness, so that ids made one after another
 * lie beside each other in a btree. The clock is the caller's: an order replayed at noon of 2020 gets an id of 2020.
 */

/** All that this file needs of the Web Crypto API; kernel compiles without DOM and Node types. */
interface RandomSource {
  getRandomValues(bytes: Uint8Array): Uint8Array;
}

export type FillRandom = (bytes: Uint8Array) => void;
export type IdSource = (millis: number) => string;

const MAX_MILLIS = 2 ** 48 - 1;
const POOL = 16 * 256;

const DASH = 45;
const SEVEN = 55;
/** The character code of four bits. */
function hex(value: number, shift: number): number {
  const digit = (value >>> shift) & 15;
  return digit < 10 ? 48 + digit : 87 + digit;
}

function cryptoRandom(bytes: Uint8Array): void {
  (globalThis as unknown as { crypto: RandomSource }).crypto.getRandomValues(bytes);
}

/**
 * A source of ids. Within one millisecond ids strictly increase: a 32-bit counter (12 bits of rand_a and the
 * first 20 of rand_b) starts at a random number with its top bit clear and goes up by one. Passing an earlier
 * millisecond is allowed (virtual clocks, imports) and simply gives an id of that time.
 * `fill` lets a simulator make the same ids twice; leave it out everywhere else.
 */
export function createIdSource(fill: FillRandom = cryptoRandom): IdSource {
  const pool = new Uint8Array(POOL);
  let used = POOL;
  let lastMillis = -1;
  let counter = 0;

  return (millis) => {
    if (!Number.isInteger(millis) || millis < 0 || millis > MAX_MILLIS) {
      throw new RangeError(`an id needs a time in whole milliseconds, got ${millis}`);
    }
    if (used + 10 > POOL) {
      fill(pool);
      used = 0;
    }
    const at = (i: number): number => pool[used + i]!;
    if (millis === lastMillis && counter < 0xffffffff) {
      counter += 1;
    } else {
      counter = (at(0) & 0x7f) * 2 ** 24 + ((at(1) << 16) | (at(2) << 8) | at(3));
    }
    lastMillis = millis;
    const high = Math.floor(millis / 2 ** 16);
    const low = millis % 2 ** 16;
    const a = Math.floor(counter / 2 ** 20); // 12 bits
    const b = counter % 2 ** 20; // 20 bits
    const c = 0x8000 | (b >>> 6); // the variant, and the first 14 of b
    const d = ((b & 0x3f) << 2) | (at(4) & 3);
    // One text from its codes: joined from pieces, V8 would keep the pieces until somebody reads it.
    const id = String.fromCharCode(
      hex(high, 28),
      hex(high, 24),
      hex(high, 20),
      hex(high, 16),
      hex(high, 12),
      hex(high, 8),
      hex(high, 4),
      hex(high, 0),
      DASH,
      hex(low, 12),
      hex(low, 8),
      hex(low, 4),
      hex(low, 0),
      DASH,
      SEVEN,
      hex(a, 8),
      hex(a, 4),
      hex(a, 0),
      DASH,
      hex(c, 12),
      hex(c, 8),
      hex(c, 4),
      hex(c, 0),
      DASH,
      hex(d, 4),
      hex(d, 0),
      hex(at(5), 4),
      hex(at(5), 0),
      hex(at(6), 4),
      hex(at(6), 0),
      hex(at(7), 4),
      hex(at(7), 0),
      hex(at(8), 4),
      hex(at(8), 0),
      hex(at(9), 4),
      hex(at(9), 0),
    );
    used += 10;
    return id;
  };
}

/** The id of something that happens at `millis` (epoch milliseconds from the caller's clock). */
export const uuidv7: IdSource = createIdSource();

/**
 * An id of what follows from something that bears `id`: of the same millisecond and the same place in it. What follows from
 * several things of one instant stands in their order, whatever ids are drawn in between and by whom.
 */
export function idBeside(id: string): string {
  return id.slice(0, 26) + uuidv7(0).slice(26);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The millisecond in a version 7 id, or null when the text is not one. */
export function uuidTime(id: string): number | null {
  if (!isUuid(id) || id[14] !== '7') return null;
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
