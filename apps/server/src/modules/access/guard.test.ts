import { createHmac, randomUUID } from 'node:crypto';
import { decideHere, GateList, type PackedDifference, type PackedFull } from '@gongzhi/gate';
import { HOUR, localDate, MINUTE } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitedFor } from '../../../../../test/locks.ts';
import type { Answer, Json } from '../../../../../test/server.ts';
import { sql } from '../../platform/db/sql.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { cryptoOf, measureBody } from './fixtures.ts';
import { visitorCodeOf } from './tables-passes.ts';
import {
  aGate,
  aPhone,
  asks,
  bundleOf,
  closePosts,
  codeAt,
  codeOf,
  decision,
  guard,
  home,
  isSigned,
  keyed,
  north,
  now,
  openPosts,
  pairs,
  registers,
  scope,
  south,
  versionOf,
  world,
} from './guard-phones/fixtures.ts';

/*
 * A guard's phone at a gate, as the server sees it: registered by a manager, given a signed list of who may pass; and what
 * its guard does there.
 */
beforeAll(openPosts);
afterAll(closePosts);

describe('a phone', () => {
  it('becomes a gate’s by digits that the manager was given, once and within a quarter of an hour', async () => {
    const { manager, desk, wang, farWorker } = world.people;
    const given = expectStatus(await registers(manager, north), 201);
    expect(given.code).toMatch(/^\d{8}$/);
    expect(Date.parse(given.expiresAt) - now()).toBe(15 * MINUTE);
    expect((await registers(desk, north)).status).toBe(403);
    expect(codeOf(await registers(manager, randomUUID()))).toEqual([404, 'not_found']);
    // Not somebody of another compound, and nobody who is no guard.
    const stranger = await world.aPerson('远门岗', 'guard', world.far.department);
    expect(codeOf(await pairs(stranger, given.code))).toEqual([422, 'access.pairing_unknown']);
    expect((await pairs(wang, given.code)).status).toBe(403);
    expect((await pairs(farWorker, given.code)).status).toBe(403);
    const phone = expectStatus(await pairs(guard, given.code), 201);
    expect(phone).toMatchObject({ gateId: north, gateName: '北门', deviceId: given.deviceId });
    expect(codeOf(await pairs(guard, given.code))).toEqual([422, 'access.pairing_unknown']);
    const late = expectStatus(await registers(manager, north), 201);
    world.clock.advance(15 * MINUTE);
    expect(codeOf(await pairs(guard, late.code))).toEqual([422, 'access.pairing_unknown']);
    // Neither digits nor key lie in the database.
    const [row] = await world.ask(
      `select encode(secret_hash, 'escape') as hash from access.gate_device where device_id = $1`,
      [phone.deviceId],
    );
    expect(row!.hash).not.toContain(phone.key);
  });

  it('is not registered at a gate that is retired meanwhile', async () => {
    const { manager } = world.people;
    const scopeId = world.near.compound;
    const gateId = await aGate('R', '旧门');
    const late = await world.worker.work(async (tx) => {
      await tx.query(
        sql`update access.gate set retired_at = ${world.clock.now()} where scope_id = ${scopeId} and gate_id = ${gateId}`,
      );
      const answer = registers(manager, gateId);
      await waitedFor(tx);
      return { answer };
    });
    expect(codeOf(await late.answer)).toEqual([404, 'not_found']);
  });

  it('is not found by trying', async () => {
    const tries: number[] = [];
    const trier = await world.aPerson('钱门岗', 'guard', world.near.department);
    for (let i = 0; i < 11; i++) tries.push((await pairs(trier, String(10_000_000 + i))).status);
    expect(tries).toEqual([...Array<number>(10).fill(422), 429]);
  });

  it('is refused with another key, another compound’s, or when it was stopped', async () => {
    const phone = await aPhone(north);
    for (const wrong of [
      { ...phone, key: 'x' },
      { ...phone, scopeId: world.far.compound },
      { ...phone, deviceId: randomUUID() },
      { ...phone, scopeId: 'nonsense' },
    ])
      for (const body of [undefined, { deviceNow: now(), decisions: [decision()] }])
        expect(
          (await asks(wrong, body === undefined ? '/access/bundle' : '/access/decisions', body)).status,
        ).toBe(401);
    await bundleOf(phone);
    await world.ask(`update access.gate_device set revoked_at = $2 where device_id = $1`, [
      phone.deviceId,
      world.clock.now(),
    ]);
    expect((await asks(phone, '/access/bundle')).status).toBe(401);
  });
});

