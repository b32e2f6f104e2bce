import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { viewOf } from './routes-own.ts';
import { AskedTargets, Fen, oneOf, Payment, strict, Uuid } from './schemas.ts';
import { takeOfParty, takeTransfer } from './service-parties.ts';

const tags = ['payments'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;
const LineIds = Type.Optional(
  Type.Array(Uuid, {
    minItems: 1,
    maxItems: 5_000,
    uniqueItems: true,
    description: 'Only these of what it owes; all of it where left out. The oldest goes first',
  }),
);

const PartyPayment = Type.Object(
  {
    scopeId: Uuid,
    partyId: Uuid,
    way: oneOf(['cash', 'card', 'balance']),
    sessionId: Type.Optional(Uuid),
    slipNo: Type.Optional(Type.String({ maxLength: 40 })),
    amountFen: Fen,
    lineIds: LineIds,
  },
  { ...strict, title: 'PartyPayment' },
);

const NewTransfer = Type.Object(
  {
    scopeId: Type.String({ format: 'uuid', description: 'The compound it is paid for' }),
    companyId: Uuid,
    bankLineId: Uuid,
    householdId: Type.Optional(Uuid),
    targets: Type.Optional(AskedTargets),
    partyId: Type.Optional(Uuid),
    lineIds: LineIds,
  },
  { ...strict, title: 'NewTransfer' },
);

/** What organisations pay at the till, and what anybody pays by transfer. */
export function partyRoutes(app: App, house: House): void {
  app.post(
    '/payments/parties',
    {
      config: { permission: 'payment.cash' },
      schema: {
        tags,
        operationId: 'takePartyPayment',
        summary:
          'An organisation pays at the till, or off what it has paid ahead: what is due first is closed first',
        body: PartyPayment,
        response: { 201: Payment },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const row = await takeOfParty(tx, actingOf(request), request.body, now);
        return { status: 201, body: await viewOf(tx, row) };
      }),
  );

  app.post(
    '/payments/transfers',
    {
      config: { permission: 'reconcile' },
      schema: {
        tags,
        operationId: 'takeTransfer',
        summary: 'A line of the bank’s list is a home’s payment, or an organisation’s',
        body: NewTransfer,
        response: { 201: Payment },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const row = await takeTransfer(house, tx, actingOf(request), request.body, now);
        return { status: 201, body: await viewOf(tx, row) };
      }),
  );
}
