import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/database.ts';
import { type FaultProxy, openFaultProxy } from '../../../../test/fault-proxy.ts';
import type { Answer } from '../../../../test/server.ts';
import { aWorld, type World } from '../../../../test/world.ts';
import { aWorkOrder, type Somebody } from '../modules/work-orders/fixtures.ts';
import { signingIn } from '../platform/db/actor.ts';
import { openDatabase } from '../platform/db/database.ts';
import { sql } from '../platform/db/sql.ts';

/** The wire to the database is cut, slow or dead: nothing is half-written, nobody waits for ever, all comes back. */
let database: TestDatabase;
let proxy: FaultProxy;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await openFaultProxy(database.appUrl);
  world = await aWorld({ database, serverUrl: proxy.through(database.appUrl) });
});
beforeEach(() => {
  proxy.mend();
  proxy.thaw();
  proxy.delay(0);
});
afterAll(async () => {
  await world.close();
  await proxy.close();
  await database.drop();
});

const leak = () => aWorkOrder().atHome(world.home);
const rowsOf = async (who: Somebody) => {
  const [row] = await world.ask(
    `select (select count(*) from work_orders.work_order where reporter_account_id = $1)::int as orders,
       (select count(*) from work_orders.step where reporter_account_id = $1)::int as steps,
       (select count(*) from work_orders.event where reporter_account_id = $1)::int as events,
       (select count(*) from platform.outbox where reporter_account_id = $1 and kind like 'work_order.%')::int as outbox,
       (select count(*) from platform.idempotency where account_id = $1)::int as answers`,
    [who.accountId],
  );
  return row as Record<string, number>;
};
const oneMore = (rows: Record<string, number>) =>
  Object.fromEntries(Object.entries(rows).map(([name, n]) => [name, n + 1]));

