import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sql } from '../db/sql.ts';
import { readBacklog } from './backlog.ts';
import { type Consumer, type DispatchedEvent, type Dispatcher, startDispatcher } from './dispatcher.ts';
import { anEvent, collector, type GroundFloor, openGroundFloor, staffOf, until } from './fixtures.ts';
import { recordEvent } from './outbox.ts';

let floor: GroundFloor;
const running: Dispatcher[] = [];
beforeAll(async () => {
  floor = await openGroundFloor();
});
afterEach(async () => {
  for (const dispatcher of running.splice(0)) await dispatcher.stop();
});
afterAll(() => floor.close());

function dispatch(
  consumer: Consumer | readonly Consumer[],
  options: { batchSize?: number; backoffMilliseconds?: () => number } = {},
): Dispatcher {
  const { worker, house, clock, log } = floor;
  const dispatcher = startDispatcher({
    worker,
    house,
    clock,
    log,
    consumers: [consumer].flat(),
    pollMilliseconds: 30,
    backoffMilliseconds: () => 0,
    ...options,
  });
  running.push(dispatcher);
  return dispatcher;
}

function record(scopeId: string, ...events: ReturnType<typeof anEvent>[]): Promise<void> {
  return floor.db.act(staffOf(scopeId), async (tx) => {
    for (const event of events) recordEvent(tx, event);
  });
}

test('an event arrives whole, and only after its commit', async () => {
  const scopeId = randomUUID();
  const got: DispatchedEvent[] = [];
  dispatch({
    name: `test.${randomUUID()}`,
    kinds: ['thing.happened'],
    handle: async (events) => void got.push(...events.filter((e) => e.scopeId === scopeId)),
  });
  const event = anEvent(scopeId, {
    payload: { a: 1 },
    wall: { ...anEvent(scopeId).wall, isPublic: true, householdId: randomUUID() },
  });
  await floor.db
    .act(staffOf(scopeId), async (tx) => {
      recordEvent(tx, anEvent(scopeId));
      throw new Error('changed my mind');
    })
    .catch(() => {});
  await record(scopeId, event, anEvent(scopeId, { kind: 'other.happened' }));
  await until(() => got.length > 0);
  expect(got).toHaveLength(1);
  expect(got[0]).toMatchObject(event);
});

test('nothing is lost when a slow transaction is overtaken by a quick one', async () => {
  const scopeId = randomUUID();
  const consumer = collector(scopeId);
  dispatch(consumer);
  const slow = anEvent(scopeId);
  const quick = Array.from({ length: 5 }, () => anEvent(scopeId));
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let hasWritten = () => {};
  const written = new Promise<void>((resolve) => (hasWritten = resolve));
  const slowly = floor.db.act(staffOf(scopeId), async (tx) => {
    recordEvent(tx, slow);
    await tx.query(sql`select 1`);
    hasWritten();
    await held;
  });
  await written;
  for (const event of quick) await record(scopeId, event);
  await new Promise((resolve) => setTimeout(resolve, 200));
  letGo();
  await slowly;
  await until(() => consumer.seen.length === 6);
  expect(new Set(consumer.seen)).toEqual(new Set([slow, ...quick].map((event) => event.eventId)));
});

test('a crash in the middle of a batch repeats the batch, and its writes happen once', async () => {
  const scopeId = randomUUID();
  const events = Array.from({ length: 10 }, () => anEvent(scopeId));
  await record(scopeId, ...events);
  let tries = 0;
  const consumer = collector(scopeId, async (own, tx) => {
    for (const event of own) {
      tx.write(
        sql`insert into platform.audit (scope_id, audit_id, action, object_type, detail, at)
            values (${scopeId}, ${event.eventId}, 'seen', 'event', '{}', ${event.occurredAt})`,
      );
    }
    if (own.length > 0 && ++tries <= 2) throw new Error('crashed');
  });
  dispatch(consumer);
  await until(() => consumer.seen.length === 10);
  expect(tries).toBe(3);
  const rows = await floor.admin.query('select 1 from platform.audit where scope_id = $1', [scopeId]);
  expect(rows.rowCount).toBe(10);
});

test('two dispatchers never both handle an event', async () => {
  const scopeId = randomUUID();
  let inside = 0;
  let most = 0;
  const consumer = collector(scopeId, async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 15));
    inside--;
  });
  dispatch(consumer, { batchSize: 3 });
  dispatch(consumer, { batchSize: 3 });
  for (let i = 0; i < 20; i++) await record(scopeId, anEvent(scopeId));
  await until(() => consumer.seen.length >= 20);
  expect(most).toBe(1);
  expect(new Set(consumer.seen).size).toBe(consumer.seen.length);
});

