import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, type Family, familyOf } from '../../../../../test/family.ts';
import { Client, type Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, DAY, expectStatus, type Somebody } from './fixtures.ts';
import { working } from './working/fixtures.ts';

let world: World;
let family: Family;
beforeAll(async () => {
  world = await aWorld();
  family = familyOf(world);
});
afterAll(() => world.close());

const calls = async (who: Somebody, phone: string, more: Record<string, unknown> = {}): Promise<Json[]> =>
  expectStatus(await who.client.post('/work-orders/callers', { phone, ...more }), 200).homes;

describe('who calls', () => {
  test('is known by the number, with the home and what is going on there; masked', async () => {
    const { desk, wang } = world.people;
    const open = await wang.reports(aWorkOrder().atHome(world.home));
    const spaced = `+86 ${wang.phone.slice(0, 3)} ${wang.phone.slice(3, 7)}-${wang.phone.slice(7)}`;
    const [home, ...others] = await calls(desk, spaced);
    expect(others).toEqual([]);
    expect(home).toMatchObject({
      householdId: world.home,
      label: '3号楼2单元601',
      callerName: '王**',
      relation: 'owner',
      onBehalfOf: null,
    });
    expect(home.matters[0]).toMatchObject({
      id: open.id,
      number: open.number,
      status: 'submitted',
      isOpen: true,
    });
    expect(JSON.stringify(home)).not.toContain(wang.phone);
    // Told again, it is urged, and no second order made; not twice in half an hour.
    const urged = await desk.does(home.matters[0], 'urge').catch(async () => desk.does(open, 'urge'));
    expect(urged.urgeCount).toBe(1);
    expect((await desk.tries(urged, 'urge')).body.params.reason).toBe('urged_recently');
  });

  test('and for whom they may speak, as long as they may', async () => {
    const { desk, farDesk } = world.people;
    const mother = await family.aMother();
    const phone = family.aNumber();
    const consent = await family.records(mother, { phone });
    expect(await calls(desk, phone)).toMatchObject([
      {
        householdId: mother.householdId,
        relation: 'delegate',
        callerName: '李*',
        onBehalfOf: '王**',
        purposes: ['follow', 'report', 'confirm'],
      },
    ]);
    expect(await calls(farDesk, phone)).toEqual([]);
    expectStatus(await family.withdraw(desk, consent, {}, '/consents'), 200);
    expect(await calls(desk, phone)).toEqual([]);
  });

  test('and of what goes on there only what the listener may know to be of this home', async () => {
    const { desk, manager, street, wang, li } = world.people;
    const plain = await wang.reports(aWorkOrder().atHome(world.home).saying('水槽堵了'));
    const confidential = await wang.reports(
      aWorkOrder().about('service.attitude').atHome(world.home).saying('态度不好'),
    );
    let visit = await wang.reports(aWorkOrder().about('water.tap').atHome(world.home));
    visit = await desk.does(visit, 'assign', { assigneeAccountId: li.accountId });
    visit = await li.does(visit, 'accept');
    const body = aWorkOrder().about('service.attitude').saying('师傅骂人').atHome(world.home);
    const complaint = expectStatus(
      await wang.client.post('/work-orders', {
        ...body.body(world.near.compound),
        about: { workOrderId: visit.id },
      }),
      201,
    );
    const heard = async (who: Somebody) => {
      const [home] = await calls(who, wang.phone, { scopeId: world.near.compound });
      const ids = home!['matters'].map(({ id }: Json) => id);
      return [plain, visit, confidential, complaint].map(({ id }) => ids.includes(id));
    };
    expect(await heard(manager)).toEqual([true, true, true, true]);
    expect(await heard(desk)).toEqual([true, true, true, false]);
    expect(await heard(street)).toEqual([true, true, false, false]);

    // Nor what is noted of it: neither to be read nor to be touched.
    const added = await manager.client.post('/work-orders/notes', {
      scopeId: complaint.scopeId,
      subject: 'order',
      subjectId: complaint.id,
      text: '已向总部报告',
    });
    const note = expectStatus(added, 201);
    const listed = (who: Somebody, more = '') =>
      who.client.get(`/work-orders/notes?scopeId=${complaint.scopeId}&orderId=${complaint.id}${more}`);
    expect(expectStatus(await listed(manager), 200).items).toMatchObject([{ id: note.id }]);
    expect((await listed(desk)).status).toBe(404);
    expect((await listed(desk, `&householdId=${world.home}`)).status).toBe(404);
    const pins = (who: Somebody) =>
      who.client.post(`/work-orders/notes/${note.id}/changes?scopeId=${complaint.scopeId}`, {
        change: 'pin',
      });
    expect((await pins(desk)).status).toBe(404);
    expect(expectStatus(await pins(manager), 200).items).toMatchObject([{ isPinned: true }]);
  });

  test('is nobody to another company, to who has moved out, or under a number that is nobody’s', async () => {
    const { farDesk, desk, street, wang, li } = world.people;
    expect(await calls(farDesk, wang.phone)).toEqual([]);
    expect(await calls(desk, '13000000000')).toEqual([]);
    expect(await calls(street, wang.phone, { scopeId: world.near.compound })).toHaveLength(1);
    expect(
      codeOf(
        await street.client.post('/work-orders/callers', { phone: wang.phone, scopeId: world.far.compound }),
      ),
    ).toEqual([404, 'not_found']);
    expect(codeOf(await li.client.post('/work-orders/callers', { phone: wang.phone }))).toEqual([
      403,
      'permission.denied',
    ]);
    await world.admin.query(`update places.occupancy set ends_on = '2026-11-20' where account_id = $1`, [
      world.people.chen.accountId,
    ]);
    expect(await calls(desk, world.people.chen.phone)).toEqual([]);
  });
});

