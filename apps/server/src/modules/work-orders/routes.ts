import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { within } from '../../platform/db/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageQuery } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, wallOf } from '../places/index.ts';
import { catalogueAt, categoryAt, isStaffsOwn, relationsTo, settingsOf, standingOf } from './facts.ts';
import { aroundOf, findOrder, timelineOf } from './queries.ts';
import { learntWords } from './queries-learning.ts';
import { reportRoutes } from './report/routes.ts';
import { listRoutes } from './routes-list.ts';
import {
  Category,
  Command,
  NewWorkOrder,
  OrderPath,
  ScopeQuery,
  TimelinePage,
  Uuid,
  WorkOrder,
} from './schemas.ts';
import { commandOrder } from './service.ts';
import { createOrder } from './service-create.ts';
import { actorForUrging } from './service-follow.ts';
import { orderView, timelineView } from './view.ts';

const tags = ['work-orders'];

/** A route under /api/v1 is only reached signed in; this says so to the compiler. */
function actingOf(request: Pick<FastifyRequest, 'acting'>): Acting {
  if (request.acting === null) throw new Problem('auth.session_required');
  return request.acting;
}

export function routes(app: App, house: House): void {
  app.get(
    '/work-orders/catalogue',
    {
      config: { permission: 'catalogue.read' },
      schema: {
        tags,
        operationId: 'listCategories',
        summary: 'What can be reported, and within which limits it is done',
        querystring: ScopeQuery,
        response: {
          200: Type.Object({
            items: Type.Array(Category),
            /** What the desk's corrections have taught about words: added to what the catalogue's own give. */
            learnt: Type.Array(
              Type.Object({ word: Type.String(), code: Type.String(), weight: Type.Integer() }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, request.query.scopeId);
        const [all, learnt] = await Promise.all([
          catalogueAt(q, wall, house.clock.now().getTime()),
          learntWords(q, wall.cityId ?? wall.scopeId),
        ]);
        const isResident = acting.role === 'resident';
        return {
          learnt,
          items: all
            .filter((category) => category.isActive)
            .filter((category) => !isResident || !isStaffsOwn(category))
            .map(({ cityId: _, isActive: __, ...category }) => ({
              ...category,
              keywordsZh: [...category.keywordsZh],
              keywordsEn: [...category.keywordsEn],
            })),
        };
      });
    },
  );

  app.post(
    '/work-orders',
    {
      config: { permission: 'work_order.create' },
      schema: {
        tags,
        operationId: 'createWorkOrder',
        summary: 'Report something',
        body: NewWorkOrder,
        response: { 201: WorkOrder },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const run = async (tx: Tx, now: Date) => {
        const done = await createOrder(house, acting, tx, request.body, now);
        return { status: 201, body: orderView(done, now) };
      };
      return runCommand(house, request, reply, request.body.scopeId, run, {
        drawnAgain: ['work_order_number'],
      });
    },
  );

  app.get(
    '/work-orders/:id',
    {
      config: { permission: 'work_order.read' },
      schema: {
        tags,
        operationId: 'getWorkOrder',
        summary: 'One order, with its steps and what you may do',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: WorkOrder },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = house.clock.now();
      return house.db.read(within(acting.actor, scopeId), async (q) => {
        const [order, around, wall] = await Promise.all([
          findOrder(q, acting, scopeId, request.params.id),
          aroundOf(q, acting, scopeId, request.params.id),
          wallOf(q, scopeId),
        ]);
        if (order === null || wall === null) throw new Problem('not_found');
        const [category, settings] = await Promise.all([
          categoryAt(q, order.state.categoryCode, order.wall, order.state.clockStartAt),
          settingsOf(house, q, order.wall, now, order.state.categoryCode),
        ]);
        if (category === null) throw new Problem('not_found');
        const who = relationsTo(acting, order);
        return orderView(
          {
            order,
            around: { ...around, scopeName: wall.name },
            category,
            settings,
            who,
            standing: standingOf(acting, order),
          },
          now,
        );
      });
    },
  );

  app.get(
    '/work-orders/:id/timeline',
    {
      config: { permission: 'work_order.read' },
      schema: {
        tags,
        operationId: 'getTimeline',
        summary: 'Every hand and every hour',
        params: OrderPath,
        querystring: Type.Object({ scopeId: Uuid, ...pageQuery }, { additionalProperties: false }),
        response: { 200: TimelinePage },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, cursor, limit = 100 } = request.query;
      const after = idPosition(cursor);
      return house.db.read(within(acting.actor, scopeId), async (q) => {
        const [order, events] = await Promise.all([
          findOrder(q, acting, scopeId, request.params.id),
          timelineOf(q, scopeId, request.params.id, acting.accountId, after, limit + 1),
        ]);
        if (order === null) throw new Problem('not_found');
        const shown = page(
          events,
          limit,
          (event) => event,
          (event) => [event.eventId],
        );
        return { items: timelineView(shown.items, order, acting), nextCursor: shown.nextCursor };
      });
    },
  );

  app.post(
    '/work-orders/:id/commands',
    {
      config: { permission: 'work_order.command' },
      schema: {
        tags,
        operationId: 'commandWorkOrder',
        summary: 'Do something with an order',
        params: OrderPath,
        querystring: ScopeQuery,
        body: Command,
        response: { 200: WorkOrder },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const actor =
        request.body.action === 'urge'
          ? await actorForUrging(house, acting, scopeId, request.params.id)
          : null;
      const { method, url, headers, body } = request;
      const asked = actor === null ? request : { acting: { ...acting, actor }, method, url, headers, body };
      const run = async (tx: Tx, now: Date) => {
        const done = await commandOrder(house, acting, tx, scopeId, request.params.id, request.body, now);
        return { status: 200, body: orderView(done, now) };
      };
      return runCommand(house, asked, reply, scopeId, run, { drawnAgain: ['work_order_number'] });
    },
  );

  listRoutes(app, house);
  reportRoutes(app, house);
}
