import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { localDate } from '@gongzhi/kernel';
import { MeterYard } from './fixtures.ts';
import { readSince } from './index.ts';
import { findMeter } from './queries.ts';
import { listCommands } from './queries-prepaid.ts';
import { mayStill, storeDone } from './service-outcomes.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let world: World;
let yard: MeterYard;
beforeAll(async () => {
  world = await aWorld();
  yard = new MeterYard(world);
});
afterAll(async () => {
  await yard.collector.stop();
  await world.close();
});

const list = async (path: string, who = world.people.desk): Promise<Json[]> =>
  expectStatus(await who.client.get(path), 200).items;

describe('a reading by a person', () => {
  it('is asked about when it cannot well be, and counted with the answer', async () => {
    const { li, manager, desk } = world.people;
    const meter = await yard.meter({ kind: 'water', firstValue: 100, digits: 4 });
    for (let day = 0; day < 8; day += 1) {
      world.clock.advance(DAY);
      expectStatus(await yard.read(meter, 100 + (day + 1) * 0.4), 201);
    }
    expect((await yard.page(meter)).meter).toMatchObject({ lastValue: 103.2, usualDay: 0.4 });
    world.clock.advance(10 * DAY);
    // Ten days at 0.4: 12 is three times that and not far yet.
    expect((await yard.read(meter, 115.201)).body).toMatchObject({
      code: 'metering.reading_doubted',
      params: { doubts: ['far_more'], last: 103.2, expected: 4, unit: 'm³' },
      fields: [{ path: '/value' }],
    });
    for (const [value, reason] of [
      [10_000, 'too_many_digits'],
      [104.0001, 'too_many_decimals'],
    ] as const)
      expect((await yard.read(meter, value)).body).toMatchObject({
        code: 'metering.reading_impossible',
        params: { reason },
      });
    expect((await yard.read(meter, 104, { takenAt: '2026-11-23T00:00:00+08:00' })).body.params).toEqual({
      reason: 'before_last',
    });
    expect((await yard.read(meter, 115.201, { answer: 'rolled_over' })).body.code).toBe(
      'metering.reading_doubted',
    );
    const fileId = await li.uploads();
    const taken = expectStatus(await yard.read(meter, 115.201, { answer: 'sure', fileIds: [fileId] }), 201);
    expect(taken).toMatchObject({ state: 'counted', used: 12.001, hasPhoto: true, answer: 'sure' });
    const picture = `/files/${fileId}?scopeId=${meter.scopeId}&size=full`;
    expect((await manager.client.get(picture)).status).toBe(200);
    expect((await world.people.wang.client.get(picture)).status).toBe(200);
    expect((await world.people.chen.client.get(picture)).status).toBe(404);
    // The same request again is the same reading.
    world.clock.advance(HOUR);
    const key = { 'idempotency-key': 'reading-once-only' };
    const path = `/meters/${meter.id}/readings?scopeId=${meter.scopeId}`;
    const one = await desk.client.post(path, { value: 115.3 }, key);
    expect((await desk.client.post(path, { value: 115.3 }, key)).body.id).toBe(one.body.id);
    expect((await list(path)).length).toBe(11);
  });

  it('by two at one moment counts once in its order', async () => {
    const meter = await yard.meter({ firstValue: 10 });
    world.clock.advance(DAY);
    const both = await Promise.all([yard.read(meter, 15), yard.read(meter, 15, {}, world.people.zhao)]);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(both.filter(({ status }) => status === 422)).toHaveLength(1);
  });

  it('rolls over at the end of its digits', async () => {
    const meter = await yard.meter({ digits: 3, firstValue: 995 });
    world.clock.advance(DAY);
    expect((await yard.read(meter, 4)).body.params.doubts).toEqual(['lower', 'may_have_rolled']);
    expect(expectStatus(await yard.read(meter, 4, { answer: 'rolled_over' }), 201).used).toBe(9);
  });

  it('of one’s own home is taken from who lives there, and of nobody else’s', async () => {
    const meter = await yard.meter();
    const { wang, chen, farDesk, street } = world.people;
    world.clock.advance(DAY);
    expect(expectStatus(await yard.read(meter, 105, {}, wang), 201)).toMatchObject({
      source: 'resident',
      used: 5,
    });
    for (const [who, status] of [
      [chen, 404],
      [farDesk, 404],
      [street, 403],
    ] as const)
      expect([who.name, (await yard.read(meter, 106, {}, who)).status]).toEqual([who.name, status]);
    expect((await wang.client.get(`/meters?scopeId=${meter.scopeId}`)).status).toBe(403);
    const own = await list('/meters/own', wang);
    expect(own.map(({ meter: shown }) => shown.id)).toContain(meter.id);
    expect(await list('/meters/own', chen)).toEqual([]);
    // What the home says to a doubt waits for the desk: neither the figure nor the one before it is touched.
    world.clock.advance(DAY);
    expect((await yard.read(meter, 104, {}, wang)).body.params.doubts).toEqual(['lower']);
    for (const [value, answer] of [
      [104, 'earlier_wrong'],
      [9_000, 'sure'],
    ] as const)
      expect(expectStatus(await yard.read(meter, value, { answer }, wang), 201)).toMatchObject({
        state: 'held',
        used: null,
      });
    expect((await yard.page(meter)).meter.lastValue).toBe(105);
    const waiting = await list(`/meters/held-readings?scopeId=${meter.scopeId}`);
    expect(waiting.filter(({ meterId }) => meterId === meter.id)).toHaveLength(2);
    expect((await street.client.get(`/meters/${meter.id}?scopeId=${meter.scopeId}`)).status).toBe(403);
  });
});

