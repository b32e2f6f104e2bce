import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { addTo, commandsOf, connected, disconnect, passagesOf, type Thing } from './barriers/fixtures.ts';
import { forgetNotes } from './due.ts';
import { aGate, aMeasure, type TestGate } from './fixtures.ts';

/* A resident stands at the gate and asks; whoever keeps it says yes or no. */

let world: World;
beforeAll(async () => {
  world = await aWorld({ roles: 'api,devices', env: { GONGZHI_MQTT_PORT: '0' } });
});
afterEach(disconnect);
afterAll(() => world?.close());

const scope = () => `?scopeId=${world.near.compound}`;

describe('whoever asks from their phone', () => {
  let gate: TestGate;
  let barrier: Thing;
  let passId: string;
  const own = () => ({ scopeId: world.near.compound, householdId: world.home });
  beforeEach(async () => {
    world.clock.advance(11 * 60_000);
    gate = await aGate(world);
    barrier = await addTo(world, gate, 'barrier', '道闸 1');
    passId = expectStatus(await world.people.wang.client.post('/access/own/passes', own()), 200).id;
  });
  const asks = (more: Json = {}, who = world.people.wang) =>
    who.client.post('/access/own/openings', {
      scopeId: world.near.compound,
      gateId: gate.gate.id,
      passId,
      direction: 'in',
      ...more,
    });
  const answers = (id: string, body: Json, who = world.people.desk) =>
    who.client.post(`/access/openings/${id}/answer${scope()}`, body);
  const consent = { answer: 'consent', barrierId: null };
  const mine = async () =>
    expectStatus(await world.people.wang.client.get(`/access/own/openings${scope()}`), 200).items[0];

  test('is seen masked by whoever keeps the gate, and let in by their word alone', async () => {
    const { id, state } = expectStatus(await asks(), 201);
    expect(state).toBe('waiting');
    const { items } = expectStatus(await world.people.desk.client.get(`/access/openings${scope()}`), 200);
    const [one] = items;
    expect(one).toMatchObject({ id, gateName: '东门', direction: 'in', barriers: [{ label: '道闸 1' }] });
    expect(one.nameMasked).toMatch(/\*/);
    expect(one.place).toContain('601');
    expect(await passagesOf(world, gate)).toEqual([]);
    const listening = await connected(world, barrier);
    const guard = await world.aPerson('赵门岗', 'guard', world.near.department);
    const done = expectStatus(await answers(id, consent, guard), 200);
    expect(done).toMatchObject({ state: 'passed', outcome: 'pass', isBarrierOrdered: true, sentence: null });
    await expect.poll(() => listening.orders.length).toBe(1);
    // Said again by anybody, it is the same passage and the same order.
    expectStatus(await answers(id, consent), 200);
    expect(await passagesOf(world, gate)).toEqual([{ id, outcome: 'pass', decided_by: 'person' }]);
    expect(await commandsOf(world, barrier)).toMatchObject([{ cause: 'consent', passage_id: id }]);
    expect((await mine()).state).toBe('passed');
    expect((await answers(id, { answer: 'decline', reason: 'not_seen' })).body.code).toBe(
      'access.opening_over',
    );
  });

  test('is declined with a reason, gives up, or is not answered: nothing opens', async () => {
    const first = expectStatus(await asks(), 201);
    expect((await asks()).body.code).toBe('access.opening_waiting');
    expect(expectStatus(await answers(first.id, { answer: 'decline', reason: 'show_code' }), 200).state).toBe(
      'declined',
    );
    expect(await mine()).toMatchObject({ state: 'declined', declineReason: 'show_code' });
    expect((await answers(first.id, consent)).body.code).toBe('access.opening_over');
    const second = expectStatus(await asks(), 201);
    const path = `/access/own/openings/${second.id}/withdraw${scope()}`;
    expect((await world.people.fang.client.post(path)).status).toBe(404);
    expect(expectStatus(await world.people.wang.client.post(path), 200).state).toBe('withdrawn');
    expect((await answers(second.id, consent)).body.code).toBe('access.opening_over');
    const third = expectStatus(await asks(), 201);
    world.clock.advance(90_000);
    expect((await mine()).state).toBe('unanswered');
    expect((await answers(third.id, consent)).body.code).toBe('access.opening_over');
    expectStatus(await asks(), 201);
    expect(await passagesOf(world, gate)).toEqual([]);
    expect(await commandsOf(world, barrier)).toEqual([]);
  });

  test('may ask so often', async () => {
    for (let i = 0; i < 6; i++) {
      const { id } = expectStatus(await asks(), 201);
      expectStatus(await world.people.wang.client.post(`/access/own/openings/${id}/withdraw${scope()}`), 200);
    }
    const refused = await asks();
    expect([refused.status, refused.body.code, refused.body.params.limit]).toEqual([
      429,
      'access.too_many_openings',
      6,
    ]);
    world.clock.advance(10 * 60_000);
    expectStatus(await asks(), 201);
  });

  test('of yes and no at the same moment one counts', async () => {
    const { id } = expectStatus(await asks(), 201);
    const both = await Promise.all([
      answers(id, consent),
      answers(id, { answer: 'decline', reason: 'not_known' }, world.people.manager),
    ]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));
    const isIn = both[0].status === 200;
    expect(await passagesOf(world, gate)).toHaveLength(isIn ? 1 : 0);
    expect(await commandsOf(world, barrier)).toHaveLength(isIn ? 1 : 0);
  });

  test('with a pass that was stopped opens nothing, whoever says yes', async () => {
    const { id } = expectStatus(await asks(), 201);
    await world.admin.query(`update access.pass set status = 'suspended' where pass_id = $1`, [passId]);
    const done = expectStatus(await answers(id, consent), 200);
    expect(done).toMatchObject({ state: 'stopped', isBarrierOrdered: false });
    expect(done.sentence['zh-CN']).toBeTruthy();
    expect(await commandsOf(world, barrier)).toEqual([]);
    expect(await mine()).toMatchObject({ state: 'stopped' });
    const again = await asks();
    expect([again.status, again.body.code]).toEqual([409, 'access.opening_pass']);
    await world.admin.query(`update access.pass set status = 'active' where pass_id = $1`, [passId]);
  });

  test('is checked under the measures in force like everybody', async () => {
    const measure = await aMeasure(world, {
      temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refer', when: 'both' },
    });
    const { id } = expectStatus(await asks(), 201);
    const done = expectStatus(await answers(id, consent), 200);
    expect([done.state, done.outcome, done.isBarrierOrdered]).toEqual(['stopped', 'refer', false]);
    expectStatus(
      await world.people.street.client.post(`/access/measures/${measure.id}/commands${scope()}`, {
        action: 'end',
        expectedVersion: measure.version,
        reason: '试完了',
      }),
      200,
    );
  });

  test('has a pass of their own, and asks at a gate that is there', async () => {
    expect((await asks({}, world.people.fang)).status).toBe(404);
    expect((await asks({ gateId: randomUUID() })).body.code).toBe('access.place_unknown');
    expect((await asks({}, world.people.desk)).status).toBe(403);
    const out = await aGate(world, { direction: 'out' });
    expect((await asks({ gateId: out.gate.id })).body.code).toBe('access.place_unknown');
    const { id } = expectStatus(await asks(), 201);
    for (const who of [world.people.farDesk, world.people.farResident, world.people.wang])
      expect([403, 404]).toContain((await answers(id, consent, who)).status);
    // Of two barriers, which one.
    const second = await addTo(world, gate, 'barrier', '道闸 2');
    expect((await answers(id, consent)).body.code).toBe('access.barrier_unknown');
    expectStatus(await answers(id, { ...consent, barrierId: second.deviceId }), 200);
    expect([await commandsOf(world, barrier), (await commandsOf(world, second)).length]).toEqual([[], 1]);
  });

  test('at a gate without a barrier is let in all the same, by hand', async () => {
    const plain = await aGate(world);
    const { id } = expectStatus(await asks({ gateId: plain.gate.id }), 201);
    expect(expectStatus(await answers(id, consent), 200)).toMatchObject({
      state: 'passed',
      isBarrierOrdered: false,
    });
  });

  test('at a gate for vehicles the guard’s word is enough, and no more than that', async () => {
    const lane = await aGate(world, { kind: 'vehicle' });
    const { id } = expectStatus(await asks({ gateId: lane.gate.id }), 201);
    expect(expectStatus(await answers(id, consent), 200)).toMatchObject({
      state: 'passed',
      outcome: 'pass_report',
    });
    expect(await passagesOf(world, lane)).toEqual([{ id, outcome: 'pass_report', decided_by: 'person' }]);
    world.clock.advance(10 * 60_000);
    const second = expectStatus(await asks({ gateId: lane.gate.id }), 201);
    await world.admin.query(`update access.pass set status = 'suspended' where pass_id = $1`, [passId]);
    expect(expectStatus(await answers(second.id, consent), 200)).toMatchObject({ state: 'stopped' });
    await world.admin.query(`update access.pass set status = 'active' where pass_id = $1`, [passId]);
  });

  test('what was noted beside passages goes as long as its own place keeps them, and it is said', async () => {
    const day = 86_400_000;
    const boss = await world.aPerson('远经理', 'manager', world.far.department);
    const farWorld = { ...world, people: { ...world.people, manager: boss } } as World;
    const far = await aGate(farWorld, { scopeId: world.far.compound });
    const { id } = expectStatus(await asks(), 201);
    expectStatus(await answers(id, consent), 200);
    for (const { scopeId, gate: at } of [gate, far])
      await world.admin.query(
        `insert into access.gate_note (scope_id, note_id, gate_id, text_cipher, account_id, by_name, at) values ($1, $2, $3, '', $2, '', $4)`,
        [scopeId, randomUUID(), at.id, world.clock.now()],
      );
    await world.admin.query(
      `insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, 'access.passage_days', '2026-01-01', '7', '小区公约')`,
      [gate.scopeId],
    );
    const beside = async ({ scopeId }: TestGate) =>
      (
        await world.ask(
          `select (select count(*)::int from access.barrier_command where scope_id = $1) as orders,
             (select count(*)::int from access.gate_opening where scope_id = $1) as openings,
             (select count(*)::int from access.gate_note where scope_id = $1) as notes`,
          [scopeId],
        )
      )[0];
    const before = await beside(gate);
    expect(before).toMatchObject({ notes: 1 });
    expect(before.orders * before.openings).toBeGreaterThan(0);
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const { house } = world.server;
    const sweep = () =>
      runDueOnce({ worker: world.worker, sweeps: [forgetNotes], house, clock: world.clock, log });
    const certificates = (scopeId: string) =>
      world.ask(
        `select row_count::int as count, detail from access.destruction where scope_id = $1 and kind = 'note'`,
        [scopeId],
      );
    // Seven whole days of the place, the day it was not counted.
    const midnight = day - ((world.clock.now().getTime() + 8 * 3_600_000) % day);
    world.clock.advance(midnight + 7 * day - 60_000);
    await sweep();
    expect([await beside(gate), await certificates(gate.scopeId)]).toEqual([before, []]);
    world.clock.advance(60_000);
    await sweep();
    expect(await beside(gate)).toEqual({ orders: 0, openings: 0, notes: 0 });
    const said = { ...before, flags: 0, days: 7 };
    const count = before.orders + before.openings + before.notes;
    expect(await certificates(gate.scopeId)).toEqual([{ count, detail: said }]);
    // Once, and another place keeps its own for as long as it says.
    await sweep();
    expect(await certificates(gate.scopeId)).toHaveLength(1);
    expect([(await beside(far)).notes, await certificates(far.scopeId)]).toEqual([1, []]);
    world.clock.advance(23 * day);
    await sweep();
    expect((await beside(far)).notes).toBe(0);
    expect(await certificates(far.scopeId)).toMatchObject([{ count: 1, detail: { notes: 1, days: 30 } }]);
    const { street } = world.people;
    await world.admin.query('update identity.session set last_seen_at = $1, expires_at = $2', [
      world.clock.now(),
      new Date(world.clock.now().getTime() + day),
    ]);
    const listed = (await street.client.get(`/access/destructions?scopeId=${gate.scopeId}`)).body.items;
    const [{ id: certificate }] = listed.filter(({ kind }: Json) => kind === 'note');
    expect(
      expectStatus(
        await street.client.get(`/access/destructions/${certificate}?scopeId=${gate.scopeId}`),
        200,
      ),
    ).toMatchObject({ kind: 'note', count, ...said });
  });
});
