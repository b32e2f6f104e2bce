import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import type { Json } from '../../../../../../test/server.ts';
import type { World } from '../../../../../../test/world.ts';
import { expectStatus } from '../../work-orders/fixtures.ts';
import { gateTopicsOf } from '../domain.ts';
import type { TestGate } from '../fixtures.ts';

/* Devices of a gate on our broker and over HTTP, as the npm client `mqtt` and fetch see them. */

const clients: MqttClient[] = [];
export async function disconnect(): Promise<void> {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
}

const scopeOf = (world: World) => `?scopeId=${world.near.compound}`;

/** A device at a gate, as its maker's firmware would know it. */
export interface Thing {
  readonly scopeId: string;
  readonly deviceId: string;
  userName: string;
  password: string;
}

/** Another device at the same gate, with a key. */
export async function addTo(
  world: World,
  gate: TestGate,
  kind: 'barrier' | 'reader',
  label: string,
): Promise<Thing> {
  const { manager } = world.people;
  const added = expectStatus(
    await manager.client.post(`/access/gates/${gate.gate.id}/devices${scopeOf(world)}`, { kind, label }),
    201,
  );
  const { id } = added.devices.find((one: Json) => one.label === label);
  const thing: Thing = { scopeId: gate.scopeId, deviceId: id, userName: '', password: '' };
  return keyed(world, thing);
}

export async function keyed(world: World, thing: Thing): Promise<Thing> {
  const { manager } = world.people;
  const issued = expectStatus(
    await manager.client.post(`/access/devices/${thing.deviceId}/credentials${scopeOf(world)}`),
    200,
  );
  return Object.assign(thing, { userName: issued.userName, password: issued.password });
}

export async function link(world: World, from: string, opensDeviceId: string | null): Promise<Json> {
  const { manager } = world.people;
  const { items } = expectStatus(await manager.client.get(`/access/gates${scopeOf(world)}`), 200);
  const device = items.flatMap((one: Json) => one.devices).find((one: Json) => one.id === from);
  return manager.client.post(`/access/devices/${from}/commands${scopeOf(world)}`, {
    action: 'link',
    expectedVersion: device.version,
    opensDeviceId,
  });
}

export async function connected(world: World, thing: Thing, more: IClientOptions = {}) {
  const { userName: username, password } = thing;
  const client = await connectAsync(
    world.server.mqttUrl!,
    { username, password, reconnectPeriod: 0, ...more },
    false,
  );
  client.on('error', () => {});
  clients.push(client);
  const topics = gateTopicsOf(thing);
  const answers: Json[] = [];
  const orders: Json[] = [];
  client.on('message', (topic, payload) => {
    (topic === topics.answers ? answers : orders).push(JSON.parse(payload.toString()));
  });
  await client.subscribeAsync([topics.answers, topics.commands], { qos: 1 });
  const say = (name: 'checks' | 'decisions' | 'state' | 'acks', body: unknown, retain = false) =>
    client.publishAsync(topics[name], typeof body === 'string' ? body : JSON.stringify(body), {
      qos: 1,
      retain,
    });
  return { client, answers, orders, say };
}
export const closed = (client: MqttClient) => new Promise<void>((done) => client.once('close', () => done()));
export const thingOf = (gate: TestGate): Thing => gate as unknown as Thing;
export const commandsOf = (world: World, barrier: Thing) =>
  world.ask<{
    id: string;
    outcome: string | null;
    cause: string;
    passage_id: string;
    hold_seconds: number;
    sent_count: number;
  }>(
    `select command_id as id, outcome, cause, passage_id, hold_seconds, sent_count from access.barrier_command where device_id = $1 order by command_id`,
    [barrier.deviceId],
  );
export const passagesOf = (world: World, gate: TestGate) =>
  world.ask(
    'select passage_id as id, outcome, decided_by from access.passage where gate_id = $1 order by seq',
    [gate.gate.id],
  );
export const http = (
  world: World,
  thing: Thing,
  path: string,
  body?: Json,
): Promise<{ status: number; body: Json }> =>
  fetch(`${world.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${thing.userName}:${thing.password}`).toString('base64')}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  }).then(async (answer) => ({ status: answer.status, body: await answer.json() }));