describe('a meter', () => {
  it('is replaced with the last figure of the old and the first of the new, and nothing falls between', async () => {
    const { manager, desk } = world.people;
    const old = await yard.meter({ kind: 'gas', firstValue: 50, serial: 'GAS-1' });
    world.clock.advance(DAY);
    const replace = (body: Record<string, unknown>, who = manager) =>
      who.client.post(`/meters/${old.id}/replacement?scopeId=${old.scopeId}`, {
        finalValue: 53.5,
        serial: 'GAS-2',
        digits: 5,
        firstValue: 0.125,
        line: null,
        expectedVersion: 1,
        ...body,
      });
    expect((await replace({}, desk)).status).toBe(403);
    expect((await replace({ expectedVersion: 2 })).body.code).toBe('metering.stale');
    expect((await replace({ finalValue: 49 })).body.code).toBe('metering.reading_doubted');
    const fresh = expectStatus(await replace({}), 201);
    expect(fresh).toMatchObject({ serial: 'GAS-2', lastValue: 0.125, householdLabel: '3号楼2单元601' });
    world.clock.advance(DAY);
    expectStatus(await yard.read(fresh, 2.125), 201);
    expect((await yard.read(old, 54)).body.code).toBe('metering.retired');
    const rows = await world.worker.work((tx) =>
      readSince(
        tx,
        old.scopeId,
        [old, fresh].map(({ id }) => ({ meterId: id, sinceId: null })),
        '2026-01-01',
        '2027-12-31',
      ),
    );
    expect(rows.reduce((sum, { usedMilli }) => sum + usedMilli, 0)).toBe(5_500);
    expect((await replace({})).body.code).toBe('metering.retired');
    expect((await list(`/meters?q=GAS-`)).map(({ serial }) => serial)).toEqual(['GAS-2']);
  });

  it('bears a number and an address that no other bears, and hangs where somebody finds it', async () => {
    const { manager, company } = world.people;
    const { gateway } = await yard.dial(9);
    const line = { gatewayId: gateway.id, address: '000000000001' };
    await yard.meter({ serial: 'TWICE', line });
    const body = {
      scopeId: world.near.compound,
      kind: 'power',
      serial: 'OTHER',
      householdId: null,
      buildingId: null,
      spot: '配电间',
      digits: 6,
      line: null,
      installedOn: '2026-01-01',
      firstValue: 0,
    };
    const tries = async (more: Record<string, unknown>) =>
      (await company.client.post('/meters', { ...body, ...more })).body.code;
    expect(await tries({ serial: 'TWICE' })).toBe('metering.serial_taken');
    expect(await tries({ line })).toBe('metering.address_taken');
    expect(await tries({ spot: '' })).toBe('validation.failed');
    expect(await tries({ householdId: world.far.households['3-2-601'] })).toBe('metering.place_unknown');
    expect(await tries({ line: { gatewayId: world.home, address: '000000000002' } })).toBe(
      'metering.gateway_unknown',
    );
    expect(await tries({ installedOn: '2027-01-01' })).toBe('validation.failed');
    expect(await tries({ scopeId: world.near.department })).toBe('metering.not_here');
    expect(await tries({ scopeId: world.far.compound })).toBe('not_found');
    expectStatus(await manager.client.post('/meters', body), 201);
  });

  it('is not told what was overtaken after it was taken to be said, and nobody is troubled with it', async () => {
    const { gateway } = await yard.dial(9);
    const meter = await yard.meter({ line: { gatewayId: gateway.id, address: '501234567890' } });
    const trip = expectStatus(await yard.command(meter, { kind: 'trip', reason: 'safety' }), 201);
    expectStatus(await yard.command(meter, { kind: 'close', reason: 'safety' }), 201);
    const { house } = world.server;
    const now = world.clock.now();
    await world.worker.work(async (tx) => {
      const row = (await findMeter(tx, meter.scopeId, meter.id))!;
      const taken = (await listCommands(tx, meter.scopeId, meter.id, 5)).find(({ id }) => id === trip.id)!;
      expect(await mayStill(house, tx, row, taken, now)).toBe(false);
      for (const attempts of [1, 6])
        await storeDone(house, tx, { ...taken, attempts }, { ok: false, error: 'disconnected' }, now);
    });
    expect(await yard.page(meter)).toMatchObject({
      findings: [],
      commands: [
        { kind: 'close', state: 'waiting' },
        { kind: 'trip', state: 'cancelled', error: 'overtaken' },
      ],
    });
  });
});

