import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, openTestHouse, type Person, type TestHouse } from './fixtures.ts';
import { stepOfCode } from './service-second-factor.ts';

let t: TestHouse;
beforeAll(async () => {
  t = await openTestHouse();
});
afterAll(() => t.close());

/** RFC 6238, appendix B: the last six of its eight digits, for the secret 12345678901234567890. */
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('RFC 6238: at %i s the code is %s', (seconds, code) => {
  const secret = Secret.fromUTF8('12345678901234567890');
  const at = (second: number) => stepOfCode(secret, code, new Date(second * 1_000));
  const step = Math.floor(seconds / 30);
  expect(at(seconds)).toBe(step);
  // A step early or late is still taken, two are not.
  expect([at((step - 1) * 30), at((step + 2) * 30 - 1)]).toEqual([step, step]);
  expect([at((step - 1) * 30 - 1), at((step + 2) * 30)]).toEqual([null, null]);
});

test('what is no code is none', () => {
  const secret = Secret.fromUTF8('12345678901234567890');
  for (const code of ['', '28708', '2870822', 'abcdef', '٢٨٧٠٨٢'])
    expect(stepOfCode(secret, code, new Date(59_000))).toBeNull();
});

const codeOf = (secret: string, at = t.clock.now()) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
const nextStep = () => t.clock.advance(30_000);

interface Enrolled {
  readonly browser: Browser;
  readonly person: Person;
  readonly secret: string;
  readonly recoveryCodes: string[];
}

async function aDesk(isDemonstration = true): Promise<Person> {
  return t.aPerson('试两步', [{ role: 'desk', scopeId: t.town.near.department }], isDemonstration);
}

async function enrolled(): Promise<Enrolled> {
  const person = await aDesk();
  const browser = await t.signedIn(person);
  const begun = await browser.post('/me/second-factor');
  const answer = await browser.post('/me/second-factor/confirmation', { totp: codeOf(begun.body.secret) });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  nextStep();
  return { browser, person, secret: begun.body.secret, recoveryCodes: answer.body.recoveryCodes };
}

/** The first factor: a one-time code. */
async function firstStep(phone: string, address?: string) {
  t.clock.advance(61_000);
  const browser = t.browser(address);
  const { body } = await browser.post('/auth/codes', { phone });
  const answer = await browser.post('/auth/sessions', { phone, code: body.demoCode });
  return { browser, answer, ticket: answer.body.ticket as string };
}

describe('enrolling', () => {
  test('a secret is shown, and counts once a code of it has come; recovery codes are told once', async () => {
    const person = await aDesk();
    const browser = await t.signedIn(person);
    const elsewhere = await t.signedIn(person);
    const begun = await browser.post('/me/second-factor');
    expect(begun.status).toBe(201);
    expect(begun.body.uri).toMatch(/^otpauth:\/\/totp\/Gongzhi:.*secret=[A-Z2-7]{32}/);
    expect(begun.body.uri).not.toContain(person.phone);
    expect((await browser.get('/me/second-factor')).body).toMatchObject({
      isEnrolled: false,
      isRequired: false,
    });
    const wrong = await browser.post('/me/second-factor/confirmation', { totp: '000000' });
    expect([wrong.status, wrong.body.code, wrong.body.params.attemptsLeft]).toEqual([
      422,
      'auth.second_factor_wrong',
      4,
    ]);
    const right = await browser.post('/me/second-factor/confirmation', { totp: codeOf(begun.body.secret) });
    expect(right.body.recoveryCodes).toHaveLength(10);
    expect(new Set(right.body.recoveryCodes).size).toBe(10);
    expect((await browser.get('/me/second-factor')).body).toMatchObject({
      isEnrolled: true,
      recoveryCodesLeft: 10,
    });
    // What was opened with less is closed.
    expect((await elsewhere.get('/me')).status).toBe(401);
    expect((await browser.post('/me/second-factor')).body.code).toBe('auth.second_factor_exists');
  });

  test('neither the secret nor the codes can be read behind the wall', async () => {
    const { secret, recoveryCodes, person } = await enrolled();
    const { rows } = await t.admin.query(
      `select (select secret_cipher from identity.second_factor where account_id = $1) as cipher,
        (select string_agg(encode(code_hash, 'hex'), ' ') from identity.recovery_code where account_id = $1) as hashes`,
      [person.accountId],
    );
    expect(rows[0].cipher.toString('latin1')).not.toContain(secret);
    for (const code of recoveryCodes) expect(rows[0].hashes).not.toContain(Buffer.from(code).toString('hex'));
    for (const line of t.logged) expect(line).not.toContain(secret);
  });

  test('is for staff', async () => {
    const resident = await t.signedIn(t.town.neighbour);
    expect((await resident.post('/me/second-factor')).body.code).toBe('auth.second_factor_staff_only');
    expect((await resident.post('/me/second-factor/confirmation', { totp: '123456' })).body.code).toBe(
      'auth.second_factor_not_begun',
    );
  });
});

