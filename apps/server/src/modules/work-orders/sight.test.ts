import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { ACTIONS } from './domain.ts';
import { aWorkOrder, DAY, Listening, type Somebody } from './fixtures.ts';

/** Who sees what: neighbours, workers, other companies, overseers by column, those who moved away. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const idsOf = (rows: readonly Json[]): string[] => rows.map((row) => row.id);

/** To this person the order does not exist, by whatever door they try. */
async function isUnknownTo(who: Somebody, order: Json, photoId: string): Promise<void> {
  const at = `/work-orders/${order.id}`;
  const doors = [
    `${at}?scopeId=${order.scopeId}`,
    `${at}/timeline?scopeId=${order.scopeId}`,
    `/files/${photoId}?scopeId=${order.scopeId}`,
  ];
  for (const door of doors)
    expect([who.name, door, (await who.client.get(door)).status]).toEqual([who.name, door, 404]);
  const candidates = await who.client.get(`/dispatch/orders/${order.id}/candidates?scopeId=${order.scopeId}`);
  expect([who.name, [403, 404].includes(candidates.status)]).toEqual([who.name, true]);
  const answer = await who.tries(order, 'comment', { text: '?' });
  expect([who.name, answer.status, answer.body.code]).toEqual([who.name, 404, 'not_found']);
  expect(idsOf(await who.lists())).not.toContain(order.id);
}

test("a home is its household's and the staff's; next door it does not exist", async () => {
  const { wang, fang, chen, li, zhao, desk } = world.people;
  const photo = await wang.uploads();
  let order = await wang.reports(aWorkOrder().atHome(world.home).showing(photo));
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  for (const who of [wang, fang, li, desk]) {
    expect((await who.sees(order)).description).toBe(order.description);
    expect(await who.seesPhoto(photo)).toBe(true);
    expect(idsOf(await who.lists())).toContain(order.id);
  }
  await isUnknownTo(chen, order, photo);
  // A colleague has not been asked.
  await isUnknownTo(zhao, order, photo);
});

test("a neighbour reads what stands in the open, and nobody's name", async () => {
  const { wang, chen, desk, li } = world.people;
  const photo = await wang.uploads();
  let order = await wang.reports(
    aWorkOrder().about('gate.fault').inPublic({ buildingId: world.near.buildings['3'] }).showing(photo),
  );
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  order = await li.does(order, 'accept');
  order = await li.does(order, 'pause', { reason: 'waiting_parts', note: '王先生说周末也行' });
  order = await wang.does(order, 'comment', { text: '请快一点' });
  const seen = await chen.sees(order);
  expect(seen).toMatchObject({
    status: 'paused',
    pausedReason: 'waiting_parts',
    description: order.description,
    photos: [{ id: photo }],
    isMine: false,
    contactMasked: null,
    assigneeAccountId: null,
    assigneeName: null,
    assigneeTitle: null,
    householdId: null,
    pausedNote: null,
    steps: [],
    related: [],
    ratingWords: null,
  });
  expect(seen.actions.every((action: Json) => !action.isAllowed && action.reasonCode === 'not_yours')).toBe(
    true,
  );
  const [row] = (await chen.lists()).filter(({ id }) => id === order.id);
  expect(row).toMatchObject({
    contactMasked: null,
    assigneeAccountId: null,
    assigneeName: null,
    isMine: false,
  });
  const timeline = await chen.timelineOf(order);
  expect(timeline.map((event) => event.kind)).toEqual(
    ['submitted', 'assigned', 'accepted', 'paused'].map((kind) => `work_order.${kind}`),
  );
  for (const event of timeline)
    expect(event).toMatchObject({ actorName: null, actorIsMe: false, photos: [] });
  for (const secret of ['王', '李师傅', li.accountId, wang.accountId, '周末']) {
    expect(JSON.stringify([seen, row, timeline])).not.toContain(secret);
  }
  expect(await chen.seesPhoto(photo)).toBe(true);
  const sent = ACTIONS.filter((action) => action !== 'close_parts' && action !== 'reopen_parts');
  for (const action of sent) {
    const params = {
      assigneeAccountId: li.accountId,
      reason: 'unsafe',
      text: 'x',
      workDone: 'x',
      score: 'satisfied',
      receiver: 'x',
      toScopeId: world.far.compound,
      decidedBy: 'street',
      documentNumber: 'x',
      result: 'unreachable',
      how: 'in_person',
      name: 'x',
      categoryCode: 'gate.fault',
      from: '2026-12-01T01:00:00Z',
      to: '2026-12-01T04:00:00Z',
      windows: [{ from: '2026-12-01T01:00:00Z', to: '2026-12-01T04:00:00Z' }],
      number: order.number,
      parts: [
        { categoryCode: 'gate.fault', description: 'x' },
        { categoryCode: 'gate.fault', description: 'y' },
      ],
    };
    const answer = await chen.tries(order, action, pick(action, params));
    expect([action, answer.status]).toEqual([
      action,
      action === 'assign' || action === 'transfer' ? 422 : 409,
    ]);
  }
  expect(await wang.sees(order)).toMatchObject({ version: order.version });
});

