import { localDate } from '@gongzhi/kernel';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { within } from '../../platform/db/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageOf, pageQuery, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, staffOfDepartment, wallOf, wallsOf } from '../places/index.ts';
import { soughtIn, STATUSES } from './domain.ts';
import {
  catalogueAt,
  categoriesOf,
  categoryAt,
  isStaffsOwn,
  relationsTo,
  settingsOf,
  standingOf,
} from './facts.ts';
import {
  aroundOf,
  countQueues,
  findOrder,
  type ListPosition,
  listOrders,
  openOrdersOf,
  timelineOf,
} from './queries.ts';
import { learntWords } from './queries-learning.ts';
import { reportRoutes } from './report/routes.ts';
import {
  Candidate,
  Category,
  Command,
  type ListFilter,
  ListQuery,
  NewWorkOrder,
  OrderPath,
  QueueCounts,
  ScopeQuery,
  TimelinePage,
  Uuid,
  WorkOrder,
  WorkOrderPage,
} from './schemas.ts';
import { commandOrder } from './service.ts';
import { createOrder } from './service-create.ts';
import { actorForUrging } from './service-follow.ts';
import { orderView, rowView, timelineView } from './view.ts';

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
    '/work-orders',
    {
      config: { permission: 'work_order.list' },
      schema: {
        tags,
        operationId: 'listWorkOrders',
        summary: 'Orders within reach, by queue, status, place',
        querystring: ListQuery,
        response: { 200: WorkOrderPage },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const filter = request.query;
      const limit = filter.limit ?? 20;
      const statuses = statusesOf(filter.status);
      const after = listPositionOf(filter);
      const { scopeId } = filter;
      if (filter.words !== undefined) mayFindWords(acting, filter.words);
      if (filter.grid !== undefined && scopeId === undefined)
        throw new Problem('validation.failed', {}, [
          { path: 'querystring/scopeId', code: 'required', params: {} },
        ]);
      const scope =
        scopeId === undefined
          ? null
          : await house.db.read(acting.actor, (q) => accessScope(q, acting, scopeId));
      // A compound's rows lie in its own scope; a community's or a department's lie in many.
      const actor = scope?.kind === 'compound' ? within(acting.actor, scope.scopeId) : acting.actor;
      return house.db.read(actor, async (q) => {
        const rows = await listOrders(q, acting, {
          filter,
          scope,
          statuses,
          after,
          now: house.clock.now(),
          limit,
        });
        const found = await wallsOf(q, [...new Set(rows.map((row) => row.scope_id))]);
        const categoryOfRow = await categoriesOf(q, rows, found);
        const walls = new Map(found.map((wall) => [wall.scopeId, wall]));
        return page(
          rows,
          limit,
          (row) => {
            const wall = walls.get(row.scope_id);
            const category = categoryOfRow(row.category_code, wall, row.created_at);
            return rowView(row, acting, category, wall);
          },
          (row) =>
            filter.sort === 'due'
              ? [row.next_due_at === null ? null : Date.parse(row.next_due_at), row.work_order_id]
              : [row.work_order_id],
        );
      });
    },
  );

  app.get(
    '/work-orders/queues',
    {
      config: { permission: 'work_order.queues' },
      schema: {
        tags,
        operationId: 'countQueues',
        summary: "How many stand in each of the desk's queues",
        querystring: Type.Partial(ScopeQuery),
        response: { 200: QueueCounts },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return house.db.read(acting.actor, async (q) => {
        const scope =
          request.query.scopeId === undefined ? null : await accessScope(q, acting, request.query.scopeId);
        return countQueues(q, acting, scope, house.clock.now());
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

  app.get(
    '/work-orders/:id/candidates',
    {
      config: { permission: 'work_order.candidates' },
      schema: {
        tags,
        operationId: 'listCandidates',
        summary: 'Who may be sent: skill and open load',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: pageOf(Candidate) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return house.db.read(acting.actor, async (q) => {
        const order = await findOrder(q, acting, request.query.scopeId, request.params.id);
        const wall = await wallOf(q, request.query.scopeId);
        if (order === null || wall === null) throw new Problem('not_found');
        const category = await categoryAt(q, order.state.categoryCode, order.wall, order.state.clockStartAt);
        const staff =
          wall.departmentId === null
            ? []
            : await staffOfDepartment(
                q,
                wall.departmentId,
                localDate(house.clock.now().getTime(), wall.timeZone),
              );
        const load = await openOrdersOf(
          q,
          acting,
          staff.map((member) => member.accountId),
        );
        const { accusedAccountId } = order.state;
        const items = staff
          // A complaint about a colleague goes to nobody below the manager, and never to whom it is about.
          .filter(
            (member) =>
              accusedAccountId === null ||
              (member.role === 'manager' && member.accountId !== accusedAccountId),
          )
          .map((member) => ({
            accountId: member.accountId,
            displayName: member.displayName,
            title: member.title,
            role: member.role,
            skills: [...member.skills],
            hasSkill:
              category === null || category.skill === 'office' || member.skills.includes(category.skill),
            openOrders: load.get(member.accountId) ?? 0,
          }))
          .sort((a, b) => Number(b.hasSkill) - Number(a.hasSkill) || a.openOrders - b.openOrders);
        return { items, nextCursor: null };
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

  reportRoutes(app, house);
}

function listPositionOf({ cursor, sort }: ListFilter): ListPosition | null {
  if (sort !== 'due') {
    const id = idPosition(cursor);
    return id === null ? null : { due: null, id };
  }
  const position = positionOf(cursor, { due: 'milliseconds?', id: 'id' });
  return position && { due: position.due === null ? null : new Date(position.due), id: position.id };
}

function statusesOf(list: string | undefined): string[] {
  if (list === undefined) return [];
  const statuses = list.split(',');
  const known: readonly string[] = STATUSES;
  if (statuses.some((status) => !known.includes(status)))
    throw invalidQuery('status', { allowedValues: STATUSES });
  return statuses;
}

/** Words say more than a row shows: whoever has no queues looks at what is listed. */
function mayFindWords(acting: Acting, words: string): void {
  if (!mayAttempt(acting.role, 'work_order.queues'))
    throw new Problem('permission.denied', { permission: 'work_order.queues' });
  if (soughtIn(words) === null)
    throw new Problem('validation.failed', {}, [
      { path: 'querystring/words', code: 'minLength', params: { limit: 2 } },
    ]);
}

function invalidQuery(name: string, params: Record<string, unknown> = {}): Problem {
  return new Problem('validation.failed', {}, [{ path: `querystring/${name}`, code: 'enum', params }]);
}
