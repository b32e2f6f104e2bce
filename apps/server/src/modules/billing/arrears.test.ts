import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { aWorkOrder, DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { reminding } from './due.ts';
import { aTariff, bills, corrects } from './fixtures.ts';

let world: World;
let scopeId: string;
beforeAll(async () => {
  world = await aWorld();
  scopeId = world.near.compound;
  expectStatus(await world.people.manager.client.post('/billing/tariffs', aTariff(scopeId)), 201);
  await bills(world);
});
afterAll(() => world.close());

/** Nobody signs in anew meanwhile. */
async function passes(days: number): Promise<void> {
  world.clock.advance(days * DAY);
  const now = world.clock.now();
  await world.ask('update identity.session set last_seen_at = $1, expires_at = $2', [
    now,
    new Date(now.getTime() + 30 * DAY),
  ]);
}

const list = async (who: Somebody): Promise<Json> =>
  expectStatus(await who.client.get(`/billing/arrears?scopeId=${scopeId}&limit=50`), 200);
const caseOf = async (who: Somebody): Promise<Json> =>
  expectStatus(await who.client.get(`/billing/arrears/${world.home}?scopeId=${scopeId}`), 200);
const notes = (who: Somebody, body: object) =>
  who.client.post(`/billing/arrears/${world.home}/notes?scopeId=${scopeId}`, body);
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const reminds = () =>
  runDueOnce({
    worker: world.worker,
    sweeps: [reminding],
    house: world.server.house,
    clock: world.clock,
    log: quiet,
  });
const reminded = async (who: Somebody) => {
  await world.told();
  return (await who.inbox()).filter((template: string) => template === 'bill.reminder').length;
};

describe('what is owed', () => {
  it('is told when it is billed, and reminded of from the day it is due, step by step', async () => {
    const { wang, fang, chen, desk } = world.people;
    await world.told();
    for (const who of [wang, fang, chen]) expect(await who.inbox()).toContain('bill.issued');
    // Billed on 23 November, due on 8 December.
    await reminds();
    expect(await reminded(wang)).toBe(0);
    expect((await list(desk)).items).toEqual([]);
    await passes(15);
    await reminds();
    await reminds();
    expect([await reminded(wang), await reminded(fang)]).toEqual([1, 1]);
    // Due today is not late.
    expect((await list(desk)).items).toEqual([]);
    await passes(1);
    const { items, totals } = await list(desk);
    expect(items).toHaveLength(Object.keys(world.near.households).length);
    expect(items[0]).toMatchObject({ stepsTaken: 1, state: 'reminding', oldestDueOn: '2026-12-08' });
    expect(totals.openFen).toBe(items.reduce((sum: number, row: Json) => sum + row.openFen, 0));
    expect(totals.to30Fen).toBe(totals.openFen);
  });

  it('is noted, promised and disputed by who does the accounts, sealed, and seen by nobody else', async () => {
    const { desk, wang, steward, committee, street, li, farDesk } = world.people;
    const { version } = await caseOf(desk);
    const canary = '金丝雀：老人住院，儿子下月来付';
    expectStatus(await notes(desk, { kind: 'note', words: canary, expectedVersion: version }), 201);
    expect((await caseOf(desk)).notes).toMatchObject([{ words: canary, kind: 'note' }]);
    for (const who of [wang, steward, committee, street, li])
      expect([who.name, (await who.client.get(`/billing/arrears?scopeId=${scopeId}`)).status]).toEqual([
        who.name,
        403,
      ]);
    expect((await farDesk.client.get(`/billing/arrears/${world.home}?scopeId=${scopeId}`)).status).toBe(404);
    const stored = await world.ask(
      `select to_jsonb(n)::text as n from billing.arrears_note n union all select to_jsonb(o)::text from platform.outbox o
       union all select to_jsonb(x)::text from platform.notification x`,
    );
    expect(JSON.stringify(stored)).not.toContain('金丝雀');
    expect(await world.keptAnswers()).not.toContain('金丝雀');
    expect((await notes(desk, { kind: 'promise', words: '月底付', expectedVersion: version })).status).toBe(
      422,
    );
    const promise = {
      kind: 'promise',
      words: '月底付',
      promisedUntil: '2026-12-31',
      expectedVersion: version,
    };
    expectStatus(await notes(desk, promise), 201);
    // Who had the page open from before is told.
    expect((await notes(desk, promise)).body.code).toBe('billing.stale');
    await passes(22); // 31 December: the promise holds through its day
    await reminds();
    expect(await reminded(wang)).toBe(1);
    await passes(1);
    await reminds();
    expect(await reminded(wang)).toBe(2);
    const now = await caseOf(desk);
    expectStatus(
      await notes(desk, { kind: 'dispute', words: '说面积不对', expectedVersion: now.version }),
      201,
    );
    await passes(120);
    await reminds();
    expect(await reminded(wang)).toBe(2);
    const disputed = await caseOf(desk);
    expect(disputed.state).toBe('disputed');
    expectStatus(
      await notes(desk, { kind: 'resumed', words: '核对过了', expectedVersion: disputed.version }),
      201,
    );
    await passes(1);
    await reminds();
    // The last step is a letter: it waits for the desk.
    expect((await caseOf(desk)).reminders[0]).toMatchObject({ way: 'letter', told: 0 });
    expect(await reminded(wang)).toBe(2);
  });

  it('is nothing any more once it is taken back or paid: nobody is reminded', async () => {
    const { chen, desk } = world.people;
    const home = world.near.households['3-2-102']!;
    const before = await reminded(chen);
    const { homes } = expectStatus(
      await desk.client.get(`/bills/open?scopeId=${scopeId}&householdId=${home}`),
      200,
    );
    for (const line of homes[0].lines)
      await corrects(world, line.lineId, { reason: '空置', expectedSettledFen: 0 });
    await passes(200);
    await reminds();
    expect(await reminded(chen)).toBe(before);
    const sums = expectStatus(await world.people.street.client.get('/billing/totals'), 200);
    await world.told();
    expect(sums.items.length).toBeGreaterThanOrEqual(0);
    expect((await world.people.wang.client.get('/billing/totals')).status).toBe(403);
  });
});

describe('what happens elsewhere', () => {
  it('a repair that was agreed to is billed once, when it is done', async () => {
    const { wang, desk, li, street } = world.people;
    let order = await wang.reports(aWorkOrder().atHome(world.home));
    order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
    order = await li.does(order, 'accept');
    await li.does(order, 'start');
    // The event as work-orders says it, twice: delivered at least once.
    for (const at of [1, 2])
      await world.ask(
        `insert into platform.outbox (scope_id, event_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public, is_internal, kind, version,
           object_id, payload, occurred_at)
         values ($1, gen_random_uuid(), $2, $3, $4, $5, null, false, false, 'work_order.charge_due', 1, $6, $7, $8)`,
        [
          scopeId,
          world.city,
          world.near.street,
          world.near.company,
          world.home,
          order.id,
          JSON.stringify({ total: '85.50', quoteNo: 1, number: order.number, at }),
          world.clock.now(),
        ],
      );
    await world.told();
    const { homes } = expectStatus(await wang.client.get(`/bills/open?scopeId=${scopeId}`), 200);
    const repairs = homes[0].lines.filter(({ item }: Json) => item === 'repair');
    expect(repairs).toMatchObject([
      { amountFen: 8_550, basis: { kind: 'work_order', orderNumber: order.number } },
    ]);
    expect(await wang.inbox()).toContain('bill.single');
    const { items } = expectStatus(await street.client.get('/billing/totals'), 200);
    expect(items.length).toBeGreaterThan(0);
    expect(Object.keys(items[0])).not.toContain('householdId');
    const mine = await world.people.farStreet.client.get('/billing/totals');
    expect(mine.body.items).toEqual([]);
  });
});
