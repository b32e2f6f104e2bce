import type { Actor } from '../../platform/db/actor.ts';

/** Gates act within the compounds they stand in, whoever serves them. */
export function actorOfGates(scopeIds: readonly string[]): Actor {
  return { kind: 'scope', accountId: null, membershipId: null, scopeIds, regionId: null, households: [] };
}
