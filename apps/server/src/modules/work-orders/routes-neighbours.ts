import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { within } from '../../platform/db/actor.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, findBuilding, findFacility } from '../places/index.ts';
import { mostSimilar, type OrderState, station } from './domain.ts';
import { catalogueOf, relationsBy } from './facts.ts';
import { openPublicOrders } from './queries-followers.ts';
import { OrderPath, ScopeQuery, Uuid, WorkOrder } from './schemas.ts';
import { followOrder } from './service-follow.ts';
import { orderView } from './view.ts';

const tags = ['work-orders'];

const SimilarQuery = Type.Object(
  {
    scopeId: Uuid,
    category: Type.String({ minLength: 1, maxLength: 80 }),
    buildingId: Type.Optional(Uuid),
    facilityId: Type.Optional(Uuid),
    spot: Type.Optional(Type.String({ maxLength: 100 })),
    words: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);

/** What a neighbour may know of it, and nothing about who. */
const Similar = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    categoryNameZh: Type.String(),
    categoryNameEn: Type.String(),
    placeLabel: Type.String(),
    status: WorkOrder.properties.status,
    station: WorkOrder.properties.station,
    createdAt: WorkOrder.properties.createdAt,
    /** Who reported it and who follows it. */
    neighbours: Type.Integer({ minimum: 1 }),
    isMine: Type.Boolean(),
    isFollowed: Type.Boolean(),
  },
  { title: 'SimilarWorkOrder' },
);

const actingOf = (request: object): Acting => (request as Pick<FastifyRequest, 'acting'>).acting as Acting;

/** "Already reported by 3 neighbours: follow it instead." */
export function neighbourRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/similar',
    {
      config: { permission: 'work_order.similar' },
      schema: {
        tags,
        operationId: 'listSimilar',
        summary: 'What was already reported near there: three at most, open and public',
        querystring: SimilarQuery,
        response: { 200: Type.Object({ items: Type.Array(Similar, { maxItems: 3 }) }) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, category, buildingId, facilityId, spot = '', words = '' } = request.query;
      const now = house.clock.now();
      return house.db.read(within(acting.actor, scopeId), async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const [catalogue, building, facility, days] = await Promise.all([
          catalogueOf(q),
          buildingId === undefined ? null : findBuilding(q, scopeId, buildingId),
          facilityId === undefined ? null : findFacility(q, scopeId, facilityId),
          house.settings.get(
            q,
            [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null),
            'work_order.similar_days',
            now,
          ),
        ]);
        const meant = catalogue.get(category);
        if (meant === undefined || meant.isConfidential) return { items: [] };
        const codes = [...catalogue.values()]
          .filter((one) => one.group === meant.group && !one.isConfidential)
          .map(({ code }) => code);
        const rows = await openPublicOrders(q, acting, {
          scopeId,
          categoryCodes: codes,
          since: new Date(now.getTime() - days * 86_400_000),
        });
        const here = {
          facilityId: facility?.id ?? null,
          buildingId: building?.id ?? facility?.buildingId ?? null,
          placeLabel: [facility?.label ?? building?.name ?? '', spot.trim()].join(' ').trim(),
          categoryCode: category,
          description: words,
        };
        return {
          items: mostSimilar(here, rows).map((row) => {
            const state = { status: row.status, pausedFrom: row.pausedFrom } as OrderState;
            return {
              id: row.id,
              scopeId,
              categoryNameZh: catalogue.get(row.categoryCode)?.nameZh ?? row.categoryCode,
              categoryNameEn: catalogue.get(row.categoryCode)?.nameEn ?? row.categoryCode,
              placeLabel: row.placeLabel,
              status: state.status,
              station: station(state),
              createdAt: row.createdAt.toISOString(),
              neighbours: 1 + row.followers,
              isMine: relationsBy(acting, {
                id: row.id,
                householdId: row.householdId,
                reporterAccountId: row.reporterAccountId,
                assigneeAccountId: null,
                accusedAccountId: null,
                crewAccountIds: [],
                companyId: null,
                servedBy: null,
              }).includes('reporter'),
              isFollowed: row.isFollowed,
            };
          }),
        };
      });
    },
  );

  for (const [verb, isFollowing] of [
    ['follow', true],
    ['unfollow', false],
  ] as const) {
    app.post(
      `/work-orders/:id/${verb}`,
      {
        config: { permission: 'work_order.follow' },
        schema: {
          tags,
          operationId: `${verb}WorkOrder`,
          summary: isFollowing ? 'Be told what happens to what a neighbour reported' : 'Be told no more',
          params: OrderPath,
          querystring: ScopeQuery,
          response: { 200: WorkOrder },
        },
      },
      (request, reply) => {
        const acting = actingOf(request);
        const { scopeId } = request.query;
        return runCommand(house, request, reply, scopeId, async (tx, now) => {
          const at = { scopeId, id: request.params.id, isFollowing };
          const done = await followOrder(house, acting, tx, at, now);
          return { status: 200, body: orderView(done, now) };
        });
      },
    );
  }
}
