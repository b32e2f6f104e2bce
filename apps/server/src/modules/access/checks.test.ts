import { randomUUID } from 'node:crypto';
import { codeMessage, stepOf, writeCode } from '@gongzhi/gate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { aGate, aMeasure, aPass, measureBody, type TestGate } from './fixtures.ts';

let world: World;
let gate: TestGate;
beforeAll(async () => {
  world = await aWorld();
  gate = await aGate(world);
});
afterAll(() => world.close());
const later = (seconds: number) => world.clock.advance(seconds * 1_000);

describe('at a gate without a measure', () => {
  it('a resident’s code opens it once, in both languages', async () => {
    const pass = await aPass(world);
    const code = pass.code(world.clock.now());
    expect(await gate.sees({ code })).toMatchObject({
      status: 'decided',
      outcome: 'pass',
      say: 'welcome',
      sentence: { 'zh-CN': '请进', en: 'Please come in' },
      remedy: null,
      failed: [],
      ref: pass.ref,
      way: 'code',
    });
    expect(await gate.sees({ code })).toMatchObject({ outcome: 'refuse', say: 'code_replayed' });
    later(30);
    expect(await gate.sees({ code: pass.code(world.clock.now()) })).toMatchObject({ outcome: 'pass' });
  });

  it('the same number twice is one passage, with the same answer', async () => {
    const pass = await aPass(world);
    const said = { id: randomUUID(), direction: 'in', code: pass.code(world.clock.now()) };
    const first = (await gate.sends([said])).body.results[0];
    later(120);
    const again = (await gate.sends([said, said])).body.results;
    expect(
      again.map((one: { seq: number; status: string; outcome: string }) => [
        one.status,
        one.outcome,
        one.seq,
      ]),
    ).toEqual([
      ['repeated', 'pass', first.seq],
      ['repeated', 'pass', first.seq],
    ]);
    // A day later as well: an unacknowledged one waits in a device that was off.
    later(26 * 3_600);
    expect(
      (await gate.sends([{ ...said, at: new Date(Date.parse(first.recordedAt)).toISOString() }])).body
        .results[0],
    ).toMatchObject({
      status: 'repeated',
      seq: first.seq,
    });
  });

  it('a code that is old, early, forged, changed or nobody’s is told apart', async () => {
    const pass = await aPass(world);
    const now = world.clock.now();
    const shifted = (seconds: number) => pass.code(new Date(now.getTime() + seconds * 1_000));
    const says = async (code: string) => (await gate.sees({ code })).say;
    expect(await says(shifted(-90))).toBe('code_expired');
    expect(await says(shifted(90))).toBe('code_not_yet');
    expect(await says(pass.code(now, Buffer.alloc(32)))).toBe('code_forged');
    expect(
      await says(writeCode(codeMessage(1, '0123456789abcdef', stepOf(now.getTime())), Buffer.alloc(10))),
    ).toBe('pass_unknown');
    const whole = pass.code(now);
    expect(await says(`${whole.slice(0, -1)}${whole.endsWith('0') ? '4' : '0'}`)).toMatch(
      /code_(forged|malformed)/,
    );
    // Nothing of that used it up.
    expect(await says(whole)).toBe('welcome');
  });

  it('whoever has nothing with them is a person’s to hear, and nobody is kept inside', async () => {
    expect(await gate.sees({})).toMatchObject({
      outcome: 'refer',
      say: 'no_pass',
      overriders: ['guard', 'desk', 'manager'],
    });
    expect(await gate.sees({ direction: 'out' })).toMatchObject({ outcome: 'pass', say: 'goodbye' });
  });

  it('a suspended, an ended and another compound’s pass', async () => {
    const now = world.clock.now();
    const suspended = await aPass(world, { status: 'suspended' });
    const over = await aPass(world, { valid_to: now.toISOString() });
    const foreign = await aPass(world, {}, world.far.compound);
    expect(await gate.sees({ code: suspended.code(now) })).toMatchObject({
      outcome: 'refer',
      say: 'pass_suspended',
    });
    expect(await gate.sees({ code: over.code(now) })).toMatchObject({ outcome: 'refuse', say: 'pass_over' });
    expect(await gate.sees({ code: foreign.code(now) })).toMatchObject({
      outcome: 'refer',
      say: 'pass_unknown',
    });
  });

  it('a pass that is withdrawn opens nothing from that moment', async () => {
    const pass = await aPass(world);
    expect(await gate.sees({ code: pass.code(world.clock.now()) })).toMatchObject({ outcome: 'pass' });
    await world.admin.query(`update access.pass set status = 'revoked' where pass_id = $1`, [pass.id]);
    later(30);
    expect(await gate.sees({ code: pass.code(world.clock.now()) })).toMatchObject({
      outcome: 'refuse',
      say: 'pass_revoked',
    });
  });
});