describe('signing in', () => {
  test('asks for the second after the first, by code and by password, and opens then', async () => {
    const { person, secret, browser: own } = await enrolled();
    await own.put('/me/password', { password: 'kein leichtes wort' });
    const { answer, ticket, browser } = await firstStep(person.phone);
    expect([answer.status, browser.cookie]).toEqual([202, null]);
    const opened = await browser.post('/auth/sessions', { ticket, totp: codeOf(secret) });
    expect([opened.status, opened.body.acting.role]).toEqual([201, 'desk']);
    nextStep();
    const byPassword = t.browser();
    const first = await byPassword.post('/auth/sessions', {
      phone: person.phone,
      password: 'kein leichtes wort',
    });
    expect(first.status).toBe(202);
    const spaced = codeOf(secret).replace(/(...)/, '$1 ');
    expect(
      (await byPassword.post('/auth/sessions', { ticket: first.body.ticket, totp: spaced })).status,
    ).toBe(201);
  });

  test('a code opens one door once: not again, not one before it, not two at the same instant', async () => {
    const { person, secret } = await enrolled();
    const tickets = [await firstStep(person.phone), await firstStep(person.phone)];
    const code = codeOf(secret);
    const open = (ticket: string, totp: string) => t.browser().post('/auth/sessions', { ticket, totp });
    const answers = await Promise.all(tickets.map(({ ticket }) => open(ticket, code)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 422]);
    const { ticket } = await firstStep(person.phone);
    expect((await open(ticket, code)).body.code).toBe('auth.second_factor_wrong');
    expect((await open(ticket, codeOf(secret))).status).toBe(201);
    // The step before it is inside the window and was never used: a later one has been.
    const late = await firstStep(person.phone);
    expect((await open(late.ticket, codeOf(secret))).status).toBe(201);
    const again = await firstStep(person.phone);
    t.clock.advance(1_000);
    const before = codeOf(secret, new Date(t.clock.now().getTime() - 60_000));
    expect((await open(again.ticket, before)).body.code).toBe('auth.second_factor_wrong');
  });

  test('a ticket is good once and for five minutes', async () => {
    const { person, secret } = await enrolled();
    const { ticket } = await firstStep(person.phone);
    t.clock.advance(5 * 60_000);
    const late = await t.browser().post('/auth/sessions', { ticket, totp: codeOf(secret) });
    expect([late.status, late.body.code]).toEqual([422, 'auth.ticket_expired']);
    const second = await firstStep(person.phone);
    expect(
      (await t.browser().post('/auth/sessions', { ticket: second.ticket, totp: codeOf(secret) })).status,
    ).toBe(201);
    nextStep();
    const reused = await t.browser().post('/auth/sessions', { ticket: second.ticket, totp: codeOf(secret) });
    expect(reused.body.code).toBe('auth.ticket_expired');
    const made = await t.browser().post('/auth/sessions', { ticket: randomUUID(), totp: '123456' });
    expect(made.body.code).toBe('auth.ticket_expired');
  });

  test('a recovery code opens once, as people write it', async () => {
    const { person, recoveryCodes, browser: own } = await enrolled();
    const code = recoveryCodes[3]!.toLowerCase().replace('-', ' ');
    const open = async (recoveryCode: string) => {
      const { browser, ticket } = await firstStep(person.phone);
      return { answer: await browser.post('/auth/sessions', { ticket, recoveryCode }), browser };
    };
    const { answer } = await open(code);
    expect(answer.status).toBe(201);
    expect((await open(code)).answer.body.code).toBe('auth.second_factor_wrong');
    expect((await own.get('/me/second-factor')).body.recoveryCodesLeft).toBe(9);
    const renewed = await own.post('/me/second-factor/recovery-codes', { recoveryCode: recoveryCodes[4] });
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect((await open(recoveryCodes[5]!)).answer.body.code).toBe('auth.second_factor_wrong');
  });

  test('guessing is counted like a password, and a restart forgets nothing', async () => {
    const { person, secret } = await enrolled();
    const { ticket } = await firstStep(person.phone);
    const guess = (address: string, totp: string) =>
      t.browser(address).post('/auth/sessions', { ticket, totp });
    const left: number[] = [];
    for (let n = 0; n < 5; n++) {
      const { body } = await guess('198.51.100.9', '000000');
      left.push(body.params.attemptsLeft);
    }
    expect(left).toEqual([4, 3, 2, 1, 0]);
    const locked = await guess('198.51.100.9', codeOf(secret));
    expect([locked.status, locked.body.code]).toEqual([429, 'auth.locked']);
    const { rows } = await t.admin.query(
      'select count(*)::integer as n from platform.throttle where blocked_until > $1',
      [t.clock.now()],
    );
    expect(rows[0].n).toBeGreaterThan(0);
    // Nobody else is locked out by it: the right code from elsewhere opens.
    expect((await guess('192.0.2.4', codeOf(secret))).status).toBe(201);
  });

  test('as a persona of the demonstration nothing is asked', async () => {
    const { person } = await enrolled();
    expect((await t.signedIn(person)).cookie).not.toBeNull();
  });
});