describe('a file of readings', () => {
  it('is tried and taken in; wrong rows stay out and say why, doubtful ones wait for a word', async () => {
    const { desk, li } = world.people;
    const meter = await yard.meter({ serial: 'F-1', firstValue: 100 });
    const other = await yard.meter({ serial: 'F-2', firstValue: 100 });
    world.clock.advance(3 * DAY);
    const day = world.clock.now().toISOString().slice(0, 10);
    const csv = [
      '表号,读数,抄表日期',
      `F-1,"1,05.5",${day}`,
      `F-1,105.5,${day}`,
      `F-2,99,${day}`,
      `F-9,105,${day}`,
      'F-1,106,2026-02-30',
      'F-1,106,2030-01-01',
    ].join('\n');
    const send = (trial: boolean, who = desk) =>
      who.client.send(
        'POST',
        `/meters/readings-files?scopeId=${meter.scopeId}&kind=power&trial=${trial}`,
        Buffer.from(csv),
        {
          'content-type': 'application/octet-stream',
        },
      );
    expect((await send(true, li)).status).toBe(403);
    const expected = {
      taken: 1,
      held: 1,
      known: 0,
      faults: [
        { line: 2, code: 'value' },
        { line: 5, code: 'no_such_meter' },
        { line: 6, code: 'day' },
        { line: 7, code: 'in_future' },
      ],
    };
    expect(expectStatus(await send(true), 200)).toMatchObject({ ...expected, isTrial: true });
    expect((await yard.page(meter)).meter.lastValue).toBe(100);
    expect(expectStatus(await send(false), 200)).toMatchObject({ ...expected, isTrial: false });
    expect(expectStatus(await send(false), 200)).toMatchObject({ taken: 0, held: 0, known: 2 });
    expect((await yard.page(meter)).meter.lastValue).toBe(105.5);
    // What came of each meter is told once, and by one statement for all of them.
    const told = await world.ask(
      `select object_id as id, payload, cmin::text as statement from platform.outbox
       where kind = 'meter.read' and object_id = any ($1::uuid[]) order by event_id`,
      [[meter.id, other.id]],
    );
    expect(
      told.toSorted((a, b) => Number(b['id'] === meter.id) - Number(a['id'] === meter.id)),
    ).toMatchObject([
      { id: meter.id, payload: { state: 'counted' } },
      { id: other.id, payload: { state: 'held' } },
    ]);
    expect(new Set(told.map(({ statement }) => statement)).size).toBe(1);
    const held = (await list(`/meters/held-readings?scopeId=${meter.scopeId}`)).find(
      ({ serial }) => serial === 'F-2',
    );
    expect(held).toMatchObject({ value: 99, doubts: ['lower'], lastValue: 100 });
    const decide = (answer: string) =>
      desk.client.post(`/meters/${other.id}/readings/${held!['id']}/decision?scopeId=${meter.scopeId}`, {
        answer,
      });
    expect((await decide('sure')).body.code).toBe('metering.reading_doubted');
    expect(expectStatus(await decide('earlier_wrong'), 200)).toMatchObject({ state: 'counted', used: null });
    expect((await decide('rejected')).body.code).toBe('metering.reading_decided');
    expect((await yard.page(other)).meter.lastValue).toBe(99);
  });

  it('of a table with words of its own waits until somebody says which column is what', async () => {
    const { desk } = world.people;
    const meter = await yard.meter({ serial: 'M-1', kind: 'water', firstValue: 100 });
    const csv = [
      '三月抄表,,,',
      '户号,表具号码,本月,何时',
      'x,M-1,101.5,2026/3/7 08:00',
      'x,M-1,abc,2026.3.7',
    ];
    world.clock.advance(DAY);
    const today = world.clock.now().toISOString().slice(0, 10).replaceAll('-', '/');
    const bytes = Buffer.from(csv.join('\n').replace('2026/3/7', today));
    const send = (more: string) =>
      desk.client.send('POST', `/meters/readings-files?scopeId=${meter.scopeId}&kind=water${more}`, bytes, {
        'content-type': 'application/octet-stream',
      });
    expect(expectStatus(await send('&trial=true'), 200)).toMatchObject({
      taken: 0,
      missing: ['serial', 'value', 'day'],
      titles: ['户号', '表具号码', '本月', '何时'],
    });
    expect((await send('')).body).toMatchObject({
      code: 'metering.file_unreadable',
      fields: [{ path: '/serial' }, { path: '/value' }, { path: '/day' }],
    });
    const said = ['serial=表具号码', 'value=本月', 'day=何时'].map((one) => `&${encodeURI(one)}`);
    expect(expectStatus(await send(`&trial=true${said.slice(0, 2).join('')}`), 200).missing).toEqual(['day']);
    expect(expectStatus(await send(said.join('')), 200)).toMatchObject({
      taken: 1,
      missing: [],
      faults: [{ line: 4, code: 'value', params: { value: 'abc' } }],
    });
    expect((await yard.page(meter)).meter.lastValue).toBe(101.5);
  });

  it('is taken from the first day on, however its rows stand', async () => {
    const { desk } = world.people;
    const meter = await yard.meter({ serial: 'S-1' });
    world.clock.advance(2 * DAY);
    const now = world.clock.now().getTime();
    const csv = ['表号,读数,日期', `S-1,102,${localDate(now)}`, `S-0,1,x`, `S-1,101,${localDate(now - DAY)}`];
    const answer = await desk.client.send(
      'POST',
      `/meters/readings-files?scopeId=${meter.scopeId}&kind=power`,
      Buffer.from(csv.join('\n')),
      { 'content-type': 'application/octet-stream' },
    );
    expect(expectStatus(answer, 200)).toMatchObject({
      taken: 2,
      held: 0,
      faults: [{ line: 3, code: 'day' }],
    });
    expect((await yard.page(meter)).meter.lastValue).toBe(102);
  });

  it('that is no table, or has no such columns, is refused as a whole', async () => {
    const { desk } = world.people;
    const send = (bytes: Buffer) =>
      desk.client.send('POST', `/meters/readings-files?scopeId=${world.near.compound}&kind=power`, bytes, {
        'content-type': 'application/octet-stream',
      });
    for (const bytes of [Buffer.from('%PDF-1.7 x'), Buffer.from('a,b\n1,2\n')])
      expect((await send(bytes)).body.code).toBe('metering.file_unreadable');
    expect((await send(Buffer.alloc(0))).status).toBe(422);
  });
});

