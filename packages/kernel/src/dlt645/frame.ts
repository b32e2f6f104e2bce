import { err, ok, type Result } from '../result.ts';

/** One frame of DL/T 645-2007: `68 A0–A5 68 C L DATA CS 16`, low byte first, DATA carried as +33H. */
export interface Frame {
  /** How many FE came before it, 0 to 4. */
  readonly wakeUps: number;
  /** Twelve digits, high first; AA for each byte that is left open, 999999999999 for everybody. */
  readonly address: string;
  /** What is asked or answered, 0 to 1F. */
  readonly func: number;
  readonly isReply: boolean;
  readonly isError: boolean;
  /** More of it follows. */
  readonly hasMore: boolean;
  /** As it was meant: 33H taken off. */
  readonly data: Uint8Array;
}

export type FrameFault =
  | { readonly code: 'too_short'; readonly bytes: number }
  | { readonly code: 'too_many_wake_ups'; readonly count: number }
  | { readonly code: 'no_start'; readonly at: number; readonly found: number }
  | { readonly code: 'address'; readonly found: string }
  | { readonly code: 'control'; readonly found: number }
  | { readonly code: 'length'; readonly declared: number; readonly most: number }
  | { readonly code: 'size'; readonly expected: number; readonly found: number }
  | { readonly code: 'checksum'; readonly expected: number; readonly found: number }
  | { readonly code: 'no_end'; readonly found: number }
  /** The control code cannot carry this much. */
  | { readonly code: 'data'; readonly func: number; readonly bytes: number };

export const BROADCAST = '999999999999';
export const ANYBODY = 'AAAAAAAAAAAA';
export const MOST_WAKE_UPS = 4;
/** A frame without data, and the longest there can be. */
export const FIXED_BYTES = 12;
const MOST_READ = 200;
const MOST_WRITE = 50;

export const FUNCTIONS = {
  secure: 0x03,
  time: 0x08,
  read: 0x11,
  readMore: 0x12,
  readAddress: 0x13,
  write: 0x14,
  writeAddress: 0x15,
  freeze: 0x16,
  baud: 0x17,
  password: 0x18,
  clearDemand: 0x19,
  clearMeter: 0x1a,
  clearEvents: 0x1b,
  control: 0x1c,
  output: 0x1d,
} as const;
export type FunctionName = keyof typeof FUNCTIONS;

/** What each may carry: asked, answered well, answered with an error. `null`: that is never said. */
type Lengths = readonly [least: number, most: number];
const exactly = (bytes: number): Lengths => [bytes, bytes];
const carries: Readonly<
  Record<number, { readonly asks: Lengths; readonly answers: Lengths | null; readonly fails: Lengths | null }>
> = {
  [FUNCTIONS.secure]: { asks: [8, MOST_READ], answers: [4, MOST_READ], fails: exactly(2) },
  [FUNCTIONS.time]: { asks: exactly(6), answers: null, fails: null },
  [FUNCTIONS.read]: { asks: [4, 10], answers: [4, MOST_READ], fails: exactly(1) },
  [FUNCTIONS.readMore]: { asks: exactly(5), answers: [5, MOST_READ], fails: exactly(1) },
  [FUNCTIONS.readAddress]: { asks: exactly(0), answers: exactly(6), fails: null },
  [FUNCTIONS.write]: { asks: [13, MOST_WRITE], answers: exactly(0), fails: exactly(1) },
  [FUNCTIONS.writeAddress]: { asks: exactly(6), answers: exactly(0), fails: null },
  [FUNCTIONS.freeze]: { asks: exactly(4), answers: exactly(0), fails: exactly(1) },
  [FUNCTIONS.baud]: { asks: exactly(1), answers: exactly(1), fails: exactly(1) },
  [FUNCTIONS.password]: { asks: exactly(12), answers: exactly(4), fails: exactly(1) },
  [FUNCTIONS.clearDemand]: { asks: exactly(8), answers: exactly(0), fails: exactly(1) },
  [FUNCTIONS.clearMeter]: { asks: exactly(8), answers: exactly(0), fails: exactly(1) },
  [FUNCTIONS.clearEvents]: { asks: exactly(12), answers: exactly(0), fails: exactly(1) },
  [FUNCTIONS.control]: { asks: exactly(16), answers: exactly(0), fails: exactly(1) },
  [FUNCTIONS.output]: { asks: exactly(1), answers: exactly(1), fails: exactly(1) },
};
/** Only an answer to a reading goes on in another frame. */
const mayGoOn = new Set<number>([FUNCTIONS.read, FUNCTIONS.readMore, FUNCTIONS.secure]);

const hexByte = (byte: number) => byte.toString(16).toUpperCase().padStart(2, '0');

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, hexByte).join(' ');
}

