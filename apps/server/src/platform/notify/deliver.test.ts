import { createHmac } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type DueSweep, startDue } from '../due/due.ts';
import { residentOf } from '../events/fixtures.ts';
import { NotDeliverable } from './adapter.ts';
import { logAdapter } from './adapters/log.ts';
import { smsAdapter } from './adapters/sms.ts';
import { openPostOffice, secret, startProvider } from './fixtures.ts';

/** The way of a message from the notice to the provider, on a real database with a clock of its own. */
const office = await openPostOffice();
const { floor, at, aWorker, use, aReader, tell, run, deliveries, wish, confirmed } = office;
let { sms, mail } = office.begin();
beforeEach(() => {
  ({ sms, mail } = office.begin());
});
afterAll(() => office.close());

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

test('an emergency goes by every way there is, at once, at three in the night, whatever was wished for', async () => {
  const who = aReader();
  await confirmed(who, 'mail', mail, 'li@home.example');
  mail.got.length = 0;
  await wish(who, { channels: ['mail'], isNewsWanted: false, quietFrom: 22 * 60, quietTo: 7 * 60 });
  floor.clock.set(at('19:00:00'));
  const urgent = await tell(who, 'work_order.finished', 'emergency');
  const other = await tell(who);
  await run();
  // One pass, no time gone by: no channel waits for another to fail.
  expect((await deliveries(urgent)).toSorted()).toEqual(['mail sent 1', 'sms sent 1']);
  expect([sms.got.length, mail.got.length]).toEqual([1, 1]);
  expect(await deliveries(other)).toEqual(['mail waiting 0']);
  // Neither a missing receipt nor one that says it failed makes a second message of it.
  floor.clock.advance(10 * 60_000);
  await run();
  expect([sms.got.length, mail.got.length]).toEqual([1, 1]);
});

test('what a night has gathered for many readers comes as one message to each, however they are mixed', async () => {
  const readers = Array.from({ length: 7 }, () => aReader());
  for (const who of readers) await wish(who, { channels: ['sms'], quietFrom: 22 * 60, quietTo: 7 * 60 });
  floor.clock.set(at('15:00:00'));
  for (let i = 0; i < 5; i++)
    for (const who of readers) await tell(who, i % 2 === 0 ? 'work_order.finished' : 'work_order.accepted');
  await run();
  expect(sms.got).toHaveLength(0);
  floor.clock.set(at('23:00:00'));
  await run();
  expect(sms.got).toHaveLength(readers.length);
});

test('what asks for something goes before news that fell due earlier', async () => {
  for (let i = 0; i < 40; i++) await tell(aReader(), 'work_order.accepted');
  floor.clock.advance(1_000);
  await tell(aReader());
  await run();
  // Among those that are asked together first.
  const asking = sms.got.findIndex(({ template }) => template === 'work_order.finished');
  expect(asking).toBeLessThan(8);
  expect(sms.got).toHaveLength(41);
});

test('a letter to everybody at a provider that hangs delays neither an emergency nor a countdown', async () => {
  for (let i = 0; i < 40; i++) await tell(aReader(), 'work_order.accepted');
  const send = sms.send.bind(sms);
  const hanging: (() => void)[] = [];
  sms.send = (message) =>
    message.template === 'work_order.accepted'
      ? new Promise((resolve) => hanging.push(() => resolve({ reference: null })))
      : send(message);
  let countdowns = 0;
  const countdown: DueSweep = {
    name: 'test.countdown',
    claim: () => {
      countdowns++;
      return Promise.resolve(0);
    },
  };
  const { worker, house, clock, log } = floor;
  const due = startDue({
    worker,
    sweeps: [...aWorker(), countdown],
    house,
    clock,
    log,
    everyMilliseconds: 5,
  });
  await expect.poll(() => hanging.length).toBe(8);
  const urgent = await tell(aReader(), 'work_order.finished', 'emergency');
  await expect.poll(() => deliveries(urgent)).toEqual(['sms sent 1']);
  const before = countdowns;
  await expect.poll(() => countdowns).toBeGreaterThan(before + 3);
  expect(hanging).toHaveLength(8);
  const stopped = due.stop();
  sms.send = send;
  await expect
    .poll(() => {
      for (const release of hanging.splice(0)) release();
      return hanging.length;
    })
    .toBe(0);
  await stopped;
  await run();
});

