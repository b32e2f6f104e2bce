import { localDate } from '@gongzhi/kernel';
import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, pageOf, positionOf } from '../../platform/http/pagination.ts';
import type { House } from '../../platform/house.ts';
import { accessScope } from '../places/index.ts';
import { listGateways, listMeters } from './queries.ts';
import { roundOf } from './queries-round.ts';
import { withinReach, withinScope } from './reach.ts';
import {
  Gateway,
  MeterBodySchema,
  MeterChange,
  MeterPath,
  MetersQuery,
  nullable,
  Replacement,
  ScopeQuery,
  strict,
  Text,
  Uuid,
} from './schemas.ts';
import { GatewayView, ListedMeter, Meter, RoundLine } from './schemas-answers.ts';
import { registerGateway, retireGateway } from './service-gateways.ts';
import { changeMeter, readNow, registerMeter, replaceMeter } from './service-meters.ts';
import { plausibilityOf } from './service.ts';
import { milliOf } from './service-readings.ts';
import { gatewayView, listedMeterView, meterView } from './view.ts';

const tags = ['metering'];

export function routes(app: App, house: House): void {
  listRoutes(app, house);
  meterRoutes(app, house);
  gatewayRoutes(app, house);
}

const mostOfARound = 1_000;

function listRoutes(app: App, house: House): void {
  const { db, clock } = house;
  app.get(
    '/meters',
    {
      config: { permission: 'meter.read' },
      schema: {
        tags,
        operationId: 'listMeters',
        summary: 'Meters of the places one runs, by home and place',
        querystring: MetersQuery,
        response: { 200: pageOf(ListedMeter) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const {
        cursor,
        limit = 50,
        scopeId,
        kind,
        buildingId,
        householdId,
        line,
        prepaid,
        q: words,
      } = request.query;
      const after = positionOf(cursor, ['text', 'id']);
      return db.read(acting.actor, async (q) => {
        if (scopeId !== undefined) await accessScope(q, acting, scopeId);
        const within = scopeId === undefined ? withinReach(acting.actor, 'm') : withinScope(scopeId, 'm');
        const rows = await listMeters(
          q,
          {
            within,
            kind,
            buildingId,
            lineState: line,
            isPrepaid: prepaid,
            words,
            householdIds: householdId === undefined ? undefined : [householdId],
          },
          after,
          limit + 1,
        );
        return page(rows, limit, listedMeterView, (row) => [row.householdLabel ?? row.spot, row.id]);
      });
    },
  );

  app.get(
    '/meters/round',
    {
      config: { permission: 'meter.record' },
      schema: {
        tags,
        operationId: 'getMeterRound',
        summary: 'The meters of a building in the order in which one walks, with what each showed last',
        querystring: Type.Object(
          {
            scopeId: Uuid,
            buildingId: Type.Optional(Uuid),
            kind: MetersQuery.properties.kind,
          },
          strict,
        ),
        response: {
          200: Type.Object({
            items: Type.Array(RoundLine),
            /** False: there are more than one walks in a day; a building is to be chosen. */
            isWhole: Type.Boolean(),
            /** How many times what is usual is far from it: the phone asks by the same rule. */
            farTimes: Type.Number(),
          }),
        },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, buildingId, kind } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const today = localDate(clock.now().getTime(), wall.timeZone);
        const [rows, { farTimes }] = await Promise.all([
          roundOf(q, scopeId, { kind, buildingId }, mostOfARound + 1),
          plausibilityOf(house, q, wall, clock.now()),
        ]);
        return {
          isWhole: rows.length <= mostOfARound,
          farTimes,
          items: rows.slice(0, mostOfARound).map((row) => ({
            meter: meterView(row),
            building: row.building,
            unit: row.unit,
            floor: row.floor,
            isReadToday: row.lastAt !== null && localDate(row.lastAt.getTime(), wall.timeZone) === today,
          })),
        };
      });
    },
  );
}

