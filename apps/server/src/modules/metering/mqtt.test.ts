import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { FrameStream } from '@gongzhi/kernel/dlt645/index.ts';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { serveMeters } from '../../../../../simulator/src/meters/line.ts';
import { aMeter } from '../../../../../simulator/src/meters/meter.ts';
import { connectMeters } from '../../../../../simulator/src/meters/mqtt.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { gatewayTopic, gatewayUser } from './domain.ts';
import { MeterYard } from './fixtures.ts';
import { openCollector } from './service-collector.ts';

/* Gateways on our broker: one as the simulator builds it by docs/meters.md, others as the npm client `mqtt` sees the broker. */

let world: World;
let yard: MeterYard;
const clients: MqttClient[] = [];
beforeAll(async () => {
  world = await aWorld({ roles: 'api,devices', env: { GONGZHI_MQTT_PORT: '0' } });
  yard = new MeterYard(world);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
});
afterAll(async () => {
  await yard.collector.stop();
  await world.close();
});

const MINUTE = 60_000;
let next = 1;
async function aGateway() {
  const { gateway, secret } = await yard.gateway({ transport: 'mqtt' });
  const name = { scopeId: world.near.compound, gatewayId: gateway.id };
  return { gateway, secret, name, userName: gatewayUser(name) };
}
async function onIt(gateway: Json, state: Parameters<typeof aMeter>[1] = {}) {
  const address = `60210707250${next++}`;
  const wall = aMeter(address, { energy: 10_000, ...state });
  return { wall, meter: await yard.meter({ line: { gatewayId: gateway.id, address } }) };
}
async function connected(userName: string, password: string, more: IClientOptions = {}) {
  const client = await connectAsync(
    world.server.mqttUrl!,
    { username: userName, password, reconnectPeriod: 0, ...more },
    false,
  );
  client.on('error', () => {});
  clients.push(client);
  return client;
}
const held = () => yard.collector.connected();
const closed = (client: MqttClient) => new Promise<void>((done) => client.once('close', () => done()));

describe('a gateway of meters on the broker', () => {
  it('brings readings and commands, and a purchase, over the one line', async () => {
    const one = await aGateway();
    const { meter, wall } = await onIt(one.gateway, { fen: 0, mood: 'pieces' });
    // What waits for a line that nobody holds stays until somebody does.
    await yard.works();
    expect((await yard.page(meter)).meter.lineState).toBe('never');
    const line = await connectMeters([wall], { ...one, mqttUrl: world.server.mqttUrl! });
    await expect.poll(held).toEqual([one.gateway.id]);
    world.clock.advance(MINUTE);
    wall.energy = 10_150;
    await yard.readNow(meter);
    await yard.works();
    expect((await yard.page(meter)).meter).toMatchObject({ lastValue: 101.5, lineState: 'ok' });
    expectStatus(await yard.prepaid(meter, { keeps: 'meter' }), 201);
    await yard.pay(meter, 3_000);
    await yard.works();
    expect([wall.fen, (await yard.page(meter)).topUps[0].state]).toEqual([3_000, 'confirmed']);
    expectStatus(await yard.command(meter, { kind: 'trip', reason: 'safety' }), 201);
    await yard.works();
    expect([wall.isOpen, (await yard.page(meter)).meter.isOpen]).toEqual([true, true]);
    line.close();
    await expect.poll(held).toEqual([]);
  });

  it('is let in by its secret, hears its own bus only, and is put out when it comes again or is retired', async () => {
    const [one, other] = [await aGateway(), await aGateway()];
    const calling = await yard.gateway({ transport: 'listen' });
    const user = (id: string) => gatewayUser({ scopeId: world.near.compound, gatewayId: id });
    const refused = async (userName: string, secret: string) =>
      expect(connected(userName, secret)).rejects.toMatchObject({ code: 4 });
    await refused(one.userName, other.secret);
    await refused(user(calling.gateway.id), calling.secret);
    await refused(gatewayUser({ scopeId: world.far.compound, gatewayId: one.gateway.id }), one.secret);
    await expect(
      connected(one.userName, one.secret, {
        will: {
          topic: gatewayTopic(other.name, 'state'),
          payload: Buffer.from('gone'),
          qos: 0,
          retain: false,
        },
      }),
    ).rejects.toMatchObject({ code: 5 });
    const first = await connected(one.userName, one.secret);
    const granted = await first.subscribeAsync(gatewayTopic(other.name, 'down')).catch(() => 'no');
    expect(granted === 'no' || (granted as { qos: number }[])[0]?.qos === 128).toBe(true);
    expect(held()).toEqual([]);
    await first.subscribeAsync(gatewayTopic(one.name, 'down'));
    await expect.poll(held).toEqual([one.gateway.id]);
    const gone = closed(first);
    const second = await connected(one.userName, one.secret);
    await second.subscribeAsync(gatewayTopic(one.name, 'down'));
    await gone;
    await expect.poll(held).toEqual([one.gateway.id]);
    // Another's topic ends it.
    const out = closed(second);
    second.publish(gatewayTopic(other.name, 'up'), Buffer.from([0x68]), { qos: 0 });
    await out;
    await expect.poll(held).toEqual([]);
    const { manager } = world.people;
    await manager.client.post(`/meters/gateways/${one.gateway.id}/retire?scopeId=${world.near.compound}`);
    await refused(one.userName, one.secret);
  });

  it('may say what it likes: only the answer of the meter that was asked is one', async () => {
    const one = await aGateway();
    const { meter } = await onIt(one.gateway);
    const line = await connected(one.userName, one.secret);
    const asked: Buffer[] = [];
    const up = gatewayTopic(one.name, 'up');
    line.on('message', (_topic, bytes) => {
      asked.push(bytes);
      // An echo, noise, and something kept from yesterday.
      line.publish(up, bytes);
      line.publish(up, Buffer.from([0x68, 0x11, 0xfe, 0x68, 0x00, 0x16]));
      line.publish(up, Buffer.alloc(200, 0xfe));
    });
    await line.subscribeAsync(gatewayTopic(one.name, 'down'));
    await expect.poll(held).toEqual([one.gateway.id]);
    world.clock.advance(MINUTE);
    await yard.readNow(meter);
    await yard.works();
    expect((await yard.page(meter)).meter).toMatchObject({ lastValue: 100, lineState: 'error' });
    expect(new FrameStream().push(asked[0]!)[0]).toMatchObject({
      type: 'frame',
      frame: { address: meter.address, isReply: false },
    });
    // The paper's own example is such a question.
    const paper = readFileSync(new URL('../../../../../docs/meters.md', import.meta.url), 'utf8');
    const hex = /^(FE FE FE FE 68 .*)$/m.exec(paper)![1]!.replaceAll(' ', '');
    expect(new FrameStream().push(Buffer.from(hex, 'hex')).at(-1)).toMatchObject({
      type: 'frame',
      frame: { address: '202107072501', isReply: false },
    });
  });
});

