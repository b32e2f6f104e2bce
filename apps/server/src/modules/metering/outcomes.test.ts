import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { until } from '../../platform/events/fixtures.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { MeterYard } from './fixtures.ts';
import { findMeter, lockMeter } from './queries.ts';
import { billedMeters } from './queries-bills.ts';
import { listCommands, lockPrepaid } from './queries-prepaid.ts';
import { commandByRule } from './service-commands.ts';
import { mayStill, setSaid, storeDone, storeSaid } from './service-outcomes.ts';

let world: World;
let yard: MeterYard;
let gateway: Json;
beforeAll(async () => {
  world = await aWorld();
  yard = new MeterYard(world);
  ({ gateway } = await yard.gateway({ transport: 'listen' }));
});
afterAll(async () => {
  await yard.collector.stop();
  await world.close();
});

async function aPrepaid(address: string, keeps: 'meter' | 'us'): Promise<Json> {
  const meter = await yard.meter({ line: { gatewayId: gateway.id, address } });
  expectStatus(await yard.prepaid(meter, { keeps }), 201);
  return meter;
}

describe('what came of what was said to a meter', () => {
  it('is believed about its money only with the count of purchases that are in it', async () => {
    const meter = await aPrepaid('501907072501', 'meter');
    const said = (fen: number | null, purchases: number | null) =>
      world.worker.work(async (tx) => {
        const row = (await findMeter(tx, meter.scopeId, meter.id))!;
        world.clock.advance(60_000);
        const heard = { milli: row.lastMilli!, fen, purchases, isOpen: false };
        await storeSaid(world.server.house, tx, row, heard, world.clock.now());
      });
    const shows = async () => (await yard.page(meter)).prepaid.meterFen;
    await said(700, 0);
    expect(await shows()).toBe(700);
    await said(900, null);
    await said(null, 0);
    expect(await shows()).toBe(700);
  });

  it('is not believed to have counted a purchase that nobody told it of yet', async () => {
    const meter = await aPrepaid('501907072505', 'meter');
    await yard.pay(meter, 500);
    await yard.pay(meter, 700);
    await yard.works();
    const said = (purchases: number) =>
      world.worker.work(async (tx) => {
        const row = (await findMeter(tx, meter.scopeId, meter.id))!;
        const heard = { milli: row.lastMilli!, fen: 0, purchases, isOpen: false };
        await storeSaid(world.server.house, tx, row, heard, world.clock.now());
      });
    // It was charged elsewhere before it was paid for here.
    await said(7);
    const states = async () => (await yard.page(meter)).topUps.map((one: Json) => [one.amountFen, one.state]);
    const waiting = [
      [700, 'sent'],
      [500, 'sent'],
    ];
    expect(await states()).toEqual(waiting);
    // The first one is said, and follows the meter's count: so does the one behind it.
    await world.worker.work(async (tx) => {
      const [later, first] = await listCommands(tx, meter.scopeId, meter.id, 5);
      expect([first!.purchase, later!.purchase]).toEqual([1, 2]);
      await tx.query(
        sql`update metering.command set attempts = 1 where scope_id = ${meter.scopeId} and command_id = ${first!.id}`,
      );
      await storeDone(
        world.server.house,
        tx,
        { ...first!, attempts: 1 },
        { ok: false, error: 'refused', errors: ['wrong_purchase_count'], counted: 7 },
        world.clock.now(),
      );
    });
    const numbers = await world.worker.work((tx) => listCommands(tx, meter.scopeId, meter.id, 5));
    expect(numbers.map(({ purchase }) => purchase)).toEqual([9, 8]);
    // Under that number it has not been said: another's purchase may have taken it.
    await said(8);
    expect(await states()).toEqual(waiting);
    // Said, and the answer lost.
    await world.worker.work(async (tx) => setSaid(tx, numbers[1]!, world.clock.now()));
    await said(8);
    expect(await states()).toEqual([
      [700, 'sent'],
      [500, 'confirmed'],
    ]);
  });

  it('is counted as often as it is said, within one minute too', async () => {
    const meter = await aPrepaid('501907072503', 'us');
    world.clock.advance(60_000);
    for (const kilowattHours of [101, 103]) {
      world.clock.advance(1_000);
      await world.worker.work(async (tx) => {
        const row = (await findMeter(tx, meter.scopeId, meter.id))!;
        const heard = { milli: kilowattHours * 1_000, fen: null, purchases: null, isOpen: false };
        await storeSaid(world.server.house, tx, row, heard, world.clock.now());
      });
      expect((await yard.page(meter)).meter.lastValue).toBe(kilowattHours);
    }
  });

  it('keeps what was taken back while it was said, and what was found to have arrived', async () => {
    const meter = await aPrepaid('501907072502', 'us');
    expectStatus(await yard.command(meter, { kind: 'trip', reason: 'safety' }), 201);
    expectStatus(await yard.command(meter, { kind: 'close', reason: 'safety' }), 201);
    const { house } = world.server;
    await world.worker.work(async (tx) => {
      const commands = await listCommands(tx, meter.scopeId, meter.id, 5);
      const trip = commands.find(({ kind }) => kind === 'trip')!;
      expect(trip.state).toBe('cancelled');
      for (const attempts of [1, 6])
        await storeDone(
          house,
          tx,
          { ...trip, attempts },
          { ok: false, error: 'no_answer' },
          world.clock.now(),
        );
    });
    const { commands, findings } = await yard.page(meter);
    expect([commands.map(({ kind, state }: Json) => [kind, state]), findings]).toEqual([
      [
        ['close', 'waiting'],
        ['trip', 'cancelled'],
      ],
      [],
    ]);
  });
});