describe('what one sees of use', () => {
  it('is by day and by month, beside the year before', async () => {
    const meter = await yard.meter({ firstValue: 0 });
    world.clock.advance(10 * DAY);
    expectStatus(await yard.read(meter, 30), 201);
    const { use } = await yard.page(meter);
    expect(use.days).toHaveLength(10);
    expect(use.days[0]).toMatchObject({ value: 3, isSpread: true });
    expect(use.months.reduce((sum: number, { value }: Json) => sum + value, 0)).toBeCloseTo(30, 6);
  });

  it('walks home by home and floor by floor, and by the numbers as people count them', async () => {
    const { li, manager } = world.people;
    const rooms = (await world.ask<{ id: string; label: string; at: string }>(
      `select h.household_id as id, h.label, b.position || '-' || u.position || '-' || h.floor as at
       from places.household h join places.building b using (scope_id, building_id) join places.unit u using (scope_id, unit_id)
       where h.scope_id = $1 order by b.position, u.position, h.floor, h.room_no limit 3`,
      [world.near.compound],
    ))!;
    // Hung the other way round, and one that hangs in no home.
    for (const [index, { id }] of rooms.toReversed().entries())
      await yard.meter({ kind: 'heat', serial: `W-${index}`, householdId: id });
    await yard.meter({ kind: 'heat', serial: 'W-0-PUMP', householdId: null, spot: '地下泵房' });
    const answer = expectStatus(
      await li.client.get(`/meters/round?scopeId=${world.near.compound}&kind=heat`),
      200,
    );
    const walked = answer.items.filter(({ meter }: Json) => meter.serial.startsWith('W-'));
    expect(walked.map(({ meter }: Json) => meter.householdLabel)).toEqual([
      ...rooms.map(({ label }) => label),
      null,
    ]);
    expect(walked.at(-1)).toMatchObject({ building: null, unit: null, floor: null });
    expect(answer).toMatchObject({ isWhole: true, farTimes: 3 });
    expect((await world.people.wang.client.get(`/meters/round?scopeId=${world.near.compound}`)).status).toBe(
      403,
    );
    expect((await manager.client.get(`/meters/round?scopeId=${world.far.compound}`)).status).toBe(404);
  });

  it('read without a network comes in with its own hour, and with a clock that is some minutes ahead', async () => {
    const meter = await yard.meter({ kind: 'gas', firstValue: 10 });
    world.clock.advance(DAY);
    const at = (minutes: number) => new Date(world.clock.now().getTime() + minutes * 60_000).toISOString();
    const earlier = expectStatus(await yard.read(meter, 10.5, { takenAt: at(-300) }), 201);
    expect(earlier.takenAt).toBe(at(-300));
    expect((await yard.read(meter, 11, { takenAt: at(11) })).body.params).toEqual({ reason: 'in_future' });
    expect(expectStatus(await yard.read(meter, 11, { takenAt: at(10) }), 201).takenAt).toBe(at(0));
    // What was read before that one, and comes after it, is not put behind it.
    expect((await yard.read(meter, 10.7, { takenAt: at(-100) })).body.params).toEqual({
      reason: 'before_last',
    });
  });

  it('on a round stands in the order of the homes, with what was read today', async () => {
    const { li } = world.people;
    const meter = await yard.meter({ kind: 'heat', serial: 'HEAT-1', firstValue: 1 });
    const round = async () =>
      (await list(`/meters/round?scopeId=${world.near.compound}&kind=heat`, li)).filter(
        ({ meter: shown }) => shown.id === meter.id,
      );
    expect((await round()).map((one) => [one.meter.serial, one.isReadToday])).toEqual([['HEAT-1', true]]);
    world.clock.advance(DAY);
    expect((await round())[0]!['isReadToday']).toBe(false);
    expectStatus(await yard.read(meter, 5), 201);
    expect((await round())[0]!['isReadToday']).toBe(true);
  });
});
