import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/database.ts';
import { type FaultProxy, openFaultProxy } from '../../../../test/fault-proxy.ts';
import { Client } from '../../../../test/server.ts';
import { aWorld, type World } from '../../../../test/world.ts';
import { aWorkOrder } from '../modules/work-orders/fixtures.ts';
import { aChildServer, assertNothingLost, type ChildServer, Load } from './fixtures.ts';

/** The server itself is killed, as by the kernel that runs out of memory; another one takes over. */
let database: TestDatabase;
let proxy: FaultProxy;
let world: World;
const children: ChildServer[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await openFaultProxy(database.appUrl);
  world = await aWorld({ database, isDemonstration: false, startsAt: new Date() });
});
afterAll(async () => {
  for (const child of children) await child.kill();
  await world?.close();
  await proxy?.close();
  await database?.drop();
});

async function started(): Promise<ChildServer> {
  const child = await aChildServer({ databaseUrl: proxy.through(database.appUrl), dataDir: world.dataDir });
  children.push(child);
  return child;
}

const ordersOf = async (description: string) =>
  world.ask('select work_order_id as id, number from work_orders.work_order where description = $1', [
    description,
  ]);

test('killed between COMMIT and answer: the retry with the same key finds its order, and there is one', async () => {
  const { cookie, csrf } = world.people.wang.client;
  const report = aWorkOrder().atHome(world.home).saying('提交之后、回答之前').body(world.near.compound);
  const key = { 'idempotency-key': randomUUID() };
  const first = await started();
  const held = proxy.when(['work_order_insert', 'commit'], 'hold answers');
  const lost = new Client(first.url, cookie, csrf).post('/work-orders', report, key).then(
    (answer) => answer.status,
    () => 'no answer',
  );
  await held;
  // It is on disk; the server waits for an answer that does not come, and dies of something else.
  await expect.poll(async () => (await ordersOf('提交之后、回答之前')).length).toBe(1);
  await first.kill();
  expect(await lost).toBe('no answer');

  const second = await started();
  const again = await new Client(second.url, cookie, csrf).post('/work-orders', report, key);
  expect([again.status, again.headers.get('idempotent-replay')]).toEqual([201, 'true']);
  expect(await ordersOf('提交之后、回答之前')).toEqual([{ id: again.body.id, number: again.body.number }]);
});

test('killed before COMMIT: nothing is there, and the retry makes it', async () => {
  const { cookie, csrf } = world.people.wang.client;
  const report = aWorkOrder().atHome(world.home).saying('还没有提交').body(world.near.compound);
  const key = { 'idempotency-key': randomUUID() };
  const first = children.at(-1)!;
  // Answers are held from the moment the rows are sent: COMMIT, which travels with them, is cut off.
  const cut = proxy.when(['work_order_insert', 'commit'], 'cut');
  const lost = new Client(first.url, cookie, csrf).post('/work-orders', report, key).catch(() => null);
  await cut;
  await first.kill();
  await lost;
  expect(await ordersOf('还没有提交')).toEqual([]);
  const second = await started();
  const again = await new Client(second.url, cookie, csrf).post('/work-orders', report, key);
  expect([again.status, again.headers.get('idempotent-replay')]).toEqual([201, null]);
  expect(await ordersOf('还没有提交')).toHaveLength(1);
});

test('killed under load: what it had acknowledged is there, what it had not comes through the next one, none twice', async () => {
  const before = (await world.ask('select 1 from work_orders.work_order')).length;
  const first = children.at(-1)!;
  const load = new Load(world, 6, first.url);
  await expect.poll(() => load.acknowledged.size).toBeGreaterThan(20);
  await first.kill();
  const second = await started();
  load.url = second.url;
  const at = load.acknowledged.size;
  await expect.poll(() => load.acknowledged.size).toBeGreaterThan(at + 20);
  await load.stop();
  expect(load.unanswered).toBeGreaterThan(0);
  await assertNothingLost(world, load, before);
});
