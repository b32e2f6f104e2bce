import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDueOnce } from '../due/due.ts';
import { residentOf, staffOf } from '../events/fixtures.ts';
import { type HttpFloor, openHttpFloor, type SignedIn } from '../live/fixtures.ts';
import { type ChannelAdapter, deliverySweep, logAdapter, type Message } from './deliver.ts';
import { type Channel, notify } from './notify.ts';
import { inboxRoutes } from './routes.ts';

let floor: HttpFloor;
beforeAll(async () => {
  floor = await openHttpFloor((app, house) => inboxRoutes(app, house));
});
afterAll(() => floor.close());

const params = { number: 'R-1', note: 'Zhang San, room 301' };

function tell(accountId: string, channels?: readonly Channel[], scopeId = randomUUID()): Promise<string> {
  return floor.worker.work(async (tx) =>
    notify(tx, {
      scopeId,
      accountId,
      template: 'order.accepted',
      params,
      link: '/m/orders/1',
      at: floor.clock.now(),
      ...(channels === undefined ? {} : { channels }),
    }),
  );
}

function ask(who: SignedIn, method: 'GET' | 'POST', path: string) {
  return floor.app.inject({ method, url: `/api/v1${path}`, headers: who.headers });
}

async function deliveries(notificationId: string) {
  const { rows } = await floor.admin.query<{ channel: string; state: string; attempts: number }>(
    'select channel, state, attempts from platform.delivery where notification_id = $1 order by channel',
    [notificationId],
  );
  return rows;
}

function sweep(adapters: readonly ChannelAdapter[]) {
  const { worker, house, clock, log } = floor;
  return runDueOnce({ worker, sweeps: [deliverySweep({ worker, adapters, log })], house, clock, log });
}

test('an inbox shows one account its own messages, page by page, newest first', async () => {
  const me = floor.signIn(residentOf(randomUUID()));
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    ids.unshift(await tell(me.acting.accountId));
    floor.clock.advance(1_000);
  }
  await tell(randomUUID());
  const first = (await ask(me, 'GET', '/inbox?limit=3')).json<{
    items: { id: string; params: unknown; readAt: string | null }[];
    nextCursor: string;
  }>();
  expect(first.items.map((item) => item.id)).toEqual(ids.slice(0, 3));
  expect(first.items[0]).toMatchObject({
    template: 'order.accepted',
    params,
    link: '/m/orders/1',
    readAt: null,
  });
  const second = (await ask(me, 'GET', `/inbox?limit=3&cursor=${first.nextCursor}`)).json<{
    items: { id: string }[];
    nextCursor: null;
  }>();
  expect(second.items.map((item) => item.id)).toEqual(ids.slice(3));
  expect(second.nextCursor).toBeNull();
  expect((await ask(me, 'GET', '/inbox?cursor=nonsense')).statusCode).toBe(422);
});

test('reading one, reading all, and nobody else does it for me', async () => {
  const me = floor.signIn(residentOf(randomUUID()));
  const [one] = [
    await tell(me.acting.accountId),
    await tell(me.acting.accountId),
    await tell(me.acting.accountId),
  ];
  const unread = async () => (await ask(me, 'GET', '/inbox/unread-count')).json<{ count: number }>().count;
  expect(await unread()).toBe(3);
  expect((await ask(floor.signIn(staffOf(randomUUID())), 'POST', `/inbox/${one}/read`)).statusCode).toBe(404);
  expect((await ask(me, 'POST', `/inbox/${one}/read`)).statusCode).toBe(204);
  expect((await ask(me, 'POST', `/inbox/${one}/read`)).statusCode).toBe(204);
  expect(await unread()).toBe(2);
  const left = (await ask(me, 'GET', '/inbox?unread=true')).json<{ items: unknown[] }>().items;
  expect(left).toHaveLength(2);
  expect((await ask(me, 'POST', '/inbox/read-all')).statusCode).toBe(204);
  expect(await unread()).toBe(0);
});

test('the log says that something went out, and not to whom or what', async () => {
  const accountId = randomUUID();
  const id = await tell(accountId);
  await sweep([logAdapter(floor.log)]);
  expect(await deliveries(id)).toEqual([{ channel: 'log', state: 'sent', attempts: 1 }]);
  const line = floor.logged.find((text) => text.includes(id))!;
  expect(line).toContain('order.accepted');
  expect(line).not.toContain('Zhang');
  expect(line).not.toContain(accountId);
});

test('each channel once; a provider that fails is asked again later, five times at most', async () => {
  const sent: Message[] = [];
  let isDown = true;
  const sms: ChannelAdapter = {
    channel: 'sms',
    async send(message) {
      sent.push(message);
      if (isDown) throw new Error('gateway down');
    },
  };
  const id = await tell(randomUUID(), ['sms', 'sms']);
  const hopeless = await tell(randomUUID(), ['voice']);
  await sweep([sms]);
  await sweep([sms]);
  expect(await deliveries(id)).toEqual([{ channel: 'sms', state: 'waiting', attempts: 1 }]);
  expect(await deliveries(hopeless)).toEqual([{ channel: 'voice', state: 'failed', attempts: 1 }]);
  floor.clock.advance(60_000);
  isDown = false;
  await sweep([sms]);
  await sweep([sms]);
  expect(await deliveries(id)).toEqual([{ channel: 'sms', state: 'sent', attempts: 2 }]);
  expect(new Set(sent.map((message) => message.deliveryId)).size).toBe(1);

  isDown = true;
  const never = await tell(randomUUID(), ['sms']);
  for (let i = 0; i < 8; i++) {
    await sweep([sms]);
    floor.clock.advance(7_200_000);
  }
  expect(await deliveries(never)).toEqual([{ channel: 'sms', state: 'failed', attempts: 5 }]);
});

test('two workers send one delivery once', async () => {
  let count = 0;
  const mail: ChannelAdapter = {
    channel: 'mail',
    async send() {
      count++;
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
  for (let i = 0; i < 5; i++) await tell(randomUUID(), ['mail']);
  await Promise.all([sweep([mail]), sweep([mail]), sweep([mail])]);
  expect(count).toBe(5);
});
