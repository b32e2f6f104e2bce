import { reaches, type GridSize, type Wall } from '../places/index.ts';
import type { GridRow, PlaceRow } from '../work-orders/index.ts';
import { figuresOf, noCounts, rankedBy, sumOf } from './domain.ts';
import { type PlacedBy, type Tally, talliesBy } from './domain-groups.ts';
import type { GridAnswer, GroupAnswer, OverviewAnswer } from './schemas.ts';
import { type Facts, periodFilter, sizeView, standingOf } from './view.ts';

/** The parts of a whole beside each other, the worst first. */

/** So many of a kind are told; whoever wants another one narrows down or sorts. */
export const MOST_GROUPS = 300;

/** Whose a row is. */
interface Key {
  readonly scopeId: string;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

function groupOf({ walls }: Facts, by: PlacedBy): (key: Key) => string | null {
  // Of what is gone nothing is told by name.
  const known = (id: string | null | undefined) => (typeof id === 'string' && walls.has(id) ? id : null);
  switch (by) {
    case 'street':
      return ({ streetId }) => known(streetId);
    case 'company':
      return ({ companyId }) => known(companyId);
    case 'department':
      return ({ scopeId }) => known(walls.get(scopeId)?.departmentId);
    case 'community':
      return ({ scopeId }) => known(walls.get(scopeId)?.communityId);
    case 'place':
      return ({ scopeId }) => known(scopeId);
  }
}

/** Homes are counted by place alone: whose they are is who serves the place now. */
const countedOf = ({ places, standing, sizes, walls }: Facts) => ({
  reported: places,
  standing,
  sizes: sizes.map((size) => {
    const wall = walls.get(size.scopeId);
    return { ...size, streetId: wall?.streetId ?? null, companyId: wall?.companyId ?? null };
  }),
});

/** How many parts of each kind there are: of all kinds in one go, for each looks at every place. */
export function countsView({ places, standing, sizes, walls }: Facts): Readonly<Record<PlacedBy, number>> {
  const [seen, streets, companies] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const [departments, communities] = [new Set<string>(), new Set<string>()];
  const add = (to: Set<string>, id: string | null) => {
    if (id !== null) to.add(id);
  };
  for (const rows of [places, standing])
    for (const { scopeId, streetId, companyId } of rows) {
      seen.add(scopeId);
      add(streets, streetId);
      add(companies, companyId);
    }
  for (const { scopeId } of sizes) {
    seen.add(scopeId);
    const wall = walls.get(scopeId);
    add(streets, wall?.streetId ?? null);
    add(companies, wall?.companyId ?? null);
  }
  for (const scopeId of seen) {
    const wall = walls.get(scopeId);
    add(departments, wall?.departmentId ?? null);
    add(communities, wall?.communityId ?? null);
  }
  const known = (ids: ReadonlySet<string>): number => {
    let count = 0;
    for (const id of ids) if (walls.has(id)) count += 1;
    return count;
  };
  return {
    street: known(streets),
    company: known(companies),
    department: known(departments),
    community: known(communities),
    place: known(seen),
  };
}

interface Group {
  readonly wall: Wall;
  readonly tally: Tally;
  readonly figures: ReturnType<typeof figuresOf>;
}
type Ranking = Partial<Record<PlacedBy, readonly Group[]>>;

/** The first of each kind that is told. */
export function ranksOf(facts: Facts, told: readonly PlacedBy[], most: number): Ranking {
  const counted = countedOf(facts);
  return Object.fromEntries(
    told.map((by) => {
      const tallies = talliesBy(counted, groupOf(facts, by));
      // One group is no comparison, unless it is the place itself: what it says stands on top already.
      return [by, by === 'place' || tallies.size > 1 ? rankedGroups(facts, tallies, most) : []];
    }),
  );
}

/** The same with all that is told of a place, where it was ranked by a part of it. */
export function withRows(
  { place: places = [], ...ranking }: Ranking,
  rows: readonly PlaceRow[],
  basically: number,
): Ranking {
  const tallies = talliesBy({ reported: rows, standing: [], sizes: [] }, ({ scopeId }: Key) => scopeId);
  const figures = (id: string) => figuresOf(tallies.get(id)?.counts ?? noCounts(), basically);
  return { ...ranking, place: places.map((group) => ({ ...group, figures: figures(group.wall.scopeId) })) };
}

export function groupsView(
  facts: Facts,
  ranking: Ranking,
): Pick<OverviewAnswer, 'streets' | 'companies' | 'departments' | 'communities' | 'places'> {
  const list = (by: PlacedBy) => (ranking[by] ?? []).map(groupView(facts));
  return {
    streets: list('street'),
    companies: list('company'),
    departments: list('department'),
    communities: list('community'),
    places: list('place'),
  };
}

function rankedGroups(facts: Facts, tallies: ReadonlyMap<string, Tally>, most: number): Group[] {
  const groups = [...tallies].flatMap(([id, tally]) => {
    const wall = facts.walls.get(id);
    if (wall === undefined) return [];
    const { name, scopeId } = wall;
    const figures = figuresOf(tally.counts, facts.basically);
    return { wall, tally, name, scopeId, figures, lateNow: tally.standing.late, size: tally.size };
  });
  return rankedBy(groups, facts.sort, facts.per, byNameAndId, most);
}

/** Made once: to make it for each comparison took most of the time of four thousand places. */
const byName = new Intl.Collator('zh');

interface Named {
  readonly name: string;
  readonly scopeId: string;
}
const byNameAndId = (a: Named, b: Named): number =>
  byName.compare(a.name, b.name) || (a.scopeId < b.scopeId ? -1 : 1);

const groupView =
  (facts: Facts) =>
  ({ wall, tally, figures }: Group): GroupAnswer => {
    const { scopeId, name, kind } = wall;
    const isWithin = reaches(facts.actor, wall);
    return {
      scopeId,
      name,
      kind,
      ...sizeView(tally.size, figures.total),
      now: figures,
      standing: tally.standing,
      filter: isWithin ? periodFilter({ ...facts, narrowed: scopeId }) : null,
      standingFilter: isWithin ? { scopeId } : null,
      community: communityOf(wall, facts.walls),
    };
  };

/** What is told by grid; each row is of one. */
interface GridFacts {
  readonly sizes: readonly GridSize[];
  readonly counted: readonly GridRow[];
  readonly standing: readonly GridRow[];
}

export function gridsView(facts: Facts, { sizes, counted, standing }: GridFacts): GridAnswer[] {
  const { walls, basically, actor } = facts;
  const byGrid = (rows: readonly GridRow[]) => new Map(rows.map((row) => [row.gridId, row]));
  const [reported, waiting] = [byGrid(counted), byGrid(standing)];
  const isOfSeveral = new Set(sizes.map(({ scopeId }) => scopeId)).size > 1;
  const grids = sizes.flatMap((size) => {
    const { scopeId, gridId } = size;
    const wall = walls.get(scopeId);
    if (wall === undefined) return [];
    const [row, open] = [reported.get(gridId), waiting.get(gridId)];
    const stands = standingOf(open === undefined ? [] : [open]);
    const figures = figuresOf(sumOf(row === undefined ? [] : [row]), basically);
    const name = isOfSeveral ? `${wall.name} ${size.name}` : size.name;
    return { wall, scopeId, gridId, name, stands, figures, lateNow: stands.late, size };
  });
  return rankedBy(grids, facts.sort, facts.per, byNameAndId, MOST_GROUPS).map(
    ({ wall, scopeId, gridId, name, stands, figures, size }) => {
      const isWithin = reaches(actor, wall);
      return {
        scopeId,
        gridId,
        name,
        kind: 'grid',
        ...sizeView(size, figures.total),
        now: figures,
        standing: stands,
        filter: isWithin ? periodFilter({ ...facts, narrowed: scopeId }, { grid: gridId }) : null,
        standingFilter: isWithin ? { scopeId, grid: gridId } : null,
        community: communityOf(wall, walls),
      };
    },
  );
}

function communityOf(
  { communityId, scopeId }: Wall,
  walls: Facts['walls'],
): { scopeId: string; name: string } | null {
  const community = communityId === null ? undefined : walls.get(communityId);
  return community === undefined || community.scopeId === scopeId
    ? null
    : { scopeId: community.scopeId, name: community.name };
}
