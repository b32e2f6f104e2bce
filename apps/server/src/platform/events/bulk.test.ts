import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDispatcher } from './dispatcher.ts';
import { anEvent, type GroundFloor, openGroundFloor, staffOf, until } from './fixtures.ts';
import { onEventsCommitted, recordEvent, recordEvents } from './outbox.ts';

/** Events by the thousand: one statement for all of a transaction. */
let floor: GroundFloor;
beforeAll(async () => {
  floor = await openGroundFloor();
});
afterAll(() => floor.close());

test('many written by one statement are what they would be one by one', async () => {
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
  const [one, many, none] = [
    await written((scopeId) =>
      floor.db.act(staffOf(scopeId), async (tx) => {
        for (const event of eventsOf(scopeId)) recordEvent(tx, event);
      }),
    ),
    await written((scopeId) =>
      floor.db.act(staffOf(scopeId), async (tx) => recordEvents(tx, eventsOf(scopeId))),
    ),
    await written((scopeId) => floor.db.act(staffOf(scopeId), async (tx) => recordEvents(tx, []))),
  ];
  expect(many.events).toEqual(one.events);
  expect(many.events).toHaveLength(facts.length);
  expect([one.statements, many.statements, none.statements]).toEqual([facts.length, 1, 0]);
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
    await floor.db.act(staffOf(scopeId), async (tx) => recordEvents(tx, events));
    expect(woken).toBe(1);
    await until(() => seen.length === events.length);
    expect(seen).toEqual(events.map(({ eventId }) => eventId).toSorted());
  } finally {
    stop();
    await dispatcher.stop();
  }
});
