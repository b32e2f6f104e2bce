import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { startServer } from '../../main.ts';
import { aWorkOrder, type Somebody } from './fixtures.ts';

/**
 * The same submission twice (docs/architecture.md, rule 3). Each case is a test.
 *
 *  1. The same key with the same body gives the same answer, and there is one order.
 *  2. The same key with another body, or on another address, is refused with 409.
 *  3. Twenty at the same instant make one order, and all twenty get its answer.
 *  4. So does one command twenty times: it happens once.
 *  5. Without a key, or with one that is too short, nothing is done: 422.
 *  6. What was refused is not kept: the same key may succeed later.
 *  7. The first answer comes again although the order has moved on since.
 *  8. Keys are each account's own,
 *  9. and each scope's own.
 * 10. The answer survives a restart of the server.
 * 11. A picture that came with the report is attached once, however often it is sent.
 * 12. Two different orders that claim one picture at the same instant: one gets it, the other is not made at all.
 * 13. A key is forgotten after seven days.
 * 14. What is kept is sealed and bound to account, scope and key: laid under another key it answers nobody.
 * 15. What was kept in plain before answers were sealed is still answered.
 */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const key = () => ({ 'idempotency-key': randomUUID() });
const leak = () => aWorkOrder().atHome(world.home);

async function countsOf(who: Somebody): Promise<Record<string, number>> {
  const [row] = await world.ask(
    `select (select count(*) from work_orders.work_order where reporter_account_id = $1)::int as orders,
       (select count(*) from work_orders.step where reporter_account_id = $1)::int as steps,
       (select count(*) from work_orders.event where reporter_account_id = $1)::int as events,
       (select count(*) from platform.outbox where reporter_account_id = $1 and kind like 'work_order.%')::int as outbox,
       (select count(*) from platform.idempotency where account_id = $1)::int as answers`,
    [who.accountId],
  );
  return row;
}

const oneMore = (before: Record<string, number>, n = 1) =>
  Object.fromEntries(Object.entries(before).map(([name, count]) => [name, count + n]));

test('1. same key, same body: same answer, one order', async () => {
  const { wang } = world.people;
  const before = await countsOf(wang);
  const again = key();
  const first = await wang.tryReport(leak(), again);
  const second = await wang.tryReport(leak(), again);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
  expect([first.headers.get('idempotent-replay'), second.headers.get('idempotent-replay')]).toEqual([
    null,
    'true',
  ]);
  expect(await countsOf(wang)).toEqual(oneMore(before));
});

test('2. same key, other body or other address: 409, nothing done', async () => {
  const { wang } = world.people;
  const again = key();
  const order = (await wang.tryReport(leak(), again)).body;
  const before = await countsOf(wang);
  const other = await wang.tryReport(leak().saying('另一件事'), again);
  expect(other.body).toMatchObject({ status: 409, code: 'idempotency.key_reused' });
  const elsewhere = await wang.tries(order, 'comment', { text: 'x' }, again);
  expect(elsewhere.body).toMatchObject({ status: 409, code: 'idempotency.key_reused' });
  expect(await countsOf(wang)).toEqual(before);
  expect((await wang.sees(order)).version).toBe(1);
});

test('3. twenty at the same instant: one order', async () => {
  const { wang } = world.people;
  const body = leak().body(world.near.compound);
  for (let round = 0; round < 4; round++) {
    const before = await countsOf(wang);
    const again = key();
    const send = () => wang.client.post('/work-orders', body, again);
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(201));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('idempotent-replay') === null)).toHaveLength(1);
    expect(await countsOf(wang)).toEqual(oneMore(before));
  }
});

test('4. one command twenty times at the same instant happens once', async () => {
  const { wang } = world.people;
  const order = await wang.reports(leak());
  const before = await countsOf(wang);
  const again = key();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => wang.tries(order, 'comment', { text: '在吗' }, again)),
  );
  expect(answers.map((answer) => [answer.status, answer.body.version])).toEqual(Array(20).fill([200, 2]));
  expect(await countsOf(wang)).toEqual({
    ...oneMore(before),
    orders: before['orders'],
    steps: before['steps'],
  });
});

test('5. without a key nothing is done', async () => {
  const { wang } = world.people;
  const before = await countsOf(wang);
  for (const bad of ['', 'short', 'x'.repeat(201), 'with space in it', 'é'.repeat(10)]) {
    const answer = await wang.tryReport(leak(), { 'idempotency-key': bad });
    expect([bad, answer.status, answer.body.code]).toEqual([bad, 422, 'idempotency.key_missing']);
  }
  expect(await countsOf(wang)).toEqual(before);
});

test('6. a refusal is not kept', async () => {
  const { wang, desk, li } = world.people;
  const order = await wang.reports(leak());
  const again = key();
  const refused = await li.tries(order, 'accept', {}, again);
  expect(refused.status).toBe(404);
  const stale = key();
  expect((await desk.tries({ ...order, version: 7 }, 'triage', {}, stale)).body.code).toBe(
    'work_order.stale',
  );
  const sent = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  // The same request, right this time: the version it named is now the order's.
  const late = { ...order, version: sent.version };
  const early = key();
  expect((await li.tries({ ...order, version: 3 }, 'accept', {}, early)).status).toBe(409);
  await desk.does(late, 'comment', { text: 'x' });
  expect((await li.tries({ ...order, version: 3 }, 'accept', {}, early)).body).toMatchObject({
    status: 'accepted',
    version: 4,
  });
  const [row] = await world.ask('select count(*)::int as n from platform.idempotency where key = any ($1)', [
    [again, stale].map((k) => k['idempotency-key']),
  ]);
  expect(row).toEqual({ n: 0 });
});

