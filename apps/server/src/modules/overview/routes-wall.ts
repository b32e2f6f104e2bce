import { localDate, type Point } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import type { House } from '../../platform/house.ts';
import { accessScope, buildingPoints, compoundsUnder, wallsOf } from '../places/index.ts';
import { ordersForWall, standingByPlace } from '../work-orders/index.ts';
import { type DrawnCompound, middleOf, tilesOf } from './domain-wall.ts';
import { Wall, WallQuery } from './schemas-wall.ts';

/** More cannot be told apart across a room. */
const MOST_TILES = 30;
/** Of the largest city we know of there are 4,229. */
const MOST_COMPOUNDS = 20_000;
const MOST_ORDERS = 8;

/** What hangs on the wall beside the overview's figures: read by whoever is in the room, so nobody is in it. */
export function wallRoutes(app: App, house: House): void {
  app.get(
    '/overview/wall',
    {
      config: { permission: 'overview.read' },
      schema: {
        tags: ['overview'],
        operationId: 'getWall',
        summary:
          'The places of a region with what waits there, its newest and its overdue orders, without persons',
        querystring: WallQuery,
        response: { 200: Wall },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const home = await accessScope(q, acting, scopeId ?? acting.homeScopeId);
        const scope = scopeId === undefined ? null : home;
        const { timeZone } = home;
        const today = localDate(now.getTime(), timeZone);
        const listed = { scope, now, limit: MOST_ORDERS };
        const [compounds, standing, newest, overdue] = await Promise.all([
          compoundsUnder(q, home, MOST_COMPOUNDS),
          standingByPlace(q, acting, {
            scope,
            from: today,
            to: today,
            fromAt: now,
            toAt: now,
            timeZone,
            now,
          }),
          ordersForWall(q, acting, { ...listed, which: 'newest' }),
          ordersForWall(q, acting, { ...listed, which: 'overdue' }),
        ]);
        const ids = compounds.map(({ id }) => id);
        const places = await wallsOf(q, [...new Set([...ids, ...standing.map((row) => row.scopeId)])]);
        const wallAt = new Map(places.map((wall) => [wall.scopeId, wall]));
        const amid = await middlesOf(q, compounds);
        const drawn = compounds.flatMap(({ id, point }): DrawnCompound[] => {
          const wall = wallAt.get(id);
          return wall === undefined ? [] : [{ ...wall, point: point ?? amid.get(id) ?? null }];
        });
        const waiting = standing.flatMap((row) => {
          const wall = wallAt.get(row.scopeId);
          return wall === undefined
            ? []
            : [{ ...wall, open: row.open, unassigned: row.unassigned, late: row.openLate }];
        });
        const { level, tiles, count, elsewhere } = tilesOf(drawn, waiting, MOST_TILES);
        const named = await wallsOf(q, [
          ...new Set(tiles.flatMap((tile) => [tile.scopeId, tile.groupId]).filter((id) => id !== null)),
        ]);
        const names = new Map(named.map(({ scopeId: id, name }) => [id, name]));
        return {
          at: now.toISOString(),
          timeZone,
          scope: { scopeId: home.scopeId, name: home.name, kind: home.kind },
          level,
          tiles: tiles.map((tile) => ({
            ...tile,
            name: names.get(tile.scopeId) ?? '',
            groupName: tile.groupId === null ? null : (names.get(tile.groupId) ?? null),
          })),
          tileCount: count,
          elsewhere,
          newest,
          overdue,
        };
      });
    },
  );
}

/** Where those compounds lie that nobody has placed: amid their buildings. */
async function middlesOf(
  q: Executor,
  compounds: readonly { readonly id: string; readonly point: Point | null }[],
): Promise<ReadonlyMap<string, Point | null>> {
  const without = compounds.filter(({ point }) => point === null).map(({ id }) => id);
  // So many that they are drawn together need no building's point each.
  const buildings = without.length > MOST_TILES ? [] : await buildingPoints(q, without);
  const of = Map.groupBy(buildings, ({ scopeId }) => scopeId);
  return new Map([...of].map(([id, within]) => [id, middleOf(within.map(({ point }) => point))]));
}