test('an event that cannot be taken is laid aside after five tries and the line goes on', async () => {
  const scopeId = randomUUID();
  const events = Array.from({ length: 8 }, () => anEvent(scopeId));
  const poison = events[3]!;
  const consumer = collector(scopeId, async (own) => {
    if (own.some((event) => event.eventId === poison.eventId)) throw new Error('cannot take this');
  });
  dispatch(consumer);
  await record(scopeId, ...events);
  const laidAside = async () =>
    (
      await floor.admin.query('select event_id, error from platform.dead_letter where consumer = $1', [
        consumer.name,
      ])
    ).rows;
  // Their ids are drawn by lot: it may be the last of them.
  await until(async () => consumer.seen.length === 7 && (await laidAside()).length > 0);
  expect(consumer.seen).not.toContain(poison.eventId);
  const rows = await laidAside();
  expect(rows).toEqual([{ event_id: poison.eventId, error: 'Error: cannot take this' }]);
  const later = anEvent(scopeId);
  await record(scopeId, later);
  await until(() => consumer.seen.includes(later.eventId));
  const backlog = (await readBacklog(floor.worker)).find((line) => line.name === consumer.name);
  expect(backlog).toMatchObject({ failures: 0, deadLetters: 1 });
});

test('cut connections delay events and lose none', async () => {
  const scopeId = randomUUID();
  const consumer = collector(scopeId);
  dispatch(consumer);
  let sent = 0;
  for (let i = 0; i < 12; i++) {
    if (i % 4 === 3) {
      await floor.admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'gongzhi_app'`,
      );
    }
    await record(scopeId, anEvent(scopeId)).then(
      () => sent++,
      () => {},
    );
  }
  await until(() => new Set(consumer.seen).size === sent);
  expect(sent).toBeGreaterThan(5);
});

test('a consumer that begins with what comes next gets nothing older', async () => {
  const scopeId = randomUUID();
  const old = anEvent(scopeId);
  await record(scopeId, old);
  // "Next" begins at the oldest transaction that still runs, in whichever database of this server.
  await until(
    async () =>
      (
        await floor.admin.query(
          'select 1 from platform.outbox where event_id = $1 and xid < pg_snapshot_xmin(pg_current_snapshot())',
          [old.eventId],
        )
      ).rowCount === 1,
  );
  const consumer = { ...collector(scopeId), startsAt: 'next' as const };
  dispatch(consumer);
  await until(async () => (await readBacklog(floor.worker)).some((line) => line.name === consumer.name));
  const next = anEvent(scopeId);
  await record(scopeId, next);
  await until(() => consumer.seen.length > 0);
  expect(consumer.seen).toEqual([next.eventId]);
});

test('the app writes events and can neither read nor change them', async () => {
  const scopeId = randomUUID();
  await record(scopeId, anEvent(scopeId));
  await expect(
    floor.db.read(staffOf(scopeId), (q) => q.query(sql`select 1 from platform.outbox`)),
  ).rejects.toThrow('permission denied');
  await expect(record(randomUUID(), anEvent(scopeId))).rejects.toThrow('row-level security');
});

test('who lays an event aside late does not lead the line back', async () => {
  const scopeId = randomUUID();
  const [bad, good] = [anEvent(scopeId), anEvent(scopeId)];
  let isLate = false;
  const name = `test.${randomUUID()}`;
  const seen: string[] = [];
  const { house, clock, log, worker } = floor;
  const place = async () =>
    (
      await worker.work((tx) =>
        tx.query<{ last_xid: string; last_event_id: string }>(
          sql`select last_xid, last_event_id from platform.consumer where name = ${name}`,
        ),
      )
    )[0];
  let ahead: Awaited<ReturnType<typeof place>>;
  const dispatcher = startDispatcher({
    worker: {
      ...worker,
      // Between the failure and its burial another process buries it and takes what comes after.
      work: async (run) => {
        if (isLate) {
          isLate = false;
          await worker.work((tx) =>
            tx.query(
              sql`update platform.consumer c set last_xid = o.xid, last_event_id = o.event_id, failures = 0
                  from platform.outbox o where c.name = ${name} and o.event_id = ${good.eventId}`,
            ),
          );
          ahead = await place();
        }
        return worker.work(run);
      },
    },
    house,
    clock,
    log,
    consumers: [
      {
        name,
        startsAt: 'next',
        handle: async (events) => {
          if (events.some((event) => event.eventId === bad.eventId)) {
            isLate = events.length === 1;
            throw new Error('cannot be taken');
          }
          seen.push(...events.map((event) => event.eventId));
        },
      },
    ],
    pollMilliseconds: 30,
    backoffMilliseconds: () => 0,
  });
  running.push(dispatcher);
  await until(async () => (await place()) !== undefined);
  await record(scopeId, bad);
  await record(scopeId, good);
  await until(() => ahead !== undefined);
  const last = anEvent(scopeId);
  await record(scopeId, last);
  await until(() => seen.includes(last.eventId));
  expect(seen).not.toContain(good.eventId);
});

test('those that want none of it move on together, and who wants something loses nothing', async () => {
  const scopeId = randomUUID();
  const of = (kinds: readonly string[]) => {
    const one = collector(scopeId);
    return Object.assign(one, { kinds });
  };
  const idle = Array.from({ length: 4 }, () => of(['never.happens']));
  const picky = of(['rare.happened']);
  const all = collector(scopeId);
  // Batches of three, so that they walk over several.
  dispatch([...idle, picky, all], { batchSize: 3 });
  const events = Array.from({ length: 20 }, (_, i) =>
    anEvent(scopeId, { kind: i % 7 === 6 ? 'rare.happened' : 'thing.happened' }),
  );
  for (const event of events) await record(scopeId, event);
  await until(() => all.seen.length === events.length && picky.seen.length === 2);
  expect(all.seen).toEqual(events.map(({ eventId }) => eventId));
  expect(picky.seen).toEqual(
    events.filter(({ kind }) => kind === 'rare.happened').map(({ eventId }) => eventId),
  );
  const last = events.at(-1)!.eventId;
  const behind = async () => {
    const { rows } = await floor.admin.query<{ count: number }>(
      `select count(*)::integer as count from platform.consumer c, platform.outbox o
       where c.name = any ($1) and o.event_id = $2 and (c.last_xid, c.last_event_id) < (o.xid, o.event_id)`,
      [[...idle, picky, all].map(({ name }) => name), last],
    );
    return rows[0]?.count;
  };
  await expect.poll(behind).toBe(0);
  expect(idle.flatMap(({ seen }) => seen)).toEqual([]);
});

test('a cursor restored from another cluster goes on with what comes next, and the recipe loses nothing', async () => {
  const restored = await openGroundFloor();
  try {
    const scopeId = randomUUID();
    const late = collector(scopeId);
    const { house, clock, log, worker, admin, db, logged } = restored;
    const recording = (...events: ReturnType<typeof anEvent>[]) =>
      db.act(staffOf(scopeId), async (tx) => {
        for (const event of events) recordEvent(tx, event);
      });
    const start = () => {
      const dispatcher = startDispatcher({
        worker,
        house,
        clock,
        log,
        consumers: [late],
        pollMilliseconds: 30,
        backoffMilliseconds: () => 0,
      });
      running.push(dispatcher);
      return dispatcher;
    };
    // As pg_dump leaves it: a cursor and events under the ids of a cluster that was far ahead.
    const [taken, waiting] = [anEvent(scopeId), anEvent(scopeId)];
    await recording(taken, waiting);
    const future = `update platform.outbox set xid = (case event_id when $1 then '1000000000000' else '1000000000001' end)::xid8`;
    await admin.query(future, [taken.eventId]);
    await admin.query(`insert into platform.consumer values ($1, '1000000000000', $2)`, [
      late.name,
      taken.eventId,
    ]);

    const first = start();
    await until(() => logged.some((line) => line.includes('ahead of this database')));
    await until(() => logged.some((line) => line.includes('years away')));
    const next = anEvent(scopeId);
    await recording(next);
    await until(() => late.seen.includes(next.eventId));
    await first.stop();

    // The same again, as the README says to do it.
    await admin.query('delete from platform.outbox where event_id = $1', [next.eventId]);
    await admin.query(`update platform.consumer set last_xid = '1000000000000', last_event_id = $1`, [
      taken.eventId,
    ]);
    const readme = await readFile(join(import.meta.dirname, 'README.md'), 'utf8');
    await admin.query(/```sql\n([\s\S]+?)```/.exec(readme)![1]!);
    late.seen.length = logged.length = 0;
    start();
    await until(() => late.seen.length > 0);
    expect(late.seen).toEqual([waiting.eventId]);
    expect(logged).toEqual([]);
  } finally {
    for (const dispatcher of running.splice(0)) await dispatcher.stop();
    await restored.close();
  }
});
