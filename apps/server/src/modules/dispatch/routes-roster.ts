import { addDays, DAY, instantOn, localDate } from '@gongzhi/kernel';
import type { FastifyRequest } from 'fastify';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  accessScope,
  compoundsOfDepartment,
  isSkillValid,
  staffRecords,
  type Wall,
  wallOf,
} from '../places/index.ts';
import { dutiesAt, type Duty, type Span, spansOf, workedMinutes } from './domain.ts';
import { planOf, storedPlan } from './queries-roster.ts';
import {
  ChangeInput,
  DepartmentQuery,
  IdPath,
  Made,
  OwnShifts,
  PatternChange,
  PatternInput,
  RosterAnswer,
  RosterEnd,
  RosterInput,
  RosterQuery,
} from './schemas-roster.ts';
import {
  addChange,
  addPattern,
  changePattern,
  endRoster,
  putOnRoster,
  withdrawChange,
} from './service-roster.ts';

const tags = ['dispatch'];
const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();

/** The own department, or one of the company's. */
export async function departmentOf(q: Executor, acting: Acting, scopeId: string | undefined): Promise<Wall> {
  const wall = await accessScope(q, acting, scopeId ?? acting.homeScopeId);
  if (wall.kind !== 'department') throw new Problem('not_found');
  return wall;
}

const dutyView = (duty: Duty | undefined) => ({
  duty: duty?.state ?? ('unplanned' as const),
  until: iso(duty?.until ?? null),
  nextFrom: iso(duty?.nextFrom ?? null),
});
const spanView = ({ from, to, kind }: Span) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  kind,
});

