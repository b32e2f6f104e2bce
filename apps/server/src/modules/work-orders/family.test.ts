import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, type Family, familyOf } from '../../../../../test/family.ts';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aPhoto, aWorkOrder, DAY, expectStatus, SECOND } from './fixtures.ts';

/** A mother without a phone, a daughter elsewhere; what the one lets the other do, and for how long. */
let world: World;
let family: Family;
beforeAll(async () => {
  world = await aWorld();
  family = familyOf(world);
});
afterAll(() => world.close());

test('a daughter elsewhere reports, follows, confirms and rates, and every act says for whom', async () => {
  const { wang, chen, desk, li, committee } = world.people;
  const { mother, daughter, consent } = await family.aDaughter();
  expect(consent).toMatchObject({
    grantorName: '王**',
    delegateName: '李*',
    purposes: ['follow', 'report', 'confirm'],
    state: 'standing',
    givenBy: 'call',
    recordedByName: '孙前台',
  });
  expect(JSON.stringify(consent)).not.toContain(daughter.phone);
  const me = expectStatus(await daughter.client.get('/me'), 200);
  expect(me.acting).toMatchObject({
    id: consent.id,
    role: 'resident',
    households: [{ id: mother.householdId }],
    onBehalf: { name: '王**', purposes: ['follow', 'report', 'confirm'], isEnded: false },
  });

  const photo = await daughter.uploads();
  let order = await daughter.reports(aWorkOrder().atHome(mother.householdId).showing(photo));
  expect(order).toMatchObject({ isMine: true, onBehalfOf: '王**', householdId: mother.householdId });
  expect(order.contactMasked).toMatch(/^李\* 139\*{4}\d{4}$/);
  // She is who is called back.
  const contact = await desk.client.post(`/work-orders/${order.id}/contact?scopeId=${order.scopeId}`, {
    purpose: 'callback',
  });
  expect(contact.body).toEqual({ name: '李娜', phone: daughter.phone });
  order = await family.toFinished(order);
  // What her mother would be told, she is told, where she can open it.
  expect(await daughter.inbox()).toEqual(
    ['finished', 'arrived', 'accepted'].map((kind) => `work_order.${kind}`).concat('consent.given.delegate'),
  );
  const inbox = expectStatus(await daughter.client.get('/inbox'), 200);
  expect(inbox.items[0].link).toBe(`/m/orders/${order.scopeId}/${order.id}?as=${consent.id}`);
  order = await daughter.does(order, 'confirm');
  order = await daughter.does(order, 'rate', { score: 'satisfied' });
  expect(order).toMatchObject({ status: 'closed', outcome: 'confirmed', rating: 'satisfied' });
  for (const who of [daughter, desk, li]) {
    const acts = (await who.timelineOf(order)).filter((entry) => entry.params.onBehalfOf !== undefined);
    expect(acts.map((entry) => [entry.kind, entry.actorName, entry.params.onBehalfOf])).toEqual(
      ['submitted', 'confirmed', 'rated'].map((kind) => [`work_order.${kind}`, '李*', '王**']),
    );
  }
  for (const who of [wang, chen]) expect((await who.looksAt(order)).status).toBe(404);
  expect((await committee.sees(order)).onBehalfOf).toBe('王**');
  // The database says who acted; no event carries a name but masked.
  const rows = await world.ask(
    `select actor_account_id, params from work_orders.event where work_order_id = $1`,
    [order.id],
  );
  expect(rows.filter((row) => row['actor_account_id'] === daughter.accountId)).toHaveLength(3);
  expect(JSON.stringify(rows)).not.toContain('王秀英');
});

test('what is public and reported for her stays hers to follow, and tells the neighbours nothing of her', async () => {
  const { chen } = world.people;
  const { daughter, mother } = await family.aDaughter();
  const order = await daughter.reports(aWorkOrder().about('power.light.stairs').inPublic());
  expect(order).toMatchObject({ isMine: true, onBehalfOf: '王**', isPublic: true });
  const seen = await chen.sees(order);
  expect(seen).toMatchObject({ isMine: false, onBehalfOf: null, householdId: null, contactMasked: null });
  expect(JSON.stringify(await chen.timelineOf(order))).not.toMatch(/王|李|consentId/);
  const [row] = await world.ask(
    `select household_id, reporter_account_id from work_orders.work_order where work_order_id = $1`,
    [order.id],
  );
  expect(row).toEqual({ household_id: mother.householdId, reporter_account_id: null });
});

