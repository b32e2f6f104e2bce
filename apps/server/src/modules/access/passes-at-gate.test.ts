import { createHmac } from 'node:crypto';
import { codeMessage, dateOfStep, PHONE_CODE, stepOf, writeCode } from '@gongzhi/gate';
import { HOUR } from '@gongzhi/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { DAY, expectStatus } from '../work-orders/fixtures.ts';
import { aGate, type TestGate } from './fixtures.ts';
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
    card: 'A0012345',
    validFrom: at(0),
  };
  expectStatus(await desk.client.post('/access/passes', card), 201);
  expect(await east.sees({ card: 'A0012345' })).toMatchObject({ outcome: 'pass', way: 'card' });
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