describe('what staff write down of a home, without a number', () => {
  const rowOf = async (order: Json): Promise<Json> =>
    (
      await world.ask(
        `select source, reporter_account_id as by from work_orders.work_order where work_order_id = $1`,
        [order.id],
      )
    )[0];

  test('is the household’s: whoever has no phone confirms under a signature, and no clerk does in their stead', async () => {
    const { desk, steward, li, street } = world.people;
    const mother = await family.aMother();
    for (const who of [desk, steward, street]) {
      const order = await who.reports(aWorkOrder().atHome(mother.householdId));
      expect(order.isMine).toBe(false);
      expect(await rowOf(order)).toEqual({ source: 'staff', by: null });
    }
    let order: Json = await desk.reports(aWorkOrder().atHome(mother.householdId));
    order = await family.toFinished(order);
    const words = { confirm: {}, dispute: { reason: '还漏' } };
    for (const action of ['confirm', 'dispute'] as const) {
      const answer = await desk.tries(order, action, words[action]);
      expect([action, answer.status, answer.body.params?.reason]).toEqual([action, 409, 'not_yours']);
    }
    const signed = await li.does(order, 'confirm_for', { how: 'signature', photoIds: [await li.uploads()] });
    expect(signed).toMatchObject({ status: 'confirmed', rating: null });
    expect((await desk.tries(signed, 'rate', { score: 'satisfied' })).body.params.reason).toBe('not_yours');

    // Such a matter of before bears the clerk's account: it makes no reporter of them, and keeps no signature away.
    const old = await family.toFinished(await desk.reports(aWorkOrder().atHome(mother.householdId)));
    await world.ask(`update work_orders.work_order set reporter_account_id = $2 where work_order_id = $1`, [
      old.id,
      desk.accountId,
    ]);
    expect((await desk.tries(old, 'confirm')).body.params.reason).toBe('not_yours');
    expect(await desk.does(old, 'confirm_for', { how: 'in_person', name: '王秀英' })).toMatchObject({
      status: 'confirmed',
    });
  });

  test('is told to who lives there, whoever of the staff acts on it, and priced with their word alone', async () => {
    const { desk, li, wang, fang } = world.people;
    let order: Json = await desk.reports(aWorkOrder().atHome(world.home));
    order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
    order = await li.does(order, 'accept');
    order = await li.does(order, 'start');
    await world.told();
    const before = (await wang.inbox()).filter((kind) => kind === 'work_order.quote_sent').length;
    const job = working(world);
    if ((await job.sees(li, order)).warranty !== null)
      order = await job.does(desk, order, 'set_payer', { payer: 'household', reason: '不是同一处' });
    order = await job.does(desk, order, 'add_line', job.line('80'));
    order = await job.does(desk, order, 'send_quote');
    expect((await wang.inbox()).filter((kind) => kind === 'work_order.quote_sent')).toHaveLength(before + 1);
    const offer = { quoteNo: 1, total: '80.00' };
    expect((await job.tries(desk, order, 'agree', offer)).body.params.reason).toBe('signer_required');
    const agreed = await job.does(fang, order, 'agree', offer);
    expect(agreed.sheet.entries.at(-1)).toMatchObject({ kind: 'agreed', how: 'app' });
  });

  test('nor does a worker say of their own work that it is well done', async () => {
    const { desk, li } = world.people;
    let order: Json = await li.reports(aWorkOrder().about('gate.fault').inPublic());
    expect(order.isMine).toBe(true);
    order = await family.toFinished(order);
    const answer = await li.tries(order, 'confirm');
    expect([answer.status, answer.body.params.reason]).toEqual([409, 'own_work']);
    expect((await desk.sees(order)).status).toBe('finished');
  });
});

