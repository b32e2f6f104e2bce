import type { Building, Household } from '../model.ts';

export interface GridPlan {
  readonly households: readonly Household[];
}

const least = 300;
const most = 500;

/**
 * GB/T 34300-2017: a grid has 300 to 500 households. A compound too small for that is one smaller grid, a larger
 * one is cut between units, never through a staircase, so that neighbours on a landing share their steward.
 */
export function planGrids(buildings: readonly Building[]): GridPlan[] {
  const grids = cutGrids(buildings);
  const sizes = grids.map(({ households }) => households.length);
  if (grids.length > 1 && sizes.some((size) => size < least || size > most)) {
    const total = sizes.reduce((sum, size) => sum + size, 0);
    throw new RangeError(`${total} households do not make grids of ${least} to ${most}`);
  }
  return grids;
}

/** As near to the standard's size as the staircases allow: 550 homes make two grids of 275. */
export function cutGrids(buildings: readonly Building[]): GridPlan[] {
  const staircases = buildings.flatMap((b) => b.units.map((u) => u.households));
  const total = staircases.reduce((sum, homes) => sum + homes.length, 0);
  const count = Math.max(1, Math.ceil(total / most));
  const grids: Household[][] = [[]];
  let placed = 0;
  for (const homes of staircases) {
    const current = grids[grids.length - 1]!;
    const target = (total * grids.length) / count;
    // Begin the next grid where the cut comes nearest to equal parts.
    const isPastMiddle = placed + homes.length / 2 > target;
    if (isPastMiddle && current.length > 0 && grids.length < count) grids.push([...homes]);
    else current.push(...homes);
    placed += homes.length;
  }
  return grids.map((households) => ({ households }));
}