const needs: Partial<Record<(typeof ACTIONS)[number], readonly string[]>> = {
  assign: ['assigneeAccountId'],
  transfer: ['assigneeAccountId', 'reason'],
  refuse: ['reason'],
  pause: ['reason'],
  finish: ['workDone'],
  dispute: ['reason'],
  rate: ['score'],
  confirm_for: ['how', 'name'],
  record_callback: ['result'],
  reply_rating: ['text'],
  merge: ['number'],
  unmerge: ['reason'],
  split: ['parts'],
  link: ['number'],
  unlink: ['number'],
  force_close: ['reason'],
  reopen: ['reason'],
  refer: ['receiver'],
  move: ['toScopeId', 'decidedBy', 'documentNumber', 'reason'],
  comment: ['text'],
  change_category: ['categoryCode'],
  offer_windows: ['windows'],
  make_appointment: ['from', 'to'],
};
function pick(action: (typeof ACTIONS)[number], params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries((needs[action] ?? []).map((name) => [name, params[name]]));
}

test('another company, its desk, its street and its residents find nothing by any door', async () => {
  const { wang, farDesk, farWorker, farCompany, farStreet, farResident } = world.people;
  const photo = await wang.uploads();
  const order = await wang.reports(aWorkOrder().about('gate.fault').inPublic().showing(photo));
  const live = await Promise.all([wang, farDesk, farCompany, farResident].map((who) => Listening.open(who)));
  for (const who of [farDesk, farWorker, farCompany, farStreet, farResident]) {
    await isUnknownTo(who, order, photo);
    // Nor under a scope of their own, nor by narrowing to ours.
    expect((await who.client.get(`/work-orders/${order.id}?scopeId=${world.far.compound}`)).status).toBe(404);
    for (const list of ['/work-orders', '/work-orders/queues', '/work-orders/catalogue']) {
      const { status } = await who.client.get(`${list}?scopeId=${world.near.compound}`);
      expect([who.name, list, [403, 404].includes(status)]).toEqual([who.name, list, true]);
    }
    const report = await who.tryReport(aWorkOrder().about('gate.fault').inPublic().in(world.near.compound));
    expect([who.name, [403, 404].includes(report.status)]).toEqual([who.name, true]);
  }
  await wang.does(order, 'urge');
  const [mine, ...others] = live;
  await expect.poll(() => mine!.kindsOf(order.id).at(-1)).toBe('work_order.urged');
  for (const line of others) expect(line.heard).toEqual([]);
  for (const line of live) line.close();
});

