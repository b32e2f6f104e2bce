import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, DAY } from './fixtures.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
  await world.ask('update places.grid set steward_account_id = $2, steward_name = $3 where scope_id = $1', [
    world.near.compound,
    world.people.steward.accountId,
    '周管家',
  ]);
});
afterAll(() => world.close());

test('who keeps a grid sees its day: late first, matters and places, and never a list of who reports much', async () => {
  const { wang, chen, steward, committee, desk } = world.people;
  const leak = await wang.reports(aWorkOrder().atHome(world.home));
  const lift = { buildingId: world.near.buildings['3']!, facilityId: world.near.lift };
  for (const words of ['门关不上', '又关不上了'])
    await chen.reports(aWorkOrder().about('gate.fault').inPublic(lift).saying(words));
  await world.passes(2 * DAY);
  const day = (await steward.client.get('/work-orders/my-grid')).body;
  expect(day.open.map((row: { id: string }) => row.id)).toContain(leak.id);
  expect(day.counts.late).toBeGreaterThan(0);
  const late = day.open.map((row: { isLate: boolean }) => row.isLate);
  expect(late).toEqual([...late].sort((a, b) => Number(b) - Number(a)));
  expect(day.spots).toMatchObject([{ placeLabel: '3号楼电梯', open: 2 }]);
  // Homes stand in no list of places.
  for (const spot of day.spots) expect(spot.placeLabel).not.toMatch(/单元/);
  expect((await desk.client.get('/work-orders/my-grid')).status).toBe(403);
  expect((await committee.client.get('/work-orders/my-grid')).status).toBe(403);
});

test('without a grid of one’s own the day is empty', async () => {
  const other = await world.aPerson('新管家', 'steward', world.near.department);
  expect((await other.client.get('/work-orders/my-grid')).body).toMatchObject({
    open: [],
    counts: { open: 0 },
  });
});

test('the drawing counts what is open at a door and a building, and stays behind the wall', async () => {
  const { desk, farDesk, wang } = world.people;
  const at = (who: typeof desk) => who.client.get(`/work-orders/open-places?scopeId=${world.near.compound}`);
  const items = (await at(desk)).body.items as { householdId: string; open: number; late: number }[];
  const home = items.find((item) => item.householdId === world.home);
  expect([home?.open, home?.late]).toEqual([1, 1]);
  expect((await at(farDesk)).status).toBe(404);
  expect((await at(wang)).status).toBe(403);
  expect((await desk.client.get(`/work-orders/open-places?scopeId=${randomUUID()}`)).status).toBe(404);
});
