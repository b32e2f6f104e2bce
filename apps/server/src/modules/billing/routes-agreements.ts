import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { House } from '../../platform/house.ts';
import { monthOf } from './domain.ts';
import { agreementViews, payerViews } from './queries-agreements.ts';
import { costsOf, type CostRow } from './queries-facts.ts';
import { accessCompound } from './reach.ts';
import {
  AgreementView,
  CostView,
  EndAgreement,
  NewAgreement,
  NewCost,
  NewPayer,
  PayerView,
} from './schemas-agreements.ts';
import { Day, IdParams, ScopeQuery, strict, Uuid } from './schemas.ts';
import { addAgreement, addCost, addPayer, endRow } from './service-agreements.ts';

const tags = ['billing'];
const Made = Type.Object({ id: Uuid });
const costView = (row: CostRow) => ({ ...row, createdAt: row.createdAt.toISOString() });

/** What single homes have besides the others, who pays for whom, and what was spent together. */
export function agreementRoutes(app: App, house: House): void {
  const { db } = house;

  app.get(
    '/billing/agreements',
    {
      config: { permission: 'bill.run' },
      schema: {
        tags,
        operationId: 'listBillingAgreements',
        summary: 'Spaces, rents, deposits and empty homes of a compound',
        querystring: ScopeQuery,
        response: { 200: Type.Object({ items: Type.Array(AgreementView) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessCompound(q, acting, scopeId);
        const rows = await agreementViews(q, wall);
        return { items: rows };
      });
    },
  );

  app.post(
    '/billing/agreements',
    {
      config: { permission: 'tariff.change' },
      schema: {
        tags,
        operationId: 'addBillingAgreement',
        summary:
          'What one home has besides the others: a space, a rent with its rises, a deposit, that it stands empty',
        body: NewAgreement,
        response: { 201: Made },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await addAgreement(tx, request.acting!, request.body, now) },
      })),
  );

  app.post(
    '/billing/agreements/:id/end',
    {
      config: { permission: 'tariff.change' },
      schema: {
        tags,
        operationId: 'endBillingAgreement',
        summary: 'End it from a day on',
        params: IdParams,
        querystring: ScopeQuery,
        body: EndAgreement,
        response: { 200: Made },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx) => {
        await endRow(
          tx,
          request.acting!,
          { table: 'agreement', scopeId, id: request.params.id },
          request.body,
        );
        return { status: 200, body: { id: request.params.id } };
      });
    },
  );

  app.get(
    '/billing/payers',
    {
      config: { permission: 'bill.run' },
      schema: {
        tags,
        operationId: 'listBillPayers',
        summary: 'Who pays what for whom, and since when',
        querystring: ScopeQuery,
        response: { 200: Type.Object({ items: Type.Array(PayerView) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessCompound(q, acting, scopeId);
        const items = await payerViews(q, wall);
        return { items };
      });
    },
  );

  app.post(
    '/billing/payers',
    {
      config: { permission: 'tariff.change' },
      schema: {
        tags,
        operationId: 'addBillPayer',
        summary: 'Who else pays a part, or all, of what a home, a building or the compound is billed',
        body: NewPayer,
        response: { 201: Made },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await addPayer(tx, request.acting!, request.body, now) },
      })),
  );

  app.post(
    '/billing/payers/:id/end',
    {
      config: { permission: 'tariff.change' },
      schema: {
        tags,
        operationId: 'endBillPayer',
        summary: 'From a day on the household pays again',
        params: IdParams,
        querystring: ScopeQuery,
        body: EndAgreement,
        response: { 200: Made },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx) => {
        await endRow(tx, request.acting!, { table: 'payer', scopeId, id: request.params.id }, request.body);
        return { status: 200, body: { id: request.params.id } };
      });
    },
  );

  app.get(
    '/billing/costs',
    {
      config: { permission: 'bill.run' },
      schema: {
        tags,
        operationId: 'listSharedCosts',
        summary: 'What was spent together in a month and is shared out',
        querystring: Type.Object({ scopeId: Uuid, period: Day }, strict),
        response: { 200: Type.Object({ items: Type.Array(CostView) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const wall = await accessCompound(q, acting, request.query.scopeId);
        return { items: (await costsOf(q, wall, monthOf(request.query.period))).map(costView) };
      });
    },
  );

  app.post(
    '/billing/costs',
    {
      config: { permission: 'bill.run' },
      schema: {
        tags,
        operationId: 'addSharedCost',
        summary: 'Enter what was spent together; below nothing takes back what was entered too high',
        body: NewCost,
        response: { 201: Made },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await addCost(tx, request.acting!, request.body, now) },
      })),
  );
}
