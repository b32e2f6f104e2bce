import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from '../../../../test/server.ts';
import { aWorld, type World } from '../../../../test/world.ts';
import { aWorkOrder, DAY, expectStatus, MINUTE, type Somebody } from '../modules/work-orders/fixtures.ts';

/** The session ends while somebody types: what was typed goes through after signing in again, once. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

async function signIn(who: Somebody): Promise<Client> {
  const client = new Client(world.url);
  world.clock.advance(2 * MINUTE);
  const { demoCode } = expectStatus(await client.post('/auth/codes', { phone: who.phone }), 202);
  const answer = await client.post('/auth/sessions', { phone: who.phone, code: demoCode });
  expectStatus(answer, 201);
  client.keep(answer);
  return client;
}

const report = () => aWorkOrder().atHome(world.home).body(world.near.compound);
const orders = async () => (await world.ask('select 1 from work_orders.work_order')).length;

test.each([
  ['it ran out', async (_: Client) => world.clock.advance(31 * DAY)],
  [
    'signed out on another device',
    async (client: Client) => void (await client.send('DELETE', '/auth/sessions')),
  ],
])('%s: 401, nothing done; after signing in again the same key and body make one order', async (_, end) => {
  const { wang } = world.people;
  const client = await signIn(wang);
  const other = await signIn(wang);
  const before = await orders();
  const key = { 'idempotency-key': randomUUID() };
  await end(other);
  const refused = await client.post('/work-orders', report(), key);
  expect(refused.body).toMatchObject({ status: 401, code: 'auth.session_required' });
  expect(await orders()).toBe(before);
  const again = await signIn(wang);
  const order = expectStatus(await again.post('/work-orders', report(), key), 201);
  const twice = await again.post('/work-orders', report(), key);
  expect([twice.body.id, twice.headers.get('idempotent-replay')]).toEqual([order.id, 'true']);
  expect(await orders()).toBe(before + 1);
});

test('sent, and the session ended before the answer was read: the key still finds the order', async () => {
  const { wang } = world.people;
  const client = await signIn(wang);
  const key = { 'idempotency-key': randomUUID() };
  const order = expectStatus(await client.post('/work-orders', report(), key), 201);
  await client.send('DELETE', '/auth/sessions/current');
  expect((await client.post('/work-orders', report(), key)).status).toBe(401);
  const again = await (await signIn(wang)).post('/work-orders', report(), key);
  expect([again.status, again.body.id]).toEqual([201, order.id]);
});

test('a token of the old session is not one of the new: 403, and nothing done', async () => {
  const { wang } = world.people;
  const [old, fresh] = [await signIn(wang), await signIn(wang)];
  const before = await orders();
  const mixed = await new Client(world.url, fresh.cookie, old.csrf).post('/work-orders', report());
  expect(mixed.body).toMatchObject({ status: 403, code: 'auth.csrf' });
  expect(await orders()).toBe(before);
});
