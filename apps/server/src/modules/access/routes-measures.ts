import type { FastifyRequest } from 'fastify';
import type { Tx } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { findMeasure, listMeasures } from './queries-measures.ts';
import {
  IdPath,
  MaybeScopeQuery,
  Measure,
  MeasureCommand,
  MeasureInput,
  Measures,
  ScopeQuery,
} from './schemas.ts';
import { commandMeasure, orderMeasure } from './service-measures.ts';
import { measureView } from './view.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

async function view(tx: Tx, acting: Acting, scopeId: string, id: string, now: Date) {
  const measure = await findMeasure(tx, acting, scopeId, id);
  if (measure === null) throw new Problem('not_found');
  return measureView(measure, now);
}

export function measureRoutes(app: App, house: House): void {
  app.get(
    '/access/measures',
    {
      config: { permission: 'gate.measures' },
      schema: {
        tags,
        operationId: 'listMeasures',
        summary: 'Measures at gates, the newest first: planned, in force, over, and their data destroyed',
        querystring: MaybeScopeQuery,
        response: { 200: Measures },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const scope = scopeId === undefined ? null : await accessScope(q, acting, scopeId);
        const rows = await listMeasures(q, acting, scope);
        return {
          items: rows.map((row) => measureView(row, now)),
          mayOrder: mayAttempt(acting.role, 'gate.order_measures'),
        };
      });
    },
  );

  app.post(
    '/access/measures',
    {
      config: { permission: 'gate.order_measures' },
      schema: {
        tags,
        operationId: 'orderMeasure',
        summary:
          'Carry out a competent authority’s decision at the gates of a compound or one of its buildings, until a time',
        body: MeasureInput,
        response: { 201: Measure },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.body;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const id = await orderMeasure(acting, tx, request.body, now);
        return { status: 201, body: await view(tx, acting, scopeId, id, now) };
      });
    },
  );

  app.post(
    '/access/measures/:id/commands',
    {
      config: { permission: 'gate.order_measures' },
      schema: {
        tags,
        operationId: 'commandMeasure',
        summary: 'Change what comes of a measure, or end it now',
        params: IdPath,
        querystring: ScopeQuery,
        body: MeasureCommand,
        response: { 200: Measure },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await commandMeasure(acting, tx, scopeId, id, request.body, now);
        return { status: 200, body: await view(tx, acting, scopeId, id, now) };
      });
    },
  );
}
