import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHINA } from '@gongzhi/kernel';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openCrypto } from '../crypto/crypto.ts';
import { type DueSweep, runDueOnce } from '../due/due.ts';
import { residentOf, staffOf } from '../events/fixtures.ts';
import { Problem } from '../http/problem.ts';
import { type HttpFloor, openHttpFloor, type SignedIn } from '../live/fixtures.ts';
import { type ChannelAdapter, type Message, NotDeliverable } from './adapter.ts';
import { logAdapter } from './adapters/log.ts';
import { deliverySweep } from './deliver.ts';
import type { AddressedChannel, AnyChannel, MessageKinds, Urgency } from './messages.ts';
import { notify } from './notify.ts';
import { receiptSweep, unconfirmedSweep } from './receipts.ts';
import { deliveryRoutes } from './routes-deliveries.ts';
import { messageSettingsRoutes } from './routes-settings.ts';

/** The way of a message from the notice to the provider, on a real database with a clock of its own. */
const secret = 'a gateway secret of 32 characters';
const kinds: MessageKinds = {
  'work_order.accepted': { urgency: 'news', outside: ['titleZh', 'titleEn', 'number'] },
  'work_order.finished': { urgency: 'action', outside: ['titleZh', 'titleEn', 'number'] },
};
const matter = { titleZh: '家中漏水', titleEn: 'Leak at home', number: '26-1122-0001', note: '张三 301 室' };

/** What each channel does now, and what it got. */
class Fake implements ChannelAdapter {
  readonly got: Message[] = [];
  fault: (() => Error) | null = null;
  readonly channel: AnyChannel;
  readonly confirms: boolean;
  constructor(channel: AnyChannel, confirms = false) {
    this.channel = channel;
    this.confirms = confirms;
  }
  send(message: Message): Promise<{ reference: string | null }> {
    this.got.push(message);
    return this.fault === null
      ? Promise.resolve({ reference: `ref-${this.got.length}` })
      : Promise.reject(this.fault());
  }
}

let floor: HttpFloor;
let folder: string;
let sms: Fake;
let mail: Fake;
let wechat: Fake;
let channels: Map<AnyChannel, ChannelAdapter>;
const phones = new Map<string, { phone: string; locale: 'zh-CN' | 'en' }>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gongzhi-notify-'));
  const crypto = await openCrypto(folder, { mode: 'demo', keyFile: undefined });
  channels = new Map();
  floor = await openHttpFloor((app, house) => {
    Object.assign(house, {
      crypto,
      channels,
      config: { workChatHosts: ['oapi.dingtalk.com'], sms: { secret } },
    });
    messageSettingsRoutes(app, house);
    deliveryRoutes(app, house, {
      reachOf: async (_q, { actor }, scopeId) => {
        if (!actor.scopeIds.includes(scopeId)) throw new Problem('not_found');
      },
    });
  });
});
afterAll(async () => {
  await floor.close();
  rmSync(folder, { recursive: true, force: true });
});
let day = 0;
/** Of this test's first day, UTC: eight hours before the clock on the wall. */
const at = (time: string): Date => new Date(Date.parse(`2026-11-22T${time}Z`) + day * 86_400_000);
let sweeps: DueSweep[];
beforeEach(() => {
  // A clock doesn't run backwards: each test has days of its own, and begins at ten in the morning.
  day += 3;
  floor.clock.set(at('02:00:00'));
  [sms, mail, wechat] = [new Fake('sms', true), new Fake('mail'), new Fake('wechat')];
  use(sms, mail, wechat);
  sweeps = aWorker();
});

/** The sweeps of one worker process: each has a memory of its own. */
function aWorker(): DueSweep[] {
  const { worker, log, house } = floor;
  const delivery = deliverySweep({
    worker,
    channels,
    kinds,
    recipients: {
      of: (_q, ids) =>
        Promise.resolve(
          new Map(ids.flatMap((id) => (phones.has(id) ? [[id, phones.get(id)!] as const] : []))),
        ),
      timeZoneOf: () => Promise.resolve(CHINA),
    },
    crypto: house.crypto,
    publicUrl: 'https://city.example',
    log,
  });
  return [receiptSweep, unconfirmedSweep, delivery];
}

function use(...adapters: ChannelAdapter[]): void {
  channels.clear();
  for (const adapter of adapters) channels.set(adapter.channel, adapter);
}

function aReader(
  locale: 'zh-CN' | 'en' = 'zh-CN',
  scopeId: string = randomUUID(),
): SignedIn & { scopeId: string } {
  const who = floor.signIn(residentOf(scopeId));
  phones.set(who.acting.accountId, { phone: '13800000001', locale });
  return { ...who, scopeId };
}

function tell(
  who: { acting: { accountId: string }; scopeId: string },
  template = 'work_order.finished',
  urgency?: Urgency,
): Promise<string> {
  return floor.worker.work(async (tx) =>
    notify(tx, {
      scopeId: who.scopeId,
      accountId: who.acting.accountId,
      template,
      params: matter,
      link: '/m/orders/1',
      objectId: '019a0000-0000-7000-8000-000000000009',
      ...(urgency === undefined ? {} : { urgency }),
      at: floor.clock.now(),
    }),
  );
}

