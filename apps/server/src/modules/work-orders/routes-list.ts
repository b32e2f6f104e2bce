import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { within } from '../../platform/db/actor.ts';
import type { App } from '../../platform/http/app.ts';
import { page, positionOf, idPosition } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, wallsOf } from '../places/index.ts';
import { soughtIn, STATUSES } from './domain.ts';
import { categoriesOf } from './facts.ts';
import { countListed, type ListPosition, listOrders } from './queries-list.ts';
import { standingInQueues } from './queries-sums.ts';
import { type ListFilter, ListQuery, QueueCounts, ScopeQuery, WorkOrderPage } from './schemas.ts';
import { rowView } from './view.ts';

const tags = ['work-orders'];
const all = 1_000_000;

/** Many orders at once, and how many stand in each queue. */
export function listRoutes(app: App, house: House): void {
  const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

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
        const listed = {
          filter: { queue: 'due_hour' },
          scope,
          statuses: [],
          now: house.clock.now(),
        } as const;
        const [dueHour, { openLate, ...standing }] = await Promise.all([
          countListed(q, acting, listed, all),
          standingInQueues(q, acting, scope),
        ]);
        return { ...standing, late: openLate, dueHour };
      });
    },
  );
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
