import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import {
  addTo,
  closed,
  commandsOf,
  connected,
  disconnect,
  http,
  keyed,
  link,
  passagesOf,
  type Thing,
  thingOf,
} from './barriers/fixtures.ts';
import { gateTopicsOf } from './domain.ts';
import { aGate, aPass, type TestGate } from './fixtures.ts';

/* Gate devices by MQTT and HTTP, and barriers: the contract of docs/gate.md. */

let world: World;
beforeAll(async () => {
  world = await aWorld({ roles: 'api,devices', env: { GONGZHI_MQTT_PORT: '0' } });
});
afterEach(disconnect);
afterAll(() => world?.close());

const scope = () => `?scopeId=${world.near.compound}`;

describe('a gate device on the broker', () => {
  test('checks are one passage however often they are said, and answered on its topic', async () => {
    const gate = await aGate(world);
    const pass = await aPass(world, { card_index: null });
    const { say, answers } = await connected(world, thingOf(gate));
    const id = randomUUID();
    const check = { checks: [{ id, direction: 'in', text: pass.code(world.clock.now()) }] };
    await say('checks', check);
    await say('checks', check);
    await expect.poll(() => answers.length).toBe(2);
    expect(answers.map(({ type, results }) => [type, results[0].status, results[0].outcome])).toEqual([
      ['checks', 'decided', 'pass'],
      ['checks', 'repeated', 'pass'],
    ]);
    expect(answers[0].results[0].sentence['zh-CN']).toBe('请进');
    expect(await passagesOf(world, gate)).toHaveLength(1);
    // What makes no sense is received, for it would be as senseless when sent again; and it is said.
    await say('checks', 'not json');
    await say('checks', { checks: [] });
    await say('checks', { checks: [{ id, direction: 'in', passId: pass.id }] });
    await say('checks', check, true);
    await say('acks', { id });
    await expect.poll(() => answers.length).toBe(7);
    expect(answers.slice(2).map(({ type, code, of }) => [type, code, of])).toEqual([
      ['refused', 'validation.failed', 'checks'],
      ['refused', 'validation.failed', 'checks'],
      ['refused', 'validation.failed', 'checks'],
      ['refused', 'validation.failed', 'checks'],
      ['refused', 'validation.failed', 'acks'],
    ]);
    expect(await passagesOf(world, gate)).toHaveLength(1);
  });

  test('tells the time and is told ours', async () => {
    const gate = await aGate(world);
    const { say, answers } = await connected(world, thingOf(gate));
    const day = 86_400_000;
    await say('state', { at: world.clock.now().toISOString() });
    await say('state', { at: new Date(world.clock.now().getTime() - day).toISOString() });
    await expect
      .poll(() => answers.map(({ type, isClockOff }) => [type, isClockOff]))
      .toEqual([
        ['state', false],
        ['state', true],
      ]);
    expect(answers[1].now).toBe(world.clock.now().toISOString());
    const { items } = expectStatus(await world.people.manager.client.get(`/access/gates${scope()}`), 200);
    const seen = items.find((one: Json) => one.id === gate.gate.id).devices[0];
    expect([seen.standing, seen.clockSkewMs]).toEqual(['clock_off', -day]);
    // The same over HTTP; a clock put right is right.
    const heard = await http(world, thingOf(gate), '/access/heartbeats', {
      at: world.clock.now().toISOString(),
    });
    expect([heard.status, heard.body.isClockOff]).toEqual([200, false]);
  });

  test('comes in with its own key only, and a key that is replaced ends the connection', async () => {
    const gate = await aGate(world);
    const other = await aGate(world);
    for (const wrong of [
      { password: 'wrong' },
      { password: other.password },
      { username: `${gate.scopeId}.01900000-0000-7000-8000-00000000dead` },
      // A sensor's name is no gate's.
      { username: `${gate.scopeId}/${gate.deviceId}` },
    ])
      await expect(connected(world, thingOf(gate), wrong)).rejects.toMatchObject({ code: 4 });
    const will = (topic: string, payload: string) => ({
      will: { topic, payload: Buffer.from(payload), qos: 1 as const, retain: false },
    });
    const { state } = gateTopicsOf(thingOf(gate));
    await expect(
      connected(world, thingOf(gate), will(gateTopicsOf(thingOf(other)).state, 'gone')),
    ).rejects.toMatchObject({ code: 5 });
    const { client, say } = await connected(world, thingOf(gate), will(state, 'gone'));
    await gate.getsKey();
    const out = closed(client);
    say('checks', { checks: [{ id: randomUUID(), direction: 'in', card: 'X' }] }).catch(() => {});
    await out;
    expect(await passagesOf(world, gate)).toEqual([]);
  });

  test('speaks and listens on its own topics only', async () => {
    const [gate, other] = [await aGate(world), await aGate(world)];
    const check = JSON.stringify({ checks: [{ id: randomUUID(), direction: 'in', card: 'X' }] });
    for (const topic of [
      gateTopicsOf(thingOf(other)).checks,
      gateTopicsOf(thingOf(gate)).commands,
      gateTopicsOf(thingOf(gate)).answers,
      'anything',
    ]) {
      const { client } = await connected(world, thingOf(gate));
      const out = closed(client);
      client.publish(topic, check, { qos: 1 });
      await out;
    }
    const { client } = await connected(world, thingOf(gate));
    for (const topic of [
      gateTopicsOf(thingOf(other)).commands,
      '#',
      'gongzhi/gate/#',
      gateTopicsOf(thingOf(gate)).checks,
    ])
      await expect(client.subscribeAsync(topic)).rejects.toThrow();
    expect(await passagesOf(world, other)).toEqual([]);
  });

  test('a flood ends its own connection; a packet that is too long too', async () => {
    const [flood, calm] = [await aGate(world), await aGate(world)];
    const first = await connected(world, thingOf(flood));
    const out = closed(first.client);
    for (let i = 0; i < 700; i++) first.client.publish(gateTopicsOf(thingOf(flood)).state, '{}', { qos: 0 });
    await out;
    const second = await connected(world, thingOf(calm));
    const cut = closed(second.client);
    second.client.publish(gateTopicsOf(thingOf(calm)).checks, 'x'.repeat(70_000), { qos: 0 });
    await cut;
    const third = await connected(world, thingOf(calm));
    await third.say('state', {});
    await expect.poll(() => third.answers.length).toBe(1);
  });

  test('what it decided offline is written into the chain in its order, once', async () => {
    const gate = await aGate(world);
    const pass = await aPass(world);
    const { say, answers } = await connected(world, thingOf(gate));
    const at = world.clock.now().getTime();
    const verdict = {
      outcome: 'pass',
      findings: [],
      say: 'welcome',
      params: {},
      policies: [],
      overriders: [],
      urgent: null,
    };
    const decisions = [0, 1, 2].map((n) => ({
      id: randomUUID(),
      n,
      at: at - 60_000 + n * 1_000,
      deviceAt: at - 60_000 + n * 1_000,
      direction: 'in',
      text: n === 0 ? pass.code(new Date(at - 60_000)) : null,
      spokenId: null,
      ref: n === 0 ? pass.ref : null,
      way: n === 0 ? 'code' : 'none',
      step: n === 0 ? Math.floor((at - 60_000) / 30_000) : null,
      urgent: n === 0 ? null : 'oxygen',
      temperatureTenths: null,
      wearsMask: null,
      verdict,
      listVersion: null,
      latencyUs: 1_500,
      byAccountId: null,
      override: null,
    }));
    await say('decisions', { deviceNow: at, decisions });
    await say('decisions', { deviceNow: at, decisions });
    await expect.poll(() => answers.length).toBe(2);
    for (const answer of answers)
      expect([answer.type, answer.taken]).toEqual(['decisions', decisions.map(({ id }) => id)]);
    expect(await passagesOf(world, gate)).toEqual(
      decisions.map(({ id }) => ({ id, outcome: 'pass', decided_by: 'offline' })),
    );
    // The same list of who may pass is a reader's too.
    const list = await http(world, thingOf(gate), '/access/bundle');
    expect([list.status, list.body.deviceId]).toEqual([200, gate.deviceId]);
  });
});

