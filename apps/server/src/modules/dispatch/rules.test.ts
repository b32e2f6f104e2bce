import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { forgetWalls } from '../places/index.ts';
import { aWorkOrder, DAY, expectStatus, MINUTE, type Somebody } from '../work-orders/fixtures.ts';
import { rulesSweep } from './due-rules.ts';
import { askSweep, climbSweep } from './due.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

/** Every event has been heard, and whatever is due has been done. */
async function works(milliseconds = 0): Promise<Record<string, number>> {
  world.clock.advance(milliseconds);
  await world.told();
  const { house } = world.server;
  return runDueOnce({
    worker: world.worker,
    sweeps: [rulesSweep, askSweep, climbSweep],
    house,
    clock: world.clock,
    log: house.log,
  });
}
const rulesOf = async (who: Somebody, scopeId?: string): Promise<Json> =>
  expectStatus(
    await who.client.get(`/dispatch/rules${scopeId === undefined ? '' : `?scopeId=${scopeId}`}`),
    200,
  );
const change = (scopeId: string, more: Json = {}): Json => ({
  scopeId,
  expectedVersion: 0,
  startsOn: null,
  reason: '试一个月',
  ...more,
});
/** A new intent each time. */
const says = (who: Somebody, subject: string, body: Json) =>
  who.client.send('PUT', `/dispatch/rules/${subject}`, body, { 'idempotency-key': randomUUID() });
const mode = (who: Somebody, scopeId: string, more: Json) =>
  says(who, 'mode', { ...change(scopeId), categoryCode: null, ...more });
const dispatchOf = async (order: Json): Promise<Json> =>
  expectStatus(
    await world.people.desk.client.get(`/dispatch/orders/${order.id}?scopeId=${order.scopeId}`),
    200,
  ).dispatch;
const reports = (code: string, words: string) =>
  world.people.wang.reports(aWorkOrder().about(code).saying(words).atHome(world.home));
const mine = async (who: Somebody): Promise<string[]> =>
  expectStatus(await who.client.get('/dispatch/offers'), 200).items.map((one: Json) => one.orderId);
const wordFor = (rules: Json, code: string | null): Json =>
  rules.modes.find((one: Json) => one.categoryCode === code);

test('a company turns grabbing on for one matter, from now: new orders and those that wait are asked so', async () => {
  const { company, li, zhao } = world.people;
  const before = await rulesOf(company);
  expect(before).toMatchObject({ mayEdit: true, mayGrab: true, kind: 'company', waiting: 0, own: [] });
  expect(before.modes).toMatchObject([{ categoryCode: null, mode: 'by_hand', level: 'base', ownVersion: 0 }]);

  const [waiting, other] = [await reports('water.tap', '龙头漏'), await reports('water.toilet', '马桶堵')];
  await works();
  expect(await dispatchOf(waiting)).toMatchObject({ mode: 'by_hand', state: 'by_hand' });
  expect((await rulesOf(company)).waiting).toBe(2);

  const made = expectStatus(
    await mode(company, world.near.company, { categoryCode: 'water.tap', value: 'grab' }),
    200,
  );
  expect(made).toEqual({ version: 1, startsAt: world.clock.now().toISOString() });
  const after = await works();
  expect(after[rulesSweep.name]).toBe(1);
  const fresh = await reports('water.tap', '又一个龙头漏');
  await works();
  for (const order of [waiting, fresh]) {
    expect(await dispatchOf(order)).toMatchObject({ mode: 'grab', state: 'offered' });
    expect(await mine(li)).toContain(order.id);
    expect(await mine(zhao)).toContain(order.id);
  }
  expect(await dispatchOf(other)).toMatchObject({ mode: 'by_hand', state: 'by_hand' });
  expect((await works())[rulesSweep.name]).toBe(0);

  const rules = await rulesOf(company);
  expect(wordFor(rules, 'water.tap')).toMatchObject({
    mode: 'grab',
    level: 'company',
    changedByName: company.name,
    reason: '试一个月',
    ownVersion: 1,
  });
  // The desk, the committee and the street look; an order of another company's knows nothing of it.
  for (const who of [world.people.desk, world.people.manager]) {
    const seen = await rulesOf(who);
    expect([seen.mayEdit, wordFor(seen, 'water.tap').mode]).toEqual([false, 'grab']);
  }
  expect(wordFor(await rulesOf(world.people.farCompany), 'water.tap')).toBeUndefined();

  // Taken back: who waits is the desk's again, and nobody stays asked.
  const back = await mode(company, world.near.company, {
    categoryCode: 'water.tap',
    value: null,
    expectedVersion: 1,
  });
  expectStatus(back, 200);
  await works();
  expect(await dispatchOf(fresh)).toMatchObject({ mode: 'by_hand', state: 'by_hand' });
  expect(await mine(li)).not.toContain(fresh.id);
  expect((await rulesOf(company)).own.map((one: Json) => [one.version, one.value, one.standing])).toEqual([
    [2, null, 'now'],
    [1, 'grab', 'past'],
  ]);
});

