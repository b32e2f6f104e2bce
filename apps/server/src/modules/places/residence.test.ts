import { localDate } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Answer, Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, DAY, expectStatus, Listening, type Somebody } from '../work-orders/fixtures.ts';

/** Moving in and out, sale, correction: by the calendar of the place, told to whom it concerns, and to no one else. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

/** Monday 2026-11-23, ten in the morning in Beijing. */
const today = '2026-11-23';
let nextPhone = 13_611_110_000;
const aPhone = () => String(nextPhone++);

const at = (householdId: string) => `/places/households/${householdId}`;
const scope = () => `?scopeId=${world.near.compound}`;
async function read(householdId: string, who = world.people.desk): Promise<Json> {
  return expectStatus(await who.client.get(at(householdId) + scope()), 200);
}
async function tries(householdId: string, body: Json, who = world.people.desk): Promise<Answer> {
  const { version } = await read(householdId, world.people.desk);
  return who.client.post(`${at(householdId)}/commands${scope()}`, { expectedVersion: version, ...body });
}
const does = async (householdId: string, body: Json): Promise<Json> =>
  expectStatus(await tries(householdId, body), 200);
const someone = (name: string, phone: string | null = null) => ({ name, phone });

/** Signs in as a new device would: what the person may do is what the register makes of them. */
async function accountOf(phone: string): Promise<Json> {
  await world.told();
  const index = world.server.house.crypto.cityIndex(phone);
  const [row] = await world.ask(
    `select r.account_id, a.display_name, m.starts_on::text, m.ends_on::text from identity.phone_registry r
       join identity.account a using (account_id)
       left join identity.membership m on m.account_id = r.account_id and m.role = 'resident' and m.scope_id = $2
     where r.phone_index = $1`,
    [index, world.near.compound],
  );
  return row;
}

