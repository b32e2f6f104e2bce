import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { DAY } from '@gongzhi/kernel';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { openGates } from './queries-gates.ts';
import { invitations, ownCounts, ownPasses, visitsOfHomes } from './queries-passes.ts';
import { HomeBody, Invitation, NewInvitation, Own, Pass, PhoneKey, Visit } from './schemas-passes.ts';
import { IdPath, ScopeOnly } from './schemas-parcels.ts';
import { chainOf, homesOf } from './service-parcels.ts';
import { invite, keyPhone, ownPass, takeBack } from './service-passes.ts';
import { markOf, openSecret } from './tables-passes.ts';
import { invitationView, passView, visitView } from './view-passes.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

/** What somebody does about the gate from home. */
export function ownRoutes(app: App, house: House): void {
  const { db, clock, settings, crypto } = house;
  const permission = 'gate.own';

  app.get(
    '/access/own',
    {
      config: { permission },
      schema: {
        tags,
        operationId: 'getOwnPassage',
        summary: 'The own passes, what waits at the gate, and how long may be invited',
        querystring: ScopeOnly,
        response: { 200: Own },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const homes = homesOf(acting) ?? [];
        const chain = chainOf(wall);
        const [passes, counts, rules, goodsSlipHours, gates] = await Promise.all([
          ownPasses(q, scopeId, acting.accountId, now),
          ownCounts(q, scopeId, homes, now),
          settings.get(q, chain, 'access.issuing', now),
          settings.get(q, chain, 'access.goods_slip_hours', now),
          openGates(q, scopeId),
        ]);
        const { visitorHours, visitorEntries, slotMinutes, helperDays, aheadDays } = rules;
        return {
          passes: passes.map((row) => passView(row, now)),
          keys: passes.map(({ id, secretCipher }) => ({
            passId: id,
            mark: secretCipher === null ? null : markOf(openSecret(crypto, secretCipher, id)),
          })),
          counts,
          rules: { visitorHours, visitorEntries, slotMinutes, helperDays, aheadDays, goodsSlipHours },
          gates,
          timeZone: wall.timeZone,
          now: now.toISOString(),
        };
      });
    },
  );

  app.post(
    '/access/own/passes',
    {
      config: { permission },
      schema: {
        tags,
        operationId: 'getOwnPass',
        summary: 'A pass for the home one lives in, by what the register says; the same one when asked again',
        body: HomeBody,
        response: { 200: Pass },
      },
    },
    (request, reply) =>
      runCommand(
        house,
        request,
        reply,
        request.body.scopeId,
        async (tx, now) => ({
          status: 200,
          body: passView(await ownPass(house, tx, actingOf(request), request.body, now), now),
        }),
        // Two phones at one instant: the second finds what the first was given.
        { drawnAgain: ['pass_own_standing'] },
      ),
  );

  app.post(
    '/access/own/passes/:id/key',
    {
      config: { permission },
      schema: {
        tags,
        operationId: 'keyPhone',
        summary: 'What this phone makes its codes of; any other phone’s stop working',
        params: IdPath,
        querystring: ScopeOnly,
        response: { 200: PhoneKey },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const acting = actingOf(request);
        const { timeZone } = await accessScope(tx, acting, scopeId);
        const { pass, secret, digits } = await keyPhone(house, tx, acting, scopeId, request.params.id, now);
        return {
          status: 200,
          body: {
            passId: pass.id,
            scopeId,
            ref: pass.ref,
            secret: secret.toString('base64'),
            digits,
            mark: markOf(secret),
            timeZone,
            version: pass.version,
          },
        };
      });
    },
  );

  app.get(
    '/access/invitations',
    {
      config: { permission },
      schema: {
        tags,
        operationId: 'listInvitations',
        summary: 'Whom the own homes have invited, with what the guests show; what still holds first',
        querystring: ScopeOnly,
        response: { 200: Type.Object({ items: Type.Array(Invitation), timeZone: Type.String() }) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        const { timeZone } = await accessScope(q, acting, scopeId);
        const rows = await invitations(q, scopeId, homesOf(acting) ?? [], now, 60);
        return { items: rows.map((row) => invitationView(house, row, timeZone, now)), timeZone };
      });
    },
  );

  app.post(
    '/access/invitations',
    {
      config: { permission },
      schema: {
        tags,
        operationId: 'invite',
        summary: 'Invite a guest, a courier or somebody who helps; or a pass for a child of one’s own',
        body: NewInvitation,
        response: { 201: Invitation },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const acting = actingOf(request);
        const row = await invite(house, tx, acting, request.body, now);
        const { timeZone } = await accessScope(tx, acting, row.scopeId);
        return { status: 201, body: invitationView(house, row, timeZone, now) };
      }),
  );

  app.post(
    '/access/invitations/:id/revoke',
    {
      config: { permission },
      schema: {
        tags,
        operationId: 'revokeInvitation',
        summary: 'Take an invitation back: its code stops working at once',
        params: IdPath,
        querystring: ScopeOnly,
        response: { 200: Pass },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => ({
        status: 200,
        body: passView(await takeBack(tx, actingOf(request), scopeId, request.params.id, now), now),
      }));
    },
  );

  app.get(
    '/access/visits',
    {
      config: { permission },
      schema: {
        tags,
        operationId: 'listVisits',
        summary: 'Who came and went on the own homes’ invitations',
        querystring: ScopeOnly,
        response: { 200: Type.Object({ items: Type.Array(Visit) }) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const days = await settings.get(q, chainOf(wall), 'access.visits_days', now);
        const since = new Date(now.getTime() - days * DAY);
        const rows = await visitsOfHomes(q, scopeId, homesOf(acting) ?? [], since, 100);
        return { items: rows.map(visitView) };
      });
    },
  );
}
