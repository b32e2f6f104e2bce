import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY, HOUR, localDate, MINUTE } from '@gongzhi/kernel';
import { due } from '../../apps/server/src/modules/metering/due.ts';
import { hangsMeter } from '../../apps/server/src/modules/metering/fixtures.ts';
import { openCollector } from '../../apps/server/src/modules/metering/service-collector.ts';
import { expected } from '../../apps/server/src/modules/payments/fixtures.ts';
import { VirtualClock } from '../../apps/server/src/platform/clock/clock.ts';
import { runDueOnce } from '../../apps/server/src/platform/due/due.ts';
import { type MeterLine, serveMeters } from '../../simulator/src/meters/line.ts';
import { aMeter, type MeterState } from '../../simulator/src/meters/meter.ts';
import { Client } from '../server.ts';
import type { World } from '../world.ts';
import { isForLater } from './payments.ts';
import { type Finding, found } from './findings.ts';
import type { Siege } from './siege.ts';

/** Meters that are paid for ahead: two that somebody reads, and one on a line that keeps its own money. */
export interface MetersUnderSiege {
  readonly read: readonly ReadMeter[];
  readonly wall: { readonly id: string; readonly state: MeterState };
  readonly line: MeterLine;
}

export interface ReadMeter {
  readonly id: string;
  readonly scopeId: string;
  /** What it showed when it was read, in thousandths: of every reading that was acknowledged. */
  readonly said: number[];
}

/** So long ago they were hung, and so far apart they are read: whatever a server's clock says, no reading is of tomorrow. */
const HUNG = 900 * DAY;
const APART = 2 * HOUR;
const FIRST = 100_000;
/** Not a whole fen's worth: what is less than one has to be carried on. */
const EACH = 137;
const PRICE = 5_000;

export async function hangMeters(world: World): Promise<MetersUnderSiege> {
  const state = aMeter('202107990003', { fen: 0 });
  const line = await serveMeters([state]);
  const { client } = world.people.manager;
  const scopeId = world.near.compound;
  const gateway = async (more: object): Promise<string> => {
    const body = { scopeId, label: 'chaos', password: '123456', ...more };
    return expected(await client.post('/meters/gateways', body), 201).gateway.id;
  };
  const [calls, called] = [
    await gateway({ transport: 'listen' }),
    await gateway({ transport: 'dial', dial: { host: '127.0.0.1', port: line.port } }),
  ];
  const hung = async (gatewayId: string, address: string, keeps: 'us' | 'meter'): Promise<string> => {
    const { id } = await hangsMeter(world, {
      serial: address,
      line: { gatewayId, address },
      installedOn: localDate(world.clock.now().getTime() - HUNG),
      firstValue: keeps === 'us' ? FIRST / 1_000 : 0,
    });
    const limits = { alarm1Fen: 2_000, alarm2Fen: 500, overdraftFen: 1_000, hoardingFen: 0 };
    const body = { keeps, price: PRICE, closePermitFen: 1_000, isCloseStrict: false, ...limits };
    expected(await client.post(`/meters/${id}/prepaid?scopeId=${scopeId}`, body), 201);
    return id;
  };
  return {
    read: [
      { id: await hung(calls, '202107990001', 'us'), scopeId, said: [] },
      { id: await hung(calls, '202107990002', 'us'), scopeId, said: [] },
    ],
    wall: { id: await hung(called, state.address, 'meter'), state },
    line,
  };
}

/** The next figure of one meter, sent to one server and then to the other under its own key, until it is acknowledged. */
export async function readMeter(siege: Siege, meter: ReadMeter, odd: string[]): Promise<void> {
  const { world, startedAt } = siege;
  const { cookie, csrf } = world.people.desk.client;
  const number = meter.said.length + 1;
  const milli = FIRST + number * EACH;
  const takenAt = new Date(startedAt - HUNG + 2 * DAY + number * APART).toISOString();
  const body = { value: milli / 1_000, takenAt, answer: 'sure' };
  const key = { 'idempotency-key': randomUUID() };
  const path = `/meters/${meter.id}/readings?scopeId=${meter.scopeId}`;
  for (let at = number; ; at++) {
    const url = at % 2 === 0 ? siege.child().url : world.url;
    const answer = await new Client(url, cookie, csrf).post(path, body, key).catch(() => null);
    if (answer?.status === 201) break;
    if (answer !== null && !isForLater(answer)) {
      odd.push(`reading: ${answer.status} ${answer.body?.code} ${JSON.stringify(answer.body?.params)}`);
      return;
    }
    await sleep(50);
  }
  meter.said.push(milli);
  await sleep(250);
}

const mostTurns = 60;

