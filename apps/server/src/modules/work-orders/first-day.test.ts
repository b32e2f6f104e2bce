import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { statementOfActor } from '../../platform/db/actor.ts';
import { aWorkOrder, DAY, HOUR, Listening, MINUTE, type Somebody } from './fixtures.ts';

/** What belonging to a household reaches begins with its first day; what happened before stays with whom it was. */
let world: World;
let app: pg.Client;
beforeAll(async () => {
  world = await aWorld();
  app = new pg.Client({ connectionString: world.server.house.config.databaseUrl });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await world.close();
});

const idsOf = (rows: readonly Json[]): string[] => rows.map((row) => row.id);

/** As the database itself answers this person, table by table, with no query of ours in between. */
async function rowsOf(who: Somebody, order: Json, since: number): Promise<Record<string, number>> {
  const actor = {
    kind: 'resident',
    accountId: who.accountId,
    membershipId: null,
    scopeIds: [order.scopeId],
    regionId: null,
    households: [{ id: world.home, since }],
  } as const;
  const counts: Record<string, number> = {};
  await app.query('begin');
  try {
    const act = statementOfActor(actor);
    await app.query(act.text, [...act.values]);
    for (const table of ['work_order', 'step', 'event']) {
      const text = `select from work_orders.${table} where scope_id = $1 and work_order_id = $2`;
      counts[table] = (await app.query(text, [order.scopeId, order.id])).rowCount ?? 0;
    }
    const files = 'select from platform.file where scope_id = $1 and attached_id = $2';
    counts['file'] = (await app.query(files, [order.scopeId, order.id])).rowCount ?? 0;
    const touched = await app.query(
      'update work_orders.work_order set version = version where scope_id = $1 and work_order_id = $2',
      [order.scopeId, order.id],
    );
    counts['changed'] = touched.rowCount ?? 0;
  } finally {
    await app.query('rollback');
  }
  return counts;
}

const nothing = { work_order: 0, step: 0, event: 0, file: 0, changed: 0 };

test('a home is sold: buyer and seller each see their own, to the moment', async () => {
  const { near, home } = world;
  const lives = { householdId: home, quarter: near };
  const livesAt = (from: string, until?: string, relation: 'owner' | 'tenant' = 'owner') => ({
    livesAt: { ...lives, from, relation, ...(until === undefined ? {} : { until }) },
  });
  const soldOn = '2026-11-25';
  const [seller, tenant, buyer] = await Promise.all([
    world.aPerson('卖主', 'resident', near.compound, livesAt('2020-01-01', soldOn)),
    world.aPerson('租客', 'resident', near.compound, livesAt('2026-11-24', undefined, 'tenant')),
    world.aPerson('买主', 'resident', near.compound, livesAt(soldOn)),
  ]);
  const { desk, li } = world.people;
  const before = await seller.reports(
    aWorkOrder()
      .atHome(home)
      .showing(await seller.uploads()),
  );
  // Not the buyer's home yet: nothing is his, and he may report nothing there.
  expect((await buyer.tryReport(aWorkOrder().atHome(home))).body.code).toBe('work_order.household_unknown');

  // The last moment of the day before, in Beijing.
  world.clock.advance(Date.parse('2026-11-24T15:59:59.000Z') - 1_000 - world.clock.now().getTime());
  const last = await tenant.reports(aWorkOrder().atHome(home));
  expect(last.createdAt).toBe('2026-11-24T15:59:59.000Z');
  expect(idsOf(await tenant.lists())).not.toContain(before.id);
  expect((await tenant.looksAt(before)).status).toBe(404);
  // And the first moment of the day itself.
  const first = await tenant.reports(aWorkOrder().atHome(home));
  expect(first.createdAt).toBe('2026-11-24T16:00:00.000Z');
  // Sessions are remembered for two seconds.
  world.clock.advance(3_000);

  const live = await Listening.open(buyer);
  for (const order of [before, last]) {
    const at = `/work-orders/${order.id}`;
    for (const path of [at, `${at}/timeline`])
      expect((await buyer.client.get(`${path}?scopeId=${order.scopeId}`)).status).toBe(404);
    expect((await buyer.tries(order, 'urge')).status).toBe(404);
  }
  for (const photo of before.photos) expect(await buyer.seesPhoto(photo.id)).toBe(false);
  expect(await buyer.sees(first)).toMatchObject({ isMine: true });
  const mine = idsOf(await buyer.lists('&reporter=me'));
  expect([mine.includes(first.id), mine.includes(last.id), mine.includes(before.id)]).toEqual([
    true,
    false,
    false,
  ]);
  // Who reported it keeps it, without the home; what the others report there is not the seller's any more.
  expect(await seller.sees(before)).toMatchObject({ isMine: true });
  expect((await seller.looksAt(last)).status).toBe(404);
  expect((await seller.looksAt(first)).status).toBe(404);
  expect((await seller.tryReport(aWorkOrder().atHome(home))).body.code).toBe('work_order.household_unknown');

  // News travel the same way: a step on the old order is told to the seller and to nobody who came later.
  const sent = await desk.does(await desk.sees(before), 'assign', { assigneeAccountId: li.accountId });
  const accepted = await li.does(sent, 'accept');
  expect(await seller.inbox()).toContain('work_order.accepted');
  expect(await buyer.inbox()).not.toContain('work_order.accepted');
  expect(await tenant.inbox()).not.toContain('work_order.accepted');
  await desk.does(await desk.sees(first), 'triage', { priority: 'urgent' });
  await expect.poll(() => live.kindsOf(first.id)).toContain('work_order.triaged');
  expect(live.kindsOf(accepted.id)).toEqual([]);
  live.close();
});

test('the wall itself compares, in every table, to the millisecond', async () => {
  const { wang, chen } = world.people;
  world.clock.advance(DAY + 7 * HOUR + 13 * MINUTE);
  const order = await wang.reports(
    aWorkOrder()
      .atHome(world.home)
      .showing(await wang.uploads()),
  );
  const made = Date.parse(order.createdAt);
  const all = { work_order: 1, step: 1, event: 1, file: 1, changed: 1 };
  expect(await rowsOf(chen, order, 0)).toEqual(all);
  expect(await rowsOf(chen, order, made)).toEqual(all);
  expect(await rowsOf(chen, order, made + 1)).toEqual(nothing);
  expect(await rowsOf(chen, order, made + 400 * DAY)).toEqual(nothing);
  // The reporter's own stays, whatever became of the home.
  expect(await rowsOf(wang, order, made + 1)).toEqual({ ...all });
  // A later event on an old matter is as old as its matter.
  await world.people.desk.does(order, 'triage', { priority: 'urgent' });
  expect(await rowsOf(chen, order, made + 1)).toEqual(nothing);
  const [row] = await world.ask<{ same: boolean }>(
    `select bool_and(created_at = to_timestamp(('x' || replace(left(work_order_id::text, 13), '-', ''))::bit(48)::bigint / 1000.0)) as same from work_orders.work_order`,
  );
  expect(row?.same).toBe(true);
});
