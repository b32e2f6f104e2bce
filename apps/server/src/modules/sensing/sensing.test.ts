import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder } from '../work-orders/fixtures.ts';
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

  test('what people told goes on when the device is well: a report in its order, a word, somebody who asks again', async () => {
    const { desk, wang } = world.people;
    const told: [string, (order: Json) => Promise<unknown>][] = [
      [
        'a report',
        async (order) => {
          const report = await wang.reports(aWorkOrder().about('water.burst').inPublic());
          return desk.does(report, 'merge', { number: order.number });
        },
      ],
      ['a word', (order) => desk.does(order as never, 'comment', { text: '有人打电话说还在喷' })],
      ['asked again', (order) => desk.does(order as never, 'urge')],
      ['nothing', async () => {}],
    ];
    for (const [what, tells] of told) {
      const water = await aDevice(world, 'water', { spot: '泵房' });
      await water.says(1);
      await pass(10_000);
      const [raised] = await ordersOf(world, water);
      await tells(await desk.sees(raised as never));
      await water.says(0);
      await pass(minutes(10));
      const [order] = await ordersOf(world, water);
      expect([what, order!['status']]).toEqual([what, what === 'nothing' ? 'cancelled' : 'submitted']);
      const [alarm] = await alarmsOf(water);
      expect(alarm).toMatchObject({
        clearedAt: expect.any(String),
        endedAt: what === 'nothing' ? expect.any(String) : null,
      });
    }
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
    const statuses = answers.map(({ body }) => body.results[0].status as string);
    expect(statuses.filter((status) => status === 'stored')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'repeated')).toHaveLength(7);
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
      // Nothing was measured after it came.
      [now.toISOString(), at(120), false],
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

  test('a clock that jumps back takes no alarm along, and what comes late ends none', async () => {
    const at = (seconds: number) => new Date(world.clock.now().getTime() + seconds * 1_000).toISOString();
    // Ahead, then put right; right, then put back: it says so once and never again.
    for (const [first, then] of [
      [110, 0],
      [0, -110],
      [120, -120],
    ] as const) {
      const smoke = await aDevice(world, 'smoke');
      await smoke.says(0, { at: at(first) });
      world.clock.advance(10_000);
      await smoke.says(1, { at: at(then) });
      await pass(minutes(30));
      const shown = await smoke.shows();
      expect([first, then, shown.device.state, shown.device.lastValue]).toEqual([first, then, 'alarm', 1]);
      expect(await ordersOf(world, smoke)).toHaveLength(1);
    }
    // All was well before it was not: sent again after it, that is no end of it.
    const smoke = await aDevice(world, 'smoke');
    const before = at(-20);
    await smoke.says(1, { at: at(0) });
    world.clock.advance(10_000);
    await smoke.says(0, { at: before });
    await pass(minutes(30));
    expect((await smoke.shows()).device).toMatchObject({ state: 'alarm', lastValue: 1 });
    expect((await ordersOf(world, smoke))[0]).toMatchObject({ status: 'submitted' });
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
    expect(await world.keptAnswers()).not.toContain(old);
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
