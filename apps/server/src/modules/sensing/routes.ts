import { DAY, localDate } from '@gongzhi/kernel';
import type { FastifyRequest } from 'fastify';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { standingsOf } from '../work-orders/index.ts';
import { DEVICE_STATES, type DeviceRights, measures, topicsOf } from './domain.ts';
import { chainOf, versionsOf } from './facts.ts';
import { ruleVersions } from './queries.ts';
import {
  type AlarmFilter,
  countDevices,
  findDevice,
  lastPurge,
  listAlarms,
  type ListedAlarm,
  listDevices,
  plotOf,
} from './queries-devices.ts';
import {
  Alarms,
  AlarmsQuery,
  CodePath,
  Credentials,
  Device,
  DeviceCommand,
  DeviceDetail,
  DeviceInput,
  Devices,
  DevicesQuery,
  IdPath,
  Plot,
  PlotQuery,
  ScopeQuery,
  SensorRuleBody,
  SensorRules,
} from './schemas.ts';
import { commandDevice, issueSecret, registerDevice } from './service-devices.ts';
import { mayWriteRules, scopeOfRules, writeRule } from './service-rules.ts';
import { alarmView, deviceView, rulesView } from './view.ts';

const tags = ['sensing'];
/** No page is wider than this many points, and no plot reaches further back than a quarter. */
const plotSteps = 300;
const longestPlot = 92 * DAY;

const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

async function alarmViews(q: Executor, rows: readonly ListedAlarm[]) {
  const ids = rows.flatMap(({ workOrderId }) => workOrderId ?? []);
  const standings =
    ids.length === 0 ? [] : await standingsOf(q, [...new Set(rows.map((row) => row.scopeId))], ids);
  const byId = new Map(standings.map((one) => [one.id, one]));
  return rows.map((row) => alarmView(row, byId));
}

