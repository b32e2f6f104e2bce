import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { aWorkOrder, expectStatus, Listening, type Somebody } from './fixtures.ts';

/** A complaint about a member of staff: every way it could reach them, or their colleagues below the manager. */
let world: World;
/** Has a line of staff too, so that matters can be assigned to them. */
let boss: Somebody;
beforeAll(async () => {
  world = await aWorld();
  boss = await world.aPerson('高经理', 'manager', world.near.department, { skills: ['office'] });
  await world.ask(`update places.staff set role = 'manager' where account_id = $1`, [boss.accountId]);
});
afterAll(() => world.close());

async function aVisit(): Promise<Json> {
  const { wang, desk, li } = world.people;
  let visit = await wang.reports(aWorkOrder().about('water.tap').atHome(world.home));
  visit = await desk.does(visit, 'assign', { assigneeAccountId: li.accountId });
  visit = await li.does(visit, 'accept');
  return li.does(visit, 'start');
}

async function aComplaint(photoIds: string[] = []): Promise<Json> {
  const { wang } = world.people;
  const visit = await aVisit();
  const body = {
    ...aWorkOrder().about('service.attitude').saying('师傅骂人').atHome(world.home).body(visit.scopeId),
    about: { workOrderId: visit.id },
    photoIds,
  };
  const made = expectStatus(await wang.client.post('/work-orders', body), 201);
  expect(made).toMatchObject({ accusedName: '李师傅', aboutOrderId: visit.id, isPublic: false });
  return made;
}

async function doorsOf(who: Somebody, order: Json, photoId: string): Promise<number[]> {
  const at = `/work-orders/${order.id}`;
  const doors = [
    `${at}?scopeId=${order.scopeId}`,
    `${at}/timeline?scopeId=${order.scopeId}`,
    `/dispatch/orders/${order.id}/candidates?scopeId=${order.scopeId}`,
    `/files/${photoId}?scopeId=${order.scopeId}`,
  ];
  const answers = await Promise.all(doors.map((door) => who.client.get(door)));
  const contact = await who.client.post(`${at}/contact?scopeId=${order.scopeId}`, { purpose: 'visit' });
  const command = await who.tries(order, 'comment', { text: '?' });
  return [...answers, contact, command].map(({ status }) => status);
}

test('by no door does it reach whom it is about, nor the colleagues below the manager', async () => {
  const { wang, fang, li, zhao, desk, steward, manager, company, street } = world.people;
  const photo = await wang.uploads();
  const insiders = [li, zhao, desk, steward];
  const lines = await Promise.all([...insiders, manager].map((who) => Listening.open(who)));
  const before = await Promise.all(
    [desk, steward].map(async (who) => (await who.client.get('/work-orders/queues')).body),
  );
  const order = await aComplaint([photo]);
  const visit = { id: order.aboutOrderId, scopeId: order.scopeId };
  for (const who of insiders) {
    const statuses = await doorsOf(who, order, photo);
    expect([who.name, statuses.filter((status) => status !== 404 && status !== 403)]).toEqual([who.name, []]);
    const lists = [
      await who.lists(),
      await who.lists(`&q=${order.number}`),
      await who.lists('&category=service.attitude'),
    ];
    expect([
      who.name,
      lists
        .flat()
        .map(({ id }) => id)
        .includes(order.id),
    ]).toEqual([who.name, false]);
    expect([who.name, (await who.inbox()).filter((template) => template === 'work_order.commented')]).toEqual(
      [who.name, []],
    );
  }
  // A count that grows by one says as much as a row.
  const after = await Promise.all(
    [desk, steward].map(async (who) => (await who.client.get('/work-orders/queues')).body),
  );
  for (const [i, counts] of after.entries()) expect(counts.open - before[i].open).toBe(1); // the visit alone
  for (const by of ['category', 'place']) {
    const rows = (await desk.client.get(`/work-orders/reports/on-time?by=${by}`)).body.rows as Json[];
    const sees = (await manager.client.get(`/work-orders/reports/on-time?by=${by}`)).body.rows as Json[];
    const total = (list: Json[]) => list.reduce((sum, row) => sum + row.total, 0);
    expect(total(sees) - total(rows)).toBe(1);
    expect(rows.some((row) => row.key === 'service.attitude')).toBe(false);
  }
  // The visit it is about says nothing of it, to whoever made it either.
  for (const who of [li, desk, wang])
    expect(JSON.stringify([await who.sees(visit), await who.timelineOf(visit)])).not.toContain(order.id);

  for (const who of [manager, company, wang, fang]) {
    expect(await who.sees(order)).toMatchObject({ accusedName: '李师傅', aboutOrderId: visit.id });
    expect(await who.seesPhoto(photo)).toBe(true);
  }
  // Who oversees them knows that there is one, and neither who made it nor about whom.
  expect(await street.sees(order)).toMatchObject({ contactMasked: null, accusedName: null, placeLabel: '' });
  await manager.does(order, 'comment', { text: '已约谈' });
  await expect.poll(() => lines.at(-1)!.kindsOf(order.id)).toContain('work_order.submitted');
  await wang.does(await wang.sees(order), 'comment', { text: '谢谢' });
  await expect.poll(() => lines.at(-1)!.kindsOf(order.id)).toContain('work_order.commented');
  for (const line of lines.slice(0, -1)) expect(line.kindsOf(order.id)).toEqual([]);
  for (const line of lines) line.close();
  expect(await manager.inbox()).toContain('work_order.submitted');
  for (const who of insiders)
    expect([who.name, (await who.inbox()).includes('work_order.commented')]).toEqual([who.name, false]);
});