describe('a barrier', () => {
  let gate: TestGate;
  let barrier: Thing;
  beforeEach(async () => {
    gate = await aGate(world);
    barrier = await addTo(world, gate, 'barrier', '道闸 1');
    expectStatus(await link(world, gate.deviceId, barrier.deviceId), 200);
  });

  const passes = async (more: Json = {}) => {
    const pass = await aPass(world);
    const id = randomUUID();
    const sent = await gate.sends([{ id, direction: 'in', text: pass.code(world.clock.now()), ...more }]);
    expect(sent.status).toBe(200);
    return { id, result: sent.body.results[0] };
  };

  test('is told by MQTT when somebody passes in its lane, and opens once', async () => {
    const { say, orders, answers } = await connected(world, barrier);
    const { id } = await passes();
    await expect.poll(() => orders.length).toBe(1);
    const [order] = orders;
    expect(order).toMatchObject({ action: 'open', holdSeconds: 10, validForMs: 10_000 });
    // The same check again is the same passage: no second order.
    await gate.sends([{ id, direction: 'in' }]);
    await say('acks', { id: order.id, outcome: 'opened' });
    await say('acks', { id: order.id, outcome: 'failed' });
    await say('acks', { id: randomUUID(), outcome: 'opened' });
    await expect
      .poll(() => answers.map(({ type, status }) => [type, status]))
      .toEqual([
        ['acks', 'recorded'],
        ['acks', 'repeated'],
        ['acks', 'unknown'],
      ]);
    expect(await commandsOf(world, barrier)).toEqual([
      { id: order.id, outcome: 'opened', cause: 'verdict', passage_id: id, hold_seconds: 10, sent_count: 1 },
    ]);
    expect(orders).toHaveLength(1);
  });

  test('stays down for who is stopped, and open longer for an urgent trip', async () => {
    const { orders } = await connected(world, barrier);
    await gate.sees({ card: 'NOBODY' });
    await gate.sees({ urgent: 'ambulance' });
    await expect.poll(() => orders.map(({ holdSeconds }) => holdSeconds)).toEqual([90]);
    expect(await commandsOf(world, barrier)).toHaveLength(1);
  });

  test('that answers nothing is asked again, and never late', async () => {
    const { orders } = await connected(world, barrier);
    await passes();
    await expect.poll(() => orders.length).toBe(1);
    world.clock.advance(2_000);
    await expect.poll(() => orders.length).toBe(2);
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1);
    const shown = async () => {
      const page = `/access/barriers${scope()}&gateId=${gate.gate.id}`;
      return expectStatus(await world.people.desk.client.get(page), 200).items[0].commands[0];
    };
    expect((await shown()).state).toBe('waiting');
    world.clock.advance(8_000);
    expect((await shown()).state).toBe('unanswered');
    // Whoever comes back now is told nothing of it.
    const late = await connected(world, barrier);
    const now = await http(world, barrier, '/access/barrier-orders');
    expect(now.body.items).toEqual([]);
    expect(late.orders).toEqual([]);
    // But what did happen is written down, when its word comes late.
    await http(world, barrier, `/access/barrier-orders/${orders[0].id}/answer`, { outcome: 'opened' });
    expect((await shown()).state).toBe('opened');
  });

  test('waits for orders over HTTP too, and says what it did', async () => {
    const waiting = http(world, barrier, '/access/barrier-orders?wait=20');
    await passes();
    const { body } = await waiting;
    expect(body.items).toMatchObject([{ action: 'open', holdSeconds: 10 }]);
    const answer = `/access/barrier-orders/${body.items[0].id}/answer`;
    expect(
      (await http(world, barrier, answer, { outcome: 'refused', detail: 'obstructed' })).body.status,
    ).toBe('recorded');
    expect((await http(world, barrier, answer, { outcome: 'opened' })).body.status).toBe('repeated');
    const other = await aGate(world);
    expect((await http(world, thingOf(other), answer, { outcome: 'opened' })).body.status).toBe('unknown');
    expect((await http(world, { ...barrier, password: 'wrong' }, '/access/barrier-orders')).status).toBe(401);
    expect((await http(world, thingOf(gate), '/access/barrier-orders')).body.items).toEqual([]);
    expect((await commandsOf(world, barrier))[0]).toMatchObject({ outcome: 'refused' });
  });

  test('with a key that was replaced is told nothing', async () => {
    const { client, orders } = await connected(world, barrier);
    await keyed(world, barrier);
    const out = closed(client);
    await passes();
    await out;
    expect(orders).toEqual([]);
    const again = await connected(world, barrier);
    world.clock.advance(2_000);
    await expect.poll(() => again.orders.length).toBe(1);
  });

  test('is opened by hand with a reason, by whoever keeps the gate', async () => {
    const { orders } = await connected(world, barrier);
    const path = `/access/barriers/${barrier.deviceId}/open${scope()}`;
    const { desk, street, wang, farDesk } = world.people;
    const done = expectStatus(await desk.client.post(path, { reason: 'urgent' }), 202);
    expect(done.commands[0]).toMatchObject({
      state: 'waiting',
      cause: 'person',
      reason: 'urgent',
      holdSeconds: 90,
    });
    await expect.poll(() => orders.length).toBe(1);
    expect((await desk.client.post(path, { reason: 'because' })).status).toBe(422);
    expect((await street.client.post(path, { reason: 'test' })).status).toBe(403);
    expect((await wang.client.post(path, { reason: 'test' })).status).toBe(403);
    expect((await farDesk.client.post(path, { reason: 'test' })).status).toBe(404);
    // Who, when and why.
    const kept = await world.ask(
      `select detail from platform.audit where action = 'barrier.opened_by_hand' and object_id = $1`,
      [barrier.deviceId],
    );
    expect(kept).toHaveLength(1);
    const reader = await desk.client.post(`/access/barriers/${gate.deviceId}/open${scope()}`, {
      reason: 'test',
    });
    expect(reader.status).toBe(404);
  });

  test('belongs to its own gate’s lanes, and to none once it has gone', async () => {
    const other = await aGate(world);
    expect((await link(world, other.deviceId, barrier.deviceId)).body.code).toBe('access.barrier_unknown');
    expect((await link(world, barrier.deviceId, barrier.deviceId)).body.code).toBe('access.barrier_unknown');
    expect((await link(world, gate.deviceId, gate.deviceId)).body.code).toBe('access.barrier_unknown');
    const { manager } = world.people;
    const { items } = expectStatus(await manager.client.get(`/access/gates${scope()}`), 200);
    const device = items.flatMap((one: Json) => one.devices).find((one: Json) => one.id === barrier.deviceId);
    const moved = expectStatus(
      await manager.client.post(`/access/devices/${barrier.deviceId}/commands${scope()}`, {
        action: 'move',
        expectedVersion: device.version,
        gateId: other.gate.id,
      }),
      200,
    );
    expect(moved.id).toBe(other.gate.id);
    await passes();
    expect(await commandsOf(world, barrier)).toEqual([]);
  });
});
