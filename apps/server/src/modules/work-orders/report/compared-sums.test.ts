import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../../test/world.ts';
import { runDueOnce } from '../../../platform/due/due.ts';
import { foldFigures } from '../due-figures.ts';
import type { Actor } from '../../../platform/db/actor.ts';
import type { Executor } from '../../../platform/db/database.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { expectStatus, HOUR } from '../fixtures.ts';
import { elementsOf, encoded } from '../queries-folding-times.ts';
import { countCopied } from '../queries-recount.ts';
import { sql, type Statement } from '../../../platform/db/sql.ts';
import { loaders as placesRows } from '../../places/index.ts';
import { comparedFromSums } from './queries-compared-sums.ts';
import { comparedRows, type CountedRow } from './queries-comparison.ts';
import type { CompareBy } from './schemas-comparison.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const day = (ahead: number): string =>
  new Date(world.clock.now().getTime() + (8 + 24 * ahead) * HOUR).toISOString().slice(0, 10);
// Of several whole months and single days each.
const periods = () => [-6, -20, -47].map((first) => ({ from: day(first), to: day(0) }));
const folds = async (): Promise<number> => {
  const { house } = world.server;
  const options = { worker: world.worker, sweeps: [foldFigures], house, clock: world.clock, log: house.log };
  return (await runDueOnce(options))[foldFigures.name] ?? 0;
};

test('a comparison from the sums says what one from the orders does, its medians within 2 %', async () => {
  const { company } = world.people;
  const compared = async (days: { from: string; to: string }, by: string, more = ''): Promise<Json> =>
    expectStatus(
      await company.client.get(
        `/work-orders/reports/comparison?by=${by}&${new URLSearchParams(days)}${more}`,
      ),
      200,
    );
  const like = (exact: Json): Json =>
    Object.fromEntries(
      Object.entries(exact).map(([name, value]) => [
        name,
        name.endsWith('Minutes') && value !== null
          ? expect.closeTo(value as number, -Math.log10(2 * (0.02 * (value as number) + 0.1)))
          : value,
      ]),
    );
  // Of one compound the orders themselves are counted, and the company has no other here.
  const workersAgreeIn = async (days: { from: string; to: string }): Promise<void> => {
    const kept = await compared(days, 'worker');
    const own = await compared(days, 'worker', `&scopeId=${world.near.compound}`);
    expect([kept.mediansWithin, own.mediansWithin]).toEqual([0.02, 0]);
    expect(kept.rows.length).toBeGreaterThan(1);
    const sorted = (rows: Json[]) => rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(sorted(kept.rows)).toEqual(
      sorted(own.rows).map((row) => ({ ...row, now: like(row.now), before: row.before && like(row.before) })),
    );
    expect(kept.total).toEqual({
      now: like(own.total.now),
      before: own.total.before && like(own.total.before),
    });
  };
  const agreeIn = async (days: { from: string; to: string }): Promise<void> => {
    const [places, categories, departments] = [
      await compared(days, 'place'),
      await compared(days, 'category'),
      await compared(days, 'department'),
    ];
    expect([places.mediansWithin, categories.mediansWithin]).toEqual([0.02, 0.02]);
    expect(places.total.now.resolveMinutes).not.toBeNull();
    expect(places.total).toEqual(categories.total);
    expect(departments.total).toEqual(categories.total);
    const found = new Map<string, number>();
    for (const { key, now } of places.rows) {
      // Of one compound the orders themselves are counted.
      const own = await compared(days, 'category', `&scopeId=${key}`);
      expect(own.mediansWithin).toBe(0);
      expect(now).toEqual(like(own.total.now));
      for (const row of own.rows) found.set(row.key, (found.get(row.key) ?? 0) + row.now.total);
      if (places.rows.length === 1)
        expect(categories.rows.map((row: Json) => row.now)).toEqual(
          expect.arrayContaining(own.rows.map((row: Json) => like(row.now))),
        );
    }
    expect(Object.fromEntries(categories.rows.map((row: Json) => [row.key, row.now.total]))).toEqual(
      Object.fromEntries(found),
    );
  };
  const agree = async (): Promise<void> => {
    for (const days of periods()) {
      await agreeIn(days);
      await workersAgreeIn(days);
    }
  };
  await world.anOrder('accepted');
  await world.anOrder('finished');
  await world.anOrder('submitted');
  await agree();
  expect(await folds()).toBeGreaterThan(0);
  await agree();
  await world.anOrder('finished');
  await agree();
  await folds();
  await agree();
});

