import Type from 'typebox';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageOf, pageQuery, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { runExceptions, runHomes, runItems } from './queries-reading.ts';
import { findRun, listRuns } from './queries-runs.ts';
import {
  IdParams,
  NewRun,
  Run,
  RunAct,
  RunException,
  RunHome,
  RunItem,
  ScopeQuery,
  strict,
  Uuid,
} from './schemas.ts';
import { accessCompound } from './reach.ts';
import { askRun, decide } from './service-runs.ts';
import type { RunRow } from './tables.ts';
import { runView } from './view.ts';

const tags = ['billing'];
const Listed = Type.Object({ scopeId: Uuid, ...pageQuery }, strict);

export const amountPosition = (cursor: string | undefined): readonly [number, string] | null =>
  positionOf(cursor, ['bigint', 'id']);

export function runRoutes(app: App, house: House): void {
  const { db } = house;

  async function access(q: Executor, acting: Acting, scopeId: string, runId: string): Promise<RunRow> {
    await accessCompound(q, acting, scopeId);
    const run = await findRun(q, scopeId, runId);
    if (run === null) throw new Problem('not_found');
    return run;
  }

  app.get(
    '/billing/runs',
    {
      config: { permission: 'bill.run' },
      schema: {
        tags,
        operationId: 'listBillRuns',
        summary: 'The billing runs of a compound, the latest first',
        querystring: Listed,
        response: { 200: pageOf(Run) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        await accessCompound(q, acting, scopeId);
        const rows = await listRuns(q, scopeId, before, limit + 1);
        return page(
          rows,
          limit,
          (row) => runView(row, acting),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/billing/runs',
    {
      config: { permission: 'bill.run' },
      schema: {
        tags,
        operationId: 'askBillRun',
        summary:
          'Ask what a month would come to: calculated by the worker, billed only once somebody else approves',
        body: NewRun,
        response: { 201: Run },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: runView(await askRun(tx, request.acting!, request.body, now), request.acting!),
      })),
  );

  app.get(
    '/billing/runs/:id',
    {
      config: { permission: 'bill.run' },
      schema: {
        tags,
        operationId: 'getBillRun',
        summary: 'A run, item by item, beside the month before',
        params: IdParams,
        querystring: ScopeQuery,
        response: { 200: Type.Object({ run: Run, items: Type.Array(RunItem) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const run = await access(q, acting, request.query.scopeId, request.params.id);
        return { run: runView(run, acting), items: await runItems(q, run) };
      });
    },
  );

  app.get(
    '/billing/runs/:id/households',
    {
      config: { permission: 'bill.run' },
      schema: {
        tags,
        operationId: 'listBillRunHouseholds',
        summary: 'The households of a run, those first whose bill differs most from the month before',
        params: IdParams,
        querystring: Listed,
        response: { 200: pageOf(RunHome) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, cursor, limit = 20 } = request.query;
      const after = amountPosition(cursor);
      return db.read(acting.actor, async (q) => {
        const run = await access(q, acting, scopeId, request.params.id);
        const rows = await runHomes(q, run, after, limit + 1);
        return page(
          rows,
          limit,
          (row) => row,
          (row) => [Math.abs(row.fen - row.lastFen), row.householdId],
        );
      });
    },
  );

  app.get(
    '/billing/runs/:id/exceptions',
    {
      config: { permission: 'bill.run' },
      schema: {
        tags,
        operationId: 'listBillRunExceptions',
        summary: 'What of a run could not be calculated, or should be looked at',
        params: IdParams,
        querystring: Listed,
        response: { 200: pageOf(RunException) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, cursor, limit = 20 } = request.query;
      const after = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        const run = await access(q, acting, scopeId, request.params.id);
        const rows = await runExceptions(q, run, after, limit + 1);
        return page(
          rows,
          limit,
          (row) => ({ ...row, params: { ...row.params } }),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/billing/runs/:id/commands',
    {
      config: { permission: 'bill.approve' },
      schema: {
        tags,
        operationId: 'decideBillRun',
        summary: 'Approve a run as a second person, or give it up',
        params: IdParams,
        querystring: ScopeQuery,
        body: RunAct,
        response: { 200: Run },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const which = { scopeId, runId: request.params.id };
        const run = await decide(tx, request.acting!, which, request.body, now);
        return { status: 200, body: runView(run, request.acting!) };
      });
    },
  );
}