test('company, street and city reach by their own column; the community by its compounds', async () => {
  const { wang, farResident, company, street, cityHall, committee, desk, farDesk } = world.people;
  const near = await wang.reports(aWorkOrder().atHome(world.home));
  const far = await farResident.reports(aWorkOrder().atHome(world.far.households['3-2-601']!));
  for (const [who, sees, not] of [
    [company, [near], [far]],
    [street, [near], [far]],
    [committee, [near], [far]],
    [desk, [near], [far]],
    [farDesk, [far], [near]],
    [cityHall, [near, far], []],
  ] as [Somebody, Json[], Json[]][]) {
    const listed = idsOf(await who.lists());
    for (const order of sees) {
      expect([who.name, listed.includes(order.id), (await who.looksAt(order)).status]).toEqual([
        who.name,
        true,
        200,
      ]);
      expect((await who.timelineOf(order)).length).toBeGreaterThan(0);
    }
    for (const order of not)
      expect([who.name, listed.includes(order.id), (await who.looksAt(order)).status]).toEqual([
        who.name,
        false,
        404,
      ]);
  }
  for (const [who, scopeId] of [
    [company, world.near.compound],
    [street, world.near.community],
    [cityHall, world.near.street],
  ] as [Somebody, string][]) {
    const narrowed = idsOf(await who.lists(`&scopeId=${scopeId}`));
    expect([who.name, narrowed.includes(near.id), narrowed.includes(far.id)]).toEqual([
      who.name,
      true,
      false,
    ]);
  }
  const counts = (await cityHall.client.get('/work-orders/queues')).body;
  expect(counts.open).toBe((await cityHall.lists('&queue=open')).length);
  // They watch and urge; the work is the company's.
  for (const who of [street, cityHall, committee]) {
    expect((await who.tries(near, 'triage')).body.params.reason).toBe('not_yours');
  }
});

test('who moved away sees the home no more, and who has nothing left there is signed out', async () => {
  const { wang } = world.people;
  const lives = { householdId: world.home, quarter: world.near, until: '2026-11-25' };
  const sister = await world.aPerson('王小妹', 'resident', world.near.compound, { livesAt: lives });
  const lodger = await world.aPerson('租客', 'resident', world.near.compound, {
    livesAt: lives,
    membershipEnds: '2026-11-25',
  });
  const photo = await wang.uploads();
  const order = await wang.reports(aWorkOrder().atHome(world.home).showing(photo));
  const open = await wang.reports(aWorkOrder().about('gate.fault').inPublic());
  for (const who of [sister, lodger]) expect((await who.sees(order)).isMine).toBe(true);
  await world.passes(2 * DAY);
  await isUnknownTo(sister, order, photo);
  // She is still somebody of the compound, as far as the register says.
  expect((await sister.sees(open)).isMine).toBe(false);
  expect((await lodger.looksAt(order)).body.code).toBe('auth.session_required');
  await world.told();
  const before = (
    await world.ask('select 1 from platform.notification where account_id = $1', [sister.accountId])
  ).length;
  const { desk, li } = world.people;
  const sent = await desk.does(await desk.sees(order), 'assign', { assigneeAccountId: li.accountId });
  await li.does(sent, 'accept');
  await world.told();
  const after = await world.ask('select 1 from platform.notification where account_id = $1', [
    sister.accountId,
  ]);
  expect(after.length).toBe(before);
});

test('who works and lives there acts as one of them at a time', async () => {
  const { wang, desk } = world.people;
  const order = await wang.reports(aWorkOrder().about('gate.fault').inPublic());
  const lives = { livesAt: { householdId: world.near.households['13-2-101']!, quarter: world.near } };
  const plumber = await world.aPerson('两面人', 'worker', world.near.department, {
    skills: ['access_control'],
  });
  const sent = await desk.does(order, 'assign', { assigneeAccountId: plumber.accountId });
  expect((await plumber.sees(sent)).contactMasked).toBe('王**');
  const asResident = await world.asAlso(plumber, 'resident', world.near.compound, lives.livesAt);
  expect(await asResident.sees(sent)).toMatchObject({
    contactMasked: null,
    assigneeName: null,
    isMine: false,
    steps: [],
  });
  expect((await asResident.tries(sent, 'accept')).body.params.reason).toBe('not_yours');
  expect((await plumber.does(sent, 'accept')).status).toBe('accepted');
});
