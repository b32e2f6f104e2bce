import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../../../test/server.ts';
import { modules } from '../main.ts';
import { openWorkerDatabase, type WorkerDatabase } from '../platform/db/database.ts';
import { groundFloorSweeps } from '../platform/due/ground-floor.ts';
import { runDueOnce } from '../platform/due/due.ts';

/**
 * A sweep that fails is logged and tried again, for ever: nobody waits for its answer. So each is run here once, over a
 * street with a past, and has to come to an end.
 */
let server: TestServer;
let worker: WorkerDatabase;
beforeAll(async () => {
  server = await startTestServer({ roles: 'api' });
  worker = openWorkerDatabase({
    url: server.database.appUrl,
    poolSize: 2,
    applicationName: 'sweeps',
    onIdleError: () => {},
    // As on a cluster: everybody else's tests claim as one machine does.
    isSpread: true,
  });
});
afterAll(async () => {
  await worker.close();
  await server.close();
});

const sweeps = [...modules.flatMap((module) => module.due ?? []), ...groundFloorSweeps({ consumers: [] })];

test('there are some, each under a name of its own', () => {
  const names = sweeps.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(8);
  expect(new Set(names).size).toBe(names.length);
});

test.each(sweeps.map((sweep) => [sweep.name, sweep] as const))('%s comes to an end', async (name, sweep) => {
  const { house } = server;
  const claimed = await runDueOnce({ worker, sweeps: [sweep], house, clock: house.clock, log: house.log });
  expect(claimed[name]).toBeGreaterThanOrEqual(0);
  // What it did is no longer due.
  const again = await runDueOnce({ worker, sweeps: [sweep], house, clock: house.clock, log: house.log });
  expect(again[name]).toBe(0);
});

test('what may rest ten minutes stands in no countdown’s way', () => {
  const inTheWay = sweeps.filter(
    ({ lane = 'deadlines', everyMilliseconds = 0 }) => lane === 'deadlines' && everyMilliseconds >= 600_000,
  );
  expect(inTheWay.map(({ name }) => name)).toEqual([]);
});