describe('each purpose is asked for', () => {
  test.each([
    [['follow'], []],
    [['report'], ['cancel', 'comment', 'offer_windows', 'urge']],
    [['follow', 'confirm'], []],
    [
      ['follow', 'report', 'confirm', 'pay'],
      ['cancel', 'comment', 'offer_windows', 'urge'],
    ],
  ] as const)('%s', async (purposes, open) => {
    const { desk } = world.people;
    const { mother, daughter } = await family.aDaughter({ purposes });
    const isReporter = purposes.some((purpose) => purpose === 'report');
    const tried = await daughter.tryReport(aWorkOrder().atHome(mother.householdId));
    expect(codeOf(tried)).toEqual(isReporter ? [201, undefined] : [403, 'consent.not_for_this']);
    let order = await desk.reports(
      aWorkOrder().atHome(mother.householdId).forCaller('王秀英', '010-62345678'),
    );
    const allowed = (of: Json) =>
      of.actions
        .filter((a: Json) => a.isAllowed)
        .map((a: Json) => a.action)
        .sort();
    expect(allowed(await daughter.sees(order))).toEqual(open);
    const urged = await daughter.tries(order, 'urge');
    expect(isReporter ? urged.status : urged.body.params.reason).toBe(isReporter ? 200 : 'not_in_consent');
    order = await desk.sees(order);
    order = await family.toFinished(order);
    const mayConfirm = (purposes as readonly string[]).includes('confirm');
    const confirmed = await daughter.tries(order, 'confirm');
    expect(mayConfirm ? confirmed.status : confirmed.body.params.reason).toBe(
      mayConfirm ? 200 : 'not_in_consent',
    );
  });
});

test('withdrawn while she is typing: what she sends is refused, plainly, and nothing is written', async () => {
  const { desk } = world.people;
  const { mother, daughter, consent } = await family.aDaughter();
  const before = await daughter.reports(aWorkOrder().atHome(mother.householdId));
  expectStatus(await family.withdraw(desk, consent, { note: '本人来电收回' }, '/consents'), 200);
  // In this process at once, not after the two seconds for which a session is remembered.
  expect(codeOf(await daughter.tryReport(aWorkOrder().atHome(mother.householdId)))).toEqual([
    403,
    'auth.capacity_ended',
  ]);
  expect(codeOf(await daughter.tries(before, 'cancel'))).toEqual([403, 'auth.capacity_ended']);
  expect(codeOf(await daughter.looksAt(before))).toEqual([403, 'auth.capacity_ended']);
  expect(codeOf(await daughter.tryUpload(await aPhoto()))).toEqual([403, 'auth.capacity_ended']);
  const [count] = await world.ask<{ n: number }>(
    `select count(*)::int as n from work_orders.work_order where household_id = $1`,
    [mother.householdId],
  );
  expect(count!.n).toBe(1);
  const me = expectStatus(await daughter.client.get('/me'), 200);
  expect(me.acting.onBehalf).toEqual({ name: '王**', purposes: [], isEnded: true });
  expect([me.memberships, me.acting.households]).toEqual([[], []]);
  // Both are told; she still reads what she is told.
  expect(await daughter.inbox()).toContain('consent.revoked.delegate');
  // A session elsewhere, resolved before: the transaction itself asks again.
  expect(codeOf(await family.withdraw(desk, consent, {}, '/consents'))).toEqual([409, 'consent.over']);
});

test('a withdrawal waits for what is under way, and what comes after it finds nothing', async () => {
  const { desk } = world.people;
  const { mother, daughter, consent } = await family.aDaughter();
  const [sent, taken] = await Promise.all([
    daughter.tryReport(aWorkOrder().atHome(mother.householdId)),
    family.withdraw(desk, consent, {}, '/consents'),
  ]);
  expect(taken.status).toBe(200);
  expect([201, 403]).toContain(sent.status);
  const [row] = await world.ask<{ made: number }>(
    `select count(*)::int as made from work_orders.work_order o, identity.consent c
     where o.household_id = $1 and c.consent_id = $2 and o.created_at > c.revoked_at`,
    [mother.householdId, consent.id],
  );
  expect([sent.status, row!.made]).toEqual([sent.status, 0]);
});

