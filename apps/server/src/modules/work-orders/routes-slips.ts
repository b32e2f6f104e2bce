import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { OrderPath, ScopeQuery } from './schemas.ts';
import { nullable } from './schemas-words.ts';
import { printSlip, readSlip, revokeSlips } from './service-slips.ts';

const Time = Type.String({ format: 'date-time' });
const Text = Type.String();
const tags = ['slips'];

const Slip = Type.Object(
  {
    token: Type.String({ description: 'What the QR code holds: /m/slip/<token>. Shown once' }),
    expiresAt: Time,
    number: Text,
    scopeName: Text,
    categoryNameZh: Text,
    categoryNameEn: Text,
    description: Text,
    createdAt: Time,
    deskPhone: nullable(Text),
  },
  { title: 'Slip' },
);

const SlipStatus = Type.Object(
  {
    number: Text,
    station: Type.Integer({ minimum: 0, maximum: 4 }),
    isPaused: Type.Boolean(),
    isCancelled: Type.Boolean(),
    isEnded: Type.Boolean(),
    assigneeName: nullable(Text),
    assigneeTitle: nullable(Text),
    createdAt: Time,
    acceptedAt: nullable(Time),
    arrivedAt: nullable(Time),
    startedAt: nullable(Time),
    finishedAt: nullable(Time),
    closedAt: nullable(Time),
    dueAt: nullable(Time),
  },
  { title: 'SlipStatus' },
);

const SlipAnswer = Type.Object({
  slip: Type.Union([SlipStatus, Type.Null()], {
    description: 'Null: the code opens nothing, or nothing any more',
  }),
});

export function slipRoutes(app: App, house: House): void {
  app.post(
    '/work-orders/:id/slips',
    {
      config: { permission: 'slip.print' },
      schema: {
        tags,
        operationId: 'printSlip',
        summary: 'A slip with number and QR code, for who has no phone',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 201: Slip },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      const acting = request.acting as Acting;
      return runCommand(house, request, reply, scopeId, async (tx, now) => ({
        status: 201,
        body: await printSlip(house, acting, tx, scopeId, request.params.id, now),
      }));
    },
  );

  app.post(
    '/work-orders/:id/slips/revoke',
    {
      config: { permission: 'slip.print' },
      schema: {
        tags,
        operationId: 'revokeSlips',
        summary: 'End every slip that was printed for an order',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: Type.Object({ count: Type.Integer() }) },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      const acting = request.acting as Acting;
      return runCommand(house, request, reply, scopeId, async (tx, now) => ({
        status: 200,
        body: { count: await revokeSlips(acting, tx, scopeId, request.params.id, now) },
      }));
    },
  );

  app.get(
    '/slips/:token',
    {
      config: { permission: 'public' },
      schema: {
        tags,
        operationId: 'readSlip',
        summary: 'How far the matter of a slip is; nothing of who or where',
        params: Type.Object({ token: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
        response: { 200: SlipAnswer },
      },
    },
    (request) => readSlip(house, request.params.token, request.ip),
  );
}
