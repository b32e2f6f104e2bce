import { addDays, localDate } from '@gongzhi/kernel';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { accessScope, wallOf } from '../places/index.ts';
import { freedByWeek, hoursOf, mondayOf } from './domain.ts';
import {
  findRound,
  frequenciesOf,
  listLowerings,
  listRounds,
  listRoutes,
  sumsByDay,
} from './queries-pages.ts';
import {
  CheckInput,
  CheckpointCommand,
  Freed,
  FreedQuery,
  FrequencyHistory,
  IdPath,
  LoweringBody,
  LoweringDecision,
  Lowerings,
  LoweringWithdrawal,
  Made,
  OwnRounds,
  Round,
  RouteBody,
  RouteCommand,
  Rounds,
  RoundsQuery,
  Routes,
  RoutesQuery,
  ScopeQuery,
  ScopesQuery,
} from './schemas.ts';
import { commandLowering, proposeLowering } from './service-lowering.ts';
import { doCheck } from './service-rounds.ts';
import { commandCheckpoint, commandRoute, layOutRoute } from './service-routes.ts';
import { loweringViews, roundViews, routeViews } from './view.ts';

const tags = ['patrol'];
const mostOwn = 50;
const mostLowerings = 200;
const usualWeeks = 8;

export function routes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/patrol/routes',
    {
      config: { permission: 'patrol.read' },
      schema: {
        tags,
        operationId: 'listPatrolRoutes',
        summary: 'Routes with their timetables and checkpoints, and how often each is looked at',
        querystring: RoutesQuery,
        response: { 200: Routes },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId = null, cursor, limit = 20 } = request.query;
      const after = idPosition(cursor);
      return db.read(acting.actor, async (q) => {
        if (scopeId !== null) await accessScope(q, acting, scopeId);
        const rows = await listRoutes(q, acting, scopeId, after, limit + 1);
        const shown = page(
          rows,
          limit,
          (row) => row,
          (row) => [row.id],
        );
        return { items: await routeViews(q, shown.items, clock.now()), nextCursor: shown.nextCursor };
      });
    },
  );

  app.post(
    '/patrol/routes',
    {
      config: { permission: 'patrol.manage' },
      schema: {
        tags,
        operationId: 'layOutPatrolRoute',
        summary: 'Lay out a route: its checkpoints in their order, and when its rounds open',
        body: RouteBody,
        response: { 201: Made },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await layOutRoute(request.acting!, tx, request.body, now) },
      })),
  );

  app.post(
    '/patrol/routes/:id/commands',
    {
      config: { permission: 'patrol.manage' },
      schema: {
        tags,
        operationId: 'commandPatrolRoute',
        summary: 'Another timetable from a day on, one more checkpoint, or give the route up',
        params: IdPath,
        querystring: ScopeQuery,
        body: RouteCommand,
        response: { 200: Made },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        const { id } = request.params;
        await commandRoute(request.acting!, tx, request.query.scopeId, id, request.body, now);
        return { status: 200, body: { id } };
      }),
  );

  app.post(
    '/patrol/checkpoints/:id/commands',
    {
      config: { permission: 'patrol.manage' },
      schema: {
        tags,
        operationId: 'commandPatrolCheckpoint',
        summary: 'Say which device watches a checkpoint, or give it up',
        params: IdPath,
        querystring: ScopeQuery,
        body: CheckpointCommand,
        response: { 200: Made },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        const { id } = request.params;
        await commandCheckpoint(request.acting!, tx, request.query.scopeId, id, request.body, now);
        return { status: 200, body: { id } };
      }),
  );

  app.get(
    '/patrol/checkpoints/:id/frequencies',
    {
      config: { permission: 'patrol.read' },
      schema: {
        tags,
        operationId: 'listPatrolFrequencies',
        summary: 'How often a checkpoint was looked at, since when and why, the latest first',
        params: IdPath,
        querystring: ScopeQuery,
        response: { 200: FrequencyHistory },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const rows = await frequenciesOf(q, scopeId, request.params.id, 50);
        // Each has one from its first day.
        if (rows.length === 0) throw new Problem('not_found');
        return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
      });
    },
  );

  app.get(
    '/patrol/rounds',
    {
      config: { permission: 'patrol.read' },
      schema: {
        tags,
        operationId: 'listPatrolRounds',
        summary: 'Rounds, the latest first: what was looked at, by whom, what was found, late or missed',
        querystring: RoundsQuery,
        response: { 200: Rounds },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId = null, routeId = null, state, cursor, limit = 20 } = request.query;
      const before = positionOf(cursor, { at: 'instant', id: 'id' });
      return db.read(acting.actor, async (q) => {
        if (scopeId !== null) await accessScope(q, acting, scopeId);
        const filter = { scopeId, routeId, states: state === undefined ? null : [state] };
        const rows = await listRounds(q, acting, filter, before, limit + 1);
        const shown = page(
          rows,
          limit,
          (row) => row,
          (row) => [row.opensAt.toISOString(), row.id],
        );
        return { items: await roundViews(q, shown.items), nextCursor: shown.nextCursor };
      });
    },
  );

  app.get(
    '/patrol/my-rounds',
    {
      config: { permission: 'patrol.walk' },
      schema: {
        tags,
        operationId: 'listOwnPatrolRounds',
        summary: 'Rounds that are open where one works, for whoever walks them',
        response: { 200: OwnRounds },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const filter = { scopeId: null, routeId: null, states: ['open', 'late'] as const };
        const rows = await listRounds(q, acting, filter, null, mostOwn);
        const now = clock.now();
        return { items: await roundViews(q, rows.filter(({ closesAt }) => closesAt >= now).toReversed()) };
      });
    },
  );

  app.post(
    '/patrol/rounds/:id/checks',
    {
      config: { permission: 'patrol.walk' },
      schema: {
        tags,
        operationId: 'doPatrolCheck',
        summary: 'One checkpoint looked at: well, or something was found and becomes an order',
        params: IdPath,
        querystring: ScopeQuery,
        body: CheckInput,
        response: { 200: Round },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        const { scopeId } = request.query;
        await doCheck(house, request.acting!, tx, scopeId, request.params.id, request.body, now);
        const row = await findRound(tx, scopeId, request.params.id);
        const [body] = row === null ? [] : await roundViews(tx, [row]);
        if (body === undefined) throw new Problem('not_found');
        return { status: 200, body };
      }),
  );

  app.get(
    '/patrol/lowerings',
    {
      config: { permission: 'patrol.read' },
      schema: {
        tags,
        operationId: 'listPatrolLowerings',
        summary: 'Where a sensor spares rounds, or somebody asks that it may: what waits first',
        querystring: ScopesQuery,
        response: { 200: Lowerings },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId = null } = request.query;
      return db.read(acting.actor, async (q) => {
        if (scopeId !== null) await accessScope(q, acting, scopeId);
        const rows = await listLowerings(q, acting, scopeId, mostLowerings);
        return { items: await loweringViews(q, acting, rows, clock.now()) };
      });
    },
  );

  app.post(
    '/patrol/lowerings',
    {
      config: { permission: 'patrol.lower' },
      schema: {
        tags,
        operationId: 'proposePatrolLowering',
        summary: 'Ask that a checkpoint be looked at in fewer rounds, because a device watches it',
        body: LoweringBody,
        response: { 201: Made },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await proposeLowering(request.acting!, tx, request.body, now) },
      })),
  );

  app.post(
    '/patrol/lowerings/:id/decide',
    {
      config: { permission: 'patrol.approve' },
      schema: {
        tags,
        operationId: 'decidePatrolLowering',
        summary: 'Allow it or not, as a second person',
        params: IdPath,
        querystring: ScopeQuery,
        body: LoweringDecision,
        response: { 200: Made },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        const { id } = request.params;
        await commandLowering(request.acting!, tx, request.query.scopeId, id, request.body, now);
        return { status: 200, body: { id } };
      }),
  );

  app.post(
    '/patrol/lowerings/:id/withdraw',
    {
      config: { permission: 'patrol.lower' },
      schema: {
        tags,
        operationId: 'withdrawPatrolLowering',
        summary: 'Take it back: the checkpoint is in every round again',
        params: IdPath,
        querystring: ScopeQuery,
        body: LoweringWithdrawal,
        response: { 200: Made },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        const { id } = request.params;
        const body = { ...request.body, action: 'withdraw' as const };
        await commandLowering(request.acting!, tx, request.query.scopeId, id, body, now);
        return { status: 200, body: { id } };
      }),
  );

  app.get(
    '/patrol/freed',
    {
      config: { permission: 'patrol.read' },
      schema: {
        tags,
        operationId: 'getPatrolFreed',
        summary: 'Hours of walking that sensors spared, week by week, beside what was planned',
        querystring: FreedQuery,
        response: { 200: Freed },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId = null, weeks: asked = usualWeeks } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall =
          scopeId === null ? await wallOf(q, acting.homeScopeId) : await accessScope(q, acting, scopeId);
        const to = localDate(clock.now().getTime(), wall?.timeZone);
        const from = addDays(mondayOf(to), -7 * (asked - 1));
        const days = await sumsByDay(q, acting, scopeId, from, to);
        const weeks = freedByWeek(days, from, to);
        const sum = (of: 'plannedMinutes' | 'sparedMinutes' | 'sparedChecks') =>
          weeks.reduce((total, week) => total + week[of], 0);
        return {
          from,
          to,
          plannedHours: hoursOf(sum('plannedMinutes')),
          sparedHours: hoursOf(sum('sparedMinutes')),
          sparedChecks: sum('sparedChecks'),
          weeks: weeks.map(({ week, plannedMinutes, sparedMinutes, sparedChecks }) => ({
            week,
            plannedHours: hoursOf(plannedMinutes),
            sparedHours: hoursOf(sparedMinutes),
            sparedChecks,
          })),
        };
      });
    },
  );
}
