import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { DAY, expectStatus } from '../work-orders/fixtures.ts';
import { aGate, aMeasure, aPass, type TestGate } from './fixtures.ts';

/* How many are inside: counted by what went through, put right by hand, and held while it is decided by. */
let world: World;
let gates: TestGate[];
let [east, west]: TestGate[] = [];
beforeAll(async () => {
  world = await aWorld();
  gates = [await aGate(world), await aGate(world)];
  [east, west] = gates;
});
afterAll(() => world.close());

const scope = () => `?scopeId=${world.near.compound}`;
const counts = async (what: string, buildingId: string | null = null): Promise<Json> => {
  const { items } = expectStatus(await world.people.desk.client.get(`/access/counts${scope()}`), 200);
  return items.find((one: Json) => one.what === what && one.buildingId === buildingId);
};
const recount = (body: Json, by = world.people.desk) =>
  by.client.post('/access/counts', { scopeId: world.near.compound, buildingId: null, ...body });
const setSpaces = async (spaces: number) => {
  const { version } = expectStatus(await world.people.manager.client.get(`/access/car-park${scope()}`), 200);
  const body = { scopeId: world.near.compound, spaces, monthlyFeeFen: 0, expectedVersion: version };
  expectStatus(await world.people.manager.client.send('PUT', '/access/car-park', body), 200);
};
let plates = 0;
/** A guest's car, which holds no space of its own. */
const aCar = async (vehicleKind: 'visitor' | 'monthly' = 'visitor'): Promise<string> => {
  const plate = `京D${String((plates += 1)).padStart(5, '0')}`;
  const body = {
    scopeId: world.near.compound,
    kind: 'vehicle',
    vehicleKind,
    plate,
    name: '访客车',
    validFrom: world.clock.now().toISOString(),
    validTo: new Date(world.clock.now().getTime() + DAY).toISOString(),
  };
  expectStatus(await world.people.desk.client.post('/access/passes', body), 201);
  return plate;
};

describe('vehicles', () => {
  let measure: Json;
  beforeAll(async () => {
    await setSpaces(3);
    measure = await aMeasure(world, { vehicle: { otherwise: 'refer' } });
  });
  afterAll(async () => {
    await world.admin.query('update access.policy set ends_at = starts_at where policy_id = $1', [
      measure.id,
    ]);
  });

  it('nobody has counted are let in and reported; people are no vehicles', async () => {
    expect(await east!.sees({ plate: await aCar() })).toMatchObject({
      outcome: 'pass_report',
      say: 'welcome',
      failed: [{ code: 'spaces_unknown' }],
    });
    expect(await counts('vehicles')).toMatchObject({ inside: null, since: null, spaces: 3, free: null });
    const pass = await aPass(world);
    expect(await east!.sees({ code: pass.code(world.clock.now()) })).toMatchObject({ outcome: 'pass' });
  });

  it('are counted by hand, and the gates count on: in, out, and who holds a space however full it is', async () => {
    const first = expectStatus(await recount({ what: 'vehicles', found: 2 }), 200).items[0];
    expect(first).toMatchObject({
      what: 'vehicles',
      inside: 2,
      free: 1,
      found: 2,
      drift: null,
      since: 'count',
    });
    const [own, guest] = [await aCar('monthly'), await aCar()];
    expect((await west!.sees({ plate: own })).outcome).toBe('pass');
    expect(await counts('vehicles')).toMatchObject({ inside: 3, free: 0 });
    expect(await east!.sees({ plate: guest })).toMatchObject({ outcome: 'refer', say: 'spaces_full' });
    // Who was stopped is not inside, and who holds a space drives to it.
    expect((await east!.sees({ plate: own })).outcome).toBe('pass');
    expect(await counts('vehicles')).toMatchObject({ inside: 4, free: 0 });
    for (const gate of gates)
      expect((await gate.sees({ plate: own, direction: 'out' })).outcome).toBe('pass');
    expect((await east!.sees({ plate: guest })).outcome).toBe('pass');
    expect(await counts('vehicles')).toMatchObject({ inside: 3, free: 0 });
  });

  it('counted again tell how far off the gates were, and that more have left than came', async () => {
    expect(expectStatus(await recount({ what: 'vehicles', found: 1 }), 200).items[0]).toMatchObject({
      inside: 1,
      drift: -2,
      countedByName: world.people.desk.name,
    });
    const plate = await aCar();
    for (let i = 0; i < 2; i++) await east!.sees({ plate, direction: 'out' });
    expect(await counts('vehicles')).toMatchObject({ inside: 0, isShort: true, free: 3 });
    const audited = await world.ask(
      `select detail from platform.audit where action = 'gate.recounted' and detail ->> 'drift' = '-2'`,
    );
    expect(audited).toEqual([{ detail: { what: 'vehicles', found: 1, drift: -2 } }]);
    // Every other open page hears of it, by a gate it may see.
    const told = await world.ask(
      `select distinct object_id as id from platform.outbox where kind = 'gate.recounted'`,
    );
    expect(gates.map(({ gate }) => gate.id)).toContain(told[0]?.id);
  });

  it('of two at two gates for the last space one gets it, whatever the order', async () => {
    for (let round = 0; round < 5; round++) {
      expectStatus(await recount({ what: 'vehicles', found: 2 }), 200);
      const pair = [await aCar(), await aCar()];
      const said = await Promise.all(pair.map((plate, i) => gates[i]!.sees({ plate })));
      expect(new Set(said.map(({ say }) => say))).toEqual(new Set(['spaces_full', 'welcome']));
      // In one batch as well.
      expectStatus(await recount({ what: 'vehicles', found: 2 }), 200);
      const both = await east!.sends(pair.map((plate) => ({ id: randomUUID(), direction: 'in', plate })));
      expect(both.body.results.map(({ say }: Json) => say)).toEqual(['welcome', 'spaces_full']);
    }
  });

  it('let in by the desk’s word are inside like any other', async () => {
    expectStatus(await recount({ what: 'vehicles', found: 3 }), 200);
    const id = randomUUID();
    const sent = await east!.sends([{ id, direction: 'in', plate: await aCar() }]);
    expect(sent.body.results[0]).toMatchObject({ say: 'spaces_full', overriders: ['desk', 'manager'] });
    const answer = await world.people.desk.client.post(`/access/gates/${east!.gate.id}/overrides${scope()}`, {
      id: randomUUID(),
      passageId: id,
      reason: '送病人回家',
    });
    expectStatus(answer, 200);
    expect(await counts('vehicles')).toMatchObject({ inside: 4, free: 0 });
  });
});