describe('its list', () => {
  it('decides as the server would, says nothing personal, and shows any altered byte', async () => {
    const { wang } = world.people;
    const pass = await keyed(wang);
    const phone = await aPhone(north);
    const packed = await bundleOf<PackedFull>(phone);
    expect(packed).toMatchObject({ kind: 'full', deviceId: phone.deviceId, gate: { id: north } });
    const text = JSON.stringify(packed);
    for (const secret of ['王', '13800', pass.secret.toString('base64'), world.home])
      expect(text).not.toContain(secret);
    const list = new GateList(packed);
    const at = now();
    const asked = {
      text: codeAt(pass, at),
      spoken: null,
      direction: 'in' as const,
      urgent: null,
      temperatureTenths: null,
      wearsMask: null,
    };
    const digests = {
      hmac: async (key: Uint8Array, message: Uint8Array | string) =>
        createHmac('sha256', key).update(message).digest(),
    };
    const tally = { isUsed: () => false, entries: () => 0 };
    const { verdict } = await decideHere(list, asked, at, tally, digests);
    expect([verdict.outcome, verdict.say]).toEqual(['pass', 'welcome']);
    // And the six digits one says.
    const { digits } = expectStatus(
      await wang.client.post(`/access/own/passes/${pass.id}/key${scope()}`),
      200,
    );
    const fresh = new GateList(await bundleOf<PackedFull>(phone));
    expect((await decideHere(fresh, { ...asked, text: digits }, at, tally, digests)).verdict.outcome).toBe(
      'pass',
    );

    const answer = await asks(phone, '/access/bundle');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const signature = answer.headers.get('x-gate-signature')!;
    for (const place of [0, bytes.length >> 1, bytes.length - 1]) {
      const altered = bytes.slice();
      altered[place]! ^= 1;
      expect(await isSigned(phone, altered, signature)).toBe(false);
    }
  });

  it('comes as a difference, and whole when the day or the gate is another', async () => {
    const { fang, desk } = world.people;
    const phone = await aPhone(north);
    const pass = await keyed(fang);
    // What was changed within the last half minute is sent once more.
    world.clock.advance(MINUTE);
    const full = await bundleOf<PackedFull>(phone);
    const list = new GateList(full);
    world.clock.advance(2 * MINUTE);
    const same = await bundleOf<PackedDifference>(phone, full.version);
    expect(same).toMatchObject({ kind: 'difference', from: full.version, version: full.version, gone: [] });
    expect(same.passes.count).toBe(0);
    const version = await versionOf(pass.id);
    expectStatus(
      await desk.client.post(`/access/passes/${pass.id}/commands${scope()}`, {
        action: 'suspend',
        reason: '证件待核',
        expectedVersion: version,
      }),
      200,
    );
    const difference = await bundleOf<PackedDifference>(phone, full.version);
    expect(difference.passes.count).toBe(1);
    list.apply(difference);
    expect(list.find(pass.ref)?.pass.status).toBe('suspended');
    // Whatever says nothing to the server brings the whole.
    const altered = full.version.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'));
    for (const since of ['nonsense', `zz.${full.version.split('.')[1]}`, altered])
      expect((await bundleOf(phone, since)).kind).toBe('full');
    await world.ask(`update access.gate set version = version + 1 where gate_id = $1`, [north]);
    expect((await bundleOf(phone, difference.version)).kind).toBe('full');
    const { version: today } = await bundleOf(phone);
    world.clock.advance(DAY);
    const tomorrow = await bundleOf<PackedFull>(phone, today);
    expect(tomorrow.kind).toBe('full');
    expect(tomorrow.days[0]).toBe(full.days[1]);
  });

  it('brings what changes by the minute with every word: plates on a list, spaces, and old visits’ keys', async () => {
    const { manager, desk, street } = world.people;
    const phone = await aPhone(north);
    const { body: helper } = await desk.client.post('/access/passes', {
      scopeId: world.near.compound,
      kind: 'helper',
      name: '周阿姨',
      hours: [{ days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, toMinute: 1440 }],
      validFrom: new Date(now()).toISOString(),
      validTo: new Date(now() + 80 * DAY).toISOString(),
    });
    const long = new Date(now() - 60 * DAY);
    await world.ask(`update access.pass set valid_from = $2 where pass_id = $1`, [helper.pass.id, long]);
    const code = visitorCodeOf(
      await cryptoOf(world),
      world.near.compound,
      helper.pass.ref,
      localDate(long.getTime(), 'Asia/Shanghai'),
    );
    // What was changed within the last half minute is sent once more.
    world.clock.advance(MINUTE);
    const full = await bundleOf<PackedFull>(phone);
    const list = new GateList(full);
    const digests = {
      hmac: async (key: Uint8Array, message: Uint8Array | string) =>
        createHmac('sha256', key).update(message).digest(),
    };
    const tally = { isUsed: () => false, entries: () => 0 };
    const decides = async (text: string) => {
      const asked = {
        spoken: null,
        direction: 'in',
        urgent: null,
        temperatureTenths: null,
        wearsMask: null,
      } as const;
      return (await decideHere(list, { ...asked, text }, now(), tally, digests)).verdict;
    };
    // Signed with the key of its first day, two months ago.
    expect(await decides(code)).toMatchObject({ outcome: 'pass' });
    expect(full.latest).toMatchObject({ counts: null, plates: [] });
    const entry = {
      scopeId: world.near.compound,
      kind: 'deny',
      plate: '京C80001',
      reason: '多次尾随',
      authority: '物业项目部',
      endsAt: new Date(now() + DAY).toISOString(),
    };
    expectStatus(await manager.client.post('/access/list-entries', entry), 201);
    world.clock.advance(MINUTE);
    const next = await bundleOf<PackedDifference>(phone, full.version);
    // Nobody's pass has changed: it is the same version, and yet known.
    expect(next).toMatchObject({ version: full.version, passes: { count: 0 } });
    expect(await decides('京C80001')).toMatchObject({ outcome: 'refer' });
    list.hear(next.latest);
    expect(await decides('京C80001')).toMatchObject({ outcome: 'refuse', say: 'denied' });
    const measure = measureBody(world, {
      vehicle: { otherwise: 'refer' },
      capacity: { most: 9, otherwise: 'refer' },
    });
    expectStatus(await street.client.post('/access/measures', measure), 201);
    const spaces = { scopeId: world.near.compound, spaces: 5, monthlyFeeFen: 0, expectedVersion: 0 };
    expectStatus(await manager.client.send('PUT', '/access/car-park', spaces), 200);
    for (const [what, found] of [
      ['vehicles', 4],
      ['people', 7],
    ] as const)
      expectStatus(
        await desk.client.post('/access/counts', {
          scopeId: world.near.compound,
          what,
          buildingId: null,
          found,
        }),
        200,
      );
    expect((await bundleOf<PackedFull>(phone)).latest.counts).toEqual({
      inside: [{ buildingId: null, count: 7 }],
      freeSpaces: 1,
    });
  });

  it('for another gate is another’s business', async () => {
    const { desk } = world.people;
    const body = {
      scopeId: world.near.compound,
      kind: 'staff',
      name: '孙电工',
      validFrom: new Date(now()).toISOString(),
      validTo: new Date(now() + 5 * DAY).toISOString(),
    };
    const { pass } = expectStatus(await desk.client.post('/access/passes', body), 201);
    await world.ask(`update access.pass set gate_ids = $2 where pass_id = $1`, [pass.id, [south]]);
    const [here, there] = [await aPhone(north), await aPhone(south)];
    expect(new GateList(await bundleOf<PackedFull>(here)).find(pass.ref)).toBeNull();
    expect(new GateList(await bundleOf<PackedFull>(there)).find(pass.ref)).not.toBeNull();
  });
});

