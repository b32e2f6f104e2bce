import { once } from 'node:events';
import { connect as connectSocket, createServer, type AddressInfo } from 'node:net';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../test/database.ts';
import { type FaultProxy, openFaultProxy } from '../../../../../test/fault-proxy.ts';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aChildServer, type ChildServer } from '../../faults/fixtures.ts';
import { topicsOf } from './domain.ts';
import { aDevice, looks, ordersOf, type TestDevice } from './fixtures.ts';

/* Our broker, as the npm client `mqtt` sees it, which shares no code with it but the format of a packet. */

let world: World;
const clients: MqttClient[] = [];
beforeAll(async () => {
  world = await aWorld({ roles: 'api,devices', env: { GONGZHI_MQTT_PORT: '0' } });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
});
afterAll(() => world?.close());

const minutes = (count: number) => count * 60_000;
const topics = (device: TestDevice) => topicsOf({ scopeId: device.scopeId, deviceId: device.id });

async function connected(device: TestDevice, more: IClientOptions = {}, url = world.server.mqttUrl!) {
  const { userName: username, password } = device;
  const client = await connectAsync(url, { username, password, reconnectPeriod: 0, ...more }, false);
  client.on('error', () => {});
  clients.push(client);
  return client;
}

const say = (client: MqttClient, device: TestDevice, value: unknown, id = device.nextId()) =>
  client.publishAsync(topics(device).readings, JSON.stringify({ id, value }), { qos: 1 });
/** Not `once`: that takes the reset which may come before for a failure. */
const closed = (client: MqttClient) => new Promise<void>((done) => client.once('close', () => done()));
const readingsOf = (device: TestDevice) =>
  world.ask<{ id: string; value: number }>(
    'select message_id as id, value from sensing.reading where device_id = $1 order by received_at, message_id',
    [device.id],
  );
const faultOf = async (device: TestDevice) => (await device.shows()).device.fault as string | null;
const goneAt = async (device: TestDevice) =>
  (
    await world.ask<{ gone_at: Date | null }>(
      `select gone_at from sensing.watch where device_id = $1 and rule_code like '%.silent'`,
      [device.id],
    )
  )[0]?.gone_at ?? null;