describe('a gateway whose meters are silent', () => {
  it('keeps no other waiting', async () => {
    const walls = [aMeter('602107072591', { mood: 'silent' }), aMeter('602107072592', { energy: 10_000 })];
    const lines = await Promise.all(walls.map((wall) => serveMeters([wall])));
    const meters: Json[] = [];
    for (const [at, { port }] of lines.entries()) {
      const { gateway } = await yard.dial(port);
      meters.push(await yard.meter({ line: { gatewayId: gateway.id, address: walls[at]!.address } }));
    }
    // It would wait for the silent one until it is stopped.
    const collector = openCollector(world.server.house, world.worker, {
      patienceMilliseconds: 600_000,
      everyMilliseconds: 20,
    });
    const reads = async () => (await yard.page(meters[1]!)).meter.lineState;
    await expect.poll(reads).toBe('ok');
    expectStatus(await yard.command(meters[1]!, { kind: 'trip', reason: 'safety' }), 201);
    await expect.poll(() => walls[1]!.isOpen).toBe(true);
    expect((await yard.page(meters[0]!)).meter.lineState).toBe('never');
    await collector.stop();
    expect((await yard.page(meters[0]!)).meter.lineState).toBe('error');
    await Promise.all(lines.map((line) => line.close()));
  });
});

describe('what never left', () => {
  it('is tried again, said when it did not get there, and leaves by itself while there is time', async () => {
    const one = await aGateway();
    const { meter, wall } = await onIt(one.gateway, { fen: 0 });
    expectStatus(await yard.prepaid(meter, { keeps: 'meter' }), 201);
    await yard.pay(meter, 2_000);
    await yard.works();
    const topUp = async () => (await yard.page(meter)).topUps[0].state;
    for (let turn = 0; turn < 3; turn += 1) {
      world.clock.advance(10 * MINUTE);
      await yard.works();
    }
    expect([await topUp(), (await yard.page(meter)).commands[0]]).toMatchObject([
      'sent',
      { state: 'waiting', attempts: 3, error: 'disconnected' },
    ]);
    for (let turn = 0; turn < 4; turn += 1) {
      world.clock.advance(40 * MINUTE);
      await yard.works();
    }
    expect([await topUp(), (await yard.page(meter)).findings.map(({ rule }: Json) => rule)]).toEqual([
      'failed',
      ['top_up_failed'],
    ]);
    const own = (await world.people.wang.client.get('/meters/own')).body.items;
    expect(own.find((each: Json) => each.meter.id === meter.id).topUps[0].state).toBe('failed');
    const line = await connectMeters([wall], { ...one, mqttUrl: world.server.mqttUrl! });
    await expect.poll(held).toEqual([one.gateway.id]);
    const { id } = (await yard.page(meter)).topUps[0];
    const retry = `/meters/${meter.id}/top-ups/${id}/retry?scopeId=${meter.scopeId}`;
    expectStatus(await world.people.desk.client.post(retry), 202);
    await yard.works();
    expect([await topUp(), wall.fen, (await yard.page(meter)).findings]).toEqual(['confirmed', 2_000, []]);
    line.close();
  });
});
