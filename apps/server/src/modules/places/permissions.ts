import type { Actor } from '../../platform/db/actor.ts';
import type { Wall } from './domain.ts';

/** The database's wall once more, so that a list of another's scope is "not found" and not an empty list. */
export function reaches(actor: Actor, wall: Wall): boolean {
  switch (actor.kind) {
    case 'resident':
      return actor.scopeIds.includes(wall.scopeId);
    case 'scope':
      // A compound that another company serves now is out of reach, though its old orders are not.
      return (
        actor.scopeIds.includes(wall.scopeId) &&
        (actor.regionId === null || wall.companyId === null || wall.companyId === actor.regionId)
      );
    case 'company':
      return wall.scopeId === actor.regionId || wall.companyId === actor.regionId;
    case 'street':
      return wall.scopeId === actor.regionId || wall.streetId === actor.regionId;
    case 'city':
      return wall.scopeId === actor.regionId || wall.cityId === actor.regionId;
    case 'signin':
    case 'public':
      return false;
  }
}
