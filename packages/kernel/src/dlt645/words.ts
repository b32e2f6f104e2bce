import { err, ok, type Result } from '../result.ts';
import { identifierOf, readStatus3, type Value, writeScaled } from './data.ts';
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  fromHex,
  FUNCTIONS,
  type FunctionName,
  toHex,
} from './frame.ts';
import {
  ask,
  CONTROLS,
  type Control,
  type Message,
  type MessageFault,
  readMessage,
  valuesOf,
} from './message.ts';

/** A frame in words, for people and for `npx gongzhi dlt645`. */
export type Json = { readonly [name: string]: unknown };

export type WordFault =
  | MessageFault
  | { readonly code: 'not_hex' }
  | { readonly code: 'not_understood'; readonly what: string };

const functionName = (func: number): string =>
  Object.entries(FUNCTIONS).find(([, code]) => code === func)?.[0] ?? `0x${func.toString(16)}`;

function valueWords(value: Value): unknown {
  switch (value.is) {
    case 'number':
      return { value: writeScaled(value.value), unit: value.unit };
    case 'count':
      return value.count;
    case 'status':
      return { bits: value.bits.toString(2).padStart(16, '0') };
    case 'date':
      return { date: value.date, weekday: value.weekday };
    case 'time':
      return value.time;
    case 'address':
      return value.address;
    default:
      return value satisfies never;
  }
}

function dataWords(di: string, data: Uint8Array): Json {
  const name = identifierOf(di)?.name ?? null;
  const read = valuesOf(di, data);
  if (!read.ok) return { di, name, raw: toHex(data), unread: read.error };
  const status = read.value[0];
  return {
    di,
    name,
    values: read.value.map(valueWords),
    ...(di === '04000503' && status?.is === 'status' ? { status: readStatus3(status.bits) } : {}),
  };
}

function messageWords(message: Message): Json {
  switch (message.type) {
    case 'data':
      return { says: 'data', ...dataWords(message.di, message.data), hasMore: message.hasMore };
    case 'more_data':
      return {
        says: 'more_data',
        ...dataWords(message.di, message.data),
        sequence: message.sequence,
        hasMore: message.hasMore,
      };
    case 'read':
    case 'read_more':
      return {
        ...message,
        type: undefined,
        says: message.type,
        name: identifierOf(message.di)?.name ?? null,
      };
    case 'write':
      return { says: 'write', di: message.di, by: message.by, raw: toHex(message.data) };
    case 'done':
      return { says: 'done', function: functionName(message.func) };
    case 'failed':
      return { says: 'failed', function: functionName(message.func), errors: message.errors };
    case 'other':
      return { says: 'other', function: functionName(message.func) };
    default:
      return { ...message, type: undefined, says: message.type };
  }
}

/** One frame as hexadecimal digits. */
export function decodeWords(hex: string): Result<Json, WordFault> {
  const bytes = fromHex(hex);
  if (bytes === null) return err({ code: 'not_hex' });
  const frame = decodeFrame(bytes);
  if (!frame.ok) return frame;
  const message = readMessage(frame.value);
  if (!message.ok) return message;
  const { wakeUps, address, func, isReply, isError, hasMore, data } = frame.value;
  return ok({
    address,
    function: functionName(func),
    isReply,
    isError,
    hasMore,
    wakeUps,
    data: toHex(data),
    ...withoutUndefined(messageWords(message.value)),
  });
}

const withoutUndefined = (json: Json): Json =>
  Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));

/** What can be asked on the command line. */
export interface Asked {
  readonly address: string;
  readonly read?: string | undefined;
  readonly readMore?: { readonly di: string; readonly sequence: number } | undefined;
  readonly readAddress?: boolean | undefined;
  readonly control?: string | undefined;
  readonly time?: string | undefined;
  readonly level?: number | undefined;
  readonly password?: string | undefined;
  readonly operator?: string | undefined;
  readonly until?: string | undefined;
  readonly wakeUps?: number | undefined;
  /** A control code and data as they are, for what has no words here. */
  readonly raw?: { readonly func: string; readonly data: string; readonly isReply: boolean } | undefined;
}

export function encodeWords(asked: Asked): Result<Json, WordFault> {
  const frame = frameOf(asked);
  if (!frame.ok) return frame;
  const said: Frame = { ...frame.value, wakeUps: asked.wakeUps ?? 0 };
  const bytes = encodeFrame(said);
  if (!bytes.ok) return bytes;
  const hex = toHex(bytes.value);
  const words = decodeWords(hex);
  return words.ok ? ok({ hex, ...words.value }) : words;
}

function frameOf(asked: Asked): Result<Frame, WordFault> {
  const { address } = asked;
  if (asked.read !== undefined) return ofIdentifier(asked.read, (di) => ask(address, { type: 'read', di }));
  if (asked.readMore !== undefined) {
    const { sequence } = asked.readMore;
    return ofIdentifier(asked.readMore.di, (di) => ask(address, { type: 'read_more', di, sequence }));
  }
  if (asked.readAddress === true) return ask(address, { type: 'read_address' });
  if (asked.time !== undefined) return ask(address, { type: 'set_time', time: asked.time });
  if (asked.control !== undefined) {
    const control = asked.control.replace('-', '_');
    if (!(control in CONTROLS)) return err({ code: 'not_understood', what: 'control' });
    return ask(address, {
      type: 'control',
      control: control as Control,
      by: {
        level: asked.level ?? 2,
        password: asked.password ?? '000000',
        operator: asked.operator ?? '0',
      },
      until: asked.until ?? '',
    });
  }
  if (asked.raw !== undefined) {
    const func = FUNCTIONS[asked.raw.func as FunctionName] as number | undefined;
    const data = fromHex(asked.raw.data);
    if (func === undefined) return err({ code: 'not_understood', what: 'function' });
    if (data === null) return err({ code: 'not_hex' });
    return ok({
      wakeUps: 0,
      address,
      func,
      isReply: asked.raw.isReply,
      isError: false,
      hasMore: false,
      data,
    });
  }
  return err({ code: 'not_understood', what: 'nothing asked' });
}

function ofIdentifier(
  di: string,
  then: (di: string) => Result<Frame, MessageFault>,
): Result<Frame, WordFault> {
  return /^[0-9A-Fa-f]{8}$/.test(di)
    ? then(di.toUpperCase())
    : err({ code: 'not_understood', what: 'identifier' });
}
