import type { FastifyRequest } from 'fastify';
import { localDate } from '@gongzhi/kernel';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, pageOf, idPosition } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { sendPaper } from '../../platform/pdf/reply.ts';
import type { Executor } from '../../platform/db/database.ts';
import { PROVIDERS } from '../../platform/pay/provider.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { openLines } from '../billing/index.ts';
import { accounts, balances } from '../ledger/index.ts';
import { topUpOffers, topUpsOfPayment } from '../metering/index.ts';
import { accessScope, findHousehold, wallOf } from '../places/index.ts';
import { findDeduction, findPayment, listPayments, setDeduction, stepsOf, targetsOf } from './queries.ts';
import { listInvoices } from './queries-invoices.ts';
import { refundsOfPayment } from './queries-refunds.ts';
import {
  DeductionBody,
  HomeQuery,
  IdPath,
  Invoice,
  NewInvoice,
  NewPayment,
  Offer,
  OrderBody,
  Ordered,
  Payment,
  PaymentDetail,
  PaymentsQuery,
  ReceiptQuery,
  ScopeOnly,
} from './schemas.ts';
import { topUpKey } from './service-booking.ts';
import { askInvoice, invoiceView } from './service-invoices.ts';
import {
  cancelPayment,
  chainOf,
  checkNow,
  createPayment,
  holdPay,
  homesOf,
  isResident,
  openIdOf,
  orderPayment,
  ownPayment,
  payableHome,
} from './service-paying.ts';
import { printReceipt, receiptName } from './service-receipts.ts';
import type { PaymentRow } from './tables.ts';
import { paymentView, refundView, stepView } from './view.ts';

