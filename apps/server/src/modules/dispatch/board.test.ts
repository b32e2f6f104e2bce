import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { aWorkOrder, expectStatus, MINUTE, type Somebody } from '../work-orders/fixtures.ts';
import { askSweep } from './due.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const board = async (who: Somebody, scopeId?: string): Promise<Json> =>
  expectStatus(
    await who.client.get(`/dispatch/board${scopeId === undefined ? '' : `?scopeId=${scopeId}`}`),
    200,
  );
const plan = async (who: Somebody, scopeId?: string): Promise<Json> =>
  expectStatus(
    await who.client.get(`/dispatch/plan${scopeId === undefined ? '' : `?scopeId=${scopeId}`}`),
    200,
  );
const numbers = (items: Json[]): string[] => items.map((one) => one.number);
const lane = (answer: Json, who: Somebody): Json =>
  answer.people.find((one: Json) => one.accountId === who.accountId);

test('what waits, emergencies first; what each has in hand; who is asked', async () => {
  const { wang, desk, li, zhao, manager, company } = world.people;
  const drip = await wang.reports(aWorkOrder().atHome(world.home));
  world.clock.advance(MINUTE);
  const burst = await wang.reports(aWorkOrder().about('water.burst').saying('爆了').atHome(world.home));
  await world.told();
  const { house } = world.server;
  await runDueOnce({ worker: world.worker, sweeps: [askSweep], house, clock: world.clock, log: house.log });
  const before = await board(desk);
  expect(numbers(before.waiting)).toEqual([burst.number, drip.number]);
  expect(before.waiting[0]).toMatchObject({ mode: 'by_hand', state: 'offered', placeLabel: '3号楼2单元601' });
  expect(before.waiting[0].asked.map((one: Json) => one.displayName).toSorted()).toEqual([
    '李师傅',
    '赵师傅',
  ]);
  expect(before.waiting[1]).toMatchObject({ asked: [], version: drip.version });
  expect(lane(before, li)).toMatchObject({ duty: 'unplanned', openOrders: 0, blocks: [] });

  // Named and not yet said yes: in the lane, without a beginning, due when it should be taken.
  const given = await desk.does(drip, 'assign', { assigneeAccountId: zhao.accountId });
  expect(lane(await board(manager), zhao).blocks).toMatchObject([
    { number: drip.number, acceptedAt: null, dueAt: given.respondDueAt },
  ]);
  const taken = await zhao.does(given, 'accept');
  const there = await zhao.does(taken, 'arrive');
  const [block] = lane(await board(company, world.near.department), zhao).blocks;
  expect(block).toMatchObject({ number: drip.number, status: 'arrived', dueAt: there.resolveDueAt });
  expect(Date.parse(block.acceptedAt)).toBeLessThanOrEqual(Date.parse(block.arrivedAt));
  const finished = await zhao.does(there, 'finish', { workDone: '好了' });
  // Done today: it stays on the line until the day is over.
  const done = await board(desk);
  expect(lane(done, zhao)).toMatchObject({ openOrders: 0, blocks: [{ status: 'finished', dueAt: null }] });
  // Also when it has closed meanwhile.
  await wang.does(await wang.does(finished, 'confirm'), 'rate', { score: 'satisfied' });
  expect(lane(await board(desk), zhao)).toMatchObject({ openOrders: 0, blocks: [{ status: 'closed' }] });
  world.clock.advance(24 * 60 * MINUTE);
  expect(lane(await board(desk), zhao).blocks).toEqual([]);
});

test('a complaint about a colleague is on no board and no plan', async () => {
  const { wang, desk, manager, street, li } = world.people;
  const visit = await wang.reports(aWorkOrder().about('water.tap').saying('龙头').atHome(world.home));
  await li.does(await desk.does(visit, 'assign', { assigneeAccountId: li.accountId }), 'accept');
  const body = {
    ...aWorkOrder().about('service.attitude').saying('态度不好').atHome(world.home).body(visit.scopeId),
    about: { workOrderId: visit.id },
  };
  const accusing = expectStatus(await wang.client.post('/work-orders', body), 201);
  // The manager may open it, and it is on no board of his either: whoever looks over a shoulder reads it there.
  expect((await manager.sees(accusing)).accusedName).toBe('李师傅');
  for (const who of [desk, manager])
    expect(numbers((await board(who)).waiting)).not.toContain(accusing.number);
  for (const who of [desk, manager, street])
    expect(numbers((await plan(who)).orders)).not.toContain(accusing.number);
  expect(numbers((await plan(desk)).orders)).toContain(visit.number);
});

test('the plan shows buildings, what is open there, and people only to their own', async () => {
  const { wang, desk, li, street, manager } = world.people;
  const order = await wang.reports(aWorkOrder().saying('楼下也漏').atHome(world.home));
  const given = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  await li.does(await li.does(given, 'accept'), 'arrive');
  const own = await plan(manager);
  const drawn = own.orders.find((one: Json) => one.id === order.id);
  expect(drawn).toMatchObject({ assigneeName: '李师傅', status: 'arrived' });
  const buildings = own.compounds.flatMap((one: Json) => one.buildings);
  expect(buildings.map((one: Json) => one.id)).toContain(drawn.buildingId);
  expect(own.people.map((one: Json) => one.displayName)).toContain('李师傅');
  // The street sees what is open, not where colleagues walk.
  const above = await plan(street);
  expect(above.orders.map((one: Json) => one.id)).toContain(order.id);
  expect(above.people).toEqual([]);
  expect(above.orders.every((one: Json) => one.assigneeName === null)).toBe(true);
});

test('whose board it is', async () => {
  const { farDesk, farCompany, street, li, wang, company } = world.people;
  const near = `?scopeId=${world.near.department}`;
  for (const who of [farDesk, farCompany]) {
    expect((await who.client.get(`/dispatch/board${near}`)).status).toBe(404);
    expect((await who.client.get(`/dispatch/plan${near}`)).status).toBe(404);
  }
  for (const who of [street, li, wang])
    expect((await who.client.get(`/dispatch/board${near}`)).status).toBe(403);
  for (const who of [li, wang]) expect((await who.client.get(`/dispatch/plan${near}`)).status).toBe(403);
  // A company has no board of its own: it looks at a department's.
  expect((await company.client.get('/dispatch/board')).status).toBe(404);
});
