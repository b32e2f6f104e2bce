import { addDays, HOUR, type Instant, instantOn, localDate } from '@gongzhi/kernel';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { permissions } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  accessScope,
  buildingSpots,
  compoundsOfDepartment,
  compoundsUnder,
  wallsOf,
} from '../places/index.ts';
import { type BoardOrder, openOrdersAt, ordersInHand, waitingOrders } from '../work-orders/index.ts';
import { spansOf } from './domain.ts';
import { askedAbout } from './queries-tasks.ts';
import { teamOf } from './queries-candidates.ts';
import { planOf, storedPlan } from './queries-roster.ts';
import { Board, SitePlan } from './schemas-board.ts';
import { Uuid } from './schemas-roster.ts';

const tags = ['dispatch'];
/** More than anybody can look at; what is cut is said. */
const MOST_WAITING = 100;
const MOST_ORDERS = 500;
const MOST_COMPOUNDS = 120;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const isoOf = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());
const ScopeOrOwn = Type.Object({ scopeId: Type.Optional(Uuid) }, { additionalProperties: false });
const onShift = new Set(['on', 'standby', 'unplanned']);
const WORKING_DAY = 24 * HOUR;

const orderView = ({ nameZh, nameEn, ...order }: BoardOrder) => ({
  id: order.id,
  scopeId: order.scopeId,
  number: order.number,
  categoryNameZh: nameZh,
  categoryNameEn: nameEn,
  status: order.status,
  isEmergency: order.isEmergency,
  isLate: order.isLate,
  placeLabel: order.placeLabel,
});

function blockView(order: BoardOrder) {
  const { acceptedAt, departedAt, arrivedAt, finishedAt, status } = order;
  const due =
    status === 'assigned' ? order.respondDueAt : arrivedAt === null ? order.arriveDueAt : order.resolveDueAt;
  return {
    ...orderView(order),
    acceptedAt: status === 'assigned' ? null : iso(acceptedAt),
    departedAt: iso(departedAt),
    arrivedAt: iso(arrivedAt),
    finishedAt: iso(finishedAt),
    dueAt: finishedAt === null ? iso(due) : null,
  };
}

