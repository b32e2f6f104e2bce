import { reaches, type GridPart, type Wall } from '../places/index.ts';
import type { GridRow, PeriodMeasure, PlaceRow, StandingMeasure } from '../work-orders/index.ts';
import { figuresOf, rankedBy, sumOf } from './domain.ts';
import { gridsOfBuildings, type PlacedBy } from './domain-groups.ts';
import type { PartRow, Parts } from './queries.ts';
import type { GridAnswer, GroupAnswer, OverviewAnswer } from './schemas.ts';
import { type Facts, periodFilter, sizeView, standingOf } from './view.ts';

/** The parts of a whole beside each other, the worst first. */

/** So many of a kind are told; whoever wants another one narrows down or sorts. */
export const MOST_GROUPS = 300;

interface Group {
  readonly wall: Wall;
  readonly row: PartRow;
  readonly figures: ReturnType<typeof figuresOf>;
}
type Ranking = Partial<Record<PlacedBy, readonly Group[]>>;

/** The first of each kind that is told. */
export const ranksOf = (
  facts: Facts,
  parts: Parts['first'],
  told: readonly PlacedBy[],
  most: number,
): Ranking => Object.fromEntries(told.map((by) => [by, rankedGroups(facts, parts[by] ?? [], most)]));

/** The same with all that is told of a place, where it was ranked by a part of it. */
export function withRows(
  { place: places = [], ...ranking }: Ranking,
  rows: readonly PlaceRow[],
  basically: number,
): Ranking {
  const ofPlace = Map.groupBy(rows, ({ scopeId }) => scopeId);
  const figures = (id: string) => figuresOf(sumOf(ofPlace.get(id) ?? []), basically);
  return { ...ranking, place: places.map((group) => ({ ...group, figures: figures(group.wall.scopeId) })) };
}

/** `above`: of the places, those in which others lie. */
export function groupsView(
  facts: Facts,
  ranking: Ranking,
  above: ReadonlySet<string>,
): Pick<OverviewAnswer, 'streets' | 'companies' | 'departments' | 'communities' | 'places'> {
  const list = (by: PlacedBy) => (ranking[by] ?? []).map(groupView(facts));
  const places = ranking.place ?? [];
  return {
    streets: list('street'),
    companies: list('company'),
    departments: list('department'),
    communities: list('community'),
    places: places
      .map(groupView(facts))
      // A street or a city that has orders of its own is a place like others; to open it would open theirs too.
      .map((group) => (above.has(group.scopeId) ? { ...group, filter: null, standingFilter: null } : group)),
  };
}

function rankedGroups(facts: Facts, rows: readonly PartRow[], most: number): Group[] {
  const groups = rows.flatMap((row) => {
    const wall = facts.walls.get(row.scopeId);
    if (wall === undefined) return [];
    const { name, scopeId } = wall;
    return {
      wall,
      row,
      name,
      scopeId,
      figures: figuresOf(row, facts.basically),
      lateNow: row.openLate,
      size: row,
    };
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
  ({ wall, row, figures }: Group): GroupAnswer => {
    const { scopeId, name, kind } = wall;
    const isWithin = reaches(facts.actor, wall);
    return {
      scopeId,
      name,
      kind,
      ...sizeView(row, figures.total),
      now: figures,
      standing: standingOf([row]),
      filter: isWithin ? periodFilter({ ...facts, narrowed: scopeId }) : null,
      standingFilter: isWithin ? { scopeId } : null,
      community: communityOf(wall, facts.walls),
    };
  };

/** What is told by grid. */
interface GridFacts {
  readonly parts: readonly GridPart[];
  readonly counted: readonly GridRow<PeriodMeasure>[];
  readonly standing: readonly GridRow<StandingMeasure>[];
}

export function gridsView(facts: Facts, { parts, counted, standing }: GridFacts): GridAnswer[] {
  const { walls, basically, actor } = facts;
  const gridOf = gridsOfBuildings(parts);
  const reported = Map.groupBy(counted, gridOf);
  const waiting = Map.groupBy(standing, gridOf);
  const isOfSeveral = new Set(parts.map(({ scopeId }) => scopeId)).size > 1;
  const sizes = [...Map.groupBy(parts, ({ gridId }) => gridId).values()].map((of) => ({
    ...of[0]!,
    households: of.reduce((sum, { households }) => sum + households, 0),
    area: of.reduce((sum, { area }) => sum + area, 0),
  }));
  const grids = sizes.flatMap((size) => {
    const { scopeId, gridId } = size;
    const wall = walls.get(scopeId);
    if (wall === undefined) return [];
    const stands = standingOf(waiting.get(gridId) ?? []);
    const figures = figuresOf(sumOf(reported.get(gridId) ?? []), basically);
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
