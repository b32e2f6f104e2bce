import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { aGate, type TestGate } from './fixtures.ts';

/* Who comes to work is let in while the roster has them there: the roster is dispatch's, and told to the gate. */
let world: World;
let east: TestGate;
beforeAll(async () => {
  world = await aWorld();
  east = await aGate(world);
});
afterAll(() => world.close());

const shift = { from: 480, to: 1020 };
const body = (who: Somebody, more: Json = {}): Json => ({
  scopeId: world.near.compound,
  kind: 'staff',
  accountId: who.accountId,
  onShiftOnly: true,
  validFrom: world.clock.now().toISOString(),
  validTo: new Date(world.clock.now().getTime() + 30 * DAY).toISOString(),
  ...more,
});
const until = (local: string): void => {
  world.clock.advance(Date.parse(`2026-11-${local}+08:00`) - world.clock.now().getTime());
};
const shifts = async (): Promise<string[]> =>
  (await world.ask<{ from: Date }>('select from_at as from from access.work_shift order by from_at')).map(
    ({ from }) => from.toISOString(),
  );
const enters = async (code: string): Promise<string> => {
  const { outcome, say } = await east.sees({ code });
  return `${outcome} ${say}`;
};

it('lets in on shift and half an hour around it, asks a person otherwise, and follows what is changed', async () => {
  const { manager, desk, li } = world.people;
  const { pass, code } = expectStatus(await desk.client.post('/access/passes', body(li)), 201);
  expect(pass).toMatchObject({ onShiftOnly: true, name: li.name });
  // No roster at all: nobody knows, so a person is asked.
  expect(await enters(code)).toBe('refer off_shift');
  const pattern = { name: '白班', anchorOn: '2026-11-23', days: Array.from({ length: 7 }, () => shift) };
  const { id } = expectStatus(await manager.client.post('/dispatch/patterns', pattern), 201);
  const roster = { accountId: li.accountId, patternId: id, kind: 'duty', startsOn: '2026-11-23' };
  expectStatus(await manager.client.post('/dispatch/rosters', roster), 201);
  await expect.poll(shifts).toContain('2026-11-24T00:00:00.000Z');
  until('24T07:29:59');
  expect(await enters(code)).toBe('refer off_shift');
  until('24T07:30:00');
  expect(await enters(code)).toBe('pass welcome');
  until('24T17:29:59');
  expect(await enters(code)).toBe('pass welcome');
  until('24T17:30:00');
  expect(await enters(code)).toBe('refer off_shift');
  // Nobody is kept at work.
  expect((await east.sees({ code, direction: 'out' })).outcome).toBe('pass');
  const off = { accountId: li.accountId, kind: 'off', onDate: '2026-11-25', reason: '调休' };
  expectStatus(await manager.client.post('/dispatch/changes', off), 201);
  await expect.poll(shifts).not.toContain('2026-11-25T00:00:00.000Z');
  until('25T09:00:00');
  expect(await enters(code)).toBe('refer off_shift');
});

it('is for who works there, and somebody in particular', async () => {
  const { desk, farDesk, wang, li } = world.people;
  const refused = async (more: Json) => {
    const answer = await desk.client.post('/access/passes', body(li, more));
    return [answer.status, answer.body.fields?.[0]?.path];
  };
  expect(await refused({ accountId: undefined, name: '某人' })).toEqual([422, '/accountId']);
  expect(await refused({ accountId: wang.accountId })).toEqual([422, '/accountId']);
  expect(await refused({ accountId: farDesk.accountId })).toEqual([422, '/accountId']);
  expect(await refused({ kind: 'contractor', permitNumber: 'A1', authority: 'B' })).toEqual([
    422,
    '/accountId',
  ]);
  // Whoever is not bound to it passes whenever the pass holds.
  const free = expectStatus(await desk.client.post('/access/passes', body(li, { onShiftOnly: false })), 201);
  expect(await enters(free.code)).toBe('pass welcome');
});
