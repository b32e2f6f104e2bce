import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json } from '../../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../../test/world.ts';
import { aWorkOrder, DAY, expectStatus, HOUR, MINUTE, type Somebody } from '../fixtures.ts';
import { recount } from './fixtures.ts';

/** Rules that a company or a city says from a day on. The world's clock stands on Monday 2026-11-23, ten o'clock. */
let world: World;
beforeEach(async () => {
  world = await aWorld();
});
afterEach(() => world.close());

const code = 'water.tap';
const entriesOf = async (who: Somebody, scopeId: string): Promise<Json> =>
  expectStatus(await who.client.get(`/work-orders/catalogue/entries?scopeId=${scopeId}`), 200);
const entryOf = async (who: Somebody, scopeId: string): Promise<Json> =>
  (await entriesOf(who, scopeId)).items.find((item: Json) => item.code === code);

async function bodyOf(who: Somebody, scopeId: string, change: Record<string, unknown> = {}): Promise<Json> {
  const { current, ownVersion } = await entryOf(who, scopeId);
  const { level: _, version: __, changedByName: ___, changedAt: ____, ...fields } = current;
  return {
    ...fields,
    scopeId,
    validFrom: '2026-11-24',
    reason: '服务承诺',
    expectedVersion: ownVersion,
    ...change,
  };
}
const putEntry = async (who: Somebody, scopeId: string, change: Record<string, unknown> = {}) =>
  who.client.send('PUT', `/work-orders/catalogue/entries/${code}`, await bodyOf(who, scopeId, change));

const dueIn = (order: Json): number =>
  (Date.parse(order.resolveDueAt) - Date.parse(order.createdAt)) / MINUTE;

test('a company’s limit holds from its day; an order keeps what it was judged under', async () => {
  const { company, wang, desk, li } = world.people;
  const { company: scopeId } = world.near;
  const before = await wang.reports(aWorkOrder().about(code).atHome(world.home));
  const usual = dueIn(before);
  const faster = {
    respondMinutes: 5,
    arriveMinutes: 10,
    resolveMinutes: 20,
    nameZh: '龙头坏了',
    calendar: 'always',
  };
  expect(expectStatus(await putEntry(company, scopeId, faster), 200)).toMatchObject({
    level: 'company',
    version: 1,
  });

  // Today nothing has changed.
  expect(await entryOf(company, scopeId)).toMatchObject({
    current: { level: 'base', version: 0 },
    upcoming: [{ version: 1, resolveMinutes: 20 }],
    ownVersion: 1,
  });
  expect(dueIn(await wang.reports(aWorkOrder().about(code).atHome(world.home)))).toBe(usual);

  world.clock.advance(DAY);
  const after = await wang.reports(aWorkOrder().about(code).atHome(world.home));
  expect([dueIn(after), after.categoryNameZh]).toEqual([20, '龙头坏了']);
  const rows = await desk.lists('&queue=open');
  const nameOf = (id: string) => rows.find((row) => row.id === id)?.categoryNameZh;
  expect([nameOf(after.id), nameOf(before.id)]).toEqual(['龙头坏了', before.categoryNameZh]);
  const catalogue = expectStatus(
    await wang.client.get(`/work-orders/catalogue?scopeId=${world.near.compound}`),
    200,
  ).items;
  expect(catalogue.find((item: Json) => item.code === code)).toMatchObject({
    nameZh: '龙头坏了',
    resolveMinutes: 20,
  });
  // The other company's residents are told nothing new.
  const far = expectStatus(
    await world.people.farResident.client.get(`/work-orders/catalogue?scopeId=${world.far.compound}`),
    200,
  ).items;
  expect(far.find((item: Json) => item.code === code).resolveMinutes).not.toBe(20);

  // The order of yesterday is corrected to something else and back: judged by what held when it began.
  let order = await desk.does(before, 'change_category', { categoryCode: 'water.leak.home' });
  order = await desk.does(order, 'change_category', { categoryCode: code });
  expect(dueIn(order)).toBe(usual);
  expect(order.resolveDueAt).toBe(before.resolveDueAt);
  // A new round is judged by what holds when it begins.
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  order = await li.does(order, 'accept');
  order = await li.does(order, 'start');
  order = await li.does(order, 'finish', { workDone: '换了阀芯' });
  order = await wang.does(order, 'confirm');
  order = await wang.does(order, 'rate', { score: 'satisfied' });
  order = await desk.does(order, 'reopen', { reason: '又漏了' });
  expect(Date.parse(order.resolveDueAt) - world.clock.now().getTime()).toBe(20 * MINUTE);
  expect(order.categoryNameZh).toBe('龙头坏了');
});

