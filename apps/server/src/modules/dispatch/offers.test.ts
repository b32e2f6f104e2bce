import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { aWorkOrder, expectStatus, HOUR, MINUTE, SECOND, type Somebody } from '../work-orders/fixtures.ts';
import { adoptSweep, askSweep, climbSweep } from './due.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
  const byCategory = { 'water.leak.home': 'in_turn', 'water.toilet': 'grab' };
  await world.ask(
    `insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, 'dispatch.modes', '2026-01-01', $2, 'test')`,
    [world.near.compound, JSON.stringify({ default: 'by_hand', byCategory })],
  );
});
afterAll(() => world.close());

/** Every event has been heard, and whatever is due has been done. */
async function works(milliseconds = 0): Promise<Record<string, number>> {
  world.clock.advance(milliseconds);
  await world.told();
  const { house } = world.server;
  return runDueOnce({
    worker: world.worker,
    sweeps: [askSweep, climbSweep],
    house,
    clock: world.clock,
    log: house.log,
  });
}
const asked = async (who: Somebody): Promise<Json[]> =>
  expectStatus(await who.client.get('/dispatch/offers'), 200).items;
const say = (who: Somebody, order: Json, body: Json) =>
  who.client.post(`/dispatch/offers/${order.id}?scopeId=${order.scopeId}`, body);
const dispatchOf = async (order: Json): Promise<Json> =>
  expectStatus(
    await world.people.desk.client.get(`/dispatch/orders/${order.id}?scopeId=${order.scopeId}`),
    200,
  ).dispatch;
const states = async (order: Json) =>
  (await dispatchOf(order)).offers.map((offer: Json) => `${offer.displayName} ${offer.state}`);
/** How often somebody was told that nobody has this one. */
const heardOf = async (order: Json, who: Somebody): Promise<number> => {
  const rows = await world.ask(
    `select from platform.notification where template = 'dispatch.nobody' and account_id = $1 and link like '%' || $2`,
    [who.accountId, order.id],
  );
  return rows.length;
};
const toldBy = (template: string) => (order: Json) =>
  world.ask(
    `select account_id from platform.notification where template = $1 and link like '%' || $2 order by account_id`,
    [template, order.id],
  );
const heldHeard = toldBy('dispatch.held');
const refusedHeard = toldBy('dispatch.refused');
const accept = { answer: 'accept' };
const decline = { answer: 'decline', reason: '走不开' };

test('in turn: the best is asked, then the next; a yes assigns and accepts in one; nobody twice', async () => {
  const { wang, li, zhao, desk } = world.people;
  const order = await wang.reports(aWorkOrder().atHome(world.home));
  await works();
  expect(await states(order)).toHaveLength(1);
  const [first, second] = (await asked(li)).length > 0 ? [li, zhao] : [zhao, li];
  expect(await asked(second)).toEqual([]);
  const [offer] = await asked(first);
  expect(offer).toMatchObject({
    orderId: order.id,
    mode: 'in_turn',
    placeLabel: '3号楼2单元601',
    isEmergency: false,
  });
  expect(await first.inbox()).toContain('dispatch.offered');

  // A restart in the middle of the countdown: it is a row, and nothing is asked anew.
  await works(59 * SECOND);
  expect(await asked(first)).toHaveLength(1);
  await works(2 * SECOND);
  expect(await asked(first)).toEqual([]);
  expect((await say(first, order, accept)).body.code).toBe('dispatch.offer_gone');
  expect(await asked(second)).toHaveLength(1);

  expectStatus(await say(second, order, accept), 200);
  expect(await second.sees(order)).toMatchObject({ status: 'accepted', assigneeAccountId: second.accountId });
  expect((await desk.timelineOf(order)).map(({ kind }) => kind).slice(-2)).toEqual([
    'work_order.assigned',
    'work_order.accepted',
  ]);
  // The reporter hears that somebody comes.
  expect(await wang.inbox()).toContain('work_order.accepted');
  await works();
  expect(await dispatchOf(order)).toMatchObject({ state: 'closed', isWatched: false });
});

