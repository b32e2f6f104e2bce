/** How many are inside, of what the gates have counted and what was found by hand. */

export const COUNTED = ['people', 'vehicles'] as const;
export type Counted = (typeof COUNTED)[number];

export interface Tallied {
  /** What was found less what the gates had counted by then; null: nobody has counted by hand. */
  readonly base: number | null;
  /** In less out since there is a gate, and of the local day. */
  readonly total: number;
  readonly today: number;
}

/**
 * People who were never counted by hand are counted from the day's beginning, when most are out; cars stand there over
 * night, so that nothing is known of them before somebody has gone and looked. May be below zero: then the gates have
 * missed some who came in, and a count by hand is due.
 */
export function insideOf(what: Counted, { base, total, today }: Tallied): number | null {
  if (base !== null) return base + total;
  return what === 'people' ? today : null;
}

/** Nobody can be fewer than none. */
export const shownInside = (inside: number): number => Math.max(0, inside);

/** However wrong the gates were, there are no more than there are. */
export const freeOf = (spaces: number, inside: number): number => Math.max(0, spaces - shownInside(inside));

/**
 * A count by hand: from now on the gates count on from it. The drift is how far off they were since the last one; of the
 * first there is none, for most of whom it finds were inside before anybody counted.
 */
export function recounted(
  tallied: Tallied,
  found: number,
): { readonly base: number; readonly found: number; readonly drift: number | null } {
  const { base, total } = tallied;
  return { base: found - total, found, drift: base === null ? null : found - (base + total) };
}