describe('races', () => {
  it('a visitor’s one entry at two gates in the same second lets exactly one in', async () => {
    const other = await aGate(world);
    for (let round = 0; round < 5; round++) {
      const crypto = world.server.house.crypto;
      const digits = String(100_000 + Math.floor(round * 7_919));
      await aPass(world, {
        kind: 'visitor',
        entries_allowed: 1,
        six_digits_index: `\\x${crypto.scopeIndex(world.near.compound, 'gate_six_digits', digits).toString('hex')}`,
      });
      const both = await Promise.all([gate.sees({ code: digits }), other.sees({ code: digits })]);
      expect(both.map(({ outcome, say }) => `${outcome} ${say}`).sort()).toEqual([
        'pass welcome',
        'refuse pass_used_up',
      ]);
    }
  });

  it('a phone’s code at two gates in the same second as well', async () => {
    const other = await aGate(world);
    for (let round = 0; round < 5; round++) {
      const code = (await aPass(world)).code(world.clock.now());
      const both = await Promise.all([gate.sees({ code }), other.sees({ code })]);
      expect(both.map(({ say }) => String(say)).sort((a, b) => (a < b ? -1 : 1))).toEqual([
        'code_replayed',
        'welcome',
      ]);
    }
  });

  it('many at once get each its number in the chain, and one that is wrong spoils no neighbour', async () => {
    const passes = await Promise.all(Array.from({ length: 12 }, () => aPass(world)));
    const now = world.clock.now();
    const answers = await Promise.all([
      ...passes.map((pass) => gate.sees({ code: pass.code(now) })),
      gate.sees({ code: 'no code at all, but rather long text that is none' }),
    ]);
    const seqs = answers.map(({ seq }) => seq as number).sort((a, b) => a - b);
    expect(new Set(seqs).size).toBe(13);
    expect(seqs.at(-1)! - seqs[0]!).toBe(12);
    expect(answers.filter(({ outcome }) => outcome === 'pass')).toHaveLength(12);
  });
});

