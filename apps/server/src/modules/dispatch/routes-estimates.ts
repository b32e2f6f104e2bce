import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, compoundsOfDepartment, wallOf, wallsOf } from '../places/index.ts';
import { type DispatchOrder, orderForDispatch, seesWhoComes } from '../work-orders/index.ts';
import { type Estimate, estimate, type Learnt, type Leg, LEGS, quantile } from './domain.ts';
import { learntOf, type LearntRow } from './queries-estimates.ts';
import { OrderPath, ScopeQuery } from './schemas-candidates.ts';
import {
  Arrival,
  type ARRIVAL_STAGES,
  Arrivals,
  ArrivalsQuery,
  EstimateFigures,
} from './schemas-estimates.ts';
import { Uuid } from './schemas-roster.ts';

const tags = ['dispatch'];
/** Fewer say more about who judged than about whom. */
const FEWEST_RATINGS = 5;

type Stage = (typeof ARRIVAL_STAGES)[number];

function stageOf({ order: { state } }: DispatchOrder): Stage {
  // A complaint is a conversation, and so is what nobody has to come for.
  if (state.accusedAccountId !== null || state.arriveDueAt === null) return 'none';
  switch (state.status) {
    case 'submitted':
    case 'triaged':
    case 'assigned':
      return 'waiting';
    case 'accepted':
      return 'found';
    case 'departed':
      return 'on_the_way';
    case 'arrived':
    case 'in_progress':
      return 'there';
    default:
      return 'none';
  }
}

const LEG_OF: Partial<Record<Stage, Leg>> = { waiting: 'take', found: 'come', on_the_way: 'way' };

function expectedOf(
  { order: { state } }: DispatchOrder,
  stage: Stage,
  learnt: LearntRow | undefined,
  now: number,
  zone: string,
): { leg: Leg; said: Estimate | 'longer' | null } | null {
  const leg = LEG_OF[stage];
  if (leg === undefined || learnt === undefined) return null;
  // An hour was agreed, or it is the second time: the past of first visits says nothing.
  if (state.visit.appointment !== null || state.reopenCount > 0) return null;
  const beganAt =
    leg === 'take'
      ? state.createdAt
      : leg === 'come'
        ? state.acceptedAt
        : (state.departedAt ?? state.acceptedAt);
  if (beganAt === null) return null;
  const one = { category: state.categoryCode, isEmergency: state.isEmergency };
  return { leg, said: estimate(learnt.legs, leg, one, beganAt, now, zone) };
}

function expectedView(expected: ReturnType<typeof expectedOf>) {
  const said = expected?.said ?? null;
  return {
    expected:
      expected === null || said === null || said === 'longer'
        ? null
        : {
            what: expected.leg === 'take' ? ('take' as const) : ('arrive' as const),
            from: new Date(said.from).toISOString(),
            likely: new Date(said.likely).toISOString(),
            to: new Date(said.to).toISOString(),
            count: said.count,
          },
    isLongerThanUsual: said === 'longer',
  };
}

/** Of what a place learned, the two classes a manager compares: emergencies, and everything else. */
function figuresOf(row: LearntRow, scopeName: string) {
  const shown = LEGS.flatMap((leg) =>
    ([true, false] as const).flatMap((isEmergency) => {
      const learnt: Learnt | undefined = row.legs[`${leg}.${isEmergency ? 'emergency' : 'normal'}`];
      if (learnt === undefined) return [];
      const { count, minutes, tested } = learnt;
      return [
        { leg, isEmergency, count, median: quantile(minutes, 0.5), late: quantile(minutes, 0.9), tested },
      ];
    }),
  );
  return { scopeId: row.scopeId, scopeName, learntAt: row.learntAt.toISOString(), legs: shown };
}

export function estimateRoutes(app: App, house: House): void {
  const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

  app.get(
    '/dispatch/orders/:id/arrival',
    {
      config: { permission: 'work_order.read' },
      schema: {
        tags,
        operationId: 'getArrival',
        summary:
          'Who comes, and when as a rule: learned from the place’s own past, and moving while one waits',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: Arrival },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = house.clock.now().getTime();
      return house.db.read(acting.actor, async (q) => {
        const found = await orderForDispatch(q, acting, scopeId, request.params.id);
        if (found === null) throw new Problem('not_found');
        const { order } = found;
        const [wall, [learnt]] = await Promise.all([wallOf(q, scopeId), learntOf(q, [scopeId])]);
        const stage = stageOf(found);
        const expected = expectedOf(found, stage, learnt, now, wall?.timeZone ?? 'Asia/Shanghai');
        const { assigneeAccountId } = order.state;
        const isKnown =
          stage !== 'none' &&
          stage !== 'waiting' &&
          assigneeAccountId !== null &&
          order.assigneeName !== null &&
          seesWhoComes(acting, found);
        const record = learnt?.workers.find(({ accountId }) => accountId === assigneeAccountId);
        const { done = 0, rated = 0, satisfied = 0 } = record ?? {};
        return {
          stage,
          ...expectedView(expected),
          person: isKnown
            ? {
                name: order.assigneeName ?? '',
                title: order.assigneeTitle,
                jobsDone: done,
                rated,
                satisfiedShare: rated < FEWEST_RATINGS ? null : satisfied / rated,
              }
            : null,
        };
      });
    },
  );

  app.get(
    '/dispatch/arrivals',
    {
      config: { permission: 'work_order.read' },
      schema: {
        tags,
        operationId: 'listArrivals',
        summary: 'The same for the orders of a page at once; what one does not see is left out',
        querystring: ArrivalsQuery,
        response: { 200: Arrivals },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const now = house.clock.now().getTime();
      const asked = request.query.orders.split(',').map((pair) => pair.split(':') as [string, string]);
      return house.db.read(acting.actor, async (q) => {
        const orders = await Promise.all(
          asked.map(([scopeId, id]) => orderForDispatch(q, acting, scopeId, id)),
        );
        const seen = orders.filter((found) => found !== null);
        const scopeIds = [...new Set(seen.map(({ scopeId }) => scopeId))];
        const [walls, rows] = await Promise.all([wallsOf(q, scopeIds), learntOf(q, scopeIds)]);
        const zones = new Map(walls.map((wall) => [wall.scopeId, wall.timeZone]));
        const learnt = new Map(rows.map((row) => [row.scopeId, row]));
        return {
          items: seen.map((found) => {
            const stage = stageOf(found);
            const zone = zones.get(found.scopeId) ?? 'Asia/Shanghai';
            return {
              orderId: found.id,
              stage,
              ...expectedView(expectedOf(found, stage, learnt.get(found.scopeId), now, zone)),
            };
          }),
        };
      });
    },
  );

  app.get(
    '/dispatch/estimates',
    {
      config: { permission: 'dispatch.read' },
      schema: {
        tags,
        operationId: 'listEstimates',
        summary: 'How long it takes in each compound, and how good what residents are told is',
        querystring: Type.Object({ scopeId: Uuid }, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(EstimateFigures) }) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const compounds =
          wall.kind === 'department'
            ? await compoundsOfDepartment(q, scopeId)
            : [{ id: scopeId, name: wall.name }];
        const rows = await learntOf(
          q,
          compounds.map(({ id }) => id),
        );
        const byScope = new Map(rows.map((row) => [row.scopeId, row]));
        return {
          items: compounds.flatMap(({ id, name }) => {
            const row = byScope.get(id);
            return row === undefined ? [] : [figuresOf(row, name)];
          }),
        };
      });
    },
  );
}
