import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aGate, aPass, type TestGate } from '../../../apps/server/src/modules/access/fixtures.ts';
import {
  addTo,
  commandsOf,
  link,
  passagesOf,
} from '../../../apps/server/src/modules/access/barriers/fixtures.ts';
import { expectStatus } from '../../../apps/server/src/modules/work-orders/fixtures.ts';
import { createTestDatabase } from '../../../test/database.ts';
import { aWorld, type World } from '../../../test/world.ts';
import { Random } from '../random.ts';
import { isWhole } from './count.ts';
import { SimulatedDevice } from './device.ts';
import { drawMorning, HOUR_MS } from './morning.ts';
import { csvOf, plotOf, quantile, queueAt, tableOf } from './report.ts';
import { simulateMorning } from './simulate.ts';

describe('who comes', () => {
  const settings = { people: 500, from: 1_000_000, shares: [30, 27, 23, 20] };
  const drawn = (seed: number) => drawMorning(new Random(`gate ${seed}`), settings);

  test('is the same by the same seed, within the hour, each once', () => {
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
    const all = drawn(7);
    expect(new Set(all.map(({ person }) => person)).size).toBe(500);
    expect(all.every(({ at }) => at >= settings.from && at <= settings.from + HOUR_MS)).toBe(true);
    expect(all.map(({ at }) => at)).toEqual([...all].map(({ at }) => at).sort((a, b) => a - b));
    for (const gate of [0, 1, 2, 3]) expect(all.some((one) => one.gate === gate)).toBe(true);
  });

  test('stands in the queue from coming until gone', () => {
    const served = [
      { gate: 0, arrivedAt: 10, doneAt: 20 },
      { gate: 0, arrivedAt: 15, doneAt: 30 },
      { gate: 1, arrivedAt: 15, doneAt: 30 },
    ];
    expect([9, 10, 15, 19, 20, 29, 30].map((at) => queueAt(served, 0, at))).toEqual([0, 1, 2, 2, 1, 1, 0]);
    expect([quantile([], 0.5), quantile([1, 2, 3, 4], 0.5), quantile([1, 2], 1)]).toEqual([0, 3, 2]);
  });
});

test('a morning loses nothing and doubles nothing: counted in the database', async () => {
  const database = await createTestDatabase();
  try {
    const morning = await simulateMorning({ seed: 3, people: 70, database });
    const { counted, served } = morning;
    expect(counted).toMatchObject({ lost: 0, doubled: 0, gaps: 0, usedTwice: 0, passages: counted.said });
    expect(counted.orders).toBe(counted.openings);
    expect(isWhole(counted)).toBe(true);
    expect(isWhole({ ...counted, lost: 1 })).toBe(false);
    expect(isWhole({ ...counted, openings: counted.openings + 1 })).toBe(false);
    expect(served).toHaveLength(70);
    // The gate without a line decided alone, and what it decided is recorded as such.
    const alone = served.filter(({ by }) => by === 'device');
    expect(alone.length).toBeGreaterThan(0);
    expect(new Set(alone.map(({ gate }) => gate))).toEqual(new Set([morning.offline.gate]));
    expect(counted.decidedOffline).toBeGreaterThanOrEqual(alone.length);
    expect(tableOf(morning)).toContain('Nothing was lost and nothing was doubled.');
    expect(csvOf(morning).split('\n')).toHaveLength(72);
    expect(plotOf(morning)).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
  } finally {
    await database.drop();
  }
});

describe('a device by the book', () => {
  let world: World;
  let gate: TestGate;
  beforeAll(async () => {
    world = await aWorld({ roles: 'api,devices', env: { GONGZHI_MQTT_PORT: '0' } });
    gate = await aGate(world);
  });
  afterAll(() => world?.close());

  const scope = () => `?scopeId=${world.near.compound}`;
  const keyOf = async (deviceId: string) =>
    expectStatus(
      await world.people.manager.client.post(`/access/devices/${deviceId}/credentials${scope()}`),
      200,
    );
  const device = async (deviceId: string, more: object = {}) => {
    const { userName, password, publicKey } = await keyOf(deviceId);
    return new SimulatedDevice({
      userName,
      password,
      publicKey,
      url: world.server.url,
      mqttUrl: world.server.mqttUrl!,
      now: () => world.clock.now().getTime(),
      patienceMs: 5_000,
      ...more,
    });
  };

  test('checks, opens, goes on offline with a clock a day off, and sends what it decided', async () => {
    const barrier = await addTo(world, gate, 'barrier', '道闸');
    expectStatus(await link(world, gate.deviceId, barrier.deviceId), 200);
    const [pass, other] = [await aPass(world), await aPass(world)];
    const arm = await device(barrier.deviceId);
    await arm.plugIn();
    const reader = await device(gate.deviceId, { now: () => world.clock.now().getTime() - 86_400_000 });
    await reader.plugIn();
    expect(reader.listed).toBeGreaterThanOrEqual(2);
    const now = () => world.clock.now();
    const moved = arm.opening(5_000);
    const first = await reader.check({ text: pass.code(now()), direction: 'in' });
    expect([first.outcome, first.by]).toEqual(['pass', 'server']);
    expect(await moved).toBe(true);
    reader.unplug();
    // The code was used a moment ago, the next one is new, an old picture is none, and an urgent trip needs nothing.
    const offline = [
      await reader.check({ text: pass.code(now()), direction: 'in' }),
      await reader.check({ text: other.code(now()), direction: 'in' }),
      await reader.check({ text: other.code(new Date(now().getTime() - 300_000)), direction: 'in' }),
      await reader.check({ text: null, direction: 'in', urgent: 'oxygen' }),
    ];
    expect(offline.map(({ outcome, say, by }) => [outcome, say, by])).toEqual([
      ['refuse', 'code_replayed', 'device'],
      ['pass', 'welcome', 'device'],
      ['refuse', 'code_expired', 'device'],
      ['pass_report', 'urgent', 'device'],
    ]);
    expect(reader.waiting).toBe(4);
    await reader.plugIn();
    expect(reader.waiting).toBe(0);
    expect((await passagesOf(world, gate)).map((row) => (row as { id: string }).id)).toEqual(
      [first, ...offline].map(({ id }) => id),
    );
    // What was decided offline has passed long ago: nothing opens for it now.
    expect(await commandsOf(world, barrier)).toHaveLength(1);
    expect(arm.openings).toBe(1);
    reader.unplug();
    arm.unplug();
  });

  test('takes no list that bears another’s signature, and comes in with no other key', async () => {
    const { userName, password, publicKey } = await keyOf(gate.deviceId);
    const more = {
      url: world.server.url,
      mqttUrl: world.server.mqttUrl!,
      now: () => world.clock.now().getTime(),
      patienceMs: 10_000,
    };
    const stranger = world.server.house.crypto.signer('gate bundle of nobody').publicKey;
    const deceived = new SimulatedDevice({ userName, password, publicKey: stranger, ...more });
    await expect(deceived.plugIn()).rejects.toThrow('altered');
    deceived.unplug();
    expect((await deceived.check({ text: 'X', direction: 'in' })).say).toBe('no_list');
    const wrong = new SimulatedDevice({ userName, password: 'wrong', publicKey, ...more });
    await expect(wrong.plugIn()).rejects.toThrow('refused');
  });
});
