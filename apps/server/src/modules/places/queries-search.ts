import { pinyin } from 'pinyin-pro';
import type { Actor } from '../../platform/db/actor.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, join, sql, type Statement } from '../../platform/db/sql.ts';
import type { Asked } from '../../platform/search/search.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { ScopeKind } from './domain.ts';
import {
  buildingPattern,
  foundBy,
  homePattern,
  type HomeWords,
  nameWords,
  readHome,
} from './domain-search.ts';
import { inReach } from './queries.ts';

/** A name that was given a moment ago is found by its characters at once, by its sound when the sweep has been there. */
const foundBySql = sql`case when s.found_by_name = s.name then s.found_by else lower(s.name) end`;
const isCalled = (words: readonly string[]): Statement =>
  join(
    words.map((word) => sql`strpos(${foundBySql}, ${word}) > 0`),
    ' and ',
  );

/** Among so many compounds of a like name one looks for a home or a building. */
const COMPOUNDS = 50;

export interface FoundScope {
  readonly scopeId: string;
  readonly kind: ScopeKind;
  readonly name: string;
  readonly within: string | null;
}

/** Places that are called so; what begins with it first, compounds before those who run them. */
export function scopesCalled(
  q: Executor,
  actor: Actor,
  words: readonly string[],
  limit: number,
): Promise<FoundScope[]> {
  const first = words[0] ?? '';
  return q.query(sql`
    select s.scope_id as "scopeId", s.kind, s.name, w.name as within
    from places.scope s left join places.scope w on w.scope_id = case when s.kind = 'compound' then coalesce(s.community_id, s.street_id)
      when s.kind = 'department' then s.company_id end
    where ${inReach(actor)} and s.kind <> 'organisation' and ${isCalled(words)}
    order by not starts_with(${foundBySql}, ${first}), s.kind <> 'compound', length(s.name), s.name, s.scope_id limit ${limit}`);
}

/** The compounds in reach, all or those called so, by name. */
function compoundsSql(actor: Actor, name: readonly string[]): Statement {
  return sql`select s.scope_id, s.name from places.scope s
    where ${inReach(actor)} and s.kind = 'compound' ${name.length === 0 ? empty : sql`and ${isCalled(name)}`}
    order by s.name, s.scope_id ${name.length === 0 ? empty : sql`limit ${COMPOUNDS}`}`;
}

export interface FoundBuilding {
  readonly scopeId: string;
  readonly scopeName: string;
  readonly id: string;
  readonly name: string;
}

/** Buildings, by their number in all one has, or by number or name in compounds called so. */
export function buildingsCalled(
  q: Executor,
  actor: Actor,
  asked: Asked,
  home: HomeWords | null,
): Promise<FoundBuilding[]> {
  const { limit } = asked;
  let name: readonly string[];
  let matching: Statement;
  if (home !== null) {
    const [number = '', ...rooms] = home.numbers;
    if (rooms.length > 1) return Promise.resolve([]);
    name = home.name;
    matching =
      name.length === 0
        ? sql`b.name >= ${number} and b.name < ${`${number}\u{10ffff}`} and b.name ~ ${buildingPattern(number)}`
        : sql`b.name ~* ${buildingPattern(number)}`;
  } else {
    const words = nameWords(asked.text.toLowerCase());
    const last = words.pop();
    if (last === undefined || words.length === 0) return Promise.resolve([]);
    name = words;
    matching = sql`strpos(lower(b.name), ${last}) > 0`;
  }
  return q.query(sql`
    with inside as materialized (${compoundsSql(actor, name)})
    select i.scope_id as "scopeId", i.name as "scopeName", b.building_id as id, b.name
    from inside i cross join lateral (
      select b.building_id, b.name, b.position from places.building b
      where b.scope_id = i.scope_id and ${matching} order by b.position, b.building_id limit ${limit}) b
    order by i.name, i.scope_id, b.position limit ${limit}`);
}

export interface FoundHome {
  readonly scopeId: string;
  readonly scopeName: string;
  readonly id: string;
  readonly label: string;
}

const homesOf = new WeakMap<Asked, Promise<FoundHome[]>>();

/**
 * Homes by what is said of them. The room leads, for it is in the index and most homes have another; building and unit
 * are then looked for in the label. Several ask for the same homes in one search, and they are looked for once.
 */
export function homesAsked(q: Executor, acting: Acting, asked: Asked): Promise<FoundHome[]> {
  const known = homesOf.get(asked);
  if (known !== undefined) return known;
  const found = findHomes(q, acting.actor, asked);
  homesOf.set(asked, found);
  return found;
}

function findHomes(q: Executor, actor: Actor, { text, limit }: Asked): Promise<FoundHome[]> {
  const home = readHome(text);
  if (home === null) return Promise.resolve([]);
  const { name, numbers } = home;
  const room = numbers.at(-1) ?? '';
  // One digit alone is a building, or half of all homes.
  if (numbers.length === 1 && room.length < 2) return Promise.resolve([]);
  return q.query(sql`
    with inside as materialized (${compoundsSql(actor, name)})
    select i.scope_id as "scopeId", i.name as "scopeName", h.household_id as id, h.label
    from inside i cross join lateral (
      select h.household_id, h.label, h.room_no from places.household h
      where h.scope_id = i.scope_id and h.room_no >= ${room} and h.room_no < ${`${room}\u{10ffff}`}
        and h.label ~* ${homePattern(numbers)}
      order by h.room_no, h.household_id limit ${limit}) h
    order by i.name, i.scope_id, h.room_no, h.household_id limit ${limit}`);
}

const compoundsOf = new WeakMap<Asked, Promise<readonly string[]>>();

/** The compounds whose rows are asked by scope: a department's own, or all that a company, street or city has. */
export function compoundsAsked(q: Executor, { actor }: Acting, asked: Asked): Promise<readonly string[]> {
  if (actor.kind === 'scope') return Promise.resolve(actor.scopeIds);
  const known = compoundsOf.get(asked);
  if (known !== undefined) return known;
  const found = q
    .query<{ id: string }>(
      sql`select s.scope_id as id from places.scope s where ${inReach(actor)} and s.kind = 'compound'`,
    )
    .then((rows) => rows.map(({ id }) => id));
  compoundsOf.set(asked, found);
  return found;
}

/** The worker: names that are not found by their sound yet, because they are new or were changed. */
export async function soundNames(tx: Tx, limit: number): Promise<number> {
  const rows = await tx.query<{ scopeId: string; name: string }>(
    sql`select s.scope_id as "scopeId", s.name from places.scope s
        where s.found_by_name is distinct from s.name order by s.scope_id limit ${limit} for no key update skip locked`,
  );
  if (rows.length === 0) return 0;
  const texts = rows.map(({ name }) =>
    foundBy(name, (plain) => pinyin(plain, { toneType: 'none', type: 'array' })),
  );
  tx.write(
    sql`update places.scope s set found_by = n.found_by, found_by_name = n.name
        from unnest(${rows.map(({ scopeId }) => scopeId)}::uuid[], ${rows.map(({ name }) => name)}::text[], ${texts}::text[]) n (scope_id, name, found_by)
        where s.scope_id = n.scope_id`,
  );
  return rows.length;
}
