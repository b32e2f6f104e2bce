import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aDevice, looks, ordersOf, type TestDevice } from './fixtures.ts';

/* From a device's message to an order and back, over HTTP, on a real database. */

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const minutes = (count: number) => count * 60_000;
const pass = async (milliseconds: number) => {
  world.clock.advance(milliseconds);
  return looks(world);
};
const alarmsOf = async (device: TestDevice) => (await device.shows()).alarms as Json[];

describe('a device that reports', () => {
  test('water on the floor opens one order with its evidence, and it closes by itself when nobody has set out', async () => {
    const water = await aDevice(world, 'water', { label: '泵房水浸', spot: '泵房' });
    await water.says(0);
    expect((await water.shows()).device).toMatchObject({ state: 'ok', lastValue: 0, hasSecret: true });
    world.clock.advance(5_000);
    await water.says(1);
    expect(await ordersOf(world, water)).toEqual([]);
    // Nobody says anything more: time alone raises it, exactly when the window has passed.
    await pass(9_999);
    expect(await ordersOf(world, water)).toEqual([]);
    expect(await pass(1)).toBe(1);
    expect(await looks(world)).toBe(0);
    const [order] = await ordersOf(world, water);
    expect(order).toMatchObject({
      status: 'submitted',
      kind: 'found_by_staff',
      categoryCode: 'water.burst',
      source: 'sensor',
      isEmergency: true,
      placeLabel: '泵房',
      isPublic: true,
    });
    expect(order!['description']).toMatch(
      /^设备“泵房水浸”报警：地面有水，从 11-23 10:00:05 起。最近读数：.*10:00:05 1$/,
    );
    expect((await water.shows()).device.state).toBe('alarm');
    // More of the same opens nothing.
    await water.says(1);
    await pass(minutes(30));
    expect(await ordersOf(world, water)).toHaveLength(1);

    await water.says(0);
    await pass(minutes(10) - 1);
    expect((await ordersOf(world, water))[0]!['status']).toBe('submitted');
    await pass(1);
    const [closed] = await ordersOf(world, water);
    expect(closed).toMatchObject({ status: 'cancelled', outcome: 'cancelled' });
    const [alarm] = await alarmsOf(water);
    expect(alarm).toMatchObject({
      ruleCode: 'water.wet',
      endedHow: 'cleared',
      order: { status: 'cancelled' },
    });
    expect(alarm.evidence.map((one: Json) => one.value)).toEqual([0, 1]);
    expect((await water.shows()).device.state).toBe('ok');
    const timeline = await world.people.desk.client.get(
      `/work-orders/${closed!['id']}/timeline?scopeId=${closed!['scopeId']}`,
    );
    const last = timeline.body.items.find((event: Json) => event.kind === 'work_order.cancelled');
    expect(last.params.reason).toMatch(/恢复正常 10 分钟/);
    // The event of that ending finds nothing left to end.
    await world.told();
    // The next trouble is the next order.
    await water.says(1);
    await pass(10_000);
    expect(await ordersOf(world, water)).toHaveLength(2);
  });

  test('who has set out is not called back: the order stays, and the trouble’s return is counted on it', async () => {
    const lift = await aDevice(world, 'lift');
    const { desk, zhao } = world.people;
    await lift.says(1);
    await pass(minutes(5));
    let order = (await ordersOf(world, lift))[0] as Json;
    for (const [who, action, more] of [
      [desk, 'assign', { assigneeAccountId: zhao.accountId }],
      [zhao, 'accept', {}],
      [zhao, 'depart', {}],
    ] as const)
      order = await who.does(order, action, more);
    await lift.says(0);
    await pass(minutes(5));
    let [alarm] = await alarmsOf(lift);
    expect(alarm).toMatchObject({
      endedAt: null,
      clearedAt: expect.any(String),
      order: { status: 'departed' },
    });
    expect((await lift.shows()).device.state).toBe('ok');
    await lift.says(1);
    [alarm] = await alarmsOf(lift);
    expect(alarm).toMatchObject({ endedAt: null, clearedAt: null, returnCount: 1 });
    expect(await ordersOf(world, lift)).toHaveLength(1);
    // Done, though the lift still stands: a while of rest, then the next.
    for (const [action, more] of [
      ['arrive', {}],
      ['start', {}],
      ['finish', { workDone: '复位' }],
    ] as const)
      order = await zhao.does(order, action, more);
    await world.told();
    [alarm] = await alarmsOf(lift);
    expect(alarm).toMatchObject({ endedHow: 'people' });
    for (let i = 0; i < 5; i++) {
      await pass(minutes(5));
      await lift.says(1);
    }
    await pass(minutes(5) - 1);
    expect(await ordersOf(world, lift)).toHaveLength(1);
    await pass(1);
    expect(await ordersOf(world, lift)).toHaveLength(2);
  });

  test('silence is an alarm of its own, not public, and held back at night', async () => {
    const pump = await aDevice(world, 'pump');
    await pump.says(0.4);
    await pass(minutes(10));
    const [order] = await ordersOf(world, pump);
    expect(order).toMatchObject({ categoryCode: 'patrol.equipment', isPublic: false });
    const shown = await pump.shows();
    expect(shown.device.state).toBe('silent');
    expect(shown.alarms[0].ruleCode).toBe('pump.silent');
    const silent = await world.people.manager.client.get(
      `/sensing/devices?state=silent&scopeId=${world.near.compound}`,
    );
    expect(silent.body.items.map((one: Json) => one.id)).toContain(pump.id);
    expect(silent.body.counts.silent).toBeGreaterThan(0);
    await pump.says(0.4);
    await pass(minutes(5));
    expect((await pump.shows()).device.state).toBe('ok');
  });
});

