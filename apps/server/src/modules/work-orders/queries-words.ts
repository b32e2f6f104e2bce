import type { Executor } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { soughtIn } from './domain.ts';
import { officeOf } from './facts.ts';
import type { ScopeRef } from './reach.ts';

/** A pair of characters in more orders than this narrows nothing down: then the newest are looked at one by one. */
const COMMON = 4_000;

/** The scopes in which one looks, as ids: postings lie by scope. */
async function scopesOf(q: Executor, acting: Acting, scope: ScopeRef | null): Promise<readonly string[]> {
  const { actor } = acting;
  const kind = scope?.kind ?? actor.kind;
  const id = scope?.scopeId ?? actor.regionId;
  const column = {
    city: sql`s.city_id`,
    district: sql`s.district_id`,
    street: sql`s.street_id`,
    community: sql`s.community_id`,
    company: sql`s.company_id`,
    department: sql`s.department_id`,
  }[kind as string];
  if (column === undefined) return scope === null ? actor.scopeIds : [scope.scopeId];
  const rows = await q.query<{ id: string }>(
    sql`select s.scope_id as id from places.scope s where ${column} = ${id}`,
  );
  return rows.map((row) => row.id);
}

/**
 * The conditions on an order that holds all these words. Its rarest pair of characters leads to it; the words are
 * then looked for in the text itself, so that neither a collision nor the order of pairs can deceive.
 */
export async function withWords(
  q: Executor,
  acting: Acting,
  scope: ScopeRef | null,
  text: string,
): Promise<Statement[]> {
  const sought = soughtIn(text);
  if (sought === null) return [sql`false`];
  const scopes = await scopesOf(q, acting, scope);
  const counts = await q.query<{ gram: number; count: number }>(
    sql`select wanted.gram, (select count(*) from (select from work_orders.gram g
          where g.scope_id = any (${scopes}::uuid[]) and g.gram = wanted.gram limit ${COMMON}) found) as count
      from unnest(${sought.grams}::integer[]) wanted (gram)`,
  );
  const rarest = counts.reduce((least, one) => (one.count < least.count ? one : least));
  const where = sought.words.map(
    (word) => sql`strpos(lower(normalize(o.description || ' ' || o.place_label, nfkc)), ${word}) > 0`,
  );
  if (rarest.count < COMMON)
    where.unshift(
      sql`o.work_order_id = any (array(select g.work_order_id from work_orders.gram g
        where g.scope_id = any (${scopes}::uuid[]) and g.gram = ${rarest.gram}))`,
    );
  // Whose door it is tells who complained (view.ts): whoever may not read the place may not find by it either.
  if (!officeOf(acting).includes('desk') && !officeOf(acting).includes('company'))
    where.push(sql`not (o.is_confidential and o.place = 'home')`);
  return where;
}