describe('7. who moves in', () => {
  it('is found, seen on the household’s page, and may sign in', async () => {
    const home = world.near.households['13-2-101']!;
    const phone = aPhone();
    const before = await read(home);
    const after = await does(home, {
      action: 'move_in',
      person: someone('上官婉儿', phone),
      relation: 'tenant',
      startsOn: today,
    });
    expect(after.version).toBe(before.version + 1);
    expect(after.people).toMatchObject([
      { nameMasked: '上***', relation: 'tenant', since: today, until: null, hasAccount: false },
    ]);
    expect(await read(home)).toEqual(after);
    const { items } = (await world.people.desk.client.get(`/people?q=sgwe`)).body;
    expect(items).toMatchObject([{ id: after.people[0].id, homes: [{ householdId: home }] }]);
    expect(await accountOf(phone)).toMatchObject({
      display_name: '上官婉儿',
      starts_on: today,
      ends_on: null,
    });
    expect((await read(home)).people[0].hasAccount).toBe(true);
    const sent = await world.people.desk.client.post('/auth/codes', { phone });
    expect(sent.body.demoCode).toMatch(/^\d{6}$/);
  });

  it('on a day to come is told apart, and lives there from that day on by the place’s calendar', async () => {
    const home = world.near.households['13-2-102']!;
    const lodger = await world.aPerson('候补', 'resident', world.near.compound, {
      livesAt: { householdId: world.home, quarter: world.near, until: '2026-11-23' },
    });
    const found = (await world.people.desk.client.get(`/people?q=${lodger.phone}`)).body.items[0];
    const after = await does(home, {
      action: 'move_in',
      person: { id: found.id },
      relation: 'tenant',
      startsOn: '2026-11-24',
    });
    expect([after.people, after.coming.length]).toEqual([[], 1]);
    await world.told();
    const report = () => lodger.tryReport(aWorkOrder().atHome(home));
    expect((await report()).body.code).toBe('work_order.household_unknown');
    // 23:59:58 in Beijing, and two seconds later.
    world.clock.advance(Date.parse('2026-11-23T15:59:56Z') - world.clock.now().getTime());
    expect((await report()).body.code).toBe('work_order.household_unknown');
    world.clock.advance(2_000);
    await expect.poll(async () => (await report()).status).toBe(201);
    expect((await read(home)).people).toHaveLength(1);
  });

  it('is refused in words where it makes no sense, and nothing is changed', async () => {
    const home = world.near.households['3-2-101']!;
    const person = someone('重复', aPhone());
    const first = await does(home, { action: 'move_in', person, relation: 'owner', startsOn: '2026-01-01' });
    const occupancyId = first.people[0].occupancyId;
    const moveIn = { action: 'move_in', person, relation: 'owner', startsOn: '2026-06-01' };
    const cases: [Json, number, string][] = [
      [moveIn, 409, 'residence.overlap'],
      [{ ...moveIn, startsOn: '2025-01-01', endsOn: '2025-01-01' }, 422, 'residence.end_not_after_start'],
      [{ ...moveIn, startsOn: '1899-01-01' }, 422, 'residence.date_out_of_range'],
      [{ ...moveIn, person: { id: occupancyId } }, 422, 'residence.person_unknown'],
      [{ ...moveIn, startsOn: '2026-02-30' }, 422, 'validation.failed'],
      [{ ...moveIn, person: someone('', '1') }, 422, 'validation.failed'],
      [{ action: 'move_out', occupancyId, endsOn: '2026-01-01' }, 422, 'residence.end_not_after_start'],
      [
        { action: 'move_out', occupancyId: first.people[0].id, endsOn: today },
        422,
        'residence.relation_unknown',
      ],
      [{ action: 'correct', occupancyId }, 422, 'validation.failed'],
      [
        { action: 'sell', soldOn: today, buyer: { id: first.people[0].id }, doTenantsStay: true },
        409,
        'residence.buyer_owns',
      ],
    ];
    for (const [body, status, code] of cases) {
      const answer = await tries(home, body);
      expect([body.action, answer.status, answer.body.code]).toEqual([body.action, status, code]);
    }
    expect(await read(home)).toMatchObject({ version: first.version, people: [{ occupancyId }], former: [] });
    // The same person entered twice is the same person.
    expect((await world.people.desk.client.get(`/people?q=${person.phone}`)).body.items).toHaveLength(1);
  });

  it('is entered by the department only, in its own compounds only', async () => {
    const home = world.near.households['3-2-101']!;
    const body = { action: 'move_in', person: someone('外人'), relation: 'tenant', startsOn: today };
    const { li, wang, committee, company, farDesk, steward, manager } = world.people;
    for (const who of [li, wang, committee, company])
      expect([who.name, (await tries(home, body, who)).status]).toEqual([who.name, 403]);
    expect((await tries(home, body, farDesk)).status).toBe(404);
    for (const who of [steward, manager])
      expect((await tries(home, { ...body, person: someone(who.name) }, who)).status).toBe(200);
    const far = world.far.households['3-2-601']!;
    const crossing = await world.people.desk.client.post(`${at(far)}/commands${scope()}`, {
      ...body,
      expectedVersion: 1,
    });
    expect(crossing.status).toBe(404);
  });
});

test('8. of two who change a household at once one is told, and nothing is lost or doubled', async () => {
  const home = world.near.households['3-2-102']!;
  const { version } = await read(home);
  const body = (name: string) => ({
    action: 'move_in',
    expectedVersion: version,
    person: someone(name),
    relation: 'family',
    startsOn: today,
  });
  const post = (who: Somebody, name: string, headers?: Record<string, string>) =>
    who.client.post(`${at(home)}/commands${scope()}`, body(name), headers);
  const answers = await Promise.all([
    post(world.people.desk, '甲甲'),
    post(world.people.steward, '乙乙'),
    post(world.people.manager, '丙丙'),
  ]);
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('residence.stale');
  const after = await read(home);
  expect([after.version, after.people.filter((person: Json) => person.relation === 'family').length]).toEqual(
    [version + 1, 1],
  );
  // Nobody of those refused was left behind as a person without a home.
  expect(
    await world.ask(
      `select count(*)::int as count from places.person where created_at >= $1 and name_masked in ('甲*', '乙*', '丙*')`,
      [new Date('2026-11-23T00:00:00Z')],
    ),
  ).toEqual([{ count: 1 }]);
  // The same request again is the same deed.
  const key = { 'idempotency-key': 'the-same-move-in' };
  const again = { ...body('丁丁'), expectedVersion: after.version };
  const send = () => world.people.desk.client.post(`${at(home)}/commands${scope()}`, again, key);
  const [one, two] = [await send(), await send()];
  expect([one.status, two.status, two.headers.get('idempotent-replay')]).toEqual([200, 200, 'true']);
  expect((await read(home)).version).toBe(after.version + 1);
});