test('two headquarters’ pages at once: the second is told what changed', async () => {
  const { company } = world.people;
  const { company: scopeId } = world.near;
  const body = await bodyOf(company, scopeId, { resolveMinutes: 4000 });
  const path = `/work-orders/catalogue/entries/${code}`;
  const answers = await Promise.all([
    company.client.send('PUT', path, body),
    company.client.send('PUT', path, { ...body, resolveMinutes: 3000 }),
  ]);
  expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 409]);
  const late = await company.client.send('PUT', path, { ...body, resolveMinutes: 2000 });
  expect([late.body.code, late.body.params]).toEqual([
    'desk.stale',
    { version: 1, name: company.name, changed: ['resolveMinutes'] },
  ]);
  const { items } = expectStatus(await company.client.get(`${path}/versions?scopeId=${scopeId}`), 200);
  expect(items.map((item: Json) => [item.level, item.version])).toEqual([
    ['company', 1],
    ['base', 0],
  ]);
});

test('limits must rise, begin tomorrow, and be no slower than the city’s; what is closed is not chosen any more', async () => {
  const { company, cityHall, street, desk, wang } = world.people;
  const { company: scopeId } = world.near;
  const bad: [Record<string, unknown>, string, string][] = [
    [{ arriveMinutes: 5, respondMinutes: 6 }, '/arriveMinutes', 'minimum'],
    [{ resolveMinutes: 1, respondMinutes: 1, arriveMinutes: 2 }, '/resolveMinutes', 'minimum'],
    [{ validFrom: '2026-11-23' }, '/validFrom', 'too_early'],
    [{ validFrom: '2026-02-31' }, '/validFrom', 'format'],
    [{ arriveMinutes: null }, '/arriveMinutes', 'visit'],
    [{ respondMinutes: 0 }, '/respondMinutes', 'minimum'],
    [{ reason: ' ' }, '/reason', 'pattern'],
    [{ keywordsZh: [] }, '/keywordsZh', 'minItems'],
  ];
  for (const [change, path, fault] of bad) {
    const answer = await putEntry(company, scopeId, change);
    expect([change, answer.status, answer.body.fields?.[0]?.path, answer.body.fields?.[0]?.code]).toEqual([
      change,
      422,
      path,
      fault,
    ]);
  }
  // Equal limits are no fault: respond = arrive = resolve.
  const same = { respondMinutes: 30, arriveMinutes: 30, resolveMinutes: 30 };
  expectStatus(await putEntry(cityHall, world.city, same), 200);
  const slower = await putEntry(company, scopeId, { ...same, resolveMinutes: 31 });
  expect(slower.body.fields).toEqual([
    { path: '/resolveMinutes', code: 'slower_than_city', params: { limit: 30 } },
  ]);
  expectStatus(await putEntry(company, scopeId, { ...same, isActive: false }), 200);
  world.clock.advance(DAY);
  const refused = await wang.tryReport(aWorkOrder().about(code).atHome(world.home));
  expect([refused.status, refused.body.code]).toEqual([422, 'work_order.category_unknown']);
  const far = await world.people.farResident.reports(
    aWorkOrder().about(code).atHome(world.far.households['3-2-601']!),
  );
  expect(dueIn(far)).toBe(30);

  // Only for oneself, and not everybody.
  expect((await putEntry(desk, world.near.department)).status).toBe(403);
  expect((await putEntry(street, world.near.street)).status).toBe(403);
  expect((await putEntry(cityHall, scopeId)).status).toBe(403);
  const foreign = { ...(await bodyOf(company, scopeId)), scopeId: world.far.company };
  const path = `/work-orders/catalogue/entries/${code}`;
  expect((await company.client.send('PUT', path, foreign)).status).toBe(404);
  expect(
    (await wang.client.get(`/work-orders/catalogue/entries?scopeId=${world.near.compound}`)).status,
  ).toBe(403);
});

