import { addDays, CHINA, isLocalDate, startOfDay } from '@gongzhi/kernel';
import { within } from '../../platform/db/actor.ts';
import { sql } from '../../platform/db/sql.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, momentPosition } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, wallsOf } from '../places/index.ts';
import { type CallbackReason, type CallbackResult, type Rating, ratesOf, type Status } from './domain.ts';
import { settingsOf } from './facts.ts';
import { findOrder } from './queries.ts';
import {
  callsOf,
  countCalls,
  release,
  type ScriptRow,
  scriptOf,
  type WantedRow,
  wantedCalls,
} from './queries-callbacks.ts';
import { OrderPath, ScopeQuery } from './schemas.ts';
import {
  CallbackPage,
  CallbackQuery,
  CallList,
  Claimed,
  NewScript,
  NextCallback,
  RatesOfCalls,
  RatesQuery,
  Script,
} from './schemas-callbacks.ts';
import { claimNext, claimThis, faultOf, isToClose, scriptFor } from './service-callbacks.ts';

const tags = ['callbacks'];

/** The desk's calls: whom, by whom, with what questions, and what comes of it. */
export function callbackRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/callbacks',
    {
      config: { permission: 'callback.work' },
      schema: {
        tags,
        operationId: 'listCallbacks',
        summary: 'Whom the desk ought to call, and who is doing so',
        querystring: CallbackQuery,
        response: { 200: CallbackPage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, cursor, limit = 50 } = request.query;
      const after = momentPosition(cursor);
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const scope = scopeId === undefined ? null : await accessScope(q, acting, scopeId);
        const rows = await wantedCalls(q, acting, scope, after, limit);
        const walls = await wallsOf(q, [...new Set(rows.map((row) => row.scopeId))]);
        const names = new Map(walls.map((wall) => [wall.scopeId, wall.name]));
        const settings = new Map(
          await Promise.all(
            rows.map(
              async (row) => [row.id, await settingsOf(house, q, row, now, row.categoryCode)] as const,
            ),
          ),
        );
        return page(
          rows,
          limit,
          (row) => rowOf(row, names.get(row.scopeId) ?? '', isToClose(row, settings.get(row.id)!), now),
          (row) => [row.wantedAt.getTime(), row.id],
        );
      });
    },
  );

  app.post(
    '/work-orders/callbacks/next',
    {
      config: { permission: 'callback.work' },
      schema: {
        tags,
        operationId: 'claimNextCallback',
        summary: 'Take on the next call; it is yours until the lease ends',
        body: NextCallback,
        response: { 200: Claimed },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.body;
      return runCommand(house, request, reply, scopeId ?? acting.homeScopeId, async (tx, now) => {
        const scope = scopeId === undefined ? null : await accessScope(tx, acting, scopeId);
        const claimed = await claimNext(house, acting, tx, scope, now);
        return {
          status: 200,
          body: { claim: claimed && { ...claimed, until: claimed.until.toISOString() } },
        };
      });
    },
  );

  app.post(
    '/work-orders/:id/callback/claim',
    {
      config: { permission: 'callback.work' },
      schema: {
        tags,
        operationId: 'claimCallback',
        summary: 'Take on this call',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: Claimed },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const claimed = await claimThis(house, acting, tx, scopeId, request.params.id, now);
        return { status: 200, body: { claim: { ...claimed, until: claimed.until.toISOString() } } };
      });
    },
  );

  app.post(
    '/work-orders/:id/callback/release',
    {
      config: { permission: 'callback.work' },
      schema: {
        tags,
        operationId: 'releaseCallback',
        summary: 'Leave this call to others',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: Claimed },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await accessScope(tx, acting, scopeId);
        tx.write(release(scopeId, request.params.id, acting.accountId, now));
        return { status: 200, body: { claim: null } };
      });
    },
  );

  app.get(
    '/work-orders/:id/callbacks',
    {
      config: { permission: 'callback.work' },
      schema: {
        tags,
        operationId: 'listCalls',
        summary: 'The calls made about an order, the newest first',
        params: OrderPath,
        querystring: ScopeQuery,
        response: { 200: CallList },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return house.db.read(within(acting.actor, scopeId), async (q) => {
        const [order, calls] = await Promise.all([
          findOrder(q, acting, scopeId, request.params.id),
          callsOf(q, scopeId, request.params.id),
        ]);
        if (order === null) throw new Problem('not_found');
        return {
          items: calls.map(({ speed, manner, quality, at, ...call }) => ({
            ...call,
            reason: call.reason as CallbackReason,
            result: call.result as CallbackResult,
            score: call.score as Rating | null,
            aspects: Object.fromEntries(
              Object.entries({ speed, manner, quality }).filter(([, score]) => score !== null),
            ) as Record<string, Rating>,
            at: at.toISOString(),
          })),
        };
      });
    },
  );

  app.get(
    '/work-orders/callbacks/script',
    {
      config: { permission: 'callback.script.read' },
      schema: {
        tags,
        operationId: 'getCallbackScript',
        summary: 'What callers ask here beside the three questions of every call',
        querystring: ScopeQuery,
        response: { 200: Script },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return house.db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        return scriptView(await scriptFor(q, scopeId), acting);
      });
    },
  );

  app.put(
    '/work-orders/callbacks/script',
    {
      config: { permission: 'callback.script.write' },
      schema: {
        tags,
        operationId: 'writeCallbackScript',
        summary: 'The next version of what callers ask in this scope and below',
        body: NewScript,
        response: { 200: Script },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId, expectedVersion, questions } = request.body;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const wall = await accessScope(tx, acting, scopeId);
        const fault = faultOf(questions);
        if (fault !== null) throw new Problem('work_order.script_invalid', {}, [{ ...fault, params: {} }]);
        const own = await scriptOf(tx, [scopeId]);
        if ((own?.version ?? 0) !== expectedVersion) {
          throw new Problem('work_order.script_stale', { version: own?.version ?? 0 });
        }
        const script: ScriptRow = {
          scopeId,
          version: expectedVersion + 1,
          questions,
          writtenName: acting.displayName,
          writtenAt: now,
        };
        tx.write(
          sql`insert into work_orders.callback_script (scope_id, version, city_id, street_id, company_id, questions, written_by, written_name, written_at)
              values (${scopeId}, ${script.version}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${JSON.stringify(questions)},
                ${acting.accountId}, ${acting.displayName}, ${now})`,
        );
        return { status: 200, body: scriptView(script, acting) };
      });
    },
  );

  app.get(
    '/work-orders/callbacks/rates',
    {
      config: { permission: 'work_order.report' },
      schema: {
        tags,
        operationId: 'reportCallbackRates',
        summary: 'Contacted, solved, satisfied: over the calls that reached somebody',
        querystring: RatesQuery,
        response: { 200: RatesOfCalls },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, from, to } = request.query;
      return house.db.read(acting.actor, async (q) => {
        const home = await accessScope(q, acting, scopeId ?? acting.homeScopeId);
        const counts = await countCalls(
          q,
          acting,
          scopeId === undefined ? null : home,
          dayOf('from', from, home.timeZone, 0),
          dayOf('to', to, home.timeZone, 1),
        );
        const chain = [home.scopeId, home.companyId, home.streetId, home.cityId].filter((id) => id !== null);
        const weights = await house.settings.get(q, chain, 'work_order.rate_weights', house.clock.now());
        const rates = ratesOf(counts, weights);
        return {
          calls: counts.calls,
          valid: counts.valid,
          contactedCount: counts.contacted,
          solvedCount: counts.solved,
          satisfiedCount: counts.satisfied,
          basicallySatisfiedCount: counts.basicallySatisfied,
          ...rates,
        };
      });
    },
  );
}

