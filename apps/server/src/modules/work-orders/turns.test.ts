import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { type Action, aWorkOrder, DAY, HOUR, MINUTE, type Somebody } from './fixtures.ts';

/** The turns an order takes: refused, passed on, disputed, called off, referred, closed by force, opened again, urged. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const kindsOf = (events: readonly Json[]): string[] =>
  events.map((event) => event.kind.slice('work_order.'.length));

/** Role, state and handler of every step, as the rows have them. */
async function stepsOf(order: Json): Promise<unknown[][]> {
  const rows = await world.ask(
    'select role, state, handler_name, end_reason, ended_at is null as is_open from work_orders.step where work_order_id = $1 order by position',
    [order.id],
  );
  return rows.map((row: Json) => [row.role, row.state, row.handler_name, row.end_reason, row.is_open]);
}

async function refusalOf(who: Somebody, order: Json, action: Action, params: Record<string, unknown> = {}) {
  const { status, body } = await who.tries(order, action, params);
  // Refused means that nothing moved.
  expect((await who.sees(order)).version).toBe(order.version);
  return [status, body.code, body.params.reason];
}

test('refused with a reason: the desk has its turn again, and the resident reads no reason', async () => {
  const { wang, desk, li, zhao } = world.people;
  let order = await world.anOrder('assigned');
  expect(await refusalOf(li, order, 'refuse', { reason: ' \n ' })).toEqual([
    422,
    'validation.failed',
    undefined,
  ]);
  order = await li.does(order, 'refuse', { reason: '我在别的小区' });
  expect(order).toMatchObject({ status: 'triaged', assigneeName: null });
  expect(await desk.inbox()).toContain('work_order.refused');
  expect(await wang.inbox()).not.toContain('work_order.refused');
  // Who refused it is still in its history, and acts on it no more.
  expect(await refusalOf(li, order, 'accept')).toEqual([409, 'work_order.not_allowed', 'not_yours']);
  order = await desk.does(order, 'assign', { assigneeAccountId: zhao.accountId });
  order = await zhao.does(order, 'accept');
  expect(await stepsOf(order)).toEqual([
    ['desk', 'assigned', '孙前台', null, false],
    ['worker', 'refused', '李师傅', '我在别的小区', false],
    ['desk', 'assigned', '孙前台', null, false],
    ['worker', 'accepted', '赵师傅', null, true],
  ]);
  const asWang = (await wang.timelineOf(order)).find((event) => event.kind === 'work_order.refused');
  expect(asWang.params).toEqual({});
  expect(JSON.stringify(await wang.sees(order))).not.toContain('我在别的小区');
  const asDesk = (await desk.timelineOf(order)).find((event) => event.kind === 'work_order.refused');
  expect(asDesk.params).toMatchObject({ reason: '我在别的小区', assigneeName: '李师傅' });
});

test('passed on by the worker, and by the desk while it pauses: the clock goes on, the new one accepts', async () => {
  const { desk, li, zhao, xu, wang } = world.people;
  let order = await world.anOrder('in_progress');
  const to = (who: Somebody) => ({ assigneeAccountId: who.accountId, reason: '要换人' });
  expect(await refusalOf(li, order, 'transfer', to(li))).toEqual([
    422,
    'work_order.invalid',
    'same_assignee',
  ]);
  expect(await refusalOf(li, order, 'transfer', to(xu))).toEqual([
    422,
    'work_order.invalid',
    'assignee_lacks_skill',
  ]);
  // To Zhao it does not exist: he cannot take it over.
  expect((await zhao.tries(order, 'transfer', to(zhao))).status).toBe(404);
  order = await li.does(order, 'pause', { reason: 'waiting_resident' });
  expect(order.resolveDueAt).toBeNull();
  order = await desk.does(order, 'transfer', to(zhao));
  expect(order).toMatchObject({ status: 'assigned', assigneeName: '赵师傅', pausedReason: null, station: 0 });
  expect(order.resolveDueAt).not.toBeNull();
  // The limit to answer was met by the first and is not asked twice.
  expect(order.acceptedAt).not.toBeNull();
  expect(await li.inbox()).toContain('work_order.transferred');
  expect(await zhao.inbox()).toContain('work_order.assigned');
  order = await zhao.does(order, 'accept');
  expect(await stepsOf(order)).toEqual([
    ['desk', 'assigned', '孙前台', null, false],
    ['worker', 'transferred', '李师傅', '要换人', false],
    ['worker', 'accepted', '赵师傅', null, true],
  ]);
  const told = (await wang.timelineOf(order)).find((event) => event.kind === 'work_order.transferred');
  expect(told.params).toMatchObject({ fromName: '李师傅', assigneeName: '赵师傅' });
  expect(told.params).not.toHaveProperty('reason');
});

