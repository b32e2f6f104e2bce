import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { due as placesDue } from '../../modules/places/due.ts';
import { searchIndex } from '../../modules/work-orders/desk/due-search.ts';
import { aWorkOrder, DAY, expectStatus, type Somebody } from '../../modules/work-orders/fixtures.ts';
import { hangsMeter } from '../../modules/metering/fixtures.ts';
import { takesIn } from '../../modules/hotline/fixtures.ts';
import { runDueOnce } from '../due/due.ts';

/** One field over everything one may see. The canary stands in a home of the near quarter; nobody else may meet it. */
const CANARY = '金丝雀漏水';
let world: World;
let order: Json;
let billNumber: string;
let paymentId: string;

async function indexed(): Promise<void> {
  const { worker, clock, server } = world;
  const sweeps = [searchIndex, ...placesDue.filter(({ name }) => /name_(?:index|sounds)/.test(name))];
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  for (let round = 0; round < 3; round++)
    await runDueOnce({ worker, sweeps, house: server.house, clock, log });
}

beforeAll(async () => {
  world = await aWorld();
  const { near, city, people, clock, admin, home } = world;
  order = await people.wang.reports(aWorkOrder().atHome(home).saying(`${CANARY}，厨房水管`));
  await hangsMeter(world, { serial: 'CANARY4711' });
  await expectStatus(
    await people.manager.client.post('/access/passes', {
      scopeId: near.compound,
      kind: 'vehicle',
      vehicleKind: 'visitor',
      householdId: home,
      plate: '京E70917',
      validFrom: clock.now().toISOString(),
      validTo: new Date(clock.now().getTime() + DAY).toISOString(),
    }),
    201,
  );
  await takesIn(world, people.street, { number: 'GZ2026000417', compoundId: undefined });
  paymentId = `${uuidv7(clock.now().getTime()).slice(0, -8)}cafe4711`;
  billNumber = '202611-000417';
  await admin.query(
    `insert into billing.bill (scope_id, bill_id, city_id, street_id, company_id, number, household_id, household_label, payer, period, issued_on,
       issued_at, total_fen) values ($1, gen_random_uuid(), $2, $3, $4, $5, $6, '3号楼2单元601', 'owner', '2026-11-01', '2026-11-23', now(), 100)`,
    [near.compound, city, near.street, near.company, billNumber, home],
  );
  await admin.query(
    `insert into payments.payment (scope_id, payment_id, city_id, street_id, company_id, household_id, household_label, account_name, way, amount_fen,
       description, state, transaction_id, created_at, paid_at, booked_on, version, merchant_id)
     values ($1, $7, $2, $3, $4, $5, '3号楼2单元601', '王先生', 'wechat', 100, '物业费', 'paid',
       '4200001234202611234711', $6, $6, '2026-11-23', 1, 'm1')`,
    [near.compound, city, near.street, near.company, home, clock.now(), paymentId],
  );
  await indexed();
});
afterAll(() => world.close());

async function looksFor(who: Somebody, text: string): Promise<Record<string, Json[]>> {
  const found = expectStatus(await who.client.post('/searches', { text }), 200);
  return Object.fromEntries(found.groups.map(({ kind, items }: Json) => [kind, items]));
}
const titles = async (who: Somebody, text: string): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    Object.entries(await looksFor(who, text)).map(([kind, items]) => [kind, items.map(({ title }) => title)]),
  );

