import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { aWorkOrder, expectStatus, MINUTE, SECOND, type Somebody } from '../work-orders/fixtures.ts';
import { adoptSweep, askSweep, climbSweep, planSweep } from './due.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
  await world.ask(
    `insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, 'dispatch.modes', '2026-01-01', $2, 'test')`,
    [
      world.near.compound,
      JSON.stringify({
        default: 'by_hand',
        byCategory: { 'water.leak.home': 'automatic', 'water.burst': 'automatic' },
      }),
    ],
  );
  await world.ask(`update places.building set latitude = 39.9, longitude = 116.4 where scope_id = $1`, [
    world.near.compound,
  ]);
});
afterAll(() => world.close());

const sweep = () => {
  const { house } = world.server;
  const sweeps = [askSweep, planSweep, climbSweep, adoptSweep];
  return runDueOnce({ worker: world.worker, sweeps, house, clock: world.clock, log: house.log });
};
async function works(milliseconds = 0): Promise<void> {
  world.clock.advance(milliseconds);
  await world.told();
  await sweep();
}
const leak = (words: string) => world.people.wang.reports(aWorkOrder().saying(words).atHome(world.home));
const dispatchOf = async (order: Json): Promise<Json> =>
  expectStatus(
    await world.people.desk.client.get(`/dispatch/orders/${order.id}?scopeId=${order.scopeId}`),
    200,
  ).dispatch;
const states = async (order: Json): Promise<string[]> =>
  (await dispatchOf(order)).offers.map((offer: Json) => `${offer.displayName} ${offer.state}`);
const say = (who: Somebody, order: Json, body: Json) =>
  who.client.post(`/dispatch/offers/${order.id}?scopeId=${order.scopeId}`, body);
const accept = { answer: 'accept' };
const decline = { answer: 'decline', reason: '走不开' };
const standsAt = (who: Somebody, latitude: number) =>
  world.ask(
    `insert into dispatch.position (scope_id, account_id, city_id, street_id, company_id, latitude, longitude, at, expires_at)
     select $1, $2, s.city_id, s.street_id, s.company_id, $3, 116.4, $4::timestamptz, $4::timestamptz + interval '8 hours' from places.scope s where s.scope_id = $1
     on conflict (scope_id, account_id) do update set latitude = excluded.latitude`,
    [world.near.department, who.accountId, latitude, world.clock.now()],
  );
/** Whatever was taken is done, so that the next test begins with empty hands. */
const handsAreFree = () =>
  world
    .ask(
      `update work_orders.work_order set is_open = false, status = 'closed', closed_at = $1 where is_open`,
      [world.clock.now()],
    )
    .then(() =>
      world.ask(`update dispatch.task set state = 'closed', next_due_at = null, watch_due_at = null`),
    );

test('what waits is planned together: each has one, who is asked once, and a yes is a yes', async () => {
  const { li, zhao, wang } = world.people;
  const [one, two] = [await leak('厨房漏水'), await leak('卫生间漏水')];
  await works();
  const asked = [...(await states(one)), ...(await states(two))];
  // In turn both would have been asked of the same, who is best for either.
  expect(asked.toSorted()).toEqual(['李师傅 open', '赵师傅 open']);
  // Nothing new: the same stay asked, however often it is planned.
  await works(5 * SECOND);
  await works(5 * SECOND);
  expect([...(await states(one)), ...(await states(two))]).toEqual(asked);
  const first = asked[0] === '李师傅 open' ? li : zhao;
  expectStatus(await say(first, one, accept), 200);
  await works();
  expect(await first.sees(one)).toMatchObject({ status: 'accepted', assigneeAccountId: first.accountId });
  expect(await dispatchOf(one)).toMatchObject({ mode: 'automatic', state: 'closed' });
  expect(await wang.inbox()).toContain('work_order.accepted');
  await handsAreFree();
});

test('two processes plan at the same instant: nobody is asked twice', async () => {
  const orders = [await leak('一漏'), await leak('二漏'), await leak('三漏')];
  await world.told();
  await Promise.all([sweep(), sweep(), sweep()]);
  const offers = await world.ask<{ account_id: string }>(
    `select account_id from dispatch.offer where state = 'open' and work_order_id = any ($1)`,
    [orders.map(({ id }) => id)],
  );
  // Two can go, so two of the three are asked, of one each.
  expect(offers).toHaveLength(2);
  expect(new Set(offers.map((offer) => offer.account_id)).size).toBe(2);
  await handsAreFree();
});

