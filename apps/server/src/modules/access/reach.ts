import type { Actor } from '../../platform/db/actor.ts';
import { raw, sql, type Statement } from '../../platform/db/sql.ts';

/** The scope columns a list names (architecture, rule 8); `t` is the table's letter in the statement. */
type Letter = 'g' | 'm' | 'd' | 'p' | 'f';

export function withinReach(actor: Actor, t: Letter): Statement {
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

export function withinScope(
  scope: { readonly scopeId: string; readonly kind: string },
  t: Letter,
): Statement {
  const table = raw(t);
  switch (scope.kind) {
    case 'city':
      return sql`${table}.city_id = ${scope.scopeId}`;
    case 'street':
      return sql`${table}.street_id = ${scope.scopeId}`;
    case 'company':
      return sql`${table}.company_id = ${scope.scopeId}`;
    case 'department':
      return sql`${table}.scope_id in (select s.scope_id from places.scope s where s.department_id = ${scope.scopeId})`;
    case 'community':
      return sql`${table}.scope_id in (select s.scope_id from places.scope s where s.community_id = ${scope.scopeId})`;
    default:
      return sql`${table}.scope_id = ${scope.scopeId}`;
  }
}
