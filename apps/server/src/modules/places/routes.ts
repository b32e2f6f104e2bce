import { localDate } from '@gongzhi/kernel';
import type { App } from '../../platform/http/app.ts';
import { page } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import {
  countScope,
  findScope,
  listBuildings,
  listFacilities,
  listScopes,
  type UnitOfBuildingRow,
} from './queries.ts';
import {
  BuildingPage,
  FacilitiesQuery,
  FacilityPage,
  ScopeDetail,
  ScopePage,
  ScopeParams,
  ScopesQuery,
  StaffPage,
  StaffQuery,
} from './schemas.ts';
import { importRoutes } from './import/routes.ts';
import { listStaff } from './queries-staff.ts';
import { accessScope } from './queries-walls.ts';
import { nameCursor } from './routes-cursors.ts';
import { gridRoutes } from './routes-grids.ts';
import { organisationRoutes } from './routes-organisation.ts';
import { ownerRoutes } from './routes-owners.ts';
import { takeoverRoutes } from './routes-takeovers.ts';
import { householdRoutes } from './routes-households.ts';
import { peopleRoutes } from './routes-people.ts';
import { peopleExportRoutes } from './routes-people-export.ts';

interface BuildingWithUnits {
  id: string;
  name: string;
  floors: number;
  units: { id: string; name: string; householdCount: number | null }[];
}

function toBuildings(rows: readonly UnitOfBuildingRow[], isResident: boolean): BuildingWithUnits[] {
  const buildings = new Map<string, BuildingWithUnits>();
  for (const row of rows) {
    const known = buildings.get(row.building_id);
    const building = known ?? { id: row.building_id, name: row.building_name, floors: row.floors, units: [] };
    if (known === undefined) buildings.set(row.building_id, building);
    if (row.unit_id !== null) {
      // A resident's wall shows the own household only: a count would be wrong.
      const householdCount = isResident ? null : row.household_count;
      building.units.push({ id: row.unit_id, name: row.unit_name ?? '', householdCount });
    }
  }
  return [...buildings.values()];
}

const named = (id: string | null, name: string | null) =>
  id === null || name === null ? null : { id, name };
const tags = ['places'];

export async function routes(app: App, house: House): Promise<void> {
  const { db, clock } = house;
  householdRoutes(app, house);
  gridRoutes(app, house);
  peopleRoutes(app, house);
  peopleExportRoutes(app, house);
  await importRoutes(app, house);
  takeoverRoutes(app, house);
  organisationRoutes(app, house);
  ownerRoutes(app, house);

  app.get(
    '/places/scopes',
    {
      config: { permission: 'place.read' },
      schema: {
        operationId: 'listScopes',
        tags,
        summary: 'Places within reach: compounds, communities, companies, …',
        querystring: ScopesQuery,
        response: { 200: ScopePage },
      },
    },
    async (request) => {
      const { actor } = request.acting!;
      const { kind, q: words, cursor, limit = 20 } = request.query;
      const after = nameCursor(cursor);
      const rows = await db.read(actor, (q) => listScopes(q, actor, { kind, q: words }, after, limit + 1));
      return page(
        rows,
        limit,
        (row) => ({
          id: row.scope_id,
          kind: row.kind,
          name: row.name,
          communityName: row.community_name,
          companyName: row.company_name,
          householdCount: row.household_count,
        }),
        (row) => [row.name, row.scope_id],
      );
    },
  );

  app.get(
    '/places/scopes/:scopeId',
    {
      config: { permission: 'place.read' },
      schema: {
        operationId: 'getScope',
        tags,
        summary: 'One place, where it lies, who serves it, and how large it is',
        params: ScopeParams,
        response: { 200: ScopeDetail },
      },
    },
    async (request) => {
      const { actor } = request.acting!;
      const { scopeId } = request.params;
      const [scope, counts] = await db.read(actor, (q) =>
        Promise.all([findScope(q, actor, scopeId), countScope(q, scopeId)]),
      );
      if (scope === null) throw new Problem('not_found');
      return {
        id: scope.scope_id,
        kind: scope.kind,
        name: scope.name,
        code: scope.code,
        address: scope.address,
        builtYear: scope.built_year,
        city: named(scope.city_id, scope.city_name),
        street: named(scope.street_id, scope.street_name),
        community: named(scope.community_id, scope.community_name),
        company: named(scope.company_id, scope.company_name),
        department: named(scope.department_id, scope.department_name),
        counts: { ...counts, households: actor.kind === 'resident' ? null : counts.households },
      };
    },
  );

  app.get(
    '/places/scopes/:scopeId/buildings',
    {
      config: { permission: 'place.read' },
      schema: {
        operationId: 'listBuildings',
        tags,
        summary: 'Buildings of a compound with their units',
        params: ScopeParams,
        response: { 200: BuildingPage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      const rows = await db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        return listBuildings(q, scopeId);
      });
      return { items: toBuildings(rows, acting.actor.kind === 'resident'), nextCursor: null };
    },
  );

  app.get(
    '/places/scopes/:scopeId/facilities',
    {
      config: { permission: 'place.read' },
      schema: {
        operationId: 'listFacilities',
        tags,
        summary: 'Lifts, gates, lamps and other things of a compound',
        params: ScopeParams,
        querystring: FacilitiesQuery,
        response: { 200: FacilityPage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      const { q: words, buildingId, id, cursor, limit = 20 } = request.query;
      const after = nameCursor(cursor);
      const rows = await db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        return listFacilities(q, scopeId, { q: words, buildingId, id }, after, limit + 1);
      });
      return page(
        rows,
        limit,
        (row) => ({ id: row.facility_id, kind: row.kind, label: row.label, buildingId: row.building_id }),
        (row) => [row.label, row.facility_id],
      );
    },
  );

  app.get(
    '/places/scopes/:scopeId/staff',
    {
      config: { permission: 'staff.list' },
      schema: {
        operationId: 'listStaff',
        tags,
        summary: 'Who works for a compound (its project department) or an organisation',
        params: ScopeParams,
        querystring: StaffQuery,
        response: { 200: StaffPage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      const members = await db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const employer = wall.kind === 'compound' ? wall.departmentId : scopeId;
        if (employer === null) return [];
        const today = localDate(clock.now().getTime(), wall.timeZone);
        return listStaff(q, [employer], { skill: request.query.skill }, today);
      });
      const items = members.map(({ staffId, accountId, displayName, title, role, skills }) => ({
        staffId,
        accountId,
        displayName,
        title,
        role,
        skills: [...skills],
      }));
      return { items, nextCursor: null };
    },
  );
}
