import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type People, type World } from '../../../../../test/world.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { looksAt, takesIn, takesStep } from './fixtures.ts';
import { QUEUES } from './schemas.ts';

/** Lists and figures say whose cases they look for; each must tell exactly what the wall lets through, case by case. */
let world: World;
const cases: { id: string; wasCalledBack: boolean }[] = [];

async function atCompany(): Promise<Json> {
  const { street, desk } = world.people;
  const taken = await takesIn(world, street);
  const passed = await takesStep(world, street, taken, 'pass', { toScopeId: world.near.compound });
  return takesStep(world, desk, passed, 'sign');
}

async function withHelp(): Promise<Json> {
  const { desk } = world.people;
  return takesStep(world, desk, await atCompany(), 'call_in', {
    kind: 'assist',
    toScopeId: world.far.compound,
    ask: '借一台泵',
  });
}

async function repliedTo(taken: Json, street: Somebody): Promise<Json> {
  let view = await takesStep(world, street, taken, 'sign');
  view = await takesStep(world, street, view, 'contact', { how: 'phone' });
  return takesStep(world, street, view, 'reply', { text: '已答复' });
}

async function helped(): Promise<Json> {
  const { desk, farDesk, street } = world.people;
  let view = await withHelp();
  view = await takesStep(world, farDesk, await looksAt(farDesk, view), 'joint_done', { text: '泵已送到' });
  view = await takesStep(world, desk, await looksAt(desk, view), 'contact', { how: 'visit' });
  view = await takesStep(world, desk, view, 'answer', { text: '水已排净' });
  return takesStep(world, street, await looksAt(street, view), 'reply', { text: '已答复' });
}

const good = { isValid: true, wasContacted: true, isSolved: true, satisfaction: 'satisfied' };

beforeAll(async () => {
  world = await aWorld();
  const { cityHall, street, farStreet, committee } = world.people;
  const calledBack = async (view: Json) => takesStep(world, cityHall, view, 'record_callback', good);
  const open = [
    await takesIn(world, cityHall),
    await takesIn(world, street),
    await takesIn(world, farStreet),
    await atCompany(),
    await withHelp(),
    await repliedTo(await takesIn(world, street), street),
  ];
  const toCommunity = await takesStep(world, street, await takesIn(world, street), 'pass', {
    toScopeId: world.near.community,
  });
  open.push(await takesStep(world, committee, await looksAt(committee, toCommunity), 'sign'));
  const returned = await takesStep(world, cityHall, await takesIn(world, cityHall), 'dismiss', {
    ground: 'other_procedure',
    reason: '已在诉讼',
  });
  const asked = await calledBack(await repliedTo(await takesIn(world, street), street));
  await takesStep(world, street, asked, 'ask_exclusion', {
    ground: 'outside_duties',
    reason: '不是街道职责',
  });
  const past = [
    asked,
    await calledBack(await repliedTo(await takesIn(world, farStreet), farStreet)),
    await calledBack(await helped()),
  ];
  for (const { id } of [...open, returned]) cases.push({ id, wasCalledBack: false });
  for (const { id } of past) cases.push({ id, wasCalledBack: true });
});
afterAll(() => world.close());

/** All pages, a few at a time. */
async function every(who: Somebody, path: string): Promise<Json[]> {
  const items: Json[] = [];
  for (let cursor = ''; ; ) {
    const page = expectStatus(await who.client.get(`${path}${cursor}`), 200);
    items.push(...page.items);
    if (page.nextCursor == null) return items;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}
const idsOf = (items: readonly Json[]) => items.map(({ id }) => id as string);

const readers = [
  'cityHall',
  'street',
  'farStreet',
  'company',
  'farCompany',
  'desk',
  'farDesk',
  'manager',
  'steward',
  'committee',
] as const satisfies readonly (keyof People)[];

describe.each(readers)('%s', (name) => {
  it('is told each case within reach once, in every list, and no other', async () => {
    const who = world.people[name];
    const seen: typeof cases = [];
    for (const one of cases) {
      const { status } = await who.client.get(`/hotline/cases/${one.id}`);
      expect([200, 404]).toContain(status);
      if (status === 200) seen.push(one);
    }
    const own = seen.map(({ id }) => id).sort();
    const past = idsOf(await every(who, '/hotline/cases?queue=all&limit=2'));
    expect(past.toSorted()).toEqual(own);
    const byDue = await every(who, '/hotline/cases?limit=2');
    expect(idsOf(byDue).sort()).toEqual(own);
    const dues = byDue.map(({ holderDueAt, id }) => `${holderDueAt} ${id}`);
    expect(dues).toEqual(dues.toSorted());

    const { items: counts } = expectStatus(await who.client.get('/hotline/queues'), 200);
    for (const queue of QUEUES) {
      const listed = await every(who, `/hotline/cases?queue=${queue}&limit=2`);
      const counted = counts.find((one: Json) => one.queue === queue).count as number;
      // What is past is listed and not counted: the count of all is of what is open or waits for a second person.
      if (queue !== 'all') expect([queue, counted]).toEqual([queue, listed.length]);
    }

    const callbacks = await every(who, '/hotline/callbacks?limit=2');
    expect(callbacks.map(({ caseId }) => caseId as string).sort()).toEqual(
      seen.flatMap(({ id, wasCalledBack }) => (wasCalledBack ? [id] : [])).sort(),
    );
    const received = idsOf(await every(who, '/hotline/cases?figure=received&limit=2'));
    const replied = idsOf(await every(who, '/hotline/cases?figure=replied&limit=2'));
    for (const by of ['unit', 'street', 'topic']) {
      const { pooled } = expectStatus(await who.client.get(`/hotline/rates?by=${by}`), 200);
      expect(pooled.counts).toMatchObject({
        received: received.length,
        replied: replied.length,
        called: callbacks.length,
      });
    }
    const months = expectStatus(await who.client.get('/hotline/rates?by=month'), 200);
    expect(months.rows.at(-1).counts).toMatchObject({ received: received.length, called: callbacks.length });
  });
});

it('what others were called in to is theirs to see, open and past', async () => {
  const { farDesk, farCompany, farStreet } = world.people;
  for (const who of [farDesk, farCompany]) {
    expect(await every(who, '/hotline/cases?queue=all&limit=2')).toHaveLength(2);
    expect(await every(who, '/hotline/cases?queue=open&limit=2')).toHaveLength(1);
    expect(await every(who, '/hotline/callbacks?limit=2')).toHaveLength(1);
  }
  expect(await every(farStreet, '/hotline/cases?queue=all&limit=2')).toHaveLength(2);
});