export function rosterRoutes(app: App, house: House): void {
  const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;
  const wallFor = (acting: Acting, scopeId: string | undefined): Promise<Wall> =>
    house.db.read(acting.actor, (q) => departmentOf(q, acting, scopeId));

  app.get(
    '/dispatch/roster',
    {
      config: { permission: 'roster.read' },
      schema: {
        tags,
        operationId: 'getRoster',
        summary: 'Who works when: patterns, who follows them, what was changed, and the days worked out',
        querystring: RosterQuery,
        response: { 200: RosterAnswer },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, days = 7 } = request.query;
      const now = house.clock.now().getTime();
      return house.db.read(acting.actor, async (q) => {
        const wall = await departmentOf(q, acting, scopeId);
        const { timeZone } = wall;
        const from = request.query.from ?? localDate(now, timeZone);
        const begin = instantOn(from, 0, timeZone);
        const end = instantOn(addDays(from, days), 0, timeZone);
        const [stored, staff, compounds] = await Promise.all([
          storedPlan(q, wall.scopeId, Math.min(begin, now), Math.max(end, now + 4 * DAY)),
          staffRecords(q, wall.scopeId),
          compoundsOfDepartment(q, wall.scopeId),
        ]);
        const plan = planOf(stored);
        const spans = spansOf(plan, begin, end, timeZone);
        const there = staff.filter(
          (member) =>
            member.startsOn < addDays(from, days) && (member.endsOn === null || member.endsOn > from),
        );
        const people = [...new Map(there.map((member) => [member.accountId, member])).values()];
        const duties = dutiesAt(
          plan,
          people.map(({ accountId }) => accountId),
          now,
          timeZone,
        );
        return {
          scopeId: wall.scopeId,
          name: wall.name,
          timeZone,
          from,
          days,
          isKept: stored.rosters.length > 0 || stored.days.length > 0,
          patterns: stored.patterns.map((pattern) => ({ ...pattern, days: [...pattern.days] })),
          rosters: stored.rosters.map(({ endsOn, compoundIds, ...roster }) => ({
            ...roster,
            compoundIds: [...compoundIds],
            lastDay: endsOn === null ? null : addDays(endsOn, -1),
          })),
          changes: stored.changes.map((change) => ({
            ...change,
            from: change.from?.toISOString() ?? null,
            to: change.to?.toISOString() ?? null,
            at: change.at.toISOString(),
          })),
          people: people.map((member) => {
            const own = spans.filter(({ accountId }) => accountId === member.accountId);
            return {
              accountId: member.accountId,
              displayName: member.displayName,
              title: member.title,
              role: member.role,
              skills: member.skills.map(({ skill, validUntil }) => ({
                skill,
                validUntil,
                isValid: isSkillValid(validUntil, localDate(now, timeZone)),
              })),
              ...dutyView(duties.get(member.accountId)),
              spans: own.map(spanView),
              minutes: Math.round(workedMinutes(own, begin, end)),
            };
          }),
          compounds: [...compounds],
        };
      });
    },
  );

  app.get(
    '/dispatch/my-shifts',
    {
      config: { permission: 'roster.mine' },
      schema: {
        tags,
        operationId: 'getMyShifts',
        summary: 'One’s own shifts of the coming week',
        response: { 200: OwnShifts },
      },
    },
    async (request) => {
      const { actor, homeScopeId, accountId } = actingOf(request);
      const now = house.clock.now().getTime();
      return house.db.read(actor, async (q) => {
        const timeZone = (await wallOf(q, homeScopeId))?.timeZone ?? 'Asia/Shanghai';
        const plan = planOf(await storedPlan(q, homeScopeId, now, now + 7 * DAY));
        const spans = spansOf(plan, now, now + 7 * DAY, timeZone);
        return {
          timeZone,
          ...dutyView(dutiesAt(plan, [accountId], now, timeZone).get(accountId)),
          spans: spans.filter((span) => span.accountId === accountId).map(spanView),
        };
      });
    },
  );

  app.post(
    '/dispatch/patterns',
    {
      config: { permission: 'roster.write' },
      schema: {
        tags,
        operationId: 'addShiftPattern',
        summary: 'A new cycle of shifts',
        querystring: DepartmentQuery,
        body: PatternInput,
        response: { 201: Made },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const wall = await wallFor(acting, request.query.scopeId);
      return runCommand(house, request, reply, wall.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await addPattern(tx, acting, wall, request.body, now) },
      }));
    },
  );

  app.post(
    '/dispatch/patterns/:id',
    {
      config: { permission: 'roster.write' },
      schema: {
        tags,
        operationId: 'changeShiftPattern',
        summary: 'Change a cycle of shifts, or put it out of use',
        params: IdPath,
        querystring: DepartmentQuery,
        body: PatternChange,
        response: { 200: Made },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { id } = request.params;
      const wall = await wallFor(acting, request.query.scopeId);
      return runCommand(house, request, reply, wall.scopeId, async (tx, now) => {
        await changePattern(tx, acting, wall, id, request.body, now);
        return { status: 200, body: { id } };
      });
    },
  );

  app.post(
    '/dispatch/rosters',
    {
      config: { permission: 'roster.write' },
      schema: {
        tags,
        operationId: 'putOnRoster',
        summary: 'Somebody follows a cycle from a day on',
        querystring: DepartmentQuery,
        body: RosterInput,
        response: { 201: Made },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const wall = await wallFor(acting, request.query.scopeId);
      return runCommand(house, request, reply, wall.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await putOnRoster(tx, acting, wall, request.body, now) },
      }));
    },
  );

  app.post(
    '/dispatch/rosters/:id/end',
    {
      config: { permission: 'roster.write' },
      schema: {
        tags,
        operationId: 'endRoster',
        summary: 'Somebody no longer follows a cycle after a day',
        params: IdPath,
        querystring: DepartmentQuery,
        body: RosterEnd,
        response: { 200: Made },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { id } = request.params;
      const wall = await wallFor(acting, request.query.scopeId);
      return runCommand(house, request, reply, wall.scopeId, async (tx, now) => {
        await endRoster(tx, acting, wall, id, request.body.lastDay, now);
        return { status: 200, body: { id } };
      });
    },
  );

  app.post(
    '/dispatch/changes',
    {
      config: { permission: 'roster.write' },
      schema: {
        tags,
        operationId: 'addShiftChange',
        summary: 'A day off, leave, a swap, or overtime',
        querystring: DepartmentQuery,
        body: ChangeInput,
        response: { 201: Made },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const wall = await wallFor(acting, request.query.scopeId);
      return runCommand(house, request, reply, wall.scopeId, async (tx, now) => ({
        status: 201,
        body: { id: await addChange(tx, acting, wall, request.body, now) },
      }));
    },
  );

  app.post(
    '/dispatch/changes/:id/withdraw',
    {
      config: { permission: 'roster.write' },
      schema: {
        tags,
        operationId: 'withdrawShiftChange',
        summary: 'Take back what was entered',
        params: IdPath,
        querystring: DepartmentQuery,
        response: { 200: Made },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { id } = request.params;
      const wall = await wallFor(acting, request.query.scopeId);
      return runCommand(house, request, reply, wall.scopeId, async (tx, now) => {
        await withdrawChange(tx, acting, wall, id, now);
        return { status: 200, body: { id } };
      });
    },
  );
}
