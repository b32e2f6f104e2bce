import { afterEach, beforeEach, expect, test } from 'vitest';
import { waitedFor } from '../../../../../test/locks.ts';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { aWorkOrder, DAY, expectStatus, HOUR, MINUTE, type Somebody } from './fixtures.ts';
import { lockAny } from './queries-any.ts';

/** Whom the desk calls, as it is said from a day on. The world's clock stands on Monday 2026-11-23, ten o'clock. */
let world: World;
beforeEach(async () => {
  world = await aWorld();
});
afterEach(() => world.close());

const code = 'water.tap';

test('who is called back: said by the company for all or one matter, from a day on; the street’s holds below it', async () => {
  const { company, street, desk, manager, wang, li, farDesk } = world.people;
  const { company: scopeId, compound } = world.near;
  const path = '/work-orders/callbacks/rules';
  const tableOf = async (who: Somebody, scope: string): Promise<Json> =>
    expectStatus(await who.client.get(`${path}?scopeId=${scope}`), 200);
  const rule = { delayHours: 2, attempts: 2, retryHours: 5 };
  const silence = { delayHours: 48, attempts: 1, retryHours: 12 };
  const says = (who: Somebody, change: Json = {}) =>
    who.client.send(
      'PUT',
      path,
      {
        scopeId,
        categoryCode: null,
        expectedVersion: 0,
        validFrom: '2026-11-24',
        rules: { unanswered: silence, all: rule },
        reason: '今年都回访',
        ...change,
      },
      { 'idempotency-key': crypto.randomUUID() },
    );
  expect((await tableOf(desk, compound)).items).toMatchObject([
    {
      categoryCode: null,
      level: 'base',
      validFrom: null,
      rules: { unanswered: { delayHours: 72, attempts: 3 } },
    },
  ]);
  expect((await tableOf(company, scopeId)).mayEdit).toBe(true);
  expect((await tableOf(manager, compound)).mayEdit).toBe(false);
  // Never from today; of a matter there is; no sample of more than all; upon what one saw.
  expect((await says(company, { validFrom: '2026-11-23' })).body.fields).toMatchObject([
    { path: '/validFrom', code: 'too_early', params: { earliest: '2026-11-24' } },
  ]);
  expect((await says(company, { categoryCode: 'no.such' })).body.fields).toMatchObject([
    { path: '/categoryCode', code: 'unknown' },
  ]);
  expect(
    (await says(company, { rules: { unanswered: silence, sample: { ...rule, percent: 101 } } })).status,
  ).toBe(422);
  expect((await says(company, { rules: { all: rule } })).status).toBe(422);
  expect((await says(company, { scopeId: compound })).status).toBe(403);
  expect([(await says(desk)).status, (await says(manager)).status, (await says(wang)).status]).toEqual([
    403, 403, 403,
  ]);
  expect((await farDesk.client.get(`${path}?scopeId=${compound}`)).status).toBe(404);
  const two = await Promise.all([says(company), says(company, { reason: '另一页' })]);
  expect(two.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
  expectStatus(
    await says(company, { categoryCode: code, rules: { unanswered: silence }, reason: '龙头不用' }),
    200,
  );
  expectStatus(
    await says(street, {
      scopeId: world.near.street,
      rules: { unanswered: silence, sample: { ...rule, percent: 100 } },
    }),
    200,
  );
  // Today everything is as it was; what is to come can be read.
  expect(await tableOf(company, scopeId)).toMatchObject({
    items: [{ categoryCode: null, level: 'base', ownVersion: 1 }],
    own: [{ version: 1, validFrom: '2026-11-24' }, { version: 1 }],
  });
  const done = async (about: string): Promise<Json> => {
    let order = await wang.reports(aWorkOrder().about(about).atHome(world.home));
    order = await desk.does(await desk.sees(order), 'assign', { assigneeAccountId: li.accountId });
    for (const action of ['accept', 'arrive', 'start'] as const) order = await li.does(order, action);
    return li.does(order, 'finish', { workDone: '修好了' });
  };
  const before = await done('water.leak.home');
  world.clock.advance(DAY);
  const [other, tap] = [await done('water.leak.home'), await done(code)];
  const wanted = async (): Promise<Json[]> =>
    expectStatus(await desk.client.get('/work-orders/callbacks?limit=100'), 200).items.map((row: Json) => [
      row.id,
      row.reason,
    ]);
  await world.passes(2 * HOUR + MINUTE);
  expect(await wanted()).toEqual([[other.id, 'all']]);
  // Silence: two days for the tap, by the company's word; what was finished before keeps the three days it was given.
  await world.passes(46 * HOUR);
  const reasons = new Map((await wanted()) as unknown as [string, string][]);
  expect([before, other, tap].map(({ id }) => reasons.get(id))).toEqual(['unanswered', 'all', 'unanswered']);
  // Nothing of one's own any more: the street's word holds.
  expectStatus(await says(company, { expectedVersion: 1, validFrom: '2026-11-27', rules: null }), 200);
  world.clock.advance(DAY);
  expect((await tableOf(desk, compound)).items).toMatchObject([
    { categoryCode: null, level: 'street', rules: { sample: { percent: 100 } } },
    { categoryCode: code, level: 'company' },
  ]);
});

test('the next call is found behind all those that were made in vain', async () => {
  const { desk } = world.people;
  const scopeId = world.near.compound;
  // Whatever waits by now is taken out of the way.
  await world.ask('update work_orders.work_order set callback_wanted_at = null where scope_id = $1', [
    scopeId,
  ]);
  const vain = await world.anOrder('finished');
  await world.ask(
    `insert into work_orders.work_order
     select (jsonb_populate_record(o, jsonb_build_object('work_order_id', gen_random_uuid(), 'number', 'vain-' || n,
       'callback_wanted_at', o.created_at, 'callback_reason', 'unanswered', 'callback_attempts', 9, 'next_due_at', null))).*
     from work_orders.work_order o, generate_series(1, 120) n where o.scope_id = $1 and o.work_order_id = $2`,
    [scopeId, vain.id],
  );
  const next = async () => expectStatus(await desk.client.post('/work-orders/callbacks/next', {}), 200).claim;
  expect(await next()).toBeNull();
  const free = await world.anOrder('finished');
  await world.ask(
    `update work_orders.work_order set callback_wanted_at = $3, callback_reason = 'unanswered', next_due_at = null
     where scope_id = $1 and work_order_id = $2`,
    [scopeId, free.id, world.clock.now()],
  );
  expect(await next()).toMatchObject({ id: free.id });
  await world.ask(`delete from work_orders.work_order where scope_id = $1 and number like 'vain-%'`, [
    scopeId,
  ]);
});

test('who reaches for a call while it is being written down waits, and does not take on what was called', async () => {
  const { desk } = world.people;
  const order = await world.anOrder('finished');
  await world.ask(
    `update work_orders.work_order set callback_wanted_at = $2, callback_reason = 'unanswered', next_due_at = null where work_order_id = $1`,
    [order.id, world.clock.now()],
  );
  const path = `/work-orders/${order.id}/callback/claim?scopeId=${order.scopeId}`;
  const claim = await world.worker.work(async (tx) => {
    await lockAny(tx, order.scopeId, order.id);
    const answer = desk.client.post(path, {});
    await waitedFor(tx);
    await tx.query(
      sql`update work_orders.work_order set callback_wanted_at = null where scope_id = ${order.scopeId} and work_order_id = ${order.id}`,
    );
    return { answer };
  });
  expect((await claim.answer).body.code).toBe('work_order.no_callback');
  expect(await world.ask('select 1 from work_orders.callback where work_order_id = $1', [order.id])).toEqual(
    [],
  );
});
