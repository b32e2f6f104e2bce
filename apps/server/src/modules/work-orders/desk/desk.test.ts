import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../../test/world.ts';
import { aWorkOrder, expectStatus, HOUR, SECOND, type Somebody } from '../fixtures.ts';
import { indexWords } from './fixtures.ts';

/** The desk's own things: saved queues, columns, notes, prepared answers, words to find by, what a field was. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const save = (who: Somebody, id: string, body: Record<string, unknown>) =>
  who.client.send('PUT', `/work-orders/filters/${id}`, {
    isShared: false,
    position: 0,
    expectedVersion: 0,
    ...body,
  });
const filtersOf = async (who: Somebody) =>
  expectStatus(await who.client.get('/work-orders/filters'), 200).items as {
    id: string;
    name: string;
    count: number;
    isShared: boolean;
    version: number;
  }[];

test('a saved queue is mine or the desk’s, counts what it holds, and two do not overwrite each other', async () => {
  const { desk, steward, manager, farDesk, company, wang } = world.people;
  const [mine, shared] = [randomUUID(), randomUUID()];
  await wang.reports(aWorkOrder().about('water.tap').atHome(world.home));
  const query = { queue: 'open', category: 'water.tap', sort: 'due' };
  const saved = expectStatus(await save(desk, mine, { name: '水龙头', query }), 200);
  expect(saved).toMatchObject({ name: '水龙头', isShared: false, version: 1, query });
  expectStatus(
    await save(desk, shared, { name: '加急', isShared: true, query: { priority: 'urgent' } }),
    200,
  );

  const seen = await filtersOf(desk);
  expect(seen.map(({ name }) => name).sort()).toEqual(['加急', '水龙头']);
  const rows = await desk.lists('&queue=open&category=water.tap');
  expect(seen.find(({ id }) => id === mine)?.count).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(0);
  // A colleague of the same desk sees the shared one only; another company's desk and the headquarters see neither.
  expect((await filtersOf(steward)).map(({ id }) => id)).toEqual([shared]);
  expect(await filtersOf(farDesk)).toEqual([]);
  expect(await filtersOf(company)).toEqual([]);
  expect((await save(steward, mine, { name: '别人的', query: {}, expectedVersion: 0 })).status).toBe(409);

  // Two change the shared one: the second is told, and looks first.
  expectStatus(
    await save(manager, shared, { name: '加急的', isShared: true, query: {}, expectedVersion: 1 }),
    200,
  );
  const late = await save(desk, shared, { name: '急', isShared: true, query: {}, expectedVersion: 1 });
  expect([late.status, late.body.code, late.body.params.version]).toEqual([409, 'desk.stale', 2]);
  // Both create the same id at once: one of them is told.
  const both = randomUUID();
  const answers = await Promise.all([
    save(desk, both, { name: '一', isShared: true, query: {} }),
    save(manager, both, { name: '二', isShared: true, query: {} }),
  ]);
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);

  for (const id of [mine, shared, both])
    expect((await desk.client.send('DELETE', `/work-orders/filters/${id}`)).status).toBe(204);
  expect(await filtersOf(desk)).toEqual([]);
  expect((await desk.client.send('DELETE', `/work-orders/filters/${mine}`)).status).toBe(404);
});

test('a saved queue takes nothing it cannot ask', async () => {
  const { desk, wang, li } = world.people;
  const id = randomUUID();
  const bad: [Record<string, unknown>, string][] = [
    [{ name: ' ', query: {} }, '/name'],
    [{ name: 'x', query: { queue: 'whatever' } }, '/query/queue'],
    [{ name: 'x', query: { status: 'done' } }, '/query/status'],
    [{ name: 'x', query: { from: 'gestern' } }, '/query/from'],
    [{ name: 'x', query: { drop: 'table' } }, '/query/drop'],
  ];
  for (const [body, path] of bad) {
    const answer = await save(desk, id, body);
    expect([answer.status, answer.body.fields?.[0]?.path]).toEqual([422, path]);
  }
  expect((await save(desk, id, { name: 'x', query: { scope: world.far.compound } })).status).toBe(404);
  for (const who of [wang, li]) expect((await who.client.get('/work-orders/filters')).status).toBe(403);
});

test('columns are kept for a person', async () => {
  const { desk, steward } = world.people;
  const get = async (who: Somebody) =>
    expectStatus(await who.client.get('/work-orders/columns'), 200).columns;
  const usual = await get(desk);
  expect(usual.map((one: { name: string }) => one.name)).toContain('assignee');
  const columns = [
    { name: 'number', width: null },
    { name: 'due', width: 180 },
  ];
  expectStatus(await desk.client.send('PUT', '/work-orders/columns', { columns }), 200);
  expect(await get(desk)).toEqual(columns);
  expect(await get(steward)).toEqual(usual);
  for (const wrong of [
    [],
    [{ name: 'due', width: null }],
    [columns[0], columns[0]],
    [{ name: 'number', width: 5 }],
  ])
    expect((await desk.client.send('PUT', '/work-orders/columns', { columns: wrong })).status).toBe(422);
});

test('words find an order: Chinese, figures and full-width forms, within reach and nothing else', async () => {
  const { wang, desk, company, street, cityHall, farDesk, farCompany, li, chen } = world.people;
  const order = await wang.reports(
    aWorkOrder()
      .about('water.tap')
      .atHome(world.home)
      .saying('卫生间马桶水箱一直响，型号ＡＢ－１２３，请带配件'),
  );
  const other = await wang.reports(aWorkOrder().about('water.tap').atHome(world.home).saying('水箱盖子碎了'));
  await indexWords(world);
  const find = async (who: Somebody, words: string, more = '') =>
    expectStatus(
      await who.client.get(`/work-orders?limit=100&words=${encodeURIComponent(words)}${more}`),
      200,
    ).items.map((row: { id: string }) => row.id) as string[];
  for (const words of ['马桶', '水箱一直响', 'ab 123', 'ＡＢ', '马桶 配件', '马桶,配件'])
    expect([words, await find(desk, words)]).toEqual([words, [order.id]]);
  expect(new Set(await find(desk, '水箱'))).toEqual(new Set([order.id, other.id]));
  expect(await find(desk, '水箱', '&queue=open&sort=due')).toHaveLength(2);
  // The pairs are all there, the word is not.
  expect(await find(desk, '箱水')).toEqual([]);
  expect(await find(desk, '马桶盖子')).toEqual([]);
  for (const who of [company, street, cityHall]) expect(await find(who, '马桶')).toEqual([order.id]);
  for (const who of [farDesk, farCompany]) expect(await find(who, '马桶')).toEqual([]);
  expect(await find(cityHall, '马桶', `&scopeId=${world.near.street}`)).toEqual([order.id]);
  expect(await find(cityHall, '马桶', `&scopeId=${world.far.street}`)).toEqual([]);
  for (const who of [wang, li, chen]) {
    const answer = await who.client.get(`/work-orders?words=${encodeURIComponent('马桶')}`);
    expect([answer.status, answer.body.code]).toEqual([403, 'permission.denied']);
  }
  const short = await desk.client.get(`/work-orders?words=${encodeURIComponent('水')}`);
  expect([short.status, short.body.fields[0].path]).toEqual([422, 'querystring/words']);
});

test('whose door a confidential complaint came from is not found by the door', async () => {
  const { wang, desk, committee, street } = world.people;
  const order = await wang.reports(
    aWorkOrder().about('service.attitude').atHome(world.home).saying('态度恶劣需要匿名投诉'),
  );
  await indexWords(world);
  const ids = async (who: Somebody, words: string) =>
    (await who.lists(`&words=${encodeURIComponent(words)}`)).map((row) => row.id);
  expect(await ids(desk, '匿名投诉')).toEqual([order.id]);
  for (const who of [committee, street]) {
    expect(await ids(who, '匿名投诉')).toEqual([]);
    expect(await ids(who, order.placeLabel === '' ? '601' : order.placeLabel)).not.toContain(order.id);
  }
});

test('the past of a field: who, when, from what to what, also what time and a resident did', async () => {
  const { wang, desk, li, zhao, company, committee, farDesk } = world.people;
  let order = await wang.reports(aWorkOrder().about('water.tap').atHome(world.home));
  const firstDue = order.resolveDueAt;
  order = await desk.does(order, 'triage', { priority: 'high' });
  order = await desk.does(order, 'change_category', { categoryCode: 'water.leak.home' });
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  order = await li.does(order, 'transfer', { assigneeAccountId: zhao.accountId, reason: '下班了' });
  order = await wang.does(order, 'comment', { text: '谢谢' });
  const path = `/work-orders/${order.id}/history?scopeId=${order.scopeId}`;
  const items = expectStatus(await desk.client.get(path), 200).items as {
    field: string;
    was: unknown;
    became: unknown;
    actorName: string;
  }[];
  const of = (field: string) => items.filter((one) => one.field === field).reverse();
  expect(of('priority').map(({ was, became, actorName }) => [was, became, actorName])[0]).toEqual([
    'normal',
    'high',
    desk.name,
  ]);
  expect(of('categoryCode')[0]).toMatchObject({ was: 'water.tap', became: 'water.leak.home' });
  expect(of('assigneeAccountId').map(({ became }) => (became as { name: string }).name)).toEqual([
    li.name,
    zhao.name,
  ]);
  expect(of('resolveDueAt')[0]).toMatchObject({ was: firstDue, became: order.resolveDueAt });
  // A comment changes no field, and reading changes nothing.
  expect(items.some(({ actorName }) => actorName.startsWith('王'))).toBe(false);
  expectStatus(await company.client.get(path), 200);
  for (const who of [wang, li, committee]) expect((await who.client.get(path)).status).toBe(403);
  expect((await farDesk.client.get(path)).status).toBe(404);
});

test('a resident’s own act leaves its trace too, under the masked name', async () => {
  const { wang, desk, manager } = world.people;
  let order = await world.anOrder('finished');
  order = await wang.does(order, 'confirm');
  const { items } = expectStatus(
    await desk.client.get(`/work-orders/${order.id}/history?scopeId=${order.scopeId}`),
    200,
  );
  expect(items.some((one: { eventKind: string }) => one.eventKind === 'work_order.finished')).toBe(true);
  const cancelled = await wang.does(await wang.reports(aWorkOrder().atHome(world.home)), 'cancel', {
    reason: '好了',
  });
  const past = expectStatus(
    await manager.client.get(`/work-orders/${cancelled.id}/history?scopeId=${cancelled.scopeId}`),
    200,
  ).items;
  expect(past.find((one: { field: string }) => one.field === 'outcome')).toMatchObject({
    was: null,
    became: 'cancelled',
    actorRole: 'resident',
    actorName: '王**',
  });
});

test('notes are the desk’s: sealed, pinned first, taken back by who wrote them', async () => {
  const { desk, steward, manager, company, wang, li, committee, farDesk } = world.people;
  const order = await wang.reports(aWorkOrder().atHome(world.home));
  const add = (who: Somebody, body: Record<string, unknown>) =>
    who.client.post('/work-orders/notes', {
      scopeId: order.scopeId,
      subject: 'order',
      subjectId: order.id,
      ...body,
    });
  const first = expectStatus(await add(desk, { text: '家里有狗，先打电话' }), 201);
  // Notes of one millisecond stand in no order.
  world.clock.advance(SECOND);
  const second = expectStatus(
    await add(steward, {
      subject: 'household',
      subjectId: world.home,
      text: '老人耳背，敲重一点',
      isPinned: true,
    }),
    201,
  );
  const path = `/work-orders/notes?scopeId=${order.scopeId}&orderId=${order.id}&householdId=${world.home}`;
  const read = async (who: Somebody) =>
    expectStatus(await who.client.get(path), 200).items as { id: string; text: string }[];
  expect((await read(desk)).map(({ text }) => text)).toEqual(['老人耳背，敲重一点', '家里有狗，先打电话']);
  expect((await read(company)).map(({ id }) => id)).toEqual([second.id, first.id]);
  const stored = await world.ask<{ text_cipher: Buffer }>('select text_cipher from work_orders.note');
  expect(stored.some(({ text_cipher }) => text_cipher.toString('utf8').includes('老人'))).toBe(false);

  const change = (who: Somebody, id: string, what: string) =>
    who.client.post(`/work-orders/notes/${id}/changes?scopeId=${order.scopeId}`, { change: what });
  expectStatus(await change(desk, first.id, 'pin'), 200);
  expect((await read(desk))[0]?.id).toBe(second.id);
  expect((await change(desk, second.id, 'remove')).status).toBe(403);
  expectStatus(await change(manager, second.id, 'remove'), 200);
  expect((await read(desk)).map(({ id }) => id)).toEqual([first.id]);
  expect((await change(desk, second.id, 'pin')).status).toBe(404);

  for (const who of [wang, li, committee]) {
    expect((await who.client.get(path)).status).toBe(403);
    expect((await add(who, { text: 'x' })).status).toBe(403);
  }
  expect((await farDesk.client.get(path)).status).toBe(404);
  expect((await add(farDesk, { text: 'x' })).status).toBe(404);
  expect((await add(desk, { subjectId: randomUUID(), text: 'x' })).status).toBe(404);
  expect((await add(desk, { subject: 'household', subjectId: order.id, text: 'x' })).status).toBe(404);
});

test('prepared answers have versions, belong to whoever wrote them, and know their placeholders', async () => {
  const { desk, manager, steward, company, farDesk, wang } = world.people;
  const id = randomUUID();
  const put = (who: Somebody, template: string, body: Record<string, unknown> = {}) =>
    who.client.send('PUT', `/work-orders/templates/${template}`, {
      name: '已派人',
      purpose: 'comment',
      textZh: '您好，{{number}} 已派{{worker}}上门',
      textEn: 'Hello, {{worker}} is coming for {{ number }}',
      isActive: true,
      expectedVersion: 0,
      ...body,
    });
  expect(expectStatus(await put(desk, id), 200)).toMatchObject({
    version: 1,
    isOwn: true,
    changedByName: desk.name,
  });
  world.clock.advance(HOUR);
  expect(
    expectStatus(await put(manager, id, { textZh: '{{worker}}就来', expectedVersion: 1 }), 200).version,
  ).toBe(2);
  const late = await put(desk, id, { textZh: '我也改', expectedVersion: 1 });
  expect([late.status, late.body.code, late.body.params]).toEqual([
    409,
    'desk.stale',
    { version: 2, name: manager.name },
  ]);
  const versions = expectStatus(await desk.client.get(`/work-orders/templates/${id}/versions`), 200).items;
  expect(versions.map((one: { version: number; textZh: string }) => [one.version, one.textZh])).toEqual([
    [2, '{{worker}}就来'],
    [1, '您好，{{number}} 已派{{worker}}上门'],
  ]);

  // The company's own is offered to its departments, who cannot change it.
  const theirs = randomUUID();
  expectStatus(await put(company, theirs, { name: '总部', purpose: 'close' }), 200);
  const list = async (who: Somebody, query = '') =>
    expectStatus(await who.client.get(`/work-orders/templates${query}`), 200).items.map(
      (one: { name: string; isOwn: boolean }) => [one.name, one.isOwn],
    );
  expect((await list(steward)).sort()).toEqual([
    ['已派人', true],
    ['总部', false],
  ]);
  expect(await list(steward, '?purpose=close')).toEqual([['总部', false]]);
  expect(await list(farDesk)).toEqual([]);
  expect((await put(desk, theirs, { expectedVersion: 1 })).status).toBe(403);

  const wrong = await put(desk, randomUUID(), { textZh: '{{phone}} {{worker}', textEn: 'x' });
  expect(
    wrong.body.fields.map((one: { path: string; params: { name: string } }) => [one.path, one.params.name]),
  ).toEqual([
    ['/textZh', 'phone'],
    ['/textZh', '{{'],
  ]);
  expect((await put(steward, randomUUID())).status).toBe(403);
  expect((await wang.client.get('/work-orders/templates')).status).toBe(403);
  expectStatus(await put(manager, id, { isActive: false, expectedVersion: 2 }), 200);
  expect(await list(desk, '?isActive=true')).toEqual([['总部', false]]);
});
