import type { DeskSearch, Figure, Queue } from '../../app/routes.ts';
import { type OverviewBy, overviewGroups, type OverviewSort } from '../../app/routes-overview.ts';
import type {
  Overview,
  OverviewFigures,
  OverviewFilter,
  OverviewGrid,
  OverviewGroup,
  OverviewStanding,
} from './api.ts';
import type { Days } from './periods.ts';
import type { Size } from './measures.ts';

/** The lines of the ranking, and the list behind every number. Pure. */

export interface Row {
  readonly key: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly size: Size;
  readonly now: OverviewFigures;
  /** Only of what is told of both periods. */
  readonly before: OverviewFigures | null;
  readonly standing: OverviewStanding | null;
  readonly filter: OverviewFilter;
  readonly standingFilter: OverviewFilter;
  /** The place whose own overview one may look at. */
  readonly scopeId: string | null;
}

const groupsOf: Readonly<
  Record<Exclude<OverviewBy, 'category'>, (found: Overview) => (OverviewGroup | OverviewGrid)[]>
> = {
  street: (found) => found.streets,
  company: (found) => found.companies,
  department: (found) => found.departments,
  community: (found) => found.communities,
  place: (found) => found.places,
  grid: (found) => found.grids ?? [],
};

/**
 * By what this whole can be told apart: matters always, all else where there are two at least; a grid also alone, for
 * beside it lies what is in no grid.
 */
export function groupsIn({ counts }: Pick<Overview, 'counts'>): OverviewBy[] {
  const least = (by: OverviewBy): number => (by === 'grid' ? 1 : 2);
  return overviewGroups.filter((by) => by === 'category' || (counts[by] ?? 0) >= least(by));
}

/** How many there are where only the first are told; null where all are. */
export function cutOf({ counts }: Pick<Overview, 'counts'>, by: OverviewBy, told: number): number | null {
  const all = by === 'category' ? told : (counts[by] ?? told);
  return all > told ? all : null;
}

export function rowsOf(found: Overview, by: OverviewBy, sort: OverviewSort): Row[] {
  if (by === 'category') return categoriesOf(found, sort);
  return groupsOf[by](found).map((group) => ({
    key: 'gridId' in group ? group.gridId : group.scopeId,
    name: { zh: group.name, en: group.name },
    size: group,
    now: group.now,
    before: null,
    standing: group.standing,
    filter: group.filter,
    standingFilter: group.standingFilter,
    // A grid has no overview of its own.
    scopeId: group.filter === null || by === 'grid' ? null : group.scopeId,
  }));
}

/** The server ranks places, of which it tells the first only; matters are few and ranked here, the worst first. */
function categoriesOf(found: Overview, sort: OverviewSort): Row[] {
  const value: Record<OverviewSort, (figures: OverviewFigures) => number | null> = {
    late: ({ late }) => -late,
    total: ({ total }) => -total,
    on_time: ({ onTimeRate }) => onTimeRate,
    satisfaction: ({ satisfaction }) => satisfaction,
  };
  const known = (figures: OverviewFigures): number => value[sort](figures) ?? Number.POSITIVE_INFINITY;
  return found.categories
    .map((category) => ({
      key: category.code,
      name: { zh: category.label, en: category.labelEn },
      size: { households: found.households, areaM2: found.areaM2 },
      now: category.now,
      before: category.before,
      standing: null,
      filter: category.filter,
      standingFilter: null,
      scopeId: null,
    }))
    .sort((a, b) => {
      const [x, y] = [known(a.now), known(b.now)];
      return (x === y ? 0 : x - y) || b.now.total - a.now.total;
    });
}

/** The list that holds exactly what a figure of these days counted; null where the reader may not narrow to it. */
export function listOf(days: Days, filter: OverviewFilter, figure: Figure): DeskSearch | null {
  if (filter === null) return null;
  return {
    queue: 'all',
    ...narrowed(filter),
    from: days.from,
    to: days.to,
    figure,
    sort: 'created',
  };
}

/** The queue that holds what stands there now. */
export function queueOf(filter: OverviewFilter, queue: Queue): DeskSearch | null {
  return filter === null ? null : { queue, ...narrowed(filter) };
}

const narrowed = ({ scopeId, category, grid }: Exclude<OverviewFilter, null>): DeskSearch => ({
  ...(scopeId === undefined ? {} : { scope: scopeId }),
  ...(category === undefined ? {} : { category }),
  ...(grid === undefined ? {} : { grid }),
});
