import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement, withIsoDates } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { soughtIn } from './domain.ts';
import { officeOf } from './facts.ts';
import type { ScopeRef } from './reach.ts';

/** How far a pair of characters is counted: beyond, pairs count as equally common. */
const COUNTED = 1_000;
/** Of thousands of places so many are asked how common a pair is; one that is in all of them is as rare in these. */
const SAMPLED = 300;
/** What was estimated to be fewer than those and is less than this is read as found. */
const FEW = 2 * COUNTED;
/** So many pairs besides the rarest are asked for before a text is looked at. */
const ALSO = 2;

/** The scopes in which one looks, as rows of one column: postings lie by scope. */
function scopesSql({ actor }: Acting, scope: ScopeRef | null): Statement {
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
  if (column === undefined)
    return sql`select unnest(${scope === null ? actor.scopeIds : [scope.scopeId]}::uuid[]) as scope_id`;
  return sql`select s.scope_id from places.scope s where ${column} = ${id}`;
}

/** The same as ids. */
export async function scopesOf(
  q: Executor,
  acting: Acting,
  scope: ScopeRef | null,
): Promise<readonly string[]> {
  const rows = await q.query<{ id: string }>(
    sql`select i.scope_id as id from (${scopesSql(acting, scope)}) i`,
  );
  return rows.map((row) => row.id);
}

/** How the orders that hold all the words are found. */
export interface WordSearch {
  /** As rows of one column, and how many they are. */
  readonly scopes: Statement;
  readonly scopeCount: number;
  /** The pair of characters in the fewest orders leads to them: `g` is its posting, `o` the order. */
  readonly rarest: number;
  /** Even that one is in so many orders that what narrows the list otherwise may narrow it more. */
  readonly isCommon: boolean;
  /** Pairs that are asked for too, of `g`: what leads to many orders is narrowed down before those are read. */
  readonly also: readonly Statement[];
  /** What decides: the words in the text itself. */
  readonly texts: readonly Statement[];
}

/**
 * The rarest pair leads, newest order first, so that a page ends where it is full; the words are then looked for in the
 * text itself, so that neither a collision nor the order of pairs can deceive, nor which pair leads. Null: nothing can hold them.
 */
export async function searchOf(
  q: Executor,
  acting: Acting,
  scope: ScopeRef | null,
  text: string,
): Promise<WordSearch | null> {
  const sought = soughtIn(text);
  if (sought === null) return null;
  const scopes = scopesSql(acting, scope);
  // Sentences have twenty pairs: each counted in every place of a city took longer than all that follows.
  const counts = await q.query<{ gram: number; count: number; asked: number; scopes: number }>(
    sql`with inside as materialized (
        select array_agg(i.scope_id) as ids, count(*)::integer as scopes from (${scopes}) i),
      sample as materialized (
        select e.ids, i.scopes, cardinality(e.ids) as asked, ceil(${COUNTED}::float8 * cardinality(e.ids) / nullif(i.scopes, 0))::bigint as enough
        from inside i cross join lateral (
          select array(select i.ids[nth] from generate_series(1, i.scopes, greatest(i.scopes / ${SAMPLED}, 1)) nth) as ids) e)
      select wanted.gram, sample.asked, sample.scopes, (select count(*) from (select from work_orders.gram g
          where g.scope_id = any (sample.ids) and g.gram = wanted.gram limit sample.enough) found) as count
      from sample cross join unnest(${sought.grams}::integer[]) wanted (gram) order by 4, 1`,
  );
  const [rarest, ...others] = counts;
  if (rarest === undefined || (rarest.count === 0 && rarest.asked === rarest.scopes)) return null;
  const isCommon = rarest.count * rarest.scopes >= COUNTED * rarest.asked;
  // Few orders are looked at one by one; many are asked for the other pairs first.
  const also = others.slice(0, isCommon ? ALSO : 0).map(
    ({ gram }) => sql`exists (select from work_orders.gram also
      where also.scope_id = g.scope_id and also.gram = ${gram} and also.work_order_id = g.work_order_id)`,
  );
  // Mostly a word stands there as it was typed; to fold a text costs ten times more than to look into it.
  const texts = sought.words.map(
    (word) => sql`(strpos(o.description, ${word}) > 0 or strpos(o.place_label, ${word}) > 0
        or strpos(lower(normalize(o.description || ' ' || o.place_label, nfkc)), ${word}) > 0)`,
  );
  // Whose door it is tells who complained (view.ts): whoever may not read the place may not find by it either.
  if (!officeOf(acting).includes('desk') && !officeOf(acting).includes('company'))
    texts.push(sql`not (o.is_confidential and o.place = 'home')`);
  return { scopes, scopeCount: rarest.scopes, rarest: rarest.gram, isCommon, texts, also };
}

/** Postings of the pair that leads, in all the scopes: `g`. */
const postingsSql = ({ scopes, rarest, also }: WordSearch): Statement =>
  sql`select g.scope_id, g.work_order_id from work_orders.gram g
    where g.scope_id = any (array(${scopes})) and ${join([sql`g.gram = ${rarest}`, ...also], ' and ')}`;

/** The same as a condition on an order, where all are wanted and not a page. */
export const withWords = (search: WordSearch): Statement[] => [
  sql`(o.scope_id, o.work_order_id) in (${postingsSql(search)})`,
  ...search.texts,
];

/** What few orders hold is read as it is found, once through all the places; null where there were more of them than that. */
export async function fewWithWords<Row extends object>(
  q: Executor,
  search: WordSearch,
  {
    shown,
    where,
    order,
  }: { readonly shown: Statement; readonly where: Statement; readonly order: Statement },
  most: number,
): Promise<Row[] | null> {
  const rows = await q.query<Row & { readonly posted: number; readonly work_order_id: string | null }>(
    withIsoDates(
      sql`with posted as materialized (${postingsSql(search)} limit ${raw(String(FEW))})
        select p.*, o.* from (select count(*)::integer as posted from posted) p left join lateral (
          select ${shown} from posted g cross join lateral (select o.* from work_orders.work_order o
            where o.scope_id = g.scope_id and o.work_order_id = g.work_order_id offset 0) o
          where ${where} and ${join(search.texts, ' and ')} order by ${order} limit ${most}) o on true order by ${order}`,
    ),
  );
  if ((rows[0]?.posted ?? 0) >= FEW) return null;
  return rows
    .filter((row) => row.work_order_id !== null)
    .map(({ posted: _, ...row }) => row as unknown as Row);
}
