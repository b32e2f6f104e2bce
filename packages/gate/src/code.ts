import { DAY, type Instant, type LocalDate, localDate, SECOND } from '@gongzhi/kernel';

/**
 * The code on a phone, which changes every 30 seconds and needs no network, and the code of a visitor.
 *
 *   phone    1 | ref (8) | step (4) | first 10 bytes of HMAC-SHA256(K, the 13 bytes before)
 *            K = first 16 bytes of HMAC-SHA256(S, "scopeId|date"): S is the phone's secret, the date the place's on
 *            which the step begins. A gate carries K of today and tomorrow: what is stolen forges nothing later.
 *   visitor  2 | ref (8) | day (4) | first 10 bytes of HMAC-SHA256(V, the 13 bytes before)
 *            V = the scope's visitor key of that day: the first day of the visit, as days since 1970.
 *
 * Shown in Crockford's base 32: capitals and digits only, so that a QR code is small and a keyboard wedge scanner is read
 * right whatever the keyboard's language. Who computes the HMAC is the caller's business: node:crypto or WebCrypto.
 */

export const STEP = 30 * SECOND;
export const PHONE_CODE = 1;
export const VISITOR_CODE = 2;
const MESSAGE_BYTES = 13;
const MAC_BYTES = 10;
export const CODE_BYTES = MESSAGE_BYTES + MAC_BYTES;
/** 23 bytes in characters of five bits. */
export const CODE_LENGTH = Math.ceil((CODE_BYTES * 8) / 5);
export const DAY_KEY_BYTES = 16;

export interface GateCode {
  readonly version: typeof PHONE_CODE | typeof VISITOR_CODE;
  /** Sixteen hexadecimal digits. */
  readonly ref: string;
  /** Of a phone: unix time / 30 s. Of a visitor: days since 1970 of the visit's first day. */
  readonly step: number;
  /** What the HMAC is of. */
  readonly message: Uint8Array;
  readonly mac: Uint8Array;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const valueOf = new Map<string, number>([...alphabet].map((letter, value) => [letter, value]));
for (const [letter, value] of [
  ['O', 0],
  ['I', 1],
  ['L', 1],
] as const)
  valueOf.set(letter, value);

function toBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += alphabet[(held >>> (bits - 5)) & 31];
      bits -= 5;
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text;
}

function fromBase32(text: string, length: number): Uint8Array | null {
  const bytes = new Uint8Array(length);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const value = valueOf.get(letter);
    if (value === undefined) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      if (at >= length) return null;
      bytes[at++] = (held >>> (bits - 8)) & 255;
      bits -= 8;
    }
    held &= (1 << bits) - 1;
  }
  // What is left over is padding: one text is one code.
  return at === length && held === 0 ? bytes : null;
}

export function stepOf(at: Instant): number {
  return Math.floor(at / STEP);
}

/** The date under whose key a step stands. */
export function dateOfStep(step: number, timeZone: string): LocalDate {
  return localDate(step * STEP, timeZone);
}

export function dayNumber(date: LocalDate): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY;
}

export function dateOfDayNumber(day: number): LocalDate {
  return localDate(day * DAY, 'UTC');
}

/** What the phone's secret makes the day's key of. */
export function dayKeyText(scopeId: string, date: LocalDate): string {
  return `${scopeId}|${date}`;
}

const refPattern = /^[0-9a-f]{16}$/;

export function isRef(text: string): boolean {
  return refPattern.test(text);
}

export function codeMessage(version: GateCode['version'], ref: string, step: number): Uint8Array {
  if (!isRef(ref)) throw new RangeError('a reference is sixteen hexadecimal digits');
  if (!Number.isInteger(step) || step < 0 || step > 0xffffffff)
    throw new RangeError('a step is 32 bits without a sign');
  const bytes = new Uint8Array(MESSAGE_BYTES);
  bytes[0] = version;
  for (let i = 0; i < 8; i++) bytes[i + 1] = Number.parseInt(ref.slice(i * 2, i * 2 + 2), 16);
  new DataView(bytes.buffer).setUint32(9, step);
  return bytes;
}

export function writeCode(message: Uint8Array, mac: Uint8Array): string {
  const bytes = new Uint8Array(CODE_BYTES);
  bytes.set(message);
  bytes.set(mac.subarray(0, MAC_BYTES), MESSAGE_BYTES);
  return toBase32(bytes);
}

/** Null: no code of ours. Spaces and small letters are forgiven, as people and scanners bring them. */
export function readCode(text: string): GateCode | null {
  if (text.length > 2 * CODE_LENGTH) return null;
  const clean = text.replaceAll(/[\s-]/g, '').toUpperCase();
  if (clean.length !== CODE_LENGTH) return null;
  const bytes = fromBase32(clean, CODE_BYTES);
  if (bytes === null) return null;
  const version = bytes[0];
  if (version !== PHONE_CODE && version !== VISITOR_CODE) return null;
  let ref = '';
  for (let i = 1; i <= 8; i++) ref += bytes[i]!.toString(16).padStart(2, '0');
  const message = bytes.slice(0, MESSAGE_BYTES);
  return {
    version,
    ref,
    step: new DataView(message.buffer).getUint32(9),
    message,
    mac: bytes.slice(MESSAGE_BYTES),
  };
}

/** In the same time whatever differs. `mac` may be the whole HMAC: its beginning counts. */
export function isMac(code: Pick<GateCode, 'mac'>, mac: Uint8Array): boolean {
  if (mac.length < MAC_BYTES) return false;
  let difference = 0;
  for (let i = 0; i < MAC_BYTES; i++) difference |= code.mac[i]! ^ mac[i]!;
  return difference === 0;
}

/** How a phone's step stands to the time: the current one and the one before count; `drift` steps ahead are forgiven. */
export function standingOf(step: number, at: Instant, drift = 1): 'current' | 'expired' | 'not_yet' {
  const now = stepOf(at);
  if (step < now - 1) return 'expired';
  return step > now + drift ? 'not_yet' : 'current';
}
