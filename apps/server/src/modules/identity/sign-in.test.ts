import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hashPassword } from './service-passwords.ts';
import { assertNoDemonstrationAccounts } from './index.ts';
import { openTestHouse, type Person, type TestHouse } from './fixtures.ts';

const minute = 60_000;
/** Codes are written to the file after the answer; a busy machine takes its time. */
const patient = { timeout: 30_000 };
let t: TestHouse;
beforeAll(async () => {
  t = await openTestHouse();
});
afterAll(() => t?.close());

async function aResident(): Promise<Person> {
  return t.aPerson('陈某', [{ role: 'resident', scopeId: t.town.near.compound }]);
}

async function codeFor(phone: string): Promise<string> {
  const answer = await t.browser().post('/auth/codes', { phone });
  expect(answer.status).toBe(202);
  return answer.body.demoCode as string;
}

const wrongFor = (code: string) => (code === '000000' ? '000001' : '000000');

describe('identity 1: a one-time code opens a session once', () => {
  it('signs in however the phone is typed, and rotates the session', async () => {
    const person = await aResident();
    const code = await codeFor(`+86 ${person.phone.slice(0, 3)} ${person.phone.slice(3)}`);
    expect(code).toMatch(/^\d{6}$/);
    const browser = t.browser();
    const typed = `${code.slice(0, 3)} ${code.slice(3)}`;
    const answer = await browser.post('/auth/sessions', { phone: person.phone, code: typed });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      mode: 'demo',
      account: { id: person.accountId, displayName: '陈某' },
      acting: { role: 'resident' },
    });
    expect(answer.body.account.phoneMasked).toBe(`${person.phone.slice(0, 3)}****${person.phone.slice(-4)}`);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).toContain('Path=/');
    expect(cookie).toContain('Max-Age=2592000');
    expect(cookie).not.toContain('Secure');
    expect((await browser.get('/me')).status).toBe(200);

    const again = await t.browser().post('/auth/sessions', { phone: person.phone, code });
    expect(again).toMatchObject({ status: 422, body: { code: 'auth.code_expired' } });

    const before = browser.cookie;
    t.clock.advance(minute);
    const next = await codeFor(person.phone);
    expect((await browser.post('/auth/sessions', { phone: person.phone, code: next })).status).toBe(201);
    expect(browser.cookie).not.toBe(before);
    const old = t.browser();
    old.cookie = before;
    expect(await old.get('/me')).toMatchObject({ status: 401, body: { code: 'auth.session_required' } });
  });

  it('keeps neither code nor session secret nor phone readable', async () => {
    const person = await aResident();
    const code = await codeFor(person.phone);
    const browser = t.browser();
    await browser.post('/auth/sessions', { phone: person.phone, code });
    const dump = JSON.stringify(
      (
        await t.admin.query(`
      select (select json_agg(c) from identity.login_code c), (select json_agg(s) from identity.session s),
        (select json_agg(a) from identity.account a), (select json_agg(p) from identity.phone_registry p),
        (select json_agg(h) from platform.throttle h)`)
      ).rows,
    );
    expect(dump).not.toContain(person.phone);
    expect(dump).not.toContain(browser.cookie);
    expect(t.logged.join('')).not.toContain(person.phone);
  });

  it('expires on the fifth minute exactly', async () => {
    const person = await aResident();
    const code = await codeFor(person.phone);
    t.clock.advance(5 * minute);
    expect(await t.browser().post('/auth/sessions', { phone: person.phone, code })).toMatchObject({
      status: 422,
      body: { code: 'auth.code_expired' },
    });
    const next = await codeFor(person.phone);
    t.clock.advance(5 * minute - 1);
    expect((await t.browser().post('/auth/sessions', { phone: person.phone, code: next })).status).toBe(201);
  });

  it('replaces the earlier code of the same phone', async () => {
    const person = await aResident();
    const first = await codeFor(person.phone);
    t.clock.advance(minute);
    const second = await codeFor(person.phone);
    if (first !== second) {
      expect((await t.browser().post('/auth/sessions', { phone: person.phone, code: first })).body.code).toBe(
        'auth.code_wrong',
      );
    }
    expect((await t.browser().post('/auth/sessions', { phone: person.phone, code: second })).status).toBe(
      201,
    );
  });
});

