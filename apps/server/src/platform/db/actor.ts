import { type Instant, uuidTime } from '@gongzhi/kernel';
import { sql, type Statement } from './sql.ts';

/**
 * Who acts in a transaction. Row-level security reads it (docs/architecture.md, rule 8): the wall is drawn by
 * scope, company, street or city for staff, and by household or publicness for residents.
 */
export type ActorKind = 'public' | 'signin' | 'resident' | 'scope' | 'company' | 'street' | 'city';

/** A household somebody belongs to, and since when: what happened there before is its former people's. */
export interface Home {
  readonly id: string;
  readonly since: Instant;
}

export interface Actor {
  readonly kind: ActorKind;
  /** Null only while somebody signs in. */
  readonly accountId: string | null;
  readonly membershipId: string | null;
  /** Compounds of a resident; department and compounds of staff; community and compounds of a committee. */
  readonly scopeIds: readonly string[];
  /**
   * Scope id of the company, street or city when `kind` says so. For a department's people (kind 'scope') the company
   * they work for: what another company wrote in the same compound, before or after them, is not theirs.
   */
  readonly regionId: string | null;
  readonly households: readonly Home[];
}

/** Nobody yet: sees the sign-in tables by exact key and nothing else. */
export const signingIn: Actor = {
  kind: 'signin',
  accountId: null,
  membershipId: null,
  scopeIds: [],
  regionId: null,
  households: [],
};

/** Nobody at all, who asks for what is told to everybody: sees what is published and nothing else. */
export const publicReader: Actor = { ...signingIn, kind: 'public' };

const narrowed = new WeakMap<Actor, Map<string, Actor>>();

/**
 * The same actor for a matter of one scope: the transaction states no more than it needs, and the wall has one id to
 * look up per row and not all that a department serves. Without effect on who does not have that scope anyway.
 */
export function within(actor: Actor, scopeId: string): Actor {
  if (actor.scopeIds.length < 2 || !actor.scopeIds.includes(scopeId)) return actor;
  let known = narrowed.get(actor);
  if (known === undefined) narrowed.set(actor, (known = new Map()));
  let own = known.get(scopeId);
  if (own === undefined) known.set(scopeId, (own = { ...actor, scopeIds: [scopeId] }));
  return own;
}

const arrayLiterals = new WeakMap<readonly string[], string>();

/** `{a,b}`, the form that casts to uuid[]; kept per array because an actor lives as long as a session's cache. */
export function uuidArrayLiteral(ids: readonly string[]): string {
  let literal = arrayLiterals.get(ids);
  if (literal === undefined) {
    literal = `{${ids.join(',')}}`;
    arrayLiterals.set(ids, literal);
  }
  return literal;
}

/** The beginning of the first id of that time, as text: ids are version 7, so that later ones sort behind it. */
function timeOfId(instant: Instant): string {
  const time = Math.max(0, Math.floor(instant)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}`;
}

/** The least id that something of that time or later can have. */
export function firstIdOf(instant: Instant): string {
  return `${timeOfId(instant)}-0000-0000-000000000000`;
}

const homeLiterals = new WeakMap<readonly Home[], string>();

/** `{id:time,…}` as platform.matter_reach reads it. */
function homesLiteral(homes: readonly Home[]): string {
  let literal = homeLiterals.get(homes);
  if (literal === undefined) {
    literal = `{${homes.map(({ id, since }) => `${id}:${timeOfId(since)}`).join(',')}}`;
    homeLiterals.set(homes, literal);
  }
  return literal;
}

/** As platform.matter_reach: a matter of a home of one's own, begun since one lives there. Its id tells when. */
export function isOfOwnHome(actor: Actor, householdId: string | null, matterId: string): boolean {
  if (householdId === null) return false;
  const home = actor.households.find(({ id }) => id === householdId);
  return home !== undefined && (uuidTime(matterId) ?? Number.NEGATIVE_INFINITY) >= home.since;
}

/** From so many scopes on a transaction states them in sixteen lists too; below, that costs more than it saves. */
const MANY_SCOPES = 5;

const scopeLists = new WeakMap<readonly string[], string>();

/** The same ids by their last hexadecimal digit, as platform.states_scope looks them up. */
function scopeListsLiteral(ids: readonly string[]): string {
  let literal = scopeLists.get(ids);
  if (literal === undefined) {
    const lists = Array.from({ length: 16 }, (_, digit) =>
      ids.filter((id) => Number.parseInt(id.at(-1) ?? '', 16) === digit).join(' '),
    );
    literal = `{${lists.map((list) => `"${list}"`).join(',')}}`;
    scopeLists.set(ids, literal);
  }
  return literal;
}

/** Sets who acts, for the transaction it runs in; once more when a transaction learns who somebody is. */
export function statementOfActor(actor: Actor): Statement {
  if (actor.scopeIds.length >= MANY_SCOPES)
    return sql`select platform.act(${actor.kind}, ${actor.accountId ?? ''}, ${actor.membershipId ?? ''}, ${uuidArrayLiteral(actor.scopeIds)}, ${actor.regionId ?? ''}, ${homesLiteral(actor.households)}, ${scopeListsLiteral(actor.scopeIds)})`;
  return sql`select platform.act(${actor.kind}, ${actor.accountId ?? ''}, ${actor.membershipId ?? ''}, ${uuidArrayLiteral(actor.scopeIds)}, ${actor.regionId ?? ''}, ${homesLiteral(actor.households)})`;
}