test('disputed with a picture: back at the desk without the wait on the clock, assigned again, then confirmed', async () => {
  const { wang, fang, desk, li, zhao } = world.people;
  let order = await world.anOrder('finished');
  const left = Date.parse(order.resolveDueAt) - Date.parse(order.finishedAt);
  await world.passes(20 * HOUR);
  const photo = await fang.uploads();
  order = await fang.does(order, 'dispute', { reason: '还在漏', photoIds: [photo] });
  expect(order).toMatchObject({
    status: 'disputed',
    assigneeName: null,
    workDone: null,
    finishedAt: null,
    isLate: false,
  });
  expect(Date.parse(order.resolveDueAt)).toBe(world.clock.now().getTime() + left);
  expect(await desk.inbox()).toContain('work_order.disputed');
  expect(await li.inbox()).toContain('work_order.disputed');
  const event = (await wang.timelineOf(order)).at(-1)!;
  expect(event).toMatchObject({
    kind: 'work_order.disputed',
    params: { reason: '还在漏' },
    photos: [{ id: photo }],
  });
  expect([
    await wang.seesPhoto(photo),
    await desk.seesPhoto(photo),
    await world.people.chen.seesPhoto(photo),
  ]).toEqual([true, true, false]);
  expect((await desk.lists('&queue=disputed')).map((row) => row.id)).toEqual([order.id]);
  order = await desk.does(order, 'assign', { assigneeAccountId: zhao.accountId });
  for (const action of ['accept', 'arrive', 'start'] as const) order = await zhao.does(order, action);
  order = await zhao.does(order, 'finish', { workDone: '重新做了防水' });
  order = await wang.does(order, 'confirm');
  order = await fang.does(order, 'rate', { score: 'satisfied' });
  expect(order).toMatchObject({
    status: 'closed',
    outcome: 'confirmed',
    rating: 'satisfied',
    workDone: '重新做了防水',
  });
  expect((await stepsOf(order)).map((step) => step.slice(0, 3))).toEqual([
    ['desk', 'assigned', '孙前台'],
    ['worker', 'finished', '李师傅'],
    ['desk', 'assigned', '孙前台'],
    ['worker', 'finished', '赵师傅'],
  ]);
});

test('a resident calls it off until work begins; afterwards only the desk, and it says why', async () => {
  const { wang, chen, desk, li } = world.people;
  let early = await wang.reports(aWorkOrder().atHome(world.home));
  early = await wang.does(early, 'cancel', {});
  expect(early).toMatchObject({ status: 'cancelled', outcome: 'cancelled', rating: null });
  // The desk's turn ended, and it was nobody of the desk who ended it.
  expect(await stepsOf(early)).toEqual([['desk', 'cancelled', null, null, false]]);
  expect(await refusalOf(desk, early, 'assign', { assigneeAccountId: li.accountId })).toEqual([
    409,
    'work_order.not_allowed',
    'order_ended',
  ]);
  expect((await refusalOf(wang, early, 'reopen', { reason: '又漏了' }))[2]).toBe('order_ended');
  let late = await world.anOrder('in_progress');
  expect(await refusalOf(wang, late, 'cancel')).toEqual([409, 'work_order.not_allowed', 'wrong_status']);
  expect(await refusalOf(desk, late, 'cancel')).toEqual([422, 'work_order.invalid', 'reason_required']);
  late = await desk.does(late, 'cancel', { reason: '重复报修' });
  expect(late).toMatchObject({ status: 'cancelled', isLate: false });
  expect(await li.inbox()).toContain('work_order.cancelled');
  expect(await wang.inbox()).toContain('work_order.cancelled');
  const open = await wang.reports(aWorkOrder().about('gate.fault').inPublic());
  expect(await refusalOf(chen, open, 'cancel')).toEqual([409, 'work_order.not_allowed', 'not_yours']);
});

