import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import type { Json } from '../../../../../test/server.ts';
import { type MeterLine, serveMeters } from '../../../../../simulator/src/meters/line.ts';
import { aMeter, type MeterState } from '../../../../../simulator/src/meters/meter.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { MeterYard } from './fixtures.ts';

/** Prepaid meters that count their own money, ended and begun again. */
let world: World;
let yard: MeterYard;
let line: MeterLine;
let gateway: Json;
const states: MeterState[] = [];

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

async function aPrepaid() {
  const wall = aMeter(`60210707260${states.length}`, { energy: 10_000, fen: 0 });
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
});