describe('a device on the broker', () => {
  test('opens an order, and hears on its own topic what was wrong', async () => {
    const water = await aDevice(world, 'water', { label: '泵房水浸', spot: '泵房' });
    const client = await connected(water, { clientId: 'whatever the firmware says' });
    const heard: Json[] = [];
    client.on('message', (_topic, payload) => heard.push(JSON.parse(payload.toString())));
    await client.subscribeAsync(topics(water).commands, { qos: 1 });
    await say(client, water, 1);
    world.clock.advance(10_000);
    await looks(world);
    expect(await ordersOf(world, water)).toMatchObject([
      { status: 'submitted', categoryCode: 'water.burst', source: 'sensor' },
    ]);
    // A number with no sense is received, for it would be as senseless when sent again; and it is said.
    await say(client, water, 7);
    await client.publishAsync(topics(water).readings, 'not json', { qos: 1 });
    await client.publishAsync(
      topics(water).readings,
      JSON.stringify({ id: 'x', value: 1, more: 'y'.repeat(1_100) }),
      { qos: 1 },
    );
    await client.publishAsync(topics(water).readings, JSON.stringify({ id: 'kept', value: 0 }), {
      qos: 1,
      retain: true,
    });
    await client.publishAsync(topics(water).state, 'asleep', { qos: 1 });
    await client.publishAsync(
      topics(water).readings,
      JSON.stringify({ id: 'late', value: 1, at: '2020-01-01T00:00:00Z' }),
      { qos: 2 },
    );
    await expect
      .poll(() => heard.map(({ type, fault }) => fault ?? type))
      .toEqual(['value_invalid', 'malformed', 'too_large', 'retained', 'malformed', 'clock_off']);
    expect(heard.at(-1).now).toBe(world.clock.now().toISOString());
    expect((await readingsOf(water)).map(({ id }) => id)).toContain('late');
    expect((await water.shows()).device).toMatchObject({ faultCount: 5, fault: 'malformed' });
    // Nothing was kept for whoever subscribes later.
    expect(await readingsOf(water)).toHaveLength(2);
  });

  test('comes in with its own secret only', async () => {
    const gate = await aDevice(world, 'gate');
    const other = await aDevice(world, 'gate');
    for (const wrong of [
      { password: 'wrong' },
      { password: other.password },
      { username: `${gate.scopeId}/01900000-0000-7000-8000-00000000dead` },
      { username: 'admin' },
      { username: '' },
    ])
      await expect(connected(gate, wrong)).rejects.toMatchObject({ code: 4 });
    const before = await connected(gate);
    await say(before, gate, 0);
    await gate.gets();
    // Who is connected with the old one is put out at the next word.
    const out = closed(before);
    before.publish(topics(gate).readings, JSON.stringify({ id: 'old', value: 1 }), { qos: 1 });
    await out;
    expect((await readingsOf(gate)).map(({ id }) => id)).not.toContain('old');
    await say(await connected(gate), gate, 0);
  });

  test('speaks and listens on its own topics only; a gateway for those behind it', async () => {
    const gateway = await aDevice(world, 'gateway');
    const behind = await aDevice(world, 'water', { gatewayId: gateway.id, secret: false });
    const other = await aDevice(world, 'water');
    for (const topic of [topics(other).readings, topics(other).state, 'anything', topics(gateway).commands]) {
      const client = await connected(gateway);
      const out = closed(client);
      client.publish(topic, JSON.stringify({ id: '1', value: 1 }), { qos: 1 });
      await out;
    }
    expect(await readingsOf(other)).toEqual([]);
    await expect.poll(() => faultOf(gateway)).toBe('topic_foreign');
    expect(await faultOf(other)).toBeNull();
    const client = await connected(gateway);
    for (const topic of [topics(other).commands, '#', 'gongzhi/#', '$SYS/#', topics(gateway).readings])
      await expect(client.subscribeAsync(topic)).rejects.toThrow();
    await client.subscribeAsync(topics(gateway).commands);
    await say(client, behind, 1);
    expect(await readingsOf(behind)).toHaveLength(1);
    expect((await gateway.shows()).device.state).toBe('ok');
  });

  test('is put out by itself only: a second connection takes over, a stranger’s name does not', async () => {
    const [gate, other] = [await aDevice(world, 'gate'), await aDevice(world, 'gate')];
    const first = await connected(gate, { clientId: 'a' });
    await connected(other, { clientId: gate.id });
    await say(first, gate, 0);
    const out = closed(first);
    const second = await connected(gate, { clientId: 'b' });
    await out;
    await say(second, gate, 0);
  });
});

describe('the last will', () => {
  const withWill = (device: TestDevice): IClientOptions => ({
    will: { topic: topics(device).state, payload: Buffer.from('gone'), qos: 1, retain: false },
  });

  test('is an alarm after five minutes, unless the device is back; a goodbye is none', async () => {
    const pump = await aDevice(world, 'pump');
    const polite = await connected(pump, withWill(pump));
    await say(polite, pump, 0.4);
    await polite.endAsync();
    const client = await connected(pump, withWill(pump));
    await say(client, pump, 0.4);
    expect(await goneAt(pump)).toBeNull();
    client.stream.destroy();
    await expect.poll(() => goneAt(pump)).toEqual(world.clock.now());
    // Back in time.
    const again = await connected(pump, withWill(pump));
    await expect.poll(() => goneAt(pump)).toBeNull();
    again.stream.destroy();
    await expect.poll(() => goneAt(pump)).toEqual(world.clock.now());
    world.clock.advance(minutes(5) - 1);
    await looks(world);
    expect((await pump.shows()).device.state).toBe('ok');
    world.clock.advance(1);
    await looks(world);
    expect((await pump.shows()).device.state).toBe('silent');
    expect((await ordersOf(world, pump)).map((order) => order['status'])).toEqual(['submitted']);
    await say(await connected(pump, withWill(pump)), pump, 0.4);
    world.clock.advance(minutes(5));
    await looks(world);
    expect((await pump.shows()).device.state).toBe('ok');
    expect((await ordersOf(world, pump)).map((order) => order['status'])).toEqual(['cancelled']);
  });

  test('speaks for nobody else and is not kept: such a connection is not let in', async () => {
    const [pump, other] = [await aDevice(world, 'pump'), await aDevice(world, 'pump')];
    const { will } = withWill(pump);
    for (const wrong of [
      { ...will!, topic: topics(other).state },
      { ...will!, topic: topics(pump).readings },
      { ...will!, retain: true },
      { ...will!, payload: Buffer.from('offline') },
    ])
      await expect(connected(pump, { will: wrong })).rejects.toMatchObject({ code: 5 });
  });
});