describe('the guard', () => {
  const search = (who: Somebody, more: Json): Promise<Answer> =>
    who.client.post('/access/gate-searches', {
      scopeId: world.near.compound,
      gateId: north,
      by: 'place',
      text: '3-2-601',
      purpose: 'no_phone',
      ...more,
    });

  it('finds by a whole home or four digits, for a purpose, and it is written down', async () => {
    const { wang } = world.people;
    await keyed(wang);
    const found = expectStatus(await search(guard, {}), 200).items;
    expect(found.map((one: Json) => one.place)).toContain('3号楼2单元601');
    expect(JSON.stringify(found)).not.toContain(wang.accountId);
    expect(found.every((one: Json) => one.nameMasked === null || one.nameMasked.includes('*'))).toBe(true);
    // Not the home beside it, not a house.
    expect(expectStatus(await search(guard, { text: '3-2-60' }), 200).items).toEqual([]);
    expect((await search(guard, { text: '3' })).status).toBe(422);
    expect((await search(guard, { by: 'last', text: '123' })).status).toBe(422);
    expect((await search(guard, { purpose: 'curious' })).status).toBe(422);
    expect((await search(guard, { gateId: randomUUID() })).status).toBe(404);
    expect((await search(wang, {})).status).toBe(403);
    expectStatus(
      await wang.client.post('/access/invitations', {
        ...home(),
        kind: 'visitor',
        name: '周客人',
        phone: '13900007788',
        validFrom: new Date(now()).toISOString(),
        validTo: new Date(now() + HOUR).toISOString(),
        entries: 1,
      }),
      201,
    );
    expect(expectStatus(await search(guard, { by: 'last', text: '7788' }), 200).items).toMatchObject([
      { kind: 'visitor', nameMasked: '周**', place: '3号楼2单元601' },
    ]);
    const rows = await world.ask(
      `select kind, purpose, found, by_name from access.gate_search where account_id = $1`,
      [guard.accountId],
    );
    expect(rows.length).toBe(3);
    expect(rows[0]).toMatchObject({ purpose: 'no_phone', by_name: '赵门岗' });
  });

  it('searches so many times an hour and no more', async () => {
    const curious = await world.aPerson('冯门岗', 'guard', world.near.department);
    const statuses: number[] = [];
    for (let i = 0; i < 31; i++) statuses.push((await search(curious, {})).status);
    expect(statuses).toEqual([...Array<number>(30).fill(200), 429]);
    world.clock.advance(HOUR);
    expect((await search(curious, {})).status).toBe(200);
  });

  it('leaves word for the next shift, sealed, for the people of this gate alone', async () => {
    const { wang } = world.people;
    const page = `/access/gates/${north}/notes${scope()}`;
    const text = '3号楼王先生晚上十点有救护车,直接放行';
    expectStatus(await guard.client.post(page, { text }), 201);
    expect(expectStatus(await guard.client.get(page), 200).items[0]).toMatchObject({
      text,
      byName: '赵门岗',
    });
    const elsewhere = `/access/gates/${south}/notes${scope()}`;
    expect(expectStatus(await guard.client.get(elsewhere), 200).items).toEqual([]);
    expect((await wang.client.get(page)).status).toBe(403);
    const stranger = await world.aPerson('远门卫', 'guard', world.far.department);
    expect((await stranger.client.get(page)).status).toBe(404);
    const [row] = await world.ask(`select encode(text_cipher, 'escape') as text from access.gate_note`);
    expect(row!.text).not.toContain('王');
    expect((await guard.client.post(page, { text: ' ' })).status).toBe(422);
    expect((await guard.client.post(page, { text: 'x'.repeat(501) })).status).toBe(422);
  });
});
