import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitedFor } from '../../../../../test/locks.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import type { DispatchedEvent } from '../../platform/events/dispatcher.ts';
import { aWorkOrder, expectStatus } from '../work-orders/fixtures.ts';
import { endAlarms } from './consumers.ts';
import { aDevice, type TestDevice } from './fixtures.ts';
import { lockDevice } from './queries.ts';

let world: World;
let gateway: TestDevice;
let water: TestDevice;
beforeAll(async () => {
  world = await aWorld();
  gateway = await aDevice(world, 'gateway');
  world.clock.advance(1_000);
  // Put up later: whoever locks in order comes to it second.
  water = await aDevice(world, 'water');
});
afterAll(() => world.close());

/**
 * A batch of readings has locked the gateway and comes to the device next: whoever waits for the gateway meanwhile does not
 * have the device.
 */
async function besideABatch(other: () => Promise<unknown>): Promise<void> {
  const { scopeId } = gateway;
  let done: Promise<unknown> | undefined;
  await world.worker.work(async (tx) => {
    await lockDevice(tx, scopeId, gateway.id);
    done = other();
    await waitedFor(tx);
    await tx.query(
      sql`select from sensing.device where scope_id = ${scopeId} and device_id = ${water.id} for no key update nowait`,
    );
  });
  await done;
}

describe('a gateway and its devices are locked in one order', () => {
  it('by who puts a device behind a gateway', async () => {
    const { scopeId } = water;
    const { device } = await water.shows();
    await besideABatch(async () =>
      expectStatus(
        await world.people.manager.client.post(`/sensing/devices/${water.id}/commands?scopeId=${scopeId}`, {
          action: 'change',
          expectedVersion: device.version,
          label: device.label,
          buildingId: null,
          facilityId: null,
          spot: device.spot,
          gatewayId: gateway.id,
        }),
        200,
      ),
    );
    expect((await water.shows()).device).toMatchObject({ gatewayId: gateway.id });
  });

  it('by who ends the alarms of orders that are done, in whatever order those were', async () => {
    const { scopeId } = gateway;
    const ids = [gateway.id, water.id];
    const { wang } = world.people;
    const reported = [
      await wang.reports(aWorkOrder().atHome(world.home)),
      await wang.reports(aWorkOrder().atHome(world.home)),
    ];
    const orders = reported.map(({ id }) => id);
    await world.ask(
      `insert into sensing.alarm (scope_id, alarm_id, city_id, street_id, company_id, device_id, rule_code, since, raised_at, return_count, evidence, rule, work_order_id)
       select d.scope_id, gen_random_uuid(), d.city_id, d.street_id, d.company_id, d.device_id, 'offline', $3, $3, 0, '[]', '{}', ($2::uuid[])[array_position($1::uuid[], d.device_id)]
       from sensing.device d where d.device_id = any ($1::uuid[])`,
      [ids, orders, world.clock.now()],
    );
    const events = orders
      .toReversed()
      .map((objectId) => ({ scopeId, objectId, occurredAt: world.clock.now() }));
    await besideABatch(() =>
      world.worker.work((tx) =>
        endAlarms.handle(events as unknown as DispatchedEvent[], tx, world.server.house),
      ),
    );
    expect(
      await world.ask('select ended_how as how from sensing.alarm where work_order_id = any ($1)', [orders]),
    ).toEqual([{ how: 'people' }, { how: 'people' }]);
  });
});