test('quiet hours hold a repetition and the next channel as well, and count no attempt for it', async () => {
  const who = aReader();
  await confirmed(who, 'mail', mail, 'wang@home.example');
  mail.got.length = 0;
  await wish(who, { channels: ['sms', 'mail'], quietFrom: 22 * 60, quietTo: 7 * 60 });
  sms.fault = () => new Error('gateway down');
  floor.clock.set(at('13:59:30'));
  const id = await tell(who);
  const urgent = await tell(who, 'work_order.finished', 'emergency');
  await run();
  expect(await deliveries(id)).toEqual(['sms waiting 1']);
  floor.clock.set(at('14:00:30'));
  await run();
  // Ten in the evening has passed: what can wait waits, the emergency is repeated.
  expect(await deliveries(id)).toEqual(['sms waiting 1']);
  expect(await deliveries(urgent)).toEqual(['sms waiting 2', 'mail sent 1']);
  floor.clock.set(at('22:59:59'));
  await run();
  expect(await deliveries(id)).toEqual(['sms waiting 1']);
  floor.clock.set(at('23:00:00'));
  await run();
  expect(await deliveries(id)).toEqual(['sms failed 2', 'mail sent 1']);
});

test('what was taken and never confirmed wakes nobody by the next channel', async () => {
  const who = aReader();
  await confirmed(who, 'mail', mail, 'wang@home.example');
  mail.got.length = 0;
  await wish(who, { channels: ['sms', 'mail'], quietFrom: 22 * 60, quietTo: 7 * 60 });
  floor.clock.set(at('13:45:00'));
  const id = await tell(who);
  await run();
  expect(await deliveries(id)).toEqual(['sms sent 1']);
  floor.clock.set(at('14:15:00'));
  await run();
  expect(mail.got).toHaveLength(0);
  floor.clock.set(at('23:00:00'));
  await run();
  expect(await deliveries(id)).toEqual(['sms sent 1', 'mail sent 1']);
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

test('a provider that is down is left alone for a minute, without counting attempts; of an emergency the other ways go out', async () => {
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
  expect(await deliveries(urgent)).toEqual(['sms waiting 0', 'mail sent 1']);
  sms.fault = null;
  floor.clock.advance(60_000);
  await run();
  expect(await deliveries(waiting)).toEqual(['sms sent 1']);
  expect(await deliveries(urgent)).toEqual(['sms sent 1', 'mail sent 1']);
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
  const asked = Promise.withResolvers<void>();
  sms.send = () => {
    asked.resolve();
    return new Promise(() => undefined);
  };
  void run();
  // Its row is leased a moment before the gateway is asked.
  await asked.promise;
  expect(await deliveries(id)).toEqual(['sms waiting 1']);
  sms.send = slow;
  floor.clock.advance(120_000);
  // Another process: the dead one's sweep never comes back.
  await run(aWorker());
  expect(await deliveries(id)).toEqual(['sms sent 2']);
});

test('a gateway that takes a message and answers too late is asked again under the same id, and sends it once', async () => {
  const provider = await startProvider();
  try {
    const gateway = smsAdapter(
      { url: `${provider.origin}/sms`, secret, signature: '共治', timeoutMilliseconds: 3_000 },
      floor.clock,
    );
    use(gateway);
    const ids = new Set<string>();
    // It has the message each time; the first answer never comes, the second says that it was taken before.
    provider.answer = ({ body }) => {
      const { id } = JSON.parse(body) as { id: string };
      const isKnown = ids.has(id);
      ids.add(id);
      return isKnown ? { status: 409 } : null;
    };
    const late = await tell(aReader());
    await run();
    expect(await deliveries(late)).toEqual(['sms waiting 1']);
    floor.clock.advance(120_000);
    await run();
    expect(await deliveries(late)).toEqual(['sms sent 2']);
    expect([ids.size, provider.asked.length]).toEqual([1, 2]);
    // Nothing is sent a third time, however often one looks.
    floor.clock.advance(60_000);
    await run();
    expect(provider.asked).toHaveLength(2);
  } finally {
    await provider.close();
  }
});
