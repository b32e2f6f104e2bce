/** By what a whole is told apart. Pure. */

/** As one looks further and further down; matters cut across all of them. */
export const GROUPINGS = [
  'street',
  'company',
  'department',
  'community',
  'place',
  'grid',
  'category',
] as const;
export type By = (typeof GROUPINGS)[number];
/** Those whose parts are places, or what holds places. */
export const PLACED = ['street', 'company', 'department', 'community', 'place'] as const;
export type PlacedBy = (typeof PLACED)[number];

/** How many parts there are; null of grids where too much is looked at to count by them. */
export type PartCounts = Readonly<Record<PlacedBy, number>> & { readonly grid: number | null };

/** One part is no comparison; but beside the only grid lies what is in none. */
const least = (by: By): number => (by === 'grid' ? 1 : 2);

/** By what this whole can be told apart: matters always. */
export const possibleBy = (counts: PartCounts): By[] =>
  GROUPINGS.filter((by) => by === 'category' || (counts[by] ?? 0) >= least(by));

/** What was asked for where the whole can be told apart by it; else its places, else the grids of the one place. */
export function chosenBy(counts: PartCounts, asked: By): By {
  const possible = possibleBy(counts);
  return [asked, 'place' as const, 'grid' as const].find((by) => possible.includes(by)) ?? 'category';
}

/** What stands in the queues. */
export interface Waiting {
  readonly open: number;
  readonly unassigned: number;
  readonly openLate: number;
}

interface PartOfGrid {
  readonly scopeId: string;
  readonly gridId: string;
  readonly buildingId: string | null;
  readonly households: number;
}
interface OfGrid {
  readonly scopeId: string;
  readonly gridId: string | null;
  readonly buildingId: string | null;
}

/** A matter of a building is the grid's that most of its homes belong to; of as many in two, the one with the lesser id. */
export function gridsOfBuildings(parts: readonly PartOfGrid[]): (of: OfGrid) => string | null {
  const keyOf = ({ scopeId, buildingId }: Pick<OfGrid, 'scopeId' | 'buildingId'>) =>
    `${scopeId}/${buildingId}`;
  const most = new Map<string, PartOfGrid>();
  for (const part of parts) {
    const known = most.get(keyOf(part));
    const isMore =
      known === undefined ||
      part.households > known.households ||
      (part.households === known.households && part.gridId < known.gridId);
    if (part.buildingId !== null && isMore) most.set(keyOf(part), part);
  }
  return (of) => of.gridId ?? (of.buildingId === null ? null : (most.get(keyOf(of))?.gridId ?? null));
}
