import { randomUUID } from 'node:crypto';
import { DAY } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { due, wipeMeasures } from './due.ts';
import { aGate, aMeasure, aPass, measureBody, type TestGate } from './fixtures.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

let world: World;
let gate: TestGate;
beforeAll(async () => {
  world = await aWorld();
  gate = await aGate(world);
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
const scope = () => `scopeId=${gate.scopeId}`;
describe('a measure of the whole street', () => {
  it('holds at every compound of it, beside their own, the strictest counting, and ends for all at once', async () => {
    const { street, desk, manager, wang, farDesk } = world.people;
    const body = measureBody(world, {
      temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refuse', when: 'in' },
    });
    const whole = await street.client.post('/access/measures', {
      ...body,
      scopeId: world.near.street,
      documentNo: '近街〔2026〕1号',
    });
    expect([whole.status, whole.body.reach]).toEqual([201, 'street']);
    // The wall of the row: for whoever it binds, and nobody of another street.
    const near = { scopeIds: [gate.scopeId], regionId: null };
    const far = { scopeIds: [world.far.compound], regionId: null };
    for (const [kind, actor, rows] of [
      ['resident', near, 1],
      ['scope', near, 1],
      ['company', { scopeIds: [], regionId: world.near.company }, 1],
      ['street', { scopeIds: [], regionId: world.near.street }, 1],
      ['resident', far, 0],
      ['scope', far, 0],
      ['company', { scopeIds: [], regionId: randomUUID() }, 0],
      ['street', { scopeIds: [], regionId: world.far.street }, 0],
    ] as const) {
      const reader = { kind, accountId: desk.accountId, membershipId: null, households: [], ...actor };
      for (const table of ['policy', 'policy_version']) {
        const text = `select 1 from access.${table} where scope_id = $1 and policy_id = $2`;
        const values = [world.near.street, whole.body.id];
        const seen = await world.server.house.db.read(reader, (q) => q.query({ text, values, name: '' }));
        expect([kind, table, seen.length]).toEqual([kind, table, rows]);
      }
    }
    const own = await aMeasure(
      world,
      { temperature: { limitTenths: 370, counts: 'at_limit', otherwise: 'refer', when: 'in' } },
      { documentNo: '近疾控〔2026〕11号' },
    );
    const pass = await aPass(world);
    const says = async (degrees: number) => {
      world.clock.advance(31_000);
      return (await gate.sees({ code: pass.code(world.clock.now()), temperature: degrees })).outcome;
    };
    expect([await says(36.9), await says(37.1), await says(37.4)]).toEqual(['pass', 'refer', 'refuse']);
    // A gate of another street knows nothing of it.
    const farGate = await aGateFar(world);
    const stranger = await aPass(world, {}, world.far.compound);
    expect((await farGate.sees({ code: stranger.code(world.clock.now()), temperature: 38 })).outcome).toBe(
      'pass',
    );
    // A new compound of the street is under it from its first check.
    const added = await anotherCompound(world);
    const there = await aPass(world, {}, added.scopeId);
    expect((await added.sees({ code: there.code(world.clock.now()), temperature: 38 })).outcome).toBe(
      'refuse',
    );
    // The property company's people see what binds them, and cannot change it.
    const listed = (await desk.client.get(`/access/measures?${scope()}`)).body.items;
    expect(listed.map(({ documentNo }: Json) => documentNo)).toEqual(
      expect.arrayContaining(['近街〔2026〕1号', '近疾控〔2026〕11号']),
    );
    expect((await manager.client.get('/access/measures')).body.items.map(({ id }: Json) => id)).toContain(
      whole.body.id,
    );
    expect((await farDesk.client.get('/access/measures')).body.items.map(({ id }: Json) => id)).not.toContain(
      whole.body.id,
    );
    expect((await wang.client.get(`/access/measures?${scope()}`)).status).toBe(403);
    const end = { action: 'end', expectedVersion: 1, reason: '结束' };
    expect(
      (
        await manager.client.post(
          `/access/measures/${whole.body.id}/commands?scopeId=${world.near.street}`,
          end,
        )
      ).status,
    ).toBe(403);
    expect(
      (
        await world.people.farStreet.client.post(
          `/access/measures/${whole.body.id}/commands?scopeId=${world.near.street}`,
          end,
        )
      ).status,
    ).toBe(404);
    // A building is one compound's; a company is no place for a measure.
    const inBuilding = {
      ...body,
      scopeId: world.near.street,
      buildingId: Object.values(world.near.buildings)[0],
    };
    expect((await street.client.post('/access/measures', inBuilding)).status).toBe(422);
    expect(
      (await street.client.post('/access/measures', { ...body, scopeId: world.far.street })).status,
    ).toBe(404);
    expect(
      (
        await street.client.post(
          `/access/measures/${whole.body.id}/commands?scopeId=${world.near.street}`,
          end,
        )
      ).status,
    ).toBe(200);
    expect([await says(37.1), await says(37.4)]).toEqual(['refer', 'refer']);
    await street.client.post(`/access/measures/${own.id}/commands?${scope()}`, end);
    // Its data goes from every compound it held in, with a certificate in each.
    world.clock.advance(15 * DAY);
    await world.admin.query('update identity.session set last_seen_at = $1, expires_at = $2', [
      world.clock.now(),
      new Date(world.clock.now().getTime() + 30 * DAY),
    ]);
    await sweep();
    const named = async (scopeId: string) =>
      (await street.client.get(`/access/destructions?scopeId=${scopeId}`)).body.items.filter(
        ({ documentNo }: Json) => documentNo === '近街〔2026〕1号',
      );
    expect(await named(added.scopeId)).toMatchObject([{ kind: 'measure', count: 1, measure: '进门检查' }]);
    expect(await named(gate.scopeId)).toHaveLength(1);
    const [total] = await named(world.near.street);
    expect(total.count).toBe((await named(gate.scopeId))[0].count + 1);
  });

  it('is destroyed place by place; a worker killed in the middle goes on where it was, and the record says each thing once', async () => {
    const { street } = world.people;
    const made = await street.client.post('/access/measures', {
      ...measureBody(
        world,
        { temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refuse', when: 'in' } },
        { retentionDays: 1, endsAt: new Date(world.clock.now().getTime() + DAY).toISOString() },
      ),
      scopeId: world.near.street,
      documentNo: '近街〔2026〕3号',
    });
    expect(made.status).toBe(201);
    const { id } = made.body;
    const places = [gate, await anotherCompound(world), await anotherCompound(world)];
    for (const [at, place] of places.entries())
      for (let i = 0; i <= at; i++) {
        world.clock.advance(31_000);
        const pass = await aPass(world, {}, place.scopeId);
        expect((await place.sees({ code: pass.code(world.clock.now()), temperature: 38 })).outcome).toBe(
          'refuse',
        );
      }
    const left = async () =>
      Object.fromEntries(
        (
          await world.ask(
            `select scope_id as place, count(*)::int as reasons from access.passage
             where policy_ids @> array[$1]::uuid[] and why_cipher is not null group by 1`,
            [id],
          )
        ).map(({ place, reasons }) => [place, reasons]),
      );
    const records = () =>
      world.ask(
        `select scope_id as place, row_count::int as count from access.destruction where policy_id = $1 order by destruction_id`,
        [id],
      );
    const whole = Object.fromEntries(places.map(({ scopeId }, at) => [scopeId, at + 1]));
    expect(await left()).toEqual(whole);
    world.clock.advance(2 * DAY + 1_000);
    await world.admin.query('update identity.session set last_seen_at = $1, expires_at = $2', [
      world.clock.now(),
      new Date(world.clock.now().getTime() + 30 * DAY),
    ]);
    const state = async () =>
      (await street.client.get(`/access/measures?scopeId=${world.near.street}`)).body.items.find(
        (one: Json) => one.id === id,
      ).state;
    const { house } = world.server;
    const step = (kill = false) =>
      world.worker.work(async (tx) => {
        const found = await wipeMeasures.claim(tx, world.clock.now(), 1, house);
        if (!kill) return found;
        const [own] = await tx.query<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        await world.admin.query('select pg_terminate_backend($1)', [own!.pid]);
        return found;
      });
    // Until a place of this measure is done: that before this one nothing else is due is not this test's to say.
    while ((await records()).length === 0) expect(await step()).toBe(1);
    const [first] = await records();
    const rest = { ...whole };
    // Compounds of the tests before are of the street, too, and had nobody at their gates.
    delete rest[first!['place']];
    expect(await left()).toEqual(rest);
    await expect(step(true)).rejects.toThrow();
    expect([await left(), await records()]).toEqual([rest, [first]]);
    expect(await state()).toBe('over');
    await sweep();
    expect([await left(), await state()]).toEqual([{}, 'wiped']);
    const done = await records();
    const of = (scopeId: string) => done.filter(({ place }) => place === scopeId).map(({ count }) => count);
    expect(places.map(({ scopeId }) => of(scopeId))).toEqual([[1], [2], [3]]);
    expect(of(world.near.street)).toEqual([6]);
    await sweep();
    expect(await records()).toEqual(done);
    // A place where there was nothing has no certificate to show.
    const shown = async (scopeId: string) =>
      (await street.client.get(`/access/destructions?scopeId=${scopeId}`)).body.items.filter(
        ({ documentNo }: Json) => documentNo === '近街〔2026〕3号',
      ).length;
    const idle = done.find(({ count }) => count === 0)!['place'];
    expect([await shown(idle), await shown(gate.scopeId)]).toEqual([0, 1]);
  });

  it('of a community is seen by its own compounds, and a notice of isolation can stand under it', async () => {
    const { street, committee } = world.people;
    const made = await street.client.post('/access/measures', {
      ...measureBody(world, { list: { otherwise: 'refuse' } }),
      scopeId: world.near.community,
      documentNo: '近街〔2026〕2号',
    });
    expect([made.status, made.body.reach]).toEqual([201, 'community']);
    const pass = await aPass(world);
    const entry = await committee.client.post('/access/list-entries', {
      scopeId: gate.scopeId,
      kind: 'isolation',
      passId: pass.id,
      policyId: made.body.id,
      reason: '密接',
      authority: '近区疾病预防控制机构',
      documentNo: '近街〔2026〕2号',
      endsAt: new Date(world.clock.now().getTime() + 3 * DAY).toISOString(),
    });
    expect([entry.status, entry.body]).toEqual([201, expect.anything()]);
    expect((await gate.sees({ direction: 'out', code: pass.code(world.clock.now()) })).outcome).toBe(
      'refuse',
    );
  });
});

async function aGateFar(on: World): Promise<TestGate> {
  const boss = await on.aPerson('远经理', 'manager', on.far.department);
  const people = { ...on.people, manager: boss };
  return aGate({ ...on, people } as World, { scopeId: on.far.compound });
}

/** Built after the measure was ordered. */
async function anotherCompound(on: World): Promise<TestGate> {
  const scopeId = randomUUID();
  await on.admin.query(
    `insert into places.scope select (jsonb_populate_record(s, jsonb_build_object('scope_id', $1::text, 'name', '新小区'))).* from places.scope s where s.scope_id = $2`,
    [scopeId, on.near.compound],
  );
  const boss = await on.aPerson('新经理', 'manager', scopeId);
  return aGate({ ...on, people: { ...on.people, manager: boss } } as World, { scopeId });
}
