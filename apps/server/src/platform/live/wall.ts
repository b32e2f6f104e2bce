import type { Actor } from '../db/actor.ts';
import type { DispatchedEvent } from '../events/reading.ts';

/**
 * The wall of row-level security once more, in memory, to spare the database most questions. It only narrows:
 * what passes is asked again as that actor before a word goes out.
 */
export function mayConcern(actor: Actor, { scopeId, wall }: DispatchedEvent): boolean {
  switch (actor.kind) {
    case 'resident':
      if (wall.isInternal || !actor.scopeIds.includes(scopeId)) return false;
      if (wall.isPublic) return true;
      return (
        (wall.householdId !== null && actor.households.some(({ id }) => id === wall.householdId)) ||
        (wall.reporterAccountId !== null && wall.reporterAccountId === actor.accountId)
      );
    case 'scope':
      return (
        actor.scopeIds.includes(scopeId) &&
        (actor.regionId === null || wall.companyId === null || wall.companyId === actor.regionId)
      );
    case 'company':
      return wall.companyId !== null && wall.companyId === actor.regionId;
    case 'street':
      return wall.streetId !== null && wall.streetId === actor.regionId;
    case 'city':
      return wall.cityId !== null && wall.cityId === actor.regionId;
    case 'signin':
    case 'public':
      return false;
  }
}
