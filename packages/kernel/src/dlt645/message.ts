import { err, ok, type Result } from '../result.ts';
import { type Instant, toLocal } from '../time.ts';
import {
  type DataFault,
  identifierOf,
  isDay,
  readBcd,
  readDi,
  readValue,
  sizeOf,
  type Value,
  writeBcd,
  writeDi,
  writeValue,
} from './data.ts';
import { BROADCAST, encodeFrame, type Frame, type FrameFault, FUNCTIONS, MOST_WAKE_UPS } from './frame.ts';

/** What control code 1C tells a meter to do. */
export const CONTROLS = {
  trip: 0x1a,
  allow_close: 0x1b,
  close: 0x1c,
  alarm_on: 0x2a,
  alarm_off: 0x2b,
  protect_on: 0x3a,
  protect_off: 0x3b,
} as const;
export type Control = keyof typeof CONTROLS;

/** Level and password of whoever commands, and who it is. */
export interface Authority {
  readonly level: number;
  /** Six digits. */
  readonly password: string;
  /** Up to eight digits. */
  readonly operator: string;
}

/** By the meter's own clock, which is the place's: `2026-12-31 23:59:59`. */
export type MeterTime = string;

/** The bits of an error answer (one byte). */
const ERRORS = [
  'other',
  'no_such_data',
  'not_authorised',
  'baud_fixed',
  'too_many_zones',
  'too_many_periods',
  'too_many_rates',
  'reserved',
] as const;
/** Those of an answer to prepaid and secure commands (two bytes). */
const SECURE_ERRORS = [
  'other',
  'purchase_repeated',
  'module_failed',
  'not_authenticated',
  'wrong_customer',
  'wrong_purchase_count',
  'hoarding',
  'wrong_address',
] as const;
export type MeterError = (typeof ERRORS)[number] | (typeof SECURE_ERRORS)[number];

export type Message =
  | { readonly type: 'read'; readonly di: string }
  | { readonly type: 'read_more'; readonly di: string; readonly sequence: number }
  | { readonly type: 'read_address' }
  | { readonly type: 'write'; readonly di: string; readonly by: Authority; readonly data: Uint8Array }
  | {
      readonly type: 'control';
      readonly control: Control;
      readonly by: Authority;
      /** Until when the command may be carried out. */
      readonly until: MeterTime;
    }
  | { readonly type: 'set_time'; readonly time: MeterTime }
  /** A purchase put on a prepaid meter: which one it is keeps it from being counted twice. */
  | {
      readonly type: 'purchase';
      readonly operator: string;
      readonly amountFen: number;
      readonly count: number;
    }
  | { readonly type: 'data'; readonly di: string; readonly data: Uint8Array; readonly hasMore: boolean }
  | {
      readonly type: 'more_data';
      readonly di: string;
      readonly data: Uint8Array;
      readonly sequence: number;
      readonly hasMore: boolean;
    }
  | { readonly type: 'address'; readonly address: string }
  | { readonly type: 'done'; readonly func: number }
  | { readonly type: 'failed'; readonly func: number; readonly errors: readonly MeterError[] }
  /** A frame that is sound and says what this product has no words for. */
  | { readonly type: 'other'; readonly func: number; readonly isReply: boolean };

export type MessageFault = FrameFault | DataFault;

const PURCHASE = '070102FF';
/** Meters that sleep are woken with four FE; those that do not read past them. */
const request = { wakeUps: MOST_WAKE_UPS, isReply: false, isError: false, hasMore: false } as const;

const digitsOf = (bytes: Uint8Array): Result<string, DataFault> => {
  const read = readBcd(bytes, false);
  return read.ok ? ok(String(read.value).padStart(bytes.length * 2, '0')) : read;
};

/** Seconds first, as 1C and the broadcast carry it: ss mm hh DD MM YY. */
function writeTime(time: MeterTime): Result<Uint8Array, DataFault> {
  const found = /^20(\d\d)-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(time);
  if (found === null) return err({ code: 'no_such_day' });
  const bytes = Uint8Array.from(found.slice(1).reverse(), (part) => Number.parseInt(part, 16));
  const back = readTime(bytes);
  return back.ok ? ok(bytes) : back;
}

function readTime(bytes: Uint8Array): Result<MeterTime, DataFault> {
  const read = digitsOf(bytes);
  if (!read.ok) return read;
  const [year, month, day, hour, minute, second] = (read.value.match(/../g) ?? []) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!isTime || !isDay(2000 + Number(year), Number(month), Number(day))) return err({ code: 'no_such_day' });
  return ok(`20${year}-${month}-${day} ${hour}:${minute}:${second}`);
}