describe('a device', () => {
  it('with a wrong key, another’s key or none is refused', async () => {
    const other = await aGate(world);
    const said = [{ id: randomUUID(), direction: 'in' }];
    expect((await gate.sends(said, { password: 'wrong' })).status).toBe(401);
    expect((await gate.sends(said, { password: other.password })).body.code).toBe('access.credentials_wrong');
    const foreign = { userName: `${world.far.compound}.${gate.deviceId}`, password: gate.password };
    const claim = Object.assign(Object.create(Object.getPrototypeOf(gate)), gate, foreign) as TestGate;
    expect((await claim.sends(said)).status).toBe(401);
  });

  it('is out with its old key the moment it gets a new one, and for good when it is revoked', async () => {
    const own = await aGate(world);
    const old = own.password;
    expect((await own.sends([{ id: randomUUID(), direction: 'out' }])).status).toBe(200);
    await own.getsKey();
    expect((await own.sends([{ id: randomUUID(), direction: 'out' }], { password: old })).status).toBe(401);
    const revoked = await world.people.manager.client.post(
      `/access/devices/${own.deviceId}/commands?scopeId=${own.scopeId}`,
      { action: 'revoke', expectedVersion: 1 },
    );
    expect(revoked.body.devices[0].standing).toBe('revoked');
    expect((await own.sends([{ id: randomUUID(), direction: 'out' }])).status).toBe(401);
  });

  it('whose clock is a day off is believed in nothing, told so, and shown at the desk', async () => {
    const own = await aGate(world);
    const pass = await aPass(world);
    const at = new Date(world.clock.now().getTime() - 86_400_000).toISOString();
    expect(await own.sees({ code: pass.code(world.clock.now()), at })).toMatchObject({
      outcome: 'pass',
      isClockOff: true,
    });
    const page = await world.people.desk.client.get(`/access/gates?scopeId=${own.scopeId}`);
    const shown = page.body.items.find(({ id }: { id: string }) => id === own.gate.id);
    expect(shown.devices[0]).toMatchObject({ standing: 'clock_off', clockSkewMs: -86_400_000 });
    later(1);
    await own.sees({ direction: 'out', at: world.clock.now().toISOString() });
    const after = await world.people.desk.client.get(`/access/gates?scopeId=${own.scopeId}`);
    expect(after.body.items.find(({ id }: { id: string }) => id === own.gate.id).devices[0].standing).toBe(
      'well',
    );
  });

  it('that hangs at another gate speaks for that one', async () => {
    const [from, to] = [await aGate(world), await aGate(world)];
    await from.sees({ direction: 'out' });
    const moved = await world.people.manager.client.post(
      `/access/devices/${from.deviceId}/commands?scopeId=${from.scopeId}`,
      { action: 'move', expectedVersion: 1, gateId: to.gate.id },
    );
    expect(moved.body.id).toBe(to.gate.id);
    const said = [{ id: randomUUID(), direction: 'out' }];
    // Once it is told to send again: nothing was written down under the wrong gate.
    expect((await from.sends(said)).status).toBe(503);
    expect((await from.sends(said)).body.results[0]).toMatchObject({ status: 'decided', seq: 1 });
  });

  it('may not name a person’s pass, guess six digits for ever, or send nonsense', async () => {
    const own = await aGate(world);
    const send = (check: object) => own.sends([{ id: randomUUID(), direction: 'in', ...check }]);
    expect((await send({ passId: randomUUID() })).status).toBe(422);
    expect((await send({ temperature: 400 })).status).toBe(422);
    expect((await send({ direction: 'up' })).status).toBe(422);
    expect((await send({ id: 'x' })).status).toBe(422);
    expect((await own.sends([])).status).toBe(422);
    const tries = [];
    for (let i = 0; i < 22; i++) tries.push((await send({ code: String(900_000 + i) })).status);
    expect(tries.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(tries.at(-1)).toBe(429);
    // An urgent trip waits for no limit, and finds nobody by guessing either.
    const digits = '483920';
    const crypto = world.server.house.crypto;
    await aPass(world, {
      six_digits_index: `\\x${crypto.scopeIndex(world.near.compound, 'gate_six_digits', digits).toString('hex')}`,
    });
    const urgent = await send({ code: digits, urgent: 'birth' });
    expect([urgent.status, urgent.body.results[0]]).toEqual([
      200,
      expect.objectContaining({ outcome: 'pass_report', say: 'urgent', ref: null }),
    ]);
    expect((await send({ code: digits })).status).toBe(429);
  });

  it('has its urgent trips taken however much it has said before', async () => {
    const own = await aGate(world);
    const many = () => Array.from({ length: 50 }, () => ({ id: randomUUID(), direction: 'out' }));
    const tries: number[] = [];
    while (tries.length < 20 && !tries.includes(429)) tries.push((await own.sends(many())).status);
    expect(tries.at(-1)).toBe(429);
    expect((await own.sends(many())).status).toBe(429);
    const trip = { id: randomUUID(), direction: 'out', urgent: 'ambulance' };
    expect((await own.sends([trip])).body.results[0]).toMatchObject({
      outcome: 'pass_report',
      say: 'urgent',
    });
  });
});

describe('a person at the gate', () => {
  it('asks for somebody they looked up; others may not, and another compound’s gate is nobody’s', async () => {
    const pass = await aPass(world);
    const guard = await world.aPerson('老周', 'guard', world.near.department);
    const path = `/access/gates/${gate.gate.id}/checks?scopeId=${gate.scopeId}`;
    const body = () => ({ checks: [{ id: randomUUID(), direction: 'in', passId: pass.id }] });
    const answer = await guard.client.post(path, body());
    expect(answer.body.results[0]).toMatchObject({ outcome: 'pass', way: 'spoken', ref: pass.ref });
    expect((await world.people.wang.client.post(path, body())).status).toBe(403);
    expect((await world.people.farDesk.client.post(path, body())).status).toBe(404);
    expect(
      (
        await world.people.desk.client.post(
          `/access/gates/${randomUUID()}/checks?scopeId=${gate.scopeId}`,
          body(),
        )
      ).status,
    ).toBe(404);
  });
});

describe('a measure', () => {
  const temperature = { limitTenths: 373, counts: 'at_limit', otherwise: 'refuse', when: 'in' } as const;

  it('can be ordered by the street, with authority, document and end; and never seals a way out', async () => {
    const { street, company, manager, farStreet } = world.people;
    const body = measureBody(world, { temperature });
    for (const who of [company, manager])
      expect((await who.client.post('/access/measures', body)).status).toBe(403);
    expect((await farStreet.client.post('/access/measures', body)).status).toBe(404);
    for (const [change, code, path] of [
      [{ authority: '' }, 'access.measure_invalid', '/authority'],
      [{ documentNo: ' ' }, 'access.measure_invalid', '/documentNo'],
      [{ endsAt: null }, 'access.measure_invalid', '/endsAt'],
      [{ endsAt: body.startsAt }, 'access.measure_invalid', '/endsAt'],
      [{ checks: {} }, 'access.measure_invalid', '/checks'],
      [{ seals: ['fire_exit'] }, 'access.measure_seals', '/seals'],
      [{ seals: ['unit_door'] }, 'access.measure_seals', '/seals'],
      [{ seals: ['gate'] }, 'access.measure_seals', '/seals'],
      [{ buildingId: randomUUID() }, 'access.place_unknown', '/buildingId'],
    ] as const) {
      const answer = await street.client.post('/access/measures', { ...body, ...change });
      expect([answer.status, answer.body.code, answer.body.fields?.[0]?.path]).toEqual([422, code, path]);
    }
  });

  it('counts from its moment to its end, and ends at once when it is ended', async () => {
    const own = await aGate(world);
    const pass = await aPass(world);
    const hot = async () => {
      later(30);
      return own.sees({ code: pass.code(world.clock.now()), temperature: 37.3 });
    };
    expect(await hot()).toMatchObject({ outcome: 'pass', failed: [] });
    const begins = new Date(world.clock.now().getTime() + 60_000);
    const measure = await aMeasure(world, { temperature }, { startsAt: begins.toISOString() });
    expect(measure.state).toBe('planned');
    expect(await hot()).toMatchObject({ outcome: 'pass' });
    later(30);
    expect(await hot()).toMatchObject({
      outcome: 'refuse',
      say: 'temperature_high',
      params: { tenths: 373, limit: 373 },
      overriders: ['manager', 'committee'],
      failed: [{ check: 'temperature', policyId: measure.id }],
    });
    const ended = await world.people.street.client.post(
      `/access/measures/${measure.id}/commands?scopeId=${own.scopeId}`,
      { action: 'end', expectedVersion: 1, reason: '决定已撤销' },
    );
    expect(ended.body).toMatchObject({ state: 'over', version: 2, endReason: '决定已撤销' });
    expect(await hot()).toMatchObject({ outcome: 'pass', failed: [] });
    // Who was stopped under it stays written down with its version.
    const rows = await world.ask(
      `select policy_versions from access.passage where gate_id = $1 and cardinality(policy_ids) > 0`,
      [own.gate.id],
    );
    expect(rows).toEqual([{ policy_versions: [1] }]);
  });

  it('of one building asks only who goes there or lives there', async () => {
    const buildingId = Object.values(world.near.buildings)[0]!;
    const measure = await aMeasure(world, { mask: { otherwise: 'refer', when: 'in' } }, { buildingId });
    const [neighbour, own] = [await aPass(world), await aPass(world, { home_building_id: buildingId })];
    const now = world.clock.now();
    expect(await gate.sees({ code: neighbour.code(now) })).toMatchObject({ outcome: 'pass' });
    expect(await gate.sees({ code: own.code(now) })).toMatchObject({ outcome: 'refer', say: 'mask_unknown' });
    await world.people.street.client.post(`/access/measures/${measure.id}/commands?scopeId=${gate.scopeId}`, {
      action: 'end',
      expectedVersion: 1,
      reason: '试验结束',
    });
  });

  it('lets a dialysis trip pass at once, whatever else it says, and writes it down', async () => {
    const pass = await aPass(world);
    const measure = await aMeasure(world, {
      temperature: { ...temperature, when: 'both' },
      list: { otherwise: 'refuse' },
    });
    await world.admin.query(
      `insert into access.list_entry (scope_id, entry_id, kind, subject_kind, subject_id, reason_cipher, authority, policy_id, author_account_id, author_name,
         starts_at, ends_at, appeal_state, version, created_at)
       values ($1, $2, 'isolation', 'pass', $3, '\\x00', '疾控', $4, $2, '郑科长', $5, $6, 'none', 1, $5)`,
      [
        gate.scopeId,
        randomUUID(),
        pass.id,
        measure.id,
        world.clock.now(),
        new Date(world.clock.now().getTime() + 86_400_000),
      ],
    );
    const now = world.clock.now();
    expect(await gate.sees({ code: pass.code(now), direction: 'out', temperature: 36.5 })).toMatchObject({
      outcome: 'refuse',
      say: 'isolated',
      remedy: { 'zh-CN': expect.stringContaining('透析') },
    });
    expect(
      await gate.sees({ code: pass.code(now), direction: 'out', urgent: 'dialysis', temperature: 39 }),
    ).toMatchObject({
      outcome: 'pass_report',
      say: 'urgent',
      urgent: 'dialysis',
    });
    // And home again.
    later(30);
    expect(await gate.sees({ code: pass.code(world.clock.now()), temperature: 36.5 })).toMatchObject({
      outcome: 'pass_report',
    });
  });

  it('takes its notices of isolation along when it ends, however many others stand', async () => {
    const { street } = world.people;
    const list = { otherwise: 'refuse' } as const;
    const [first] = [await aMeasure(world, { list }), await aMeasure(world, { list })];
    const pass = await aPass(world);
    const until = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000).toISOString();
    const { id } = expectStatus(
      await street.client.post('/access/list-entries', {
        scopeId: gate.scopeId,
        kind: 'isolation',
        passId: pass.id,
        reason: '密接',
        authority: '区疾控中心',
        documentNo: '隔〔2026〕8号',
        policyId: first.id,
        endsAt: new Date(Date.parse(first.endsAt) - 1_000).toISOString(),
      }),
      201,
    );
    const leaves = () => {
      later(30);
      return gate.sees({ code: pass.code(world.clock.now()), direction: 'out', temperature: 36.5 });
    };
    const entry = async () =>
      expectStatus(await street.client.get(`/access/list-entries?scopeId=${gate.scopeId}`), 200).items.find(
        (one: Json) => one.id === id,
      );
    expect(await leaves()).toMatchObject({ outcome: 'refuse', say: 'isolated' });
    const commands = (body: Json) =>
      street.client.post(`/access/measures/${first.id}/commands?scopeId=${gate.scopeId}`, body);
    const { scopeId: _, buildingId: __, ...facts } = measureBody(world, { list });
    const changes = (more: Json) =>
      commands({ action: 'change', expectedVersion: 1, ...facts, startsAt: first.startsAt, ...more });
    // Counted from when it began, whatever beginning is said now.
    expect((await changes({ startsAt: until(300), endsAt: until(600) })).body).toMatchObject({
      fields: [{ path: '/endsAt', code: 'too_long' }],
    });
    const sooner = new Date(world.clock.now().getTime() + 600_000).toISOString();
    expectStatus(await changes({ endsAt: sooner }), 200);
    expect(await entry()).toMatchObject({ state: 'standing', endsAt: sooner });
    expectStatus(await commands({ action: 'end', expectedVersion: 2, reason: '疫情解除' }), 200);
    expect(await entry()).toMatchObject({ state: 'lifted' });
    expect(await leaves()).toMatchObject({ outcome: 'pass' });
  });
});