test('it is given to a manager who is not meant, and to nobody else', async () => {
  const { manager, li, zhao, wang, company } = world.people;
  let order = await aComplaint();
  const assign = async (who: Somebody, to: Somebody) =>
    (await who.tries(order, 'assign', { assigneeAccountId: to.accountId })).body.params?.reason;
  expect(await assign(manager, li)).toBe('assignee_is_accused');
  expect(await assign(manager, zhao)).toBe('accused_needs_manager');
  const candidates = await manager.client.get(
    `/dispatch/orders/${order.id}/candidates?scopeId=${order.scopeId}`,
  );
  expect(candidates.body.items.map((one: Json) => one.accountId)).toEqual([boss.accountId]);
  expect(
    (await manager.tries(order, 'change_category', { categoryCode: 'gate.card' })).body.params.reason,
  ).toBe('accused_stays_confidential');
  // Headquarters does the desk's part, should the project not.
  order = await company.does(order, 'assign', { assigneeAccountId: boss.accountId });
  order = await boss.does(order, 'accept');
  order = await boss.does(order, 'finish', { workDone: '已当面道歉' });
  order = await wang.does(order, 'confirm');
  order = await wang.does(order, 'rate', { score: 'basically_satisfied', words: '希望不再发生' });
  // The rater is hidden from him as the complainant was.
  for (const who of [li, zhao]) expect((await who.looksAt(order)).status).toBe(404);
  expect((await li.lists()).map(({ id }) => id)).not.toContain(order.id);
});

test('a call about it counts for whom it may be read, and for no colleague', async () => {
  const { manager, desk, company, wang } = world.people;
  const callsOf = async (who: Somebody) =>
    expectStatus(await who.client.get('/work-orders/callbacks/rates'), 200).calls as number;
  const [forDesk, forManager] = [await callsOf(desk), await callsOf(manager)];
  let order = await aComplaint();
  order = await company.does(await company.sees(order), 'assign', { assigneeAccountId: boss.accountId });
  order = await boss.does(order, 'accept');
  order = await boss.does(order, 'finish', { workDone: '已当面道歉' });
  await manager.does(await manager.sees(order), 'record_callback', { result: 'unreachable' });
  expect(await callsOf(manager)).toBe(forManager + 1);
  expect(await callsOf(desk)).toBe(forDesk);
  expect((await wang.sees(order)).status).toBe('finished');
});

