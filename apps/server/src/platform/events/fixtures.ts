import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createTestDatabase } from '../../../../../test/database.ts';
import { VirtualClock } from '../clock/clock.ts';
import type { Actor } from '../db/actor.ts';
import { type Database, openDatabase, openWorkerDatabase, type WorkerDatabase } from '../db/database.ts';
import type { House } from '../house.ts';
import type { Consumer, Log } from './dispatcher.ts';
import type { OutboxEvent, Wall } from './outbox.ts';

/** A database of the test file's own, as the app, as the worker, and from behind the wall. */
export interface GroundFloor {
  readonly appUrl: string;
  readonly db: Database;
  readonly worker: WorkerDatabase;
  readonly admin: pg.Pool;
  readonly clock: VirtualClock;
  readonly log: Log;
  /** Every line that was logged, as JSON. */
  readonly logged: string[];
  /** Only the parts above; tests add what their subject reads. */
  readonly house: House;
  close(): Promise<void>;
}

export async function openGroundFloor(): Promise<GroundFloor> {
  const database = await createTestDatabase();
  const options = { url: database.appUrl, poolSize: 6, applicationName: 'test', onIdleError: () => {} };
  const db = openDatabase(options);
  const worker = openWorkerDatabase(options);
  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 4 });
  const clock = new VirtualClock(new Date('2026-11-21T08:00:00Z'));
  const logged: string[] = [];
  const keep = (...parts: unknown[]) => void logged.push(JSON.stringify(parts));
  const log = { info: keep, warn: keep, error: keep } as unknown as Log;
  return {
    appUrl: database.appUrl,
    db,
    worker,
    admin,
    clock,
    log,
    logged,
    house: { db, clock, log } as unknown as House,
    close: async () => {
      await db.close();
      await worker.close();
      await admin.end();
      await database.drop();
    },
  };
}

export const nobodysWall: Wall = {
  cityId: null,
  streetId: null,
  companyId: null,
  householdId: null,
  reporterAccountId: null,
  isPublic: false,
  isInternal: false,
};

export function anEvent(scopeId: string, overrides: Partial<OutboxEvent> = {}): OutboxEvent {
  return {
    eventId: randomUUID(),
    scopeId,
    wall: nobodysWall,
    kind: 'thing.happened',
    version: 1,
    objectId: randomUUID(),
    payload: {},
    occurredAt: new Date('2026-11-21T08:00:00Z'),
    ...overrides,
  };
}

export function staffOf(...scopeIds: string[]): Actor {
  return {
    kind: 'scope',
    accountId: randomUUID(),
    membershipId: randomUUID(),
    scopeIds,
    regionId: null,
    households: [],
  };
}

export function residentOf(scopeId: string, ...householdIds: string[]): Actor {
  return {
    kind: 'resident',
    accountId: randomUUID(),
    membershipId: randomUUID(),
    scopeIds: [scopeId],
    regionId: null,
    households: householdIds.map((id) => ({ id, since: 0 })),
  };
}

/** Collects what it is given of one scope; other tests share the outbox. */
export function collector(
  scopeId: string,
  handle: Consumer['handle'] = async () => {},
): Consumer & { seen: string[] } {
  const seen: string[] = [];
  return {
    name: `test.${randomUUID()}`,
    seen,
    async handle(events, tx, house) {
      const own = events.filter((event) => event.scopeId === scopeId);
      await handle(own, tx, house);
      seen.push(...own.map((event) => event.eventId));
    },
  };
}

/** Gives up late: events wait for the oldest transaction of the whole test server, and that may be a street being loaded. */
export async function until(isSo: () => boolean | Promise<boolean>, milliseconds = 60_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
