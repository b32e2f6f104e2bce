import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { localDate } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { due } from './due.ts';
import { aGate, aMeasure, aPass, type TestGate } from './fixtures.ts';
import { openWhy } from './service-passages.ts';

/** What becomes of passages: seen, searched, overridden, verified, destroyed. */

const DAY = 86_400_000;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
let world: World;
/** A service of health codes that is as a test wants it: well, slow, wrong or absent. */
let service: Server;
let behaves: 'well' | 'slow' | 'wrong' | 'absent' = 'well';
let colour = 'green';

beforeAll(async () => {
  service = createServer((request, response) => {
    request.resume().on('end', () => {
      if (behaves === 'absent') response.destroy();
      else if (behaves === 'wrong') response.end('{"code": {"colour": "blue"}}');
      else {
        const facts = {
          code: { colour, asOf: world.clock.now().getTime() },
          test: null,
          vaccination: null,
          travel: null,
        };
        if (behaves === 'slow') setTimeout(() => response.end(JSON.stringify(facts)), 1_000).unref();
        else response.end(JSON.stringify(facts));
      }
    });
  });
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
  const { port } = service.address() as AddressInfo;
  world = await aWorld({
    env: { GONGZHI_HEALTH_CODES: `http://127.0.0.1:${port}`, GONGZHI_HEALTH_CODES_KEY: 'key' },
  });
});
afterAll(async () => {
  await world.close();
  service.closeAllConnections();
  service.close();
});
const later = (seconds: number) => world.clock.advance(seconds * 1_000);
const sweep = () =>
  runDueOnce({
    worker: world.worker,
    sweeps: due,
    house: world.server.house,
    clock: world.clock,
    log: quiet,
  });
/** Weeks pass, and nobody has to sign in anew. */
const stillSignedIn = () =>
  world.admin.query('update identity.session set last_seen_at = $1, expires_at = $2', [
    world.clock.now(),
    new Date(world.clock.now().getTime() + 30 * DAY),
  ]);
const of = (gate: TestGate) => `gateId=${gate.gate.id}&scopeId=${gate.scopeId}`;
const report = async (gate: TestGate) =>
  (await world.people.manager.client.get(`/access/gates/${gate.gate.id}/chain?scopeId=${gate.scopeId}`)).body;

