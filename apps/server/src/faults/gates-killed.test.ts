import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/database.ts';
import { Client } from '../../../../test/server.ts';
import { aWorld, type World } from '../../../../test/world.ts';
import { aGate, aPass, type TestGate, type TestPass } from '../modules/access/fixtures.ts';
import { aChildServer, type ChildServer } from './fixtures.ts';

/** A thousand checks are in flight when the server is killed: what it acknowledged is written down, nothing twice. */
let database: TestDatabase;
let world: World;
const children: ChildServer[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  world = await aWorld({ database, isDemonstration: false, startsAt: new Date() });
});
afterAll(async () => {
  for (const child of children) await child.kill();
  await world?.close();
  await database?.drop();
});

async function started(): Promise<ChildServer> {
  const child = await aChildServer({ databaseUrl: database.appUrl, dataDir: world.dataDir });
  children.push(child);
  return child;
}

const gateCount = 4;
const requestsAtAGate = 25;
const checksInARequest = 10;

/** Sent again under the same numbers until it is acknowledged, as a device does. */
async function insists(
  gate: TestGate,
  url: () => string,
  passes: readonly TestPass[],
  tries: { count: number },
): Promise<string[]> {
  const checks = passes.map(() => ({ id: randomUUID(), direction: 'out' }));
  for (;;) {
    tries.count += 1;
    const sent = await gate.sends(checks, { url: url() }).catch(() => null);
    if (sent?.status === 200) return checks.map(({ id }) => id);
    await sleep(50);
  }
}

test('killed with a thousand checks in flight: every acknowledged passage is there, none twice, each chain whole', async () => {
  const gates = await Promise.all(Array.from({ length: gateCount }, () => aGate(world)));
  const passes = await Promise.all(Array.from({ length: checksInARequest }, () => aPass(world)));
  const first = await started();
  let url = first.url;
  const tries = { count: 0 };
  let acknowledged = 0;
  const all = gates.flatMap((gate) =>
    Array.from({ length: requestsAtAGate }, async () => {
      const ids = await insists(gate, () => url, passes, tries);
      acknowledged += ids.length;
      return { gate, ids };
    }),
  );
  // In the middle of it: some are answered, most are not.
  await expect.poll(() => acknowledged, { interval: 5 }).toBeGreaterThan(0);
  const before = acknowledged;
  await first.kill();
  expect(before).toBeLessThan(gateCount * requestsAtAGate * checksInARequest);
  const second = await started();
  url = second.url;
  const done = await Promise.all(all);
  expect(tries.count).toBeGreaterThan(gateCount * requestsAtAGate);

  const rows = await world.ask<{ id: string; gate: string }>(
    'select passage_id as id, gate_id as gate from access.passage',
  );
  const said = done.flatMap(({ gate, ids }) => ids.map((id) => `${gate.gate.id} ${id}`));
  expect(rows.map(({ id, gate }) => `${gate} ${id}`).sort()).toEqual(said.sort());
  const { cookie, csrf } = world.people.manager.client;
  for (const { gate, scopeId } of gates) {
    const report = await new Client(second.url, cookie, csrf).get(
      `/access/gates/${gate.id}/chain?scopeId=${scopeId}`,
    );
    expect(report.body).toEqual({
      checked: requestsAtAGate * checksInARequest,
      from: 1,
      until: requestsAtAGate * checksInARequest,
      end: requestsAtAGate * checksInARequest,
      next: null,
      destroyedAt: null,
      faults: [],
    });
  }
});