test('7. the first answer again, although the order has moved on', async () => {
  const { wang, desk, li } = world.people;
  const again = key();
  const first = await wang.tryReport(leak(), again);
  const assign = key();
  const sent = await desk.tries(first.body, 'assign', { assigneeAccountId: li.accountId }, assign);
  await li.does(sent.body, 'accept');
  expect((await wang.tryReport(leak(), again)).body).toEqual(first.body);
  expect(await desk.tries(first.body, 'assign', { assigneeAccountId: li.accountId }, assign)).toMatchObject({
    status: 200,
    body: sent.body,
  });
  expect((await wang.sees(first.body)).status).toBe('accepted');
});

test("8. keys are each account's own", async () => {
  const { wang, fang } = world.people;
  const same = key();
  const [first, second] = [await wang.tryReport(leak(), same), await fang.tryReport(leak(), same)];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body.id).not.toBe(first.body.id);
});

test("9. keys are each scope's own", async () => {
  const { street } = world.people;
  const same = key();
  const report = aWorkOrder().about('gate.fault').inPublic();
  const answers: Answer[] = [];
  for (const scope of [world.near.compound, world.near.community])
    answers.push(await street.tryReport(report.in(scope), same));
  expect(answers.map((answer) => answer.status)).toEqual([201, 201]);
  expect(new Set(answers.map((answer: Json) => answer.body.id)).size).toBe(2);
});

test('10. the answer survives a restart', async () => {
  const { wang } = world.people;
  const again = key();
  const first = await wang.tryReport(leak(), again);
  const before = await countsOf(wang);
  const second = await startServer({ ...world.server.house.config, port: 0 }, { clock: world.clock });
  try {
    const { cookie, csrf } = wang.client;
    const response = await fetch(`${second.url}/api/v1/work-orders`, {
      method: 'POST',
      headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json', ...again },
      body: JSON.stringify(leak().body(world.near.compound)),
    });
    expect(await response.json()).toEqual(first.body);
  } finally {
    await second.close();
  }
  expect(await countsOf(wang)).toEqual(before);
});

test('11. a picture is attached once, however often it is sent', async () => {
  const { wang } = world.people;
  const photo = await wang.uploads();
  const again = key();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => wang.tryReport(leak().showing(photo), again)),
  );
  expect(answers.map((answer) => answer.status)).toEqual(Array(5).fill(201));
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  expect((await wang.sees(answers[0]!.body)).photos).toEqual([{ id: photo }]);
});

test('12. two orders that claim one picture: one gets it, the other is not made', async () => {
  const { wang } = world.people;
  const photo = await wang.uploads();
  const before = await countsOf(wang);
  const answers = await Promise.all(
    [1, 2, 3].map((n) => wang.tryReport(leak().saying(`第${n}件`).showing(photo))),
  );
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 422, 422]);
  for (const { body } of answers.filter((answer) => answer.status === 422)) {
    expect(body).toMatchObject({
      code: 'file.not_attachable',
      fields: [{ path: '/photoIds', params: { fileIds: [photo] } }],
    });
  }
  expect(await countsOf(wang)).toEqual(oneMore(before));
});

test('13. a key is forgotten after seven days', async () => {
  const { wang } = world.people;
  const again = key();
  const first = await wang.tryReport(leak(), again);
  await world.sweeps(6);
  expect((await wang.tryReport(leak(), again)).body.id).toBe(first.body.id);
  await world.sweeps(2);
  const second = await wang.tryReport(leak(), again);
  expect([second.status, second.body.id === first.body.id]).toEqual([201, false]);
});

const storedUnder = (answer: Record<string, string>) =>
  world.ask('select * from platform.idempotency where key = $1', [answer['idempotency-key']]);

test('14. what is kept is sealed, and opens under its own key only', async () => {
  const { wang } = world.people;
  const [mine, other] = [key(), key()];
  const first = await wang.tryReport(leak().saying('窗外的玉兰'), mine);
  const [row] = await storedUnder(mine);
  expect(row.body).toBeNull();
  expect(row.body_cipher.toString('utf8')).not.toContain('玉兰');
  expect(await world.keptAnswers()).toContain('玉兰');
  // Nor can it be tried out what was asked: the digest is keyed.
  const body = JSON.stringify(leak().saying('窗外的玉兰').body(world.near.compound));
  const guess = createHash('sha256').update(`POST /api/v1/work-orders\n${body}`).digest('hex');
  expect(row.request_hash.toString('hex')).not.toBe(guess);
  await world.ask(
    `insert into platform.idempotency (scope_id, account_id, key, request_hash, status, body_cipher, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      row.scope_id,
      row.account_id,
      other['idempotency-key'],
      row.request_hash,
      row.status,
      row.body_cipher,
      row.created_at,
    ],
  );
  const moved = await wang.tryReport(leak().saying('窗外的玉兰'), other);
  expect([moved.status, JSON.stringify(moved.body)]).toEqual([
    500,
    expect.not.stringContaining(first.body.id),
  ]);
});

test('15. what was kept in plain is still answered', async () => {
  const { wang } = world.people;
  const again = key();
  const first = await wang.tryReport(leak(), again);
  const sent = JSON.stringify(leak().body(world.near.compound));
  const hash = createHash('sha256').update(`POST /api/v1/work-orders\n${sent}`).digest();
  await world.ask(
    'update platform.idempotency set body_cipher = null, body = $2, request_hash = $3 where key = $1',
    [again['idempotency-key'], JSON.stringify(first.body), hash],
  );
  const before = await countsOf(wang);
  expect((await wang.tryReport(leak(), again)).body).toEqual(first.body);
  expect((await wang.tryReport(leak().saying('另一件事'), again)).body.code).toBe('idempotency.key_reused');
  expect(await countsOf(wang)).toEqual(before);
});
