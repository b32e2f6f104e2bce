import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { due } from './due.ts';
import { openTestHouse, type TestHouse } from './fixtures.ts';

const hour = 3_600_000;
const day = 24 * hour;
let t: TestHouse;
beforeAll(async () => {
  t = await openTestHouse();
});
afterAll(() => t?.close());

const sweep = (name: string) => {
  const found = due.find((s) => s.name === name)!;
  return t.worker.work((tx) => found.claim(tx, t.clock.now(), 100, t.house));
};

describe('identity 5: a session slides 30 days and is written once an hour', () => {
  it('renews after an hour, not before, and ends after 30 quiet days', async () => {
    const browser = await t.signedIn(t.town.neighbour);
    const row = async () =>
      (
        await t.admin.query('select last_seen_at, expires_at from identity.session where account_id = $1', [
          t.town.neighbour.accountId,
        ])
      ).rows[0];
    const first = await row();
    t.clock.advance(hour - 1);
    await browser.get('/me');
    expect(await row()).toEqual(first);
    // Past the two seconds for which a resolved session is remembered.
    t.clock.advance(3_000);
    await browser.get('/me');
    expect((await row()).expires_at).toEqual(new Date(t.clock.now().getTime() + 30 * day));
    t.clock.advance(30 * day - 1);
    const seen = await browser.get('/me');
    expect(seen.status).toBe(200);
    expect(String(seen.headers['set-cookie'])).toContain('Max-Age=2592000');
    t.clock.advance(30 * day);
    expect((await browser.get('/me')).status).toBe(401);
    expect(await sweep('identity.sessions')).toBeGreaterThan(0);
    expect(await row()).toBeUndefined();
  });

  it('sweeps codes that have expired', async () => {
    await t.browser().post('/auth/codes', { phone: '19900000009' });
    await sweep('identity.login_codes');
    t.clock.advance(5 * 60_000);
    expect(await sweep('identity.login_codes')).toBe(1);
  });
});

describe('identity 6: signing out is at once', () => {
  it('ends this session, or all of them', async () => {
    const [one, two, three] = [
      await t.signedIn(t.town.neighbour),
      await t.signedIn(t.town.neighbour),
      await t.signedIn(t.town.neighbour),
    ];
    expect((await one.get('/me')).status).toBe(200);
    const kept = { cookie: one.cookie, csrf: one.csrf };
    expect((await one.delete('/auth/sessions/current')).status).toBe(204);
    expect(one.cookie).toBeNull();
    Object.assign(one, kept);
    expect((await one.get('/me')).status).toBe(401);
    expect((await two.get('/me')).status).toBe(200);
    expect((await two.delete('/auth/sessions')).status).toBe(204);
    expect((await three.get('/me')).status).toBe(401);
  });

  it('takes no write without the token, nor from another site', async () => {
    const browser = await t.signedIn(t.town.neighbour);
    const foreign = await browser.call(
      'PUT',
      '/me/preferences',
      { isLargeType: true },
      { origin: 'https://elsewhere.example' },
    );
    expect(foreign).toMatchObject({ status: 403, body: { code: 'auth.csrf' } });
    browser.csrf = null;
    expect(await browser.put('/me/preferences', { isLargeType: true })).toMatchObject({
      status: 403,
      body: { code: 'auth.csrf' },
    });
  });

  it('ends when the account is disabled', async () => {
    const person = await t.aPerson('停用', [{ role: 'desk', scopeId: t.town.near.department }]);
    const browser = await t.signedIn(person);
    await t.admin.query('update identity.account set disabled_at = $2 where account_id = $1', [
      person.accountId,
      t.clock.now(),
    ]);
    t.clock.advance(3_000);
    expect((await browser.get('/me')).status).toBe(401);
    const code = await t.browser().post('/auth/codes', { phone: person.phone });
    expect(code.body).not.toHaveProperty('demoCode');
  });
});

