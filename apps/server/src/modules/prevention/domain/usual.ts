/**
 * What is usual, and how far something stands out from it: against places like it in the same weeks, and against its own
 * weeks before, with what grew all over the street and what came in the same weeks a year ago taken off. Pure.
 *
 * Of very many places some bring many reports by chance alone. So many as the budget says may be proposed a week in a whole
 * street for no other reason: it is shared out evenly over the street's compounds, the seven looks of a week and all that is
 * compared in one look (union bound, so it holds however the counts hang together). Only what was reported at all is
 * compared; its chance is therefore taken given that it was (the zero-truncated Poisson).
 */

/** The chance of so many or more, when as many are expected. */
export function chanceOf(count: number, expected: number): number {
  if (count <= 0) return 1;
  if (expected <= 0) return 0;
  if (count <= expected) {
    // No less than are expected: that is never far from even, and of very many it is not reckoned to the end.
    if (expected > 500) return 1;
    let term = Math.exp(-expected);
    let below = 0;
    for (let i = 0; i < count; i++) {
      below += term;
      term *= expected / (i + 1);
    }
    return Math.max(0, 1 - below);
  }
  // From the far end: one less the rest would lose all that is small. In logarithms, for e to the -800 is nought.
  let log = -expected;
  for (let i = 1; i <= count; i++) log += Math.log(expected / i);
  let term = Math.exp(log);
  let sum = 0;
  for (let i = count + 1; term > sum * 1e-15; i++) {
    sum += term;
    term *= expected / i;
  }
  return Math.min(1, sum);
}

/** The same, when it is known that there was at least one. */
export function chanceOfThose(count: number, expected: number): number {
  if (count <= 1) return 1;
  if (expected <= 0) return 0;
  return Math.min(1, chanceOf(count, expected) / -Math.expm1(-expected));
}

export interface Budget {
  /** So many proposals a week in a whole street may be chance. */
  readonly falseAlarms: number;
  readonly compounds: number;
}

/** Every night of the week everything is looked at again, against its like and against its past. */
const LOOKS = 7;
const TESTS = 2;

/** What one comparison may be by chance. */
export function shareOf({ falseAlarms, compounds }: Budget, subjects: number): number {
  return falseAlarms / (LOOKS * TESTS * Math.max(1, compounds) * Math.max(1, subjects));
}

/** Nothing to compare with: it is a repeat and no more. */
export const NOT_COMPARED = -9;

/** By how many powers of ten it is less likely than the budget allows; below nought it does not stand out. */
export function surpriseOf(chances: readonly (number | null)[], share: number): number {
  const compared = chances.filter((chance) => chance !== null);
  if (compared.length === 0) return NOT_COMPARED;
  const least = Math.max(Math.min(...compared), 1e-300);
  return Math.max(NOT_COMPARED, Math.round(1_000 * Math.log10(share / least)) / 1_000);
}

/** What the whole street brought in the same weeks, the compound's own included. */
export interface Street {
  readonly compounds: number;
  readonly homes: number;
  readonly ownHomes: number;
  readonly homesByBuilding: ReadonlyMap<string, number>;
  /** In the window, and of these in its last two weeks. */
  readonly categories: ReadonlyMap<string, { readonly count: number; readonly recent: number }>;
  /** Of the compound's facilities. */
  readonly kindOfFacility: ReadonlyMap<string, string>;
  readonly kinds: ReadonlyMap<string, { readonly facilities: number; readonly count: number }>;
}

/** One who is alone in the world: nothing can be said about what is usual. */
export const nowhere: Street = {
  compounds: 1,
  homes: 0,
  ownHomes: 0,
  homesByBuilding: new Map(),
  categories: new Map(),
  kindOfFacility: new Map(),
  kinds: new Map(),
};

interface About {
  readonly kind: 'facility' | 'building' | 'compound';
  readonly facilityId: string | null;
  readonly buildingId: string | null;
  readonly category: string | null;
}

const whatever = ({ kinds }: Street) =>
  [...kinds.values()].reduce((all, one) => ({
    facilities: all.facilities + one.facilities,
    count: all.count + one.count,
  }));

/** Half a report more than the others brought: none of them in eight weeks does not mean never. */
const SOME = 0.5;

/** How many would have come, had it been like the street's other places of its kind; null: it has no like. */
export function expectedAmongLike(street: Street, subject: About, own: number): number | null {
  if (subject.kind === 'facility') {
    const kind = street.kinds.get(street.kindOfFacility.get(subject.facilityId ?? '') ?? '');
    if (kind === undefined) return null;
    // The only one of its kind is held against whatever else there is to break.
    const isLone = kind.facilities < 2;
    const { facilities, count } = isLone ? whatever(street) : kind;
    if (facilities < 2) return null;
    const others = Math.max(0, count - own) + SOME;
    // One station for a thousand homes is used by a thousand: what its homes would bring, if that is more.
    const here = [...street.kindOfFacility.values()].filter((one) => street.kinds.get(one) === kind).length;
    const byHomes = isLone || street.homes === 0 ? 0 : (others * street.ownHomes) / (street.homes * here);
    return Math.max(others / (facilities - 1), byHomes);
  }
  const homes =
    subject.kind === 'compound'
      ? street.ownHomes
      : (street.homesByBuilding.get(subject.buildingId ?? '') ?? 0);
  const others = street.homes - homes;
  if (homes <= 0 || others <= 0) return null;
  const count = street.categories.get(subject.category ?? '')?.count ?? 0;
  return ((Math.max(0, count - own) + SOME) * homes) / others;
}

/** By how much the matter grew in the street besides this place, from the weeks before to the last two; never less than 1. */
export function trendOf(
  street: Street,
  category: string | null,
  own: { readonly count: number; readonly recent: number },
  weeks: number,
): number {
  if (category === null || weeks <= 2) return 1;
  const all = street.categories.get(category);
  if (all === undefined) return 1;
  const recent = Math.max(0, all.recent - own.recent);
  const before = Math.max(0, all.count - own.count - recent);
  // As much of the unknown on both sides: a street that says nothing grew by nothing.
  const fortnights = (weeks - 2) / 2;
  return Math.max(1, (recent + SOME) / (before / fortnights + SOME));
}