function writeAuthority({ level, password, operator }: Authority): Result<Uint8Array, DataFault> {
  if (!/^\d{6}$/.test(password) || !/^\d{1,8}$/.test(operator)) return err({ code: 'out_of_range' });
  const parts = [
    writeBcd(level, 1, false),
    writeBcd(Number(password), 3, false),
    writeBcd(Number(operator), 4, false),
  ];
  const bytes: number[] = [];
  for (const part of parts) {
    if (!part.ok) return part;
    bytes.push(...part.value);
  }
  return ok(Uint8Array.from(bytes));
}

function readAuthority(bytes: Uint8Array): Result<Authority, DataFault> {
  const [level, password, operator] = [
    readBcd(bytes.subarray(0, 1), false),
    digitsOf(bytes.subarray(1, 4)),
    digitsOf(bytes.subarray(4, 8)),
  ];
  if (!level.ok) return level;
  if (!password.ok) return password;
  if (!operator.ok) return operator;
  return ok({ level: level.value, password: password.value, operator: operator.value });
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** What a master says, as a frame. */
export function ask(address: string, message: Message): Result<Frame, MessageFault> {
  const frame = (func: number, data: Uint8Array): Result<Frame, MessageFault> => {
    const built: Frame = { ...request, address, func, data };
    const written = encodeFrame(built);
    return written.ok ? ok(built) : written;
  };
  switch (message.type) {
    case 'read':
      return frame(FUNCTIONS.read, writeDi(message.di));
    case 'read_more':
      return frame(FUNCTIONS.readMore, joined(writeDi(message.di), Uint8Array.of(message.sequence)));
    case 'read_address':
      return frame(FUNCTIONS.readAddress, new Uint8Array(0));
    case 'write': {
      const by = writeAuthority(message.by);
      return by.ok ? frame(FUNCTIONS.write, joined(writeDi(message.di), by.value, message.data)) : by;
    }
    case 'control': {
      const by = writeAuthority(message.by);
      const until = writeTime(message.until);
      if (!by.ok) return by;
      if (!until.ok) return until;
      return frame(
        FUNCTIONS.control,
        joined(by.value, Uint8Array.of(CONTROLS[message.control], 0), until.value),
      );
    }
    case 'set_time': {
      const time = writeTime(message.time);
      if (!time.ok) return time;
      const built: Frame = { ...request, wakeUps: 0, address, func: FUNCTIONS.time, data: time.value };
      return address === BROADCAST ? ok(built) : err({ code: 'address', found: address });
    }
    case 'purchase': {
      const operator = writeBcd(Number(message.operator), 4, false);
      const amount = writeBcd(message.amountFen, 4, false);
      const count = writeBcd(message.count, 4, false);
      if (!operator.ok) return operator;
      if (!amount.ok) return amount;
      if (!count.ok) return count;
      return frame(FUNCTIONS.secure, joined(writeDi(PURCHASE), operator.value, amount.value, count.value));
    }
    default:
      return err({ code: 'control', found: 0 });
  }
}

/** What a meter says, as a frame. */
export function answer(address: string, message: Message): Result<Frame, MessageFault> {
  const frame = (func: number, data: Uint8Array, more: Partial<Frame> = {}): Result<Frame, MessageFault> => {
    const built: Frame = { ...request, isReply: true, address, func, data, ...more };
    const written = encodeFrame(built);
    return written.ok ? ok(built) : written;
  };
  switch (message.type) {
    case 'data':
      return frame(FUNCTIONS.read, joined(writeDi(message.di), message.data), { hasMore: message.hasMore });
    case 'more_data':
      return frame(
        FUNCTIONS.readMore,
        joined(writeDi(message.di), message.data, Uint8Array.of(message.sequence)),
        { hasMore: message.hasMore },
      );
    case 'address': {
      const own = writeBcd(Number(message.address), 6, false);
      return own.ok ? frame(FUNCTIONS.readAddress, own.value) : own;
    }
    case 'done':
      return frame(message.func, message.func === FUNCTIONS.secure ? writeDi(PURCHASE) : new Uint8Array(0));
    case 'failed': {
      const names: readonly string[] = message.func === FUNCTIONS.secure ? SECURE_ERRORS : ERRORS;
      const bits = message.errors.reduce((sum, name) => sum | (1 << Math.max(0, names.indexOf(name))), 0);
      const data = message.func === FUNCTIONS.secure ? Uint8Array.of(bits, 0) : Uint8Array.of(bits);
      return frame(message.func, data, { isError: true });
    }
    default:
      return err({ code: 'control', found: 0 });
  }
}

function namesOf(names: readonly MeterError[], bits: number): MeterError[] {
  const named = names.filter((_, i) => ((bits >> i) & 1) === 1);
  return named.length === 0 ? ['other'] : named;
}

/** What a frame says; a frame whose words contradict themselves is a fault. */
export function readMessage(frame: Frame): Result<Message, DataFault> {
  const { func, data, isReply, isError, hasMore } = frame;
  const other: Message = { type: 'other', func, isReply };
  if (isReply && isError) {
    const names = func === FUNCTIONS.secure ? SECURE_ERRORS : ERRORS;
    return ok({ type: 'failed', func, errors: namesOf(names, data[0] ?? 0) });
  }
  switch (func) {
    case FUNCTIONS.read:
      if (isReply) return ok({ type: 'data', di: readDi(data), data: data.slice(4), hasMore });
      return data.length === 4 ? ok({ type: 'read', di: readDi(data) }) : ok(other);
    case FUNCTIONS.readMore: {
      const sequence = data[data.length - 1] ?? 0;
      if (!isReply) return ok({ type: 'read_more', di: readDi(data), sequence });
      return ok({ type: 'more_data', di: readDi(data), data: data.slice(4, -1), sequence, hasMore });
    }
    case FUNCTIONS.readAddress: {
      if (!isReply) return ok({ type: 'read_address' });
      const own = digitsOf(data);
      return own.ok ? ok({ type: 'address', address: own.value }) : own;
    }
    case FUNCTIONS.write: {
      if (isReply) return ok({ type: 'done', func });
      const by = readAuthority(data.subarray(4, 12));
      return by.ok ? ok({ type: 'write', di: readDi(data), by: by.value, data: data.slice(12) }) : by;
    }
    case FUNCTIONS.control:
      return isReply ? ok({ type: 'done', func }) : readControl(data);
    case FUNCTIONS.time: {
      const time = readTime(data);
      return time.ok ? ok({ type: 'set_time', time: time.value }) : time;
    }
    case FUNCTIONS.secure:
      if (readDi(data) !== PURCHASE) return ok(other);
      return isReply ? ok({ type: 'done', func }) : readPurchase(data);
    default:
      return ok(isReply ? { type: 'done', func } : other);
  }
}

function readControl(data: Uint8Array): Result<Message, DataFault> {
  const by = readAuthority(data.subarray(0, 8));
  if (!by.ok) return by;
  const code = data[8];
  const found = Object.entries(CONTROLS).find(([, one]) => one === code);
  if (found === undefined || data[9] !== 0)
    return ok({ type: 'other', func: FUNCTIONS.control, isReply: false });
  const until = readTime(data.subarray(10, 16));
  if (!until.ok) return until;
  return ok({ type: 'control', control: found[0] as Control, by: by.value, until: until.value });
}

function readPurchase(data: Uint8Array): Result<Message, DataFault> {
  if (data.length !== 16) return err({ code: 'wrong_size', expected: 16, found: data.length });
  const operator = digitsOf(data.subarray(4, 8));
  const amount = readBcd(data.subarray(8, 12), false);
  const count = readBcd(data.subarray(12, 16), false);
  if (!operator.ok) return operator;
  if (!amount.ok) return amount;
  if (!count.ok) return count;
  return ok({ type: 'purchase', operator: operator.value, amountFen: amount.value, count: count.value });
}

/** The values behind an identifier: one, or of a block (…FF…) as many as there are. */
export function valuesOf(di: string, data: Uint8Array): Result<readonly Value[], DataFault> {
  const found = identifierOf(di);
  if (found === null) return err({ code: 'unknown_identifier', found: di });
  const size = sizeOf(found.field);
  const isBlock = di.slice(4, 6) === 'FF';
  if (data.length === 0 || data.length % size !== 0 || (!isBlock && data.length !== size))
    return err({ code: 'wrong_size', expected: size, found: data.length });
  const values: Value[] = [];
  for (let at = 0; at < data.length; at += size) {
    const read = readValue(found.field, data.subarray(at, at + size));
    if (!read.ok) return read;
    values.push(read.value);
  }
  return ok(values);
}

export function writeValues(di: string, values: readonly Value[]): Result<Uint8Array, DataFault> {
  const found = identifierOf(di);
  if (found === null) return err({ code: 'unknown_identifier', found: di });
  const parts: Uint8Array[] = [];
  for (const value of values) {
    const written = writeValue(found.field, value);
    if (!written.ok) return written;
    parts.push(written.value);
  }
  return ok(joined(...parts));
}

/** An instant by the place's clock, which is the meter's. */
export function toMeterTime(instant: Instant, timeZone: string): MeterTime {
  const { year, month, day, hour, minute, second } = toLocal(instant, timeZone);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}