test('the clocks of a moment are told with the days that count', async () => {
  const { desk } = world.people;
  const ask = (query: string) =>
    desk.client.get(`/work-orders/catalogue/clocks?scopeId=${world.near.compound}&${query}`);
  const limits = 'respondMinutes=30&arriveMinutes=240&resolveMinutes=960&calendar=working';
  // Friday 17:00 before National Day's make-up Saturday lies in no year we need: a plain weekend, then a holiday.
  const shown = expectStatus(
    await ask(`at=${encodeURIComponent('2026-12-31T17:00:00+08:00')}&${limits}`),
    200,
  );
  const [respond, , resolve] = shown.clocks;
  expect(respond).toMatchObject({ clock: 'respond', dueAt: '2026-12-31T09:30:00.000Z' });
  expect(resolve.days[0]).toEqual({ date: '2026-12-31', reason: 'workday', minutes: 60 });
  expect(resolve.days.map((day: Json) => day.minutes).reduce((a: number, b: number) => a + b)).toBe(960);
  // The next year's holidays are not known yet, and it says so.
  expect(shown.isCovered).toBe(false);
  expect(resolve.days.some((day: Json) => day.reason.startsWith('unknown_'))).toBe(true);
  const night = expectStatus(
    await ask(
      `at=${encodeURIComponent('2026-11-21T03:00:00+08:00')}&respondMinutes=15&resolveMinutes=60&calendar=always`,
    ),
    200,
  );
  expect(night.clocks).toEqual([
    { clock: 'respond', dueAt: '2026-11-20T19:15:00.000Z', days: [] },
    { clock: 'resolve', dueAt: '2026-11-20T20:00:00.000Z', days: [] },
  ]);
  expect(
    (await ask('at=2026-11-21T03:00:00Z&respondMinutes=60&resolveMinutes=15&calendar=always')).status,
  ).toBe(422);
});

test('what would have been late: the same limits judge the same, other limits name the orders', async () => {
  const { wang, desk, li, company, street, farCompany } = world.people;
  let quick = await wang.reports(aWorkOrder().about(code).atHome(world.home));
  quick = await desk.does(quick, 'assign', { assigneeAccountId: li.accountId });
  world.clock.advance(20 * MINUTE);
  quick = await li.does(quick, 'accept');
  quick = await li.does(quick, 'start');
  quick = await li.does(quick, 'finish', { workDone: '好了' });
  const forgotten = await wang.reports(aWorkOrder().about(code).atHome(world.home));
  await wang.does(await wang.reports(aWorkOrder().about(code).atHome(world.home)), 'cancel');
  await world.passes(3 * DAY);

  const { current } = await entryOf(company, world.near.company);
  const inForce = {
    categoryCode: code,
    respondMinutes: current.respondMinutes,
    arriveMinutes: current.arriveMinutes,
    resolveMinutes: current.resolveMinutes,
    calendar: current.calendar,
  };
  const ask = async (who: Somebody, scopeId: string, change: Record<string, unknown> = {}) =>
    who.client.post('/work-orders/catalogue/what-if', {
      scopeId,
      from: '2026-11-01',
      to: '2026-11-30',
      changes: [{ ...inForce, ...change }],
    });
  const same = expectStatus(await ask(company, world.near.company), 200);
  expect(same.rows[0].total).toBe(3);
  expect(same.rows[0].was).toEqual(same.rows[0].would);
  expect(same.rows[0].was.resolve).toBe(1);
  expect(same.changedTotal).toBe(0);

  const harsh = expectStatus(
    await ask(company, world.near.company, {
      respondMinutes: 5,
      arriveMinutes: 10,
      resolveMinutes: 15,
      calendar: 'always',
    }),
    200,
  );
  expect(harsh.rows[0].would).toEqual({ respond: 2, arrive: 2, resolve: 2, any: 2 });
  expect(harsh.changed.map((one: Json) => one.id)).toEqual([quick.id]);
  expect(harsh.changed[0]).toMatchObject({ would: ['respond', 'arrive', 'resolve'] });
  const mild = expectStatus(
    await ask(street, world.near.street, {
      respondMinutes: 500_000,
      arriveMinutes: 500_000,
      resolveMinutes: 500_000,
    }),
    200,
  );
  expect(mild.changed.map((one: Json) => one.id)).toContain(forgotten.id);
  expect(mild.rows[0].would.any).toBe(0);
  expect((await ask(farCompany, world.near.company)).status).toBe(404);
  expect((await ask(wang, world.near.compound)).status).toBe(403);
  expect((await ask(company, world.near.company, { resolveMinutes: 1 })).status).toBe(422);
});

