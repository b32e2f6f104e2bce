import { createHmac, randomUUID } from 'node:crypto';
import { codeMessage, dateOfStep, PHONE_CODE, stepOf, writeCode } from '@gongzhi/gate';
import { HOUR } from '@gongzhi/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { DAY, expectStatus } from '../work-orders/fixtures.ts';
import { aGate, aPass, type TestGate } from './fixtures.ts';
import { dayKeyOf } from './tables-passes.ts';

/** What was given out at home and at the desk, shown at two gates. */
let world: World;
let east: TestGate;
let west: TestGate;
beforeAll(async () => {
  world = await aWorld();
  east = await aGate(world);
  west = await aGate(world, { name: '西门' });
});
afterAll(() => world.close());

const scope = () => `?scopeId=${world.near.compound}`;
const home = () => ({ scopeId: world.near.compound, householdId: world.home });
const at = (more: number) => new Date(world.clock.now().getTime() + more).toISOString();
const guestOf = async (more: Json = {}): Promise<Json> =>
  expectStatus(
    await world.people.wang.client.post('/access/invitations', {
      ...home(),
      kind: 'visitor',
      name: '赵客人',
      validFrom: at(0),
      validTo: at(4 * HOUR),
      entries: 1,
      ...more,
    }),
    201,
  );

/** As the phone makes it: of the secret it was given, for this half minute. */
function codeOn(phone: Json): string {
  const step = stepOf(world.clock.now().getTime());
  const date = dateOfStep(step, phone.timeZone);
  const key = dayKeyOf(Buffer.from(phone.secret, 'base64'), phone.scopeId, date);
  const message = codeMessage(PHONE_CODE, phone.ref, step);
  return writeCode(message, createHmac('sha256', key).update(message).digest());
}

it('a phone’s code opens the gate; once there is another phone, the first one’s does not; put on hold, none does', async () => {
  const { wang, manager } = world.people;
  const pass = expectStatus(await wang.client.post('/access/own/passes', home()), 200);
  const key = `/access/own/passes/${pass.id}/key${scope()}`;
  const first = expectStatus(await wang.client.post(key), 200);
  expect(await east.sees({ code: codeOn(first) })).toMatchObject({ outcome: 'pass', say: 'welcome' });
  const second = expectStatus(await wang.client.post(key), 200);
  world.clock.advance(30_000);
  expect(await east.sees({ code: codeOn(first) })).toMatchObject({ outcome: 'refuse', say: 'code_forged' });
  expect(await west.sees({ code: codeOn(second) })).toMatchObject({ outcome: 'pass' });
  expect(await west.sees({ text: second.digits })).toMatchObject({ outcome: 'pass', way: 'six_digits' });
  expectStatus(
    await manager.client.post(`/access/passes/${pass.id}/commands${scope()}`, {
      action: 'suspend',
      expectedVersion: second.version,
      reason: '手机丢了',
    }),
    200,
  );
  world.clock.advance(30_000);
  expect(await east.sees({ code: codeOn(second) })).toMatchObject({
    outcome: 'refer',
    say: 'pass_suspended',
  });
  // Nobody is kept inside for want of a pass.
  world.clock.advance(30_000);
  expect(await east.sees({ direction: 'out', code: codeOn(second) })).toMatchObject({ outcome: 'pass' });
});

it('one invitation shown at two gates in the same second lets one in, and the home sees who came', async () => {
  const { wang, fang, chen } = world.people;
  const { pass, code } = await guestOf();
  const both = await Promise.all([east.sees({ code }), west.sees({ code })]);
  expect(both.map(({ outcome }) => String(outcome)).sort((a, b) => a.localeCompare(b))).toEqual([
    'pass',
    'refuse',
  ]);
  expect(both.find(({ outcome }) => outcome === 'refuse').say).toBe('pass_used_up');
  const listed = expectStatus(await wang.client.get(`/access/invitations${scope()}`), 200).items;
  expect(listed.find((one: Json) => one.pass.id === pass.id).pass).toMatchObject({
    state: 'used_up',
    entriesUsed: 1,
  });
  const visits = expectStatus(await fang.client.get(`/access/visits${scope()}`), 200).items;
  expect(visits).toMatchObject([{ passId: pass.id, direction: 'in', name: '赵**' }]);
  expect(['东门', '西门']).toContain(visits[0].gateName);
  expect((await chen.client.get(`/access/visits${scope()}`)).body.items).toEqual([]);
});

