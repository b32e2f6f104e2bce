import type { Point } from '@gongzhi/kernel';

/** What a wall draws of a region: its compounds, or what holds them where there are too many to be read. Pure. */

export const LEVELS = ['compound', 'community', 'street'] as const;
export type Level = (typeof LEVELS)[number];

interface Belongs {
  readonly scopeId: string;
  readonly kind: string;
  readonly communityId: string | null;
  readonly streetId: string | null;
}

export interface DrawnCompound extends Belongs {
  readonly point: Point | null;
}

export interface Waiting extends Belongs {
  readonly open: number;
  readonly unassigned: number;
  readonly late: number;
}

interface Counts {
  open: number;
  unassigned: number;
  late: number;
}

export interface Tile extends Readonly<Counts> {
  readonly scopeId: string;
  /** What holds it: beside one another where nobody said where they lie. */
  readonly groupId: string | null;
  readonly point: Point | null;
}

export interface Tiles {
  readonly level: Level;
  readonly tiles: readonly Tile[];
  /** Of how many; the worst are told where there are more. */
  readonly count: number;
  /** What stands at none of them: a street's own matters, or what belongs to no community. */
  readonly elsewhere: Readonly<Counts>;
}

const keyOf = (level: Level, { kind, scopeId, communityId, streetId }: Belongs): string | null =>
  kind === level ? scopeId : level === 'community' ? communityId : level === 'street' ? streetId : null;

const noCounts = (): Counts => ({ open: 0, unassigned: 0, late: 0 });
function add(sum: Counts, { open, unassigned, late }: Readonly<Counts>): void {
  sum.open += open;
  sum.unassigned += unassigned;
  sum.late += late;
}

/** In the order in which the compounds come; at most so many, the worst first where there are more streets than that. */
export function tilesOf(
  compounds: readonly DrawnCompound[],
  waiting: readonly Waiting[],
  most: number,
): Tiles {
  const at = (level: Level) => {
    const groups = Map.groupBy(compounds, (compound) => keyOf(level, compound) ?? '');
    groups.delete('');
    return groups;
  };
  // Who belongs to nothing there would not be drawn: a compound need not lie in a community.
  const all = LEVELS.filter((one) => compounds.every((compound) => keyOf(one, compound) !== null));
  const level = all.find((one) => at(one).size <= most) ?? all.at(-1) ?? 'compound';
  const groups = at(level);
  const counts = new Map([...groups.keys()].map((id) => [id, noCounts()]));
  const elsewhere = noCounts();
  for (const row of waiting) add(counts.get(keyOf(level, row) ?? '') ?? elsewhere, row);
  const tiles = [...groups].map(([scopeId, members]): Tile => {
    const [first] = members;
    return {
      scopeId,
      groupId:
        level === 'compound'
          ? (first?.communityId ?? null)
          : level === 'community'
            ? (first?.streetId ?? null)
            : null,
      point: middleOf(members.map(({ point }) => point)),
      ...(counts.get(scopeId) ?? noCounts()),
    };
  });
  if (tiles.length > most) tiles.sort((a, b) => b.late - a.late || b.open - a.open);
  return { level, tiles: tiles.slice(0, most), count: tiles.length, elsewhere };
}

/** The middle of the points there are; null where there is none. */
export function middleOf(points: readonly (Point | null)[]): Point | null {
  const known = points.filter((point) => point !== null);
  if (known.length === 0) return null;
  const mean = (of: (point: Point) => number) =>
    known.reduce((sum, point) => sum + of(point), 0) / known.length;
  return { latitude: mean(({ latitude }) => latitude), longitude: mean(({ longitude }) => longitude) };
}