test('of more rows than are shown those with the most orders are told, and the total is of all', async () => {
  const { house } = world.server;
  const { company, compound } = world.near;
  const { accountId } = world.people.company;
  const membershipId = accountId;
  const actor: Actor = {
    kind: 'company',
    accountId,
    membershipId,
    scopeIds: [],
    regionId: company,
    households: [],
  };
  const now = world.clock.now();
  const acting: Acting = {
    sessionHash: Buffer.alloc(0),
    csrfToken: '',
    accountId,
    displayName: '',
    membershipId,
    role: 'company',
    homeScopeId: company,
    actor,
    onBehalf: null,
    expiresAt: now,
  };
  await world.anOrder('submitted');
  await world.anOrder('accepted');
  await folds();
  await world.anOrder('accepted');
  const at = (ahead: number) => new Date(`${day(ahead)}T00:00:00+08:00`);
  const [previousFrom, from, to] = [at(-13), at(-6), at(1)];
  const period = { scope: null, timeZone: 'Asia/Shanghai', now };
  const input = (by: CompareBy, most: number) => ({
    by,
    mostOrders: 0,
    scope: null,
    previousFrom,
    from,
    to,
    now,
    today: day(0),
    most,
    current: { ...period, from: day(-6), to: day(0), fromAt: from, toAt: to },
    previous: { ...period, from: day(-13), to: day(-7), fromAt: previousFrom, toAt: from },
  });
  const reading = <T>(run: (q: Executor) => Promise<T>): Promise<T> => house.db.read(actor, run);
  const told = async (by: CompareBy, most: number): Promise<readonly CountedRow[]> =>
    (await reading((q) => comparedFromSums(q, acting, input(by, most))))?.rows ?? [];
  // Of one place all is told; there is another, where less was reported.
  const other = randomUUID();
  await world.insert(placesRows.scope, {
    scopeId: other,
    kind: 'compound',
    name: '另一小区',
    code: null,
    parentId: null,
    cityId: world.city,
    districtId: null,
    streetId: world.near.street,
    communityId: world.near.community,
    companyId: company,
    departmentId: world.near.department,
    address: null,
    builtYear: 1998,
    timeZone: 'Asia/Shanghai',
    isDemonstration: true,
    createdAt: at(-100),
  });
  await world.ask(
    `insert into work_orders.work_order (scope_id, work_order_id, city_id, street_id, company_id, is_public, number, kind,
       category_code, status, priority, is_emergency, description, place, place_label, source, created_at, clock_start_at,
       accepted_at, is_open, is_late, version, updated_at)
     values ($1, gen_random_uuid(), $2, $3, $4, true, 'elsewhere', 'repair', 'water.tap', 'submitted', 'normal', false, 'x', 'public', 'y',
       'desk', $5, $5, $5::timestamptz + interval '7 minutes', true, false, 1, $5)`,
    [other, world.city, world.near.street, company, at(-3)],
  );
  const client = await world.admin.connect();
  try {
    const query = async ({ text, values }: Statement) =>
      (await client.query(text, [...values])).rows as never;
    await countCopied({ query }, sql`o.scope_id = ${other}`);
  } finally {
    client.release();
  }
  // Of buildings too: those of the place with the most, of a company and of its street.
  const ofStreet: Acting = {
    ...acting,
    role: 'street',
    homeScopeId: world.near.street,
    actor: { ...actor, kind: 'street', regionId: world.near.street },
  };
  const minutes = ['accept', 'arrive', 'resolve'] as const;
  const about = (row: CountedRow): CountedRow => ({
    ...row,
    ...Object.fromEntries(
      minutes.map((time) => {
        const exact = row[time];
        return [time, exact === null ? null : expect.closeTo(exact, -Math.log10(2 * (0.02 * exact + 0.1)))];
      }),
    ),
  });
  for (const who of [acting, ofStreet]) {
    const asked = input('building', 300);
    await house.db.read(who.actor, async (q) => {
      const busiest = await comparedFromSums(q, who, asked);
      expect(busiest?.isOfSome).toBe(true);
      const [of, everything] = [
        await comparedRows(q, who, { ...asked, only: [compound] }),
        await comparedRows(q, who, asked),
      ];
      expect(of.length).toBeGreaterThan(0);
      expect(busiest?.rows.filter((row) => !row.isTotal)).toEqual(of.filter(({ key }) => key !== null));
      const totals = everything.filter((row) => row.isTotal);
      expect(totals.length).toBeGreaterThan(0);
      expect(busiest?.rows.filter((row) => row.isTotal)).toEqual(totals.map(about));
    });
  }
  const [all, first] = [await told('worker', 300), await told('worker', 0)];
  const keysOf = (rows: readonly CountedRow[]) =>
    rows.filter((row) => !row.isTotal && row.isNow).map(({ key }) => key);
  expect(keysOf(all).length).toBeGreaterThan(1);
  expect(keysOf(first)).toEqual(keysOf(all).slice(0, 1));
  expect(first.find((row) => row.isTotal)).toEqual(all.find((row) => row.isTotal));
  // Of buildings the orders of named places alone are read, and without a total.
  const buildings = (only?: readonly string[]) =>
    reading((q) =>
      comparedRows(q, acting, { ...input('building', 300), ...(only === undefined ? {} : { only }) }),
    );
  const everywhere = await buildings();
  expect(everywhere.length).toBeGreaterThan(1);
  expect(await buildings([compound, other])).toEqual(everywhere.filter((row) => !row.isTotal));
  expect(await buildings([company])).toEqual([]);
});

test('more than an element holds is kept as several, and less than nothing too', async () => {
  const client = await world.admin.connect();
  try {
    for (const count of [1, -1, 0, 524_287, 524_288, -524_288, 1_500_000_000, -3_000_000]) {
      const times = encoded(sql`1200`, sql`${count}::bigint`);
      const { text, values } =
        sql`select min(v.code) as low, max(v.code) as high, sum(v.n)::text as count, length(f.times) as length
        from (select ${times} as times) f cross join lateral ${elementsOf('f')} group by f.times`;
      const { rows } = await client.query(text, [...values]);
      expect(rows).toEqual([
        {
          low: 1200,
          high: 1200,
          count: String(count),
          length: 4 * Math.max(1, Math.ceil(Math.abs(count) / 524_287)),
        },
      ]);
    }
  } finally {
    client.release();
  }
});