describe('two that write down at once', () => {
  /** The first holds what everybody takes first until the second waits for it, and only then goes on. */
  async function crossing(
    first: { hold: (tx: Tx) => Promise<unknown>; goOn: (tx: Tx) => Promise<unknown> },
    second: (tx: Tx) => Promise<unknown>,
  ): Promise<void> {
    const held = Promise.withResolvers<void>();
    const one = world.worker.work(async (tx) => {
      await first.hold(tx);
      const [own] = await tx.query<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      held.resolve();
      await until(async () => {
        const [row] = await world.ask<{ waits: boolean }>(
          'select exists (select from pg_stat_activity where $1 = any (pg_blocking_pids(pid))) as waits',
          [own!.pid],
        );
        return row!.waits;
      });
      await first.goOn(tx);
    });
    one.catch(held.reject);
    await held.promise;
    await Promise.all([one, world.worker.work(second)]);
  }

  it('wait for each other at the meter: what it counts, and that a purchase was taken', async () => {
    const meter = await aPrepaid('501907072506', 'meter');
    await yard.pay(meter, 500);
    await yard.works();
    const { house } = world.server;
    const { scopeId, id } = meter;
    const [command] = await world.worker.work((tx) => listCommands(tx, scopeId, id, 1));
    await world.worker.work(async (tx) => setSaid(tx, command!, world.clock.now()));
    const now = world.clock.now();
    await crossing(
      {
        hold: (tx) => lockMeter(tx, scopeId, id),
        goOn: async (tx) => {
          const row = (await findMeter(tx, scopeId, id))!;
          await storeSaid(
            house,
            tx,
            row,
            { milli: row.lastMilli!, fen: 500, purchases: 1, isOpen: false },
            now,
          );
        },
      },
      (tx) => storeDone(house, tx, command!, { ok: true, isOpen: null }, now),
    );
    const { commands, topUps } = await yard.page(meter);
    expect([commands[0].state, topUps[0].state]).toEqual(['confirmed', 'confirmed']);
  });

  it('do not wait for each other: a settling that has to switch it, and a reading that will be settled', async () => {
    const meter = await aPrepaid('501907072508', 'us');
    const { scopeId, id } = meter;
    const row = (await world.worker.work((tx) => findMeter(tx, scopeId, id)))!;
    const now = world.clock.now();
    await crossing(
      {
        hold: (tx) => lockPrepaid(tx, scopeId, id),
        goOn: async (tx) => commandByRule(tx, row, { kind: 'close', reason: 'prepaid_balance' }, now),
      },
      async (tx) => {
        await lockMeter(tx, scopeId, id);
        await lockPrepaid(tx, scopeId, id);
      },
    );
    const [command] = await world.worker.work((tx) => listCommands(tx, scopeId, id, 1));
    expect(command!.kind).toBe('close');
  });

  it('wait for each other at the money: a settling that switches it on, and who is about to switch it off', async () => {
    const meter = await aPrepaid('501907072507', 'us');
    expectStatus(await yard.command(meter, { kind: 'trip', reason: 'safety' }), 201);
    const { scopeId, id } = meter;
    const [trip] = await world.worker.work((tx) => listCommands(tx, scopeId, id, 1));
    const row = (await world.worker.work((tx) => findMeter(tx, scopeId, id)))!;
    const now = world.clock.now();
    let may: boolean | undefined;
    await crossing(
      {
        hold: (tx) => lockPrepaid(tx, scopeId, id),
        goOn: async (tx) => commandByRule(tx, row, { kind: 'close', reason: 'prepaid_balance' }, now),
      },
      async (tx) => {
        may = await mayStill(world.server.house, tx, row, trip!, now);
      },
    );
    expect(may).toBe(false);
  });
});

describe('whether a meter was paid for ahead in a month', () => {
  it('is told by the place’s own days: midnight there is still yesterday elsewhere', async () => {
    const meter = await aPrepaid('501907072504', 'us');
    const isPrepaid = async (since: string, ended: string | null, month: string, lastDay: string) => {
      await world.ask('update metering.prepaid set since = $2, ended_at = $3 where meter_id = $1', [
        meter.id,
        since,
        ended,
      ]);
      const days = { firstDay: `${month}-01`, lastDay, timeZone: 'Asia/Shanghai' };
      const found = await world.worker.work((tx) => billedMeters(tx, meter.scopeId, ['power'], days));
      return found.find(({ meterId }) => meterId === meter.id)?.isPrepaid;
    };
    const [midnight, before] = ['2026-12-01T00:00:00+08:00', '2026-11-30T23:59:00+08:00'];
    expect(await isPrepaid(midnight, null, '2026-11', '2026-11-30')).toBe(false);
    expect(await isPrepaid(midnight, null, '2026-12', '2026-12-31')).toBe(true);
    expect(await isPrepaid(before, null, '2026-11', '2026-11-30')).toBe(true);
    expect(await isPrepaid('2026-11-24T00:00:00+08:00', before, '2026-12', '2026-12-31')).toBe(false);
    const after = '2026-12-01T00:01:00+08:00';
    expect(await isPrepaid('2026-11-24T00:00:00+08:00', after, '2026-12', '2026-12-31')).toBe(true);
  });
});