/** `68 29 …`, `6829…`, with any white space; null where it is no sequence of bytes. */
export function fromHex(text: string): Uint8Array | null {
  const digits = text.replace(/\s+/g, '');
  if (digits.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(digits)) return null;
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Digits, or AA from the high end on: an address may be shortened, never holed. */
export function isAddress(text: string): boolean {
  return /^(AA){0,6}\d*$/.test(text) && text.length === 12;
}

/** Whether a request to `asked` is one that the meter `own` answers. */
export function isAddressed(asked: string, own: string): boolean {
  return asked === BROADCAST || [...asked].every((digit, i) => digit === 'A' || digit === own[i]);
}

function lengthsOf(frame: Pick<Frame, 'func' | 'isReply' | 'isError' | 'hasMore'>): Lengths | null {
  const rule = carries[frame.func];
  if (rule === undefined) return null;
  if (!frame.isReply) return frame.isError || frame.hasMore ? null : rule.asks;
  if (frame.hasMore && (frame.isError || !mayGoOn.has(frame.func))) return null;
  return frame.isError ? rule.fails : rule.answers;
}

const controlOf = ({ func, isReply, isError, hasMore }: Frame): number =>
  func | (isReply ? 0x80 : 0) | (isError ? 0x40 : 0) | (hasMore ? 0x20 : 0);

const sumOf = (bytes: Uint8Array, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum = (sum + bytes[i]!) & 0xff;
  return sum;
};

function check(frame: Frame): FrameFault | null {
  if (!isAddress(frame.address)) return { code: 'address', found: frame.address };
  const lengths = lengthsOf(frame);
  if (lengths === null) return { code: 'control', found: controlOf(frame) };
  const bytes = frame.data.length;
  if (bytes < lengths[0] || bytes > lengths[1]) return { code: 'data', func: frame.func, bytes };
  return null;
}

export function encodeFrame(frame: Frame): Result<Uint8Array, FrameFault> {
  const fault = check(frame);
  if (fault !== null) return err(fault);
  const { wakeUps, address, data } = frame;
  if (!Number.isInteger(wakeUps) || wakeUps < 0 || wakeUps > MOST_WAKE_UPS)
    return err({ code: 'too_many_wake_ups', count: wakeUps });
  const bytes = new Uint8Array(wakeUps + FIXED_BYTES + data.length);
  bytes.fill(0xfe, 0, wakeUps);
  const start = wakeUps;
  bytes[start] = 0x68;
  for (let i = 0; i < 6; i += 1)
    bytes[start + 1 + i] = Number.parseInt(address.slice(10 - 2 * i, 12 - 2 * i), 16);
  bytes[start + 7] = 0x68;
  bytes[start + 8] = controlOf(frame);
  bytes[start + 9] = data.length;
  data.forEach((byte, i) => {
    bytes[start + 10 + i] = (byte + 0x33) & 0xff;
  });
  const end = start + 10 + data.length;
  bytes[end] = sumOf(bytes, start, end);
  bytes[end + 1] = 0x16;
  return ok(bytes);
}

/** Exactly one frame, and nothing before or after it but wake-up bytes. */
export function decodeFrame(bytes: Uint8Array): Result<Frame, FrameFault> {
  let start = 0;
  while (bytes[start] === 0xfe) start += 1;
  if (start > MOST_WAKE_UPS) return err({ code: 'too_many_wake_ups', count: start });
  if (bytes.length - start < FIXED_BYTES) return err({ code: 'too_short', bytes: bytes.length });
  for (const at of [start, start + 7])
    if (bytes[at] !== 0x68) return err({ code: 'no_start', at, found: bytes[at]! });
  const declared = bytes[start + 9]!;
  if (declared > MOST_READ) return err({ code: 'length', declared, most: MOST_READ });
  const expected = start + FIXED_BYTES + declared;
  if (bytes.length !== expected) return err({ code: 'size', expected, found: bytes.length });
  const end = start + 10 + declared;
  const sum = sumOf(bytes, start, end);
  if (bytes[end] !== sum) return err({ code: 'checksum', expected: sum, found: bytes[end]! });
  if (bytes[end + 1] !== 0x16) return err({ code: 'no_end', found: bytes[end + 1]! });
  const control = bytes[start + 8]!;
  const frame: Frame = {
    wakeUps: start,
    address: Array.from(bytes.subarray(start + 1, start + 7), hexByte)
      .reverse()
      .join(''),
    func: control & 0x1f,
    isReply: (control & 0x80) !== 0,
    isError: (control & 0x40) !== 0,
    hasMore: (control & 0x20) !== 0,
    data: bytes.slice(start + 10, end).map((byte) => (byte - 0x33) & 0xff),
  };
  const fault = check(frame);
  return fault === null ? ok(frame) : err(fault);
}
