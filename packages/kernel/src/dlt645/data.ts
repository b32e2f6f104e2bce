import { err, ok, type Result } from '../result.ts';
import { isLocalDate } from '../time.ts';

/** What is behind a data identifier: DI3 first as people write it, `00010000`. */
export type Field =
  /** Decimal digits; with `isSigned` the highest bit of the highest byte is the sign. */
  | {
      readonly is: 'number';
      readonly bytes: number;
      readonly decimals: number;
      readonly isSigned: boolean;
      readonly unit: string;
    }
  | { readonly is: 'status' }
  | { readonly is: 'date' }
  | { readonly is: 'time' }
  | { readonly is: 'address' }
  | { readonly is: 'count'; readonly bytes: number };

export interface Identifier {
  readonly name: string;
  readonly field: Field;
}

const energy: Field = { is: 'number', bytes: 4, decimals: 2, isSigned: false, unit: 'kWh' };
const signedEnergy: Field = { ...energy, isSigned: true };
const yuan: Field = { is: 'number', bytes: 4, decimals: 2, isSigned: false, unit: 'yuan' };
const number = (bytes: number, decimals: number, unit: string, isSigned = false): Field => ({
  is: 'number',
  bytes,
  decimals,
  isSigned,
  unit,
});

const known: Readonly<Record<string, Identifier>> = {
  '00000000': { name: 'combined_energy', field: signedEnergy },
  '00010000': { name: 'forward_energy', field: energy },
  '00020000': { name: 'reverse_energy', field: energy },
  '00900100': { name: 'remaining_energy', field: energy },
  '00900101': { name: 'overdrawn_energy', field: energy },
  '00900200': { name: 'remaining_money', field: yuan },
  '00900201': { name: 'overdrawn_money', field: yuan },
  '02010100': { name: 'voltage_a', field: number(2, 1, 'V') },
  '02010200': { name: 'voltage_b', field: number(2, 1, 'V') },
  '02010300': { name: 'voltage_c', field: number(2, 1, 'V') },
  '02020100': { name: 'current_a', field: number(3, 3, 'A', true) },
  '02030000': { name: 'power', field: number(3, 4, 'kW', true) },
  '02060000': { name: 'power_factor', field: number(2, 3, '', true) },
  '02800002': { name: 'frequency', field: number(2, 2, 'Hz') },
  '03330201': { name: 'purchases', field: { is: 'count', bytes: 2 } },
  '03330301': { name: 'last_purchase', field: yuan },
  '04000101': { name: 'date', field: { is: 'date' } },
  '04000102': { name: 'time', field: { is: 'time' } },
  '04000401': { name: 'address', field: { is: 'address' } },
  '04000501': { name: 'status_1', field: { is: 'status' } },
  '04000502': { name: 'status_2', field: { is: 'status' } },
  '04000503': { name: 'status_3', field: { is: 'status' } },
  '04000504': { name: 'status_4', field: { is: 'status' } },
  '04000505': { name: 'status_5', field: { is: 'status' } },
  '04000506': { name: 'status_6', field: { is: 'status' } },
  '04000507': { name: 'status_7', field: { is: 'status' } },
  '04001001': { name: 'alarm_1', field: yuan },
  '04001002': { name: 'alarm_2', field: yuan },
  '04001003': { name: 'overdraft', field: yuan },
  '04001004': { name: 'hoarding', field: yuan },
  '04001005': { name: 'close_permit', field: yuan },
};

/** Total energy of the last twelve settlement days, and each with its tariffs, follow one pattern. */
export function identifierOf(di: string): Identifier | null {
  const own = known[di];
  if (own !== undefined) return own;
  const settled = /^000[012](0[0-4]|FF)(0\d|0[ABC])$/.exec(di);
  if (settled === null) return null;
  const kind = di[3] === '0' ? 'combined' : di[3] === '1' ? 'forward' : 'reverse';
  const tariff = settled[1] === 'FF' ? 'all' : settled[1] === '00' ? 'total' : `tariff_${Number(settled[1])}`;
  return {
    name: `${kind}_energy_${tariff}_${Number.parseInt(settled[2] ?? '0', 16)}`,
    field: kind === 'combined' ? signedEnergy : energy,
  };
}

/** A decimal number that was never a float: 31776 with 2 decimals is 317.76. */
export interface Scaled {
  readonly digits: number;
  readonly decimals: number;
}

export function writeScaled({ digits, decimals }: Scaled): string {
  const sign = digits < 0 ? '-' : '';
  const text = String(Math.abs(digits)).padStart(decimals + 1, '0');
  return decimals === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

export type DataFault =
  | { readonly code: 'not_decimal'; readonly found: string }
  | { readonly code: 'wrong_size'; readonly expected: number; readonly found: number }
  | { readonly code: 'out_of_range' }
  | { readonly code: 'no_such_day' }
  | { readonly code: 'unknown_identifier'; readonly found: string };

/** Low byte first. */
export function readBcd(bytes: Uint8Array, isSigned: boolean): Result<number, DataFault> {
  let digits = 0;
  let sign = 1;
  for (let i = bytes.length - 1; i >= 0; i -= 1) {
    let byte = bytes[i]!;
    if (isSigned && i === bytes.length - 1 && (byte & 0x80) !== 0) {
      sign = -1;
      byte &= 0x7f;
    }
    const [high, low] = [byte >> 4, byte & 0x0f];
    if (high > 9 || low > 9)
      return err({ code: 'not_decimal', found: bytes[i]!.toString(16).padStart(2, '0') });
    digits = digits * 100 + high * 10 + low;
  }
  // Nothing is owed twice: there is no minus nought.
  if (sign === -1 && digits === 0) return err({ code: 'not_decimal', found: '-0' });
  return ok(sign * digits);
}

export function writeBcd(digits: number, bytes: number, isSigned: boolean): Result<Uint8Array, DataFault> {
  const most = 10 ** (bytes * 2) - 1;
  const mostSigned = 8 * 10 ** (bytes * 2 - 1) - 1;
  if (!Number.isSafeInteger(digits) || Math.abs(digits) > (isSigned ? mostSigned : most))
    return err({ code: 'out_of_range' });
  if (digits < 0 && !isSigned) return err({ code: 'out_of_range' });
  const text = String(Math.abs(digits)).padStart(bytes * 2, '0');
  const written = Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).reverse();
  if (digits < 0) written[bytes - 1]! |= 0x80;
  return ok(written);
}

