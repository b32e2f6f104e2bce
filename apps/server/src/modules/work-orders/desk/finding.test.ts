import { gramsOf, uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../../test/world.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { aWorkOrder, expectStatus, type Held } from '../fixtures.ts';
import { passRows } from '../queries-passing.ts';
import { searchIndex } from './due-search.ts';
import { indexWords } from './fixtures.ts';

/** How orders come to be found by their words: a queue beside them, emptied by workers that share it. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const claim = (tx: Tx) => searchIndex.claim(tx, world.clock.now(), 200, world.server.house);
const words = '顶楼水箱渗漏';
const aReport = () => world.people.wang.reports(aWorkOrder().atHome(world.home).saying(words));
const textOf = (order: Pick<Json, 'placeLabel'>): string => `${words} ${order.placeLabel}`;

/** A history as a loader brings it: rows of orders, and that they wait. */
async function aHistory(order: Held, count: number): Promise<string[]> {
  const longAgo = world.clock.now().getTime() - 90 * 86_400_000;
  const ids = Array.from({ length: count }, (_, i) => uuidv7(longAgo + i));
  await world.ask(
    `insert into work_orders.work_order select (jsonb_populate_record(o, jsonb_build_object('work_order_id', id, 'number', id))).*
     from work_orders.work_order o, unnest($2::uuid[]) id where o.work_order_id = $1`,
    [order.id, ids],
  );
  await world.ask(
    `insert into work_orders.unindexed select scope_id, work_order_id, city_id, street_id, company_id
     from work_orders.work_order where work_order_id = any ($1)`,
    [ids],
  );
  return ids;
}

const waiting = async (ids: readonly string[]) =>
  (await world.ask('select from work_orders.unindexed where work_order_id = any ($1)', [ids])).length;
/** How many orders have so many postings. */
const postings = async (ids: readonly string[]): Promise<[count: number, orders: number][]> =>
  (
    await world.ask<{ count: number; orders: number }>(
      `select count, count(*)::int as orders from (
         select (select count(*)::int from work_orders.gram g where g.work_order_id = id) as count from unnest($1::uuid[]) id) o
       group by 1 order by 1`,
      [ids],
    )
  ).map(({ count, orders }) => [count, orders]);

test('an order waits in the queue until its words are written, and no command puts it there again', async () => {
  let order = await aReport();
  expect([await waiting([order.id]), await postings([order.id])]).toEqual([1, [[0, 1]]]);
  await indexWords(world);
  const all = gramsOf(textOf(order)).length;
  expect([await waiting([order.id]), await postings([order.id])]).toEqual([0, [[all, 1]]]);
  order = await world.people.desk.does(order, 'triage', { priority: 'high' });
  expect(await waiting([order.id])).toBe(0);
  // Told again that it waits, nothing is written twice and nobody is held up.
  await world.ask('insert into work_orders.unindexed (scope_id, work_order_id) values ($1, $2)', [
    order.scopeId,
    order.id,
  ]);
  const next = await aReport();
  await indexWords(world);
  expect([await waiting([order.id, next.id]), await postings([order.id, next.id])]).toEqual([0, [[all, 2]]]);
});

test('two workers share what waits: neither does what the other holds, and a failed one’s is done again', async () => {
  const order = await aReport();
  await indexWords(world);
  const ids = await aHistory(order, 1_300);
  const taken: number[] = [];
  await expect(
    world.worker.work(async (failing) => {
      taken.push(await claim(failing));
      taken.push(await world.worker.work((other) => claim(other)));
      throw new Error('the machine went');
    }),
  ).rejects.toThrow('the machine went');
  expect(taken).toEqual([1_000, 300]);
  const all = gramsOf(textOf(order)).length;
  expect([await waiting(ids), await postings(ids)]).toEqual([
    1_000,
    [
      [0, 1_000],
      [all, 300],
    ],
  ]);
  await indexWords(world);
  expect([await waiting(ids), await postings(ids)]).toEqual([0, [[all, 1_300]]]);
});

test('what is reported now is found before a history that was brought in', async () => {
  const order = await aReport();
  await indexWords(world);
  const ids = await aHistory(order, 20);
  const fresh = await aReport();
  await world.worker.work((tx) => claim(tx));
  expect([await waiting([fresh.id]), await waiting(ids)]).toEqual([0, 20]);
  const found = await world.people.desk.client.get(
    `/work-orders?limit=100&words=${encodeURIComponent(words)}`,
  );
  expect(expectStatus(found, 200).items.map(({ id }: { id: string }) => id)).toContain(fresh.id);
  await indexWords(world);
  expect(await waiting(ids)).toBe(0);
});

test('a company that takes over while the words are being written finds by all of them', async () => {
  const order = await aReport();
  const companies = async () =>
    (
      await world.ask<{ id: string }>(
        'select distinct company_id as id from work_orders.gram where work_order_id = $1',
        [order.id],
      )
    ).map(({ id }) => id);
  const { scopeId: scope, id } = order;
  const pass = () =>
    world.worker.work(async (tx) => {
      passRows(tx, { scope, id, company: world.far.company, words: textOf(order), now: world.clock.now() });
    });
  let passing = Promise.resolve();
  await world.worker.work(async (tx) => {
    await claim(tx);
    passing = pass();
    const blocked = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await world.ask(blocked)).length).toBe(1);
  });
  await passing;
  expect(await companies()).toEqual([world.far.company]);

  // And one that was there before whoever writes them.
  const later = await aReport();
  await world.worker.work(async (tx) => {
    passRows(tx, {
      scope: later.scopeId,
      id: later.id,
      company: world.far.company,
      words: textOf(later),
      now: world.clock.now(),
    });
  });
  await indexWords(world);
  const rows = await world.ask(
    'select distinct company_id as id from work_orders.gram where work_order_id = $1',
    [later.id],
  );
  expect(rows).toEqual([{ id: world.far.company }]);
});