test('from a day on: it is to come, holds from that midnight of the place, and a compound’s own word before it', async () => {
  const { company, street, desk } = world.people;
  const { startsAt } = expectStatus(
    await mode(street, world.near.street, { startsOn: '2026-11-30', value: 'automatic' }),
    200,
  );
  expect(startsAt).toBe('2026-11-29T16:00:00.000Z');
  expectStatus(
    await mode(company, world.near.compound, { categoryCode: 'water.pressure', value: 'in_turn' }),
    200,
  );
  const today = await rulesOf(desk, world.near.compound);
  expect(wordFor(today, null)).toMatchObject({ mode: 'by_hand', level: 'base' });
  expect(wordFor(today, 'water.pressure')).toMatchObject({ mode: 'in_turn', level: 'compound' });
  expect((await rulesOf(street)).own).toMatchObject([{ standing: 'coming', value: 'automatic' }]);
  expect((await rulesOf(company)).compounds).toMatchObject([
    { scopeId: world.near.compound, categoryCode: 'water.pressure', mode: 'in_turn' },
  ]);
  const order = await reports('water.drain', '地漏返味');
  await works();
  world.clock.set(new Date(Date.parse(startsAt) - 1));
  await works();
  expect(await dispatchOf(order)).toMatchObject({ mode: 'by_hand' });
  await works(1);
  expect(await dispatchOf(order)).toMatchObject({ mode: 'automatic', state: 'waiting' });
  expect(wordFor(await rulesOf(desk, world.near.compound), null)).toMatchObject({ level: 'street' });
  const back = await mode(street, world.near.street, { value: null, expectedVersion: 1 });
  expectStatus(back, 200);
  await works();
});

test('countdowns and the chain: what a company says holds for its next order and for those that wait', async () => {
  const { company, li, zhao, manager } = world.people;
  expectStatus(
    await mode(company, world.near.company, { categoryCode: 'water.leak.home', value: 'in_turn' }),
    200,
  );
  const offers = { turnSeconds: 10, grabSeconds: 20, emergencySeconds: 600 };
  expectStatus(await says(company, 'offers', change(world.near.company, { value: offers })), 200);
  const order = await reports('water.leak.home', '楼上漏水');
  await works();
  const [first] = (await dispatchOf(order)).offers;
  expect(Date.parse(first.expiresAt) - world.clock.now().getTime()).toBe(10_000);
  await works(10_001);
  expect(new Set((await dispatchOf(order)).offers.map((one: Json) => one.displayName))).toEqual(
    new Set([li.name, zhao.name]),
  );

  // By the built-in chain the steward would be told first, when it should have been taken.
  const { respondDueAt } = await world.people.desk.sees(order);
  const chain = {
    emergency: [{ afterMinutes: 2, to: 'street' }],
    normal: [{ afterMinutes: 7, to: 'manager' }],
    notThere: ['street'],
    acknowledgedMinutes: 5,
  };
  expectStatus(await says(company, 'escalation', change(world.near.company, { value: chain })), 200);
  await works();
  expect(await dispatchOf(order)).toMatchObject({
    nextRole: 'manager',
    nextAt: new Date(Date.parse(respondDueAt) + 7 * MINUTE).toISOString(),
  });
  world.clock.set(new Date(Date.parse(respondDueAt) + 7 * MINUTE));
  await works();
  expect((await dispatchOf(order)).alerts).toMatchObject([{ role: 'manager', afterMinutes: 7 }]);
  expect(await manager.inbox()).toContain('dispatch.nobody');
  expect((await rulesOf(company)).escalation).toMatchObject({
    value: chain,
    level: 'company',
    ownVersion: 1,
  });
});

test('who may not: other companies, the desk, the street for a company, anybody for grabbing but the company', async () => {
  const { desk, manager, street, farCompany, li, wang, committee, cityHall } = world.people;
  const { company, compound, street: streetId, department } = world.near;
  const body = { categoryCode: null, value: 'in_turn' };
  expect((await mode(desk, department, body)).status).toBe(403);
  expect((await mode(manager, company, body)).status).toBe(403);
  expect((await mode(committee, compound, body)).status).toBe(403);
  expect((await mode(wang, compound, body)).status).toBe(403);
  expect((await mode(farCompany, company, body)).status).toBe(404);
  expect((await mode(farCompany, compound, body)).status).toBe(404);
  expect((await mode(street, compound, body)).status).toBe(403);
  expect((await mode(street, company, body)).status).not.toBe(200);
  expect((await li.client.get('/dispatch/rules')).status).toBe(403);
  expect((await wang.client.get('/dispatch/rules')).status).toBe(403);
  for (const [who, scopeId] of [
    [street, streetId],
    [cityHall, world.city],
  ] as const) {
    const answer = await mode(who, scopeId, { value: 'grab', expectedVersion: who === street ? 2 : 0 });
    expect(answer.body.fields).toEqual([{ path: '/value', code: 'grab_of_company', params: {} }]);
  }
  // A compound has its way, and nothing else of its own.
  const { company: head } = world.people;
  const offers = { turnSeconds: 10, grabSeconds: 20, emergencySeconds: 600 };
  expect((await says(head, 'offers', change(compound, { value: offers }))).status).toBe(403);
});