test('9. a sale: the seller goes, the tenant stays, the buyer begins, each with what is theirs', async () => {
  const { near, people } = world;
  const home = near.households['13-2-601']!;
  const seller = await world.aPerson('卖方', 'resident', near.compound, {
    livesAt: { householdId: home, quarter: near, from: '2010-01-01' },
  });
  const tenant = await world.aPerson('房客', 'resident', near.compound, {
    livesAt: { householdId: home, quarter: near, from: '2026-02-01', relation: 'tenant' },
  });
  const old = await seller.reports(aWorkOrder().atHome(home));
  const line = await Listening.open(people.desk);
  const phone = aPhone();
  const soldOn = localDate(world.clock.now().getTime());
  const after = await does(home, {
    action: 'sell',
    soldOn,
    buyer: someone('买方', phone),
    doTenantsStay: true,
  });
  expect(after.people.map((one: Json) => [one.relation, one.since])).toEqual([
    ['tenant', '2026-02-01'],
    ['owner', soldOn],
  ]);
  expect(after.former).toMatchObject([{ relation: 'owner', since: '2010-01-01', until: soldOn }]);
  await expect.poll(() => line.kindsOf(home)).toEqual(['household.sold']);
  line.close();
  const account = await accountOf(phone);
  expect(account).toMatchObject({ starts_on: soldOn, ends_on: null });
  // The seller has nothing left there, and acts there no more; the tenant goes on.
  await world.passes(3_000);
  await expect.poll(async () => (await seller.looksAt(old)).status).toBe(401);
  expect((await tenant.looksAt(old)).status).toBe(200);
  expect(
    await world.ask(`select ends_on::text from identity.membership where account_id = $1`, [
      seller.accountId,
    ]),
  ).toEqual([{ ends_on: soldOn }]);
  expect(
    await world.ask(
      `select count(*)::int as count from platform.audit where action = 'household.sold' and object_id = $1`,
      [home],
    ),
  ).toEqual([{ count: 1 }]);
});

test('10. a wrong entry is taken back with its reason, reaches nothing, and can be entered rightly', async () => {
  const { near } = world;
  const home = near.households['3-2-101']!;
  const wrong = await world.aPerson('错登', 'resident', near.compound, {
    livesAt: { householdId: home, quarter: near, relation: 'family' },
  });
  const order = await wrong.reports(aWorkOrder().atHome(home));
  const mistaken = (await read(home)).people.find((one: Json) => one.nameMasked === '错*');
  const after = await does(home, {
    action: 'correct',
    occupancyId: mistaken.occupancyId,
    reason: '登记到了别人家',
  });
  expect(JSON.stringify(after)).not.toContain(mistaken.occupancyId);
  await world.told();
  await world.passes(DAY);
  await expect.poll(async () => (await wrong.looksAt(order)).status).toBe(401);
  const again = await tries(home, {
    action: 'correct',
    occupancyId: mistaken.occupancyId,
    reason: '再来一次',
  });
  expect([again.status, again.body.code]).toEqual([422, 'residence.relation_unknown']);
  const [kept] = await world.ask(
    `select detail from platform.audit where action = 'household.corrected' and object_id = $1`,
    [home],
  );
  expect(kept.detail).toMatchObject({
    reason: '登记到了别人家',
    role: 'desk',
    occupancyIds: [mistaken.occupancyId],
  });
  const right = await does(home, {
    action: 'move_in',
    person: { id: mistaken.id },
    relation: 'family',
    startsOn: '2026-01-01',
  });
  expect(right.people.some((one: Json) => one.id === mistaken.id)).toBe(true);
  await world.told();
  const [membership] = await world.ask(
    `select starts_on::text, ends_on from identity.membership where account_id = $1`,
    [wrong.accountId],
  );
  expect(membership).toEqual({ starts_on: '2026-01-01', ends_on: null });
});

test('11. a phone that is somebody else’s account does not become the new person', async () => {
  const { people, near } = world;
  const home = near.households['13-2-101']!;
  const after = await does(home, {
    action: 'move_in',
    person: someone('同号', people.wang.phone),
    relation: 'family',
    startsOn: today,
  });
  await world.told();
  const mine = after.people.find((one: Json) => one.nameMasked === '同*');
  expect((await read(home)).people.find((one: Json) => one.id === mine.id).hasAccount).toBe(false);
  expect((await people.wang.client.get('/me')).body.acting.households).toHaveLength(1);
});