function meterRoutes(app: App, house: House): void {
  app.post(
    '/meters',
    {
      config: { permission: 'meter.manage' },
      schema: {
        tags,
        operationId: 'registerMeter',
        summary: 'Hang a meter, with what it shows',
        body: MeterBodySchema,
        response: { 201: Meter },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        milliOf(request.body.firstValue, '/firstValue');
        return {
          status: 201,
          body: meterView(await registerMeter(house, request.acting!, tx, request.body, now)),
        };
      }),
  );

  app.post(
    '/meters/:id/changes',
    {
      config: { permission: 'meter.manage' },
      schema: {
        tags,
        operationId: 'changeMeter',
        summary: 'Where it hangs, and how it is spoken to',
        params: MeterPath,
        querystring: ScopeQuery,
        body: MeterChange,
        response: { 200: Meter },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => ({
        status: 200,
        body: meterView(
          await changeMeter(
            house,
            request.acting!,
            tx,
            request.query.scopeId,
            request.params.id,
            request.body,
            now,
          ),
        ),
      })),
  );

  app.post(
    '/meters/:id/replacement',
    {
      config: { permission: 'meter.manage' },
      schema: {
        tags,
        operationId: 'replaceMeter',
        summary: 'Another one in its place: the last figure of the old, the first of the new',
        params: MeterPath,
        querystring: ScopeQuery,
        body: Replacement,
        response: { 201: Meter },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        milliOf(request.body.finalValue, '/finalValue');
        milliOf(request.body.firstValue, '/firstValue');
        return {
          status: 201,
          body: meterView(
            await replaceMeter(
              house,
              request.acting!,
              tx,
              request.query.scopeId,
              request.params.id,
              request.body,
              now,
            ),
          ),
        };
      }),
  );

  app.post(
    '/meters/:id/read-now',
    {
      config: { permission: 'meter.command' },
      schema: {
        tags,
        operationId: 'readMeterNow',
        summary: 'Read it over its line now instead of at its hour',
        params: MeterPath,
        querystring: ScopeQuery,
        response: { 202: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        await readNow(request.acting!, tx, request.query.scopeId, request.params.id, now);
        return { status: 202, body: { id: request.params.id } };
      }),
  );
}

function gatewayRoutes(app: App, house: House): void {
  app.get(
    '/meters/gateways',
    {
      config: { permission: 'meter.read' },
      schema: {
        tags,
        operationId: 'listMeterGateways',
        summary: 'What speaks for the meters behind it, and when it was heard last',
        querystring: Type.Object({ scopeId: Type.Optional(Uuid) }, strict),
        response: { 200: Type.Object({ items: Type.Array(GatewayView) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return house.db.read(acting.actor, async (q) => {
        if (scopeId !== undefined) await accessScope(q, acting, scopeId);
        const within = scopeId === undefined ? withinReach(acting.actor, 'g') : withinScope(scopeId, 'g');
        return { items: (await listGateways(q, within)).map(gatewayView) };
      });
    },
  );

  app.post(
    '/meters/gateways',
    {
      config: { permission: 'meter.manage' },
      schema: {
        tags,
        operationId: 'registerMeterGateway',
        summary:
          'A concentrator that is called, that calls, or that is on the broker; its secret is shown this once',
        body: Gateway,
        response: { 201: Type.Object({ gateway: GatewayView, secret: nullable(Text) }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const { gateway, secret } = await registerGateway(house, request.acting!, tx, request.body, now);
        return { status: 201, body: { gateway: gatewayView({ ...gateway, meters: 0 }), secret } };
      }),
  );

  app.post(
    '/meters/gateways/:id/retire',
    {
      config: { permission: 'meter.manage' },
      schema: {
        tags,
        operationId: 'retireMeterGateway',
        summary: 'It is called no more; its meters are read by hand',
        params: MeterPath,
        querystring: ScopeQuery,
        response: { 200: Type.Object({ id: Uuid }) },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.query.scopeId, async (tx, now) => {
        await retireGateway(request.acting!, tx, request.query.scopeId, request.params.id, now);
        return { status: 200, body: { id: request.params.id } };
      }),
  );
}