describe('the page of passages', () => {
  it('shows who went through, the newest first, by pages that lose nobody of the same instant', async () => {
    const gate = await aGate(world);
    const pass = await aPass(world, { name_masked: '王*国' });
    await gate.sends(Array.from({ length: 7 }, () => ({ id: randomUUID(), direction: 'out' })));
    later(1);
    await gate.sees({ code: pass.code(world.clock.now()) });
    const { desk } = world.people;
    const first = (await desk.client.get(`/access/passages?limit=5&${of(gate)}`)).body;
    const rest = (await desk.client.get(`/access/passages?limit=5&${of(gate)}&cursor=${first.nextCursor}`))
      .body;
    const all = [...first.items, ...rest.items];
    expect(all.map(({ seq }) => seq)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(all[0]).toMatchObject({
      name: '王*国',
      outcome: 'pass',
      way: 'code',
      sentence: null,
      isErased: false,
    });
    expect(rest.nextCursor).toBeNull();
    // Of all gates together, and of another day.
    const every = (await desk.client.get(`/access/passages?limit=100&scopeId=${gate.scopeId}`)).body.items;
    expect(every.length).toBeGreaterThanOrEqual(8);
    const other = await desk.client.get(`/access/passages?${of(gate)}&day=2026-01-01`);
    expect(other.body.items).toEqual([]);
    expect((await desk.client.get(`/access/passages?${of(gate)}&day=2026-02-30`)).status).toBe(422);
    const now = world.clock.now().toISOString();
    const cursors = [
      'x',
      ...[
        [now, '-'.repeat(36), 1],
        [now, gate.gate.id, 1e30],
        ['+275000-01-01T00:00:00Z', gate.gate.id, 1],
      ].map((position) => Buffer.from(JSON.stringify(position)).toString('base64url')),
    ];
    for (const cursor of cursors)
      expect((await desk.client.get(`/access/passages?${of(gate)}&cursor=${cursor}`)).status).toBe(422);
  });

  it('shows who was stopped and why, counts by the hour, and nothing to those elsewhere', async () => {
    const gate = await aGate(world);
    await gate.sees({ code: 'something long that is certainly no code at all' });
    await gate.sees({ direction: 'out' });
    const { desk, farDesk, wang } = world.people;
    const stopped = (await desk.client.get(`/access/passages?stopped=true&${of(gate)}`)).body.items;
    expect(stopped).toMatchObject([{ outcome: 'refuse', sentence: { en: 'Not a code of this compound' } }]);
    const flow = (await desk.client.get(`/access/flow?scopeId=${gate.scopeId}`)).body;
    const {
      entries,
      exits,
      stopped: stops,
    } = flow.hours.find(({ gateId }: { gateId: string }) => gateId === gate.gate.id);
    expect([entries, exits, stops]).toEqual([0, 1, 1]);
    expect((await farDesk.client.get(`/access/passages?${of(gate)}`)).status).toBe(404);
    expect((await wang.client.get(`/access/passages?${of(gate)}`)).status).toBe(403);
  });

  it('looks one person up with a purpose only, and keeps who looked and why', async () => {
    const gate = await aGate(world);
    const pass = await aPass(world);
    await gate.sees({ code: pass.code(world.clock.now()) });
    const today = '2026-11-23';
    const body = { scopeId: gate.scopeId, passId: pass.id, purpose: '寻人', from: today, to: today };
    const { manager, desk } = world.people;
    expect((await desk.client.post('/access/passages/search', body)).status).toBe(403);
    expect((await manager.client.post('/access/passages/search', { ...body, purpose: ' ' })).status).toBe(
      422,
    );
    expect(
      (await manager.client.post('/access/passages/search', { ...body, from: '2026-10-01' })).status,
    ).toBe(422);
    const found = await manager.client.post('/access/passages/search', body);
    expect(found.body.items).toHaveLength(1);
    const kept = await world.ask(
      `select account_id, detail ->> 'purpose' as purpose from platform.audit where action = 'passage.searched' and object_id = $1`,
      [pass.id],
    );
    expect(kept).toEqual([{ account_id: manager.accountId, purpose: '寻人' }]);
  });
});

describe('an override', () => {
  it('is for whoever may speak for every check in the way, once, soon, with a reason', async () => {
    const gate = await aGate(world);
    const measure = await aMeasure(world, {
      temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refuse', when: 'in' },
    });
    const pass = await aPass(world);
    const stopped = await gate.sees({ code: pass.code(world.clock.now()), temperature: 38 });
    expect(stopped).toMatchObject({ outcome: 'refuse', overriders: ['manager', 'committee'] });
    const path = `/access/gates/${gate.gate.id}/overrides?scopeId=${gate.scopeId}`;
    const body = (id = randomUUID()) => ({ id, passageId: stopped.id, reason: '复测 36.8' });
    const { desk, manager, farDesk } = world.people;
    expect((await desk.client.post(path, body())).body.code).toBe('access.override_not_yours');
    expect((await farDesk.client.post(path, body())).status).toBe(404);
    expect((await manager.client.post(path, { ...body(), reason: ' ' })).status).toBe(422);
    expect((await manager.client.post(path, { ...body(), passageId: randomUUID() })).body.code).toBe(
      'access.nothing_to_override',
    );
    const one = body();
    const both = await Promise.all([manager.client.post(path, one), manager.client.post(path, body())]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    const done = both.find(({ status }) => status === 200)!.body;
    expect(done).toMatchObject({ outcome: 'pass_report', status: 'decided' });
    const rows = (await manager.client.get(`/access/passages?${of(gate)}`)).body.items;
    expect(rows[0]).toMatchObject({
      decidedBy: 'person',
      overrideOf: stopped.id,
      reason: '复测 36.8',
      outcome: 'pass_report',
    });
    later(16 * 60);
    expect((await manager.client.post(path, body())).body.code).toBe('access.nothing_to_override');
    await world.people.street.client.post(`/access/measures/${measure.id}/commands?scopeId=${gate.scopeId}`, {
      action: 'end',
      expectedVersion: 1,
      reason: '结束',
    });
    expect((await report(gate)).faults).toEqual([]);
  });
});

describe('the service of health codes', () => {
  it('is asked, believed for a while, and when it is slow, wrong or absent the measure says what happens', async () => {
    const gate = await aGate(world);
    const measure = await aMeasure(
      world,
      { health_code: { yellow: 'refer', red: 'refuse', popup: 'pass_report', entryDays: 21, when: 'in' } },
      { onNoAnswer: { kind: 'last_known', maxAgeMinutes: 60 }, answerWithinMilliseconds: 250 },
    );
    const pass = await aPass(world);
    const says = async () => {
      later(30);
      const { outcome, say } = await gate.sees({ code: pass.code(world.clock.now()) });
      return `${outcome} ${say}`;
    };
    expect(await says()).toBe('pass welcome');
    // Believed for half an hour, whatever it would say now.
    colour = 'red';
    expect(await says()).toBe('pass welcome');
    later(31 * 60);
    expect(await says()).toBe('refuse health_red');
    colour = 'green';
    later(31 * 60);
    for (const fault of ['slow', 'wrong', 'absent'] as const) {
      behaves = fault;
      // The last known is red, and young enough.
      expect([fault, await says()]).toEqual([fault, 'refuse health_red']);
    }
    later(60 * 60);
    behaves = 'absent';
    expect(await says()).toBe('refer health_kept_too_old');
    behaves = 'well';
    expect(await says()).toBe('pass welcome');
    // What was known lies sealed, and the passage says where it came from without saying what.
    const [row] = await world.ask(`select facts_cipher from access.health_fact where pass_id = $1`, [
      pass.id,
    ]);
    expect(row.facts_cipher.toString('utf8')).not.toContain('green');
    await world.people.street.client.post(`/access/measures/${measure.id}/commands?scopeId=${gate.scopeId}`, {
      action: 'end',
      expectedVersion: 1,
      reason: '结束',
    });
  });
});

describe('the chain', () => {
  it('shows a row that was altered, or taken away, by whoever owns the database', async () => {
    const gate = await aGate(world);
    for (let i = 0; i < 5; i++) await gate.sees({ direction: 'out' });
    expect(await report(gate)).toEqual({
      checked: 5,
      from: 1,
      until: 5,
      end: 5,
      next: null,
      destroyedAt: null,
      faults: [],
    });
    await world.admin.query(`update access.passage set outcome = 'refuse' where gate_id = $1 and seq = 2`, [
      gate.gate.id,
    ]);
    await world.admin.query(`delete from access.passage where gate_id = $1 and seq = 4`, [gate.gate.id]);
    expect((await report(gate)).faults).toEqual([
      { kind: 'altered', seq: 2, part: 'row' },
      { kind: 'missing', seq: 3, part: null },
    ]);
  });
});

describe('what time destroys', () => {
  it('a measure’s reasons and health data go when their time is over, the passages stay whole, and it is written down', async () => {
    const gate = await aGate(world);
    const pass = await aPass(world);
    const measure = await aMeasure(
      world,
      {
        temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refuse', when: 'in' },
        health_code: { yellow: 'refer', red: 'refuse', popup: 'refer', entryDays: 21, when: 'in' },
      },
      { retentionDays: 2, endsAt: new Date(world.clock.now().getTime() + DAY).toISOString() },
    );
    expect(await gate.sees({ code: pass.code(world.clock.now()), temperature: 38 })).toMatchObject({
      outcome: 'refuse',
    });
    const health = () => world.ask(`select 1 from access.health_fact where pass_id = $1`, [pass.id]);
    const day = localDate(world.clock.now().getTime());
    const first = async () =>
      (await world.people.manager.client.get(`/access/passages?${of(gate)}&day=${day}`)).body.items;
    expect((await first())[0]).toMatchObject({ sentence: { en: 'Temperature high, please wait' } });
    const [{ count }] = await world.ask(
      `select count(*)::int as count from access.health_fact where scope_id = $1`,
      [gate.scopeId],
    );
    world.clock.advance(3 * DAY - 1_000);
    await sweep();
    expect(await health()).toHaveLength(1);
    world.clock.advance(2_000);
    await sweep();
    expect(await health()).toHaveLength(0);
    expect((await first())[0]).toMatchObject({ outcome: 'refuse', sentence: null, isErased: true });
    expect(await report(gate)).toMatchObject({ checked: 1, faults: [] });
    const { body } = await world.people.street.client.get(`/access/measures?scopeId=${gate.scopeId}`);
    expect(body.items.find(({ id }: { id: string }) => id === measure.id).state).toBe('wiped');
    const gone = await world.people.street.client.get(`/access/destructions?scopeId=${gate.scopeId}`);
    expect(gone.body.items).toContainEqual(
      expect.objectContaining({ kind: 'measure', documentNo: measure.documentNo, count: count + 1 }),
    );
  });

  it('health data go with the last measure that asks for health, whatever else is measured on', async () => {
    const gate = await aGate(world);
    const pass = await aPass(world);
    const until = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString();
    const green = { yellow: 'refer', red: 'refuse', popup: 'refer', entryDays: 21, when: 'in' } as const;
    const warm = { limitTenths: 373, counts: 'at_limit', otherwise: 'refer', when: 'in' } as const;
    const more = (days: number) => ({ retentionDays: 1, endsAt: until(days) });
    await aMeasure(world, { temperature: warm }, more(9));
    await aMeasure(world, { health_code: green }, more(1));
    await aMeasure(world, { temperature: warm, health_code: green }, more(4));
    await gate.sees({ code: pass.code(world.clock.now()), temperature: 36.5 });
    const health = () => world.ask(`select 1 from access.health_fact where pass_id = $1`, [pass.id]);
    expect(await health()).toHaveLength(1);
    world.clock.advance(2 * DAY + 1_000);
    await sweep();
    expect(await health()).toHaveLength(1);
    world.clock.advance(3 * DAY);
    await sweep();
    expect(await health()).toHaveLength(0);
    await stillSignedIn();
  });

  it('of who goes on an urgent trip nothing is kept that no measure would ever destroy', async () => {
    const gate = await aGate(world);
    const pass = await aPass(world);
    expectStatus(
      await world.people.manager.client.post('/access/list-entries', {
        scopeId: gate.scopeId,
        kind: 'watch',
        passId: pass.id,
        reason: '请留意',
        authority: '物业项目部',
        endsAt: new Date(world.clock.now().getTime() + DAY).toISOString(),
      }),
      201,
    );
    const trip = { direction: 'out', urgent: 'dialysis', temperature: 39.1, mask: false };
    const id = randomUUID();
    expect(await gate.sees({ id, code: pass.code(world.clock.now()), ...trip })).toMatchObject({
      say: 'urgent',
    });
    const [row] = await world.ask(`select policy_ids, why_cipher from access.passage where passage_id = $1`, [
      id,
    ]);
    expect(row.policy_ids).toEqual([]);
    expect(openWhy(world.server.house.crypto, id, row.why_cipher)).toMatchObject({
      say: 'urgent',
      lists: [expect.any(String)],
      temperatureTenths: null,
      mask: null,
      health: null,
    });
  });

  it('a day of passages goes as a whole after its time, and each chain goes on from its certificate', async () => {
    const gate = await aGate(world);
    await gate.sees({ direction: 'out' });
    await gate.sees({ direction: 'out' });
    world.clock.advance(DAY);
    await gate.sees({ direction: 'out' });
    world.clock.advance(29 * DAY);
    await stillSignedIn();
    await sweep();
    expect(await report(gate)).toMatchObject({ checked: 3 });
    world.clock.advance(DAY);
    await sweep();
    expect(await report(gate)).toMatchObject({
      checked: 1,
      from: 3,
      until: 3,
      destroyedAt: expect.any(String),
      faults: [],
    });
    // Somebody passes on, and the chain is one.
    await gate.sees({ direction: 'out' });
    expect(await report(gate)).toMatchObject({ checked: 2, faults: [] });
  });

  it('codes that were used are forgotten when no gate can bring them any more', async () => {
    const gate = await aGate(world);
    const pass = await aPass(world);
    await gate.sees({ code: pass.code(world.clock.now()) });
    const uses = () => world.ask('select 1 from access.code_use where ref = $1', [pass.ref]);
    expect(await uses()).toHaveLength(1);
    // A gate that was without a line for days finds it still.
    world.clock.advance(7 * DAY);
    await sweep();
    expect(await uses()).toHaveLength(1);
    world.clock.advance(DAY + 1_000);
    await sweep();
    expect(await uses()).toHaveLength(0);
  });
});
