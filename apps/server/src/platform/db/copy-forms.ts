import pg from 'pg';
import type { Bytes } from './copy-bytes.ts';

/**
 * How values become the binary form of PostgreSQL's types, each behind its length (src/backend/utils/adt, *_recv). A
 * column takes what is of its type and nothing else: what does not fit is refused here, before anything is sent wrong.
 */
export type Form = (bytes: Bytes, value: NonNullable<unknown>) => void;

const { builtins } = pg.types;
/** PostgreSQL counts from 2000. */
const epoch = Date.UTC(2000, 0, 1);
const day = 86_400_000;

const refused = (value: unknown, wanted: string): TypeError =>
  new TypeError(
    `${typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : typeof value} is not ${wanted}`,
  );

const simple = new Map<number, () => Form>([
  [builtins.UUID, uuidForm],
  [builtins.TEXT, () => textForm],
  [builtins.VARCHAR, () => textForm],
  [builtins.BPCHAR, () => textForm],
  [builtins.BOOL, () => boolForm],
  [builtins.INT2, () => integerForm(2, 32_767)],
  [builtins.INT4, () => integerForm(4, 2_147_483_647)],
  [builtins.INT8, () => bigForm],
  [builtins.FLOAT4, () => floatForm(4)],
  [builtins.FLOAT8, () => floatForm(8)],
  [builtins.NUMERIC, () => numericForm],
  [builtins.DATE, dateForm],
  [builtins.TIMESTAMPTZ, () => instantForm],
  [builtins.JSON, () => jsonForm(-1)],
  [builtins.JSONB, () => jsonForm(1)],
  [builtins.BYTEA, () => bytesForm],
]);

/** Of an array, what it is made of: pg_type.typelem. */
const elements = new Map<number, number>([
  [2951, builtins.UUID],
  [1009, builtins.TEXT],
  [1000, builtins.BOOL],
  [1005, builtins.INT2],
  [1007, builtins.INT4],
  [1016, builtins.INT8],
  [1022, builtins.FLOAT8],
  [1182, builtins.DATE],
  [1185, builtins.TIMESTAMPTZ],
]);

/** The form of one column; some keep what they wrote last, so each column has its own. */
export function formOf(type: number | undefined, column: string): Form {
  if (type === undefined) throw new TypeError(`${column} is not there`);
  const make = simple.get(type);
  if (make !== undefined) return make();
  const element = elements.get(type);
  if (element !== undefined) return arrayForm(element, simple.get(element)!());
  throw new TypeError(`${column} is of a type without a form here (oid ${type})`);
}

const nibbles = new Int8Array(128).fill(-1);
for (let i = 0; i < 16; i++) {
  nibbles[i.toString(16).charCodeAt(0)] = i;
  nibbles[i.toString(16).toUpperCase().charCodeAt(0)] = i;
}

/** Neighbouring rows mostly say the same city, street and company: read once. */
function uuidForm(): Form {
  let last = '';
  let [a, b, c, d] = [0, 0, 0, 0];
  return (bytes, value) => {
    if (value !== last) {
      if (typeof value !== 'string' || !isDashed(value)) throw refused(value, 'a uuid');
      a = (quad(value, 0) << 16) | quad(value, 4);
      b = (quad(value, 9) << 16) | quad(value, 14);
      c = (quad(value, 19) << 16) | quad(value, 24);
      d = (quad(value, 28) << 16) | quad(value, 32);
      last = value;
    }
    bytes.words(a, b, c, d);
  };
}

const dash = 45;
const isDashed = (text: string): boolean =>
  text.length === 36 &&
  text.charCodeAt(8) === dash &&
  text.charCodeAt(13) === dash &&
  text.charCodeAt(18) === dash &&
  text.charCodeAt(23) === dash;

function quad(text: string, at: number): number {
  const value =
    (nibble(text.charCodeAt(at)) << 12) |
    (nibble(text.charCodeAt(at + 1)) << 8) |
    (nibble(text.charCodeAt(at + 2)) << 4) |
    nibble(text.charCodeAt(at + 3));
  if (value < 0) throw refused(text, 'a uuid');
  return value;
}

const nibble = (code: number): number => (code < 128 ? nibbles[code]! : -1);

function textForm(bytes: Bytes, value: unknown): void {
  if (typeof value === 'string') bytes.text(value);
  else if (typeof value === 'number' || typeof value === 'bigint') bytes.text(String(value));
  else throw refused(value, 'a text');
}

function boolForm(bytes: Bytes, value: unknown): void {
  if (typeof value !== 'boolean') throw refused(value, 'true or false');
  bytes.int32(1);
  bytes.int8(value ? 1 : 0);
}

function integerForm(size: 2 | 4, most: number): Form {
  return (bytes, value) => {
    const number = typeof value === 'number' ? value : Number(bigOf(value));
    if (!Number.isInteger(number) || number > most || number < -most - 1)
      throw refused(value, `a whole number of ${size} bytes`);
    bytes.int32(size);
    if (size === 2) bytes.int16(number);
    else bytes.int32(number);
  };
}

