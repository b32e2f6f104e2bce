import type { Actor } from '../../platform/db/actor.ts';
import { raw, sql, type Statement } from '../../platform/db/sql.ts';

/** A scope as far as narrowing a list needs it. */
export interface ScopeRef {
  readonly scopeId: string;
  readonly kind: string;
}

/** What a statement calls the table whose scope columns are named. */
type Letter = 'a' | 'c' | 'd' | 'f' | 'g' | 'l' | 'm' | 'o' | 'p' | 'r' | 's';

/**
 * The scope columns a query names (architecture, rule 8), so that an index is used and, on a distributed database, one node is
 * asked. The policy of the table stays the wall behind it.
 */
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
      return actor.scopeIds.length === 1
        ? sql`${table}.scope_id = ${actor.scopeIds[0]}`
        : sql`${table}.scope_id = any (${actor.scopeIds}::uuid[])`;
  }
}

/** Narrows to one scope of whatever level. */
export function withinScope(scope: ScopeRef, t: Letter): Statement {
  const table = raw(t);
  const compounds = (column: 'district_id' | 'community_id' | 'department_id'): Statement =>
    sql`${table}.scope_id in (select s.scope_id from places.scope s where s.${raw(column)} = ${scope.scopeId})`;
  switch (scope.kind) {
    case 'city':
      return sql`${table}.city_id = ${scope.scopeId}`;
    case 'street':
      return sql`${table}.street_id = ${scope.scopeId}`;
    case 'company':
      return sql`${table}.company_id = ${scope.scopeId}`;
    case 'district':
      return compounds('district_id');
    case 'community':
      return compounds('community_id');
    case 'department':
      return compounds('department_id');
    default:
      return sql`${table}.scope_id = ${scope.scopeId}`;
  }
}
