import { afterAll, beforeAll, expect } from 'vitest';
import { VirtualClock } from '../apps/server/src/platform/clock/clock.ts';
import type { Client, Json } from '../test/server.ts';
import { complaintsOf } from './browser.ts';
import { accessibilityFaults, settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * The second scenario of the product: a burst main. Everybody who can mend it is asked at once; nobody answers, and minute
 * by minute somebody higher hears of it, until somebody takes it. Not there within twenty minutes: the street knows why.
 */
let product: Product;
let clock: VirtualClock;
beforeAll(async () => {
  clock = new VirtualClock(new Date());
  product = await startProduct({ clock });
});
afterAll(() => product?.close());

const MINUTE_MS = 60_000;
const WORDS = '楼道里的主水管爆了，水正往电梯井里灌';

story('a burst main, minute by minute', async (step) => {
  const { server } = product;
  const [resident, worker, street] = [
    await product.enter('resident', 'phone'),
    await product.enter('worker', 'phone'),
    await product.enter('street', 'desktop'),
  ];
  const clients: Record<string, Client> = {};
  for (const who of ['resident', 'steward', 'manager', 'company', 'street'])
    clients[who] = await server.as(who);
  const home = (await clients['resident']!.get('/me')).body.acting.households[0];
  const scopeId: string = home.scopeId;
  let order: Json;
  const askOrder = async (): Promise<Json> =>
    (await clients['manager']!.get(`/work-orders/${order.id}?scopeId=${scopeId}`)).body;
  /** Told of this matter, and of no other. */
  const heard = async (template: string, who: string): Promise<number> => {
    const rows = await product.sql(
      `select from platform.notification n join identity.account a on a.account_id = n.account_id
       where n.template like $1 || '%' and n.link like '%' || $2 and a.account_id = $3`,
      [template, order.id, (await clients[who]!.get('/me')).body.account.id],
    );
    return rows.length;
  };
  const chain = ['steward', 'manager', 'company', 'street'];
  const heardInAll = async () => Promise.all(chain.map((who) => heard('dispatch.nobody', who)));

  await step('she reports it; everybody who can mend it is asked at once', async () => {
    const answer = await clients['resident']!.post('/work-orders', {
      scopeId,
      categoryCode: 'water.burst',
      description: WORDS,
      place: { type: 'public', spot: '3号楼1单元楼道' },
    });
    expect(answer.status).toBe(201);
    order = answer.body;
    const offer = worker.getByRole('region', { name: says('mobile.offer.title') });
    await offer.getByText(WORDS).waitFor();
    await offer.getByText(says('mobile.offer.emergency')).waitFor();
    await settled(worker);
    expect(await accessibilityFaults(worker)).toEqual([]);
    const [{ count }] = (await product.sql<{ count: number }>(
      `select count(*)::integer as count from dispatch.offer where work_order_id = $1 and state = 'open'`,
      [order.id],
    )) as [{ count: number }];
    expect(count).toBeGreaterThan(1);
  });

  await step('she sees that somebody is being looked for', async () => {
    await resident.goto(`/m/orders/${scopeId}/${order.id}`);
    await resident.getByRole('heading', { name: says('mobile.headline.received') }).waitFor();
  });

  await step('nobody answers: after 3, 6, 10 and 15 minutes the next one up hears of it', async () => {
    const [{ since }] = (await product.sql<{ since: Date }>(
      'select watch_since as since from dispatch.task where work_order_id = $1',
      [order.id],
    )) as [{ since: Date }];
    const expected = [0, 0, 0, 0];
    for (const [i, minutes] of [3, 6, 10, 15].entries()) {
      expect(await heardInAll()).toEqual(expected);
      clock.set(new Date(since.getTime() + minutes * MINUTE_MS));
      expected[i] = 1;
      await until(`${chain[i]} has heard`, async () => (await heard('dispatch.nobody', chain[i]!)) === 1);
    }
    expect(await heardInAll()).toEqual(expected);
  });

  await step('the street opens it, sees who was told when, and says that it sees to it', async () => {
    await street.goto(`/desk/orders/${scopeId}/${order.id}`);
    const asking = street.getByRole('region', { name: says('asking.title') });
    await asking.getByText(says('roles.street')).first().waitFor();
    await settled(street);
    expect(await accessibilityFaults(street)).toEqual([]);
    await asking.getByRole('button', { name: says('asking.acknowledge') }).click();
    await asking.getByText('陆建民').waitFor();
  });

  await step('he takes it; her page says so by itself', async () => {
    await worker
      .getByRole('region', { name: says('mobile.offer.title') })
      .getByRole('button', { name: says('mobile.offer.take') })
      .click();
    await worker.getByRole('button', { name: says('actions.depart'), exact: true }).waitFor();
    const name = says('mobile.order.master', { name: '李海生' });
    await resident.getByRole('heading', { name: says('mobile.headline.accepted', { name }) }).waitFor();
    await worker.getByRole('button', { name: says('actions.depart'), exact: true }).click();
    await resident.getByRole('heading', { name: says('mobile.headline.departed', { name }) }).waitFor();
  });

  await step('not there within twenty minutes: the street knows why', async () => {
    const { arriveDueAt } = await askOrder();
    expect(Date.parse(arriveDueAt) - Date.parse(order.createdAt)).toBe(20 * MINUTE_MS);
    clock.set(new Date(Date.parse(arriveDueAt) + 1_000));
    await until(
      'the street has heard',
      async () => (await heard('dispatch.not_there.on_the_way', 'street')) === 1,
    );
    await street.getByText(says('asking.notThere.on_the_way')).first().waitFor();
  });

  await step('he is there, and mends it', async () => {
    for (const action of ['arrive', 'start'] as const)
      await worker.getByRole('button', { name: says(`actions.${action}`), exact: true }).click();
    const name = says('mobile.order.master', { name: '李海生' });
    await resident.getByRole('heading', { name: says('mobile.headline.in_progress', { name }) }).waitFor();
    for (const page of [resident, worker, street]) expect(complaintsOf(page)).toEqual([]);
  });
});