function bigForm(bytes: Bytes, value: unknown): void {
  bytes.int32(8);
  if (Number.isSafeInteger(value)) return bytes.int64(value as number);
  const number = bigOf(value);
  if (BigInt.asIntN(64, number) !== number) throw refused(value, 'a whole number of 8 bytes');
  bytes.bigint64(number);
}

function bigOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value !== 'string' || !/^-?\d+$/.test(value)) throw refused(value, 'a whole number');
  return BigInt(value);
}

function floatForm(size: 4 | 8): Form {
  return (bytes, value) => {
    if (typeof value !== 'number') throw refused(value, 'a number');
    bytes.int32(size);
    if (size === 4) bytes.float32(value);
    else bytes.float64(value);
  };
}

const decimal = /^(-?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/;

/** Four decimal digits to a word, the first of them worth 10000 ** weight. */
function numericForm(bytes: Bytes, value: unknown): void {
  const kind = typeof value;
  if (kind !== 'number' && kind !== 'bigint' && kind !== 'string') throw refused(value, 'a decimal number');
  const match = decimal.exec(String(value));
  const [, sign, before = '', after = '', power = '0'] = match ?? [];
  if (match === null || before + after === '') throw refused(value, 'a decimal number');
  const shift = Number(power);
  const cut = Math.max(0, before.length + Math.min(0, shift));
  const whole = before.slice(0, cut) + after.slice(0, Math.max(0, shift)).padEnd(shift, '0');
  const fraction = before.slice(cut).padStart(-shift, '0') + after.slice(Math.max(0, shift));
  const left = whole.padStart(Math.ceil(whole.length / 4) * 4, '0');
  const right = fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0');
  const words = (left + right).match(/\d{4}/g)?.map(Number) ?? [];
  let weight = left.length / 4 - 1;
  while (words[0] === 0) {
    words.shift();
    weight--;
  }
  while (words.at(-1) === 0) words.pop();
  bytes.int32(8 + words.length * 2);
  bytes.int16(words.length);
  bytes.int16(words.length === 0 ? 0 : weight);
  bytes.int16(sign === '-' && words.length > 0 ? 0x4000 : 0);
  bytes.int16(fraction.length);
  for (const word of words) bytes.int16(word);
}

const most = { infinity: 1, '-infinity': -1 } as const;
const infinityOf = (value: unknown): 1 | -1 | undefined =>
  typeof value === 'string' ? most[value as keyof typeof most] : undefined;

function dateForm(): Form {
  let last = '';
  let days = 0;
  return (bytes, value) => {
    bytes.int32(4);
    const infinity = infinityOf(value);
    if (infinity !== undefined) return bytes.int32(infinity > 0 ? 2_147_483_647 : -2_147_483_648);
    if (value !== last) {
      if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value))
        throw refused(value, 'a date, YYYY-MM-DD');
      const at = Date.parse(`${value}T00:00:00Z`);
      // A 30th of February is a day of March to Date.
      if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== value)
        throw refused(value, 'a day of the calendar');
      days = (at - epoch) / day;
      last = value;
    }
    bytes.int32(days);
  };
}

const instant = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
/** Up to here microseconds are safe integers: some 285 years around 2000. */
const nearMs = Math.floor(Number.MAX_SAFE_INTEGER / 1000);

function instantForm(bytes: Bytes, value: unknown): void {
  bytes.int32(8);
  const isDate = value instanceof Date;
  const infinity = isDate ? undefined : infinityOf(value);
  if (infinity !== undefined)
    return bytes.bigint64(infinity > 0 ? 9_223_372_036_854_775_807n : -9_223_372_036_854_775_808n);
  const isText = typeof value === 'string' && instant.test(value);
  const at = isDate ? value.getTime() : isText ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw refused(value, 'an instant, a Date or a text with a zone');
  const since = at - epoch;
  if (since <= nearMs && since >= -nearMs) bytes.int64(since * 1000);
  else bytes.bigint64(BigInt(since) * 1000n);
}

/** A text is JSON already. */
function jsonForm(version: -1 | 1): Form {
  return (bytes, value) => bytes.text(typeof value === 'string' ? value : JSON.stringify(value), version);
}

function bytesForm(bytes: Bytes, value: unknown): void {
  if (!(value instanceof Uint8Array)) throw refused(value, 'bytes');
  bytes.int32(value.length);
  bytes.raw(value);
}

/** A list, or the literal of one whose words need no quotes, as statements carry it. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string' || !/^\{[^"\\{}\s]*\}$/.test(value)) throw refused(value, 'a list');
  const words = value.slice(1, -1);
  return words === '' ? [] : words.split(',').map((word) => (/^null$/i.test(word) ? null : word));
}

function arrayForm(type: number, form: Form): Form {
  return (bytes, value) => {
    const list = listOf(value);
    if (list.length === 0) {
      bytes.int32(12);
      bytes.int32(0);
      bytes.int32(0);
      return bytes.int32(type);
    }
    bytes.measured(() => {
      bytes.int32(1);
      bytes.int32(list.some((one) => one === null) ? 1 : 0);
      bytes.int32(type);
      bytes.int32(list.length);
      bytes.int32(1);
      for (const one of list)
        if (one === null || one === undefined) bytes.int32(-1);
        else form(bytes, one);
    });
  };
}
