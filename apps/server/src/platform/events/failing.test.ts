import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Clock, VirtualClock } from '../clock/clock.ts';
import { readBacklog } from './backlog.ts';
import { type Consumer, type Dispatcher, startDispatcher } from './dispatcher.ts';
import { anEvent, collector, type GroundFloor, openGroundFloor, staffOf, until } from './fixtures.ts';
import { type OutboxEvent, recordEvent } from './outbox.ts';

/** What cannot be taken now is taken soon, whatever clocks say. */
let floor: GroundFloor;
const running: Dispatcher[] = [];
beforeAll(async () => {
  floor = await openGroundFloor();
});
afterEach(async () => {
  for (const dispatcher of running.splice(0)) await dispatcher.stop();
});
afterAll(() => floor.close());

function dispatch(consumers: readonly Consumer[], pause: number, clock: Clock = floor.clock): Dispatcher {
  const { worker, house, log } = floor;
  const dispatcher = startDispatcher({
    worker,
    house,
    clock,
    log,
    consumers,
    pollMilliseconds: 30,
    backoffMilliseconds: () => pause,
  });
  running.push(dispatcher);
  return dispatcher;
}

const record = (event: OutboxEvent): Promise<void> =>
  floor.db.act(staffOf(event.scopeId), async (tx) => recordEvent(tx, event));

test('a full disk is looked at again within two seconds, a consumer that cannot after its whole pause', async () => {
  const scopeId = randomUUID();
  const full = Object.assign(new Error('could not extend file'), { code: '53100' });
  let isFull = true;
  const waits = collector(scopeId, async (own) => {
    if (own.length > 0 && isFull) throw full;
  });
  const cannot = collector(scopeId, async (own) => {
    if (own.length > 0) throw new Error('cannot take this');
  });
  dispatch([waits, cannot], 60_000);
  const event = anEvent(scopeId);
  await record(event);
  const pause = async (name: string): Promise<number | null> => {
    const { rows } = await floor.admin.query<{ seconds: number | null }>(
      `select extract(epoch from retry_at - clock_timestamp())::float as seconds from platform.consumer where name = $1`,
      [name],
    );
    return rows[0]?.seconds ?? null;
  };
  await until(async () => (await pause(waits.name)) !== null && (await pause(cannot.name)) !== null);
  expect(await pause(waits.name)).toBeLessThanOrEqual(2);
  expect(await pause(cannot.name)).toBeGreaterThan(2);
  isFull = false;
  await until(() => waits.seen.includes(event.eventId));
});

test('whose clock is ahead lets nobody wait for it, and a database that was set back lets nobody wait for that', async () => {
  const scopeId = randomUUID();
  let isAway = true;
  const consumer = collector(scopeId, async (own) => {
    if (own.length > 0 && isAway) throw new Error('Connection terminated unexpectedly');
  });
  const failed = async () => {
    const { rows } = await floor.admin.query<{ retry_at: Date | null }>(
      'select retry_at from platform.consumer where name = $1',
      [consumer.name],
    );
    return (rows[0]?.retry_at ?? null) !== null;
  };
  const ahead = new VirtualClock(new Date(Date.now() + 60 * 60_000));
  const first = dispatch([consumer], 100, ahead);
  const event = anEvent(scopeId);
  await record(event);
  await until(failed);
  await first.stop();
  isAway = false;
  // Its own clock stands still, an hour behind the other's.
  dispatch([consumer], 0);
  await until(() => consumer.seen.includes(event.eventId), 10_000);
  await floor.admin.query(
    `update platform.consumer set retry_at = clock_timestamp() + interval '1 hour' where name = $1`,
    [consumer.name],
  );
  const next = anEvent(scopeId);
  await record(next);
  await until(() => consumer.seen.includes(next.eventId), 10_000);
});

test('however often the wire is cut, no event is laid aside for it', async () => {
  const scopeId = randomUUID();
  let cuts = 0;
  const consumer = collector(scopeId, async (own) => {
    if (own.length === 0 || ++cuts > 8) return;
    // In the driver's words, by turns.
    throw new Error(
      cuts % 2 === 0
        ? 'Client has encountered a connection error and is not queryable'
        : 'Connection terminated unexpectedly',
    );
  });
  dispatch([consumer], 0);
  const event = anEvent(scopeId);
  await record(event);
  await until(() => consumer.seen.includes(event.eventId));
  const backlog = (await readBacklog(floor.worker)).find((line) => line.name === consumer.name);
  expect(backlog).toMatchObject({ deadLetters: 0 });
});
