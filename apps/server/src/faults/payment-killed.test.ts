import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/database.ts';
import { type FaultProxy, openFaultProxy } from '../../../../test/fault-proxy.ts';
import { Client, type Json } from '../../../../test/server.ts';
import { aMoneyWorld, type MoneyWorld } from '../modules/payments/fixtures.ts';
import { aChildServer, type ChildServer } from './fixtures.ts';

/** The server is killed between the provider and the ledger: the money is there, and is found and counted once. */
let database: TestDatabase;
let proxy: FaultProxy;
let world: MoneyWorld;
const children: ChildServer[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await openFaultProxy(database.appUrl);
  world = await aMoneyWorld({ database, startsAt: new Date() });
});
afterAll(async () => {
  for (const child of children) await child.kill();
  await world?.close();
  await proxy?.close();
  await database?.drop();
});

async function started(): Promise<ChildServer> {
  const child = await aChildServer({
    databaseUrl: proxy.through(database.appUrl),
    dataDir: world.dataDir,
    env: { GONGZHI_MODE: 'demo', GONGZHI_EMBEDDED: '1', GONGZHI_PAYMENTS: world.operatorFile },
  });
  children.push(child);
  return child;
}

const at = () => `scopeId=${world.near.compound}`;

/** Created and ordered by Wang's phone at that server. */
async function ordered(child: ChildServer, lineId: string, amountFen: number): Promise<Json> {
  const { cookie, csrf } = world.people.wang.client;
  const client = new Client(child.url, cookie, csrf);
  const created = await client.post('/payments', {
    scopeId: world.near.compound,
    householdId: world.home,
    way: 'wechat',
    targets: [{ kind: 'bill_line', id: lineId, amountFen }],
  });
  expect(created.status, JSON.stringify(created.body)).toBe(201);
  const order = await client.post(`/payments/${created.body.id}/order?${at()}`, { channel: 'h5' });
  expect(order.status, JSON.stringify(order.body)).toBe(200);
  // That server would ask by itself after a quarter of a minute, which a slow machine needs to have it killed.
  const put = await world.ask(
    `update payments.payment set next_query_at = next_query_at + interval '1 hour'
     where payment_id = $1 and next_query_at is not null returning 1`,
    [created.body.id],
  );
  expect(put).toHaveLength(1);
  return created.body;
}

/** As if the server had been away for that long. */
const isToBeAskedAbout = (id: string) =>
  world.ask(
    `update payments.payment set next_query_at = next_query_at - interval '1 hour' where payment_id = $1`,
    [id],
  );

const stateOf = async (id: string) =>
  (await world.ask<{ state: string }>('select state from payments.payment where payment_id = $1', [id]))[0]!
    .state;
const postingsOf = (id: string) =>
  world.ask<{ fen: number }>(
    `select amount_fen::integer as fen from ledger.posting where source_kind = 'payments.payment' and source_id = $1`,
    [id],
  );
const settled = async (lineId: string) =>
  (
    await world.ask<{ fen: number }>(
      'select settled_fen::integer as fen from billing.bill_line where line_id = $1',
      [lineId],
    )
  )[0]!.fen;

test('killed after the provider has told it and before COMMIT: after a restart asking finds it, counted once', async () => {
  const lineId = await world.owes(world.home, 4_400);
  const first = await started();
  const payment = await ordered(first, lineId, 4_400);
  const cut = proxy.when([`pay:${payment.id}`, 'commit'], 'cut');
  const told = world.providers.pay(world.tradeOf(payment));
  await cut;
  await first.kill();
  await told;
  // The provider has it, and nothing of it is here: not a row of it without the others.
  expect(world.providers.book.trades.get(world.tradeOf(payment))!.state).toBe('paid');
  expect([await stateOf(payment.id), await postingsOf(payment.id), await settled(lineId)]).toEqual([
    'pending',
    [],
    0,
  ]);
  // Nobody tells it again, and no phone asks: the server that is begun anew does.
  await isToBeAskedAbout(payment.id);
  await started();
  await expect.poll(() => stateOf(payment.id), { timeout: 90_000 }).toBe('paid');
  expect([await postingsOf(payment.id), await settled(lineId)]).toEqual([[{ fen: 4_400 }], 4_400]);
}, 300_000);

test('killed between COMMIT and the thanks: the provider tells it again, and it was counted', async () => {
  const lineId = await world.owes(world.home, 5_500);
  const child = children.at(-1)!;
  const payment = await ordered(child, lineId, 5_500);
  const held = proxy.when([`pay:${payment.id}`, 'commit'], 'hold answers');
  const told = world.providers.pay(world.tradeOf(payment));
  await held;
  await expect.poll(() => stateOf(payment.id), { timeout: 60_000 }).toBe('paid');
  await child.kill();
  await told;
  // It was not thanked, so it waits to be told again; where to, is where the server is now.
  expect(world.providers.book.letters).not.toEqual([]);
  const next = await started();
  for (const trade of world.providers.book.trades.values())
    Object.assign(trade, { notifyUrl: trade.notifyUrl.replace(/^http:\/\/[^/]+/, next.url) });
  expect(await world.providers.deliver()).toBeGreaterThan(0);
  const { cookie, csrf } = world.people.wang.client;
  const check = await new Client(next.url, cookie, csrf).post(`/payments/${payment.id}/check?${at()}`);
  expect(check.body.state).toBe('paid');
  expect([await postingsOf(payment.id), await settled(lineId)]).toEqual([[{ fen: 5_500 }], 5_500]);
}, 300_000);
