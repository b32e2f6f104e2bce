import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageOf } from '../../platform/http/pagination.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { expectedOf } from './domain.ts';
import { dayOfTill, listTills, type TillRow } from './queries-till.ts';
import { viewOf } from './routes-own.ts';
import {
  AskedTargets,
  IdPath,
  nullable,
  oneOf,
  Payment,
  ScopeOnly,
  StateQuery,
  strict,
  Text,
  Time,
  Uuid,
  Version,
} from './schemas.ts';
import { countTill, openTill, signTill, takeAtDesk } from './service-till.ts';

const tags = ['payments'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

const Till = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    till: Text,
    state: oneOf(['open', 'counted', 'signed']),
    openingFen: Type.Integer(),
    takenFen: Type.Integer({ description: 'Cash alone' }),
    givenFen: Type.Integer(),
    expectedFen: Type.Integer(),
    payments: Type.Integer({ description: 'Cash and cards' }),
    countedFen: nullable(Type.Integer()),
    differenceFen: nullable(Type.Integer()),
    note: nullable(Text),
    openedByName: Text,
    openedAt: Time,
    closedByName: nullable(Text),
    closedAt: nullable(Time),
    isOwn: Type.Boolean({ description: 'Counted by who reads this: another signs' }),
    signedByName: nullable(Text),
    signedAt: nullable(Time),
    version: Type.Integer(),
  },
  { title: 'TillSession' },
);

const NewTill = Type.Object(
  {
    scopeId: Uuid,
    /** `transit` is what is on its way to the bank. */
    till: Type.String({ pattern: '^(?!transit$)[a-z0-9][a-z0-9._-]{0,19}$' }),
    openingFen: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
  },
  { ...strict, title: 'NewTillSession' },
);

const DeskPayment = Type.Object(
  {
    scopeId: Uuid,
    householdId: Uuid,
    way: oneOf(['cash', 'card']),
    sessionId: Uuid,
    slipNo: Type.Optional(Type.String({ maxLength: 40 })),
    targets: AskedTargets,
  },
  { ...strict, title: 'DeskPayment' },
);

const Counting = Type.Object(
  {
    /** Notes and coins of 100, 50, 20, 10, 5, 1 yuan, 5 and 1 jiao. */
    pieces: Type.Array(Type.Integer({ minimum: 0, maximum: 1_000_000 }), { minItems: 8, maxItems: 8 }),
    note: Type.Optional(Type.String({ maxLength: 300 })),
    expectedVersion: Version,
  },
  strict,
);

/** A till from its opening to its second signature, and what is taken at it. */
export function tillRoutes(app: App, house: House): void {
  const { db } = house;
  const tillView = (row: TillRow, day: Awaited<ReturnType<typeof dayOfTill>>, reader: string) => ({
    id: row.id,
    scopeId: row.scopeId,
    till: row.till,
    state: row.state,
    openingFen: row.openingFen,
    takenFen: day.takenFen,
    givenFen: day.givenFen,
    expectedFen: row.expectedFen ?? expectedOf(day),
    payments: day.payments,
    countedFen: row.countedFen,
    differenceFen: row.differenceFen,
    note: row.noteCipher === null ? null : house.crypto.open(row.noteCipher, 'payments.till_session', row.id),
    openedByName: row.openedByName,
    openedAt: row.openedAt.toISOString(),
    closedByName: row.closedByName,
    closedAt: row.closedAt?.toISOString() ?? null,
    isOwn: row.closedBy === reader,
    signedByName: row.signedByName,
    signedAt: row.signedAt?.toISOString() ?? null,
    version: row.version,
  });

  app.get(
    '/payments/tills',
    {
      config: { permission: 'payment.staff' },
      schema: {
        tags,
        operationId: 'listTillSessions',
        summary: 'Tills of a compound, from opening to second signature, the latest first',
        querystring: StateQuery,
        response: { 200: pageOf(Till) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const rows = await listTills(q, scopeId, before, limit + 1);
        const days = new Map(
          await Promise.all(rows.map(async (row) => [row.id, await dayOfTill(q, row)] as const)),
        );
        return page(
          rows,
          limit,
          (row) => tillView(row, days.get(row.id)!, acting.accountId),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/payments/tills',
    {
      config: { permission: 'payment.cash' },
      schema: {
        tags,
        operationId: 'openTill',
        summary: 'Open a till with what is in it',
        body: NewTill,
        response: { 201: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await openTill(tx, actingOf(request), request.body, now) },
      })),
  );

  app.post(
    '/payments/tills/:id/count',
    {
      config: { permission: 'payment.cash' },
      schema: {
        tags,
        operationId: 'countTill',
        summary: 'Close a till with what is in it, counted piece by piece',
        params: IdPath,
        querystring: ScopeOnly,
        body: Counting,
        response: { 200: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await countTill(house, tx, actingOf(request), scopeId, id, request.body, now);
        return { status: 200, body: { id } };
      });
    },
  );

  app.post(
    '/payments/tills/:id/sign',
    {
      config: { permission: 'payment.cash' },
      schema: {
        tags,
        operationId: 'signTill',
        summary: 'A second person has counted too; a difference is booked',
        params: IdPath,
        querystring: ScopeOnly,
        body: Type.Object({ expectedVersion: Version }, strict),
        response: { 200: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await signTill(tx, actingOf(request), scopeId, id, request.body.expectedVersion, now);
        return { status: 200, body: { id } };
      });
    },
  );

  app.post(
    '/payments/desk',
    {
      config: { permission: 'payment.cash' },
      schema: {
        tags,
        operationId: 'takeDeskPayment',
        summary: 'Take cash, or a card’s slip, at an open till',
        body: DeskPayment,
        response: { 201: Payment },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const row = await takeAtDesk(house, tx, actingOf(request), request.body, now);
        return { status: 201, body: await viewOf(tx, row) };
      }),
  );
}
