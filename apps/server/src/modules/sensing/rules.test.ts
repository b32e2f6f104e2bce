import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { aDevice, looks, ordersOf } from './fixtures.ts';

/* Who puts devices up and writes their rules; what is kept and for how long. */

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
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
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
