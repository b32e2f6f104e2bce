import { createHmac } from 'node:crypto';
import { isMac, readCode } from '@gongzhi/gate';
import { HOUR, MINUTE } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { dayKeyOf, digitsOf, visitorKeyOf } from './tables-passes.ts';

/** Passes: how they come to be, who sees them, and how they end. */
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
const invites = (who: Somebody, more: Json = {}): Promise<Answer> =>
  who.client.post('/access/invitations', {
    ...home(),
    kind: 'visitor',
    name: '赵客人',
    validFrom: at(0),
    validTo: at(4 * HOUR),
    entries: 2,
    ...more,
  });
const issues = (who: Somebody, more: Json): Promise<Answer> =>
  who.client.post('/access/passes', { scopeId: world.near.compound, validFrom: at(0), ...more });
const codeOf = ({ status, body }: Answer) => [status, body.code];
const fieldOf = ({ status, body }: Answer) => [status, body.fields?.[0]?.path, body.fields?.[0]?.code];
const found = async (who: Somebody, query: string): Promise<Json[]> =>
  expectStatus(await who.client.get(`/access/passes${scope()}&${query}`), 200).items;

describe('who lives there', () => {
  it('has a pass by what the register says, the same one however often it is asked for', async () => {
    const { wang, fang, chen, farResident, desk } = world.people;
    const [one, two] = await Promise.all([
      wang.client.post('/access/own/passes', home()),
      wang.client.post('/access/own/passes', home()),
    ]);
    const pass = expectStatus(one, 200);
    expect(expectStatus(two, 200).id).toBe(pass.id);
    expect(pass).toMatchObject({
      kind: 'resident',
      state: 'standing',
      name: '王**',
      householdLabel: '3号楼2单元601',
      validTo: null,
    });
    expect(expectStatus(await fang.client.post('/access/own/passes', home()), 200).id).not.toBe(pass.id);
    // A neighbour, somebody from elsewhere, and the desk have none of that home.
    expect(codeOf(await chen.client.post('/access/own/passes', home()))).toEqual([404, 'not_found']);
    expect(codeOf(await farResident.client.post('/access/own/passes', home()))).toEqual([404, 'not_found']);
    expect((await desk.client.post('/access/own/passes', home())).status).toBe(403);
    const own = expectStatus(await wang.client.get(`/access/own${scope()}`), 200);
    expect(own.passes.map((p: Json) => p.id)).toEqual([pass.id]);
    expect(own.counts).toEqual({ visitors: 0, parcels: 0, slips: 0 });
    expect(own.keys).toEqual([{ passId: pass.id, mark: null }]);
  });

  it('makes codes on one phone: the last that asked; nobody else is given its secret', async () => {
    const { wang, fang } = world.people;
    const pass = expectStatus(await wang.client.post('/access/own/passes', home()), 200);
    const key = `/access/own/passes/${pass.id}/key${scope()}`;
    expect(codeOf(await fang.client.post(key))).toEqual([404, 'not_found']);
    const first = expectStatus(await wang.client.post(key), 200);
    const second = expectStatus(await wang.client.post(key), 200);
    expect(second.secret).not.toBe(first.secret);
    expect(Buffer.from(second.secret, 'base64')).toHaveLength(32);
    expect(second).toMatchObject({
      ref: pass.ref,
      timeZone: 'Asia/Shanghai',
      digits: digitsOf(Buffer.from(second.secret, 'base64')),
    });
    expect(dayKeyOf(Buffer.from(second.secret, 'base64'), world.near.compound, '2026-11-23')).toHaveLength(
      16,
    );
    expect((await wang.client.get(`/access/own${scope()}`)).body.keys).toEqual([
      { passId: pass.id, mark: second.mark },
    ]);
    // Found at the desk by the digits it says now, and not by those of the phone before.
    expect((await found(world.people.desk, `q=${second.digits}`)).map((p) => p.id)).toEqual([pass.id]);
    expect(await found(world.people.desk, `q=${first.digits}`)).toEqual([]);
    const [row] = await world.ask(
      `select encode(secret_cipher, 'escape') as sealed from access.pass where pass_id = $1`,
      [pass.id],
    );
    expect(row?.sealed).not.toContain(second.secret);
    expect(JSON.stringify(await world.ask(`select payload from platform.outbox`))).not.toContain(
      second.secret,
    );
  });

  it('has none any more from the day of moving out, and neither have those they invited', async () => {
    const lodger = await world.aPerson('钱租客', 'resident', world.near.compound, {
      livesAt: { householdId: world.near.households['13-2-101']!, quarter: world.near, relation: 'tenant' },
    });
    const there = { scopeId: world.near.compound, householdId: world.near.households['13-2-101']! };
    const pass = expectStatus(await lodger.client.post('/access/own/passes', there), 200);
    expect(pass.kind).toBe('tenant');
    const guest = expectStatus(await invites(lodger, there), 201).pass;
    const page = `/places/households/${there.householdId}`;
    const { desk } = world.people;
    const before = expectStatus(await desk.client.get(page + scope()), 200);
    const relation = before.people.find((person: Json) => person.nameMasked === '钱**');
    expectStatus(
      await desk.client.post(`${page}/commands${scope()}`, {
        expectedVersion: before.version,
        action: 'move_out',
        occupancyId: relation.occupancyId,
        endsOn: '2026-11-23',
      }),
      200,
    );
    await world.told();
    expect((await found(desk, 'q=13号楼2单元101')).map((p) => [p.id, p.state])).toEqual([
      [guest.id, 'revoked'],
      [pass.id, 'revoked'],
    ]);
  });
});

