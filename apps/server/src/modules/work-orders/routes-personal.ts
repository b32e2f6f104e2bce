import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { FastifyRequest } from 'fastify';
import { audit } from '../../platform/audit/audit.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { ownAccount } from '../identity/index.ts';
import { accessScope, disclose, ownPeople, wallOf } from '../places/index.ts';
import {
  Erasure,
  OwnData,
  PersonalPath,
  PersonalReason,
  PersonalScope,
  PersonData,
} from './schemas-personal.ts';
import { erasureOf, gatherPerson, orderErasure } from './service-personal.ts';

const tags = ['people'];

function actingOf(request: Pick<FastifyRequest, 'acting'>): Acting {
  if (request.acting === null) throw new Problem('auth.session_required');
  return request.acting;
}

/** What is held about one person: given to them, and erased where the law lets it (domain/personal.ts). */
export function personalRoutes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/me/data',
    {
      config: { permission: 'account.self' },
      schema: {
        operationId: 'exportOwnData',
        tags,
        summary: 'Everything held about me, in every place I am known',
        response: { 200: OwnData },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { account, actors } = await ownAccount(house, acting.accountId, clock.now());
      const people = await db.read(acting.actor, (q) => ownPeople(q, acting.accountId));
      const places = [];
      for (const { scopeId, personId } of people) {
        // Read as the resident of that place: the wall is the one that stands there every day.
        const actor = actors.find(({ scopeIds }) => scopeIds.includes(scopeId)) ?? acting.actor;
        const data = await db.read(actor, async (q) => {
          const wall = await wallOf(q, scopeId);
          return wall === null ? null : gatherPerson(q, house, wall, personId);
        });
        if (data !== null) places.push(data);
      }
      const day = localDate(clock.now().getTime());
      reply.header('cache-control', 'no-store');
      reply.header('content-disposition', `attachment; filename="my-data-${day}.json"`);
      return { account, places };
    },
  );

  app.post(
    '/people/:personId/export',
    {
      config: { permission: 'person.export' },
      schema: {
        operationId: 'exportPerson',
        tags,
        summary: 'Everything held about a person of a place, at their request; recorded, and told to them',
        params: PersonalPath,
        querystring: PersonalScope,
        body: PersonalReason,
        response: { 200: PersonData },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { personId } = request.params;
      const words = request.body.words.trim();
      reply.header('cache-control', 'no-store');
      return db.act(acting.actor, async (tx) => {
        const now = clock.now();
        const wall = await accessScope(tx, acting, request.query.scopeId);
        const data = await gatherPerson(tx, house, wall, personId);
        if (data === null) throw new Problem('not_found');
        audit(tx, {
          auditId: uuidv7(now.getTime()),
          scopeId: wall.scopeId,
          wall,
          accountId: acting.accountId,
          action: 'person.exported',
          objectType: 'person',
          objectId: personId,
          detail: { words, role: acting.role },
          at: now,
        });
        const [subject] = await ownPeople(tx, null, { scopeId: wall.scopeId, personId });
        const looked = { wall, personId, subjectAccountId: subject?.accountId ?? null, workOrderId: null };
        await disclose(tx, acting, { ...looked, purpose: 'export', words }, now);
        return data;
      });
    },
  );

  app.get(
    '/people/:personId/erasure',
    {
      config: { permission: 'person.erase' },
      schema: {
        operationId: 'planErasure',
        tags,
        summary: 'What of a person would be erased and what stays, and why',
        params: PersonalPath,
        querystring: PersonalScope,
        response: { 200: Erasure },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, request.query.scopeId);
        const { plan, isErased } = await erasureOf(q, house, wall, request.params.personId, clock.now());
        return { isErased, mayErase: plan.mayErase, lines: [...plan.lines] };
      });
    },
  );

  app.post(
    '/people/:personId/erasure',
    {
      config: { permission: 'person.erase' },
      schema: {
        operationId: 'erasePerson',
        tags,
        summary: 'Erases a person at their own request, where the law lets it',
        params: PersonalPath,
        querystring: PersonalScope,
        body: PersonalReason,
        response: { 200: Erasure },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const wall = await accessScope(tx, acting, scopeId);
        const words = request.body.words.trim();
        const plan = await orderErasure(tx, house, acting, wall, request.params.personId, words, now);
        return { status: 200, body: { isErased: true, mayErase: false, lines: [...plan.lines] } };
      });
    },
  );
}
