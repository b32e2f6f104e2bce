import { addDays } from '@gongzhi/kernel';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { gridSizeVerdict } from './domain.ts';
import { type CountedGridRow, gridsOf, type KeeperRow, listGrids, listKeepers } from './queries-grids.ts';
import { findBuildingPlan } from './queries-buildings.ts';
import { accessScope } from './queries-walls.ts';
import { commandGrid, createGrid } from './service-grids.ts';
import {
  BuildingParams,
  BuildingPlan,
  GridChanged,
  GridCommand,
  GridItem,
  GridPage,
  GridParams,
  NewGrid,
  OwnGrids,
} from './schemas-organisation.ts';
import { HouseholdQuery as ScopeQuery, ScopeParams } from './schemas.ts';

const tags = ['places'];

function toGrid(row: CountedGridRow, keepers: readonly KeeperRow[]) {
  return {
    id: row.grid_id,
    code: row.code,
    name: row.name,
    householdCount: row.household_count,
    size: gridSizeVerdict(row.household_count),
    socialWorkerAccountId: row.social_worker_account_id,
    socialWorkerName: row.social_worker_name,
    stewardAccountId: row.steward_account_id,
    stewardName: row.steward_name,
    keepers: keepers
      .filter(({ gridId }) => gridId === row.grid_id)
      .map(({ half, name, startsOn, endsOn }) => ({
        half,
        name,
        startsOn,
        lastDay: endsOn === null ? null : addDays(endsOn, -1),
      })),
    version: row.version,
  };
}

export function gridRoutes(app: App, house: House): void {
  const { db } = house;

  app.get(
    '/places/scopes/:scopeId/grids',
    {
      config: { permission: 'grid.list' },
      schema: {
        operationId: 'listGrids',
        tags,
        summary: 'Grids with their pair and size',
        params: ScopeParams,
        response: { 200: GridPage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const [rows, keepers] = await Promise.all([listGrids(q, scopeId), listKeepers(q, scopeId)]);
        return { items: rows.map((row) => toGrid(row, keepers)), nextCursor: null };
      });
    },
  );

  app.post(
    '/places/scopes/:scopeId/grids',
    {
      config: { permission: 'grid.manage' },
      schema: {
        operationId: 'createGrid',
        tags,
        summary: 'A new grid, empty and without its pair',
        params: ScopeParams,
        body: NewGrid,
        response: { 201: GridItem },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const grid = await createGrid(tx, acting, scopeId, request.body, now);
        return { status: 201, body: toGrid({ ...grid, household_count: 0 }, []) };
      });
    },
  );

  app.post(
    '/places/grids/:gridId/commands',
    {
      config: { permission: 'grid.manage' },
      schema: {
        operationId: 'commandGrid',
        tags,
        summary: 'Rename a grid, change its pair, or assign a building, a unit or single households to it',
        params: GridParams,
        querystring: ScopeQuery,
        body: GridCommand,
        response: { 200: GridChanged },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      const { gridId } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const { movedHouseholds } = await commandGrid(tx, acting, scopeId, gridId, request.body, now);
        const [rows, keepers] = await Promise.all([listGrids(tx, scopeId), listKeepers(tx, scopeId)]);
        const row = rows.find((grid) => grid.grid_id === gridId);
        if (row === undefined) throw new Problem('not_found');
        return { status: 200, body: { grid: toGrid(row, keepers), movedHouseholds } };
      });
    },
  );

  app.get(
    '/places/grids/mine',
    {
      config: { permission: 'grid.mine' },
      schema: {
        operationId: 'listOwnGrids',
        tags,
        summary: 'The grids one keeps, with the other half of the pair',
        response: { 200: OwnGrids },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const rows = await db.read(acting.actor, (q) => gridsOf(q, acting.actor, acting.accountId));
      return {
        items: rows.map(({ gridId, stewardName, socialWorkerName, buildingNames, ...row }) => ({
          ...row,
          id: gridId,
          partnerName: row.half === 'steward' ? socialWorkerName : stewardName,
          buildingNames: [...buildingNames],
        })),
      };
    },
  );

  app.get(
    '/places/scopes/:scopeId/buildings/:buildingId/plan',
    {
      config: { permission: 'household.list' },
      schema: {
        operationId: 'getBuildingPlan',
        tags,
        summary: 'A building as floors and units of rooms',
        params: BuildingParams,
        response: { 200: BuildingPlan },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, buildingId } = request.params;
      const plan = await db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        return findBuildingPlan(q, scopeId, buildingId);
      });
      if (plan === null) throw new Problem('not_found');
      return plan;
    },
  );
}
