import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { forgetWalls } from '../places/index.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const eight = { from: 480, to: 1020 };
/** Monday to Friday, counted from the world's Monday. */
const weekly = {
  name: '白班',
  anchorOn: '2026-11-23',
  days: [eight, eight, eight, eight, eight, null, null],
};

async function pattern(who: Somebody, body: Json = weekly): Promise<string> {
  return expectStatus(await who.client.post('/dispatch/patterns', body), 201).id;
}
const rosterOf = async (who: Somebody, query = ''): Promise<Json> =>
  expectStatus(await who.client.get(`/dispatch/roster?from=2026-11-23${query}`), 200);
const personOf = (roster: Json, who: Somebody): Json =>
  roster.people.find((one: Json) => one.accountId === who.accountId);

test('a roster: nothing is kept at first; then who follows a pattern is on shift in its hours', async () => {
  const { manager, li, zhao } = world.people;
  const before = await rosterOf(manager);
  expect(before).toMatchObject({ isKept: false, patterns: [], days: 7 });
  expect(personOf(before, li)).toMatchObject({ duty: 'unplanned', spans: [], minutes: 0 });

  const patternId = await pattern(manager);
  const body = { accountId: li.accountId, patternId, kind: 'duty', startsOn: '2026-11-23' };
  const { id } = expectStatus(await manager.client.post('/dispatch/rosters', body), 201);
  const after = await rosterOf(manager);
  expect(after.isKept).toBe(true);
  expect(personOf(after, li)).toMatchObject({
    duty: 'on',
    until: '2026-11-23T09:00:00.000Z',
    minutes: 5 * 9 * 60,
  });
  expect(personOf(after, zhao)).toMatchObject({ duty: 'off', nextFrom: null });
  expect(expectStatus(await li.client.get('/dispatch/my-shifts'), 200)).toMatchObject({
    duty: 'on',
    timeZone: 'Asia/Shanghai',
  });

  // Ended today: today still counts, tomorrow no more.
  expectStatus(await manager.client.post(`/dispatch/rosters/${id}/end`, { lastDay: '2026-11-23' }), 200);
  const ended = personOf(await rosterOf(manager), li);
  expect(ended.spans.map((span: Json) => span.from)).toEqual(['2026-11-23T00:00:00.000Z']);
  // Ended before it began: it never was.
  expectStatus(await manager.client.post(`/dispatch/rosters/${id}/end`, { lastDay: '2026-11-01' }), 200);
  expect((await rosterOf(manager)).isKept).toBe(false);
});

test('changes are laid over the pattern, refused where they make no sense, and can be taken back', async () => {
  const { manager, desk, xu, zhao } = world.people;
  const patternId = await pattern(manager);
  for (const who of [xu, zhao]) {
    const days = who === xu ? {} : { lastDay: '2026-11-24' };
    const body = { accountId: who.accountId, patternId, kind: 'duty', startsOn: '2026-11-23', ...days };
    expectStatus(await manager.client.post('/dispatch/rosters', body), 201);
  }
  const change = (body: Json) =>
    desk.client.post('/dispatch/changes', { accountId: xu.accountId, reason: '家里有事', ...body });
  const off = expectStatus(await change({ kind: 'off', onDate: '2026-11-24' }), 201);
  expect(personOf(await rosterOf(desk), xu).minutes).toBe(4 * 9 * 60);
  // Twice the same day, whoever enters it.
  expect((await change({ kind: 'off', onDate: '2026-11-24' })).body.code).toBe('dispatch.no_shift_that_day');
  const refused: [Json, string, string][] = [
    [{ kind: 'off', onDate: '2026-11-28' }, 'dispatch.no_shift_that_day', '/onDate'],
    [{ kind: 'off' }, 'validation.failed', '/onDate'],
    [
      { kind: 'swap', onDate: '2026-11-25', withAccountId: xu.accountId },
      'dispatch.same_person',
      '/withAccountId',
    ],
    [
      { kind: 'swap', onDate: '2026-11-23', withAccountId: zhao.accountId },
      'dispatch.already_on_shift',
      '/withAccountId',
    ],
    [
      { kind: 'swap', onDate: '2026-11-25', withAccountId: world.people.farWorker.accountId },
      'dispatch.person_unknown',
      '/withAccountId',
    ],
    [
      { kind: 'leave', from: '2026-11-25T04:00:00Z', to: '2026-11-25T04:00:00Z' },
      'dispatch.span_wrong',
      '/to',
    ],
    [
      { kind: 'overtime', from: '2026-11-25T02:00:00Z', to: '2026-11-25T03:00:00Z' },
      'dispatch.already_on_shift',
      '/from',
    ],
    [
      { kind: 'overtime', from: '2026-11-25T10:00:00Z', to: '2026-11-25T22:00:00.001Z' },
      'dispatch.span_wrong',
      '/to',
    ],
  ];
  for (const [body, code, path] of refused) {
    const answer = await change(body);
    expect([body, answer.status, answer.body.code, answer.body.fields?.[0]?.path]).toEqual([
      body,
      422,
      code,
      path,
    ]);
  }
  expectStatus(await change({ kind: 'swap', onDate: '2026-11-25', withAccountId: zhao.accountId }), 201);
  expectStatus(
    await change({ kind: 'leave', from: '2026-11-26T00:00:00Z', to: '2026-11-26T04:00:00Z' }),
    201,
  );
  expectStatus(
    await change({ kind: 'overtime', from: '2026-11-27T09:00:00Z', to: '2026-11-27T12:00:00Z' }),
    201,
  );
  const changed = await rosterOf(desk);
  expect(personOf(changed, xu).minutes).toBe((9 + 5 + 9 + 3) * 60);
  expect(personOf(changed, zhao).minutes).toBe(3 * 9 * 60);
  expect(changed.changes.map((one: Json) => one.kind)).toEqual(['off', 'swap', 'leave', 'overtime']);

  expectStatus(await desk.client.post(`/dispatch/changes/${off.id}/withdraw`), 200);
  expect((await desk.client.post(`/dispatch/changes/${off.id}/withdraw`)).status).toBe(404);
  expect(personOf(await rosterOf(desk), xu).minutes).toBe((9 + 9 + 5 + 9 + 3) * 60);
});

