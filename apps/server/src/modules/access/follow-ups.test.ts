import { randomUUID } from 'node:crypto';
import type { HealthFacts } from '@gongzhi/gate';
import { DAY, HOUR, MINUTE } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { due } from './due.ts';
import { aGate, aMeasure, aPass, cryptoOf, type TestGate, type TestPass } from './fixtures.ts';
import { checkChain } from './service-passages.ts';
import { sealedFields } from './tables.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const sweep = () =>
  runDueOnce({
    worker: world.worker,
    sweeps: due,
    house: world.server.house,
    clock: world.clock,
    log: quiet,
  });
const weeksLater = (days: number) => {
  world.clock.advance(days * DAY);
  return world.admin.query('update identity.session set last_seen_at = $1, expires_at = $2', [
    world.clock.now(),
    new Date(world.clock.now().getTime() + 60 * DAY),
  ]);
};
const today = () => new Date(world.clock.now().getTime() + 8 * HOUR).toISOString().slice(0, 10);
const travel = {
  travel: { levels: ['high'], withinDays: 14, otherwise: 'pass_report', when: 'in' },
} as const;

/** What the health service said a moment ago. */
async function wasIn(pass: TestPass, level: 'high' | 'low'): Promise<void> {
  const crypto = await cryptoOf(world);
  const facts: HealthFacts = {
    code: null,
    test: null,
    vaccination: null,
    travel: {
      stays: [{ level, leftOn: today() }],
      enteredCountryOn: null,
      hasTimeSpaceLink: false,
      isFromBorderCounty: false,
    },
  };
  const seal = crypto.seal(JSON.stringify(facts), sealedFields.health, pass.id);
  await world.admin.query(
    `insert into access.health_fact (scope_id, pass_id, city_id, street_id, company_id, facts_cipher, as_of)
     select p.scope_id, p.pass_id, p.city_id, p.street_id, p.company_id, $2, $3 from access.pass p where p.pass_id = $1
     on conflict (scope_id, pass_id) do update set facts_cipher = excluded.facts_cipher, as_of = excluded.as_of`,
    [pass.id, seal, world.clock.now()],
  );
}
const list = async (gate: TestGate, who = world.people.desk): Promise<Json> =>
  (await who.client.get(`/access/follow-ups?scopeId=${gate.scopeId}`)).body;
const passes = async (gate: TestGate, pass: TestPass, direction: 'in' | 'out') => {
  world.clock.advance(31_000);
  return gate.sees({ direction, code: pass.code(world.clock.now()) });
};