test('the manager who is meant neither reads it nor is told; headquarters is', async () => {
  const { wang, manager, company } = world.people;
  const body = (about: object) => ({
    ...aWorkOrder().about('service.attitude').atHome(world.home).body(world.near.compound),
    about,
  });
  // Only who writes it down for somebody names a person outright.
  expect((await wang.client.post('/work-orders', body({ accountId: boss.accountId }))).body).toMatchObject({
    code: 'work_order.accused_unknown',
    fields: [{ path: '/about' }],
  });
  const before = (await boss.inbox()).length;
  const order = expectStatus(
    await manager.client.post('/work-orders', body({ accountId: boss.accountId })),
    201,
  );
  expect(order.accusedName).toBe('高经理');
  expect((await boss.looksAt(order)).status).toBe(404);
  expect((await boss.tries(order, 'comment', { text: '?' })).status).toBe(404);
  expect(await boss.inbox()).toHaveLength(before);
  expect((await company.sees(order)).accusedName).toBe('高经理');
  // Asked by another role of the same person, and by the database itself.
  const asStreet = await world.asAlso(boss, 'street', world.near.street);
  expect((await asStreet.looksAt(order)).status).toBe(404);
  const rows = await world.server.house.db.read(
    {
      kind: 'street',
      accountId: boss.accountId,
      membershipId: null,
      scopeIds: [],
      regionId: world.near.street,
      households: [],
    },
    (q) =>
      q.query(
        sql`select 1 from work_orders.work_order where scope_id = ${order.scopeId} and work_order_id = ${order.id}`,
      ),
  );
  expect(rows).toEqual([]);
});

test('nor is the manager who is meant told later on, and they do not come in as a helper', async () => {
  const { wang, manager, company, li } = world.people;
  const other = await world.aPerson('马经理', 'manager', world.near.department, { skills: ['office'] });
  await world.ask(`update places.staff set role = 'manager' where account_id = $1`, [other.accountId]);
  const body = aWorkOrder().about('service.attitude').atHome(world.home).body(world.near.compound);
  let order = expectStatus(
    await manager.client.post('/work-orders', { ...body, about: { accountId: boss.accountId } }),
    201,
  );
  const before = await boss.inbox();
  for (let visit = 1; visit <= 3; visit++) {
    order = await company.does(await company.sees(order), 'assign', { assigneeAccountId: other.accountId });
    order = await other.does(order, 'accept');
    for (const [who, reason] of [
      [boss, 'assignee_is_accused'],
      [li, 'accused_needs_manager'],
    ] as const) {
      const body = { action: 'add_helper', expectedVersion: order.version, accountId: who.accountId };
      const at = `/work-orders/${order.id}/working?scopeId=${order.scopeId}`;
      expect((await other.client.post(at, body)).body.params.reason).toBe(reason);
    }
    order = await other.does(order, 'finish', { workDone: '已当面道歉' });
    order = await wang.does(await wang.sees(order), 'dispute', { reason: '没有道歉' });
  }
  expect(order.status).toBe('disputed');
  expect(await boss.inbox()).toEqual(before);
  expect((await boss.looksAt(order)).status).toBe(404);
  for (const who of [manager, other])
    expect([who.name, (await who.inbox()).includes('work_order.manager_wanted')]).toEqual([who.name, true]);
});

test('one complains about who came to one’s own home, and in a confidential category only', async () => {
  const { wang, chen, desk } = world.people;
  const visit = await aVisit();
  const fresh = await wang.reports(aWorkOrder().about('water.tap').atHome(world.home));
  const tries = async (
    who: Somebody,
    householdId: string,
    workOrderId: string,
    category = 'service.attitude',
  ) => {
    const answer = await who.client.post('/work-orders', {
      ...aWorkOrder().about(category).atHome(householdId).body(visit.scopeId),
      about: { workOrderId },
    });
    return answer.body.params?.reason ?? answer.body.code;
  };
  const next = world.near.households['3-2-102']!;
  expect(await tries(chen, next, visit.id)).toBe('work_order.accused_unknown');
  expect(await tries(wang, world.home, fresh.id)).toBe('work_order.accused_unknown');
  expect(await tries(wang, world.home, visit.id, 'water.tap')).toBe('accused_not_used');
  // The clerk who writes it down for a caller hands it on, and sees it no more.
  const written = expectStatus(
    await desk.client.post('/work-orders', {
      ...aWorkOrder()
        .about('service.attitude')
        .atHome(world.home)
        .forCaller('王建国', '13500000001')
        .body(visit.scopeId),
      about: { workOrderId: visit.id },
    }),
    201,
  );
  expect((await desk.looksAt(written)).status).toBe(404);
  // The reading of a complaint that names nobody stays the desk's.
  const nobody = await wang.reports(aWorkOrder().about('service.attitude').atHome(world.home));
  expect((await desk.sees(nobody)).accusedName).toBeNull();
});
