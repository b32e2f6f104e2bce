import Type from 'typebox';
import { attach } from '../../platform/files/attach.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, pageOf, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { accessScope } from '../places/index.ts';
import { UNITS } from './domain.ts';
import { heldReadings, listReadings, lockReading } from './queries.ts';
import { withinReach, withinScope } from './reach.ts';
import {
  MeterPath,
  MetersQuery,
  NewReadingSchema,
  ReadingDecision,
  ReadingPath,
  ScopeQuery,
  strict,
  Uuid,
} from './schemas.ts';
import { HeldReading, Reading } from './schemas-answers.ts';
import { lockMeterFor, meterFor } from './service.ts';
import { decideReading, milliOf, photoType, readingProblem, recordReading } from './service-readings.ts';
import { readingView } from './view.ts';

const tags = ['metering'];

const clocksDiffer = 10 * 60_000;

/** A phone's clock may be some minutes ahead of ours: then it was just now. */
function momentOf(takenAt: string, now: Date): Date {
  const ahead = Date.parse(takenAt) - now.getTime();
  return ahead > 0 && ahead <= clocksDiffer ? now : new Date(takenAt);
}

export function readingRoutes(app: App, house: House): void {
  const { db } = house;

  app.get(
    '/meters/:id/readings',
    {
      config: { permission: 'meter.look' },
      schema: {
        tags,
        operationId: 'listMeterReadings',
        summary: 'What was read on a meter, the latest first; a home sees its own',
        params: MeterPath,
        querystring: Type.Object({ ...MetersQuery.properties, scopeId: Uuid }, strict),
        response: { 200: pageOf(Reading) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { cursor, limit = 20, scopeId } = request.query;
      const before = positionOf(cursor, ['instant', 'id']);
      return db.read(acting.actor, async (q) => {
        await meterFor(q, acting, scopeId, request.params.id);
        const rows = await listReadings(q, scopeId, request.params.id, before, limit + 1);
        return page(rows, limit, readingView, (row) => [row.takenAt.toISOString(), row.id]);
      });
    },
  );

  app.post(
    '/meters/:id/readings',
    {
      config: { permission: 'meter.write' },
      schema: {
        tags,
        operationId: 'recordMeterReading',
        summary:
          'What it shows; what is doubtful is asked about before it counts, and a home’s own word waits for the desk',
        params: MeterPath,
        querystring: ScopeQuery,
        body: NewReadingSchema,
        response: { 201: Reading },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        const acting = request.acting!;
        const { scopeId } = request.query;
        const { value, takenAt, answer, note, fileIds = [] } = request.body;
        const wall = await accessScope(tx, acting, scopeId);
        const meter = await lockMeterFor(tx, acting, scopeId, request.params.id);
        const isResident = acting.actor.kind === 'resident';
        const by = { accountId: acting.accountId, name: acting.displayName };
        const done = await recordReading(
          house,
          tx,
          meter,
          {
            source: isResident ? 'resident' : 'manual',
            sourceKey: `${acting.accountId}:${request.headers['idempotency-key'] as string}`,
            takenAt: takenAt === undefined ? now : momentOf(takenAt, now),
            milli: milliOf(value),
            answer: answer ?? null,
            note: note?.trim() || null,
            hasPhoto: fileIds.length > 0,
            by,
          },
          wall.timeZone,
          now,
          true,
        );
        if (done.type !== 'recorded') throw readingProblem(meter, done, '/value');
        if (fileIds.length > 0 && done.isNew) {
          const { cityId, streetId, companyId, householdId } = meter;
          const attached = await attach(tx, {
            scopeId,
            fileIds,
            type: photoType,
            objectId: done.reading.id,
            uploadedBy: acting.accountId,
            wall: {
              cityId,
              streetId,
              companyId,
              householdId,
              reporterAccountId: null,
              isPublic: false,
              isInternal: householdId === null,
            },
            at: now,
          });
          if (!attached.ok)
            throw new Problem(attached.error.code, attached.error.params, [
              { path: '/fileIds', code: 'not_attachable', params: attached.error.params },
            ]);
        }
        return { status: 201, body: readingView(done.reading) };
      }),
  );

  app.post(
    '/meters/:id/readings/:readingId/decision',
    {
      config: { permission: 'meter.decide' },
      schema: {
        tags,
        operationId: 'decideMeterReading',
        summary: 'A reading that waits counts after all, with an answer to its doubts, or never',
        params: ReadingPath,
        querystring: ScopeQuery,
        body: ReadingDecision,
        response: { 200: Reading },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        const acting = request.acting!;
        const { scopeId } = request.query;
        const wall = await accessScope(tx, acting, scopeId);
        const meter = await lockMeterFor(tx, acting, scopeId, request.params.id);
        const reading = await lockReading(tx, scopeId, request.params.readingId);
        if (reading?.meterId !== meter.id) throw new Problem('not_found');
        const by = { accountId: acting.accountId, name: acting.displayName };
        const decided = await decideReading(
          house,
          tx,
          meter,
          reading,
          request.body.answer,
          by,
          wall.timeZone,
          now,
        );
        return { status: 200, body: readingView(decided) };
      }),
  );

  app.get(
    '/meters/held-readings',
    {
      config: { permission: 'meter.read' },
      schema: {
        tags,
        operationId: 'listHeldReadings',
        summary: 'Readings that wait for somebody’s word',
        querystring: Type.Object({ scopeId: Type.Optional(Uuid) }, strict),
        response: { 200: Type.Object({ items: Type.Array(HeldReading) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        if (scopeId !== undefined) await accessScope(q, acting, scopeId);
        const within = scopeId === undefined ? withinReach(acting.actor, 'r') : withinScope(scopeId, 'r');
        const rows = await heldReadings(q, within, 200);
        return {
          items: rows.map((row) => ({
            ...readingView(row),
            scopeId: row.scopeId,
            scopeName: row.scopeName,
            kind: row.kind as keyof typeof UNITS,
            unit: UNITS[row.kind as keyof typeof UNITS],
            serial: row.serial,
            householdLabel: row.householdLabel,
            spot: row.spot,
            lastValue: row.lastMilli === null ? null : row.lastMilli / 1000,
          })),
        };
      });
    },
  );
}