describe('identity 2: the answers do not tell whether a phone is known', () => {
  it('treats an unknown number like a known one', async () => {
    const known = await aResident();
    const unknown = '19900000001';
    const real = await t.browser().post('/auth/codes', { phone: known.phone });
    const none = await t.browser().post('/auth/codes', { phone: unknown });
    expect(none.status).toBe(real.status);
    expect(none.body).toEqual({ expiresInSeconds: 300, resendInSeconds: 60 });
    const code = wrongFor(real.body.demoCode);
    for (const left of [4, 3, 2, 1, 0]) {
      for (const phone of [known.phone, unknown]) {
        const answer = await t.browser().post('/auth/sessions', { phone, code });
        expect(answer).toMatchObject({
          status: 422,
          body: { code: 'auth.code_wrong', params: { attemptsLeft: left } },
        });
      }
    }
    for (const phone of [known.phone, unknown]) {
      const answer = await t.browser().post('/auth/sessions', { phone, code });
      expect(answer).toMatchObject({
        status: 429,
        body: { code: 'auth.locked', params: { retryAfterSeconds: 900 } },
      });
      expect(answer.headers['retry-after']).toBe('900');
    }
  });

  it('says what no phone is, before anything else', async () => {
    for (const phone of ['12345', '12800000000', 'abc', '+1 415 555 0100']) {
      expect(await t.browser().post('/auth/codes', { phone })).toMatchObject({
        status: 422,
        body: { code: 'auth.phone_invalid', fields: [{ path: '/phone' }] },
      });
    }
  });

  it('shows a code on the page for demonstration accounts only', async () => {
    const real = await t.aPerson('真人', [{ role: 'resident', scopeId: t.town.near.compound }], false);
    expect((await t.browser().post('/auth/codes', { phone: real.phone })).body).not.toHaveProperty(
      'demoCode',
    );
  });
});

describe('identity 3: guesses and requests are counted, and the counts survive', () => {
  it('waits 60 seconds between two codes, to the second', async () => {
    const person = await aResident();
    await codeFor(person.phone);
    t.clock.advance(minute - 1);
    expect(await t.browser().post('/auth/codes', { phone: person.phone })).toMatchObject({
      status: 429,
      body: { code: 'auth.too_many', params: { retryAfterSeconds: 1 } },
    });
    t.clock.advance(1);
    await codeFor(person.phone);
  });

  it('locks 15 minutes after five failures, 30 after the next five, and forgives a success', async () => {
    const person = await aResident();
    const fail = async () => {
      const code = await codeFor(person.phone);
      for (let i = 0; i < 5; i++)
        await t.browser().post('/auth/sessions', { phone: person.phone, code: wrongFor(code) });
      return t.browser().post('/auth/sessions', { phone: person.phone, code });
    };
    expect((await fail()).body).toMatchObject({ code: 'auth.locked', params: { retryAfterSeconds: 900 } });
    expect((await t.browser().post('/auth/codes', { phone: person.phone })).body.code).toBe('auth.locked');
    t.clock.advance(15 * minute);
    expect((await fail()).body).toMatchObject({ code: 'auth.locked', params: { retryAfterSeconds: 1800 } });
    t.clock.advance(30 * minute);
    const code = await codeFor(person.phone);
    expect((await t.browser().post('/auth/sessions', { phone: person.phone, code })).status).toBe(201);
    t.clock.advance(minute);
    expect((await fail()).body).toMatchObject({ params: { retryAfterSeconds: 900 } });
  });

  it('gives five answers to twelve guesses at one instant', async () => {
    const person = await aResident();
    const code = await codeFor(person.phone);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        t.browser().post('/auth/sessions', { phone: person.phone, code: wrongFor(code) }),
      ),
    );
    const codes = answers.map((a) => a.body.code as string);
    expect(codes.filter((c) => c === 'auth.code_wrong')).toHaveLength(5);
    expect(codes.filter((c) => c === 'auth.locked')).toHaveLength(7);
  });
});

describe('identity 4: personas exist in the demonstration only', () => {
  it('lists them and enters as one', async () => {
    await t.signedIn(t.town.staff.desk);
    const { body } = await t.browser().get('/auth/options');
    const desk = body.personas.find(
      (p: { role: string; phone: string }) => p.phone === t.town.staff.desk.phone,
    );
    expect(desk).toMatchObject({ role: 'desk', name: '赵前台', home: '/desk/' });
    expect(await t.browser().post('/auth/sessions', { personaId: 'nobody' })).toMatchObject({
      status: 404,
      body: { code: 'auth.persona_unknown' },
    });
  });

  it('production does not start with a demonstration account', async () => {
    await expect(assertNoDemonstrationAccounts(t.house.db)).rejects.toThrow('demonstration accounts');
    await t.admin.query('update identity.account set is_demonstration = false where is_demonstration');
    await expect(assertNoDemonstrationAccounts(t.house.db)).resolves.toBeUndefined();
    await t.admin.query('update identity.account set is_demonstration = true');
  });
});