export function boardRoutes(app: App, house: House): void {
  const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

  app.get(
    '/dispatch/board',
    {
      config: { permission: 'roster.read' },
      schema: {
        tags,
        operationId: 'getBoard',
        summary: 'What waits for somebody, and what each of a department has in hand today',
        querystring: ScopeOrOwn,
        response: { 200: Board },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, request.query.scopeId ?? acting.homeScopeId);
        if (wall.kind !== 'department') throw new Problem('not_found');
        const { timeZone } = wall;
        const today = localDate(now.getTime(), timeZone);
        const [begin, end] = [instantOn(today, 0, timeZone), instantOn(addDays(today, 1), 0, timeZone)];
        const compounds = await compoundsOfDepartment(q, wall.scopeId);
        const walls = await wallsOf(
          q,
          compounds.map(({ id }) => id),
        );
        const [team, stored, found] = await Promise.all([
          teamOf(q, house, wall.scopeId, now.getTime()),
          storedPlan(q, wall.scopeId, begin, end),
          waitingOrders(q, walls, MOST_WAITING + 1),
        ]);
        const waiting = found.slice(0, MOST_WAITING);
        const people = team?.people ?? [];
        const [inHand, tasks] = await Promise.all([
          ordersInHand(
            q,
            walls,
            people.map(({ accountId }) => accountId),
            new Date(begin),
          ),
          askedAbout(q, waiting, now),
        ]);
        const spans = spansOf(planOf(stored), begin, end, timeZone);
        const names = new Map(compounds.map(({ id, name }) => [id, name]));
        const staffName = (id: string): string => team?.staff.get(id)?.displayName ?? '';
        return {
          scopeId: wall.scopeId,
          name: wall.name,
          timeZone,
          now: now.toISOString(),
          isCut: found.length > MOST_WAITING,
          waiting: waiting.map((order) => {
            const task = tasks.get(order.id);
            return {
              ...orderView(order),
              version: order.version,
              scopeName: names.get(order.scopeId) ?? '',
              createdAt: order.createdAt.toISOString(),
              respondDueAt: iso(order.respondDueAt),
              mode: task?.mode ?? null,
              state: task?.state ?? null,
              asked: (task?.asked ?? []).map(({ accountId, expiresAt }) => ({
                displayName: staffName(accountId),
                expiresAt: expiresAt.toISOString(),
              })),
              nextAt: iso(task?.watchDueAt ?? null),
            };
          }),
          people: people.flatMap((person) => {
            const record = team?.staff.get(person.accountId);
            if (record === undefined) return [];
            const own = spans.filter(({ accountId }) => accountId === person.accountId);
            const blocks = inHand.filter(({ assigneeAccountId }) => assigneeAccountId === person.accountId);
            return [
              {
                accountId: person.accountId,
                displayName: record.displayName,
                title: record.title,
                role: person.role,
                duty: person.duty.state,
                until: isoOf(person.duty.until),
                nextFrom: isoOf(person.duty.nextFrom),
                openOrders: person.openOrders,
                spans: own.map(({ from, to, kind }) => ({
                  from: new Date(from).toISOString(),
                  to: new Date(to).toISOString(),
                  kind,
                })),
                blocks: blocks
                  .filter(
                    ({ finishedAt }) =>
                      finishedAt === null || finishedAt.getTime() > now.getTime() - WORKING_DAY,
                  )
                  .map(blockView),
              },
            ];
          }),
        };
      });
    },
  );

  app.get(
    '/dispatch/plan',
    {
      config: { permission: 'dispatch.read' },
      schema: {
        tags,
        operationId: 'getSitePlan',
        summary:
          'The buildings of a place, with what is open there and who is near; drawn without any map service',
        querystring: ScopeOrOwn,
        response: { 200: SitePlan },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const now = house.clock.now().getTime();
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, request.query.scopeId ?? acting.homeScopeId);
        const under = await compoundsUnder(q, wall, MOST_COMPOUNDS + 1);
        const compounds = under.slice(0, MOST_COMPOUNDS);
        const ids = compounds.map(({ id }) => id);
        const walls = await wallsOf(q, ids);
        // Where colleagues are is their own department's and company's to see, not the neighbourhood's.
        const seesPeople =
          permissions['roster.read'].some((role) => role === acting.role) &&
          (wall.kind === 'department' || wall.departmentId !== null);
        const [buildings, orders, team] = await Promise.all([
          buildingSpots(q, ids),
          openOrdersAt(q, walls, MOST_ORDERS + 1),
          seesPeople ? teamOf(q, house, wall.scopeId, now) : null,
        ]);
        const standing = Map.groupBy(buildings, ({ scopeId }) => scopeId);
        return {
          scopeId: wall.scopeId,
          name: wall.name,
          compounds: compounds.map(({ id, name }) => ({
            id,
            name,
            buildings: (standing.get(id) ?? []).map((one) => ({
              id: one.id,
              name: one.name,
              point: one.point,
            })),
          })),
          orders: orders.slice(0, MOST_ORDERS).map((order) => ({
            ...orderView(order),
            buildingId: order.buildingId,
            assigneeName:
              order.assigneeAccountId === null
                ? null
                : (team?.staff.get(order.assigneeAccountId)?.displayName ?? null),
          })),
          isCut: under.length > MOST_COMPOUNDS || orders.length > MOST_ORDERS,
          people: (team?.people ?? [])
            .filter(({ duty, spot }) => onShift.has(duty.state) && spot !== null)
            .flatMap(({ accountId, spot, openOrders }) =>
              spot === null || (spot.buildingId === null && spot.point === null)
                ? []
                : [
                    {
                      accountId,
                      displayName: team?.staff.get(accountId)?.displayName ?? '',
                      buildingId: spot.buildingId,
                      point: spot.point,
                      openOrders,
                    },
                  ],
            ),
        };
      });
    },
  );
}