test('not ours: it closes, and names who received it', async () => {
  const { wang, desk } = world.people;
  let order = await wang.reports(aWorkOrder().about('noise.outside').inPublic());
  expect((await refusalOf(desk, order, 'refer', { note: '转走' })).slice(0, 2)).toEqual([
    422,
    'validation.failed',
  ]);
  expect((await desk.tries(order, 'refer', { note: '转走' })).body.fields).toEqual([
    { path: '/receiver', code: 'required', params: {} },
  ]);
  expect((await refusalOf(desk, order, 'refer', { receiver: '  ' })).slice(0, 2)).toEqual([
    422,
    'validation.failed',
  ]);
  order = await desk.does(order, 'refer', { receiver: '区城管', reference: 'CG-1182', note: '市政施工' });
  expect(order).toMatchObject({
    status: 'closed',
    outcome: 'referred',
    referredTo: '区城管',
    referredReference: 'CG-1182',
    rating: null,
  });
  expect(await wang.inbox()).toContain('work_order.referred');
  expect(await refusalOf(wang, order, 'rate', { score: 'satisfied' })).toEqual([
    409,
    'work_order.not_allowed',
    'not_confirmed',
  ]);
  // Sent back by the receiver, the desk takes it up again; a resident could not know.
  expect((await refusalOf(wang, order, 'reopen', { reason: '没人管' }))[2]).toBe('outcome_final');
  order = await desk.does(order, 'reopen', { reason: '城管退回' });
  expect(order).toMatchObject({ status: 'triaged', outcome: null, referredTo: null, reopenCount: 1 });
});

test('closed by force: the manager and the company may, with a reason, and it counts as forced', async () => {
  const { wang, desk, li, manager, company, street } = world.people;
  let order = await world.anOrder('accepted');
  for (const who of [desk, li, wang, street]) {
    expect(await refusalOf(who, order, 'force_close', { reason: 'x' })).toEqual([
      409,
      'work_order.not_allowed',
      'not_yours',
    ]);
  }
  order = await manager.does(order, 'force_close', { reason: '住户长期无人,已另行处理' });
  expect(order).toMatchObject({ status: 'closed', outcome: 'forced', rating: null });
  expect(await stepsOf(order)).toContainEqual([
    'worker',
    'forced',
    '李师傅',
    '住户长期无人,已另行处理',
    false,
  ]);
  expect(await wang.inbox()).toContain('work_order.force_closed');
  const other = await world.anOrder('submitted');
  expect(await company.does(other, 'force_close', { reason: '并入大修' })).toMatchObject({
    outcome: 'forced',
  });
});

test('an order that was late once is not late for ever', async () => {
  const { wang, li } = world.people;
  let order = await world.anOrder('in_progress');
  await world.passes(25 * HOUR);
  order = await li.sees(order);
  expect(order.isLate).toBe(true);
  order = await li.does(order, 'finish', { workDone: '修好了' });
  order = await wang.does(order, 'confirm');
  order = await wang.does(order, 'rate', { score: 'unsatisfied', words: '太慢' });
  expect(order).toMatchObject({ isLate: true, rating: 'unsatisfied' });
  order = await wang.does(order, 'reopen', { reason: '又漏' });
  expect(order).toMatchObject({ isLate: false, resolveLateAt: expect.any(String) });
  const [row] = await world.ask('select is_late from work_orders.work_order where work_order_id = $1', [
    order.id,
  ]);
  expect(row).toEqual({ is_late: false });
});

test('urged, and not again within half an hour', async () => {
  const { wang, fang, committee, li, desk, chen } = world.people;
  let order = await world.anOrder('accepted');
  order = await wang.does(order, 'urge');
  expect(order.urgeCount).toBe(1);
  expect(await li.inbox()).toContain('work_order.urged');
  expect(await desk.inbox()).toContain('work_order.urged');
  expect(await refusalOf(fang, order, 'urge')).toEqual([409, 'work_order.not_allowed', 'urged_recently']);
  world.clock.advance(30 * MINUTE);
  order = await committee.does(order, 'urge');
  expect(order.urgeCount).toBe(2);
  expect(await refusalOf(li, order, 'urge')).toEqual([409, 'work_order.not_allowed', 'not_yours']);
  const open = await wang.reports(aWorkOrder().about('gate.fault').inPublic());
  expect(await refusalOf(chen, open, 'urge')).toEqual([409, 'work_order.not_allowed', 'not_yours']);
});