describe('a guest', () => {
  it('is invited with a code and six digits, seen by the home alone, and taken back at once', async () => {
    const { wang, fang, chen, desk } = world.people;
    const { pass, code, digits } = expectStatus(
      await invites(wang, { phone: '138 0013 8000', plate: '京ad 12345' }),
      201,
    );
    expect(pass).toMatchObject({
      kind: 'visitor',
      state: 'standing',
      name: '赵客人',
      phone: '138****8000',
      plate: '京AD12345',
      entriesAllowed: 2,
    });
    expect(digits).toMatch(/^\d{6}$/);
    // What the gate carries for the day tells that the code is ours.
    const read = readCode(code)!;
    const key = visitorKeyOf(world.server.house.crypto, world.near.compound, '2026-11-23');
    expect(read.ref).toBe(pass.ref);
    expect(isMac(read, createHmac('sha256', key).update(read.message).digest())).toBe(true);
    const other = visitorKeyOf(world.server.house.crypto, world.far.compound, '2026-11-23');
    expect(isMac(read, createHmac('sha256', other).update(read.message).digest())).toBe(false);
    const listed = async (who: Somebody) =>
      expectStatus(await who.client.get(`/access/invitations${scope()}`), 200).items.map((i: Json) => [
        i.pass.id,
        i.digits,
      ]);
    expect(await listed(fang)).toContainEqual([pass.id, digits]);
    expect(await listed(chen)).toEqual([]);
    for (const words of [digits, '京AD12345'])
      expect((await found(desk, `q=${encodeURIComponent(words)}`)).map((p) => p.plate)).toEqual(['京A***45']);
    // Four digits of a phone: with a purpose, on record.
    const byPhone = async (four: string) =>
      expectStatus(
        await desk.client.post('/access/pass-searches', {
          scopeId: world.near.compound,
          digits: four,
          purpose: 'visitor_at_gate',
        }),
        200,
      ).items.map((p: Json) => p.plate);
    expect([await byPhone('8000'), await byPhone('8001')]).toEqual([['京A***45'], []]);
    expect(codeOf(await chen.client.post(`/access/invitations/${pass.id}/revoke${scope()}`))).toEqual([
      404,
      'not_found',
    ]);
    // Anybody of the home.
    expect(
      expectStatus(await fang.client.post(`/access/invitations/${pass.id}/revoke${scope()}`), 200).state,
    ).toBe('revoked');
    expect(codeOf(await wang.client.post(`/access/invitations/${pass.id}/revoke${scope()}`))).toEqual([
      409,
      'access.pass_over',
    ]);
    expect((await listed(fang)).find(([id]: [string]) => id === pass.id)).toEqual([pass.id, null]);
  });

  it('is refused with the field that is wrong and what would be right', async () => {
    const { wang } = world.people;
    for (const [more, field] of [
      [{ validTo: at(72 * HOUR + 10 * MINUTE) }, ['/validTo', 'hours_most']],
      [{ validTo: at(0) }, ['/validTo', 'time_past']],
      [{ validTo: undefined }, ['/validTo', 'required']],
      [{ validFrom: at(31 * DAY), validTo: at(32 * DAY) }, ['/validFrom', 'days_ahead']],
      [{ entries: 11 }, ['/entries', 'entries_most']],
      [{ plate: '12345' }, ['/plate', 'plate']],
      [{ phone: '12345' }, ['/phone', 'phone']],
      [{ kind: 'helper', validTo: at(30 * DAY) }, ['/hours', 'required']],
      [{ hours: [{ days: [1], fromMinute: 600, toMinute: 600 }] }, ['/hours', 'time_backwards']],
    ] as const)
      expect([more, ...fieldOf(await invites(wang, more))]).toEqual([more, 422, ...field]);
    for (const more of [
      { name: ' ' },
      { kind: 'staff' },
      { entries: 0 },
      { hours: [{ days: [8], fromMinute: 0, toMinute: 1 }] },
    ])
      expect([more, (await invites(wang, more)).body.code]).toEqual([more, 'validation.failed']);
  });

  it('a home has so many invitations at a time and no more', async () => {
    const { chen } = world.people;
    const there = { householdId: world.near.households['3-2-102']! };
    const qiang = await world.aPerson('陈强', 'resident', world.near.compound, {
      livesAt: { householdId: there.householdId, quarter: world.near },
    });
    await world.ask(
      `insert into platform.setting (scope_id, key, valid_from, value, source)
       select $1, 'access.issuing', '2026-11-24', '{"visitorHours":72,"visitorEntries":10,"slotMinutes":120,"helperDays":366,"contractorDays":90,"staffDays":366,"temporaryVehicleDays":7,"aheadDays":30,"invitationsAtOnce":2}', 'test'`,
      [world.near.compound],
    );
    world.clock.advance(DAY);
    // At once, as well: whoever asks for the third is told so.
    const asked = await Promise.all([chen, qiang, chen, qiang, chen].map((who) => invites(who, there)));
    expect(asked.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 201, 409, 409, 409]);
    expect((await invites(chen, there)).body).toMatchObject({
      code: 'access.too_many_invitations',
      params: { limit: 2 },
    });
  });
});

