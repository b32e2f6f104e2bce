import { addCounts, type Counts, noCounts } from './domain.ts';

/** By what a whole is told apart, and what is added up for each part. Pure. */

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
interface Living {
  readonly households: number;
  /** Hundredths of a square metre. */
  readonly area: number;
}

export interface Tally {
  readonly counts: Record<keyof Counts, number>;
  readonly standing: { open: number; unassigned: number; late: number };
  readonly size: { households: number; area: number };
}

export interface Counted<Key> {
  readonly reported: readonly (Key & Partial<Counts>)[];
  readonly standing: readonly (Key & Waiting)[];
  readonly sizes: readonly (Key & Living)[];
}

export function addWaiting(sum: Tally['standing'], { open, unassigned, openLate }: Waiting): void {
  sum.open += open;
  sum.unassigned += unassigned;
  sum.late += openLate;
}

/** All that was counted, added up by group; what is of none is left out. */
export function talliesBy<Key>(
  { reported, standing, sizes }: Counted<Key>,
  groupOf: (key: Key) => string | null,
): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  const tallyOf = (key: Key): Tally | undefined => {
    const group = groupOf(key);
    if (group === null) return undefined;
    const known = tallies.get(group);
    if (known !== undefined) return known;
    const tally = {
      counts: noCounts(),
      standing: { open: 0, unassigned: 0, late: 0 },
      size: { households: 0, area: 0 },
    };
    tallies.set(group, tally);
    return tally;
  };
  for (const row of reported) {
    const tally = tallyOf(row);
    if (tally !== undefined) addCounts(tally.counts, row);
  }
  for (const row of standing) {
    const tally = tallyOf(row);
    if (tally !== undefined) addWaiting(tally.standing, row);
  }
  for (const row of sizes) {
    const tally = tallyOf(row);
    if (tally === undefined) continue;
    tally.size.households += row.households;
    tally.size.area += row.area;
  }
  return tallies;
}
