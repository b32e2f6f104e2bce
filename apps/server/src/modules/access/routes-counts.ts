import type { FastifyRequest } from 'fastify';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { CountsQuery, PlaceCounts, Recount } from './schemas-counts.ts';
import { listCounts, recount } from './service-counts.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

export function countRoutes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/access/counts',
    {
      config: { permission: 'passage.figures' },
      schema: {
        tags,
        operationId: 'getPlaceCounts',
        summary:
          'How many people and vehicles are inside, since when that is counted, and how far off it was',
        querystring: CountsQuery,
        response: { 200: PlaceCounts },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return db.read(acting.actor, async (q) => ({
        items: await listCounts(q, await accessScope(q, acting, request.query.scopeId), clock.now()),
      }));
    },
  );

  app.post(
    '/access/counts',
    {
      config: { permission: 'gate.recount' },
      schema: {
        tags,
        operationId: 'recountPlace',
        summary:
          'Somebody went and counted: the gates count on from there, and how far off they were is kept',
        body: Recount,
        response: { 200: PlaceCounts },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 200,
        body: { items: await recount(tx, actingOf(request), request.body, now) },
      })),
  );
}