test('who leaves works through the whole last day by the place’s clock, and no hour longer', async () => {
  const { manager, zhao } = world.people;
  const stays = (endsOn: string | null) =>
    world.ask('update places.staff set ends_on = $2 where account_id = $1', [zhao.accountId, endsOn]);
  const overtime = (from: string, to: string) =>
    manager.client.post('/dispatch/changes', {
      kind: 'overtime',
      accountId: zhao.accountId,
      from: `2026-12-${from}:00+08:00`,
      to: `2026-12-${to}:00+08:00`,
      reason: '交接',
    });
  await stays('2026-12-06');
  try {
    // Midnight in Beijing is four in the afternoon of the day before in Greenwich, and eight in the morning its midnight.
    for (const [from, to] of [
      ['05T00:00', '05T01:00'],
      ['05T07:59', '05T08:30'],
      ['05T20:00', '05T21:00'],
      ['05T23:59', '06T00:30'],
    ] as const)
      expect([from, (await overtime(from, to)).status]).toEqual([from, 201]);
    const late = await overtime('06T00:00', '06T01:00');
    expect([late.status, late.body.code, late.body.fields[0].path]).toEqual([
      422,
      'dispatch.person_unknown',
      '/accountId',
    ]);
  } finally {
    await stays(null);
  }
});

test('two who give the same day away at the same instant: one of them does', async () => {
  const { manager, desk, li } = world.people;
  const patternId = await pattern(manager);
  const body = { accountId: li.accountId, patternId, kind: 'duty', startsOn: '2026-12-07' };
  expectStatus(await manager.client.post('/dispatch/rosters', body), 201);
  const off = { kind: 'off', accountId: li.accountId, onDate: '2026-12-08', reason: '轮休' };
  const answers = await Promise.all(
    [manager, desk, manager, desk].map((who) => who.client.post('/dispatch/changes', off)),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422, 422, 422]);
});

test('a pattern is changed by who saw it as it is', async () => {
  const { manager, desk } = world.people;
  const id = await pattern(manager);
  const change = { name: '白班', days: [eight, null], isActive: true, expectedVersion: 1 };
  expectStatus(await manager.client.post(`/dispatch/patterns/${id}`, change), 200);
  expect((await desk.client.post(`/dispatch/patterns/${id}`, change)).body.code).toBe('dispatch.stale');
  const overlapping = {
    ...weekly,
    days: [
      { from: 1200, to: 1921 },
      { from: 480, to: 1020 },
    ],
  };
  expect((await manager.client.post('/dispatch/patterns', overlapping)).body).toMatchObject({
    code: 'dispatch.shift_overlaps',
    fields: [{ path: '/days' }],
  });
  const retired = { ...change, isActive: false, expectedVersion: 2 };
  expectStatus(await manager.client.post(`/dispatch/patterns/${id}`, retired), 200);
  const put = { accountId: world.people.li.accountId, patternId: id, kind: 'duty', startsOn: '2027-01-04' };
  expect((await manager.client.post('/dispatch/rosters', put)).body.code).toBe('dispatch.pattern_unknown');
});

test('a roster is its own department’s and company’s', async () => {
  const { company, farDesk, farCompany, committee, li, manager } = world.people;
  const department = `&scopeId=${world.near.department}`;
  expect((await rosterOf(company, department)).name).not.toBe('');
  expect((await farDesk.client.get(`/dispatch/roster?from=2026-11-23${department}`)).status).toBe(404);
  expect((await farCompany.client.get(`/dispatch/roster?from=2026-11-23${department}`)).status).toBe(404);
  expect((await committee.client.get('/dispatch/roster')).status).toBe(403);
  expect((await li.client.get('/dispatch/roster')).status).toBe(403);
  // A compound keeps no shifts.
  expect((await manager.client.get(`/dispatch/roster?scopeId=${world.near.compound}`)).status).toBe(404);
  const far = {
    accountId: li.accountId,
    patternId: await pattern(manager),
    kind: 'duty',
    startsOn: '2026-11-23',
    compoundIds: [world.far.compound],
  };
  expect((await manager.client.post('/dispatch/rosters', far)).body.code).toBe('dispatch.place_unknown');
  expect(
    (await farDesk.client.post(`/dispatch/patterns?scopeId=${world.near.department}`, weekly)).status,
  ).toBe(404);
});

test('the hours are the place’s: eight o’clock by its own clock', async () => {
  const { farDesk, farWorker } = world.people;
  await world.ask(`update places.scope set time_zone = 'Asia/Urumqi' where scope_id = $1`, [
    world.far.department,
  ]);
  forgetWalls();
  const patternId = await pattern(farDesk);
  const body = { accountId: farWorker.accountId, patternId, kind: 'duty', startsOn: '2026-11-23' };
  expectStatus(await farDesk.client.post('/dispatch/rosters', body), 201);
  const [first] = personOf(await rosterOf(farDesk), farWorker).spans;
  expect(first).toMatchObject({ from: '2026-11-23T02:00:00.000Z', to: '2026-11-23T11:00:00.000Z' });
});