const tags = ['payments'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

/** Where this server is reached: what the operator says, else where it was asked just now. */
const originOf = (house: House, request: Pick<FastifyRequest, 'protocol' | 'host'>): string =>
  house.config.publicUrl ?? `${request.protocol}://${request.host}`;

export const viewOf = async (q: Executor, row: PaymentRow) =>
  paymentView(row, await targetsOf(q, row.scopeId, [row.id]));

/** What a person does about the own home's money, or for another's as was agreed. */
export function ownRoutes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/payments/offer',
    {
      config: { permission: 'payment.read' },
      schema: {
        tags,
        operationId: 'readPaymentOffer',
        summary: 'What a home can pay now, from what balance, and in which ways',
        querystring: HomeQuery,
        response: { 200: Offer },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      holdPay(acting);
      const { scopeId, householdId } = request.query;
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const homes = homesOf(acting);
        const household =
          homes === null || homes.includes(householdId) ? await findHousehold(q, scopeId, householdId) : null;
        if (household === null) throw new Problem('not_found');
        const prepaid = accounts.household(householdId, 'prepaid');
        const filter = { scopeId, homes: null, householdId, states: ['created', 'pending'] as const };
        const [lines, held, deduction, most, waiting, company, meters] = await Promise.all([
          openLines(q, scopeId, householdId, localDate(now.getTime(), wall.timeZone)),
          balances(q, wall, [prepaid]),
          findDeduction(q, scopeId, householdId),
          house.settings.get(q, chainOf(wall), 'payments.most_prepaid_fen', now),
          listPayments(q, filter, acting.accountId, null, 1),
          wall.companyId === null ? null : wallOf(q, wall.companyId),
          topUpOffers(q, scopeId, householdId),
        ]);
        const underWay = waiting.find(({ expiresAt }) => expiresAt !== null && expiresAt > now);
        return {
          householdLabel: household.label,
          lines: lines.map((line) => ({
            lineId: line.lineId,
            name: line.name,
            item: line.item,
            period: line.period,
            dueOn: line.dueOn,
            openFen: line.openFen,
            dueFen: line.dueFen,
            earlyUntil: line.earlyUntil,
            isElsewhere: line.companyId !== wall.companyId,
          })),
          // A predecessor's meter is not paid here.
          meters: meters
            .filter(({ companyId }) => companyId === wall.companyId)
            .map(({ meterId, serial, kind, mostFen }) => ({ meterId, serial, kind, mostFen })),
          balanceFen: held.get(prepaid) ?? 0,
          deducts: deduction?.isOn ?? false,
          ways: PROVIDERS.filter((way) => house.payments.of(way, wall.companyId) !== null),
          isSimulated: house.payments.areSimulated,
          mostPrepaidFen: most,
          underWay: underWay === undefined ? null : await viewOf(q, underWay),
          companyName: company?.name ?? null,
        };
      });
    },
  );

  app.get(
    '/payments',
    {
      config: { permission: 'payment.read' },
      schema: {
        tags,
        operationId: 'listPayments',
        summary: 'Payments: of the own home, or of a compound for who runs it; newest first',
        querystring: PaymentsQuery,
        response: { 200: pageOf(Payment) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      holdPay(acting);
      const { scopeId, householdId, state, way, sessionId, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const states =
          state === undefined ? undefined : state === 'waiting' ? (['created', 'pending'] as const) : [state];
        const filter = { scopeId, homes: homesOf(acting), householdId, states, way, sessionId };
        const rows = await listPayments(q, filter, acting.accountId, before, limit + 1);
        const targets = await targetsOf(
          q,
          scopeId,
          rows.map(({ id }) => id),
        );
        return page(
          rows,
          limit,
          (row) => paymentView(row, targets),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/payments',
    {
      config: { permission: 'payment.own' },
      schema: {
        tags,
        operationId: 'createPayment',
        summary: 'Say what is to be paid and how; nothing is ordered at the provider yet',
        body: NewPayment,
        response: { 201: Payment },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const { currency = 'CNY', ...body } = request.body;
        if (currency !== 'CNY')
          throw new Problem('payments.other_currency', { currency }, [
            { path: '/currency', code: 'other_currency', params: { wanted: 'CNY' } },
          ]);
        const row = await createPayment(house, tx, actingOf(request), body, now);
        return { status: 201, body: await viewOf(tx, row) };
      }),
  );

  app.get(
    '/payments/:id',
    {
      config: { permission: 'payment.read' },
      schema: {
        tags,
        operationId: 'readPayment',
        summary: 'One payment: what it was for, how it came to where it is, what went back',
        params: IdPath,
        querystring: ScopeOnly,
        response: { 200: PaymentDetail },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      holdPay(acting);
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const row = await findPayment(q, scopeId, request.params.id);
        if (row === null) throw new Problem('not_found');
        const [targets, steps, refunds, invoices, topUps] = await Promise.all([
          targetsOf(q, scopeId, [row.id]),
          stepsOf(q, scopeId, row.id),
          refundsOfPayment(q, scopeId, row.id),
          listInvoices(q, { scopeId, paymentId: row.id }, null, 1),
          topUpsOfPayment(q, scopeId, row.id),
        ]);
        const reader = { accountId: acting.accountId, isStaff: !isResident(acting) };
        return {
          ...paymentView(row, targets),
          steps: steps.map(stepView),
          refunds: refunds.map((refund) => refundView(house, refund, reader)),
          invoice: invoices[0] === undefined ? null : invoiceView(house, invoices[0]),
          topUps: targets.flatMap(({ position, targetId }) => {
            const bought = topUps.find(({ key }) => key === topUpKey(row.id, position));
            return bought === undefined || targetId === null
              ? []
              : [{ position, meterId: targetId, state: bought.state }];
          }),
          isSimulated: house.payments.areSimulated,
        };
      });
    },
  );

  app.post(
    '/payments/:id/order',
    {
      config: { permission: 'payment.own' },
      schema: {
        tags,
        operationId: 'orderPayment',
        summary: 'Order it at the provider and learn where to pay; asked again it is the same order',
        params: IdPath,
        querystring: ScopeOnly,
        body: OrderBody,
        response: { 200: Ordered },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { channel } = request.body;
      const payment = await ownPayment(house, acting, request.query.scopeId, request.params.id);
      const openId = channel === 'jsapi' ? await openIdOf(house, acting, payment) : null;
      const asked = { channel, openId, origin: originOf(house, request), clientIp: request.ip };
      const { payment: row, next } = await orderPayment(house, payment, asked);
      const view = await db.read(acting.actor, (q) => viewOf(q, row));
      return {
        payment: view,
        next:
          next?.kind === 'wechat' ? { kind: 'wechat' as const, parameters: { ...next.parameters } } : next,
      };
    },
  );

  const ask = (path: 'check' | 'cancel', summary: string, operationId: string) =>
    app.post(
      `/payments/:id/${path}`,
      {
        config: { permission: path === 'check' ? 'payment.read' : 'payment.own' },
        schema: {
          tags,
          operationId,
          summary,
          params: IdPath,
          querystring: ScopeOnly,
          response: { 200: Payment },
        },
      },
      async (request) => {
        const acting = actingOf(request);
        const payment = await ownPayment(house, acting, request.query.scopeId, request.params.id);
        const by = isResident(acting) ? null : acting.displayName;
        const row =
          path === 'check'
            ? await checkNow(house, payment, by)
            : await cancelPayment(house, payment, acting.displayName);
        return db.read(acting.actor, (q) => viewOf(q, row));
      },
    );
  ask('check', 'Ask the provider now what became of it', 'checkPayment');
  ask('cancel', 'Give it up; if somebody has just paid it, it is paid', 'cancelPayment');

  app.get(
    '/payments/:id/receipt',
    {
      config: { permission: 'payment.read' },
      schema: {
        tags,
        operationId: 'readReceipt',
        summary: 'The receipt as PDF',
        params: IdPath,
        querystring: ReceiptQuery,
        produces: ['application/pdf'],
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      holdPay(acting);
      const { scopeId, locale = 'zh-CN' } = request.query;
      const facts = await db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const payment = await findPayment(q, scopeId, request.params.id);
        if (payment?.state !== 'paid') return null;
        const [targets, refunds, company] = await Promise.all([
          targetsOf(q, scopeId, [payment.id]),
          refundsOfPayment(q, scopeId, payment.id),
          payment.companyId === null ? null : wallOf(q, payment.companyId),
        ]);
        return {
          payment,
          targets,
          refunds,
          companyName: company?.name ?? wall.name,
          scopeName: wall.name,
          timeZone: wall.timeZone,
          isSimulated: house.payments.areSimulated,
        };
      });
      if (facts === null) throw new Problem('not_found');
      const bytes = await printReceipt(facts, locale, clock.now());
      return sendPaper(reply, bytes, receiptName(facts.payment, locale), 'receipt');
    },
  );

  app.put(
    '/payments/deduction',
    {
      config: { permission: 'payment.own' },
      schema: {
        tags,
        operationId: 'setDeduction',
        summary: 'Whether what is due goes off the balance by itself, the oldest first',
        body: DeductionBody,
        response: { 200: Type.Object({ isOn: Type.Boolean() }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const { scopeId, householdId, isOn } = request.body;
        const acting = actingOf(request);
        const { wall } = await payableHome(tx, acting, scopeId, householdId);
        setDeduction(tx, wall, { householdId, isOn, by: acting.accountId, now });
        return { status: 200, body: { isOn } };
      }),
  );

  app.post(
    '/payments/invoices',
    {
      config: { permission: 'payment.own' },
      schema: {
        tags,
        operationId: 'askInvoice',
        summary: 'Ask the company for a tax invoice of a payment',
        querystring: ScopeOnly,
        body: NewInvoice,
        response: { 201: Invoice },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const row = await askInvoice(house, tx, actingOf(request), scopeId, request.body, now);
        return { status: 201, body: invoiceView(house, row) };
      });
    },
  );
}