it('a guest comes in by digits or plate, not before the time, and not after being taken back', async () => {
  const { fang } = world.people;
  const { pass, digits } = await guestOf({ entries: 3, plate: '京AD88888' });
  expect(await east.sees({ text: digits })).toMatchObject({ outcome: 'pass', way: 'six_digits' });
  expect(await east.sees({ plate: '京ad88888' })).toMatchObject({ outcome: 'pass', way: 'plate' });
  expectStatus(await fang.client.post(`/access/invitations/${pass.id}/revoke${scope()}`), 200);
  expect((await east.sees({ text: digits })).outcome).toBe('refuse');
  const later = await guestOf({ validFrom: at(HOUR), validTo: at(2 * HOUR) });
  expect(await east.sees({ code: later.code })).toMatchObject({ outcome: 'refuse', say: 'pass_not_yet' });
  world.clock.advance(HOUR);
  expect((await east.sees({ code: later.code })).outcome).toBe('pass');
});

it('somebody who helps comes on her days and at her hours', async () => {
  // Monday, past eleven in the morning in Beijing.
  const { code } = await guestOf({
    kind: 'helper',
    name: '杨阿姨',
    entries: undefined,
    validTo: at(30 * DAY),
    hours: [{ days: [2], fromMinute: 480, toMinute: 720 }],
  });
  expect(await east.sees({ code })).toMatchObject({ outcome: 'refuse', say: 'wrong_hour' });
  world.clock.set(new Date('2026-11-24T00:00:00Z'));
  expect((await east.sees({ code })).outcome).toBe('pass');
  world.clock.set(new Date('2026-11-24T04:00:00Z'));
  expect((await east.sees({ code })).say).toBe('wrong_hour');
});

it('a card opens, and a plate on the list does not until its day is over', async () => {
  const { desk, manager, fang } = world.people;
  const people = expectStatus(await desk.client.get(`/people?q=${fang.phone}`), 200).items;
  const card = {
    scopeId: world.near.compound,
    kind: 'card',
    householdId: world.home,
    personId: people[0].id,
    card: 'a-0012345',
    validFrom: at(0),
  };
  expectStatus(await desk.client.post('/access/passes', card), 201);
  // However it was typed, and however a reader says it.
  for (const read of ['A-0012345', ' a-0012345 '])
    expect(await east.sees({ card: read })).toMatchObject({ outcome: 'pass', way: 'card' });
  await guestOf({ entries: 5, plate: '京B70913', validTo: at(50 * HOUR) });
  expect((await east.sees({ plate: '京B70913' })).outcome).toBe('pass');
  expectStatus(
    await manager.client.post('/access/list-entries', {
      scopeId: world.near.compound,
      kind: 'deny',
      plate: '京B70913',
      reason: '多次尾随进楼',
      authority: '物业项目部',
      endsAt: at(DAY),
    }),
    201,
  );
  expect(await east.sees({ plate: '京B70913' })).toMatchObject({ outcome: 'refuse', say: 'denied' });
  world.clock.advance(DAY);
  expect((await east.sees({ plate: '京B70913' })).outcome).toBe('pass');
});

it('nobody is kept inside by a bad code: out goes whoever shows one as one without, and nobody’s way is written down', async () => {
  const pass = await aPass(world);
  const now = world.clock.now();
  const code = pass.code(now);
  expect(await east.sees({ code })).toMatchObject({ outcome: 'pass' });
  const nobodys = writeCode(codeMessage(1, '0123456789abcdef', stepOf(now.getTime())), Buffer.alloc(10));
  for (const [shown, fault] of [
    [{ code }, 'code_replayed'],
    [{ code: pass.code(new Date(now.getTime() - 90_000)) }, 'code_expired'],
    [{ code: pass.code(now, Buffer.alloc(32)) }, 'code_forged'],
    [{ code: nobodys }, 'pass_unknown'],
    [{ text: 'x'.repeat(60) }, 'code_malformed'],
    [{ card: 'NOBODYS' }, 'pass_unknown'],
  ] as const) {
    const id = randomUUID();
    expect(await east.sees({ id, direction: 'out', ...shown })).toMatchObject({
      outcome: 'pass_report',
      say: 'goodbye',
      ref: null,
      failed: [{ code: fault, outcome: 'pass_report' }],
    });
    expect(await world.ask(`select pass_id from access.passage where passage_id = $1`, [id])).toEqual([
      { pass_id: null },
    ]);
    expect((await east.sees(shown)).say).toBe(fault);
  }
});