test('whoever says no is not asked again; when nobody is left it is the desk’s', async () => {
  const { wang, li, zhao, desk } = world.people;
  const order = await wang.reports(aWorkOrder().saying('又漏了').atHome(world.home));
  for (let i = 0; i < 2; i++) {
    await works();
    const who = (await asked(li)).some((one) => one.orderId === order.id) ? li : zhao;
    expect((await say(who, order, { answer: 'decline', reason: ' ' })).status).toBe(422);
    expectStatus(await say(who, order, decline), 200);
  }
  await works();
  const state = await dispatchOf(order);
  expect(state.state).toBe('exhausted');
  expect(state.offers.map((offer: Json) => offer.state)).toEqual(['declined', 'declined']);
  expect(await desk.inbox()).toContain('dispatch.exhausted');

  // Given by hand and sent back: a new round, in which who refused the order itself is left out.
  const given = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  await works();
  expect((await dispatchOf(order)).state).toBe('closed');
  await li.does(given, 'refuse', { reason: '缺配件' });
  await works();
  expect(await dispatchOf(order)).toMatchObject({ round: 2, state: 'offered' });
  expect(await states(order)).toEqual(['赵师傅 open']);
  // Cancelled while somebody is asked: they are no longer.
  await desk.does(await desk.sees(order), 'cancel', { reason: '居民自己修好了' });
  expect((await say(zhao, order, accept)).body.code).toBe('dispatch.taken');
  await works();
  expect(await asked(zhao)).toEqual([]);
});

test('grab: fifty press at the same instant and one has it', async () => {
  const { wang, desk, farWorker } = world.people;
  const crew: Somebody[] = [];
  for (let i = 0; i < 50; i++)
    crew.push(await world.aPerson(`抢单${i}`, 'worker', world.near.department, { skills: ['plumbing'] }));
  const order = await wang.reports(aWorkOrder().about('water.toilet').saying('马桶裂了').atHome(world.home));
  await works();
  expect((await dispatchOf(order)).offers).toHaveLength(52);
  const answers = await Promise.all(crew.map((who) => say(who, order, accept)));
  const codes = answers.map(({ status, body }) => `${status} ${body.code ?? 'has it'}`);
  expect(codes.filter((code) => code === '200 has it')).toHaveLength(1);
  expect(codes.filter((code) => code === '409 dispatch.taken')).toHaveLength(49);
  const winner = crew[codes.indexOf('200 has it')]!;
  expect(await desk.sees(order)).toMatchObject({ status: 'accepted', assigneeAccountId: winner.accountId });
  // Once more, by who has it and by who never was asked.
  expect((await say(winner, order, accept)).body.code).toBe('dispatch.taken');
  expect((await say(farWorker, order, accept)).status).toBe(404);
  const steps = await world.ask(
    `select handler_account_id from work_orders.step where work_order_id = $1 and role = 'worker'`,
    [order.id],
  );
  expect(steps).toEqual([{ handler_account_id: winner.accountId }]);
  for (const who of crew)
    await world.ask(`update places.staff set ends_on = '2026-11-01' where account_id = $1`, [who.accountId]);
});

test('the desk gives it away while somebody presses: one of the two has it', async () => {
  const { wang, desk, li, zhao } = world.people;
  const order = await wang.reports(
    aWorkOrder().about('water.toilet').saying('马桶还是漏').atHome(world.home),
  );
  await works();
  const [pressed, given] = await Promise.all([
    say(li, order, accept),
    desk.tries(order, 'assign', { assigneeAccountId: zhao.accountId }),
  ]);
  expect([pressed.status, given.status].filter((status) => status === 200)).toHaveLength(1);
  const { assigneeAccountId } = await desk.sees(order);
  expect(assigneeAccountId).toBe(pressed.status === 200 ? li.accountId : zhao.accountId);
  await works();
  expect((await dispatchOf(order)).state).toBe('closed');
});

test('an emergency rings again for who says nothing; who has one in hand is asked of another after the others', async () => {
  const { wang, li, zhao } = world.people;
  const burst = () => wang.reports(aWorkOrder().about('water.burst').saying('水管爆了').atHome(world.home));
  const first = await burst();
  const rings = async (who: Somebody, { number }: Json): Promise<number> => {
    const rows = await world.ask(
      `select from platform.notification where template = 'dispatch.emergency' and account_id = $1 and params ->> 'number' = $2`,
      [who.accountId, number],
    );
    return rows.length;
  };
  await works();
  expect([await rings(li, first), await rings(zhao, first)]).toEqual([1, 1]);
  expectStatus(await say(zhao, first, decline), 200);
  await works(40 * SECOND);
  expect([await rings(li, first), await rings(zhao, first)]).toEqual([1, 1]);
  await works(20 * SECOND);
  await works();
  expect([await rings(li, first), await rings(zhao, first)]).toEqual([2, 1]);
  // One question still, and one answer.
  expect(await asked(li)).toHaveLength(1);
  expectStatus(await say(li, first, accept), 200);

  const second = await burst();
  await works();
  expect(await states(second)).toEqual(['赵师傅 open']);
  const { items } = expectStatus(
    await world.people.desk.client.get(`/dispatch/orders/${second.id}/candidates?scopeId=${second.scopeId}`),
    200,
  );
  const reasonsOf = (who: Somebody): string[] =>
    items
      .find((one: Json) => one.accountId === who.accountId)
      .reasons.map(({ code }: { code: string }) => code);
  expect([reasonsOf(li).includes('emergency'), reasonsOf(zhao).includes('emergency')]).toEqual([true, false]);
  await works(60 * SECOND);
  expect((await states(second)).toSorted()).toEqual(['李师傅 open', '赵师傅 open']);
  // It waits for a valve: it is nothing that would hold him.
  const taken = await li.does(await li.sees(first), 'pause', { reason: 'waiting_parts' });
  const third = await burst();
  await works();
  expect((await states(third)).toSorted()).toEqual(['李师傅 open', '赵师傅 open']);
  expect(taken.status).toBe('paused');
  for (const order of [second, third]) await wang.does(await wang.sees(order), 'cancel', { reason: '好了' });
  await works();
});

