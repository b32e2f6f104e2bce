import { randomBytes, randomUUID } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VirtualClock } from '../clock/clock.ts';
import { anEvent, staffOf, until } from '../events/fixtures.ts';
import { recordEvent } from '../events/outbox.ts';
import { type HttpFloor, openHttpFloor } from '../live/fixtures.ts';
import { type DueSweep, runDueOnce, startDue } from './due.ts';
import { groundFloorSweeps } from './ground-floor.ts';

let floor: HttpFloor;
beforeAll(async () => {
  floor = await openHttpFloor(() => {});
});
afterAll(() => floor.close());

const day = 86_400_000;

function run(sweeps: readonly DueSweep[], limit = 200) {
  const { worker, house, clock, log } = floor;
  return runDueOnce({ worker, sweeps, house, clock, log, limit });
}

test('a sweep runs until it claims nothing, at the clock it is given', async () => {
  const asked: string[] = [];
  let left = 7;
  const sweep: DueSweep = {
    name: 'test',
    async claim(_tx, now, limit) {
      asked.push(now.toISOString());
      const claimed = Math.min(limit, left);
      left -= claimed;
      return claimed;
    },
  };
  expect(await run([sweep], 3)).toEqual({ test: 7 });
  expect(asked).toEqual(Array.from({ length: 4 }, () => floor.clock.now().toISOString()));
});

test('a sweep that fails does not stop the others, and is tried again', async () => {
  let good = 0;
  let bad = 0;
  const sweeps: DueSweep[] = [
    {
      name: 'bad',
      claim: async () => {
        bad++;
        throw new Error('no');
      },
    },
    {
      name: 'good',
      claim: async () => {
        good++;
        return 0;
      },
    },
    { name: 'rare', everyMilliseconds: 60_000, claim: async () => 0 },
  ];
  const { worker, house, clock, log } = floor;
  const due = startDue({ worker, sweeps, house, clock, log, everyMilliseconds: 5 });
  await until(() => good > 2 && bad > 2);
  await due.stop();
  const before = good;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(good).toBe(before);
});

test('turns that go side by side share what is due; one that fails does not undo the other, and is told', async () => {
  const open = Promise.withResolvers<void>();
  const left = ['a', 'b'];
  let inside = 0;
  let after = 0;
  const claimed: string[] = [];
  const sweep: DueSweep = {
    name: 'test',
    atOnce: 2,
    async claim() {
      const mine = left.shift();
      if (mine === undefined) return 0;
      // Neither goes on before the other has begun.
      if (++inside === 2) open.resolve();
      await open.promise;
      claimed.push(mine);
      return 1;
    },
    async after() {
      after++;
    },
  };
  expect(await run([sweep])).toEqual({ test: 2 });
  expect([claimed.sort(), after]).toEqual([['a', 'b'], 2]);

  const seen: string[] = [];
  const halves: DueSweep = {
    ...sweep,
    async claim() {
      seen.push('turn');
      if (seen.length % 2 === 1) throw new Error('one of two');
      return 1;
    },
  };
  await expect(run([halves])).rejects.toThrow('one of two');
  expect([seen.length, after]).toEqual([2, 3]);
});

test('a sweep that waits, and one that never ends, delay none of another lane; in one lane they take turns', async () => {
  const seen: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const sweeps: DueSweep[] = [
    { name: 'provider', lane: 'messages', claim: async () => 1, after: () => held },
    {
      name: 'purge',
      lane: 'chores',
      everyMilliseconds: day,
      claim: async () => {
        seen.push('purge');
        return 1;
      },
    },
    {
      name: 'learn',
      lane: 'chores',
      claim: async () => {
        seen.push('learn');
        return 0;
      },
    },
    {
      name: 'countdown',
      claim: async () => {
        seen.push('countdown');
        return 0;
      },
    },
  ];
  const { worker, house, clock, log } = floor;
  const due = startDue({ worker, sweeps, house, clock, log, everyMilliseconds: 5 });
  const times = (name: string) => seen.filter((one) => one === name).length;
  await until(() => times('countdown') > 3 && times('learn') > 3 && times('purge') > 3);
  release();
  await due.stop();
});

test('a clock that is set back makes no sweep rest longer than it wished', async () => {
  let turns = 0;
  const seen: number[] = [];
  const sweep: DueSweep = {
    name: 'rare',
    everyMilliseconds: 60_000,
    async claim(_tx, now) {
      turns++;
      seen.push(now.getTime());
      return 0;
    },
  };
  const { worker, house, log } = floor;
  const clock = new VirtualClock(floor.clock.now());
  const due = startDue({ worker, sweeps: [sweep], house, clock, log, everyMilliseconds: 5 });
  await until(() => turns === 1);
  clock.setBack(1);
  await until(() => turns === 2);
  // And rests as long as ever after that.
  clock.advance(59_999);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(turns).toBe(2);
  clock.advance(1);
  await until(() => turns === 3);
  await due.stop();
  expect(seen.map((at) => at - seen[0]!)).toEqual([0, -1, 59_999]);
});

