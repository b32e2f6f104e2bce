import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import type { Json } from '../../../../../test/server.ts';
import { type MeterLine, serveMeters } from '../../../../../simulator/src/meters/line.ts';
import { aMeter, type MeterState } from '../../../../../simulator/src/meters/meter.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { MeterYard } from './fixtures.ts';
import { returnTopUp } from './service-topups.ts';

/** Prepaid meters that count their own money, ended and begun again. */
let world: World;
let yard: MeterYard;
let line: MeterLine;
let gateway: Json;
const states: MeterState[] = [];
let serial = 0;

beforeAll(async () => {
  world = await aWorld();
  yard = new MeterYard(world);
  line = await serveMeters(states);
  ({ gateway } = await yard.dial(line.port));
});
afterAll(async () => {
  await line.close();
  await yard.collector.stop();
  await world.close();
});
const minute = () => world.clock.advance(60_000);

const keyOf = async ({ id }: Json): Promise<string> => {
  const [row] = await world.ask<{ key: string }>('select key from metering.top_up where top_up_id = $1', [
    id,
  ]);
  return row!.key;
};

async function aPrepaid(more: Partial<Pick<MeterState, 'fen' | 'purchases' | 'mood'>> = {}) {
  const wall = aMeter(`60210707260${serial++}`, { energy: 10_000, fen: 0, ...more });
  states.push(wall);
  const meter = await yard.meter({ line: { gatewayId: gateway.id, address: wall.address } });
  await yard.works();
  expectStatus(await yard.prepaid(meter, { keeps: 'meter' }), 201);
  return { meter, wall };
}
const ends = (meter: Json) =>
  world.people.manager.client.post(`/meters/${meter.id}/prepaid/end?scopeId=${meter.scopeId}`, {
    expectedVersion: 1,
    finalValue: 110,
  });

