import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aDevice, looks } from '../sensing/fixtures.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import {
  aPoint,
  aRoute,
  aTimetable,
  checks,
  laysOut,
  passesTo,
  patrols,
  roundsOf,
  routeOf,
} from './fixtures.ts';

/* Rounds as they are planned, walked, late and missed, and what is found, over HTTP, on a real database. */

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const own = async (who: Somebody): Promise<Json[]> =>
  expectStatus(await who.client.get('/patrol/my-rounds'), 200).items;
const ordersOfPatrol = (): Promise<Json[]> =>
  world.ask(
    `select o.work_order_id as id, o.number, o.description, o.source, o.kind, o.is_public as "isPublic", o.status, o.version, o.scope_id as "scopeId"
     from work_orders.work_order o where o.source = 'patrol' order by o.work_order_id`,
  );

describe('a round', () => {
  it('opens by its timetable, is walked by whoever is there, and says who looked and how', async () => {
    const { li, zhao, manager, street, company, wang, farWorker, farDesk, farStreet } = world.people;
    const [facility] = await world.ask<{ id: string }>(
      `insert into places.facility (scope_id, facility_id, city_id, street_id, company_id, building_id, kind, label)
       select scope_id, gen_random_uuid(), city_id, street_id, company_id, null, 'lift', '1号电梯' from places.scope where scope_id = $1
       returning facility_id as id`,
      [world.near.compound],
    );
    const facilityId = facility!.id;
    const route = await aRoute(world, {
      checkpoints: [
        aPoint(),
        aPoint({ label: '1号电梯机房', facilityId, spot: '', categoryCode: 'lift.fault' }),
      ],
    });
    expect(route).toMatchObject({
      nextAt: '2026-11-23T04:00:00.000Z',
      timetable: { everyDays: 1, times: [720, 1_080], withinMinutes: 60, version: 1 },
      checkpoints: [
        { label: '消防泵房', everyRounds: 1, device: null, lowering: null },
        { placeLabel: '1号电梯', facilityId },
      ],
    });
    await passesTo(world, '2026-11-23T03:59:59.999Z');
    expect(await own(li)).toEqual([]);
    await passesTo(world, '2026-11-23T04:00:00Z');
    const [round] = await own(li);
    expect(round).toMatchObject({
      routeLabel: '设备房巡查',
      state: 'open',
      dueAt: '2026-11-23T05:00:00.000Z',
      closesAt: '2026-11-23T06:00:00.000Z',
      checks: [{ state: 'open' }, { state: 'open', facilityId }],
    });
    // However often it is looked at: one.
    await patrols(world);
    expect(await roundsOf(world, route['id'])).toHaveLength(1);
    expect(await own(farWorker)).toEqual([]);
    for (const who of [manager, street, company])
      expect(await roundsOf(world, route['id'], who)).toHaveLength(1);
    for (const who of [farDesk, farStreet]) expect(await roundsOf(world, route['id'], who)).toEqual([]);
    expect((await wang.client.get('/patrol/my-rounds')).status).toBe(403);

    // What hangs elsewhere is not this checkpoint, and two who look at once are told of each other.
    expect((await checks(li, round!, 0, { scannedFacilityId: facilityId })).body.code).toBe(
      'patrol.wrong_label',
    );
    const both = await Promise.all([checks(li, round!, 0), checks(zhao, round!, 0)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('patrol.already_done');
    await passesTo(world, '2026-11-23T05:00:00Z');
    expect((await own(li))[0]!['state']).toBe('open');
    const done = expectStatus(
      await checks(li, round!, 1, { scannedFacilityId: facilityId, note: '运行平稳' }),
      200,
    );
    expect(done).toMatchObject({
      state: 'done',
      checks: [
        { state: 'done', how: 'ticked', result: 'well' },
        { state: 'done', how: 'scanned', doneByName: '李师傅', note: '运行平稳' },
      ],
    });
    expect(await own(li)).toEqual([]);
    expect((await checks(farWorker, round!, 1)).status).toBe(404);
    // The rest of the day is not disturbed by it: the next opens at six.
    expect((await routeOf(world, route['id']))['nextAt']).toBe('2026-11-23T10:00:00.000Z');
  });

  it('is late right after its limit, missed when it closes, and nothing can be made up for afterwards', async () => {
    const { li } = world.people;
    const route = await aRoute(world, {
      label: '夜巡',
      checkpoints: [aPoint(), aPoint({ label: '配电间' })],
    });
    await passesTo(world, '2026-11-23T10:00:00Z');
    const [round] = await roundsOf(world, route['id']);
    await passesTo(world, '2026-11-23T11:00:00Z');
    expect((await roundsOf(world, route['id']))[0]!['state']).toBe('open');
    await passesTo(world, '2026-11-23T11:00:00.001Z');
    expect((await roundsOf(world, route['id']))[0]!['state']).toBe('late');
    expectStatus(await checks(li, round!, 0), 200);
    await passesTo(world, '2026-11-23T12:00:00Z');
    expect((await roundsOf(world, route['id']))[0]!['state']).toBe('late');
    world.clock.advance(1);
    // The clock decides, not whether the sweep has come by.
    expect((await checks(li, round!, 1)).body.code).toBe('patrol.round_closed');
    await patrols(world);
    expect((await roundsOf(world, route['id']))[0]).toMatchObject({
      state: 'missed',
      checks: [{ state: 'done' }, { state: 'missed' }],
    });
    expect((await checks(li, round!, 1)).body.code).toBe('patrol.round_closed');
    // The manager is told of it, once, however often the day is looked at; whoever walks, and other departments, are not.
    await world.told();
    await patrols(world);
    await world.told();
    const told = await world.ask<{ account_id: string; params: Json; link: string }>(
      `select n.account_id, n.params, n.link from platform.notification n
         join platform.delivery d on d.scope_id = n.scope_id and d.notification_id = n.notification_id
       where n.template = 'patrol_round.missed' and d.object_id = $1`,
      [round!['id']],
    );
    expect(told).toEqual([
      {
        account_id: world.people.manager.accountId,
        params: { scopeName: expect.any(String), date: '11-23 18:00', count: 1 },
        link: '/desk/patrols?tab=rounds&state=missed',
      },
    ]);
  });

  it('done late is told apart from done in time', async () => {
    const { li } = world.people;
    const route = await aRoute(world, { label: '晨巡', timetable: aTimetable({ times: [1_320] }) });
    await passesTo(world, '2026-11-23T14:00:00Z');
    await passesTo(world, '2026-11-23T15:30:00Z');
    const [round] = await roundsOf(world, route['id']);
    expect(round!['state']).toBe('late');
    expect(expectStatus(await checks(li, round!, 0), 200)['state']).toBe('done_late');
  });
});

describe('what is found', () => {
  it('becomes an order with its words and pictures, one while it is open', async () => {
    const { li, desk, wang } = world.people;
    const route = await aRoute(world, {
      label: '水泵房巡查',
      timetable: aTimetable({ validFrom: '2026-11-24' }),
    });
    await passesTo(world, '2026-11-24T04:00:00Z');
    const [first] = await roundsOf(world, route['id']);
    expect((await checks(li, first!, 0, { result: 'finding' })).body.fields).toMatchObject([
      { path: '/note', code: 'required' },
    ]);
    const photo = await li.uploads();
    const done = expectStatus(
      await checks(li, first!, 0, { result: 'finding', note: '地面有积水', photoIds: [photo] }),
      200,
    );
    const [order] = await ordersOfPatrol();
    expect(done['checks'][0].order).toEqual({ id: order!['id'], number: order!['number'] });
    expect(order).toMatchObject({
      description: '巡查“水泵房巡查”在“消防泵房”发现：地面有积水',
      kind: 'found_by_staff',
      status: 'submitted',
      isPublic: false,
    });
    const shown = expectStatus(
      await desk.client.get(`/work-orders/${order!['id']}?scopeId=${order!['scopeId']}`),
      200,
    );
    expect(shown['photos'].map((one: Json) => one.id)).toContain(photo);
    expect((await wang.client.get(`/work-orders/${order!['id']}?scopeId=${order!['scopeId']}`)).status).toBe(
      404,
    );

    // The next round sees it again: no second order.
    await passesTo(world, '2026-11-24T10:00:00Z');
    const [second] = await roundsOf(world, route['id']);
    const next = await li.uploads();
    const seen = { result: 'finding', note: '还在漏', photoIds: [next] };
    expect((await checks(li, second!, 0, { ...seen, result: 'well' })).body.fields).toMatchObject([
      { path: '/photoIds' },
    ]);
    expect((await checks(li, second!, 0, { ...seen, photoIds: [photo] })).body.code).toBe(
      'file.not_attachable',
    );
    const again = expectStatus(await checks(li, second!, 0, seen), 200);
    expect(again['checks'][0].order.id).toBe(order!['id']);
    expect(await ordersOfPatrol()).toHaveLength(1);
    const more = await desk.client.get(`/work-orders/${order!['id']}?scopeId=${order!['scopeId']}`);
    expect(more.body.photos.map((one: Json) => one.id)).toEqual(expect.arrayContaining([photo, next]));
    const words = await desk.client.get(`/work-orders/${order!['id']}/timeline?scopeId=${order!['scopeId']}`);
    expect(words.body.items.at(-1)).toMatchObject({
      kind: 'work_order.commented',
      params: { text: '巡查“水泵房巡查”在“消防泵房”发现：还在漏' },
    });
    // People are done with it; what is seen after that is new.
    await desk.does(await desk.sees(order as never), 'cancel', { reason: '已另行处理' });
    await world.told();
    await passesTo(world, '2026-11-25T04:00:00Z');
    const [third] = await roundsOf(world, route['id']);
    expectStatus(await checks(li, third!, 0, { result: 'finding', note: '又有水' }), 200);
    expect(await ordersOfPatrol()).toHaveLength(2);
  });

  it('where the sensor has raised its alarm already, belongs to that order', async () => {
    const { li } = world.people;
    const device = await aDevice(world, 'lift', { label: '1号电梯' });
    const route = await aRoute(world, {
      label: '电梯巡查',
      timetable: aTimetable({ validFrom: '2026-11-26', times: [600, 900] }),
      checkpoints: [aPoint({ deviceId: device.id, categoryCode: 'lift.fault' })],
    });
    await passesTo(world, '2026-11-26T02:00:00Z');
    await device.says(1);
    world.clock.advance(300_000);
    await device.says(1);
    const before = (await ordersOfPatrol()).length;
    const [alarm] = (await device.shows()).alarms as Json[];
    const [round] = await roundsOf(world, route['id']);
    const done = expectStatus(await checks(li, round!, 0, { result: 'finding', note: '电梯不动' }), 200);
    expect(done['checks'][0].order.id).toBe(alarm!['order'].id);
    expect(await ordersOfPatrol()).toHaveLength(before);
    // The lift goes again, and nobody has set out: what the guard said is not over with that.
    await device.says(0);
    world.clock.advance(900_000);
    await looks(world);
    const { desk } = world.people;
    const at = `/work-orders/${alarm!['order'].id}`;
    const order = expectStatus(await desk.client.get(`${at}?scopeId=${device.scopeId}`), 200);
    expect(order['status']).toBe('submitted');
    const story = await desk.client.get(`${at}/timeline?scopeId=${device.scopeId}`);
    const said = story.body.items.find((one: Json) => one.kind === 'work_order.commented');
    expect(said).toMatchObject({
      isInternal: true,
      params: { text: '巡查“电梯巡查”在“消防泵房”发现：电梯不动' },
    });
    const { alarms } = await device.shows();
    expect(alarms.find((one: Json) => one.order?.id === alarm!['order'].id)).toMatchObject({
      clearedAt: expect.any(String),
      endedAt: null,
    });
    // People end it; what is seen before the finding has heard of that is a new one, with its own words.
    await desk.does(await desk.sees(order as never), 'cancel', { reason: '已另行处理' });
    await passesTo(world, '2026-11-26T07:00:00Z');
    const next = (await roundsOf(world, route['id'])).find(({ state }) => state === 'open');
    const seen = expectStatus(await checks(li, next!, 0, { result: 'finding', note: '又不动了' }), 200);
    expect(seen['checks'][0].order.id).not.toBe(alarm!['order'].id);
    expect((await ordersOfPatrol()).length).toBe(before + 1);
    await world.told();
    expect(
      await world.ask(`select words from patrol.finding where work_order_id = $1 and ended_at is null`, [
        seen['checks'][0].order.id,
      ]),
    ).toEqual([{ words: '又不动了' }]);
  });
});

describe('who lays routes out', () => {
  it('the manager and the company, and fewer rounds only the company', async () => {
    const { manager, company, desk, li, street, farCompany } = world.people;
    const scopeId = world.near.compound;
    for (const who of [desk, li, street])
      expect([who.name, (await laysOut(who, scopeId)).status]).toEqual([who.name, 403]);
    expect((await laysOut(farCompany, scopeId)).status).toBe(404);
    const from = '2026-11-26';
    const made = await aRoute(world, { label: '围墙', timetable: aTimetable({ validFrom: from }) });
    const path = `/patrol/routes/${made['id']}/commands?scopeId=${scopeId}`;
    const retimes = (who: Somebody, times: number[], expectedVersion: number, more: Json = {}) =>
      who.client.post(path, {
        action: 'retime',
        expectedVersion,
        reason: '换季',
        timetable: aTimetable({ validFrom: from, times, ...more }),
      });
    expect((await retimes(manager, [720], 1)).body.code).toBe('patrol.needs_approver');
    expect((await retimes(manager, [720, 1_080], 1, { everyDays: 2 })).body.code).toBe(
      'patrol.needs_approver',
    );
    expectStatus(await retimes(manager, [480, 720, 1_080], 1), 200);
    expect((await retimes(manager, [480, 720, 1_080], 1)).body).toMatchObject({
      code: 'patrol.stale',
      params: { version: 2 },
    });
    expectStatus(await retimes(company, [720], 2), 200);
    // A checkpoint is given up by the company only.
    const [point] = (await routeOf(world, made['id']))['checkpoints'];
    const gives = (who: Somebody) =>
      who.client.post(`/patrol/checkpoints/${point.id}/commands?scopeId=${scopeId}`, {
        action: 'retire',
        expectedVersion: point.version,
        reason: '拆了',
      });
    expect((await gives(manager)).body.code).toBe('patrol.needs_approver');
    expectStatus(await gives(company), 200);
    expect((await routeOf(world, made['id']))['checkpoints']).toEqual([]);
    expect((await gives(company)).body.code).toBe('patrol.stale');
  });

  it('not with times that cannot be, in the past, nowhere, or with what is not there', async () => {
    const { manager } = world.people;
    const scopeId = world.near.compound;
    const ghost = '00000000-0000-7000-8000-000000000001';
    const valid = { validFrom: '2026-11-27' };
    const cases: [Json, string, string?][] = [
      [{ timetable: aTimetable({ ...valid, times: [720, 720] }) }, 'patrol.timetable_invalid'],
      [{ timetable: aTimetable({ ...valid, times: [720, 750] }) }, 'patrol.timetable_invalid'],
      [{ timetable: aTimetable({ validFrom: '2026-11-25' }) }, 'validation.failed', '/timetable/validFrom'],
      [{ timetable: aTimetable({ validFrom: '2026-13-45' }) }, 'validation.failed', '/timetable/validFrom'],
      [{ timetable: aTimetable({ validFrom: '2028-11-25' }) }, 'validation.failed', '/timetable/validFrom'],
      [{ timetable: aTimetable({ ...valid, times: [1_440] }) }, 'validation.failed'],
      [{ timetable: aTimetable(valid), checkpoints: [] }, 'validation.failed'],
      [
        { timetable: aTimetable(valid), checkpoints: [aPoint({ spot: ' ' })] },
        'validation.failed',
        '/checkpoints/0/spot',
      ],
      [
        { timetable: aTimetable(valid), checkpoints: [aPoint({ facilityId: ghost })] },
        'patrol.place_unknown',
        '/checkpoints/0/facilityId',
      ],
      [
        { timetable: aTimetable(valid), checkpoints: [aPoint({ deviceId: ghost })] },
        'patrol.device_unknown',
        '/checkpoints/0/deviceId',
      ],
      [
        { timetable: aTimetable(valid), checkpoints: [aPoint({ categoryCode: 'no.such' })] },
        'validation.failed',
        '/checkpoints/0/categoryCode',
      ],
      [{ timetable: aTimetable(valid), label: '  ' }, 'validation.failed'],
    ];
    for (const [more, code, path] of cases) {
      const { status, body } = await laysOut(manager, scopeId, more);
      expect([more, status, body.code]).toEqual([more, 422, code]);
      if (path !== undefined) expect(body.fields.map((one: Json) => one.path)).toContain(path);
    }
  });
});

it('what nobody could walk while the server stood is missed, and only what is of today is told', async () => {
  const route = await aRoute(world, {
    label: '停机时的',
    timetable: aTimetable({ validFrom: '2026-11-28', times: [600] }),
  });
  await passesTo(world, '2026-11-30T12:00:00Z');
  await patrols(world);
  await world.told();
  const rounds = await roundsOf(world, route['id']);
  expect(rounds.map(({ opensAt, state }) => [opensAt, state])).toEqual([
    ['2026-11-30T02:00:00.000Z', 'missed'],
    ['2026-11-29T02:00:00.000Z', 'missed'],
    ['2026-11-28T02:00:00.000Z', 'missed'],
  ]);
  const told = await world.ask<{ id: string }>(
    `select object_id as id from platform.delivery where template = 'patrol_round.missed' and object_id = any ($1)`,
    [rounds.map(({ id }) => id)],
  );
  expect(told).toEqual([{ id: rounds[0]!['id'] }]);
});
