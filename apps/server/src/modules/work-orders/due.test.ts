import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { openWorkerDatabase } from '../../platform/db/database.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { workOrderDue } from './due.ts';
import { aWorkOrder, DAY, HOUR, MINUTE, SECOND } from './fixtures.ts';

/** What time brings: limits that run out, calls that are due, answers nobody gave. The clock is virtual. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const kindsOf = (events: readonly Json[]): string[] =>
  events.map((event) => event.kind.slice('work_order.'.length));
const settings = (key: string, scopeId: string, value: number) =>
  world.ask(
    `insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, $2, '2026-01-01', $3, 'test')`,
    [scopeId, key, JSON.stringify(value)],
  );

test('a limit that runs out is marked once, at its hour, by whoever claims first', async () => {
  const { wang, desk, li } = world.people;
  const order = await wang.reports(aWorkOrder().atHome(world.home));
  const due = Date.parse(order.respondDueAt);
  world.clock.set(new Date(due));
  await world.claims();
  // Exactly at the due instant one is still on time.
  expect(await wang.sees(order)).toMatchObject({ isLate: false, respondLateAt: null, version: 1 });
  world.clock.advance(1);
  const others = [1, 2, 3].map(() =>
    openWorkerDatabase({
      url: world.server.house.config.databaseUrl,
      poolSize: 1,
      applicationName: 'a claim',
      onIdleError: () => {},
    }),
  );
  const { house } = world.server;
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const claims = others.map((worker) =>
    runDueOnce({ worker, sweeps: [workOrderDue], house, clock: world.clock, log: quiet }),
  );
  const counts = (await Promise.all(claims)).map((claimed) => claimed[workOrderDue.name] ?? 0);
  for (const worker of others) await worker.close();
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  const late = await wang.sees(order);
  expect(late).toMatchObject({
    isLate: true,
    respondLateAt: order.respondDueAt,
    version: 2,
    status: 'submitted',
  });
  expect(await world.claims()).toBe(0);
  const timeline = await desk.timelineOf(order);
  expect(kindsOf(timeline)).toEqual(['submitted', 'respond_overdue']);
  expect(timeline[1]).toMatchObject({
    actorRole: 'system',
    actorName: null,
    params: { dueAt: order.respondDueAt },
  });
  expect((await desk.inbox()).filter((template) => template === 'work_order.respond_overdue')).toHaveLength(
    1,
  );
  expect((await desk.lists('&queue=late')).map((row) => row.id)).toContain(order.id);
  // Late by the minute it was accepted, and that stays; what waits is the next limit.
  const sent = await desk.does(late, 'assign', { assigneeAccountId: li.accountId });
  const taken = await li.does(sent, 'accept');
  expect(taken).toMatchObject({
    isLate: false,
    respondLateAt: order.respondDueAt,
    nextDueAt: order.arriveDueAt,
  });
});

test('an act that comes before the claim marks it itself, and nothing is told twice', async () => {
  const { wang, desk, li } = world.people;
  const order = await world.anOrder('assigned');
  world.clock.set(new Date(Date.parse(order.respondDueAt) + MINUTE));
  const taken = await li.does(order, 'accept');
  expect(taken).toMatchObject({ status: 'accepted', respondLateAt: order.respondDueAt });
  expect(await world.claims()).toBe(0);
  const timeline = await wang.timelineOf(order);
  expect(kindsOf(timeline)).toEqual(['submitted', 'assigned', 'respond_overdue', 'accepted']);
  expect(timeline[2]).toMatchObject({ actorRole: 'system', actorIsMe: false });
  await world.told();
  const told = await world.ask(
    `select account_id from platform.notification where template = 'work_order.respond_overdue' and link like '%' || $1 || '%'
     and account_id = any ($2) order by account_id`,
    [order.id, [li.accountId, desk.accountId]],
  );
  expect(told.map((row) => row.account_id)).toEqual([li.accountId, desk.accountId].toSorted());
});

test('no answer for three days: the desk calls, three times in vain, and closes it unconfirmed and unrated', async () => {
  const { wang, desk, li } = world.people;
  let order = await world.anOrder('finished');
  expect((await desk.lists('&queue=waiting_resident')).map((row) => row.id)).toContain(order.id);
  expect((await desk.tries(order, 'close')).body).toMatchObject({
    status: 409,
    params: { reason: 'callbacks_first' },
  });
  await world.passes(3 * DAY - MINUTE);
  expect((await desk.sees(order)).callbackWantedAt).toBeNull();
  await world.passes(2 * MINUTE);
  order = await desk.sees(order);
  expect(order.callbackWantedAt).not.toBeNull();
  expect(Date.parse(order.callbackWantedAt)).toBe(Date.parse(order.finishedAt) + 3 * DAY);
  expect(await desk.inbox()).toContain('work_order.callback_wanted');
  expect((await desk.lists('&queue=callback')).map((row) => row.id)).toEqual([order.id]);
  for (const attempt of [1, 2, 3]) {
    order = await desk.does(order, 'record_callback', {
      result: 'unreachable',
      note: `第${attempt}次没人接`,
    });
    expect(order).toMatchObject({ status: 'finished', callbackAttempts: attempt });
    if (attempt < 3) {
      expect((await desk.tries(order, 'close')).body.params.reason).toBe('callbacks_first');
      await world.passes(DAY + MINUTE);
      order = await desk.sees(order);
    }
    expect(order.callbackWantedAt).not.toBeNull();
  }
  order = await desk.does(order, 'close', { note: '三次未接' });
  expect(order).toMatchObject({ status: 'closed', outcome: 'unconfirmed', rating: null, confirmedAt: null });
  expect((await wang.tries(order, 'rate', { score: 'satisfied' })).body.params.reason).toBe('not_confirmed');
  const notes = (events: Json[]) =>
    events.filter((event) => event.kind === 'work_order.callback_recorded').map((event) => event.params);
  expect(notes(await wang.timelineOf(order))).toEqual(
    [1, 2, 3].map((attempts) => ({ result: 'unreachable', attempts })),
  );
  expect(notes(await desk.timelineOf(order))[0]).toMatchObject({ note: '第1次没人接' });
  // That a call is due is the desk's own business.
  expect(kindsOf(await wang.timelineOf(order))).not.toContain('callback_wanted');
  expect(await wang.inbox()).toContain('work_order.closed');
  expect((await li.sees(order)).rating).toBeNull();
});

test('reached on the telephone: done and content, or not done', async () => {
  const { desk, wang, li } = world.people;
  const content = await world.anOrder('finished');
  expect(
    (await desk.tries(content, 'record_callback', { result: 'unreachable', score: 'satisfied' })).body.params
      .reason,
  ).toBe('score_not_used');
  const rated = await desk.does(content, 'record_callback', { result: 'satisfied_done', score: 'satisfied' });
  expect(rated).toMatchObject({ status: 'closed', outcome: 'confirmed', rating: 'satisfied' });
  expect(kindsOf(await wang.timelineOf(content)).slice(-4)).toEqual([
    'callback_recorded',
    'confirmed',
    'rated',
    'closed',
  ]);
  const broken = await world.anOrder('finished');
  const back = await desk.does(broken, 'record_callback', { result: 'not_done', note: '还在漏' });
  expect(back).toMatchObject({ status: 'disputed', outcome: null, assigneeName: null });
  expect(await li.inbox()).toContain('work_order.disputed');
});

test('confirmed and never rated: it closes by itself after seven days, confirmed and without a rating', async () => {
  const { wang } = world.people;
  let order = await world.anOrder('confirmed');
  const confirmedAt = Date.parse(order.confirmedAt);
  await world.passes(7 * DAY + 5 * SECOND);
  order = await wang.sees(order);
  expect(order).toMatchObject({ status: 'closed', outcome: 'confirmed', rating: null });
  expect(Date.parse(order.closedAt)).toBe(confirmedAt + 7 * DAY);
  expect(await wang.inbox()).toContain('work_order.closed');
  // And may still be rated for a while.
  order = await wang.does(order, 'rate', { score: 'satisfied', words: '谢谢' });
  expect(order).toMatchObject({ status: 'closed', rating: 'satisfied' });
});

test('what staff found closes by itself, unconfirmed, and nobody is called', async () => {
  const { li, desk } = world.people;
  const photo = await li.uploads();
  let order = await li.reports(aWorkOrder().about('patrol.equipment').inPublic());
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  order = await li.does(order, 'accept');
  order = await li.does(order, 'start', { photoIds: [await li.uploads()] });
  expect((await li.tries(order, 'finish', { workDone: '换了灯管' })).body.params.reason).toBe(
    'photos_required',
  );
  order = await li.does(order, 'finish', { workDone: '换了灯管', photoIds: [photo] });
  expect((await desk.tries(order, 'record_callback', { result: 'unreachable' })).body.params.reason).toBe(
    'staff_report',
  );
  await world.passes(3 * DAY + MINUTE);
  expect(await desk.sees(order)).toMatchObject({ status: 'closed', outcome: 'unconfirmed', rating: null });
});

test('a pause reminds when its time is up', async () => {
  const { li, wang } = world.people;
  let order = await world.anOrder('in_progress');
  const until = new Date(world.clock.now().getTime() + 2 * HOUR).toISOString();
  expect(
    (await li.tries(order, 'pause', { reason: 'weather', until: new Date(0).toISOString() })).body.params
      .reason,
  ).toBe('until_in_past');
  order = await li.does(order, 'pause', { reason: 'weather', until });
  await world.passes(2 * HOUR + MINUTE);
  expect(await li.inbox()).toContain('work_order.pause_ended');
  order = await li.sees(order);
  expect(order).toMatchObject({ status: 'paused', pausedUntil: null });
  expect(kindsOf(await wang.timelineOf(order))).not.toContain('pause_ended');
});

test('days and tries are settings of the place, the nearest wins', async () => {
  await settings('work_order.confirm_wait_days', world.city, 5);
  await settings('work_order.confirm_wait_days', world.near.company, 1);
  await settings('work_order.callback_attempts', world.near.compound, 1);
  // Another day asks anew; the old answers are kept for ten seconds.
  await world.passes(DAY);
  const { desk } = world.people;
  let order = await world.anOrder('finished');
  await world.passes(DAY + MINUTE);
  order = await desk.sees(order);
  expect(order.callbackWantedAt).not.toBeNull();
  order = await desk.does(order, 'record_callback', { result: 'unreachable' });
  expect((await desk.does(order, 'close')).outcome).toBe('unconfirmed');
});

test("one scope's mistaken setting stops nobody else's deadlines, and is tried again", async () => {
  const { wang, farResident } = world.people;
  const mistaken = await wang.reports(aWorkOrder().atHome(world.home));
  const right = await farResident.reports(aWorkOrder().atHome(world.far.households['3-2-601']!));
  await settings('work_order.rate_days', world.near.compound, -5);
  // On a new day, for a setting once read for a day may be remembered for some seconds.
  world.clock.advance(DAY);
  await world.claims();
  expect((await farResident.sees(right)).respondLateAt).toBe(right.respondDueAt);
  const rowOf = async () =>
    (
      await world.ask<{ next_due_at: Date; respond_late_at: Date | null }>(
        'select next_due_at, respond_late_at from work_orders.work_order where work_order_id = $1',
        [mistaken.id],
      )
    )[0]!;
  expect(await rowOf()).toMatchObject({ respond_late_at: null });
  expect((await rowOf()).next_due_at.getTime()).toBeGreaterThan(world.clock.now().getTime());
  await world.ask("delete from platform.setting where key = 'work_order.rate_days'");
  await world.passes(11 * MINUTE);
  expect((await rowOf()).respond_late_at?.toISOString()).toBe(mistaken.respondDueAt);
});
