import { expect } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { due } from './due.ts';

/** Devices of a world, as a maker's firmware would use them: with a name and a secret and no session. */

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

export interface Sent {
  readonly status: number;
  readonly body: Json;
}

export class TestDevice {
  readonly world: World;
  readonly scopeId: string;
  readonly id: string;
  userName = '';
  password = '';
  #count = 0;

  constructor(world: World, scopeId: string, id: string) {
    this.world = world;
    this.scopeId = scopeId;
    this.id = id;
  }

  /** Issued by the manager; the one before is void. */
  async gets(by = this.world.people.manager): Promise<Json> {
    const answer = await by.client.post(`/sensing/devices/${this.id}/credentials?scopeId=${this.scopeId}`);
    expect(answer.status).toBe(200);
    this.userName = answer.body.userName;
    this.password = answer.body.password;
    return answer.body;
  }

  async sends(readings: readonly Json[], password = this.password): Promise<Sent> {
    const response = await fetch(`${this.world.url}/api/v1/sensing/readings`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${this.userName}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ readings }),
    });
    return { status: response.status, body: await response.json() };
  }

  nextId(): string {
    this.#count += 1;
    return `${this.id.slice(-6)}-${this.#count}`;
  }

  /** One reading, taken. */
  async says(value: number, more: Json = {}): Promise<Json> {
    const sent = await this.sends([{ id: this.nextId(), value, ...more }]);
    expect([sent.status, sent.body]).toEqual([200, expect.anything()]);
    return sent.body.results[0];
  }

  async shows(by = this.world.people.manager): Promise<Json> {
    const answer = await by.client.get(`/sensing/devices/${this.id}?scopeId=${this.scopeId}`);
    expect(answer.status).toBe(200);
    return answer.body;
  }
}

export async function aDevice(world: World, kind: string, more: Json = {}): Promise<TestDevice> {
  const { secret = true, ...rest } = more;
  const scopeId = rest.scopeId ?? world.near.compound;
  const answer = await world.people.manager.client.post('/sensing/devices', {
    scopeId,
    kind,
    label: `${kind} 1`,
    buildingId: null,
    facilityId: null,
    spot: '地下一层',
    gatewayId: null,
    ...rest,
  });
  expect([answer.status, answer.body.code]).toEqual([201, undefined]);
  const device = new TestDevice(world, scopeId, answer.body.id);
  if (secret) await device.gets();
  return device;
}

/** What has come due for the devices is done, once. */
export async function looks(world: World): Promise<number> {
  const { house } = world.server;
  const claimed = await runDueOnce({
    worker: world.worker,
    sweeps: due,
    house,
    clock: world.clock,
    log: quiet,
  });
  return claimed['sensing.watch'] ?? 0;
}

export async function ordersOf(world: World, device: TestDevice): Promise<Json[]> {
  return world.ask(
    `select o.work_order_id as id, o.status, o.outcome, o.kind, o.category_code as "categoryCode", o.description, o.source, o.is_emergency as "isEmergency",
       o.place_label as "placeLabel", o.is_public as "isPublic", o.version, o.scope_id as "scopeId"
     from work_orders.work_order o join sensing.alarm a on a.scope_id = o.scope_id and a.work_order_id = o.work_order_id
     where a.device_id = $1 order by o.work_order_id`,
    [device.id],
  );
}