describe('finds', () => {
  it('orders by words, by the beginning of the number, and by where they are', async () => {
    const { desk } = world.people;
    for (const text of ['金丝雀', '漏水', '厨房 漏水', order.number, order.number.slice(0, 6), '水管'])
      expect((await titles(desk, text))['orders'], text).toEqual([order.number]);
    expect((await titles(desk, order.number.replaceAll('-', '').toLowerCase()))['orders']).toEqual([
      order.number,
    ]);
    expect((await titles(desk, '漏电'))['orders']).toBeUndefined();
    const [found] = (await looksFor(desk, CANARY))['orders'] ?? [];
    expect(found).toMatchObject({ id: order.id, state: 'submitted', scopeId: world.near.compound });
    expect(found?.place).toContain('3号楼2单元601');
  });

  it('what can be reported, in either language', async () => {
    const { desk, li } = world.people;
    const zh = await looksFor(desk, '漏水');
    expect(zh['categories']?.length).toBeGreaterThan(0);
    const [first] = zh['categories'] ?? [];
    expect((await looksFor(desk, first?.words))['categories']?.map(({ id }) => id)).toContain(first?.id);
    expect((await looksFor(li, '漏水'))['categories']).toBeUndefined();
  });

  it('people by phone, its last four, name and initials; masked, and for whom people are found for at all', async () => {
    const { desk, wang, company, street, li } = world.people;
    for (const text of [wang.phone, wang.phone.slice(-4), '王建国', '建国', 'wjg']) {
      const [person] = (await looksFor(desk, text))['people'] ?? [];
      expect(person?.title, text).toMatch(/^王\*/);
      expect(person?.words).toContain('*');
      expect(person?.place).toBe('近小区 3号楼2单元601');
    }
    for (const who of [company, street, li])
      expect((await looksFor(who, wang.phone))['people'], who.name).toBeUndefined();
  });

  it('homes and what belongs to them, as one types', async () => {
    const { desk, company, street } = world.people;
    for (const text of [
      '3-2-601',
      '3号楼2单元601',
      '3-60',
      '近小区3-2-601',
      'jxq 3-2-6',
      '近小区 3号楼601',
    ]) {
      const found = await titles(desk, text);
      expect(found['homes'], text).toEqual(['3号楼2单元601']);
      expect(found['meters']).toEqual(['CANARY4711']);
      expect(found['vehicles']).toEqual(['京E***17']);
      expect(found['bills']).toEqual([billNumber]);
      expect(found['payments']).toEqual(['20261123-CAFE4711']);
    }
    expect((await titles(desk, '13-2-601'))['homes']).toEqual(['13号楼2单元601']);
    // The company has all its compounds, a street sees homes and none of their money.
    expect((await titles(company, '3-2-601'))['bills']).toEqual([billNumber]);
    expect(Object.keys(await looksFor(street, '3-2-601')).sort()).toEqual(['homes', 'orders']);
  });

  it('places by name, sound and building', async () => {
    const { desk, street, cityHall, li } = world.people;
    expect((await titles(desk, '近小'))['places']).toEqual(['近小区']);
    expect((await titles(li, 'jinxiaoqu'))['places']).toEqual(['近小区']);
    expect((await titles(street, 'jxq'))['places']?.[0]).toBe('近小区');
    expect((await titles(desk, '3号楼'))['places']).toEqual(['3号楼']);
    expect((await titles(desk, '近小区 3'))['places']).toEqual(['3号楼']);
    expect((await titles(desk, '近小区 13号'))['places']).toEqual(['13号楼']);
    expect((await titles(cityHall, '小区'))['places']?.toSorted()).toEqual(['近小区', '远小区'].toSorted());
  });

  it('numbers of meters, plates, bills, payments and cases', async () => {
    const { desk, company, street } = world.people;
    expect((await titles(desk, 'CANARY47'))['meters']).toEqual(['CANARY4711']);
    for (const text of ['京E70917', '京e·709 17'])
      expect((await titles(desk, text))['vehicles'], text).toEqual(['京E***17']);
    expect((await titles(desk, '京E7091'))['vehicles']).toBeUndefined();
    expect((await titles(desk, '202611-0004'))['bills']).toEqual([billNumber]);
    for (const text of [
      '20261123-CAFE4711',
      '20261123cafe4711',
      '4200001234202611234711',
      paymentId,
      paymentId.replaceAll('-', '').toUpperCase(),
    ])
      expect((await titles(company, text))['payments'], text).toEqual(['20261123-CAFE4711']);
    expect((await titles(street, 'GZ20260004'))['cases']).toEqual(['GZ2026000417']);
    expect((await titles(street, 'GZ2026000418'))['cases']).toBeUndefined();
  });

  it('a new name at once by its characters, and by its sound when it was listened to', async () => {
    const { desk } = world.people;
    await world.ask(`update places.scope set name = '近苑' where scope_id = $1`, [world.near.compound]);
    try {
      expect((await titles(desk, '近苑'))['places']).toEqual(['近苑']);
      expect((await titles(desk, '近小区'))['places']).toBeUndefined();
      expect((await titles(desk, 'jinyuan'))['places']).toBeUndefined();
      await indexed();
      expect((await titles(desk, '近苑'))['places']).toEqual(['近苑']);
      expect((await titles(desk, 'jyuan'))['places']).toBeUndefined();
      expect((await titles(desk, 'jinyuan'))['places']).toEqual(['近苑']);
      expect((await titles(desk, '近小区'))['places']).toBeUndefined();
    } finally {
      await world.ask(`update places.scope set name = '近小区' where scope_id = $1`, [world.near.compound]);
      await indexed();
    }
  });

  it('five of each at most, and says that there are more', async () => {
    const { desk, fang, wang } = world.people;
    for (const who of [wang, fang, wang, fang, wang])
      await who.reports(aWorkOrder().atHome(world.home).saying('楼道灯坏了'));
    await indexed();
    const group = async () =>
      expectStatus(await desk.client.post('/searches', { text: '楼道' }), 200).groups.find(
        ({ kind }: Json) => kind === 'orders',
      );
    expect(await group()).toMatchObject({ isMore: false, items: { length: 5 } });
    await wang.reports(aWorkOrder().atHome(world.home).saying('楼道灯又坏了'));
    await indexed();
    expect(await group()).toMatchObject({ isMore: true, items: { length: 5 } });
  });
});

