import type { FastifyRequest } from 'fastify';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { gateTopic } from './domain.ts';
import { devicesOfGates, findGate, listGates } from './queries-gates.ts';
import {
  Gate,
  GateCommand,
  GateCredentials,
  GateDeviceCommand,
  GateDeviceInput,
  GateInput,
  Gates,
  IdPath,
  MaybeScopeQuery,
  ScopeQuery,
} from './schemas.ts';
import { signerOf } from './service-bundle.ts';
import { addDevice, commandGate, commandGateDevice, issueKey, setUpGate } from './service-gates.ts';
import { gateView } from './view.ts';

const tags = ['access'];
const actingOf = (request: Pick<FastifyRequest, 'acting'>): Acting => request.acting as Acting;

export function gateRoutes(app: App, house: House): void {
  const silentMinutes = (q: Executor, scopeIds: readonly (string | null)[], now: Date) =>
    house.settings.get(
      q,
      scopeIds.filter((id) => id !== null),
      'access.silent_minutes',
      now,
    );

  const view = async (q: Executor, scopeId: string, gateId: string, now: Date) => {
    const [gate, devices] = await Promise.all([findGate(q, scopeId, gateId), devicesOfGates(q, [scopeId])]);
    if (gate === null) throw new Problem('not_found');
    const minutes = await silentMinutes(q, [scopeId, gate.companyId, gate.streetId, gate.cityId], now);
    return gateView(gate, devices, now, minutes);
  };

  app.get(
    '/access/gates',
    {
      config: { permission: 'gate.read' },
      schema: {
        tags,
        operationId: 'listGates',
        summary: 'Gates in use with their devices, how many went through today, and blind spots',
        querystring: MaybeScopeQuery,
        response: { 200: Gates },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const scope = scopeId === undefined ? null : await accessScope(q, acting, scopeId);
        const gates = await listGates(q, acting, scope);
        const devices = await devicesOfGates(q, [...new Set(gates.map((gate) => gate.scopeId))]);
        const chain = scope === null ? [] : [scope.scopeId, scope.companyId, scope.streetId, scope.cityId];
        const minutes = await silentMinutes(q, chain, now);
        return {
          items: gates.map((gate) => gateView(gate, devices, now, minutes)),
          mayManage: mayAttempt(acting.role, 'gate.manage'),
          silentMinutes: minutes,
        };
      });
    },
  );

  app.post(
    '/access/gates',
    {
      config: { permission: 'gate.manage' },
      schema: {
        tags,
        operationId: 'setUpGate',
        summary: 'A new gate',
        body: GateInput,
        response: { 201: Gate },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.body;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const id = await setUpGate(acting, tx, request.body, now);
        return { status: 201, body: await view(tx, scopeId, id, now) };
      });
    },
  );

  app.post(
    '/access/gates/:id/commands',
    {
      config: { permission: 'gate.manage' },
      schema: {
        tags,
        operationId: 'commandGate',
        summary: 'Change a gate, or take it out of use together with its devices',
        params: IdPath,
        querystring: ScopeQuery,
        body: GateCommand,
        response: { 200: Gate },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await commandGate(acting, tx, scopeId, id, request.body, now);
        return { status: 200, body: await view(tx, scopeId, id, now) };
      });
    },
  );

  app.post(
    '/access/gates/:id/devices',
    {
      config: { permission: 'gate.manage' },
      schema: {
        tags,
        operationId: 'addGateDevice',
        summary: 'A barrier, a reader or a guard’s phone at a gate; its key is asked for separately',
        params: IdPath,
        querystring: ScopeQuery,
        body: GateDeviceInput,
        response: { 201: Gate },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        await addDevice(acting, tx, scopeId, id, request.body, now);
        return { status: 201, body: await view(tx, scopeId, id, now) };
      });
    },
  );

  app.post(
    '/access/devices/:id/commands',
    {
      config: { permission: 'gate.manage' },
      schema: {
        tags,
        operationId: 'commandGateDevice',
        summary: 'Rename a device, move it to another gate, or revoke it for good',
        params: IdPath,
        querystring: ScopeQuery,
        body: GateDeviceCommand,
        response: { 200: Gate },
      },
    },
    async (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const gateId = await commandGateDevice(acting, tx, scopeId, request.params.id, request.body, now);
        return { status: 200, body: await view(tx, scopeId, gateId, now) };
      });
    },
  );

  app.post(
    '/access/devices/:id/credentials',
    {
      config: { permission: 'gate.manage' },
      schema: {
        tags,
        operationId: 'issueGateKey',
        summary: 'A new key, shown this once; the one before is void at once',
        params: IdPath,
        querystring: ScopeQuery,
        response: { 200: GateCredentials },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      const { id } = request.params;
      const now = house.clock.now();
      // Not through the command pipeline: a stored answer would keep the key for a week.
      const password = await house.db.act(acting.actor, (tx) => issueKey(acting, tx, scopeId, id, now));
      return {
        userName: `${scopeId}.${id}`,
        password,
        httpPath: '/api/v1/access/checks',
        mqttTopic: gateTopic({ scopeId, deviceId: id }),
        publicKey: signerOf(house.crypto, scopeId).publicKey,
      };
    },
  );
}
