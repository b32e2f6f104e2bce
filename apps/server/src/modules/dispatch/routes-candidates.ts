import { isSkillValid, wallOf } from '../places/index.ts';
import { DAY } from '@gongzhi/kernel';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { sql } from '../../platform/db/sql.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { orderForDispatch, refusedBy } from '../work-orders/index.ts';
import { dutiesAt, HARD, type Exclusion, type RankReason } from './domain.ts';
import { rankingOf, teamOf } from './queries-candidates.ts';
import { planOf, storedPlan } from './queries-roster.ts';
import { OrderPath, PositionInput, RankedCandidate, ScopeQuery } from './schemas-candidates.ts';
import { nullable, Time } from './schemas-roster.ts';

const tags = ['dispatch'];
const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();
const round = (minutes: number): number => Math.round(minutes * 10) / 10;

function reasonView(reason: RankReason) {
  if ('until' in reason) return { code: reason.code, until: iso(reason.until) };
  if (reason.code === 'travel') return { ...reason, minutes: round(reason.minutes) };
  if (reason.code === 'taken') return { ...reason, mean: round(reason.mean) };
  return reason;
}
const exclusionView = (exclusion: Exclusion) =>
  'nextFrom' in exclusion ? { code: exclusion.code, nextFrom: iso(exclusion.nextFrom) } : exclusion;

export function candidateRoutes(app: App, house: House): void {
  const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

  app.get(
    '/dispatch/orders/:id/candidates',
    {
      config: { permission: 'work_order.candidates' },
      schema: {
        tags,
        operationId: 'rankCandidates',
        summary: 'Who may be sent, best first, with the reasons; and why others are left out',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: Type.Object({ items: Type.Array(RankedCandidate) }) },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = house.clock.now().getTime();
      return house.db.read(acting.actor, async (q) => {
        const order = await orderForDispatch(q, acting, scopeId, request.params.id);
        if (order === null) throw new Problem('not_found');
        const team = await teamOf(q, house, scopeId, now);
        if (team === null) return { items: [] };
        const ranked = await rankingOf(
          q,
          team,
          order,
          await refusedBy(q, scopeId, order.id, new Date(order.order.state.clockStartAt)),
        );
        // A complaint about a colleague is shown to nobody it may not be given to.
        const isOpen = order.order.state.accusedAccountId === null;
        const shown = isOpen
          ? ranked
          : ranked.filter(
              ({ exclusions }) =>
                !exclusions.some(({ code }) => code === 'accused' || code === 'manager_only'),
            );
        return {
          items: shown.map((one) => {
            const record = team.staff.get(one.accountId)!;
            const person = team.people.find(({ accountId }) => accountId === one.accountId)!;
            return {
              accountId: one.accountId,
              displayName: record.displayName,
              title: record.title,
              role: record.role,
              skills: record.skills
                .filter(({ validUntil }) => isSkillValid(validUntil, team.today))
                .map(({ skill }) => skill),
              hasSkill: !one.exclusions.some(
                ({ code }) => code === 'skill_missing' || code === 'certificate_lapsed',
              ),
              openOrders: person.openOrders,
              duty: person.duty.state,
              rank: one.rank,
              minutes: round(one.travelMinutes),
              mayBeSent: !one.exclusions.some(({ code }) => HARD.includes(code)),
              reasons: one.reasons.map(reasonView),
              exclusions: one.exclusions.map(exclusionView),
            };
          }),
        };
      });
    },
  );

  app.post(
    '/dispatch/position',
    {
      config: { permission: 'roster.mine' },
      schema: {
        tags,
        operationId: 'givePosition',
        summary: 'Where one is, for the rest of the shift; refused when one is not on shift',
        body: PositionInput,
        response: { 200: Type.Object({ expiresAt: nullable(Time) }) },
      },
    },
    (request, reply) => {
      const { accountId, homeScopeId } = actingOf(request);
      const { latitude, longitude } = request.body;
      return runCommand(house, request, reply, homeScopeId, async (tx, now) => {
        const wall = await wallOf(tx, homeScopeId);
        if (wall === null) throw new Problem('not_found');
        const plan = planOf(await storedPlan(tx, homeScopeId, now.getTime(), now.getTime() + 2 * DAY));
        const duty = dutiesAt(plan, [accountId], now.getTime(), wall.timeZone).get(accountId);
        // Nobody is followed home: the position goes with the shift, and there is none beside it.
        if (duty?.until == null) throw new Problem('dispatch.not_on_shift');
        const expiresAt = new Date(duty.until);
        await tx.query(
          sql`insert into dispatch.position (scope_id, account_id, city_id, street_id, company_id, latitude, longitude, at, expires_at)
              values (${homeScopeId}, ${accountId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${latitude}, ${longitude}, ${now}, ${expiresAt})
              on conflict (scope_id, account_id) do update set city_id = excluded.city_id, street_id = excluded.street_id,
                company_id = excluded.company_id, latitude = excluded.latitude, longitude = excluded.longitude, at = excluded.at,
                expires_at = excluded.expires_at`,
        );
        return { status: 200, body: { expiresAt: expiresAt.toISOString() } };
      });
    },
  );

  app.post(
    '/dispatch/position/forget',
    {
      config: { permission: 'roster.mine' },
      schema: {
        tags,
        operationId: 'forgetPosition',
        summary: 'Forget where one is, at once',
        response: { 200: Type.Object({ expiresAt: nullable(Time) }) },
      },
    },
    (request, reply) => {
      const { accountId, homeScopeId } = actingOf(request);
      return runCommand(house, request, reply, homeScopeId, async (tx, now) => {
        // Nowhere, from now on; the sweep takes the empty row away.
        tx.write(
          sql`update dispatch.position set latitude = 0, longitude = 0, at = ${now}, expires_at = ${now}
              where scope_id = ${homeScopeId} and account_id = ${accountId}`,
        );
        return { status: 200, body: { expiresAt: null } };
      });
    },
  );
}
