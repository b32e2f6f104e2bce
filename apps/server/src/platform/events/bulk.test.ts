import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDispatcher } from './dispatcher.ts';
import { anEvent, type GroundFloor, openGroundFloor, staffOf, until } from './fixtures.ts';
import { onEventsCommitted, type OutboxEvent, recordEvent } from './outbox.ts';

/** All events of a transaction go out by one statement, be it two or thousands. */
let floor: GroundFloor;
beforeAll(async () => {
  floor = await openGroundFloor();
});
afterAll(() => floor.close());

test('many of one transaction are what they would be one by one, by one statement for each five hundred', async () => {
  const written = async (write: (scopeId: string) => Promise<void>) => {
    const scopeId = randomUUID();
    await write(scopeId);
    const { rows } = await floor.admin.query(
      'select to_jsonb(o) - array[$2, $3] as event, cmin::text as statement from platform.outbox o where scope_id = $1 order by event_id',
      [scopeId, 'scope_id', 'xid'],
    );
    return {
      events: rows.map(({ event }) => event),
      statements: new Set(rows.map(({ statement }) => statement)).size,
    };
  };
  const wall = {
    cityId: randomUUID(),
    streetId: randomUUID(),
    companyId: randomUUID(),
    householdId: randomUUID(),
    reporterAccountId: randomUUID(),
    isPublic: true,
    isInternal: true,
  };
  const facts = [
    {},
    { payload: { text: `’"\\ 表`, list: [1, null, { deep: 0.1 }], none: null }, version: 7 },
    { wall, kind: 'other.happened', occurredAt: new Date('2026-11-21T08:00:00.123Z') },
  ].map((one) => ({ eventId: randomUUID(), objectId: randomUUID(), ...one }));
  const eventsOf = (scopeId: string) => facts.map((one) => anEvent(scopeId, one));
  const at = (scopeId: string, events: readonly OutboxEvent[]) =>
    floor.db.act(staffOf(scopeId), async (tx) => {
      for (const event of events) recordEvent(tx, event);
    });
  const [apart, together, none] = [
    await written(async (scopeId) => {
      for (const event of eventsOf(scopeId)) await at(scopeId, [event]);
    }),
    await written((scopeId) => at(scopeId, eventsOf(scopeId))),
    await written((scopeId) => at(scopeId, [])),
  ];
  expect(together.events).toEqual(apart.events);
  expect(together.events).toHaveLength(facts.length);
  expect([together.statements, none.statements]).toEqual([1, 0]);

  const thousands = Array.from({ length: 1_001 }, () => ({ eventId: randomUUID() }));
  const bulk = await written((scopeId) =>
    at(
      scopeId,
      thousands.map((one) => anEvent(scopeId, one)),
    ),
  );
  expect([bulk.events.length, bulk.statements]).toEqual([1_001, 3]);
});

test('of a transaction that fails nothing is told, whatever had been gathered', async () => {
  const scopeId = randomUUID();
  let woken = 0;
  const stop = onEventsCommitted(() => {
    woken += 1;
  });
  try {
    await expect(
      floor.db.act(staffOf(scopeId), async (tx) => {
        recordEvent(tx, anEvent(scopeId));
        throw new Error('changed its mind');
      }),
    ).rejects.toThrow('changed its mind');
    // Nor of one whose last event is refused.
    await expect(
      floor.db.act(staffOf(scopeId), async (tx) => {
        recordEvent(tx, anEvent(scopeId));
        recordEvent(tx, anEvent(randomUUID()));
      }),
    ).rejects.toThrow(/row-level security/);
  } finally {
    stop();
  }
  const { rows } = await floor.admin.query('select from platform.outbox o where scope_id = $1', [scopeId]);
  expect([rows.length, woken]).toEqual([0, 0]);
});

test('a transaction that is over takes no event, whether it has told one or none', async () => {
  const scopeId = randomUUID();
  for (const told of [1, 0]) {
    const over = await floor.db.act(staffOf(scopeId), async (tx) => {
      for (let n = 0; n < told; n++) recordEvent(tx, anEvent(scopeId));
      return { tx };
    });
    expect(() => recordEvent(over.tx, anEvent(scopeId))).toThrow('the transaction is over');
  }
});

test('what is written in bulk wakes who waits, and comes in the order of its ids', async () => {
  const scopeId = randomUUID();
  const seen: string[] = [];
  const { worker, house, clock, log } = floor;
  const dispatcher = startDispatcher({
    worker,
    house,
    clock,
    log,
    consumers: [
      {
        name: `test.${randomUUID()}`,
        handle: async (told) =>
          void seen.push(...told.filter((one) => one.scopeId === scopeId).map(({ eventId }) => eventId)),
      },
    ],
    pollMilliseconds: 30,
    batchSize: 7,
  });
  let woken = 0;
  const stop = onEventsCommitted(() => {
    woken += 1;
  });
  try {
    const events = Array.from({ length: 50 }, () => anEvent(scopeId));
    await floor.db.act(staffOf(scopeId), async (tx) => {
      for (const event of events) recordEvent(tx, event);
    });
    expect(woken).toBe(1);
    await until(() => seen.length === events.length);
    expect(seen).toEqual(events.map(({ eventId }) => eventId).toSorted());
  } finally {
    stop();
    await dispatcher.stop();
  }
});
