import { layOutPlan } from '../dispatch/plan-layout.ts';
import type { WallData } from './api.ts';

/**
 * The schematic: every place is a tile of the same size that can be read from afar, put where it lies on the site plan
 * as nearly as rows and columns allow. Pure.
 */

type Place = WallData['tiles'][number];

export interface Room {
  readonly width: number;
  readonly height: number;
}
export interface Put {
  readonly place: Place;
  /** From 1, as a grid counts. */
  readonly column: number;
  readonly row: number;
}
export interface Schematic {
  readonly columns: number;
  readonly rows: number;
  /** So low that name and figure stand in one line. */
  readonly isLow: boolean;
  readonly tiles: readonly Put[];
}

export const GAP = 10;
/** The least in which a name of four characters and a figure can be read from five metres. */
const TALL = { width: 150, height: 96 };
const LOW = { width: 220, height: 42 };
/** A tile looks like one when it is a little wider than high. */
const SHAPE = 1.7;
/** Some cells stay empty, so that the outline of the street can be seen. */
const AIR = 1.25;

interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly isLow: boolean;
}

/** Rows and columns for so many tiles; null where they would be too small to be read. */
export function gridFor(count: number, room: Room): Grid | null {
  const fitting = Array.from({ length: Math.max(1, count) }, (_, i) => {
    const columns = i + 1;
    const rows = Math.ceil(Math.max(1, count) / columns);
    const width = (room.width + GAP) / columns - GAP;
    const height = (room.height + GAP) / rows - GAP;
    const isLow = height < TALL.height;
    const least = isLow ? LOW : TALL;
    const fits = width >= least.width && height >= least.height;
    return { grid: { columns, rows, isLow }, fits, shape: Math.abs(Math.log(width / height / SHAPE)) };
  }).filter(({ fits }) => fits);
  const tall = fitting.filter(({ grid }) => !grid.isLow);
  const [best] = (tall.length > 0 ? tall : fitting).sort((a, b) => a.shape - b.shape);
  return best?.grid ?? null;
}

export function schematicOf(places: readonly Place[], room: Room): Schematic {
  const close = gridFor(places.length, room) ?? {
    columns: LEAST_COLUMNS,
    rows: Math.ceil(places.length / LEAST_COLUMNS),
    isLow: true,
  };
  if (places.filter(({ point }) => point !== null).length < 2)
    return { ...close, tiles: inOrder(places, close) };
  const airy = gridFor(Math.ceil(places.length * AIR), room);
  const grid = airy === null || (airy.isLow && !close.isLow) ? close : airy;
  return { ...grid, tiles: byPlace(places, grid) };
}
/** Where more are told than there is room for: their names at least stay whole. */
const LEAST_COLUMNS = 3;

/** Nobody said where they lie: side by side with those of the same community or street. */
function inOrder(places: readonly Place[], { columns }: Grid): Put[] {
  const sorted = [...places].sort(
    (a, b) => compare(a.groupName ?? '', b.groupName ?? '') || compare(a.name, b.name),
  );
  return sorted.map((place, i) => ({
    place,
    column: (i % columns) + 1,
    row: Math.floor(i / columns) + 1,
  }));
}
const collator = new Intl.Collator('zh');
const compare = (a: string, b: string): number => collator.compare(a, b);

/** Each in the free cell nearest to where it lies, those that are nearest to theirs first. */
function byPlace(places: readonly Place[], { columns, rows }: Grid): Put[] {
  const placed = places.filter(({ point }) => point !== null);
  const plan = layOutPlan(
    placed.map(({ scopeId, name, point }) => ({
      id: scopeId,
      name,
      buildings: [{ id: scopeId, name, point }],
    })),
  );
  const spots = placed.flatMap((place) => {
    const at = plan.at(place.scopeId, place.scopeId, null);
    return at === null ? [] : [{ place, at }];
  });
  const stretch = (of: (spot: (typeof spots)[number]) => number, cells: number) => {
    const values = spots.map(of);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return (spot: (typeof spots)[number]): number =>
      most === least ? (cells - 1) / 2 : ((of(spot) - least) / (most - least)) * (cells - 1);
  };
  const across = stretch(({ at }) => at.x, columns);
  const down = stretch(({ at }) => at.y, rows);
  const cells = Array.from({ length: columns * rows }, (_, i) => ({
    column: i % columns,
    row: Math.floor(i / columns),
  }));
  const pairs = spots.flatMap((spot) =>
    cells.map((cell) => ({
      place: spot.place,
      cell,
      distance: (across(spot) - cell.column) ** 2 + (down(spot) - cell.row) ** 2,
    })),
  );
  pairs.sort((a, b) => a.distance - b.distance);
  const taken = new Set<(typeof cells)[number]>();
  const put = new Map<string, Put>();
  const set = (place: Place, cell: (typeof cells)[number]): void => {
    taken.add(cell);
    put.set(place.scopeId, { place, column: cell.column + 1, row: cell.row + 1 });
  };
  for (const { place, cell } of pairs) if (!put.has(place.scopeId) && !taken.has(cell)) set(place, cell);
  // Those nobody has placed: wherever there is room, from the end.
  for (const place of places)
    if (!put.has(place.scopeId)) {
      const cell = cells.findLast((one) => !taken.has(one));
      if (cell !== undefined) set(place, cell);
    }
  // Read aloud from the upper left.
  return [...put.values()].sort((a, b) => a.row - b.row || a.column - b.column);
}
