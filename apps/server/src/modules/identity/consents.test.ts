import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, type Family, familyOf, type Mother, type Wish } from '../../../../../test/family.ts';
import type { Json } from '../../../../../test/server.ts';
import type { Actor } from '../../platform/db/actor.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { due } from './due.ts';
import { aWorkOrder, DAY, expectStatus } from '../work-orders/fixtures.ts';

let world: World;
let family: Family;
beforeAll(async () => {
  world = await aWorld();
  family = familyOf(world);
});
afterAll(() => world.close());

test('given in the app by who has an account, seen by both, given up by who holds it', async () => {
  const { fang, chen, wang, farDesk, desk } = world.people;
  const body = {
    scopeId: world.near.compound,
    householdId: world.home,
    delegate: { name: '陈静', phone: chen.phone },
    kinship: 'friend',
    purposes: ['report'],
    endsOn: family.daysOn(30),
  };
  const consent = expectStatus(await fang.client.post('/me/consents', body), 201);
  expect(consent).toMatchObject({ givenBy: 'app', purposes: ['follow', 'report'], grantorName: '方*' });
  expect(await chen.inbox()).toContain('consent.given.delegate');
  expect(await fang.inbox()).not.toContain('consent.given.grantor');
  const held = expectStatus(await chen.client.get('/me/consents'), 200);
  expect([held.given, held.held.map((c: Json) => [c.id, c.householdLabel])]).toEqual([
    [],
    [[consent.id, '3号楼2单元601']],
  ]);
  expect((await fang.client.get('/me/consents')).body.given.map((c: Json) => c.id)).toContain(consent.id);
  // Who shares the home gave nothing and is asked nothing.
  expect((await wang.client.get('/me/consents')).body).toMatchObject({ given: [], held: [] });
  expect(codeOf(await family.withdraw(wang, consent))).toEqual([404, 'not_found']);
  expect(codeOf(await family.withdraw(farDesk, consent, {}, '/consents'))).toEqual([404, 'not_found']);
  const listed = expectStatus(
    await desk.client.get(`/consents?scopeId=${world.near.compound}&householdId=${world.home}`),
    200,
  );
  expect(listed.items[0]).toMatchObject({ id: consent.id, delegateName: '陈*', state: 'standing' });

  // A neighbour and a helper at once: in each capacity she sees that capacity's home, under its own name.
  const me = expectStatus(await chen.client.get('/me'), 200);
  expect(
    me.memberships.map((m: Json) => [m.id === consent.id, m.households.map((h: Json) => h.label)]),
  ).toEqual([
    [false, ['3号楼2单元102']],
    [true, ['3号楼2单元601']],
  ]);
  expect(me.acting.onBehalf).toBeNull();
  expect((await chen.tryReport(aWorkOrder().atHome(world.home))).body.code).toBe(
    'work_order.household_unknown',
  );
  expectStatus(await chen.client.send('PUT', '/me/acting', { membershipId: consent.id }), 200);
  const order = await chen.reports(aWorkOrder().atHome(world.home));
  expect(order).toMatchObject({ isMine: true, onBehalfOf: '方*' });
  expect((await chen.client.post('/me/consents', body)).body.code).toBe('permission.denied');
  // Fang has an account: hers is the order, she is told of it, and nobody else confirms for her.
  expect(await fang.inbox()).toContain('work_order.submitted');
  const finished = await family.toFinished(order);
  const refused = await desk.tries(finished, 'confirm_for', { how: 'in_person', name: '方敏' });
  expect(refused.body.params.reason).toBe('has_account');

  expectStatus(await family.withdraw(chen, consent), 200);
  expect(await fang.inbox()).toContain('consent.revoked.grantor');
  expect((await fang.client.get('/me/consents')).body.given[0]).toMatchObject({
    state: 'revoked',
    revokedBy: 'delegate',
  });
  // The session stays where it was until she chooses; then she is a neighbour again, and no more than that.
  expect(codeOf(await chen.looksAt(order))).toEqual([403, 'auth.capacity_ended']);
  expectStatus(await chen.client.send('PUT', '/me/acting', { membershipId: me.memberships[0].id }), 200);
  expect((await chen.looksAt(order)).status).toBe(404);
  expect(codeOf(await chen.client.send('PUT', '/me/acting', { membershipId: consent.id }))).toEqual([
    404,
    'auth.membership_unknown',
  ]);
});