function dayOf(name: string, day: string | undefined, zone: string = CHINA, plus: number): Date | null {
  if (day === undefined) return null;
  if (!isLocalDate(day) || day < '1900-01-01' || day > '2999-12-31') {
    throw new Problem('validation.failed', {}, [
      { path: `querystring/${name}`, code: 'date', params: { value: day } },
    ]);
  }
  return new Date(startOfDay(addDays(day, plus), zone));
}

function rowOf(row: WantedRow, scopeName: string, isToCloseNow: boolean, now: Date) {
  const {
    cityId: _c,
    streetId: _s,
    companyId: _d,
    categoryCode: _k,
    wantedAt,
    claimedName,
    claimedUntil,
    isMine,
    ...rest
  } = row;
  const isClaimed = claimedUntil !== null && claimedUntil > now;
  return {
    ...rest,
    scopeName,
    status: row.status as Status,
    reason: (row.reason ?? 'unanswered') as CallbackReason,
    rating: row.rating as Rating | null,
    wantedAt: wantedAt.toISOString(),
    isToClose: isToCloseNow,
    claim: isClaimed ? { name: claimedName ?? '', isMine, until: claimedUntil.toISOString() } : null,
  };
}

function scriptView(script: ScriptRow | null, acting: Acting) {
  return {
    scopeId: script?.scopeId ?? null,
    version: script?.version ?? 0,
    questions: script?.questions ?? [],
    writtenName: script?.writtenName ?? null,
    writtenAt: script?.writtenAt.toISOString() ?? null,
    mayWrite: mayAttempt(acting.role, 'callback.script.write'),
  };
}
