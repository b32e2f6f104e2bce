import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { staffOf } from '../events/fixtures.ts';
import { NotDeliverable } from './adapter.ts';
import { openPostOffice } from './fixtures.ts';

/** What people say of how they want to be told, and what a desk reads of what became of it. */
const office = await openPostOffice();
const { floor, aReader, tell, run, ask, wish } = office;
let { mail } = office.begin();
beforeEach(() => {
  ({ mail } = office.begin());
});
afterAll(() => office.close());

test('an address counts only after its code came back; guesses, floods and foreign hosts are refused', async () => {
  const who = aReader();
  const put = (channel: string, address: string) =>
    ask(who, 'PUT', `/me/messages/addresses/${channel}`, { address, locale: 'zh-CN' });
  expect((await put('mail', 'nonsense')).json()).toMatchObject({ code: 'message.address_invalid' });
  expect((await put('mail', 'a@b.example\r\nbcc: x@y.example')).statusCode).toBe(422);
  expect((await put('work_chat', 'https://oapi.dingtalk.com/robot')).json()).toMatchObject({
    code: 'message.channel_unavailable',
  });
  mail.fault = () => new NotDeliverable('SMTP 550');
  expect((await put('mail', 'nobody@home.example')).json()).toMatchObject({
    code: 'message.address_refused',
  });
  mail.fault = null;
  expect((await put('mail', 'wang@home.example')).json()).toMatchObject({ code: 'message.too_many_codes' });
  floor.clock.advance(60_000);
  expect((await put('mail', 'wang@home.example')).json()).toEqual({
    masked: 'w***@home.example',
    expiresInSeconds: 600,
  });
  const settings = (await ask(who, 'GET', '/me/messages')).json<{ available: unknown[] }>();
  expect(settings.available).toContainEqual({
    channel: 'mail',
    address: 'w***@home.example',
    isConfirmed: false,
    needsAddress: true,
    isByLink: false,
  });
  const code = /\d{6}/.exec(mail.got.at(-1)!.sentence)![0];
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  const confirm = (text: string) => ask(who, 'POST', '/me/messages/addresses/mail/confirm', { code: text });
  for (let i = 0; i < 5; i++)
    expect((await confirm(wrong)).json()).toMatchObject({ code: 'message.code_wrong' });
  expect((await confirm(code)).json()).toMatchObject({ code: 'message.code_gone' });
  for (let i = 0; i < 3; i++) {
    floor.clock.advance(60_000);
    expect((await put('mail', 'wang@home.example')).statusCode).toBe(202);
  }
  floor.clock.advance(60_000);
  const full = await put('mail', 'wang@home.example');
  expect(full.statusCode).toBe(429);
  expect(Number(full.headers['retry-after'])).toBeGreaterThan(3_000);
  expect((await confirm(/\d{6}/.exec(mail.got.at(-1)!.sentence)![0])).statusCode).toBe(200);
  // What another account entered is none of mine.
  expect(
    (await ask(aReader(), 'GET', '/me/messages'))
      .json<{ available: { address: string | null }[] }>()
      .available.map((one) => one.address),
  ).toEqual([null, null, null]);
  const { rows } = await floor.admin.query(
    'select address_cipher, address_masked from platform.message_address',
  );
  expect(JSON.stringify(rows)).not.toContain('wang@');
  expect((await ask(who, 'DELETE', '/me/messages/addresses/mail')).statusCode).toBe(200);
});

test('wishes are checked, and the log shows a desk its own scope with masked addresses', async () => {
  const who = aReader();
  for (const part of [{ channels: ['pigeon'] }, { channels: ['sms', 'sms'] }, { quietFrom: 1440 }])
    expect((await wish(who, part)).statusCode).toBe(422);
  await tell(who);
  await run();
  const desk = floor.signIn(staffOf(who.scopeId), 'desk');
  const log = await ask(desk, 'GET', `/deliveries?scopeId=${who.scopeId}`);
  expect(log.json<{ items: unknown[] }>().items).toEqual([
    expect.objectContaining({
      channel: 'sms',
      state: 'sent',
      recipientMasked: '138****0001',
      template: 'work_order.finished',
    }),
  ]);
  const one = await ask(
    desk,
    'GET',
    `/deliveries?scopeId=${who.scopeId}&objectId=019a0000-0000-7000-8000-000000000009&state=sent`,
  );
  expect(one.json<{ items: unknown[] }>().items).toHaveLength(1);
  expect((await ask(who, 'GET', `/deliveries?scopeId=${who.scopeId}`)).statusCode).toBe(403);
  const elsewhere = floor.signIn(staffOf(randomUUID()), 'desk');
  expect((await ask(elsewhere, 'GET', `/deliveries?scopeId=${who.scopeId}`)).statusCode).toBe(404);
});
