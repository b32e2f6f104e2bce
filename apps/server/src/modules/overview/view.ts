import { addDays, type LocalDate, startOfDay } from '@gongzhi/kernel';
import type { Actor } from '../../platform/db/actor.ts';
import { type GridSize, reaches, type Size, type Wall } from '../places/index.ts';
import type { CellRow, GridRow, PlaceRow } from '../work-orders/index.ts';
import {
  compareBy,
  figuresOf,
  type Per,
  perTenThousandMetres,
  perThousandHouseholds,
  seriesBy,
  type Sort,
  spansOf,
  sumOf,
} from './domain.ts';
import type { GridAnswer, GroupAnswer, OverviewAnswer } from './schemas.ts';

/** What was summed, as it is told: figures with the filter of the orders behind each. */

export interface Facts {
  readonly actor: Actor;
  /** Null where all that is within reach was asked for. */
  readonly narrowed: string | null;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly timeZone: string;
  /** What a basically satisfied answer is worth. */
  readonly basically: number;
  readonly cells: readonly CellRow[];
  readonly places: readonly PlaceRow[];
  readonly standing: readonly PlaceRow[];
  readonly sizes: readonly Size[];
  readonly walls: ReadonlyMap<string, Wall>;
  readonly categoryNames: ReadonlyMap<string, { readonly zh: string; readonly en: string }>;
  readonly sort: Sort;
  readonly per: Per;
}

/** So many places are told; whoever wants another one narrows down or sorts. */
export const MOST_PLACES = 300;

type Filter = Exclude<OverviewAnswer['filter'], null>;

export function periodFilter({ from, to, timeZone, narrowed }: Facts, more: Filter = {}): Filter {
  return {
    ...(narrowed === null ? {} : { scopeId: narrowed }),
    from: new Date(startOfDay(from, timeZone)).toISOString(),
    to: new Date(startOfDay(addDays(to, 1), timeZone)).toISOString(),
    ...more,
  };
}

export const standingFilter = ({ narrowed }: Facts): Filter =>
  narrowed === null ? {} : { scopeId: narrowed };

export function totalsView(facts: Facts): Pick<OverviewAnswer, 'now' | 'before'> {
  const of = (isNow: boolean) =>
    figuresOf(sumOf(facts.cells.filter((cell) => cell.isNow === isNow)), facts.basically);
  return { now: of(true), before: of(false) };
}

export function seriesView(facts: Facts): Pick<OverviewAnswer, 'seriesBy' | 'series'> {
  const { from, to, timeZone, basically } = facts;
  const by = seriesBy(from, to);
  const days = new Map(facts.cells.flatMap((cell) => (cell.day === null ? [] : [[cell.day, cell] as const])));
  return {
    seriesBy: by,
    series: spansOf(from, to, by).map((span) => {
      const cells: CellRow[] = [];
      for (let day = span.from; day <= span.to; day = addDays(day, 1)) {
        const cell = days.get(day);
        if (cell !== undefined) cells.push(cell);
      }
      return {
        ...span,
        figures: figuresOf(sumOf(cells), basically),
        filter: periodFilter({ ...facts, ...span, timeZone }),
      };
    }),
  };
}

export function categoriesView(facts: Facts): OverviewAnswer['categories'] {
  const { cells, categoryNames, basically } = facts;
  const codes = Map.groupBy(
    cells.filter((cell) => cell.category !== null),
    (cell) => cell.category ?? '',
  );
  return [...codes]
    .map(([code, rows]) => ({
      code,
      label: categoryNames.get(code)?.zh ?? code,
      labelEn: categoryNames.get(code)?.en ?? code,
      now: figuresOf(sumOf(rows.filter((row) => row.isNow === true)), basically),
      before: figuresOf(sumOf(rows.filter((row) => row.isNow === false)), basically),
      filter: periodFilter(facts, { category: code }),
    }))
    .filter(({ now, before }) => now.total > 0 || before.total > 0)
    .sort((a, b) => b.now.total - a.now.total || (a.code < b.code ? -1 : 1));
}

type KeyOf = (row: Pick<PlaceRow, 'scopeId' | 'streetId' | 'companyId'>) => string | null | undefined;

const keys = {
  places: (row) => row.scopeId,
  streets: (row) => row.streetId,
  companies: (row) => row.companyId,
} satisfies Record<string, KeyOf>;

export function groupsView(
  facts: Facts,
): Pick<OverviewAnswer, 'streets' | 'companies' | 'departments' | 'communities' | 'places' | 'placeCount'> {
  const wall = (id: string) => facts.walls.get(id);
  const places = groupsBy(facts, keys.places);
  // One group is no comparison: what it says stands on top already.
  const several = (groups: GroupAnswer[]) => (groups.length > 1 ? groups : []);
  return {
    streets: several(groupsBy(facts, keys.streets)),
    companies: several(groupsBy(facts, keys.companies)),
    departments: several(groupsBy(facts, (row) => wall(row.scopeId)?.departmentId)),
    communities: several(groupsBy(facts, (row) => wall(row.scopeId)?.communityId)),
    places: places.slice(0, MOST_PLACES),
    placeCount: places.length,
  };
}