describe('a child', () => {
  it('has a pass until fourteen from the guardian, and from nobody who has none', async () => {
    const { wang, fang } = world.people;
    const child = { kind: 'minor', name: '王小明', validTo: undefined, entries: undefined };
    const { pass, code } = expectStatus(await invites(wang, { ...child, bornOn: '2016-05-04' }), 201);
    expect([pass.validTo, code, pass.hasPhone]).toEqual(['2030-05-03T16:00:00.000Z', null, false]);
    expect(fieldOf(await invites(wang, { ...child, bornOn: '2012-11-23' }))).toEqual([
      422,
      '/bornOn',
      'not_under_fourteen',
    ]);
    // Its guardian's alone to take back.
    expect(codeOf(await fang.client.post(`/access/invitations/${pass.id}/revoke${scope()}`))).toEqual([
      403,
      'access.not_invited_by_you',
    ]);
  });
});

describe('at the desk', () => {
  it('gives one card and one plate to one, whoever asks at the same time', async () => {
    const { desk, manager, chen } = world.people;
    const there = world.near.households['3-2-102'];
    const issuedOf = async (body: Json) => {
      const asked = await Promise.all([desk, manager, desk, manager].map((who) => issues(who, body)));
      for (const { status, body: said } of asked)
        if (status !== 201) expect(said.code).toBe('access.pass_taken');
      return asked.filter(({ status }) => status === 201).length;
    };
    const car = { kind: 'vehicle', vehicleKind: 'visitor', plate: '京E70917', validTo: at(DAY) };
    expect(await issuedOf(car)).toBe(1);
    const [person] = expectStatus(await desk.client.get(`/people?q=${chen.phone}`), 200).items;
    const card = { kind: 'card', card: 'RACE-1', personId: person.id, householdId: there };
    expect(await issuedOf(card)).toBe(1);
  });

  it('issues, puts on hold, takes up again and takes back, each with its reason, and the holder is told', async () => {
    const { desk, manager, wang, farDesk, company } = world.people;
    const pass = (await found(desk, 'q=3号楼2单元601&kind=resident')).find((p) => p.name === '王**')!;
    const does = (who: Somebody, action: string, expectedVersion: number, reason?: string) =>
      who.client.post(`/access/passes/${pass.id}/commands${scope()}`, {
        action,
        expectedVersion,
        ...(reason === undefined ? {} : { reason }),
      });
    expect((await does(desk, 'suspend', pass.version)).status).toBe(422);
    expect(codeOf(await does(farDesk, 'suspend', pass.version, '冒用'))).toEqual([404, 'not_found']);
    for (const who of [wang, guard, company])
      expect((await does(who, 'suspend', pass.version, '冒用')).status).toBe(403);
    const held = expectStatus(await does(desk, 'suspend', pass.version, '手机丢了'), 200);
    expect(held).toMatchObject({ state: 'suspended', reason: '手机丢了' });
    expect(codeOf(await does(manager, 'resume', pass.version))).toEqual([409, 'access.stale']);
    expect(await wang.inbox()).toContain('pass.suspended');
    expect(expectStatus(await does(manager, 'resume', held.version), 200).state).toBe('standing');
    expect(codeOf(await does(desk, 'resume', held.version + 1))).toEqual([409, 'access.pass_over']);
  });

  it('gives a card to who has no phone, once; people without one stand on the morning list', async () => {
    const { desk, manager, fang } = world.people;
    const people = expectStatus(await desk.client.get(`/people?q=${fang.phone}`), 200).items;
    const card = { kind: 'card', householdId: world.home, personId: people[0].id, card: 'A0012345' };
    expect(fieldOf(await issues(desk, { ...card, personId: undefined, name: '方敏' }))).toEqual([
      422,
      '/personId',
      'required',
    ]);
    expect(fieldOf(await issues(desk, { ...card, householdId: undefined }))).toEqual([
      422,
      '/householdId',
      'required',
    ]);
    const { pass, digits } = expectStatus(await issues(desk, card), 201);
    expect(pass).toMatchObject({ kind: 'card', hasCard: true, name: '方*', validTo: null });
    expect(digits).toMatch(/^\d{6}$/);
    expect(codeOf(await issues(manager, { ...card, personId: people[0].id }))).toEqual([
      409,
      'access.pass_taken',
    ]);
    expect((await found(desk, 'q=A0012345')).map((p) => p.id)).toEqual([pass.id]);
    expect((await found(desk, 'isWithoutPhone=true')).map((p) => p.kind)).toContain('minor');
  });

  it('a contractor has a permit, hours and an end; staff an end; a building that is not there is refused', async () => {
    const { desk } = world.people;
    const hours = [{ days: [1, 2, 3, 4, 5], fromMinute: 480, toMinute: 1080 }];
    const contractor = {
      kind: 'contractor',
      name: '孙师傅',
      validTo: at(30 * DAY),
      hours,
      authority: '安顺装修',
    };
    expect(fieldOf(await issues(desk, contractor))).toEqual([422, '/permitNumber', 'required']);
    const { pass } = expectStatus(await issues(desk, { ...contractor, permitNumber: '施2026-118' }), 201);
    expect(pass).toMatchObject({ documentNo: '施2026-118', authority: '安顺装修', hours });
    expect(fieldOf(await issues(desk, { kind: 'staff', name: '周保洁' }))).toEqual([
      422,
      '/validTo',
      'required',
    ]);
    expect(
      codeOf(await issues(desk, { ...contractor, permitNumber: '1', buildingIds: [world.far.compound] })),
    ).toEqual([422, 'access.building_unknown']);
  });

  it('of two who want the last space of the car park one has it; a month begun is owed', async () => {
    const { desk, manager } = world.people;
    expect(
      (
        await desk.client.send('PUT', '/access/car-park', {
          scopeId: world.near.compound,
          spaces: 1,
          monthlyFeeFen: 15_000,
          expectedVersion: 0,
        })
      ).status,
    ).toBe(403);
    const park = expectStatus(
      await manager.client.send('PUT', '/access/car-park', {
        scopeId: world.near.compound,
        spaces: 1,
        monthlyFeeFen: 15_000,
        expectedVersion: 0,
      }),
      200,
    );
    expect(park).toMatchObject({ spaces: 1, held: 0, free: 1, version: 1 });
    const car = (plate: string) => ({
      kind: 'vehicle',
      vehicleKind: 'monthly',
      plate,
      householdId: world.home,
      name: '王建国',
      validTo: at(40 * DAY),
    });
    // Of no home, nobody would owe it.
    const nobodys = await issues(desk, { ...car('京A33333'), householdId: undefined });
    expect([nobodys.status, nobodys.body.code, nobodys.body.fields]).toMatchObject([
      422,
      'access.pass_invalid',
      [{ path: '/householdId', code: 'required' }],
    ]);
    const both = await Promise.all([issues(desk, car('京A11111')), issues(manager, car('京A22222'))]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'access.car_park_full',
      params: { spaces: 1 },
    });
    expect(
      await world.ask(`select payload from platform.outbox where kind = 'vehicle_charge.raised'`),
    ).toMatchObject([{ payload: { months: 2, amountFen: 30_000 } }]);
    expect(
      codeOf(
        await issues(desk, {
          ...car(both[0]!.status === 201 ? '京A11111' : '京A22222'),
          vehicleKind: 'visitor',
          validTo: at(HOUR),
        }),
      ),
    ).toEqual([409, 'access.pass_taken']);
    expect(
      (
        await manager.client.send('PUT', '/access/car-park', {
          scopeId: world.near.compound,
          spaces: 2,
          monthlyFeeFen: 0,
          expectedVersion: 3,
        })
      ).body.code,
    ).toBe('access.stale');
  });
});

it('who acts by consent has a pass of the home until the consent ends or is withdrawn', async () => {
  const { fang, chen, desk } = world.people;
  const given = expectStatus(
    await fang.client.post('/me/consents', {
      ...home(),
      delegate: { name: '陈静', phone: chen.phone },
      kinship: 'friend',
      purposes: ['report'],
      endsOn: '2026-12-24',
    }),
    201,
  );
  expectStatus(await chen.client.send('PUT', '/me/acting', { membershipId: given.id }), 200);
  const pass = expectStatus(await chen.client.post('/access/own/passes', home()), 200);
  expect(pass).toMatchObject({
    kind: 'family',
    householdLabel: '3号楼2单元601',
    validTo: '2026-12-23T16:00:00.000Z',
  });
  expectStatus(await fang.client.post(`/me/consents/${given.id}/withdraw${scope()}`, {}), 200);
  await world.told();
  expect((await found(desk, 'kind=family')).map((p) => [p.id, p.state])).toEqual([[pass.id, 'revoked']]);
  expect((await chen.client.post('/access/own/passes', home())).body.code).toBe('auth.capacity_ended');
});
