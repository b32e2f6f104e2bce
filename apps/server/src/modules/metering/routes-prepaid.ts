import { localDate } from '@gongzhi/kernel';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { accessScope } from '../places/index.ts';
import { type Acting, mayFor } from '../../platform/sessions/sessions.ts';
import type { Tx } from '../../platform/db/database.ts';
import { refusalOf } from './domain.ts';
import { metersOf } from './queries.ts';
import {
  careOf,
  findPrepaid,
  listCommands,
  listRefusals,
  listTopUps,
  openFindings,
} from './queries-prepaid.ts';
import {
  EndPrepaid,
  MeterPath,
  NewCommand,
  Prepaid,
  PrepaidChange,
  Protection,
  ScopeQuery,
  strict,
  Text,
  TopUpPath,
  Uuid,
} from './schemas.ts';
import { Command, EndedPrepaid, MeterPage, OwnMeter, PrepaidView } from './schemas-answers.ts';
import { meterFor } from './service.ts';
import { endPrepaid } from './service-closing.ts';
import { commandMeter, keepRefusal } from './service-commands.ts';
import { askRestore, beginPrepaid, changePrepaid, protect, protectionReason } from './service-prepaid.ts';
import { milliOf } from './service-readings.ts';
import { retryTopUp } from './service-topups.ts';
import { tripWindow } from './service-trips.ts';
import type { PrepaidRow, TopUpRow } from './tables.ts';
import { commandView, findingView, meterView, prepaidView, topUpView, useOf } from './view.ts';

const tags = ['metering'];
/** The latest few are all that can be waiting: they are put on within seconds. */
const waitingOf = (topUps: readonly TopUpRow[]): number =>
  topUps.reduce((sum, { state, amountFen }) => sum + (state === 'waiting' ? amountFen : 0), 0);

export function prepaidRoutes(app: App, house: House): void {
  pageRoutes(app, house);
  accountRoutes(app, house);
  commandRoutes(app, house);
}

function pageRoutes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/meters/own',
    {
      config: { permission: 'meter.own' },
      schema: {
        tags,
        operationId: 'listOwnMeters',
        summary: 'The meters of one’s own home: what was used, and what is left',
        querystring: Type.Object({ householdId: Type.Optional(Uuid) }, strict),
        response: { 200: Type.Object({ items: Type.Array(OwnMeter) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      // What a home uses tells when somebody is there: only whom they let pay sees it for them.
      if (!mayFor(acting, 'pay')) throw new Problem('permission.denied', { permission: 'meter.own' });
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        const homes = acting.actor.households.map(({ id }) => id);
        const own = homes.filter(
          (id) => request.query.householdId === undefined || id === request.query.householdId,
        );
        const rows = (await Promise.all(acting.actor.scopeIds.map((id) => metersOf(q, id, own)))).flat();
        const items = rows
          .filter(({ retiredOn }) => retiredOn === null)
          .map(async (meter) => {
            const wall = await accessScope(q, acting, meter.scopeId);
            const [prepaid, topUps, use] = await Promise.all([
              findPrepaid(q, meter.scopeId, meter.id),
              listTopUps(q, meter.scopeId, meter.id, 5),
              useOf(q, meter, wall.timeZone, now),
            ]);
            const today = localDate(now.getTime(), wall.timeZone);
            return {
              meter: meterView(meter),
              prepaid: prepaid === null ? null : prepaidView(prepaid, today, now, waitingOf(topUps)),
              topUps: topUps.map(topUpView),
              use,
            };
          });
        return { items: await Promise.all(items) };
      });
    },
  );

  app.get(
    '/meters/:id',
    {
      config: { permission: 'meter.read' },
      schema: {
        tags,
        operationId: 'getMeter',
        summary: 'One meter: what it used, what is left on it, what it was told and what stands out',
        params: MeterPath,
        querystring: ScopeQuery,
        response: { 200: MeterPage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      const now = clock.now();
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const meter = await meterFor(q, acting, scopeId, request.params.id);
        const today = localDate(now.getTime(), wall.timeZone);
        const prepaid = await findPrepaid(q, scopeId, meter.id);
        const [topUps, commands, findings, refusals, use, trip, care] = await Promise.all([
          listTopUps(q, scopeId, meter.id, 20),
          listCommands(q, scopeId, meter.id, 30),
          openFindings(q, scopeId, meter.id),
          listRefusals(q, scopeId, meter.id),
          useOf(q, meter, wall.timeZone, now),
          tripWindow(house, q, meter, prepaid, wall.timeZone, now),
          meter.householdId === null ? null : careOf(q, scopeId, meter.householdId, today),
        ]);
        return {
          meter: meterView(meter),
          prepaid: prepaid === null ? null : prepaidView(prepaid, today, now, waitingOf(topUps)),
          tripBlock: trip.block,
          tripFrom: trip.from?.toISOString() ?? null,
          topUps: topUps.map(topUpView),
          commands: commands.map(commandView),
          findings: findings.map(findingView),
          refusals: refusals.map(({ meterId: _, at, ...row }) => ({ ...row, at: at.toISOString() })),
          use,
          care: care === null ? null : { until: care.until, recordedByName: care.recordedByName },
        };
      });
    },
  );
}

