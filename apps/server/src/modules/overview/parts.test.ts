import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { due } from '../places/due.ts';
import { workOrderDue } from '../work-orders/due.ts';
import { recountFigures } from '../work-orders/index.ts';
import { aWorkOrder, expectStatus, HOUR, type Somebody } from '../work-orders/fixtures.ts';

/** One ranking at a time says what the whole says of it, and what is beside it. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
  const { wang, chen } = world.people;
  await world.anOrder('submitted');
  await world.anOrder('finished');
  await wang.reports(aWorkOrder().atHome(world.home));
  world.clock.advance(25 * HOUR);
  await chen.reports(aWorkOrder().about('gate.fault').inPublic());
});
afterAll(() => world.close());

const week = () => ({ from: day(-6), to: day(0) });
const day = (ahead: number): string =>
  new Date(world.clock.now().getTime() + (8 + 24 * ahead) * HOUR).toISOString().slice(0, 10);

async function overview(who: Somebody, more: Record<string, string> = {}): Promise<Json> {
  const query = new URLSearchParams({ ...week(), ...more });
  return expectStatus(await who.client.get(`/overview?${query}`), 200);
}

describe('of the parts of a whole', () => {
  test('of the kind that is asked for it tells what it tells of all, and how many there are of each', async () => {
    const { cityHall, street, company, manager } = world.people;
    const lists = {
      street: 'streets',
      company: 'companies',
      department: 'departments',
      community: 'communities',
      place: 'places',
      grid: 'grids',
    } as const;
    for (const who of [cityHall, street, company, manager]) {
      const whole = await overview(who);
      expect(whole.by).toBeNull();
      expect(whole.now.total).toBeGreaterThan(0);
      for (const [by, list] of Object.entries(lists)) {
        const told = whole[list]?.length ?? 0;
        // One part is no comparison: it is counted and not told.
        expect([who.name, by, told]).toEqual([who.name, by, told > 0 ? whole.counts[by] : 0]);
        const seen = await overview(who, { by });
        if (seen.by === by) expect([who.name, by, seen[list]]).toEqual([who.name, by, whole[list]]);
        else expect(['place', 'grid', 'category']).toContain(seen.by);
        expect([seen.now, seen.counts, seen.places]).toEqual([whole.now, whole.counts, whole.places]);
        for (const [other, rest] of Object.entries(lists))
          if (other !== seen.by && other !== 'place') expect(seen[rest] ?? []).toEqual([]);
      }
      const first = await overview(who, { most: '1' });
      expect(first.places).toEqual(whole.places.slice(0, 1));
      expect(first.counts).toEqual(whole.counts);
      // Beside another ranking places are drawn all, or none.
      const beside = await overview(who, { by: 'category', most: '1' });
      expect(beside.places.length).toBe(whole.counts.place > 1 ? 0 : whole.places.length);
    }
    const { compound } = world.near;
    expect((await overview(street, { scopeId: compound, by: 'place' })).by).toBe('grid');
    expect((await overview(street, { scopeId: compound, by: 'place', grids: 'false' })).by).toBe('category');
    for (const [name, value] of [
      ['by', 'nothing'],
      ['most', '0'],
      ['most', '301'],
    ]) {
      const { from, to } = week();
      const { status, body } = await street.client.get(`/overview?from=${from}&to=${to}&${name}=${value}`);
      expect([status, body.fields?.[0]?.path]).toEqual([422, `querystring/${name}`]);
    }
  });

  test('counts a place at which nothing stands any more', async () => {
    const { cityHall, farResident } = world.people;
    const before = await overview(cityHall);
    const order = await farResident.reports(aWorkOrder().about('gate.fault').inPublic());
    await farResident.does(order, 'cancel', {});
    const client = await world.admin.connect();
    const query = async ({ text, values }: { text: string; values: readonly unknown[] }) =>
      (await client.query(text, [...values])).rows as never;
    await recountFigures((run) => run({ query })).finally(() => client.release());
    const whole = await overview(cityHall);
    expect(whole.counts).toMatchObject({ place: before.counts.place + 1, street: before.counts.street + 1 });
    for (const by of ['street', 'company', 'place', 'category'])
      expect((await overview(cityHall, { by, most: '1' })).counts).toEqual(whole.counts);
  });

  test('the first of whatever order are the first of all of it', async () => {
    const { cityHall, farResident } = world.people;
    await farResident.reports(aWorkOrder().about('gate.fault').inPublic());
    const { house } = world.server;
    // By now something is late in both places: who has most of it comes first, and the other is left out.
    world.clock.advance(4 * 24 * HOUR);
    const sweeps = [...due.filter(({ name }) => name === 'places.compound_sizes'), workOrderDue];
    await runDueOnce({ worker: world.worker, sweeps, house, clock: world.clock, log: house.log });
    for (const sort of ['late', 'on_time', 'households', 'satisfaction', 'total'])
      for (const per of ['count', 'households', 'area']) {
        const whole = await overview(cityHall, { sort, per });
        expect(whole.places.length).toBeGreaterThan(1);
        expect(whole.places.map(({ standing }: Json) => standing.late > 0)).not.toContain(false);
        const kinds = { place: 'places', community: 'communities', street: 'streets' } as const;
        for (const [by, list] of Object.entries(kinds)) {
          const seen = await overview(cityHall, { sort, per, by, most: '1' });
          expect([sort, per, by, seen[list]]).toEqual([sort, per, by, whole[list].slice(0, 1)]);
        }
      }
  });

  test('draws the week that ends with a single day', async () => {
    const { street } = world.people;
    const [today, seven] = [await overview(street, { from: day(0) }), await overview(street)];
    expect(today.series).toEqual(seven.series);
    expect(today.series.at(-1).figures.total).toBe(today.now.total);
    expect(today.before.total).toBe(today.series.at(-2).figures.total);
    expect(today.categories.reduce((all: number, one: Json) => all + one.now.total, 0)).toBe(today.now.total);
  });
});
