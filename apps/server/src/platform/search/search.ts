import type { Executor } from '../db/database.ts';
import type { House } from '../house.ts';
import type { Permission } from '../permissions/permissions.ts';
import type { Acting } from '../sessions/sessions.ts';

/** What can be found, in the order in which it is shown: a home is only found by what can be nothing else. */
export const SEARCH_KINDS = [
  'homes',
  'orders',
  'cases',
  'people',
  'places',
  'vehicles',
  'meters',
  'bills',
  'payments',
  'categories',
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** What somebody has typed so far. */
export interface Asked {
  /** Plain forms of full-width characters, without spaces around. */
  readonly text: string;
  /** Small letters, cut at everything that is no letter or figure; mostly one has two characters. */
  readonly words: readonly string[];
  /** One more than is shown, so that it can be said that there are more. */
  readonly limit: number;
  readonly now: Date;
}

export interface Hit {
  readonly id: string;
  readonly scopeId: string;
  /** By what it was looked for: a number, a home, a name as far as it may be shown. */
  readonly title: string;
  readonly words: string | null;
  readonly place: string | null;
  /** A state, kind or status in the words of the object's own page. */
  readonly state: string | null;
  readonly householdId: string | null;
}

/**
 * What a module offers to be found (Module.searchers). It runs in a read transaction of whoever looks, behind
 * row-level security, and shows no more than the module's own list would; whoever lacks the permission never gets there.
 */
export interface Searcher {
  readonly kind: SearchKind;
  readonly permission: Permission;
  find(house: House, q: Executor, acting: Acting, asked: Asked): Promise<readonly Hit[]>;
}