describe('a meter that counts its own money', () => {
  it('begun again, after a purchase that never got there: the next one takes the number that the meter waits for', async () => {
    const { meter, wall } = await aPrepaid();
    await yard.pay(meter, 3_000);
    await yard.works();
    // Out of reach: what is said now is heard by nobody.
    states.splice(states.indexOf(wall), 1);
    minute();
    await yard.pay(meter, 800);
    await yard.works();
    minute();
    expect(expectStatus(await ends(meter), 200)).toEqual({ leftFen: 3_300, owedFen: 0 });
    await yard.works();
    states.push(wall);
    expect((await yard.page(meter)).topUps[0]).toMatchObject({ amountFen: 800, state: 'carried' });
    expectStatus(await yard.prepaid(meter, { keeps: 'meter' }), 201);
    // Two at once, in their order: both move up.
    await yard.pay(meter, 500);
    await yard.pay(meter, 700);
    for (let round = 0; round < 3; round++) {
      await yard.works();
      minute();
    }
    const told = wall.told.filter((one) => one.startsWith('purchase'));
    expect([told, wall.purchases, wall.fen]).toEqual([
      ['purchase 1', 'purchase 3', 'purchase 4', 'purchase 2', 'purchase 3'],
      3,
      4_200,
    ]);
    const { topUps, findings, commands } = await yard.page(meter);
    expect(topUps.map((one: Json) => [one.amountFen, one.state])).toEqual([
      [700, 'confirmed'],
      [500, 'confirmed'],
      [800, 'carried'],
      [3_000, 'confirmed'],
    ]);
    expect(findings.filter(({ rule }: Json) => rule === 'top_up_failed')).toEqual([]);
    expect(commands.filter((one: Json) => one.state === 'waiting' || one.state === 'failed')).toEqual([]);
  });

  it('that has lost its count: the next purchase keeps its number, and somebody sees to it', async () => {
    const { meter, wall } = await aPrepaid();
    for (const amountFen of [3_000, 800]) {
      minute();
      await yard.pay(meter, amountFen);
      await yard.works();
    }
    expect(wall.purchases).toBe(2);
    // Numbered before the meter is heard again.
    minute();
    await yard.pay(meter, 500);
    Object.assign(wall, { purchases: 0, fen: 0 });
    wall.told.length = 0;
    for (let round = 0; round < 3; round++) {
      await yard.works();
      minute();
    }
    expect([wall.told.filter((one) => one.startsWith('purchase')), wall.purchases]).toEqual([
      ['purchase 3'],
      0,
    ]);
    const { topUps, findings } = await yard.page(meter);
    expect(topUps.map((one: Json) => [one.amountFen, one.state])).toEqual([
      [500, 'failed'],
      [800, 'confirmed'],
      [3_000, 'confirmed'],
    ]);
    expect(findings.map(({ rule }: Json) => rule)).toContain('top_up_failed');
  });

  /** Paid, and never heard, until it is given up. */
  async function aFailed(meter: Json, wall: MeterState, amountFen: number): Promise<Json> {
    states.splice(states.indexOf(wall), 1);
    await yard.pay(meter, amountFen);
    for (let round = 0; round < 8; round++) {
      await yard.works();
      world.clock.advance(31 * 60_000);
    }
    states.push(wall);
    const [topUp] = (await yard.page(meter)).topUps;
    expect(topUp).toMatchObject({ amountFen, state: 'failed' });
    return topUp;
  }
  const sendsAgain = async (meter: Json, { id }: Json) =>
    expectStatus(
      await world.people.desk.client.post(`/meters/${meter.id}/top-ups/${id}/retry?scopeId=${meter.scopeId}`),
      202,
    );
  /** What somebody still has to see to; of purchases alone. */
  const rules = async (meter: Json) =>
    (await yard.page(meter)).findings
      .map(({ rule }: Json) => rule)
      .filter((rule: string) => rule === 'top_up_failed');
  const works = async (rounds = 3) => {
    for (let round = 0; round < rounds; round++) {
      await yard.works();
      minute();
    }
  };
  const topUps = async (meter: Json) =>
    (await yard.page(meter)).topUps.map((one: Json) => [one.amountFen, one.state]);

  it('takes the next purchases after one that was given up, which somebody is told of until it has arrived too', async () => {
    const { meter, wall } = await aPrepaid();
    await yard.pay(meter, 1_000);
    await works();
    const lost = await aFailed(meter, wall, 300);
    await yard.pay(meter, 500);
    minute();
    await yard.pay(meter, 700);
    await works();
    expect([await topUps(meter), wall.fen, wall.purchases]).toEqual([
      [
        [700, 'confirmed'],
        [500, 'confirmed'],
        [300, 'failed'],
        [1_000, 'confirmed'],
      ],
      2_200,
      3,
    ]);
    // What arrived says nothing of what did not.
    expect(await rules(meter)).toEqual(['top_up_failed']);
    await sendsAgain(meter, lost);
    await works();
    expect([(await topUps(meter))[2], wall.fen, wall.purchases, await rules(meter)]).toEqual([
      [300, 'confirmed'],
      2_500,
      4,
      [],
    ]);
  });

  it('and gives one that was given up back, though a later one has arrived; the next follows what it has counted', async () => {
    const { meter, wall } = await aPrepaid();
    const lost = await aFailed(meter, wall, 300);
    await yard.pay(meter, 500);
    await works();
    const { house } = world.server;
    const key = await keyOf(lost);
    const given = (now: Date) =>
      world.worker.work((tx) => returnTopUp(house, tx, meter.scopeId, meter.id, key, now));
    expect(await given(world.clock.now())).toBe(null);
    await yard.pay(meter, 700);
    await works();
    expect([await topUps(meter), wall.fen, wall.purchases, await rules(meter)]).toEqual([
      [
        [700, 'confirmed'],
        [500, 'confirmed'],
        [300, 'returned'],
      ],
      1_200,
      2,
      [],
    ]);
  });

  it('two that were given up: that one has arrived does not hide the other', async () => {
    const { meter, wall } = await aPrepaid();
    const first = await aFailed(meter, wall, 300);
    const second = await aFailed(meter, wall, 400);
    // The later one first: it moves up.
    await sendsAgain(meter, second);
    await works();
    expect([wall.fen, await topUps(meter), await rules(meter)]).toEqual([
      400,
      [
        [400, 'confirmed'],
        [300, 'failed'],
      ],
      ['top_up_failed'],
    ]);
    await sendsAgain(meter, first);
    await works();
    expect([wall.fen, wall.purchases, await rules(meter)]).toEqual([700, 2, []]);
  });

  it('that was charged elsewhere before: what is bought here first follows what it has counted', async () => {
    const { meter, wall } = await aPrepaid({ fen: 250, purchases: 7 });
    await yard.pay(meter, 500);
    await yard.pay(meter, 700);
    await works(4);
    expect([wall.fen, wall.purchases, await topUps(meter)]).toEqual([
      1_450,
      9,
      [
        [700, 'confirmed'],
        [500, 'confirmed'],
      ],
    ]);
  });

  it('whose line was down at the first attempts: what was never said has not arrived, whatever the meter has counted', async () => {
    const port = (to: number) =>
      world.ask('update metering.gateway set port = $2 where gateway_id = $1', [gateway.id, to]);
    const { meter, wall } = await aPrepaid();
    await yard.pay(meter, 500);
    // Nobody listens there.
    await port(1);
    await yard.works();
    const [tried] = (await yard.page(meter)).commands;
    expect(tried).toMatchObject({ state: 'waiting', attempts: 1, error: 'disconnected' });
    // Charged at a shop meanwhile, and read before the purchase is tried again: its count is the shop's.
    Object.assign(wall, { purchases: 1, fen: 250 });
    await port(line.port);
    expectStatus(await yard.readNow(meter), 202);
    await yard.works();
    expect([wall.told.filter((one) => one.startsWith('purchase')), (await topUps(meter))[0]]).toEqual([
      [],
      [500, 'sent'],
    ]);
    await works(4);
    expect([wall.fen, wall.purchases, await topUps(meter), await rules(meter)]).toEqual([
      750,
      2,
      [[500, 'confirmed']],
      [],
    ]);
  });

  it('and never heard at all: it is given back at once, and another time it is said for the first time', async () => {
    const { meter, wall } = await aPrepaid();
    await world.ask('update metering.gateway set port = 1 where gateway_id = $1', [gateway.id]);
    await yard.pay(meter, 500);
    await yard.pay(meter, 700);
    for (let round = 0; round < 8; round++) {
      await yard.works();
      world.clock.advance(31 * 60_000);
    }
    const [later, first] = (await yard.page(meter)).topUps;
    expect([first, later]).toMatchObject([{ state: 'failed' }, { state: 'failed' }]);
    const key = await keyOf(later);
    const { house } = world.server;
    const given = world.worker.work((tx) =>
      returnTopUp(house, tx, meter.scopeId, meter.id, key, world.clock.now()),
    );
    expect(await given).toBe(null);
    await world.ask('update metering.gateway set port = $2 where gateway_id = $1', [gateway.id, line.port]);
    // As many as ours, and another's.
    Object.assign(wall, { purchases: 1, fen: 250 });
    await sendsAgain(meter, first);
    await works(4);
    expect([wall.fen, wall.purchases, await topUps(meter)]).toEqual([
      750,
      2,
      [
        [700, 'returned'],
        [500, 'confirmed'],
      ],
    ]);
  });
});
