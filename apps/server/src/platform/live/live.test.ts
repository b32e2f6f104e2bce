import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../db/actor.ts';
import { sql } from '../db/sql.ts';
import { anEvent, nobodysWall, residentOf, staffOf, until } from '../events/fixtures.ts';
import { type OutboxEvent, recordEvent } from '../events/outbox.ts';
import { notify } from '../notify/notify.ts';
import { type HttpFloor, openHttpFloor, type SignedIn } from './fixtures.ts';
import { liveRoutes } from './routes.ts';

let floor: HttpFloor;
let url = '';
/** Objects that the owning module hides although the wall would let them pass. */
const confidential = new Set<string>();

beforeAll(async () => {
  floor = await openHttpFloor((app, house) => liveRoutes(app, house), {
    heartbeatMilliseconds: 200,
    sessionCheckMilliseconds: 200,
    connectionsPerAccount: 2,
    visibility: {
      thing: async (_q, _acting, objects) =>
        new Set(objects.map((o) => o.id).filter((id) => !confidential.has(id))),
    },
  });
  url = await floor.app.listen({ port: 0 });
});
afterAll(() => floor.close());

interface Message {
  event: string;
  id: string;
  data: { kind: string; id: string; scopeId: string };
}

class Listening {
  readonly messages: Message[] = [];
  lastId = '';
  isOpen = true;
  text = '';
  readonly #stop = new AbortController();

  static async open(who: SignedIn, lastEventId?: string, age?: number): Promise<Listening> {
    const listening = new Listening();
    const headers = {
      ...who.headers,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    };
    const query = age === undefined ? '' : `?age=${age}`;
    const response = await fetch(`${url}/api/v1/live${query}`, { headers, signal: listening.#stop.signal });
    if (response.status !== 200) throw new Error(`status ${response.status}`);
    if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
      throw new Error('no event stream');
    void listening.#read(response.body!);
    if (lastEventId === undefined) await until(() => listening.lastId !== '');
    return listening;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of body) {
        const text = decoder.decode(chunk, { stream: true });
        this.text += text;
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const field = (name: string) =>
            block
              .split('\n')
              .find((line) => line.startsWith(`${name}: `))
              ?.slice(name.length + 2) ?? '';
          if (field('id') !== '') this.lastId = field('id');
          if (field('event') !== '')
            this.messages.push({
              event: field('event'),
              id: field('id'),
              data: JSON.parse(field('data')) as Message['data'],
            });
        }
      }
    } catch {
      // Closed by us.
    }
    this.isOpen = false;
  }

  ids(): string[] {
    return this.messages.map((message) => message.data.id);
  }

  close(): void {
    this.#stop.abort();
  }
}

function record(...events: OutboxEvent[]): Promise<void> {
  return floor.worker.work(async (tx) => {
    for (const event of events) recordEvent(tx, event);
  });
}

/**
 * What was recorded is read only once every older transaction of the whole test server has ended, another file's included.
 * Who opens a line before that is told of it later, as news.
 */
async function inOrder(): Promise<void> {
  const waiting = () =>
    floor.worker.work((tx) =>
      tx.query(sql`select from platform.outbox where xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1`),
    );
  await expect.poll(async () => (await waiting()).length, { timeout: 60_000 }).toBe(0);
}

/** Ends with an event everybody listed sees, so that what did not come before it never will. */
async function settled(scopeId: string, ...listeners: Listening[]): Promise<void> {
  const last = anEvent(scopeId, { wall: { ...nobodysWall, isPublic: true } });
  await record(last);
  await until(() => listeners.every((listening) => listening.ids().includes(last.objectId)));
}

test('each hears what its wall allows, ids only, and residents nothing internal', async () => {
  const [here, elsewhere, home] = [randomUUID(), randomUUID(), randomUUID()];
  const companyId = randomUUID();
  const neighbour = residentOf(here, randomUUID());
  const actors: Actor[] = [staffOf(here), residentOf(here, home), neighbour];
  const [desk, owner, other] = await Promise.all(actors.map((actor) => Listening.open(floor.signIn(actor))));
  const company = await Listening.open(
    floor.signIn({ ...staffOf(), kind: 'company', regionId: companyId }, 'company'),
  );

  const wall = { ...nobodysWall, companyId };
  const ofHome = anEvent(here, { wall: { ...wall, householdId: home }, payload: { secret: 'words' } });
  const open = anEvent(here, { wall: { ...wall, isPublic: true } });
  const internal = anEvent(here, { wall: { ...wall, householdId: home, isPublic: true, isInternal: true } });
  const byNeighbour = anEvent(here, { wall: { ...wall, reporterAccountId: neighbour.accountId } });
  const foreign = anEvent(elsewhere, { wall: { ...nobodysWall, isPublic: true } });
  await record(ofHome, open, internal, byNeighbour, foreign);
  await settled(here, desk!, owner!, other!);
  await until(() => company.messages.length >= 4);

  const got = (listening: Listening) => new Set(listening.ids().slice(0, -1));
  const ids = (...events: OutboxEvent[]) => new Set(events.map((event) => event.objectId));
  expect(got(desk!)).toEqual(ids(ofHome, open, internal, byNeighbour));
  expect(got(owner!)).toEqual(ids(ofHome, open));
  expect(got(other!)).toEqual(ids(open, byNeighbour));
  expect(new Set(company.ids())).toEqual(ids(ofHome, open, internal, byNeighbour));
  expect(desk!.text).not.toContain('words');
  expect(desk!.messages[0]!.id).toMatch(/^\d+-[0-9a-f-]{36}$/);
  for (const listening of [desk, owner, other, company]) listening!.close();
});

