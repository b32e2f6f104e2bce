import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { familyOf } from '../../../../../test/family.ts';
import type { Answer, Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { aWorkOrder, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { due } from './due.ts';

/** A wrong name or phone is put right: what it is found by, who signs in by it, who is told. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

let nextPhone = 13_622_220_000;
const aPhone = () => String(nextPhone++);
const scope = () => `?scopeId=${world.near.compound}`;

async function moveIn(name: string, phone: string | null, room = '13-2-102'): Promise<string> {
  const { desk } = world.people;
  const home = world.near.households[room]!;
  const { version } = (await desk.client.get(`/places/households/${home}${scope()}`)).body;
  const after = expectStatus(
    await desk.client.post(`/places/households/${home}/commands${scope()}`, {
      action: 'move_in',
      expectedVersion: version,
      person: { name, phone },
      relation: 'family',
      startsOn: '2020-01-01',
    }),
    200,
  );
  await world.told();
  return after.people.at(-1).id;
}
const read = async (id: string): Promise<Json> =>
  expectStatus(await world.people.desk.client.get(`/people/${id}${scope()}`), 200);
async function tries(id: string, body: Json, who = world.people.desk, key?: string): Promise<Answer> {
  const { version } = await read(id);
  return who.client.post(
    `/people/${id}/correct${scope()}`,
    { expectedVersion: version, reason: '本人来电说登记错了', ...body },
    key === undefined ? undefined : { 'idempotency-key': key },
  );
}
const found = async (q: string): Promise<string[]> =>
  expectStatus(await world.people.desk.client.get(`/people?q=${encodeURIComponent(q)}`), 200).items.map(
    (one: Json) => one.id,
  );
const swept = () =>
  runDueOnce({
    worker: world.worker,
    sweeps: due.filter(({ name }) => name === 'places.name_index'),
    house: world.server.house,
    clock: world.clock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
const revealed = (who: Somebody, id: string) =>
  who.client.post(`/people/${id}/reveal${scope()}`, { purpose: 'verify_identity' });

describe('a correction', () => {
  it('of the name: every index follows, the person is told, and the log does not say from what to what', async () => {
    const phone = aPhone();
    const id = await moveIn('司马相茹', phone);
    const answer = expectStatus(await tries(id, { name: ' 司马  相如 ' }), 200);
    expect(answer).toEqual({ id, version: 2 });
    expect(await found('相如')).toEqual([id]);
    await swept();
    expect([await found('茹'), await found('相如'), await found('smxr'), await found(phone)]).toEqual([
      [],
      [id],
      [id],
      [id],
    ]);
    expect((await revealed(world.people.desk, id)).body).toEqual({ name: '司马 相如', phone });
    await world.told();
    const himself = await familyOf(world).comesIn(phone);
    expect(himself.name).toBe('司马 相如');
    expect(await himself.inbox()).toContain('person.corrected');
    const [log] = await world.ask(
      `select account_id, detail from platform.audit where action = 'person.corrected' and object_id = $1`,
      [id],
    );
    expect(log).toMatchObject({
      account_id: world.people.desk.accountId,
      detail: { changed: ['name'], role: 'desk', reason: '本人来电说登记错了' },
    });
    const everywhere = await world.ask(
      `select payload::text from platform.outbox where kind = 'person.corrected' and object_id = $1`,
      [id],
    );
    const answers = (await world.keptAnswers()).split('\n').filter((line) => line.includes(id));
    expect(JSON.stringify([everywhere, answers])).not.toMatch(/相如|相茹|1362222/);
  });

  it('of the phone: who has the old number sees the home no more, who has the right one does', async () => {
    const { near } = world;
    const home = near.households['13-2-102']!;
    const [wrong, right] = [aPhone(), aPhone()];
    const id = await moveIn('错号主', wrong);
    const family = familyOf(world);
    const stranger = await family.comesIn(wrong);
    const order = await stranger.reports(aWorkOrder().atHome(home));
    expectStatus(await tries(id, { phone: `+86 ${right.slice(0, 3)} ${right.slice(3)}` }), 200);
    expect([await found(wrong), (await found(right.slice(-4))).includes(id), await found(right)]).toEqual([
      [],
      true,
      [id],
    ]);
    await world.told();
    await world.passes(3_000);
    await expect.poll(async () => (await stranger.looksAt(order)).status).toBe(401);
    const told = await world.ask(`select template from platform.notification where account_id = $1`, [
      stranger.accountId,
    ]);
    expect(told.map(({ template }) => template)).toContain('person.number_removed');
    const owner = await family.comesIn(right);
    expect(await owner.inbox()).toContain('person.corrected');
    expect((await owner.looksAt(order)).status).toBe(200);
    expect((await read(id)).hasAccount).toBe(true);

    // Without a phone nobody signs in for this home any more.
    expectStatus(await tries(id, { phone: null }), 200);
    await world.told();
    expect(await read(id)).toMatchObject({ phoneMasked: null, hasAccount: false });
    await world.passes(3_000);
    await expect.poll(async () => (await owner.looksAt(order)).status).toBe(401);
  });

  it('of the phone to the number one signs in with already changes nothing about signing in', async () => {
    const { wang } = world.people;
    const [id] = await found(wang.phone);
    const other = aPhone();
    expectStatus(await tries(id!, { name: '王建国栋' }), 200);
    await world.told();
    expect((await wang.client.get('/me')).body.account.displayName).toBe('王建国栋');
    expectStatus(await tries(id!, { name: '王建国', phone: other }), 200);
    expectStatus(await tries(id!, { phone: wang.phone }), 200);
    await world.told();
    expect((await read(id!)).hasAccount).toBe(true);
    expect((await wang.client.get('/me')).body.acting.households).toHaveLength(1);
  });

  it('is refused in words where it makes no sense, and nothing is changed', async () => {
    const [one, two] = [aPhone(), aPhone()];
    const id = await moveIn('张三丰', one);
    await moveIn('张翠山', two);
    const before = await read(id);
    const cases: [Json, number, string][] = [
      [{}, 422, 'person.nothing_corrected'],
      [{ name: '张三丰', phone: one }, 422, 'person.nothing_corrected'],
      [{ name: '张翠山', phone: two }, 409, 'person.entered_already'],
      [{ name: '   ' }, 422, 'validation.failed'],
      [{ name: '甲'.repeat(61) }, 422, 'validation.failed'],
      [{ phone: '12' }, 422, 'validation.failed'],
      [{ name: '张无忌', reason: '' }, 422, 'validation.failed'],
      [{ name: '张无忌', accountId: id }, 422, 'validation.failed'],
      [{ name: '张无忌', expectedVersion: 7 }, 409, 'person.stale'],
    ];
    for (const [body, status, code] of cases) {
      const answer = await tries(id, body);
      expect([body, answer.status, answer.body.code]).toEqual([body, status, code]);
    }
    expect(await read(id)).toEqual(before);
    const { li, wang, committee, company, farDesk, steward, manager } = world.people;
    for (const who of [li, wang, committee, company])
      expect([who.name, (await tries(id, { name: '张君宝' }, who)).status]).toEqual([who.name, 403]);
    expect((await tries(id, { name: '张君宝' }, farDesk)).status).toBe(404);
    for (const [who, name] of [
      [steward, '张君宝'],
      [manager, '张三丰'],
    ] as const)
      expect((await tries(id, { name }, who)).status).toBe(200);
  });

  it('by two desks at once counts once, and sent twice is the same deed', async () => {
    const id = await moveIn('赵敏敏', aPhone());
    const { version } = await read(id);
    const post = (who: Somebody, name: string, key: string) =>
      who.client.post(
        `/people/${id}/correct${scope()}`,
        { expectedVersion: version, name, reason: '写错了字' },
        { 'idempotency-key': key },
      );
    const { desk, steward } = world.people;
    const answers = await Promise.all([
      post(desk, '赵明明', 'desk-corrects'),
      post(steward, '赵鸣鸣', 'steward-corrects'),
    ]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('person.stale');
    const isDesk = answers[0].status === 200;
    const again = isDesk
      ? await post(desk, '赵明明', 'desk-corrects')
      : await post(steward, '赵鸣鸣', 'steward-corrects');
    expect([again.status, again.headers.get('idempotent-replay')]).toEqual([200, 'true']);
    await swept();
    expect([await found('赵敏敏'), await found(isDesk ? '赵明明' : '赵鸣鸣')]).toEqual([[], [id]]);
  });
});
