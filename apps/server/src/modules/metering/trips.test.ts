import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { tripWindow } from './service-trips.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const zone = 'Asia/Shanghai';
const at = (text: string) => new Date(`${text}+08:00`);
async function windowAt(text: string) {
  const { near, city, server, worker } = world;
  const wall = { scopeId: near.compound, cityId: city, streetId: near.street, companyId: near.company };
  return worker.work((tx) => tripWindow(server.house, tx, wall, null, zone, at(text)));
}

test('the calendar that a city enters is the one by which meters are switched off', async () => {
  const { cityHall, desk } = world.people;
  // The last evening of the last notice: nobody can say when it may be done again.
  expect(await windowAt('2026-12-31T15:59:59')).toEqual({ block: null, from: null });
  expect(await windowAt('2026-12-31T16:00:00')).toEqual({ block: 'night', from: null });
  expect(await windowAt('2027-01-01T10:00:00')).toEqual({ block: 'holiday', from: null });
  expect(await windowAt('2027-01-04T10:00:00')).toEqual({ block: 'calendar_unknown', from: null });
  const calendar = `/work-orders/calendar?scopeId=${world.near.compound}&from=2026-12-31&to=2027-01-04`;
  const before = expectStatus(await desk.client.get(calendar), 200);
  expect([before.knownTo, before.missingFrom]).toEqual(['2026-12-31', '2027-01-01']);
  expect(before.days.map(({ reason }: { reason: string }) => reason)).toEqual([
    'workday',
    'statutory',
    'unknown_weekend',
    'unknown_weekend',
    'unknown_workday',
  ]);
  expectStatus(
    await cityHall.client.send('PUT', '/work-orders/calendar', {
      scopeId: world.city,
      validFrom: '2026-12-01',
      weekdays: null,
      hours: null,
      days: [
        { date: '2027-01-01', mark: 'holiday' },
        { date: '2027-01-04', mark: 'holiday' },
      ],
      knownTo: '2027-12-31',
      source: '测试用的通知',
      expectedVersion: 0,
    }),
    200,
  );
  const after = expectStatus(await desk.client.get(calendar), 200);
  expect([after.knownTo, after.missingFrom]).toEqual(['2027-12-31', null]);
  expect(await windowAt('2026-12-31T16:00:00')).toEqual({ block: 'night', from: at('2027-01-05T09:00:00') });
  expect(await windowAt('2027-01-04T10:00:00')).toEqual({
    block: 'holiday',
    from: at('2027-01-05T09:00:00'),
  });
  expect(await windowAt('2027-01-05T09:00:00')).toEqual({ block: null, from: null });
});