describe('where a company asks for it', () => {
  const rule = async (roles: string[], from: string, grace: number) => {
    const { company } = t.town.far;
    await t.admin.query(`delete from platform.setting where scope_id = $1`, [company]);
    for (const [key, value] of [
      ['identity.second_factor_roles', roles],
      ['identity.second_factor_grace_days', grace],
    ])
      await t.admin.query(`insert into platform.setting values ($1, $2, $3, null, $4, 'house rule')`, [
        company,
        key,
        from,
        JSON.stringify(value),
      ]);
  };
  /** Signed in, without being a demonstration's persona. */
  const somebody = async (role: 'desk' | 'worker') => {
    const person = await t.aPerson('远前台', [{ role, scopeId: t.town.far.department }]);
    const browser = await t.signedIn(person);
    await t.admin.query('update identity.account set is_demonstration = false where account_id = $1', [
      person.accountId,
    ]);
    t.clock.advance(5_000);
    return { person, browser };
  };

  test('until the grace is over it is announced; then nothing else goes before it', async () => {
    await rule(['desk', 'manager'], '2026-11-01', 60);
    const { browser } = await somebody('desk');
    expect((await browser.get('/me/second-factor')).body).toMatchObject({
      isRequired: true,
      requiredFrom: '2026-12-31',
      mustEnrol: false,
    });
    expect((await browser.get('/places/scopes')).status).toBe(200);

    await rule(['desk', 'manager'], '2026-11-01', 0);
    t.clock.advance(5_000);
    const refused = await browser.get('/places/scopes');
    expect([refused.status, refused.body.code]).toEqual([403, 'auth.second_factor_enrol']);
    expect((await browser.get('/me')).body.mustEnrol).toBe(true);
    const begun = await browser.post('/me/second-factor');
    expect(
      (await browser.post('/me/second-factor/confirmation', { totp: codeOf(begun.body.secret) })).status,
    ).toBe(200);
    expect((await browser.get('/me')).body.mustEnrol).toBe(false);
    expect((await browser.get('/places/scopes')).status).toBe(200);
    nextStep();
    const removal = await browser.post('/me/second-factor/removal', { totp: codeOf(begun.body.secret) });
    expect([removal.status, removal.body.code]).toEqual([403, 'auth.second_factor_mandatory']);
  });

  test('other roles and other companies go on as before', async () => {
    await rule(['desk'], '2026-11-01', 0);
    const { browser } = await somebody('worker');
    expect((await browser.get('/places/scopes')).status).toBe(200);
    const near = await t.signedIn(await aDesk());
    expect((await near.get('/me')).body.mustEnrol).toBe(false);
  });
});

