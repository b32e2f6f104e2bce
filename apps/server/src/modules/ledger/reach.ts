import { raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';

/** Rows of all places this person's wall reaches, as a filter on the columns of the wall. */
export function withinReach({ actor }: Pick<Acting, 'actor'>, alias: 'b' | 'p'): Statement {
  const at = raw(alias);
  switch (actor.kind) {
    case 'city':
      return sql`${at}.city_id = ${actor.regionId}::uuid`;
    case 'street':
      return sql`${at}.street_id = ${actor.regionId}::uuid`;
    case 'company':
      return sql`${at}.company_id = ${actor.regionId}::uuid`;
    default:
      return sql`${at}.scope_id = any (${actor.scopeIds}::uuid[])`;
  }
}
