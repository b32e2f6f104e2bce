import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../test/world.ts';
import { Listening } from '../modules/work-orders/fixtures.ts';
import { aDurablePostgres, assertNothingLost, type DurablePostgres, Load } from './fixtures.ts';

/** PostgreSQL dies under load, without a word, and comes back: the server lives on, and what it acknowledged is there. */
let postgres: DurablePostgres;
let world: World;
beforeAll(async () => {
  postgres = await aDurablePostgres();
  world = await aWorld({ database: postgres, roles: 'api,worker' });
});
afterAll(async () => {
  await world?.close();
  await postgres?.remove();
});

const until = async (isSo: () => boolean) => {
  await expect.poll(isSo).toBe(true);
};
const ready = async () => (await fetch(`${world.url}/readyz`)).status;

test('killed and restarted under load: 503 meanwhile, then everything that was acknowledged, each once', async () => {
  const { wang, desk } = world.people;
  const line = await Listening.open(desk);
  const load = new Load(world, 8);
  await until(() => load.acknowledged.size >= 30);

  postgres.kill();
  const before = load.refused.length;
  await until(() => load.refused.length > before + 10);
  expect(await ready()).toBe(503);
  expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
  world.clock.advance(5_000);
  const read = await wang.client.get('/work-orders');
  expect([read.status, read.body.code, Number(read.headers.get('retry-after')) > 0]).toEqual([
    503,
    'unavailable',
    true,
  ]);
  await sleep(500);
  const whileAway = load.acknowledged.size;

  await postgres.start();
  await until(() => load.acknowledged.size > whileAway + 30);
  await load.stop();
  expect(await ready()).toBe(200);
  // Away means 503 with a time to come back, never another fault; and no request was left without an answer.
  for (const { status, body, headers } of load.refused) {
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '2']);
  }
  expect(load.unanswered).toBe(0);
  await assertNothingLost(world, load);

  // The worker went on by itself too: the desk is told of every order once, and its page moved.
  await world.told();
  const [told] = await world.ask(
    `select count(*)::int as notices, count(distinct params ->> 'number')::int as orders from platform.notification
     where account_id = $1 and template = 'work_order.submitted'`,
    [desk.accountId],
  );
  expect(told).toEqual({ notices: load.acknowledged.size, orders: load.acknowledged.size });
  const again = await Listening.open(desk);
  const last = await world.anOrder('assigned');
  await expect.poll(() => again.kindsOf(last.id)).toEqual(['work_order.submitted', 'work_order.assigned']);
  line.close();
  again.close();
});

test('one of its processes is killed: PostgreSQL starts over by itself, and so do we', async () => {
  const before = (await world.ask('select 1 from work_orders.work_order')).length;
  const load = new Load(world, 4);
  await until(() => load.acknowledged.size >= 10);
  const [victim] = await world.ask(
    `select pid from pg_stat_activity where application_name = 'gongzhi api' limit 1`,
  );
  process.kill(victim.pid, 'SIGKILL');
  const at = load.acknowledged.size;
  await until(() => load.acknowledged.size > at + 30);
  await load.stop();
  expect(load.refused.filter((answer) => answer.status !== 503)).toEqual([]);
  await assertNothingLost(world, load, before);
  await expect.poll(ready).toBe(200);
});