describe('identity 7: one acting membership at a time', () => {
  it('tells every capacity, and goes on in another', async () => {
    const { li, near } = t.town;
    const browser = await t.signedIn(li, 'resident');
    const me = (await browser.get('/me')).body;
    expect(me.memberships).toHaveLength(2);
    expect(me.acting).toMatchObject({
      role: 'resident',
      scopeId: near.compound,
      scopeKind: 'compound',
      scopeName: '近小区',
      households: [
        { id: near.households['3-2-601'], scopeId: near.compound, label: '3号楼2单元601', areaM2: '89.52' },
      ],
      scopes: [{ id: near.compound, name: '近小区', kind: 'compound' }],
    });
    expect(me.permissions).toContain('work_order.create');
    expect(me.permissions).not.toContain('staff.list');
    const worker = me.memberships.find((m: { role: string }) => m.role === 'worker');
    const after = await browser.put('/me/acting', { membershipId: worker.id });
    expect(after).toMatchObject({
      status: 200,
      body: { acting: { id: worker.id, scopeKind: 'department', households: [] } },
    });
    // What the phone kept while it was hers goes out as nothing else: it says in which capacity it was meant.
    const kept = (as: string) =>
      browser.call('PUT', '/me/preferences', { isLargeType: true }, { 'x-acting': as });
    expect(await kept(me.acting.id)).toMatchObject({ status: 409, body: { code: 'auth.other_capacity' } });
    expect(await kept(worker.id)).toMatchObject({ status: 200 });
    expect(after.body.acting.scopes.map((s: { id: string }) => s.id)).toEqual([
      near.compound,
      near.department,
    ]);
    const home = after.body.memberships.find((m: { role: string }) => m.role === 'resident');
    expect(home.households).toHaveLength(1);
    expect((await browser.get('/me')).body.acting.id).toBe(worker.id);
  });

  it("takes nobody else's membership", async () => {
    const browser = await t.signedIn(t.town.neighbour);
    for (const membershipId of [t.town.farDesk.memberships[0]!.id, '00000000-0000-7000-8000-000000000000']) {
      expect(await browser.put('/me/acting', { membershipId })).toMatchObject({
        status: 404,
        body: { code: 'auth.membership_unknown' },
      });
    }
  });

  it('holds from its first day to the day before its end, by the day at the place', async () => {
    const today = '2027-03-10';
    // 00:00 in Shanghai is 16:00 UTC of the day before.
    t.clock.set(new Date(Math.max(t.clock.now().getTime(), Date.parse('2027-03-09T15:59:59.000Z'))));
    const { compound } = t.town.near;
    const starting = await t.aPerson('明日', [{ role: 'resident', scopeId: compound, startsOn: today }]);
    const ending = await t.aPerson('今日止', [
      { role: 'desk', scopeId: t.town.near.department, endsOn: today },
      { role: 'resident', scopeId: compound },
    ]);
    await expect(t.signedIn(starting)).rejects.toThrow('auth.membership_none');
    const browser = await t.signedIn(ending, 'desk');
    expect((await browser.get('/me')).body.acting.role).toBe('desk');
    t.clock.advance(3_000);
    expect((await t.signedIn(starting)).cookie).not.toBeNull();
    const moved = (await browser.get('/me')).body;
    expect(moved.acting.role).toBe('resident');
    expect(moved.memberships).toHaveLength(1);
  });
});

describe('identity 8: passwords', () => {
  it('are for staff, strong enough, and end the other sessions', async () => {
    const { desk } = t.town.staff;
    const browser = await t.signedIn(desk);
    const elsewhere = await t.signedIn(desk);
    for (const [password, reason] of [
      ['short-one', 'short'],
      ['password123', 'common'],
      [desk.phone, 'phone'],
      ['aaaaaaaaaaaa', 'common'],
    ]) {
      expect(await browser.put('/me/password', { password })).toMatchObject({
        status: 422,
        body: { code: 'auth.password_weak', params: { reason } },
      });
    }
    expect((await browser.put('/me/password', { password: 'ten chars!' })).status).toBe(204);
    expect((await browser.get('/me')).status).toBe(200);
    expect((await elsewhere.get('/me')).status).toBe(401);
    expect(
      (await t.browser().post('/auth/sessions', { phone: desk.phone, password: 'ten chars!' })).status,
    ).toBe(201);
    expect(await browser.put('/me/password', { password: 'another secret' })).toMatchObject({
      status: 422,
      body: { code: 'auth.password_wrong', params: { attemptsLeft: 4 } },
    });
    expect(
      (await browser.put('/me/password', { current: 'ten chars!', password: 'another secret' })).status,
    ).toBe(204);
    const resident = await t.signedIn(t.town.neighbour);
    expect(await resident.put('/me/password', { password: 'another secret' })).toMatchObject({
      status: 403,
      body: { code: 'auth.password_staff_only' },
    });
  });
});

describe('preferences', () => {
  it('change what they name and nothing else', async () => {
    const browser = await t.signedIn(t.town.neighbour);
    expect((await browser.put('/me/preferences', { isLargeType: true })).body.account).toMatchObject({
      isLargeType: true,
      locale: 'zh-CN',
    });
    expect((await browser.put('/me/preferences', { locale: 'en' })).body.account).toMatchObject({
      isLargeType: true,
      locale: 'en',
    });
    expect((await browser.put('/me/preferences', { locale: 'fr' })).status).toBe(422);
    expect((await browser.put('/me/preferences', { role: 'city' })).status).toBe(422);
  });
});