const run = (of = sweeps) => {
  const { worker, house, clock, log } = floor;
  return runDueOnce({ worker, sweeps: of, house, clock, log });
};

async function deliveries(notificationId: string) {
  const { rows } = await floor.admin.query<{ channel: string; state: string; attempts: number }>(
    'select channel, state, attempts from platform.delivery where notification_id = $1 order by created_at, delivery_id',
    [notificationId],
  );
  return rows.map(({ channel, state, attempts }) => `${channel} ${state} ${attempts}`);
}

const ask = (who: SignedIn, method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object) =>
  floor.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: who.headers,
    ...(payload === undefined ? {} : { payload }),
  });

const wish = (who: SignedIn, part: object) =>
  ask(who, 'PUT', '/me/messages', {
    channels: ['sms', 'mail'],
    isNewsWanted: true,
    quietFrom: 0,
    quietTo: 0,
    ...part,
  });

/** Enters an address and confirms it with the code that went there. */
async function confirmed(
  who: SignedIn,
  channel: AddressedChannel,
  adapter: Fake,
  address: string,
): Promise<void> {
  expect(
    (await ask(who, 'PUT', `/me/messages/addresses/${channel}`, { address, locale: 'en' })).statusCode,
  ).toBe(202);
  const code = /\d{6}/.exec(adapter.got.at(-1)!.sentence)![0];
  const done = await ask(who, 'POST', `/me/messages/addresses/${channel}/confirm`, { code });
  expect(done.statusCode).toBe(200);
}

test('the first wished channel gets one sentence in the reader’s language, with nothing personal', async () => {
  const who = aReader('en');
  const id = await tell(who);
  await run();
  await run();
  expect(await deliveries(id)).toEqual(['sms sent 1']);
  expect(sms.got).toHaveLength(1);
  const [message] = sms.got;
  expect(message).toMatchObject({
    to: '13800000001',
    locale: 'en',
    reference: '26-1122-0001',
    url: 'https://city.example/m/orders/1',
  });
  expect(message!.sentence).toContain('Leak at home');
  expect(JSON.stringify(message)).not.toContain('张三');
});

test('a channel that fails is repeated once, then the next one takes over; both are in the log', async () => {
  const who = aReader();
  await confirmed(who, 'mail', mail, 'wang@home.example');
  mail.got.length = 0;
  await wish(who, {});
  sms.fault = () => new Error('gateway down');
  const id = await tell(who);
  await run();
  expect(await deliveries(id)).toEqual(['sms waiting 1']);
  floor.clock.advance(60_000);
  await run();
  expect(await deliveries(id)).toEqual(['sms failed 2', 'mail sent 1']);
  expect(new Set(sms.got.map((message) => message.id)).size).toBe(1);
  expect(mail.got).toHaveLength(1);
});

test('a number that is none goes to the next channel at once; without another the attempts end', async () => {
  const who = aReader();
  await confirmed(who, 'mail', mail, 'wang@home.example');
  sms.fault = () => new NotDeliverable('no such number');
  const id = await tell(who);
  await run();
  expect(await deliveries(id)).toEqual(['sms failed 1', 'mail sent 1']);
  use(sms);
  sms.fault = () => new Error('down');
  const alone = await tell(who);
  for (let i = 0; i < 8; i++) {
    await run();
    floor.clock.advance(7_200_000);
  }
  expect(await deliveries(alone)).toEqual(['sms failed 5']);
});

test('what is not confirmed in time goes on; a receipt stops that, and a second one changes nothing', async () => {
  const who = aReader();
  await confirmed(who, 'mail', mail, 'wang@home.example');
  mail.got.length = 0;
  await wish(who, {});
  const receipt = async (outcome: string, id: string, key = secret) => {
    const timestamp = floor.clock.now().toISOString();
    const signature = `sha256=${createHmac('sha256', key).update(`${timestamp}.${id}.${outcome}`).digest('hex')}`;
    const { statusCode } = await floor.app.inject({
      method: 'POST',
      url: '/api/v1/message-receipts',
      payload: { id, outcome },
      headers: { 'x-gongzhi-timestamp': timestamp, 'x-gongzhi-signature': signature },
    });
    return statusCode;
  };
  const told = await tell(who);
  const untold = await tell(who);
  await run();
  const [first] = sms.got;
  expect(await receipt('delivered', first!.id, 'a stranger with a secret of his own')).toBe(401);
  expect(await receipt('delivered', first!.id)).toBe(204);
  expect(await receipt('delivered', first!.id)).toBe(204);
  await run();
  expect(await receipt('failed', first!.id)).toBe(204);
  floor.clock.advance(1_800_000 - 1);
  await run();
  expect(mail.got).toHaveLength(0);
  floor.clock.advance(1);
  await run();
  expect(await deliveries(told)).toEqual(['sms delivered 1']);
  expect(await deliveries(untold)).toEqual(['sms sent 1', 'mail sent 1']);
});

