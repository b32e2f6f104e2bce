import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { asksRun, aTariff, decides, seesRun, works } from './fixtures.ts';
import { claimRun } from './queries-claims.ts';
import { postNext } from './service-runs.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
  const { manager } = world.people;
  expectStatus(await manager.client.post('/billing/tariffs', aTariff(world.near.compound)), 201);
});
afterAll(() => world.close());

test('a month that is posted past midnight has one day of issue and one due day', async () => {
  const { desk, manager } = world.people;
  const scopeId = world.near.compound;
  const run = await asksRun(world, desk);
  expectStatus(await decides(world, manager, run, 'approve'), 200);
  const at = (time: string) => world.clock.set(new Date(`${time}+08:00`));
  at('2026-11-30T23:59:59.999');
  await world.worker.work(async (tx) =>
    postNext(world.server.house, tx, (await claimRun(tx, 'approved'))!, world.clock.now(), 1),
  );
  at('2026-12-01T00:00:00.000');
  await works(world);
  const now = world.clock.now();
  await world.ask('update identity.session set last_seen_at = $1, expires_at = $2', [
    now,
    new Date(now.getTime() + 3_600_000),
  ]);
  expect(await seesRun(world, desk, run.id)).toMatchObject({ state: 'posted', postedLines: run.lines });
  const lines = await world.ask(
    `select distinct l.issued_on::text as issued, l.due_on::text as due, b.issued_on::text as billed
     from billing.bill_line l join billing.bill b using (scope_id, bill_id) where l.scope_id = $1`,
    [scopeId],
  );
  expect(lines).toEqual([{ issued: '2026-11-30', due: '2026-12-15', billed: '2026-11-30' }]);
  // The ledger has each on the day on which it was booked.
  const booked = await world.ask(
    `select p.booked_on::text as on, count(*)::integer as lines from ledger.posting p where p.scope_id = $1 group by 1 order by 1`,
    [scopeId],
  );
  expect(booked).toEqual([
    { on: '2026-11-30', lines: 1 },
    { on: '2026-12-01', lines: run.lines - 1 },
  ]);
  // Whoever reminds counts from the same day.
  const reminded = await world.ask(
    'select distinct next_at::text as next from billing.arrears where scope_id = $1',
    [scopeId],
  );
  expect(reminded).toHaveLength(1);
});
