import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Executor } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import { OPENINGS_WITHIN, openingState } from './domain.ts';
import { barriersOf, lastCommands } from './queries-barriers.ts';
import { ownOpenings, waitingOpenings } from './queries-openings.ts';
import { IdPath, ScopeQuery } from './schemas.ts';
import {
  AnswerOpening,
  AskOpening,
  Barrier,
  Barriers,
  BarriersQuery,
  OpenBarrier,
  OpeningAnswered,
  Openings,
  OpeningsQuery,
  OwnOpening,
} from './schemas-barriers.ts';
import { openByHand } from './service-barriers.ts';
import type { Intake } from './service-intake.ts';
import { answerOpening, askOpening, withdrawOpening } from './service-openings.ts';
import { barrierView, openingView, ownOpeningView, whyStopped } from './view-barriers.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;
/** Of each barrier. */
const SHOWN_COMMANDS = 5;

/** What people do about barriers: open one, see whether it did, ask for it from home, answer who asks. */
export function barrierRoutes(app: App, house: House, intake: Intake): void {
  const { db, clock, settings } = house;

  const seen = async (q: Executor, wall: Wall, gateId: string | null, now: Date) => {
    const devices = await barriersOf(q, wall.scopeId, gateId);
    const ids = devices.map(({ id }) => id);
    const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((one) => one !== null);
    const [commands, minutes] = await Promise.all([
      lastCommands(q, wall.scopeId, ids, SHOWN_COMMANDS),
      settings.get(q, chain, 'access.silent_minutes', now),
    ]);
    return devices.map((device) => barrierView(device, commands, now, minutes));
  };

  app.get(
    '/access/barriers',
    {
      config: { permission: 'gate.read' },
      schema: {
        tags,
        operationId: 'listBarriers',
        summary: 'Barriers of a compound or a gate, with their last orders and what came of them',
        querystring: BarriersQuery,
        response: { 200: Barriers },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, gateId = null } = request.query;
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        return { now: now.toISOString(), items: await seen(q, wall, gateId, now) };
      });
    },
  );

  app.post(
    '/access/barriers/:id/open',
    {
      config: { permission: 'barrier.open' },
      schema: {
        tags,
        operationId: 'openBarrier',
        summary: 'Open a barrier without a passage: who, why and when is kept',
        params: IdPath,
        querystring: ScopeQuery,
        body: OpenBarrier,
        response: { 202: Barrier },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await openByHand(house, tx, acting, scopeId, id, request.body.reason, now);
        const barriers = await seen(tx, await accessScope(tx, acting, scopeId), null, now);
        return { status: 202, body: barriers.find((one) => one.id === id) };
      });
    },
  );

  app.get(
    '/access/openings',
    {
      config: { permission: 'gate.check' },
      schema: {
        tags,
        operationId: 'listOpenings',
        summary: 'Residents who stand at a gate and ask to be let in, masked, the longest waiting first',
        querystring: OpeningsQuery,
        response: { 200: Openings },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, gateId = null } = request.query;
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        const scope = scopeId === undefined ? null : await accessScope(q, acting, scopeId);
        const rows = await waitingOpenings(q, acting, scope, gateId, now);
        return { now: now.toISOString(), items: rows.map(openingView) };
      });
    },
  );

  app.post(
    '/access/openings/:id/answer',
    {
      config: { permission: 'gate.check' },
      schema: {
        tags,
        operationId: 'answerOpening',
        summary: 'Let in, or not, whoever asks at the gate: a passage decided by a person, and the barrier',
        params: IdPath,
        querystring: ScopeQuery,
        body: AnswerOpening,
        response: { 200: OpeningAnswered },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { id } = request.params;
      const { opening, decided } = await answerOpening(
        house,
        intake,
        acting,
        request.query.scopeId,
        id,
        request.body,
      );
      const row = request.body.answer === 'decline' ? { ...opening, answer: 'declined' as const } : opening;
      const state = openingState(row, clock.now().getTime());
      return {
        id,
        state,
        outcome: decided?.outcome ?? null,
        ...whyStopped(decided?.outcome ?? null, decided?.say ?? null),
        isBarrierOrdered: state === 'passed' && opening.barrierId !== null,
      };
    },
  );

  const own = (q: Executor, acting: Acting, scopeId: string, now: Date) =>
    ownOpenings(q, scopeId, acting.accountId, new Date(now.getTime() - OPENINGS_WITHIN));

  app.get(
    '/access/own/openings',
    {
      config: { permission: 'gate.own' },
      schema: {
        tags,
        operationId: 'listOwnOpenings',
        summary: 'What one asked at the gate in the last minutes, and what came of it, the newest first',
        querystring: ScopeQuery,
        response: { 200: Type.Object({ now: Type.String(), items: Type.Array(OwnOpening) }) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const rows = await own(q, acting, scopeId, now);
        return { now: now.toISOString(), items: rows.map((row) => ownOpeningView(row, now)) };
      });
    },
  );

  const mine = async (q: Executor, acting: Acting, scopeId: string, id: string, now: Date) => {
    const row = (await own(q, acting, scopeId, now)).find((one) => one.id === id);
    if (row === undefined) throw new Problem('not_found');
    return ownOpeningView(row, now);
  };

  app.post(
    '/access/own/openings',
    {
      config: { permission: 'gate.own' },
      schema: {
        tags,
        operationId: 'askOpening',
        summary: 'Standing at a gate: ask whoever keeps it to be let in',
        body: AskOpening,
        response: { 201: OwnOpening },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.body;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const id = await askOpening(tx, acting, request.body, now);
        return { status: 201, body: await mine(tx, acting, scopeId, id, now) };
      });
    },
  );

  app.post(
    '/access/own/openings/:id/withdraw',
    {
      config: { permission: 'gate.own' },
      schema: {
        tags,
        operationId: 'withdrawOpening',
        summary: 'Not waiting any more',
        params: IdPath,
        querystring: ScopeQuery,
        response: { 200: OwnOpening },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await withdrawOpening(tx, acting, scopeId, id, now);
        return { status: 200, body: await mine(tx, acting, scopeId, id, now) };
      });
    },
  );
}