describe('what is sent twice, late, with a lying clock, or by a stranger', () => {
  test('is one reading, however often it comes, even at once', async () => {
    const meter = await aDevice(world, 'meter');
    const reading = { id: 'same', value: 12.5 };
    const answers = await Promise.all(Array.from({ length: 8 }, () => meter.sends([reading])));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    const statuses = answers.map(({ body }) => body.results[0].status).sort();
    expect(statuses).toEqual([...Array.from({ length: 7 }, () => 'repeated'), 'stored']);
    const twice = await meter.sends([
      { id: 'b', value: 1 },
      { id: 'b', value: 2 },
    ]);
    expect(twice.body.results.map((one: Json) => one.status)).toEqual(['stored', 'repeated']);
    const rows = await world.ask(
      'select message_id, value from sensing.reading where device_id = $1 order by 1',
      [meter.id],
    );
    expect(rows).toEqual([
      { message_id: 'b', value: 1 },
      { message_id: 'same', value: 12.5 },
    ]);
  });

  test('bears the device’s time while that is near ours, and ours with a mark beyond', async () => {
    const meter = await aDevice(world, 'meter');
    const now = world.clock.now();
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000).toISOString();
    for (const [seconds, isClockOff] of [
      [-120, false],
      [120, false],
      [-121, true],
      [86_400, true],
    ] as const)
      expect((await meter.says(1, { at: at(seconds) })).isClockOff).toBe(isClockOff);
    const rows = await world.ask<Json>(
      'select at, received_at, device_at, is_clock_off from sensing.reading where device_id = $1 order by message_id',
      [meter.id],
    );
    expect(rows.map((row) => [row.at.toISOString(), row.device_at.toISOString(), row.is_clock_off])).toEqual([
      [at(-120), at(-120), false],
      [at(120), at(120), false],
      [now.toISOString(), at(-121), true],
      [now.toISOString(), at(86_400), true],
    ]);
    expect((await meter.shows()).device.clockOffAt).toBe(now.toISOString());
  });

  test('a clock that runs ahead does not make the device deaf, nor one behind raise what is over', async () => {
    const gate = await aDevice(world, 'gate');
    const now = world.clock.now().getTime();
    await gate.says(0, { at: new Date(now + 100_000).toISOString() });
    // Measured before what was judged already.
    await gate.says(1, { at: new Date(now - 100_000).toISOString() });
    await pass(minutes(20));
    expect(await ordersOf(world, gate)).toEqual([]);
    await gate.says(1);
    await pass(minutes(15));
    expect(await ordersOf(world, gate)).toHaveLength(1);
  });

  it.each<[string, Json, number, string]>([
    ['no list', {}, 422, 'validation.failed'],
    ['an empty list', { readings: [] }, 422, 'validation.failed'],
    ['a strange field', { readings: [{ id: '1', value: 1, more: 1 }] }, 422, 'validation.failed'],
    ['no value', { readings: [{ id: '1' }] }, 422, 'validation.failed'],
    ['words for a value', { readings: [{ id: '1', value: 'high' }] }, 422, 'validation.failed'],
    ['a blank number', { readings: [{ id: 'a b', value: 1 }] }, 422, 'validation.failed'],
    ['half a door', { readings: [{ id: '1', value: 0.5 }] }, 422, 'sensing.reading_invalid'],
    [
      'a time without its offset',
      { readings: [{ id: '1', value: 1, at: '2026-11-23T10:00:00' }] },
      422,
      'sensing.reading_invalid',
    ],
    [
      'a stranger’s device',
      { readings: [{ id: '1', value: 1, device: '01900000-0000-7000-8000-00000000dead' }] },
      403,
      'sensing.device_foreign',
    ],
    [
      'too much at once',
      { readings: Array.from({ length: 61 }, (_, i) => ({ id: `${i}`, value: 1 })) },
      422,
      'validation.failed',
    ],
  ])('%s is refused, and says why', async (_name, body, status, code) => {
    const gate = await aDevice(world, 'gate');
    const response = await fetch(`${world.url}/api/v1/sensing/readings`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${gate.userName}:${gate.password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    expect([response.status, ((await response.json()) as Json).code]).toEqual([status, code]);
  });

  test('what is wrong in a list is refused alone, and stands beside the device', async () => {
    const gate = await aDevice(world, 'gate');
    const sent = await gate.sends([
      { id: '1', value: 0 },
      { id: '2', value: 7 },
      { id: '3', value: 1 },
    ]);
    expect(sent.body.results.map((one: Json) => [one.status, one.fault])).toEqual([
      ['stored', null],
      ['refused', 'value_invalid'],
      ['stored', null],
    ]);
    expect((await gate.shows()).device).toMatchObject({
      fault: 'value_invalid',
      faultCount: 1,
      lastValue: 1,
    });
  });

  test('only with the right name and secret: wrong, void and retired ones get the same answer', async () => {
    const gate = await aDevice(world, 'gate', { secret: false });
    expect(await gate.sends([{ id: '1', value: 0 }], 'x')).toMatchObject({
      status: 401,
      body: { code: 'sensing.credentials_wrong' },
    });
    await gate.gets();
    const old = gate.password;
    await gate.says(0);
    await gate.gets();
    expect((await gate.sends([{ id: '2', value: 0 }], old)).status).toBe(401);
    expect((await gate.sends([{ id: '2', value: 0 }])).status).toBe(200);
    const { version } = (await gate.shows()).device;
    const retired = await world.people.manager.client.post(
      `/sensing/devices/${gate.id}/commands?scopeId=${gate.scopeId}`,
      { action: 'retire', expectedVersion: version },
    );
    expect([retired.status, retired.body.state]).toEqual([200, 'retired']);
    expect((await gate.sends([{ id: '3', value: 0 }])).status).toBe(401);
    const again = await world.people.manager.client.post(
      `/sensing/devices/${gate.id}/credentials?scopeId=${gate.scopeId}`,
    );
    expect([again.status, again.body.code]).toEqual([409, 'sensing.retired']);
    // The secret is nowhere: not in what is stored, nor in any answer kept for a retry.
    const kept = await world.ask('select 1 from platform.idempotency where body like $1', [`%${old}%`]);
    expect(kept).toEqual([]);
  });

  test('a flood is refused without touching the others, and over with time', async () => {
    const [flood, calm] = [await aDevice(world, 'meter'), await aDevice(world, 'meter')];
    const many = (from: number) => Array.from({ length: 60 }, (_, i) => ({ id: `f${from + i}`, value: i }));
    expect((await flood.sends(many(0))).status).toBe(200);
    const refused = await flood.sends([{ id: 'one-more', value: 1 }]);
    expect([refused.status, refused.body.code]).toEqual([429, 'sensing.too_many']);
    expect((await calm.sends([{ id: '1', value: 1 }])).status).toBe(200);
    world.clock.advance(30_000);
    expect((await flood.sends([{ id: 'one-more', value: 1 }])).status).toBe(200);
  });

  test('a gateway speaks for those behind it and for no other', async () => {
    const gateway = await aDevice(world, 'gateway');
    const behind = await aDevice(world, 'water', { gatewayId: gateway.id, secret: false });
    const other = await aDevice(world, 'water');
    const sent = await gateway.sends([
      { id: '1', value: 1, device: behind.id },
      { id: '2', value: 1, device: other.id },
      { id: '3', value: 1 },
    ]);
    expect(sent.body.results.map((one: Json) => [one.status, one.fault])).toEqual([
      ['stored', null],
      ['refused', 'topic_foreign'],
      ['refused', 'nothing_measured'],
    ]);
    expect((await gateway.shows()).device.state).toBe('ok');
    expect((await other.shows()).device.state).toBe('never');
    await pass(10_000);
    expect(await ordersOf(world, behind)).toHaveLength(1);
  });
});

describe('who may', () => {
  test('a device is put up by the manager where something of this compound is, and seen by nobody elsewhere', async () => {
    const { manager, desk, farDesk, farCompany, company, street } = world.people;
    const body = {
      scopeId: world.near.compound,
      kind: 'gate',
      label: '东门',
      buildingId: null,
      facilityId: null,
      spot: '东门',
      gatewayId: null,
    };
    expect((await desk.client.post('/sensing/devices', body)).status).toBe(403);
    expect((await farCompany.client.post('/sensing/devices', body)).status).toBe(404);
    for (const [wrong, code] of [
      [{ buildingId: '01900000-0000-7000-8000-00000000dead' }, 'sensing.place_unknown'],
      [{ gatewayId: '01900000-0000-7000-8000-00000000dead' }, 'sensing.gateway_unknown'],
      [{ spot: ' ' }, 'validation.failed'],
      [{ scopeId: world.near.department }, 'sensing.not_here'],
    ] as const)
      expect((await manager.client.post('/sensing/devices', { ...body, ...wrong })).body.code).toBe(code);
    const gate = await aDevice(world, 'gate');
    for (const who of [desk, company, street])
      expect((await who.client.get(`/sensing/devices/${gate.id}?scopeId=${gate.scopeId}`)).status).toBe(200);
    for (const who of [farDesk, farCompany])
      for (const path of ['', '/readings'])
        expect(
          (
            await who.client.get(
              `/sensing/devices/${gate.id}${path}?scopeId=${gate.scopeId}${path === '' ? '' : '&from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z'}`,
            )
          ).status,
        ).toBe(404);
    expect((await farCompany.client.get('/sensing/devices')).body.items).toEqual([]);
    expect((await farCompany.client.get('/sensing/alarms')).body.items).toEqual([]);
  });

  test('two who change one device: the second is told', async () => {
    const gate = await aDevice(world, 'gate');
    const change = {
      action: 'change',
      expectedVersion: 1,
      label: '西门',
      buildingId: null,
      facilityId: null,
      spot: '西门',
      gatewayId: null,
    };
    const path = `/sensing/devices/${gate.id}/commands?scopeId=${gate.scopeId}`;
    const both = await Promise.all([
      world.people.manager.client.post(path, change),
      world.people.company.client.post(path, { ...change, label: '北门' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('rules', () => {
  const lowBody = (more: Json = {}) => ({
    scopeId: world.near.compound,
    expectedVersion: 0,
    validFrom: '2026-11-23',
    source: '泵房 6 层以下直供',
    condition: { is: 'below', raiseAt: 0.1, clearAt: 0.12 },
    forSeconds: 0,
    clearForSeconds: 60,
    restSeconds: 0,
    quiet: null,
    categoryCode: 'water.pump-room',
    isActive: true,
    ...more,
  });
  test('are written by the company, for one compound too, from a day on, and hold for the next reading', async () => {
    const { company, farCompany, manager, street } = world.people;
    const pump = await aDevice(world, 'pump');
    const put = (who: typeof company, body: Json) => who.client.send('PUT', '/sensing/rules/pump.low', body);
    expect((await put(manager, lowBody())).status).toBe(403);
    expect((await put(street, lowBody())).status).toBe(403);
    expect((await put(farCompany, lowBody())).status).toBe(404);
    expect((await company.client.send('PUT', '/sensing/rules/no.such', lowBody())).body.code).toBe(
      'sensing.rule_unknown',
    );
    for (const [wrong, code] of [
      [{ condition: { is: 'below', raiseAt: 0.2, clearAt: 0.2 } }, 'sensing.rule_invalid'],
      [{ condition: { is: 'silent', afterSeconds: 60, goneAfterSeconds: 0 } }, 'sensing.rule_invalid'],
      [{ quiet: { from: 60, to: 60 } }, 'sensing.rule_invalid'],
      [{ validFrom: '2026-11-22' }, 'validation.failed'],
      [{ validFrom: '2026-13-01' }, 'validation.failed'],
      [{ validFrom: '2126-11-23' }, 'validation.failed'],
      [{ categoryCode: 'no.such' }, 'validation.failed'],
      [{ categoryCode: 'water.toilet' }, 'validation.failed'],
      [{ expectedVersion: 3 }, 'sensing.stale'],
    ] as const)
      expect([wrong, (await put(company, lowBody(wrong))).body.code]).toEqual([wrong, code]);
    await pump.says(0.09);
    expect(await ordersOf(world, pump)).toEqual([]);
    const saved = await put(company, lowBody());
    expect(saved.status).toBe(200);
    const rule = saved.body.items.find((one: Json) => one.code === 'pump.low');
    expect(rule).toMatchObject({
      level: 'compound',
      ownVersion: 1,
      forSeconds: 0,
      changedByName: company.name,
    });
    await pump.says(0.11);
    await pump.says(0.09);
    expect(await ordersOf(world, pump)).toHaveLength(1);
    const far = await put(company, lowBody({ expectedVersion: 1, validFrom: '2026-12-01', isActive: false }));
    expect(far.body.upcoming).toMatchObject([{ code: 'pump.low', validFrom: '2026-12-01', isActive: false }]);
    const both = await Promise.all(
      [2, 2].map((expectedVersion) => put(company, lowBody({ expectedVersion, validFrom: '2026-12-02' }))),
    );
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('the store', () => {
  test('is drawn with every peak kept, however long the time', async () => {
    const thermometer = await aDevice(world, 'thermometer');
    const from = world.clock.now();
    for (const value of [20, 21, 35, 20.5]) {
      await thermometer.says(value);
      world.clock.advance(60_000);
    }
    const path = (to: Date) =>
      `/sensing/devices/${thermometer.id}/readings?scopeId=${thermometer.scopeId}&from=${from.toISOString()}&to=${to.toISOString()}`;
    const fine = await world.people.desk.client.get(path(new Date(from.getTime() + minutes(10))));
    expect(fine.body.points.map((one: Json) => one.most)).toEqual([20, 21, 35, 20.5]);
    const coarse = await world.people.desk.client.get(path(new Date(from.getTime() + 90 * 86_400_000)));
    expect(coarse.body.points).toMatchObject([{ least: 20, most: 35, count: 4 }]);
    expect((await world.people.desk.client.get(path(from))).status).toBe(422);
    expect(
      (await world.people.desk.client.get(path(new Date(from.getTime() + 93 * 86_400_000)))).status,
    ).toBe(422);
  });

  test('stays with whom it concerned when the compound changes its company; the devices go on', async () => {
    const gate = await aDevice(world, 'gate');
    await gate.says(1);
    await pass(minutes(15));
    const { recordEvent } = await import('../../platform/events/outbox.ts');
    const { uuidv7 } = await import('@gongzhi/kernel');
    const now = world.clock.now();
    await world.worker.work(async (tx) =>
      recordEvent(tx, {
        eventId: uuidv7(now.getTime()),
        scopeId: world.near.compound,
        wall: {
          cityId: world.city,
          streetId: world.near.street,
          companyId: world.far.company,
          householdId: null,
          reporterAccountId: null,
          isPublic: false,
          isInternal: true,
        },
        kind: 'takeover.applied',
        version: 1,
        objectId: world.near.compound,
        payload: { isFirst: true, toCompanyId: world.far.company },
        occurredAt: now,
      }),
    );
    await world.told();
    const company = async (table: string) =>
      (
        await world.ask<Json>(`select distinct company_id from sensing.${table} where device_id = $1`, [
          gate.id,
        ])
      ).map((row) => row.company_id);
    expect(await company('device')).toEqual([world.far.company]);
    expect(await company('alarm')).toEqual([world.far.company]);
    expect(await company('reading')).toEqual([world.near.company]);
  });

  test('is emptied by age, says what went, and a device goes on', async () => {
    const meter = await aDevice(world, 'meter');
    await meter.says(1);
    world.clock.advance(90 * 86_400_000 + 3_600_000);
    await meter.says(2);
    await looks(world);
    expect(await world.ask('select value from sensing.reading where device_id = $1', [meter.id])).toEqual([
      { value: 2 },
    ]);
    const [purge] = await world.ask<Json>(
      'select sum(readings)::integer as readings from sensing.purge where scope_id = $1',
      [meter.scopeId],
    );
    expect(purge!['readings']).toBeGreaterThan(0);
  });
});
