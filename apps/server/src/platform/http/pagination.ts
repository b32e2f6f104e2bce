import { isLocalDate, isUuid } from '@gongzhi/kernel';
import Type from 'typebox';
import { Problem } from './problem.ts';

/** Cursor pagination: opaque to clients, a position (not a page number) to us, so that new rows shift nothing. */
export const pageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 1_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
};

export function pageOf<T extends Type.TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), nextCursor: Type.Union([Type.String(), Type.Null()]) });
}

export function encodeCursor(position: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

const isWhole = (part: unknown, most: number): part is number =>
  Number.isInteger(part) && Math.abs(part as number) <= most;

/** What a part of a position may be: that PostgreSQL takes for the column it is compared with. */
const readers = {
  id: (part: unknown): part is string => typeof part === 'string' && isUuid(part),
  text: (part: unknown): part is string => typeof part === 'string' && !part.includes('\0'),
  day: (part: unknown): part is string => typeof part === 'string' && isLocalDate(part),
  /** As toISOString writes it, with four digits for the year. */
  instant: (part: unknown): part is string =>
    typeof part === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(part) && !Number.isNaN(Date.parse(part)),
  /** From 1970 until the year 9999. */
  milliseconds: (part: unknown): part is number => isWhole(part, 253_402_300_799_999) && part >= 0,
  'milliseconds?': (part: unknown): part is number | null => part === null || readers.milliseconds(part),
  small: (part: unknown): part is number => isWhole(part, 0x7fff),
  integer: (part: unknown): part is number => isWhole(part, 0x7fff_ffff),
  bigint: (part: unknown): part is number => isWhole(part, Number.MAX_SAFE_INTEGER),
  number: (part: unknown): part is number => typeof part === 'number' && Number.isFinite(part),
};

type Readers = typeof readers;
type PartKind = keyof Readers;
type PartOf<Kind extends PartKind> = Readers[Kind] extends (part: unknown) => part is infer Value
  ? Value
  : never;

/** As many parts as a list's positions have; else it is another list's, or nobody's. */
function partsOf(cursor: string, length: number): unknown[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) && value.length === length ? value : null;
  } catch {
    return null;
  }
}

/**
 * Where a page begins, or null for the first one; the shape says what this list's positions hold, in the order in which
 * they are written. What no server of ours wrote is a wrong parameter and not a fault of the database.
 */
export function positionOf<const Shape extends readonly PartKind[] | Readonly<Record<string, PartKind>>>(
  cursor: string | undefined,
  shape: Shape,
): { readonly [Name in keyof Shape]: Shape[Name] extends PartKind ? PartOf<Shape[Name]> : never } | null {
  if (cursor === undefined) return null;
  const kinds = Object.values<PartKind>(shape as Readonly<Record<string, PartKind>>);
  const parts = partsOf(cursor, kinds.length);
  if (parts === null || !kinds.every((kind, i) => readers[kind](parts[i]))) throw wrongCursor();
  const position = Array.isArray(shape)
    ? parts
    : Object.fromEntries(Object.keys(shape).map((name, i) => [name, parts[i]]));
  return position as never;
}

/** Of a list whose order is that of its ids. */
export const idPosition = (cursor: string | undefined): string | null =>
  positionOf(cursor, ['id'])?.[0] ?? null;

/** Of a list in order of time. */
export function momentPosition(cursor: string | undefined): { at: Date; id: string } | null {
  const position = positionOf(cursor, { at: 'milliseconds', id: 'id' });
  return position && { at: new Date(position.at), id: position.id };
}

export const wrongCursor = (): Problem =>
  new Problem('validation.failed', {}, [{ path: 'querystring/cursor', code: 'cursor', params: {} }]);

/** The query asks for one row more than the page; its presence means that there is a next page. */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  position: (row: Row) => readonly (string | number | null)[],
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(position(last)) : null,
  };
}