function expectAway({ status, body, headers }: Answer): void {
  expect([status, body.code]).toEqual([503, 'unavailable']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

// Statement by statement: whatever had arrived when the wire was cut is gone, and the same key makes it whole.
test.each([
  ['before the first row', ['work_order_insert']],
  ['after the order', ['work_order_insert', 'work_order_step_insert']],
  ['after its step', ['work_order_insert', 'work_order_event_insert']],
  ['after its event', ['work_order_insert', 'platform.outbox']],
  ['after the outbox', ['work_order_insert', 'platform.idempotency']],
  ['before COMMIT', ['work_order_insert', 'commit']],
])('cut in the middle of a transaction, %s: nothing half-written', async (_, marks) => {
  const { wang } = world.people;
  // The statements' texts go over each connection once; then they are known by name. A new one tells them again.
  proxy.cut();
  await expect.poll(async () => (await wang.client.get('/me')).status).toBe(200);
  const before = await rowsOf(wang);
  const key = { 'idempotency-key': randomUUID() };
  const cut = proxy.when(marks, 'cut');
  expectAway(await wang.tryReport(leak(), key));
  await cut;
  expect(await rowsOf(wang)).toEqual(before);
  const order = await wang.tryReport(leak(), key);
  expect([order.status, order.headers.get('idempotent-replay')]).toEqual([201, null]);
  expect(await rowsOf(wang)).toEqual(oneMore(before));
});

test('cut after COMMIT had arrived: the caller is told to ask again, and finds the order that was made', async () => {
  const { wang } = world.people;
  const before = await rowsOf(wang);
  const key = { 'idempotency-key': randomUUID() };
  const held = proxy.when(['work_order_insert', 'commit'], 'hold answers');
  const first = wang.tryReport(leak(), key);
  await held;
  await expect.poll(() => rowsOf(wang)).toEqual(oneMore(before));
  proxy.cut();
  expectAway(await first);
  const again = await wang.tryReport(leak(), key);
  expect([again.status, again.headers.get('idempotent-replay')]).toEqual([201, 'true']);
  expect(await rowsOf(wang)).toEqual(oneMore(before));
  expect((await wang.sees(again.body)).number).toBe(again.body.number);
});

test('away altogether: 503 with a time to come back, for reading and writing, and not a session lost', async () => {
  const { wang, desk } = world.people;
  const order = await wang.reports(leak());
  proxy.down();
  world.clock.advance(5_000);
  for (const answer of [
    wang.looksAt(order),
    wang.tryReport(leak()),
    desk.tries(order, 'triage'),
    wang.tryUpload(new Uint8Array([1])),
  ]) {
    expectAway(await answer);
  }
  const ready = () => fetch(`${world.url}/readyz`).then((response) => response.status);
  expect([await ready(), (await fetch(`${world.url}/healthz`)).status]).toEqual([503, 200]);
  proxy.mend();
  expect(await ready()).toBe(200);
  expect((await wang.sees(order)).version).toBe(1);
  expect((await desk.does(order, 'triage')).status).toBe('triaged');
});

test('a database that may only be read: pages go on, what would be written is told to come back', async () => {
  const { wang, desk } = world.people;
  const order = await wang.reports(leak());
  const name = new URL(database.adminUrl).pathname.slice(1);
  const isReadOnly = async (value: 'on' | 'off') => {
    await world.ask(`alter database ${name} set default_transaction_read_only = ${value}`);
    // New sessions begin like that.
    proxy.cut();
    await expect.poll(async () => (await wang.client.get('/me')).status).toBe(200);
  };
  await isReadOnly('on');
  expect((await wang.sees(order)).version).toBe(1);
  expectAway(await wang.tryReport(leak()));
  expectAway(await desk.tries(order, 'triage'));
  await isReadOnly('off');
  expect((await desk.does(order, 'triage')).version).toBe(2);
});

test('a slow wire is slow and nothing else', async () => {
  const { wang, desk, li } = world.people;
  proxy.delay(20);
  const order = await wang.reports(leak());
  const sent = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  expect((await li.does(sent, 'accept')).status).toBe('accepted');
});

test('a dead wire: who waits is let go after a while, and the next one gets a new connection', async () => {
  const db = openDatabase({
    url: proxy.through(database.appUrl),
    poolSize: 2,
    applicationName: 'dead wire',
    onIdleError: () => {},
    silenceMilliseconds: 300,
  });
  const ask = () => db.read(signingIn, (q) => q.query<{ one: number }>(sql`select 1 as one`));
  // A machine that does other things too may be silent as long as that.
  const isAnswered = async () => {
    await expect.poll(ask).toEqual([{ one: 1 }]);
  };
  try {
    await isAnswered();
    proxy.freeze();
    // Without an end to its patience it would wait until this test is given up.
    await expect(ask()).rejects.toThrow(/timeout|terminated/);
    proxy.thaw();
    await isAnswered();
  } finally {
    await db.close();
  }
});

test('who is gone holds nothing back, however long what it asked for has to wait', async () => {
  const db = openDatabase({
    url: proxy.through(database.appUrl),
    poolSize: 1,
    applicationName: 'gone',
    onIdleError: () => {},
  });
  const held = await world.admin.connect();
  const free = async () => {
    const [row] = await world.ask<{ free: boolean }>('select pg_try_advisory_xact_lock(7001) as free');
    return row!.free;
  };
  try {
    await held.query('begin; select pg_advisory_xact_lock(7002)');
    const gone = db.act(signingIn, async (tx) => {
      await tx.query(sql`select pg_advisory_xact_lock(7001)`);
      await tx.query(sql`select pg_advisory_xact_lock(7002)`);
    });
    gone.catch(() => {});
    await expect.poll(free).toBe(false);
    proxy.cut();
    await expect(gone).rejects.toThrow('terminated');
    // Half of what a statement may take.
    await expect.poll(free, { timeout: 15_000 }).toBe(true);
  } finally {
    await held.query('rollback');
    held.release();
    await db.close();
  }
}, 60_000);

test("a moment's freeze costs a moment", async () => {
  const { wang } = world.people;
  const before = await rowsOf(wang);
  proxy.freeze();
  const pending = [1, 2, 3].map(() => wang.tryReport(leak()));
  await new Promise((resolve) => setTimeout(resolve, 300));
  proxy.thaw();
  expect((await Promise.all(pending)).map((answer) => answer.status)).toEqual([201, 201, 201]);
  expect((await rowsOf(wang))['orders']).toBe(before['orders']! + 3);
});

test('nothing is sent on a transaction that has ended, and a failed one leaves the connection usable', async () => {
  const db = openDatabase({
    url: database.appUrl,
    poolSize: 1,
    applicationName: 'stragglers',
    onIdleError: () => {},
  });
  const actor = { ...signingIn, accountId: randomUUID() };
  try {
    let late: Promise<unknown> | undefined;
    await expect(
      db.act(actor, async (tx) => {
        // One of two fails at once; the other asks again when all is over.
        const straggler = tx
          .query(sql`select pg_sleep(0.05)`)
          .then(() => new Promise((resolve) => setTimeout(resolve, 50)));
        late = straggler.then(() => tx.query(sql`select 'out of order'`));
        late.catch(() => {});
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    const next = db.act(actor, async (tx) => {
      await expect(late).rejects.toThrow('the transaction is over');
      return tx.query<{ n: number }>(sql`select 1 as n`);
    });
    expect(await next).toEqual([{ n: 1 }]);
    // A write whose error surfaces at COMMIT.
    await expect(db.act(actor, async (tx) => tx.write(sql`select 1 / 0`))).rejects.toThrow(
      'division by zero',
    );
    expect(await db.act(actor, (tx) => tx.query<{ n: number }>(sql`select 2 as n`))).toEqual([{ n: 2 }]);
  } finally {
    await db.close();
  }
});
