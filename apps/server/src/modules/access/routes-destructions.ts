import type { FastifyRequest } from 'fastify';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { findDestruction, listDestructions } from './queries-destructions.ts';
import { IdPath, ScopeQuery } from './schemas.ts';
import { Certificate, Destructions } from './schemas-passages.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

export function destructionRoutes(app: App, house: House): void {
  const { db } = house;
  app.get(
    '/access/destructions',
    {
      config: { permission: 'gate.measures' },
      schema: {
        tags,
        operationId: 'listDestructions',
        summary: 'What was destroyed, when and on what ground',
        querystring: ScopeQuery,
        response: { 200: Destructions },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const rows = await listDestructions(q, scopeId);
        return {
          items: rows.map(({ id, kind, measure, documentNo, requestNo, from, to, count, doneAt }) => ({
            id,
            kind,
            measure,
            documentNo,
            requestNo,
            count,
            from: from.toISOString(),
            to: to.toISOString(),
            doneAt: doneAt.toISOString(),
          })),
        };
      });
    },
  );

  app.get(
    '/access/destructions/:id',
    {
      config: { permission: 'gate.measures' },
      schema: {
        tags,
        operationId: 'getDestruction',
        summary: 'A certificate of destruction, to be printed',
        params: IdPath,
        querystring: ScopeQuery,
        response: { 200: Certificate },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const row = await findDestruction(q, scopeId, request.params.id);
        if (row === null) throw new Problem('not_found');
        return {
          ...row,
          place: wall.name,
          from: row.from.toISOString(),
          to: row.to.toISOString(),
          doneAt: row.doneAt.toISOString(),
        };
      });
    },
  );
}