test('a changed calendar moves what is open, tells it, and leaves what has happened', async () => {
  const { company, cityHall, wang, desk, li, farCompany } = world.people;
  const { company: scopeId } = world.near;
  const working = { calendar: 'working', respondMinutes: 60, arriveMinutes: 120, resolveMinutes: 2700 };
  expectStatus(await putEntry(company, scopeId, working), 200);
  world.clock.advance(DAY);
  // Tuesday ten o'clock, five working days of nine hours: until Tuesday ten o'clock a week later.
  let order = await wang.reports(aWorkOrder().about(code).atHome(world.home));
  const late = await wang.reports(aWorkOrder().about(code).atHome(world.home));
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  order = await li.does(order, 'accept');
  await world.passes(3 * HOUR);
  const before = await desk.sees(late);
  expect(before.respondLateAt).toBe(before.respondDueAt);

  const path = `/work-orders/calendar?scopeId=${scopeId}&from=2026-11-23&to=2026-12-06`;
  const shown = expectStatus(await company.client.get(path), 200);
  expect(shown).toMatchObject({
    earliest: '2026-11-25',
    knownTo: '2026-12-31',
    ownVersion: 0,
    openOrders: 2,
  });
  const body = {
    scopeId,
    validFrom: '2026-11-25',
    weekdays: [1, 2, 3, 4, 5, 6],
    hours: null,
    days: [{ date: '2026-11-26', mark: 'holiday' }],
    knownTo: null,
    source: '公司通知',
    expectedVersion: 0,
  };
  const put = (who: Somebody, change: Record<string, unknown> = {}) =>
    who.client.send('PUT', '/work-orders/calendar', { ...body, ...change });
  expectStatus(await put(company), 200);
  expect((await put(company)).body.code).toBe('desk.stale');
  await recount(world);

  // One day closed, one Saturday won: Tuesday, Wednesday, Friday, Saturday, Monday, Tuesday till ten: the same hour.
  // The Saturday counts and the Thursday doesn't, so nothing moves for this one; a longer Friday does.
  expectStatus(
    await put(company, {
      validFrom: '2026-11-27',
      days: [],
      expectedVersion: 1,
      hours: [{ from: 540, to: 1140 }],
    }),
    200,
  );
  await recount(world);
  const moved = await desk.sees(order);
  expect(Date.parse(moved.resolveDueAt)).toBeLessThan(Date.parse(order.resolveDueAt));
  const timeline = await desk.timelineOf(order);
  expect(timeline.findLast(({ kind }) => kind === 'work_order.dues_moved')).toMatchObject({
    actorRole: 'system',
    params: { resolveWas: order.resolveDueAt, resolveBecomes: moved.resolveDueAt },
  });
  expect(moved.acceptedAt).toBe(order.acceptedAt);
  expect(moved.respondDueAt).toBe(order.respondDueAt);
  // What ran out stays run out; what had not moves.
  const still = await desk.sees(late);
  expect([still.respondDueAt, still.respondLateAt]).toEqual([before.respondDueAt, before.respondLateAt]);
  const { versions } = expectStatus(await company.client.get(path), 200);
  expect(versions.map((one: Json) => [one.version, one.isRecounting, one.recounted])).toEqual([
    [2, false, 2],
    [1, false, 2],
  ]);
  // Run again, it moves nothing more.
  const count = (await desk.timelineOf(order)).length;
  await recount(world);
  expect((await desk.timelineOf(order)).length).toBe(count);

  // An official notice is the city's to enter; the company's page then knows further.
  const notice = {
    ...body,
    scopeId: world.city,
    weekdays: null,
    days: [{ date: '2027-02-08', mark: 'holiday' }],
    knownTo: '2027-12-31',
  };
  expect((await put(company, { knownTo: '2027-12-31', expectedVersion: 2 })).status).toBe(422);
  expectStatus(await put(cityHall, notice), 200);
  expect(expectStatus(await company.client.get(path), 200).knownTo).toBe('2027-12-31');
  for (const [change, where] of [
    [{ validFrom: '2026-11-24' }, '/validFrom'],
    [{ hours: [{ from: 600, to: 600 }] }, '/hours/0'],
    [{ weekdays: [] }, '/weekdays'],
    [{ weekdays: [8] }, '/weekdays/0'],
    [{ days: [{ date: '2026-11-24', mark: 'holiday' }] }, '/days/2026-11-24'],
  ] as const)
    expect([where, (await put(company, { ...change, expectedVersion: 2 })).body.fields?.[0]?.path]).toEqual([
      where,
      where,
    ]);
  expect((await put(farCompany)).status).toBe(404);
  expect((await put(desk)).status).toBe(403);
});