describe('people', () => {
  it('are counted of the day until somebody counts, then on over midnight; home is never full', async () => {
    const start = (await counts('people')).inside as number;
    const capacity = { most: start + 2, otherwise: 'refer' } as const;
    const measure = await aMeasure(world, { capacity });
    const guest = () => aPass(world, { kind: 'visitor' });
    const enters = async (gate: TestGate, pass: Awaited<ReturnType<typeof aPass>>) =>
      (await gate.sees({ code: pass.code(world.clock.now()) })).say;
    expect(await counts('people')).toMatchObject({ inside: start, since: 'day', most: start + 2 });
    expect(await enters(east!, await guest())).toBe('welcome');
    const pair = [await guest(), await guest()];
    const said = await Promise.all(pair.map((pass, i) => enters(gates[i]!, pass)));
    expect(new Set(said)).toEqual(new Set(['inside_full', 'welcome']));
    expect(await enters(west!, await aPass(world))).toBe('welcome');
    expectStatus(await recount({ what: 'people', found: 10 }), 200);
    world.clock.advance(DAY);
    expect(await counts('people')).toMatchObject({ inside: 10, since: 'count', found: 10 });
    await world.admin.query('update access.policy set ends_at = starts_at where policy_id = $1', [
      measure.id,
    ]);
  });

  it('of a building are counted at its own doors', async () => {
    const [row] = await world.ask<{ id: string }>(
      'select building_id as id from places.building where scope_id = $1 order by name limit 1',
      [world.near.compound],
    );
    const door = await aGate(world, { buildingId: row!.id });
    const measure = await aMeasure(
      world,
      { capacity: { most: 1, otherwise: 'refuse' } },
      { buildingId: row!.id },
    );
    const before = (await counts('people')).inside;
    const guests = [await aPass(world, { kind: 'visitor' }), await aPass(world, { kind: 'visitor' })];
    const said = await Promise.all(guests.map((pass) => door.sees({ code: pass.code(world.clock.now()) })));
    expect(new Set(said.map(({ say }) => say))).toEqual(new Set(['inside_full', 'welcome']));
    expect(await counts('people', row!.id)).toMatchObject({ inside: 1, most: 1 });
    expect((await counts('people')).inside).toBe(before);
    await world.admin.query('update access.policy set ends_at = starts_at where policy_id = $1', [
      measure.id,
    ]);
  });
});

describe('a count by hand', () => {
  it.each([
    ['nothing found', { what: 'vehicles' }, 422],
    ['fewer than none', { what: 'vehicles', found: -1 }, 422],
    ['something else', { what: 'dogs', found: 1 }, 422],
    ['cars in a building', { what: 'vehicles', found: 1, buildingId: randomUUID() }, 422],
    ['people of a building that has no door', { what: 'people', found: 1, buildingId: randomUUID() }, 422],
  ])('%s is refused', async (_, body, status) => {
    expect((await recount(body)).status).toBe(status);
  });

  it('is the desk’s of that compound', async () => {
    const { wang, farDesk } = world.people;
    expect((await recount({ what: 'people', found: 1 }, wang)).status).toBe(403);
    expect((await recount({ what: 'people', found: 1 }, farDesk)).status).toBe(404);
    expect((await wang.client.get(`/access/counts${scope()}`)).status).toBe(403);
  });
});