/**
 * What was bought is on the meters, and what was read is taken off. A process that was killed keeps what it had taken until
 * its lease ends: here time goes on until it has, for this one.
 */
async function settles({ world, meters }: Siege): Promise<boolean> {
  const ids = [...meters.read.map(({ id }) => id), meters.wall.id];
  const clock = new VirtualClock(new Date(Math.max(world.clock.now().getTime(), Date.now())));
  const house = { ...world.server.house, clock };
  const collector = openCollector(house, world.worker, { patienceMilliseconds: 2_000 });
  try {
    for (let turn = 0; turn < mostTurns; turn++) {
      await runDueOnce({ worker: world.worker, sweeps: due, house, clock, log: house.log });
      await collector.runOnce();
      const [row] = await world.ask<{ waits: boolean }>(
        `select exists (select from metering.top_up u where u.meter_id = any ($1) and u.state in ('waiting', 'sent'))
           or exists (select from metering.command c where c.meter_id = any ($1) and c.kind = 'top_up' and c.state = 'waiting')
           or exists (select from metering.prepaid p where p.meter_id = any ($1) and p.check_at <= $2)
           or exists (select from metering.meter m where m.meter_id = any ($1) and m.gateway_id = $3 and m.next_read_at <= $2) as waits`,
        [ids, clock.now(), await lineOf(world, meters.wall.id)],
      );
      if (!row!.waits) return true;
      clock.advance(3 * MINUTE);
    }
    return false;
  } finally {
    await collector.stop();
  }
}

async function lineOf(world: World, meterId: string): Promise<string> {
  const [row] = await world.ask<{ id: string }>(
    'select gateway_id as id from metering.meter where meter_id = $1',
    [meterId],
  );
  return row!.id;
}

/** Every reading once and in its order, every purchase on its meter once: in our books (test/books.ts) and on the wall. */
export async function meterFaults(siege: Siege): Promise<Finding[]> {
  const { world, meters, said } = siege;
  if (!(await settles(siege))) return found('meters', 1, 'top-up or more waits and waits');
  const faults: Finding[] = [];
  for (const [at, meter] of meters.read.entries()) {
    const rows = await world.ask<{
      milli: number;
      used: number | null;
      state: string;
      before: number | null;
    }>(
      `select r.milli::int, r.used_milli::int as used, r.state, lag(r.milli) over (order by r.taken_at)::int as before
       from metering.reading r where r.meter_id = $1 order by r.taken_at`,
      [meter.id],
    );
    const there = rows.slice(1);
    const values = new Set(there.map(({ milli }) => milli));
    const lost = meter.said.filter((milli) => !values.has(milli)).length;
    const wrong = there.filter(
      ({ milli, used, state, before }) => state !== 'counted' || used !== milli - before!,
    );
    faults.push(
      ...found('lost', lost, `of ${meter.said.length} acknowledged readings of meter ${at + 1} are gone`),
      ...found(
        'twice',
        there.length + lost - meter.said.length,
        `readings of meter ${at + 1} are there twice`,
      ),
      ...found('meters', wrong.length, `readings of meter ${at + 1} do not say what was used since`),
    );
  }
  const paid = new Set(
    [...world.providers.book.trades.values()]
      .filter(({ state }) => state === 'paid')
      .map(({ tradeNo }) => tradeNo),
  );
  const bought = [...said.topUps].filter(([id]) => paid.has(world.tradeOf({ id })));
  const rows = await world.ask<{ payment: string; meter: string; fen: number; state: string }>(
    'select payment_id as payment, meter_id as meter, amount_fen::int as fen, state from metering.top_up',
  );
  const wanted = bought.map(([id, { meterId, amountFen }]) => `${id} ${meterId} ${amountFen} confirmed`);
  const there = rows.map(({ payment, meter, fen, state }) => `${payment} ${meter} ${fen} ${state}`);
  if (wanted.toSorted().join() !== there.toSorted().join()) {
    const [lost, more] = [
      wanted.filter((one) => !there.includes(one)),
      there.filter((one) => !wanted.includes(one)),
    ];
    faults.push(
      ...found('meters', lost.length, `of ${wanted.length} purchases are not on their meter`),
      ...found('meters', more.length, `purchases are otherwise: ${more.slice(0, 3).join('; ')}`),
    );
  }
  const { wall } = meters;
  const onWall = rows.filter(({ meter, state }) => meter === wall.id && state === 'confirmed');
  const fen = onWall.reduce((sum, one) => sum + one.fen, 0);
  if (wall.state.purchases !== onWall.length || wall.state.fen !== fen)
    faults.push(
      ...found(
        'meters',
        1,
        `wall counts ${wall.state.purchases} purchases, ${wall.state.fen} fen; our books ${onWall.length}, ${fen}`,
      ),
    );
  return faults;
}