function accountRoutes(app: App, house: House): void {
  /** What every change of the account answers: how it stands after it, by the place's day. */
  const shown = async (tx: Tx, acting: Acting, scopeId: string, row: PrepaidRow, now: Date) => {
    const { timeZone } = await accessScope(tx, acting, scopeId);
    return prepaidView(row, localDate(now.getTime(), timeZone), now);
  };

  app.post(
    '/meters/:id/prepaid',
    {
      config: { permission: 'meter.manage' },
      schema: {
        tags,
        operationId: 'beginPrepaidMeter',
        summary:
          'From now on it is paid for ahead: price, alarms, overdraft, hoarding limit, when it is closed again',
        params: MeterPath,
        querystring: ScopeQuery,
        body: Prepaid,
        response: { 201: PrepaidView },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        const acting = request.acting!;
        const { scopeId } = request.query;
        const row = await beginPrepaid(acting, tx, scopeId, request.params.id, request.body, now);
        return { status: 201, body: await shown(tx, acting, scopeId, row, now) };
      }),
  );

  app.put(
    '/meters/:id/prepaid',
    {
      config: { permission: 'meter.manage' },
      schema: {
        tags,
        operationId: 'changePrepaidMeter',
        summary: 'Another price or other limits, from now on',
        params: MeterPath,
        querystring: ScopeQuery,
        body: PrepaidChange,
        response: { 200: PrepaidView },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        const acting = request.acting!;
        const { scopeId } = request.query;
        const row = await changePrepaid(acting, tx, scopeId, request.params.id, request.body, now);
        return { status: 200, body: await shown(tx, acting, scopeId, row, now) };
      }),
  );

  app.post(
    '/meters/:id/prepaid/end',
    {
      config: { permission: 'meter.manage' },
      schema: {
        tags,
        operationId: 'endPrepaidMeter',
        summary:
          'Paid for ahead no more: settled to its last figure, and what is left is the home’s balance or is billed',
        params: MeterPath,
        querystring: ScopeQuery,
        body: EndPrepaid,
        response: { 200: EndedPrepaid },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        milliOf(request.body.finalValue, '/finalValue');
        const { scopeId } = request.query;
        const { id } = request.params;
        return {
          status: 200,
          body: await endPrepaid(house, request.acting!, tx, scopeId, id, request.body, now),
        };
      }),
  );

  app.post(
    '/meters/:id/protection',
    {
      config: { permission: 'meter.protect' },
      schema: {
        tags,
        operationId: 'protectMeter',
        summary: 'Never switched off, for somebody’s health: why is sealed',
        params: MeterPath,
        querystring: ScopeQuery,
        body: Protection,
        response: { 200: PrepaidView },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        const acting = request.acting!;
        const { scopeId } = request.query;
        const row = await protect(house, acting, tx, scopeId, request.params.id, request.body, now);
        return { status: 200, body: await shown(tx, acting, scopeId, row, now) };
      }),
  );

  app.post(
    '/meters/:id/protection/reason',
    {
      config: { permission: 'meter.protect' },
      schema: {
        tags,
        operationId: 'openMeterProtection',
        summary: 'Why it is protected: opened, and written down who opened it',
        params: MeterPath,
        querystring: ScopeQuery,
        response: { 200: Type.Object({ why: Text }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => ({
        status: 200,
        body: {
          why: await protectionReason(
            house,
            request.acting!,
            tx,
            request.query.scopeId,
            request.params.id,
            now,
          ),
        },
      })),
  );

  app.post(
    '/meters/:id/restore',
    {
      config: { permission: 'meter.own' },
      schema: {
        tags,
        operationId: 'restoreMeter',
        summary: 'On again, after the second alarm switched it off: what is used now is owed',
        params: MeterPath,
        querystring: ScopeQuery,
        response: { 202: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        await askRestore(request.acting!, tx, request.query.scopeId, request.params.id, now);
        return { status: 202, body: { id: request.params.id } };
      }),
  );

  app.post(
    '/meters/:id/top-ups/:topUpId/retry',
    {
      config: { permission: 'meter.command' },
      schema: {
        tags,
        operationId: 'retryMeterTopUp',
        summary: 'Send once more what never reached the meter; it counts a purchase once',
        params: TopUpPath,
        querystring: ScopeQuery,
        response: { 202: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        await retryTopUp(
          request.acting!,
          tx,
          request.query.scopeId,
          request.params.id,
          request.params.topUpId,
          now,
        );
        return { status: 202, body: { id: request.params.topUpId } };
      }),
  );
}

function commandRoutes(app: App, house: House): void {
  app.post(
    '/meters/:id/commands',
    {
      config: { permission: 'meter.command' },
      schema: {
        tags,
        operationId: 'commandMeter',
        summary: 'Tell a meter something, for one of the reasons there are; never over fees (Civil Code 944)',
        params: MeterPath,
        querystring: ScopeQuery,
        body: NewCommand,
        response: { 201: Command },
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { kind, reason } = request.body;
      // A purchase is made by paying, and that a balance is used up is for the balance to say.
      if (kind === 'top_up' || reason === 'prepaid_balance' || reason === 'paid' || reason === 'routine')
        throw new Problem('metering.reason_unknown', {}, [{ path: '/reason', code: 'invalid', params: {} }]);
      if (refusalOf(kind, reason)?.law != null) {
        await house.db.read(acting.actor, (q) =>
          meterFor(q, acting, request.query.scopeId, request.params.id),
        );
        await keepRefusal(
          house.db,
          acting.actor,
          {
            scopeId: request.query.scopeId,
            meterId: request.params.id,
            kind,
            reason,
            via: 'api',
            by: { accountId: acting.accountId, name: acting.displayName },
          },
          house.clock.now(),
        );
      }
      return runCommand(house, request, reply, request.query.scopeId, async (tx, now) => ({
        status: 201,
        body: commandView(
          await commandMeter(house, acting, tx, request.query.scopeId, request.params.id, request.body, now),
        ),
      }));
    },
  );
}
