import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, DAY, expectStatus, type Somebody } from './fixtures.ts';
import { working } from './working/fixtures.ts';

/** One person's data: given to them, and erased where the law lets it. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const scope = () => `?scopeId=${world.near.compound}`;
const personOf = async (who: Somebody): Promise<string> =>
  (await world.people.desk.client.get(`/people?q=${who.phone}`)).body.items[0].id;
const tenant = (name: string, until?: string) =>
  world.aPerson(name, 'resident', world.near.compound, {
    livesAt: {
      householdId: world.near.households['13-2-101']!,
      quarter: world.near,
      relation: 'tenant',
      ...(until === undefined ? {} : { until }),
    },
  });

test('I read everything held about me, in words and not in codes of others', async () => {
  const { wang, desk, manager, chen } = world.people;
  const order = await wang.reports(
    aWorkOrder()
      .atHome(world.home)
      .saying('厨房水管漏水')
      .showing(await wang.uploads()),
  );
  await wang.does(order, 'comment', { text: '请先打电话' });
  await desk.client.post(`/people/${await personOf(wang)}/reveal${scope()}`, { purpose: 'visit' });
  const answer = await wang.client.get('/me/data');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="my-data-2026-11-23.json"');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const { account, places } = answer.body;
  expect(account).toMatchObject({
    displayName: '王建国',
    phone: wang.phone,
    memberships: [{ role: 'resident', place: '近小区' }],
  });
  expect(places).toHaveLength(1);
  const [here] = places;
  expect(here).toMatchObject({
    scope: { name: '近小区' },
    person: { name: '王建国', phone: wang.phone },
    relations: [{ household: '3号楼2单元601', relation: 'owner', endsOn: null }],
    looks: [{ purpose: 'visit', role: 'desk', organisation: '近项目部' }],
    reported: [{ number: order.number, description: '厨房水管漏水' }],
    consents: [],
  });
  expect(here.said.map((one: Json) => one.text)).toContain('请先打电话');
  expect(here.uploaded).toMatchObject([{ orderId: order.id }]);
  // Nobody else's: neither the neighbour's nor those of who looked.
  expect(JSON.stringify(answer.body)).not.toMatch(new RegExp(`方敏|陈静|孙前台|${chen.phone}`));
  expect((await manager.client.get('/me/data')).body).toMatchObject({
    account: { displayName: '钱经理' },
    places: [],
  });
});

test('the manager gives it at the person’s request, with a trace the person reads', async () => {
  const { fang, manager, desk, farDesk, company } = world.people;
  const id = await personOf(fang);
  const ask = (who: Somebody, body: Json, at = scope()) => who.client.post(`/people/${id}/export${at}`, body);
  const data = expectStatus(await ask(manager, { words: '本人到前台要求,已核身份证' }), 200);
  expect(data).toMatchObject({ person: { name: '方敏', phone: fang.phone } });
  expect((await fang.client.get('/me/disclosures')).body.items).toMatchObject([
    { purpose: 'export', role: 'manager', words: '本人到前台要求,已核身份证' },
  ]);
  const [entry] = await world.ask(`select detail from platform.audit where action = 'person.exported'`);
  expect(entry.detail).toEqual({ words: '本人到前台要求,已核身份证', role: 'manager' });
  for (const who of [desk, farDesk, company]) expect((await ask(who, { words: '看看' })).status).toBe(403);
  expect((await ask(manager, { words: ' ' })).status).toBe(422);
  expect((await ask(manager, { words: '本人要求' }, `?scopeId=${world.far.compound}`)).status).toBe(404);
});

const planOf = async (id: string): Promise<Json> =>
  expectStatus(await world.people.manager.client.get(`/people/${id}/erasure${scope()}`), 200);
const erases = (id: string, who = world.people.manager) =>
  who.client.post(`/people/${id}/erasure${scope()}`, { words: '本人书面要求' });
const lineOf = (plan: Json, part: string) => plan.lines.find((line: Json) => line.part === part);

test('who lives there or is party to an open order is not erased, and the reason is said', async () => {
  const { desk } = world.people;
  const lodger = await tenant('住客');
  const livingId = await personOf(lodger);
  const living = await planOf(livingId);
  expect(living.mayErase).toBe(false);
  expect(lineOf(living, 'name_and_phone')).toEqual({
    part: 'name_and_phone',
    verdict: 'refused',
    reason: 'lives_here',
    count: 1,
  });
  expect((await erases(livingId)).body).toMatchObject({
    code: 'person.erasure_lives_here',
    params: { count: 1 },
  });

  const leaver = await tenant('走了', '2026-11-24');
  const id = await personOf(leaver);
  const order = await leaver.reports(aWorkOrder().atHome(world.near.households['13-2-101']!));
  // One more by telephone: the desk entered it, and calls the same person.
  const called = await desk.reports(
    aWorkOrder().atHome(world.near.households['13-2-101']!).forCaller('走了', leaver.phone),
  );
  const stranger = await desk.reports(
    aWorkOrder().atHome(world.near.households['13-2-101']!).forCaller('别人', '13512340000'),
  );
  // And agreed at the door to what it costs.
  const job = working(world);
  const { li } = world.people;
  let priced = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  for (const action of ['accept', 'start'] as const) priced = await li.does(priced, action);
  priced = await job.does(li, priced, 'add_line', job.line('80'));
  priced = await job.does(li, priced, 'send_quote');
  await job.does(li, priced, 'agree', { quoteNo: 1, total: '80.00', signerName: '走了' });
  const signers = async () =>
    (
      await world.ask(
        `select signer_name from work_orders.charge_entry where work_order_id = $1 and kind = 'agreed'`,
        [order.id],
      )
    ).map((row) => row.signer_name);
  expect(await signers()).toEqual(['走*']);
  await world.passes(DAY);
  const open = await planOf(id);
  expect(lineOf(open, 'contacts')).toEqual({
    part: 'contacts',
    verdict: 'refused',
    reason: 'open_orders',
    count: 2,
  });
  const refused = await erases(id);
  expect([refused.status, refused.body.code, refused.body.params]).toEqual([
    409,
    'person.erasure_open_orders',
    { count: 2 },
  ]);
  expect((await desk.client.get(`/people/${id}${scope()}`)).body.isErased).toBe(false);

  for (const one of [order, called])
    await desk.does(await desk.sees(one), 'cancel', { reason: '住户已搬走' });
  const free = await planOf(id);
  expect(free.mayErase).toBe(true);
  expect(lineOf(free, 'orders')).toMatchObject({ verdict: 'stays', reason: 'service_record', count: 1 });
  for (const who of [desk, world.people.company]) expect((await erases(id, who)).status).toBe(403);

  // Of two at once one does it.
  const answers = await Promise.all([erases(id), erases(id)]);
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('person.erased_already');
  await world.told();
  expect(await signers()).toEqual(['']);
  expect((await job.sees(desk, order)).entries.at(-1).signerName).toBeNull();

  expect((await desk.client.get(`/people/${id}${scope()}`)).body).toMatchObject({
    isErased: true,
    nameMasked: '',
    phoneMasked: null,
  });
  for (const q of ['走了', 'zl', leaver.phone, leaver.phone.slice(-4)])
    expect([
      q,
      (await desk.client.get(`/people?q=${encodeURIComponent(q)}`)).body.items.filter(
        (one: Json) => one.id === id,
      ),
    ]).toEqual([q, []]);
  const reveal = await desk.client.post(`/people/${id}/reveal${scope()}`, { purpose: 'visit' });
  expect(reveal.status).toBe(404);
  // Behind the wall nothing that says who it was is left: not in the person, the index, the orders, the account.
  const [row] = await world.ask(`select * from places.person where person_id = $1`, [id]);
  expect(row).toMatchObject({
    name_cipher: null,
    name_index: null,
    phone_cipher: null,
    phone_index: null,
    phone_last4_index: null,
    phone_masked: null,
    name_masked: '',
  });
  expect(await world.ask('select 1 from places.person_gram where person_id = $1', [id])).toEqual([]);
  const orders = await world.ask<{ id: string; has: boolean; words: string }>(
    `select work_order_id as id, contact_cipher is not null or contact_masked is not null as has, description as words
     from work_orders.work_order where work_order_id = any ($1)`,
    [[order.id, called.id, stranger.id]],
  );
  expect(orders.filter(({ has }) => has).map((one) => one.id)).toEqual([stranger.id]);
  expect(orders.every(({ words }) => words.length > 0)).toBe(true);
  const [account] = await world.ask(
    `select display_name, phone_cipher, phone_masked, disabled_at from identity.account where account_id = $1`,
    [leaver.accountId],
  );
  expect(account).toMatchObject({ display_name: '', phone_cipher: null, phone_masked: '' });
  expect(account.disabled_at).not.toBeNull();
  for (const table of ['phone_registry', 'session'])
    expect(
      await world.ask(`select 1 from identity.${table} where account_id = $1`, [leaver.accountId]),
    ).toEqual([]);
  // The log of it stays, and so do the days.
  expect(
    await world.ask(`select 1 from platform.audit where action = 'person.erased' and object_id = $1`, [id]),
  ).toHaveLength(1);
  expect((await desk.client.get(`/people/${id}${scope()}`)).body.relations).toHaveLength(1);
  // The phone opens nothing any more.
  const code = await desk.client.post('/auth/codes', { phone: leaver.phone });
  expect(code.body.demoCode).toBeUndefined();
});

test('an account that works or lives elsewhere stays open', async () => {
  const leaver = await tenant('兼职', '2026-11-25');
  await world.asAlso(leaver, 'worker', world.near.department);
  const id = await personOf(leaver);
  await world.passes(2 * DAY);
  expect(lineOf(await planOf(id), 'account')).toMatchObject({ verdict: 'stays', reason: 'used_elsewhere' });
  expect((await erases(id)).status).toBe(200);
  await world.told();
  const [account] = await world.ask(
    `select display_name, disabled_at from identity.account where account_id = $1`,
    [leaver.accountId],
  );
  expect(account).toEqual({ display_name: '兼职', disabled_at: null });
  expect(await world.ask('select name_cipher from places.person where person_id = $1', [id])).toEqual([
    { name_cipher: null },
  ]);
});
