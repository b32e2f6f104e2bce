import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, DAY, expectStatus, HOUR, MINUTE, type Somebody } from './fixtures.ts';

/** After the work: rated and answered, called about, visited again, merged, split, linked, compared. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const to = (who: Somebody) => ({ assigneeAccountId: who.accountId });

async function doneBy(order: Json, worker: Somebody): Promise<Json> {
  let now = order;
  for (const action of ['accept', 'arrive', 'start'] as const) now = await worker.does(now, action);
  return worker.does(now, 'finish', { workDone: '换了阀门' });
}

async function callsOf(who: Somebody, query = ''): Promise<Json[]> {
  return expectStatus(await who.client.get(`/work-orders/callbacks?limit=100${query}`), 200).items;
}

function takes(who: Somebody, body: Json = {}) {
  return who.client.post('/work-orders/callbacks/next', body);
}

test('a rating says more than one word; the desk answers once, rewords for a while, and all wordings remain', async () => {
  const { wang, desk, li, chen } = world.people;
  let order = await world.anOrder('confirmed');
  const photo = await wang.uploads();
  expect((await desk.tries(order, 'reply_rating', { text: '谢谢' })).body.params.reason).toBe('not_rated');
  order = await wang.does(order, 'rate', {
    score: 'unsatisfied',
    words: '等了两天',
    aspects: { speed: 'unsatisfied', manner: 'satisfied' },
    photoIds: [photo],
  });
  expect(order).toMatchObject({
    rating: 'unsatisfied',
    ratingAspects: { speed: 'unsatisfied', manner: 'satisfied' },
    outcome: 'confirmed',
  });
  expect(await desk.seesPhoto(photo)).toBe(true);
  expect(await chen.seesPhoto(photo)).toBe(false);
  // The worker reads the score and the words of what was no secret.
  expect(await li.sees(order)).toMatchObject({ rating: 'unsatisfied', ratingWords: '等了两天' });
  let asDesk = await desk.sees(order);
  expect((await wang.tries(asDesk, 'reply_rating', { text: '我自己回复' })).body.params.reason).toBe(
    'not_yours',
  );
  asDesk = await desk.does(asDesk, 'reply_rating', { text: ' 对不起,下次提前联系您 ' });
  expect(asDesk).toMatchObject({ ratingReply: '对不起,下次提前联系您' });
  expect(await wang.inbox()).toContain('work_order.rating_replied');
  await world.passes(47 * HOUR);
  asDesk = await desk.does(asDesk, 'reply_rating', { text: '对不起,已经改了' });
  const replies = (await wang.timelineOf(order)).filter(({ kind }) => kind === 'work_order.rating_replied');
  expect(replies.map(({ params }) => params.text)).toEqual(['对不起,下次提前联系您', '对不起,已经改了']);
  await world.passes(HOUR);
  expect((await desk.tries(asDesk, 'reply_rating', { text: '又改' })).body.params.reason).toBe(
    'reply_window_over',
  );
});

test('of a confidential matter the worker learns no rating at all', async () => {
  const { wang, desk, li } = world.people;
  const report = aWorkOrder().about('service.attitude').saying('有人态度不好').inPublic();
  let order = await desk.does(await wang.reports(report), 'assign', to(li));
  order = await li.does(order, 'accept');
  if (order.arriveDueAt !== null) order = await li.does(order, 'arrive');
  order = await li.does(order, 'finish', { workDone: '已经谈过' });
  order = await wang.does(await wang.sees(order), 'confirm');
  await wang.does(order, 'rate', { score: 'satisfied', words: '谢谢处理' });
  expect(await li.sees(order)).toMatchObject({ rating: null, ratingWords: null, ratingAspects: {} });
  expect((await li.timelineOf(order)).map(({ kind }) => kind)).not.toContain('work_order.rated');
  expect(await desk.sees(order)).toMatchObject({ rating: 'satisfied', ratingWords: '谢谢处理' });
});

test('who is not satisfied is called: two callers never take the same one, and the lease ends by itself', async () => {
  const { wang, desk, manager, li } = world.people;
  let order = await world.anOrder('confirmed');
  order = await wang.does(order, 'rate', { score: 'unsatisfied' });
  await world.claims();
  const row = (await callsOf(desk)).find(({ id }) => id === order.id);
  expect(row).toMatchObject({ reason: 'unsatisfied', attempts: 0, claim: null, isToClose: false });
  expect((await takes(li)).status).toBe(403);
  // Both press at once until everything is taken: no order is given to two.
  const taken: string[] = [];
  for (let round = 0; round < 12; round++) {
    const answers = await Promise.all([takes(desk), takes(manager)]);
    const ids = answers.map((answer) => expectStatus(answer, 200).claim?.id ?? null);
    if (ids[0] !== null || ids[1] !== null) expect(ids[0]).not.toBe(ids[1]);
    taken.push(...ids.filter((id): id is string => id !== null));
    if (ids.every((id) => id === null)) break;
    // One's own stays one's own.
    if (taken.length >= 4) break;
  }
  const mine = (await callsOf(desk)).filter(({ claim }) => claim?.isMine === true);
  const theirs = (await callsOf(desk)).filter(({ claim }) => claim !== null && !claim.isMine);
  expect(mine.length + theirs.length).toBeGreaterThan(0);
  const held = mine[0] ?? theirs[0];
  const [holder, other] = mine[0] === undefined ? [manager, desk] : [desk, manager];
  const path = `/work-orders/${held.id}/callback/claim?scopeId=${held.scopeId}`;
  const refused = await other.client.post(path, {});
  expect([refused.status, refused.body.code]).toEqual([409, 'work_order.callback_claimed']);
  // Nobody records over another's shoulder.
  const seen = await other.sees(held);
  expect((await other.tries(seen, 'record_callback', { result: 'unreachable' })).body.code).toBe(
    'work_order.callback_claimed',
  );
  await world.passes(16 * MINUTE);
  expectStatus(await other.client.post(path, {}), 200);
  expectStatus(
    await other.client.post(`/work-orders/${held.id}/callback/release?scopeId=${held.scopeId}`, {}),
    200,
  );
  expectStatus(await holder.client.post(path, {}), 200);
});

test('the script is a version of the nearest; answers fit it, and a call in vain says nothing of anybody', async () => {
  const { wang, desk, manager } = world.people;
  const scopeId = world.near.compound;
  const questions = [
    { key: 'shoes', kind: 'yes_no', textZh: '师傅戴鞋套了吗', textEn: 'Were shoes covered?' },
    {
      key: 'again',
      kind: 'choice',
      textZh: '还会叫我们吗',
      textEn: 'Again?',
      options: [
        { key: 'yes', textZh: '会', textEn: 'Yes' },
        { key: 'no', textZh: '不会', textEn: 'No' },
      ],
    },
  ];
  const write = (who: Somebody, expectedVersion: number, list: unknown = questions) =>
    who.client.send(
      'PUT',
      '/work-orders/callbacks/script',
      { scopeId, expectedVersion, questions: list },
      { 'idempotency-key': crypto.randomUUID() },
    );
  expect((await write(desk, 0)).status).toBe(403);
  expect((await write(manager, 0, [questions[0], questions[0]])).body).toMatchObject({
    code: 'work_order.script_invalid',
    fields: [{ path: '/questions/1/key' }],
  });
  expect(expectStatus(await write(manager, 0), 200)).toMatchObject({ version: 1, scopeId });
  expect((await write(manager, 0)).body.code).toBe('work_order.script_stale');

  let order = await world.anOrder('confirmed');
  order = await wang.does(order, 'rate', { score: 'unsatisfied' });
  await world.claims();
  let asDesk = await desk.sees(order);
  const call = (params: Json) => desk.tries(asDesk, 'record_callback', params);
  expect((await call({ result: 'satisfied_done', answers: { hat: true } })).body.code).toBe(
    'work_order.answer_unknown',
  );
  expect((await call({ result: 'satisfied_done', answers: { again: 'maybe' } })).status).toBe(422);
  asDesk = await desk.does(asDesk, 'record_callback', { result: 'unreachable', answers: {} });
  expect(asDesk).toMatchObject({ callbackAttempts: 1, callbackWantedAt: null });
  expect((await callsOf(desk)).map(({ id }) => id)).not.toContain(order.id);
  await world.passes(24 * HOUR + MINUTE);
  await world.claims();
  asDesk = await desk.does(await desk.sees(order), 'record_callback', {
    result: 'satisfied_done',
    score: 'basically_satisfied',
    wasContacted: true,
    answers: { shoes: true, again: 'yes' },
  });
  // Asked again, and not rated anew: the resident's own word stands.
  expect(asDesk).toMatchObject({ rating: 'unsatisfied', callbackReason: null, status: 'closed' });
  const calls = expectStatus(
    await desk.client.get(`/work-orders/${order.id}/callbacks?scopeId=${order.scopeId}`),
    200,
  );
  expect(calls.items).toMatchObject([
    {
      result: 'satisfied_done',
      score: 'basically_satisfied',
      scriptVersion: 1,
      answers: { shoes: true, again: 'yes' },
    },
    { result: 'unreachable', wasContacted: null, score: null, answers: {} },
  ]);
  const rates = expectStatus(await desk.client.get('/work-orders/callbacks/rates'), 200);
  expect(rates.calls).toBeGreaterThan(rates.valid);
  expect(rates.satisfied).toBeLessThanOrEqual(1);
});

test('not done after all, on the phone: a closed order goes another round', async () => {
  const { wang, desk } = world.people;
  let order = await world.anOrder('confirmed');
  order = await wang.does(order, 'rate', { score: 'unsatisfied' });
  await world.claims();
  const again = await desk.does(await desk.sees(order), 'record_callback', {
    result: 'not_done',
    note: '还在滴水',
  });
  expect(again).toMatchObject({ status: 'triaged', reopenCount: 1, rating: null, callbackReason: null });
});

test('the second visit knows the first; the third dispute is the manager’s', async () => {
  const { wang, desk, li, zhao, manager } = world.people;
  let order = await world.anOrder('finished');
  order = await wang.does(order, 'dispute', { reason: '还在滴水' });
  expect(await desk.sees(order)).toMatchObject({ disputeCount: 1, disputeReason: '还在滴水' });
  order = await desk.does(await desk.sees(order), 'assign', to(zhao));
  const visits = order.steps.filter(({ role }: Json) => role === 'worker');
  expect(visits).toMatchObject([
    { visit: 1, handlerName: '李师傅', workDone: expect.any(String), state: 'finished' },
    { visit: 2, handlerName: '赵师傅', workDone: null },
  ]);
  // The first worker reads why.
  expect(await li.inbox()).toContain('work_order.disputed');
  expect(await li.sees(order)).toMatchObject({ disputeReason: '还在滴水' });
  for (const count of [2, 3]) {
    order = await doneBy(order, zhao);
    order = await wang.does(await wang.sees(order), 'dispute', { reason: `第 ${count} 次` });
    order = await desk.sees(order);
    if (count === 2) order = await desk.does(order, 'assign', to(zhao));
  }
  expect((await desk.tries(order, 'assign', to(li))).body.params.reason).toBe('manager_decides');
  expect(await manager.inbox()).toContain('work_order.manager_wanted');
  order = await manager.does(order, 'assign', to(li));
  expect(order).toMatchObject({ status: 'assigned', disputeCount: 3 });
});

test('merged: told and done in the other one; undone, its clocks have run all the time', async () => {
  const { wang, chen, desk, manager, xu } = world.people;
  const main = await chen.reports(aWorkOrder().about('power.light.street').inPublic());
  const twin = await wang.reports(aWorkOrder().about('power.light.street').inPublic());
  const refusalOf = async (number: string) => (await desk.tries(twin, 'merge', { number })).body;
  expect((await refusalOf(twin.number)).params.reason).toBe('target_same');
  expect((await refusalOf('20260101-00000-0')).code).toBe('work_order.number_unknown');
  // Typed as heard: case, spaces and dashes do not matter.
  let merged = await desk.does(twin, 'merge', { number: main.number.toLowerCase().replaceAll('-', ' ') });
  expect(merged).toMatchObject({
    status: 'closed',
    outcome: 'duplicate',
    related: [{ kind: 'duplicate_of', number: main.number }],
  });
  expect(await desk.sees(main)).toMatchObject({ related: [{ kind: 'duplicated_by', number: twin.number }] });
  expect(await wang.inbox()).toContain('work_order.merged');
  expect((await wang.tries(merged, 'rate', { score: 'satisfied' })).status).toBe(409);
  // What it became part of goes on; its reporter hears of it.
  await doneBy(await desk.does(await desk.sees(main), 'assign', to(xu)), xu);
  expect(await wang.inbox()).toContain('work_order.main_finished');
  expect((await wang.inbox()).filter((kind) => kind === 'work_order.main_finished')).toHaveLength(1);
  // Nothing can be merged into what is over, and no circle is closed.
  const third = await wang.reports(aWorkOrder().about('power.light.street').inPublic());
  expect((await desk.tries(third, 'merge', { number: twin.number })).body.params.reason).toBe('target_ended');
  await world.passes(5 * DAY);
  merged = await desk.does(await desk.sees(merged), 'unmerge', { reason: '是另一盏灯' });
  expect(merged).toMatchObject({ status: 'triaged', outcome: null, isLate: true, related: [] });
  expect(merged.resolveLateAt).toBe(twin.resolveDueAt);
  // Two that are merged into each other at once: one of them is, the other is refused.
  const a = await wang.reports(aWorkOrder().about('power.light.street').inPublic());
  const b = await chen.reports(aWorkOrder().about('power.light.street').inPublic());
  const both = await Promise.all([
    desk.tries(a, 'merge', { number: b.number }),
    manager.tries(b, 'merge', { number: a.number }),
  ]);
  expect(both.map(({ status }) => status).sort((x, y) => x - y)).toEqual([200, 422]);
});

test('who told of one matter twice, follows it and reported it hears of each event once', async () => {
  const { wang, chen, desk, xu } = world.people;
  const lamp = aWorkOrder().about('power.light.street').inPublic();
  let main = await chen.reports(lamp);
  expectStatus(await wang.client.post(`/work-orders/${main.id}/follow?scopeId=${main.scopeId}`, {}), 200);
  for (const who of [wang, wang, chen]) {
    const twin = await who.reports(lamp);
    await desk.does(await desk.sees(twin), 'merge', { number: main.number });
  }
  const before = { wang: await wang.inbox(), chen: await chen.inbox() };
  main = await doneBy(await desk.does(await desk.sees(main), 'assign', to(xu)), xu);
  const since = async (who: Somebody, known: readonly string[]): Promise<string[]> => {
    const all = await who.inbox();
    return all.slice(0, all.length - known.length).filter((kind) => /finished/.test(kind));
  };
  // As a follower, not also as the reporter of two duplicates; as the reporter, not also as that of the duplicate.
  expect(await since(wang, before.wang)).toEqual(['work_order.finished']);
  expect(await since(chen, before.chen)).toEqual(['work_order.finished']);
});

test('split: each thing its own order from the first hour, one story for who told it', async () => {
  const { wang, desk, li, chen } = world.people;
  const [one, two] = [await wang.uploads(), await wang.uploads()];
  const report = await wang.reports(
    aWorkOrder().about('water.leak.home').atHome(world.home).showing(one, two),
  );
  await world.passes(2 * HOUR);
  const parts = [
    { categoryCode: 'water.leak.home', description: '厨房漏水', photoIds: [one] },
    { categoryCode: 'water.tap', description: '龙头坏了' },
  ];
  const fresh = await desk.sees(report);
  const wrong = (change: Json) => desk.tries(fresh, 'split', { parts: change });
  expect((await wrong([parts[0]])).status).toBe(422);
  expect((await wrong([parts[0], { ...parts[1], photoIds: [one] }])).body.params.reason).toBe(
    'photos_shared',
  );
  expect((await wrong([parts[0], { ...parts[1], photoIds: [await desk.uploads()] }])).body).toMatchObject({
    code: 'work_order.photo_unknown',
    fields: [{ path: '/parts/1/photoIds' }],
  });
  const parent = await desk.does(fresh, 'split', { parts });
  expect(parent).toMatchObject({ status: 'split', partCount: 2, resolveDueAt: null, photos: [{ id: two }] });
  const kids: Json[] = [];
  for (const { id, kind } of parent.related) {
    expect(kind).toBe('has_part');
    kids.push(await desk.sees({ id, scopeId: parent.scopeId }));
  }
  kids.sort((x, y) => x.categoryCode.localeCompare(y.categoryCode));
  expect(kids).toMatchObject([
    { categoryCode: 'water.leak.home', createdAt: report.createdAt, photos: [{ id: one }], isLate: true },
    { categoryCode: 'water.tap', createdAt: report.createdAt, photos: [] },
  ]);
  // The clocks are those of the hour when it was told.
  expect(kids[0].resolveDueAt).toBe(report.resolveDueAt);
  expect(await li.seesPhoto(one)).toBe(false);
  // One story in the list; the parts on its page; nothing of it to a neighbour.
  const mine = (await wang.lists('&reporter=me')).map(({ id }: Json) => id);
  expect([mine.includes(parent.id), mine.includes(kids[0].id)]).toEqual([true, false]);
  expect((await wang.sees(parent)).related).toHaveLength(2);
  expect((await chen.looksAt(parent)).status).toBe(404);
  const again = parts.map(({ photoIds: _, ...part }) => part);
  expect((await desk.tries(kids[1], 'split', { parts: again })).body.params.reason).toBe('is_part');

  let first = await desk.does(kids[0], 'assign', to(li));
  first = await doneBy(first, li);
  first = await wang.does(await wang.sees(first), 'confirm');
  await wang.does(first, 'rate', { score: 'satisfied' });
  await world.told();
  expect(await desk.sees(parent)).toMatchObject({ status: 'split' });
  await desk.does(await desk.sees(kids[1]), 'cancel', { reason: '自己好了' });
  await world.told();
  const over = await desk.sees(parent);
  expect(over).toMatchObject({ status: 'closed', outcome: 'split' });
  expect((await desk.tries(over, 'reopen', { reason: '再看看' })).body.params.reason).toBe('outcome_final');
  await wang.does(await wang.sees(first), 'reopen', { reason: '又漏了' });
  await world.told();
  expect(await wang.sees(parent)).toMatchObject({ status: 'split', outcome: null });
});

test('linked by number, both ways, by the desk alone; and taken back', async () => {
  const { wang, desk } = world.people;
  const a = await wang.reports(aWorkOrder().atHome(world.home));
  const b = await wang.reports(aWorkOrder().about('power.light.street').inPublic());
  expect((await wang.tries(a, 'link', { number: b.number })).body.params.reason).toBe('not_yours');
  const linked = await desk.does(a, 'link', { number: b.number });
  expect(linked.related).toMatchObject([{ kind: 'relates_to', number: b.number }]);
  expect((await desk.sees(b)).related).toMatchObject([{ kind: 'relates_to', number: a.number }]);
  expect((await wang.sees(a)).related).toEqual([]);
  expect((await wang.timelineOf(a)).map(({ kind }) => kind)).not.toContain('work_order.linked');
  const free = await desk.does(linked, 'unlink', { number: b.number });
  expect(free.related).toEqual([]);
  expect((await desk.does(free, 'link', { number: b.number })).related).toHaveLength(1);
});

test('every figure of a comparison opens a list of exactly that many', async () => {
  const { desk, manager, committee } = world.people;
  const query = 'from=2026-01-01&to=2027-12-31';
  const compare = async (by: string) =>
    expectStatus(await desk.client.get(`/work-orders/reports/comparison?by=${by}&${query}`), 200);
  const listed = async (filter: string) => (await desk.lists(`&queue=all${filter}`)).length;
  const figures: [string, string][] = [
    ['total', 'all'],
    ['done', 'done'],
    ['onTime', 'on_time'],
    ['late', 'late'],
    ['firstTime', 'first_time'],
    ['reopened', 'reopened'],
    ['secondVisit', 'second_visit'],
    ['rated', 'rated'],
  ];
  const narrow: Record<string, string> = {
    worker: 'assigneeId',
    category: 'category',
    place: 'scopeId',
    building: 'building',
  };
  let checked = 0;
  for (const by of Object.keys(narrow)) {
    const { rows, total } = await compare(by);
    expect(rows.length).toBeGreaterThan(0);
    for (const [name, figure] of figures) {
      expect([by, name, rows.reduce((sum: number, row: Json) => sum + row.now[name], 0)]).toEqual([
        by,
        name,
        total.now[name],
      ]);
      for (const row of rows) {
        if (row.key === '') continue;
        expect([by, row.label, name, await listed(`&${narrow[by]}=${row.key}&figure=${figure}`)]).toEqual([
          by,
          row.label,
          name,
          row.now[name],
        ]);
        checked++;
      }
    }
    for (const row of rows) if (row.now.rated < 5) expect(row.now.satisfaction).toBeNull();
  }
  expect(checked).toBeGreaterThan(20);
  // A duplicate and a report that was split are counted as nothing.
  const all = await desk.lists('&queue=all');
  const uncounted = all.filter(({ status }: Json) => status === 'split').length;
  expect(await listed('&figure=all')).toBeLessThan(all.length);
  expect(uncounted).toBeGreaterThan(0);
  // Colleagues are compared by their own department and company, not by the neighbourhood.
  const answer = await committee.client.get(`/work-orders/reports/comparison?by=worker&${query}`);
  expect(answer.status).toBe(403);
  expect(
    (await manager.client.get('/work-orders/reports/comparison?by=worker&from=2026-02-30&to=2026-03-01'))
      .status,
  ).toBe(422);
  expect(
    (await manager.client.get('/work-orders/reports/comparison?by=worker&from=2026-03-02&to=2026-03-01'))
      .status,
  ).toBe(422);
});

test('no id is older than its order', async () => {
  const wrong = await world.ask(
    `select o.number from work_orders.work_order o
     where ('x' || lpad(substr(replace(o.work_order_id::text, '-', ''), 1, 12), 16, '0'))::bit(64)::bigint < (extract(epoch from o.created_at) * 1000)::bigint`,
  );
  expect(wrong).toEqual([]);
});

test.each(['category', 'month', 'place'])(
  'on time, by %s, counts duplicates and what was split',
  async (by) => {
    const { desk } = world.people;
    const all = await desk.lists('&queue=all');
    // What is in hand is what the queue lists: not what was split, whose parts are, nor what is confirmed and will be closed.
    const open = await desk.lists('&queue=open');
    expect(all.some(({ status }: Json) => status === 'split')).toBe(true);
    expect(open.some(({ status }: Json) => status === 'split')).toBe(false);
    const { totals } = (await desk.client.get(`/work-orders/reports/on-time?by=${by}`)).body;
    expect(totals).toMatchObject({ total: all.length, open: open.length });
  },
);