export function sizeOf(field: Field): number {
  switch (field.is) {
    case 'number':
    case 'count':
      return field.bytes;
    case 'status':
      return 2;
    case 'date':
      return 4;
    case 'time':
      return 3;
    case 'address':
      return 6;
    default:
      return field satisfies never;
  }
}

export type Value =
  | { readonly is: 'number'; readonly value: Scaled; readonly unit: string }
  | { readonly is: 'count'; readonly count: number }
  | { readonly is: 'status'; readonly bits: number }
  /** yyyy-mm-dd with the day of the week as the meter counts it, 0 for Sunday. */
  | { readonly is: 'date'; readonly date: string; readonly weekday: number }
  | { readonly is: 'time'; readonly time: string }
  | { readonly is: 'address'; readonly address: string };

const two = (n: number) => String(n).padStart(2, '0');

export function readValue(field: Field, bytes: Uint8Array): Result<Value, DataFault> {
  const expected = sizeOf(field);
  if (bytes.length !== expected) return err({ code: 'wrong_size', expected, found: bytes.length });
  if (field.is === 'status') return ok({ is: 'status', bits: bytes[0]! | (bytes[1]! << 8) });
  if (field.is === 'number') {
    const digits = readBcd(bytes, field.isSigned);
    if (!digits.ok) return digits;
    return ok({
      is: 'number',
      value: { digits: digits.value, decimals: field.decimals },
      unit: field.unit,
    });
  }
  const parts: number[] = [];
  for (const byte of bytes) {
    const read = readBcd(Uint8Array.of(byte), false);
    if (!read.ok) return read;
    parts.push(read.value);
  }
  if (field.is === 'count')
    return ok({ is: 'count', count: parts.reduceRight((sum, n) => sum * 100 + n, 0) });
  if (field.is === 'address') return ok({ is: 'address', address: parts.toReversed().map(two).join('') });
  if (field.is === 'time') {
    const [second = 99, minute = 99, hour = 99] = parts;
    if (second > 59 || minute > 59 || hour > 23) return err({ code: 'no_such_day' });
    return ok({ is: 'time', time: `${two(hour)}:${two(minute)}:${two(second)}` });
  }
  const [weekday = 9, day = 0, month = 0, year = 0] = parts;
  if (weekday > 6 || !isDay(2000 + year, month, day)) return err({ code: 'no_such_day' });
  return ok({ is: 'date', date: `20${two(year)}-${two(month)}-${two(day)}`, weekday });
}

export function writeValue(field: Field, value: Value): Result<Uint8Array, DataFault> {
  if (field.is === 'number' && value.is === 'number')
    return value.value.decimals === field.decimals
      ? writeBcd(value.value.digits, field.bytes, field.isSigned)
      : err({ code: 'out_of_range' });
  if (field.is === 'count' && value.is === 'count') return writeBcd(value.count, field.bytes, false);
  if (field.is === 'status' && value.is === 'status')
    return ok(Uint8Array.of(value.bits & 0xff, (value.bits >> 8) & 0xff));
  if (field.is === 'address' && value.is === 'address') return writeBcd(Number(value.address), 6, false);
  if (field.is === 'time' && value.is === 'time')
    return ok(Uint8Array.from(value.time.split(':').reverse(), (part) => Number.parseInt(part, 16)));
  if (field.is === 'date' && value.is === 'date') {
    const [year = '', month = '', day = ''] = value.date.slice(2).split('-');
    return ok(Uint8Array.from([two(value.weekday), day, month, year], (part) => Number.parseInt(part, 16)));
  }
  return err({ code: 'out_of_range' });
}

export const isDay = (year: number, month: number, day: number): boolean =>
  isLocalDate(`${year}-${two(month)}-${two(day)}`);

/** `00010000` → the four bytes as they travel. */
export function writeDi(di: string): Uint8Array {
  return Uint8Array.from(di.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).reverse();
}

export function readDi(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).toUpperCase().padStart(2, '0'))
    .reverse()
    .join('');
}

/** Status word 3 (04000503). */
export interface Status3 {
  /** 0 main, 1 auxiliary, 2 battery. */
  readonly supply: number;
  readonly mayProgram: boolean;
  readonly isOpen: boolean;
  readonly isToldOpen: boolean;
  readonly isWarned: boolean;
  /** 0 not prepaid, 1 by energy, 2 by money. */
  readonly prepaid: number;
  readonly isProtected: boolean;
}
export function readStatus3(bits: number): Status3 {
  const bit = (n: number) => ((bits >> n) & 1) === 1;
  return {
    supply: (bits >> 1) & 3,
    mayProgram: bit(3),
    isOpen: bit(4),
    isToldOpen: bit(6),
    isWarned: bit(7),
    prepaid: (bits >> 8) & 3,
    isProtected: bit(12),
  };
}
