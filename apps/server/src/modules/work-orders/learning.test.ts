import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, expectStatus } from './fixtures.ts';

/** The desk's corrections come back as better suggestions, in this city and with nobody's words in them. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const catalogueOf = async (who = world.people.wang, scopeId = world.near.compound) =>
  expectStatus(await who.client.get(`/work-orders/catalogue?scopeId=${scopeId}`), 200);

test('what the desk corrects is kept as words of the trade, weighed, and served with the catalogue', async () => {
  const { wang, desk, farResident } = world.people;
  expect((await catalogueOf()).learnt).toEqual([]);
  for (let i = 0; i < 3; i++) {
    const report = aWorkOrder().saying('王秀英家水表箱里滴水 13800001111').atHome(world.home);
    const order = await wang.reports(report);
    await desk.does(order, i === 0 ? 'triage' : 'change_category', { categoryCode: 'water.pressure' });
  }
  // What the desk leaves as it was teaches nothing.
  await desk.does(await wang.reports(aWorkOrder().atHome(world.home)), 'triage');
  await world.told();
  const kept = await world.ask(
    'select words, chosen_code, final_code from work_orders.correction where scope_id = $1',
    [world.near.compound],
  );
  expect(kept).toHaveLength(3);
  expect(kept[0]).toEqual({
    words: ['水表', '水表箱', '滴水'].sort(),
    chosen_code: 'water.leak.home',
    final_code: 'water.pressure',
  });
  expect(JSON.stringify(kept)).not.toMatch(/王|1380/);
  const { learnt } = await catalogueOf();
  const of = (code: string) => learnt.filter((one: Json) => one.code === code);
  expect(
    of('water.pressure')
      .map((one: Json) => one.word)
      .sort(),
  ).toEqual(['水表', '水表箱', '滴水'].sort());
  expect(of('water.pressure').every((one: Json) => one.weight > 0)).toBe(true);
  expect(of('water.leak.home').every((one: Json) => one.weight < 0)).toBe(true);
  // One city, one language: what was learnt here is known there.
  expect((await catalogueOf(farResident, world.far.compound)).learnt).toEqual(learnt);
  // The app itself cannot read who was corrected.
  const actor = {
    kind: 'scope' as const,
    accountId: desk.accountId,
    membershipId: null,
    scopeIds: [world.near.compound],
    regionId: null,
    households: [],
  };
  await expect(
    world.server.house.db.read(actor, (q) =>
      q.query({
        text: 'select 1 from work_orders.correction where scope_id = $1',
        values: [world.near.compound],
        name: 'probe',
      }),
    ),
  ).rejects.toMatchObject({ code: '42501' });
});
