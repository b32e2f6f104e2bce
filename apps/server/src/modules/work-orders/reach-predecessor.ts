import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall as Place } from '../places/index.ts';
import type { Relation } from './domain.ts';
import type { Order } from './tables.ts';

/** Who worked for a company that no longer serves the place reads its own history and does nothing there any more. */
export function isPredecessor(acting: Acting, order: Order, place: Place | null): boolean {
  const { kind, regionId } = acting.actor;
  return (
    (kind === 'scope' || kind === 'company') &&
    regionId !== null &&
    order.wall.companyId === regionId &&
    place !== null &&
    place.companyId !== null &&
    place.companyId !== regionId
  );
}

/** To its own history a predecessor is an onlooker. */
export function relationsHere(
  who: readonly Relation[],
  acting: Acting,
  order: Order,
  place: Place | null,
): readonly Relation[] {
  return isPredecessor(acting, order, place) ? ['overseer'] : who;
}