test('it begins with the giver’s own first day, and ends when she moves out, on the day itself', async () => {
  const { desk } = world.people;
  const mother = await family.aMother('2026-01-01', family.daysOn(2));
  const older = await desk.reports(
    aWorkOrder().atHome(mother.householdId).forCaller('王秀英', '13900000001'),
  );
  const phone = family.aNumber();
  await family.records(mother, { phone });
  const daughter = await family.comesIn(phone);
  await daughter.sees(older);
  // Her mother came to live there only today: what lay before is the former people's.
  await world.admin.query(`update places.occupancy set starts_on = $2 where person_id = $1`, [
    mother.personId,
    family.daysOn(1),
  ]);
  world.clock.advance(3 * SECOND);
  expect((await daughter.looksAt(older)).body.code).toBe('auth.capacity_ended');
  world.clock.advance(DAY);
  expect((await daughter.looksAt(older)).status).toBe(404);
  expect((await daughter.lists()).filter((order) => !order.isPublic)).toEqual([]);
  world.clock.advance(DAY);
  expect((await daughter.looksAt(older)).body.code).toBe('auth.capacity_ended');
});

test('it runs out at its place’s midnight', async () => {
  const { daughter } = await family.aDaughter({ endsOn: family.daysOn(1) });
  const local = (date: Date) => new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const first = local(world.clock.now());
  expect((await daughter.client.get('/me')).body.acting.onBehalf.isEnded).toBe(false);
  const midnight = Date.parse(`${first}T16:00:00Z`);
  world.clock.advance(midnight - world.clock.now().getTime() - 1);
  expect((await daughter.client.get('/work-orders')).status).toBe(200);
  world.clock.advance(3 * SECOND);
  expect(codeOf(await daughter.client.get('/work-orders'))).toEqual([403, 'auth.capacity_ended']);
});

test('a caller without an account: confirmed by signature at the door, in the desk’s words, never as satisfied', async () => {
  const { desk, li, xu, chen } = world.people;
  const mother = await family.aMother();
  const aCall = () =>
    desk.reports(aWorkOrder().atHome(mother.householdId).forCaller('王秀英', '010-62345678'));
  let order = await family.toFinished(await aCall());
  const picture = await li.uploads();
  const sign = { how: 'signature', photoIds: [picture] };
  expect((await xu.tries(order, 'confirm_for', sign)).status).toBe(404);
  expect((await chen.tries(order, 'confirm_for', sign)).status).toBe(404);
  expect((await desk.tries(order, 'confirm_for', { how: 'signature' })).body.params.reason).toBe(
    'signature_required',
  );
  order = await li.does(order, 'confirm_for', sign);
  expect(order).toMatchObject({ status: 'confirmed', rating: null, signatures: [{ id: picture }] });
  expect(await desk.seesPhoto(picture)).toBe(true);
  expect(await chen.seesPhoto(picture)).toBe(false);
  const last = (await desk.timelineOf(order)).at(-1)!;
  expect(last).toMatchObject({
    kind: 'work_order.confirmed',
    params: { how: 'signature' },
    photos: [{ id: picture }],
  });
  await world.passes(8 * DAY);
  expect(await desk.sees(order)).toMatchObject({ status: 'closed', outcome: 'confirmed', rating: null });

  order = await family.toFinished(await aCall());
  order = await desk.does(order, 'confirm_for', {
    how: 'call',
    name: '王秀英',
    score: 'satisfied',
    note: '她打来说好了',
  });
  expect(order).toMatchObject({ status: 'closed', rating: 'satisfied', signatures: [] });
  const told = (await li.timelineOf(order)).find((entry) => entry.kind === 'work_order.confirmed')!;
  expect(told.params).toMatchObject({ how: 'call', by: '王**', note: '她打来说好了' });
});