test('whose matter it is: the nearest says it, and what is not ours names who takes it', async () => {
  const { company, street, wang, desk, farResident } = world.people;
  const read = async (who: Somebody, scopeId: string, more = '') =>
    expectStatus(await who.client.get(`/work-orders/duties?scopeId=${scopeId}${more}`), 200);
  const usual = await read(wang, world.near.compound);
  expect(usual.items.map((item: Json) => item.level)).toEqual(Array(7).fill('base'));
  expect(usual.mayEdit).toBe(false);

  const receiver = {
    kind: 'water',
    nameZh: '自来水公司',
    nameEn: 'Water works',
    phone: '96116',
    hours: '24 小时',
    isActive: true,
  };
  const putReceiver = (who: Somebody, scopeId: string, more = {}) =>
    who.client.send('PUT', '/work-orders/receivers/water', {
      scopeId,
      ...receiver,
      expectedVersion: 0,
      ...more,
    });
  const putDuty = (who: Somebody, scopeId: string, more = {}) =>
    who.client.send('PUT', '/work-orders/duties/utility', {
      scopeId,
      categoryCode: null,
      validFrom: '2026-11-24',
      payer: 'receiver',
      doer: 'receiver',
      receiverCode: 'water',
      sentenceZh: '主管线归自来水公司',
      sentenceEn: 'The mains belong to the water works',
      source: '物业管理条例第五十一条',
      expectedVersion: 0,
      ...more,
    });
  const nobody = await putDuty(street, world.near.street);
  expect(nobody.body.fields).toEqual([{ path: '/receiverCode', code: 'unknown', params: {} }]);
  const missing = await putDuty(street, world.near.street, { receiverCode: null });
  expect(missing.body.fields).toEqual([{ path: '/receiverCode', code: 'required', params: {} }]);
  expectStatus(await putReceiver(street, world.near.street), 200);
  expect((await putReceiver(street, world.near.street)).status).toBe(409);
  expectStatus(await putDuty(street, world.near.street), 200);
  expectStatus(
    await putDuty(street, world.near.street, { categoryCode: code, sentenceZh: '龙头归自己' }),
    200,
  );
  expect((await putDuty(street, world.near.street, { categoryCode: 'no.such' })).status).toBe(422);
  expect(
    (await putDuty(street, world.near.street, { validFrom: '2026-11-23', expectedVersion: 1 })).status,
  ).toBe(422);

  world.clock.advance(DAY);
  const now = await read(wang, world.near.compound, `&category=${code}`);
  const utility = now.items.filter((item: Json) => item.duty === 'utility');
  expect(utility.map((item: Json) => [item.categoryCode, item.level, item.sentenceZh])).toEqual([
    [null, 'street', '主管线归自来水公司'],
    [code, 'street', '龙头归自己'],
  ]);
  expect(now.receivers).toMatchObject([{ code: 'water', phone: '96116' }]);
  // The company says it nearer, and keeps the number it calls itself.
  expectStatus(await putReceiver(company, world.near.company, { phone: '010 6000' }), 200);
  expectStatus(
    await putDuty(company, world.near.company, { validFrom: '2026-11-25', sentenceZh: '我们代为报修' }),
    200,
  );
  world.clock.advance(DAY);
  const nearer = await read(desk, world.near.compound);
  expect(nearer.items.find((item: Json) => item.duty === 'utility')).toMatchObject({
    level: 'company',
    sentenceZh: '我们代为报修',
  });
  expect(nearer.receivers[0].phone).toBe('010 6000');
  const elsewhere = await read(farResident, world.far.compound);
  expect([elsewhere.items[3].level, elsewhere.receivers]).toEqual(['base', []]);
  for (const who of [wang, desk]) expect((await putReceiver(who, world.near.compound)).status).toBe(403);
});