test('bad input: each fault at its field', async () => {
  const { company } = world.people;
  const scopeId = world.near.company;
  const refused: [string, Json, string, string][] = [
    ['mode', { categoryCode: null, value: 'lottery' }, '/value', 'enum'],
    ['mode', { categoryCode: 'no.such', value: 'grab' }, '/categoryCode', 'unknown'],
    ['mode', { categoryCode: null, value: 'grab', startsOn: '2026-11-23' }, '/startsOn', 'too_early'],
    ['mode', { categoryCode: null, value: 'grab', startsOn: '2026-02-30' }, '/startsOn', 'format'],
    ['mode', { categoryCode: null, value: 'grab', reason: ' ' }, '/reason', 'pattern'],
    [
      'offers',
      { value: { turnSeconds: 9, grabSeconds: 20, emergencySeconds: 600 } },
      '/value/turnSeconds',
      'minimum',
    ],
    [
      'escalation',
      {
        value: {
          emergency: [
            { afterMinutes: 3, to: 'street' },
            { afterMinutes: 3, to: 'company' },
          ],
          normal: [{ afterMinutes: 0, to: 'desk' }],
          notThere: ['manager'],
          acknowledgedMinutes: 5,
        },
      },
      '/value/emergency/1/afterMinutes',
      'not_later',
    ],
    [
      'escalation',
      { value: { emergency: [], normal: [], notThere: [], acknowledgedMinutes: 0 } },
      '/value/emergency',
      'minItems',
    ],
  ];
  for (const [subject, more, path, code] of refused) {
    const { status, body } = await says(company, subject, change(scopeId, more));
    const faults = (body.fields ?? []).map((one: Json) => `${one.path} ${one.code}`);
    expect([more, status, faults]).toEqual([more, 422, expect.arrayContaining([`${path} ${code}`])]);
  }
});

test('two say something at the same instant: one of them is told that the other did', async () => {
  const { company } = world.people;
  const answers = await Promise.all(
    ['in_turn', 'by_hand', 'automatic'].map((value) =>
      mode(company, world.near.company, { categoryCode: 'lift.fault', value }),
    ),
  );
  const codes = answers.map(({ status, body }) => `${status} ${body.code ?? ''}`).toSorted();
  expect(codes).toEqual(['200 ', '409 dispatch.rule_stale', '409 dispatch.rule_stale']);
  const stale = await mode(company, world.near.company, { categoryCode: 'lift.fault', value: 'by_hand' });
  expect(stale.body).toMatchObject({
    code: 'dispatch.rule_stale',
    params: { version: 1, name: company.name },
  });
});

test('a compound that passes to another company leaves the predecessor’s manner behind', async () => {
  const { company, farCompany } = world.people;
  const { compound } = world.near;
  expectStatus(await mode(company, compound, { categoryCode: 'building.window', value: 'grab' }), 200);
  const order = await reports('building.window', '窗户关不上');
  await works();
  expect(await dispatchOf(order)).toMatchObject({ mode: 'grab' });
  const serves = async (companyId: string) => {
    await world.ask('update places.scope set company_id = $1 where scope_id = $2', [companyId, compound]);
    forgetWalls();
  };
  await serves(world.far.company);
  const seen = await rulesOf(farCompany, compound);
  expect([wordFor(seen, 'building.window'), seen.own]).toEqual([undefined, []]);
  // Its own word is the next version all the same.
  expectStatus(
    await mode(farCompany, compound, {
      categoryCode: 'building.window',
      value: 'in_turn',
      expectedVersion: 1,
    }),
    200,
  );
  expect(wordFor(await rulesOf(farCompany, compound), 'building.window')).toMatchObject({
    mode: 'in_turn',
    ownVersion: 2,
  });
  await serves(world.near.company);
  expect(wordFor(await rulesOf(company, compound), 'building.window')).toMatchObject({ mode: 'grab' });
});

test('a great many orders wait: they are brought to the new way some at a time, none left out', async () => {
  const { company } = world.people;
  const orders: Json[] = [];
  for (let i = 0; i < 53; i++) orders.push(await reports('water.meter', `水表不准 ${i}`));
  await works();
  expectStatus(await mode(company, world.near.company, { categoryCode: 'water.meter', value: 'grab' }), 200);
  const done = await works(DAY / 24 / 60);
  expect(done[rulesSweep.name]).toBeGreaterThan(1);
  const rows = await world.ask(
    `select count(*)::int as count from dispatch.task where work_order_id = any ($1) and mode = 'grab'`,
    [orders.map(({ id }) => id)],
  );
  expect(rows).toEqual([{ count: 53 }]);
});
