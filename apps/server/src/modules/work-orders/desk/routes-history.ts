import { within } from '../../../platform/db/actor.ts';
import type { App } from '../../../platform/http/app.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import { findOrder } from '../queries.ts';
import { OrderPath, ScopeQuery } from '../schemas.ts';
import { fieldChangesOf } from './queries-history.ts';
import { actingOf } from './reach.ts';
import { FieldHistory } from './schemas.ts';

/** Who changed which field, when, from what to what. */
export function historyRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/:id/history',
    {
      config: { permission: 'order_history.read' },
      schema: {
        tags: ['desk'],
        operationId: 'getFieldHistory',
        summary: 'Who changed which field of an order, when, from what to what',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: FieldHistory },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return house.db.read(within(acting.actor, scopeId), async (q) => {
        const [order, rows] = await Promise.all([
          findOrder(q, acting, scopeId, request.params.id),
          fieldChangesOf(q, scopeId, request.params.id),
        ]);
        if (order === null) throw new Problem('not_found');
        return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
      });
    },
  );
}