test('an emergency asks all at once and climbs minute by minute until somebody has it', async () => {
  const { wang, li, zhao, xu, desk, steward, manager, company, street } = world.people;
  const order = await wang.reports(
    aWorkOrder().about('water.burst').saying('水管爆了,到处是水').atHome(world.home),
  );
  await works();
  expect((await states(order)).toSorted()).toEqual(['李师傅 open', '赵师傅 open']);
  expect(await li.inbox()).toContain('dispatch.emergency');
  expect(await asked(xu)).toEqual([]);
  const chain = [steward, manager, company, street];
  const more = () => Promise.all(chain.map((who) => heardOf(order, who)));
  // Exactly three minutes after it began to wait, and not a millisecond before.
  const { since } = (
    await world.ask('select watch_since as since from dispatch.task where work_order_id = $1', [order.id])
  )[0]!;
  world.clock.set(new Date(since.getTime() + 3 * MINUTE - 1));
  await works();
  expect(await more()).toEqual([0, 0, 0, 0]);
  await works(1);
  expect(await more()).toEqual([1, 0, 0, 0]);
  await works(3 * MINUTE);
  expect(await more()).toEqual([1, 1, 0, 0]);
  // The manager sees to it: the chain rests for ten minutes and climbs on.
  const path = `/dispatch/orders/${order.id}/acknowledge?scopeId=${order.scopeId}`;
  // Before it has come to them, and whoever was never told, cannot hold it up.
  for (const who of [desk, company, street])
    expect((await who.client.post(path)).body.code).toBe('dispatch.not_told');
  expect((await dispatchOf(order)).mayHold).toBe(false);
  expectStatus(await manager.client.post(path), 200);
  for (const who of [manager, steward])
    expect((await who.client.post(path)).body.code).toBe('dispatch.held_already');
  // Whoever comes next hears of it, once.
  await works();
  await works(MINUTE);
  expect(await heldHeard(order)).toEqual([{ account_id: company.accountId }]);
  expect(await dispatchOf(order)).toMatchObject({ heldByName: '钱经理', nextRole: 'company' });
  await works(8 * MINUTE);
  expect(await more()).toEqual([1, 1, 0, 0]);
  await works(MINUTE);
  // By now the street's quarter of an hour is over too.
  expect(await more()).toEqual([1, 1, 1, 1]);
  expect((await dispatchOf(order)).alerts.map(({ matter, role }: Json) => `${matter} ${role}`)).toEqual([
    'claim steward',
    'claim manager',
    'held company',
    'claim company',
    'claim street',
  ]);
  expectStatus(await say(zhao, order, accept), 200);
  await works();
  expect(await dispatchOf(order)).toMatchObject({ isWatched: false, nextAt: null });
  expect((await manager.client.post(path)).body.code).toBe('dispatch.not_watched');
  // Passed on, it waits for a yes again, and the chain begins anew.
  await zhao.does(await zhao.sees(order), 'transfer', {
    assigneeAccountId: li.accountId,
    reason: '我离得远',
  });
  await works();
  expect(await dispatchOf(order)).toMatchObject({ isWatched: true, nextRole: 'steward' });
  await works(3 * MINUTE);
  expect(await more()).toEqual([2, 1, 1, 1]);
});

test('when all who can go to an emergency have said no, the first step of the chain hears at once', async () => {
  const { wang, li, zhao, steward, manager } = world.people;
  const order = await wang.reports(aWorkOrder().about('water.burst').saying('阀门也断了').atHome(world.home));
  for (const heard of [[], [{ account_id: steward.accountId }]]) {
    await works(SECOND);
    const who = (await asked(li)).some((one) => one.orderId === order.id) ? li : zhao;
    expectStatus(await say(who, order, decline), 200);
    await works(SECOND);
    expect(await refusedHeard(order)).toEqual(heard);
  }
  expect(await dispatchOf(order)).toMatchObject({ state: 'waiting', nextRole: 'manager' });
  await works(4 * MINUTE);
  expect([await refusedHeard(order), await heardOf(order, steward), await heardOf(order, manager)]).toEqual([
    [{ account_id: steward.accountId }],
    0,
    0,
  ]);
  await works(2 * MINUTE);
  expect(await heardOf(order, manager)).toBe(1);
  await wang.does(await wang.sees(order), 'cancel', { reason: '好了' });
  await works();
});

