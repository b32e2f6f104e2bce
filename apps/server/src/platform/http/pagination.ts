import Type from 'typebox';
import { Problem } from './problem.ts';

/** Cursor pagination: opaque to clients, a position (not a page number) to us, so that new rows shift nothing. */
export const pageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
};

export function pageOf<T extends Type.TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), nextCursor: Type.Union([Type.String(), Type.Null()]) });
}

export function encodeCursor(position: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Null for a cursor that no server of ours wrote. */
export function decodeCursor(cursor: string, length: number): (string | number | null)[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(value) || value.length !== length) return null;
    return value.every((part) => part === null || typeof part === 'string' || typeof part === 'number')
      ? value
      : null;
  } catch {
    return null;
  }
}

/**
 * Where a page begins, or null for the first one. `read` says whether the parts are what this list's cursors hold: what
 * no server of ours wrote is a wrong parameter and not a fault of the database.
 */
export function positionOf<Position>(
  cursor: string | undefined,
  length: number,
  read: (parts: readonly (string | number | null)[]) => Position | null,
): Position | null {
  if (cursor === undefined) return null;
  const parts = decodeCursor(cursor, length);
  const position = parts === null ? null : read(parts);
  if (position === null)
    throw new Problem('validation.failed', {}, [{ path: 'querystring/cursor', code: 'cursor', params: {} }]);
  return position;
}

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
