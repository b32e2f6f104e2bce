import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitedFor } from '../../../../../test/locks.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { sql } from '../../platform/db/sql.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
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
});