test('a corrected category counts the limits again, and is told to all', async () => {
  const { wang, desk } = world.people;
  let order = await wang.reports(aWorkOrder().about('water.tap').atHome(world.home));
  const before = order;
  order = await desk.does(order, 'change_category', { categoryCode: 'water.burst' });
  expect(order).toMatchObject({ categoryCode: 'water.burst', isEmergency: true, priority: 'urgent' });
  const limit = (due: string) => Date.parse(due) - Date.parse(before.createdAt);
  expect([limit(order.respondDueAt), limit(order.arriveDueAt), limit(order.resolveDueAt)]).toEqual([
    5 * MINUTE,
    20 * MINUTE,
    24 * HOUR,
  ]);
  expect(await refusalOf(desk, order, 'change_category', { categoryCode: 'water.burst' })).toEqual([
    422,
    'work_order.invalid',
    'same_category',
  ]);
  expect(await refusalOf(desk, order, 'change_category', { categoryCode: 'gate.fault' })).toEqual([
    422,
    'work_order.invalid',
    'wrong_place',
  ]);
  expect((await refusalOf(desk, order, 'change_category', { categoryCode: 'no.such' }))[1]).toBe(
    'work_order.category_unknown',
  );
  expect((await refusalOf(desk, order, 'triage', { categoryCode: 'special.oxygen' }))[2]).toBe(
    'needed_by_required',
  );
  order = await desk.does(order, 'triage', { categoryCode: 'water.toilet', priority: 'high' });
  expect(order).toMatchObject({
    status: 'triaged',
    categoryCode: 'water.toilet',
    priority: 'high',
    isEmergency: false,
  });
  expect(kindsOf(await wang.timelineOf(order))).toEqual([
    'submitted',
    'category_changed',
    'category_changed',
    'triaged',
  ]);
  expect(await wang.inbox()).toContain('work_order.category_changed');
});

test('nobody is sent who does not work there, or cannot do it', async () => {
  const { desk, xu, farWorker, wang, li, zhao } = world.people;
  const order = await world.anOrder('submitted');
  const sent = async (accountId: string) =>
    (await refusalOf(desk, order, 'assign', { assigneeAccountId: accountId })).slice(1);
  expect(await sent(xu.accountId)).toEqual(['work_order.invalid', 'assignee_lacks_skill']);
  expect((await sent(farWorker.accountId))[0]).toBe('work_order.assignee_unknown');
  expect((await sent(wang.accountId))[0]).toBe('work_order.assignee_unknown');
  const path = `/dispatch/orders/${order.id}/candidates?scopeId=${order.scopeId}`;
  const { items } = (await desk.client.get(path)).body;
  const able = items.filter((item: Json) => item.mayBeSent).map((item: Json) => item.accountId);
  expect(new Set(able)).toEqual(new Set([li.accountId, zhao.accountId]));
  expect(items.map((item: Json) => item.accountId)).not.toContain(farWorker.accountId);
  // Shown all the same, after those who can.
  expect(items.at(-1)).toMatchObject({ accountId: xu.accountId, mayBeSent: false });
});

test('opened again within fifteen days: three new clocks, the old rating gone, not late from before', async () => {
  const { wang, li } = world.people;
  let order = await world.anOrder('confirmed');
  order = await wang.does(order, 'rate', { score: 'satisfied' });
  await world.passes(15 * DAY - MINUTE);
  order = await wang.does(order, 'reopen', { reason: '又滴水了' });
  expect(order).toMatchObject({
    status: 'triaged',
    outcome: null,
    rating: null,
    ratingWords: null,
    reopenCount: 1,
    acceptedAt: null,
    assigneeName: null,
    isLate: false,
  });
  expect(Date.parse(order.respondDueAt)).toBe(world.clock.now().getTime() + 15 * MINUTE);
  expect(await li.inbox()).toContain('work_order.reopened');
  expect(kindsOf(await wang.timelineOf(order)).at(-1)).toBe('reopened');

  let past = await world.anOrder('confirmed');
  past = await wang.does(past, 'rate', { score: 'satisfied' });
  await world.passes(15 * DAY + MINUTE);
  expect(await refusalOf(wang, past, 'reopen', { reason: '又滴水了' })).toEqual([
    409,
    'work_order.not_allowed',
    'reopen_window_over',
  ]);
});