test('a sweep that never finds an end rests a minute, and is said', async () => {
  let turns = 0;
  const sweep: DueSweep = {
    name: 'endless',
    claim: async () => {
      turns++;
      return 1;
    },
  };
  // No transaction a turn: ten thousand of them are not what is tried here.
  const worker = { ...floor.worker, work: <T>(work: (tx: never) => Promise<T>) => work(undefined as never) };
  const { house, clock } = floor;
  const warned: object[] = [];
  const log = { ...floor.log, warn: (line: object) => warned.push(line) } as unknown as typeof floor.log;
  const due = startDue({ worker, sweeps: [sweep], house, clock, log, everyMilliseconds: 5 });
  await until(() => warned.length === 1);
  const before = turns;
  expect(before).toBe(10_000);
  clock.advance(59_999);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(turns).toBe(before);
  clock.advance(1);
  await until(() => turns > before);
  await due.stop();
  await expect(runDueOnce({ worker, sweeps: [sweep], house, clock, log })).rejects.toThrow(
    'does not come to an end',
  );
});

test('answers to keys are forgotten after seven days, throttle windows after one', async () => {
  const scopeId = randomUUID();
  const now = floor.clock.now().getTime();
  for (const [key, age] of [
    ['just-old-enough', 7 * day + 1],
    ['not-old-enough', 7 * day],
  ] as const) {
    await floor.admin.query('insert into platform.idempotency values ($1, $2, $3, $4, 201, $5, $6)', [
      scopeId,
      randomUUID(),
      key,
      randomBytes(32),
      '{}',
      new Date(now - age),
    ]);
  }
  const keys = [randomBytes(32), randomBytes(32), randomBytes(32)];
  const windows = [
    [keys[0], now - day - 1, null],
    [keys[1], now - day - 1, now + 1_000],
    [keys[2], now, null],
  ] as const;
  for (const [key, start, blocked] of windows) {
    await floor.admin.query('insert into platform.throttle values ($1, $2, 1, $3)', [
      key,
      new Date(start),
      blocked === null ? null : new Date(blocked),
    ]);
  }
  await run(groundFloorSweeps({ consumers: [] }), 1);
  const left = await floor.admin.query('select key from platform.idempotency where scope_id = $1', [scopeId]);
  expect(left.rows).toEqual([{ key: 'not-old-enough' }]);
  const kept = await floor.admin.query('select 1 from platform.throttle where key_hash = any ($1)', [keys]);
  expect(kept.rowCount).toBe(2);
});

test('an event goes when it is old and every living consumer has passed it', async () => {
  const scopeId = randomUUID();
  const old = anEvent(scopeId, { occurredAt: new Date(floor.clock.now().getTime() - 31 * day) });
  const young = anEvent(scopeId);
  await floor.db.act(staffOf(scopeId), async (tx) => {
    recordEvent(tx, old);
    recordEvent(tx, young);
  });
  await floor.admin.query(
    `insert into platform.consumer (name, last_xid, last_event_id) values ('test.slow', '0', $1), ('test.gone', '0', $1)`,
    ['00000000-0000-0000-0000-000000000000'],
  );
  const left = async () =>
    (
      await floor.admin.query<{ event_id: string }>(
        'select event_id from platform.outbox where scope_id = $1',
        [scopeId],
      )
    ).rows.map((r) => r.event_id);
  await run(groundFloorSweeps({ consumers: ['test.slow'] }));
  expect(await left()).toHaveLength(2);
  await floor.admin.query(
    `update platform.consumer set last_xid = pg_current_xact_id() where name = 'test.slow'`,
  );
  await run(groundFloorSweeps({ consumers: ['test.slow'] }));
  expect(await left()).toEqual([young.eventId]);
});

async function aFile(age: number, attachedId: string | null): Promise<string> {
  const id = randomUUID();
  const { files } = floor.house;
  await files.put(id, 'full', Buffer.from('full'));
  await files.put(id, 'thumb', Buffer.from('thumb'));
  await floor.admin.query(
    `insert into platform.file (scope_id, file_id, uploaded_by, media_type, bytes, width, height, sha256, created_at, attached_type, attached_id)
     values ($1, $2, $3, 'image/jpeg', 4, 1, 1, '', $4, $5, $6)`,
    [
      randomUUID(),
      id,
      randomUUID(),
      new Date(floor.clock.now().getTime() - age),
      attachedId === null ? null : 'thing',
      attachedId,
    ],
  );
  return id;
}

test('an upload that nobody attached in a day goes with its bytes', async () => {
  const { files } = floor.house;
  const [stale, fresh, attached] = [
    await aFile(day + 1, null),
    await aFile(day, null),
    await aFile(2 * day, randomUUID()),
  ];
  expect((await run(groundFloorSweeps({ consumers: [] })))['platform.orphan_files']).toBe(1);
  expect(await files.read(stale, 'full')).toBeNull();
  expect(await files.read(stale, 'thumb')).toBeNull();
  for (const id of [fresh, attached]) expect(await files.read(id, 'full')).not.toBeNull();
});

test('bytes without a row go, a slice at a time, once they are a day old', async () => {
  const { files } = floor.house;
  const known = await aFile(0, null);
  const stray = `${randomUUID().slice(0, -4)}${known.slice(-4)}`;
  const young = `${randomUUID().slice(0, -4)}${known.slice(-4)}`;
  for (const id of [stray, young]) await files.put(id, 'full', Buffer.from('x'));
  const yesterday = new Date(Date.now() - day - 1_000);
  for (const id of [stray, known]) {
    await utimes(
      join(floor.dataDir, 'files', id.slice(-4, -2), id.slice(-2), `${id}.full.jpg`),
      yesterday,
      yesterday,
    );
  }
  const sweep = groundFloorSweeps({ consumers: [] }).filter(({ name }) => name === 'platform.orphan_bytes');
  for (let slice = 0; slice < 256; slice++) await run(sweep);
  expect(await files.read(stray, 'full')).toBeNull();
  for (const id of [known, young]) expect(await files.read(id, 'full')).not.toBeNull();
});
