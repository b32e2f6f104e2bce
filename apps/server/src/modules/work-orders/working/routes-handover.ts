import { DAY, localDate } from '@gongzhi/kernel';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../../platform/http/app.ts';
import { runCommand } from '../../../platform/http/command.ts';
import type { House } from '../../../platform/house.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { staffOfDepartment, wallOf, wallsOf } from '../../places/index.ts';
import { catalogueOf } from '../facts.ts';
import { openOrdersOf } from '../queries.ts';
import { nullable, oneOf, Time, Uuid, Words } from '../schemas-words.ts';
import { handoverItems, handoversOf } from './queries-handover.ts';
import { answerHandover, handOver } from './service-handover.ts';

const tags = ['work-orders'];
const strict = { additionalProperties: false };

const Handover = Type.Object(
  {
    id: Uuid,
    fromName: Type.String(),
    toName: Type.String(),
    isFromMe: Type.Boolean(),
    isForMe: Type.Boolean(),
    state: oneOf(['offered', 'accepted', 'declined', 'withdrawn'] as const),
    createdAt: Time,
    answeredAt: nullable(Time),
    items: Type.Array(
      Type.Object({
        orderId: Uuid,
        scopeId: Uuid,
        scopeName: Type.String(),
        number: Type.String(),
        categoryNameZh: Type.String(),
        categoryNameEn: Type.String(),
        placeLabel: Type.String(),
        status: Type.String(),
        isEmergency: Type.Boolean(),
        note: Type.String(),
        result: nullable(oneOf(['passed', 'gone'] as const)),
      }),
    ),
  },
  { title: 'Handover' },
);

const Colleague = Type.Object({
  accountId: Uuid,
  displayName: Type.String(),
  title: Type.String(),
  openOrders: Type.Integer(),
});

export function handoverRoutes(app: App, house: House): void {
  const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

  app.get(
    '/work-orders/handovers',
    {
      config: { permission: 'work_order.handover' },
      schema: {
        tags,
        operationId: 'listHandovers',
        summary: 'Jobs handed on at shift change, and to whom one may hand them',
        response: { 200: Type.Object({ items: Type.Array(Handover), colleagues: Type.Array(Colleague) }) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const [rows, wall] = await Promise.all([
          handoversOf(q, acting, new Date(now.getTime() - 3 * DAY)),
          wallOf(q, acting.homeScopeId),
        ]);
        const [items, staff] = await Promise.all([
          handoverItems(
            q,
            acting.homeScopeId,
            rows.map(({ id }) => id),
          ),
          staffOfDepartment(q, acting.homeScopeId, localDate(now.getTime(), wall?.timeZone)),
        ]);
        const others = staff.filter(
          ({ accountId, role }) => accountId !== acting.accountId && role === 'worker',
        );
        const [catalogue, walls, load] = await Promise.all([
          catalogueOf(
            q,
            items.map(({ categoryCode }) => categoryCode),
          ),
          wallsOf(q, [...new Set(items.map(({ scopeId }) => scopeId))]),
          openOrdersOf(
            q,
            acting,
            others.map(({ accountId }) => accountId),
          ),
        ]);
        const names = new Map(walls.map(({ scopeId, name }) => [scopeId, name]));
        return {
          items: rows.map((row) => ({
            id: row.id,
            fromName: row.fromName,
            toName: row.toName,
            isFromMe: row.fromAccountId === acting.accountId,
            isForMe: row.toAccountId === acting.accountId,
            state: row.state,
            createdAt: row.createdAt.toISOString(),
            answeredAt: row.answeredAt?.toISOString() ?? null,
            items: items
              .filter(({ handoverId }) => handoverId === row.id)
              .map((item) => ({
                orderId: item.orderId,
                scopeId: item.scopeId,
                scopeName: names.get(item.scopeId) ?? '',
                number: item.number,
                categoryNameZh: catalogue.get(item.categoryCode)?.nameZh ?? item.categoryCode,
                categoryNameEn: catalogue.get(item.categoryCode)?.nameEn ?? item.categoryCode,
                // Whose door a confidential matter is at is told with the job itself.
                placeLabel: item.isConfidential ? '' : item.placeLabel,
                status: item.status,
                isEmergency: item.isEmergency,
                note: item.note,
                result: item.result,
              })),
          })),
          colleagues: others.map(({ accountId, displayName, title }) => ({
            accountId,
            displayName,
            title,
            openOrders: load.get(accountId) ?? 0,
          })),
        };
      });
    },
  );

  app.post(
    '/work-orders/handovers',
    {
      config: { permission: 'work_order.handover_give' },
      schema: {
        tags,
        operationId: 'handOver',
        summary: 'Hand jobs on to a colleague, or back to the desk; all of them or none',
        body: Type.Object(
          {
            /** Null: back to the desk, at once. */
            toAccountId: nullable(Uuid),
            items: Type.Array(Type.Object({ scopeId: Uuid, orderId: Uuid, note: Words(1, 500) }, strict), {
              minItems: 1,
              maxItems: 100,
            }),
          },
          strict,
        ),
        response: { 201: Type.Object({ id: nullable(Uuid) }) },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      return runCommand(house, request, reply, acting.homeScopeId, async (tx, now) => ({
        status: 201,
        body: { id: await handOver(house, acting, tx, request.body, now) },
      }));
    },
  );

  app.post(
    '/work-orders/handovers/:handoverId',
    {
      config: { permission: 'work_order.handover_give' },
      schema: {
        tags,
        operationId: 'answerHandover',
        summary: 'Take them, leave them, or take the offer back',
        params: Type.Object({ handoverId: Uuid }, strict),
        body: Type.Object({ answer: oneOf(['accept', 'decline', 'withdraw'] as const) }, strict),
        response: { 200: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { handoverId } = request.params;
      return runCommand(house, request, reply, acting.homeScopeId, async (tx, now) => {
        await answerHandover(house, acting, tx, handoverId, request.body.answer, now);
        return { status: 200, body: { id: handoverId } };
      });
    },
  );
}