it('opens the compound’s gates and the doors of one’s own building, as a guest’s does', async () => {
  const { chen } = world.people;
  const [{ building_id: own }] = await world.ask(
    `select building_id from places.household where household_id = $1`,
    [world.near.households['3-2-102']],
  );
  const other = randomUUID();
  await world.ask(
    `insert into places.building select (jsonb_populate_record(b, $2)).* from places.building b where b.building_id = $1`,
    [own, JSON.stringify({ building_id: other, name: '9号楼' })],
  );
  const theirs = { scopeId: world.near.compound, householdId: world.near.households['3-2-102'] };
  const [pass, twin] = await Promise.all([
    chen.client.post('/access/own/passes', theirs),
    chen.client.post('/access/own/passes', theirs),
  ]);
  // Asked for twice at once, it is one.
  expect(expectStatus(twin, 200).id).toBe(expectStatus(pass, 200).id);
  const phone = expectStatus(await chen.client.post(`/access/own/passes/${pass.body.id}/key${scope()}`), 200);
  const seenAt = async (gate: TestGate) => {
    world.clock.advance(30_000);
    return (await gate.sees({ code: codeOn(phone) })).say;
  };
  const door = await aGate(world, { name: '单元门', kind: 'pedestrian', buildingId: own });
  const neighbours = await aGate(world, { name: '邻楼门', kind: 'pedestrian', buildingId: other });
  expect([await seenAt(east), await seenAt(door), await seenAt(neighbours)]).toEqual([
    'welcome',
    'welcome',
    'wrong_building',
  ]);
});

it('whoever moved in since is not kept from home by an entry from before, nor is their car', async () => {
  const { manager, desk, fang } = world.people;
  const plate = '京D70916';
  const entry = {
    scopeId: world.near.compound,
    kind: 'deny',
    reason: '多次尾随进楼',
    authority: '物业项目部',
  };
  const denied = (more: Json) =>
    manager.client.post('/access/list-entries', { ...entry, endsAt: at(DAY), ...more });
  expectStatus(await denied({ plate }), 201);
  expect(await east.sees({ plate })).toMatchObject({ outcome: 'refuse', say: 'denied' });
  const car = {
    scopeId: world.near.compound,
    kind: 'vehicle',
    vehicleKind: 'resident',
    plate,
    validFrom: at(0),
  };
  expectStatus(await desk.client.post('/access/passes', { ...car, householdId: world.home }), 201);
  expect(await east.sees({ plate })).toMatchObject({ outcome: 'pass', say: 'welcome' });
  expect((await denied({ plate })).body).toMatchObject({ code: 'access.entry_invalid' });
  // A person, as they were listed before they lived here.
  const [person] = expectStatus(await desk.client.get(`/people?q=${fang.phone}`), 200).items;
  const card = {
    scopeId: world.near.compound,
    householdId: world.home,
    personId: person.id,
    validFrom: at(0),
  };
  expectStatus(await desk.client.post('/access/passes', { ...card, kind: 'card', card: 'B-77' }), 201);
  await world.ask(
    `insert into access.list_entry select (jsonb_populate_record(l, $2)).* from access.list_entry l where l.plate_index is not null and l.scope_id = $1 limit 1`,
    [
      world.near.compound,
      JSON.stringify({
        entry_id: randomUUID(),
        subject_kind: 'person',
        subject_id: person.id,
        plate_index: null,
        starts_at: at(-1000),
        ends_at: at(DAY),
        lifted_at: null,
      }),
    ],
  );
  expect(await east.sees({ card: 'B-77' })).toMatchObject({ outcome: 'pass' });
});

it('a plate on the list is refused though no pass bears it, in this compound and until its day', async () => {
  const { manager } = world.people;
  const plate = '京C70914';
  expect((await east.sees({ plate })).outcome).toBe('refer');
  expectStatus(
    await manager.client.post('/access/list-entries', {
      scopeId: world.near.compound,
      kind: 'deny',
      plate,
      reason: '多次尾随进楼',
      authority: '物业项目部',
      endsAt: at(DAY),
    }),
    201,
  );
  expect(await east.sees({ plate })).toMatchObject({ outcome: 'refuse', say: 'denied' });
  expect((await east.sees({ plate: '京C70915' })).outcome).toBe('refer');
  world.clock.advance(DAY);
  expect((await east.sees({ plate })).outcome).toBe('refer');
});
