import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { foldFigures } from '../work-orders/due-figures.ts';
import { aWorkOrder, expectStatus, HOUR, type Somebody } from '../work-orders/fixtures.ts';
import { countCopied, differences, recountFigures } from '../work-orders/index.ts';

/** The sums are the orders', at any instant, and every number opens exactly the orders it counts. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const week = () => ({ from: day(-6), to: day(0) });
const day = (ahead: number): string =>
  new Date(world.clock.now().getTime() + (8 + 24 * ahead) * HOUR).toISOString().slice(0, 10);

async function overview(who: Somebody, more: Record<string, string> = {}): Promise<Json> {
  const query = new URLSearchParams({ ...week(), ...more });
  return expectStatus(await who.client.get(`/overview?${query}`), 200);
}

const folds = async (): Promise<number> => {
  const { house } = world.server;
  const options = { worker: world.worker, sweeps: [foldFigures], house, clock: world.clock, log: house.log };
  return (await runDueOnce(options))[foldFigures.name] ?? 0;
};

/** How many orders the list behind a number holds. */
async function listed(who: Somebody, filter: Json, more: Record<string, string>): Promise<number> {
  let count = 0;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({
      ...filter,
      ...more,
      limit: '100',
      ...(cursor === '' ? {} : { cursor }),
    });
    const page: Json = expectStatus(await who.client.get(`/work-orders?${query}`), 200);
    count += page.items.length;
    cursor = page.nextCursor;
  }
  return count;
}

const behind = {
  total: 'all',
  done: 'done',
  onTime: 'on_time',
  late: 'late',
  reopened: 'reopened',
  rated: 'rated',
} as const;

async function opensItsOrders(who: Somebody, filter: Json, figures: Json): Promise<void> {
  for (const [name, figure] of Object.entries(behind))
    expect([who.name, filter, name, await listed(who, filter, { figure })]).toEqual([
      who.name,
      filter,
      name,
      figures[name],
    ]);
}

const stored = () =>
  // As the owner of the tables sees them: over all scopes.
  world.admin.connect().then(async (client) => {
    try {
      return await differences({
        query: async ({ text, values }) => (await client.query(text, [...values])).rows as never,
      });
    } finally {
      client.release();
    }
  });

/** Another of what is there and was accepted, copied in as a loader does. */
async function copied(number: string, wall: Record<string, unknown> = {}): Promise<void> {
  const [row] = await world.ask(
    `select to_jsonb(o) as row from work_orders.work_order o where scope_id = $1 and accepted_at is not null limit 1`,
    [world.near.compound],
  );
  const copy = { ...row.row, work_order_id: uuidv7(Date.parse(row.row.created_at)), number, ...wall };
  await world.ask(
    'insert into work_orders.work_order select * from jsonb_populate_record(null::work_orders.work_order, $1)',
    [JSON.stringify(copy)],
  );
  expect((await stored()).length).toBeGreaterThan(0);
  const query = async ({ text, values }: { text: string; values: readonly unknown[] }) =>
    (await world.ask(text, [...values])) as never;
  await countCopied({ query }, sql`o.scope_id = ${copy.scope_id} and o.number = ${number}`);
  expect(await stored()).toEqual([]);
}

