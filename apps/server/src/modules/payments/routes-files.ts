import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Executor } from '../../platform/db/database.ts';
import { keepRoom } from '../../platform/files/room.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageOf, pageQuery } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { PROVIDERS } from '../../platform/pay/provider.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { netOf } from './domain.ts';
import { partiesOfCompany, type PartyRow, referenceOf } from '../billing/index.ts';
import {
  type BankLineRow,
  findRun,
  itemsOf,
  listBankLines,
  listRuns,
  listUnusedLines,
  type RunRow,
} from './queries-files.ts';
import { Day, IdPath, nullable, oneOf, ScopeOnly, strict, Text, Time, Uuid, Version } from './schemas.ts';
import { actOnItem, bringBankFile, fetchFile, readBankFile, reconcile, settleRun } from './service-files.ts';

const tags = ['payments'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;
const maxBytes = 4 * 1024 * 1024;

const run = {
  id: Uuid,
  way: oneOf(PROVIDERS),
  merchantId: Text,
  day: Day,
  state: oneOf(['open', 'settled', 'replaced']),
  matched: Type.Integer(),
  differing: Type.Integer(),
  inFen: Type.Integer(),
  outFen: Type.Integer(),
  feeFen: Type.Integer(),
  netFen: Type.Integer({ description: 'What the bank should pay out' }),
  madeByName: Text,
  madeAt: Time,
  settledAt: nullable(Time),
  version: Type.Integer(),
};
const Run = Type.Object(run, { title: 'Reconciliation' });
const RunDetail = Type.Object(
  {
    ...run,
    items: Type.Array(
      Type.Object({
        id: Uuid,
        verdict: oneOf(['missing_here', 'missing_there', 'differs']),
        kind: oneOf(['payment', 'refund']),
        compoundId: nullable(Uuid),
        paymentId: nullable(Uuid),
        tradeNo: Text,
        transactionId: nullable(Text),
        oursFen: nullable(Type.Integer()),
        theirsFen: nullable(Type.Integer()),
        action: nullable(oneOf(['asked_again', 'noted'])),
        actedByName: nullable(Text),
        actedAt: nullable(Time),
      }),
    ),
    nextCursor: nullable(Text),
  },
  { title: 'ReconciliationDetail' },
);

const BankLine = Type.Object(
  {
    id: Uuid,
    account: Text,
    day: Day,
    amountFen: Type.Integer(),
    text: Text,
    runId: nullable(Uuid),
    depositId: nullable(Uuid),
    paymentId: nullable(Uuid),
    proposedDepositId: nullable(Uuid),
    payer: nullable(
      Type.Object(
        { scopeId: Uuid, partyId: Uuid, name: Text },
        { description: 'The organisation whose reference stands in its words' },
      ),
    ),
  },
  { title: 'BankLine' },
);
const PageQuery = Type.Object({ ...pageQuery, scopeId: Uuid }, strict);
const account = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,39}$' });
const UnusedQuery = Type.Object({ ...pageQuery, scopeId: Uuid, account, since: Day }, strict);

/** A page of the bank's lines, with what each says. */
async function linesPage(
  house: House,
  q: Executor,
  companyId: string,
  limit: number,
  rows: readonly BankLineRow[],
) {
  const parties = await partiesOfCompany(q, companyId);
  const byReference = new Map(parties.map((one) => [referenceOf(one.scopeId, one.partyId), one]));
  return page(
    rows,
    limit,
    (row) => ({
      id: row.id,
      account: row.account,
      day: row.day,
      amountFen: row.amountFen,
      ...wordsOf(house, row, byReference),
      runId: row.runId,
      depositId: row.depositId,
      paymentId: row.paymentId,
      proposedDepositId: row.proposedDepositId,
    }),
    ({ id }) => [id],
  );
}

const runView = (row: RunRow) => ({
  id: row.id,
  way: row.way,
  merchantId: row.merchantId,
  day: row.day,
  state: row.state,
  matched: row.matched,
  differing: row.differing,
  inFen: row.inFen,
  outFen: row.outFen,
  feeFen: row.feeFen,
  netFen: netOf(row),
  madeByName: row.madeByName,
  madeAt: row.madeAt.toISOString(),
  settledAt: row.settledAt?.toISOString() ?? null,
  version: row.version,
});

/** What the bank wrote, and whose it says it is. */
function wordsOf(house: House, row: BankLineRow, byReference: ReadonlyMap<string, PartyRow>) {
  const text = house.crypto.open(row.cipher, 'payments.bank_line', row.id);
  const named = text.toUpperCase().match(/GZ\d{8}(?!\d)/g) ?? [];
  const found = named.map((reference) => byReference.get(reference)).find((one) => one !== undefined);
  const payer =
    found === undefined ? null : { scopeId: found.scopeId, partyId: found.partyId, name: found.name };
  return { text, payer };
}

