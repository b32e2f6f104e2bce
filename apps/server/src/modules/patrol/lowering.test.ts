import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { aDevice, type TestDevice } from '../sensing/fixtures.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { aPoint, aRoute, aTimetable, checks, passesTo, patrols, roundsOf, routeOf } from './fixtures.ts';

/* Where a sensor watches, rounds are spared: asked for by one, allowed by another, ended by silence. */

let world: World;
let device: TestDevice;
let route: Json;
beforeAll(async () => {
  world = await aWorld();
  device = await aDevice(world, 'water', { label: '泵房水浸' });
  await device.says(0);
  route = await aRoute(world, {
    timetable: aTimetable({ times: [720] }),
    checkpoints: [aPoint({ deviceId: device.id }), aPoint({ label: '配电间', minutes: 5 })],
  });
});
afterAll(() => world.close());

const scopeId = (): string => world.near.compound;
const point = async (): Promise<Json> => (await routeOf(world, route['id']))['checkpoints'][0];
const asks = (who: Somebody, more: Json = {}) => {
  // Told apart by when they were asked.
  world.clock.advance(1_000);
  return who.client.post('/patrol/lowerings', {
    scopeId: scopeId(),
    checkpointId: route['checkpoints'][0].id,
    everyRounds: 3,
    untilOn: '2026-12-31',
    reason: '水浸传感器运行三个月,无漏报',
    ...more,
  });
};
const listed = async (who: Somebody): Promise<Json[]> =>
  expectStatus(await who.client.get('/patrol/lowerings'), 200).items;
const latest = async (who = world.people.manager): Promise<Json> =>
  (await listed(who)).toSorted((a, b) => (a['proposedAt'] < b['proposedAt'] ? 1 : -1))[0]!;
const decides = (who: Somebody, one: Json, action: string, more: Json = {}) =>
  who.client.post(`/patrol/lowerings/${one['id']}/decide?scopeId=${scopeId()}`, {
    action,
    expectedVersion: one['version'],
    ...more,
  });
const takesBack = (who: Somebody, one: Json) =>
  who.client.post(`/patrol/lowerings/${one['id']}/withdraw?scopeId=${scopeId()}`, {
    expectedVersion: one['version'],
  });
/** Well heard: what was silent is so again only after five minutes, by the rule of its kind. */
const speaksUp = async (): Promise<void> => {
  await device.says(0);
  world.clock.advance(540_000);
  await device.says(0);
};
/** Noon of this day: the device heard just before, or not. */
const noon = async (day: number, isHeard = true): Promise<Json> => {
  const at = Date.UTC(2026, 10, day, 4);
  await passesTo(world, new Date(at - 600_000).toISOString());
  if (isHeard) await speaksUp();
  await passesTo(world, new Date(at - 1).toISOString());
  await passesTo(world, new Date(at).toISOString());
  return (await roundsOf(world, route['id']))[0]!;
};
const states = (round: Json): string[] => round['checks'].map((one: Json) => one.state);