export function routes(app: App, house: House): void {
  app.get(
    '/sensing/devices',
    {
      config: { permission: 'device.read' },
      schema: {
        tags,
        operationId: 'listDevices',
        summary: 'Devices, the worst first: alarms, silent ones, never heard, well',
        querystring: DevicesQuery,
        response: { 200: Devices },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, state = null, kind = null, cursor, limit = 20 } = request.query;
      const after = positionOf(cursor, { rank: 'integer', id: 'id' });
      return house.db.read(acting.actor, async (q) => {
        const scope = scopeId === undefined ? null : await accessScope(q, acting, scopeId);
        const [rows, counts] = await Promise.all([
          listDevices(q, acting, { scope, state, kind }, after, limit + 1),
          countDevices(q, acting, scope),
        ]);
        const shown = page(rows, limit, deviceView, (row) => [DEVICE_STATES.indexOf(row.state) + 1, row.id]);
        return { ...shown, counts };
      });
    },
  );

  app.post(
    '/sensing/devices',
    {
      config: { permission: 'device.manage' },
      schema: {
        tags,
        operationId: 'registerDevice',
        summary: 'Put up a device; its secret is asked for separately',
        body: DeviceInput,
        response: { 201: Device },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      return runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const { id } = await registerDevice(acting, tx, request.body, now);
        const device = await findDevice(tx, request.body.scopeId, id);
        if (device === null) throw new Problem('not_found');
        return { status: 201, body: deviceView(device) };
      });
    },
  );

  app.get(
    '/sensing/devices/:id',
    {
      config: { permission: 'device.read' },
      schema: {
        tags,
        operationId: 'getDevice',
        summary: 'One device: how it stands, the rules it is watched by, its alarms and their orders',
        params: IdPath,
        querystring: ScopeQuery,
        response: { 200: DeviceDetail },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        const [device, versions, purge] = await Promise.all([
          findDevice(q, scopeId, request.params.id),
          versionsOf(q, chainOf(wall)),
          lastPurge(q, scopeId),
        ]);
        if (device === null) throw new Problem('not_found');
        const filter: AlarmFilter = { scope: wall, deviceId: device.id, isOpenOnly: false };
        const [alarms, gateway] = await Promise.all([
          listAlarms(q, acting, filter, null, 20),
          device.gatewayId === null ? null : findDevice(q, scopeId, device.gatewayId),
        ]);
        return {
          device: deviceView(device),
          unit: measures[device.kind].unit,
          measures: measures[device.kind].type,
          gatewayLabel: gateway?.label ?? null,
          mayManage: mayAttempt(acting.role, 'device.manage'),
          rules: rulesView(wall, versions, now, device.kind).items,
          alarms: await alarmViews(q, alarms),
          deletedBefore: purge?.before.toISOString() ?? null,
        };
      });
    },
  );

  app.get(
    '/sensing/devices/:id/readings',
    {
      config: { permission: 'device.read' },
      schema: {
        tags,
        operationId: 'plotDevice',
        summary: 'Readings of a time, in at most three hundred pieces with the least and the most of each',
        params: IdPath,
        querystring: PlotQuery,
        response: { 200: Plot },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, from, to } = request.query;
      const [begin, end] = [new Date(from), new Date(to)];
      const length = end.getTime() - begin.getTime();
      if (!(length > 0) || length > longestPlot)
        throw new Problem('validation.failed', {}, [
          { path: 'querystring/to', code: 'range', params: { mostDays: longestPlot / DAY } },
        ]);
      return house.db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        const [device, points] = await Promise.all([
          findDevice(q, scopeId, request.params.id),
          plotOf(q, scopeId, request.params.id, begin, end, plotSteps),
        ]);
        if (device === null) throw new Problem('not_found');
        return {
          from: begin.toISOString(),
          to: end.toISOString(),
          points: points.map(({ at, ...point }) => ({ at: at.toISOString(), ...point })),
        };
      });
    },
  );

  app.post(
    '/sensing/devices/:id/commands',
    {
      config: { permission: 'device.manage' },
      schema: {
        tags,
        operationId: 'commandDevice',
        summary: 'Change where a device hangs and what it is called, or take it away for good',
        params: IdPath,
        querystring: ScopeQuery,
        body: DeviceCommand,
        response: { 200: Device },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await commandDevice(house, acting, tx, scopeId, id, request.body, now);
        const device = await findDevice(tx, scopeId, id);
        if (device === null) throw new Problem('not_found');
        return { status: 200, body: deviceView(device) };
      });
    },
  );

  app.post(
    '/sensing/devices/:id/credentials',
    {
      config: { permission: 'device.manage' },
      schema: {
        tags,
        operationId: 'issueDeviceSecret',
        summary: 'A new secret, shown this once; the one before is void at once',
        params: IdPath,
        querystring: ScopeQuery,
        response: { 200: Credentials },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = house.clock.now();
      // Not through the command pipeline: a stored answer would keep the secret for a week.
      const { secret } = await house.db.act(acting.actor, (tx) =>
        issueSecret(acting, tx, scopeId, request.params.id, now),
      );
      const device: DeviceRights = { scopeId, deviceId: request.params.id };
      const topics = topicsOf(device);
      return {
        userName: topics.userName,
        password: secret,
        readingsTopic: topics.readings,
        stateTopic: topics.state,
        commandsTopic: topics.commands,
        httpPath: '/api/v1/sensing/readings',
      };
    },
  );

  app.get(
    '/sensing/alarms',
    {
      config: { permission: 'device.read' },
      schema: {
        tags,
        operationId: 'listAlarms',
        summary: 'Alarms, the newest first, with the orders they opened',
        querystring: AlarmsQuery,
        response: { 200: Alarms },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, deviceId = null, isOpen = false, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return house.db.read(acting.actor, async (q) => {
        const scope = scopeId === undefined ? null : await accessScope(q, acting, scopeId);
        const rows = await listAlarms(q, acting, { scope, deviceId, isOpenOnly: isOpen }, before, limit + 1);
        const shown = page(
          rows,
          limit,
          (row) => row,
          (row) => [row.id],
        );
        return { items: await alarmViews(q, shown.items), nextCursor: shown.nextCursor };
      });
    },
  );

  app.get(
    '/sensing/rules',
    {
      config: { permission: 'rules.read' },
      schema: {
        tags,
        operationId: 'getSensorRules',
        summary: 'The rules that hold for a place today, who wrote them, and what begins later',
        querystring: ScopeQuery,
        response: { 200: SensorRules },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const wall = await scopeOfRules(q, acting, request.query.scopeId);
        return {
          scopeId: wall.scopeId,
          scopeName: wall.name,
          mayEdit: mayWriteRules(acting, wall),
          earliest: localDate(now.getTime(), wall.timeZone),
          ...rulesView(wall, await ruleVersions(q, chainOf(wall)), now),
        };
      });
    },
  );

  app.put(
    '/sensing/rules/:code',
    {
      config: { permission: 'rules.write' },
      schema: {
        tags,
        operationId: 'saveSensorRule',
        summary: 'Say from which day on a rule holds differently here',
        params: CodePath,
        body: SensorRuleBody,
        response: { 200: SensorRules },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const now = house.clock.now();
      return house.db.act(acting.actor, async (tx) => {
        const wall = await writeRule(acting, tx, request.params.code, request.body, now);
        return {
          scopeId: wall.scopeId,
          scopeName: wall.name,
          mayEdit: true,
          earliest: localDate(now.getTime(), wall.timeZone),
          ...rulesView(wall, await ruleVersions(tx, chainOf(wall)), now),
        };
      });
    },
  );
}