test('a receipt that overtakes our own note of sending is kept until then; of nothing we know it is forgotten', async () => {
  const who = aReader();
  let id = '';
  sms.fault = null;
  const notificationId = await tell(who);
  const send = sms.send.bind(sms);
  sms.send = async (message) => {
    const taken = await send(message);
    id = message.id;
    const timestamp = floor.clock.now().toISOString();
    await floor.app.inject({
      method: 'POST',
      url: '/api/v1/message-receipts',
      payload: { id, outcome: 'delivered' },
      headers: {
        'x-gongzhi-timestamp': timestamp,
        'x-gongzhi-signature': `sha256=${createHmac('sha256', secret).update(`${timestamp}.${id}.delivered`).digest('hex')}`,
      },
    });
    return taken;
  };
  await run();
  await run();
  expect(await deliveries(notificationId)).toEqual(['sms delivered 1']);
  await floor.admin.query(
    "insert into platform.receipt (scope_id, delivery_id, outcome, received_at) values (gen_random_uuid(), gen_random_uuid(), 'failed', $1)",
    [floor.clock.now()],
  );
  floor.clock.advance(86_400_001);
  await run();
  const { rows } = await floor.admin.query('select 1 from platform.receipt where applied_at is null');
  expect(rows).toEqual([]);
});

test('quiet hours hold what can wait, and four or more of a night come as one; an emergency comes at once', async () => {
  const who = aReader();
  await wish(who, { channels: ['sms'], quietFrom: 22 * 60, quietTo: 7 * 60 });
  floor.clock.set(at('15:00:00'));
  const held = [];
  for (let i = 0; i < 4; i++) {
    held.push(await tell(who));
    floor.clock.advance(60_000);
  }
  await run();
  expect(sms.got).toHaveLength(0);
  await tell(who, 'work_order.finished', 'emergency');
  await run();
  expect(sms.got).toHaveLength(1);
  floor.clock.set(at('22:59:59'));
  await run();
  expect(sms.got).toHaveLength(1);
  floor.clock.set(at('23:00:00'));
  await run();
  expect(sms.got).toHaveLength(2);
  expect(sms.got[1]!.sentence).toMatch(/4/);
  for (const id of held) expect((await deliveries(id))[0]).toMatch(/^sms sent/);
});

test('what nobody wants, and what goes to nobody, stays in the inbox', async () => {
  const who = aReader();
  await wish(who, { isNewsWanted: false });
  const news = await tell(who, 'work_order.accepted');
  const action = await tell(who, 'work_order.finished');
  const ended = { ...floor.signIn(residentOf(who.scopeId)), scopeId: who.scopeId };
  const toNobody = await tell(ended);
  await run();
  expect(await deliveries(news)).toEqual(['auto none 0']);
  expect(await deliveries(action)).toEqual(['sms sent 1']);
  expect(await deliveries(toNobody)).toEqual(['auto none 0']);
});

test('where no provider is set up the log stands in, and says neither to whom nor what', async () => {
  use(logAdapter(floor.log));
  const who = aReader();
  const id = await tell(who);
  await run();
  expect(await deliveries(id)).toEqual(['log sent 1']);
  const line = floor.logged.findLast((text) => text.includes('delivered to the log'))!;
  expect(line).toContain('work_order.finished');
  expect(line).not.toContain('张三');
  expect(line).not.toContain(who.acting.accountId);
});

test('a provider that is down is left alone for a minute, without counting attempts; emergencies go round it', async () => {
  const readers = Array.from({ length: 6 }, () => aReader());
  const last = readers[5]!;
  await confirmed(last, 'mail', mail, 'wang@home.example');
  mail.got.length = 0;
  sms.fault = () => new Error('down');
  for (const who of readers.slice(0, 5)) await tell(who);
  await run();
  expect(sms.got).toHaveLength(5);
  const waiting = await tell(readers[0]!);
  const urgent = await tell(last, 'work_order.finished', 'emergency');
  await run();
  expect(sms.got).toHaveLength(5);
  expect(await deliveries(waiting)).toEqual(['sms waiting 0']);
  expect(await deliveries(urgent)).toEqual(['sms failed 1', 'mail sent 1']);
  sms.fault = null;
  floor.clock.advance(60_000);
  await run();
  expect(await deliveries(waiting)).toEqual(['sms sent 1']);
});

test('two workers send one delivery once; one that died while sending is repeated under the same id', async () => {
  const who = aReader();
  await tell(who);
  const slow = sms.send.bind(sms);
  sms.send = async (message) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return slow(message);
  };
  await Promise.all([run(), run(aWorker()), run(aWorker())]);
  expect(sms.got).toHaveLength(1);

  const id = await tell(who);
  sms.send = () => new Promise(() => undefined);
  void run();
  await expect.poll(() => deliveries(id)).toEqual(['sms waiting 1']);
  sms.send = slow;
  floor.clock.advance(120_000);
  // Another process: the dead one's sweep never comes back.
  await run(aWorker());
  expect(await deliveries(id)).toEqual(['sms sent 2']);
});

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
