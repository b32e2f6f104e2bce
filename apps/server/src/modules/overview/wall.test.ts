import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, expectStatus, type Somebody } from '../work-orders/fixtures.ts';

/** What hangs on a wall is read by whoever is in the room. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const wall = async (who: Somebody, scopeId?: string): Promise<Json> =>
  expectStatus(
    await who.client.get(`/overview/wall${scopeId === undefined ? '' : `?scopeId=${scopeId}`}`),
    200,
  );

async function overview(who: Somebody): Promise<Json> {
  const today = new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  return expectStatus(await who.client.get(`/overview?from=${today}&to=${today}`), 200);
}

describe('the wall', () => {
  test('what stands at its places and elsewhere is what stands, for everybody who reads it', async () => {
    await world.anOrder('submitted');
    await world.anOrder('accepted');
    const { company, street, cityHall, manager, committee, desk } = world.people;
    for (const who of [company, street, cityHall, manager, committee, desk]) {
      const [seen, { standing }] = [await wall(who), await overview(who)];
      expect(standing.open).toBeGreaterThan(0);
      for (const name of ['open', 'unassigned', 'late'] as const)
        expect([
          who.name,
          name,
          seen.tiles.reduce((sum: number, tile: Json) => sum + tile[name], seen.elsewhere[name]),
        ]).toEqual([who.name, name, standing[name]]);
      expect(seen.level).toBe('compound');
      expect(seen.tiles.map(({ scopeId }: Json) => scopeId)).toContain(world.near.compound);
    }
  });

  test('a new order is the first of the newest; who, whose door and their words stay away', async () => {
    const { wang, street } = world.people;
    const order = await wang.reports(aWorkOrder().atHome(world.home));
    const seen = await wall(street);
    expect(seen.newest[0]).toMatchObject({ id: order.id, number: order.number, isLate: false });
    const told = JSON.stringify(seen);
    expect(order.placeLabel).not.toBe('');
    for (const secret of [order.placeLabel, order.description, '王建国', world.home])
      expect([secret, told.includes(secret)]).toEqual([secret, false]);
    expect(Object.keys(seen.newest[0]).sort()).toEqual([
      'categoryNameEn',
      'categoryNameZh',
      'createdAt',
      'id',
      'isEmergency',
      'isLate',
      'number',
      'placeName',
      'resolveDueAt',
      'status',
    ]);
  });

  test('what ran out of time is among the overdue, at its place and in the list', async () => {
    const { chen, street } = world.people;
    const order = await chen.reports(aWorkOrder().about('gate.fault').inPublic());
    world.clock.advance(Date.parse(order.resolveDueAt) - world.clock.now().getTime() + 1_000);
    await world.claims();
    const seen = await wall(street);
    const at = seen.tiles.find((tile: Json) => tile.scopeId === world.near.compound);
    expect(at.late).toBeGreaterThan(0);
    expect(seen.overdue.length).toBeGreaterThan(0);
    expect(seen.overdue.every(({ isLate }: Json) => isLate)).toBe(true);
    expect(seen.overdue.length).toBeLessThanOrEqual(8);
    const limits: number[] = seen.overdue.map(({ resolveDueAt }: Json) => Date.parse(resolveDueAt));
    expect(limits).toEqual([...limits].sort((a, b) => a - b));
    expect(limits[0]).toBeLessThan(world.clock.now().getTime());
  });

  test('a complaint about somebody hangs on no wall, not even on that of those who may read it', async () => {
    const { wang, li, desk, manager, street } = world.people;
    let visit = await wang.reports(aWorkOrder().atHome(world.home));
    visit = await desk.does(visit, 'assign', { assigneeAccountId: li.accountId });
    const complaint = expectStatus(
      await wang.client.post('/work-orders', {
        scopeId: world.near.compound,
        categoryCode: 'service.attitude',
        description: '态度很差',
        place: { type: 'home', householdId: world.home },
        about: { workOrderId: visit.id },
      }),
      201,
    );
    for (const who of [manager, street]) {
      const seen = await wall(who);
      expect(seen.newest.map(({ id }: Json) => id)).not.toContain(complaint.id);
      expect(seen.newest[0].id).toBe(visit.id);
    }
  });

  test('compounds lie at their gates, else amid their buildings, else nowhere', async () => {
    const { street } = world.people;
    const { compound } = world.near;
    const at = async () =>
      (await wall(street)).tiles.find((tile: Json) => tile.scopeId === compound).point as Json;
    await world.ask('update places.scope set latitude = null, longitude = null where scope_id = $1', [
      compound,
    ]);
    await world.ask('update places.building set latitude = null, longitude = null where scope_id = $1', [
      compound,
    ]);
    expect(await at()).toBeNull();
    await world.ask('update places.building set latitude = 39.9, longitude = 116.4 where scope_id = $1', [
      compound,
    ]);
    expect(await at()).toEqual({ latitude: 39.9, longitude: 116.4 });
    await world.ask('update places.scope set latitude = 39.8, longitude = 116.3 where scope_id = $1', [
      compound,
    ]);
    expect(await at()).toEqual({ latitude: 39.8, longitude: 116.3 });
  });

  test('narrows down to what is within reach, and to nothing else', async () => {
    const { cityHall, street, farStreet, farCompany, wang, li } = world.people;
    const { compound, community } = world.near;
    const one = await wall(street, compound);
    expect(one.tiles.map(({ scopeId }: Json) => scopeId)).toEqual([compound]);
    expect((await wall(cityHall, community)).scope.scopeId).toBe(community);
    for (const who of [farStreet, farCompany]) {
      expect(JSON.stringify(await wall(who))).not.toContain(compound);
      expect((await who.client.get(`/overview/wall?scopeId=${compound}`)).status).toBe(404);
    }
    for (const who of [wang, li]) expect((await who.client.get('/overview/wall')).status).toBe(403);
    expect((await street.client.get('/overview/wall?scopeId=nowhere')).status).toBe(422);
  });
});