test('what becomes an emergency at night is told from the first step of that chain', async () => {
  const { wang, desk, steward, manager, company } = world.people;
  const order = await wang.reports(aWorkOrder().about('water.tap').saying('龙头漏').atHome(world.home));
  await works();
  const chain = [steward, manager, company];
  const more = () => Promise.all(chain.map((who) => heardOf(order, who)));
  const { respondDueAt } = await desk.sees(order);
  world.clock.set(new Date(Date.parse(respondDueAt) + 15 * MINUTE));
  await works();
  expect(await more()).toEqual([1, 1, 0]);
  await desk.does(await desk.sees(order), 'change_category', { categoryCode: 'water.burst' });
  await works();
  const { nextRole, alerts } = await dispatchOf(order);
  expect([nextRole, alerts.filter(({ matter }: Json) => matter === 'claim')]).toEqual(['steward', []]);
  await works(3 * MINUTE);
  await works(3 * MINUTE);
  await works(4 * MINUTE);
  expect(await more()).toEqual([2, 2, 1]);
  await wang.does(await wang.sees(order), 'cancel', { reason: '好了' });
  await works();
});

test('an order that waited before dispatch was there is found, and watched from then on', async () => {
  const { wang, steward } = world.people;
  const order = await wang.reports(aWorkOrder().about('water.tap').saying('龙头松了').atHome(world.home));
  await world.told();
  await world.ask('delete from dispatch.task where work_order_id = $1', [order.id]);
  const { house } = world.server;
  const sweep = () =>
    runDueOnce({ worker: world.worker, sweeps: [adoptSweep], house, clock: world.clock, log: house.log });
  world.clock.advance(90 * MINUTE);
  expect((await sweep())[adoptSweep.name]).toBe(1);
  expect((await sweep())[adoptSweep.name]).toBe(0);
  const count = () => heardOf(order, steward);
  // Overdue for an hour: as long again from the moment it was found.
  await works();
  expect(await count()).toBe(0);
  await works(30 * MINUTE);
  expect(await count()).toBe(1);
});

test('the worker was down for two hours: what was passed on meanwhile is in its chain again', async () => {
  const { wang, li, zhao, desk, steward } = world.people;
  const order = await wang.reports(aWorkOrder().about('water.tap').saying('龙头又松了').atHome(world.home));
  await works();
  const given = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  const taken = await li.does(given, 'accept');
  await works();
  expect((await dispatchOf(order)).isWatched).toBe(false);
  await li.does(taken, 'transfer', { assigneeAccountId: zhao.accountId, reason: '我离得远' });
  await works(2 * HOUR);
  expect(await dispatchOf(order)).toMatchObject({ isWatched: true });
  expect(await heardOf(order, steward)).toBe(1);
});

test('an emergency that nobody is at in time: the street is told once, and why', async () => {
  const { wang, li, desk, manager, company, street, steward } = world.people;
  const order = await wang.reports(aWorkOrder().about('water.burst').saying('又爆了').atHome(world.home));
  // Given and taken in the same breath: nobody was asked, and it is watched all the same.
  const given = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  await li.does(await li.does(given, 'accept'), 'depart');
  const { arriveDueAt } = await li.sees(order);
  const told = async (who: Somebody): Promise<string[]> => {
    const rows = await world.ask(
      `select template from platform.notification where template like 'dispatch.not_there.%' and account_id = $1 and link like '%' || $2`,
      [who.accountId, order.id],
    );
    return rows.map((row) => String(row.template));
  };
  const overdue = async () => {
    await world.claims();
    await works();
  };
  world.clock.set(new Date(arriveDueAt));
  await overdue();
  expect(await told(street)).toEqual([]);
  world.clock.advance(1);
  await overdue();
  await overdue();
  for (const who of [manager, company, street])
    expect(await told(who)).toEqual(['dispatch.not_there.on_the_way']);
  expect(await told(steward)).toEqual([]);
  expect((await dispatchOf(order)).alerts).toMatchObject([
    { matter: 'arrival', role: 'manager', reason: 'on_the_way' },
    { matter: 'arrival', role: 'company', reason: 'on_the_way' },
    { matter: 'arrival', role: 'street', reason: 'on_the_way' },
  ]);
});