test('a no goes to the next at once; when all said no it is the desk’s', async () => {
  const { li, zhao, desk } = world.people;
  const order = await leak('没人要的');
  await works();
  const [first, second] = (await states(order))[0] === '李师傅 open' ? [li, zhao] : [zhao, li];
  expectStatus(await say(first, order, decline), 200);
  await works();
  expect(await states(order)).toEqual([`${first.name} declined`, `${second.name} open`]);
  // The other lets it pass, is asked again a while later, and says no in the end.
  await works(60 * SECOND + 1);
  expect(await states(order)).toEqual([`${first.name} declined`, `${second.name} expired`]);
  await works(10 * SECOND);
  expect(await dispatchOf(order)).toMatchObject({ state: 'offered', round: 2 });
  expect(await states(order)).toEqual([`${second.name} open`]);
  expectStatus(await say(second, order, decline), 200);
  await works();
  expect(await dispatchOf(order)).toMatchObject({ state: 'exhausted' });
  expect(await desk.inbox()).toContain('dispatch.exhausted');
  await handsAreFree();
});

test('all are at work: it waits for who is free first, until it should be taken', async () => {
  const { li, zhao, desk } = world.people;
  // Two jobs each are more than anybody is waited for.
  for (const [who, words] of [
    [li, '手上的活一'],
    [zhao, '手上的活二'],
    [li, '手上的活三'],
    [zhao, '手上的活四'],
  ] as const) {
    const held = await desk.does(await leak(words), 'assign', { assigneeAccountId: who.accountId });
    await who.does(held, 'accept');
  }
  const order = await leak('等一等');
  await works();
  expect(await dispatchOf(order)).toMatchObject({ state: 'waiting', offers: [] });
  // It is to be taken within a quarter of an hour; three minutes before that waiting is over.
  await works(11 * MINUTE);
  expect(await states(order)).toEqual([]);
  await works(MINUTE);
  expect(await states(order)).toHaveLength(1);
  await handsAreFree();
});

test('somebody much nearer comes along: it is theirs, and who was asked sees it go', async () => {
  const { li, zhao } = world.people;
  await standsAt(li, 39.905);
  await standsAt(zhao, 39.93);
  const order = await leak('谁近谁去');
  await works();
  expect(await states(order)).toEqual(['李师傅 open']);
  await standsAt(zhao, 39.904);
  await works(5 * SECOND);
  expect(await states(order)).toEqual(['李师傅 open']);
  await standsAt(zhao, 39.9);
  await works(5 * SECOND);
  expect(await states(order)).toEqual(['李师傅 withdrawn', '赵师傅 open']);
  expect((await say(li, order, accept)).body.code).toBe('dispatch.taken');
  expectStatus(await say(zhao, order, accept), 200);
  await handsAreFree();
});

test('an emergency is asked of all at once, and who was just asked about it of nothing else', async () => {
  const { wang, li } = world.people;
  const burst = await wang.reports(aWorkOrder().about('water.burst').saying('水管爆了').atHome(world.home));
  await works();
  expect((await states(burst)).toSorted()).toEqual(['李师傅 open', '赵师傅 open']);
  const order = await leak('慢慢来');
  await works();
  expect(await states(order)).toEqual([]);
  expectStatus(await say(li, burst, accept), 200);
  await works(5 * SECOND);
  expect(await states(order)).toEqual(['赵师傅 open']);
  await handsAreFree();
});

test('nobody is on shift: whoever comes in the morning is asked then', async () => {
  const { manager, li, zhao } = world.people;
  const days = Array.from({ length: 7 }, () => ({ from: 480, to: 1_200 }));
  const { id } = expectStatus(
    await manager.client.post('/dispatch/patterns', { name: '白班', anchorOn: '2026-11-23', days }),
    201,
  );
  for (const who of [li, zhao])
    expectStatus(
      await manager.client.post('/dispatch/rosters', {
        accountId: who.accountId,
        patternId: id,
        kind: 'duty',
        startsOn: '2026-11-23',
      }),
      201,
    );
  world.clock.set(new Date('2026-11-23T15:00:00Z'));
  const order = await leak('半夜漏水');
  await works();
  expect(await dispatchOf(order)).toMatchObject({ state: 'waiting', offers: [] });
  world.clock.set(new Date('2026-11-23T23:59:50Z'));
  await works();
  expect(await states(order)).toEqual([]);
  // Exactly when the shift begins.
  await works(10 * SECOND);
  expect(await states(order)).toHaveLength(1);
});
