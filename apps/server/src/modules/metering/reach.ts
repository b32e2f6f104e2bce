import type { Actor } from '../../platform/db/actor.ts';
import { raw, sql, type Statement } from '../../platform/db/sql.ts';

/** The scope columns a list names (architecture, rule 8); `t` is the table's letter in the statement. */
export function withinReach(actor: Actor, t: 'm' | 'r' | 'g' | 'f' | 'c'): Statement {
  const table = raw(t);
  switch (actor.kind) {
    case 'company':
      return sql`${table}.company_id = ${actor.regionId}`;
    case 'street':
      return sql`${table}.street_id = ${actor.regionId}`;
    case 'city':
      return sql`${table}.city_id = ${actor.regionId}`;
    default:
      return sql`${table}.scope_id = any (${actor.scopeIds}::uuid[])`;
  }
}

export const withinScope = (scopeId: string, t: 'm' | 'r' | 'g' | 'f' | 'c'): Statement =>
  sql`${raw(t)}.scope_id = ${scopeId}`;
