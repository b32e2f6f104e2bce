/** Where everything of a site plan is drawn, in units of a picture; no map beneath it. Pure. */

export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}
export interface PlanCompound {
  readonly id: string;
  readonly name: string;
  readonly buildings: readonly { readonly id: string; readonly name: string; readonly point: Point | null }[];
}
export interface At {
  readonly x: number;
  readonly y: number;
}
export interface PlanLayout {
  readonly width: number;
  readonly height: number;
  /** The side of a building's square, and what everything else is measured by. */
  readonly unit: number;
  readonly buildings: readonly (At & { readonly id: string; readonly name: string })[];
  readonly compounds: readonly (At & {
    readonly id: string;
    readonly name: string;
    readonly w: number;
    readonly h: number;
  })[];
  at(buildingId: string | null, scopeId: string, point: Point | null): At | null;
}

const WIDTH = 1_000;
const LONGEST = 900;
const METRES_PER_DEGREE = 111_195;
/** Of buildings nobody has placed: in rows, so far apart. */
const SPACING_METRES = 60;
const MARGIN_METRES = 40;
/** Around everything, in units of the picture. */
const EDGE = 16;

interface Placed {
  readonly id: string;
  readonly name: string;
  readonly scopeId: string;
  east: number;
  north: number;
}

/** As one walks it: north is up, a metre is as long to the east as to the north. */
export function layOutPlan(compounds: readonly PlanCompound[]): PlanLayout {
  const points = compounds.flatMap(({ buildings }) => buildings.flatMap(({ point }) => point ?? []));
  const middle =
    points.length === 0
      ? { latitude: 0, longitude: 0 }
      : {
          latitude: points.reduce((sum, { latitude }) => sum + latitude, 0) / points.length,
          longitude: points.reduce((sum, { longitude }) => sum + longitude, 0) / points.length,
        };
  const shrink = Math.cos((middle.latitude * Math.PI) / 180);
  const metres = ({ latitude, longitude }: Point) => ({
    east: (longitude - middle.longitude) * METRES_PER_DEGREE * shrink,
    north: (latitude - middle.latitude) * METRES_PER_DEGREE,
  });
  const placed: Placed[] = [];
  let lowest = points.length === 0 ? 0 : Math.min(...points.map((point) => metres(point).north));
  for (const { id: scopeId, buildings } of compounds) {
    const loose = buildings.filter(({ point }) => point === null);
    for (const { id, name, point } of buildings)
      if (point !== null) placed.push({ id, name, scopeId, ...metres(point) });
    if (loose.length === 0) continue;
    // Below everything else, a block for each compound.
    const columns = Math.ceil(Math.sqrt(loose.length * 2));
    lowest -= 2 * SPACING_METRES;
    loose.forEach(({ id, name }, i) => {
      placed.push({
        id,
        name,
        scopeId,
        east: (i % columns) * SPACING_METRES,
        north: lowest - Math.floor(i / columns) * SPACING_METRES,
      });
    });
    lowest -= Math.floor((loose.length - 1) / columns) * SPACING_METRES;
  }
  const [east, north] = [placed.map((one) => one.east), placed.map((one) => one.north)];
  const [west, south] = [Math.min(...east, 0) - MARGIN_METRES, Math.min(...north, 0) - MARGIN_METRES];
  const across = Math.max(...east, 0) + MARGIN_METRES - west;
  const up = Math.max(...north, 0) + MARGIN_METRES - south;
  const scale = Math.min(WIDTH / across, LONGEST / up);
  // Above the uppermost stands its name, around the outermost what waits there.
  const draw = (e: number, n: number): At => ({
    x: EDGE + (e - west) * scale,
    y: 2 * EDGE + (up - (n - south)) * scale,
  });
  const drawn = placed.map((one) => ({ ...one, ...draw(one.east, one.north) }));
  const byId = new Map(drawn.map((one) => [one.id, one]));
  const grounds = compounds.flatMap(({ id, name }) => {
    const own = drawn.filter(({ scopeId }) => scopeId === id);
    if (own.length === 0) return [];
    const [xs, ys] = [own.map(({ x }) => x), own.map(({ y }) => y)];
    return [
      { id, name, x: Math.min(...xs), y: Math.min(...ys), to: { x: Math.max(...xs), y: Math.max(...ys) } },
    ];
  });
  // Neighbours keep to themselves: nothing is drawn so large that it stands on the next compound's ground.
  const apart = closest(grounds);
  const unit = Math.min(16, Math.max(4, 240 / Math.sqrt(Math.max(1, placed.length))), Math.max(4, apart / 3));
  const room = Math.min(2 * unit, Math.max(unit, apart / 2 - 1));
  const boxes = grounds.map(({ id, name, x, y, to }) => ({
    id,
    name,
    x: x - room,
    y: y - room,
    w: to.x - x + 2 * room,
    h: to.y - y + 2 * room,
  }));
  return {
    width: across * scale + 2 * EDGE,
    height: up * scale + 3 * EDGE,
    unit,
    buildings: drawn.map(({ id, name, x, y }) => ({ id, name, x, y })),
    compounds: boxes,
    at(buildingId, scopeId, point) {
      if (point !== null) {
        const { east: e, north: n } = metres(point);
        return draw(e, n);
      }
      const building = buildingId === null ? undefined : byId.get(buildingId);
      if (building !== undefined) return { x: building.x, y: building.y };
      const box = boxes.find(({ id }) => id === scopeId);
      return box === undefined ? null : { x: box.x + box.w / 2, y: box.y + box.h / 2 };
    },
  };
}

/** How far the two nearest of them lie apart, measured between their edges; those that lie within each other don't count. */
function closest(grounds: readonly (At & { readonly to: At })[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [i, a] of grounds.entries())
    for (const b of grounds.slice(i + 1)) {
      const apart = Math.max(b.x - a.to.x, a.x - b.to.x, b.y - a.to.y, a.y - b.to.y);
      if (apart > 0) least = Math.min(least, apart);
    }
  return least;
}

/** Several at one place stand around it, the first in the middle. */
export function aroundOf({ x, y }: At, nth: number, unit: number): At {
  if (nth === 0) return { x, y };
  const ring = Math.ceil(nth / 8);
  const angle = ((nth - 1) % 8) * (Math.PI / 4);
  return { x: x + Math.cos(angle) * unit * ring, y: y + Math.sin(angle) * unit * ring };
}
