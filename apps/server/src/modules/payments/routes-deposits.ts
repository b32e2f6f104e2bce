import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageOf, pageQuery } from '../../platform/http/pagination.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { DEPOSIT_PROPOSALS, DEPOSIT_STATES, DEPOSIT_VERDICTS, mayConfirm } from './domain.ts';
import { type DepositRow, listDeposits } from './queries-deposits.ts';
import {
  Day,
  Fen,
  IdPath,
  nullable,
  oneOf,
  ScopeOnly,
  strict,
  Text,
  Time,
  Uuid,
  Version,
  Words,
} from './schemas.ts';
import { makeDeposit, signDeposit } from './service-deposits.ts';
import { actOnDeposit, judged } from './service-underway.ts';

const tags = ['payments'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;
const account = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,39}$' });

const deposit = {
  id: Uuid,
  scopeId: Uuid,
  sessionId: Uuid,
  till: Text,
  account: Text,
  slipNo: Text,
  broughtOn: Day,
  amountFen: Type.Integer(),
  state: oneOf(DEPOSIT_STATES),
  madeByName: Text,
  madeAt: Time,
  isOwn: Type.Boolean({ description: 'Brought by who reads this: another signs' }),
  signedByName: nullable(Text),
  signedAt: nullable(Time),
  arrivedFen: nullable(Type.Integer()),
  note: nullable(Text),
  actedByName: nullable(Text),
  actedAt: nullable(Time),
  proposal: nullable(oneOf(DEPOSIT_PROPOSALS)),
  proposedByName: nullable(Text),
  proposedAt: nullable(Time),
  fileIds: Type.Array(Uuid),
  version: Type.Integer(),
};
const Deposit = Type.Object(deposit, { title: 'CashDeposit' });
const DepositUnderway = Type.Object(
  {
    ...deposit,
    verdict: oneOf(DEPOSIT_VERDICTS),
    bankLineId: nullable(Uuid),
    lineFen: nullable(Type.Integer({ description: 'What the bank’s line comes to' })),
    mayConfirm: Type.Boolean({
      description: 'Proposed by another than who reads this, who did not bring the cash either',
    }),
  },
  { title: 'CashDepositUnderway' },
);

const NewDeposit = Type.Object(
  {
    scopeId: Uuid,
    sessionId: Uuid,
    account,
    slipNo: Words(40),
    broughtOn: Day,
    amountFen: Fen,
    fileIds: Type.Array(Uuid, { minItems: 1, maxItems: 4, uniqueItems: true, description: 'The slip' }),
  },
  { ...strict, title: 'NewCashDeposit' },
);

const DepositActBody = Type.Union([
  Type.Object(
    {
      action: Type.Literal('arrive'),
      companyId: Uuid,
      bankLineId: Uuid,
      note: Type.Optional(Type.String({ maxLength: 300 })),
      expectedVersion: Version,
    },
    strict,
  ),
  Type.Object(
    { action: Type.Literal('note'), companyId: Uuid, note: Words(300), expectedVersion: Version },
    strict,
  ),
  Type.Object(
    { action: Type.Literal('give_back'), companyId: Uuid, note: Words(300), expectedVersion: Version },
    strict,
  ),
  Type.Object({ action: Type.Literal('confirm'), companyId: Uuid, expectedVersion: Version }, strict),
  Type.Object({ action: Type.Literal('turn_down'), companyId: Uuid, expectedVersion: Version }, strict),
]);

/** The till's cash on its way to the bank: brought and signed for at the desk, found in the bank's list by the company. */
export function depositRoutes(app: App, house: House): void {
  const { db, clock } = house;
  const view = (row: DepositRow, reader: string) => ({
    id: row.id,
    scopeId: row.scopeId,
    sessionId: row.sessionId,
    till: row.till,
    account: row.account,
    slipNo: row.slipNo,
    broughtOn: row.broughtOn,
    amountFen: row.amountFen,
    state: row.state,
    madeByName: row.madeByName,
    madeAt: row.madeAt.toISOString(),
    isOwn: row.madeBy === reader,
    signedByName: row.signedByName,
    signedAt: row.signedAt?.toISOString() ?? null,
    arrivedFen: row.arrivedFen,
    note: row.noteCipher === null ? null : house.crypto.open(row.noteCipher, 'payments.cash_deposit', row.id),
    actedByName: row.actedByName,
    actedAt: row.actedAt?.toISOString() ?? null,
    proposal: row.proposal,
    proposedByName: row.proposedByName,
    proposedAt: row.proposedAt?.toISOString() ?? null,
    fileIds: [...row.fileIds],
    version: row.version,
  });

  app.get(
    '/payments/deposits',
    {
      config: { permission: 'payment.staff' },
      schema: {
        tags,
        operationId: 'listCashDeposits',
        summary: 'Cash of a compound’s tills that was brought to the bank, the latest first',
        querystring: Type.Object({ ...pageQuery, scopeId: Uuid }, strict),
        response: { 200: pageOf(Deposit) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const rows = await listDeposits(q, scopeId, before, limit + 1);
        return page(
          rows,
          limit,
          (row) => view(row, acting.accountId),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/payments/deposits',
    {
      config: { permission: 'payment.cash' },
      schema: {
        tags,
        operationId: 'makeCashDeposit',
        summary:
          'Cash of a till that was counted and signed for has been brought to the bank: the slip, and how much',
        body: NewDeposit,
        response: { 201: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await makeDeposit(tx, actingOf(request), request.body, now) },
      })),
  );

  app.post(
    '/payments/deposits/:id/sign',
    {
      config: { permission: 'payment.cash' },
      schema: {
        tags,
        operationId: 'signCashDeposit',
        summary: 'A second person has seen the slip, and signs that the cash has left the till, or does not',
        params: IdPath,
        querystring: ScopeOnly,
        body: Type.Object({ action: oneOf(['sign', 'decline']), expectedVersion: Version }, strict),
        response: { 200: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await signDeposit(tx, actingOf(request), scopeId, id, request.body, now);
        return { status: 200, body: { id } };
      });
    },
  );

  app.get(
    '/payments/deposits/underway',
    {
      config: { permission: 'reconcile' },
      schema: {
        tags,
        operationId: 'listCashUnderway',
        summary:
          'Cash on its way to the bank, held against the bank’s list: matched, another amount, missing, or too early to say',
        querystring: ScopeOnly,
        response: { 200: Type.Object({ items: Type.Array(DepositUnderway) }) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return db.read(acting.actor, async (q) => {
        const rows = await judged(house, q, acting, request.query.scopeId, clock.now());
        return {
          items: rows.map(({ deposit: row, found, lineFen }) => ({
            ...view(row, acting.accountId),
            verdict: found.verdict,
            bankLineId: found.lineId,
            lineFen,
            mayConfirm: mayConfirm(row, acting.accountId),
          })),
        };
      });
    },
  );

  app.post(
    '/payments/deposits/:id/commands',
    {
      config: { permission: 'reconcile' },
      schema: {
        tags,
        operationId: 'actOnCashDeposit',
        summary:
          'A line of the bank’s list is it; or it is noted what the bank says; another amount, and cash that is back in the till, are proposed, and confirmed or turned down by another',
        params: IdPath,
        querystring: ScopeOnly,
        body: DepositActBody,
        response: { 200: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const asked = { companyId: request.body.companyId, scopeId, id };
        await actOnDeposit(house, tx, actingOf(request), asked, request.body, now);
        return { status: 200, body: { id } };
      });
    },
  );
}
