import { createHmac, randomUUID, webcrypto } from 'node:crypto';
import {
  codeMessage,
  decideHere,
  GateList,
  type Packed,
  type PackedDifference,
  type PackedFull,
  PHONE_CODE,
  STEP,
  stepOf,
  writeCode,
} from '@gongzhi/gate';
import { HOUR, MINUTE } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { dayKeyOf } from './tables-passes.ts';

/*
 * A guard's phone at a gate, as the server sees it: registered by a manager, given a signed list of who may pass, and
 * believed about what it decided alone, as far as it can be.
 */
let world: World;
let guard: Somebody;
let north: string;
let south: string;
beforeAll(async () => {
  world = await aWorld();
  guard = await world.aPerson('赵门岗', 'guard', world.near.department);
  north = await aGate('N', '北门');
  south = await aGate('S', '南门');
});
afterAll(() => world.close());

async function aGate(code: string, name: string): Promise<string> {
  const { manager } = world.people;
  const facts = { code, name, kind: 'both', direction: 'both', buildingId: null, hours: [] };
  const body = { scopeId: world.near.compound, ...facts };
  return expectStatus(await manager.client.post('/access/gates', body), 201).id;
}

const scope = () => `?scopeId=${world.near.compound}`;
const codeOf = ({ status, body }: Answer) => [status, body.code];
const home = () => ({ scopeId: world.near.compound, householdId: world.home });

interface Phone {
  readonly scopeId: string;
  readonly gateId: string;
  readonly deviceId: string;
  readonly key: string;
  readonly publicKey: webcrypto.JsonWebKey;
}

const registers = (who: Somebody, gateId: string): Promise<Answer> =>
  who.client.post(`/access/gates/${gateId}/guard-phones`, {
    scopeId: world.near.compound,
    label: '值班手机',
  });
const pairs = (who: Somebody, code: string): Promise<Answer> =>
  who.client.post('/access/guard-phones', { code });

async function aPhone(gateId: string): Promise<Phone> {
  const { code } = expectStatus(await registers(world.people.manager, gateId), 201);
  return expectStatus(await pairs(guard, code), 201);
}

function asks(
  phone: Pick<Phone, 'scopeId' | 'deviceId' | 'key'>,
  path: string,
  body?: Json,
): Promise<Response> {
  const basic = Buffer.from(`${phone.scopeId}/${phone.deviceId}:${phone.key}`).toString('base64');
  return fetch(`${world.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Basic ${basic}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

async function isSigned(phone: Phone, bytes: Uint8Array<ArrayBuffer>, signature: string): Promise<boolean> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await webcrypto.subtle.importKey('jwk', phone.publicKey, curve, false, ['verify']);
  const given = Buffer.from(signature, 'base64');
  return webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, given, bytes);
}

async function bundleOf<T extends Packed = Packed>(phone: Phone, since?: string): Promise<T> {
  const answer = await asks(phone, `/access/bundle${since === undefined ? '' : `?since=${since}`}`);
  expect(answer.status).toBe(200);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(await isSigned(phone, bytes, answer.headers.get('x-gate-signature')!)).toBe(true);
  return JSON.parse(Buffer.from(bytes).toString()) as T;
}

interface Keyed {
  readonly id: string;
  readonly ref: string;
  readonly secret: Buffer;
}

/** A resident's own pass, and what their phone makes codes of. */
async function keyed(who: Somebody): Promise<Keyed> {
  const pass = expectStatus(await who.client.post('/access/own/passes', home()), 200);
  const { secret } = expectStatus(await who.client.post(`/access/own/passes/${pass.id}/key${scope()}`), 200);
  return { id: pass.id, ref: pass.ref, secret: Buffer.from(secret, 'base64') };
}

function codeAt({ ref, secret }: Keyed, at: number): string {
  const message = codeMessage(PHONE_CODE, ref, stepOf(at));
  const day = new Date(stepOf(at) * STEP + 8 * HOUR).toISOString().slice(0, 10);
  const key = dayKeyOf(secret, world.near.compound, day);
  return writeCode(message, createHmac('sha256', key).update(message).digest());
}

const versionOf = async (passId: string): Promise<number> => {
  const page = `/access/passes${scope()}&q=${encodeURIComponent('3号楼2单元601')}`;
  const { items } = expectStatus(await world.people.desk.client.get(page), 200);
  return items.find((one: Json) => one.id === passId).version;
};
const now = (): number => world.clock.now().getTime();
const welcome = {
  outcome: 'pass',
  findings: [],
  say: 'welcome',
  params: {},
  policies: [],
  overriders: [],
  urgent: null,
};
let n = 0;
const decision = (more: Json = {}): Json => ({
  id: randomUUID(),
  n: ++n,
  at: now(),
  deviceAt: now(),
  direction: 'in',
  text: null,
  spokenId: null,
  ref: null,
  way: 'code',
  step: null,
  urgent: null,
  temperatureTenths: null,
  wearsMask: null,
  verdict: welcome,
  listVersion: null,
  latencyUs: 900,
  byAccountId: guard.accountId,
  override: null,
  ...more,
});
const ofCode = (pass: Keyed, at: number): Json => ({
  at,
  deviceAt: at,
  text: codeAt(pass, at),
  ref: pass.ref,
  step: stepOf(at),
});
const uploads = async (phone: Phone, decisions: readonly Json[], more: Json = {}): Promise<Json> => {
  const answer = await asks(phone, '/access/decisions', { deviceNow: now(), decisions, ...more });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer.json();
};
const passagesAt = (gateId: string): Promise<Json[]> =>
  world.ask(
    `select passage_id as id, seq::int, outcome, decided_by as by, happened_at as at, pass_id as "passId", override_of as "overrideOf"
     from access.passage where gate_id = $1 order by seq`,
    [gateId],
  );

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
    for (const since of ['nonsense', `zz.${full.version.split('.')[1]}`, full.version.replace(/.$/, 'x')])
      expect((await bundleOf(phone, since)).kind).toBe('full');
    await world.ask(`update access.gate set version = version + 1 where gate_id = $1`, [north]);
    expect((await bundleOf(phone, difference.version)).kind).toBe('full');
    const { version: today } = await bundleOf(phone);
    world.clock.advance(DAY);
    const tomorrow = await bundleOf<PackedFull>(phone, today);
    expect(tomorrow.kind).toBe('full');
    expect(tomorrow.days[0]).toBe(full.days[1]);
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
    expect((await uploads(there, [two])).flags).toEqual(flags);
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
