import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { aWorkOrder, DAY, expectStatus, HOUR, Listening, MINUTE, type Somebody } from './fixtures.ts';

/** "Already reported by 3 neighbours: follow it instead." */
let world: World;
let lu: Somebody;
beforeAll(async () => {
  world = await aWorld();
  lu = await world.aPerson('陆远', 'resident', world.near.compound, {
    livesAt: { householdId: world.near.households['13-2-101']!, quarter: world.near },
  });
});
afterAll(() => world.close());

const similar = async (who: Somebody, more: Record<string, string>) => {
  const query = new URLSearchParams({ scopeId: world.near.compound, category: 'gate.fault', ...more });
  return expectStatus(await who.client.get(`/work-orders/similar?${query}`), 200).items as Json[];
};
const follow = (who: Somebody, order: Json, verb = 'follow') =>
  who.client.post(`/work-orders/${order.id}/${verb}?scopeId=${order.scopeId}`);
const atBuilding3 = () =>
  aWorkOrder().about('gate.fault').inPublic({ buildingId: world.near.buildings['3'] });
const building3 = () => ({ buildingId: world.near.buildings['3']! });

test('what is open, public and near is shown before one sends; who reported it is not', async () => {
  const { wang, chen, farResident } = world.people;
  const order = await wang.reports(atBuilding3().saying('单元门关不上'));
  const hidden = await wang.reports(atBuilding3().hidden());
  const elsewhere = await wang.reports(
    aWorkOrder().about('gate.fault').inPublic({ buildingId: world.near.buildings['13'] }),
  );
  const home = await wang.reports(aWorkOrder().about('gate.intercom').atHome(world.home));
  const secret = await wang.reports(aWorkOrder().about('security.throwing').inPublic(building3()));
  const [first, ...others] = await similar(chen, { ...building3(), words: '门坏了关不上' });
  expect(first).toEqual({
    id: order.id,
    scopeId: order.scopeId,
    categoryNameZh: order.categoryNameZh,
    categoryNameEn: order.categoryNameEn,
    placeLabel: order.placeLabel,
    status: 'submitted',
    station: 0,
    createdAt: order.createdAt,
    neighbours: 1,
    isMine: false,
    isFollowed: false,
  });
  for (const other of [hidden, elsewhere, home, secret])
    expect(others.map(({ id }) => id)).not.toContain(other.id);
  expect((await similar(wang, building3()))[0]).toMatchObject({ id: order.id, isMine: true });
  // Another group of categories, an unknown one, and a confidential one find nothing.
  for (const category of ['power.light.street', 'no.such', 'security.throwing'])
    expect(await similar(chen, { ...building3(), category })).toEqual([]);
  expect(
    (await farResident.client.get(`/work-orders/similar?scopeId=${world.near.compound}&category=gate.fault`))
      .status,
  ).toBe(404);
  world.clock.advance(14 * DAY + HOUR);
  expect(await similar(chen, building3())).toEqual([]);
});

