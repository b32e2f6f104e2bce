import { positionOf } from '../../platform/http/pagination.ts';
import type { HouseholdPosition, NamePosition } from './queries.ts';

/** Where the lists of places go on. */

export const nameCursor = (cursor: string | undefined): NamePosition | null =>
  positionOf(cursor, { name: 'text', id: 'id' });

export const householdCursor = (cursor: string | undefined): HouseholdPosition | null =>
  positionOf(cursor, { building: 'small', unit: 'small', floor: 'small', room: 'text', id: 'id' });
