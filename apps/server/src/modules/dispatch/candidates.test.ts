import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { aWorkOrder, expectStatus, HOUR, MINUTE, type Somebody } from '../work-orders/fixtures.ts';
import { forgetPositions } from './due.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const ranked = async (who: Somebody, order: Json): Promise<Json[]> =>
  expectStatus(await who.client.get(`/dispatch/orders/${order.id}/candidates?scopeId=${order.scopeId}`), 200)
    .items;
const shown = (items: Json[]) => items.map((one) => [one.displayName, one.rank]);
const codes = (items: Json[], who: Somebody): string[] =>
  items.find((one) => one.accountId === who.accountId).exclusions.map((one: Json) => one.code);

async function onRoster(who: Somebody, from: number, to: number, kind = 'duty'): Promise<void> {
  const { manager } = world.people;
  const days = Array.from({ length: 7 }, () => ({ from, to }));
  const { id } = expectStatus(
    await manager.client.post('/dispatch/patterns', { name: '班', anchorOn: '2026-11-23', days }),
    201,
  );
  const body = { accountId: who.accountId, patternId: id, kind, startsOn: '2026-11-23' };
  expectStatus(await manager.client.post('/dispatch/rosters', body), 201);
}

test('who may be sent: without a roster by skill and load, with one by the shift as well', async () => {
  const { desk, wang, li, zhao, xu } = world.people;
  const first = await wang.reports(aWorkOrder().atHome(world.home));
  // Nobody keeps a roster: nobody is left out for it.
  const before = await ranked(desk, first);
  expect(
    shown(before)
      .slice(0, 2)
      .map(([, rank]) => rank),
  ).toEqual([1, 2]);
  expect(before[0].reasons.map((one: Json) => one.code)).toContain('unplanned');
  expect(codes(before, xu)).toEqual(['skill_missing']);
  expect(before.find((one) => one.accountId === xu.accountId).mayBeSent).toBe(false);

  // One in hand: the other goes first.
  await desk.does(first, 'assign', { assigneeAccountId: li.accountId });
  const second = await wang.reports(aWorkOrder().saying('卫生间也漏').atHome(world.home));
  expect(shown(await ranked(desk, second)).slice(0, 2)).toEqual([
    ['赵师傅', 1],
    ['李师傅', 2],
  ]);

  // Zhao is off until the evening: shown, with when he comes, and still to be chosen by hand.
  await onRoster(li, 480, 1200);
  await onRoster(zhao, 1200, 1920);
  const after = await ranked(desk, second);
  expect(shown(after).slice(0, 2)).toEqual([
    ['李师傅', 1],
    ['赵师傅', null],
  ]);
  const off = after[1];
  expect(off).toMatchObject({ mayBeSent: true, duty: 'off' });
  expect(off.exclusions).toEqual([{ code: 'off_shift', nextFrom: '2026-11-23T12:00:00.000Z' }]);
  const sent = await desk.does(second, 'assign', { assigneeAccountId: zhao.accountId });
  // Who sent it back is not asked again.
  await zhao.does(sent, 'refuse', { reason: '不在班' });
  expect(codes(await ranked(desk, second), zhao)).toEqual(['off_shift', 'declined']);
});

test('a lapsed certificate is no skill, on the day after its last', async () => {
  const { desk, wang, li } = world.people;
  const order = await wang.reports(aWorkOrder().saying('再看看').atHome(world.home));
  const until = (day: string | null) =>
    world.ask(
      `update places.staff_skill set valid_until = $2 where skill = 'plumbing' and staff_id = (select staff_id from places.staff where account_id = $1)`,
      [li.accountId, day],
    );
  await until('2026-11-23');
  expect(codes(await ranked(desk, order), li)).toEqual([]);
  await until('2026-11-22');
  expect(codes(await ranked(desk, order), li)).toEqual(['certificate_lapsed']);
  expect((await desk.tries(order, 'assign', { assigneeAccountId: li.accountId })).body.params.reason).toBe(
    'assignee_lacks_skill',
  );
  await until(null);
});

