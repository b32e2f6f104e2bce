import type { FastifyRequest } from 'fastify';
import { localDate } from '@gongzhi/kernel';
import { tKey } from '@gongzhi/i18n';
import type { Executor } from '../../platform/db/database.ts';
import { sayerOf } from '../../platform/exports/lists.ts';
import { sendTable } from '../../platform/exports/reply.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { decisionFault, measureFault } from './domain/tracing.ts';
import { measuresAt } from './queries-measures.ts';
import { findTracing, listTracings, type TracingRow } from './queries-tracing.ts';
import { IdPath, ScopeQuery } from './schemas.ts';
import {
  Tracing,
  TracingDecision,
  TracingExport,
  TracingInput,
  TracingList,
  Tracings,
  TracingWithdrawal,
} from './schemas-tracing.ts';
import {
  askTracing,
  decideTracing,
  exportTracing,
  limitsOf,
  measureOf,
  openTracing,
  tracingFields,
  withdrawTracing,
} from './service-tracing.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

const columns = [
  ['tracing.column.number', 6],
  ['tracing.column.name', 14],
  ['tracing.column.phone', 16],
  ['tracing.column.home', 22],
  ['tracing.column.kind', 12],
  ['tracing.column.gate', 14],
  ['tracing.column.at', 18],
  ['tracing.column.apart', 12],
  ['tracing.column.times', 8],
  ['tracing.column.mark', 60],
] as const;

