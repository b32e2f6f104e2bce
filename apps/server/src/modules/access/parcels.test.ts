import { HOUR } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';

/** Lists with their appeal, parcels at the gate, and goods that leave a home. */
let world: World;
let guard: Somebody;
beforeAll(async () => {
  world = await aWorld();
  guard = await world.aPerson('赵门岗', 'guard', world.near.department);
});
afterAll(() => world.close());

const scope = () => `?scopeId=${world.near.compound}`;
const at = (more: number) => new Date(world.clock.now().getTime() + more).toISOString();
const home = () => ({ scopeId: world.near.compound, householdId: world.home });
const codeOf = ({ status, body }: Answer) => [status, body.code];
const fieldOf = ({ status, body }: Answer) => [status, body.fields?.[0]?.path, body.fields?.[0]?.code];

describe('a list', () => {
  it('keeps nobody out of their home, and nobody on it past its day; an appeal is heard by another', async () => {
    const { manager, company, street, desk, wang, farDesk } = world.people;
    const adds = (who: Somebody, more: Json) =>
      who.client.post('/access/list-entries', {
        scopeId: world.near.compound,
        kind: 'deny',
        reason: '多次尾随进楼',
        authority: '物业项目部',
        endsAt: at(30 * DAY),
        ...more,
      });
    expect(fieldOf(await adds(manager, { householdId: world.home }))).toEqual([422, '/kind', 'lives_here']);
    expect(fieldOf(await adds(manager, {}))).toEqual([422, '/plate', 'subject']);
    expect(fieldOf(await adds(manager, { plate: '京B55555', endsAt: at(91 * DAY) }))).toEqual([
      422,
      '/endsAt',
      'days_most',
    ]);
    expect(fieldOf(await adds(street, { plate: '京B55555', kind: 'isolation' }))).toEqual([
      422,
      '/policyId',
      'authority',
    ]);
    expect(codeOf(await adds(farDesk, { plate: '京B55555' }))).toEqual([403, 'permission.denied']);
    for (const who of [desk, wang, guard, company])
      expect((await adds(who, { plate: '京B55555' })).status).toBe(403);
    // Nor is the car that takes them home kept out, by its plate or by its pass.
    const car = { scopeId: world.near.compound, householdId: world.home, plate: '京B77777' };
    const { id: carPass } = expectStatus(
      await desk.client.post('/access/passes', {
        ...car,
        kind: 'vehicle',
        vehicleKind: 'resident',
        validFrom: at(0),
      }),
      201,
    ).pass;
    for (const which of [{ plate: car.plate }, { passId: carPass }])
      expect(fieldOf(await adds(manager, which))).toEqual([422, '/kind', 'lives_here']);
    const { id } = expectStatus(await adds(manager, { plate: '京B55555' }), 201);
    const entry = async () =>
      expectStatus(await desk.client.get(`/access/list-entries${scope()}`), 200).items.find(
        (e: Json) => e.id === id,
      );
    expect(await entry()).toMatchObject({
      state: 'standing',
      subject: '京B***55',
      reason: '多次尾随进楼',
      appealState: 'none',
      isOwn: false,
    });
    const path = (what: string) => `/access/list-entries/${id}/${what}${scope()}`;
    const answers = (who: Somebody, expectedVersion: number, isUpheld: boolean) =>
      who.client.post(path('answer'), { expectedVersion, isUpheld, words: '核对了录像' });
    expect(codeOf(await answers(street, 1, true))).toEqual([409, 'access.appeal_none']);
    expectStatus(
      await desk.client.post(path('appeal'), { expectedVersion: 1, words: '那天是来接孩子' }),
      200,
    );
    expect(codeOf(await desk.client.post(path('appeal'), { expectedVersion: 2, words: '再说一遍' }))).toEqual(
      [409, 'access.appeal_already'],
    );
    expect(codeOf(await answers(manager, 2, false))).toEqual([403, 'access.appeal_own']);
    expectStatus(await answers(street, 2, true), 200);
    expect(await entry()).toMatchObject({
      state: 'lifted',
      appealState: 'upheld',
      appeal: '那天是来接孩子',
      answer: '核对了录像',
    });
    expect(
      codeOf(await manager.client.post(path('lift'), { expectedVersion: 3, reason: '不需要了' })),
    ).toEqual([409, 'access.entry_over']);
    const [row] = await world.ask(
      `select encode(reason_cipher, 'escape') as sealed from access.list_entry where entry_id = $1`,
      [id],
    );
    expect(row?.sealed).not.toContain('尾随');
    const { id: next } = expectStatus(await adds(street, { plate: '京B66666', endsAt: at(DAY) }), 201);
    world.clock.advance(DAY);
    const states = expectStatus(await street.client.get(`/access/list-entries${scope()}`), 200).items;
    expect(states.find((e: Json) => e.id === next).state).toBe('over');
    const live = expectStatus(
      await street.client.get(`/access/list-entries${scope()}&isLive=true`),
      200,
    ).items;
    expect(live).toEqual([]);
  });
});

