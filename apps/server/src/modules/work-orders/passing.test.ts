import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Family, familyOf } from '../../../../../test/family.ts';
import { Client, type Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { loaders as placesRows, takeoverSweep } from '../places/index.ts';
import { searchIndex } from './desk/due-search.ts';
import { aWorkOrder, expectStatus, HOUR, type Somebody } from './fixtures.ts';
import { passOverSweep } from './service-passing.ts';
import { working } from './working/fixtures.ts';

/* An open order passes whole: with what was agreed, promised and ordered, and without what colleagues kept for themselves. */

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
let world: World;
let family: Family;
let job: ReturnType<typeof working>;
/** In work, with everything that can lie beside an order. */
let rich: Json;
/** Of everybody, and followed by a neighbour. */
let gate: Json;
let toCall: Json;
let closed: Json;
let link: { id: string; token: string };
let slipToken: string;
let consent: Json;
/** About a worker of the predecessor, and about a manager of theirs; colleagues wrote about both. */
let complaint: Json;
let aboutBoss: Json;
let boss: Somebody;
let mother: { householdId: string };

const claims = (sweeps: Parameters<typeof runDueOnce>[0]['sweeps']) =>
  runDueOnce({ worker: world.worker, sweeps, house: world.server.house, clock: world.clock, log: quiet });
const calls = async (who: Somebody) =>
  expectStatus(await who.client.get('/work-orders/callbacks?limit=100'), 200).items as Json[];
const callsMade = async (who: Somebody, order: Json) =>
  who.client.get(`/work-orders/${order.id}/callbacks?scopeId=${order.scopeId}`);
const found = async (who: Somebody) =>
  (await who.lists(`&words=${encodeURIComponent('阁楼漏雨')}`)).map((row) => row.id);

beforeAll(async () => {
  world = await aWorld();
  family = familyOf(world);
  job = working(world);
  await world.insert(placesRows.servicePeriod, {
    scopeId: world.near.compound,
    servicePeriodId: randomUUID(),
    companyId: world.near.company,
    departmentId: world.near.department,
    startsOn: '2020-01-01',
    endsOn: null,
  });
  const { wang, chen, fang, desk, li, zhao } = world.people;

  // What was closed, and called about, before the day.
  closed = await world.anOrder('finished');
  closed = await desk.does(closed, 'record_callback', { result: 'satisfied_done', score: 'satisfied' });

  rich = await wang.reports(aWorkOrder().atHome(world.home).saying('阁楼漏雨'));
  gate = await wang.reports(aWorkOrder().about('gate.fault').inPublic());
  expectStatus(await chen.client.post(`/work-orders/${gate.id}/follow?scopeId=${gate.scopeId}`), 200);
  for (const [who, action, more] of [
    [desk, 'assign', { assigneeAccountId: li.accountId }],
    [li, 'accept', {}],
    [li, 'start', {}],
  ] as const)
    rich = await who.does(rich, action, more);
  rich = await job.does(desk, rich, 'set_payer', { payer: 'household', reason: '住户自用' });
  rich = await job.does(li, rich, 'add_line', job.line('80'));
  rich = await job.does(li, rich, 'send_quote');
  rich = await job.does(fang, rich, 'agree', { quoteNo: 1, total: '80.00' });
  rich = await job.does(li, rich, 'add_helper', { accountId: zhao.accountId });
  const day = world.clock.now().getTime() + 48 * HOUR;
  rich = await job.does(li, rich, 'plan_visit', {
    from: new Date(day).toISOString(),
    to: new Date(day + HOUR).toISOString(),
    purpose: '复查防水',
  });
  rich = await job.does(desk, rich, 'invite_contractor', {
    contractor: '顺通防水',
    task: '补瓦',
    days: 20,
  });
  const contractor = rich.sheet.contractors.at(-1);
  const shown = await desk.client.get(
    `/work-orders/${rich.id}/contractor-links/${contractor.id}?scopeId=${rich.scopeId}`,
  );
  link = { id: contractor.id, token: expectStatus(shown, 200).path.replace('/m/job/', '') };
  rich = await job.does(li, rich, 'order_part', {
    what: '瓦片',
    supplier: '建材市场',
    expectedOn: '2026-12-02',
  });
  rich = await desk.does(rich, 'comment', { text: '只在内部说', isInternal: true });
  expectStatus(
    await desk.client.post('/work-orders/notes', {
      scopeId: rich.scopeId,
      subject: 'order',
      subjectId: rich.id,
      text: '屋顶归谁还有争议',
    }),
    201,
  );
  const slip = await desk.client.post(`/work-orders/${rich.id}/slips?scopeId=${rich.scopeId}`, {});
  slipToken = expectStatus(slip, 201).token;

  const complains = async (who: Somebody, about: Record<string, string>) => {
    const body = aWorkOrder().about('service.attitude').saying('态度恶劣').atHome(world.home);
    const made = await who.client.post('/work-orders', { ...body.body(rich.scopeId), about });
    const said = { text: '内部：先不要告诉本人', isInternal: true };
    const kept = await world.people.manager.does(expectStatus(made, 201), 'comment', said);
    const note = { scopeId: kept.scopeId, subject: 'order', subjectId: kept.id, text: '投诉人情绪激动' };
    expectStatus(await world.people.manager.client.post('/work-orders/notes', note), 201);
    return kept;
  };
  boss = await world.aPerson('高经理', 'manager', world.near.department, { skills: ['office'] });
  await world.ask(`update places.staff set role = 'manager' where account_id = $1`, [boss.accountId]);
  complaint = await complains(wang, { workOrderId: rich.id });
  aboutBoss = await complains(world.people.manager, { accountId: boss.accountId });

  mother = await family.aMother();
  consent = await family.records(mother as never, {
    phone: family.aNumber(),
    given: { by: 'signature', fileId: await desk.uploads() },
  });

  // Nobody has answered for it: the desk ought to call, and one caller has taken that on.
  toCall = await world.anOrder('finished');
  world.clock.advance(23 * HOUR);
  for (let day = 0; day < 10 && !(await calls(desk)).some(({ id }) => id === toCall.id); day++)
    await world.passes(12 * HOUR);
  const when = new Date(world.clock.now().getTime() + 8 * HOUR).toISOString().slice(0, 10);
  expectStatus(
    await world.people.street.client.post(`/places/scopes/${world.near.compound}/takeovers`, {
      toDepartmentId: world.far.department,
      kind: 'contract',
      effectiveOn: when,
      documentNumber: '近街发〔2026〕12号',
      decidedBy: '近街道办事处',
    }),
    201,
  );
  expectStatus(
    await desk.client.post(`/work-orders/${toCall.id}/callback/claim?scopeId=${toCall.scopeId}`, {}),
    200,
  );
  await claims([searchIndex]);
});
afterAll(() => world.close());

test('before the day it is all the predecessor’s', async () => {
  const { desk, farDesk } = world.people;
  expect((await job.sees(desk, rich)).charge.total).toBe('80.00');
  expect((await job.sheet(farDesk, rich)).status).toBe(404);
  expect(await found(desk)).toEqual([rich.id]);
  expect(await found(farDesk)).toEqual([]);
  expect((await new Client(world.url).get(`/jobs/${link.token}`)).status).toBe(200);
});

test('the successor has the agreed charge, the visits, the parts and the papers; the predecessor has none of it', async () => {
  await claims([takeoverSweep, passOverSweep]);
  await world.told();
  world.clock.advance(3_000);
  const { desk, li, zhao, farDesk, wang, chen, company } = world.people;
  const order = await farDesk.sees(rich);
  expect(order).toMatchObject({ status: 'triaged', assigneeName: null, chargeState: 'agreed' });
  const sheet = await job.sees(farDesk, rich);
  expect(sheet.charge).toMatchObject({ payer: 'household', total: '80.00', quoteNo: 1 });
  expect(sheet.charge.lines).toHaveLength(1);
  expect(sheet.entries.map((entry: Json) => entry.kind)).toEqual(['sent', 'agreed']);
  expect(sheet.visits).toMatchObject([{ purpose: '复查防水', doneAt: null }]);
  expect(sheet.parts).toMatchObject([{ what: '瓦片', supplier: '建材市场' }]);
  // Who helped, who was let in from outside and what a desk wrote for itself are the predecessor's.
  expect([sheet.crew, sheet.contractors]).toEqual([[], []]);
  const notes = `/work-orders/notes?scopeId=${rich.scopeId}&orderId=${rich.id}&householdId=${world.home}`;
  expect((await farDesk.client.get(notes)).body.items).toEqual([]);
  expect(await found(farDesk)).toEqual([rich.id]);
  expect(await found(desk)).toEqual([]);
  for (const who of [desk, li, zhao, company]) {
    expect((await who.looksAt(rich)).status).toBe(404);
    expect((await job.sheet(who, rich)).status).toBe(404);
  }
  // The household sees what it agreed to, and the neighbour goes on following.
  expect((await job.sees(wang, rich)).charge.total).toBe('80.00');
  expect((await chen.sees(gate)).isFollowed).toBe(true);
  expect((await farDesk.sees(gate)).followerCount).toBe(1);
  expect(await chen.inbox()).not.toContain('work_order.left');
});

test('whom the predecessor had let in from outside is out; the resident’s paper still tells', async () => {
  const nobody = new Client(world.url);
  expect((await nobody.get(`/jobs/${link.token}`)).status).toBe(404);
  expect((await nobody.get(`/slips/${slipToken}`)).body.slip.number).toBe(rich.number);
  const withdraw = (who: Somebody) =>
    who.client.post(`/work-orders/${rich.id}/slips/revoke?scopeId=${rich.scopeId}`, {});
  expect((await withdraw(world.people.desk)).status).toBe(404);
  expect((await withdraw(world.people.farDesk)).status).toBe(200);
  expect((await nobody.get(`/slips/${slipToken}`)).body).toEqual({ slip: null });
  const rows = await world.ask<{ left: number; revoked: number }>(
    `select (select count(*)::integer from work_orders.crew where work_order_id = $1 and left_at is null and company_id = $2) as left,
       (select count(*)::integer from work_orders.contractor_link where work_order_id = $1 and revoked_at is null) as revoked`,
    [rich.id, world.near.company],
  );
  expect(rows).toEqual([{ left: 0, revoked: 0 }]);
});

test('the successor’s workers go on from there', async () => {
  const { farDesk, farWorker } = world.people;
  let order = await farDesk.sees(rich);
  order = await farDesk.does(order, 'assign', { assigneeAccountId: farWorker.accountId });
  order = await farWorker.does(order, 'accept');
  order = await farWorker.does(order, 'start');
  const sheet = await job.sees(farWorker, order);
  order = await job.does(farWorker, order, 'part_arrived', { partId: sheet.parts[0].id });
  order = await job.does(farWorker, order, 'complete_visit', { visitId: sheet.visits[0].id, done: '看过了' });
  expect((await farWorker.does(order, 'finish', { workDone: '补好了' })).status).toBe('finished');
});

test('a call that was due is the successor’s, though somebody of the predecessor had taken it on', async () => {
  const { desk, farDesk } = world.people;
  expect((await calls(desk)).map(({ id }) => id)).not.toContain(toCall.id);
  const row = (await calls(farDesk)).find(({ id }) => id === toCall.id);
  expect(row).toMatchObject({ claim: null });
  const path = `/work-orders/${toCall.id}/callback/claim?scopeId=${toCall.scopeId}`;
  expect((await desk.client.post(path, {})).status).toBe(404);
  expectStatus(await farDesk.client.post(path, {}), 200);
  const done = await farDesk.does(await farDesk.sees(toCall), 'record_callback', {
    result: 'satisfied_done',
    score: 'satisfied',
  });
  expect(done.status).toBe('closed');
  expect(expectStatus(await callsMade(farDesk, toCall), 200).items).toHaveLength(1);
});

test('the calls about what the predecessor closed stay with it', async () => {
  const { desk, farDesk } = world.people;
  expect(expectStatus(await callsMade(desk, closed), 200).items).toHaveLength(1);
  expect((await callsMade(farDesk, closed)).status).toBe(404);
});

test('the predecessor reads its own notes of what left, sealed ones too', async () => {
  const left = async (who: Somebody) =>
    expectStatus(await who.client.get('/work-orders/left?limit=100'), 200).items as Json[];
  const { desk, company, farDesk, farCompany } = world.people;
  for (const who of [desk, company]) {
    const own = (await left(who)).find(({ id }) => id === rich.id);
    expect(own?.notes.map((note: Json) => note.text)).toEqual(['只在内部说', '屋顶归谁还有争议']);
  }
  for (const who of [farDesk, farCompany]) expect(await left(who)).toEqual([]);
});

test('a complaint that left is kept from whom it is about and from the colleagues below the manager', async () => {
  const { manager, company, desk, steward } = world.people;
  const left = async (who: Somebody) => {
    const items = expectStatus(await who.client.get('/work-orders/left?limit=100'), 200).items as Json[];
    return items.filter(({ id }) => id === complaint.id || id === aboutBoss.id);
  };
  for (const who of [manager, company]) {
    const seen = await left(who);
    expect([who.name, new Set(seen.map(({ id }) => id))]).toEqual([
      who.name,
      new Set([complaint.id, aboutBoss.id]),
    ]);
    for (const { notes } of seen)
      expect(notes.map((note: Json) => note.text)).toEqual(['内部：先不要告诉本人', '投诉人情绪激动']);
  }
  // The manager who is meant reads of the other one only.
  expect((await left(boss)).map(({ id }) => id)).toEqual([complaint.id]);
  for (const who of [desk, steward]) expect([who.name, await left(who)]).toEqual([who.name, []]);
  // And by name: what was noted of it.
  for (const who of [desk, boss]) {
    const path = `/work-orders/notes?scopeId=${aboutBoss.scopeId}&orderId=${aboutBoss.id}`;
    const answer = await who.client.get(path);
    expect([who.name, answer.status, JSON.stringify(answer.body).includes('投诉人')]).toEqual([
      who.name,
      404,
      false,
    ]);
  }
});

test('a household’s consents are seen by who serves it now, with the signature', async () => {
  const { desk, farDesk } = world.people;
  const path = `/consents?scopeId=${world.near.compound}&householdId=${mother.householdId}`;
  expect((await desk.client.get(path)).status).toBe(404);
  const { items } = expectStatus(await farDesk.client.get(path), 200);
  expect(items.map(({ id }: Json) => id)).toEqual([consent.id]);
  expect(await farDesk.seesPhoto(items[0].evidence[0].id, world.near.compound)).toBe(true);
  expect(await world.people.manager.seesPhoto(items[0].evidence[0].id, world.near.compound)).toBe(false);
});
