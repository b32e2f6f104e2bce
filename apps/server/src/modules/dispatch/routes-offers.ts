import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { wallsOf } from '../places/index.ts';
import { orderForDispatch, orderOfHouse } from '../work-orders/index.ts';
import { holdFault, stepDueAt, stepsFor, type WatchedOrder } from './domain.ts';
import { teamOf } from './queries-candidates.ts';
import { alertsOf, hasBeenTold, rulesOf } from './queries-escalation.ts';
import { findTask, openOffersOf } from './queries-tasks.ts';
import { OrderPath, ScopeQuery } from './schemas-candidates.ts';
import { DispatchState, OfferAnswer, OpenOffer } from './schemas-offers.ts';
import { acknowledgeOrder, answerOffer } from './service-answers.ts';

const tags = ['dispatch'];
const iso = (instant: number | null | undefined): string | null =>
  instant == null ? null : new Date(instant).toISOString();

export function offerRoutes(app: App, house: House): void {
  const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

  app.get(
    '/dispatch/offers',
    {
      config: { permission: 'offer.answer' },
      schema: {
        tags,
        operationId: 'listOffers',
        summary: 'What one is asked to take just now',
        response: { 200: Type.Object({ items: Type.Array(OpenOffer) }) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return house.db.read(acting.actor, async (q) => {
        const offers = await openOffersOf(q, acting, house.clock.now());
        const [orders, walls] = await Promise.all([
          Promise.all(offers.map(({ scopeId, orderId }) => orderOfHouse(q, scopeId, orderId))),
          wallsOf(q, [...new Set(offers.map(({ scopeId }) => scopeId))]),
        ]);
        const names = new Map(walls.map(({ scopeId, name }) => [scopeId, name]));
        return {
          items: offers.flatMap((offer, i) => {
            const found = orders[i];
            if (found == null) return [];
            const { order } = found;
            const isHidden = order.state.isConfidential;
            return [
              {
                orderId: offer.orderId,
                scopeId: offer.scopeId,
                scopeName: names.get(offer.scopeId) ?? '',
                number: order.number,
                categoryNameZh: found.nameZh,
                categoryNameEn: found.nameEn,
                placeLabel: isHidden ? '' : order.placeLabel,
                description: isHidden ? '' : order.description,
                isEmergency: offer.isEmergency,
                mode: offer.mode,
                offeredAt: offer.offeredAt.toISOString(),
                expiresAt: offer.expiresAt.toISOString(),
                travelMinutes: offer.travelMinutes === null ? null : Math.round(offer.travelMinutes),
                arriveDueAt: iso(order.state.arriveDueAt),
              },
            ];
          }),
        };
      });
    },
  );

  app.post(
    '/dispatch/offers/:id',
    {
      config: { permission: 'offer.answer' },
      schema: {
        tags,
        operationId: 'answerOffer',
        summary: 'Take it, or say why not; of all who press at once one has it',
        params: OrderPath,
        querystring: ScopeQuery,
        body: OfferAnswer,
        response: { 200: Type.Object({ id: Type.String() }) },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { id } = request.params;
      const { scopeId } = request.query;
      const { body } = request;
      const reason = body.answer === 'decline' ? body.reason.trim() : null;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await answerOffer(house, acting, tx, { scopeId, orderId: id, said: body.answer, reason }, now);
        return { status: 200, body: { id } };
      });
    },
  );

  app.get(
    '/dispatch/orders/:id',
    {
      config: { permission: 'dispatch.read' },
      schema: {
        tags,
        operationId: 'getDispatch',
        summary: 'Who was asked to take an order, and who heard that nobody has',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: Type.Object({ dispatch: Type.Union([DispatchState, Type.Null()]) }) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const found = await orderForDispatch(q, acting, scopeId, request.params.id);
        if (found === null) throw new Problem('not_found');
        const { order, id } = found;
        const row = await findTask(q, scopeId, id);
        const [isTold, alerts, team, rules] = await Promise.all([
          hasBeenTold(q, scopeId, id, row?.watch?.round ?? 0, acting.accountId),
          alertsOf(q, scopeId, id),
          teamOf(q, house, scopeId, now.getTime()),
          rulesOf(q, house, order.wall, now),
        ]);
        if (row === null) return { dispatch: null };
        const seen: WatchedOrder = {
          status: order.state.status,
          isEmergency: order.state.isEmergency,
          respondDueAt: order.state.respondDueAt,
          acceptedAt: order.state.acceptedAt,
          respondMinutes: found.respondMinutes,
        };
        const isWatched = row.watch !== null && !row.watch.isEnded;
        const next = isWatched ? stepsFor(seen, rules)[row.watch?.step ?? 0] : undefined;
        return {
          dispatch: {
            mode: row.task.mode,
            state: row.task.state,
            round: row.task.round,
            offers: row.task.offers.map(({ accountId, state, offeredAt, expiresAt }) => ({
              accountId,
              displayName: team?.staff.get(accountId)?.displayName ?? '',
              state,
              offeredAt: new Date(offeredAt).toISOString(),
              expiresAt: new Date(expiresAt).toISOString(),
            })),
            alerts: alerts
              .filter(({ round }) => round === (row.watch?.round ?? 0))
              .map(({ matter, reason, role, afterMinutes, count, at }) => ({
                matter,
                reason,
                role,
                afterMinutes,
                count,
                at: at.toISOString(),
              })),
            isWatched,
            nextRole: next?.to ?? null,
            nextAt: iso(stepDueAt(row.watch, seen, rules)),
            heldByName: (row.watch?.heldUntil ?? 0) > now.getTime() ? row.heldByName : null,
            heldUntil: iso(row.watch?.heldUntil),
            mayHold: isWatched && row.watch !== null && holdFault(row.watch, isTold) === null,
          },
        };
      });
    },
  );

  app.post(
    '/dispatch/orders/:id/acknowledge',
    {
      config: { permission: 'dispatch.acknowledge' },
      schema: {
        tags,
        operationId: 'acknowledgeOrder',
        summary: 'I see to it: the chain of alerts rests for a while',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: Type.Object({ id: Type.String() }) },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { id } = request.params;
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await acknowledgeOrder(house, acting, tx, scopeId, id, now);
        return { status: 200, body: { id } };
      });
    },
  );
}