describe('kept sums', () => {
  test('are those of the orders after whatever happens to them, folded or not', async () => {
    const { wang, chen, desk, li, zhao, manager, street } = world.people;
    expect(await stored()).toEqual([]);
    await world.anOrder('submitted');
    await world.anOrder('accepted');
    await folds();
    const finished = await world.anOrder('finished');
    expect(await stored()).toEqual([]);
    // Not done after all, done again, rated, reopened: what it counted for before is taken back.
    let order = await wang.does(finished, 'dispute', { reason: '还在漏' });
    await folds();
    order = await desk.does(order, 'assign', { assigneeAccountId: zhao.accountId });
    for (const action of ['accept', 'start'] as const) order = await zhao.does(order, action);
    order = await zhao.does(order, 'finish', { workDone: '换了阀门' });
    order = await wang.does(order, 'confirm');
    order = await wang.does(order, 'rate', { score: 'unsatisfied' });
    expect(await stored()).toEqual([]);
    order = await wang.does(order, 'reopen', { reason: '又漏了' });
    await folds();
    expect(await stored()).toEqual([]);
    // Another category: it counts there, and no longer here.
    order = await desk.does(order, 'change_category', { categoryCode: 'water.tap' });
    // A second report of the same is told by the first.
    const twin = await wang.reports(aWorkOrder().atHome(world.home));
    const merged = await desk.tries(twin, 'merge', { number: order.number });
    expect(merged.status).toBe(200);
    await chen.reports(aWorkOrder().about('gate.fault').inPublic());
    await li.client.get('/work-orders');
    expect(await stored()).toEqual([]);
    // Time brings what nobody does.
    await world.passes(30 * HOUR);
    expect(await stored()).toEqual([]);
    expect(await folds()).toBeGreaterThan(0);
    expect(await folds()).toBe(0);
    expect(await stored()).toEqual([]);
    // A person complained about, and what stands in the open.
    await wang.reports(aWorkOrder().about('security.throwing').inPublic());
    expect((await overview(manager)).now.total).toBe((await overview(street)).now.total);
  });

  test('find what was changed past them, and are counted anew while others write', async () => {
    await world.ask(`update work_orders.figure_day set done = done + 2 where scope_id = $1 and total > 0`, [
      world.near.compound,
    ]);
    const found = await stored();
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ measure, amount }) => `${measure} ${amount}`))).toEqual(new Set(['done 2']));
    await folds();
    await world.ask(
      `update work_orders.figure_time set times = substring(times from 5) where scope_id = $1 and stretch = 'month' and length(times) > 0`,
      [world.near.compound],
    );
    expect((await stored()).map(({ grain }) => grain)).toContain('times');
    const client = await world.admin.connect();
    try {
      const query = async ({ text, values }: { text: string; values: readonly unknown[] }) =>
        (await client.query(text, [...values])).rows as never;
      const recounting = recountFigures(async (run) => {
        await client.query('begin');
        try {
          const value = await run({ query });
          await client.query('commit');
          return value;
        } catch (error) {
          await client.query('rollback');
          throw error;
        }
      });
      await Promise.all([recounting, world.anOrder('accepted'), folds()]);
    } finally {
      client.release();
    }
    expect(await stored()).toEqual([]);
  });

  test('a fold that is broken off has folded nothing; two at once fold everything once', async () => {
    await world.anOrder('assigned');
    const before = await overview(world.people.company);
    await expect(
      world.worker.work(async (tx) => {
        expect(await foldFigures.claim(tx, world.clock.now(), 200, world.server.house)).toBeGreaterThan(0);
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    expect(await stored()).toEqual([]);
    expect({ ...(await overview(world.people.company)), at: '' }).toEqual({ ...before, at: '' });
    await Promise.all([folds(), folds(), world.anOrder('submitted'), folds()]);
    await folds();
    expect(await stored()).toEqual([]);
  });

  test('what a file brings in past the service counts once it is said', () => copied('copied-1'));
});

describe('the overview', () => {
  test('every number opens exactly its orders, for everybody who reads it', async () => {
    const { company, street, cityHall, manager, committee, desk } = world.people;
    for (const who of [company, street, cityHall, manager, committee, desk]) {
      const seen = await overview(who);
      expect(seen.now.total).toBeGreaterThan(0);
      await opensItsOrders(who, seen.filter, seen.now);
      for (const [queue, count] of [
        ['open', seen.standing.open],
        ['unassigned', seen.standing.unassigned],
        ['late', seen.standing.late],
        ['due_hour', seen.standing.dueHour],
      ])
        expect([who.name, queue, await listed(who, seen.standingFilter, { queue })]).toEqual([
          who.name,
          queue,
          count,
        ]);
      for (const category of seen.categories) await opensItsOrders(who, category.filter, category.now);
      for (const { figures, filter } of seen.series)
        expect(await listed(who, filter, { figure: 'all' })).toBe(figures.total);
      const sum = (list: Json[], of: (one: Json) => number) => list.reduce((all, one) => all + of(one), 0);
      expect(sum(seen.places, (place) => place.now.total)).toBe(seen.now.total);
      expect(sum(seen.categories, (category) => category.now.total)).toBe(seen.now.total);
      expect(sum(seen.series, (span) => span.figures.total)).toBe(seen.now.total);
      expect(sum(seen.places, (place) => place.standing.open)).toBe(seen.standing.open);
    }
  });

  test('of each grid exactly the matters of its homes and buildings, a confidential home only to who is told it', async () => {
    const { street, desk, wang, manager, committee } = world.people;
    const { compound } = world.near;
    const before = await overview(street, { scopeId: compound });
    await wang.reports(aWorkOrder().atHome(world.home));
    await wang.reports(aWorkOrder().about('gate.fault').inPublic());
    for (const who of [street, desk, manager, committee]) {
      const seen = await overview(who, { scopeId: compound });
      expect(seen.grids.length).toBeGreaterThan(0);
      expect((await overview(who, { scopeId: compound, grids: 'false' })).grids).toBeNull();
      for (const grid of seen.grids) {
        await opensItsOrders(who, grid.filter, grid.now);
        for (const [queue, count] of Object.entries(grid.standing))
          expect([who.name, queue, await listed(who, grid.standingFilter, { queue })]).toEqual([
            who.name,
            queue,
            count,
          ]);
      }
    }
    const home = await world.ask('select grid_id as id from places.household where household_id = $1', [
      world.home,
    ]);
    const of = (seen: Json) => seen.grids.find((grid: Json) => grid.gridId === home[0].id);
    const after = await overview(street, { scopeId: compound });
    // The home's matter is its grid's; what lies in the open is no grid's.
    expect(of(after).now.total - of(before).now.total).toBe(1);
    expect(after.now.total - before.now.total).toBe(2);
    expect(of(after).households).toBeGreaterThan(0);
    const unnarrowed = await street.client.get(`/work-orders?grid=${of(after).gridId}`);
    expect([unnarrowed.status, unnarrowed.body.fields?.[0]]).toMatchObject([
      422,
      { path: 'querystring/scopeId', code: 'required' },
    ]);
    // Told with the home to the desk, without it to the street.
    await world.ask('update work_orders.work_order set is_confidential = true where household_id = $1', [
      world.home,
    ]);
    const [told, kept] = [
      await overview(desk, { scopeId: compound }),
      await overview(street, { scopeId: compound }),
    ];
    expect(of(told).now.total).toBeGreaterThan(0);
    expect(of(kept).now.total).toBe(0);
    await opensItsOrders(street, of(kept).filter, of(kept).now);
    await opensItsOrders(desk, of(told).filter, of(told).now);
    await world.ask('update work_orders.work_order set is_confidential = false where household_id = $1', [
      world.home,
    ]);
  });

  test('of a place, a company or a department the same is told as of its orders', async () => {
    const { cityHall, street, company } = world.people;
    const { compound, department, street: streetId, company: companyId, community } = world.near;
    for (const [who, scopeId] of [
      [cityHall, compound],
      [cityHall, companyId],
      [cityHall, streetId],
      [street, community],
      [company, department],
    ] as const) {
      const seen = await overview(who, { scopeId });
      await opensItsOrders(who, seen.filter, seen.now);
      for (const place of seen.places) {
        await opensItsOrders(who, place.filter, place.now);
        expect(await listed(who, place.standingFilter, { queue: 'open' })).toBe(place.standing.open);
      }
    }
  });

  test('whole months and single days give the same, and so do weeks', async () => {
    const { cityHall } = world.people;
    await folds();
    // As days, as the month without its first days, over its end, and without today: the places add up to the whole.
    for (const [from, to] of [
      [day(-1), day(0)],
      [`${day(0).slice(0, 7)}-02`, day(0)],
      [day(-40), day(-1)],
      [day(-25), day(0)],
      [day(0), day(9)],
    ] as const) {
      const one = await overview(cityHall, { from, to });
      expect([from, to, one.places.reduce((all: number, place: Json) => all + place.now.total, 0)]).toEqual([
        from,
        to,
        one.now.total,
      ]);
      for (const place of one.places) await opensItsOrders(cityHall, place.filter, place.now);
    }
    await world.people.wang.does(await world.anOrder('finished'), 'confirm');
    const seen = await overview(cityHall, { from: '2026-09-15', to: day(0) });
    expect(seen.seriesBy).toBe('week');
    expect(seen.places.reduce((all: number, place: Json) => all + place.now.total, 0)).toBe(seen.now.total);
    await opensItsOrders(cityHall, seen.filter, seen.now);
    expect(seen.categories.length).toBeGreaterThan(1);
    for (const category of seen.categories) await opensItsOrders(cityHall, category.filter, category.now);
    const counted = (list: Json[]) => list.reduce((all: number, { figures }: Json) => all + figures.total, 0);
    expect(counted(seen.series)).toBe(seen.now.total);
    // What the resident has confirmed is in nobody's hand, though it is not closed yet.
    for (const by of ['category', 'month', 'place']) {
      const range = new URLSearchParams({ by, from: '2026-09-15', to: day(0) });
      const report = expectStatus(await cityHall.client.get(`/work-orders/reports/on-time?${range}`), 200);
      expect([by, report.totals.open]).toEqual([by, await listed(cityHall, seen.filter, { queue: 'open' })]);
    }
    const nothing = await overview(cityHall, { from: '2026-01-01', to: '2026-01-31' });
    expect([nothing.now.total, nothing.now.onTimeRate, nothing.now.satisfaction]).toEqual([0, null, null]);
    // What stands now stands whatever period one looks at.
    expect(nothing.standing.open).toBe(seen.standing.open);
  });

  test('what has run out counts as late before anybody marked it', async () => {
    const { wang, company, desk } = world.people;
    const order = await wang.reports(aWorkOrder().atHome(world.home));
    await desk.sees(order);
    const before = await overview(company);
    world.clock.advance(Date.parse(order.resolveDueAt) - world.clock.now().getTime() + 1_000);
    const seen = await overview(company);
    expect(seen.now.late).toBeGreaterThan(before.now.late);
    await opensItsOrders(company, seen.filter, seen.now);
    await world.claims();
    expect((await overview(company)).now.late).toBe(seen.now.late);
    expect(await stored()).toEqual([]);
  });

  test('a complaint about somebody is in no figure they or their colleagues read', async () => {
    const { wang, li, desk, steward, manager, company, street } = world.people;
    const readers = [desk, steward, manager, company, street];
    const totals = () => Promise.all(readers.map(async (who) => (await overview(who)).now.total));
    let visit = await wang.reports(aWorkOrder().atHome(world.home));
    visit = await desk.does(visit, 'assign', { assigneeAccountId: li.accountId });
    const before = await totals();
    expectStatus(
      await wang.client.post('/work-orders', {
        scopeId: world.near.compound,
        categoryCode: 'service.attitude',
        description: '态度很差',
        place: { type: 'home', householdId: world.home },
        about: { workOrderId: visit.id },
      }),
      201,
    );
    for (let round = 0; round < 2; round++) {
      const after = await totals();
      expect(after.map((total, i) => total - (before[i] ?? 0))).toEqual([0, 0, 1, 1, 1]);
      for (const who of readers) {
        const seen = await overview(who);
        await opensItsOrders(who, seen.filter, seen.now);
      }
      await folds();
    }
    expect(await stored()).toEqual([]);
  });

  test('nobody reads another’s: companies, streets, residents, workers', async () => {
    const { farCompany, farStreet, farDesk, wang, li, company, street } = world.people;
    for (const who of [farCompany, farStreet, farDesk]) {
      const seen = await overview(who);
      expect([seen.now.total, seen.standing.open]).toEqual([0, 0]);
      expect(JSON.stringify(seen)).not.toContain(world.near.compound);
      expect(
        (await who.client.get(`/overview?from=${day(0)}&to=${day(0)}&scopeId=${world.near.compound}`)).status,
      ).toBe(404);
    }
    for (const who of [wang, li])
      expect((await who.client.get(`/overview?from=${day(0)}&to=${day(0)}`)).status).toBe(403);
    expect(
      (await company.client.get(`/overview?from=${day(0)}&to=${day(0)}&scopeId=${world.far.company}`)).status,
    ).toBe(404);
    // A street may not narrow to a company, which has no place in it: the number is told and opens nothing.
    for (const group of (await overview(street)).companies) expect(group.filter).toBeNull();
  });

  test('refuses days that are none, and more than two years', async () => {
    const { company } = world.people;
    for (const [from, to, path] of [
      ['2026-02-30', '2026-03-01', 'querystring/from'],
      ['2026-03-01', '0000-00-00', 'querystring/to'],
      ['2026-03-02', '2026-03-01', 'querystring/to'],
      ['2024-01-01', '2026-01-03', 'querystring/to'],
    ]) {
      const { status, body } = await company.client.get(`/overview?from=${from}&to=${to}`);
      expect([status, body.fields?.[0]?.path]).toEqual([422, path]);
    }
  });

  test('sets counts against homes and their area, once they are counted', async () => {
    const { house } = world.server;
    const { due } = await import('../places/due.ts');
    const sweeps = due.filter(({ name }) => name === 'places.compound_sizes');
    await runDueOnce({ worker: world.worker, sweeps, house, clock: world.clock, log: house.log });
    const [{ homes, area }] = (await world.ask(
      'select count(*)::integer as homes, sum(area_m2)::float8 as area from places.household where scope_id = $1',
      [world.near.compound],
    )) as [{ homes: number; area: number }];
    const seen = await overview(world.people.cityHall);
    const place = seen.places.find((one: Json) => one.scopeId === world.near.compound);
    expect([place.households, place.areaM2]).toEqual([homes, area]);
    expect(place.perThousandHouseholds).toBeCloseTo((place.now.total * 1_000) / homes, 1);
    expect(place.perTenThousandMetres).toBeCloseTo((place.now.total * 10_000) / area, 1);
  });
});

// Last, for others count places.
test('what is a company’s, a street’s or a city’s own is one of its places, and not all of it', async () => {
  const { near, city } = world;
  const place = { household_id: null, building_id: null, facility_id: null };
  const nowhere = { street_id: null, company_id: null, community_id: null, compound_id: null, ...place };
  await copied('copied-2', { ...nowhere, scope_id: near.company, company_id: near.company });
  await copied('copied-3', { ...nowhere, scope_id: near.street, street_id: near.street });
  await copied('copied-4', { ...nowhere, scope_id: city });
  expect(await folds()).toBeGreaterThan(0);
  expect(await stored()).toEqual([]);
  const { cityHall } = world.people;
  const { places } = await overview(cityHall, { by: 'place' });
  const own = places.find(({ scopeId }: Json) => scopeId === city);
  expect([own.now.total, own.filter, own.standingFilter]).toEqual([1, null, null]);
  // Nor where none of what lies in it is told.
  for (const most of ['1', '2', '3']) {
    const cut = await overview(cityHall, { by: 'place', most });
    expect(cut.places).toHaveLength(Number(most));
    for (const place of cut.places)
      if (place.filter !== null) await opensItsOrders(cityHall, place.filter, place.now);
  }
  for (const place of places)
    if (place.filter !== null) await opensItsOrders(cityHall, place.filter, place.now);
});