describe('doing without', () => {
  test('by a code of it, where nobody asks for one', async () => {
    const { browser, secret, person } = await enrolled();
    const removed = await browser.post('/me/second-factor/removal', { totp: codeOf(secret) });
    expect(removed.status).toBe(204);
    expect((await firstStep(person.phone)).answer.status).toBe(201);
    expect((await browser.post('/me/second-factor/removal', { totp: '123456' })).body.code).toBe(
      'auth.second_factor_none',
    );
  });

  test('the telephone is lost: the manager resets it, it is recorded, and sessions end', async () => {
    const { person, browser } = await enrolled();
    const manager = await t.signedIn(t.town.staff.manager);
    const scopeId = t.town.near.department;
    await t.admin.query(
      `insert into places.staff (scope_id, staff_id, city_id, street_id, company_id, account_id, role, display_name, title, starts_on)
       values ($1, $2, $3, $4, $5, $6, 'desk', '试两步', '前台', '2026-01-01')`,
      [scopeId, randomUUID(), t.town.city, t.town.near.street, t.town.near.company, person.accountId],
    );
    const { body } = await manager.get(`/staff?scopeId=${scopeId}`);
    const entry = body.items.find((item: { accountId: string }) => item.accountId === person.accountId);
    expect(entry.hasSecondFactor).toBe(true);
    const reset = await manager.post(`/staff/${entry.staffId}/commands?scopeId=${scopeId}`, {
      action: 'reset_second_factor',
      expectedVersion: entry.version,
    });
    expect(reset.status).toBe(200);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await firstStep(person.phone)).answer.status).toBe(201);
    const { rows } = await t.admin.query(
      `select 1 from platform.audit where action = 'staff.second_factor_reset' and account_id = $1`,
      [t.town.staff.manager.accountId],
    );
    expect(rows).toHaveLength(1);
  });

  test('but not of somebody who also works where the manager has no say', async () => {
    const person = await t.aPerson('两处任职', [
      { role: 'desk', scopeId: t.town.near.department },
      { role: 'street', scopeId: t.town.near.street },
    ]);
    const scopeId = t.town.near.department;
    const staffId = randomUUID();
    await t.admin.query(
      `insert into places.staff (scope_id, staff_id, city_id, street_id, company_id, account_id, role, display_name, title, starts_on)
       values ($1, $2, $3, $4, $5, $6, 'desk', '两处', '前台', '2026-01-01')`,
      [scopeId, staffId, t.town.city, t.town.near.street, t.town.near.company, person.accountId],
    );
    const manager = await t.signedIn(t.town.staff.manager);
    const reset = await manager.post(`/staff/${staffId}/commands?scopeId=${scopeId}`, {
      action: 'reset_second_factor',
      expectedVersion: 1,
    });
    expect([reset.status, reset.body.code]).toEqual([403, 'staff.works_elsewhere']);
  });
});
