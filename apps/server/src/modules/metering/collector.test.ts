import type { lookup } from 'node:dns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { type MeterLine, serveMeters } from '../../../../../simulator/src/meters/line.ts';
import { aMeter } from '../../../../../simulator/src/meters/meter.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { MeterYard } from './fixtures.ts';
import { openCollector } from './service-collector.ts';
import { Conversation } from './service-conversation.ts';

let world: World;
let yard: MeterYard;
let line: MeterLine;
const states = [aMeter('602107073001', { energy: 10_000 }), aMeter('602107073002', { energy: 10_000 })];

beforeAll(async () => {
  world = await aWorld();
  yard = new MeterYard(world);
  line = await serveMeters(states, 0);
});
afterAll(async () => {
  await line.close();
  await yard.collector.stop();
  await world.close();
});

describe('who speaks with meters', () => {
  it('keeps what it has taken for as long as it speaks, however long that is, and nobody else says it too', async () => {
    const { gateway } = await yard.gateway({ transport: 'listen' });
    const meters: Json[] = [];
    for (const digit of [1, 2, 3, 4]) {
      const address = `60210707310${digit}`;
      meters.push(await yard.meter({ line: { gatewayId: gateway.id, address } }));
    }
    const [first, second] = [1, 2].map(() =>
      openCollector(world.server.house, world.worker, { patienceMilliseconds: 10 }),
    );
    const taken: number[] = [];
    const silent = new Conversation(
      {
        isOpen: () => true,
        // Whoever is asked keeps silent, and a minute and a half goes by each time: longer than a lease for all of them.
        send: () => {
          world.clock.advance(90_000);
          return true;
        },
      },
      10,
    );
    const other = new Conversation({ isOpen: () => true, send: () => true }, 10);
    first!.hold(gateway.id, silent);
    second!.hold(gateway.id, other);
    // After every question another process looks for something to say.
    const attempts: unknown[] = [];
    const ask = silent.ask.bind(silent);
    silent.ask = async (address, message) => {
      const [told] = await world.ask(
        `select c.attempts from metering.command c join metering.meter m using (scope_id, meter_id) where m.address = $1`,
        [address],
      );
      attempts.push(told?.['attempts']);
      const answered = await ask(address, message);
      taken.push(await second!.runOnce());
      return answered;
    };
    expect([await first!.runOnce(), taken]).toEqual([4, [0, 0, 0, 0]]);
    // Commands, too: nobody else has begun with any of them when it is its turn.
    for (const meter of meters)
      expectStatus(await yard.command(meter, { kind: 'alarm_on', reason: 'meter_work' }), 201);
    attempts.length = 0;
    expect([await first!.runOnce(), attempts]).toEqual([4, [1, 1, 1, 1]]);
    await first!.stop();
    await second!.stop();
  });

  it('judges what a name leads to each time it calls, and calls nothing beside itself', async () => {
    const { gateway } = await yard.gateway({
      transport: 'dial',
      dial: { host: 'gateway.example.cn', port: line.port },
    });
    const meter = await yard.meter({ line: { gatewayId: gateway.id, address: '602107073001' } });
    let found = '127.0.0.1';
    const look = ((_name: string, _options: unknown, done: (error: null, all: object[]) => void) =>
      done(null, [{ address: found, family: 4 }])) as never as typeof lookup;
    const collector = openCollector(world.server.house, world.worker, {
      patienceMilliseconds: 400,
      judges: true,
      look,
    });
    expect(await collector.runOnce()).toBe(1);
    const page = () => yard.page(meter);
    expect((await page()).meter).toMatchObject({ lineState: 'error', lineFault: 'host_refused' });
    const [shown] = expectStatus(
      await world.people.manager.client.get(`/meters/gateways?scopeId=${meter.scopeId}`),
      200,
    ).items.filter((one: Json) => one.id === gateway.id);
    expect(shown.fault).toBe('host_refused');
    // It says another thing the next time: that is judged anew, too.
    found = '169.254.169.254';
    expectStatus(await yard.readNow(meter), 202);
    await collector.runOnce();
    expect((await page()).meter.lineFault).toBe('host_refused');
    await collector.stop();
  });
});
