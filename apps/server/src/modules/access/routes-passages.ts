import type { FastifyRequest } from 'fastify';
import { addDays, DAY, localDate, MINUTE, startOfDay, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { App } from '../../platform/http/app.ts';
import { page, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import {
  countByHour,
  findStopped,
  listPassages,
  type PassagePosition,
  type PassageRow,
} from './queries-passages.ts';
import { GateChecksPath, IdPath, ScopeQuery } from './schemas.ts';
import {
  ChainQuery,
  ChainReport,
  Flow,
  FlowQuery,
  OverrideAnswer,
  OverrideBody,
  Passages,
  PassagesQuery,
  PassageSearch,
} from './schemas-passages.ts';
import { type Intake, Overwhelmed } from './service-intake.ts';
import { checkChain, openWhy } from './service-passages.ts';
import { overriderOf } from './service-uploads.ts';
import { resultView, sentencesOf } from './view.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;
/** Nobody's ways are looked at further back at once. */
const longestSearchDays = 31;

function positionOfPassage(cursor: string | undefined): PassagePosition | null {
  const position = positionOf(cursor, { recordedAt: 'instant', gateId: 'id', seq: 'bigint' });
  return position && { ...position, recordedAt: new Date(position.recordedAt) };
}

export function passageRoutes(app: App, house: House, intake: Intake): void {
  const { db, clock, crypto } = house;

  const view = (row: PassageRow) => {
    const why = openWhy(crypto, row.id, row.why);
    const isStopped = row.outcome === 'refer' || row.outcome === 'refuse';
    return {
      id: row.id,
      gateId: row.gateId,
      seq: row.seq,
      recordedAt: row.recordedAt.toISOString(),
      happenedAt: row.happenedAt.toISOString(),
      direction: row.direction,
      outcome: row.outcome,
      urgent: row.urgent as never,
      decidedBy: row.decidedBy,
      latencyUs: row.latencyUs,
      way: row.way as never,
      passKind: row.passKind as never,
      passId: row.passId,
      name: row.name,
      home: row.home,
      overrideOf: row.overrideOf,
      sentence: why === null || !isStopped ? null : sentencesOf(why.say, why.params).sentence,
      reason: why?.reason ?? null,
      overriders: [...(why?.overriders ?? [])],
      isErased: isStopped && why === null,
    };
  };

  const dayOf = (wall: Wall, day: string | undefined): { day: string; from: Date; until: Date } => {
    const on = day ?? localDate(clock.now().getTime(), wall.timeZone);
    return {
      day: on,
      from: new Date(startOfDay(on, wall.timeZone)),
      until: new Date(startOfDay(addDays(on, 1), wall.timeZone)),
    };
  };
  const assertDay = (day: string | undefined): void => {
    if (day !== undefined && (Number.isNaN(Date.parse(day)) || !new Date(day).toISOString().startsWith(day)))
      throw new Problem('validation.failed', {}, [{ path: 'querystring/day', code: 'format', params: {} }]);
  };

  app.get(
    '/access/passages',
    {
      config: { permission: 'passage.read' },
      schema: {
        tags,
        operationId: 'listPassages',
        summary: 'Who went through the gates of a compound on a day, the newest first; names masked',
        querystring: PassagesQuery,
        response: { 200: Passages },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, gateId = null, stopped = false, day, cursor, limit = 20 } = request.query;
      assertDay(day);
      const before = positionOfPassage(cursor);
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const { from, until } = dayOf(wall, day);
        const filter = { scopeId, gateId, isStoppedOnly: stopped, passId: null, from, until };
        const rows = await listPassages(q, filter, before, limit + 1);
        return page(rows, limit, view, (row) => [row.recordedAt.toISOString(), row.gateId, row.seq]);
      });
    },
  );

  app.post(
    '/access/passages/search',
    {
      config: { permission: 'passage.search' },
      schema: {
        tags,
        operationId: 'searchPassages',
        summary:
          'When the holder of one pass went through; with a purpose, which is kept together with who looked',
        body: PassageSearch,
        response: { 200: Passages },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, passId, purpose, from, to } = request.body;
      assertDay(from);
      assertDay(to);
      const now = clock.now();
      return db.act(acting.actor, async (tx) => {
        const wall = await accessScope(tx, acting, scopeId);
        const begin = new Date(startOfDay(from, wall.timeZone));
        const end = new Date(startOfDay(addDays(to, 1), wall.timeZone));
        if (end <= begin || end.getTime() - begin.getTime() > longestSearchDays * DAY)
          throw new Problem('validation.failed', {}, [
            { path: '/to', code: 'range', params: { mostDays: longestSearchDays } },
          ]);
        const { cityId, streetId, companyId } = wall;
        // Looked up and written down in one: none without the other.
        audit(tx, {
          auditId: uuidv7(now.getTime()),
          scopeId,
          wall: { cityId, streetId, companyId },
          accountId: acting.accountId,
          action: 'passage.searched',
          objectType: 'pass',
          objectId: passId,
          detail: { purpose: purpose.trim(), from, to },
          at: now,
        });
        const filter = { scopeId, gateId: null, isStoppedOnly: false, passId, from: begin, until: end };
        const rows = await listPassages(tx, filter, null, 200);
        return { items: rows.map(view), nextCursor: null };
      });
    },
  );

  app.get(
    '/access/flow',
    {
      config: { permission: 'passage.figures' },
      schema: {
        tags,
        operationId: 'getGateFlow',
        summary: 'How many went in and out by gate and hour of a day, and how many were stopped',
        querystring: FlowQuery,
        response: { 200: Flow },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, day } = request.query;
      assertDay(day);
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const of = dayOf(wall, day);
        const hours = await countByHour(q, scopeId, of.from, of.until, wall.timeZone);
        const inside = hours.reduce((sum, { entries, exits }) => sum + entries - exits, 0);
        return { day: of.day, hours, inside };
      });
    },
  );

  app.get(
    '/access/gates/:id/chain',
    {
      config: { permission: 'passage.search' },
      schema: {
        tags,
        operationId: 'checkGateChain',
        summary:
          'Whether every passage of a gate is there, in its order and unaltered; a slice at a time, each going on where the one before ended',
        params: IdPath,
        querystring: ChainQuery,
        response: { 200: ChainReport },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, after = null } = request.query;
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const report = await checkChain(crypto, q, scopeId, request.params.id, after);
        return {
          checked: report.checked,
          from: report.from,
          until: report.until,
          end: report.end,
          next: report.next,
          destroyedAt: report.destroyedAt?.toISOString() ?? null,
          faults: report.faults.map((fault) =>
            fault.kind === 'missing'
              ? { kind: fault.kind, seq: fault.after, part: null }
              : { kind: fault.kind, seq: fault.seq, part: fault.part },
          ),
        };
      });
    },
  );

  app.post(
    '/access/gates/:gateId/overrides',
    {
      config: { permission: 'gate.override' },
      schema: {
        tags,
        operationId: 'overrideAtGate',
        summary:
          'Let somebody through who was stopped a moment ago, with a reason; by whoever may speak for every check in the way',
        params: GateChecksPath,
        querystring: ScopeQuery,
        body: OverrideBody,
        response: { 200: OverrideAnswer },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { gateId } = request.params;
      const { id, passageId, reason } = request.body;
      const now = clock.now();
      const stopped = await db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter(
          (one) => one !== null,
        );
        const minutes = await house.settings.get(q, chain, 'access.override_minutes', now);
        return findStopped(q, scopeId, gateId, passageId, new Date(now.getTime() - minutes * MINUTE));
      });
      if (stopped === null) throw new Problem('access.nothing_to_override');
      const overriders: readonly string[] = openWhy(crypto, passageId, stopped.why)?.overriders ?? [];
      if (!overriderOf(acting.role).some((as) => overriders.includes(as)))
        throw new Problem('access.override_not_yours', { who: overriders.join(',') });
      try {
        const taken = await intake.take({
          from: { scopeId, deviceId: null, secretHash: null, accountId: acting.accountId },
          gateId,
          attempt: {
            id,
            at: null,
            direction: stopped.direction,
            claim: stopped.passId === null ? { way: 'none' } : { way: 'spoken', passId: stopped.passId },
            urgent: null,
            temperatureTenths: null,
            wearsMask: null,
            healthCode: null,
          },
          receivedAt: now.getTime(),
          startedAt: performance.now(),
          answer: null,
          override: { of: passageId, reason: reason.trim(), byName: acting.displayName },
          offline: null,
        });
        if (taken.kind === 'refused') throw new Problem('access.nothing_to_override');
        return resultView(id, taken);
      } catch (error) {
        if (error instanceof Overwhelmed) throw new Problem('unavailable', { retryAfterSeconds: 1 });
        throw error;
      }
    },
  );
}
