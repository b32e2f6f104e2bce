import type { Actor } from '../../platform/db/actor.ts';
import { raw, sql, type Statement } from '../../platform/db/sql.ts';

/** As hotline.case_reach has it, of whom it was given to. Null: whoever reads all of a city, or nothing. */
function givenTo({ kind, regionId, scopeIds }: Actor, letter: ReturnType<typeof raw>): Statement | null {
  switch (kind) {
    case 'street':
      return sql`${letter}.street_id = ${regionId}::uuid`;
    case 'company':
      return sql`${letter}.company_id = ${regionId}::uuid`;
    case 'scope':
      return regionId === null
        ? sql`${letter}.community_id = any (${scopeIds}::uuid[])`
        : sql`${letter}.company_id = ${regionId}::uuid and ${letter}.compound_id = any (${scopeIds}::uuid[])`;
    default:
      return null;
  }
}

/**
 * What one reads, in pieces that share no row and of which each has an index that tells them: what was given to oneself, and
 * what somebody was called in to, which is little. The wall (hotline.case_reach) stands behind both: its own words name no
 * column that an index could be asked by, and with 90,000 cases a desk read them all to find its fifty.
 */
export function reachesOf(actor: Actor, table: 'b' | 'c'): readonly Statement[] {
  const letter = raw(table);
  const own = givenTo(actor, letter);
  if (own === null) return [sql`true`];
  return [own, sql`${letter}.joint_ids <> '{}' and (${own}) is not true`];
}