describe('floods and garbage', () => {
  test('a flood ends its own connection and nobody else’s', async () => {
    const [flood, calm] = [await aDevice(world, 'meter'), await aDevice(world, 'meter')];
    const [client, other] = [await connected(flood), await connected(calm)];
    const out = closed(client);
    for (let i = 0; i < 300; i++)
      client.publish(topics(flood).readings, JSON.stringify({ id: `f${i}`, value: i }), { qos: 0 });
    await out;
    await expect.poll(() => faultOf(flood)).toBe('too_many');
    expect((await readingsOf(flood)).length).toBeLessThanOrEqual(60);
    expect((await flood.shows()).device.faultCount).toBe(1);
    await say(other, calm, 1);
    // And it may come again.
    world.clock.advance(minutes(1));
    await say(await connected(flood), flood, 1);
  });

  test.each<[string, Buffer]>([
    ['no MQTT at all', Buffer.from('GET / HTTP/1.1\r\nhost: x\r\n\r\n')],
    ['a packet of a quarter gigabyte', Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f])],
    ['a reading before saying who one is', Buffer.from([0x30, 0x05, 0x00, 0x01, 0x61, 0x31, 0x32])],
    ['a name that never ends', Buffer.concat([Buffer.from([0x10, 0xff, 0xff, 0x03]), Buffer.alloc(4_096)])],
  ])('%s is cut off', async (_name, bytes) => {
    const { hostname, port } = new URL(world.server.mqttUrl!);
    const socket = connectSocket(Number(port), hostname);
    socket.on('error', () => {});
    socket.resume().write(bytes);
    await once(socket, 'close');
    // The others notice nothing.
    const gate = await aDevice(world, 'gate');
    await say(await connected(gate), gate, 1);
  });

  test('who is connected and then announces too much is cut off', async () => {
    const gate = await aDevice(world, 'gate');
    const client = await connected(gate);
    const out = closed(client);
    client.stream.write(Buffer.from([0x32, 0xff, 0xff, 0x7f]));
    await out;
  });
});

describe('what was not acknowledged', () => {
  let database: TestDatabase;
  let proxy: FaultProxy;
  let own: World;
  const children: ChildServer[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await openFaultProxy(database.appUrl);
    own = await aWorld({ database, isDemonstration: false, startsAt: new Date() });
  });
  afterAll(async () => {
    for (const child of children) await child.kill();
    await own?.close();
    await proxy?.close();
    await database?.drop();
  });

  async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    return port;
  }

  test('killed between commit and acknowledgement, the server gets it again and has one reading', async () => {
    const meter = await aDevice(own, 'meter');
    const port = await freePort();
    const start = async () => {
      const child = await aChildServer({
        databaseUrl: proxy.through(database.appUrl),
        dataDir: own.dataDir,
        env: { GONGZHI_ROLES: 'devices', GONGZHI_MQTT_PORT: String(port) },
      });
      children.push(child);
      return child;
    };
    const first = await start();
    const client = await connected(meter, { reconnectPeriod: 100 }, `mqtt://127.0.0.1:${port}`);
    const rows = () => own.ask('select message_id from sensing.reading where device_id = $1', [meter.id]);
    await say(client, meter, 1, 'plain');
    const held = proxy.when(['held-back', 'commit'], 'hold answers');
    let isAcknowledged = false;
    const sent = say(client, meter, 2, 'held-back').then(() => (isAcknowledged = true));
    await held;
    await expect.poll(async () => (await rows()).length).toBe(2);
    expect(isAcknowledged).toBe(false);
    await first.kill();
    await start();
    await sent;
    expect(await rows()).toHaveLength(2);
    // And cut off before the commit: not there, not acknowledged, there after all.
    const cut = proxy.when(['cut-off', 'commit'], 'cut');
    const again = say(client, meter, 3, 'cut-off');
    await cut;
    await again;
    expect(new Set((await rows()).map((row) => (row as Json).message_id))).toEqual(
      new Set(['plain', 'held-back', 'cut-off']),
    );
    expect(await rows()).toHaveLength(3);
    // A restart that is none of the device's business raises no alarm.
    const gone = await own.ask('select 1 from sensing.watch where gone_at is not null');
    expect(gone).toEqual([]);
  });
});