export function tracingRoutes(app: App, house: House): void {
  const { db, clock, crypto } = house;

  const viewOf = (row: TracingRow, acting: Acting, now: Date) => {
    const isOfTwo = [row.askedBy, row.decidedBy].includes(acting.accountId);
    const mayDecide =
      mayAttempt(acting.role, 'tracing.authorise') &&
      decisionFault({ ...row, destroyAt: row.destroyAt.getTime() }, acting, now.getTime()) === null;
    const isThere = row.destroyAt > now && row.destroyedAt === null;
    return {
      id: row.id,
      scopeId: row.scopeId,
      measure: row.measure,
      requestNo: row.requestNo,
      authority: row.authority,
      documentRef: row.documentRef,
      requestedOn: row.requestedOn,
      matter:
        row.matterCipher !== null && isThere && (isOfTwo || mayDecide)
          ? crypto.open(row.matterCipher, tracingFields.matter, row.id)
          : null,
      from: row.fromAt.toISOString(),
      to: row.toAt.toISOString(),
      windowMinutes: row.windowMinutes,
      state: row.state,
      askedByName: row.askedByName,
      askedRole: row.askedRole,
      askedAt: row.askedAt.toISOString(),
      decidedByName: row.decidedByName,
      decidedRole: row.decidedRole,
      decidedAt: row.decidedAt?.toISOString() ?? null,
      reason: row.decisionReason,
      found: row.found,
      copies: row.copies,
      destroyAt: row.destroyAt.toISOString(),
      destroyedAt: row.destroyedAt?.toISOString() ?? null,
      version: row.version,
      mayDecide,
      mayWithdraw: row.state === 'asked' && row.askedBy === acting.accountId,
      mayOpen:
        row.state === 'authorised' &&
        isOfTwo &&
        isThere &&
        measureFault(measureOf(row), now.getTime()) === null,
    };
  };
  const view = async (q: Executor, acting: Acting, scopeId: string, id: string, now: Date) => {
    const row = await findTracing(q, scopeId, id);
    if (row === null) throw new Problem('not_found');
    return viewOf(row, acting, now);
  };

  app.get(
    '/access/tracings',
    {
      config: { permission: 'tracing.read' },
      schema: {
        tags,
        operationId: 'listTracings',
        summary:
          'Health authorities’ requests to trace contacts at the gates of a compound, the newest first',
        querystring: ScopeQuery,
        response: { 200: Tracings },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const [rows, measures, limits] = await Promise.all([
          listTracings(q, scopeId),
          measuresAt(q, wall, now),
          limitsOf(house, q, wall, now),
        ]);
        return {
          items: rows.map((row) => viewOf(row, acting, now)),
          mayAsk: mayAttempt(acting.role, 'tracing.ask'),
          measures: measures
            .filter(({ content }) => content.allows?.tracing === true)
            .map(({ id, name, authority, documentNo, startsAt }) => ({
              id,
              name,
              authority,
              documentNo,
              startsAt: startsAt.toISOString(),
            })),
          limits: { ...limits },
        };
      });
    },
  );

  app.post(
    '/access/tracings',
    {
      config: { permission: 'tracing.ask' },
      schema: {
        tags,
        operationId: 'askTracing',
        summary:
          'Record a health authority’s written request to trace who was at a gate together with somebody; another person of another office has to authorise it',
        body: TracingInput,
        response: { 201: Tracing },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { body } = request;
      return runCommand(house, request, reply, body.scopeId, async (tx, now) => {
        const id = await askTracing(house, acting, tx, body, now);
        return { status: 201, body: await view(tx, acting, body.scopeId, id, now) };
      });
    },
  );

  app.post(
    '/access/tracings/:id/decision',
    {
      config: { permission: 'tracing.authorise' },
      schema: {
        tags,
        operationId: 'decideTracing',
        summary: 'Authorise or decline a tracing; never by who asked, nor by a colleague of the same office',
        params: IdPath,
        querystring: ScopeQuery,
        body: TracingDecision,
        response: { 200: Tracing },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id } = request.params;
      const { expectedVersion, ...decision } = request.body;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await decideTracing(house, acting, tx, { scopeId, id, expectedVersion }, decision, now);
        return { status: 200, body: await view(tx, acting, scopeId, id, now) };
      });
    },
  );

  app.post(
    '/access/tracings/:id/withdrawal',
    {
      config: { permission: 'tracing.ask' },
      schema: {
        tags,
        operationId: 'withdrawTracing',
        summary: 'Take a request back that nobody has decided yet',
        params: IdPath,
        querystring: ScopeQuery,
        body: TracingWithdrawal,
        response: { 200: Tracing },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id } = request.params;
      const { expectedVersion } = request.body;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await withdrawTracing(acting, tx, { scopeId, id, expectedVersion }, now);
        return { status: 200, body: await view(tx, acting, scopeId, id, now) };
      });
    },
  );

  app.get(
    '/access/tracings/:id/list',
    {
      config: { permission: 'tracing.read' },
      schema: {
        tags,
        operationId: 'openTracing',
        summary: 'Who was there, masked; for the two who asked and authorised, and on record',
        params: IdPath,
        querystring: ScopeQuery,
        response: { 200: TracingList },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = clock.now();
      return db.act(acting.actor, async (tx) => {
        const { list, known } = await openTracing(
          house,
          acting,
          tx,
          scopeId,
          request.params.id,
          'opened',
          now,
        );
        return {
          unknown: list.unknown,
          items: list.contacts.map((contact) => {
            const pass = known.get(contact.passId);
            return {
              ...contact,
              name: pass?.name ?? null,
              phone: pass?.phone ?? null,
              home: pass?.home ?? null,
            };
          }),
        };
      });
    },
  );

  app.post(
    '/access/tracings/:id/export',
    {
      config: { permission: 'tracing.read' },
      schema: {
        tags,
        operationId: 'exportTracing',
        summary:
          'The authority’s list as a workbook: names and phones, each row marked with the request, who took it and which copy it is',
        produces: ['application/octet-stream'],
        params: IdPath,
        querystring: ScopeQuery,
        body: TracingExport,
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { locale } = request.body;
      const now = clock.now();
      const made = await db.act(acting.actor, (tx) =>
        exportTracing(house, acting, tx, scopeId, request.params.id, now),
      );
      const { wall, row, copy, contacts } = made;
      const say = sayerOf(locale, wall.timeZone);
      const mark = tKey(locale, 'tracing.mark', {
        authority: row.authority,
        number: row.requestNo,
        name: acting.displayName,
        at: say.time(now.toISOString()) ?? '',
        copy,
        until: localDate(row.destroyAt.getTime() - 1, wall.timeZone),
      });
      async function* rows() {
        for (const [i, contact] of contacts.entries())
          yield [
            i + 1,
            contact.name,
            contact.phone,
            contact.home,
            say.label(`pass.kind.${contact.kind}`),
            contact.gate,
            say.time(contact.at),
            Math.round(contact.apartSeconds / 6) / 10,
            contact.times,
            mark,
          ];
        if (made.unknown > 0)
          yield [
            null,
            tKey(locale, 'tracing.unknown', { count: made.unknown }),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            mark,
          ];
      }
      const title = tKey(locale, 'tracing.file');
      return sendTable(reply, {
        format: 'xlsx',
        name: `${title}-${row.requestNo}-${copy}`,
        sheet: title,
        columns: columns.map(([key, width]) => ({ title: tKey(locale, key), width })),
        rows: rows(),
      });
    },
  );
}
