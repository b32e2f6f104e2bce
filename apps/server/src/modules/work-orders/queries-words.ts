import type { Executor } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { soughtIn } from './domain.ts';
import { officeOf } from './facts.ts';
import type { ScopeRef } from './reach.ts';

/** How far a pair of characters is counted: beyond, pairs count as equally common. */
const COUNTED = 1_000;
/** So many pairs besides the rarest are asked for before a text is looked at. */
const ALSO = 2;

/** The scopes in which one looks, as ids: postings lie by scope. */
export async function scopesOf(
  q: Executor,
  acting: Acting,
  scope: ScopeRef | null,
): Promise<readonly string[]> {
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

/** How the orders that hold all the words are found. */
export interface WordSearch {
  readonly scopes: readonly string[];
  /** The pair of characters in the fewest orders leads to them: `g` is its posting, `o` the order. */
  readonly rarest: number;
  /** Even that one is in so many orders that what narrows the list otherwise may narrow it more. */
  readonly isCommon: boolean;
  readonly where: readonly Statement[];
  /** What of it decides: the words in the text itself. */
  readonly texts: readonly Statement[];
}

/**
 * The rarest pair leads, newest order first, so that a page ends where it is full; the words are then looked for in the
 * text itself, so that neither a collision nor the order of pairs can deceive. Null: nothing can hold them.
 */
export async function searchOf(
  q: Executor,
  acting: Acting,
  scope: ScopeRef | null,
  text: string,
): Promise<WordSearch | null> {
  const sought = soughtIn(text);
  if (sought === null) return null;
  const scopes = await scopesOf(q, acting, scope);
  const counts = await q.query<{ gram: number; count: number }>(
    sql`select wanted.gram, (select count(*) from (select from work_orders.gram g
          where g.scope_id = any (${scopes}::uuid[]) and g.gram = wanted.gram limit ${COUNTED}) found) as count
      from unnest(${sought.grams}::integer[]) wanted (gram) order by 2, 1`,
  );
  const [rarest, ...others] = counts;
  if (rarest === undefined || rarest.count === 0) return null;
  const isCommon = rarest.count >= COUNTED;
  // Few orders are looked at one by one; many are asked for the other pairs first.
  const also = others.slice(0, isCommon ? ALSO : 0).map(
    ({ gram }) => sql`exists (select from work_orders.gram also
      where also.scope_id = o.scope_id and also.gram = ${gram} and also.work_order_id = o.work_order_id)`,
  );
  // Mostly a word stands there as it was typed; to fold a text costs ten times more than to look into it.
  const texts = sought.words.map(
    (word) => sql`(strpos(o.description, ${word}) > 0 or strpos(o.place_label, ${word}) > 0
        or strpos(lower(normalize(o.description || ' ' || o.place_label, nfkc)), ${word}) > 0)`,
  );
  // Whose door it is tells who complained (view.ts): whoever may not read the place may not find by it either.
  if (!officeOf(acting).includes('desk') && !officeOf(acting).includes('company'))
    texts.push(sql`not (o.is_confidential and o.place = 'home')`);
  return { scopes, rarest: rarest.gram, isCommon, texts, where: [...also, ...texts] };
}

/** The same as a condition on an order, where all are wanted and not a page. */
export const withWords = ({ scopes, rarest, where }: WordSearch): Statement[] => [
  sql`(o.scope_id, o.work_order_id) in (select g.scope_id, g.work_order_id from work_orders.gram g
    where g.scope_id = any (${scopes}::uuid[]) and g.gram = ${rarest})`,
  ...where,
];