test('by signature at the desk, kept as evidence; a new one takes the old one’s place', async () => {
  const { desk, steward, li, farDesk } = world.people;
  const mother = await family.aMother();
  const phone = family.aNumber();
  const fileId = await desk.uploads();
  const first = await family.records(mother, { phone, given: { by: 'signature', fileId } });
  expect(first.evidence).toEqual([{ id: fileId }]);
  expect(await steward.seesPhoto(fileId)).toBe(true);
  expect(await farDesk.seesPhoto(fileId, world.near.compound)).toBe(false);
  expect(
    codeOf(
      await desk.client.post(
        '/consents',
        family.wishFor(mother, { phone, given: { by: 'signature', fileId } }),
      ),
    ),
  ).toEqual([422, 'file.not_attachable']);
  const daughter = await family.comesIn(phone);
  expect(await daughter.seesPhoto(fileId)).toBe(false);
  const second = await family.records(mother, { phone, purposes: ['follow'] });
  const listed = (
    await desk.client.get(`/consents?scopeId=${world.near.compound}&householdId=${mother.householdId}`)
  ).body.items;
  expect(listed.map((c: Json) => [c.id, c.state, c.revokedBy])).toEqual([
    [second.id, 'standing', null],
    [first.id, 'revoked', 'replaced'],
  ]);
  // Two desks at one moment: one of the two stands.
  const both = await Promise.all(
    [1, 2].map(() => desk.client.post('/consents', family.wishFor(mother, { phone }))),
  );
  expect(both.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  const [standing] = await world.ask<{ n: number }>(
    `select count(*)::int as n from identity.consent where person_id = $1 and revoked_at is null`,
    [mother.personId],
  );
  expect(standing!.n).toBe(1);
  expect((await li.client.post('/consents', family.wishFor(mother))).body.code).toBe('permission.denied');
});

describe('what is no consent', () => {
  test.each<[string, (mother: Mother) => Wish, string, string | null]>([
    ['no day', () => ({ endsOn: '2026-02-30' }), 'consent.invalid', '/endsOn'],
    ['until today', () => ({ endsOn: family.daysOn(0) }), 'consent.invalid', '/endsOn'],
    [
      'for longer than the place allows',
      () => ({ endsOn: family.daysOn(368) }),
      'consent.invalid',
      '/endsOn',
    ],
    ['no mobile number', () => ({ phone: '010-62345678' }), 'auth.phone_invalid', '/delegate/phone'],
    [
      'a call of tomorrow',
      () => ({
        given: {
          by: 'call',
          calledAt: new Date(world.clock.now().getTime() + DAY).toISOString(),
          note: '同意',
        },
      }),
      'consent.invalid',
      '/given/calledAt',
    ],
    [
      'a call without words',
      () => ({ given: { by: 'call', calledAt: world.clock.now().toISOString(), note: ' ' } }),
      'validation.failed',
      null,
    ],
    [
      'a signature of nobody',
      () => ({ given: { by: 'signature', fileId: randomUUID() } }),
      'file.not_attachable',
      '/given/fileId',
    ],
    ['for nothing', () => ({ purposes: [] }), 'validation.failed', null],
    ['somebody who is not there', () => ({ more: { personId: randomUUID() } }), 'not_found', null],
    ['another home', () => ({ more: { householdId: world.home } }), 'consent.not_at_home', null],
    ['another compound', () => ({ more: { scopeId: world.far.compound } }), 'not_found', null],
  ])('%s', async (_, wish, code, path) => {
    const mother = await family.aMother();
    const answer = await world.people.desk.client.post('/consents', family.wishFor(mother, wish(mother)));
    expect([answer.body.code, path === null ? null : answer.body.fields[0].path]).toEqual([code, path]);
    expect(await world.ask(`select from identity.consent where person_id = $1`, [mother.personId])).toEqual(
      [],
    );
  });

  test('for oneself, or for one’s own home through somebody else’s account', async () => {
    const { fang, wang } = world.people;
    const body = {
      scopeId: world.near.compound,
      householdId: world.near.households['3-2-102']!,
      delegate: { name: '方敏', phone: fang.phone },
      kinship: 'friend',
      purposes: ['report'],
      endsOn: family.daysOn(30),
    };
    expect(codeOf(await fang.client.post('/me/consents', { ...body, householdId: world.home }))).toEqual([
      422,
      'consent.oneself',
    ]);
    expect(codeOf(await wang.client.post('/me/consents', body))).toEqual([404, 'not_found']);
  });
});

test('nobody at work is made a resident’s helper but by the resident, in the app', async () => {
  const { fang, desk, steward, li, street, farDesk, zhao } = world.people;
  const mother = await family.aMother();
  const tries = (who: { phone: string }) =>
    desk.client.post('/consents', family.wishFor(mother, { phone: who.phone }));
  // The clerk who writes it down, colleagues, and who oversees the place.
  for (const who of [desk, steward, li, street]) {
    const answer = await tries(who);
    expect([...codeOf(answer), answer.body.fields]).toEqual([
      422,
      'consent.of_staff',
      [{ path: '/delegate/phone', code: 'of_staff', params: {} }],
    ]);
  }
  expect(await world.ask(`select from identity.consent where person_id = $1`, [mother.personId])).toEqual([]);
  // Whoever works elsewhere is a neighbour's child like any other.
  expectStatus(await tries(farDesk), 201);
  const given = await fang.client.post('/me/consents', {
    scopeId: world.near.compound,
    householdId: world.home,
    delegate: { name: zhao.name, phone: zhao.phone },
    kinship: 'friend',
    purposes: ['report'],
    endsOn: family.daysOn(30),
  });
  expectStatus(await family.withdraw(fang, expectStatus(given, 201)), 200);
});

test('a number that nobody knew is let in by a code, and nothing tells whether it was known', async () => {
  const mother = await family.aMother();
  const known = await family.records(mother, { phone: world.people.chen.phone });
  const unknown = await family.records(mother, { phone: family.aNumber() });
  expect(Object.keys(known)).toEqual(Object.keys(unknown));
  expect([known.delegateName, unknown.delegateName]).toEqual(['李*', '李*']);
  const [sealed] = await world.ask(
    `select phone_masked, display_name from identity.account where account_id = (select delegate_account_id from identity.consent where consent_id = $1)`,
    [unknown.id],
  );
  expect(sealed).toMatchObject({ display_name: '李娜' });
  expectStatus(await family.withdraw(world.people.chen, known), 200);
});

test('behind the wall too: no consent in another’s name, none of another home, none made wider', async () => {
  const { fang, chen, farDesk } = world.people;
  const { db } = world.server.house;
  const mother = await family.aMother();
  const recorded = await family.records(mother, { phone: chen.phone });
  const path = `/consents?scopeId=${world.near.compound}&householdId=${mother.householdId}`;
  expect([(await chen.client.get(path)).status, (await farDesk.client.get(path)).status]).toEqual([403, 404]);

  const scopeId = world.near.compound;
  const resident = (who: typeof chen, households: string[]): Actor => ({
    kind: 'resident',
    accountId: who.accountId,
    membershipId: null,
    scopeIds: [scopeId],
    regionId: null,
    households: households.map((id) => ({ id, since: 0 })),
  });
  const adds = (actor: Actor, grantor: string, householdId: string, givenBy = 'app') =>
    db.act(actor, (tx) =>
      tx.query(
        sql`insert into identity.consent (scope_id, consent_id, household_id, person_id, grantor_account_id, grantor_name_masked,
              delegate_account_id, delegate_name_masked, delegate_phone_masked, kinship, purposes, starts_on, ends_on, given_by, given_at,
              recorded_by_account_id)
            select scope_id, ${randomUUID()}, ${householdId}, person_id, ${grantor}, 'x', ${randomUUID()}, 'x', 'x', 'child',
              array['follow'], '2026-01-01', '2027-01-01', ${givenBy}, ${world.clock.now()}, ${givenBy === 'app' ? null : chen.accountId}
            from places.person where scope_id = ${scopeId} and account_id = ${actor.accountId} returning 1`,
      ),
    );
  const next = world.near.households['3-2-102']!;
  const own = resident(chen, [next]);
  await expect(adds(own, fang.accountId, next)).rejects.toThrow(/row-level security/);
  await expect(adds(own, chen.accountId, world.home)).rejects.toThrow(/row-level security/);
  await expect(adds(own, chen.accountId, next, 'signature')).rejects.toThrow(/row-level security/);
  expect(await adds(own, chen.accountId, next)).toHaveLength(1);
  const changes = (what: Statement) =>
    db.act(own, (tx) =>
      tx.query(
        sql`update identity.consent set ${what} where scope_id = ${scopeId} and consent_id = ${recorded.id}`,
      ),
    );
  await expect(changes(sql`purposes = array['follow', 'pay']`)).rejects.toThrow(/permission denied/);
  await expect(changes(sql`ends_on = '2036-01-01'`)).rejects.toThrow(/permission denied/);
  await expect(
    db.act(own, (tx) => tx.query(sql`delete from identity.consent where scope_id = ${scopeId}`)),
  ).rejects.toThrow(/permission denied/);
});

test('both hear a week before it ends and when it has, once, by the calendar of the place', async () => {
  const { fang, zhao } = world.people;
  const sweep = async () => {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const sweeps = due.filter(({ name }) => name === 'identity.consents_ending');
    await runDueOnce({ worker: world.worker, sweeps, house: world.server.house, clock: world.clock, log });
  };
  const toldOf = async (id: string) => {
    const rows = await world.ask(
      `select d.template, d.account_id from platform.delivery d where d.object_id = $1 and d.template like 'consent.end%' order by d.template`,
      [id],
    );
    return rows.map(({ template, account_id }) => [template, account_id]);
  };
  const consent = expectStatus(
    await fang.client.post('/me/consents', {
      scopeId: world.near.compound,
      householdId: world.home,
      delegate: { name: zhao.name, phone: zhao.phone },
      kinship: 'friend',
      purposes: ['follow'],
      endsOn: family.daysOn(30),
    }),
    201,
  );
  // The evening before the day a week ahead, and its first moment: midnight in Beijing, four in the afternoon in UTC.
  const midnight = (daysBefore: number) => Date.parse(`${consent.endsOn}T00:00:00+08:00`) - daysBefore * DAY;
  const goTo = async (moment: number) => {
    world.clock.advance(moment - world.clock.now().getTime());
    await sweep();
  };
  await goTo(midnight(7) - 1_000);
  expect(await toldOf(consent.id)).toEqual([]);
  await goTo(midnight(7));
  await sweep();
  const warned = [
    ['consent.ending.delegate', zhao.accountId],
    ['consent.ending.grantor', fang.accountId],
  ];
  expect(await toldOf(consent.id)).toEqual(warned);
  await goTo(midnight(0) - 1_000);
  expect(await toldOf(consent.id)).toEqual(warned);
  await Promise.all([goTo(midnight(0)), sweep(), sweep()]);
  expect(await toldOf(consent.id)).toEqual([
    ['consent.ended.delegate', zhao.accountId],
    ['consent.ended.grantor', fang.accountId],
    ...warned,
  ]);
  // One that was withdrawn was told when it was.
  const mother = await family.aMother();
  const other = await family.records(mother, { endsOn: family.daysOn(20) });
  expectStatus(await family.withdraw(world.people.desk, other, {}, '/consents'), 200);
  world.clock.advance(40 * DAY);
  await sweep();
  expect(await toldOf(other.id)).toEqual([]);
});