describe('fewer rounds', () => {
  it('are asked for with a device that is heard, once, until a day', async () => {
    const { manager, desk, li, farCompany } = world.people;
    for (const who of [desk, li]) expect((await asks(who)).status).toBe(403);
    expect((await asks(farCompany)).status).toBe(404);
    for (const [more, code] of [
      [{ everyRounds: 1 }, 'validation.failed'],
      [{ everyRounds: 61 }, 'validation.failed'],
      [{ untilOn: '2026-11-22' }, 'validation.failed'],
      [{ untilOn: '2027-11-25' }, 'validation.failed'],
      [{ untilOn: '2026-02-30' }, 'validation.failed'],
      [{ reason: ' ' }, 'validation.failed'],
      [{ checkpointId: route['checkpoints'][1].id }, 'patrol.not_watched'],
    ] as const)
      expect([more, (await asks(manager, more)).body.code]).toEqual([more, code]);
    const two = await Promise.all([asks(manager), asks(manager)]);
    expect(two.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect((await asks(manager)).body.code).toBe('patrol.lowering_open');
    // Asked for is not allowed: the next round asks for everything.
    expect(states(await noon(23))).toEqual(['open', 'open']);
  });

  it('are allowed by a second person of the company or the street, and by nobody else', async () => {
    const { manager, company, street, committee, farStreet } = world.people;
    const one = await latest();
    expect(one).toMatchObject({ state: 'proposed', proposedByName: manager.name, mayDecide: false });
    for (const who of [manager, committee]) expect((await decides(who, one, 'approve')).status).toBe(403);
    expect((await decides(farStreet, one, 'approve')).status).toBe(404);
    expect(await latest(company)).toMatchObject({ mayDecide: true });
    const both = await Promise.all([
      decides(company, one, 'approve', { words: '同意,年底复核' }),
      decides(street, one, 'approve'),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await point()).toMatchObject({
      everyRounds: 3,
      lowering: { state: 'approved', untilOn: '2026-12-31' },
    });
    // Whoever asks does not allow, whatever role they have.
    const again = await takesBack(manager, await latest());
    expect(again.status).toBe(200);
    expect(await point()).toMatchObject({ everyRounds: 1, lowering: null });
    expectStatus(await asks(company), 201);
    const own = await latest(company);
    expect(own['mayDecide']).toBe(false);
    expect((await decides(company, own, 'approve')).body.code).toBe('patrol.needs_second_person');
    expectStatus(await decides(street, own, 'approve'), 200);
    expect((await decides(street, await latest(street), 'approve')).body.code).toBe(
      'patrol.lowering_decided',
    );
  });

  it('spare every round but the third, and the hours are summed', async () => {
    // Looked at on the 23rd: the 24th and 25th are spared, the 26th is walked.
    expect(states(await noon(24))).toEqual(['spared', 'open']);
    expect(states(await noon(25))).toEqual(['spared', 'open']);
    const round = await noon(26);
    expect(states(round)).toEqual(['open', 'open']);
    expectStatus(await checks(world.people.li, round, 0), 200);
    const spared = await noon(27);
    expect((await checks(world.people.li, spared, 0)).body.code).toBe('patrol.spared');
    // Three times ten minutes of five rounds of a quarter of an hour.
    const freed = expectStatus(await world.people.street.client.get('/patrol/freed?weeks=2'), 200);
    expect(freed).toMatchObject({
      from: '2026-11-16',
      sparedChecks: 3,
      sparedHours: 0.5,
      plannedHours: 1.3,
      weeks: [
        { week: '2026-11-16', plannedHours: 0, sparedHours: 0 },
        { week: '2026-11-23', plannedHours: 1.3, sparedHours: 0.5, sparedChecks: 3 },
      ],
    });
    expect((await world.people.farStreet.client.get('/patrol/freed')).body.sparedHours).toBe(0);
  });

  it('end by themselves while the device is silent, and hold again when it is heard', async () => {
    // Last heard a minute before noon of the 27th; a water sensor is silent after six hours.
    await passesTo(world, '2026-11-27T09:59:00Z');
    expect(await point()).toMatchObject({ everyRounds: 3, lowering: { state: 'approved' } });
    await passesTo(world, '2026-11-27T10:00:01Z');
    expect(await point()).toMatchObject({
      everyRounds: 1,
      lowering: { state: 'suspended' },
      device: { isWatching: false },
    });
    // The next round asks for it, though by the count it would have been spared.
    expect(states(await noon(28, false))).toEqual(['open', 'open']);
    await device.says(0);
    world.clock.advance(60_001);
    await patrols(world);
    // One word is not enough.
    expect(await point()).toMatchObject({ everyRounds: 1, lowering: { state: 'suspended' } });
    await speaksUp();
    world.clock.advance(60_001);
    await patrols(world);
    expect(await point()).toMatchObject({ everyRounds: 3, lowering: { state: 'approved' } });
    const history = expectStatus(
      await world.people.manager.client.get(
        `/patrol/checkpoints/${route['checkpoints'][0].id}/frequencies?scopeId=${scopeId()}`,
      ),
      200,
    );
    const written: [string, number][] = history['items'].map((one: Json) => [one.cause, one.everyRounds]);
    expect(written.slice(0, 2)).toEqual([
      ['heard', 3],
      ['silent', 1],
    ]);
    expect(written.slice(-4)).toEqual([
      ['approved', 3],
      ['withdrawn', 1],
      ['approved', 3],
      ['begun', 1],
    ]);
  });

  it('end for good when the device is retired, or on their last day', async () => {
    const { manager, company } = world.people;
    const shown = await device.shows();
    expectStatus(
      await manager.client.post(`/sensing/devices/${device.id}/commands?scopeId=${scopeId()}`, {
        action: 'retire',
        expectedVersion: shown['device'].version,
      }),
      200,
    );
    await world.told();
    expect(await point()).toMatchObject({ everyRounds: 1, lowering: null });
    expect(await latest()).toMatchObject({ state: 'ended', ended: 'retired' });
    expect((await asks(manager)).body.code).toBe('patrol.not_watched');

    // Another device, allowed until today: over at midnight.
    device = await aDevice(world, 'water', { label: '新水浸' });
    await device.says(0);
    const before = await point();
    expectStatus(
      await manager.client.post(`/patrol/checkpoints/${before['id']}/commands?scopeId=${scopeId()}`, {
        action: 'watch',
        expectedVersion: before['version'],
        deviceId: device.id,
      }),
      200,
    );
    expectStatus(await asks(manager, { untilOn: '2026-11-28' }), 201);
    expectStatus(await decides(company, await latest(), 'approve'), 200);
    for (const hour of ['09', '14']) {
      await passesTo(world, `2026-11-28T${hour}:00:00Z`);
      await device.says(0);
      await patrols(world);
    }
    await passesTo(world, '2026-11-28T15:59:59.999Z');
    expect(await point()).toMatchObject({ everyRounds: 3 });
    await passesTo(world, '2026-11-28T16:00:00Z');
    expect(await point()).toMatchObject({ everyRounds: 1, lowering: null });
    expect(await latest()).toMatchObject({ state: 'ended', ended: 'expired' });
  });

  it('are not for another device than the one they were allowed for', async () => {
    const { manager, company, street } = world.people;
    await device.says(0);
    expectStatus(await asks(manager), 201);
    expectStatus(await decides(street, await latest(), 'decline', { words: '再看一个月' }), 200);
    expect(await latest()).toMatchObject({ state: 'declined', decidedWords: '再看一个月' });
    expectStatus(await asks(manager), 201);
    expectStatus(await decides(company, await latest(), 'approve'), 200);
    const before = await point();
    expectStatus(
      await manager.client.post(`/patrol/checkpoints/${before['id']}/commands?scopeId=${scopeId()}`, {
        action: 'watch',
        expectedVersion: before['version'],
        deviceId: null,
      }),
      200,
    );
    expect(await point()).toMatchObject({ everyRounds: 1, device: null, lowering: null });
    expect(await latest()).toMatchObject({ state: 'ended', ended: 'unwatched' });
  });
});

describe('another company', () => {
  it('takes over routes and what is open; what was walked stays with whoever was responsible', async () => {
    await passesTo(world, '2026-11-30T04:00:00Z');
    const now = world.clock.now();
    await world.worker.work(async (tx) =>
      recordEvent(tx, {
        eventId: uuidv7(now.getTime()),
        scopeId: scopeId(),
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
        objectId: scopeId(),
        payload: { isFirst: true, toCompanyId: world.far.company },
        occurredAt: now,
      }),
    );
    await world.told();
    const companies = async (table: string, where = 'true'): Promise<unknown[]> =>
      (await world.ask<Json>(`select distinct company_id from patrol.${table} where ${where}`)).map(
        (row) => row['company_id'],
      );
    for (const table of ['route', 'timetable', 'checkpoint'])
      expect([table, await companies(table)]).toEqual([table, [world.far.company]]);
    for (const table of ['round', 'lowering', 'frequency'])
      expect([table, await companies(table, table === 'round' ? "state <> 'open'" : 'true')]).toEqual([
        table,
        [world.near.company],
      ]);
    expect(await companies('round', "state = 'open'")).toEqual([world.far.company]);
    expect(
      await companies('round_check', "round_id in (select round_id from patrol.round where state = 'open')"),
    ).toEqual([world.far.company]);
    // The street has watched all along.
    expect((await roundsOf(world, route['id'], world.people.street)).length).toBeGreaterThan(4);
  });
});
