import { randomUUID } from 'node:crypto';
import { DAY, HOUR, MINUTE } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { openTable } from '../../platform/imports/open-table.ts';
import { due } from './due.ts';
import { aGate, aMeasure, aPass, sealedName, type TestGate, type TestPass } from './fixtures.ts';

type Somebody = World['people']['street'];
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const temperature = {
  temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refer', when: 'in' },
} as const;

let world: World;
let gate: TestGate;
let other: TestGate;
let subject: TestPass;
let near: TestPass;
let late: TestPass;
let passageId: string;
let measure: Json;
beforeAll(async () => {
  world = await aWorld();
  gate = await aGate(world);
  other = await aGate(world);
  const named = async (name: string) => {
    const pass = await aPass(world);
    await sealedName(world, pass, name, '13900001234');
    return pass;
  };
  [subject, near, late] = [await named('王建国'), await named('李小明'), await named('赵一')];
  measure = await aMeasure(world, temperature, { tracing: true });
  const through = async (at: TestGate, pass: TestPass) => {
    world.clock.advance(31_000);
    return at.sees({ code: pass.code(world.clock.now()), temperature: 36.5 });
  };
  passageId = (await through(gate, subject)).id;
  world.clock.advance(8 * MINUTE);
  await through(gate, near);
  await through(other, late);
  world.clock.advance(8 * MINUTE);
  await through(gate, late);
  await gate.sees({ direction: 'out' });
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
const day = (days: number) =>
  new Date(world.clock.now().getTime() + days * DAY + 8 * HOUR).toISOString().slice(0, 10);
const wish = (more: Json = {}): Json => ({
  scopeId: gate.scopeId,
  policyId: measure.id,
  requestNo: '近卫健〔2026〕31号',
  authority: '近区卫生健康局',
  documentRef: '档案 2026-31',
  requestedOn: day(0),
  matter: '一例确诊',
  gateId: gate.gate.id,
  passageId,
  from: measure.startsAt,
  to: world.clock.now().toISOString(),
  windowMinutes: 10,
  destroyOn: day(3),
  ...more,
});
const asks = async (who: Somebody, more: Json = {}) => who.client.post('/access/tracings', wish(more));
const decides = (who: Somebody, id: string, more: Json = {}) =>
  who.client.post(`/access/tracings/${id}/decision?${scope()}`, {
    expectedVersion: 1,
    isAuthorised: true,
    reason: '已核对原件',
    ...more,
  });
const exported = async (who: Somebody, id: string, locale = 'zh-CN') => {
  const answer = await fetch(`${world.url}/api/v1/access/tracings/${id}/export?${scope()}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: who.client.cookie,
      'x-csrf-token': who.client.csrf,
    },
    body: JSON.stringify({ locale }),
  });
  if (answer.status !== 200) return { status: answer.status, rows: [] as string[][] };
  const rows: string[][] = [];
  for await (const row of (await openTable(Buffer.from(await answer.arrayBuffer()))).sheets[0]!.rows())
    rows.push(row.cells.map(({ text }) => text));
  return { status: 200, rows };
};

describe('contact tracing', () => {
  it('is asked for under a measure that allows it, as narrow as the rules say', async () => {
    const { committee, street } = world.people;
    const plain = await aMeasure(world, temperature, { documentNo: '近疾控〔2026〕8号' });
    const reason = async (more: Json) => {
      const { status, body } = await asks(committee, more);
      return [status, body.fields?.[0]?.code ?? body.code];
    };
    expect(await reason({ policyId: randomUUID() })).toEqual([422, 'no_measure']);
    expect(await reason({ policyId: plain.id })).toEqual([422, 'not_allowed']);
    expect(await reason({ windowMinutes: 31 })).toEqual([422, 'window']);
    expect(await reason({ destroyOn: day(32) })).toEqual([422, 'keep']);
    expect(await reason({ from: new Date(world.clock.now().getTime() - 15 * DAY).toISOString() })).toEqual([
      422,
      'span',
    ]);
    expect(await reason({ from: new Date(world.clock.now().getTime() - DAY).toISOString() })).toEqual([
      422,
      'outside',
    ]);
    expect(await reason({ passageId: randomUUID() })).toEqual([422, 'nobody']);
    expect((await asks(committee, { matter: ' ' })).status).toBe(422);
    // A measure that has ended allows nothing any more.
    const ended = await aMeasure(world, temperature, { tracing: true, documentNo: '近疾控〔2026〕9号' });
    await street.client.post(`/access/measures/${ended.id}/commands?${scope()}`, {
      action: 'end',
      expectedVersion: 1,
      reason: '结束',
    });
    expect(await reason({ policyId: ended.id })).toEqual([422, 'measure_over']);
    for (const who of [
      world.people.manager,
      world.people.company,
      world.people.desk,
      world.people.cityHall,
      world.people.wang,
    ])
      expect((await asks(who)).status).toBe(403);
    expect((await asks(world.people.farStreet)).status).toBe(404);
  });

  it('takes two people of two offices, is theirs alone to open, and goes on its date with a certificate', async () => {
    const { committee, street, cityHall, manager, company, desk } = world.people;
    const made = await asks(committee);
    expect([made.status, made.body.state, made.body.mayDecide, made.body.mayWithdraw]).toEqual([
      201,
      'asked',
      false,
      true,
    ]);
    const { id } = made.body;
    // Who asked may not, and no property company sees that there is a request.
    expect((await decides(committee, id)).status).toBe(403);
    const colleague = await world.aPerson('社区同事', 'committee', world.near.community);
    expect((await decides(colleague, id)).status).toBe(403);
    for (const who of [manager, company, desk, world.people.wang])
      expect((await who.client.get(`/access/tracings?${scope()}`)).status).toBe(403);
    expect((await decides(world.people.farStreet, id)).status).toBe(404);
    // Before it is authorised there is no list.
    expect((await committee.client.get(`/access/tracings/${id}/list?${scope()}`)).body.code).toBe(
      'access.tracing_closed',
    );
    const seen = (await street.client.get(`/access/tracings?${scope()}`)).body.items[0];
    expect(seen).toMatchObject({ id, mayDecide: true, matter: '一例确诊', found: null });
    // Two at once: one decides.
    const both = await Promise.all([decides(street, id), decides(cityHall, id)]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    const first = both[0]!.status === 200 ? street : cityHall;
    const second = first === street ? cityHall : street;
    expect((await decides(second, id, { expectedVersion: 2 })).body.code).toBe('access.tracing_closed');
    // Eight minutes later is within ten, sixteen is not; another gate is no contact.
    const list = await first.client.get(`/access/tracings/${id}/list?${scope()}`);
    expect(list.body.items).toMatchObject([{ passId: near.id, times: 1, gate: '东门', name: '李**' }]);
    expect(JSON.stringify(list.body)).not.toContain('李小明');
    expect((await second.client.get(`/access/tracings/${id}/list?${scope()}`)).status).toBe(404);
    expect((await exported(second, id)).status).toBe(404);
    expect((await exported(manager, id)).status).toBe(403);
    expect((await second.client.get(`/access/tracings?${scope()}`)).body.items[0]).toMatchObject({
      matter: null,
      mayOpen: false,
    });
    // The authority's list: in plain text, each row marked.
    const { rows } = await exported(committee, id);
    expect(rows[1]!.slice(1, 3)).toEqual(['李小明', '13900001234']);
    expect(rows[1]!.at(-1)).toMatch(/近卫健〔2026〕31号 · .+ · 第.1.份/);
    expect(rows.flat().join()).not.toMatch(/王建国|赵一/);
    expect((await exported(committee, id, 'en')).rows[1]!.at(-1)).toMatch(/copy.2/);
    // Sealed at rest, and who opened and took it is on record.
    const [stored] = await world.ask(`select list_cipher from access.tracing_list where tracing_id = $1`, [
      id,
    ]);
    expect(stored.list_cipher.toString('latin1')).not.toContain(near.id);
    const kept = await world.ask(
      `select action, account_id from platform.audit where object_id = $1 order by at, audit_id`,
      [id],
    );
    expect(kept.map(({ action }) => action)).toEqual([
      'tracing.asked',
      'tracing.authorised',
      'tracing.opened',
      'tracing.exported',
      'tracing.exported',
    ]);
    // Gone on its date.
    world.clock.advance(4 * DAY);
    expect((await committee.client.get(`/access/tracings/${id}/list?${scope()}`)).body.code).toBe(
      'access.tracing_over',
    );
    await sweep();
    expect(await world.ask(`select 1 from access.tracing_list where tracing_id = $1`, [id])).toEqual([]);
    expect(
      await world.ask(`select matter_cipher, pass_id, state from access.tracing where tracing_id = $1`, [id]),
    ).toEqual([{ matter_cipher: null, pass_id: null, state: 'destroyed' }]);
    const gone = (await street.client.get(`/access/destructions?${scope()}`)).body.items;
    const certificate = gone.find(({ kind }: Json) => kind === 'export');
    expect(certificate).toMatchObject({ requestNo: '近卫健〔2026〕31号', count: 1 });
    const page = await street.client.get(`/access/destructions/${certificate.id}?${scope()}`);
    expect(page.body).toMatchObject({ kind: 'export', count: 1, requestNo: '近卫健〔2026〕31号' });
    expect(
      (await world.people.farStreet.client.get(`/access/destructions/${certificate.id}?${scope()}`)).status,
    ).toBe(404);
    expect((await street.client.get(`/access/destructions/${randomUUID()}?${scope()}`)).status).toBe(404);
  });

  it('is not authorised when the measure has ended meanwhile, and can be withdrawn or declined', async () => {
    const { committee, street } = world.people;
    const own = await aMeasure(world, temperature, { tracing: true, documentNo: '近疾控〔2026〕10号' });
    world.clock.advance(60_000);
    const seen = await gate.sees({ code: subject.code(world.clock.now()), temperature: 36.5 });
    const later = {
      policyId: own.id,
      passageId: seen.id,
      from: new Date(world.clock.now().getTime() - 30_000).toISOString(),
    };
    world.clock.advance(30_000);
    const [a, b, c] = [await asks(committee, later), await asks(committee, later), await asks(street, later)];
    expect([a.status, b.status, c.status]).toEqual([201, 201, 201]);
    // The street asked: only the city can authorise.
    expect((await decides(street, c.body.id)).status).toBe(403);
    const withdrawn = await committee.client.post(`/access/tracings/${b.body.id}/withdrawal?${scope()}`, {
      expectedVersion: 1,
    });
    expect(withdrawn.body.state).toBe('withdrawn');
    expect(
      (
        await street.client.post(`/access/tracings/${a.body.id}/withdrawal?${scope()}`, {
          expectedVersion: 1,
        })
      ).status,
    ).toBe(409);
    expect((await decides(world.people.cityHall, c.body.id, { isAuthorised: false })).body).toMatchObject({
      state: 'declined',
      found: null,
    });
    await street.client.post(`/access/measures/${own.id}/commands?${scope()}`, {
      action: 'end',
      expectedVersion: 1,
      reason: '结束',
    });
    expect((await decides(street, a.body.id)).body.fields[0].code).toBe('measure_over');
  });

  it('goes by the person and not by one pass, from the measure’s beginning, and is open only while it stands', async () => {
    const { committee, street, wang } = world.people;
    const through = async (pass: TestPass, minutes: number): Promise<Json> => {
      world.clock.advance(minutes * MINUTE);
      return gate.sees({ code: pass.code(world.clock.now()), temperature: 36.5 });
    };
    const personId = randomUUID();
    const [phone, card, car, child] = [
      await aPass(world, { person_id: personId, status: 'revoked' }),
      await aPass(world, { person_id: personId, kind: 'card', account_id: world.people.zhao.accountId }),
      await aPass(world, { account_id: world.people.zhao.accountId, kind: 'vehicle' }),
      await aPass(world, { person_id: personId, kind: 'minor' }),
    ];
    const [early, guest, byCar] = [
      await aPass(world),
      await aPass(world, { account_id: wang.accountId }),
      await aPass(world),
    ];
    await sealedName(world, guest, '钱二', '13900005678');
    // The same one by the card of the same account: found by a pass that names both and was never shown.
    const guestId = randomUUID();
    await aPass(world, { account_id: wang.accountId, person_id: guestId, status: 'revoked' });
    const guestsCard = await aPass(world, { kind: 'card', person_id: guestId });
    world.clock.advance(HOUR);
    await through(early, 1);
    const own = await aMeasure(world, temperature, {
      tracing: true,
      documentNo: '近疾控〔2026〕12号',
      startsAt: new Date(world.clock.now().getTime() + MINUTE).toISOString(),
    });
    await world.admin.query(`update access.pass set status = 'active' where pass_id = $1`, [phone.id]);
    const seen = await through(phone, 2);
    await world.admin.query(`update access.pass set status = 'revoked' where pass_id = $1`, [phone.id]);
    await through(child, 1);
    await through(card, 60);
    await through(guest, 3);
    await through(guestsCard, 1);
    await through(car, 60);
    await through(byCar, 2);
    world.clock.advance(MINUTE);
    const made = await asks(committee, { policyId: own.id, passageId: seen.id, from: own.startsAt });
    expect([made.status, made.body.mayOpen]).toEqual([201, false]);
    const { id } = made.body;
    expect((await decides(street, id)).body).toMatchObject({ state: 'authorised', mayOpen: true });
    const list = await committee.client.get(`/access/tracings/${id}/list?${scope()}`);
    const found = list.body.items.map(({ passId }: Json) => passId);
    expect(list.body.items.find(({ passId }: Json) => passId === guest.id)).toMatchObject({
      times: 2,
      apartSeconds: 180,
    });
    // A guardian's child is somebody else; whoever came before the measure began is not on it.
    expect(found.sort()).toEqual([child.id, guest.id, byCar.id].sort());
    expect((await exported(committee, id)).status).toBe(200);
    // Without a record in the register, and told all the same, once.
    const told = async () =>
      (await wang.client.get('/me/disclosures')).body.items.filter(
        ({ purpose }: Json) => purpose === 'authority',
      );
    expect(await told()).toHaveLength(1);
    await exported(committee, id);
    expect(await told()).toHaveLength(1);
    // Its date has not come, and the measure is over.
    await street.client.post(`/access/measures/${own.id}/commands?${scope()}`, {
      action: 'end',
      expectedVersion: 1,
      reason: '结束',
    });
    const closed = await committee.client.get(`/access/tracings/${id}/list?${scope()}`);
    expect([closed.status, closed.body.fields[0].code]).toEqual([422, 'measure_over']);
    expect((await exported(committee, id)).status).toBe(422);
    const listed = (await street.client.get(`/access/tracings?${scope()}`)).body.items;
    expect(listed.find((one: Json) => one.id === id)).toMatchObject({ mayOpen: false, copies: 2 });
  });
});