describe('parcels and goods', () => {
  it('a parcel waits with shelf and code, is told to the home, and handed out once', async () => {
    const { wang, fang, chen, desk, farDesk } = world.people;
    const takes = (who: Somebody) =>
      who.client.post('/access/parcels', { ...home(), carrier: '顺丰', tail: '8821', shelf: '东门2架' });
    expect((await takes(wang)).status).toBe(403);
    expect(codeOf(await takes(farDesk))).toEqual([404, 'not_found']);
    // A guard reads no list of homes, but the parcel says whose it is; half an address is nobody's.
    const called = (words: string) =>
      guard.client.post('/access/parcels', {
        scopeId: world.near.compound,
        home: words,
        carrier: '圆通',
        shelf: '1',
      });
    for (const words of ['601', '3-2-9999', '王建国'])
      expect(fieldOf(await called(words))).toEqual([422, '/home', 'unknown']);
    const byWords = expectStatus(await called('3-2-601'), 201);
    expect(byWords.householdId).toBe(world.home);
    expectStatus(
      await guard.client.post(`/access/parcels/${byWords.id}/commands${scope()}`, {
        action: 'return',
        expectedVersion: 1,
      }),
      200,
    );
    const parcel = expectStatus(await takes(guard), 201);
    expect([parcel.state, parcel.code]).toEqual(['waiting', null]);
    expect(await fang.inbox()).toContain('parcel.arrived');
    expect(await chen.inbox()).not.toContain('parcel.arrived');
    const seen = expectStatus(await fang.client.get(`/access/parcels${scope()}`), 200).items;
    expect(seen[0]).toMatchObject({ shelf: '东门2架', carrier: '顺丰', state: 'waiting' });
    expect((await chen.client.get(`/access/parcels${scope()}`)).body.items).toEqual([]);
    expect((await wang.client.get(`/access/own${scope()}`)).body.counts.parcels).toBe(1);
    const act = (who: Somebody, body: Json, id = parcel.id) =>
      who.client.post(`/access/parcels/${id}/commands${scope()}`, body);
    const { code } = seen[0];
    const wrong = code === '000000' ? '000001' : '000000';
    expect(codeOf(await act(guard, { action: 'collect', expectedVersion: 1, code: wrong }))).toEqual([
      422,
      'access.parcel_code',
    ]);
    expect(codeOf(await act(guard, { action: 'collect', expectedVersion: 1 }))).toEqual([
      422,
      'access.parcel_code',
    ]);
    expect(codeOf(await act(wang, { action: 'return', expectedVersion: 1 }))).toEqual([
      403,
      'permission.denied',
    ]);
    expect(codeOf(await act(chen, { action: 'collect', expectedVersion: 1 }))).toEqual([404, 'not_found']);
    const both = await Promise.all([
      act(guard, { action: 'collect', expectedVersion: 1, code }),
      act(wang, { action: 'collect', expectedVersion: 1 }),
    ]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    const second = expectStatus(await takes(desk), 201);
    expect(
      expectStatus(await act(desk, { action: 'return', expectedVersion: 1 }, second.id), 200).state,
    ).toBe('returned');
  });

  it('a slip is asked for by the home, looked at once at the gate, held with what did not agree', async () => {
    const { wang, fang, chen, desk } = world.people;
    const asks = (who: Somebody, more: Json = {}) =>
      who.client.post('/access/goods-slips', {
        ...home(),
        items: [{ what: '冰箱', count: 1 }],
        plate: '京a99999',
        validFrom: at(0),
        validTo: at(6 * HOUR),
        ...more,
      });
    expect((await asks(desk)).status).toBe(403);
    expect(codeOf(await asks(chen))).toEqual([404, 'not_found']);
    expect(fieldOf(await asks(wang, { validTo: at(25 * HOUR) }))).toEqual([422, '/validTo', 'hours_most']);
    const slip = expectStatus(await asks(wang), 201);
    expect(slip).toMatchObject({ state: 'open', plate: '京A99999', askedByName: '王**' });
    expect((await fang.client.get(`/access/own${scope()}`)).body.counts.slips).toBe(1);
    const byCode = expectStatus(
      await guard.client.get(`/access/goods-slips${scope()}&isOpen=true&code=${slip.code}`),
      200,
    ).items;
    expect(byCode.map((s: Json) => s.id)).toEqual([slip.id]);
    const check = (body: Json) => guard.client.post(`/access/goods-slips/${slip.id}/check${scope()}`, body);
    expect((await check({ action: 'hold', expectedVersion: 1 })).status).toBe(422);
    const held = expectStatus(await check({ action: 'hold', expectedVersion: 1, note: '车上还有电视' }), 200);
    expect(held).toMatchObject({ state: 'held', checkNote: '车上还有电视' });
    expect(await fang.inbox()).toContain('goods_slip.held');
    expect(codeOf(await check({ action: 'pass', expectedVersion: 1 }))).toEqual([409, 'access.stale']);
    expect(expectStatus(await check({ action: 'pass', expectedVersion: 2 }), 200).state).toBe('passed');
    expect(codeOf(await check({ action: 'pass', expectedVersion: 3 }))).toEqual([409, 'access.slip_over']);
    const later = expectStatus(await asks(wang, { validFrom: at(HOUR), validTo: at(2 * HOUR) }), 201);
    const early = await guard.client.post(`/access/goods-slips/${later.id}/check${scope()}`, {
      action: 'pass',
      expectedVersion: 1,
    });
    expect(codeOf(early)).toEqual([409, 'access.slip_early']);
    world.clock.advance(2 * HOUR);
    const cancelled = await wang.client.post(`/access/goods-slips/${later.id}/cancel${scope()}`, {
      expectedVersion: 1,
    });
    expect(codeOf(cancelled)).toEqual([409, 'access.slip_over']);
  });
});
