import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { within } from '../../../platform/db/actor.ts';
import type { App } from '../../../platform/http/app.ts';
import { runCommand } from '../../../platform/http/command.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { accessScope, wallsOf } from '../../places/index.ts';
import { viewFor } from '../domain.ts';
import { categoryAt, relationsTo } from '../facts.ts';
import { findOrder } from '../queries.ts';
import { OrderPath, ScopeQuery, Uuid } from '../schemas.ts';
import { orderView } from '../view.ts';
import { placeOf, warrantyOf } from './facts.ts';
import { pricesInForce, pricesOf, priceVersions, sheetOf } from './queries.ts';
import { handoverRoutes } from './routes-handover.ts';
import { householdBillRoutes } from './routes-household.ts';
import { jobRoutes } from './routes-job.ts';
import { JobLink, JobSheet, NewPrice, Price, WorkingAnswer, WorkingCommand } from './schemas.ts';
import { commandWorking } from './service.ts';
import { tokenOf } from './service-links.ts';
import { addPrice } from './service-prices.ts';
import { priceView, sheetView } from './view.ts';

const tags = ['work-orders'];

const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

export async function workingRoutes(app: App, house: House): Promise<void> {
  sheetRoutes(app, house);
  priceRoutes(app, house);
  householdBillRoutes(app, house);
  handoverRoutes(app, house);
  await jobRoutes(app, house);
}

function sheetRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/:id/working',
    {
      config: { permission: 'work_order.read' },
      schema: {
        tags,
        operationId: 'getJobSheet',
        summary: 'The work itself: what it costs, who helps, visits, parts, safety, contractors',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: JobSheet },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = house.clock.now();
      return house.db.read(within(acting.actor, scopeId), async (q) => {
        const [order, sheet, place] = await Promise.all([
          findOrder(q, acting, scopeId, request.params.id),
          sheetOf(q, scopeId, request.params.id),
          placeOf(q, scopeId, now),
        ]);
        if (order === null) throw new Problem('not_found');
        const { categoryCode, clockStartAt } = order.state;
        const category = await categoryAt(q, categoryCode, order.wall, clockStartAt);
        if (category === null) throw new Problem('not_found');
        const who = relationsTo(acting, order);
        // Neighbours of a public matter have no business with what it cost before.
        const warranty = who.length === 0 ? null : await warrantyOf(house, q, order, category, place, now);
        return sheetView({ order, sheet, who, warranty, place }, acting, now);
      });
    },
  );

  app.post(
    '/work-orders/:id/working',
    {
      config: { permission: 'work_order.command' },
      schema: {
        tags,
        operationId: 'commandWorking',
        summary: 'Do something about the work itself',
        params: OrderPath,
        querystring: ScopeQuery,
        body: WorkingCommand,
        response: { 200: WorkingAnswer },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const done = await commandWorking(house, acting, tx, scopeId, request.params.id, request.body, now);
        return { status: 200, body: { order: orderView(done, now), sheet: sheetView(done, acting, now) } };
      });
    },
  );

  app.get(
    '/work-orders/:id/contractor-links/:linkId',
    {
      config: { permission: 'work_order.contractor' },
      schema: {
        tags,
        operationId: 'getContractorLink',
        summary: 'The address to send to a contractor, while it works',
        params: Type.Object({ id: Uuid, linkId: Uuid }, { additionalProperties: false }),
        querystring: ScopeQuery,
        response: { 200: JobLink },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id, linkId } = request.params;
      const now = house.clock.now();
      return house.db.read(within(acting.actor, scopeId), async (q) => {
        const [order, { links }] = await Promise.all([
          findOrder(q, acting, scopeId, id),
          sheetOf(q, scopeId, id),
        ]);
        const link = links.find((one) => one.id === linkId);
        const isOpen = link !== undefined && link.revokedAt === null && link.expiresAt > now;
        const who = order === null ? [] : relationsTo(acting, order);
        const maySend =
          order !== null && viewFor(order.state, who).seesInternal && !who.includes('predecessor');
        if (!isOpen || !maySend) throw new Problem('work_order.link_unknown');
        return {
          path: `/m/job/${tokenOf(house.crypto, scopeId, linkId)}`,
          expiresAt: link.expiresAt.toISOString(),
        };
      });
    },
  );
}

function priceRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/prices',
    {
      config: { permission: 'price.read' },
      schema: {
        tags,
        operationId: 'listPrices',
        summary: 'What materials and labour cost here; public, as the law asks',
        querystring: Type.Object(
          {
            scopeId: Uuid,
            /** Also what is to come. */
            coming: Type.Optional(Type.Boolean()),
            /** Also what is no longer offered. */
            withdrawn: Type.Optional(Type.Boolean()),
            /** Every version of one. */
            code: Type.Optional(Type.String({ maxLength: 40 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(Price) }) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, coming = false, withdrawn = false, code } = request.query;
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const { listScopeIds, today } = await placeOf(q, scopeId, now);
        const rows = await pricesOf(q, listScopeIds);
        const current = pricesInForce(rows, listScopeIds, today, withdrawn);
        const inForce = new Set(current.flatMap((row) => (row.isWithdrawn ? [] : [row.id])));
        const shown =
          code !== undefined
            ? (await Promise.all(listScopeIds.map((id) => priceVersions(q, id, code)))).flat()
            : coming
              ? [...current, ...rows.filter(({ validFrom }) => validFrom > today)]
              : current;
        const kinds = new Map((await wallsOf(q, listScopeIds)).map((wall) => [wall.scopeId, wall.kind]));
        return {
          items: shown.map((row) =>
            priceView(
              row,
              kinds.get(row.scopeId) === 'company' ? 'company' : 'department',
              inForce,
              acting.role !== 'resident',
            ),
          ),
        };
      });
    },
  );

  app.post(
    '/work-orders/prices',
    {
      config: { permission: 'price.write' },
      schema: {
        tags,
        operationId: 'addPrice',
        summary: 'A price from a day on; what it was stays as it was',
        body: NewPrice,
        response: { 201: Price },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      return runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const { row, scopeKind } = await addPrice(tx, acting, request.body, now);
        const { today } = await placeOf(tx, row.scopeId, now);
        const inForce = new Set(row.validFrom <= today && !row.isWithdrawn ? [row.id] : []);
        return { status: 201, body: priceView(row, scopeKind, inForce, true) };
      });
    },
  );
}
