import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { loaders as placesRows, takeoverSweep } from '../places/index.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { counting } from './due.ts';
import { aTariff, bills } from './fixtures.ts';
import { settle } from './index.ts';

/* In the middle of November the compound passes from 近物业 to 远物业; both have billed in it. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const totals = async (who: Somebody): Promise<Json[]> =>
  expectStatus(await who.client.get('/billing/totals'), 200).items.filter(
    ({ scopeId }: Json) => scopeId === world.near.compound,
  );
const sumOf = (row: Json) => [row?.companyName, row?.period, row?.billedFen, row?.openFen];

async function passes(day: string): Promise<void> {
  const { near, far, people } = world;
  await world.insert(placesRows.servicePeriod, {
    scopeId: near.compound,
    servicePeriodId: randomUUID(),
    companyId: near.company,
    departmentId: near.department,
    startsOn: '2020-01-01',
    endsOn: null,
  });
  const planned = {
    toDepartmentId: far.department,
    kind: 'contract',
    effectiveOn: day,
    documentNumber: '近街发〔2026〕12号',
    decidedBy: '近街道办事处',
  };
  expectStatus(await people.street.client.post(`/places/scopes/${near.compound}/takeovers`, planned), 201);
  world.clock.set(new Date(`${day}T00:00:00+08:00`));
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const { worker, clock, server } = world;
  await runDueOnce({ worker, sweeps: [takeoverSweep], house: server.house, clock, log });
}

/** As somebody would ask who has forgotten whose they are. */
const allTotals = sql`select m.company_id as "companyId" from billing.month_total m`;

/** What a repair comes to, as work-orders says it. */
const repairs = (companyId: string, yuan: string) =>
  world.ask(
    `insert into platform.outbox (scope_id, event_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public, is_internal, kind, version,
       object_id, payload, occurred_at)
     values ($1, gen_random_uuid(), $2, $3, $4, $5, null, false, false, 'work_order.charge_due', 1, gen_random_uuid(), $6, $7)`,
    [
      world.near.compound,
      world.city,
      world.near.street,
      companyId,
      world.home,
      JSON.stringify({ total: yuan, quoteNo: 1, number: 'X-1' }),
      world.clock.now(),
    ],
  );

test('a month in which the company changed is two sums, and neither company sees the other’s', async () => {
  const { manager, company, farCompany, street } = world.people;
  expectStatus(await manager.client.post('/billing/tariffs', aTariff(world.near.compound)), 201);
  const { totalFen } = await bills(world);
  await world.told();
  expect((await totals(company)).map(sumOf)).toEqual([['近物业', '2026-11-01', totalFen, totalFen]]);
  await passes('2026-11-25');
  await repairs(world.far.company, '85.50');
  await world.told();
  // What it tells itself of the line is counted with the next round.
  await world.told();
  expect((await totals(company)).map(sumOf)).toEqual([['近物业', '2026-11-01', totalFen, totalFen]]);
  expect((await totals(farCompany)).map(sumOf)).toEqual([['远物业', '2026-11-01', 8_550, 8_550]]);
  // Who oversees both sees each by its name.
  const overseen = (await totals(street)).map(sumOf);
  expect(overseen).toHaveLength(2);
  expect(overseen).toEqual(
    expect.arrayContaining([
      ['近物业', '2026-11-01', totalFen, totalFen],
      ['远物业', '2026-11-01', 8_550, 8_550],
    ]),
  );
});

test('what is paid is in the sums with the next count, whatever was paid meanwhile', async () => {
  const { company } = world.people;
  const ours = async () =>
    (await totals(company)).map(({ billedFen, settledFen, openFen }) => [billedFen, settledFen, openFen]);
  const [[billed]] = (await ours()) as [[number]];
  const lines = await world.ask<{ id: string }>(
    `select line_id as id from billing.bill_line where scope_id = $1 and company_id = $2 and amount_fen > 300 order by line_id limit 3`,
    [world.near.compound, world.near.company],
  );
  const pays = async ({ id }: { id: string }) => {
    await world.worker.work((tx) =>
      settle(tx, {
        scopeId: world.near.compound,
        lineId: id,
        amountFen: 100,
        by: { kind: 'cash', id: 'till' },
        key: `counted ${id}`,
        on: '2026-11-25',
        bookedOn: '2026-11-25',
        now: world.clock.now(),
      }),
    );
    await world.told();
  };
  await pays(lines[0]!);
  await pays(lines[1]!);
  // Not with every payment.
  expect(await ours()).toEqual([[billed, 0, billed]]);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const { worker, clock, server } = world;
  const counts = () => runDueOnce({ worker, sweeps: [counting], house: server.house, clock, log });
  await counts();
  expect(await ours()).toEqual([[billed, 200, billed - 200]]);
  await pays(lines[2]!);
  await counts();
  expect(await ours()).toEqual([[billed, 300, billed - 300]]);
  expect(await world.ask('select 1 from billing.month_total where stale_since is not null')).toEqual([]);
});

test('the wall itself hides the row, whatever a query forgets', async () => {
  const { db } = world.server.house;
  const seen = async (companyId: string) => {
    const rows = await db.read(
      {
        kind: 'company',
        accountId: randomUUID(),
        membershipId: randomUUID(),
        scopeIds: [],
        regionId: companyId,
        households: [],
      },
      (q) => q.query<{ companyId: string }>(allTotals),
    );
    return rows.map((row) => row.companyId);
  };
  expect(await seen(world.near.company)).toEqual([world.near.company]);
  expect(await seen(world.far.company)).toEqual([world.far.company]);
});