test('who follows is told what the parties are told, sees the public story, and commands nothing but an urging', async () => {
  const { wang, chen, desk, li } = world.people;
  let order = await wang.reports(atBuilding3());
  const line = await Listening.open(desk);
  const followed = expectStatus(await follow(chen, order), 200);
  expect(followed).toMatchObject({
    isFollowed: true,
    followerCount: 1,
    isMine: false,
    version: order.version,
  });
  // Twice is once; the second is another's.
  expectStatus(await follow(chen, order), 200);
  expect(expectStatus(await follow(lu, order), 200).followerCount).toBe(2);
  await expect.poll(() => line.kindsOf(order.id)).toContain('work_order.followed');
  line.close();
  expect(await desk.sees(order)).toMatchObject({ followerCount: 2, isFollowed: false });
  expect((await similar(chen, building3()))[0]).toMatchObject({ neighbours: 3, isFollowed: true });
  expect((await chen.lists('&follower=me')).map(({ id }) => id)).toEqual([order.id]);
  expect((await chen.lists('&reporter=me')).map(({ id }) => id)).not.toContain(order.id);

  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  order = await li.does(order, 'accept');
  const seen = await chen.sees(order);
  expect(seen).toMatchObject({ assigneeName: null, contactMasked: null, steps: [], windows: [] });
  expect(seen.actions.filter((one: Json) => one.isAllowed).map((one: Json) => one.action)).toEqual(['urge']);
  expect(JSON.stringify([seen, await chen.timelineOf(order)])).not.toMatch(/王|李师傅/);
  for (const [action, params] of [
    ['comment', { text: '?' }],
    ['cancel', {}],
    ['confirm', {}],
  ] as const)
    expect((await chen.tries(order, action, params)).body.params?.reason).toBe('not_yours');

  const urged = expectStatus(await chen.tries(order, 'urge'), 200);
  expect(urged).toMatchObject({ urgeCount: 1, isFollowed: true, assigneeName: null });
  // Once in half an hour for all of them.
  expect((await lu.tries(urged, 'urge')).body.params.reason).toBe('urged_recently');
  expect((await wang.tries(urged, 'urge')).body.params.reason).toBe('urged_recently');
  const told = (await wang.timelineOf(order)).find(({ kind }) => kind === 'work_order.urged')!;
  expect(told).toMatchObject({ actorName: null, actorIsMe: false });
  expect(JSON.stringify(await desk.timelineOf(order))).not.toContain('陈');
  world.clock.advance(30 * MINUTE);
  order = expectStatus(await lu.tries(urged, 'urge'), 200);

  order = await li.does(order, 'start');
  order = await li.does(order, 'finish', { workDone: '换了闭门器' });
  expect(await chen.inbox()).toEqual(['work_order.finished', 'work_order.accepted']);
  const item = expectStatus(await chen.client.get('/inbox?limit=1'), 200).items[0];
  expect(item.link).toBe(`/m/orders/${order.scopeId}/${order.id}`);
  expect(Object.keys(item.params).sort()).toEqual(['isFollowed', 'number', 'titleEn', 'titleZh']);
  expect(await li.inbox()).toEqual(['work_order.urged', 'work_order.urged', 'work_order.assigned']);

  expect(expectStatus(await follow(lu, order, 'unfollow'), 200)).toMatchObject({
    isFollowed: false,
    followerCount: 1,
  });
  await wang.does(order, 'dispute', { reason: '还是关不上' });
  expect((await lu.inbox())[0]).toBe('work_order.finished');
  expect((await chen.inbox())[0]).toBe('work_order.disputed');
  expect((await lu.tries(await lu.sees(order), 'urge')).body.params.reason).toBe('not_yours');
  // Who reported it is a party and needs no following.
  expect((await follow(wang, order)).body.code).toBe('work_order.not_followable');
});

test('what is over, hidden, or not there cannot be followed; nobody but residents follows', async () => {
  const { wang, chen, desk, li, farResident, manager } = world.people;
  const home = await wang.reports(aWorkOrder().atHome(world.home));
  expect((await follow(chen, home)).status).toBe(404);
  let order = await wang.reports(atBuilding3());
  expect((await follow(farResident, order)).status).toBe(404);
  for (const who of [desk, li, manager]) expect((await follow(who, order)).status).toBe(403);
  expectStatus(await follow(chen, order), 200);
  // It turns out confidential: hidden from neighbours at once, and they hear no more of it.
  order = await desk.does(order, 'change_category', { categoryCode: 'security.throwing' });
  expect((await chen.looksAt(order)).status).toBe(404);
  expect((await chen.lists('&follower=me')).map(({ id }) => id)).not.toContain(order.id);
  await desk.does(order, 'cancel', { reason: '误报' });
  expect((await chen.inbox())[0]).not.toBe('work_order.cancelled');
  const over = await wang.reports(atBuilding3());
  await wang.does(over, 'cancel');
  expect((await follow(chen, over)).body.code).toBe('work_order.not_followable');
});

test('two who follow at the same instant are two, and one who presses twice is one', async () => {
  const { wang, chen } = world.people;
  const order = await wang.reports(atBuilding3());
  const answers = await Promise.all([follow(chen, order), follow(chen, order), follow(lu, order)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await wang.sees(order)).followerCount).toBe(2);
  const rows = await world.ask('select 1 from work_orders.follower where work_order_id = $1', [order.id]);
  expect(rows).toHaveLength(2);
});

test('the database itself lets nobody follow for another, or write a neighbour’s order', async () => {
  const { wang, chen } = world.people;
  const order = await wang.reports(atBuilding3());
  const actor = {
    kind: 'resident' as const,
    accountId: chen.accountId,
    membershipId: chen.accountId,
    scopeIds: [world.near.compound],
    regionId: null,
    households: [],
  };
  const { db } = world.server.house;
  await expect(
    db.act(actor, (tx) =>
      tx.query(
        sql`insert into work_orders.follower (scope_id, work_order_id, account_id, followed_at)
          values (${order.scopeId}, ${order.id}, ${wang.accountId}, ${world.clock.now()})`,
      ),
    ),
  ).rejects.toMatchObject({ code: '42501' });
  const changed = await db.act(actor, (tx) =>
    tx.query(
      sql`update work_orders.work_order set urge_count = 9 where scope_id = ${order.scopeId} and work_order_id = ${order.id} returning 1`,
    ),
  );
  expect(changed).toEqual([]);
});
