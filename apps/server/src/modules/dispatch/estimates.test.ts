import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { aWorkOrder, expectStatus, HOUR, MINUTE, type Somebody } from '../work-orders/fixtures.ts';
import { learnSweep } from './due-learning.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const learns = async (): Promise<void> => {
  const { house } = world.server;
  await runDueOnce({ worker: world.worker, sweeps: [learnSweep], house, clock: world.clock, log: house.log });
};
const arrival = async (who: Somebody, order: Json): Promise<Json> =>
  expectStatus(await who.client.get(`/dispatch/orders/${order.id}/arrival?scopeId=${order.scopeId}`), 200);
const arrivals = async (who: Somebody, ...orders: Json[]): Promise<Json[]> => {
  const pairs = orders.map(({ scopeId, id }) => `${scopeId}:${id}`).join(',');
  return expectStatus(await who.client.get(`/dispatch/arrivals?orders=${pairs}`), 200).items;
};
const minutes = (at: string): number => Math.round((Date.parse(at) - world.clock.now().getTime()) / MINUTE);

/** One leak's whole life: taken after 4 minutes, there `come` minutes later, rated. */
async function aLeak(come: number, score: string): Promise<void> {
  const { wang, desk, li } = world.people;
  const order = await wang.reports(aWorkOrder().saying(`漏水 ${come}`).atHome(world.home));
  world.clock.advance(4 * MINUTE);
  const given = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  const taken = await li.does(given, 'accept');
  const gone = await li.does(taken, 'depart');
  world.clock.advance(come * MINUTE);
  const there = await li.does(gone, 'arrive');
  const done = await li.does(await li.does(there, 'start'), 'finish', { workDone: '好了' });
  const confirmed = await wang.does(done, 'confirm');
  await wang.does(confirmed, 'rate', { score });
}

test('who comes and when: learned from what was, moving while one waits, and how good it is', async () => {
  const { wang, desk, li, manager } = world.people;
  const first = await wang.reports(aWorkOrder().saying('头一单').atHome(world.home));
  await learns();
  // Nothing is known yet: nothing is promised.
  expect(await arrival(wang, first)).toEqual({
    stage: 'waiting',
    expected: null,
    isLongerThanUsual: false,
    person: null,
  });
  await desk.does(first, 'cancel', { reason: '试' });

  const scores = ['satisfied', 'satisfied', 'satisfied', 'basically_satisfied'];
  for (let i = 0; i < 4; i++) await aLeak(10, scores[i]!);
  world.clock.advance(7 * HOUR);
  await learns();
  // Four ratings are too few to be told, four orders too few to learn from.
  const few = await wang.reports(aWorkOrder().saying('第六单').atHome(world.home));
  const taken = await li.does(await desk.does(few, 'assign', { assigneeAccountId: li.accountId }), 'accept');
  expect(await arrival(wang, taken)).toMatchObject({
    stage: 'found',
    expected: null,
    person: { name: '李师傅', jobsDone: 4, satisfiedShare: null },
  });
  await desk.does(taken, 'cancel', { reason: '试' });
  for (let i = 0; i < 10; i++) await aLeak(10 + 2 * i, 'satisfied');
  world.clock.advance(7 * HOUR);
  await learns();

  const order = await wang.reports(aWorkOrder().saying('水管漏').atHome(world.home));
  const waiting = await arrival(wang, order);
  expect(waiting).toMatchObject({ stage: 'waiting', expected: { what: 'take' }, person: null });
  expect(minutes(waiting.expected.to)).toBe(4);
  const accepted = await li.does(
    await desk.does(order, 'assign', { assigneeAccountId: li.accountId }),
    'accept',
  );
  const found = await arrival(wang, accepted);
  expect(found).toMatchObject({
    stage: 'found',
    expected: { what: 'arrive', count: 14 },
    person: { name: '李师傅', jobsDone: 14, rated: 14 },
  });
  expect(found.person.satisfiedShare).toBeCloseTo(13 / 14);
  const likely = minutes(found.expected.likely);
  expect(likely).toBeGreaterThanOrEqual(10);
  expect(likely).toBeLessThanOrEqual(16);

  await li.does(accepted, 'depart');
  world.clock.advance(15 * MINUTE);
  const late = await arrival(wang, order);
  expect(late.stage).toBe('on_the_way');
  // A quarter of an hour is over: it is later than it looked, and nearer than the whole.
  expect(minutes(late.expected.likely)).toBeGreaterThan(likely - 15);
  expect(minutes(late.expected.likely)).toBeLessThan(likely);
  const { person: _, ...card } = await arrival(wang, order);
  expect(await arrivals(wang, order, first)).toEqual([
    { orderId: order.id, ...card },
    { orderId: first.id, stage: 'none', expected: null, isLongerThanUsual: false },
  ]);
  // What one does not see is left out, and what is no order is no question.
  expect(await arrivals(world.people.chen, order)).toEqual([]);
  expect((await wang.client.get('/dispatch/arrivals?orders=all')).status).toBe(422);
  const many = Array.from({ length: 11 }, () => `${order.scopeId}:${order.id}`).join(',');
  expect((await wang.client.get(`/dispatch/arrivals?orders=${many}`)).status).toBe(422);
  world.clock.advance(HOUR);
  expect(await arrival(wang, order)).toMatchObject({ expected: null, isLongerThanUsual: true });
  await li.does(await li.sees(order), 'arrive');
  expect(await arrival(wang, order)).toMatchObject({ stage: 'there', expected: null });

  const path = `/dispatch/estimates?scopeId=${world.near.department}`;
  const { items } = expectStatus(await manager.client.get(path), 200);
  const near = items.find((one: Json) => one.scopeId === order.scopeId);
  const come = near.legs.find((leg: Json) => leg.leg === 'come' && !leg.isEmergency);
  expect(come).toMatchObject({ count: 14, tested: { count: 4 } });
  expect(come.tested.medianError).toBeGreaterThan(0);
});

test('who may know: the reporter and the house, not a stranger, nor who comes to a neighbour', async () => {
  const { wang, chen, desk, li, farDesk } = world.people;
  const order = await wang.reports(aWorkOrder().about('water.burst').saying('楼道漏水').inPublic());
  await li.does(await desk.does(order, 'assign', { assigneeAccountId: li.accountId }), 'accept');
  expect((await arrival(wang, order)).person.name).toBe('李师傅');
  expect((await arrival(desk, order)).person.name).toBe('李师傅');
  expect((await arrival(chen, order)).person).toBeNull();
  const path = `/dispatch/orders/${order.id}/arrival?scopeId=${order.scopeId}`;
  expect((await farDesk.client.get(path)).status).toBe(404);
  expect((await wang.client.get(`/dispatch/estimates?scopeId=${world.near.department}`)).status).toBe(403);
  expect((await farDesk.client.get(`/dispatch/estimates?scopeId=${world.near.department}`)).status).toBe(404);
});
