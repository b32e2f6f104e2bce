import { localDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  listLoose,
  listOrganisations,
  listOwned,
  listTree,
  searchTree,
  servedByOthers,
  type TreeRow,
} from './queries-organisation.ts';
import { accessScope, wallOf } from './queries-walls.ts';
import { nameCursor } from './routes-cursors.ts';
import {
  NewOrganisation,
  OrganisationMade,
  OrganisationPage,
  OrganisationParams,
  OrganisationsQuery,
  Owned,
  ServedByOthers,
  ServedQuery,
  TreePage,
  TreeQuery,
} from './schemas-owners.ts';
import { createOrganisation } from './service-owners.ts';

const tags = ['places'];
/** Compounds that hang from the top are few; a city that has more looks for them by name. */
const MOST_LOOSE = 200;

const named = (id: string | null, name: string | null) =>
  id === null || name === null ? null : { id, name };

const toNode = ({ companyId, companyName, departmentId, departmentName, ...row }: TreeRow) => ({
  ...row,
  company: named(companyId, companyName),
  department: named(departmentId, departmentName),
});

async function cityOf(q: Executor, acting: Acting): Promise<string | null> {
  const home = await wallOf(q, acting.homeScopeId);
  return home?.kind === 'city' ? home.scopeId : (home?.cityId ?? null);
}

/** The organisation: what stands under what, who serves it, and who else there is in the city. */
export function organisationRoutes(app: App, house: House): void {
  const { db, clock } = house;
  const todayAt = async (q: Executor, acting: Acting) =>
    localDate(clock.now().getTime(), (await wallOf(q, acting.homeScopeId))?.timeZone);

  app.get(
    '/places/tree',
    {
      config: { permission: 'organisation.list' },
      schema: {
        operationId: 'listTree',
        tags,
        summary:
          'One level of the organisation: by place or by company, with counts of what lies within reach',
        querystring: TreeQuery,
        response: { 200: TreePage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { by, under, q: words, cursor, limit = 50 } = request.query;
      const after = nameCursor(cursor);
      return db.read(acting.actor, async (q) => {
        const today = await todayAt(q, acting);
        const node = under === undefined ? null : await wallOf(q, under);
        if (under !== undefined && node === null) throw new Problem('not_found');
        const at = { order: by, under: node === null ? null : { id: node.scopeId, kind: node.kind } };
        const rows = await (words === undefined
          ? listTree(q, acting.actor, at, today, after, limit + 1)
          : searchTree(q, acting.actor, words, today, after, limit + 1));
        const answer = page(rows, limit, toNode, (row) => [row.name, row.id]);
        // What hangs loose stands behind the last page.
        const isLast = words === undefined && answer.nextCursor === null;
        const loose = isLast ? await listLoose(q, acting.actor, at, today, MOST_LOOSE) : [];
        return { ...answer, items: [...answer.items, ...loose.map(toNode)] };
      });
    },
  );

  app.get(
    '/places/organisations',
    {
      config: { permission: 'organisation.list' },
      schema: {
        operationId: 'listOrganisations',
        tags,
        summary: 'Organisations of the city, such as whom a matter can be referred to',
        querystring: OrganisationsQuery,
        response: { 200: OrganisationPage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { kind, q: words, cursor, limit = 20 } = request.query;
      const after = nameCursor(cursor);
      const rows = await db.read(acting.actor, async (q) =>
        listOrganisations(
          q,
          await cityOf(q, acting),
          { kind, q: words },
          await todayAt(q, acting),
          after,
          limit + 1,
        ),
      );
      return page(
        rows,
        limit,
        (row) => ({
          id: row.organisation_id,
          scopeId: row.scope_id,
          kind: row.kind,
          name: row.name,
          buildingCount: row.building_count,
        }),
        (row) => [row.name, row.organisation_id],
      );
    },
  );

  app.post(
    '/places/organisations',
    {
      config: { permission: 'owner.manage' },
      schema: {
        operationId: 'createOrganisation',
        tags,
        summary:
          'Enter a property-right unit, a developer, a security company, a utility or a supplier of the city',
        body: NewOrganisation,
        response: { 201: OrganisationMade },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      return runCommand(house, request, reply, acting.homeScopeId, async (tx, now) => ({
        status: 201,
        body: await createOrganisation(tx, acting, request.body, now),
      }));
    },
  );

  app.get(
    '/places/organisations/:organisationId/buildings',
    {
      config: { permission: 'owner.list' },
      schema: {
        operationId: 'listOwnedBuildings',
        tags,
        summary: 'What a property-right unit owns today, of what lies within reach',
        params: OrganisationParams,
        response: { 200: Owned },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const items = await db.read(acting.actor, async (q) =>
        listOwned(q, request.params.organisationId, await todayAt(q, acting), 500),
      );
      return { items: items.map((item) => ({ ...item })) };
    },
  );

  app.get(
    '/places/served-by-others',
    {
      config: { permission: 'organisation.list' },
      schema: {
        operationId: 'listServedByOthers',
        tags,
        summary: "Compounds of a place's city that another company serves: where a matter could be moved to",
        querystring: ServedQuery,
        response: { 200: ServedByOthers },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, q: words } = request.query;
      const items = await db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        return servedByOthers(q, wall.cityId, wall.companyId, words, 50);
      });
      return { items: items.map((item) => ({ ...item })) };
    },
  );
}
