import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../test/world.ts';
import { aGate, aPass, type TestGate } from '../modules/access/fixtures.ts';
import { aDurablePostgres, type DurablePostgres } from './fixtures.ts';

/** PostgreSQL dies with checks in flight and comes back: gates are told when to ask again, and no passage is lost or doubled. */
let postgres: DurablePostgres;
let world: World;
beforeAll(async () => {
  postgres = await aDurablePostgres();
  world = await aWorld({ database: postgres, isDemonstration: false });
});
afterAll(async () => {
  await world?.close();
  await postgres?.remove();
});

const GATES = 4;
const CHECKS = 10;
const TOGETHER = 6;

interface Refusal {
  readonly status: number;
  readonly code: unknown;
  readonly retryAfter: number;
}

test('killed under load: 503 with a time to come back, then every passage that was said, each once', async () => {
  const gates = await Promise.all(Array.from({ length: GATES }, () => aGate(world)));
  const pass = await aPass(world);
  const said = new Map<TestGate, string[]>(gates.map((gate) => [gate, []]));
  const refused: Refusal[] = [];
  let unanswered = 0;
  let isOver = false;
  const acknowledged = (): number => [...said.values()].reduce((sum, ids) => sum + ids.length, 0);
  /** As a device does: the same numbers until they are acknowledged, then the next. */
  const keepsAsking = async (gate: TestGate): Promise<void> => {
    while (!isOver) {
      const checks = Array.from({ length: CHECKS }, () => ({ id: randomUUID(), direction: 'out' }));
      const body = JSON.stringify({ checks });
      for (;;) {
        const answer = await fetch(`${world.url}/api/v1/access/checks`, {
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from(`${gate.userName}:${gate.password}`).toString('base64')}`,
            'content-type': 'application/json',
          },
          body,
        }).catch(() => null);
        if (answer === null) unanswered += 1;
        else if (answer.status === 200) {
          await answer.arrayBuffer();
          said.get(gate)!.push(...checks.map(({ id }) => id));
          break;
        } else if (answer.status === 429) {
          await answer.arrayBuffer();
          // The world's clock stands still, and with it what a device may ask in a minute.
          world.clock.advance(1_000);
        } else {
          const { code } = (await answer.json()) as { code: unknown };
          refused.push({
            status: answer.status,
            code,
            retryAfter: Number(answer.headers.get('retry-after')),
          });
        }
        await sleep(40);
      }
    }
  };
  const load = gates.flatMap((gate) => Array.from({ length: TOGETHER }, () => keepsAsking(gate)));
  const until = async (isSo: () => boolean) => {
    await expect.poll(isSo, { timeout: 60_000, interval: 10 }).toBe(true);
  };
  await until(() => acknowledged() >= 400);

  postgres.kill();
  await until(() => refused.length >= 3 * GATES);
  const whileAway = acknowledged();
  await postgres.start();
  // The very next of somebody with a phone: the code is still one that was never used.
  await until(() => acknowledged() >= whileAway + 400);
  isOver = true;
  await Promise.all(load);

  for (const { status, code, retryAfter } of refused)
    expect([status, code, retryAfter > 0]).toEqual([503, 'unavailable', true]);
  expect(unanswered).toBe(0);
  // What a device may ask in a while was used up by the load.
  world.clock.advance(60_000);
  expect(await gates[0]!.sees({ code: pass.code(world.clock.now()) })).toMatchObject({ outcome: 'pass' });

  const { manager } = world.people;
  for (const [gate, ids] of said) {
    const rows = await world.ask<{ id: string }>(
      'select passage_id as id from access.passage where gate_id = $1 and way = $2',
      [gate.gate.id, 'none'],
    );
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(ids));
    expect(rows).toHaveLength(ids.length);
    const chain = await manager.client.get(`/access/gates/${gate.gate.id}/chain?scopeId=${gate.scopeId}`);
    expect(chain.body).toMatchObject({ from: 1, faults: [] });
    // What is counted beside the chain is counted in the same commit.
    const [count] = await world.ask('select outs::int from access.gate_chain where gate_id = $1', [
      gate.gate.id,
    ]);
    expect(count).toEqual({ outs: ids.length });
  }
});
