import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { aWorkOrder, Listening } from './fixtures.ts';

/** What people tell each other about an order, what stays among staff, and what is confidential. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const kindsOf = (events: readonly Json[]): string[] =>
  events.map((event) => event.kind.slice('work_order.'.length));

test("a comment is the parties' own, and tells the others", async () => {
  const { wang, fang, chen, desk, li } = world.people;
  const report = aWorkOrder().about('gate.fault').inPublic();
  let order = await wang.reports(report);
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  const photo = await wang.uploads();
  order = await wang.does(order, 'comment', { text: ' 在东门左边 ', photoIds: [photo] });
  const told = (await li.timelineOf(order)).at(-1)!;
  expect(told).toMatchObject({
    kind: 'work_order.commented',
    params: { text: '在东门左边' },
    photos: [{ id: photo }],
    isInternal: false,
    actorName: '王**',
  });
  expect([await li.seesPhoto(photo), await desk.seesPhoto(photo), await chen.seesPhoto(photo)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(kindsOf(await chen.timelineOf(order))).toEqual(['submitted', 'assigned']);
  for (const who of [desk, li]) expect(await who.inbox()).toContain('work_order.commented');
  expect(await wang.inbox()).not.toContain('work_order.commented');
  order = await li.does(order, 'comment', { text: '收到' });
  expect(await wang.inbox()).toContain('work_order.commented');
  // A public matter is no household's: Fang is a neighbour to it like any other.
  expect((await fang.tries(order, 'comment', { text: '我也看到了' })).body.params.reason).toBe('not_yours');
  const page = await wang.client.get(`/work-orders/${order.id}/timeline?scopeId=${order.scopeId}&limit=3`);
  expect(kindsOf(page.body.items)).toEqual(['submitted', 'assigned', 'commented']);
  const rest = await wang.client.get(
    `/work-orders/${order.id}/timeline?scopeId=${order.scopeId}&limit=3&cursor=${page.body.nextCursor}`,
  );
  expect([kindsOf(rest.body.items), rest.body.nextCursor]).toEqual([['commented'], null]);
});

test('what is internal no resident ever learns of: not in the timeline, not live, not its picture, not the inbox', async () => {
  const { wang, fang, desk, li, street } = world.people;
  let order = await world.anOrder('accepted');
  const line = await Listening.open(wang);
  const staffLine = await Listening.open(desk);
  const [photo, inboxBefore] = [await li.uploads(), await wang.inbox()];
  order = await li.does(order, 'comment', { text: '住户态度不好', isInternal: true, photoIds: [photo] });
  for (const who of [desk, li, street]) {
    const last = (await who.timelineOf(order)).at(-1)!;
    expect(last).toMatchObject({
      kind: 'work_order.commented',
      isInternal: true,
      params: { text: '住户态度不好' },
      photos: [{ id: photo }],
    });
    expect(await who.seesPhoto(photo)).toBe(true);
  }
  expect(await desk.inbox()).toContain('work_order.commented');
  for (const who of [wang, fang]) {
    expect(kindsOf(await who.timelineOf(order))).toEqual(['submitted', 'assigned', 'accepted']);
    expect(await who.seesPhoto(photo)).toBe(false);
    expect(JSON.stringify(await who.sees(order))).not.toContain('态度');
  }
  expect(await wang.inbox()).toEqual(inboxBefore);
  // The next thing everybody hears of comes after it: what was not heard until then never will be.
  order = await li.does(order, 'depart');
  // (A line may begin with what was told just before it was opened.)
  await expect.poll(() => line.kindsOf(order.id).at(-1)).toBe('work_order.departed');
  expect(line.kindsOf(order.id)).not.toContain('work_order.commented');
  await expect
    .poll(() => staffLine.kindsOf(order.id).slice(-2))
    .toEqual(['work_order.commented', 'work_order.departed']);
  line.close();
  staffLine.close();
  // The wall itself keeps it, whatever a query forgets.
  const actor = {
    kind: 'resident',
    accountId: wang.accountId,
    membershipId: null,
    scopeIds: [order.scopeId],
    regionId: null,
    households: [{ id: world.home, since: 0 }],
  } as const;
  const seen = await world.server.house.db.read(actor, (q) =>
    q.query<{ is_internal: boolean }>(
      sql`select is_internal from work_orders.event where scope_id = ${order.scopeId} and work_order_id = ${order.id}`,
    ),
  );
  expect(seen.map((row) => row.is_internal)).toEqual([false, false, false, false]);
  expect((await wang.tries(order, 'comment', { text: '给前台', isInternal: true })).body.params.reason).toBe(
    'internal_not_yours',
  );
});

test("an account of a worker's or a desk's is never told of its own deed", async () => {
  const { desk, li, wang, manager } = world.people;
  const found = await li.reports(aWorkOrder().about('patrol.equipment').saying('泵房照明坏').inPublic());
  expect(await desk.inbox()).toContain('work_order.submitted');
  expect(await li.inbox()).not.toContain('work_order.submitted');
  const before = await desk.inbox();
  // The clerk reports what she saw herself: her manager hears of it, she does not; nor of what she does with it.
  let order = await desk.reports(aWorkOrder().about('water.tap').atHome(world.home));
  expect(await wang.inbox()).toContain('work_order.submitted');
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  expect(await desk.inbox()).toEqual(before);
  // A home's matter is the household's: what becomes of it is told to them, not to who wrote it down.
  await manager.does(order, 'cancel', { reason: '重复' });
  expect(await wang.inbox()).toContain('work_order.cancelled');
  expect(await desk.inbox()).toEqual(before);
  const own = await desk.reports(aWorkOrder().about('gate.fault').inPublic());
  await manager.does(own, 'cancel', { reason: '重复' });
  expect(await desk.inbox()).toContain('work_order.cancelled');
  expect((await desk.sees(found)).status).toBe('submitted');
});

test('a matter that turns out confidential is hidden from the neighbours at once', async () => {
  const { wang, chen, desk } = world.people;
  const photo = await wang.uploads();
  let order = await wang.reports(aWorkOrder().about('parking.blocked').inPublic().showing(photo));
  expect((await chen.sees(order)).status).toBe('submitted');
  expect(await chen.seesPhoto(photo)).toBe(true);
  order = await desk.does(order, 'change_category', { categoryCode: 'fire.ebike' });
  expect(order.isPublic).toBe(false);
  expect((await chen.looksAt(order)).status).toBe(404);
  expect((await chen.client.get(`/work-orders/${order.id}/timeline?scopeId=${order.scopeId}`)).status).toBe(
    404,
  );
  expect(await chen.seesPhoto(photo)).toBe(false);
  expect((await chen.lists()).map((row) => row.id)).not.toContain(order.id);
  const [rows] = await world.ask(
    `select (select bool_or(is_public) from work_orders.event where work_order_id = $1) as events,
       (select bool_or(is_public) from work_orders.step where work_order_id = $1) as steps,
       (select bool_or(is_public) from platform.file where attached_id = $1) as files`,
    [order.id],
  );
  expect(rows).toEqual({ events: false, steps: false, files: false });
  // Once it was everybody's it does not become so again by itself.
  order = await desk.does(order, 'change_category', { categoryCode: 'parking.blocked' });
  expect([order.isPublic, (await chen.looksAt(order)).status]).toEqual([false, 404]);
});

test('who complains about the staff is known to the desk, and not to the one who is meant', async () => {
  const { wang, desk, manager, company, li, street, committee } = world.people;
  expect(
    (await wang.tryReport(aWorkOrder().about('service.attitude').inPublic().public())).body.params.reason,
  ).toBe('confidential_not_public');
  let order = await wang.reports(
    aWorkOrder().about('service.attitude').saying('师傅上门态度差').atHome(world.home),
  );
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  const named = async (who: typeof wang) => {
    const [row] = (await who.lists()).filter(({ id }) => id === order.id);
    const [first] = await who.timelineOf(order);
    return [(await who.sees(order)).contactMasked, row?.contactMasked, first!.actorName];
  };
  for (const who of [wang, desk, manager, company])
    expect([who.name, await named(who)]).toEqual([who.name, ['王**', '王**', '王**']]);
  for (const who of [li, street, committee])
    expect([who.name, await named(who)]).toEqual([who.name, [null, null, null]]);
});

test('nor is the door it came from, where a door tells who it was', async () => {
  const { wang, desk, li, street } = world.people;
  let order = await wang.reports(aWorkOrder().about('service.attitude').atHome(world.home));
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  for (const [who, isTold] of [
    [desk, true],
    [wang, true],
    [li, false],
    [street, false],
  ] as const) {
    const [row] = (await who.lists()).filter(({ id }) => id === order.id);
    const labels = [(await who.sees(order)).placeLabel, row?.placeLabel].map((label) => label !== '');
    expect([who.name, labels]).toEqual([who.name, [isTold, isTold]]);
  }
});
