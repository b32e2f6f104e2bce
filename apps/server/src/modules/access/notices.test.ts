import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitedFor } from '../../../../../test/locks.ts';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { aPass, measureBody } from './fixtures.ts';
import { addEntry } from './service-lists.ts';
import { commandMeasure } from './service-measures.ts';

/** A notice of isolation is written while its measure is being ended or shortened. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

async function actingOf({ client }: Somebody) {
  const [, secret] = client.cookie.split('=');
  return (await world.server.house.sessions.resolve(secret ?? '', world.clock.now()))!;
}

const at = (more: number) => new Date(world.clock.now().getTime() + more).toISOString();
const list = { otherwise: 'refuse' } as const;

/** The compound's own, and the whole street's, which no compound's people can lock. */
async function aMeasureOf(scopeId: string): Promise<Json> {
  const { street } = world.people;
  return expectStatus(
    await street.client.post('/access/measures', { ...measureBody(world, { list }), scopeId }),
    201,
  );
}

const entryBody = (passId: string, policyId: string) => ({
  scopeId: world.near.compound,
  kind: 'isolation' as const,
  passId,
  reason: '密接',
  authority: '区疾控中心',
  documentNo: '隔〔2026〕9号',
  policyId,
  endsAt: at(3 * DAY),
});
const endBody = { action: 'end' as const, expectedVersion: 1, reason: '疫情解除' };
const changeBody = (measure: Json) => {
  const { scopeId: _, buildingId: __, ...facts } = measureBody(world, { list });
  return {
    action: 'change' as const,
    expectedVersion: 1,
    ...facts,
    startsAt: measure.startsAt,
    endsAt: at(DAY),
  };
};
const commands = (measure: Json, body: Json) =>
  world.people.street.client.post(`/access/measures/${measure.id}/commands?scopeId=${measure.scopeId}`, body);
const standing = () =>
  world.ask<{ endsAt: Date }>(
    `select ends_at as "endsAt" from access.list_entry where kind = 'isolation' and lifted_at is null and ends_at > $1`,
    [world.clock.now()],
  );

const places: readonly [string, () => string][] = [
  ['its own compound', () => world.near.compound],
  ['the whole street', () => world.near.street],
];

it.each(places)('before a measure of %s ends: it is lifted', async (_, scopeOf) => {
  const measure = await aMeasureOf(scopeOf());
  const pass = await aPass(world);
  const { house } = world.server;
  const acting = await actingOf(world.people.committee);
  let ended: Promise<unknown> | undefined;
  await house.db.act(acting.actor, async (tx) => {
    await addEntry(house, tx, acting, entryBody(pass.id, measure.id), world.clock.now());
    ended = commands(measure, endBody).then((answer) => expectStatus(answer, 200));
    await waitedFor(tx);
  });
  await ended;
  expect(await standing()).toEqual([]);
});

it.each(places)('while a measure of %s is being ended: it is refused', async (_, scopeOf) => {
  const measure = await aMeasureOf(scopeOf());
  const pass = await aPass(world);
  const { house } = world.server;
  const acting = await actingOf(world.people.street);
  const earlier = entryBody(pass.id, measure.id);
  let added: ReturnType<Somebody['client']['post']> | undefined;
  world.clock.advance(1_000);
  await house.db.act(acting.actor, async (tx) => {
    await commandMeasure(acting, tx, measure.scopeId, measure.id, endBody, world.clock.now());
    added = world.people.committee.client.post('/access/list-entries', earlier);
    await waitedFor(tx);
  });
  const answer = await added!;
  expect([answer.status, answer.body.fields]).toEqual([
    422,
    [expect.objectContaining({ code: 'authority' })],
  ]);
  expect(await standing()).toEqual([]);
});

it('before its measure is shortened: it ends with it', async () => {
  const measure = await aMeasureOf(world.near.street);
  const pass = await aPass(world);
  const { house } = world.server;
  const acting = await actingOf(world.people.committee);
  const body = changeBody(measure);
  let changed: Promise<unknown> | undefined;
  await house.db.act(acting.actor, async (tx) => {
    await addEntry(house, tx, acting, entryBody(pass.id, measure.id), world.clock.now());
    changed = commands(measure, body).then((answer) => expectStatus(answer, 200));
    await waitedFor(tx);
  });
  await changed;
  expect(await standing()).toEqual([{ endsAt: new Date(body.endsAt) }]);
});