describe('following up', () => {
  it('is nobody’s business without a measure that allows it', async () => {
    const gate = await aGate(world);
    const pass = await aPass(world);
    const measure = await aMeasure(world, travel);
    await wasIn(pass, 'high');
    expect((await passes(gate, pass, 'in')).outcome).toBe('pass_report');
    expect(await list(gate)).toEqual({ measures: [], items: [], mayWork: true });
    expect(await world.ask(`select 1 from access.follow_up where pass_id = $1`, [pass.id])).toEqual([]);
    const body = {
      scopeId: gate.scopeId,
      policyId: measure.id,
      passId: pass.id,
      words: '外地',
      cameOn: today(),
    };
    const refused = await world.people.desk.client.post('/access/follow-ups', body);
    expect([refused.status, refused.body.code]).toEqual([409, 'access.no_follow_up_measure']);
    await world.people.street.client.post(`/access/measures/${measure.id}/commands?scopeId=${gate.scopeId}`, {
      action: 'end',
      expectedVersion: 1,
      reason: '结束',
    });
  });

  it('lists who came from a risk area, who said so, and who did not come back; and is gone with its measure', async () => {
    const gate = await aGate(world);
    const { desk, street, committee, farDesk, wang, company } = world.people;
    // The whole street's measure does as well as the compound's own.
    const measure = await aMeasure(world, travel, {
      scopeId: world.near.street,
      followUp: { days: 7, awayHours: 24 },
      retentionDays: 2,
      endsAt: new Date(world.clock.now().getTime() + 5 * DAY).toISOString(),
    });
    const [risk, safe, says, away, courier] = [
      await aPass(world),
      await aPass(world),
      await aPass(world),
      await aPass(world),
      await aPass(world, { kind: 'courier' }),
    ];
    for (const pass of [risk, safe, says, away, courier]) await wasIn(pass, pass === risk ? 'high' : 'low');
    await passes(gate, risk, 'in');
    await passes(gate, risk, 'out');
    await passes(gate, risk, 'in');
    await passes(gate, safe, 'in');
    await passes(gate, away, 'out');
    await passes(gate, courier, 'out');
    const declare = (more: Json = {}, who = desk) =>
      who.client.post('/access/follow-ups', {
        scopeId: gate.scopeId,
        policyId: measure.id,
        passId: says.id,
        words: '上周在外地',
        cameOn: today(),
        ...more,
      });
    expect((await declare({ cameOn: '2026-11-01' })).status).toBe(422);
    expect((await declare({ cameOn: '2027-01-01' })).status).toBe(422);
    expect((await declare({ passId: randomUUID() })).status).toBe(422);
    expect((await declare({}, farDesk)).status).toBe(404);
    expect((await declare({}, company)).status).toBe(403);
    expect((await declare()).status).toBe(201);
    expect((await declare()).body.code).toBe('access.follow_up_there');
    const kinds = (body: Json) =>
      body.items.map(({ passId, kind, doneAt }: Json) => [passId, kind, doneAt !== null]);
    expect(kinds(await list(gate))).toEqual([
      [says.id, 'declared', false],
      [risk.id, 'risk', false],
    ]);
    expect((await list(gate)).items[0]).toMatchObject({ words: '上周在外地', isOverdue: false });
    // Exactly after a day of not coming back.
    await wasIn(away, 'low');
    world.clock.advance(24 * HOUR - 32_000);
    expect(kinds(await list(gate))).toHaveLength(2);
    world.clock.advance(3 * MINUTE);
    expect(kinds(await list(gate))).toContainEqual([away.id, 'away', false]);
    expect(kinds(await list(gate)).map(([id]: string[]) => id)).not.toContain(courier.id);
    // Somebody writes what came of it; of two at once one is the later.
    const settle = (passId: string, kind: string, expectedVersion: number, who = desk) =>
      who.client.post('/access/follow-ups/done', {
        scopeId: gate.scopeId,
        policyId: measure.id,
        passId,
        kind,
        expectedVersion,
        note: '在女儿家，周日回来',
      });
    const both = await Promise.all([settle(risk.id, 'risk', 1), settle(risk.id, 'risk', 1, committee)]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    expect((await settle(away.id, 'away', 0)).status).toBe(200);
    expect((await settle(away.id, 'away', 0)).body.code).toBe('access.stale');
    expect((await settle(safe.id, 'away', 0)).body.code).toBe('access.follow_up_over');
    expect((await settle(safe.id, 'risk', 1)).status).toBe(404);
    expect(kinds(await list(gate))).toContainEqual([away.id, 'away', true]);
    const stored = await world.ask(
      `select words_cipher, note_cipher from access.follow_up where scope_id = $1`,
      [gate.scopeId],
    );
    expect(JSON.stringify(stored)).not.toMatch(/外地|女儿/);
    // They are back.
    await wasIn(away, 'low');
    await passes(gate, away, 'in');
    expect(kinds(await list(gate)).map(([id]: string[]) => id)).not.toContain(away.id);
    for (const [who, status] of [
      [wang, 403],
      [company, 403],
      [farDesk, 404],
      [street, 200],
    ] as const)
      expect((await who.client.get(`/access/follow-ups?scopeId=${gate.scopeId}`)).status).toBe(status);
    // With the measure it is out of sight at once, and destroyed after its time.
    await weeksLater(5);
    expect(await list(gate)).toMatchObject({ measures: [], items: [] });
    expect((await declare({ cameOn: today() })).body.code).toBe('access.no_follow_up_measure');
    const left = () => world.ask(`select 1 from access.follow_up where scope_id = $1`, [gate.scopeId]);
    expect(await left()).toHaveLength(3);
    await weeksLater(2);
    await sweep();
    expect(await left()).toEqual([]);
    const gone = (await street.client.get(`/access/destructions?scopeId=${gate.scopeId}`)).body.items;
    const { id } = gone.find(({ kind }: Json) => kind === 'measure');
    const certificate = (await street.client.get(`/access/destructions/${id}?scopeId=${gate.scopeId}`)).body;
    expect(certificate).toMatchObject({
      followUps: 3,
      authority: '近区疾病预防控制机构',
      place: expect.any(String),
    });
    expect(certificate.count).toBe(certificate.reasons + certificate.health + certificate.followUps);
  });
});

describe('figures by the hour', () => {
  it('show where something is not seen, compared with the same weekday before', async () => {
    const gate = await aGate(world);
    const { manager, social, farDesk, wang } = {
      ...world.people,
      social: await world.aPerson('社工', 'social_worker', world.near.community),
    };
    const eight = async (entries: number) => {
      world.clock.advance((8 * HOUR - ((world.clock.now().getTime() + 8 * HOUR) % DAY) + DAY) % DAY);
      if (entries > 0)
        await gate.sends(Array.from({ length: entries }, () => ({ id: randomUUID(), direction: 'out' })));
      world.clock.advance(HOUR + 3 * MINUTE);
      await sweep();
    };
    const spots = async () =>
      (await manager.client.get(`/access/blind-spots?scopeId=${gate.scopeId}`)).body.gates.find(
        ({ gateId }: Json) => gateId === gate.gate.id,
      );
    for (let week = 0; week < 3; week++) {
      // Eight in the morning of the seventh day.
      await weeksLater(6);
      await eight(30);
    }
    expect(await spots()).toMatchObject({ days: 2, spots: [], usual: [] });
    await weeksLater(6);
    await eight(7);
    const seen = await spots();
    expect(seen.days).toBe(3);
    expect(seen.usual[8]).toEqual({ hour: 8, entries: 0, exits: 30 });
    expect(seen.spots).toEqual([]);
    await weeksLater(6);
    await eight(0);
    expect((await spots()).spots).toEqual([
      { kind: 'none_passed', fromHour: 8, toHour: 9, seen: 0, expected: 30 },
    ]);
    // Counted once, however often it is looked at; and its reader has not been heard of for a while.
    await sweep();
    expect(
      await world.ask(`select entries, exits from access.gate_hour where gate_id = $1 order by hour_at`, [
        gate.gate.id,
      ]),
    ).toEqual([30, 30, 30, 7].map((exits) => ({ entries: 0, exits })));
    expect((await spots()).devices).toMatchObject([{ standing: 'silent' }]);
    expect((await social.client.get(`/access/blind-spots?scopeId=${gate.scopeId}`)).status).toBe(200);
    expect((await farDesk.client.get(`/access/blind-spots?scopeId=${gate.scopeId}`)).status).toBe(404);
    expect((await wang.client.get(`/access/blind-spots?scopeId=${gate.scopeId}`)).status).toBe(403);
    // Older than ten weeks they go.
    await weeksLater(71);
    await sweep();
    expect(await world.ask(`select 1 from access.gate_hour where gate_id = $1`, [gate.gate.id])).toEqual([]);
  });
});

describe('a place that keeps passages shorter', () => {
  it('has everybody forgotten on its own day; the rows stay, and the chain still holds', async () => {
    const gate = await aGate(world);
    const other = await aGate(
      {
        ...world,
        people: { ...world.people, manager: await world.aPerson('远经理', 'manager', world.far.department) },
      } as World,
      {
        scopeId: world.far.compound,
      },
    );
    await world.admin.query(
      `insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, 'access.passage_days', '2026-01-01', '7', '小区公约')`,
      [gate.scopeId],
    );
    const [pass, stranger] = [await aPass(world), await aPass(world, {}, world.far.compound)];
    await passes(gate, pass, 'in');
    await passes(other, stranger, 'in');
    const who = (id: string) =>
      world.ask(
        `select pass_id, way, who_salt, why_cipher from access.passage where gate_id = $1 order by seq`,
        [id],
      );
    // Seven whole days of the place, today not counted.
    const midnight = DAY - ((world.clock.now().getTime() + 8 * HOUR) % DAY);
    world.clock.advance(midnight + 7 * DAY - MINUTE);
    await sweep();
    expect((await who(gate.gate.id))[0].pass_id).toBe(pass.id);
    world.clock.advance(2 * MINUTE);
    await weeksLater(0);
    const certificates = async () =>
      (
        await world.people.street.client.get(`/access/destructions?scopeId=${gate.scopeId}`)
      ).body.items.filter(({ kind }: Json) => kind === 'person');
    // Of the days of the tests before.
    const earlier = (await certificates()).length;
    await passes(gate, pass, 'out');
    world.clock.advance(HOUR);
    await sweep();
    expect(await who(gate.gate.id)).toMatchObject([
      { pass_id: null, way: null, who_salt: null, why_cipher: null },
      { pass_id: pass.id },
    ]);
    expect((await who(other.gate.id))[0].pass_id).toBe(stranger.id);
    const { manager, street } = world.people;
    const report = (await manager.client.get(`/access/gates/${gate.gate.id}/chain?scopeId=${gate.scopeId}`))
      .body;
    expect(report).toMatchObject({ checked: 2, faults: [], next: null });
    const gone = await certificates();
    expect(gone).toHaveLength(earlier + 1);
    expect(
      (await street.client.get(`/access/destructions/${gone[0].id}?scopeId=${gate.scopeId}`)).body,
    ).toMatchObject({ days: 7, kind: 'person', count: 1 });
    // Once: the next hour finds nothing to do.
    const looked = async () =>
      (
        await world.ask(
          `select row_count::integer as count from access.destruction where scope_id = $1 and kind = 'person' order by to_at`,
          [gate.scopeId],
        )
      ).map(({ count }) => count);
    const before = await looked();
    world.clock.advance(HOUR);
    await sweep();
    expect(await certificates()).toHaveLength(earlier + 1);
    expect(await looked()).toEqual(before);
    // A day on which nobody came is not looked through again, and no certificate says anything of it.
    await weeksLater(4);
    await sweep();
    expect(await looked()).toEqual([...before, 0]);
    expect(await certificates()).toHaveLength(earlier + 1);
  });
});

describe('a long chain', () => {
  it('is checked in slices, each going on where the one before ended, and a fault in any shows', async () => {
    const gate = await aGate(world);
    await gate.sends(Array.from({ length: 25 }, () => ({ id: randomUUID(), direction: 'out' })));
    const { house } = world.server;
    const slices = async () => {
      const found: unknown[] = [];
      let after: number | null = null;
      let checked = 0;
      do {
        const part = await world.worker.work((tx) =>
          checkChain(house.crypto, tx, gate.scopeId, gate.gate.id, after, 10),
        );
        found.push(...part.faults);
        checked += part.checked;
        expect(part.end).toBe(25);
        after = part.next;
      } while (after !== null);
      return { checked, found };
    };
    expect(await slices()).toEqual({ checked: 25, found: [] });
    const path = `/access/gates/${gate.gate.id}/chain?scopeId=${gate.scopeId}`;
    const { manager } = world.people;
    expect((await manager.client.get(`${path}&after=20`)).body).toMatchObject({
      checked: 5,
      from: 21,
      until: 25,
      next: null,
      faults: [],
    });
    for (const after of ['-1', '9007199254740992', '1e29'])
      expect([after, (await manager.client.get(`${path}&after=${after}`)).status]).toEqual([after, 422]);
    expect((await manager.client.get(`${path}&after=9007199254740991`)).status).toBe(200);
    await world.admin.query(
      `update access.passage set outcome = 'refuse' where gate_id = $1 and seq in (10, 11)`,
      [gate.gate.id],
    );
    await world.admin.query(`delete from access.passage where gate_id = $1 and seq = 21`, [gate.gate.id]);
    expect((await slices()).found).toEqual([
      { kind: 'altered', seq: 10, part: 'row' },
      { kind: 'altered', seq: 11, part: 'row' },
      { kind: 'missing', after: 20, found: 22 },
    ]);
  });
});

describe('four digits at the desk', () => {
  it('find with a purpose only, so many times an hour, and it is on record without the digits', async () => {
    const pass = await aPass(world);
    const crypto = await cryptoOf(world);
    await world.admin.query(`update access.pass set phone_last4_index = $2 where pass_id = $1`, [
      pass.id,
      crypto.scopeIndex(pass.scopeId, 'phone_last4', '4321'),
    ]);
    const curious = await world.aPerson('好奇前台', 'desk', world.near.department);
    const listed = await curious.client.get(`/access/passes?scopeId=${pass.scopeId}&q=4321`);
    expect([listed.status, listed.body.code]).toEqual([422, 'access.purpose_missing']);
    const search = (more: Json = {}) =>
      curious.client.post('/access/pass-searches', {
        scopeId: pass.scopeId,
        digits: '4321',
        purpose: 'caller',
        ...more,
      });
    expect((await search()).body.items.map(({ id }: Json) => id)).toEqual([pass.id]);
    expect((await search({ purpose: 'no_phone' })).status).toBe(422);
    expect((await search({ digits: '43211' })).status).toBe(422);
    expect((await search({ scopeId: world.far.compound })).status).toBe(404);
    const statuses: number[] = [];
    for (let i = 0; i < 30; i++) statuses.push((await search()).status);
    expect(statuses).toEqual([...Array<number>(29).fill(200), 429]);
    const rows = await world.ask(
      `select gate_id, kind, purpose, found, by_name from access.gate_search where account_id = $1`,
      [curious.accountId],
    );
    expect(rows).toHaveLength(30);
    expect(rows[0]).toEqual({
      gate_id: null,
      kind: 'last',
      purpose: 'caller',
      found: 1,
      by_name: '好奇前台',
    });
  });
});