/** What is told by grid; each row is of one. */
export interface GridFacts {
  readonly sizes: readonly GridSize[];
  readonly counted: readonly GridRow[];
  readonly standing: readonly GridRow[];
}

export function gridsView(facts: Facts, { sizes, counted, standing }: GridFacts): GridAnswer[] {
  const { walls, basically, actor } = facts;
  const byGrid = (rows: readonly GridRow[]) => new Map(rows.map((row) => [row.gridId, row]));
  const [reported, waiting] = [byGrid(counted), byGrid(standing)];
  const isOfSeveral = new Set(sizes.map(({ scopeId }) => scopeId)).size > 1;
  const groups = sizes.flatMap((size): GridAnswer[] => {
    const { scopeId, gridId, name } = size;
    const wall = walls.get(scopeId);
    if (wall === undefined) return [];
    const [row, open] = [reported.get(gridId), waiting.get(gridId)];
    const now = figuresOf(sumOf(row === undefined ? [] : [row]), basically);
    const isWithin = reaches(actor, wall);
    return [
      {
        scopeId,
        gridId,
        name: isOfSeveral ? `${wall.name} ${name}` : name,
        kind: 'grid',
        ...sizeView(size, now.total),
        now,
        standing: standingOf(open === undefined ? [] : [open]),
        filter: isWithin ? periodFilter({ ...facts, narrowed: scopeId }, { grid: gridId }) : null,
        standingFilter: isWithin ? { scopeId, grid: gridId } : null,
        community: communityOf(wall, walls),
      },
    ];
  });
  return ranked(groups, facts).slice(0, MOST_PLACES);
}

/** Made once: to make it for each comparison took most of the time of four thousand places. */
const byName = new Intl.Collator('zh');

function groupsBy(facts: Facts, keyOf: KeyOf): GroupAnswer[] {
  const { places, standing, sizes, walls, basically } = facts;
  const grouped = <Row>(rows: readonly Row[], of: (row: Row) => string | null | undefined) =>
    Map.groupBy(rows, (row) => of(row) ?? '');
  const [counted, waiting] = [grouped(places, keyOf), grouped(standing, keyOf)];
  const sized = grouped(sizes, ({ scopeId }) => {
    const wall = walls.get(scopeId);
    return keyOf({ scopeId, streetId: wall?.streetId ?? null, companyId: wall?.companyId ?? null });
  });
  const ids = new Set([...counted.keys(), ...waiting.keys(), ...sized.keys()]);
  ids.delete('');
  const groups = [...ids].flatMap((scopeId): GroupAnswer[] => {
    const wall = walls.get(scopeId);
    if (wall === undefined) return [];
    const now = figuresOf(sumOf(counted.get(scopeId) ?? []), basically);
    const size = sizeOf(sized.get(scopeId) ?? []);
    const isWithin = reaches(facts.actor, wall);
    return [
      {
        scopeId,
        name: wall.name,
        kind: wall.kind,
        ...sizeView(size, now.total),
        now,
        standing: standingOf(waiting.get(scopeId) ?? []),
        filter: isWithin ? periodFilter({ ...facts, narrowed: scopeId }) : null,
        standingFilter: isWithin ? { scopeId } : null,
        community: communityOf(wall, walls),
      },
    ];
  });
  return ranked(groups, facts);
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

function ranked<Group extends GroupAnswer>(groups: readonly Group[], { sort, per }: Facts): Group[] {
  const compare = compareBy(sort, per);
  const told = groups.map((group) => ({
    group,
    lateNow: group.standing.late,
    figures: group.now,
    size: { households: group.households ?? 0, area: (group.areaM2 ?? 0) * 100 },
  }));
  return told
    .sort(
      (a, b) =>
        compare(a, b) ||
        byName.compare(a.group.name, b.group.name) ||
        (a.group.scopeId < b.group.scopeId ? -1 : 1),
    )
    .map(({ group }) => group);
}

export function standingOf(rows: readonly Pick<PlaceRow, 'open' | 'unassigned' | 'openLate'>[]): {
  open: number;
  unassigned: number;
  late: number;
} {
  const sum = { open: 0, unassigned: 0, late: 0 };
  for (const row of rows) {
    sum.open += row.open;
    sum.unassigned += row.unassigned;
    sum.late += row.openLate;
  }
  return sum;
}

export function sizeOf(sizes: readonly Size[]): { households: number; area: number } {
  const sum = { households: 0, area: 0 };
  for (const size of sizes) {
    sum.households += size.households;
    sum.area += size.area;
  }
  return sum;
}

export function sizeView(
  size: { households: number; area: number },
  total: number,
): Pick<GroupAnswer, 'households' | 'areaM2' | 'perThousandHouseholds' | 'perTenThousandMetres'> {
  return {
    households: size.households === 0 ? null : size.households,
    areaM2: size.area === 0 ? null : size.area / 100,
    perThousandHouseholds: perThousandHouseholds(total, size),
    perTenThousandMetres: perTenThousandMetres(total, size),
  };
}