test('the owning module has the last word, and without one nothing goes out', async () => {
  const scopeId = randomUUID();
  const desk = await Listening.open(floor.signIn(staffOf(scopeId)));
  const hidden = anEvent(scopeId);
  confidential.add(hidden.objectId);
  const unowned = anEvent(scopeId, { kind: 'mystery.happened' });
  await record(hidden, unowned);
  await settled(scopeId, desk);
  expect(desk.messages).toHaveLength(1);
  desk.close();
});

test('a listener that comes back hears what it missed, once and in order', async () => {
  const scopeId = randomUUID();
  const who = floor.signIn(staffOf(scopeId));
  const first = await Listening.open(who);
  await settled(scopeId, first);
  first.close();
  await until(() => !first.isOpen);
  const missed = [anEvent(scopeId), anEvent(scopeId), anEvent(scopeId)];
  for (const event of missed) await record(event);
  const second = await Listening.open(who, first.lastId);
  await until(() => second.messages.length >= 3);
  await settled(scopeId, second);
  expect(second.ids().slice(0, 3)).toEqual(missed.map((event) => event.objectId));
  expect(second.messages).toHaveLength(4);
  expect(second.messages.every((message) => message.event === 'change')).toBe(true);
  second.close();
});

test('what happened while a page was read and its line was on the way is told, and nothing older', async () => {
  const scopeId = randomUUID();
  const who = floor.signIn(staffOf(scopeId));
  const at = (seconds: number) => new Date(floor.clock.now().getTime() - seconds * 1_000);
  const [old, between] = [anEvent(scopeId), anEvent(scopeId)];
  await record({ ...old, occurredAt: at(60) });
  await record({ ...between, occurredAt: at(4) });
  await inOrder();
  const listening = await Listening.open(who, undefined, 5_000);
  await settled(scopeId, listening);
  expect(listening.ids()).toHaveLength(2);
  expect(listening.ids()[0]).toBe(between.objectId);
  listening.close();
  // It says nothing to who resumes: the place is known.
  const again = await Listening.open(who, listening.lastId, 60_000);
  await settled(scopeId, again);
  expect(again.ids()).toHaveLength(1);
  again.close();
  await record(...Array.from({ length: 1_001 }, () => anEvent(randomUUID())));
  await inOrder();
  const late = await Listening.open(who, undefined, 5_000);
  await until(() => late.messages.some((message) => message.event === 'reset'));
  late.close();
});

test('who missed too much, or names a place that never was, is told to read afresh', async () => {
  const scopeId = randomUUID();
  const who = floor.signIn(staffOf(scopeId));
  const first = await Listening.open(who);
  first.close();
  await record(...Array.from({ length: 1_001 }, () => anEvent(randomUUID())));
  await inOrder();
  const second = await Listening.open(who, first.lastId);
  await until(() => second.messages.some((message) => message.event === 'reset'));
  second.close();
  const none = '00000000-0000-0000-0000-000000000000';
  // 2^64 is one more than a transaction id can be; 2^64 - 1 is an id of another cluster.
  const nowhere = ['nonsense', `18446744073709551616-${none}`, `99999999999999999999-${none}`];
  for (const place of [...nowhere, `18446744073709551615-${none}`]) {
    const third = await Listening.open(who, place);
    await until(() => third.messages.some((message) => message.event === 'reset'));
    await settled(scopeId, third);
    third.close();
  }
});

test('a notification of mine is an inbox event, and nobody else hears of it', async () => {
  const scopeId = randomUUID();
  const mine = floor.signIn(residentOf(scopeId));
  const [me, desk] = [await Listening.open(mine), await Listening.open(floor.signIn(staffOf(scopeId)))];
  const notificationId = await floor.worker.work(async (tx) =>
    notify(tx, {
      scopeId,
      accountId: mine.acting.accountId,
      template: 't',
      params: {},
      link: null,
      at: floor.clock.now(),
    }),
  );
  await until(() => me.messages.length === 1);
  expect(me.messages[0]).toMatchObject({ event: 'inbox', data: { id: notificationId, scopeId } });
  await settled(scopeId, desk);
  expect(desk.messages).toHaveLength(1);
  me.close();
  desk.close();
});

test('the line shows that it lives, and closes on who signed out', async () => {
  const who = floor.signIn(staffOf(randomUUID()));
  const listening = await Listening.open(who);
  await until(() => listening.text.includes(': still here'));
  expect(listening.text).toContain('retry: 3000');
  who.signOut();
  await until(() => !listening.isOpen, 2_000);
});

test('who signs out hears nothing more from that moment, not from the next look at the sessions', async () => {
  const scopeId = randomUUID();
  const who = floor.signIn(staffOf(scopeId));
  const listening = await Listening.open(who);
  who.signOut();
  const secret = anEvent(scopeId);
  await record(secret);
  await until(() => !listening.isOpen);
  expect(listening.ids()).not.toContain(secret.objectId);
});

test('one account holds a limited number of lines', async () => {
  const who = floor.signIn(staffOf(randomUUID()));
  const held = [await Listening.open(who), await Listening.open(who)];
  await expect(Listening.open(who)).rejects.toThrow('429');
  for (const listening of held) listening.close();
});

test('the house closes although somebody listens', async () => {
  const own = await openHttpFloor((app, house) => liveRoutes(app, house));
  const address = await own.app.listen({ port: 0 });
  const response = await fetch(`${address}/api/v1/live`, {
    headers: own.signIn(staffOf(randomUUID())).headers,
  });
  expect(response.status).toBe(200);
  const read = response.text();
  await own.close();
  expect(await read).toContain('retry');
});