describe('shows nobody what is not theirs', () => {
  const asked = () => [
    CANARY,
    order.number,
    'CANARY4711',
    '京E70917',
    billNumber,
    '20261123-CAFE4711',
    '4200001234202611234711',
    world.people.wang.phone,
    '近小区3-2-601',
    '近小区',
  ];

  it('another tenant finds nothing, as if it were not there', async () => {
    const { farDesk, farCompany, farWorker, farStreet } = world.people;
    for (const who of [farDesk, farCompany, farWorker, farStreet])
      for (const text of asked()) {
        const answer = expectStatus(await who.client.post('/searches', { text }), 200);
        // Categories are everybody's.
        expect(
          answer.groups.filter(({ kind }: Json) => kind !== 'categories'),
          `${who.name} ${text}`,
        ).toEqual([]);
      }
  });

  it('a resident and a guard may not look at all', async () => {
    const guard = await world.aPerson('门卫', 'guard', world.near.department);
    for (const who of [world.people.wang, world.people.farResident, guard])
      expectStatus(await who.client.post('/searches', { text: CANARY }), 403);
    expect((await fetch(`${world.url}/api/v1/searches`, { method: 'POST' })).status).toBe(401);
  });

  it('a worker finds the own orders by number, and nobody else’s', async () => {
    const { li, zhao, desk } = world.people;
    expect((await titles(li, order.number))['orders']).toBeUndefined();
    order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
    expect((await titles(li, order.number))['orders']).toEqual([order.number]);
    expect((await titles(li, CANARY))['orders']).toBeUndefined();
    expect((await titles(zhao, order.number))['orders']).toBeUndefined();
    expect(Object.keys(await looksFor(li, '3-2-601'))).toEqual([]);
  });

  it('the door of a confidential matter is not found by who may not read it', async () => {
    const { chen, street, desk } = world.people;
    const { number } = await chen.reports(
      aWorkOrder().about('noise.neighbour').atHome(world.near.households['3-2-102']!).saying('楼上深夜跳绳'),
    );
    await indexed();
    for (const text of ['跳绳', '3-2-102']) {
      expect((await titles(desk, text))['orders'], text).toEqual([number]);
      expect((await titles(street, text))['orders'], text).toBeUndefined();
    }
  });
});

it.each([
  ['', 422],
  ['水', 422],
  ['水 管', 422],
  ['！？。', 422],
  ['3', 422],
  ['x'.repeat(101), 422],
  ['水管', 200],
  ["'; drop table places.scope; --", 200],
  ['%%__\\\\', 422],
  ['3-', 422],
  ['3-2', 200],
  ['(a+)+$ [[:alpha:]]', 200],
  ['.*.*.*aa', 200],
  ['3-2-(', 200],
  ['\u202e管水\u200b', 200],
  ['ab\u0000cd', 422],
  ['\ud800\ud800', 422],
  ['99999-99999-99999', 200],
  ['２０２６１１ ２３', 200],
  ['99999999-99999-9', 200],
  ['20261399-CAFE4711', 200],
  ['00000000-0000-0000-0000-000000000000', 200],
  ['1'.repeat(100), 200],
  ['漏'.repeat(100), 200],
])('%j is answered with %i', async (text, status) => {
  for (const who of [world.people.manager, world.people.company, world.people.cityHall])
    expectStatus(await who.client.post('/searches', { text }), status);
});

it('writes nothing, and what was typed stands in no log and no answer that is kept', async () => {
  const count = async () =>
    (await world.ask('select count(*)::int as n from platform.idempotency'))[0]?.['n'];
  const before = await count();
  await looksFor(world.people.desk, world.people.wang.phone);
  expect(await count()).toBe(before);
});
