import { isUuid } from '@gongzhi/kernel';
import { decodeCursor } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { HouseholdPosition, NamePosition } from './queries.ts';

/** A cursor that no server of ours wrote is a wrong parameter, not a fault of the database. */
function cursorOf<Position>(
  cursor: string | undefined,
  length: number,
  read: (parts: (string | number | null)[]) => Position | null,
): Position | null {
  if (cursor === undefined) return null;
  const parts = decodeCursor(cursor, length);
  const position = parts === null ? null : read(parts);
  if (position === null) {
    throw new Problem('validation.failed', {}, [{ path: 'querystring/cursor', code: 'cursor', params: {} }]);
  }
  return position;
}

/** What a smallint column can be compared with. */
const isSmall = (part: unknown): part is number =>
  Number.isInteger(part) && Math.abs(part as number) <= 32_767;

export function nameCursor(cursor: string | undefined): NamePosition | null {
  return cursorOf(cursor, 2, ([name, id]) =>
    typeof name === 'string' && typeof id === 'string' && isUuid(id) ? { name, id } : null,
  );
}

export function householdCursor(cursor: string | undefined): HouseholdPosition | null {
  return cursorOf(cursor, 5, ([building, unit, floor, room, id]) =>
    isSmall(building) &&
    isSmall(unit) &&
    isSmall(floor) &&
    typeof room === 'string' &&
    typeof id === 'string' &&
    isUuid(id)
      ? { building, unit, floor, room, id }
      : null,
  );
}
