import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { topicsOf } from './domain.ts';
import { aDevice, looks, ordersOf } from './fixtures.ts';

/* Somebody else's broker, followed by the devices role. */

let broker: Aedes;
let server: Server;
let world: World;
let url = '';
const sockets = new Set<Socket>();
beforeAll(async () => {
  broker = await Aedes.createBroker();
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world = await aWorld({ roles: 'api,devices', env: { GONGZHI_MQTT_URL: url } });
});
afterAll(async () => {
  await world?.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((done) => server.close(done));
  await new Promise<void>((done) => broker.close(done));
});

test('readings come by it, are acknowledged to it, and wait there while we are away', async () => {
  const water = await aDevice(world, 'water', { spot: '泵房' });
  const topics = topicsOf({ scopeId: water.scopeId, deviceId: water.id });
  const client = await connectAsync(url);
  const heard: string[] = [];
  client.on('message', (_topic, payload) => heard.push(payload.toString()));
  await client.subscribeAsync(topics.commands);
  const values = async () =>
    (
      await world.ask<{ value: number }>(
        'select value from sensing.reading where device_id = $1 order by received_at, message_id',
        [water.id],
      )
    ).map(({ value }) => value);
  const say = (id: string, value: unknown) =>
    client.publishAsync(topics.readings, JSON.stringify({ id, value }), { qos: 1 });
  await expect.poll(() => broker.connectedClients).toBe(2);
  await expect
    .poll(async () => {
      await say('1', 1);
      return values();
    })
    .toEqual([1]);
  world.clock.advance(10_000);
  await looks(world);
  expect(await ordersOf(world, water)).toHaveLength(1);
  await say('2', 7);
  await expect.poll(() => heard.map((text) => JSON.parse(text).fault)).toEqual(['value_invalid']);

  // Our connection breaks: what is said meanwhile waits at the broker, whose session of ours lives on.
  const ours = [...sockets].find((socket) => socket.remotePort !== (client.stream as Socket).localPort)!;
  ours.destroy();
  await say('3', 0);
  await expect.poll(values).toEqual([1, 0]);
  await expect.poll(async () => (await water.shows()).device.lastValue).toBe(0);
  // A topic of nobody's, a device of nobody's, words kept for later: nothing comes of them, and we go on.
  await client.publishAsync(
    topicsOf({ scopeId: water.scopeId, deviceId: '01900000-0000-7000-8000-00000000dead' }).readings,
    '{"id":"1","value":1}',
    { qos: 1 },
  );
  await client.publishAsync(topics.state, 'gone', { qos: 1 });
  await say('4', 1);
  await expect.poll(values).toEqual([1, 0, 1]);

  // We stand for a while, and more waits than a device may say at once: none of it is lost.
  const again = [...sockets].find((socket) => socket.remotePort !== (client.stream as Socket).localPort)!;
  again.destroy();
  for (let i = 0; i < 150; i++) await say(`waited-${i}`, 0);
  await expect.poll(async () => (await values()).length).toBe(153);
  const tooMany = () =>
    world.ask(`select 1 from sensing.device where device_id = $1 and fault = 'too_many'`, [water.id]);
  expect(await tooMany()).toEqual([]);
  // Long after, a flood is one.
  world.clock.advance(30 * 60_000);
  for (let i = 0; i < 61; i++) await say(`flood-${i}`, 0);
  await expect.poll(async () => (await values()).length).toBe(213);
  await expect.poll(async () => (await tooMany()).length).toBe(1);
  await client.endAsync();
});
