import { uuidv7 } from '@gongzhi/kernel';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { accessScope } from '../places/index.ts';
import { findMeter } from './queries.ts';
import { listFindings, lockFinding, lockWarning, warningsOver } from './queries-prepaid.ts';
import { withinReach, withinScope } from './reach.ts';
import { Care, EndFinding, MeterPath, NewWarning, ScopeQuery, strict, Text, Uuid } from './schemas.ts';
import { ListedFinding, Warning } from './schemas-answers.ts';
import { chainOf } from './service.ts';
import { keepCare } from './service-care.ts';
import { endFinding } from './service-findings.ts';
import { lift, writeWarning } from './service-warnings.ts';
import { findingView } from './view.ts';

const tags = ['metering'];

export function standoutRoutes(app: App, house: House): void {
  careRoutes(app, house);
  findingRoutes(app, house);
  weatherRoutes(app, house);
}

function careRoutes(app: App, house: House): void {
  app.post(
    '/meters/care',
    {
      config: { permission: 'meter.care' },
      schema: {
        tags,
        operationId: 'keepMeterCare',
        summary: 'A home wants somebody to look when its meter stands still, until a day; null ends it',
        body: Care,
        response: { 200: Type.Object({ householdId: Uuid, until: Type.Union([Text, Type.Null()]) }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 200,
        body: await keepCare(house, request.acting!, tx, request.body, now),
      })),
  );
}

function findingRoutes(app: App, house: House): void {
  app.get(
    '/meters/findings',
    {
      config: { permission: 'meter.read' },
      schema: {
        tags,
        operationId: 'listMeterFindings',
        summary:
          'What stands out: leaks, quiet homes, silent meters, balances that differ, money that did not arrive',
        querystring: Type.Object({ scopeId: Type.Optional(Uuid) }, strict),
        response: { 200: Type.Object({ items: Type.Array(ListedFinding) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return house.db.read(acting.actor, async (q) => {
        if (scopeId !== undefined) await accessScope(q, acting, scopeId);
        const within = scopeId === undefined ? withinReach(acting.actor, 'f') : withinScope(scopeId, 'f');
        const rows = await listFindings(q, within, 200);
        return {
          items: rows.map((row) => ({
            ...findingView(row),
            scopeName: row.scopeName,
            kind: row.kind as 'power',
            serial: row.serial,
            householdLabel: row.householdLabel,
            spot: row.spot,
          })),
        };
      });
    },
  );

  app.post(
    '/meters/findings/:id/end',
    {
      config: { permission: 'meter.decide' },
      schema: {
        tags,
        operationId: 'endMeterFinding',
        summary: 'Somebody looked at it, and what was found',
        params: MeterPath,
        querystring: ScopeQuery,
        body: EndFinding,
        response: { 200: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        const acting = request.acting!;
        await accessScope(tx, acting, request.query.scopeId);
        const finding = await lockFinding(tx, request.query.scopeId, request.params.id);
        const meter = finding === null ? null : await findMeter(tx, finding.scopeId, finding.meterId);
        if (finding === null || meter === null) throw new Problem('not_found');
        if (finding.endedAt !== null) throw new Problem('metering.finding_ended');
        endFinding(tx, meter, finding, 'people', acting.displayName, request.body.note.trim(), now);
        return { status: 200, body: { id: finding.id } };
      }),
  );
}

function weatherRoutes(app: App, house: House): void {
  const view = (row: Awaited<ReturnType<typeof warningsOver>>[number]) => ({
    id: row.id,
    scopeId: row.scopeId,
    level: row.level,
    event: row.event,
    issuer: row.issuer,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    recordedByName: row.recordedByName,
  });

  app.get(
    '/meters/warnings',
    {
      config: { permission: 'weather.read' },
      schema: {
        tags,
        operationId: 'listWeatherWarnings',
        summary: 'Weather warnings that hold or are to come: in red and orange nothing is switched off',
        querystring: ScopeQuery,
        response: { 200: Type.Object({ items: Type.Array(Warning) }) },
      },
    },
    async (request) =>
      house.db.read(request.acting!.actor, async (q) => {
        const wall = await accessScope(q, request.acting!, request.query.scopeId);
        const rows = await warningsOver(q, chainOf(wall), house.clock.now());
        return { items: rows.map(view) };
      }),
  );

  app.post(
    '/meters/warnings',
    {
      config: { permission: 'weather.record' },
      schema: {
        tags,
        operationId: 'recordWeatherWarning',
        summary: 'A weather warning, as the competent authority told it',
        body: NewWarning,
        response: { 201: Warning },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: view(await writeWarning(request.acting!, tx, request.body, uuidv7(now.getTime()), now)),
      })),
  );

  app.post(
    '/meters/warnings/:id/lift',
    {
      config: { permission: 'weather.record' },
      schema: {
        tags,
        operationId: 'liftWeatherWarning',
        summary: 'The authority lifted it',
        params: MeterPath,
        querystring: ScopeQuery,
        response: { 200: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        await accessScope(tx, request.acting!, request.query.scopeId);
        const row = await lockWarning(tx, request.query.scopeId, request.params.id);
        if (row === null || row.liftedAt !== null) throw new Problem('not_found');
        lift(tx, row, now);
        return { status: 200, body: { id: row.id } };
      }),
  );
}