describe('a slip', () => {
  const nobody = () => new Client(world.url);
  const opened = async (token: string) => {
    const { status, body } = await nobody().get(`/slips/${token}`);
    return [status, body.slip];
  };
  const prints = async (order: Json): Promise<Json> =>
    expectStatus(
      await world.people.desk.client.post(`/work-orders/${order.id}/slips?scopeId=${order.scopeId}`),
      201,
    );

  test('says how far the matter is to whoever holds it, and nothing of who or where', async () => {
    const { desk, li } = world.people;
    const mother = await family.aMother();
    let order = await desk.reports(
      aWorkOrder().atHome(mother.householdId).saying('厨房漏水').forCaller('王秀英', '010-62345678'),
    );
    const slip = await prints(order);
    expect(slip).toMatchObject({ number: order.number, description: '厨房漏水', deskPhone: null });
    expect(slip.token).toMatch(/^[\w-]{43}$/);
    const look = () => nobody().get(`/slips/${slip.token}`);
    expect(expectStatus(await look(), 200).slip).toMatchObject({
      number: order.number,
      station: 0,
      assigneeName: null,
    });
    order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
    // Who was asked is nobody's business before they have said yes.
    expect((await look()).body.slip.assigneeName).toBeNull();
    order = await li.does(order, 'accept');
    const seen = expectStatus(await look(), 200);
    expect(seen.slip).toMatchObject({ station: 1, assigneeName: '李师傅', assigneeTitle: '维修工' });
    for (const secret of ['王', '13号楼', '厨房', mother.householdId, order.id, '62345678'])
      expect(JSON.stringify(seen)).not.toContain(secret);
    // The table holds no code that could be copied out of it.
    const rows = await world.ask(
      `select encode(secret_hash, 'hex') as hash from work_orders.slip where work_order_id = $1`,
      [order.id],
    );
    expect(rows).toHaveLength(1);
    expect(Buffer.from(slip.token, 'base64url').toString('hex')).not.toContain(rows[0]!['hash']);
    // A retry is answered from what is kept for it, and that is sealed.
    expect(
      await world.ask(`select from platform.idempotency t where t::text like '%' || $1 || '%'`, [slip.token]),
    ).toEqual([]);
    expect(await world.keptAnswers()).toContain(slip.token);
  });

  test('bears the telephone that the department says for its compound, else the company’s', async () => {
    const { desk, manager, company, steward, farDesk, farCompany, street, wang } = world.people;
    const order = await wang.reports(aWorkOrder().atHome(world.home));
    const { near } = world;
    const set = (who: Somebody, scopeId: string, phone: string) =>
      who.client.send(
        'PUT',
        `/work-orders/desk-phones/${scopeId}`,
        { phone },
        { 'idempotency-key': randomUUID() },
      );
    const printed = async () => expect((await prints(order)).deskPhone).toBe(wanted);
    let wanted = '010-6000 1111';
    expectStatus(await set(company, near.company, wanted), 200);
    await printed();
    const rows = async (who: Somebody) => expectStatus(await who.client.get('/work-orders/desk-phones'), 200);
    expect(await rows(manager)).toEqual({
      items: [{ scopeId: near.compound, scopeName: expect.any(String), phone: '', inherited: wanted }],
      mayEdit: true,
    });
    for (const phone of ['800-1', '1', 'call us', '+86 10 6000 2222;drop', '1'.repeat(40)])
      expect([phone, (await set(manager, near.compound, phone)).status]).toEqual([
        phone,
        phone === '800-1' ? 200 : 422,
      ]);
    expectStatus(await set(manager, near.compound, '010-6000 2222'), 200);
    wanted = '010-6000 2222';
    await printed();
    expect((await rows(desk)).items[0]).toMatchObject({ phone: wanted });
    expect((await rows(desk)).mayEdit).toBe(false);
    for (const [who, scopeId, status] of [
      [desk, near.compound, 403],
      [steward, near.compound, 403],
      [street, near.street, 403],
      [wang, near.compound, 403],
      [manager, near.company, 404],
      [company, near.compound, 403],
      [farCompany, near.company, 404],
      [farDesk, near.compound, 403],
    ] as const)
      expect([who.name, (await set(who, scopeId, '010-6000 3333')).status]).toEqual([who.name, status]);
    expectStatus(await set(manager, near.compound, ''), 200);
    wanted = '010-6000 1111';
    await printed();
  });

  test('is nothing when guessed, cut, of another place, withdrawn or old', async () => {
    const { desk, wang, farDesk } = world.people;
    const order = await wang.reports(aWorkOrder().atHome(world.home));
    const [slip, again] = [await prints(order), await prints(order)];
    const bytes = Buffer.from(slip.token, 'base64url');
    const far = Buffer.concat([
      Buffer.from(world.far.compound.replaceAll('-', ''), 'hex'),
      bytes.subarray(16),
    ]);
    const guessed = Buffer.concat([bytes.subarray(0, 31), Buffer.of(bytes[31]! ^ 1)]);
    const wrong = [
      far.toString('base64url'),
      guessed.toString('base64url'),
      slip.token.slice(1),
      `${slip.token}=`,
      'x',
      '%00',
    ];
    for (const token of wrong) expect([token, await opened(token)]).toEqual([token, [200, null]]);
    expect(
      (await farDesk.client.post(`/work-orders/${order.id}/slips?scopeId=${order.scopeId}`)).status,
    ).toBe(404);
    expect((await wang.client.post(`/work-orders/${order.id}/slips?scopeId=${order.scopeId}`)).status).toBe(
      403,
    );
    const ended = await desk.client.post(
      `/work-orders/${order.id}/slips/revoke?scopeId=${order.scopeId}`,
      {},
    );
    expect(expectStatus(ended, 200).count).toBe(2);
    for (const { token } of [slip, again]) expect(await opened(token)).toEqual([200, null]);
    const old = await prints(order);
    world.clock.advance(60 * DAY - 1);
    expect((await opened(old.token))[1]).toMatchObject({ number: order.number });
    world.clock.advance(1);
    expect(await opened(old.token)).toEqual([200, null]);
  });

  test('is not looked at endlessly from one place', async () => {
    const answers = await Promise.all(Array.from({ length: 70 }, () => nobody().get('/slips/x')));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]!.body.code).toBe('auth.too_many');
    world.clock.advance(61_000);
    expect(await opened('x')).toEqual([200, null]);
  });
});
