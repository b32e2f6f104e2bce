import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, HOUR, Listening, MINUTE } from './fixtures.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const kindsOf = (events: readonly Json[]): string[] => events.map((event) => event.kind);
const ms = (time: string) => Date.parse(time);

test('a leak at home, from the phone to closed: every step, every page, every row', async () => {
  const { wang, fang, li, desk, company } = world.people;
  const live = await Promise.all([wang, li, desk].map((who) => Listening.open(who)));
  const photo = await wang.uploads();

  let order = await wang.reports(aWorkOrder().atHome(world.home).showing(photo));
  const createdAt = world.clock.now().getTime();
  expect(order).toMatchObject({
    status: 'submitted',
    station: 0,
    version: 1,
    kind: 'repair',
    priority: 'normal',
    isPublic: false,
    isMine: true,
    placeLabel: '3号楼2单元601',
    householdId: world.home,
    photos: [{ id: photo }],
    contactMasked: '王**',
    assigneeAccountId: null,
    isLate: false,
    resolveRemainingSeconds: null,
  });
  expect(order.number).toMatch(/^20261123-[0-9A-Z]{5}-[0-9A-Z]$/);
  expect(ms(order.createdAt)).toBe(createdAt);
  expect(
    [order.respondDueAt, order.arriveDueAt, order.resolveDueAt].map((due) => ms(due) - createdAt),
  ).toEqual([15 * MINUTE, 60 * MINUTE, 24 * HOUR]);
  const id: string = order.id;

  order = await desk.does(order, 'triage', { priority: 'high' });
  expect(order).toMatchObject({ status: 'triaged', station: 0, priority: 'high', version: 2 });
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  // Somebody is found when he has accepted, not when he was asked.
  expect(order).toMatchObject({
    status: 'assigned',
    station: 0,
    assigneeName: '李师傅',
    assigneeTitle: '维修工',
  });
  order = await li.does(order, 'accept');
  expect(order).toMatchObject({ status: 'accepted', station: 1 });
  order = await li.does(order, 'depart');
  expect(order).toMatchObject({ status: 'departed', station: 2 });
  order = await li.does(order, 'arrive');
  expect(order).toMatchObject({ status: 'arrived', station: 3 });
  order = await li.does(order, 'start');
  expect(order).toMatchObject({ status: 'in_progress', station: 3 });
  const workedUntil = world.clock.now().getTime() + 1_000;
  const until = new Date(workedUntil + 3 * HOUR).toISOString();
  order = await li.does(order, 'pause', { reason: 'waiting_parts', note: '等密封圈', until });
  const left = Math.floor((createdAt + 24 * HOUR - workedUntil) / 1_000);
  const stopped = {
    status: 'paused',
    station: 3,
    pausedReason: 'waiting_parts',
    pausedNote: '等密封圈',
    pausedUntil: until,
    resolveDueAt: null,
    resolveRemainingSeconds: left,
  };
  for (const who of [wang, fang, li, desk, company]) expect(await who.sees(order)).toMatchObject(stopped);
  await world.passes(2 * HOUR);
  order = await li.does(order, 'resume');
  expect(order).toMatchObject({ status: 'in_progress', pausedReason: null, resolveRemainingSeconds: null });
  // The clock goes on with what was left on it.
  expect(ms(order.resolveDueAt)).toBe(world.clock.now().getTime() + left * 1_000);
  const workPhoto = await li.uploads();
  order = await li.does(order, 'finish', { workDone: '换了密封圈', photoIds: [workPhoto] });
  expect(order).toMatchObject({
    status: 'finished',
    station: 4,
    workDone: '换了密封圈',
    workPhotos: [{ id: workPhoto }],
  });
  order = await wang.does(order, 'confirm');
  expect(order).toMatchObject({ status: 'confirmed', outcome: null, rating: null });
  order = await wang.does(order, 'rate', { score: 'basically_satisfied', words: '来得有点晚' });
  expect(order).toMatchObject({
    status: 'closed',
    outcome: 'confirmed',
    rating: 'basically_satisfied',
    ratingWords: '来得有点晚',
    isLate: false,
    version: 12,
  });

  const told = [
    'submitted',
    'triaged',
    'assigned',
    'accepted',
    'departed',
    'arrived',
    'started',
    'paused',
    'resumed',
    'finished',
    'confirmed',
    'rated',
    'closed',
  ].map((kind) => `work_order.${kind}`);
  for (const who of [wang, fang, li, desk, company]) {
    const timeline = await who.timelineOf(order);
    expect(kindsOf(timeline)).toEqual(told);
    const times = timeline.map((entry) => ms(entry.at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
  const [mine, theirs] = [await wang.timelineOf(order), await desk.timelineOf(order)];
  expect(mine.map((entry) => entry.actorIsMe)).toEqual(told.map((_, i) => [0, 10, 11].includes(i)));
  expect(mine[2]).toMatchObject({
    actorName: '孙前台',
    actorRole: 'desk',
    params: { assigneeName: '李师傅' },
  });
  expect(mine[1].params).toEqual({});
  expect(theirs[1].params).toEqual({ priority: 'high' });
  expect(mine[0].photos).toEqual([{ id: photo }]);
  expect(mine[9].photos).toEqual([{ id: workPhoto }]);

  // Each handler's part is its own row, with its own marks.
  const steps = await world.ask(
    `select role, state, handler_account_id, handler_name, accepted_at is not null as accepted, departed_at is not null as departed,
       arrived_at is not null as arrived, started_at is not null as started, ended_at - opened_at as took, position
     from work_orders.step where work_order_id = $1 order by position`,
    [id],
  );
  expect(steps).toMatchObject([
    {
      position: 1,
      role: 'desk',
      state: 'assigned',
      handler_account_id: desk.accountId,
      handler_name: '孙前台',
      accepted: false,
    },
    {
      position: 2,
      role: 'worker',
      state: 'finished',
      handler_account_id: li.accountId,
      handler_name: '李师傅',
      accepted: true,
      departed: true,
      arrived: true,
      started: true,
    },
  ]);
  expect(
    order.steps.map((step: Json) => [step.role, step.state, step.handlerName, step.endedAt !== null]),
  ).toEqual([
    ['desk', 'assigned', '孙前台', true],
    ['worker', 'finished', '李师傅', true],
  ]);

  // The right people were told, and nobody of his own deed.
  await world.told();
  const newest = (...kinds: string[]) => kinds.map((kind) => `work_order.${kind}`).toReversed();
  const forHousehold = newest('accepted', 'departed', 'arrived', 'paused', 'resumed', 'finished');
  expect(await wang.inbox()).toEqual(forHousehold);
  expect(await fang.inbox()).toEqual(forHousehold);
  expect(await li.inbox()).toEqual(newest('assigned', 'confirmed', 'rated'));
  expect(await desk.inbox()).toEqual(newest('submitted', 'paused'));
  expect(await world.people.chen.inbox()).toEqual([]);
  expect(await world.people.farDesk.inbox()).toEqual([]);
  const [message] = await world.ask(
    `select params, link from platform.notification where account_id = $1 and template = 'work_order.paused'`,
    [wang.accountId],
  );
  expect(message).toMatchObject({
    link: `/m/orders/${order.scopeId}/${id}`,
    params: { number: order.number, titleZh: expect.any(String), reason: 'waiting_parts' },
  });

  const outbox = await world.ask(
    `select kind, household_id, reporter_account_id, company_id, is_public, is_internal from platform.outbox where object_id = $1 order by event_id`,
    [id],
  );
  expect(kindsOf(outbox)).toEqual(told);
  for (const row of outbox) {
    expect(row).toMatchObject({
      household_id: world.home,
      reporter_account_id: wang.accountId,
      company_id: world.near.company,
      is_public: false,
      is_internal: false,
    });
  }
  // The pages moved by themselves, each from when the order became theirs to see.
  const [asWang, asLi, asDesk] = live.map((line) => line.kindsOf(id));
  expect([asWang, asDesk]).toEqual([told, told]);
  const since = told.slice(told.indexOf('work_order.assigned'));
  expect(asLi!.slice(-since.length)).toEqual(since);
  for (const line of live) line.close();
});

test("something in the open is everybody's to see, and may be kept from them", async () => {
  const { wang, chen } = world.people;
  const seen = await wang.reports(
    aWorkOrder().about('gate.fault').inPublic({ spot: ' 东门 ', buildingId: world.near.buildings['3'] }),
  );
  expect(seen).toMatchObject({
    isPublic: true,
    householdId: null,
    placeLabel: '3号楼 东门',
    place: 'public',
  });
  const hidden = await wang.reports(aWorkOrder().about('gate.fault').inPublic().hidden());
  expect((await chen.lists()).map((row) => row.id)).toEqual([seen.id]);
  const lift = await wang.reports(aWorkOrder().about('lift.noise').inPublic({ facilityId: world.near.lift }));
  expect(lift).toMatchObject({
    placeLabel: '3号楼电梯',
    facilityId: world.near.lift,
    buildingId: world.near.buildings['3'],
  });
  expect((await chen.looksAt(hidden)).status).toBe(404);
});

test('a special need is due when it is needed, and nothing stops its clock', async () => {
  const { wang, desk, li } = world.people;
  const needed = new Date(world.clock.now().getTime() + 5 * HOUR);
  const report = aWorkOrder().about('special.oxygen').saying('氧气瓶今天下午要用').atHome(world.home);
  expect((await wang.tryReport(report)).body).toMatchObject({
    status: 422,
    code: 'work_order.invalid',
    params: { reason: 'needed_by_required' },
  });
  expect((await wang.tryReport(report.neededBy(new Date(0)))).body.params.reason).toBe('needed_by_past');
  expect((await wang.tryReport(aWorkOrder().atHome(world.home).neededBy(needed))).body.params.reason).toBe(
    'needed_by_not_used',
  );
  let order = await wang.reports(report.neededBy(needed));
  expect(order).toMatchObject({
    kind: 'special_need',
    neededBy: needed.toISOString(),
    resolveDueAt: needed.toISOString(),
  });
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  order = await li.does(order, 'accept');
  order = await li.does(order, 'pause', { reason: 'waiting_parts' });
  expect(order).toMatchObject({ resolveDueAt: needed.toISOString(), resolveRemainingSeconds: null });
});

test('an emergency is urgent from the start and needs no triage', async () => {
  const { chen, desk, zhao } = world.people;
  let order = await chen.reports(
    aWorkOrder().about('lift.trapped').inPublic({ facilityId: world.near.lift }),
  );
  expect(order).toMatchObject({ isEmergency: true, priority: 'urgent', status: 'submitted' });
  expect(ms(order.respondDueAt) - ms(order.createdAt)).toBe(2 * MINUTE);
  order = await desk.does(order, 'assign', { assigneeAccountId: zhao.accountId });
  expect(order.status).toBe('assigned');
});

test('the desk enters a call: the household hears of it, and the number is sealed', async () => {
  const { desk, wang, chen, li } = world.people;
  const report = aWorkOrder().atHome(world.home).forCaller('方敏', '139 1234 5678');
  const order = await desk.reports(report);
  expect(order).toMatchObject({ contactMasked: '方* 139****5678', isMine: false });
  expect(await wang.sees(order)).toMatchObject({ isMine: true, contactMasked: '方* 139****5678' });
  expect(await wang.inbox()).toContain('work_order.submitted');
  const [row] = await world.ask('select * from work_orders.work_order where work_order_id = $1', [order.id]);
  expect(row).toMatchObject({ source: 'desk', reporter_account_id: null, household_id: world.home });
  expect(JSON.stringify(row)).not.toContain('12345678');
  expect(row.contact_cipher.toString('latin1')).not.toContain('1234');
  // Only whoever answers the telephone may write a caller down.
  for (const who of [chen, li]) {
    expect((await who.tryReport(report.inPublic().about('gate.fault'))).body).toMatchObject({
      status: 403,
      code: 'permission.denied',
      params: { permission: 'work_order.create_for_caller' },
    });
  }
});

test('a report must name what there is, where there is it', async () => {
  const { wang, desk } = world.people;
  const report = aWorkOrder().atHome(world.home);
  const codeOf = async (answer: Promise<{ body: Json }>) => (await answer).body.code;
  expect(await codeOf(wang.tryReport(report.about('no.such')))).toBe('work_order.category_unknown');
  expect(await codeOf(wang.tryReport(report.atHome(world.near.households['3-2-102']!)))).toBe(
    'work_order.household_unknown',
  );
  expect(await codeOf(desk.tryReport(report.atHome(world.far.households['3-2-601']!)))).toBe(
    'work_order.household_unknown',
  );
  const open = aWorkOrder().about('gate.fault');
  expect(await codeOf(wang.tryReport(open.inPublic({ buildingId: world.far.buildings['3'] })))).toBe(
    'work_order.building_unknown',
  );
  expect(await codeOf(wang.tryReport(open.inPublic({ facilityId: world.far.lift })))).toBe(
    'work_order.facility_unknown',
  );
  expect(await codeOf(wang.tryReport(open.inPublic().in(world.far.compound)))).toBe('not_found');
  const reasonOf = async (answer: Promise<{ body: Json }>) => (await answer).body.params.reason;
  expect(await reasonOf(wang.tryReport(report.about('gate.fault')))).toBe('wrong_place');
  expect(await reasonOf(wang.tryReport(aWorkOrder().inPublic()))).toBe('wrong_place');
});

test("what staff find on their rounds is theirs to report, not a resident's", async () => {
  const { wang, li, desk } = world.people;
  const found = aWorkOrder().about('patrol.equipment').saying('泵房照明坏').inPublic();
  expect((await wang.tryReport(found)).body).toMatchObject({
    status: 422,
    code: 'work_order.category_of_staff',
  });
  const offered = (await wang.client.get(`/work-orders/catalogue?scopeId=${world.near.compound}`)).body.items;
  expect(offered.map((category: Json) => category.kind)).not.toContain('found_by_staff');
  expect(
    (await li.client.get(`/work-orders/catalogue?scopeId=${world.near.compound}`)).body.items.length,
  ).toBeGreaterThan(offered.length);
  const order = await li.reports(found);
  expect(order).toMatchObject({ kind: 'found_by_staff', isMine: true });
  // Nor may the desk turn a resident's report into one that nobody has to be called about.
  const reported = await wang.reports(aWorkOrder().about('gate.fault').inPublic());
  const answer = await desk.tries(reported, 'change_category', { categoryCode: 'patrol.equipment' });
  expect(answer.body).toMatchObject({ status: 422, code: 'work_order.category_of_staff' });
  expect(await wang.sees(reported)).toMatchObject({ version: 1, kind: 'repair' });
});