describe('production', () => {
  let live: TestHouse;
  beforeAll(async () => {
    live = await openTestHouse({ mode: 'production', codeSender: 'file', isSecure: true });
  });
  afterAll(() => live?.close());

  const logOf = async () =>
    (await readFile(join(live.house.config.dataDir, 'codes.log'), 'utf8').catch(() => '')).trim().split('\n');

  it('sends the code to the file and not to the page, and offers no persona', async () => {
    const person = await live.aPerson('真人', [{ role: 'desk', scopeId: live.town.near.department }], false);
    const asked = await live.browser().post('/auth/codes', { phone: person.phone });
    expect(asked).toMatchObject({ status: 202, body: { expiresInSeconds: 300, resendInSeconds: 60 } });
    expect(asked.body).not.toHaveProperty('demoCode');
    await live.browser().post('/auth/codes', { phone: '19900000002' });
    const lines = await vi.waitFor(async () => {
      const found = await logOf();
      expect(found.at(-1)).toContain(person.phone);
      return found;
    }, patient);
    expect(lines.join()).not.toContain('19900000002');
    expect((await stat(join(live.house.config.dataDir, 'codes.log'))).mode & 0o777).toBe(0o600);
    const browser = live.browser();
    const answer = await browser.post('/auth/sessions', {
      phone: person.phone,
      code: lines.at(-1)!.split(' ')[2],
    });
    expect(answer.status).toBe(201);
    expect(String(answer.headers['set-cookie'])).toContain('Secure');
    expect((await browser.get('/auth/options')).body).toEqual({ mode: 'production', personas: [] });
    expect((await browser.post('/auth/sessions', { personaId: 'x' })).status).toBe(404);
  });

  it('limits a phone to five codes an hour and ten a day, an address to sixty an hour', async () => {
    const ask = (phone: string, address = '203.0.113.9') =>
      live.browser(address).post('/auth/codes', { phone });
    for (let i = 0; i < 5; i++) {
      expect((await ask('19900000003')).status).toBe(202);
      live.clock.advance(minute);
    }
    expect((await ask('19900000003')).body).toMatchObject({
      code: 'auth.too_many',
      params: { retryAfterSeconds: 55 * 60 },
    });
    live.clock.advance(55 * minute);
    for (let i = 0; i < 5; i++) {
      expect((await ask('19900000003')).status).toBe(202);
      live.clock.advance(12 * minute);
    }
    expect((await ask('19900000003')).body).toMatchObject({
      code: 'auth.too_many',
      params: { retryAfterSeconds: 22 * 3600 },
    });
    for (let i = 0; i < 60; i++)
      expect((await ask(String(19_900_001_000 + i), '203.0.113.10')).status).toBe(202);
    expect((await ask('19900002000', '203.0.113.10')).body.code).toBe('auth.too_many');
    expect((await ask('19900002000', '203.0.113.11')).status).toBe(202);
  });

  it('lets staff in by password, residents not, and judges unknown phones alike', async () => {
    const { li, neighbour } = live.town;
    const hash = await hashPassword('correct horse battery');
    for (const person of [li, neighbour]) {
      await live.admin.query('insert into identity.password values ($1, $2, now())', [
        person.accountId,
        hash,
      ]);
    }
    const enter = (phone: string, password: string) =>
      live.browser().post('/auth/sessions', { phone, password });
    const inside = await enter(li.phone, 'correct horse battery');
    expect(inside).toMatchObject({ status: 201, body: { acting: { role: 'worker' } } });
    expect(await enter(li.phone, 'wrong horse battery')).toMatchObject({
      status: 422,
      body: { code: 'auth.password_wrong', params: { attemptsLeft: 4 } },
    });
    expect(await enter('19900000004', 'wrong horse battery')).toMatchObject({
      status: 422,
      body: { code: 'auth.password_wrong', params: { attemptsLeft: 4 } },
    });
    expect(await enter(neighbour.phone, 'correct horse battery')).toMatchObject({
      status: 403,
      body: { code: 'auth.password_staff_only' },
    });
    for (let i = 0; i < 4; i++) await enter('19900000004', 'wrong horse battery');
    expect((await enter('19900000004', 'wrong horse battery')).body.code).toBe('auth.locked');
  });

  describe('nobody is locked out by others', () => {
    let last = 20;
    const nextAddress = () => `198.51.100.${last++}`;
    const password = 'correct horse battery';
    const code = async (phone: string, address: string) => {
      const before = (await logOf()).length;
      expect((await live.browser(address).post('/auth/codes', { phone })).status).toBe(202);
      const lines = await vi.waitFor(async () => {
        const found = await logOf();
        expect(found.length).toBeGreaterThan(before);
        return found;
      }, patient);
      return lines.at(-1)!.split(' ')[2]!;
    };
    const by = (address: string, phone: string, secret: { password: string } | { code: string }) =>
      live.browser(address).post('/auth/sessions', { phone, ...secret });
    const staff = async () => {
      const person = await live.aPerson(
        '真人',
        [{ role: 'desk', scopeId: live.town.near.department }],
        false,
      );
      await live.admin.query('insert into identity.password values ($1, $2, now())', [
        person.accountId,
        await hashPassword(password),
      ]);
      return person;
    };
    const guesses = async (address: string, phone: string, times: number) => {
      const codes: string[] = [];
      for (let i = 0; i < times; i++)
        codes.push((await by(address, phone, { password: 'wrong horse battery' })).body.code as string);
      return codes;
    };

    it('five failures lock the address they came from, and no other', async () => {
      const { phone } = await staff();
      const [thief, home] = [nextAddress(), nextAddress()];
      expect((await guesses(thief, phone, 6)).at(-1)).toBe('auth.locked');
      expect((await by(thief, phone, { password })).body.code).toBe('auth.locked');
      expect((await by(home, phone, { password })).status).toBe(201);
      // A success elsewhere forgives the guesser nothing.
      expect((await by(thief, phone, { password })).body.code).toBe('auth.locked');
      live.clock.advance(15 * minute);
      expect((await by(thief, phone, { password })).status).toBe(201);
    });

    it('twenty failures from wherever lock the password until the hour is over, and a code comes in', async () => {
      const { phone } = await staff();
      for (let i = 0; i < 5; i++)
        expect(await guesses(nextAddress(), phone, 4)).toEqual(Array(4).fill('auth.password_wrong'));
      const home = nextAddress();
      live.clock.advance(10 * minute);
      expect(await by(home, phone, { password })).toMatchObject({
        status: 429,
        body: { code: 'auth.locked', params: { retryAfterSeconds: 50 * 60, minutes: 50 } },
      });
      expect((await by(home, phone, { code: await code(phone, home) })).status).toBe(201);
      expect((await by(home, phone, { password })).body.code).toBe('auth.locked');
      live.clock.advance(50 * minute);
      expect((await by(home, phone, { password })).status).toBe(201);
    });

    it('a code comes in where the password is locked, and a locked code stays locked', async () => {
      const { phone } = await staff();
      const here = nextAddress();
      expect((await guesses(here, phone, 6)).at(-1)).toBe('auth.locked');
      expect((await by(here, phone, { code: await code(phone, here) })).status).toBe(201);
      expect((await by(here, phone, { password })).body.code).toBe('auth.locked');

      const there = nextAddress();
      live.clock.advance(minute);
      const right = await code(phone, there);
      for (let i = 0; i < 5; i++) await by(there, phone, { code: wrongFor(right) });
      expect((await by(there, phone, { code: right })).body.code).toBe('auth.locked');
      expect((await by(there, phone, { password })).status).toBe(201);
      expect((await live.browser(there).post('/auth/codes', { phone })).body.code).toBe('auth.locked');
      live.clock.advance(minute);
      const home = nextAddress();
      expect((await by(home, phone, { code: await code(phone, home) })).status).toBe(201);
    });

    it('treats an unknown number like a known one', async () => {
      const unknown = '19900000077';
      for (let i = 0; i < 5; i++)
        expect(await guesses(nextAddress(), unknown, 4)).toEqual(Array(4).fill('auth.password_wrong'));
      expect(await guesses(nextAddress(), unknown, 1)).toEqual(['auth.locked']);
    });

    it('counts guesses that arrive at one instant from many addresses', async () => {
      const { phone } = await staff();
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => by(nextAddress(), phone, { password: 'wrong horse battery' })),
      );
      const codes = answers.map((answer) => answer.body.code as string);
      expect(codes.filter((c) => c === 'auth.password_wrong')).toHaveLength(20);
      expect(codes.filter((c) => c === 'auth.locked')).toHaveLength(10);
    });
  });
});
