import { randomUUID } from 'node:crypto';
import { HOUR, MINUTE } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { DAY, expectStatus } from '../work-orders/fixtures.ts';
import { measureBody } from './fixtures.ts';
import {
  aPhone,
  asks,
  closePosts,
  codeOf,
  decision,
  guard,
  home,
  keyed,
  north,
  now,
  ofCode,
  openPosts,
  passagesAt,
  scope,
  south,
  uploads,
  versionOf,
  welcome,
  world,
} from './guard-phones/fixtures.ts';

/* What a guard's phone decided without a network: believed as far as it can be. */
beforeAll(openPosts);
afterAll(closePosts);

describe('what it decided alone', () => {
  it('is written into the gate’s chain in its order, once, as it was', async () => {
    const pass = await keyed(world.people.wang);
    const phone = await aPhone(north);
    const before = (await passagesAt(north)).length;
    const at = now();
    world.clock.advance(20 * MINUTE);
    const first = decision(ofCode(pass, at));
    const second = decision({
      at: at + 1000,
      deviceAt: at + 1000,
      verdict: { ...welcome, outcome: 'refer', say: 'no_pass' },
      way: 'none',
    });
    const third = decision({
      at: at + 5000,
      deviceAt: at + 5000,
      way: 'none',
      verdict: { ...welcome, outcome: 'pass_report' },
      override: { of: second.id, reason: '业主来接' },
    });
    const answer = await uploads(phone, [first, second, third]);
    expect(answer).toMatchObject({ taken: [first.id, second.id, third.id], refused: [], flags: [] });
    // The answer was lost: sent again it is the same.
    expect((await uploads(phone, [first, second, third])).taken).toEqual(answer.taken);
    const rows = (await passagesAt(north)).slice(before);
    expect(rows.map(({ id, outcome, by }) => [id, outcome, by])).toEqual([
      [first.id, 'pass', 'offline'],
      [second.id, 'refer', 'offline'],
      [third.id, 'pass_report', 'person'],
    ]);
    expect(rows[0]).toMatchObject({ at: new Date(at), passId: pass.id });
    expect(rows[2]!.overrideOf).toBe(second.id);
  });

  it('used at two gates without a line is told to both, once', async () => {
    const { manager } = world.people;
    const pass = await keyed(world.people.wang);
    const [here, there] = [await aPhone(north), await aPhone(south)];
    const at = now();
    const [one, two] = [decision(ofCode(pass, at)), decision(ofCode(pass, at))];
    world.clock.advance(10 * MINUTE);
    expect((await uploads(here, [one])).flags).toEqual([]);
    const { flags } = await uploads(there, [two]);
    expect(flags).toMatchObject([{ kind: 'used_twice', decidedAt: at }]);
    world.clock.advance(1_000);
    expect((await uploads(there, [two])).flags).toEqual(flags);
    // The manager hears of it in the inbox, once, and the desk does not.
    await world.told();
    const told = await world.ask(
      `select account_id, params from platform.notification where template = 'gate.flagged'`,
    );
    expect(told).toMatchObject([
      { account_id: manager.accountId, params: { scopeName: expect.any(String), gate: '南门', count: 1 } },
    ]);
    const [listed] = expectStatus(
      await manager.client.get(`/access/flags${scope()}&isOpenOnly=true`),
      200,
    ).items;
    expect(listed).toMatchObject({
      kind: 'used_twice',
      gateName: '南门',
      otherGateName: '北门',
      nameMasked: '王**',
    });
    expect((await guard.client.get(`/access/flags${scope()}`)).status).toBe(403);
    const seen = expectStatus(await manager.client.post(`/access/flags/${listed.id}/seen${scope()}`), 200);
    expect(seen.seenAt).not.toBeNull();
    expect(codeOf(await manager.client.post(`/access/flags/${randomUUID()}/seen${scope()}`))).toEqual([
      404,
      'not_found',
    ]);
    expect((await uploads(there, [two])).flags).toEqual([]);
  });

  it('a visitor’s last entry used at two gates is told', async () => {
    const { wang } = world.people;
    const { pass, code } = expectStatus(
      await wang.client.post('/access/invitations', {
        ...home(),
        kind: 'visitor',
        name: '赵客人',
        validFrom: new Date(now()).toISOString(),
        validTo: new Date(now() + 4 * HOUR).toISOString(),
        entries: 1,
      }),
      201,
    );
    const [here, there] = [await aPhone(north), await aPhone(south)];
    const shown = { text: code, ref: pass.ref, way: 'visitor_code' };
    const [one, two] = [decision(shown), decision(shown)];
    world.clock.advance(MINUTE);
    expect((await uploads(here, [one])).flags).toEqual([]);
    expect((await uploads(there, [two])).flags).toMatchObject([{ kind: 'used_twice' }]);
  });

  it('of a pass that had been stopped is told; of one that was stopped later it is not', async () => {
    const { fang, desk } = world.people;
    const pass = await keyed(fang);
    const phone = await aPhone(north);
    const before = decision(ofCode(pass, now()));
    world.clock.advance(5 * MINUTE);
    const version = await versionOf(pass.id);
    expectStatus(
      await desk.client.post(`/access/passes/${pass.id}/commands${scope()}`, {
        action: 'revoke',
        reason: '搬走',
        expectedVersion: version,
      }),
      200,
    );
    world.clock.advance(MINUTE);
    const after = decision(ofCode(pass, now()));
    world.clock.advance(MINUTE);
    const { flags } = await uploads(phone, [before, after]);
    expect(flags.map((flag: Json) => [flag.kind, flag.decidedAt])).toEqual([['revoked', after.at]]);
  });

  it('by a clock that was wrong is told, and nothing is written into tomorrow', async () => {
    const phone = await aPhone(north);
    const ahead = decision({ at: now() + DAY, deviceAt: now() + DAY, way: 'none', direction: 'out' });
    const known = decision({ deviceAt: now() - DAY, way: 'none', direction: 'out' });
    const { flags } = await uploads(phone, [ahead, known], { deviceNow: now() - DAY });
    expect(flags.map((flag: Json) => flag.kind)).toEqual(['clock_off']);
    const row = (await passagesAt(north)).find(({ id }) => id === ahead.id);
    expect(row!.at.getTime()).toBeLessThanOrEqual(now());
    const [device] = await world.ask(
      `select clock_skew_ms::float8 as skew, clock_off_at is not null as off from access.gate_device where device_id = $1`,
      [phone.deviceId],
    );
    expect(device).toEqual({ skew: -DAY, off: true });
  });

  it('of who had to go to dialysis passes without a question', async () => {
    const phone = await aPhone(north);
    const urgent = decision({
      urgent: 'dialysis',
      direction: 'out',
      way: 'none',
      verdict: { ...welcome, outcome: 'pass_report', say: 'urgent', urgent: 'dialysis' },
    });
    expect(await uploads(phone, [urgent])).toMatchObject({ taken: [urgent.id], flags: [] });
  });

  it('let through by a word that was not the guard’s is told, and stands as it was', async () => {
    const pass = await keyed(world.people.wang);
    const phone = await aPhone(north);
    const measure = expectStatus(
      await world.people.street.client.post(
        '/access/measures',
        measureBody(world, {
          temperature: { limitTenths: 373, counts: 'above_limit', otherwise: 'refuse', when: 'in' },
        }),
      ),
      201,
    );
    world.clock.advance(MINUTE);
    const at = now();
    const hot = decision({
      ...ofCode(pass, at),
      temperatureTenths: 390,
      verdict: { ...welcome, outcome: 'refuse', say: 'temperature_high' },
    });
    const word = (of: string) =>
      decision({
        way: 'none',
        verdict: { ...welcome, outcome: 'pass_report' },
        override: { of, reason: '看着没事' },
      });
    const [beyond, nowhere] = [word(hot.id), word(randomUUID())];
    await world.admin.query('update access.policy set ends_at = $2 where policy_id = $1', [
      measure.id,
      new Date(now() + MINUTE),
    ]);
    const { flags, taken } = await uploads(phone, [hot, beyond, nowhere]);
    expect(taken).toEqual([hot.id, beyond.id, nowhere.id]);
    expect(flags.map(({ kind }: Json) => kind)).toEqual(['override_beyond', 'override_beyond']);
    world.clock.advance(2 * MINUTE);
    const noPass = decision({ way: 'none', verdict: { ...welcome, outcome: 'refer', say: 'no_pass' } });
    // The measure is over, and who has no pass is the guard's to hear.
    expect((await uploads(phone, [noPass, word(noPass.id)])).flags).toEqual([]);
    const told = await world.ask<{ id: string; together: boolean }>(
      `select f.passage_id as id, f.xmin::text = p.xmin::text as together
       from access.passage_flag f join access.passage p on p.passage_id = f.passage_id where f.kind = 'override_beyond' order by p.seq`,
    );
    // One transaction wrote what was decided and what is to be said of it: there is never the one without the other.
    expect(told).toEqual([
      { id: beyond.id, together: true },
      { id: nowhere.id, together: true },
    ]);
  });

  it('otherwise than our answer that never came is told: the record says ours, the guard said the other', async () => {
    const pass = await keyed(world.people.wang);
    const phone = await aPhone(north);
    const [stopped, same] = [decision(ofCode(pass, now())), decision({ way: 'none', direction: 'out' })];
    const asked = await asks(phone, '/access/checks', {
      checks: [
        { id: stopped.id, direction: 'in', code: 'X'.repeat(37) },
        { id: same.id, direction: 'out' },
      ],
    });
    expect(((await asked.json()) as Json).results.map((one: Json) => one.outcome)).toEqual([
      'refuse',
      'pass',
    ]);
    const answer = await uploads(phone, [stopped, same]);
    expect(answer.taken).toEqual([stopped.id, same.id]);
    expect(answer.flags).toMatchObject([{ kind: 'outcome_differs', decidedAt: stopped.at }]);
    expect((await uploads(phone, [stopped, same])).flags).toEqual(answer.flags);
  });

  it('that is no decision is refused as a whole', async () => {
    const phone = await aPhone(north);
    for (const wrong of [
      { decisions: [] },
      { decisions: [decision({ direction: 'up' })] },
      { decisions: [decision({ ref: 'xyz' })] },
      { decisions: [decision({ at: -1 })] },
      { decisions: [decision({ override: { of: randomUUID(), reason: ' ' } })] },
      { decisions: Array.from({ length: 101 }, () => decision()) },
      { decisions: [decision({ extra: 1 })] },
    ])
      expect((await asks(phone, '/access/decisions', { deviceNow: now(), ...wrong })).status).toBe(422);
  });
});
