import crypto, { randomUUID } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writesBeside } from '../../../../../test/locks.ts';
import type { Answer, Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { aWorkOrder, type Held, type Somebody } from './fixtures.ts';
import { lockAny } from './queries-any.ts';
import { insertEvent, type Order } from './tables.ts';

/** Several people, or two devices of one, at the same order at the same instant; and pages that are out of date. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

/** All that is written about an order: what a refused command must leave as it was. */
async function everythingOf(order: Pick<Held, 'id'>): Promise<Json> {
  const [row] = await world.ask(
    `select (select to_jsonb(o) from work_orders.work_order o where o.work_order_id = $1) as "order",
       (select jsonb_agg(to_jsonb(s) order by position) from work_orders.step s where s.work_order_id = $1) as steps,
       (select jsonb_agg(e.kind order by event_id) from work_orders.event e where e.work_order_id = $1) as events,
       (select jsonb_agg(x.kind order by event_id) from platform.outbox x where x.object_id = $1) as outbox,
       (select count(*)::int from platform.file f where f.attached_id = $1) as files`,
    [order.id],
  );
  return row;
}

const won = (answers: readonly Answer[]) => answers.filter((answer) => answer.status === 200);
const lost = (answers: readonly Answer[]) => answers.filter((answer) => answer.status !== 200);

test('the same worker accepts on two phones: one wins, the other is told what became of it', async () => {
  const { li } = world.people;
  const order = await world.anOrder('assigned');
  const answers = await Promise.all([li.tries(order, 'accept'), li.tries(order, 'accept')]);
  expect([won(answers).length, lost(answers).length]).toEqual([1, 1]);
  expect(lost(answers)[0]!.body).toMatchObject({
    status: 409,
    code: 'work_order.stale',
    params: { version: order.version + 1, status: 'accepted' },
  });
  expect((await everythingOf(order)).events).toEqual(
    ['submitted', 'assigned', 'accepted'].map((kind) => `work_order.${kind}`),
  );
});

test('the desk sends one and the manager another: the order goes to exactly one of them', async () => {
  const { desk, manager, li, zhao } = world.people;
  for (let round = 0; round < 5; round++) {
    const order = await world.anOrder('submitted');
    const answers = await Promise.all([
      desk.tries(order, 'assign', { assigneeAccountId: li.accountId }),
      manager.tries(order, 'assign', { assigneeAccountId: zhao.accountId }),
    ]);
    expect([won(answers).length, lost(answers).map((answer) => [answer.status, answer.body.code])]).toEqual([
      1,
      [[409, 'work_order.stale']],
    ]);
    const { order: row, steps } = await everythingOf(order);
    const winner = answers[0]!.status === 200 ? li : zhao;
    expect([row.assignee_account_id, row.assignee_name, row.version]).toEqual([
      winner.accountId,
      winner.name,
      2,
    ]);
    expect(steps.map((step: Json) => step.handler_name)).toEqual([
      answers[0]!.status === 200 ? '孙前台' : '钱经理',
      winner.name,
    ]);
    const loser = winner === li ? zhao : li;
    expect((await loser.looksAt(order)).status).toBe(404);
  }
});

test('accepted, taken away and called off at one instant: one of the three, and the order is whole', async () => {
  const { desk, wang, li, zhao } = world.people;
  for (let round = 0; round < 5; round++) {
    const order = await world.anOrder('assigned');
    const answers = await Promise.all([
      li.tries(order, 'accept'),
      desk.tries(order, 'transfer', { assigneeAccountId: zhao.accountId, reason: '换人' }),
      wang.tries(order, 'cancel'),
    ]);
    // Who came too late may no longer see it at all.
    expect([
      won(answers).length,
      lost(answers).every((answer) => [404, 409].includes(answer.status)),
    ]).toEqual([1, true]);
    const { order: row, steps, events, outbox } = await everythingOf(order);
    expect([row.version, row.status]).toEqual([
      3,
      ['accepted', 'assigned', 'cancelled'][answers.findIndex((answer) => answer.status === 200)],
    ]);
    expect(events).toEqual(outbox);
    expect(events).toHaveLength(3);
    expect(steps.map((step: Json) => step.position)).toEqual(steps.map((_: Json, i: number) => i + 1));
    expect(steps.filter((step: Json) => step.ended_at === null).length).toBe(
      row.status === 'cancelled' ? 0 : 1,
    );
  }
});

test('a page that is out of date changes nothing and learns the version', async () => {
  const { wang, desk, li } = world.people;
  const seen = await wang.reports(aWorkOrder().atHome(world.home));
  const photo = await wang.uploads();
  await desk.does(seen, 'triage', { priority: 'high' });
  const before = await everythingOf(seen);
  const tries: [Somebody, Parameters<Somebody['tries']>[1], Record<string, unknown>][] = [
    [wang, 'cancel', {}],
    [wang, 'comment', { text: '还没来', photoIds: [photo] }],
    [wang, 'urge', {}],
    [desk, 'assign', { assigneeAccountId: li.accountId }],
    [desk, 'triage', {}],
    [desk, 'refer', { receiver: '街道' }],
  ];
  for (const [who, action, params] of tries) {
    const { body } = await who.tries(seen, action, params);
    expect([action, body.status, body.code, body.params]).toEqual([
      action,
      409,
      'work_order.stale',
      { version: 2, status: 'triaged' },
    ]);
  }
  expect(await everythingOf(seen)).toEqual(before);
  // The picture is still free, and goes along when the page has read the order afresh.
  expect(
    (await wang.does({ ...seen, version: 2 }, 'comment', { text: '还没来', photoIds: [photo] })).version,
  ).toBe(3);
});

test('twelve voices at once: every comment that was acknowledged is there, in one order', async () => {
  const { wang, fang, desk, li } = world.people;
  let order = await world.anOrder('accepted');
  const said: string[] = [];
  const say = async (who: Somebody, text: string) => {
    for (;;) {
      const answer = await who.tries(order, 'comment', { text });
      if (answer.status === 200) return void said.push(text);
      expect(answer.body.code).toBe('work_order.stale');
      order = { ...order, version: answer.body.params.version };
    }
  };
  await Promise.all(
    [wang, fang, desk, li].flatMap((who) => [1, 2, 3].map((n) => say(who, `${who.name}${n}`))),
  );
  const timeline = (await desk.timelineOf(order)).filter((event) => event.kind === 'work_order.commented');
  expect(new Set(timeline.map((event) => event.params.text))).toEqual(new Set(said));
  expect((await desk.sees(order)).version).toBe(3 + 12);
});

test('a number that was drawn before is drawn again, and nobody notices', async () => {
  const { wang } = world.people;
  const real = crypto.randomInt;
  const draws = [7, 7, 7, 8];
  const set = (randomInt: unknown) => {
    Object.assign(crypto, { randomInt });
    syncBuiltinESMExports();
  };
  set((most: number) => draws.shift() ?? real(most));
  try {
    const first = await wang.reports(aWorkOrder().atHome(world.home));
    const second = await wang.reports(aWorkOrder().atHome(world.home));
    expect(draws).toEqual([]);
    expect([first.number.slice(9, 14), second.number.slice(9, 14)]).toEqual(['00007', '00008']);
    // Bad luck has an end: then it is said, and nothing is left behind.
    draws.push(8, 8, 8, 8);
    const key = randomUUID();
    const answer = await wang.tryReport(aWorkOrder().atHome(world.home), { 'idempotency-key': key });
    expect(answer.body).toMatchObject({ status: 409, code: 'work_order.number_taken' });
    expect(await world.ask('select 1 from platform.idempotency where key = $1', [key])).toEqual([]);
    expect((await wang.tryReport(aWorkOrder().atHome(world.home), { 'idempotency-key': key })).status).toBe(
      201,
    );
  } finally {
    set(real);
  }
});

test('who has an order locked and who adds to its story do not wait for each other, nor two crosswise', async () => {
  const { desk } = world.people;
  const [one, other] = [await world.anOrder('submitted'), await world.anOrder('submitted')];
  const linked = (order: Order) =>
    insertEvent(order.id, order.wall, {
      eventId: uuidv7(world.clock.now().getTime()),
      kind: 'work_order.linked',
      actorAccountId: null,
      actorName: null,
      actorRole: 'system',
      isInternal: true,
      params: { number: order.number, otherId: order.id, because: 'relates_to' },
      photoIds: [],
      at: world.clock.now(),
    });
  let mine: Order | null = null;
  await writesBeside(
    world.worker,
    async (first) => {
      mine = await lockAny(first, one.scopeId, one.id);
    },
    async (second, first) => {
      const theirs = await lockAny(second, other.scopeId, other.id);
      second.write(linked(mine!));
      // Answered, so written.
      await second.query(sql`select 1`);
      first.write(linked(theirs!));
      await first.query(sql`select 1`);
    },
  );
  for (const order of [one, other])
    expect((await desk.timelineOf(order)).map(({ kind }) => kind)).toContain('work_order.linked');
});
