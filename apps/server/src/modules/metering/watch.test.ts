import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { serveMeters } from '../../../../../simulator/src/meters/line.ts';
import { aMeter } from '../../../../../simulator/src/meters/meter.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { MeterYard } from './fixtures.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let world: World;
let yard: MeterYard;
beforeAll(async () => {
  world = await aWorld();
  yard = new MeterYard(world);
});
afterAll(async () => {
  await yard.collector.stop();
  await world.close();
});

const list = async (path: string, who = world.people.desk): Promise<Json[]> =>
  expectStatus(await who.client.get(path), 200).items;

describe('what stands out', () => {
  it('a leak opens one order and ends it; a quiet home only by its own wish', async () => {
    const { desk, steward, chen } = world.people;
    const wall = aMeter('777700000001', { energy: 10_000 });
    const line = await serveMeters([wall]);
    const { gateway } = await yard.dial(line.port);
    const at = (text: string) => world.clock.advance(Date.parse(text) - world.clock.now().getTime());
    const start = Date.parse(
      `${new Date(world.clock.now().getTime() + 2 * DAY).toISOString().slice(0, 10)}T00:30:00+08:00`,
    );
    at(new Date(start).toISOString());
    const neighbour = world.near.households['3-2-102'];
    const meter = await yard.meter({
      kind: 'water',
      householdId: neighbour,
      line: { gatewayId: gateway.id, address: wall.address },
    });
    await yard.works();
    const hour = async (units: number) => {
      world.clock.advance(HOUR / 2);
      wall.energy += Math.round(units * 100);
      await yard.works();
      world.clock.advance(HOUR / 2);
      await yard.works();
    };
    // Three nights in which it never stands still: read at one, three and five.
    for (let night = 0; night < 3; night += 1) {
      for (let n = 0; n < 6; n += 1) await hour(0.01);
      if (night < 2) expect((await yard.page(meter)).findings).toEqual([]);
      world.clock.advance(18 * HOUR);
      await yard.works();
    }
    const [leak] = (await yard.page(meter)).findings;
    expect(leak).toMatchObject({ rule: 'leak' });
    const order = expectStatus(
      await desk.client.get(`/work-orders/${leak.workOrderId}?scopeId=${meter.scopeId}`),
      200,
    );
    expect(order).toMatchObject({ categoryCode: 'water.leak.home', placeLabel: '3号楼2单元102' });
    expect((await chen.client.get(`/work-orders/${leak.workOrderId}?scopeId=${meter.scopeId}`)).status).toBe(
      200,
    );
    expect(
      (await world.people.wang.client.get(`/work-orders/${leak.workOrderId}?scopeId=${meter.scopeId}`))
        .status,
    ).toBe(404);
    // It stops; nobody has set out: the order is withdrawn. Then nothing moves for more than a day: nobody asked, nobody goes.
    for (let n = 0; n < 28; n += 1) await hour(0);
    expect((await yard.page(meter)).findings).toEqual([]);
    const over = await desk.client.get(`/work-orders/${leak.workOrderId}?scopeId=${meter.scopeId}`);
    expect(over.body.status).toBe('cancelled');
    const until = new Date(world.clock.now().getTime() + 30 * DAY).toISOString().slice(0, 10);
    const care = { scopeId: meter.scopeId, householdId: neighbour, until, note: '独居,女儿电话 13800000001' };
    expect((await world.people.company.client.post('/meters/care', care)).status).toBe(403);
    expect((await steward.client.post('/meters/care', { ...care, until: '2020-01-01' })).status).toBe(422);
    expectStatus(await steward.client.post('/meters/care', care), 200);
    const sealed = await world.ask(`select encode(note_cipher, 'escape') as note from metering.care`);
    expect(sealed[0]?.['note']).not.toContain('13800000001');
    await hour(0);
    await hour(0);
    await hour(0);
    const [quiet] = (await yard.page(meter)).findings;
    expect(quiet).toMatchObject({ rule: 'quiet_home', facts: { hours: 24 } });
    const visit = await desk.client.get(`/work-orders/${quiet.workOrderId}?scopeId=${meter.scopeId}`);
    expect(visit.body).toMatchObject({ categoryCode: 'special.visit' });
    // Somebody is up: the visit is called off.
    for (let n = 0; n < 7; n += 1) await hour(0.05);
    expect((await yard.page(meter)).findings).toEqual([]);
    await line.close();
    // Nothing comes any more: that is the meter's silence, and no sign of the home's.
    world.clock.advance(37 * HOUR);
    await yard.works();
    const silent = (await list('/meters/findings')).filter(({ meterId }) => meterId === meter.id);
    expect(silent).toMatchObject([{ rule: 'silent', workOrderId: null }]);
    const end = () =>
      desk.client.post(`/meters/findings/${silent[0]!['id']}/end?scopeId=${meter.scopeId}`, {
        note: '集中器断电,已通知',
      });
    expectStatus(await end(), 200);
    expect((await end()).body.code).toBe('metering.finding_ended');
  });
});
