import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { findRefund, listRefunds } from './queries-refunds.ts';
import {
  HandOut,
  IdPath,
  NewRefund,
  Refund,
  RefundAct,
  ScopeOnly,
  StateQuery,
  strict,
  Version,
} from './schemas.ts';
import { askRefundNow, stopRefund } from './service-refund-outcomes.ts';
import { askRefund, decideOnRefund, handOut } from './service-refunding.ts';
import { refundView } from './view.ts';

const tags = ['payments'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;
const readerOf = (acting: Acting) => ({ accountId: acting.accountId, isStaff: true });

/** Refunds: asked for by one, decided by another, carried out by the provider or at the till. */
export function refundRoutes(app: App, house: House): void {
  app.get(
    '/payments/refunds',
    {
      config: { permission: 'payment.staff' },
      schema: {
        tags,
        operationId: 'listRefunds',
        summary: 'Refunds of a compound, newest first',
        querystring: StateQuery,
        response: { 200: pageOf(Refund) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, isOpen = false, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return house.db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const states = isOpen ? (['asked', 'sending', 'processing'] as const) : undefined;
        const rows = await listRefunds(q, { scopeId, states }, before, limit + 1);
        return page(
          rows,
          limit,
          (row) => refundView(house, row, readerOf(acting)),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/payments/refunds',
    {
      config: { permission: 'refund.ask' },
      schema: {
        tags,
        operationId: 'askRefund',
        summary: 'Ask that a payment, or a part of it, goes back the way it came',
        querystring: ScopeOnly,
        body: NewRefund,
        response: { 201: Refund },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const acting = actingOf(request);
        const row = await askRefund(house, tx, acting, scopeId, request.body, now);
        return { status: 201, body: refundView(house, row, readerOf(acting)) };
      });
    },
  );

  app.post(
    '/payments/refunds/:id/commands',
    {
      config: { permission: 'refund.approve' },
      schema: {
        tags,
        operationId: 'decideRefund',
        summary: 'Allow or decline a refund that another asked for',
        params: IdPath,
        querystring: ScopeOnly,
        body: RefundAct,
        response: { 200: Refund },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const acting = actingOf(request);
        const row = await decideOnRefund(house, tx, acting, scopeId, request.params.id, request.body, now);
        return { status: 200, body: refundView(house, row, readerOf(acting)) };
      });
    },
  );

  app.post(
    '/payments/refunds/:id/hand-out',
    {
      config: { permission: 'payment.cash' },
      schema: {
        tags,
        operationId: 'handOutRefund',
        summary: 'Hand an allowed refund out of the till, or say that it is back on the card',
        params: IdPath,
        querystring: ScopeOnly,
        body: HandOut,
        response: { 200: Refund },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const acting = actingOf(request);
        const row = await handOut(
          tx,
          acting,
          scopeId,
          request.params.id,
          request.body.sessionId ?? null,
          now,
        );
        return { status: 200, body: refundView(house, row, readerOf(acting)) };
      });
    },
  );

  app.get(
    '/payments/refunds/:id',
    {
      config: { permission: 'payment.staff' },
      schema: {
        tags,
        operationId: 'readRefund',
        summary: 'One refund: why, who asked, who decided, and what became of it',
        params: IdPath,
        querystring: ScopeOnly,
        response: { 200: Refund },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return house.db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const row = await findRefund(q, scopeId, request.params.id);
        if (row === null) throw new Problem('not_found');
        return refundView(house, row, readerOf(acting));
      });
    },
  );

  const outside = (
    path: 'check' | 'stop',
    operationId: string,
    summary: string,
    act: (acting: Acting, scopeId: string, id: string, expectedVersion: number) => Promise<void>,
  ) =>
    app.post(
      `/payments/refunds/:id/${path}`,
      {
        config: { permission: 'refund.approve' },
        schema: {
          tags,
          operationId,
          summary,
          params: IdPath,
          querystring: ScopeOnly,
          body: Type.Object({ expectedVersion: Version }, strict),
          response: { 200: Refund },
        },
      },
      async (request) => {
        const acting = actingOf(request);
        const { scopeId } = request.query;
        const { id } = request.params;
        await act(acting, scopeId, id, request.body.expectedVersion);
        const row = await house.db.read(acting.actor, (q) => findRefund(q, scopeId, id));
        if (row === null) throw new Problem('not_found');
        return refundView(house, row, readerOf(acting));
      },
    );
  outside(
    'check',
    'checkRefund',
    'Ask the provider now what became of it: one that was given up here and carried out there is booked',
    (acting, scopeId, id) => askRefundNow(house, acting, scopeId, id),
  );
  outside(
    'stop',
    'stopRefund',
    'Wait no longer for a refund the provider has not taken: it becomes the balance',
    (acting, scopeId, id, version) => stopRefund(house, acting, scopeId, id, version),
  );
}
