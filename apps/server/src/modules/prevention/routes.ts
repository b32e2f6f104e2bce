import type { FastifyRequest } from 'fastify';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, wallOf } from '../places/index.ts';
import { attachedOrders, keptSince } from '../work-orders/index.ts';
import { rulesOf } from './facts.ts';
import { entriesOf, findProject, listProjects, orderIdsOf, stepsOf, sumProjects } from './queries.ts';
import {
  IdPath,
  ProjectCommand,
  ProjectDetail,
  ProjectList,
  ProjectsQuery,
  RiskList,
  ScopeQuery,
} from './schemas.ts';
import { commandProject } from './service.ts';
import { risksOfCompound } from './service-risks.ts';
import { detailView, projectView, sumsView } from './view.ts';

const tags = ['prevention'];
/** Behind all that waits for a decision (queries.ts, rank). */
const settled = -1_000;
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

export function routes(app: App, house: House): void {
  async function detailOf(q: Executor, acting: Acting, scopeId: string, id: string, now: Date) {
    const project = await findProject(q, scopeId, id);
    if (project === null) throw new Problem('not_found');
    const [steps, ids, story] = await Promise.all([
      stepsOf(q, scopeId, id),
      orderIdsOf(q, scopeId, id),
      entriesOf(q, scopeId, id),
    ]);
    const orders = ids.length === 0 ? [] : await attachedOrders(q, scopeId, ids);
    const mayManage = mayAttempt(acting.role, 'prevention.manage');
    return detailView(project, { steps, orders, story, mayManage }, now);
  }

  app.get(
    '/prevention/projects',
    {
      config: { permission: 'prevention.read' },
      schema: {
        tags,
        operationId: 'listPreventionProjects',
        summary: 'Root-cause projects, what stands out most first, and what they have avoided',
        querystring: ProjectsQuery,
        response: { 200: ProjectList },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, state = null, all: isAll = false, cursor, limit = 20 } = request.query;
      const after = positionOf(cursor, { rank: 'number', id: 'id' });
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const scope = scopeId === undefined ? null : await accessScope(q, acting, scopeId);
        const wall = scope ?? (await wallOf(q, acting.homeScopeId));
        if (wall === null) throw new Problem('not_found');
        const [rows, sums, { rules }] = await Promise.all([
          listProjects(q, acting, { scope, state, isAll }, after, limit + 1),
          sumProjects(q, acting, scope),
          rulesOf(house, q, wall, now),
        ]);
        const shown = page(
          rows,
          limit,
          (row) => projectView(row, now),
          (row) => [row.state === 'proposed' ? row.strength : settled, row.id],
        );
        return {
          ...shown,
          ...sumsView(sums),
          most: rules.mostProposed,
          falseAlarms: rules.falseAlarms,
        };
      });
    },
  );

  app.get(
    '/prevention/projects/:id',
    {
      config: { permission: 'prevention.read' },
      schema: {
        tags,
        operationId: 'getPreventionProject',
        summary: 'One project: why, its orders, its steps, what it has brought',
        params: IdPath,
        querystring: ScopeQuery,
        response: { 200: ProjectDetail },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return house.db.read(acting.actor, async (q) => {
        await accessScope(q, acting, request.query.scopeId);
        return detailOf(q, acting, request.query.scopeId, request.params.id, house.clock.now());
      });
    },
  );

  app.post(
    '/prevention/projects/:id/commands',
    {
      config: { permission: 'prevention.manage' },
      schema: {
        tags,
        operationId: 'commandPreventionProject',
        summary: 'Take it up, decline it, give out steps, say what was done',
        params: IdPath,
        querystring: ScopeQuery,
        body: ProjectCommand,
        response: { 200: ProjectDetail },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await commandProject(house, acting, tx, { scopeId, id }, request.body, now);
        return { status: 200, body: await detailOf(tx, acting, scopeId, id, now) };
      });
    },
  );

  app.get(
    '/prevention/risks',
    {
      config: { permission: 'prevention.read' },
      schema: {
        tags,
        operationId: 'listPreventionRisks',
        summary:
          'By grid: places and matters likely to bring complaints in four weeks, with reasons; never persons',
        querystring: ScopeQuery,
        response: { 200: RiskList },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const kept = await keptSince(q, scopeId);
        return risksOfCompound(house, q, wall, kept, house.clock.now());
      });
    },
  );
}
