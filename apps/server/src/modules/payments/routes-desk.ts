import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageOf } from '../../platform/http/pagination.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { listInvoices } from './queries-invoices.ts';
import { viewOf } from './routes-own.ts';
import {
  IdPath,
  Invoice,
  InvoiceAnswerBody,
  Payment,
  ScopeOnly,
  StateQuery,
  strict,
  Version,
} from './schemas.ts';
import { acceptDisputed, factOfDisputed } from './service-disputes.ts';
import { answerRequest, invoiceView } from './service-invoices.ts';

const tags = ['payments'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

/** Requests for invoices, and amounts that are in dispute: what the desk answers. */
export function deskRoutes(app: App, house: House): void {
  const { db } = house;

  app.get(
    '/payments/invoices',
    {
      config: { permission: 'payment.staff' },
      schema: {
        tags,
        operationId: 'listInvoiceRequests',
        summary: 'Tax invoices that were asked for, newest first',
        querystring: StateQuery,
        response: { 200: pageOf(Invoice) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, isOpen = false, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const filter = { scopeId, state: isOpen ? 'asked' : undefined };
        const rows = await listInvoices(q, filter, before, limit + 1);
        return page(
          rows,
          limit,
          (row) => invoiceView(house, row),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/payments/invoices/:id/answer',
    {
      config: { permission: 'invoice.answer' },
      schema: {
        tags,
        operationId: 'answerInvoiceRequest',
        summary: 'Say the number of the invoice and where it lies, or why there is none',
        params: IdPath,
        querystring: ScopeOnly,
        body: InvoiceAnswerBody,
        response: { 200: Invoice },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => ({
        status: 200,
        body: invoiceView(
          house,
          await answerRequest(tx, actingOf(request), scopeId, request.params.id, request.body, now),
        ),
      }));
    },
  );

  app.post(
    '/payments/:id/accept',
    {
      config: { permission: 'refund.approve' },
      schema: {
        tags,
        operationId: 'acceptDisputedPayment',
        summary: 'Another amount came than was ordered: what came becomes the household’s balance',
        params: IdPath,
        querystring: ScopeOnly,
        body: Type.Object({ expectedVersion: Version }, strict),
        response: { 200: Payment },
      },
    },
    async (request, reply) => {
      const { scopeId } = request.query;
      const acting = actingOf(request);
      const fact = await factOfDisputed(house, acting, scopeId, request.params.id);
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const { expectedVersion } = request.body;
        const { id } = request.params;
        const row = await acceptDisputed(tx, acting, scopeId, id, expectedVersion, fact, now);
        return { status: 200, body: await viewOf(tx, row) };
      });
    },
  );
}