/** What the providers and the bank say of a day. Of the company: a merchant serves many compounds. */
export async function fileRoutes(app: App, house: House): Promise<void> {
  const { db } = house;
  await app.register(async (inner) => {
    inner.addHook(
      'onRequest',
      keepRoom({ bytes: 8 * maxBytes, bytesPerAccount: 2 * maxBytes, mostBytes: maxBytes }),
    );
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxBytes }, (_request, body, done) =>
      done(null, body),
    );
    inner.setErrorHandler((error) => {
      if ((error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE')
        throw new Problem('request.too_large');
      throw error;
    });
    bankFileRoute(inner as unknown as App, house);
  });

  app.get(
    '/payments/reconciliations',
    {
      config: { permission: 'reconcile' },
      schema: {
        tags,
        operationId: 'listReconciliations',
        summary: 'Days held against the providers’ files, the latest first',
        querystring: PageQuery,
        response: { 200: pageOf(Run) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        return page(await listRuns(q, scopeId, before, limit + 1), limit, runView, ({ id }) => [id]);
      });
    },
  );

  app.get(
    '/payments/reconciliations/:id',
    {
      config: { permission: 'reconcile' },
      schema: {
        tags,
        operationId: 'readReconciliation',
        summary: 'What of a day does not agree, and what was done about it, a page of it',
        params: IdPath,
        querystring: PageQuery,
        response: { 200: RunDetail },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, cursor, limit = 100 } = request.query;
      const after = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const row = await findRun(q, scopeId, request.params.id);
        if (row === null) throw new Problem('not_found');
        return {
          ...runView(row),
          ...page(
            await itemsOf(q, scopeId, row.id, after, limit + 1),
            limit,
            ({ refundId: _, ...item }) => ({ ...item, actedAt: item.actedAt?.toISOString() ?? null }),
            ({ id }) => [id],
          ),
        };
      });
    },
  );

  app.post(
    '/payments/reconciliations',
    {
      config: { permission: 'reconcile' },
      schema: {
        tags,
        operationId: 'reconcileDay',
        summary: 'Fetch the provider’s file of a day and hold it against what is here',
        body: Type.Object({ scopeId: Uuid, way: oneOf(PROVIDERS), day: Day }, strict),
        response: { 201: Run },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId, way, day } = request.body;
      await db.read(acting.actor, (q) => accessScope(q, acting, scopeId));
      const fetched = await fetchFile(house, way, scopeId, day);
      return runCommand(house, request, reply, scopeId, async (tx, now) => ({
        status: 201,
        body: runView(await reconcile(tx, acting, { companyId: scopeId, way, day, fetched }, now)),
      }));
    },
  );

  app.post(
    '/payments/reconciliation-items/:id/commands',
    {
      config: { permission: 'reconcile' },
      schema: {
        tags,
        operationId: 'actOnReconciliationItem',
        summary: 'Ask the provider about what does not agree, or say that it was seen to',
        params: IdPath,
        querystring: ScopeOnly,
        body: Type.Object({ action: oneOf(['ask_again', 'note']) }, strict),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await actOnItem(
        house,
        actingOf(request),
        request.query.scopeId,
        request.params.id,
        request.body.action,
      );
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/payments/reconciliations/:id/settle',
    {
      config: { permission: 'reconcile' },
      schema: {
        tags,
        operationId: 'settleReconciliation',
        summary: 'The bank has paid the day out: clearing accounts are emptied, compound by compound',
        params: IdPath,
        querystring: ScopeOnly,
        body: Type.Object(
          {
            bankLineId: Uuid,
            expectedVersion: Version,
            with: Type.Optional(
              Type.Array(Type.Object({ runId: Uuid, expectedVersion: Version }, strict), {
                maxItems: 31,
                description: 'Other open days of the same merchant that the same line paid out',
              }),
            ),
          },
          strict,
        ),
        response: { 200: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await settleRun(tx, actingOf(request), { companyId: scopeId, runId: id, ...request.body }, now);
        return { status: 200, body: { id } };
      });
    },
  );

  app.get(
    '/payments/bank-lines',
    {
      config: { permission: 'reconcile' },
      schema: {
        tags,
        operationId: 'listBankLines',
        summary: 'What came on the company’s account, the latest first',
        querystring: PageQuery,
        response: { 200: pageOf(BankLine) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        return linesPage(house, q, scopeId, limit, await listBankLines(q, scopeId, before, limit + 1));
      });
    },
  );

  app.get(
    '/payments/bank-lines/unused',
    {
      config: { permission: 'reconcile' },
      schema: {
        tags,
        operationId: 'listUnusedBankLines',
        summary:
          'What of one account is nothing here yet and proposed for nothing, from a day on: what cash on its way may be',
        querystring: UnusedQuery,
        response: { 200: pageOf(BankLine) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, account: name, since, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const rows = await listUnusedLines(q, scopeId, { account: name, since }, before, limit + 1);
        return linesPage(house, q, scopeId, limit, rows);
      });
    },
  );
}

function bankFileRoute(app: App, house: House): void {
  app.post(
    '/payments/bank-lines',
    {
      config: { permission: 'reconcile' },
      bodyLimit: maxBytes,
      schema: {
        tags,
        operationId: 'bringBankFile',
        summary: 'The bank’s list of an account (XLSX, CSV); lines that are known are not taken twice',
        consumes: ['application/octet-stream'],
        querystring: Type.Object({ scopeId: Uuid, account }, strict),
        response: { 200: Type.Object({ lines: Type.Integer(), added: Type.Integer() }) },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId, account: name } = request.query;
      const bytes = request.body as unknown;
      if (!Buffer.isBuffer(bytes) || bytes.length === 0)
        throw new Problem('validation.failed', {}, [{ path: '', code: 'required', params: {} }]);
      const rows = await readBankFile(bytes);
      return runCommand(house, request, reply, scopeId, async (tx, now) => ({
        status: 200,
        body: await bringBankFile(house, tx, acting, { companyId: scopeId, account: name, rows }, now),
      }));
    },
  );
}