test('the nearer one goes first; a position is the phone’s for the shift and no longer', async () => {
  const { desk, wang, li, zhao } = world.people;
  const order = await wang.reports(aWorkOrder().saying('阳台也漏').atHome(world.home));
  await world.ask(`update places.building set latitude = 39.9, longitude = 116.4 where scope_id = $1`, [
    world.near.compound,
  ]);
  const travel = async (who: Somebody): Promise<Json> =>
    (await ranked(desk, order))
      .find((one) => one.accountId === who.accountId)
      .reasons.find((one: Json) => one.code === 'travel');
  expect(await travel(li)).toMatchObject({ from: 'unknown', minutes: 8 });
  // 1112 metres to the north, times 1.3, at 70 metres a minute, and one for the stairs.
  const given = await li.client.post('/dispatch/position', { latitude: 39.91, longitude: 116.4 });
  expect(expectStatus(given, 200).expiresAt).toBe('2026-11-23T12:00:00.000Z');
  expect(await travel(li)).toEqual({ code: 'travel', from: 'phone', minutes: 21.7 });
  expectStatus(await li.client.post('/dispatch/position', { latitude: 39.9, longitude: 116.4 }), 200);
  expect((await travel(li)).minutes).toBe(1);
  // Off shift nobody's place is kept.
  expect((await zhao.client.post('/dispatch/position', { latitude: 39.9, longitude: 116.4 })).body.code).toBe(
    'dispatch.not_on_shift',
  );
  expect((await li.client.post('/dispatch/position', { latitude: 91, longitude: 0 })).status).toBe(422);

  const { house } = world.server;
  const sweep = () =>
    runDueOnce({
      worker: world.worker,
      sweeps: [forgetPositions],
      house,
      clock: world.clock,
      log: house.log,
    });
  expect((await sweep())[forgetPositions.name]).toBe(0);
  expectStatus(await li.client.post('/dispatch/position/forget'), 200);
  expect(await world.ask('select latitude, longitude from dispatch.position')).toEqual([
    { latitude: 0, longitude: 0 },
  ]);
  expect(await travel(li)).toMatchObject({ from: 'unknown' });
  expect((await sweep())[forgetPositions.name]).toBe(1);
  expectStatus(await li.client.post('/dispatch/position', { latitude: 39.9, longitude: 116.4 }), 200);
  world.clock.advance(10 * HOUR + MINUTE);
  expect((await sweep())[forgetPositions.name]).toBe(1);
});

test('what somebody took today counts also when it has closed since, and there they were last', async () => {
  const { desk, wang, li } = world.people;
  const told = async (): Promise<Json> => {
    const order = await wang.reports(aWorkOrder().saying('水龙头').about('water.tap').atHome(world.home));
    const { reasons } = (await ranked(desk, order)).find((one) => one.accountId === li.accountId);
    await desk.does(order, 'cancel', { reason: '试' });
    const of = (code: string): Json => reasons.find((one: Json) => one.code === code);
    return { taken: of('taken').count, from: of('travel').from };
  };
  world.clock.advance(24 * HOUR);
  expect(await told()).toEqual({ taken: 0, from: 'unknown' });
  const done = await world.anOrder('confirmed');
  const closed = await wang.does(done, 'rate', { score: 'satisfied' });
  expect(closed.status).toBe('closed');
  expect(await told()).toEqual({ taken: 1, from: 'last_order' });
  // Taken yesterday and closed today is yesterday's, as is where it was.
  const running = await world.anOrder('finished');
  expect(await told()).toEqual({ taken: 2, from: 'last_order' });
  world.clock.advance(24 * HOUR);
  await wang.does(await wang.does(running, 'confirm'), 'rate', { score: 'satisfied' });
  expect(await told()).toEqual({ taken: 0, from: 'unknown' });
});

test('a complaint about a colleague shows managers who are not meant, and nobody else', async () => {
  const { manager, desk, wang, li } = world.people;
  const boss = await world.aPerson('郭经理', 'manager', world.near.department, { skills: ['office'] });
  await world.ask(`update places.staff set role = 'manager' where account_id = $1`, [boss.accountId]);
  let visit = await wang.reports(aWorkOrder().about('water.tap').atHome(world.home));
  visit = await desk.does(visit, 'assign', { assigneeAccountId: li.accountId });
  visit = await li.does(visit, 'accept');
  visit = await li.does(visit, 'start');
  const body = {
    ...aWorkOrder().about('service.attitude').saying('师傅骂人').atHome(world.home).body(visit.scopeId),
    about: { workOrderId: visit.id },
  };
  const order = expectStatus(await wang.client.post('/work-orders', body), 201);
  expect((await ranked(manager, order)).map((one) => one.accountId)).toEqual([boss.accountId]);
  const path = `/dispatch/orders/${order.id}/candidates?scopeId=${order.scopeId}`;
  for (const who of [desk, li])
    expect([who.name, (await who.client.get(path)).status]).toEqual([who.name, 404]);
});

test('who has the job sees the same colleagues, to pass it on', async () => {
  const { desk, wang, li, zhao } = world.people;
  const order = await wang.reports(aWorkOrder().saying('厨房也漏').atHome(world.home));
  await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  const seen = await ranked(li, order);
  expect(shown(seen)).toEqual(shown(await ranked(desk, order)));
  expect(seen.map((one) => one.accountId)).toContain(zhao.accountId);
});

test('nobody from elsewhere learns who works here', async () => {
  const { wang, farDesk, farWorker, chen, zhao } = world.people;
  const order = await wang.reports(aWorkOrder().saying('漏水').atHome(world.home));
  const path = `/dispatch/orders/${order.id}/candidates?scopeId=${order.scopeId}`;
  for (const [who, status] of [
    [farDesk, 404],
    [farWorker, 404],
    [zhao, 404],
    [chen, 403],
    [wang, 403],
  ] as const)
    expect([who.name, (await who.client.get(path)).status]).toEqual([who.name, status]);
});
