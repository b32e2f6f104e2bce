import type { FastifyRequest } from 'fastify';
import { localDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { ScopeQuery } from './schemas.ts';
import { FollowUpDone, FollowUpInput, FollowUps } from './schemas-tracing.ts';
import {
  declareReturn,
  followedUp,
  followingMeasures,
  followUpFields,
  settleFollowUp,
} from './service-follow-ups.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

export function followUpRoutes(app: App, house: House): void {
  const { db, clock, crypto } = house;

  const view = async (q: Executor, acting: Acting, scopeId: string, now: Date) => {
    const wall = await accessScope(q, acting, scopeId);
    const measures = await followingMeasures(q, wall, now);
    const items = await followedUp(q, scopeId, measures, now);
    const today = localDate(now.getTime(), wall.timeZone);
    return {
      measures: measures.map(({ id, name, authority, documentNo, followUp, endsAt }) => ({
        id,
        name,
        authority,
        documentNo,
        ...followUp,
        endsAt: endsAt.toISOString(),
      })),
      items: items.map(({ row, policyId, passId, kind, since, pass }) => ({
        id: row?.id ?? null,
        policyId,
        passId,
        kind,
        passKind: pass.kind,
        name: pass.name,
        phone: pass.phone,
        home: pass.home,
        householdId: pass.householdId,
        since: since.toISOString(),
        dueOn: row?.dueOn ?? null,
        isOverdue: row !== null && row.doneAt === null && row.dueOn !== null && row.dueOn < today,
        words: row?.wordsCipher == null ? null : crypto.open(row.wordsCipher, followUpFields.words, row.id),
        note: row?.noteCipher == null ? null : crypto.open(row.noteCipher, followUpFields.note, row.id),
        doneByName: row?.doneByName ?? null,
        doneAt: row?.doneAt?.toISOString() ?? null,
        version: row?.version ?? 0,
      })),
      mayWork: mayAttempt(acting.role, 'follow_up.work'),
    };
  };

  app.get(
    '/access/follow-ups',
    {
      config: { permission: 'follow_up.read' },
      schema: {
        tags,
        operationId: 'listFollowUps',
        summary:
          'Who came home from a risk area and is looked after, and who went out and did not come back; only under a measure that allows it',
        querystring: ScopeQuery,
        response: { 200: FollowUps },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return db.read(acting.actor, (q) => view(q, acting, request.query.scopeId, clock.now()));
    },
  );

  app.post(
    '/access/follow-ups',
    {
      config: { permission: 'follow_up.work' },
      schema: {
        tags,
        operationId: 'declareReturn',
        summary: 'Note who said that they were in a risk area',
        body: FollowUpInput,
        response: { 201: FollowUps },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { body } = request;
      return runCommand(house, request, reply, body.scopeId, async (tx, now) => {
        await declareReturn(house, acting, tx, body, now);
        return { status: 201, body: await view(tx, acting, body.scopeId, now) };
      });
    },
  );

  app.post(
    '/access/follow-ups/done',
    {
      config: { permission: 'follow_up.work' },
      schema: {
        tags,
        operationId: 'settleFollowUp',
        summary: 'Write down that somebody was looked after, or asked about, and what came of it',
        body: FollowUpDone,
        response: { 200: FollowUps },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { body } = request;
      return runCommand(house, request, reply, body.scopeId, async (tx, now) => {
        await settleFollowUp(house, acting, tx, body, now);
        return { status: 200, body: await view(tx, acting, body.scopeId, now) };
      });
    },
  );
}
