import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { residentOf, staffOf } from '../events/fixtures.ts';
import { type HttpFloor, openHttpFloor, type SignedIn } from '../live/fixtures.ts';
import { notify } from './notify.ts';
import { inboxRoutes } from './routes.ts';

let floor: HttpFloor;
beforeAll(async () => {
  floor = await openHttpFloor((app, house) => inboxRoutes(app, house));
});
afterAll(() => floor.close());

const params = { number: 'R-1', note: 'Zhang San, room 301' };

function tell(accountId: string, scopeId = randomUUID()): Promise<string> {
  return floor.worker.work(async (tx) =>
    notify(tx, {
      scopeId,
      accountId,
      template: 'order.accepted',
      params,
      link: '/m/orders/1',
      at: floor.clock.now(),
    }),
  );
}

function ask(who: SignedIn, method: 'GET' | 'POST', path: string) {
  return floor.app.inject({ method, url: `/api/v1${path}`, headers: who.headers });
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
